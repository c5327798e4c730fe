// The first half: whom a row means, whether we have the dose already, and the dose itself.
// SPDX-License-Identifier: Apache-2.0
#include "intake_run.h"

#include <assert.h>

#include "not_given.h"
#include "number.h"
#include "sha256.h"

// Everything about the row in hand.
typedef struct Staging {
    IntakeRun *run;
    const CsvRow *csv;
    Submission s;
    int32_t product_no;
    StagedRow staged;
    MatchDecision match;
    MatchCandidates found;
    const MatchPerson *person;  // NULL: not linked
    KnownDose incoming;
    Arena *arena;
} Staging;

static Day day_asked(PartialDate date)
{
    DaySpan span;
    return partial_date_span(date, &span) ? span.last : DAY_NONE;
}

// ---- whom the row means

static bool find_person(Staging *g, Error *err)
{
    IntakeRun *run = g->run;
    const MatchRow *row = &g->s.match;
    MatchLookups keys = match_lookups_first(row, g->arena);
    if (!match_read(run->matches, &keys, g->arena, &g->found, err)) return false;
    g->match = match_decide(row, &g->found, &run->places, g->arena);
    if (g->match.outcome == MATCH_LOOK_FURTHER) {
        keys = match_lookups_further(row, &g->found, g->arena);
        if (!match_read(run->matches, &keys, g->arena, &g->found, err)) return false;
        g->found.complete = true;
        g->match = match_decide(row, &g->found, &run->places, g->arena);
    }
    assert(g->match.outcome != MATCH_LOOK_FURTHER);
    if (g->match.outcome == MATCH_LINK)
        g->person = &g->found.persons.at[g->match.persons.at[0].person];
    return true;
}

// ---- whether we have the dose already

// A hash of all items: rows that say the same have the same.
static Str content_of(const CsvRow *row, Arena *arena)
{
    Text all = {0};
    for (int i = 0; i < submission_layout.count; i++) {
        text_add(&all, arena, row->fields[i]);
        text_add_byte(&all, arena, '\x1f');
    }
    Sha256 hash = sha256_of_text(text_str(&all));
    char text[SHA256_TEXT_SIZE];
    return str_copy(arena, str_first(str_of(sha256_text(&hash, text)), 32));
}

static KnownDose as_known(const Staging *g)
{
    const Submission *s = &g->s;
    const ProductView *view = &g->run->ledger->judge.views[g->product_no];
    Str code = institution_text(&s->clinic);
    return (KnownDose){
        .given = s->row.given_class == GIVEN_HERE || s->row.given_class == GIVEN_ELSEWHERE,
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
    };
}

VEC(KnownDoses, KnownDose, known_doses);

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

static bool read_doses(const Staging *g, KnownDoses *known, Error *err)
{
    DoseRows doses;
    Store *store = g->run->ledger->act->store;
    if (!doses_of_person(store, (int32_t)g->person->person_id, g->arena, &doses, err)) return false;
    VEC_EACH (const DoseRow, d, doses) {
        KnownDose *k = known_doses_push(known, g->arena);
        *k = known_of(g, d->dose_id, true, d->product_no, d->given_on);
        k->provenance = (int32_t)d->provenance;
        // Earlier rows of this file are claimed as soon as they are judged.
        k->claimed = d->from_act == g->run->act.no;
    }
    return true;
}

// Not-given records have references below zero.
static bool read_not_given(const Staging *g, KnownDoses *known, Error *err)
{
    NotGivenRows rows;
    Store *store = g->run->ledger->act->store;
    if (!not_given_of_person(store, (int32_t)g->person->person_id, g->arena, &rows, err))
        return false;
    VEC_EACH (const NotGivenRow, r, rows) {
        KnownDose *k = known_doses_push(known, g->arena);
        *k = known_of(g, -(int64_t)r->record_id, false, r->product_no, r->seen_on);
        k->provenance = PROVENANCE_CLINIC;
        k->clinic = r->clinic_code.len ? r->clinic_code : r->clinic_name;
        k->claimed = true;
    }
    return true;
}

