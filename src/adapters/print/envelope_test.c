// The table of forms.md 3, and the paper pushed into all four corners of its envelope.
// SPDX-License-Identifier: Apache-2.0
#include "envelope.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const Envelope a = {.window = {20, 12, 100, 48},
                           .inner_w = 233,
                           .inner_h = 118,
                           .seam = 1,
                           .panel_w = 210,
                           .panel_h = 99};
static const Envelope b = {.window = {20, 12, 90, 45},
                           .inner_w = 233,
                           .inner_h = 118,
                           .seam = 1,
                           .panel_w = 210,
                           .panel_h = 99};
static const Envelope c = {.window = {20, 12, 100, 48},
                           .inner_w = 233,
                           .inner_h = 118,
                           .seam = 1,
                           .panel_w = 210,
                           .panel_h = 105};

static void assert_box(Box box, double x, double y, double w, double h)
{
    assert_true(fabs(box.x - x) < 1e-9);
    assert_true(fabs(box.y - y) < 1e-9);
    assert_true(fabs(box.w - w) < 1e-9);
    assert_true(fabs(box.h - h) < 1e-9);
}

static void the_region_that_is_always_visible_is_the_tables(void **state)
{
    (void)state;
    assert_box(envelope_always_visible(&a), 19, 11, 77, 29);
    assert_box(envelope_always_visible(&b), 19, 11, 67, 26);
    assert_box(envelope_always_visible(&c), 19, 11, 77, 35);
    assert_box(envelope_address_block(&c), 21, 13, 73, 31);
}

// Not by the formula: the paper is laid at each corner of the pocket and the window looked through.
static void in_every_corner_the_block_shows_and_nothing_else(void **state)
{
    (void)state;
    const Box block = {21, 13, 73, 31}, clear = {0, 0, 120, 62};
    for (int corner = 0; corner < 4; corner++) {
        double paper_x = corner & 1 ? 1 + 233 - 210 : 1;
        double paper_y = corner & 2 ? 1 + 118 - 105 : 1;
        Box seen = {20 - paper_x, 12 - paper_y, 100, 48};
        assert_true(box_holds(seen, (Box){block.x - 2, block.y - 2, block.w + 4, block.h + 4}));
        assert_true(seen.x + seen.w <= clear.w);
        assert_true(seen.y + seen.h <= clear.h);
    }
    const WindowLayout layout = {block, clear};
    assert_int_equal(envelope_verdict(&c, &layout), WINDOW_FITS);
}

static void a_layout_that_could_hide_or_betray_is_refused(void **state)
{
    (void)state;
    const WindowLayout layout = {{21, 13, 73, 31}, {0, 0, 120, 62}};
    assert_int_equal(envelope_verdict(&a, &layout), WINDOW_HIDES_ADDRESS);
    assert_int_equal(envelope_verdict(&b, &layout), WINDOW_HIDES_ADDRESS);
    const WindowLayout moved = {{20.5, 13, 73, 31}, {0, 0, 120, 62}};
    assert_int_equal(envelope_verdict(&c, &moved), WINDOW_HIDES_ADDRESS);
    const WindowLayout crowded = {{21, 13, 73, 31}, {0, 0, 118, 62}};  // the window reaches x 119
    assert_int_equal(envelope_verdict(&c, &crowded), WINDOW_SHOWS_OTHERS);
    const WindowLayout high = {{21, 13, 73, 31}, {0, 0, 120, 58}};  // and y 59
    assert_int_equal(envelope_verdict(&c, &high), WINDOW_SHOWS_OTHERS);
}

static void the_barcode_of_whole_dots_fits_a_and_c_but_not_b(void **state)
{
    (void)state;
    assert_true(envelope_takes_barcode(&a, 70.4));
    assert_true(envelope_takes_barcode(&c, 70.4));
    assert_false(envelope_takes_barcode(&b, 70.4));
    assert_false(envelope_takes_barcode(&b, 63.8));  // not even at a = 8: 67.8 into 67
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_region_that_is_always_visible_is_the_tables),
        cmocka_unit_test(in_every_corner_the_block_shows_and_nothing_else),
        cmocka_unit_test(a_layout_that_could_hide_or_betray_is_refused),
        cmocka_unit_test(the_barcode_of_whole_dots_fits_a_and_c_but_not_b),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
