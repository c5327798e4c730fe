// SPDX-License-Identifier: Apache-2.0
#include "standing_roll.h"

#include "counter_rows.h"
#include "logging.h"
#include "progress.h"
#include "standing_engine.h"

#include <assert.h>

enum { PORTION_PERSONS = 2000 };
static const ptrdiff_t tables_bytes = (ptrdiff_t)1 << 30, portion_bytes = (ptrdiff_t)64 << 20;
enum { CITY_BYTES = 64 << 20, PERSON_BYTES = 64 << 20 };

// The hash is a name, not yet a text.
#define TEXT_OF(name)   TEXT_HERE(name)
#define TEXT_HERE(name) #name

Str standing_judged_by(const Schedule *schedule, Arena *arena)
{
    return str_format(arena, "%.*s %s", STR(schedule_version(schedule)), TEXT_OF(STANDING_ENGINE));
}

bool standing_speaks(const StandingState *state, const Schedule *schedule, Day as_of, Arena scratch)
{
    assert(as_of != DAY_NONE);
    return state->act_no != STANDING_MAKING && as_of >= state->day &&
           str_equal(state->judged_by, standing_judged_by(schedule, &scratch));
}

static Day later_day(Day a, Day b)
{
    return a > b ? a : b;
}

typedef struct Roll {
    const Ledger *ledger;
    Store *reader;
    StandingState state;
    bool anew;
    CityPass *pass;
    Arena portion, empty;  // what is to be kept next; and as it was before
    StandingRows rows;
    Progress progress;
    RollReport *report;
} Roll;

// ---- the short transactions

// The roll that began last is the only one that may write.
static bool still_ours(const Roll *roll, Error *err)
{
    StandingState now;
    Arena scratch = roll->portion;
    if (!standing_state_read(roll->ledger->act->store, &scratch, &now, err)) return false;
    return now.roll_no == roll->state.roll_no ||
           FAIL(err, E_BUSY, .words = S("対象者の状態の更新が、ほかで新しく始まりました。"));
}

static bool state_begin(Roll *roll, Day day, RollFrom from, Error *err)
{
    const Ledger *ledger = roll->ledger;
    Store *store = ledger->act->store;
    StandingState *state = &roll->state;
    if (!store_begin(store, err) || !standing_state_read(store, ledger->act->arena, state, err))
        return false;
    bool earlier = day < state->day;
    roll->anew =
        from == ROLL_ANEW || (earlier && from == ROLL_EXACTLY) ||
        !standing_speaks(state, ledger->schedule, later_day(day, state->day), *ledger->act->arena);
    if (!earlier || roll->anew) state->day = day;
    state->roll_no++;
    if (roll->anew) {
        state->judged_by = standing_judged_by(ledger->schedule, ledger->act->arena);
        state->act_no = STANDING_MAKING;
    }
    return (!roll->anew || standing_forget_all(store, err)) &&
           standing_state_write(store, state, err) && store_commit(store, err);
}

static bool portion_keep(Roll *roll, Error *err)
{
    Store *store = roll->ledger->act->store;
    if (!roll->rows.count) return true;
    if (!store_begin(store, err) || !still_ours(roll, err) ||
        !standing_rows_put(store, roll->ledger->schedule, &roll->rows, roll->anew, err) ||
        !store_commit(store, err))
        return false;
    roll->report->judged += roll->rows.count;
    roll->rows = (StandingRows){0};
    roll->portion = roll->empty;
    progress_show(&roll->progress, roll->report->judged);
    return true;
}

static bool state_end(Roll *roll, int32_t seen, Error *err)
{
    Store *store = roll->ledger->act->store;
    roll->state.act_no = seen;
    return store_begin(store, err) && still_ours(roll, err) && standing_counts_tidy(store, err) &&
           standing_day_keep(store, roll->state.day, err) &&
           (!roll->anew || standing_measure(store, err)) &&
           standing_state_write(store, &roll->state, err) && store_commit(store, err);
}

// ---- judging, from one picture

static void person_judge(Roll *roll, const CityPerson *person, const PersonKey *key, Arena scratch)
{
    Standing found = standing_of(roll->ledger, roll->pass, person, roll->state.day, &scratch);
    StandingRow *row = standing_rows_push(&roll->rows, &roll->portion);
    *row = (StandingRow){key->person_id, key->act_no, roll->state.day,
                         str_copy(&roll->portion, key->ward), month_born(person->birth), found};
    row->standing.statuses = str_copy(&roll->portion, found.statuses);
    row->standing.next = NEW(&roll->portion, NextStanding, found.next_count);
    for (int i = 0; i < found.next_count; i++) row->standing.next[i] = found.next[i];
}

