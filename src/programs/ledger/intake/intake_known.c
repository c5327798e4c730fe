// Whether we have the dose already, and what a correction means.
// SPDX-License-Identifier: Apache-2.0
#include "intake_staging.h"

#include "not_given_rows.h"

static KnownDose as_known(const Staging *g)
{
    const Submission *s = &g->s;
    const ProductView *view = &g->run->ledger->judge.views[g->product_no];
    Str code = institution_text(&s->clinic);
    return (KnownDose){
        .given = row_gives(&s->row),
        .given_on = s->row.given_on,
        .product = g->product_no,
        .series = view->series,
        .components = view->components,
        .seasonal = view->seasonal,
        .provenance = PROVENANCE_CLINIC,
        .clinic = code.len ? code : s->clinic_name,
        .lot = s->row.lot,
        .month = g->run->file.month,
        .row_no = s->label,
        .content = g->staged.content,
        .claim_known = s->row.claimed_dose_known,
        .claimed_dose = s->row.claimed_dose,
        .corrects = s->row.corrects,
    };
}

static KnownDose known_of(const Staging *g, int64_t ref, bool given, int32_t product_no,
                          PartialDate on)
{
    const ProductView *view = &g->run->ledger->judge.views[product_no];
    return (KnownDose){.ref = ref,
                       .given = given,
                       .given_on = on,
                       .product = product_no,
                       .series = view->series,
                       .components = view->components,
                       .seasonal = view->seasonal};
}

static bool read_doses(Staging *g, Error *err)
{
    DoseRows doses;
    Store *store = g->run->ledger->act->store;
    if (!doses_of_person(store, (int32_t)g->person->person_id, KNOWN_NOW, g->arena, &doses, err)) return false;
    VEC_EACH (const DoseRow, d, doses) {
        KnownDose *k = known_doses_push(&g->known, g->arena);
        *k = known_of(g, d->dose_id, true, d->product_no, d->given_on);
        k->provenance = (int32_t)d->provenance;
        // Earlier rows of this file are claimed as soon as they are judged.
        k->claimed = d->from_act == g->run->act.no;
    }
    return true;
}

// Not-given records have references below zero.
static bool read_not_given(Staging *g, Error *err)
{
    NotGivenRows rows;
    Store *store = g->run->ledger->act->store;
    if (!not_given_of_person(store, (int32_t)g->person->person_id, KNOWN_NOW, g->arena, &rows, err))
        return false;
    VEC_EACH (const NotGivenRow, r, rows) {
        KnownDose *k = known_doses_push(&g->known, g->arena);
        *k = known_of(g, -(int64_t)r->record_id, false, r->product_no, r->seen_on);
        k->provenance = PROVENANCE_CLINIC;
        k->clinic = r->clinic_code.len ? r->clinic_code : r->clinic_name;
        k->claimed = true;
    }
    return true;
}

static KnownDose *known_by_ref(const Staging *g, int64_t ref)
{
    VEC_EACH (KnownDose, k, g->known)
        if (k->ref == ref && !k->replaced) return k;
    return NULL;
}

static bool corrects_in_this_file(const Staging *g, int32_t row_id)
{
    Arena scratch = *g->arena;
    return map_find(&g->run->corrected_here, str_format(&scratch, "%d", row_id)) != NULL;
}

static void take_origin(const Staging *g, KnownDose *k, const DoseRowOrigin *o)
{
    k->clinic = o->clinic;
    k->lot = o->lot;
    k->month = o->month;
    k->row_no = o->label;
    k->content = o->content;
    k->claimed = k->claimed || o->claimed;
    k->corrects = o->corrects || corrects_in_this_file(g, o->row_id);
    k->claim_known = claimed_dose_parse(o->claimed_position, &k->claimed_dose);
}

// Lots, clinics and the rows they came with: read only where there may be a likeness.
static bool read_origins(Staging *g, Error *err)
{
    DoseRowOrigins origins;
    Store *store = g->run->ledger->act->store;
    int32_t person_id = (int32_t)g->person->person_id;
    if (!dose_origins_of_person(store, person_id, g->arena, &origins, err)) return false;
    if (!not_given_origins_of_person(store, person_id, g->arena, &origins, err)) return false;
    VEC_EACH (const DoseRowOrigin, o, origins) {
        KnownDose *k = known_by_ref(g, o->ref);
        if (k) take_origin(g, k, o);
    }
    return true;
}

