// SPDX-License-Identifier: Apache-2.0
#include "person_state.h"

#include <assert.h>
#include <stddef.h>
#include <string.h>

#define AT(member) offsetof(PersonState, member)

// clang-format off
const PersonField person_fields[PERSON_FIELD_COUNT] = {
    // kind, item, column, place, most, codes, words, needed, hides, changed
    {FIELD_DIGITS,  "世帯番号",           "household_no",      AT(household_no),      15,  "",     CODED_NONE,         true,  HIDES_PLACE, FEED_KIND_HOUSEHOLD_CHANGED},
    {FIELD_CODE,    "住民種別",           "kind",              AT(kind),              0,   "12",   CODED_KIND,         true,  HIDES_NEVER, FEED_KIND_KIND_CHANGED},
    {FIELD_CODE,    "住民状態",           "status",            AT(status),            0,   "1239", CODED_STATUS,       true,  HIDES_NEVER, FEED_KIND_RETURNED},
    {FIELD_TEXT,    "氏名",               "name",              AT(name),              100, "",     CODED_NONE,         true,  HIDES_NEVER, FEED_KIND_RENAMED},
    {FIELD_TEXT,    "氏名カナ",           "name_kana",         AT(name_kana),         100, "",     CODED_NONE,         false, HIDES_NEVER, FEED_KIND_KANA_CHANGED},
    {FIELD_TEXT,    "氏名ローマ字",       "name_roman",        AT(name_roman),        100, "",     CODED_NONE,         false, HIDES_NEVER, FEED_KIND_ROMAN_CHANGED},
    {FIELD_TEXT,    "通称",               "alias",             AT(alias),             100, "",     CODED_NONE,         false, HIDES_NEVER, FEED_KIND_ALIAS_CHANGED},
    {FIELD_TEXT,    "通称カナ",           "alias_kana",        AT(alias_kana),        100, "",     CODED_NONE,         false, HIDES_NEVER, FEED_KIND_ALIAS_CHANGED},
    {FIELD_CODE,    "氏名優先区分",       "printed_name",      AT(printed_name),      0,   "12",   CODED_PRINTED_NAME, false, HIDES_NEVER, FEED_KIND_PRINTED_NAME_CHANGED},
    {FIELD_CODE,    "性別",               "sex",               AT(sex),               0,   "129",  CODED_SEX,          true,  HIDES_NEVER, FEED_KIND_SEX_CHANGED},
    {FIELD_PARTIAL, "生年月日",           "birth",             AT(birth),             0,   "",     CODED_NONE,         true,  HIDES_NEVER, FEED_KIND_BIRTH_CHANGED},
    {FIELD_TEXT,    "続柄",               "relationship",      AT(relationship),      40,  "",     CODED_NONE,         false, HIDES_NEVER, FEED_KIND_RELATIONSHIP_CHANGED},
    {FIELD_DIGITS,  "市区町村コード",     "municipality_code", AT(municipality_code), 6,   "",     CODED_NONE,         true,  HIDES_PLACE, FEED_KIND_ADDRESS_CHANGED},
    {FIELD_DIGITS,  "郵便番号",           "postal_code",       AT(postal_code),       7,   "",     CODED_NONE,         false, HIDES_PLACE, FEED_KIND_POSTAL_CODE_CHANGED},
    {FIELD_TEXT,    "町丁目",             "town",              AT(town),              100, "",     CODED_NONE,         false, HIDES_PLACE, FEED_KIND_ADDRESS_CHANGED},
    {FIELD_TEXT,    "番地",               "lot",               AT(lot),               40,  "",     CODED_NONE,         false, HIDES_PLACE, FEED_KIND_ADDRESS_CHANGED},
    {FIELD_TEXT,    "枝",                 "branch",            AT(branch),            40,  "",     CODED_NONE,         false, HIDES_PLACE, FEED_KIND_ADDRESS_CHANGED},
    {FIELD_TEXT,    "子枝",               "sub_branch",        AT(sub_branch),        40,  "",     CODED_NONE,         false, HIDES_PLACE, FEED_KIND_ADDRESS_CHANGED},
    {FIELD_TEXT,    "住所",               "address",           AT(address),           200, "",     CODED_NONE,         true,  HIDES_PLACE, FEED_KIND_ADDRESS_CHANGED},
    {FIELD_TEXT,    "方書",               "building",          AT(building),          200, "",     CODED_NONE,         false, HIDES_PLACE, FEED_KIND_ADDRESS_CHANGED},
    {FIELD_TEXT,    "電話番号",           "phone",             AT(phone),             20,  "",     CODED_NONE,         false, HIDES_PLACE, FEED_KIND_PHONE_CHANGED},
    {FIELD_DAY,     "住民となった日",     "resident_from",     AT(resident_from),     0,   "",     CODED_NONE,         false, HIDES_NEVER, FEED_KIND_RESIDENT_SINCE_CHANGED},
    {FIELD_DAY,     "住民でなくなった日", "resident_until",    AT(resident_until),    0,   "",     CODED_NONE,         false, HIDES_NEVER, FEED_KIND_RESIDENT_UNTIL_CHANGED},
    {FIELD_TEXT,    "転入前住所",         "from_address",      AT(from_address),      200, "",     CODED_NONE,         false, HIDES_TRACE, FEED_KIND_ORIGIN_CHANGED},
    {FIELD_TEXT,    "転入前方書",         "from_building",     AT(from_building),     200, "",     CODED_NONE,         false, HIDES_TRACE, FEED_KIND_ORIGIN_CHANGED},
    {FIELD_DIGITS,  "転入前市区町村コード", "from_municipality", AT(from_municipality), 6, "",     CODED_NONE,         false, HIDES_TRACE, FEED_KIND_ORIGIN_CHANGED},
    {FIELD_TEXT,    "転出後住所",         "to_address",        AT(to_address),        200, "",     CODED_NONE,         false, HIDES_TRACE, FEED_KIND_DESTINATION_CHANGED},
    {FIELD_TEXT,    "転出後方書",         "to_building",       AT(to_building),       200, "",     CODED_NONE,         false, HIDES_TRACE, FEED_KIND_DESTINATION_CHANGED},
    {FIELD_DIGITS,  "転出後市区町村コード", "to_municipality", AT(to_municipality),   6,   "",     CODED_NONE,         false, HIDES_TRACE, FEED_KIND_DESTINATION_CHANGED},
    {FIELD_CODE,    "支援措置",           "protection",        AT(protection),        0,   "01",  CODED_YES,          false, HIDES_NEVER, FEED_KIND_PROTECTED},
};
// clang-format on

