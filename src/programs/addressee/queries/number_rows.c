// SPDX-License-Identifier: Apache-2.0
#include "number_rows.h"

#include <string.h>

static Bytes number_bytes(const IndividualNo *number)
{
    return (Bytes){(const unsigned char *)number->digits, (ptrdiff_t)strlen(number->digits)};
}

Sha256 number_index(const Keys *keys, const IndividualNo *number)
{
    return keys_index(keys, S("individual_no"), number_bytes(number));
}

static SealPlace number_place(int64_t number_id, Arena *arena)
{
    return (SealPlace){S("person_number"), S("sealed"),
                       str_format(arena, "%lld", (long long)number_id)};
}

bool number_keep(RegisterPlan *plan, int64_t person_id, const IndividualNo *number, const Sha256 *index,
                 NumberNow *now, Arena scratch, Error *err)
{
    if (now->number_id && sha256_equal(&now->index, index)) return true;
    if (now->number_id) *planned_closes_push(&plan->closes, plan->arena) = now->number_id;
    PlannedNumber planned = {.number_id = ++plan->last.number,
                             .person_id = person_id,
                             .generation = now->number_id ? now->generation + 1 : 0,
                             .index = *index};
    if (!seal_value(plan->keys, number_place(planned.number_id, &scratch), number_bytes(number), plan->arena,
                    &planned.sealed, err))
        return false;
    *planned_numbers_push(&plan->numbers, plan->arena) = planned;
    *now = (NumberNow){planned.number_id, planned.generation, *index};
    return true;
}

void number_told(RegisterPlan *plan, bool with_version)
{
    if (!with_version) plan->last.change++;
    plan->numbers.at[plan->numbers.count - 1].change_no = plan->last.change;
}

bool number_open(Keys *keys, int64_t number_id, Bytes sealed, Arena scratch, IndividualNo *number, Error *err)
{
    SECRET(plain);
    return seal_open(keys, number_place(number_id, &scratch), sealed, &plain, err) &&
           individual_no_parse(secret_view(&plain), number, NULL, err);
}

static const char holder_sql[] =
    "SELECT p.addressee_no FROM person_number n JOIN person p ON p.number_id = n.number_id"
    " WHERE n.number_index = $1 AND n.person_id <> $2 ORDER BY p.person_id LIMIT 1";

bool number_holder(Store *store, const Sha256 *index, int64_t but_for, AddresseeNo *holder, Error *err)
{
    bool good = true;
    Error closing = {0};
    *holder = (AddresseeNo){{0}};
    Query *q = query_begin(store, holder_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(index));
    bind_int64(q, 2, but_for);
    if (query_next(q)) good = addressee_no_parse(column_view(q, 0), holder, NULL, err);
    return query_end(q, good ? err : &closing) && good;
}

static const char now_sql[] =
    "SELECT n.number_id, n.generation, n.number_index FROM person p JOIN person_number n ON n.number_id = p.number_id"
    " WHERE p.person_id = $1";

bool number_now(Store *store, int64_t person_id, Arena *arena, NumberNow *now, Error *err)
{
    *now = (NumberNow){0};
    Query *q = query_begin(store, now_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q)) {
        *now = (NumberNow){.number_id = column_int64(q, 0), .generation = (int32_t)column_int64(q, 1)};
        (void)sha256_from(column_bytes(q, 2, arena), &now->index);
    }
    return query_end(q, err);
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
