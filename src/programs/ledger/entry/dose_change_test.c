// A request to change a dose, as it may stand in the store: what names nobody binds something else, what names no dose is none.
// SPDX-License-Identifier: Apache-2.0
#include "dose_change.h"

#include "ledger_desk_test.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static Bytes bytes_of(const char *text)
{
    return (Bytes){(const unsigned char *)text, (ptrdiff_t)strlen(text)};
}

static void what_names_nobody_is_told_and_what_names_no_dose_is_refused(void **state)
{
    static const char *const of_nobody[] = {"{\"kind\":\"enter\",\"who\":\"419999999999999\"}",
                                            "{\"kind\":\"cancel\",\"who\":\"419999999999999\",\"dose_id\":7}"};
    static const char *const none[] = {"", "{}", "{\"kind\":\"enter\"}",
                                       "{\"kind\":\"correct\",\"who\":\"419999999999999\"}",
                                       "{\"kind\":\"cancel\",\"who\":\"419999999999999\",\"dose_id\":-1}"};
    Keys *keys;
    Desk *d = *state;
    Sha256 content;
    assert_true(keys_open(str_of(d->place.folder), S("ledger"), &d->arena, &keys, &d->err));
    const Office office = {.keys = keys};
    Act act = {.office = &office, .store = d->store, .arena = &d->arena};
    const ApprovalKind *kind = &dose_change_kinds[DOSE_CANCEL];
    for (int i = 0; i < (int)(sizeof of_nobody / sizeof *of_nobody); i++)
        assert_true(kind->content(&act, bytes_of(of_nobody[i]), &d->arena, &content, &d->err));
    for (int i = 0; i < (int)(sizeof none / sizeof *none); i++) {
        d->err = (Error){0};
        assert_false(kind->content(&act, bytes_of(none[i]), &d->arena, &content, &d->err));
        assert_int_equal(d->err.code, E_STORE);
    }
    DoseChange change;
    PersonRow person;
    DoseRecord old;
    bool found;
    Ledger ledger = {.act = &act};
    assert_true(dose_change_asked(&ledger, bytes_of(of_nobody[1]), &change, &person, &old, &found, &d->err));
    assert_false(found);
    keys_close(keys);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(what_names_nobody_is_told_and_what_names_no_dose_is_refused),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