// Lots, clinics and the rows they came with: read only where there may be a likeness.
static bool read_origins(const Staging *g, KnownDoses *known, Error *err)
{
    DoseRowOrigins origins;
    Store *store = g->run->ledger->act->store;
    if (!dose_origins_of_person(store, (int32_t)g->person->person_id, g->arena, &origins, err))
        return false;
    VEC_EACH (const DoseRowOrigin, o, origins) {
        VEC_EACH (KnownDose, k, *known) {
            if (k->ref != o->dose_id) continue;
            k->clinic = o->clinic;
            k->lot = o->lot;
            k->month = o->month;
            k->row_no = o->label;
            k->content = o->content;
            k->claimed = k->claimed || o->claimed;
        }
    }
    return true;
}

// A correction may turn a dose into an examination, or the other way round.
static bool read_known(const Staging *g, KnownDoses *known, Error *err)
{
    bool corrects = g->s.row.corrects;
    if ((g->incoming.given || corrects) && !read_doses(g, known, err)) return false;
    return (g->incoming.given && !corrects) || read_not_given(g, known, err);
}

static bool check_person(Staging *g, Error *err)
{
    IntakePerson person = {.match = &g->match};
    KnownDoses known = {0};
    if (g->person) {
        g->incoming = as_known(g);
        if (!read_known(g, &known, err)) return false;
        bool corrects = g->s.row.corrects;
        SamenessVerdict likeness = dose_sameness(&g->incoming, known.at, known.count);
        if ((corrects || likeness.sameness != SAME_NONE) && !read_origins(g, &known, err))
            return false;
        person.residence = &g->person->residence;
        person.birth = g->person->versions.at[g->person->versions.count - 1].birth;
        person.incoming = &g->incoming;
        person.known = known.at;
        person.known_count = known.count;
        g->staged.birth = person.birth;
        g->staged.sex = g->person->versions.at[g->person->versions.count - 1].sex;
    }
    g->staged.decision = intake_check_person(g->staged.decision, &g->s.row, &person);
    return true;
}

// ---- the dose

static DoseRecord record_of(const Staging *g)
{
    const Submission *s = &g->s;
    return (DoseRecord){
        .dose = {.dose_id = g->staged.dose_id,
                 .person_id = (int32_t)g->person->person_id,
                 .product_no = g->product_no,
                 .given_on = s->row.given_on,
                 .provenance = PROVENANCE_CLINIC,
                 .from_act = g->run->act.no,
                 .to_act = ACT_OPEN},
        .kind = s->row.given_class,
        .legal_class = g->run->ledger->judge.views[g->product_no].legal_class,
        .row_id = g->staged.row_id,
        .claimed_position = s->claimed_position,
        .clinic_code = institution_text(&s->clinic),
        .clinic_name = s->clinic_name,
        .volume_ml100 = s->row.volume_ml100 > 0 ? s->row.volume_ml100 : 0,
        .maker = s->maker,
        .lot = s->row.lot,
        .expires_on = s->row.expires_on,
        .doctor = s->doctor,
        .venue = s->venue,
    };
}

static bool store_not_given(Staging *g, Error *err)
{
    const Submission *s = &g->s;
    NotGivenRow row = {
        .record_id = g->staged.record_id = g->run->next_record++,
        .person_id = (int32_t)g->person->person_id,
        .kind = s->row.given_class,
        .product_no = g->product_no,
        .seen_on = s->row.given_on,
        .clinic_code = institution_text(&s->clinic),
        .clinic_name = s->clinic_name,
        .doctor = s->doctor,
        .row_id = g->staged.row_id,
    };
    return not_given_insert(g->run->ledger->act->store, &g->run->act, &row, err);
}

static bool store_dose(Staging *g, Error *err)
{
    g->staged.dose_id = g->run->next_dose++;
    DoseRecord record = record_of(g);
    return dose_insert(g->run->ledger->act->store, &record, err);
}

// 訂正: what this clinic sent earlier stands no longer, its claim neither.
static bool end_old_version(Staging *g, int32_t ref, Error *err)
{
    Store *store = g->run->ledger->act->store;
    if (ref < 0) return not_given_end(store, &g->run->act, -ref, err);
    return dose_end(store, ref, &g->run->act, err) && claims_end(store, &g->run->act, ref, err);
}

static bool store_new_version(Staging *g, Error *err)
{
    int32_t ref = (int32_t)g->staged.decision.ref;
    if (!end_old_version(g, ref, err)) return false;
    if (!g->incoming.given) return store_not_given(g, err);
    g->staged.dose_id = g->run->next_dose++;
    DoseRecord record = record_of(g);
    record.replaces = ref > 0 ? ref : 0;
    record.reason = S("医療機関訂正");
    return dose_insert(g->run->ledger->act->store, &record, err);
}

