// SPDX-License-Identifier: Apache-2.0
#include "mailing_address_rows.h"

#include "logging.h"
#include "register_plan.h"
#include "sealed_texts.h"

enum { POSTAL_CODE, ADDRESS, BUILDING, TEXTS };

static SealPlace place_of(int64_t mailing_no, Arena *arena)
{
    return (SealPlace){S("mailing_address"), S("sealed"), str_format(arena, "%lld", (long long)mailing_no)};
}

// ---- writing

static const char next_sql[] = "SELECT coalesce(max(mailing_no), 0) + 1 FROM mailing_address";
static const char add_sql[] =
    "INSERT INTO mailing_address (mailing_no, person_id, change_no, purpose, begins_on, ends_on, sealed, reason, entered_by,"
    " entered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";

static bool number_next(Store *store, int64_t *mailing_no, Error *err)
{
    Query *q = query_begin(store, next_sql, err);
    if (!q) return false;
    if (query_next(q)) *mailing_no = column_int64(q, 0);
    return query_end(q, err);
}

bool mailing_insert(Store *store, Keys *keys, MailingRow *row, Arena scratch, Error *err)
{
    Bytes sealed;
    RegisterBasis last;
    const MailingAddress *m = &row->mailing;
    const Str texts[TEXTS] = {m->postal_code, m->address, m->building};
    if (!number_next(store, &row->mailing_no, err) || !register_basis_read(store, &last, err) ||
        !texts_seal(keys, place_of(row->mailing_no, &scratch), texts, TEXTS, &scratch, &sealed, err))
        return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->mailing_no);
    bind_int64(q, 2, row->person_id);
    bind_int64(q, 3, last.change + 1);
    bind_int64(q, 4, m->purpose);
    bind_day(q, 5, m->begins_on);
    bind_day(q, 6, m->ends_on);
    bind_bytes(q, 7, sealed);
    bind_text(q, 8, row->reason);
    bind_text(q, 9, row->entered_by);
    bind_instant(q, 10, row->entered_at);
    return query_run(q, err);
}

static const char end_sql[] = "UPDATE mailing_address SET change_no = $1, ended_by = $2, ended_at = $3 WHERE mailing_no = $4";

bool mailing_end(Store *store, int64_t mailing_no, Str by, Instant at, Error *err)
{
    RegisterBasis last;
    if (!register_basis_read(store, &last, err)) return false;
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_int64(q, 1, last.change + 1);
    bind_text(q, 2, by);
    bind_instant(q, 3, at);
    bind_int64(q, 4, mailing_no);
    return query_run(q, err);
}

const char mailing_told_again_sql[] =
    "UPDATE mailing_address SET change_no = $1 WHERE mailing_no ="
    " (SELECT max(m.mailing_no) FROM mailing_address m WHERE m.person_id = $2 AND m.ended_at IS NULL)";

// ---- reading

#define MAILINGS                                                                                               \
    "SELECT m.mailing_no, m.person_id, p.addressee_no, p.protection, m.purpose, m.begins_on, m.ends_on, m.reason," \
    " m.entered_by, m.entered_at, coalesce(m.ended_at, 0), m.ended_by, m.sealed FROM mailing_address m"          \
    " JOIN person p ON p.person_id = m.person_id"

enum { SEALED_COLUMN = 12 };

static bool row_read(Query *q, Arena *arena, MailingRow *row, Error *err)
{
    *row = (MailingRow){.mailing_no = column_int64(q, 0),
                        .person_id = column_int64(q, 1),
                        .protection = (int32_t)column_int64(q, 3),
                        .mailing = {.purpose = (MailingPurpose)column_int64(q, 4),
                                    .begins_on = column_day(q, 5),
                                    .ends_on = column_day(q, 6)},
                        .reason = column_text(q, 7, arena),
                        .entered_by = column_text(q, 8, arena),
                        .entered_at = column_instant(q, 9),
                        .ended_at = column_instant(q, 10),
                        .ended_by = column_text(q, 11, arena)};
    return addressee_no_parse(column_view(q, 2), &row->who, NULL, err);
}

static bool address_open(Keys *keys, Bytes sealed, Arena *arena, MailingRow *row, Error *err)
{
    Str texts[TEXTS];
    if (!texts_open(keys, place_of(row->mailing_no, arena), sealed, texts, TEXTS, arena, err)) return false;
    row->mailing.postal_code = texts[POSTAL_CODE];
    row->mailing.address = texts[ADDRESS];
    row->mailing.building = texts[BUILDING];
    return true;
}

