// A pass over the city comes to its end while others write without a pause.
// SPDX-License-Identifier: Apache-2.0
#include "city_slices.h"
#include "ledger_desk_test.h"

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { PASSES = 5, ACTS = 10 };  // at least

static Office office_of(const Desk *d)
{
    return (Office){.store_url = str_of(d->place.store_url)};
}

// Somebody whose acts follow one another.
typedef struct Writer {
    const Desk *desk;
    atomic_bool over, ended;
    atomic_int acts;
    bool good;
} Writer;

static bool act_follows(const Act *act, Error *err)
{
    LedgerAct written;
    return store_begin(act->store, err) && ledger_act_begin(act, ACT_SYNC, S(""), &written, err) &&
           store_commit(act->store, err);
}

static void *writes_on(void *context)
{
    Writer *w = context;
    Error err;
    Arena whole = arena_reserve(64 << 20), arena = whole;
    const Office office = office_of(w->desk);
    Act act = {.actor = actor_of_certificate(S("jiro"), &arena), .now = clock_now(), .business_day = day_of(2026, 11, 11)};
    w->good = store_open(office.store_url, &arena, &act.store, &err);
    for (; w->good && !atomic_load(&w->over); atomic_fetch_add(&w->acts, 1)) w->good = act_follows(&act, &err);
    atomic_store(&w->ended, true);
    store_close(act.store);
    arena_release(whole);
    return NULL;
}

static void *work_begins(const void *asked, SliceMemory *memory, Store *store, Error *err)
{
    (void)asked, (void)store, (void)err;
    return NEW(&memory->texts, int, 1);
}

static void nobody_is_judged(void *work, const CityPerson *person, Arena scratch)
{
    (void)work, (void)person, (void)scratch;
}

static void work_ends(void *work)
{
    ++*(int *)work;
}

static void a_pass_ends_while_somebody_writes_without_a_pause(void **state)
{
    Desk *d = *state;
    assert_true(store_commit(d->store, &d->err));
    const Office office = office_of(d);
    Act act = {.office = &office, .store = d->store, .arena = &d->arena};
    const Ledger ledger = {.act = &act};
    const CitySlices slices = {"試験", CITY_NOW, NULL, work_begins, nobody_is_judged, work_ends, NULL};
    Writer writer = {.desk = d};
    pthread_t thread;
    assert_int_equal(pthread_create(&thread, NULL, writes_on, &writer), 0);
    for (int i = 0; i < PASSES || (atomic_load(&writer.acts) < ACTS && !atomic_load(&writer.ended)); i++) {
        SliceWorks works = {0};
        assert_true(city_slices_run(&ledger, &slices, &works, &d->err));
        for (int n = 0; n < works.count; n++) assert_int_equal(*(int *)works.at[n], 1);
        slice_works_forget(&works);
    }
    atomic_store(&writer.over, true);
    (void)pthread_join(thread, NULL);
    assert_true(writer.good);
    assert_true(store_begin(d->store, &d->err));  // as it was
}

int main(void)
{
    const struct CMUnitTest stories[] = {
        cmocka_unit_test_setup_teardown(a_pass_ends_while_somebody_writes_without_a_pause, desk_open, desk_close),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
