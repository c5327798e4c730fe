// SPDX-License-Identifier: Apache-2.0
#include "feed_row.h"

#include <stddef.h>
#include <string.h>

#include "dates.h"
#include "fold.h"
#include "lost_character.h"
#include "person_item.h"

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
const int feed_number_column = COLUMN_INDIVIDUAL_NO;

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

// One more reason for which the row is refused: all of them are told at once.
static void fault(const Reading *r, const Error *problem)
{
    *errors_push(&r->line->faults, r->arena) = *problem;
}

// ---- one item

static void note_era(const Reading *r, Str text, PartialDate read, int column)
{
    Error problem = date_era_warning(text, read, r->arena);
    (void)with_item(&problem, column);
    note(r, &problem);
}

// Any date; one that is counted on past its era is taken and told.
static bool read_date(const Reading *r, Str text, int column, PartialDate *date, Error *err)
{
    DateNotes notes = {0};
    if (!date_parse(text, date, &notes, err)) return false;
    r->line->wide_digits += notes.wide_digits;
    if (notes.era_converted) note_era(r, text, *date, column);
    return true;
}

static bool day_impossible(Str text, Error *err)
{
    return FAIL(err, E_DATE_FORMAT, .value = text,
                .words = S("住民記録の日付としてあり得ない日です。年月日を確かめてください。"));
}

static bool read_whole_day(const Reading *r, Str text, int column, Day *day, Error *err)
{
    DateNotes notes = {0};
    if (!person_day_read(text, day, &notes, err)) return false;
    r->line->wide_digits += notes.wide_digits;
    if (notes.era_converted) note_era(r, text, partial_of(*day), column);
    return true;
}

static Str folded(const Reading *r, Str text)
{
    return fold_trim(fold_width(r->arena, text, &r->line->wide_digits));
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

static bool read_field(const Reading *r, Str text, const PersonField *field, Error *err)
{
    DateNotes notes = {0};
    PersonState *state = &r->line->row.state;
    const int column = COLUMN_STATE + (int)(field - person_fields);
    if (!person_item_read(field, text, r->arena, state, &notes, err)) return false;
    r->line->wide_digits += notes.wide_digits;
    if (notes.era_converted)
        note_era(r, text, field->kind == FIELD_DAY ? partial_of(*person_day(state, field)) : *person_partial(state, field),
                 column);
    if (field->kind == FIELD_TEXT) note_masked(r, field);
    return true;
}

// ---- the state

// Blanks alone say nothing.
static Str said(const Reading *r, int column)
{
    Str text = r->csv->fields[column];
    return fold_trim(text).len ? text : (Str){0};
}

// Nobody is called by blanks.
static bool is_name(const PersonField *field)
{
    return field->offset == offsetof(PersonState, name);
}

// Each mandatory item that is missing or wrong is a fault.
static void read_state(const Reading *r)
{
    FeedRow *row = &r->line->row;
    row->state = person_state_empty();
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        const PersonField *field = &person_fields[i];
        int column = COLUMN_STATE + i;
        // A text is kept as it came, blanks too: the register's own way to say that there is no address.
        Str text = field->kind == FIELD_TEXT ? r->csv->fields[column] : said(r, column);
        Error problem = {0};
        if (!text.len || (is_name(field) && !said(r, column).len)) {
            if (field->needed && !missing(&problem, column)) fault(r, &problem);
            continue;
        }
        if (read_field(r, text, field, &problem)) continue;
        (void)with_item(&problem, column);
        if (field->needed) {
            fault(r, &problem);
            continue;
        }
        note(r, &problem);
        // What stands there is not "0", so somebody meant something: masked until it is cleared up.
        if (field->offset == offsetof(PersonState, protection)) row->state.protection = 1;
    }
    row->protection_said = said(r, COLUMN_STATE + PERSON_FIELD_COUNT - 1).len > 0;
}

// ---- what stands before the state

static bool read_serial(const Reading *r, Error *err)
{
    Str text = said(r, COLUMN_SERIAL);
    if (!text.len) return missing(err, COLUMN_SERIAL);
    if (str_int64(folded(r, text), &r->line->serial) && r->line->serial >= 0) return true;
    (void)FAIL(err, E_NUMBER_FORMAT, .value = text, .words = S("数として読めません。"));
    return with_item(err, COLUMN_SERIAL);
}

static bool read_event_reason(const Reading *r, Error *err)
{
    int number;
    Str text = said(r, COLUMN_EVENT_REASON);
    if (!text.len) return missing(err, COLUMN_EVENT_REASON);
    Str code = folded(r, text);
    const ResidentEvent *event = resident_event_in_words(code);
    if (event) {
        r->line->row.event_reason = (int32_t)event->reason;
        return true;
    }
    if (!str_digits(code, 2, 2, &number)) {
        (void)FAIL(
            err, E_CODE_UNKNOWN, .value = text,
            .words = S(
                "異動事由は2桁の数字です。住民記録の担当に確かめ、次の差分で正しい事由を受け取ってください。"));
        return with_item(err, COLUMN_EVENT_REASON);
    }
    r->line->row.event_reason = number;
    return true;
}

// The day may be partly unknown; whether this event allows it is the step's to say.
static bool read_occurred(const Reading *r, Error *err)
{
    DaySpan span;
    PartialDate date;
    FeedRow *row = &r->line->row;
    Str text = said(r, COLUMN_OCCURRED_ON);
    if (!text.len) return missing(err, COLUMN_OCCURRED_ON);
    bool good = read_date(r, text, COLUMN_OCCURRED_ON, &date, err);
    if (good && (!partial_date_span(date, &span) || !person_day_fits(span.first)))
        good = day_impossible(text, err);
    if (!good) return with_item(err, COLUMN_OCCURRED_ON);
    row->occurred_on = span.first;
    row->vague_days = span.last - span.first;
    return true;
}

