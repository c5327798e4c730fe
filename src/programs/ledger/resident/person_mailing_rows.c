// SPDX-License-Identifier: Apache-2.0
#include "person_mailing_rows.h"

#include "counter_rows.h"
#include "key_set.h"

static const char of_persons_sql[] =
    "SELECT m.person_id, m.purpose, m.begins_on, m.ends_on, m.postal_code, m.address, m.building FROM " KEY_NUMBERS
    " CROSS JOIN mailing_address m WHERE m.person_id = b.number AND m.to_act = 2147483647"
    " ORDER BY m.person_id, m.mailing_id";

bool mailings_of_persons(Store *store, Str persons, Arena *arena, PersonMailings *rows, Error *err)
{
    *rows = (PersonMailings){0};
    Query *q = query_begin(store, of_persons_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    while (query_next(q))
        *person_mailings_push(rows, arena) = (PersonMailing){.person_id = (int32_t)column_int64(q, 0),
                                                             .mailing = {(MailingPurpose)column_int64(q, 1), column_day(q, 2),
                                                                         column_day(q, 3), column_text(q, 4, arena),
                                                                         column_text(q, 5, arena), column_text(q, 6, arena)}};
    return query_end(q, err);
}

static bool mailing_same(const MailingAddress *a, const MailingAddress *b)
{
    return a->purpose == b->purpose && a->begins_on == b->begins_on && a->ends_on == b->ends_on &&
           str_equal(a->postal_code, b->postal_code) && str_equal(a->address, b->address) && str_equal(a->building, b->building);
}

static bool stand_already(const PersonMailings *standing, const MailingAddresses *told)
{
    bool same = standing->count == told->count;
    for (ptrdiff_t i = 0; same && i < told->count; i++) same = mailing_same(&standing->at[i].mailing, &told->at[i]);
    return same;
}

static const char end_sql[] = "UPDATE mailing_address SET to_act = $1 WHERE person_id = $2 AND to_act = 2147483647";

static bool all_end(Store *store, const LedgerAct *act, int32_t person_id, Error *err)
{
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_int64(q, 2, person_id);
    return query_run(q, err);
}

static const char insert_sql[] =
    "INSERT INTO mailing_address (mailing_id, person_id, purpose, begins_on, ends_on, postal_code, address, building,"
    " from_act, to_act) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 2147483647)";

static bool all_begin(Store *store, const LedgerAct *act, int32_t person_id, const MailingAddresses *told, Error *err)
{
    int32_t next;
    if (!told->count) return true;
    if (!number_next(store, NUMBER_MAILING_ADDRESS, &next, err)) return false;
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    VEC_EACH (const MailingAddress, m, *told) {
        bind_int64(q, 1, next++);
        bind_int64(q, 2, person_id);
        bind_int64(q, 3, m->purpose);
        bind_day(q, 4, m->begins_on);
        bind_day(q, 5, m->ends_on);
        bind_text(q, 6, m->postal_code);
        bind_text(q, 7, m->address);
        bind_text(q, 8, m->building);
        bind_int64(q, 9, act->no);
        if (!query_again(q)) break;
    }
    return query_end(q, err);
}

bool mailings_store(Store *store, const LedgerAct *act, int32_t person_id, const MailingAddresses *told, Arena scratch,
                    Error *err)
{
    KeySet persons = {0};
    PersonMailings standing;
    key_set_add_number(&persons, &scratch, person_id);
    if (!mailings_of_persons(store, key_set_text(&persons, &scratch), &scratch, &standing, err)) return false;
    return stand_already(&standing, told) ||
           (all_end(store, act, person_id, err) && all_begin(store, act, person_id, told, err));
}