// A version that stood once, came with this very row, and was replaced since.
static bool read_replaced(Staging *g, Error *err)
{
    int64_t ref;
    Store *store = g->run->ledger->act->store;
    if (!dose_replaced_of_content(store, (int32_t)g->person->person_id, g->staged.content, &ref,
                                  err))
        return false;
    if (!ref) return true;
    *known_doses_push(&g->known, g->arena) =
        (KnownDose){.ref = ref, .replaced = true, .claimed = true, .content = g->staged.content};
    return true;
}

// A correction may turn a dose into an examination, or the other way round.
static bool read_known(Staging *g, Error *err)
{
    bool corrects = g->incoming.corrects;
    if ((g->incoming.given || corrects) && !read_doses(g, err)) return false;
    return (g->incoming.given && !corrects) || read_not_given(g, err);
}

// Was a row of this number corrected in this month? Few were, so the rest of what is known of the person's doses
// is read for few rows.
static bool corrected_row(const Staging *g)
{
    return map_find(&g->run->corrected, g->s.label) != NULL;
}

static bool read_closely(Staging *g, Error *err)
{
    bool corrects = g->incoming.corrects;
    SamenessVerdict likeness = dose_sameness(&g->incoming, g->known.at, g->known.count);
    if (!corrects && likeness.sameness == SAME_NONE && !corrected_row(g)) return true;
    return read_origins(g, err) && read_replaced(g, err);
}

// ---- 訂正: was the row returned before, and was it somebody else's?

static bool read_returned(Staging *g, Error *err)
{
    const WaitingRow row = {.row_id = g->staged.row_id,
                            .month = g->run->file.month,
                            .label = g->s.label,
                            .clinic_code = institution_text(&g->s.clinic),
                            .birth = g->s.row.birth};
    return waiting_same_row(g->run->ledger->act->store, &row, &g->incoming.returned_before, err);
}

// Is this the person whom the row means, or one of those whom it may mean?
static bool is_meant(const Staging *g, int32_t person_id)
{
    if (g->person) return g->person->person_id == person_id;
    VEC_EACH (const MatchCandidate, c, g->match.persons)
        if (g->found.persons.at[c->person].person_id == person_id) return true;
    return false;
}

static void count_others(Staging *g, const SentDoses *sent)
{
    VEC_EACH (const SentDose, dose, *sent) {
        if (is_meant(g, dose->person_id)) continue;
        if (g->others && g->another.person_id == dose->person_id) continue;
        if (!g->others++) g->another = *dose;
    }
}

// By its number; else by product and day.
static bool read_others(Staging *g, Error *err)
{
    SentDoses sent;
    Store *store = g->run->ledger->act->store;
    const SentAsked asked = {.month = g->run->file.month,
                             .label = g->s.label,
                             .clinic_code = institution_text(&g->s.clinic),
                             .product_no = g->product_no,
                             .given_on = g->s.row.given_on};
    if (g->incoming.returned_before) return true;
    if (!doses_sent_under(store, &asked, g->arena, &sent, err)) return false;
    count_others(g, &sent);
    g->by_number = g->others > 0;
    if (g->by_number) return true;
    if (!doses_sent_on(store, &asked, g->arena, &sent, err)) return false;
    count_others(g, &sent);
    return true;
}

// ---- the decision

static bool read_of_person(Staging *g, IntakePerson *person, Error *err)
{
    const MatchVersion *now = &g->person->versions.at[g->person->versions.count - 1];
    if (!(g->s.row.defects & DEFECT_VACCINE) && (!read_known(g, err) || !read_closely(g, err)))
        return false;
    person->residence = &g->person->residence;
    person->birth = now->birth;
    person->incoming = &g->incoming;
    person->known = g->known.at;
    person->known_count = g->known.count;
    g->staged.birth = now->birth;
    g->staged.sex = now->sex;
    return true;
}

bool staging_compare(Staging *g, Error *err)
{
    IntakePerson person = {.match = &g->match};
    g->incoming = as_known(g);
    bool corrects = g->incoming.corrects;
    if (corrects && (!read_returned(g, err) || !read_others(g, err))) return false;
    if (g->person && !read_of_person(g, &person, err)) return false;
    person.decided = g->decided;
    person.corrects = g->corrects;
    person.others = g->others;
    person.by_number = g->by_number;
    person.other_fits = g->others && partial_date_equal(g->another.birth, g->s.row.birth);
    g->staged.decision = intake_check_person(g->staged.decision, &g->s.row, &person);
    return true;
}
