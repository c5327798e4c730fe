// A request for somebody beyond the candidates, as it may stand in the store: what names no row and nobody binds something else.
// SPDX-License-Identifier: Apache-2.0
#include "review_other.h"

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

static void what_is_no_request_binds_something_and_is_told(void **state)
{
    static const char *const stored[] = {"", "no object", "{}", "{\"row\":7,\"who\":\"nobody\"}",
                                         "{\"row\":7,\"who\":\"419999999999999\"}"};
    Keys *keys;
    Desk *d = *state;
    Sha256 first, content;
    assert_true(keys_open(str_of(d->place.folder), S("ledger"), &d->arena, &keys, &d->err));
    const Office office = {.keys = keys};
    Act act = {.office = &office, .store = d->store, .arena = &d->arena};
    assert_true(review_other_kind.content(&act, bytes_of("{\"row\":1}"), &d->arena, &first, &d->err));
    for (int i = 0; i < (int)(sizeof stored / sizeof *stored); i++) {
        Str subject;
        assert_true(review_other_kind.content(&act, bytes_of(stored[i]), &d->arena, &content, &d->err));
        assert_memory_not_equal(&content, &first, sizeof content);
        assert_true(review_other_kind.shown(&act, bytes_of(stored[i]), &d->arena, &subject, &d->err));
        assert_true(str_starts(subject, S("行 ")));
    }
    keys_close(keys);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, desk_open, desk_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(what_is_no_request_binds_something_and_is_told),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
