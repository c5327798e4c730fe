// Terms and conditions: what day is meant, and whether a row applies.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "schedule_walk.h"

// The rarer and longer questions stay functions of their own: inside the two big switches they would
// make every question save the registers that only they need.
#define OUT_OF_LINE __attribute__((noinline))

// Keeps every sum inside the calendar: a file may hold a fact on the last day there is.
static Day day_held(int64_t day)
{
    if (day < DAY_MIN) return DAY_MIN;
    if (day > DAY_MAX) return DAY_MAX;
    return (Day)day;
}

static Day day_plus_span(Day from, const Term *t)
{
    int64_t day = from;
    if (!t->months && !t->half) return day_held(day + t->days);
    if (t->months) day = month_add(from, t->months, (MonthRule)t->month_rule);
    if (t->half) {
        CivilDate c = civil_of((Day)day);
        day += half_month_days(month_days(c.year, c.month));
    }
    return day_held(day + t->days);
}

Day term_after(const Term *term, Day from)
{
    return day_plus_span(from, term);
}

static Day birth_plus_span(const Walk *walk, const Term *t)
{
    if (!t->months || t->half) return day_plus_span(walk->person->subject->birth, t);
    Day day = month_add_civil(walk->person->birth, t->months, (MonthRule)t->month_rule);
    return day_held((int64_t)day + t->days);
}

static const DoseVerdict *verdict_of(const Walk *walk, int32_t entry)
{
    for (int i = 0; i < walk->verdict_count; i++)
        if (walk->verdicts[i].entry == entry) return &walk->verdicts[i];
    return NULL;
}

// How many of the person's doses, of whatever product, come before the one being judged; all of them in
// the forecast.
static int entries_before(const Walk *walk)
{
    return walk->earlier < walk->listed_count ? walk->listed[walk->earlier]
                                              : walk->person->entry_count;
}

// Products of a list need not be the group's own: a vaccine that shares a component counts as well.
OUT_OF_LINE static Day recent_day(const Walk *walk, int32_t set)
{
    const Person *p = walk->person;
    for (int i = entries_before(walk) - 1; i >= 0; i--) {
        const HistoryEntry *e = &p->entries[i];
        if (!set_has(&p->schedule->sets.at[set], e->product)) continue;
        if (e->override == OVERRIDE_DOES_NOT_COUNT) continue;
        const DoseVerdict *verdict = verdict_of(walk, i);
        if (!verdict || !verdict_effect(walk, verdict).no_previous) return e->given_on;
    }
    return DAY_NONE;
}

static const SubjectFact *fact_of(const Walk *walk, int32_t fact)
{
    const Subject *s = walk->person->subject;
    if (!(walk->person->known.words[fact >> 6] >> (fact & 63) & 1)) return NULL;
    for (int i = 0; i < s->fact_count; i++)
        if (s->facts[i].fact == fact) return &s->facts[i];
    return NULL;
}

static Day fact_day(const Walk *walk, int32_t fact)
{
    const SubjectFact *f = fact_of(walk, fact);
    return f ? (Day)f->value : DAY_NONE;
}

static Day span_day(const Walk *walk, Anchor anchor, int32_t fact)
{
    if (!walk->span || walk->span->fact != fact) return DAY_NONE;
    return anchor == ANCHOR_BEGAN ? walk->span->began : walk->span->ended;
}

// What hangs on such a day is another one tomorrow.
static Day tomorrow_another(const Walk *walk, Day day)
{
    if (day == walk->person->as_of) person_turns(walk->person, day + 1);
    return day;
}

Day term_moving(const Walk *walk, const Term *t)
{
    return tomorrow_another(walk, t->slot == SLOT_ON ? walk->on : walk->person->as_of);
}

