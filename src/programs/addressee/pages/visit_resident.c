// SPDX-License-Identifier: Apache-2.0
#include "visit_resident.h"

#include "dates.h"
#include "resident_band_html.h"

bool resident_path(const Visit *visit, const Route *route, const AddresseeNo *who, Path *path,
                   Error *err)
{
    Str sealed;
    if (!visit_seal(visit, S("person"), addressee_text(who), &sealed, err)) return false;
    *path = visit_path(visit, route, &sealed, 1);
    return true;
}

// ---- what may be said

Str age_text(PartialDate birth, Day on, Arena *arena)
{
    DaySpan born;
    if (!birth.month || !partial_date_span(birth, &born) || born.first > on) return (Str){0};
    return date_age_text(arena, born.first, on);
}

// ---- the look

// It stands in the trail before the person is read, also when nobody has the number.
static bool looked_up(Visit *visit, VisitResident *r, Error *err)
{
    Str number;
    if (!visit_unseal(visit, S("person"), visit->variables[0], &number, err) ||
        !addressee_no_parse(number, &r->who, NULL, err) ||
        !person_find(visit->act->store, &r->who, &r->row, err))
        return false;
    AuditLeaf leaf = act_leaf(visit->act, r->row.person_id ? AUDIT_DONE : AUDIT_FAILED);
    leaf.whose = &r->who;
    if (!visit_record(visit, &leaf, err)) return false;
    if (r->row.person_id) return true;
    return FAIL(err, E_NOT_FOUND,
                .words = S("この番号の人は住民情報にいません。番号を確認してください。"));
}

static bool history_told(Visit *visit, VisitResident *r, Error *err)
{
    if (!person_history(visit->act->store, visit->act->office->keys, r->row.person_id, visit->arena,
                        &r->history, err))
        return false;
    VEC_EACH (RegisterVersion, v, r->history) {
        v->state = state_shown(&v->state, r->row.protection);
        if (!v->withdrawn_by) r->now = v;
    }
    if (r->now) return true;
    return FAIL(err, E_NOT_FOUND, .words = S("この人の登録は取り消されています。"));
}

static bool band_set(Visit *visit, const VisitResident *r, Error *err)
{
    const PersonState *state = &r->now->state;
    bool hidden = person_protected(r->row.protection);
    ResidentBand band = {.name = resident_name(state),
                         .kana = state->printed_name == PRINT_ALIAS && state->alias_kana.len
                                     ? state->alias_kana
                                     : state->name_kana,
                         .other = state->printed_name == PRINT_ALIAS ? state->name : (Str){0},
                         .sex = sex_words(state->sex),
                         .birth = date_partial_era_text(visit->arena, state->birth),
                         .number = addressee_text(&r->who),
                         .place = hidden ? S(HIDDEN_TEXT) : state->address,
                         .resident = state->status == STATUS_RESIDENT,
                         .protected = r->row.protection != PROTECTION_NONE,
                         .held = r->row.held,
                         .state = status_words(state->status)};
    if (state->status != STATUS_DEAD)
        band.age = age_text(state->birth, visit->act->business_day, visit->arena);
    Page *page = page_begin(visit->arena);
    resident_band_write(page, &band);
    return page_end(page, &visit->band, err);
}

bool visit_resident(Visit *visit, VisitResident *resident, Error *err)
{
    *resident = (VisitResident){0};
    return looked_up(visit, resident, err) && history_told(visit, resident, err) &&
           band_set(visit, resident, err);
}
