// SPDX-License-Identifier: Apache-2.0
#include "work_count.h"

#include <assert.h>

#include "certificate_rows.h"
#include "envelope_rows.h"
#include "inquiry_rows.h"
#include "person_fact_rows.h"
#include "undecided_rows.h"

static void count_of(WorkCounts *counts, WorkKind kind, int64_t count, Day since)
{
    if (count) counts->of[kind] = (WorkCount){count, since};
}

static bool circumstance_count(const Ledger *ledger, Arena *arena, WorkCounts *counts, Error *err)
{
    Day oldest = DAY_NONE;
    UndecidedRows found = {0};  // by kind: each begins anew with its oldest
    const Schedule *schedule = ledger->schedule;
    for (int f = 0; f < fact_count(schedule); f++) {
        int now = fact_replaced_by(schedule, f);
        if (now != FACT_NONE && !facts_replaced(ledger->act->store, fact_id(schedule, f),
                                                fact_id(schedule, now), arena, &found, err))
            return false;
    }
    VEC_EACH (const UndecidedRow, row, found)
        if (oldest == DAY_NONE || row->since < oldest) oldest = row->since;
    count_of(counts, WORK_OLD_CIRCUMSTANCE, found.count, oldest);
    return true;
}

bool work_counts(const Ledger *ledger, Day as_of, Arena *arena, WorkCounts *counts, Error *err)
{
    assert(as_of != DAY_NONE);
    ExpectedFiles files;
    Envelopes envelopes;
    CorrectedBirths judged;
    InquiryRows inquiries;
    InquiryNewsUnreads unread;
    OvertakenCertificates certificates;
    *counts = (WorkCounts){0};
    if (!work_counts_read(ledger->act->store, counts, err) ||
        !circumstance_count(ledger, arena, counts, err) ||
        !files_expected(ledger->act->store, as_of, arena, &files, err) ||
        !envelopes_to_pull(ledger->act->store, as_of - ENVELOPE_DAYS, arena, &envelopes, err) ||
        !births_corrected(ledger->act->store, as_of - CORRECTED_DAYS, arena, &judged, err) ||
        !inquiries_waiting(ledger->act->store, inquiry_late(as_of), arena, &inquiries, err) ||
        !inquiry_news_unread(ledger->act->store, arena, &unread, err) ||
        !certificates_overtaken(ledger->act->store, arena, &certificates, err))
        return false;
    count_of(counts, WORK_FILE_EXPECTED, files.count, DAY_NONE);
    count_of(counts, WORK_ENVELOPE, envelopes.count, envelopes.count ? envelopes.at[0].ended : DAY_NONE);
    count_of(counts, WORK_JUDGEMENT_CHANGED, judged.count,
             judged.count ? judged.at[0].since : DAY_NONE);
    count_of(counts, WORK_INQUIRY, inquiries.count + unread.count,
             inquiries.count ? instant_day_in_japan(inquiries.at[0].asked_at) : DAY_NONE);
    count_of(counts, WORK_CERTIFICATE, certificates.count, certificates.count ? certificates.at[0].since : DAY_NONE);
    return true;
}