static Day anchor_day(const Walk *walk, Anchor anchor, int32_t argument)
{
    switch (anchor) {
    case ANCHOR_BIRTH: return walk->person->subject->birth;
    case ANCHOR_ON: return tomorrow_another(walk, walk->on);
    case ANCHOR_AS_OF: return tomorrow_another(walk, walk->person->as_of);
    case ANCHOR_PREVIOUS: return walk->previous;
    case ANCHOR_DOSE:
        return argument <= walk->placed_count ? walk->placed[argument - 1].given_on : DAY_NONE;
    case ANCHOR_TARGET:
        return walk->targets && argument <= walk->series->doses.count ? walk->targets[argument - 1]
                                                                      : DAY_NONE;
    case ANCHOR_RECENT: return recent_day(walk, argument);
    case ANCHOR_PRIOR: return walk->prior;
    case ANCHOR_LAST_ENTRY: return walk->last_entry;
    case ANCHOR_FACT: return fact_day(walk, argument);
    case ANCHOR_BEGAN:
    case ANCHOR_ENDED: return span_day(walk, anchor, argument);
    }
    return DAY_NONE;
}

// The day of a term that is compared with others: whoever asks takes down where the comparison turns over. That is
// enough for the day asked about itself, and for the latest or soonest of it and days that stand.
static Day day_compared(const Walk *walk, int32_t term);

OUT_OF_LINE static Day term_parts_day(const Walk *walk, const Term *t, bool compared)
{
    assert(t->count > 0 && t->first + t->count <= walk->person->schedule->term_parts.count);
    const int32_t *parts = &walk->person->schedule->term_parts.at[t->first];
    Day best = DAY_NONE;
    for (int i = 0; i < t->count; i++) {
        Day day = compared ? day_compared(walk, parts[i]) : term_day(walk, parts[i]);
        if (day == DAY_NONE && t->op == TERM_MIN) return DAY_NONE;
        if (day == DAY_NONE) continue;
        if (best == DAY_NONE || (t->op == TERM_MAX ? day > best : day < best)) best = day;
    }
    return best;
}

static Day day_compared(const Walk *walk, int32_t term)
{
    const Term *t = &walk->person->schedule->terms.at[term];
    if (t->slot == SLOT_ON) return walk->on;
    if (t->slot == SLOT_AS_OF) return walk->person->as_of;
    bool of_parts = t->slot == SLOT_NONE && (t->op == TERM_MAX || t->op == TERM_MIN);
    return of_parts ? term_parts_day(walk, t, true) : term_day(walk, term);
}

OUT_OF_LINE static Day term_rows_day(const Walk *walk, const Term *t)
{
    assert(t->first + t->count <= walk->person->schedule->term_rows.count);
    const TermRow *rows = &walk->person->schedule->term_rows.at[t->first];
    for (int i = 0; i < t->count; i++)
        if (row_applies(walk, &rows[i].head)) return term_day(walk, rows[i].term);
    return DAY_NONE;
}

static DaySpan year_of(const Walk *walk, int32_t calendar, Day in)
{
    assert(calendar >= 0 && calendar < walk->person->schedule->years.count);
    const YearRule *year = &walk->person->schedule->years.at[calendar];
    DaySpan *known = &walk->person->years[calendar];
    if (in < known->first || in > known->last)
        *known =
            (DaySpan){year_start(in, year->month, year->day), year_end(in, year->month, year->day)};
    return *known;
}

OUT_OF_LINE static Day term_year_day(const Walk *walk, const Term *t)
{
    bool moves = walk->person->schedule->terms.at[t->first].slot < SLOT_NONE;
    Day in = moves ? day_compared(walk, t->first) : term_day(walk, t->first);
    if (in == DAY_NONE) return DAY_NONE;
    DaySpan year = year_of(walk, t->argument, in);
    if (moves && in == walk->person->as_of)
        person_turns(walk->person,
                     t->op == TERM_YEAR_NEXT && in == year.first ? in + 1 : year.last + 1);
    if (t->op == TERM_YEAR_START) return year.first;
    if (t->op == TERM_YEAR_END) return year.last;
    return in == year.first ? in : day_held((int64_t)year.last + 1);
}

