// SPDX-License-Identifier: Apache-2.0
#include "feed_row.h"

#include <stddef.h>
#include <string.h>

#include "dates.h"
#include "fold.h"
#include "graphemes.h"
#include "office_code.h"

enum {
    COLUMN_SERIAL,
    COLUMN_ADDRESSEE_NO,
    COLUMN_EVENT_REASON,
    COLUMN_OCCURRED_ON,
    COLUMN_REPORTED_ON,
    COLUMN_INDIVIDUAL_NO,
    COLUMN_STATE,  // from here on as in person_fields
    COLUMNS = COLUMN_STATE + PERSON_FIELD_COUNT,
};

// clang-format off
static const CsvColumn columns[COLUMNS] = {
    {"更新連番", true, false}, {"宛名番号", true, false}, {"異動事由", true, false},
    {"異動年月日", true, false}, {"届出年月日", true, false}, {"個人番号", false, true},
    {"世帯番号", true, false}, {"住民種別", true, false}, {"住民状態", true, false},
    {"氏名", true, false}, {"氏名カナ", false, false}, {"氏名ローマ字", false, false},
    {"通称", false, false}, {"通称カナ", false, false}, {"氏名優先区分", false, false},
    {"性別", true, false}, {"生年月日", true, false}, {"続柄", false, false},
    {"市区町村コード", true, false}, {"郵便番号", false, false}, {"町丁目", false, false},
    {"番地", false, false}, {"枝", false, false}, {"子枝", false, false}, {"住所", true, false},
    {"方書", false, false}, {"電話番号", false, false}, {"住民となった日", false, false},
    {"住民でなくなった日", false, false}, {"転入前住所", false, false},
    {"転入前方書", false, false}, {"転入前市区町村コード", false, false},
    {"転出後住所", false, false}, {"転出後方書", false, false},
    {"転出後市区町村コード", false, false}, {"支援措置", false, false},
};
// clang-format on

const CsvLayout feed_layout = {columns, COLUMNS};

typedef struct Reading {  // of one row
    const CsvRow *csv;
    Arena *arena;
    FeedLine *line;
} Reading;

static bool with_item(Error *err, int column)
{
    error_set_item(err, str_of(columns[column].name));
    return false;
}

static bool missing(Error *err, int column)
{
    (void)FAIL(err, E_MISSING, .words = S("必ず要る項目が空です。"));
    return with_item(err, column);
}

// What is left out, replaced or masked is told; the resident is not lost over it.
static void note(const Reading *r, const Error *problem)
{
    *errors_push(&r->line->notes, r->arena) = *problem;
}

// ---- one item

static Str folded(const Reading *r, Str text)
{
    return fold_trim(fold_width(r->arena, text, &r->line->wide_digits));
}

static bool read_code(const Reading *r, Str text, const PersonField *field, int32_t *code,
                      Error *err)
{
    int number;
    Str digits = folded(r, text);
    if (str_digits(digits, 1, 1, &number) && strchr(field->codes, '0' + number)) {
        *code = number;
        return true;
    }
    return FAIL(err, E_CODE_UNKNOWN, .value = text,
                .words = S("この項目で決められた区分ではありません。"));
}

// Feeds write where people came from without the check digit, 99999 for abroad (linkage.md 1.4).
static bool read_municipality(const Reading *r, Str text, const PersonField *field,
                              MunicipalityCode *code, Error *err)
{
    Error five_err = {0};
    if (municipality_code_parse(text, code, &r->line->wide_digits, err)) return true;
    return !field->needed && err->code == E_LENGTH &&
           municipality_code_parse5(text, code, &five_err);
}

static bool read_digits(const Reading *r, Str text, const PersonField *field, Str *digits,
                        Error *err)
{
    HouseholdNo household;
    PostalCode postal;
    MunicipalityCode municipality;
    int64_t *wide = &r->line->wide_digits;
    switch (field->most) {
    case 15:
        if (!household_no_parse(text, &household, wide, err)) return false;
        *digits = str_copy(r->arena, household_text(&household));
        return true;
    case 7:
        if (!postal_code_parse(text, &postal, wide, err)) return false;
        *digits = str_copy(r->arena, postal_text(&postal));
        return true;
    default:
        if (!read_municipality(r, text, field, &municipality, err)) return false;
        *digits = str_copy(r->arena, municipality_text(&municipality));
        return true;
    }
}

static bool kana_field(const PersonField *field)
{
    return str_ends(str_of(field->item), S("カナ"));
}

// Half-width kana become full-width, and every blank between two names the full-width one.
static Str kana_text(const Reading *r, Str text)
{
    Str wide = folded(r, text);
    Text out = {0};
    for (ptrdiff_t i = 0; i < wide.len; i++) {
        if (wide.at[i] == ' ')
            text_add(&out, r->arena, S("　"));
        else
            text_add_byte(&out, r->arena, wide.at[i]);
    }
    return text_str(&out);
}

// An Individual Number that somebody typed into a name or an address: it has one column of its own, and
// from any other it would reach programs that must never see it (control C-3.2-02).
static void note_masked(const Reading *r, const PersonField *field)
{
    Error problem = {0};
    if (!r->csv->masked[COLUMN_STATE + (field - person_fields)]) return;
    (void)FAIL(&problem, E_CHARSET, .item = str_of(field->item),
               .words = S("個人番号とみられる数字を伏せました。住民記録を直してください。"));
    note(r, &problem);
}

