// SPDX-License-Identifier: Apache-2.0
#include "standing_verify.h"

#include <assert.h>

enum { CITY_BYTES = 64 << 20, PERSON_BYTES = 64 << 20 };

typedef struct Verify {
    const Ledger *ledger;
    Store *store;
    StandingState state;
    Day as_of;
    VerifyReport *report;
} Verify;

static void differs(VerifyReport *report, const CityPerson *person)
{
    if (report->differing < DIFFERING_NAMED) report->who[report->differing] = person->who;
    report->differing++;
}

static bool believed(const Verify *v, const StandingRow *kept, const PersonKey *key)
{
    return kept->act_no == key->act_no && key->act_no <= v->state.act_no &&
           kept->judged_on <= v->as_of && v->as_of < kept->standing.turns_on;
}

static bool same_person(const CityPerson *person, const PersonKey *key, const StandingRow *kept)
{
    return kept->born == month_born(person->birth) && str_equal(kept->ward, key->ward);
}

static void compare(const Verify *v, const CityPerson *person, const PersonKey *key, const StandingRow *kept,
                    Arena scratch)
{
    const Schedule *schedule = v->ledger->schedule;
    Standing fresh = standing_of(v->ledger, NULL, person, v->as_of, &scratch);
    v->report->compared++;
    if (!same_person(person, key, kept) || !str_equal(standing_words(schedule, &fresh, &scratch),
                                                      standing_words(schedule, &kept->standing, &scratch)))
        differs(v->report, person);
}

// Everybody has a row, unless an act has brought him or her since.
static void people_compare(const Verify *v, CityRows *people, PersonKeys *keys, StandingKept *rows)
{
    CityPerson person;
    PersonKey key;
    StandingRow kept = {0};
    Arena scratch = arena_reserve(PERSON_BYTES);
    bool more = standing_kept_next(rows, &kept);
    while (city_rows_next(people, &person)) {
        bool known = person_keys_next(keys, &key);
        assert(known && key.person_id == person.person_id);
        while (more && kept.person_id < person.person_id) more = standing_kept_next(rows, &kept);
        bool there = more && kept.person_id == person.person_id;
        if (there && believed(v, &kept, &key))
            compare(v, &person, &key, &kept, scratch);
        else if (key.act_no > v->state.act_no || (there && kept.standing.turns_on <= v->as_of))
            v->report->stale++;
        else
            differs(v->report, &person);
    }
    arena_release(scratch);
}

static bool rows_compare(const Verify *v, Arena *city, Error *err)
{
    CityRows *people;
    PersonKeys *keys;
    StandingKept *rows;
    Error later;
    if (!city_rows_begin(v->store, CITY_NOW, KNOWN_NOW, 0, INT32_MAX, city, &people, err))
        return false;
    bool good = person_keys_begin(v->store, NULL, v->as_of, city, &keys, err);
    if (good) {
        good = standing_kept_begin(v->store, v->ledger->schedule, city, &rows, err);
        if (good) {
            people_compare(v, people, keys, rows);
            good = standing_kept_end(rows, err);
        }
        good = person_keys_end(keys, good ? err : &later) && good;
    }
    return city_rows_end(people, good ? err : &later) && good;
}

bool standing_verify(const Ledger *ledger, Day as_of, VerifyReport *report, Error *err)
{
    assert(as_of != DAY_NONE);
    Arena city = arena_reserve(CITY_BYTES), whole = city;
    Verify v = {.ledger = ledger, .store = ledger->act->store, .as_of = as_of, .report = report};
    *report = (VerifyReport){0};
    bool good =
        store_begin_read(v.store, err) && standing_state_read(v.store, &city, &v.state, err);
    report->speaks = good && standing_speaks(&v.state, ledger->schedule, as_of, city);
    if (report->speaks)
        good = rows_compare(&v, &city, err) &&
               standing_counts_wrong(v.store, &report->counts_wrong, err);
    good = good && store_commit(v.store, err);
    arena_release(whole);
    return good;
}
