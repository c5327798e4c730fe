// SPDX-License-Identifier: Apache-2.0
#include "city_sheet_file.h"

#include <assert.h>
#include <iconv.h>
#include <stdio.h>
#include <string.h>

#define ROW_BYTES_MAX 8192

struct SheetFile {
    FILE *out;
    const char *path;
    SheetStyle style;
    iconv_t encoder;  // of a CP932 file
    int64_t line;     // of the next row
};

static iconv_t cp932_encoder(void)
{
    iconv_t encoder = iconv_open("CP932", "UTF-8");
    assert(encoder != (iconv_t)-1);
    return encoder;
}

// Bytes written into `out`; -1 when CP932 lacks a character.
static ptrdiff_t encode(iconv_t encoder, Str text, char *out, size_t room)
{
    char bytes[ROW_BYTES_MAX];
    assert(text.len <= (ptrdiff_t)sizeof bytes);
    memcpy(bytes, text.at, (size_t)text.len);
    char *from = bytes, *to = out;
    size_t left = (size_t)text.len, free_bytes = room;
    if (iconv(encoder, &from, &left, &to, &free_bytes) == (size_t)-1) {
        (void)iconv(encoder, NULL, NULL, NULL, NULL);
        return -1;
    }
    return to - out;
}

bool cp932_has(Str text)
{
    char out[ROW_BYTES_MAX];
    if (!text.len) return true;
    iconv_t encoder = cp932_encoder();
    bool has = encode(encoder, text, out, sizeof out) >= 0;
    (void)iconv_close(encoder);
    return has;
}

static void put_bytes(SheetFile *file, Str text)
{
    char out[ROW_BYTES_MAX * 2];
    if (!file->style.cp932) {
        (void)fwrite(text.at, 1, (size_t)text.len, file->out);
        return;
    }
    ptrdiff_t len = encode(file->encoder, text, out, sizeof out);
    assert(len >= 0);  // whoever fills a sheet for a CP932 file uses its characters only
    (void)fwrite(out, 1, (size_t)len, file->out);
}

static bool write_failed(const char *path, Error *err)
{
    return FAIL(err, E_FILE_WRITE, .value = str_of(path),
                .words = S("ファイルを書けません。出力先と空き容量をお確かめください。"));
}

static void add_item(const SheetFile *file, Text *row, Arena *arena, Str item)
{
    bool bare = file->style.bare;
    for (ptrdiff_t i = 0; bare && i < item.len; i++)
        if (item.at[i] == ',' || item.at[i] == '"' || item.at[i] == '\n') bare = false;
    if (bare) {
        text_add(row, arena, item);
        return;
    }
    text_add_byte(row, arena, '"');
    for (ptrdiff_t i = 0; i < item.len; i++) {
        if (item.at[i] == '"') text_add_byte(row, arena, '"');
        text_add_byte(row, arena, item.at[i]);
    }
    text_add_byte(row, arena, '"');
}

static void end_line(SheetFile *file, Text *row, Arena *arena)
{
    text_add(row, arena, file->style.line_feed ? S("\n") : S("\r\n"));
    for (ptrdiff_t i = 0; i < row->len; i++) file->line += row->at[i] == '\n';
    put_bytes(file, text_str(row));
}

static void put_header(SheetFile *file, Arena scratch)
{
    Text header = {0};
    for (int i = 0; i < ITEM_COUNT; i++) {
        if (i) text_add_byte(&header, &scratch, ',');
        add_item(file, &header, &scratch, str_of(sheet_items[i]));
    }
    end_line(file, &header, &scratch);
}

bool sheet_file_create(const char *path, SheetStyle style, Arena *arena, SheetFile **file,
                       Error *err)
{
    FILE *out = fopen(path, "wb");
    if (!out) return write_failed(path, err);
    SheetFile *f = NEW(arena, SheetFile, 1);
    *f = (SheetFile){
        .out = out,
        .path = path,
        .style = style,
        .line = 1,
    };
    if (style.cp932) f->encoder = cp932_encoder();
    if (style.byte_order_mark) (void)fputs("\xEF\xBB\xBF", out);
    put_header(f, *arena);
    *file = f;
    return true;
}

int64_t sheet_file_put(SheetFile *file, const Sheet *sheet, Arena scratch)
{
    Text row = {0};
    int64_t begins = file->line;
    for (int i = 0; i < ITEM_COUNT; i++) {
        bool quote_left_open = i == ITEM_NAME && sheet->breakage == SHEET_OPEN_QUOTE;
        if (i) text_add_byte(&row, &scratch, ',');
        if (quote_left_open) {
            text_addf(&row, &scratch, "\"%.*s", STR(sheet->items[i]));
        } else {
            add_item(file, &row, &scratch, sheet->items[i]);
        }
    }
    if (sheet->breakage == SHEET_TOO_LONG) text_add(&row, &scratch, S(",,要確認"));
    end_line(file, &row, &scratch);
    return begins;
}

bool sheet_file_close(SheetFile *file, Error *err)
{
    bool written = !ferror(file->out);
    if (file->style.cp932) (void)iconv_close(file->encoder);
    if (fclose(file->out) != 0) written = false;
    return written || write_failed(file->path, err);
}
