// SPDX-License-Identifier: Apache-2.0
#include "feed_listed.h"

#include "outlet.h"
#include "sealed_texts.h"

enum { ITEM, CODE, MESSAGE, ROW_TEXT, TAKEN, TEXTS };

// In the place of what was sealed, once its time is over.
static const Bytes nothing = {(const unsigned char *)"", 0};

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

// The rows stay, as the trail counted them.
static const char forget_sql[] =
    "UPDATE feed_listed SET sealed = $3 WHERE listed_no IN (SELECT l.listed_no FROM feed_listed l"
    " JOIN feed_file f ON f.file_no = l.file_no WHERE f.imported_at < $1 AND length(l.sealed) > 0"
    " ORDER BY l.listed_no LIMIT $2)";

bool listed_forget(Store *store, Instant before, int64_t most, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_instant(q, 1, before);
    bind_int64(q, 2, most);
    bind_bytes(q, 3, nothing);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}

static const char of_file_sql[] =
    "SELECT listed_no, line, sealed FROM feed_listed WHERE file_no = $1 ORDER BY listed_no";

static bool row_write(Query *q, Keys *keys, ErrorCsv *list, Arena scratch, Error *err)
{
    Str texts[TEXTS] = {[MESSAGE] = S("保存期間が過ぎたため、内容は消去しました。")};
    SealPlace place = place_of(column_int64(q, 0), &scratch);
    Bytes sealed = column_bytes(q, 2, &scratch);
    if (sealed.len && !texts_open(keys, place, sealed, texts, TEXTS, &scratch, err)) return false;
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
    .read = "SELECT listed_no, sealed FROM feed_listed WHERE listed_no > $1 AND length(sealed) > 0 ORDER BY listed_no LIMIT 500",
    .write = "UPDATE feed_listed SET sealed = $2 WHERE listed_no = $1",
    .reseal = listed_reseal,
};
