// SPDX-License-Identifier: Apache-2.0
#include "work_count.h"

#include "dose_judged.h"
#include "dose_rows.h"
#include "person_fact_rows.h"
#include "undecided_rows.h"

enum { CORRECTED_DAYS = 14 };

static void count_of(WorkCounts *counts, WorkKind kind, int64_t count, Day since)
{
    if (count) counts->of[kind] = (WorkCount){count, since};
}

static bool circumstance_count(const Ledger *ledger, Arena *arena, WorkCounts *counts, Error *err)
{
    UndecidedRows found = {0};
    const Schedule *schedule = ledger->schedule;
    for (int f = 0; f < fact_count(schedule); f++) {
        int now = fact_replaced_by(schedule, f);
        if (now != FACT_NONE && !facts_replaced(ledger->act->store, fact_id(schedule, f),
                                                fact_id(schedule, now), arena, &found, err))
            return false;
    }
    count_of(counts, WORK_OLD_CIRCUMSTANCE, found.count, found.count ? found.at[0].since : DAY_NONE);
    return true;
}

// ---- judgements

static bool judged_otherwise(const Ledger *ledger, const Case *c, const DoseRecord *record,
                             ptrdiff_t place, Day as_of, Arena *arena)
{
    DaySpan given;
    if (!partial_date_span(record->dose.given_on, &given)) given.last = as_of;
    DoseJudged now = dose_judged(&ledger->judge, c, &record->dose, place, given.last, arena);
    return record->judgement.legal_class != LEGAL_NOT_SAID &&
           !judgement_same(&record->judgement, &now.kept);
}

static bool doses_otherwise(const Ledger *ledger, const PersonRow *person, Day as_of, Arena scratch,
                            int32_t *doses, Error *err)
{
    DoseRecords records;
    FactRows facts;
    Store *store = ledger->act->store;
    *doses = 0;
    if (!dose_records_of_person(store, person->person_id, KNOWN_NOW, &scratch, &records, err) ||
        !facts_of_person(store, person->person_id, KNOWN_NOW, &scratch, &facts, err))
        return false;
    DoseRow *given = NEW(&scratch, DoseRow, records.count);
    for (ptrdiff_t i = 0; i < records.count; i++) given[i] = records.at[i].dose;
    PersonRows rows = {person->birth, person->sex, given, records.count, facts.at, facts.count};
    Case c = case_of(&ledger->judge, &rows, as_of, &scratch);
    for (ptrdiff_t i = 0; i < records.count; i++)
        *doses += judged_otherwise(ledger, &c, &records.at[i], i, as_of, &scratch);
    return true;
}

bool judged_anew(const Ledger *ledger, Day as_of, Arena *arena, JudgedAnewRows *rows, Error *err)
{
    CorrectedBirths corrected;
    *rows = (JudgedAnewRows){0};
    if (!births_corrected(ledger->act->store, as_of - CORRECTED_DAYS, arena, &corrected, err))
        return false;
    VEC_EACH (const CorrectedBirth, of, corrected) {
        int32_t doses;
        if (!doses_otherwise(ledger, &of->person, as_of, *arena, &doses, err)) return false;
        if (doses) *judged_anew_push(rows, arena) = (JudgedAnew){*of, doses};
    }
    return true;
}

bool work_counts(const Ledger *ledger, Day as_of, Arena *arena, WorkCounts *counts, Error *err)
{
    ExpectedFiles files;
    JudgedAnewRows judged;
    *counts = (WorkCounts){0};
    if (!work_counts_read(ledger->act->store, counts, err) ||
        !circumstance_count(ledger, arena, counts, err) ||
        !files_expected(ledger->act->store, as_of, arena, &files, err) ||
        !judged_anew(ledger, as_of, arena, &judged, err))
        return false;
    count_of(counts, WORK_FILE_EXPECTED, files.count, DAY_NONE);
    count_of(counts, WORK_JUDGEMENT_CHANGED, judged.count,
             judged.count ? judged.at[0].of.since : DAY_NONE);
    return true;
}
