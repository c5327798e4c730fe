// SPDX-License-Identifier: Apache-2.0
#include "work_found.h"

#include "calendar.h"
#include "fact_row.h"
#include "review_rows.h"
#include "undecided_rows.h"

enum { YEARS_PROPOSED = 5 };

static WorkRow *work_add(WorkRows *rows, WorkKind kind, const UndecidedRow *found, Arena *arena)
{
    WorkRow *row = work_rows_push(rows, arena);
    *row = work_row_of(kind);
    row->who = found->person.who;
    row->name = found->person.name;
    row->is_protected = found->person.is_protected;
    row->since = found->since;
    return row;
}

static bool person_case(const Ledger *ledger, const PersonRow *person, Day as_of, Arena *arena,
                        Case *c, Error *err)
{
    DoseRows doses;
    FactRows facts;
    Store *store = ledger->act->store;
    if (!doses_of_person(store, person->person_id, KNOWN_NOW, arena, &doses, err)) return false;
    if (!facts_of_person(store, person->person_id, KNOWN_NOW, arena, &facts, err)) return false;
    PersonRows rows = {person->birth, person->sex, doses.at, doses.count, facts.at, facts.count};
    *c = case_of(&ledger->judge, &rows, as_of, arena);
    return true;
}

// ---- days of no vaccine

// Whatever the old row may have meant: a window that was open in these years, or closed in them.
static Str proposed_series(const Ledger *ledger, const Case *c, int fact, Day ended, Arena *arena)
{
    const Schedule *schedule = ledger->schedule;
    DaySpan years = {month_add(ended, -12 * YEARS_PROPOSED, MONTHS_OVERFLOW), ended};
    Text text = {0};
    for (int g = 0; g < group_count(schedule); g++)
        if (group_span_fact(schedule, g) == fact &&
            case_last_target(c, g, years, *arena) != DAY_NONE)
            text_addf(&text, arena, "%s%.*s", text.len ? "、" : "", STR(group_id(schedule, g)));
    return text.len ? text_str(&text) : S("なし");
}

static bool old_circumstances(const Ledger *ledger, int old, Day as_of, Arena *arena,
                              WorkRows *rows, Error *err)
{
    const Schedule *schedule = ledger->schedule;
    int now = fact_replaced_by(schedule, old);
    UndecidedRows found = {0};
    if (!facts_replaced(ledger->act->store, fact_id(schedule, old), fact_id(schedule, now), arena,
                        &found, err))
        return false;
    VEC_EACH (const UndecidedRow, f, found) {
        Case c;
        Day ended = DAY_NONE;
        if (!person_case(ledger, &f->person, as_of, arena, &c, err)) return false;
        bool dated = day_read(f->value.at, (int)f->value.len, &ended);
        Str series = dated ? proposed_series(ledger, &c, now, ended, arena) : S("なし");
        Str source = fact_source_words(f->source);
        work_add(rows, WORK_OLD_CIRCUMSTANCE, f, arena)->words = str_format(
            arena, "%.*s %.*s（%.*s、登録者 %.*s） 候補: %.*s", STR(fact_name(schedule, old)),
            STR(f->value), STR(source), STR(f->who), STR(series));
    }
    return true;
}

// ---- birth dates without a day

// The series of which nobody can say without the day, each with both answers.
static Str series_in_doubt(const Ledger *ledger, const Case *c, Day as_of, Arena *arena)
{
    const Schedule *schedule = ledger->schedule;
    Assessment all = case_assess(c, as_of, arena);
    Text text = {0};
    DaySpan born;
    if (!partial_date_span(c->birth, &born)) return (Str){0};
    Case first = case_if_born(c, born.first), last = case_if_born(c, born.last);
    for (int g = 0; g < all.group_count; g++) {
        if (!all.groups[g].date_partial) continue;
        uint64_t one = (uint64_t)1 << g;
        Status early = case_assess_some(&first, one, as_of, arena).groups[0].status;
        Status late = case_assess_some(&last, one, as_of, arena).groups[0].status;
        text_addf(&text, arena, "%s%.*s（1日生まれなら%.*s、末日生まれなら%.*s）",
                  text.len ? "、" : "", STR(group_id(schedule, g)),
                  STR(status_label(schedule, early)), STR(status_label(schedule, late)));
    }
    return text_str(&text);
}