static bool people_judge(Roll *roll, CityRows *people, PersonKeys *keys, Error *err)
{
    CityPerson person;
    PersonKey key;
    Arena scratch = arena_reserve(PERSON_BYTES);
    bool good = true;
    while (good && city_rows_next(people, &person)) {
        if (!person_keys_next(keys, &key)) break;  // reading failed, as its end will say
        assert(key.person_id == person.person_id);
        person_judge(roll, &person, &key, scratch);
        if (roll->rows.count == PORTION_PERSONS) good = portion_keep(roll, err);
    }
    arena_release(scratch);
    return good;
}

static bool streams_read(Roll *roll, Arena *city, Error *err)
{
    CityRows *people;
    PersonKeys *keys;
    Error later;
    const StandingState *state = &roll->state;
    bool begun =
        roll->anew
            ? city_rows_begin(roll->reader, CITY_NOW, KNOWN_NOW, 0, INT32_MAX, city, &people, err)
            : city_rows_begin_stale(roll->reader, state->act_no, state->day, city, &people, err);
    if (!begun) return false;
    bool good =
        person_keys_begin(roll->reader, roll->anew ? NULL : state, state->day, city, &keys, err);
    if (good) {
        good = people_judge(roll, people, keys, err);
        good = person_keys_end(keys, good ? err : &later) && good;
    }
    return city_rows_end(people, good ? err : &later) && good;
}

static bool picture_read(Roll *roll, int32_t *seen, Error *err)
{
    int64_t persons = 0;
    if (!store_begin_read(roll->reader, err) || !number_next(roll->reader, NUMBER_ACT, seen, err) ||
        (roll->anew && !city_count(roll->reader, &persons, err)))
        return false;
    --*seen;
    roll->progress = progress_begin(
        (ProgressOf){.act = roll->ledger->act, .words = "対象者の状態の更新", .total = persons});
    Arena city = arena_reserve(CITY_BYTES), whole = city;
    bool good = streams_read(roll, &city, err) && portion_keep(roll, err) &&
                store_commit(roll->reader, err);
    progress_end(&roll->progress, roll->report->judged);
    arena_release(whole);
    return good;
}

bool standing_roll(const Ledger *ledger, Day day, RollFrom from, RollReport *report, Error *err)
{
    assert(day != DAY_NONE);
    int32_t seen;
    Arena tables = arena_reserve(tables_bytes), made = tables;
    Arena portion = arena_reserve(portion_bytes);
    Roll roll = {.ledger = ledger, .portion = portion, .empty = portion, .report = report};
    *report = (RollReport){0};
    bool good = state_begin(&roll, day, from, err) &&
                office_store(ledger->act->office, &made, &roll.reader, err);
    if (good) {
        uint64_t all = groups_all(ledger->schedule);
        roll.pass = city_pass(city_table(ledger->schedule, roll.state.day, all, &made), &made);
        good = picture_read(&roll, &seen, err) && state_end(&roll, seen, err);
    }
    report->anew = roll.anew;
    store_close(roll.reader);
    if (!good) store_rollback(ledger->act->store);
    arena_release(tables);
    arena_release(portion);
    return good;
}

static bool few_stale(const Ledger *ledger, bool *few, Error *err)
{
    int64_t count;
    StandingState state;
    Act *act = ledger->act;
    if (!standing_state_read(act->store, act->arena, &state, err)) return false;
    Day day = later_day(act->business_day, state.day);
    if (!standing_speaks(&state, ledger->schedule, day, *act->arena))
        state.act_no = STANDING_MAKING;
    if (!standing_stale_count(act->store, &state, day, RENEWED_MOST, &count, err)) return false;
    *few = count <= RENEWED_MOST;
    return true;
}

void standing_renew(Act *act)
{
    Ledger ledger;
    RollReport report;
    Error why = {0};
    bool few;
    if (ledger_open(act, act->arena, &ledger, &why) && few_stale(&ledger, &few, &why) &&
        (!few || standing_roll(&ledger, act->business_day, ROLL_ON, &report, &why)))
        return;
    log_line(LOG_WARN, "standing: roll failed: %s", error_code_text(why.code));
}
