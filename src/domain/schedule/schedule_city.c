// One day, a whole city: what a birth date alone decides is worked out once for all who share it.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdatomic.h>
#include <string.h>

#include "schedule_walk.h"

enum {
    KEPT_DAYS = 125 * 366,
    SEXES = SUBJECT_FEMALE + 1,
    REACH_DAYS = 62,  // longer than any interval between different vaccines
    SAFE_UNKNOWN = DAY_MIN,
};

typedef uint64_t GroupSet;

// What is answered to everybody of a birth date and sex who has no dose that bears on it. Written by
// the thread that works it out, then shown to all and changed no more; but for `safe`, where every
// thread would write the same.
typedef struct KeptRow {
    GroupSet open;          // a next dose is asked for
    GroupSet due;           // of them, now
    int8_t *status;         // by group
    int32_t *deciding;      // by group: of an open one its next position, else the row that decided
    Day *turn;              // by group: GroupAssessment.may_turn
    GroupAssessment *next;  // of the open ones, in order
    _Atomic Day *safe;      // likewise, their last safe days; SAFE_UNKNOWN until somebody asked
} KeptRow;

struct CityTable {
    const Schedule *schedule;
    Day as_of;
    GroupSet groups;
    GroupSet scored;           // their series compete: nothing is kept of them
    GroupSet *bears;           // by product: groups whose answer it may change altogether
    GroupSet *moves;           // by product: groups whose next dose it may move
    _Atomic(KeptRow *) *rows;  // by age in days and sex
};

struct CityPass {
    CityTable *table;
    Arena *arena;
    Person room;  // its tables serve one person after the other
};

static GroupSet bit(int group)
{
    return (GroupSet)1 << group;
}

// Takes the first group out of the set; NONE where there is none.
static bool set_take(GroupSet *set, int *group)
{
    if (!*set) return false;
    *group = __builtin_ctzll(*set);
    *set &= *set - 1;
    return true;
}

static int place_in(GroupSet set, int group)
{
    return __builtin_popcountll(set & (bit(group) - 1));
}

// ---- The table ----------------------------------------------------------------------------------

static bool moved_by(const Schedule *schedule, const ProductSet *products, int given)
{
    for (int product = 0; product < schedule->products.count; product++)
        if (set_has(products, product) && set_has(&schedule->conflict_forecast[product], given))
            return true;
    return false;
}

static void reach_of(CityTable *table, int product)
{
    const Schedule *schedule = table->schedule;
    table->bears[product] = schedule->product_groups[product];
    for (int g = 0; g < schedule->groups.count; g++) {
        const GroupRule *group = &schedule->groups.at[g];
        if (set_has(&schedule->sets.at[group->watches], product)) table->bears[product] |= bit(g);
        if (moved_by(schedule, &schedule->sets.at[group->products], product))
            table->moves[product] |= bit(g);
    }
}

CityTable *city_table(const Schedule *schedule, Day as_of, uint64_t groups, Arena *arena)
{
    assert(groups && !(groups & ~groups_all(schedule)));
    CityTable *table = NEW(arena, CityTable, 1);
    *table = (CityTable){
        .schedule = schedule,
        .as_of = as_of,
        .groups = groups,
        .bears = NEW(arena, GroupSet, schedule->products.count),
        .moves = NEW(arena, GroupSet, schedule->products.count),
        .rows = NEW(arena, _Atomic(KeptRow *), KEPT_DAYS * SEXES),
    };
    for (int g = 0; g < schedule->groups.count; g++)
        if (schedule->groups.at[g].scored) table->scored |= bit(g);
    for (int product = 0; product < schedule->products.count; product++) reach_of(table, product);
    return table;
}

CityPass *city_pass(CityTable *table, Arena *arena)
{
    assert(table && table->schedule);
    CityPass *pass = NEW(arena, CityPass, 1);
    *pass = (CityPass){.table = table, .arena = arena};
    person_room(&pass->room, table->schedule, arena);
    return pass;
}

// ---- What is kept -------------------------------------------------------------------------------

static void *copied(Arena *arena, const void *from, ptrdiff_t size, ptrdiff_t align, int count)
{
    if (!count) return NULL;
    return memcpy(arena_alloc(arena, size, align, count), from, (size_t)(size * count));
}

#define COPIED(arena, Type, from, count) \
    copied((arena), (from), (ptrdiff_t)sizeof(Type), (ptrdiff_t) _Alignof(Type), (count))

static void next_keep(GroupAssessment *kept, const GroupAssessment *answer, Arena *arena)
{
    *kept = *answer;
    NextDose *next = &kept->next;
    next->offer = COPIED(arena, int32_t, next->offer, next->offer_count);
    next->shown = COPIED(arena, Shown, next->shown, next->shown_count);
    next->last_by_product =
        COPIED(arena, ProductDay, next->last_by_product, next->last_by_product_count);
}

static bool asked_now(const GroupAssessment *answer)
{
    return answer->has_next && (answer->status == STATUS_DUE || answer->status == STATUS_LATE);
}

