// SPDX-License-Identifier: Apache-2.0
#include "row_items.h"

#include <assert.h>

#include "coded_word.h"
#include "dates.h"
#include "fold.h"
#include "graphemes.h"
#include "individual_no.h"

enum { TEXT_MOST = 100 };  // characters, as people count them

bool row_item_checked(const RowItems *r, bool good)
{
    assert(good || r->err->code);
    if (!good) *row_faults_push(r->faults, r->arena) = *r->err;
    return good;
}

Str row_item(const RowItems *r, int which)
{
    assert(which >= 0);
    return fold_trim(r->row->fields[which]);
}

Str row_item_name(const RowItems *r, int which)
{
    return r->row->headings[which];
}

bool row_item_blame(const RowItems *r, int which)
{
    error_set_item(r->err, row_item_name(r, which));
    return false;
}

bool row_item_read(const RowItems *r, int which, bool good)
{
    return row_item_checked(r, good || row_item_blame(r, which));
}

bool row_item_text(const RowItems *r, int which, Str *text)
{
    Str written = row_item(r, which);
    if (grapheme_count(written) > TEXT_MOST)
        return FAIL(r->err, E_LENGTH, .item = row_item_name(r, which), .value = written,
                    .words = S("100文字以内で入力してください。"));
    *text = str_copy(r->arena, individual_no_mask_text(r->arena, written));
    return true;
}

bool row_item_word(const RowItems *r, int which, const RowWord *words, ptrdiff_t count, Str told,
                   int *value)
{
    assert(count > 0);
    Str written = row_item(r, which);
    Str folded = fold_width(r->arena, written, NULL);
    for (ptrdiff_t i = 0; i < count; i++) {
        if (!str_equal(folded, str_of(words[i].text))) continue;
        *value = words[i].value;
        return true;
    }
    return FAIL(r->err, E_CODE_UNKNOWN, .item = row_item_name(r, which), .value = written,
                .words = told);
}

bool row_item_yes(const RowItems *r, int which, Str told, bool *value)
{
    int32_t code = 0;
    Str written = row_item(r, which);
    if (written.len && !coded_read(CODED_YES, "01", written, &code))
        return FAIL(r->err, E_CODE_UNKNOWN, .item = row_item_name(r, which), .value = written,
                    .words = told);
    *value = code == 1;
    return true;
}

Str row_era_words(Str written, Arena *arena)
{
    PartialDate date;
    DateNotes notes = {0};
    Error ignored;
    if (!written.len || !date_parse(written, &date, &notes, &ignored) || !notes.era_converted)
        return (Str){0};
    return str_format(arena, "「%.*s」は、%.*s", STR(fold_trim(written)),
                      STR(date_era_words(date, arena)));
}

bool row_item_span(const RowItems *r, int which, DaySpan *span)
{
    PartialDate date;
    Error ignored;
    return date_parse(row_item(r, which), &date, NULL, &ignored) && partial_date_span(date, span);
}

bool row_item_day(const RowItems *r, int which, Day *day)
{
    Day read = DAY_NONE;
    Str written = row_item(r, which);
    if (written.len && !date_parse_day(written, &read, NULL, r->err))
        return row_item_blame(r, which);
    *day = read;
    return true;
}
