// SPDX-License-Identifier: Apache-2.0
#include "roster.h"

#include "dates.h"
#include "graphemes.h"
#include "staff_name.h"

#include <stdlib.h>
#include <string.h>

enum { ITEM_NAME, ITEM_DEPARTMENT, ITEM_DUTY, ITEM_BEGINS, ITEM_ENDS, ITEM_WARDS, ITEM_COUNT };

static const CsvColumn columns[ITEM_COUNT] = {
    [ITEM_NAME] = {"氏名", true, false, "職員"},
    [ITEM_DEPARTMENT] = {"所属", true, false},
    [ITEM_DUTY] = {"職務", true, false, "権限"},
    [ITEM_BEGINS] = {"開始日", true, false},
    [ITEM_ENDS] = {"終了日", true, false},
    [ITEM_WARDS] = {"担当区", false, false},
};
const CsvLayout roster_layout = {columns, ITEM_COUNT};

// ---- one row

typedef struct RowReading {
    const CsvRow *row;
    Arena *arena;
    RosterFaults *faults;
} RowReading;

static bool fault(const RowReading *r, int item, Error *why)
{
    why->row = r->row->line;
    error_set_item(why, str_of(columns[item].name));
    *roster_faults_push(r->faults, r->arena) = *why;
    return false;
}

static bool needed(const RowReading *r, int item)
{
    Error why = {0};
    if (r->row->fields[item].len) return true;
    return FAIL(&why, E_MISSING, .words = S("入力してください。")) || fault(r, item, &why);
}

static bool name_read(const RowReading *r, RosterTerm *term)
{
    Error why = {0};
    return staff_name_read(r->row->fields[ITEM_NAME], r->arena, &term->name, &why) || fault(r, ITEM_NAME, &why);
}

static bool department_read(const RowReading *r, RosterTerm *term)
{
    Error why = {0};
    Str typed = str_trim(r->row->fields[ITEM_DEPARTMENT]);
    if (!needed(r, ITEM_DEPARTMENT)) return false;
    term->department = str_copy(r->arena, typed);
    if (memchr(typed.at, '\t', (size_t)typed.len) || memchr(typed.at, '\n', (size_t)typed.len) ||
        grapheme_count(typed) > DEPARTMENT_MOST)
        return FAIL(&why, E_LENGTH, .value = typed, .words = S("改行のない60文字までの名前を入力してください。")) ||
               fault(r, ITEM_DEPARTMENT, &why);
    return true;
}

static bool duty_read(const RowReading *r, RosterTerm *term)
{
    Error why = {0};
    Text known = {0};
    Str typed = str_trim(r->row->fields[ITEM_DUTY]);
    if (!needed(r, ITEM_DUTY)) return false;
    if (duty_named(typed, &term->duty)) return true;
    text_add(&known, r->arena, S("この職務はありません。次のどれかを入力してください:"));
    for (Duty d = DUTY_NONE + 1; d < DUTY_COUNT; d++) text_addf(&known, r->arena, " %s", duty_words(d));
    return FAIL(&why, E_CODE_UNKNOWN, .value = typed, .words = text_str(&known)) || fault(r, ITEM_DUTY, &why);
}

static bool cell_day_read(const RowReading *r, int item, Day *day)
{
    Error why = {0};
    DateNotes notes = {0};
    if (!needed(r, item)) return false;
    return date_parse_day(r->row->fields[item], day, &notes, &why) || fault(r, item, &why);
}

// The end of a fiscal year is no day too far; that of a working life is a slip of the pen.
static bool days_read(const RowReading *r, RosterTerm *term)
{
    Error why = {0};
    bool begins = cell_day_read(r, ITEM_BEGINS, &term->begins_on), ends = cell_day_read(r, ITEM_ENDS, &term->ends_on);
    if (!begins || !ends) return false;
    if (term->ends_on >= term->begins_on && term->ends_on - term->begins_on <= ROSTER_YEARS_MOST * 366) return true;
    return FAIL(&why, E_CONFLICT, .value = r->row->fields[ITEM_ENDS],
                .words = S("開始日と同じ日か、それより後の、10年以内の日を入力してください。")) ||
           fault(r, ITEM_ENDS, &why);
}