static Str filled(Str old, Str fresh)
{
    return old.len ? old : fresh;
}

// A duplicate that knows more: a new version of what we have, with its empty items filled.
static bool store_fill(Staging *g, Error *err)
{
    Store *store = g->run->ledger->act->store;
    DoseRecords records;
    int64_t ref = g->staged.decision.ref;
    if (!dose_records_of_person(store, (int32_t)g->person->person_id, g->arena, &records, err))
        return false;
    VEC_EACH (DoseRecord, r, records) {
        if (r->dose.dose_id != ref) continue;
        DoseRecord fresh = record_of(g), next = *r;
        next.dose.dose_id = g->staged.dose_id = g->run->next_dose++;
        next.dose.from_act = g->run->act.no;
        if (partial_date_whole(fresh.dose.given_on)) next.dose.given_on = fresh.dose.given_on;
        if (fresh.dose.provenance < next.dose.provenance)
            next.dose.provenance = fresh.dose.provenance;
        next.replaces = (int32_t)ref;
        next.row_id = fresh.row_id;
        next.reason = S("重複");
        next.claimed_position = filled(r->claimed_position, fresh.claimed_position);
        next.clinic_code = filled(r->clinic_code, fresh.clinic_code);
        next.clinic_name = filled(r->clinic_name, fresh.clinic_name);
        next.volume_ml100 = r->volume_ml100 ? r->volume_ml100 : fresh.volume_ml100;
        next.maker = filled(r->maker, fresh.maker);
        next.lot = filled(r->lot, fresh.lot);
        if (!r->expires_on.year) next.expires_on = fresh.expires_on;
        next.doctor = filled(r->doctor, fresh.doctor);
        next.venue = filled(r->venue, fresh.venue);
        return dose_end(store, (int32_t)ref, &g->run->act, err) && dose_insert(store, &next, err);
    }
    return true;
}

// From when the due date that a physician wrote is true: from the beginning of that pregnancy, or where
// another one of it is known, from the day of the dose. DAY_NONE: it is known already.
static bool due_date_since(const Staging *g, int wanted, Day *since, Error *err)
{
    FactRows facts;
    const Schedule *schedule = g->run->ledger->schedule;
    Store *store = g->run->ledger->act->store;
    if (!facts_of_person(store, (int32_t)g->person->person_id, g->arena, &facts, err)) return false;
    Day standing = DAY_NONE;  // the last one said of this pregnancy
    VEC_EACH (const FactRow, f, facts) {
        Day due;
        bool read = str_equal(f->kind, fact_id(schedule, wanted)) &&
                    day_read(f->value.at, (int)f->value.len, &due);
        if (read && fact_same_span(schedule, wanted, due, g->s.due_date)) standing = due;
    }
    *since = standing == DAY_NONE        ? g->s.due_date - fact_span_days(schedule, wanted)
             : standing == g->s.due_date ? DAY_NONE
                                         : day_asked(g->s.row.given_on);
    return true;
}

// The due date that came with the row, as a fact.
static bool store_due_date(Staging *g, Error *err)
{
    char text[DAY_TEXT_SIZE];
    Day since;
    if (g->s.due_date == DAY_NONE || !g->staged.dose_id) return true;
    int wanted = g->run->ledger->judge.views[g->product_no].wants;
    if (wanted == FACT_NONE) return true;
    if (!due_date_since(g, wanted, &since, err)) return false;
    if (since == DAY_NONE) return true;
    FactRow fact = {
        .fact_id = g->run->next_fact++,
        .person_id = (int32_t)g->person->person_id,
        .kind = fact_id(g->run->ledger->schedule, wanted),
        .subject = S(""),
        .value = str_of(day_text(g->s.due_date, text)),
        .since = since,
        .until = DAY_NONE,
        .from_act = g->run->act.no,
        .to_act = ACT_OPEN,
        .source = S("clinic"),
        .row_id = g->staged.row_id,
    };
    return fact_insert(g->run->ledger->act->store, &fact, err);
}

static bool store_staged(Staging *g, Error *err)
{
    bool ok = true;
    switch (g->staged.decision.store) {
    case STORE_NOTHING: break;
    case STORE_DOSE: ok = store_dose(g, err); break;
    case STORE_NOT_GIVEN: ok = store_not_given(g, err); break;
    case STORE_NEW_VERSION: ok = store_new_version(g, err); break;
    case STORE_FILL: ok = store_fill(g, err); break;
    }
    return ok && store_due_date(g, err);
}

