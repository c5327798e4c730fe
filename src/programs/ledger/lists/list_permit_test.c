// A permit for a list of many people: taken once, by whom it was given to, and turned by nobody.
// SPDX-License-Identifier: Apache-2.0
#include "list_permit_rows.h"

#include "ledger_desk_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static Keys *keys_here(Desk *d)
{
    Keys *keys;
    assert_true(keys_open(str_of(d->place.folder), S("ledger"), &d->arena, &keys, &d->err));
    return keys;
}

static ListPermit permit_of(const char *asker, Day day)
{
    return (ListPermit){.asker = str_of(asker), .asked = S("MR2|401064|60|"), .content = {{7}}, .day = day};
}

static bool stands(Desk *d, const Keys *keys, const ListPermit *permit)
{
    int64_t permit_no;
    assert_true(list_permit_find(d->store, keys, permit, d->arena, &permit_no, &d->err));
    return permit_no > 0;
}

static void a_permit_is_taken_once_for_that_very_list(void **state)
{
    Desk *d = *state;
    Keys *keys = keys_here(d);
    const ListPermit permit = permit_of("花子", 20000);
    ListPermit other = permit;
    other.content.at[0] = 8;
    assert_true(list_permit_insert(d->store, keys, &permit, d->arena, &d->err));
    assert_true(stands(d, keys, &permit));
    assert_false(stands(d, keys, &other));
    assert_false(list_permit_take(d->store, keys, &other, 1, 3, d->arena, &d->err));
    assert_int_equal(d->err.code, E_CONFLICT);
    assert_true(list_permit_take(d->store, keys, &permit, 1, 3, d->arena, &d->err));
    assert_false(stands(d, keys, &permit));
    assert_false(list_permit_take(d->store, keys, &permit, 1, 3, d->arena, &d->err));
    keys_close(keys);
}

static void sql_gives_nobody_anothers_permit_and_lengthens_none(void **state)
{
    Desk *d = *state;
    Keys *keys = keys_here(d);
    const ListPermit permit = permit_of("花子", 20000), others = permit_of("太郎", 20000), later = permit_of("花子", 20001);
    assert_true(list_permit_insert(d->store, keys, &permit, d->arena, &d->err));
    assert_true(store_execute(d->store, "UPDATE list_permit SET asker = '太郎'", &d->err));
    assert_false(stands(d, keys, &others));
    assert_true(store_execute(d->store, "UPDATE list_permit SET asker = '花子', day = 20001", &d->err));
    assert_false(stands(d, keys, &later));
    assert_true(store_execute(d->store, "UPDATE list_permit SET day = 20000", &d->err));
    assert_true(stands(d, keys, &permit));
    assert_true(list_permit_take(d->store, keys, &permit, 1, 3, d->arena, &d->err));
    assert_true(store_execute(d->store,
                              "INSERT INTO list_permit (permit_no, asker, asked, content, day)"
                              " SELECT permit_no + 1, asker, asked, content, day FROM list_permit",
                              &d->err));
    assert_false(stands(d, keys, &permit));
    keys_close(keys);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(a_permit_is_taken_once_for_that_very_list),
        STORY(sql_gives_nobody_anothers_permit_and_lengthens_none),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