// `keys` NULL: nothing is opened.
static bool rows_read(Query *q, Keys *keys, Arena *arena, MailingRows *rows, Error *err)
{
    bool good = true;
    Error closing = {0};
    *rows = (MailingRows){0};
    while (good && query_next(q)) {
        MailingRow *row = mailing_rows_push(rows, arena);
        good = row_read(q, arena, row, err) &&
               (!keys || address_open(keys, column_bytes(q, SEALED_COLUMN, arena), arena, row, err));
    }
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}

static const char of_sql[] = MAILINGS " WHERE m.person_id = $1 ORDER BY m.mailing_no DESC";

bool mailings_of(Store *store, Keys *keys, int64_t person_id, Arena *arena, MailingRows *rows, Error *err)
{
    Query *q = query_begin(store, of_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    return rows_read(q, keys, arena, rows, err);
}

static const char ending_sql[] =
    MAILINGS " WHERE m.ended_at IS NULL AND m.ends_on BETWEEN $1 AND $2 ORDER BY m.ends_on, m.mailing_no";

bool mailings_ending(Store *store, Day first, Day last, Arena *arena, MailingRows *rows, Error *err)
{
    Query *q = query_begin(store, ending_sql, err);
    if (!q) return false;
    bind_day(q, 1, first);
    bind_day(q, 2, last);
    return rows_read(q, NULL, arena, rows, err);
}

static const char standing_sql[] = MAILINGS " WHERE m.ended_at IS NULL ORDER BY m.person_id, m.mailing_no";

bool mailings_standing(Store *store, Arena *arena, MailingRows *rows, Error *err)
{
    Query *q = query_begin(store, standing_sql, err);
    return q && rows_read(q, NULL, arena, rows, err);
}

// ---- as changes

static const char between_sql[] =
    "SELECT c.change_no, p.addressee_no, p.protection, m.mailing_no, m.purpose, m.begins_on, m.ends_on, m.sealed FROM"
    " (SELECT change_no, person_id FROM mailing_address WHERE change_no > $1 AND change_no <= CAST($2 AS bigint)"
    "  ORDER BY change_no LIMIT $3) c JOIN person p ON p.person_id = c.person_id"
    " LEFT JOIN mailing_address m ON m.person_id = c.person_id AND m.ended_at IS NULL ORDER BY c.change_no, m.mailing_no";

// One person whose addresses cannot be opened any more is parked, and the others go on (change_rows.h).
static void standing_take(Query *q, Keys *keys, Arena *arena, PersonChange *change)
{
    Error unread = {0};
    MailingRow row = {.mailing_no = column_int64(q, 3),
                      .mailing = {.purpose = (MailingPurpose)column_int64(q, 4),
                                  .begins_on = column_day(q, 5),
                                  .ends_on = column_day(q, 6)}};
    if (change->hold != HOLD_NONE || column_is_null(q, 3) || person_protected((int32_t)column_int64(q, 2))) return;
    if (address_open(keys, column_bytes(q, 7, arena), arena, &row, &unread)) {
        *mailing_addresses_push(&change->mailings, arena) = row.mailing;
        return;
    }
    log_line(LOG_ERROR, "event=mailing_unreadable change_no=%lld code=%s", (long long)change->change_no,
             error_code_text(unread.code));
    *change = person_change_stub(change->change_no, change->addressee_no, HOLD_UNTELLABLE);
}

bool mailings_between(Store *store, Keys *keys, int64_t cursor, int64_t last, int32_t most, Arena *arena,
                      PersonChangeRows *changes, Error *err)
{
    *changes = (PersonChangeRows){0};
    Query *q = query_begin(store, between_sql, err);
    if (!q) return false;
    bind_int64(q, 1, cursor);
    bind_int64(q, 2, last);
    bind_int64(q, 3, most);
    while (query_next(q)) {
        const MailingAddresses none = {0};
        int64_t change_no = column_int64(q, 0);
        if (!changes->count || changes->at[changes->count - 1].change_no != change_no)
            *person_changes_push(changes, arena) = person_change_mailings(change_no, column_text(q, 1, arena), &none);
        standing_take(q, keys, arena, &changes->at[changes->count - 1]);
    }
    return query_end(q, err);
}

// ---- under a newer key

static bool mailing_reseal(Keys *keys, int64_t mailing_no, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    return texts_reseal(keys, place_of(mailing_no, arena), sealed, arena, again, err);
}

const SealedColumn mailing_address_sealed = {
    .words = "送付先",
    .read = "SELECT mailing_no, sealed FROM mailing_address WHERE mailing_no > $1 ORDER BY mailing_no LIMIT 500",
    .write = "UPDATE mailing_address SET sealed = $2 WHERE mailing_no = $1",
    .reseal = mailing_reseal,
};
