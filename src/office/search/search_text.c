// SPDX-License-Identifier: Apache-2.0
#include "search_text.h"

#include "dates.h"

#include <assert.h>
#include <string.h>

static const struct {
    const char *letter;
    int year_zero;  // the Western year of its year 0
} eras[] = {{"R", 2018}, {"H", 1988}, {"S", 1925}};

// Three groups of digits, or two, between dots, slashes or hyphens: 3.12.20. Full-width ones too.
static bool short_date(Str word, int parts[3], int *count, Arena *arena)
{
    Text plain = {0};
    for (ptrdiff_t i = 0; i < word.len; i++) {
        char byte = word.at[i];
        text_add_byte(&plain, arena, byte == '/' || byte == '-' ? '.' : byte);
    }
    Str rest = text_str(&plain);
    for (*count = 0; rest.len && *count < 3; (*count)++) {
        Cut cut = str_cut(rest, '.');
        if (!str_digits(cut.head, 1, *count ? 2 : 4, &parts[*count])) return false;
        rest = cut.tail;
    }
    return !rest.len && *count >= 2;
}

static bool date_in_era(const int parts[3], int count, int year_zero, Day as_of, PartialDate *date)
{
    int year = year_zero + parts[0], day = count == 3 ? parts[2] : 0;
    if (!partial_date_valid(year, parts[1], day)) return false;
    DaySpan span;
    *date = (PartialDate){(int16_t)year, (int8_t)parts[1], (int8_t)day};
    return partial_date_span(*date, &span) && span.first <= as_of;
}

// The year alone decides: 3 is 令和3年 for whoever asks in 令和8年, 30 is 平成30年.
static bool short_date_read(Str word, Day as_of, Arena *arena, SearchAsked *asked)
{
    int parts[3], count;
    if (!short_date(word, parts, &count, arena)) return false;
    if (parts[0] > 99) return date_in_era(parts, count, 0, as_of, &asked->birth);
    bool read = false;
    for (ptrdiff_t i = 0; i < countof(eras); i++) {
        PartialDate date;
        if (!date_in_era(parts, count, eras[i].year_zero, as_of, &date)) continue;
        if (!read)
            asked->birth = date;
        else if (!asked->birth_other.len)
            asked->birth_other = str_format(arena, "%s%.*s", eras[i].letter, STR(word));
        read = true;
    }
    return read;
}

static bool date_read(Str word, Day as_of, Arena *arena, SearchAsked *asked)
{
    Error ignored;
    PartialDate date;
    DaySpan span;
    if (date_parse(word, &date, NULL, &ignored) && partial_date_span(date, &span) &&
        span.first <= as_of) {
        asked->birth = date;
        return true;
    }
    int year;
    if (str_digits(word, 4, 4, &year) && year >= 1900 && year <= civil_of(as_of).year) {
        asked->birth = (PartialDate){.year = (int16_t)year};
        return true;
    }
    return short_date_read(word, as_of, arena, asked);
}

static bool all_digits(Str word)
{
    for (ptrdiff_t i = 0; i < word.len; i++)
        if (word.at[i] < '0' || word.at[i] > '9') return false;
    return word.len > 0;
}

static bool only_figures(Str word)
{
    for (ptrdiff_t i = 0; i < word.len; i++)
        if ((word.at[i] < '0' || word.at[i] > '9') && !strchr("./-", word.at[i])) return false;
    return true;
}

static void word_take(Str word, Day as_of, Arena *arena, Text *name, SearchAsked *asked)
{
    Error ignored;
    if (all_digits(word) && !asked->numbered && word.len >= 5)
        asked->numbered = addressee_no_parse(word, &asked->who, NULL, &ignored);
    if (!asked->birth.year && date_read(word, as_of, arena, asked)) return;
    if (all_digits(word)) return;
    if (only_figures(word)) {
        asked->unread = word;
        return;
    }
    if (name->len) text_add_byte(name, arena, ' ');
    text_add(name, arena, word);
}

// Full-width digits and signs as they are written on a keyboard in Japanese mode, and blanks of any width.
static Str narrowed(Str typed, Arena *arena)
{
    Text out = {0};
    for (ptrdiff_t i = 0; i < typed.len; i++) {
        const unsigned char *at = (const unsigned char *)typed.at + i;
        bool three = i + 2 < typed.len;
        bool wide = three && at[0] == 0xEF && at[1] == 0xBC && at[2] >= 0x8D && at[2] <= 0x99;
        bool blank = three && at[0] == 0xE3 && at[1] == 0x80 && at[2] == 0x80;
        if (wide) text_add_byte(&out, arena, (char)(at[2] - 0x8D + '-'));
        if (blank || typed.at[i] == '\t') text_add_byte(&out, arena, ' ');
        if (wide || blank)
            i += 2;
        else if (typed.at[i] != '\t')
            text_add_byte(&out, arena, typed.at[i]);
    }
    return text_str(&out);
}

SearchAsked search_text_read(Str typed, Day as_of, Arena *arena)
{
    assert(as_of != DAY_NONE);
    SearchAsked asked = {0};
    Text name = {0};
    Str rest = narrowed(
        str_first(typed, typed.len < SEARCH_TEXT_MOST ? typed.len : SEARCH_TEXT_MOST), arena);
    while (rest.len) {
        Cut cut = str_cut(rest, ' ');
        if (cut.head.len) word_take(cut.head, as_of, arena, &name, &asked);
        rest = cut.tail;
    }
    NameKey key = name_key(text_str(&name), arena);
    if (key.count) asked.name = text_str(&name);
    asked.kana = key.script == NAME_SCRIPT_KANA;
    return asked;
}
