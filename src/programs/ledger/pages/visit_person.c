// SPDX-License-Identifier: Apache-2.0
#include "visit_person.h"

#include "band_html.h"
#include "copy_state.h"
#include "dates.h"
#include "life_picture.h"
#include "match_rows.h"
#include "person_opened.h"
#include "person_state.h"

bool person_path(const Visit *visit, const AddresseeNo *who, Path *path, Error *err)
{
    Str sealed;
    if (!visit_seal(visit, S("person"), addressee_text(who), &sealed, err)) return false;
    visit_shows(visit, who);
    *path = visit_path(visit, &route_page_person, &sealed, 1);
    return true;
}

// The look stands in the trail before the person is read, also when nobody has the number.
static const Recorded *looked_up(Visit *visit, const AddresseeNo *who, KnownAt known,
                                 PersonRow *person, Error *err)
{
    if (!person_opened(visit->act, who, known, visit->arena, person, err)) return NULL;
    AuditLeaf leaf = act_leaf(visit->act, person->person_id ? AUDIT_DONE : AUDIT_FAILED);
    leaf.whose = &person->who;
    const Recorded *record = visit_record(visit, &leaf, err);
    if (!record || person->person_id) return record;
    (void)FAIL(err, E_NOT_FOUND, .words = S("この人は台帳にいません。もう一度さがしてください。"));
    return NULL;
}

static bool band_set(Visit *visit, const VisitPerson *p, Error *err)
{
    Day birth = life_birth(&p->shown);
    const PersonRow *person = p->shown.person;
    PersonBand band = {.name = person->name,
                       .kana = p->face.kana,
                       .sex = sex_words(person->sex),
                       .birth = date_partial_era_text(visit->arena, person->birth),
                       .number = addressee_text(&person->who),
                       .place = p->face.place,
                       .resident = person->status == STATUS_RESIDENT && !person->withdrawn,
                       .protected = person->is_protected,
                       .prints = visit->route == &route_page_person ||
                                 visit->route == &route_page_person_known,
                       .state = state_words(person)};
    if (birth != DAY_NONE && person->status != STATUS_DEAD)
        band.age = date_age_text(visit->arena, birth, p->shown.as_of);
    bool enters = false;
    if (visit->route == &route_page_person &&
        (!visit_may(visit, &route_page_dose, &enters, err) ||
         (enters && !dose_path(visit, 0, 0, &band.enter, err))))
        return false;
    bool certifies = false;
    if (visit->route == &route_page_person && !visit_may(visit, &route_page_certificate, &certifies, err)) return false;
    if (certifies) band.certify = visit_path(visit, &route_page_certificate, visit->variables, 1);
    Page *page = page_begin(visit->arena);
    person_band_write(page, &band);
    return page_end(page, &visit->band, err);
}

static bool person_read(Visit *visit, const AddresseeNo *who, Day known_on, VisitPerson *p,
                        Error *err)
{
    PersonRow person;
    bool found, now = known_on == DAY_NONE;
    Store *store = visit->act->store;
    *p = (VisitPerson){0};
    if (!copy_asked(visit->act, COPY_HELPS, *visit->arena, err) ||
        !(now ? visit_ledger(visit, &p->ledger, err)
              : ledger_open_known(visit->act, known_on, visit->arena, &p->ledger, err)))
        return false;
    const Recorded *record = looked_up(visit, who, p->ledger.known, &person, err);
    if (!record ||
        !person_face(store, person.person_id, NULL, visit->arena, &p->face, &found, err) ||
        !person_shown(&p->ledger, &person, record, now ? visit->act->business_day : known_on,
                      visit->arena, &p->shown, err))
        return false;
    p->shown.known_on = known_on;
    if (!person.is_protected && !match_residence(store, person.person_id, p->ledger.known,
                                                 visit->arena, &p->residence, err))
        return false;
    return band_set(visit, p, err);
}

bool visit_person_of(Visit *visit, const AddresseeNo *who, VisitPerson *p, Error *err)
{
    return person_read(visit, who, DAY_NONE, p, err);
}

bool visit_person_known(Visit *visit, Day known_on, VisitPerson *p, Error *err)
{
    Str number;
    AddresseeNo who;
    return visit_unseal(visit, S("person"), visit->variables[0], &number, err) &&
           addressee_no_parse(number, &who, NULL, err) &&
           person_read(visit, &who, known_on, p, err);
}

bool visit_person(Visit *visit, VisitPerson *p, Error *err)
{
    return visit_person_known(visit, DAY_NONE, p, err);
}
