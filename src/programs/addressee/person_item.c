// SPDX-License-Identifier: Apache-2.0
#include "person_item.h"

#include <assert.h>

#include "fold.h"
#include "graphemes.h"
#include "identity.h"
#include "office_code.h"
#include "utf8.h"

// ---- days

bool person_day_read(Str text, Day *day, DateNotes *notes, Error *err)
{
    PartialDate date;
    Day read;
    if (!date_parse(text, &date, notes, err) || !date_whole(text, date, &read, err)) return false;
    if (!person_day_fits(read))
        return FAIL(err, E_DATE_FORMAT, .value = text,
                    .words = S("住民記録の日付としてあり得ない日です。年月日を確かめてください。"));
    *day = read;
    return true;
}

// ---- codes and numbers

static bool read_code(const PersonField *field, Str text, Arena *arena, int32_t *code, DateNotes *notes, Error *err)
{
    (void)fold_width(arena, text, &notes->wide_digits);  // counts the digits that were wide
    if (coded_read(field->words, field->codes, text, code)) return true;
    return FAIL(err, E_CODE_UNKNOWN, .value = text, .words = S("この項目で決められた区分ではありません。"));
}

// Feeds write where people came from without the check digit, 99999 for abroad (linkage.md 1.4).
static bool read_municipality(const PersonField *field, Str text, MunicipalityCode *code, DateNotes *notes, Error *err)
{
    Error five_err = {0};
    if (municipality_code_parse(text, code, &notes->wide_digits, err)) return true;
    return !field->needed && err->code == E_LENGTH && municipality_code_parse5(text, code, &five_err);
}

static bool read_digits(const PersonField *field, Str text, Arena *arena, Str *digits, DateNotes *notes, Error *err)
{
    HouseholdNo household;
    PostalCode postal;
    MunicipalityCode municipality;
    switch (field->most) {
    case 15:
        if (!household_no_parse(text, &household, &notes->wide_digits, err)) return false;
        *digits = str_copy(arena, household_text(&household));
        return true;
    case 7:
        if (!postal_code_parse(text, &postal, &notes->wide_digits, err)) return false;
        *digits = str_copy(arena, postal_text(&postal));
        return true;
    default:
        if (!read_municipality(field, text, &municipality, notes, err)) return false;
        *digits = str_copy(arena, municipality_text(&municipality));
        return true;
    }
}

// ---- texts

static bool kana_field(const PersonField *field)
{
    return str_ends(str_of(field->item), S("カナ"));
}

// Half-width kana become full-width, and every blank between two names the full-width one.
static Str kana_text(Str text, Arena *arena, DateNotes *notes)
{
    Str wide = fold_trim(fold_width(arena, text, &notes->wide_digits));
    Text out = {0};
    for (ptrdiff_t i = 0; i < wide.len; i++) {
        if (wide.at[i] == ' ')
            text_add(&out, arena, S("　"));
        else
            text_add_byte(&out, arena, wide.at[i]);
    }
    return text_str(&out);
}

Str person_item_shown(Str text)
{
    enum { CHARACTERS = 20, BYTES = 200 };
    Str part = grapheme_first(text, CHARACTERS);
    ptrdiff_t end = 0;
    for (ptrdiff_t at = 0; at < part.len && at <= BYTES - 4; end = at) (void)utf8_next(part, &at);
    return str_first(part, end);
}

static bool read_text(const PersonField *field, Str text, Arena *arena, Str *kept, DateNotes *notes, Error *err)
{
    Str read = kana_field(field) ? kana_text(text, arena, notes) : text;
    bool fits = person_text_fits(field, read) && grapheme_count(read) <= field->most &&
                grapheme_marks_most(read) <= PERSON_CHARACTER_MARKS;
    if (!fits)
        return FAIL(err, E_LENGTH, .value = person_item_shown(text),
                    .words = S("この項目に決められた長さを超えています。"));
    *kept = read;
    return true;
}

bool person_item_read(const PersonField *field, Str text, Arena *arena, PersonState *state, DateNotes *notes, Error *err)
{
    assert(text.len > 0);
    switch (field->kind) {
    case FIELD_TEXT: return read_text(field, text, arena, person_text(state, field), notes, err);
    case FIELD_DIGITS: return read_digits(field, text, arena, person_text(state, field), notes, err);
    case FIELD_CODE: return read_code(field, text, arena, person_code(state, field), notes, err);
    case FIELD_PARTIAL: return date_parse(text, person_partial(state, field), notes, err);
    case FIELD_DAY: return person_day_read(text, person_day(state, field), notes, err);
    }
    return false;
}