static bool wards_read(const RowReading *r, RosterTerm *term)
{
    Error why = {0};
    return duty_wards_read(term->duty, r->row->fields[ITEM_WARDS], r->arena, &term->wards, &why) || fault(r, ITEM_WARDS, &why);
}

bool roster_row_read(const CsvRow *row, Arena *arena, RosterTerm *term, RosterFaults *faults)
{
    const RowReading r = {row, arena, faults};
    *term = (RosterTerm){.line = row->line};
    if (row->bad) *roster_faults_push(faults, arena) = row->problem;
    if (row->bad) return false;
    bool name = name_read(&r, term), department = department_read(&r, term);
    bool duty = duty_read(&r, term), days = days_read(&r, term), wards = wards_read(&r, term);
    return name && department && duty && days && wards;
}

// ---- the file

static int key_order(Str name, Str duty, Str other_name, Str other_duty)
{
    int names = str_order(name, other_name);
    return names ? names : str_order(duty, other_duty);
}

// As the rows of what stands are sorted.
static int term_order(const void *left, const void *right)
{
    const RosterTerm *a = left, *b = right;
    int keys = key_order(a->name, str_of(duty_text(a->duty)), b->name, str_of(duty_text(b->duty)));
    if (keys) return keys;
    if (a->begins_on != b->begins_on) return a->begins_on < b->begins_on ? -1 : 1;
    return a->line < b->line ? -1 : a->line > b->line;
}

static bool same_duty(const RosterTerm *a, const RosterTerm *b)
{
    return a->duty == b->duty && str_equal(a->name, b->name);
}

// Two terms of one duty of one person do not overlap: nobody could tell which department it is.
static void overlaps_told(const RosterTerms *sorted, Arena *arena, RosterFaults *faults)
{
    for (ptrdiff_t i = 1; i < sorted->count; i++) {
        Error why = {0};
        const RosterTerm *before = &sorted->at[i - 1], *term = &sorted->at[i];
        if (!same_duty(before, term) || term->begins_on > before->ends_on) continue;
        (void)!FAIL(&why, E_CONFLICT, .row = term->line, .item = S("開始日"), .value = term->name,
                    .words = str_format(arena, "%lld行目の同じ人の同じ職務と期間が重なります。どちらかを直してください。",
                                        (long long)before->line));
        *roster_faults_push(faults, arena) = why;
    }
}

static void sort(RosterTerms *terms)
{
    if (terms->count) qsort(terms->at, (size_t)terms->count, sizeof *terms->at, term_order);
}

static RosterTerms sorted_of(const RosterTerms *terms, Arena *arena)
{
    RosterTerms sorted = {0};
    VEC_EACH (const RosterTerm, term, *terms) *roster_terms_push(&sorted, arena) = *term;
    sort(&sorted);
    return sorted;
}

bool roster_read(CsvReader *csv, Arena *arena, RosterTerms *terms, RosterFaults *faults, Error *err)
{
    CsvRow row;
    *terms = (RosterTerms){0};
    *faults = (RosterFaults){0};
    int64_t rows = 0;
    while (rows <= ROSTER_ROWS_MOST && csv_next(csv, &row)) {
        RosterTerm term;
        rows++;
        if (roster_row_read(&row, arena, &term, faults)) *roster_terms_push(terms, arena) = term;
    }
    if (!csv_close(csv, err)) return false;
    if (rows > ROSTER_ROWS_MOST)
        return FAIL(err, E_LIMIT, .words = S("名簿は1万行までです。職員の名簿か確かめてください。"));
    sort(terms);
    overlaps_told(terms, arena, faults);
    return true;
}

// ---- one text

Str roster_text(const RosterTerms *terms, Arena *arena)
{
    Text all = {0};
    const RosterTerms sorted = sorted_of(terms, arena);
    VEC_EACH (const RosterTerm, term, sorted)
        text_addf(&all, arena, "%.*s\t%s\t%d\t%d\t%.*s\t%.*s\n", STR(term->name), duty_text(term->duty), term->begins_on,
                  term->ends_on, STR(term->department), STR(term->wards));
    return text_str(&all);
}