// As if nothing had been given. Terms of the birth date that are worked out on the way serve the
// person as well.
static KeptRow *worked_out(const CityPass *pass, const Person *person)
{
    const CityTable *table = pass->table;
    int groups = (int)table->schedule->groups.count, group, count = 0;
    Person blank = *person;
    Arena scratch = *person->arena;
    blank.arena = &scratch;
    person_known(&blank, (History){0}, table->as_of);

    KeptRow *row = NEW(pass->arena, KeptRow, 1);
    row->status = NEW(pass->arena, int8_t, groups);
    row->deciding = NEW(pass->arena, int32_t, groups);
    row->turn = NEW(pass->arena, Day, groups);
    GroupAssessment *open = NEW(&scratch, GroupAssessment, groups);
    for (GroupSet left = table->groups & ~table->scored; set_take(&left, &group);) {
        GroupAssessment *answer = &open[count];
        group_answered(&blank, group, answer);
        row->status[group] = (int8_t)answer->status;
        row->turn[group] = answer->may_turn;
        row->deciding[group] = answer->has_next ? answer->next.position : answer->row;
        if (!answer->has_next) continue;
        row->open |= bit(group);
        if (asked_now(answer)) row->due |= bit(group);
        count++;
    }
    row->next = NEW(pass->arena, GroupAssessment, count);
    row->safe = NEW(pass->arena, _Atomic Day, count);
    for (int i = 0; i < count; i++) {
        next_keep(&row->next[i], &open[i], pass->arena);
        atomic_init(&row->safe[i], SAFE_UNKNOWN);
    }
    return row;
}

static _Atomic(KeptRow *) *place_of(const CityTable *table, const Subject *subject)
{
    int64_t age = (int64_t)table->as_of - subject->birth;
    if (subject->fact_count || subject->span_count || age < 0 || age >= KEPT_DAYS) return NULL;
    return &table->rows[age * SEXES + subject->sex];
}

// NULL: nothing may be kept of such a person. Where two threads work out the same row at once, one of
// them is shown and the other forgotten.
static const KeptRow *row_of(const CityPass *pass, const Person *person)
{
    _Atomic(KeptRow *) *place = place_of(pass->table, person->subject);
    if (!place) return NULL;
    KeptRow *row = atomic_load_explicit(place, memory_order_acquire);
    if (row) return row;
    KeptRow *made = worked_out(pass, person);
    bool first = atomic_compare_exchange_strong_explicit(place, &row, made, memory_order_acq_rel,
                                                         memory_order_acquire);
    return first ? made : row;
}

static void answer_kept(const KeptRow *row, int group, GroupAssessment *out)
{
    if (row->open & bit(group))
        *out = row->next[place_in(row->open, group)];
    else
        *out = (GroupAssessment){.group = group,
                                 .series = SERIES_NONE,
                                 .status = (Status)row->status[group],
                                 .row = row->deciding[group],
                                 .may_turn = row->turn[group]};
}

// ---- One person ---------------------------------------------------------------------------------

// One person on the day of one pass.
typedef struct Visit {
    Person person;
    const KeptRow *row;
    GroupSet own;  // groups that this person must be asked for alone
} Visit;

static GroupSet given_reach(const GroupSet *reach, const Person *person)
{
    GroupSet groups = 0;
    for (int i = 0; i < person->entry_count; i++)
        if (person->entries[i].override != OVERRIDE_DOES_NOT_COUNT)
            groups |= reach[person->entries[i].product];
    return groups;
}

// Doses of other groups never undo an end; a next dose they may move.
static void visit(Visit *v, const CityPass *pass, History history)
{
    const CityTable *table = pass->table;
    person_known(&v->person, history, table->as_of);
    v->row = row_of(pass, &v->person);
    v->own = table->groups;
    if (v->row)
        v->own &= table->scored | given_reach(table->bears, &v->person) | v->person.given_groups |
                  (v->row->open & given_reach(table->moves, &v->person));
}

static Person person_of(const CityPass *pass, const Subject *subject, Arena *arena)
{
    Person person = pass->room;
    person.arena = arena;
    person_meet(&person, subject);
    return person;
}

static Assessment answers_of(const Visit *v, GroupSet wanted, Arena *arena)
{
    int group, count = 0;
    GroupAssessment *groups = NEW(arena, GroupAssessment, __builtin_popcountll(wanted));
    for (GroupSet left = wanted; set_take(&left, &group); count++)
        if (v->own & bit(group)) {
            group_answered(&v->person, group, &groups[count]);
        } else {
            answer_kept(v->row, group, &groups[count]);
            if (v->person.next_entry < groups[count].may_turn)
                groups[count].may_turn = v->person.next_entry;
        }
    return (Assessment){.as_of = v->person.as_of, .group_count = count, .groups = groups};
}

