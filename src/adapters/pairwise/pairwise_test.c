// The vectors of linkage.md 2.3, and what the construction promises.
// Proves C-3.6-38 (no two organisations share a code), F-4-01.
// SPDX-License-Identifier: Apache-2.0
#include "pairwise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Secret link_key, master_key;
static const PairwiseKeys keys = {.link = &link_key, .master = &master_key, .form = PAIRWISE_SIV},
                          listed = {
                              .link = &link_key, .master = &master_key, .form = PAIRWISE_LISTED};

static const PairwiseOwner owners[] = {
    {{"0220140100500000"}, 1}, {{"0220140130700000"}, 1}, {{"0220113112101700"}, 1},
    {{"0220127100400000"}, 1}, {{"0220101100200000"}, 1},
};
enum { OWNERS = sizeof owners / sizeof *owners };

static int keys_of_the_page(void **state)
{
    (void)state;
    link_key.len = master_key.len = PAIRWISE_KEY_BYTES;
    for (int i = 0; i < PAIRWISE_KEY_BYTES; i++) {
        link_key.at[i] = (unsigned char)i;
        master_key.at[i] = (unsigned char)(PAIRWISE_KEY_BYTES + i);
    }
    return 0;
}

static void same_hex(const char *expected, const unsigned char *at, size_t len)
{
    char text[2 * PAIRWISE_BYTES + 1] = "";
    for (size_t i = 0; i < len; i++) (void)snprintf(text + 2 * i, 3, "%02x", at[i]);
    assert_string_equal(text, expected);
}

static void as_the_page_says(void **state)
{
    static const char *const codes[] = {
        "f71220be52b5787a085690840fd44e7eb8131ed8b4e9c7ce9a480416b212a10b",
        "d412413a30e5200a7b681147702c6ddc75b1f09ad27d281a0aefc25636329b9e",
        "4bd0ea7ba4965291b984d7397b782178d0dccf1c9952d700bf17012337830fa1",
    };
    const ResidentRecordCode person = {"00000123455"};
    (void)state;
    PersonLink link = person_link(&keys, &person);
    same_hex("e78543136aeb8d8954780b06d5f32aa7", link.at, sizeof link.at);
    for (int i = 0; i < 3; i++) {
        PairwiseCode code = pairwise_made(&keys, &owners[i], &link);
        same_hex(codes[i], code.at, sizeof code.at);
    }
    PairwiseCode code = pairwise_made(&listed, &owners[0], &link);
    same_hex("1cef914f2b58f80d23c9d3843e01fec44fddf438f5444f26842451e3d3da3409", code.at,
             sizeof code.at);
}

static void a_changed_code_names_nobody(void **state)
{
    const PairwiseKeys *forms[] = {&keys, &listed};
    const ResidentRecordCode person = {"00000123455"};
    (void)state;
    for (int f = 0; f < 2; f++) {
        PersonLink link = person_link(forms[f], &person), found = {{0}}, none = {{0}};
        PairwiseCode code = pairwise_made(forms[f], &owners[0], &link);
        Error err = {0};
        for (int bit = 0; bit < 8 * PAIRWISE_BYTES; bit++) {
            PairwiseCode changed = code;
            changed.at[bit / 8] ^= (unsigned char)(1 << bit % 8);
            assert_false(pairwise_opened(forms[f], &owners[0], &changed, &found, &err));
            assert_int_equal(err.code, E_KEY);
            assert_true(link_same(&found, &none));
        }
        PairwiseOwner later = owners[0];
        later.epoch = 2;
        assert_false(pairwise_opened(forms[f], &owners[1], &code, &found, &err));
        assert_false(pairwise_opened(forms[f], &later, &code, &found, &err));
        assert_false(pairwise_opened(forms[1 - f], &owners[0], &code, &found, &err));
        PairwiseCode there = {{0}};  // nor is it anybody in another organisation
        assert_false(pairwise_translated(forms[f], &later, &code, &owners[1], &there, &err));
        assert_false(pairwise_present(&there));
        assert_true(pairwise_opened(forms[f], &owners[0], &code, &found, &err));
        assert_true(link_same(&found, &link));
    }
}

static int order(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(PairwiseCode));
}

// 1,000 people in five organisations: 5,000 codes, none twice; there and back again is the same.
static void no_code_is_anybody_elses(void **state)
{
    enum { PEOPLE = 1000 };
    static PairwiseCode codes[PEOPLE * OWNERS], sorted[PEOPLE * OWNERS];
    Error err = {0};
    (void)state;
    for (int p = 0; p < PEOPLE; p++) {
        ResidentRecordCode person;
        (void)snprintf(person.digits, sizeof person.digits, "%011d", 7 * p);
        PersonLink link = person_link(&keys, &person);
        for (int o = 0; o < OWNERS; o++)
            codes[p * OWNERS + o] = pairwise_made(&keys, &owners[o], &link);
    }
    memcpy(sorted, codes, sizeof codes);
    qsort(sorted, PEOPLE * OWNERS, sizeof *sorted, order);
    for (int i = 1; i < PEOPLE * OWNERS; i++)
        assert_false(pairwise_same(&sorted[i - 1], &sorted[i]));
    for (int p = 0; p < PEOPLE; p++)
        for (int o = 1; o < OWNERS; o++) {
            PairwiseCode there, back;
            const PairwiseCode *here = &codes[p * OWNERS];
            assert_true(pairwise_translated(&keys, &owners[0], here, &owners[o], &there, &err));
            assert_true(pairwise_same(&there, &codes[p * OWNERS + o]));
            assert_true(pairwise_translated(&keys, &owners[o], &there, &owners[0], &back, &err));
            assert_true(pairwise_same(&back, here));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_the_page_says),
        cmocka_unit_test(a_changed_code_names_nobody),
        cmocka_unit_test(no_code_is_anybody_elses),
    };
    return cmocka_run_group_tests(tests, keys_of_the_page, NULL);
}
