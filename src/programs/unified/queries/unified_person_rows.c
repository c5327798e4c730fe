// SPDX-License-Identifier: Apache-2.0
#include "unified_person_rows.h"

#include <assert.h>

#include "facts_sealed.h"
#include "given_number_rows.h"
#include "unified_numbering.h"

enum { REGION = 4 };  // of the numbers that the city gives (linkage.md 1.7)

static SealPlace facts_place(int64_t person_id, Arena *arena)
{
    return (SealPlace){S("unified_person"), S("facts"), str_format(arena, "%lld", (long long)person_id)};
}

// ---- reading

#define PERSON_COLUMNS "p.person_id, p.unified_no, p.status, p.hidden, p.withdrawn, p.confirmed, p.facts"

static bool person_read(Query *q, Keys *keys, Arena *arena, UnifiedPerson *person, Error *err)
{
    *person = (UnifiedPerson){.person_id = column_int64(q, 0),
                              .status = (int32_t)column_int64(q, 2),
                              .hidden = column_int64(q, 3) != 0,
                              .withdrawn = column_int64(q, 4) != 0,
                              .confirmed = column_int64(q, 5) != 0};
    return unified_no_parse(column_view(q, 1), &person->no, err) &&
           facts_open(keys, facts_place(person->person_id, arena), column_bytes(q, 6, arena), arena, &person->facts, err);
}

static bool person_taken(Query *q, Keys *keys, Arena *arena, UnifiedPerson *person, Error *err)
{
    bool good = true;
    Error closing = {0};
    *person = (UnifiedPerson){0};
    if (query_next(q)) good = person_read(q, keys, arena, person, err);
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}

static const char of_addressee_sql[] = "SELECT " PERSON_COLUMNS " FROM addressee_number a"
                                       " JOIN unified_person p ON p.person_id = a.person_id WHERE a.addressee_no = $1";

bool unified_of_addressee(Store *store, Keys *keys, const AddresseeNo *who, Arena *arena, UnifiedPerson *person,
                          Error *err)
{
    Query *q = query_begin(store, of_addressee_sql, err);
    if (!q) return false;
    bind_text(q, 1, addressee_text(who));
    return person_taken(q, keys, arena, person, err);
}

static const char of_id_sql[] = "SELECT " PERSON_COLUMNS " FROM unified_person p WHERE p.person_id = $1";

bool unified_of_id(Store *store, Keys *keys, int64_t person_id, Arena *arena, UnifiedPerson *person, Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, of_id_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    return person_taken(q, keys, arena, person, err);
}

// ---- writing

static const char add_sql[] =
    "INSERT INTO unified_person (person_id, unified_no, status, hidden, withdrawn, confirmed, facts, numbered_at,"
    " code_step, code_state, code_failure, code_doubted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0)";

static void bind_standing(Query *q, const UnifiedPerson *person)
{
    bind_int64(q, 1, person->person_id);
    bind_int64(q, 3, person->status);
    bind_int64(q, 4, person->hidden);
    bind_int64(q, 5, person->withdrawn);
    bind_int64(q, 6, person->confirmed);
}

bool unified_add(Store *store, Keys *keys, UnifiedPerson *person, Instant now, Arena scratch, Error *err)
{
    assert(person->person_id == 0);
    assert(now > 0);
    Bytes facts;
    int64_t count;
    if (!given_number_next(store, S("person"), 0, &person->person_id, err) ||
        !given_count_next(store, S("unified"), &count, err))
        return false;
    person->no = unified_no_numbered(REGION, count);
    if (!facts_seal(keys, facts_place(person->person_id, &scratch), &person->facts, &scratch, &facts, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_standing(q, person);
    bind_text(q, 2, unified_text(&person->no));
    bind_bytes(q, 7, facts);
    bind_instant(q, 8, now);
    bind_int64(q, 9, CODE_OWES_ASKING);
    return query_run(q, err);
}

static const char keep_sql[] = "UPDATE unified_person SET facts = $2, status = $3, hidden = $4, withdrawn = $5,"
                               " confirmed = $6 WHERE person_id = $1";

bool unified_keep(Store *store, Keys *keys, const UnifiedPerson *person, Arena scratch, Error *err)
{
    assert(person->person_id > 0);
    Bytes facts;
    if (!facts_seal(keys, facts_place(person->person_id, &scratch), &person->facts, &scratch, &facts, err)) return false;
    Query *q = query_begin(store, keep_sql, err);
    if (!q) return false;
    bind_standing(q, person);
    bind_bytes(q, 2, facts);
    return query_run(q, err);
}

// ---- addressee numbers

static const char join_sql[] = "INSERT INTO addressee_number (addressee_no, person_id, known_at, join_no)"
                               " VALUES ($1, $2, $3, $4)";

bool addressee_number_add(Store *store, const AddresseeNo *who, int64_t person_id, Instant now, Error *err)
{
    assert(person_id > 0);
    assert(now > 0);
    int64_t join_no;
    if (!given_number_next(store, S("join"), 0, &join_no, err)) return false;
    Query *q = query_begin(store, join_sql, err);
    if (!q) return false;
    bind_text(q, 1, addressee_text(who));
    bind_int64(q, 2, person_id);
    bind_instant(q, 3, now);
    bind_int64(q, 4, join_no);
    return query_run(q, err);
}

static const char withdrawn_sql[] = "UPDATE addressee_number SET withdrawn = $2 WHERE addressee_no = $1";

bool addressee_number_withdrawn(Store *store, const AddresseeNo *who, bool withdrawn, Error *err)
{
    Query *q = query_begin(store, withdrawn_sql, err);
    if (!q) return false;
    bind_text(q, 1, addressee_text(who));
    bind_int64(q, 2, withdrawn);
    return query_run(q, err);
}

static const char stands_sql[] = "SELECT 1 FROM addressee_number WHERE person_id = $1 AND withdrawn = 0 LIMIT 1";

bool addressee_number_stands(Store *store, int64_t person_id, bool *stands, Error *err)
{
    assert(person_id > 0);
    Query *q = query_begin(store, stands_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    *stands = query_next(q);
    return query_end(q, err);
}

static const char numbers_sql[] = "SELECT addressee_no FROM addressee_number WHERE person_id = $1 ORDER BY addressee_no";

bool addressee_numbers_of(Store *store, int64_t person_id, Arena *arena, AddresseeNos *numbers, Error *err)
{
    bool good = true;
    Error closing = {0};
    *numbers = (AddresseeNos){0};
    Query *q = query_begin(store, numbers_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (good && query_next(q))
        good = addressee_no_parse(column_view(q, 0), addressee_nos_push(numbers, arena), NULL, err);
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}

// ---- under a newer key

static bool facts_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    return texts_reseal(keys, facts_place(row, arena), sealed, arena, again, err);
}

const SealedColumn unified_person_facts = {
    .words = "照合に使う氏名カナ・生年月日・性別・住所",
    .read = "SELECT person_id, facts FROM unified_person WHERE person_id > $1 ORDER BY person_id LIMIT 500",
    .write = "UPDATE unified_person SET facts = $2 WHERE person_id = $1",
    .reseal = facts_reseal,
};
