// SPDX-License-Identifier: Apache-2.0
#include "due_again.h"

#include <assert.h>

#include "due_judge.h"

enum { JUDGE_BYTES = 64 << 20 };

struct DueAgain {
    DueWanted wanted;
    DuePart part;
    SliceMemory memory, reserved;  // reserved: as it is at the beginning of each person
};

DueAgain *due_again(const Ledger *ledger, const DueWanted *wanted, Arena *arena)
{
    DueAgain *again = NEW(arena, DueAgain, 1);
    CityTable *table = city_table(ledger->schedule, wanted->as_of, wanted->groups, arena);
    again->wanted = *wanted;
    again->reserved = again->memory =
        (SliceMemory){arena_reserve(JUDGE_BYTES), arena_reserve(JUDGE_BYTES), arena_reserve(JUDGE_BYTES)};
    again->part = (DuePart){.ledger = ledger,
                            .wanted = &again->wanted,
                            .memory = &again->memory,
                            .pass = city_pass(table, &again->memory.tables)};
    return again;
}

void due_again_close(DueAgain *again)
{
    if (!again) return;
    arena_release(again->reserved.tables);
    arena_release(again->reserved.list);
    arena_release(again->reserved.texts);
}

bool due_of_person(DueAgain *again, Store *store, int32_t person_id, DueRows *rows, Error *err)
{
    assert(person_id > 0);
    CityRows *city;
    CityPerson person;
    const Ledger *ledger = again->part.ledger;
    again->memory.list = again->reserved.list;
    again->memory.texts = again->reserved.texts;
    again->part.rows = (DueRows){0};
    Arena whole = arena_reserve(JUDGE_BYTES), arena = whole, scratch = arena_reserve(JUDGE_BYTES);
    bool read = city_rows_begin(store, CITY_NOW, ledger->known, person_id, person_id, &arena, &city, err);
    while (read && city_rows_next(city, &person)) due_judge(&again->part, &person, scratch);
    read = read && city_rows_end(city, err);
    arena_release(whole);
    arena_release(scratch);
    *rows = again->part.rows;
    return read;
}
