// SPDX-License-Identifier: Apache-2.0
#include "work_found.h"

#include "calendar.h"
#include "fact_row.h"
#include "undecided.h"

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
    if (!doses_of_person(store, person->person_id, arena, &doses, err)) return false;
    if (!facts_of_person(store, person->person_id, arena, &facts, err)) return false;
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

bool work_found(const Ledger *ledger, Day as_of, Arena *arena, WorkRows *rows, Error *err)
{
    const Schedule *schedule = ledger->schedule;
    for (int f = 0; f < fact_count(schedule); f++)
        if (fact_replaced_by(schedule, f) != FACT_NONE &&
            !old_circumstances(ledger, f, as_of, arena, rows, err))
            return false;
    return vague_births(ledger, as_of, arena, rows, err);
}
