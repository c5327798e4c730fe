// What was decided about a row, into the store.
// SPDX-License-Identifier: Apache-2.0
#include "intake_staging.h"

#include "not_given_rows.h"
#include "person_correction.h"

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
        .claimed_position = s->claimed_position,
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
    IntakeRun *run = g->run;
    Store *store = run->ledger->act->store;
    *map_place(&run->ended_here, run->kept, str_format(run->kept, "%d", ref), NULL) = 1;
    if (ref < 0)
        return not_given_end(store, &run->act, -ref, err) &&
               claims_end_not_given(store, &run->act, -ref, err);
    return dose_end(store, ref, &run->act, err) && claims_end(store, &run->act, ref, err);
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

static void note_filled(Staging *g, int64_t ref, int32_t fresh)
{
    Arena *kept = g->run->kept;
    *map_place(&g->run->filled_here, kept, str_format(kept, "%lld", (long long)ref), NULL) = fresh;
}

// A duplicate that knows more: a new version of what we have, with its empty items filled.
static bool store_fill(Staging *g, Error *err)
{
    Store *store = g->run->ledger->act->store;
    DoseRecords records;
    int64_t ref = g->staged.decision.ref;
    if (!dose_records_of_person(store, (int32_t)g->person->person_id, KNOWN_NOW, g->arena, &records, err))
        return false;
    VEC_EACH (DoseRecord, r, records) {
        if (r->dose.dose_id != ref) continue;
        DoseRecord fresh = record_of(g), next = *r;
        next.dose.dose_id = g->staged.dose_id = g->run->next_dose++;
        next.dose.from_act = g->run->act.no;
        note_filled(g, ref, next.dose.dose_id);
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
        return claims_follow(store, &g->run->act, &r->dose, &next.dose, &g->run->next_claim,
                             *g->arena, err) &&
               dose_end(store, (int32_t)ref, &g->run->act, err) && dose_insert(store, &next, err);
    }
    return true;
}

// ---- a correction of the person that somebody has decided

static bool moved_dose(const Staging *g, DoseRecord *old, bool *stands, Error *err)
{
    DoseRecords records;
    Store *store = g->run->ledger->act->store;
    *stands = false;
    if (!dose_records_of_person(store, g->another.person_id, KNOWN_NOW, g->arena, &records, err)) return false;
    VEC_EACH (const DoseRecord, r, records) {
        if (r->dose.dose_id != g->another.dose_id) continue;
        *old = *r;
        *stands = true;
    }
    return true;
}

static bool store_move(Staging *g, Error *err)
{
    bool stands;
    DoseRecord old = {0};
    StagedRow *staged = &g->staged;
    int32_t person_id = (int32_t)g->person->person_id;
    if (!g->incoming.given)
        return FAIL(err, E_CONFLICT, .item = S("接種区分"), .value = staged->label,
                    .words = S("接種していない行で別の人の接種を訂正しています。"
                               "その人の記録を取り消してから、この行を返戻してください。"));
    if (!moved_dose(g, &old, &stands, err)) return false;
    const DoseMoveAsked asked = {g->another.person_id, person_id,   stands,
                                 &g->incoming,         g->known.at, g->known.count};
    DoseMove move = dose_move(&asked);
    if (move.refusal != MOVE_AGREED)
        return FAIL(err, E_CONFLICT, .item = S("行番号"), .value = staged->label,
                    .words = S("この人には同じかもしれない接種の記録があります。"
                               "記録を確かめ、どちらかを訂正又は取消してから決めてください。"));
    staged->dose_id = move.stores ? g->run->next_dose++ : (int32_t)move.same_as;
    if (!move.stores) staged->decision.outcome = INTAKE_DUPLICATE;
    const PersonCorrection correction = {move, &old, record_of(g)};
    return person_correction_store(g->run->ledger->act->store, &g->run->act, &correction, *g->arena,
                                   err);
}

// From when the due date that a physician wrote is true: from the beginning of that pregnancy, or where
// another one of it is known, from the day of the dose. DAY_NONE: it is known already.
static bool due_date_since(const Staging *g, int wanted, Day *since, Error *err)
{
    FactRows facts;
    const Schedule *schedule = g->run->ledger->schedule;
    Store *store = g->run->ledger->act->store;
    if (!facts_of_person(store, (int32_t)g->person->person_id, KNOWN_NOW, g->arena, &facts, err)) return false;
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
        .began = DAY_NONE,
        .ended = DAY_NONE,
        .recognised_on = DAY_NONE,
    };
    return fact_insert(g->run->ledger->act->store, &fact, err);
}

bool staging_keep(Staging *g, Error *err)
{
    bool ok = true;
    switch (g->staged.decision.store) {
    case STORE_NOTHING: break;
    case STORE_DOSE: ok = store_dose(g, err); break;
    case STORE_NOT_GIVEN: ok = store_not_given(g, err); break;
    case STORE_NEW_VERSION: ok = store_new_version(g, err); break;
    case STORE_FILL: ok = store_fill(g, err); break;
    case STORE_MOVE: ok = store_move(g, err); break;
    }
    return ok && store_due_date(g, err);
}
