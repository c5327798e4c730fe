// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "due_judge.h"

#include <assert.h>
#include "masked.h"

enum {
    STALE_MOST = 20000,        // more of them are judged sooner in a pass on all cores
    STALE_MOST_SCREEN = 1000,  // more would keep a screen waiting: some 0.1 ms each on a server, for each who looks
    CITY_BYTES = 64 << 20,
    PERSON_BYTES = 64 << 20,
    SERIES_BY_ONE = 3  // so many are read one after the other, more in one go
};
static const ptrdiff_t tables_bytes = (ptrdiff_t)1 << 30, list_bytes = (ptrdiff_t)1 << 30,
                       texts_bytes = (ptrdiff_t)1 << 30;

// ---- those who are judged beside it

bool stale_each(DueKept *kept,
                void (*judge)(void *context, const CityPerson *person, Arena scratch),
                void *context, Error *err)
{
    assert(judge);
    assert(kept->state.act_no != STANDING_MAKING);
    if (!kept->stale_count) return true;
    CityRows *people;
    CityPerson person;
    Arena city = arena_reserve(CITY_BYTES), whole = city, scratch = arena_reserve(PERSON_BYTES);
    bool begun = city_rows_begin_stale(kept->store, kept->state.act_no, kept->wanted->as_of, &city,
                                       &people, err);
    while (begun && city_rows_next(people, &person)) judge(context, &person, scratch);
    bool good = begun && city_rows_end(people, err);
    arena_release(whole);
    arena_release(scratch);
    return good;
}

static void stale_judge(void *context, const CityPerson *person, Arena scratch)
{
    due_judge(context, person, scratch);
}

static bool few_stale(DueKept *kept, bool *few, Error *err)
{
    const DueWanted *wanted = kept->wanted;
    int64_t most = wanted->as_kept ? STALE_MOST_SCREEN : STALE_MOST;
    if (!standing_stale_count(kept->store, &kept->state, wanted->as_of, most, &kept->stale_count, err)) return false;
    *few = kept->stale_count <= most;
    if (*few || !wanted->as_kept) return true;
    *few = kept->behind = true;
    kept->stale_count = 0;
    return true;
}

static bool picture_open(DueKept *kept, bool *speaks, Error *err)
{
    const Ledger *ledger = kept->ledger;
    const DueWanted *wanted = kept->wanted;
    SliceMemory *memory = &kept->memory;
    kept->store = ledger->act->store;
    if ((!store_is_idle(kept->store) &&
         !office_store(ledger->act->office, &memory->tables, &kept->store, err)) ||
        !store_begin_read(kept->store, err) ||
        !standing_state_read(kept->store, &memory->tables, &kept->state, err))
        return false;
    *speaks = standing_speaks(&kept->state, ledger->schedule, wanted->as_of, memory->tables);
    if (!*speaks) return true;
    if (!few_stale(kept, speaks, err) || !*speaks) return !*speaks;
    kept->stale = (DuePart){.ledger = ledger, .wanted = wanted, .memory = memory};
    CityTable *table = city_table(ledger->schedule, wanted->as_of, wanted->groups, &memory->tables);
    kept->stale.pass = city_pass(table, &memory->tables);
    return holds_read(kept->store, &memory->tables, &kept->holds, err) &&
           stale_each(kept, stale_judge, &kept->stale, err);
}

bool due_kept_open(const Ledger *ledger, const DueWanted *wanted, DueKept *kept, bool *speaks,
                   Error *err)
{
    assert(wanted->as_of != DAY_NONE);
    assert(wanted->groups);
    *kept = (DueKept){.ledger = ledger, .wanted = wanted};
    *speaks = false;
    kept->memory = (SliceMemory){arena_reserve(tables_bytes), arena_reserve(list_bytes),
                                 arena_reserve(texts_bytes)};
    kept->reserved = kept->memory;
    if (ledger->known.act) return true;
    if (picture_open(kept, speaks, err)) return true;
    due_kept_close(kept);
    due_lines_forget(kept);
    return false;
}

void due_kept_close(DueKept *kept)
{
    if (kept->store == kept->ledger->act->store)
        store_rollback(kept->store);
    else
        store_close(kept->store);
    kept->store = NULL;
    if (kept->reserved.tables.at) arena_release(kept->reserved.tables);
    kept->reserved.tables = (Arena){0};
}

void due_lines_forget(DueKept *kept)
{
    if (!kept->reserved.list.at) return;
    arena_release(kept->reserved.list);
    arena_release(kept->reserved.texts);
    kept->reserved = (SliceMemory){0};
}

// ---- the whole list

// The lines of one person come one after the other where all series are read: the name is kept once.
void due_kept_add(DueKept *kept, const AskedRow *row, DueRows *rows)
{
    assert(row->person_id > 0);
    assert(row->next.group >= 0);
    const DueRow *before = rows->count ? &rows->at[rows->count - 1] : NULL;
    const CityPerson person = {.person_id = row->person_id,
                               .who = row->who,
                               .birth = row->birth,
                               .is_protected = row->is_protected,
                               .held = hold_of(&kept->holds, row->person_id)};
    Str name = before && before->person_id == row->person_id
                   ? before->name
                   : str_copy(&kept->memory.texts, masked(row->is_protected, row->name));
    *due_push(rows, &kept->memory.list) = due_row(&person, name, &row->next);
}

AskedWanted due_asked(const DueKept *kept, Str series)
{
    assert(kept->wanted->as_of != DAY_NONE);
    const DueWanted *wanted = kept->wanted;
    bool all = wanted->within < 0 || wanted->within > DAY_MAX;  // no day lies further on
    return (AskedWanted){.state = &kept->state,
                         .stale_too = kept->behind,
                         .as_of = wanted->as_of,
                         .series = series,
                         .last_safe_least = wanted->within < 0 ? DAY_NONE : DAY_MIN,
                         .last_safe_most = all ? INT32_MAX : (Day)(wanted->as_of + wanted->within)};
}

static bool kept_read(DueKept *kept, Str series, DueRows *rows, Error *err)
{
    AskedRows *asked;
    AskedRow row;
    const AskedWanted wanted = due_asked(kept, series);
    if (!asked_rows_begin(kept->store, kept->ledger->schedule, &wanted, &kept->memory.tables,
                          &asked, err))
        return false;
    while (asked_rows_next(asked, &row))
        if (row.next.group != GROUP_NONE && kept->wanted->groups >> row.next.group & 1)
            due_kept_add(kept, &row, rows);
    return asked_rows_end(asked, err);
}

static bool all_read(DueKept *kept, DueRows *rows, Error *err)
{
    const Schedule *schedule = kept->ledger->schedule;
    uint64_t groups = kept->wanted->groups;
    if (__builtin_popcountll(groups) > SERIES_BY_ONE) return kept_read(kept, (Str){0}, rows, err);
    for (int g = 0; g < group_count(schedule); g++)
        if (groups >> g & 1 && !kept_read(kept, group_id(schedule, g), rows, err)) return false;
    return true;
}

bool due_kept(const Ledger *ledger, const DueWanted *wanted, DueRows *rows, bool *kept, Error *err)
{
    DueKept read;
    if (!due_kept_open(ledger, wanted, &read, kept, err)) return false;
    *rows = read.stale.rows;
    bool good = !*kept || all_read(&read, rows, err);
    if (*kept && rows->count) qsort(rows->at, (size_t)rows->count, sizeof *rows->at, due_order);
    due_kept_close(&read);
    return good;
}
