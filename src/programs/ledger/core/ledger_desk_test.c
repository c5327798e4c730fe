// SPDX-License-Identifier: Apache-2.0
#include "ledger_desk_test.h"

#include "ledger_migrations.h"
#include "office_migrations.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

// The office's tables come before the ledger's.
static bool schema_made(Desk *d)
{
    enum { FILES_MOST = 200 };
    EmbeddedFile files[FILES_MOST];
    int count = 0;
    assert_true(office_migrations_count + ledger_migrations_count <= FILES_MOST);
    for (int i = 0; i < office_migrations_count; i++) files[count++] = office_migrations[i];
    for (int i = 0; i < ledger_migrations_count; i++) files[count++] = ledger_migrations[i];
    return store_migrate(d->store, files, count, &d->err);
}

static bool desk_act(Desk *d)
{
    const Act act = {.actor = actor_of_certificate(S("hanako"), &d->arena),
                     .store = d->store,
                     .now = clock_now(),
                     .business_day = day_of(2026, 11, 10)};
    return ledger_act_begin(&act, ACT_SYNC, S(""), &d->act, &d->err);
}

int desk_bare(void **state)
{
    static Desk desk;
    desk = (Desk){0};
    test_place_make(&desk.place);
    desk.whole = desk.arena = arena_reserve(64 << 20);
    *state = &desk;
    return store_open(str_of(desk.place.store_url), &desk.arena, &desk.store, &desk.err) ? 0 : -1;
}

int desk_open(void **state)
{
    if (desk_bare(state)) return -1;
    Desk *d = *state;
    return schema_made(d) && store_begin(d->store, &d->err) && desk_act(d) ? 0 : -1;
}

int desk_close(void **state)
{
    Desk *d = *state;
    store_close(d->store);
    arena_release(d->whole);
    test_place_remove(&d->place);
    return 0;
}
