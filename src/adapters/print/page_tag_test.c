// The worked examples Q1 to Q3 of forms.md 5.2.
// SPDX-License-Identifier: Apache-2.0
#include "page_tag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void the_smallest_and_the_largest_page_id_are_written_as_worked_out(void **state)
{
    (void)state;
    unsigned char id[PAGE_TAG_ID_BYTES] = {[15] = 1};
    assert_string_equal(page_tag_of(id).text, "S100000000000000000000000001AR");
    memset(id, 0xFF, sizeof id);
    assert_string_equal(page_tag_of(id).text, "S17ZZZZZZZZZZZZZZZZZZZZZZZZZPP");
}

static void a_tag_is_read_and_a_wrong_one_refused(void **state)
{
    (void)state;
    PageTag tag;
    assert_true(page_tag_read(S("S13YFAB2KQ7W9E5RT1M8XC4VB6N02I"), &tag));
    assert_string_equal(tag.text, "S13YFAB2KQ7W9E5RT1M8XC4VB6N02I");
    assert_false(page_tag_read(S("S13YFAB2KQ7W9E5RT1M8XC4VB6N02J"), &tag));  // check
    assert_false(page_tag_read(S("S13YFAB2KQ7W9E5RT1M8XC4BV6N02I"), &tag));  // exchanged
    assert_false(page_tag_read(S("S23YFAB2KQ7W9E5RT1M8XC4VB6N02I"), &tag));
    assert_false(page_tag_read(S("S13YFAB2KQ7W9E5RT1M8XC4VB6N02"), &tag));
    assert_false(page_tag_read(S("S17ZZZZZZZZZZZZZZZZZZZZZZZZZppp"), &tag));
}

// Every single wrong character of Q1 is seen: that is what MOD 1271-36 is there for.
static void no_single_error_passes(void **state)
{
    (void)state;
    static const char right[] = "S13YFAB2KQ7W9E5RT1M8XC4VB6N02I";
    for (int place = 2; place < PAGE_TAG_LENGTH; place++) {
        for (const char *c = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"; *c; c++) {
            char wrong[] = "S13YFAB2KQ7W9E5RT1M8XC4VB6N02I";
            PageTag tag;
            wrong[place] = *c;
            if (right[place] != *c) assert_false(page_tag_read(str_of(wrong), &tag));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_smallest_and_the_largest_page_id_are_written_as_worked_out),
        cmocka_unit_test(a_tag_is_read_and_a_wrong_one_refused),
        cmocka_unit_test(no_single_error_passes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