static bool line_read(Str line, RosterTerm *term)
{
    int64_t begins, ends;
    Cut name = str_cut(line, '\t'), duty = str_cut(name.tail, '\t'), from = str_cut(duty.tail, '\t'),
        to = str_cut(from.tail, '\t'), department = str_cut(to.tail, '\t');
    *term = (RosterTerm){.name = name.head, .department = department.head, .wards = department.tail};
    if (!duty_named(duty.head, &term->duty) || !str_int64(from.head, &begins) || !str_int64(to.head, &ends))
        return false;
    term->begins_on = (Day)begins;
    term->ends_on = (Day)ends;
    return true;
}

bool roster_of_text(Str text, Arena *arena, RosterTerms *terms)
{
    *terms = (RosterTerms){0};
    for (Cut line = str_cut(text, '\n'); line.head.len; line = str_cut(line.tail, '\n')) {
        RosterTerm term;
        if (!line_read(line.head, &term)) return false;
        *roster_terms_push(terms, arena) = term;
    }
    return true;
}

// ---- what changes

Str term_words(Str department, Day begins_on, Day ends_on, Str wards, Arena *arena)
{
    Str words = str_format(arena, "%.*s %.*s〜%.*s", STR(department), STR(date_era_text(arena, begins_on)),
                           STR(date_era_text(arena, ends_on)));
    return wards.len ? str_format(arena, "%.*s 担当区 %.*s", STR(words), STR(ward_scope_words(wards, arena))) : words;
}

static Str joined(Str words, Str more, Arena *arena)
{
    return words.len ? str_format(arena, "%.*s、%.*s", STR(words), STR(more)) : more;
}

Str stands_words(Str before, const StaffTermRow *row, Arena *arena)
{
    Str one = row->limited ? term_words(row->department, row->begins_on, row->ends_on, row->wards, arena) : S("期限なし");
    return joined(before, one, arena);
}

// Of one person's one duty; `at` goes on behind it.
static Str all_stands_words(const StaffTermRows *stands, Str name, Str duty, ptrdiff_t *at, Arena *arena)
{
    Str words = {0};
    for (; *at < stands->count; (*at)++) {
        const StaffTermRow *row = &stands->at[*at];
        if (!str_equal(row->name, name) || !str_equal(row->duty, duty)) break;
        words = stands_words(words, row, arena);
    }
    return words;
}

// Of both lists the next person and duty; either may lack it.
typedef struct Next {
    Str name, duty;
    bool stands, fresh;
} Next;

static Next next_of(const StaffTermRow *stands, const RosterTerm *fresh)
{
    if (!stands) return (Next){fresh->name, str_of(duty_text(fresh->duty)), false, true};
    if (!fresh) return (Next){stands->name, stands->duty, true, false};
    Str duty = str_of(duty_text(fresh->duty));
    int order = key_order(stands->name, stands->duty, fresh->name, duty);
    return order <= 0 ? (Next){stands->name, stands->duty, true, order == 0} : (Next){fresh->name, duty, false, true};
}

void roster_compare(const StaffTermRows *stands, const RosterTerms *fresh, Arena *arena, RosterChanges *changes)
{
    ptrdiff_t at = 0, to = 0;
    const RosterTerms sorted = sorted_of(fresh, arena);
    *changes = (RosterChanges){0};
    while (at < stands->count || to < sorted.count) {
        Next next = next_of(at < stands->count ? &stands->at[at] : NULL, to < sorted.count ? &sorted.at[to] : NULL);
        RosterChange change = {.name = next.name, .terms = sorted.at + to};
        if (next.stands) change.was = all_stands_words(stands, next.name, next.duty, &at, arena);
        if (!duty_named(next.duty, &change.duty)) continue;  // of another version: it stays
        for (; next.fresh && to < sorted.count && same_duty(&sorted.at[to], change.terms); to++, change.count++)
            change.now = joined(change.now, term_words(sorted.at[to].department, sorted.at[to].begins_on,
                                                       sorted.at[to].ends_on, sorted.at[to].wards, arena), arena);
        if (!str_equal(change.was, change.now)) *roster_changes_push(changes, arena) = change;
    }
}

bool roster_keeps_admin(const RosterTerms *terms, Day day)
{
    VEC_EACH (const RosterTerm, term, *terms)
        if (term->duty == DUTY_ADMIN && term->begins_on <= day && day <= term->ends_on) return true;
    return false;
}