static bool vague_births(const Ledger *ledger, Day as_of, Arena *arena, WorkRows *rows, Error *err)
{
    UndecidedRows found = {0};
    if (!births_vague(ledger->act->store, arena, &found, err)) return false;
    VEC_EACH (const UndecidedRow, f, found) {
        Case c;
        char birth[DAY_TEXT_SIZE];
        Str written = str_of(partial_date_text(f->person.birth, birth));
        if (!f->person.birth.month) {
            work_add(rows, WORK_BIRTH_YEAR, f, arena)->words =
                str_format(arena, "生年月日 %.*s", STR(written));
            continue;
        }
        if (!person_case(ledger, &f->person, as_of, arena, &c, err)) return false;
        Str doubt = series_in_doubt(ledger, &c, as_of, arena);
        if (doubt.len)
            work_add(rows, WORK_BIRTH_MONTH, f, arena)->words =
                str_format(arena, "生年月日 %.*s: %.*s", STR(written), STR(doubt));
    }
    return true;
}

// ---- rows under review

static Str review_words(const ReviewRow *r, ptrdiff_t nth, ptrdiff_t count, Arena *arena)
{
    Str words =
        str_format(arena, "%.*s %.*s 根拠: %.*s", STR(r->codes), STR(r->message), STR(r->evidence));
    if (count < 2) return words;
    return str_format(arena, "候補 %td人のうち%td番目 %.*s", count, nth, STR(words));
}

static WorkRow review_line(const ReviewRow *r)
{
    WorkRow row = work_row_of(WORK_REVIEW);
    row.work_id = r->row_id;
    row.file = r->file;
    row.label = r->label;
    row.since = r->since;
    return row;
}

static WorkRow review_nobody(const ReviewRow *r, Arena *arena)
{
    WorkRow row = review_line(r);
    row.words = review_words(r, 0, 0, arena);
    return row;
}

static bool somebody_protected(const ReviewCandidates *all)
{
    VEC_EACH (const ReviewCandidate, c, *all)
        if (c->is_protected) return true;
    return false;
}

// One line for each candidate, the best first. A protected person who is one of several is not named
// (immunization.md 6.2), nor is the clinic of a row that may be his or hers.
static bool review_add(const Ledger *ledger, const ReviewRow *r, Arena *arena, WorkRows *rows,
                       Error *err)
{
    ReviewCandidates all;
    if (!review_candidates_of(ledger->act->store, r->row_id, arena, &all, err)) return false;
    bool hide = somebody_protected(&all);
    if (!all.count) *work_rows_push(rows, arena) = review_nobody(r, arena);
    for (ptrdiff_t i = 0; i < all.count; i++) {
        const ReviewCandidate *c = &all.at[i];
        WorkRow *row = work_rows_push(rows, arena);
        *row = review_line(r);
        row->words = review_words(r, i + 1, all.count, arena);
        row->name = c->name;
        row->is_protected = hide;
        if (all.count == 1 || !c->is_protected) row->who = c->who;
    }
    return true;
}

static bool reviews(const Ledger *ledger, Arena *arena, WorkRows *rows, Error *err)
{
    ReviewRows found;
    if (!review_rows_all(ledger->act->store, arena, &found, err)) return false;
    VEC_EACH (const ReviewRow, r, found)
        if (!review_add(ledger, r, arena, rows, err)) return false;
    return true;
}

bool work_found(const Ledger *ledger, Day as_of, Arena *arena, WorkRows *rows, Error *err)
{
    const Schedule *schedule = ledger->schedule;
    for (int f = 0; f < fact_count(schedule); f++)
        if (fact_replaced_by(schedule, f) != FACT_NONE &&
            !old_circumstances(ledger, f, as_of, arena, rows, err))
            return false;
    return vague_births(ledger, as_of, arena, rows, err) && reviews(ledger, arena, rows, err);
}
