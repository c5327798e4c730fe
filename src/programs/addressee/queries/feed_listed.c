// SPDX-License-Identifier: Apache-2.0
#include "feed_listed.h"

#include "outlet.h"
#include "sealed_texts.h"

enum { ITEM, CODE, MESSAGE, ROW_TEXT, TAKEN, TEXTS };

static SealPlace place_of(int64_t listed_no, Arena *arena)
{
    return (SealPlace){S("feed_listed"), S("sealed"), str_format(arena, "%lld", (long long)listed_no)};
}

ErrorCsvRow listed_of(int64_t line, const Error *why, Str row_text, bool refused, Arena *arena)
{
    if (row_text.len > LISTED_ROW_MOST) row_text = str_first(row_text, LISTED_ROW_MOST);
    return (ErrorCsvRow){.line = line,
                         .item = str_copy(arena, outlet_error_item(OUTLET_SHEET, arena, why)),
                         .code = str_of(error_code_text(why->code)),
                         .message = str_copy(arena, outlet_error_message(OUTLET_SHEET, arena, why)),
                         .row_text = str_copy(arena, row_text),
                         .taken = !refused};
}

bool listed_seal(Keys *keys, PlannedListeds *rows, Arena *arena, Error *err)
{
    VEC_EACH (PlannedListed, row, *rows) {
        const Str texts[TEXTS] = {[ITEM] = row->row.item,
                                  [CODE] = row->row.code,
                                  [MESSAGE] = row->row.message,
                                  [ROW_TEXT] = row->row.row_text,
                                  [TAKEN] = row->row.taken ? S("1") : S("0")};
        if (!texts_seal(keys, place_of(row->listed_no, arena), texts, TEXTS, arena, &row->sealed, err)) return false;
    }
    return true;
}

const char listed_add_sql[] = "INSERT INTO feed_listed (listed_no, file_no, line, sealed) VALUES ($1, $2, $3, $4)";

void listed_bind(Query *q, int64_t file_no, const PlannedListed *row)
{
    bind_int64(q, 1, row->listed_no);
    bind_int64(q, 2, file_no);
    bind_int64(q, 3, row->row.line);
    bind_bytes(q, 4, row->sealed);
}

static const char of_file_sql[] =
    "SELECT listed_no, line, sealed FROM feed_listed WHERE file_no = $1 ORDER BY listed_no";

static bool row_write(Query *q, Keys *keys, ErrorCsv *list, Arena scratch, Error *err)
{
    Str texts[TEXTS];
    SealPlace place = place_of(column_int64(q, 0), &scratch);
    if (!texts_open(keys, place, column_bytes(q, 2, &scratch), texts, TEXTS, &scratch, err)) return false;
    error_csv_add(list, &(ErrorCsvRow){.line = column_int64(q, 1),
                                       .item = texts[ITEM],
                                       .code = texts[CODE],
                                       .message = texts[MESSAGE],
                                       .row_text = texts[ROW_TEXT],
                                       .taken = str_equal(texts[TAKEN], S("1"))});
    return true;
}

bool listed_write(Store *store, Keys *keys, int64_t file_no, ErrorCsv *list, Arena scratch, Error *err)
{
    bool good = true;
    Error later = {0};
    if (!store_begin_read(store, err)) return false;
    Query *q = query_stream(store, of_file_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    while (good && query_next(q)) good = row_write(q, keys, list, scratch, err);
    return query_end(q, good ? err : &later) && store_commit(store, good ? err : &later) && good;
}

static bool listed_reseal(Keys *keys, int64_t row, Bytes sealed, Arena *arena, Bytes *again, Error *err)
{
    return texts_reseal(keys, place_of(row, arena), sealed, arena, again, err);
}

const SealedColumn feed_listed_sealed = {
    .words = "受け付けない行と注意の一覧",
    .read = "SELECT listed_no, sealed FROM feed_listed WHERE listed_no > $1 ORDER BY listed_no LIMIT 500",
    .write = "UPDATE feed_listed SET sealed = $2 WHERE listed_no = $1",
    .reseal = listed_reseal,
};