Day term_worked_out(const Walk *walk, const Term *t)
{
    switch ((TermOp)t->op) {
    case TERM_NONE: return DAY_NONE;
    case TERM_DAY: return t->days;
    case TERM_ANCHOR: {
        if (t->anchor == ANCHOR_BIRTH) return birth_plus_span(walk, t);
        Day day = anchor_day(walk, (Anchor)t->anchor, t->argument);
        return day == DAY_NONE ? DAY_NONE : day_plus_span(day, t);
    }
    case TERM_SUM: {
        Day day = term_day(walk, t->first);
        return day == DAY_NONE ? DAY_NONE : day_plus_span(day, t);
    }
    case TERM_MAX:
    case TERM_MIN: return term_parts_day(walk, t, false);
    case TERM_YEAR_START:
    case TERM_YEAR_END:
    case TERM_YEAR_NEXT: return term_year_day(walk, t);
    case TERM_ROWS: return term_rows_day(walk, t);
    }
    return DAY_NONE;
}

bool row_in_force(const Walk *walk, const RowHead *head)
{
    Day from = head->uses & HEAD_FROM_TERM ? term_day(walk, head->from) : head->from;
    Day to = head->uses & HEAD_TO_TERM ? term_day(walk, head->to) : head->to;
    walk_turns_span(walk, from, to);
    return walk->on >= from && (to == DAY_NONE || walk->on <= to);  // an absent bound does not bind
}

// ---- Conditions ---------------------------------------------------------------------------------

static const ProductSet *set_of(const Walk *walk, int32_t set)
{
    assert(set >= 0 && set < walk->person->schedule->sets.count);
    return &walk->person->schedule->sets.at[set];
}

static bool part_holds(const Walk *walk, int32_t at, bool all)
{
    const int32_t *code = walk->person->schedule->conditions.at;
    int32_t end = at + code[at + 1];
    for (int32_t part = at + 2; part < end; part += code[part + 1])
        if (condition_holds(walk, part) != all) return !all;
    return all;
}

OUT_OF_LINE static bool between_holds(const Walk *walk, const int32_t *operands)
{
    Day day = day_compared(walk, operands[0]);
    if (day == DAY_NONE) return false;
    Day least = operands[1] ? term_day(walk, operands[1]) : DAY_MIN;
    Day most = operands[2] ? term_day(walk, operands[2]) : DAY_MAX;
    person_turns(walk->person, least);
    if (most != DAY_NONE) person_turns(walk->person, most + 1);
    return least != DAY_NONE && most != DAY_NONE && least <= day && day <= most;
}

OUT_OF_LINE static bool attains_one(const Walk *walk, const int32_t *operands, int count)
{
    const Schedule *s = walk->person->schedule;
    DaySpan year = year_of(walk, operands[0], walk->on);
    walk_turns(walk, year.last + 1);
    for (int i = 1; i < count; i++) {
        Day day =
            month_add_civil(walk->person->birth, operands[i] * 12, (MonthRule)s->birth_month_rule);
        if (year.first <= day && day <= year.last) return true;
    }
    return false;
}

OUT_OF_LINE static bool all_placed_in(const Walk *walk, const ProductSet *set)
{
    if (walk->product != PRODUCT_NONE && !set_has(set, walk->product)) return false;
    for (int i = 0; i < walk->placed_count; i++)
        if (!set_has(set, walk->placed[i].product)) return false;
    return true;
}

OUT_OF_LINE static bool earlier_used(const Walk *walk, const ProductSet *set)
{
    for (int i = 0; i < walk->earlier; i++)
        if (set_has(set, walk->person->entries[walk->listed[i]].product)) return true;
    return walk->product != PRODUCT_NONE && set_has(set, walk->product);
}

