// The form checks of copies: each check by a table of records that fail it alone, all objections at once, the turns of a
// delivery, and how much may go without two people.
// Proves C-3.6-35 as far as the form goes: what does not agree with the layout is never kept, so never answered.
// SPDX-License-Identifier: Apache-2.0
#include "copy_checks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static Arena arena;

// ---- a record that has nothing wrong

static CopyCodes codes_of_test(void)
{
    static CopyCode rows[] = {
        {{"vaccine", 7}, {"9007", 4}, {0}, {0}, 0},   {{"vaccine", 7}, {"9008", 4}, {0}, {0}, 0},
        {{"dose", 4}, {"001", 3}, {0}, {0}, 1},       {{"dose", 4}, {"002", 3}, {0}, {0}, 2},
        {{"dose", 4}, {"099", 3}, {0}, {0}, 0},       {{"date_unknown", 12}, {"1", 1}, {0}, {0}, 0},
        {{"legal_class", 11}, {"1", 1}, {0}, {0}, 0}, {{"status", 6}, {"1", 1}, {0}, {0}, 0},
        {{"status", 6}, {"2", 1}, {0}, {0}, 0},       {{"source", 6}, {"1", 1}, {0}, {0}, 0},
    };
    return (CopyCodes){.at = rows, .count = sizeof rows / sizeof *rows};
}

static CopyRecord good(void)
{
    static const struct {
        int no;
        const char *value;
    } items[] = {{DOSE_VACCINE, "9007"},     {DOSE_LABEL, "001"},        {DOSE_BRANCH, "0"},
                 {DOSE_GIVEN_ON, "20260601"}, {DOSE_LEGAL_CLASS, "1"},    {DOSE_STATUS, "1"},
                 {DOSE_LOT, "ＡＢ12"},         {DOSE_VOLUME, "50"},        {DOSE_RECORDED_BY, "401005"},
                 {DOSE_RECORDED_ON, "20260605"}, {DOSE_SOURCE, "1"}};
    CopyRecord record = {.key = {"D-1"}, .version = 1, .born = {.year = 2026, .month = 4, .day = 1}};
    for (size_t i = 0; i < sizeof items / sizeof *items; i++)
        *copy_items_push(&record.items, &arena) =
            (CopyItem){items[i].no, COPY_NULL_NONE, str_of(items[i].value)};
    return record;
}

static void put(CopyRecord *record, int no, CopyNull null, const char *value)
{
    VEC_EACH (CopyItem, item, record->items)
        if (item->no == no) {
            *item = (CopyItem){no, null, str_of(value)};
            return;
        }
    *copy_items_push(&record->items, &arena) = (CopyItem){no, null, str_of(value)};
}

static CopyCodes codes;
static DatasetCode doses = {"TM9000000000YB01"};

static CopySight sight(void)
{
    codes = codes_of_test();
    return (CopySight){.layout = copy_layout(&doses),
                       .version = DOSE_LAYOUT,
                       .codes = &codes,
                       .today = day_of(2026, 11, 30),
                       .person_known = true};
}

static CopyObjectionRows checked(CopyRecord record)
{
    CopySight s = sight();
    return copy_record_checked(&record, &s, &arena);
}

static void assert_only(CopyObjectionRows found, CopyCheck check, int item)
{
    assert_int_equal(found.count, 1);
    assert_int_equal(found.at[0].check, check);
    assert_int_equal(found.at[0].item, item);
}

static void what_has_nothing_wrong_is_taken(void **state)
{
    (void)state;
    assert_int_equal(checked(good()).count, 0);
}

static void whatever_must_be_there_is_missed(void **state)
{
    (void)state;
    const CopyLayout *layout = copy_layout(&doses);
    for (int i = 0; i < layout->count; i++) {
        CopyRecord record = good();
        if (!layout->items[i].mandatory) continue;
        put(&record, layout->items[i].no, COPY_NULL_UNKNOWN, "");
        assert_only(checked(record), COPY_B1_MANDATORY, layout->items[i].no);
    }
}

