// SPDX-License-Identifier: Apache-2.0
#include "number_rows.h"

#include <string.h>

static const char next_sql[] = "SELECT coalesce(max(number_id), 0) + 1 FROM person_number";

static const char add_sql[] =
    "INSERT INTO person_number (number_id, person_id, generation, number_index, sealed, from_file)"
    " VALUES ($1, $2, $3, $4, $5, $6)";

bool number_writer_begin(NumberWriter *writer, Store *store, Keys *keys, int64_t file_no,
                         Error *err)
{
    NumberWriter made = {.store = store, .keys = keys, .file_no = file_no};
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    if (query_next(q)) made.next_number = column_int64(q, 0);
    if (!query_end(q, err)) return false;
    made.add = query_begin(store, add_sql, err);
    *writer = made;
    return made.add != NULL;
}

bool number_writer_end(NumberWriter *writer, Error *err)
{
    return query_end(writer->add, err);
}

static Bytes number_bytes(const IndividualNo *number)
{
    return (Bytes){(const unsigned char *)number->digits, (ptrdiff_t)strlen(number->digits)};
}

Sha256 number_index(const NumberWriter *writer, const IndividualNo *number)
{
    return keys_index(writer->keys, S("individual_no"), number_bytes(number));
}

static uint64_t index_hash(Bytes index)
{
    uint64_t hash = 0;
    memcpy(&hash, index.at, sizeof hash);  // a keyed hash already: any eight bytes are as good
    return hash;
}

static const char all_sql[] =
    "SELECT number_index FROM person_number WHERE to_file IS NULL ORDER BY number_id";

bool numbers_known(NumberWriter *writer, Arena *arena, Error *err)
{
    KnownSet known = known_set_make(arena);
    Query *q = query_stream(writer->store, all_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        Str index = column_view(q, 0);
        (void)known_set_seen(&known,
                             index_hash((Bytes){(const unsigned char *)index.at, index.len}));
    }
    if (!query_end(q, err)) return false;
    writer->known = known;
    return true;
}

static const char held_sql[] =
    "SELECT count(*) FROM person_number n JOIN person p ON p.person_id = n.person_id"
    " WHERE n.number_index = $1 AND n.to_file IS NULL AND n.person_id <> $2 AND p.status = 1";

bool number_taken(NumberWriter *writer, int64_t person_id, const Sha256 *index, bool *taken,
                  Error *err)
{
    *taken = false;
    if (!known_set_seen(&writer->known, index_hash(sha256_bytes(index)))) return true;
    Query *q = query_begin(writer->store, held_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(index));
    bind_int64(q, 2, person_id);
    if (query_next(q)) *taken = column_int64(q, 0) > 0;
    return query_end(q, err);
}

typedef struct Current {
    int64_t number_id;
    int32_t generation;
    Sha256 index;
} Current;

static const char current_sql[] =
    "SELECT number_id, generation, number_index FROM person_number WHERE number_id = $1";

static bool current_read(Store *store, int64_t number_id, Arena scratch, Current *current,
                         Error *err)
{
    bool whole = false;
    *current = (Current){.generation = -1};
    if (!number_id) return true;
    Query *q = query_begin(store, current_sql, err);
    if (!q) return false;
    bind_int64(q, 1, number_id);
    if (query_next(q)) {
        current->number_id = column_int64(q, 0);
        current->generation = (int32_t)column_int64(q, 1);
        whole = sha256_from(column_bytes(q, 2, &scratch), &current->index);
    }
    if (!query_end(q, err)) return false;
    return whole || FAIL(err, E_STORE,
                         .words = S("個人番号の記録が欠けています。復旧の手順に従ってください。"));
}

static const char close_sql[] = "UPDATE person_number SET to_file = $1 WHERE number_id = $2";

static bool close_generation(const NumberWriter *writer, int64_t number_id, Error *err)
{
    Query *q = query_begin(writer->store, close_sql, err);
    if (!q) return false;
    bind_int64(q, 1, writer->file_no);
    bind_int64(q, 2, number_id);
    return query_run(q, err);
}

static SealPlace number_place(int64_t number_id, Arena *arena)
{
    return (SealPlace){S("person_number"), S("sealed"),
                       str_format(arena, "%lld", (long long)number_id)};
}

bool number_keep(NumberWriter *writer, int64_t person_id, const IndividualNo *number,
                 const Sha256 *index, int64_t *number_id, Arena scratch, Error *err)
{
    Current now;
    Bytes sealed;
    if (!current_read(writer->store, *number_id, scratch, &now, err)) return false;
    if (now.number_id && sha256_equal(&now.index, index)) return true;
    if (now.number_id && !close_generation(writer, now.number_id, err)) return false;

    int64_t fresh = writer->next_number++;
    if (!seal_value(writer->keys, number_place(fresh, &scratch), number_bytes(number), &scratch,
                    &sealed, err))
        return false;
    Query *q = writer->add;
    bind_int64(q, 1, fresh);
    bind_int64(q, 2, person_id);
    bind_int64(q, 3, now.generation + 1);
    bind_bytes(q, 4, sha256_bytes(index));
    bind_bytes(q, 5, sealed);
    bind_int64(q, 6, writer->file_no);
    (void)query_again(q);  // told by number_writer_end
    *number_id = fresh;
    return true;
}

// ---- under a newer key

static bool number_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again,
                          Error *err)
{
    SECRET(number);
    SealPlace place = number_place(row, arena);
    return seal_open(keys, place, sealed, &number, err) &&
           seal_value(keys, place, secret_bytes(&number), arena, again, err);
}

const SealedColumn person_number_sealed = {
    .words = "個人番号",
    .read = "SELECT number_id, sealed FROM person_number WHERE number_id > $1"
            " ORDER BY number_id LIMIT 500",
    .write = "UPDATE person_number SET sealed = $2 WHERE number_id = $1",
    .reseal = number_reseal,
};