OUT_OF_LINE static bool accepted_holds(const Walk *walk, int32_t number, int32_t set)
{
    for (int i = 0; i < walk->placed_count; i++) {
        if (number && i + 1 != number) continue;
        if (set && !set_has(set_of(walk, set), walk->placed[i].product)) continue;
        if (walk->placed[i].accepted) return true;
    }
    return false;
}

static bool verdict_accepted(const Walk *walk, int32_t entry)
{
    const DoseVerdict *verdict = verdict_of(walk, entry);
    return verdict && (verdict->status == STATUS_VALID || verdict->status == STATUS_COUNTED);
}

typedef struct Counting {
    Day from, to;
    const ProductSet *products;  // NULL: any
    bool accepted;
} Counting;

static bool entry_counts(const Walk *walk, const Counting *c, int entry)
{
    const HistoryEntry *e = &walk->person->entries[entry];
    if (e->given_on < c->from || e->given_on > c->to) return false;
    if (e->override == OVERRIDE_DOES_NOT_COUNT) return false;
    if (c->products && !set_has(c->products, e->product)) return false;
    return !c->accepted || verdict_accepted(walk, entry);
}

// Where products are named, they are counted whether or not this group lists them.
OUT_OF_LINE static bool count_holds(const Walk *walk, const int32_t *operands)
{
    const Counting c = {
        .from = operands[3] ? term_day(walk, operands[3]) : DAY_MIN,
        .to = operands[4] ? term_day(walk, operands[4]) : DAY_MAX,
        .products = operands[0] ? set_of(walk, operands[0]) : NULL,
        .accepted = operands[5] & COUNT_ACCEPTED,
    };
    bool whole = operands[5] & COUNT_WHOLE;
    int count = 0, listed = whole ? walk->listed_count : walk->earlier;
    int entries = whole ? walk->person->entry_count : entries_before(walk);
    if (c.from == DAY_NONE || c.to == DAY_NONE) return false;
    for (int i = 0; c.products && i < entries; i++) count += entry_counts(walk, &c, i);
    for (int i = 0; !c.products && i < listed; i++)
        count += entry_counts(walk, &c, walk->listed[i]);
    return operands[1] <= count && count <= operands[2];
}

static bool fact_holds(const Walk *walk, int32_t fact)
{
    const SubjectFact *f = fact_of(walk, fact);
    if (!f) return false;
    FactKind kind = (FactKind)walk->person->schedule->facts.at[fact].kind;
    return kind == FACT_NUMBER || kind == FACT_DATE ? f->value != DAY_NONE : f->value != 0;
}

static bool fact_value_holds(const Walk *walk, int32_t fact, int32_t bits)
{
    const SubjectFact *f = fact_of(walk, fact);
    return f && (f->value & bits) != 0;
}

static bool started_with(const Walk *walk, const ProductSet *set)
{
    return !walk->listed_count || set_has(set, walk->person->entries[walk->listed[0]].product);
}

