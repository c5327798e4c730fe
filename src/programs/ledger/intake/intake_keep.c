// What is written for a row that is decided, once its file is published.
// SPDX-License-Identifier: Apache-2.0
#include "counter_rows.h"

#include <assert.h>
#include "intake_staging.h"

static DoseRecord record_of(const Staging *g)
{
    const Submission *s = &g->s;
    return (DoseRecord){
        .dose = {.dose_id = g->staged->dose_id,
                 .person_id = (int32_t)g->person->person_id,
                 .product_no = g->product_no,
                 .given_on = s->row.given_on,
                 .provenance = PROVENANCE_CLINIC,
                 .to_act = ACT_OPEN},
        .kind = s->row.given_class,
        .row_id = g->staged->row_id,
        .claimed_position = s->claimed_position,
        .clinic_code = g->staged->clinic_code,
        .clinic_name = s->clinic_name,
        .volume_ml100 = s->row.volume_ml100 > 0 ? s->row.volume_ml100 : 0,
        .maker = s->maker,
        .lot = s->row.lot,
        .expires_on = s->row.expires_on,
        .doctor = s->doctor,
        .venue = s->venue,
    };
}

static void store_not_given(Staging *g)
{
    const Submission *s = &g->s;
    StagedRow *staged = g->staged;
    staged->not_given = NEW(g->run->kept, NotGivenRow, 1);
    *staged->not_given = (NotGivenRow){
        .record_id = staged->record_id = PROVISIONAL + g->run->records++,
        .person_id = (int32_t)g->person->person_id,
        .kind = s->row.given_class,
        .product_no = g->product_no,
        .seen_on = s->row.given_on,
        .clinic_code = staged->clinic_code,
        .clinic_name = s->clinic_name,
        .doctor = s->doctor,
        .claimed_position = s->claimed_position,
        .row_id = staged->row_id,
    };
}

static DoseRecord *store_dose(Staging *g)
{
    StagedRow *staged = g->staged;
    staged->dose_id = PROVISIONAL + g->run->doses++;
    staged->dose = NEW(g->run->kept, DoseRecord, 1);
    *staged->dose = record_of(g);
    return staged->dose;
}

// 訂正: what this clinic sent earlier stands no longer, its claim neither.
static void store_new_version(Staging *g)
{
    int64_t ref = g->staged->decision.ref;
    g->staged->ends = ref;
    if (!g->incoming.given) {
        store_not_given(g);
        return;
    }
    DoseRecord *record = store_dose(g);
    record->replaces = ref > 0 ? (int32_t)ref : 0;
    record->reason = S("医療機関訂正");
}

static Str filled(Str old, Str fresh)
{
    return old.len ? old : fresh;
}

static DoseRecord filled_record(const DoseRecord *old, const DoseRecord *fresh)
{
    DoseRecord next = *old;
    next.dose.dose_id = fresh->dose.dose_id;
    next.dose.from_act = fresh->dose.from_act;
    if (partial_date_whole(fresh->dose.given_on)) next.dose.given_on = fresh->dose.given_on;
    if (fresh->dose.provenance < next.dose.provenance)
        next.dose.provenance = fresh->dose.provenance;
    next.replaces = old->dose.dose_id;
    next.row_id = fresh->row_id;
    next.reason = S("重複");
    next.claimed_position = filled(old->claimed_position, fresh->claimed_position);
    next.clinic_code = filled(old->clinic_code, fresh->clinic_code);
    next.clinic_name = filled(old->clinic_name, fresh->clinic_name);
    next.volume_ml100 = old->volume_ml100 ? old->volume_ml100 : fresh->volume_ml100;
    next.maker = filled(old->maker, fresh->maker);
    next.lot = filled(old->lot, fresh->lot);
    if (!old->expires_on.year) next.expires_on = fresh->expires_on;
    next.doctor = filled(old->doctor, fresh->doctor);
    next.venue = filled(old->venue, fresh->venue);
    return next;
}

// A dose of this person that stands: of an earlier row of this file, or stored. Few are asked for.
static bool standing_dose(Staging *g, int32_t person_id, int64_t ref, DoseRecord *old, bool *stands,
                          Error *err)
{
    DoseRecords records;
    StagedRows staged = overlay_rows(&g->run->overlay, person_id);
    *stands = false;
    VEC_EACH (const StagedRef, row, staged)
        if ((*row)->dose && (*row)->dose_id == ref) {
            *old = *(*row)->dose;
            *stands = true;
            return true;
        }
    if (!dose_records_of_person(g->run->ledger->act->store, person_id, KNOWN_NOW, g->run->kept,
                                &records, err))
        return false;
    VEC_EACH (const DoseRecord, r, records) {
        if (r->dose.dose_id != ref) continue;
        *old = *r;
        *stands = true;
    }
    return true;
}

// A duplicate that knows more: a new version of what we have, with its empty items filled.
static bool store_fill(Staging *g, Error *err)
{
    bool stands;
    DoseRecord old;
    StagedRow *staged = g->staged;
    if (!standing_dose(g, (int32_t)g->person->person_id, staged->decision.ref, &old, &stands, err))
        return false;
    if (!stands) return true;
    DoseRecord *record = store_dose(g);
    *record = filled_record(&old, record);
    staged->ends = staged->decision.ref;
    staged->fills = true;
    staged->filled = old.dose;
    return true;
}

