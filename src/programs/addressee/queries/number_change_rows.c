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

static bool number_read(Query *q, Keys *keys, Arena *arena, IndividualNo *number, Error *err)
{
    return column_is_null(q, 6) ||
           number_open(keys, column_int64(q, 6), column_bytes(q, 7, arena), *arena, number, err);
}

// What stands in clear is told in every case: also of a person who cannot be opened it must be known that she hides.
static void change_opened(Query *q, Keys *keys, Arena *arena, NumberChange *change)
{
    PersonState state;
    Error unread = {0};
    change->unread = !state_read(q, STATE_COLUMN, keys, column_int64(q, 2), column_bytes(q, 5, arena), arena, &state, &unread) ||
                     !number_read(q, keys, arena, &change->number, &unread);
    change->status = state.status;
    change->hidden = person_protected(state.protection);
    if (!change->unread) {
        change->facts = (FourFacts){state.name_kana, state.birth, state.sex, state.address};
        change->change_told = column_int64(q, 3) == EVENT_INDIVIDUAL_NO_CHANGED;
        return;
    }
    individual_no_wipe(&change->number);
    log_line(LOG_ERROR, "event=number_change_unreadable change_no=%lld code=%s", (long long)change->change_no,
             error_code_text(unread.code));
}

static bool change_read(Query *q, Keys *keys, Arena *arena, NumberChange *change, Error *err)
{
    *change = (NumberChange){.change_no = column_int64(q, 0), .withdrawn = column_int64(q, 4) != 0};
    if (!addressee_no_parse(column_view(q, 1), &change->who, NULL, err)) return false;
    change_opened(q, keys, arena, change);
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
