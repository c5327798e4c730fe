// SPDX-License-Identifier: Apache-2.0
#include "row_place_rows.h"

#include <assert.h>

#include "key_set.h"
#include "masked.h"
#include "submission.h"
#include "vec.h"

typedef struct KeptRow {
    int64_t row_id;
    Str as_read, items;
} KeptRow;
VEC(KeptRows, KeptRow, kept_rows);

static const char kept_sql[] =
    "SELECT r.row_id, r.as_read, w.items FROM (SELECT c.row_id FROM " KEY_NUMBERS
    " CROSS JOIN intake_candidate c WHERE c.person_id = b.number"
    " UNION SELECT n.row_id FROM " KEY_NUMBERS " CROSS JOIN intake_waiting n WHERE n.person_id = b.number"
    " UNION SELECT n.row_id FROM " KEY_NUMBERS " CROSS JOIN person p JOIN intake_waiting n"
    " ON n.addressee_no = p.addressee_no WHERE p.person_id = b.number) named"
    " JOIN intake_row r ON r.row_id = named.row_id LEFT JOIN intake_waiting w ON w.row_id = r.row_id"
    " WHERE r.as_read IS NOT NULL ORDER BY r.row_id";

static bool kept_read(Store *store, Str persons, Arena *arena, KeptRows *rows, Error *err)
{
    Query *q = query_begin(store, kept_sql, err);
    if (!q) return false;
    bind_text(q, 1, persons);
    while (query_next(q))
        *kept_rows_push(rows, arena) =
            (KeptRow){column_int64(q, 0), column_text(q, 1, arena), column_text(q, 2, arena)};
    return query_end(q, err);
}

// The items without the address, which is cut out into `address`.
static Str items_without(Str items, Str *address, Arena *arena)
{
    Text text = {0};
    for (int i = 0; items.len; i++) {
        Cut cut = str_cut(items, '\x1f');
        if (i == submission_address)
            *address = cut.head;
        else
            text_add(&text, arena, cut.head);
        text_add_byte(&text, arena, '\x1f');
        items = cut.tail;
    }
    return text_str(&text);
}

static Str row_without(Str as_read, Str address, Arena *arena)
{
    ptrdiff_t at = address.len ? str_find(as_read, address) : -1;
    if (at < 0) return MASKED;
    return str_join(arena, str_join(arena, str_first(as_read, at), MASKED),
                    str_from(as_read, at + address.len));
}

static const char row_sql[] = "UPDATE intake_row SET as_read = $1 WHERE row_id = $2";
static const char items_sql[] = "UPDATE intake_waiting SET items = $1 WHERE row_id = $2";

static bool text_write(Store *store, const char *sql, Str text, int64_t row_id, Error *err)
{
    assert(row_id > 0);
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_text(q, 1, text);
    bind_int64(q, 2, row_id);
    return query_run(q, err);
}

static bool row_forget(Store *store, const KeptRow *row, Arena scratch, Error *err)
{
    Str address = {0};
    Str items = items_without(row->items, &address, &scratch);
    if (row->items.len && !address.len) return true;  // none was written, or it is gone already
    return text_write(store, row_sql, row_without(row->as_read, address, &scratch), row->row_id,
                      err) &&
           (!row->items.len || text_write(store, items_sql, items, row->row_id, err));
}

bool row_places_forget(Store *store, Str persons, Arena scratch, Error *err)
{
    assert(persons.len > 0);
    KeptRows rows = {0};
    if (!kept_read(store, persons, &scratch, &rows, err)) return false;
    VEC_EACH (const KeptRow, row, rows)
        if (!row_forget(store, row, scratch, err)) return false;
    return true;
}
