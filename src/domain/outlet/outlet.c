// SPDX-License-Identifier: Apache-2.0
#include "outlet.h"

#include "error_texts.h"
#include "individual_no.h"
#include "utf8.h"

#include <limits.h>

// clang-format off
static const struct {
    bool shows_signs;   // control and direction characters become text,
    bool but_lines;     //     but for the ends of lines and tabs inside a cell
    bool guards_cells;  // what a spreadsheet would run becomes text
} leads[] = {
    [OUTLET_TERMINAL] = {true,  false, false},
    [OUTLET_SHEET]    = {true,  true,  true},
    [OUTLET_JSON]     = {false, false, false},
    [OUTLET_TRAIL]    = {true,  false, false},
    [OUTLET_PAGE]     = {true,  true,  false},
};

// Each is read or written by a type of its own, and what a reader finds in one is masked where it is
// an Individual Number (csv.h).
static const struct {
    const char *name;
    int most;  // digits
} digit_columns[] = {
    {"宛名番号", 15},
    {"世帯番号", 15},
    {"電話番号", 11},
    {"整理番号", 17},      // the bars of a paper stand between two letters
    {"日時", 17},          // an instant to the second
    {"対象", 64},          // the sign of a person in the audit trail: hex
    {"元の行", INT_MAX},   // a row as read, which its reader has masked
};
// clang-format on

int outlet_takes_digits(Str column)
{
    for (ptrdiff_t i = 0; i < countof(digit_columns); i++)
        if (str_equal(column, str_of(digit_columns[i].name))) return digit_columns[i].most;
    return 0;
}

bool outlet_keeps_digits(Str item, Str value)
{
    int most = outlet_takes_digits(item);
    return most && !individual_no_in_column(value, most, outlet_doubts(item));
}

ColumnDoubt outlet_doubts(Str column)
{
    return str_equal(column, S("世帯番号")) ? COLUMN_LONGER : COLUMN_TRUSTED;
}

// Where people write what they like.
static const char *const free_columns[] = {
    "氏名",       "氏名カナ",   "氏名ローマ字", "通称",   "通称カナ", "続柄",       "町丁目",
    "番地",       "枝",         "子枝",         "住所",   "方書",     "転入前住所", "転入前方書",
    "転出後住所", "転出後方書", "医療機関名",   "所在地", "ワクチン", "期回数",     "メーカー",
    "ロット番号", "接種医師",   "会場",         "値",     "理由",     "認定者",     "根拠",
    "製品名",     "医師",       "数える製品"};

bool outlet_free_column(Str column)
{
    for (ptrdiff_t i = 0; i < countof(free_columns); i++)
        if (str_equal(column, str_of(free_columns[i]))) return true;
    return false;
}

// ---- signs

// Controls, ends of lines, and what turns or hides the text around it.
bool outlet_sign(int32_t code)
{
    return code < ' ' || (code >= 0x7F && code < 0xA0) || code == 0xAD || code == 0x61C ||
           (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
           (code >= 0xE0000 && code < 0xE0100);
}

static bool shows(Outlet to, int32_t code)
{
    bool line = code == '\n' || code == '\r' || code == '\t';
    return outlet_sign(code) && !(line && leads[to].but_lines);
}

static bool has_signs(Outlet to, Str text)
{
    if (!leads[to].shows_signs) return false;
    for (ptrdiff_t at = 0; at < text.len;)
        if (shows(to, utf8_next(text, &at))) return true;  // UTF8_BAD is below the blank
    return false;
}

static Str with_signs_shown(Outlet to, Arena *arena, Str text)
{
    Text out = {0};
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t here = at;
        int32_t code = utf8_next(text, &at);
        if (!shows(to, code))
            text_add(&out, arena, (Str){text.at + here, at - here});
        else if (code == UTF8_BAD || code < 0x80)
            text_addf(&out, arena, "\\x%02X", (unsigned char)text.at[here]);
        else
            text_addf(&out, arena, "\\u%04X", (unsigned)code);
    }
    return text_str(&out);
}

// ---- cells

// A negative number is a number.
static bool number(Str text)
{
    for (ptrdiff_t i = 1; i < text.len; i++)
        if ((text.at[i] < '0' || text.at[i] > '9') && text.at[i] != '.') return false;
    return text.len > 1 && text.at[0] == '-';
}

// Would a spreadsheet take the cell for a formula? Full-width signs begin one too.
static bool runs(Str text)
{
    if (!text.len) return false;
    ptrdiff_t at = 0;
    switch (utf8_next(text, &at)) {
    case '=':
    case '+':
    case '@':
    case '\t':
    case '\r':
    case 0xFF1D:
    case 0xFF0B:
    case 0xFF20:
    case 0xFF0D: return true;
    case '-': return !number(text);
    default: return false;
    }
}

// ---- the outlet

bool outlet_clean(Outlet to, Str text, bool takes_digits)
{
    return (takes_digits || !individual_no_in_text(text)) && !has_signs(to, text) &&
           !(leads[to].guards_cells && runs(text));
}

Str outlet_digits(Outlet to, Arena *arena, Str text)
{
    if (leads[to].guards_cells && runs(text)) text = str_join(arena, S("'"), text);
    return has_signs(to, text) ? with_signs_shown(to, arena, text) : text;
}

// A sign that is shown as text brings digits of its own, which may stand beside those that were left: asked again.
Str outlet_text(Outlet to, Arena *arena, Str text)
{
    Str shown = outlet_digits(to, arena, individual_no_mask_text(arena, text));
    return individual_no_mask_text(arena, shown);
}

// A 宛名番号 that nobody has is told as it was typed.
static Str value_of(Outlet to, Arena *arena, const Error *err)
{
    Str value = error_value(err);
    return outlet_keeps_digits(error_item(err), value) ? outlet_digits(to, arena, value)
                                                       : outlet_text(to, arena, value);
}

// Each part by itself: the number of a row and the digits of a value beside it are not one number.
bool outlet_error_about(const Error *err, Str item)
{
    return str_equal(error_item(err), item);
}

Str outlet_error(Outlet to, Arena *arena, const Error *err)
{
    Text line = {0};
    Str item = outlet_text(to, arena, error_item(err)), value = value_of(to, arena, err),
        words = outlet_text(to, arena, error_words(err));
    if (err->row) text_addf(&line, arena, "%lld行目 ", (long long)err->row);
    if (item.len) text_addf(&line, arena, "%.*s", STR(item));
    if (value.len) text_addf(&line, arena, "「%.*s」", STR(value));
    if (line.len) text_add(&line, arena, S(": "));
    text_add(&line, arena, words);
    // By telephone the code says more than the sentence.
    if (err->code) text_addf(&line, arena, " [%s]", error_code_text(err->code));
    return text_str(&line);
}

Str outlet_error_item(Outlet to, Arena *arena, const Error *err)
{
    return outlet_text(to, arena, error_item(err));
}

Str outlet_error_message(Outlet to, Arena *arena, const Error *err)
{
    Str words = outlet_text(to, arena, error_words(err)), value = value_of(to, arena, err);
    return value.len ? str_format(arena, "%.*s (%.*s)", STR(words), STR(value)) : words;
}
