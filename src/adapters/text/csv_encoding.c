// SPDX-License-Identifier: Apache-2.0
#include "csv_encoding.h"

#include "utf8.h"

enum { PART = 16384, LONGEST_CHARACTER = 4 };

static int32_t next_code(const Cp932 *cp932, Str s, ptrdiff_t *at)
{
    return cp932 ? cp932_next(cp932, s, at) : utf8_next(s, at);
}

// As UTF-8 when `cp932` is NULL; {0} when the bytes are no such text.
static Str decoded(Str bytes, const Cp932 *cp932, Arena *arena)
{
    Text text = {0};
    for (ptrdiff_t at = 0; at < bytes.len;) {
        int32_t code = next_code(cp932, bytes, &at);
        if (code < 0) return (Str){0};
        text_add_code(&text, arena, code);
    }
    return text_str(&text);
}

static int names_known(const CsvScan *scan, const CsvLayout *layout, const Cp932 *cp932,
                       Arena scratch)
{
    int known = 0;
    for (int i = 0; i < scan->field_count && i < CSV_COLUMNS_MAX; i++) {
        Arena notes = scratch;
        Str bytes = {scan->row.at + scan->fields[i].at, scan->fields[i].len};
        Str name = str_trim(decoded(bytes, cp932, &notes));
        for (int c = 0; c < layout->count; c++)
            if (csv_column_named(&layout->columns[c], name)) known++;
    }
    return known;
}

static bool count_bad(const CsvSource *source, const Cp932 *cp932, Arena scratch, int64_t *bad,
                      Error *err)
{
    char *part = NEW(&scratch, char, PART);
    *bad = 0;
    for (int64_t offset = 0; offset < source->size;) {
        ptrdiff_t len = 0, at = 0;
        if (!csv_source_peek(source, offset, part, PART, &len, err)) return false;
        if (len == 0) return true;
        bool last = offset + len >= source->size;
        // A character may be cut by the end of the part; it is read again with the next one.
        while (at < len && (last || at <= len - LONGEST_CHARACTER))
            if (next_code(cp932, (Str){part, len}, &at) < 0) ++*bad;
        offset += at;
    }
    return true;
}

bool csv_encoding_guess(const CsvScan *scan, const CsvLayout *layout, const Cp932 *cp932,
                        Arena scratch, CsvEncoding *encoding, Error *err)
{
    int64_t as_utf8 = -names_known(scan, layout, NULL, scratch);
    int64_t as_cp932 = -names_known(scan, layout, cp932, scratch);
    if (as_utf8 == as_cp932) {
        if (!count_bad(&scan->source, NULL, scratch, &as_utf8, err)) return false;
        if (!count_bad(&scan->source, cp932, scratch, &as_cp932, err)) return false;
    }
    *encoding = as_utf8 <= as_cp932 ? CSV_ENCODING_UTF8 : CSV_ENCODING_CP932;
    return true;
}
