// What the tests of messages share: an inquiry to write about, and that a message has one spelling.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "permit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define NOW (20000 * INSTANT_DAY)

static inline Permit permit_of_hanako(void)
{
    Permit permit = {.inquiry = {"20261130000000000001"},
                     .question = {.item = 25,
                                  .affair = {"JM90000000000025"},
                                  .procedure = {"JT90000000002501"},
                                  .dataset = {"TM9000000000YB01"},
                                  .items = 0x7FFF,
                                  .inquirer = {"0220140130700000"},
                                  .provider = {"0220140100500000"}},
                     .undisclosed = true,
                     .list_version = 3,
                     .issued_at = NOW,
                     .expires_at = NOW + PERMIT_LIFE_ONLINE};
    memset(permit.id.at, 1, sizeof permit.id.at);
    memset(permit.key.at, 2, sizeof permit.key.at);
    return permit;
}

// Reads a message and writes it again; {0} where it is not read.
typedef Str Again(Str message, Arena *arena);

// Each bit turned in its turn: whatever is still read is written again as the same bytes.
static inline void assert_one_spelling(Str message, Again *again, Arena scratch)
{
    char *changed = str_z(&scratch, message);
    Str turned = {changed, message.len};
    for (ptrdiff_t bit = 0; bit < 8 * message.len; bit++) {
        Arena arena = scratch;
        changed[bit / 8] ^= (char)(1 << bit % 8);
        Str written = again(turned, &arena);
        assert_true(!str_present(written) || str_equal(written, turned));
        changed[bit / 8] ^= (char)(1 << bit % 8);
    }
    assert_true(str_equal(again(turned, &scratch), message));
}