static bool read_reported(const Reading *r, Error *err)
{
    Str text = said(r, COLUMN_REPORTED_ON);
    if (!text.len) return missing(err, COLUMN_REPORTED_ON);
    return read_whole_day(r, text, COLUMN_REPORTED_ON, &r->line->row.reported_on, err) ||
           with_item(err, COLUMN_REPORTED_ON);
}

static bool read_addressee_no(const Reading *r, Error *err)
{
    Str text = said(r, COLUMN_ADDRESSEE_NO);
    if (!text.len) return missing(err, COLUMN_ADDRESSEE_NO);
    if (addressee_no_parse(text, &r->line->addressee_no, &r->line->wide_digits, err)) return true;
    return with_item(err, COLUMN_ADDRESSEE_NO);
}

// Optional, but a wrong one may be somebody else's: the row is refused (control C-3.2-11).
static bool read_number(const Reading *r, Error *err)
{
    Str text = said(r, COLUMN_INDIVIDUAL_NO);
    if (!text.len) return true;
    if (!individual_no_parse(text, &r->line->number, &r->line->wide_digits, err))
        return with_item(err, COLUMN_INDIVIDUAL_NO);
    r->line->number_said = true;
    return true;
}

static bool names_a_person(const PersonField *field)
{
    static const char *const items[] = {"氏名", "氏名カナ", "氏名ローマ字", "通称", "通称カナ"};
    for (ptrdiff_t i = 0; i < countof(items); i++)
        if (str_equal(str_of(field->item), str_of(items[i]))) return true;
    return false;
}

// What a letter is addressed with; the other texts are told of, and nothing waits for them.
static bool says_where(const PersonField *field)
{
    return field->offset == offsetof(PersonState, address) ||
           field->offset == offsetof(PersonState, building);
}

static void note_lost(const Reading *r, int field, Str text, bool no_paper)
{
    Error problem = {0};
    (void)FAIL(&problem, E_ENCODING, .value = person_item_shown(text),
               .words = no_paper ? S("文字が ? や 〓 になっています。この人の通知は作られません。"
                                     "住民記録を直し、次の差分で受け取ってください。")
                                 : S("文字が ? や 〓 になっています。住民記録を直し、次の差分で"
                                     "受け取ってください。"));
    (void)with_item(&problem, COLUMN_STATE + field);
    note(r, &problem);
}

// Characters that were lost before the file was written; the reader's own 〓 are told by note_gaiji.
static void note_lost_texts(const Reading *r)
{
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        const PersonField *field = &person_fields[i];
        if (field->kind != FIELD_TEXT) continue;
        Str text = *person_text(&r->line->row.state, field);
        if (!character_lost(text)) continue;
        r->line->name_lost |= names_a_person(field);
        r->line->place_lost |= says_where(field);
        if (!r->csv->gaiji_count) note_lost(r, i, text, names_a_person(field) || says_where(field));
    }
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

// Every part is read, whatever is wrong with another: the sender is told all of it, and what a refused row speaks of
// is known, for its person is held for it.
static void read_parts(const Reading *r)
{
    typedef bool ReadPart(const Reading *, Error *);
    static ReadPart *const parts[] = {read_addressee_no, read_serial, read_event_reason,
                                      read_occurred, read_reported};
    Error why = {0};
    for (ptrdiff_t i = 0; i < countof(parts); i++)
        if (!parts[i](r, &why)) fault(r, &why);
    read_state(r);
    if (!read_number(r, &why)) fault(r, &why);
}

bool feed_line_read(const CsvRow *csv, Arena *arena, FeedLine *line, Error *err)
{
    Reading r = {csv, arena, line};
    *line = (FeedLine){.row = {.occurred_on = DAY_NONE, .reported_on = DAY_NONE}};
    if (csv->bad)
        fault(&r, &csv->problem);
    else
        read_parts(&r);
    if (line->faults.count) {
        *err = line->faults.at[0];
        return false;
    }
    note_gaiji(&r);
    note_lost_texts(&r);
    return true;
}

void feed_row_asks(const CsvRow *csv, AddresseeNo *who, IndividualNo *number, bool *number_said)
{
    Error unread = {0};
    int64_t wide = 0;
    *who = (AddresseeNo){0};
    *number_said = false;
    if (csv->bad) return;
    Str said_who = fold_trim(csv->fields[COLUMN_ADDRESSEE_NO]), said_number = fold_trim(csv->fields[COLUMN_INDIVIDUAL_NO]);
    if (!said_who.len || !addressee_no_parse(csv->fields[COLUMN_ADDRESSEE_NO], who, &wide, &unread))
        *who = (AddresseeNo){0};
    *number_said = said_number.len && individual_no_parse(csv->fields[COLUMN_INDIVIDUAL_NO], number, &wide, &unread);
}

bool feed_row_protects(const CsvRow *csv)
{
    Str said = csv->fields[COLUMN_STATE + PERSON_FIELD_COUNT - 1];
    return !csv->bad && said.len && !str_equal(said, S("0"));
}

void feed_row_hide_place(CsvReader *reader)
{
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        if (person_fields[i].hides != HIDES_NEVER) csv_row_hide(reader, COLUMN_STATE + i);
}

bool feed_item_hides(const Error *problem)
{
    Str item = {problem->item.own, problem->item.len};
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        if (person_fields[i].hides != HIDES_NEVER && str_equal(str_of(person_fields[i].item), item))
            return true;
    return false;
}

void feed_line_wipe(FeedLine *line)
{
    individual_no_wipe(&line->number);
}
