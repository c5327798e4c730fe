// SPDX-License-Identifier: Apache-2.0
#include "acquisition_rows.h"

#include <assert.h>

static Bytes number_bytes(const AcquisitionNo *number)
{
    return (Bytes){number->at, sizeof number->at};
}

static const char add_sql[] = "INSERT INTO acquisition (number, organisation, issued_at) VALUES ($1, $2, $3)";

bool acquisition_add(Store *store, const AcquisitionNo *number, const OrganisationCode *whose, Instant now, Error *err)
{
    assert(whose->digits[0]);
    assert(now > 0);
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, number_bytes(number));
    bind_text(q, 2, str_of(whose->digits));
    bind_instant(q, 3, now);
    return query_run(q, err);
}

static const char find_sql[] = "SELECT organisation, issued_at, wish_index, outcome FROM acquisition WHERE number = $1";

bool acquisition_find(Store *store, const AcquisitionNo *number, AcquisitionRow *row, bool *found, Error *err)
{
    char room[128];
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, number_bytes(number));
    *row = (AcquisitionRow){.number = *number};
    *found = query_next(q);
    if (*found) {
        Arena scratch = {room, room + sizeof room};
        *found = organisation_code_read(column_view(q, 0), &row->organisation);
        row->issued_at = column_instant(q, 1);
        row->used = sha256_from(column_bytes(q, 2, &scratch), &row->wish);
        row->outcome = (CodeOutcome)column_int64(q, 3);
    }
    return query_end(q, err);
}

static const char use_sql[] =
    "UPDATE acquisition SET wish_index = $2, outcome = $3, person_index = $4 WHERE number = $1 AND wish_index IS NULL";

bool acquisition_use(Store *store, const AcquisitionRow *used, const Sha256 *person, Error *err)
{
    Query *q = query_begin(store, use_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, number_bytes(&used->number));
    bind_bytes(q, 2, sha256_bytes(&used->wish));
    bind_int64(q, 3, used->outcome);
    bind_bytes(q, 4, person ? sha256_bytes(person) : (Bytes){0});
    return query_run(q, err);
}

static const char of_person_sql[] = "SELECT 1 FROM acquisition WHERE person_index = $1 LIMIT 1";

bool acquisition_of_person(Store *store, const Sha256 *person, bool *any, Error *err)
{
    Query *q = query_begin(store, of_person_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(person));
    *any = query_next(q);
    return query_end(q, err);
}

static const char forget_sql[] = "DELETE FROM acquisition WHERE wish_index IS NULL AND issued_at < $1";

bool acquisitions_forget(Store *store, Instant before, int64_t *gone, Error *err)
{
    assert(before > 0);
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_instant(q, 1, before);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}