int person_field_item(const char *column)
{
    int item = 0;
    while (item < PERSON_FIELD_COUNT && strcmp(person_fields[item].column, column) != 0) item++;
    assert(item < PERSON_FIELD_COUNT);
    return item;
}

static void *place(PersonState *state, const PersonField *field)
{
    return (char *)state + field->offset;
}

Str *person_text(PersonState *state, const PersonField *field)
{
    assert(field->kind == FIELD_TEXT || field->kind == FIELD_DIGITS);
    return place(state, field);
}

int32_t *person_code(PersonState *state, const PersonField *field)
{
    assert(field->kind == FIELD_CODE);
    return place(state, field);
}

PartialDate *person_partial(PersonState *state, const PersonField *field)
{
    assert(field->kind == FIELD_PARTIAL);
    return place(state, field);
}

Day *person_day(PersonState *state, const PersonField *field)
{
    assert(field->kind == FIELD_DAY);
    return place(state, field);
}

// The register says who has a measure; whom it covers (protection.h) is told with its own codes, and who is no
// resident (non_resident.h) with a status of ours.
bool person_code_told(const PersonField *field, int64_t code)
{
    if (field->offset == AT(protection)) return code >= PROTECTION_NONE && code <= PROTECTION_ENDED;
    if (field->offset == AT(status) && code == STATUS_NON_RESIDENT) return true;
    for (const char *c = field->codes; *c; c++)
        if (code == *c - '0') return true;
    return code == 0;
}

bool person_text_fits(const PersonField *field, Str text)
{
    return text.len <= (ptrdiff_t)field->most * PERSON_CHARACTER_BYTES;
}

bool person_day_fits(Day day)
{
    return day >= PERSON_DAY_FIRST && day <= PERSON_DAY_LAST;
}

bool person_protected(int32_t protection)
{
    return protection == PROTECTION_OWN || protection == PROTECTION_HOUSEHOLD;
}

bool person_field_hidden(const PersonState *state, const PersonField *field)
{
    switch (field->hides) {
    case HIDES_NEVER: return false;
    case HIDES_PLACE: return person_protected(state->protection);
    case HIDES_TRACE: return state->protection != PROTECTION_NONE;
    }
    return true;
}

PersonState person_state_told(const PersonState *state)
{
    static const PersonState nothing = {.resident_from = DAY_NONE, .resident_until = DAY_NONE};
    PersonState told = *state;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        if (person_field_hidden(state, &person_fields[i]))
            person_field_take(&told, &nothing, &person_fields[i]);
    return told;
}

Str sex_words(int32_t sex)
{
    return sex == SEX_MALE ? S("男") : sex == SEX_FEMALE ? S("女") : S("不明");
}

Str status_words(int32_t status)
{
    switch (status) {
    case STATUS_RESIDENT: return S("住民");
    case STATUS_MOVED_OUT: return S("転出");
    case STATUS_DEAD: return S("死亡");
    case STATUS_NON_RESIDENT: return S("住登外");
    default: return S("消除");
    }
}

PersonState person_state_empty(void)
{
    return (PersonState){.resident_from = DAY_NONE, .resident_until = DAY_NONE};
}

bool person_field_same(const PersonState *a, const PersonState *b, const PersonField *field)
{
    const void *left = (const char *)a + field->offset, *right = (const char *)b + field->offset;
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_DIGITS: return str_equal(*(const Str *)left, *(const Str *)right);
    case FIELD_CODE: return *(const int32_t *)left == *(const int32_t *)right;
    case FIELD_PARTIAL:
        return partial_date_equal(*(const PartialDate *)left, *(const PartialDate *)right);
    case FIELD_DAY: return *(const Day *)left == *(const Day *)right;
    }
    return false;
}

bool person_state_same(const PersonState *a, const PersonState *b)
{
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        if (!person_field_same(a, b, &person_fields[i])) return false;
    return true;
}

void person_field_take(PersonState *to, const PersonState *from, const PersonField *field)
{
    PersonState source = *from;
    switch (field->kind) {
    case FIELD_TEXT:
    case FIELD_DIGITS: *person_text(to, field) = *person_text(&source, field); break;
    case FIELD_CODE: *person_code(to, field) = *person_code(&source, field); break;
    case FIELD_PARTIAL: *person_partial(to, field) = *person_partial(&source, field); break;
    case FIELD_DAY: *person_day(to, field) = *person_day(&source, field); break;
    }
}

PersonState person_state_copy(const PersonState *state, Arena *arena)
{
    PersonState copy = *state;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        const PersonField *field = &person_fields[i];
        if (field->kind != FIELD_TEXT && field->kind != FIELD_DIGITS) continue;
        Str *text = person_text(&copy, field);
        *text = str_present(*text) ? str_copy(arena, *text) : *text;
    }
    return copy;
}