Assessment city_assess(CityPass *pass, const Subject *subject, History history, Arena *arena)
{
    assert(pass && pass->table);
    Visit v = {.person = person_of(pass, subject, arena)};
    visit(&v, pass, history);
    Assessment assessment = answers_of(&v, pass->table->groups, arena);
    if (assessment.group_count == pass->table->schedule->groups.count)
        groups_merge(&v.person, &assessment);
    return assessment;
}

Assessment city_due(CityPass *pass, const Subject *subject, History history, Arena *arena)
{
    assert(pass && pass->table);
    Visit v = {.person = person_of(pass, subject, arena)};
    visit(&v, pass, history);
    return answers_of(&v, v.own | (v.row ? v.row->due : 0), arena);
}

// ---- Last safe days -----------------------------------------------------------------------------

static bool begun(const Schedule *schedule, History history, int group)
{
    for (int i = 0; i < history.count; i++)
        if (group_lists(schedule, group, history.at[i].product) ||
            history.at[i].accepted_for >> group & 1)
            return true;
    return false;
}

static Day safe_of_birth(const CityTable *table, const KeptRow *row, const Subject *subject,
                         int group, Arena scratch)
{
    int place = place_in(row->open, group);
    Day safe = atomic_load_explicit(&row->safe[place], memory_order_relaxed);
    if (safe != SAFE_UNKNOWN) return safe;
    safe =
        last_safe(table->schedule, subject, (History){0}, &row->next[place], table->as_of, scratch);
    atomic_store_explicit(&row->safe[place], safe, memory_order_relaxed);
    return safe;
}

Day city_last_safe(CityPass *pass, const Subject *subject, History history,
                   const GroupAssessment *answer, Arena scratch)
{
    const CityTable *table = pass->table;
    int group = answer->group;
    _Atomic(KeptRow *) *place = place_of(table, subject);
    const KeptRow *row = place ? atomic_load_explicit(place, memory_order_acquire) : NULL;
    if (row && row->open & bit(group) && !begun(table->schedule, history, group)) {
        Day safe = safe_of_birth(table, row, subject, group, scratch);
        Day newest = history.count ? history.at[history.count - 1].given_on : DAY_MIN;
        if (safe != DAY_NONE && newest + REACH_DAYS < safe) return safe;
    }
    return last_safe(table->schedule, subject, history, answer, table->as_of, scratch);
}

// ---- Two days -----------------------------------------------------------------------------------

// Groups that stand differently on the two days by birth date alone.
static GroupSet rows_differ(const KeptRow *a, const KeptRow *b, int groups)
{
    GroupSet differ = a->open ^ b->open;
    for (int g = 0; g < groups; g++) {
        bool moved =
            a->status[g] != b->status[g] || (a->open & bit(g) && a->deciding[g] != b->deciding[g]);
        differ |= (GroupSet)moved << g;
    }
    return differ;
}

// The verdicts of the first day hold on the second where no dose lies between and none of them asks
// for the day of assessment.
static bool judged_once(const Visit visits[2], int group)
{
    const GroupRule *rule = &visits[0].person.schedule->groups.at[group];
    return visits[0].person.entry_count == visits[1].person.entry_count &&
           !(rule->needs & NEEDS_AS_OF) && !rule->scored;
}

static void group_on_both(const Visit visits[2], int group, GroupAssessment *const out[2])
{
    Walk judged;
    bool once = judged_once(visits, group);
    if (once) walk_judge(&judged, &visits[0].person, group);
    for (int day = 0; day < 2; day++) {
        const Visit *v = &visits[day];
        if (!(v->own & bit(group))) {
            answer_kept(v->row, group, out[day]);
        } else if (once) {
            Walk walk = judged;
            walk.person = &v->person;
            group_forecast(&walk, out[day]);
        } else {
            group_answered(&v->person, group, out[day]);
        }
    }
}

void city_compare(CityPass *const passes[2], const Subject *subject, History history,
                  Assessment answers[2], Arena *arena)
{
    const CityTable *table = passes[0]->table;
    assert(passes[1]->table->schedule == table->schedule);
    assert(passes[1]->table->groups == table->groups);
    Visit visits[2] = {{.person = person_of(passes[0], subject, arena)}};
    visits[1].person = visits[0].person;
    for (int day = 0; day < 2; day++) visit(&visits[day], passes[day], history);
    GroupSet wanted = visits[0].own | visits[1].own;
    if (visits[0].row && visits[1].row)
        wanted |= rows_differ(visits[0].row, visits[1].row, (int)table->schedule->groups.count);

    int group, count = __builtin_popcountll(wanted);
    GroupAssessment *groups[2];
    for (int day = 0; day < 2; day++) {
        groups[day] = NEW(arena, GroupAssessment, count);
        answers[day] = (Assessment){
            .as_of = passes[day]->table->as_of, .group_count = count, .groups = groups[day]};
    }
    for (int i = 0; set_take(&wanted, &group); i++)
        group_on_both(visits, group, (GroupAssessment *const[]){&groups[0][i], &groups[1][i]});
}