// ---- what the outcome will say

// Numbers of the candidates, best first. A protected person who is one of several is not named here
// (immunization.md 6.2): whoever may see it opens the review.
static Str candidates_text(const Staging *g)
{
    Text text = {0};
    VEC_EACH (const MatchCandidate, c, g->match.persons) {
        const MatchPerson *p = &g->found.persons.at[c->person];
        bool hide = p->is_protected && g->match.persons.count > 1;
        if (text.len) text_add_byte(&text, g->arena, ' ');
        text_add(&text, g->arena, hide ? S("***") : addressee_text(&p->addressee_no));
    }
    return text.len ? text_str(&text) : (Str){0};
}

static bool means_somebody_protected(const Staging *g)
{
    VEC_EACH (const MatchCandidate, c, g->match.persons)
        if (g->found.persons.at[c->person].is_protected) return true;
    return false;
}

static void describe(Staging *g)
{
    StagedRow *staged = &g->staged;
    IntakeOutcome outcome = staged->decision.outcome;
    bool shown = outcome == INTAKE_REVIEW || outcome == INTAKE_RETURNED;
    staged->label = g->s.label;
    staged->clinic_code = institution_text(&g->s.clinic);
    staged->product_no = g->product_no;
    staged->row = g->s.row;
    if (g->person) staged->person_id = (int32_t)g->person->person_id;
    if (outcome == INTAKE_DUPLICATE && !staged->dose_id && staged->decision.ref > 0)
        staged->dose_id = (int32_t)staged->decision.ref;
    if (outcome != INTAKE_RETURNED && g->match.persons.count) {
        staged->score = g->match.persons.at[0].score;
        staged->candidates = candidates_text(g);
    }
    staged->evidence = g->match.evidence;
    // What a clinic knows of where a protected person lives is kept nowhere.
    if (shown && means_somebody_protected(g)) csv_row_hide(g->run->csv, submission_address);
    if (shown) staged->as_read = csv_row_text(g->run->csv, g->arena);
}

static bool store_candidates(const Staging *g, Error *err)
{
    if (g->staged.decision.outcome != INTAKE_REVIEW) return true;
    for (ptrdiff_t i = 0; i < g->match.persons.count; i++) {
        const MatchPerson *p = &g->found.persons.at[g->match.persons.at[i].person];
        if (!intake_candidate_insert(g->run->ledger->act->store, g->staged.row_id, (int32_t)i + 1,
                                     (int32_t)p->person_id, err))
            return false;
    }
    return true;
}

static void add_error(const Staging *g)
{
    const IntakeDecision *d = &g->staged.decision;
    if (d->outcome != INTAKE_RETURNED) return;
    error_csv_add(g->run->errors, &(ErrorCsvRow){.line = g->s.line,
                                                 .item = g->s.defect_item,
                                                 .code = intake_code_text(d->codes[0]),
                                                 .message = intake_message_text(d, g->arena),
                                                 .row_text = g->staged.as_read});
}

bool intake_stage_row(IntakeRun *run, const CsvRow *row, Arena scratch, Error *err)
{
    Ledger *ledger = run->ledger;
    Staging g = {.run = run, .csv = row, .arena = &scratch};
    g.s = submission_read(ledger->schedule, row, &run->notes, &scratch);
    if (g.s.product != PRODUCT_NONE) g.product_no = ledger->products.number_of[g.s.product];
    g.staged = (StagedRow){.line = row->line, .row_id = run->next_row++, .score = -1};
    if (!row->bad) g.staged.content = content_of(row, &scratch);

    g.staged.clinic = clinic_of_row(&run->clinics, &ledger->judge, g.s.clinic_name, &g.s.clinic,
                                    g.product_no, day_asked(g.s.row.given_on));
    g.staged.decision = intake_check_row(&g.s.row, &g.staged.clinic, ledger->act->business_day);
    if (g.staged.decision.outcome == INTAKE_OPEN) {
        match_reader_row(run->matches);
        if (!find_person(&g, err) || !check_person(&g, err)) return false;
    }
    if (!store_staged(&g, err)) return false;
    describe(&g);
    if (!store_candidates(&g, err)) return false;
    add_error(&g);
    return spool_write(run->spool, &g.staged, err);
}