static bool read_text(const Reading *r, Str text, const PersonField *field, Str *kept, Error *err)
{
    Str read = kana_field(field) ? kana_text(r, text) : text;
    if (grapheme_count(read) > field->most)
        return FAIL(err, E_LENGTH, .value = grapheme_first(text, 20),
                    .words = S("この項目に決められた長さを超えています。"));
    *kept = read;
    note_masked(r, field);
    return true;
}

static bool read_field(const Reading *r, Str text, const PersonField *field, Error *err)
{
    PersonState *state = &r->line->row.state;
    DateNotes notes = {0};
    bool good = false;
    switch (field->kind) {
    case FIELD_TEXT: return read_text(r, text, field, person_text(state, field), err);
    case FIELD_DIGITS: return read_digits(r, text, field, person_text(state, field), err);
    case FIELD_CODE: return read_code(r, text, field, person_code(state, field), err);
    case FIELD_PARTIAL: good = date_parse(text, person_partial(state, field), &notes, err); break;
    case FIELD_DAY: good = date_parse_day(text, person_day(state, field), &notes, err); break;
    }
    r->line->wide_digits += notes.wide_digits;
    return good;
}

// ---- the state

static bool read_state(const Reading *r, Error *err)
{
    FeedRow *row = &r->line->row;
    row->state = person_state_empty();
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        const PersonField *field = &person_fields[i];
        int column = COLUMN_STATE + i;
        Str text = r->csv->fields[column];
        Error problem = {0};
        if (!text.len) {
            if (field->needed) return missing(err, column);
            continue;
        }
        if (read_field(r, text, field, &problem)) continue;
        (void)with_item(&problem, column);
        if (field->needed) {
            *err = problem;
            return false;
        }
        note(r, &problem);
        // What stands there is not "0", so somebody meant something: masked until it is cleared up.
        if (field->offset == offsetof(PersonState, protection)) row->state.protection = 1;
    }
    row->protection_said = r->csv->fields[COLUMN_STATE + PERSON_FIELD_COUNT - 1].len > 0;
    return true;
}

// ---- what stands before the state

static bool read_serial(const Reading *r, Error *err)
{
    Str text = r->csv->fields[COLUMN_SERIAL];
    if (!text.len) return missing(err, COLUMN_SERIAL);
    if (str_int64(folded(r, text), &r->line->serial) && r->line->serial >= 0) return true;
    (void)FAIL(err, E_NUMBER_FORMAT, .value = text, .words = S("数として読めません。"));
    return with_item(err, COLUMN_SERIAL);
}

static bool read_event_reason(const Reading *r, Error *err)
{
    int number;
    Str text = r->csv->fields[COLUMN_EVENT_REASON];
    if (!text.len) return missing(err, COLUMN_EVENT_REASON);
    if (!str_digits(folded(r, text), 2, 2, &number)) {
        (void)FAIL(err, E_CODE_UNKNOWN, .value = text,
                   .words =
                       S("異動事由は2桁の数字です。住民記録の担当に確かめ、次の差分で正しい事由を受け取ってください。"));
        return with_item(err, COLUMN_EVENT_REASON);
    }
    r->line->row.event_reason = number;
    return true;
}

static bool read_day(const Reading *r, int column, Day *day, Error *err)
{
    DateNotes notes = {0};
    Str text = r->csv->fields[column];
    if (!text.len) return missing(err, column);
    if (!date_parse_day(text, day, &notes, err)) return with_item(err, column);
    r->line->wide_digits += notes.wide_digits;
    return true;
}

static bool read_addressee_no(const Reading *r, Error *err)
{
    Str text = r->csv->fields[COLUMN_ADDRESSEE_NO];
    if (!text.len) return missing(err, COLUMN_ADDRESSEE_NO);
    if (addressee_no_parse(text, &r->line->addressee_no, &r->line->wide_digits, err)) return true;
    return with_item(err, COLUMN_ADDRESSEE_NO);
}

// Optional, but a wrong one may be somebody else's: the row is refused (control C-3.2-11).
static bool read_number(const Reading *r, Error *err)
{
    Str text = r->csv->fields[COLUMN_INDIVIDUAL_NO];
    if (!text.len) return true;
    if (!individual_no_parse(text, &r->line->number, &r->line->wide_digits, err))
        return with_item(err, COLUMN_INDIVIDUAL_NO);
    r->line->number_said = true;
    return true;
}

static void note_gaiji(const Reading *r)
{
    for (int i = 0; i < r->csv->gaiji_count; i++) {
        Error problem = {0};
        (void)FAIL(&problem, E_ENCODING, .value = str_of(r->csv->gaiji[i].hex),
                   .words = S("外字を〓に置き換えました。文字の対応表に加えてください。"));
        (void)with_item(&problem, r->csv->gaiji[i].column);
        note(r, &problem);
    }
}

bool feed_line_read(const CsvRow *csv, Arena *arena, FeedLine *line, Error *err)
{
    Reading r = {csv, arena, line};
    *line = (FeedLine){.row = {.occurred_on = DAY_NONE, .reported_on = DAY_NONE}};
    if (csv->bad) {
        *err = csv->problem;
        return false;
    }
    // Whose row it is comes first: a full copy asks that of refused rows too.
    bool good = read_addressee_no(&r, err) && read_serial(&r, err) && read_event_reason(&r, err) &&
                read_day(&r, COLUMN_OCCURRED_ON, &line->row.occurred_on, err) &&
                read_day(&r, COLUMN_REPORTED_ON, &line->row.reported_on, err) &&
                read_state(&r, err) && read_number(&r, err);
    if (good) note_gaiji(&r);
    return good;
}

void feed_line_wipe(FeedLine *line)
{
    individual_no_wipe(&line->number);
}
