// SPDX-License-Identifier: Apache-2.0
#include "person_words.h"

#include "dates.h"

PersonState state_shown(const PersonState *state, int32_t protection)
{
    PersonState shown = *state;
    if (protection != PROTECTION_NONE) shown.protection = protection;
    return person_state_told(&shown);
}

Str resident_name(const PersonState *state)
{
    return state->printed_name == PRINT_ALIAS && state->alias.len ? state->alias : state->name;
}

static Str code_text(const PersonField *field, int32_t code, Arena *arena)
{
    static const struct {
        CodedItem item;
        int32_t code;
        const char *words;
    } known[] = {{CODED_KIND, RESIDENT_JAPANESE, "日本人"},
                 {CODED_KIND, RESIDENT_FOREIGN, "外国人"},
                 {CODED_PRINTED_NAME, PRINT_NAME, "氏名"},
                 {CODED_PRINTED_NAME, PRINT_ALIAS, "通称"},
                 {CODED_YES, PROTECTION_NONE, "なし"},
                 {CODED_YES, PROTECTION_OWN, "あり（本人）"},
                 {CODED_YES, PROTECTION_HOUSEHOLD, "あり（同じ世帯）"},
                 {CODED_YES, PROTECTION_ENDED, "終わった"}};
    if (field->words == CODED_SEX) return sex_words(code);
    if (field->words == CODED_STATUS) return status_words(code);
    for (ptrdiff_t i = 0; i < countof(known); i++)
        if (known[i].item == field->words && known[i].code == code) return str_of(known[i].words);
    return code ? str_format(arena, "%d", code) : (Str){0};
}

Str person_field_words(const PersonState *state, const PersonField *field, Arena *arena)
{
    PersonState copy = *state;
    if (person_field_hidden(state, field)) return S(HIDDEN_TEXT);
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_DIGITS: return *person_text(&copy, field);
    case FIELD_CODE: return code_text(field, *person_code(&copy, field), arena);
    case FIELD_PARTIAL: return date_partial_era_text(arena, *person_partial(&copy, field));
    case FIELD_DAY: {
        Day day = *person_day(&copy, field);
        return day == DAY_NONE ? (Str){0} : date_era_text(arena, day);
    }
    }
    return (Str){0};
}

const PersonField *person_field_named(const char *column)
{
    return &person_fields[person_field_item(column)];
}
