// SPDX-License-Identifier: Apache-2.0
#include "individual_number_rows.h"

#include "given_number_rows.h"

#include <assert.h>
#include <string.h>

static Bytes number_bytes(const IndividualNo *number)
{
    return (Bytes){(const unsigned char *)number->digits, (ptrdiff_t)strlen(number->digits)};
}

Sha256 individual_number_index(const Keys *keys, const IndividualNo *number)
{
    return keys_index(keys, S("individual_no"), number_bytes(number));
}

static SealPlace number_place(int64_t number_id, Arena *arena)
{
    return (SealPlace){S("individual_number"), S("sealed"), str_format(arena, "%lld", (long long)number_id)};
}

// ---- finding

static const char find_sql[] = "SELECT person_id, to_at FROM individual_number WHERE number_index = $1";

bool individual_number_find(Store *store, const Sha256 *index, NumberFound *found, Error *err)
{
    *found = (NumberFound){0};
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(index));
    if (query_next(q)) {
        bool current = column_is_null(q, 1);
        *found = (NumberFound){.standing = current ? NUMBER_CURRENT : NUMBER_FORMER,
                               .person_id = column_int64(q, 0),
                               .to_at = current ? 0 : column_instant(q, 1)};
    }
    return query_end(q, err);
}

// ---- the next generation

static const char last_sql[] = "SELECT coalesce(max(generation), -1) FROM individual_number WHERE person_id = $1";

typedef struct NextNumber {
    int64_t number_id;
    int generation;
} NextNumber;

static bool next_number(Store *store, int64_t person_id, NextNumber *next, Error *err)
{
    int now = -1;
    Query *q = query_begin(store, last_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q)) now = (int)column_int64(q, 0);
    if (!query_end(q, err)) return false;
    next->generation = 0;
    return (now < 0 || generation_next(now, &next->generation, err)) &&
           given_number_next(store, S("number"), 0, &next->number_id, err);
}

static const char close_sql[] = "UPDATE individual_number SET to_at = $2 WHERE person_id = $1 AND to_at IS NULL";

static bool current_closed(Store *store, int64_t person_id, Instant now, Error *err)
{
    Query *q = query_begin(store, close_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_instant(q, 2, now);
    return query_run(q, err);
}

static const char add_sql[] =
    "INSERT INTO individual_number (number_id, person_id, generation, number_index, sealed, from_at)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

bool individual_number_add(Store *store, Keys *keys, int64_t person_id, const IndividualNo *number, const Sha256 *index,
                           Instant now, Arena scratch, Error *err)
{
    assert(person_id > 0);
    Bytes sealed;
    NextNumber next = {0};
    if (!next_number(store, person_id, &next, err) || !current_closed(store, person_id, now, err) ||
        !seal_value(keys, number_place(next.number_id, &scratch), number_bytes(number), &scratch, &sealed, err))
        return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, next.number_id);
    bind_int64(q, 2, person_id);
    bind_int64(q, 3, next.generation);
    bind_bytes(q, 4, sha256_bytes(index));
    bind_bytes(q, 5, sealed);
    bind_instant(q, 6, now);
    return query_run(q, err);
}

// ---- the generations

static const char spans_sql[] = "SELECT generation, from_at, to_at FROM individual_number WHERE person_id = $1 ORDER BY generation";

bool individual_number_spans(Store *store, int64_t person_id, Arena *arena, NumberSpans *spans, Error *err)
{
    *spans = (NumberSpans){0};
    Query *q = query_begin(store, spans_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (query_next(q))
        *number_spans_push(spans, arena) =
            (NumberSpan){column_int64(q, 0), column_instant(q, 1), column_is_null(q, 2) ? 0 : column_instant(q, 2)};
    return query_end(q, err);
}

// ---- opening

static const char current_sql[] = "SELECT number_id, sealed FROM individual_number WHERE person_id = $1 AND to_at IS NULL";

bool individual_number_open(Store *store, Keys *keys, int64_t person_id, Arena scratch, IndividualNo *number, Error *err)
{
    assert(person_id > 0);
    SECRET(plain);
    int64_t number_id = 0;
    Bytes sealed = {0};
    Query *q = query_begin(store, current_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q)) {
        number_id = column_int64(q, 0);
        sealed = column_bytes(q, 1, &scratch);
    }
    if (!query_end(q, err)) return false;
    if (!number_id) return FAIL(err, E_NOT_FOUND, .words = S("この方の個人番号がありません。"));
    return seal_open(keys, number_place(number_id, &scratch), sealed, &plain, err) &&
           individual_no_parse(secret_view(&plain), number, NULL, err);
}

// ---- under a newer key

static bool number_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    SECRET(number);
    SealPlace place = number_place(row, arena);
    return seal_open(keys, place, sealed, &number, err) && seal_value(keys, place, secret_bytes(&number), arena, again, err);
}

const SealedColumn individual_number_sealed = {
    .words = "個人番号",
    .read = "SELECT number_id, sealed FROM individual_number WHERE number_id > $1 ORDER BY number_id LIMIT 500",
    .write = "UPDATE individual_number SET sealed = $2 WHERE number_id = $1",
    .reseal = number_reseal,
};