static void one_wrong_item_is_found_with_its_check(void **state)
{
    (void)state;
    static const struct {
        int item;
        const char *value;
        CopyCheck check;
    } cases[] = {
        {DOSE_VACCINE, "907", COPY_B2_FORM},        {DOSE_VACCINE, "90071", COPY_B2_FORM},
        {DOSE_VACCINE, "90 7", COPY_B2_FORM},       {DOSE_VACCINE, "９", COPY_B2_FORM},
        {DOSE_VACCINE, "9999", COPY_B3_CODE},       {DOSE_LABEL, "003", COPY_B3_CODE},
        {DOSE_BRANCH, "123", COPY_B2_FORM},         {DOSE_BRANCH, "1a", COPY_B2_FORM},
        {DOSE_GIVEN_ON, "2026-6-1", COPY_B2_FORM},  {DOSE_GIVEN_ON, "20260631", COPY_B4_DATE},
        {DOSE_GIVEN_ON, "20261201", COPY_B4_DATE},  {DOSE_GIVEN_ON, "20260331", COPY_B4_DATE},
        {DOSE_GIVEN_ON, "00000000", COPY_B4_DATE},  {DOSE_GIVEN_ON, "20260600", COPY_B4_DATE},
        {DOSE_GIVEN_ON, "20260015", COPY_B4_DATE},  {DOSE_RECORDED_ON, "20260600", COPY_B4_DATE},
        {DOSE_RECORDED_ON, "20261201", COPY_B4_DATE}, {DOSE_LOT, "A\tB", COPY_B2_FORM},
        {DOSE_LOT, "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵ", COPY_B2_FORM},
        {DOSE_VOLUME, "0.5", COPY_B2_FORM},         {DOSE_VOLUME, "12345", COPY_B2_FORM},
        {DOSE_INSTITUTION, "401019876", COPY_B2_FORM}, {DOSE_SOURCE, "7", COPY_B3_CODE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CopyRecord record = good();
        put(&record, cases[i].item, COPY_NULL_NONE, cases[i].value);
        assert_only(checked(record), cases[i].check, cases[i].item);
    }
}

static void what_is_just_inside_is_taken(void **state)
{
    (void)state;
    static const struct {
        int item;
        const char *value;
    } cases[] = {{DOSE_GIVEN_ON, "20261130"},
                 {DOSE_GIVEN_ON, "20260401"},
                 {DOSE_BRANCH, "12"},
                 {DOSE_LOT, "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴ"},
                 {DOSE_INSTITUTION, "4010198762"},
                 {DOSE_RECORDED_ON, "20261130"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        CopyRecord record = good();
        put(&record, cases[i].item, COPY_NULL_NONE, cases[i].value);
        assert_int_equal(checked(record).count, 0);
    }
}

static void a_vague_day_says_why_and_may_not_be_before_the_birth(void **state)
{
    (void)state;
    CopyRecord record = good();
    put(&record, DOSE_GIVEN_ON, COPY_NULL_NONE, "20260600");
    put(&record, DOSE_DATE_UNKNOWN, COPY_NULL_NONE, "1");
    assert_int_equal(checked(record).count, 0);
    put(&record, DOSE_GIVEN_ON, COPY_NULL_NONE, "20260000");  // the year of the birth: it may be
    assert_int_equal(checked(record).count, 0);
    put(&record, DOSE_GIVEN_ON, COPY_NULL_NONE, "20250000");
    assert_only(checked(record), COPY_B4_DATE, DOSE_GIVEN_ON);
    record.born = (PartialDate){0};  // nobody knows the birth: nothing can be said against it
    assert_int_equal(checked(record).count, 0);
}

static void no_value_says_why_and_a_value_does_not(void **state)
{
    (void)state;
    CopyRecord record = good();
    put(&record, DOSE_LOT, COPY_NULL_NONE, "");
    assert_only(checked(record), COPY_B9_NO_REASON, DOSE_LOT);
    put(&record, DOSE_LOT, COPY_NULL_UNKNOWN, "");
    assert_int_equal(checked(record).count, 0);
    put(&record, DOSE_LOT, COPY_NULL_UNKNOWN, "AB12");
    assert_only(checked(record), COPY_B2_FORM, DOSE_LOT);
    record = good();
    put(&record, DOSE_ITEMS + 1, COPY_NULL_NONE, "note");  // what the layout does not have is never kept
    assert_only(checked(record), COPY_B2_FORM, DOSE_ITEMS + 1);
}

static void all_objections_are_found_and_not_the_first(void **state)
{
    (void)state;
    CopyRecord record = good();
    CopySight s = sight();
    put(&record, DOSE_VACCINE, COPY_NULL_NONE, "9999");
    put(&record, DOSE_GIVEN_ON, COPY_NULL_NONE, "20261201");
    put(&record, DOSE_LOT, COPY_NULL_NONE, "");
    put(&record, DOSE_SOURCE, COPY_NULL_UNKNOWN, "");
    s.person_known = false;
    s.key_twice = true;
    CopyObjectionRows found = copy_record_checked(&record, &s, &arena);
    int seen = 0;
    VEC_EACH (CopyObjection, no, found) seen |= 1 << no->check;
    assert_int_equal(seen, 1 << COPY_B1_MANDATORY | 1 << COPY_B3_CODE | 1 << COPY_B4_DATE |
                               1 << COPY_B6_PERSON | 1 << COPY_B7_KEY | 1 << COPY_B9_NO_REASON);
    assert_true(copy_refused(&found));
}

// ---- beside others

static CopyObjectionRows beside(const char *order, const char *day, const char *status,
                                const char *series)
{
    static CopyNeighbours others;
    CopyRecord record = good();
    CopySight s = sight();
    CopyNeighbour first = {.key = {"D-2"},
                           .series = S("9007"),
                           .order = S("001"),
                           .status = S("1"),
                           .happened_on = copy_date(S("20260701"))};
    others = (CopyNeighbours){0};
    *copy_neighbours_push(&others, &arena) = first;
    put(&record, DOSE_LABEL, COPY_NULL_NONE, order);
    put(&record, DOSE_GIVEN_ON, COPY_NULL_NONE, day);
    put(&record, DOSE_DATE_UNKNOWN, COPY_NULL_NONE, "1");
    put(&record, DOSE_STATUS, COPY_NULL_NONE, status);
    put(&record, DOSE_VACCINE, COPY_NULL_NONE, series);
    s.others = &others;
    return copy_record_checked(&record, &s, &arena);
}

static void a_second_dose_is_not_before_the_first(void **state)
{
    (void)state;
    assert_only(beside("002", "20260630", "1", "9007"), COPY_B5_ORDER, DOSE_LABEL);
    assert_int_equal(beside("002", "20260701", "1", "9007").count, 0);  // on its day: a person looks at that
    assert_int_equal(beside("002", "20260700", "1", "9007").count, 0);  // in July, who knows when
    assert_int_equal(beside("002", "20260630", "1", "9008").count, 0);  // of another vaccine
    assert_int_equal(beside("002", "20260630", "2", "9007").count, 0);  // was not given
    assert_int_equal(beside("001", "20260630", "1", "9007").count, 0);
    assert_int_equal(beside("099", "20260630", "1", "9007").count, 0);  // nobody knows which
}

static void a_record_that_goes_is_looked_at_for_its_key_and_person_alone(void **state)
{
    (void)state;
    CopyRecord gone = {.key = {"D-1"}, .version = 2, .deleted = true};
    CopySight s = sight();
    s.key_there = true;
    assert_int_equal(copy_record_checked(&gone, &s, &arena).count, 0);
    s.key_there = false;
    CopyObjectionRows found = copy_record_checked(&gone, &s, &arena);
    assert_only(found, COPY_B8_NOTHING_THERE, 0);
    assert_false(copy_refused(&found));  // it is only said
    s.key_there = s.key_of_other = true;
    assert_only(copy_record_checked(&gone, &s, &arena), COPY_B7_KEY, 0);
}

// ---- deliveries

static CopyHead head_of(CopyMode mode, int64_t sequence, int64_t previous, int64_t delivery, bool last,
                        int64_t count, int64_t total)
{
    CopyHead head = {.dataset = doses,
                     .mode = mode,
                     .layout = DOSE_LAYOUT,
                     .sequence = sequence,
                     .previous = previous,
                     .delivery = delivery,
                     .last = last,
                     .count = count,
                     .total = total};
    memset(head.digest, (int)sequence, sizeof head.digest);
    return head;
}

static DeliveryNo first_no(const CopySet *now, CopyHead head, int64_t rows, CopySet *next)
{
    DeliveryStep step = delivery_step(now, &head, head.digest, rows);
    if (next) *next = step.next;
    for (int i = 0; i < DELIVERY_NO_COUNT; i++)
        if (step.objections[i]) return (DeliveryNo)i;
    fail();
    return DELIVERY_NO_COUNT;
}

static void differences_follow_one_another(void **state)
{
    (void)state;
    CopySet set = {0};
    assert_int_equal(first_no(&set, head_of(COPY_DIFF, 2, 1, 2, true, 0, 0), 0, NULL),
                     DELIVERY_A2_SEQUENCE);  // the first is missing
    assert_int_equal(first_no(&set, head_of(COPY_DIFF, 1, 0, 1, true, 3, 0), 3, &set), DELIVERY_YES);
    assert_int_equal(first_no(&set, head_of(COPY_DIFF, 1, 0, 1, true, 3, 0), 3, NULL), DELIVERY_AGAIN);
    CopyHead other = head_of(COPY_DIFF, 1, 0, 1, true, 3, 0);
    other.digest[0] = 9;  // another message under its number
    assert_int_equal(first_no(&set, other, 3, NULL), DELIVERY_A2_SEQUENCE);
    assert_int_equal(first_no(&set, head_of(COPY_DIFF, 3, 2, 3, true, 0, 0), 0, NULL),
                     DELIVERY_A2_SEQUENCE);
    assert_int_equal(first_no(&set, head_of(COPY_DIFF, 2, 1, 2, true, 0, 0), 0, &set), DELIVERY_YES);
    assert_int_equal(set.sequence, 2);
}

static void a_full_one_comes_in_parts_and_sweeps_at_its_end(void **state)
{
    (void)state;
    CopySet set = {.sequence = 7};
    assert_int_equal(first_no(&set, head_of(COPY_FULL, 9, 8, 9, false, 2, 0), 2, &set), DELIVERY_YES);
    assert_int_equal(first_no(&set, head_of(COPY_FULL, 11, 10, 9, true, 1, 3), 1, NULL),
                     DELIVERY_A2_SEQUENCE);  // one part is missing
    assert_int_equal(first_no(&set, head_of(COPY_FULL, 10, 9, 9, true, 1, 4), 1, NULL),
                     DELIVERY_A3_COUNT);
    CopyHead end = head_of(COPY_FULL, 10, 9, 9, true, 1, 3);
    DeliveryStep step = delivery_step(&set, &end, end.digest, 1);
    assert_true(step.objections[DELIVERY_YES]);
    assert_true(step.sweeps);
    assert_int_equal(step.next.delivery, 0);
    assert_int_equal(first_no(&step.next, end, 1, NULL), DELIVERY_AGAIN);
    // A difference between two parts ends the full one: the rest of it comes too late.
    CopySet begun = set;
    assert_int_equal(first_no(&begun, head_of(COPY_DIFF, 10, 9, 10, true, 0, 0), 0, &begun), DELIVERY_YES);
    assert_int_equal(first_no(&begun, head_of(COPY_FULL, 11, 10, 9, true, 1, 3), 1, NULL),
                     DELIVERY_A2_SEQUENCE);
}

static void a_message_is_refused_for_each_reason_and_for_all(void **state)
{
    (void)state;
    CopySet set = {.sequence = 1};
    CopyHead head = head_of(COPY_DIFF, 2, 1, 2, true, 1, 0);
    unsigned char other[32] = {0};
    DeliveryStep step = delivery_step(&set, &head, other, 1);
    assert_true(step.objections[DELIVERY_A1_DIGEST]);
    assert_false(step.objections[DELIVERY_YES]);
    head.layout = 9;
    head.previous = 0;
    step = delivery_step(&set, &head, other, 2);
    assert_true(step.objections[DELIVERY_A1_DIGEST] && step.objections[DELIVERY_A2_SEQUENCE] &&
                step.objections[DELIVERY_A3_COUNT] && step.objections[DELIVERY_A5_LAYOUT]);
    assert_int_equal(step.next.sequence, 1);
    head = head_of(COPY_DIFF, 2, 1, 2, true, 1, 0);
    head.dataset = (DatasetCode){"TM9000000000YB99"};
    assert_int_equal(first_no(&set, head, 1, NULL), DELIVERY_A5_LAYOUT);
}

static void what_takes_more_than_a_twentieth_away_waits_for_two_people(void **state)
{
    (void)state;
    assert_false(sweep_held(100, 5));
    assert_true(sweep_held(100, 6));
    assert_false(sweep_held(0, 0));
    assert_true(sweep_held(1, 1));
    assert_false(sweep_held(20, 1));
    assert_true(sweep_held(19, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_has_nothing_wrong_is_taken),
        cmocka_unit_test(whatever_must_be_there_is_missed),
        cmocka_unit_test(one_wrong_item_is_found_with_its_check),
        cmocka_unit_test(what_is_just_inside_is_taken),
        cmocka_unit_test(a_vague_day_says_why_and_may_not_be_before_the_birth),
        cmocka_unit_test(no_value_says_why_and_a_value_does_not),
        cmocka_unit_test(all_objections_are_found_and_not_the_first),
        cmocka_unit_test(a_second_dose_is_not_before_the_first),
        cmocka_unit_test(a_record_that_goes_is_looked_at_for_its_key_and_person_alone),
        cmocka_unit_test(differences_follow_one_another),
        cmocka_unit_test(a_full_one_comes_in_parts_and_sweeps_at_its_end),
        cmocka_unit_test(a_message_is_refused_for_each_reason_and_for_all),
        cmocka_unit_test(what_takes_more_than_a_twentieth_away_waits_for_two_people),
    };
    arena = arena_reserve(16 << 20);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
