// SPDX-License-Identifier: Apache-2.0
#include "standing_judge.h"

#include <assert.h>

#include "calendar.h"
#include "contraindication.h"
#include "person_state.h"
#include "standing.h"

static bool contraindicated_now(const Ledger *ledger, const CityPerson *person, int group,
                                Day as_of)
{
    if (!person->facts.count) return false;
    ProductView any = {.rule = PRODUCT_NONE};
    return contraindicated(&person->facts, ledger->schedule, &any, as_of) ||
           contraindicated_series(&person->facts, group_id(ledger->schedule, group), as_of);
}

int32_t month_expected(const NextStanding *next)
{
    assert(next->earliest != DAY_NONE);
    Day day = next->standard_from > next->earliest ? next->standard_from : next->earliest;
    if (next->last != DAY_NONE && day > next->last) day = next->earliest;
    CivilDate c = civil_of(day);
    return c.year * 100 + c.month;
}

NextStanding next_standing(const Ledger *ledger, const CityPerson *person,
                           const GroupAssessment *answer, Day safe, Day as_of)
{
    assert(as_of != DAY_NONE);
    assert(answer->group >= 0 && answer->group < group_count(ledger->schedule));
    NextStanding next = {
        .group = (int16_t)answer->group,
        .status = (int16_t)answer->status,
        .contraindicated = contraindicated_now(ledger, person, answer->group, as_of),
        .no_letter = answer->no_letter != ROW_NONE,
        .position = answer->next.position,
        .earliest = answer->next.earliest,
        .standard_from = answer->next.standard_from,
        .standard_to = answer->next.standard_to,
        .last = answer->next.last,
        .last_safe = safe,
    };
    next.month = month_expected(&next);
    return next;
}

// ---- until when

typedef struct Turn {
    Day as_of, first;
} Turn;

static void turn_at(Turn *turn, Day day)
{
    if (day > turn->as_of && day < turn->first) turn->first = day;
}

static void turn_after(Turn *turn, Day day)
{
    if (day != DAY_NONE && day < DAY_MAX) turn_at(turn, day + 1);
}

// Residence, birth and facts are asked with the day; on the day of death nobody is invited any more.
static void turns_of_rows(Turn *turn, const CityPerson *person)
{
    DaySpan born;
    if (partial_date_span(person->birth, &born)) turn_at(turn, born.first);
    VEC_EACH (const SpanRow, s, person->spans) {
        turn_at(turn, s->span.first);
        turn_at(turn, s->span.last);
        turn_after(turn, s->span.last);
    }
    VEC_EACH (const FactRow, f, person->facts) {
        turn_at(turn, f->since);
        turn_after(turn, f->until);
    }
}

// ---- one person

static Day safe_day(CityPass *pass, const Case *c, const GroupAssessment *answer, Day as_of,
                    Arena scratch)
{
    if (!status_asks(answer->status)) return DAY_NONE;
    return pass && !c->vague ? city_last_safe(pass, &c->subject, c->history, answer, scratch)
                             : case_last_safe(c, answer, as_of, scratch);
}

Standing standing_of(const Ledger *ledger, CityPass *pass, const CityPerson *person, Day as_of,
                     Arena *arena)
{
    assert(as_of != DAY_NONE);
    Turn turn = {as_of, DAY_MAX};
    turns_of_rows(&turn, person);
    if (person->status != STATUS_RESIDENT || !lives_here(person, as_of))
        return (Standing){.turns_on = turn.first};
    PersonRows rows = rows_now(person);
    Case c = case_of(&ledger->judge, &rows, as_of, arena);
    Assessment all = pass && !c.vague ? city_assess(pass, &c.subject, c.history, arena)
                                      : case_assess(&c, as_of, arena);
    char *statuses = NEW(arena, char, all.group_count);
    Standing standing = {.statuses = {statuses, all.group_count},
                         .next = NEW(arena, NextStanding, all.group_count)};
    for (int g = 0; g < all.group_count; g++) {
        const GroupAssessment *answer = &all.groups[g];
        statuses[g] = (char)('A' + answer->status);
        turn_at(&turn, answer->may_turn);
        if (!answer->has_next) continue;
        Day safe = safe_day(pass, &c, answer, as_of, *arena);
        standing.next[standing.next_count++] = next_standing(ledger, person, answer, safe, as_of);
    }
    standing.turns_on = turn.first;
    return standing;
}

static void day_add(Text *text, Day day, Arena *arena)
{
    char written[DAY_TEXT_SIZE];
    text_addf(text, arena, " %s", day == DAY_NONE ? "-" : day_text(day, written));
}

Str standing_words(const Schedule *schedule, const Standing *standing, Arena *arena)
{
    assert(standing->next_count >= 0 && standing->next_count <= group_count(schedule));
    Text text = {0};
    text_add(&text, arena, standing->statuses);
    for (int i = 0; i < standing->next_count; i++) {
        const NextStanding *n = &standing->next[i];
        const Day days[] = {n->earliest, n->standard_from, n->standard_to, n->last, n->last_safe};
        text_addf(&text, arena, "\n%.*s %.*s %.*s%s%s", STR(group_id(schedule, n->group)),
                  STR(status_text(schedule, (Status)n->status)),
                  STR(schedule_text(schedule, n->position)),
                  n->contraindicated ? " contraindicated" : "", n->no_letter ? " no_letter" : "");
        for (ptrdiff_t d = 0; d < countof(days); d++) day_add(&text, days[d], arena);
        text_addf(&text, arena, " %d", n->month);
    }
    return text_str(&text);
}