bool condition_written(const Walk *walk, int32_t condition)
{
    assert(condition > 0 && condition < walk->person->schedule->conditions.count);
    const int32_t *code = &walk->person->schedule->conditions.at[condition], *operands = code + 2;
    switch ((ConditionOp)code[0]) {
    case COND_TRUE: return true;
    case COND_ALL: return part_holds(walk, condition, true);
    case COND_ANY: return part_holds(walk, condition, false);
    case COND_NOT: return !condition_holds(walk, condition + 2);
    case COND_FACT: return fact_holds(walk, operands[0]);
    case COND_FACT_VALUE: return fact_value_holds(walk, operands[0], operands[1]);
    case COND_SEX: return operands[0] >> walk->person->subject->sex & 1;
    case COND_BETWEEN: return between_holds(walk, operands);
    case COND_ATTAINS: return attains_one(walk, operands, code[1] - 2);
    case COND_PRODUCTS: return all_placed_in(walk, set_of(walk, operands[0]));
    case COND_LAST_PRODUCT:
        return walk->placed_count &&
               set_has(set_of(walk, operands[0]), walk->placed[walk->placed_count - 1].product);
    case COND_USED: return earlier_used(walk, set_of(walk, operands[0]));
    case COND_GIVEN: return sets_meet(set_of(walk, operands[0]), &walk->person->given);
    case COND_STARTED_WITH: return started_with(walk, set_of(walk, operands[0]));
    case COND_PLACED: return operands[0] <= walk->placed_count && walk->placed_count <= operands[1];
    case COND_ACCEPTED: return accepted_holds(walk, operands[0], operands[1]);
    case COND_COUNT: return count_holds(walk, operands);
    case COND_LAPSED: return walk->lapsed;
    case COND_OWED:
        return walk_owed(walk) == ((uint64_t)(uint32_t)operands[1] << 32 | (uint32_t)operands[0]);
    case COND_MET: return span_met(walk, operands[0]);
    case COND_OPENING: return opening_holds(walk, day_compared(walk, operands[0]), PRODUCT_NONE);
    case COND_OPENED: return opening_ends_from(walk, day_compared(walk, operands[0]));
    case COND_COMPLETE: return (walk->ranks_complete & (uint32_t)operands[0]) != 0;
    }
    return false;
}

// ---- The person ---------------------------------------------------------------------------------

void person_room(Person *person, const Schedule *schedule, Arena *arena)
{
    *person = (Person){
        .schedule = schedule,
        .prior_most = INT32_MAX,
        .slots = ROOM(arena, Day, schedule->slot_count),
        .years = ROOM(arena, DaySpan, schedule->years.count),
        .turn = ROOM(arena, Day, 1),
        .arena = arena,
    };
    for (int i = 0; i < schedule->years.count; i++) person->years[i] = (DaySpan){1, 0};
}

void person_meet(Person *person, const Subject *subject)
{
    assert(subject->birth >= DAY_MIN && subject->birth <= DAY_MAX);
    person->subject = subject;
    person->birth = civil_of(subject->birth);
    for (int i = 0; i < person->schedule->slot_count; i++) person->slots[i] = SLOT_EMPTY;
    person->known = (FactSet){0};
    for (int i = 0; i < subject->fact_count; i++) {
        int32_t fact = subject->facts[i].fact;
        assert(fact >= 0 && fact < person->schedule->facts.count);
        person->known.words[fact >> 6] |= (uint64_t)1 << (fact & 63);
    }
}

void person_known(Person *person, History history, Day as_of)
{
    const Schedule *schedule = person->schedule;
    assert(as_of >= DAY_MIN && as_of <= DAY_MAX);
    person->entries = history.at;
    person->entry_count = 0;
    person->as_of = as_of;
    person->next_entry = DAY_MAX;
    *person->turn = DAY_MAX;
    person->given = (ProductSet){0};
    person->given_groups = 0;
    for (int i = 0; i < history.count && history.at[i].given_on <= as_of; i++) {
        const HistoryEntry *e = &history.at[i];
        assert(i == 0 || history.at[i - 1].given_on <= e->given_on);
        assert(e->product >= 0 && e->product < schedule->products.count);
        person->entry_count = i + 1;
        if (e->override == OVERRIDE_DOES_NOT_COUNT) continue;
        person->given.words[e->product >> 6] |= (uint64_t)1 << (e->product & 63);
        person->given_groups |= schedule->product_groups[e->product] | e->accepted_for;
    }
    if (person->entry_count < history.count)
        person->next_entry = history.at[person->entry_count].given_on;
}

void person_begin(Person *person, const Schedule *schedule, const Subject *subject, History history,
                  Day as_of, Arena *arena)
{
    person_room(person, schedule, arena);
    person_meet(person, subject);
    person_known(person, history, as_of);
}
