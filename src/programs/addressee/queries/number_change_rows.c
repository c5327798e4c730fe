// SPDX-License-Identifier: Apache-2.0
#include "number_change_rows.h"

#include "logging.h"
#include "number_rows.h"
#include "register_columns.h"
#include "resident_event.h"

static const char last_sql[] = "SELECT coalesce(max(change_no), 0) FROM (SELECT change_no FROM register_version"
                               " UNION ALL SELECT change_no FROM person_number) every_change";

bool number_change_last(Store *store, int64_t *change_no, Error *err)
{
    Query *q = query_begin(store, last_sql, err);
    if (!q) return false;
    if (query_next(q)) *change_no = column_int64(q, 0);
    return query_end(q, err);
}

// A number that came with a version is one change with it (UNION). Beside each the version and the number that were
// the newest then.
static const char changes_sql[] =
    "SELECT c.change_no, p.addressee_no, v.change_no, v.event_reason, v.withdrawn_person, v.sealed_place,"
    " n.number_id, n.sealed, " STATE_COLUMNS_OF("v.")
    " FROM (SELECT change_no, person_id FROM (SELECT change_no, person_id FROM register_version WHERE change_no > $1"
    "   ORDER BY change_no LIMIT $2) made"
    "  UNION SELECT change_no, person_id FROM (SELECT change_no, person_id FROM person_number WHERE change_no > $1"
    "   ORDER BY change_no LIMIT $2) came ORDER BY change_no LIMIT $2) c"
    " JOIN person p ON p.person_id = c.person_id"
    " JOIN register_version v ON v.change_no ="
    "  (SELECT max(w.change_no) FROM register_version w WHERE w.person_id = c.person_id AND w.change_no <= c.change_no)"
    " LEFT JOIN person_number n ON n.number_id ="
    "  (SELECT max(m.number_id) FROM person_number m WHERE m.person_id = c.person_id AND m.change_no <= c.change_no)"
    " ORDER BY c.change_no";

enum { STATE_COLUMN = 8 };

static void not_opened(int64_t change_no, const char *what, const Error *why)
{
    log_line(LOG_ERROR, "event=%s_unreadable change_no=%lld code=%s", what, (long long)change_no,
             error_code_text(why->code));
}

static void place_told(Query *q, Keys *keys, Arena *arena, NumberChange *change)
{
    PersonState state;
    Error unread = {0};
    if (!state_read(q, STATE_COLUMN, keys, column_int64(q, 2), column_bytes(q, 5, arena), arena, &state, &unread))
        not_opened(change->change_no, "place", &unread);
    change->facts = (FourFacts){state.name_kana, state.birth, state.sex, state.address};
    change->status = state.status;
    change->hidden = person_protected(state.protection);
}

static void number_read(Query *q, Keys *keys, Arena *arena, NumberChange *change)
{
    Error unread = {0};
    if (column_is_null(q, 6)) return;
    if (number_open(keys, column_int64(q, 6), column_bytes(q, 7, arena), *arena, &change->number, &unread)) return;
    not_opened(change->change_no, "number", &unread);
}

static bool change_read(Query *q, Keys *keys, Arena *arena, NumberChange *change, Error *err)
{
    *change = (NumberChange){.change_no = column_int64(q, 0),
                             .change_told = column_int64(q, 3) == EVENT_INDIVIDUAL_NO_CHANGED,
                             .withdrawn = column_int64(q, 4) != 0};
    if (!addressee_no_parse(column_view(q, 1), &change->who, NULL, err)) return false;
    place_told(q, keys, arena, change);
    number_read(q, keys, arena, change);
    return true;
}

bool number_changes_after(Store *store, Keys *keys, int64_t cursor, int32_t most, Arena *arena,
                          NumberChanges *changes, Error *err)
{
    bool good = true;
    Error closing = {0};
    *changes = (NumberChanges){0};
    Query *q = query_begin(store, changes_sql, err);
    if (!q) return false;
    bind_int64(q, 1, cursor);
    bind_int64(q, 2, most);
    while (good && query_next(q)) good = change_read(q, keys, arena, number_changes_push(changes, arena), err);
    if (query_end(q, &closing)) return good;
    if (good) *err = closing;
    return false;
}