// ---- a correction of the person that somebody has decided

static bool store_move(Staging *g, Error *err)
{
    bool stands;
    StagedRow *staged = g->staged;
    int32_t person_id = (int32_t)g->person->person_id;
    DoseRecord *old = NEW(g->run->kept, DoseRecord, 1);
    if (!g->incoming.given)
        return FAIL(err, E_CONFLICT, .item = S("接種区分"), .value = staged->label,
                    .words = S("接種していない行で別の人の接種を訂正しています。"
                               "その人の記録を取り消してから、この行を返戻してください。"));
    if (!standing_dose(g, g->another.person_id, g->another.dose_id, old, &stands, err))
        return false;
    const DoseMoveAsked asked = {g->another.person_id, person_id,   stands,
                                 &g->incoming,         g->known.at, g->known.count};
    DoseMove move = dose_move(&asked);
    if (move.refusal != MOVE_AGREED)
        return FAIL(err, E_CONFLICT, .item = S("行番号"), .value = staged->label,
                    .words = move.refusal == MOVE_DOUBTFUL
                                 ? S("この人には同じかもしれない接種の記録があります。"
                                     "記録を確かめ、どちらかを訂正又は取消してから決めてください。")
                                 : S("移そうとした記録は、いまは別の人の記録ではありません。"
                                     "記録を確かめてから決めてください。"));
    staged->move = NEW(g->run->kept, PersonCorrection, 1);
    *staged->move = (PersonCorrection){.move = move, .old = old};
    if (move.stores) {
        (void)store_dose(g);
        return true;
    }
    staged->dose_id = (int32_t)move.same_as;
    staged->decision.outcome = INTAKE_DUPLICATE;
    return true;
}

// From when the due date that a physician wrote is true: from the beginning of that pregnancy, or where
// another one of it is known, from the day of the dose. DAY_NONE: it is known already.
static Day due_date_since(const Staging *g, int wanted)
{
    const Schedule *schedule = g->run->ledger->schedule;
    int32_t person_id = (int32_t)g->person->person_id;
    SetSlice stored = SET_SLICE(g->sets->facts, person_id);
    StagedRows staged = overlay_rows(&g->run->overlay, person_id);
    FactRows facts =
        overlay_facts(&staged, g->sets->facts.at + stored.first, stored.count, g->arena);
    Day standing = DAY_NONE;  // the last one said of this pregnancy
    VEC_EACH (const FactRow, f, facts) {
        Day due;
        bool read = str_equal(f->kind, fact_id(schedule, wanted)) &&
                    day_read(f->value.at, (int)f->value.len, &due);
        if (read && fact_same_span(schedule, wanted, due, g->s.due_date)) standing = due;
    }
    if (standing == DAY_NONE) return g->s.due_date - fact_span_days(schedule, wanted);
    return standing == g->s.due_date ? DAY_NONE : day_asked(g->s.row.given_on);
}

// The due date that came with the row, as a fact.
static void store_due_date(Staging *g)
{
    char text[DAY_TEXT_SIZE];
    Arena *kept = g->run->kept;
    StagedRow *staged = g->staged;
    if (g->s.due_date == DAY_NONE || !staged->dose_id) return;
    int wanted = g->run->ledger->judge.views[g->product_no].wants;
    if (wanted == FACT_NONE) return;
    Day since = due_date_since(g, wanted);
    if (since == DAY_NONE) return;
    staged->fact = NEW(kept, FactRow, 1);
    *staged->fact = (FactRow){
        .fact_id = PROVISIONAL + g->run->facts++,
        .person_id = (int32_t)g->person->person_id,
        .kind = fact_id(g->run->ledger->schedule, wanted),
        .subject = S(""),
        .value = str_copy(kept, str_of(day_text(g->s.due_date, text))),
        .since = since,
        .until = DAY_NONE,
        .to_act = ACT_OPEN,
        .source = S("clinic"),
        .row_id = staged->row_id,
        .began = DAY_NONE,
        .ended = DAY_NONE,
        .recognised_on = DAY_NONE,
    };
}

bool staging_keep(Staging *g, Error *err)
{
    assert(g->staged->decision.outcome <= INTAKE_DUPLICATE);
    bool ok = true;
    StagedRow *staged = g->staged;
    staged->person_id = g->person ? (int32_t)g->person->person_id : 0;
    switch (staged->decision.store) {
    case STORE_NOTHING: break;
    case STORE_DOSE: (void)store_dose(g); break;
    case STORE_NOT_GIVEN: store_not_given(g); break;
    case STORE_NEW_VERSION: store_new_version(g); break;
    case STORE_FILL: ok = store_fill(g, err); break;
    case STORE_MOVE: ok = store_move(g, err); break;
    }
    if (!ok) return false;
    store_due_date(g);
    if (staged->dose || staged->not_given) overlay_add(&g->run->overlay, staged);
    return true;
}
