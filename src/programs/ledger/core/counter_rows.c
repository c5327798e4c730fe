// SPDX-License-Identifier: Apache-2.0
#include "counter_rows.h"

#include <assert.h>

// clang-format off
static const char *const next_sql[NUMBER_KINDS] = {
    [NUMBER_ACT] =              "SELECT coalesce(max(act_no), 0) + 1 FROM act",
    [NUMBER_PERSON] =           "SELECT coalesce(max(person_id), 0) + 1 FROM person",
    [NUMBER_PERSON_BEFORE] =    "SELECT coalesce(max(before_id), 0) + 1 FROM person_before",
    [NUMBER_RESIDENCE] =        "SELECT coalesce(max(span_id), 0) + 1 FROM residence",
    [NUMBER_RESIDENT_VERSION] = "SELECT coalesce(max(version_id), 0) + 1 FROM resident_version",
    [NUMBER_MATCH_VERSION] =        "SELECT coalesce(max(match_id), 0) + 1 FROM match_version",
    [NUMBER_MAILING_ADDRESS] =  "SELECT coalesce(max(mailing_id), 0) + 1 FROM mailing_address",
    [NUMBER_DOSE] =             "SELECT coalesce(max(dose_id), 0) + 1 FROM dose",
    [NUMBER_DOSE_ORIGIN] =      "SELECT coalesce(max(origin_id), 0) + 1 FROM dose_origin",
    [NUMBER_NOT_GIVEN] =        "SELECT coalesce(max(record_id), 0) + 1 FROM not_given",
    [NUMBER_PERSON_FACT] =      "SELECT coalesce(max(fact_id), 0) + 1 FROM person_fact",
    [NUMBER_INTAKE_FILE] =      "SELECT coalesce(max(file_no), 0) + 1 FROM intake_file",
    [NUMBER_INTAKE_ROW] =       "SELECT coalesce(max(row_id), 0) + 1 FROM intake_row",
    [NUMBER_CLINIC] =           "SELECT coalesce(max(clinic_id), 0) + 1 FROM clinic",
    [NUMBER_CLAIM] =            "SELECT coalesce(max(claim_id), 0) + 1 FROM claim",
    [NUMBER_NOTICE_RUN] =       "SELECT coalesce(max(run_no), 0) + 1 FROM notice_run",
    [NUMBER_NOTICE] =           "SELECT coalesce(max(notice_id), 0) + 1 FROM notice",
};
// clang-format on

bool number_next(Store *store, Number which, int32_t *next, Error *err)
{
    assert(which < NUMBER_KINDS);
    Query *q = query_begin(store, next_sql[which], err);
    if (!q) return false;
    int32_t number = 0;
    if (query_next(q)) number = (int32_t)column_int64(q, 0);
    if (!query_end(q, err)) return false;
    *next = number;
    return true;
}

void number_settle(int32_t *number, int32_t first)
{
    assert(first > 0 && first < PROVISIONAL);
    if (*number >= PROVISIONAL) *number += first - PROVISIONAL;
}
