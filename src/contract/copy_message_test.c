// The copies as messages: what is written is read and nothing else; what is kept of a record says nothing of a birth.
// SPDX-License-Identifier: Apache-2.0
#include "copy_layout.h"
#include "copy_message.h"
#include "message_test.h"

static Arena arena;

static CopyRecord dose_of_hanako(void)
{
    CopyRecord record = {
        .key = {"D-0000012"}, .version = 3, .born = {.year = 2026, .month = 4, .day = 1}};
    *copy_items_push(&record.items, &arena) = (CopyItem){DOSE_VACCINE, COPY_NULL_NONE, S("9007")};
    *copy_items_push(&record.items, &arena) =
        (CopyItem){DOSE_GIVEN_ON, COPY_NULL_NONE, S("20260600")};
    *copy_items_push(&record.items, &arena) = (CopyItem){DOSE_LOT, COPY_NULL_UNKNOWN, S("")};
    return record;
}

static void a_record_is_read_as_it_was_written(void **state)
{
    (void)state;
    CopyRecord record = dose_of_hanako(), read;
    Error err;
    Str text = copy_record_encode(&record, &arena);
    assert_true(copy_record_decode(text, &arena, &read, &err));
    assert_true(copy_key_same(&read.key, &record.key));
    assert_int_equal(read.version, 3);
    assert_int_equal(read.born.month, 4);
    assert_true(str_equal(copy_value(&read.items, DOSE_VACCINE), S("9007")));
    assert_false(str_present(copy_value(&read.items, DOSE_LOT)));
    for (ptrdiff_t len = 0; len < text.len; len++)
        assert_false(copy_record_decode(str_first(text, len), &arena, &read, &err));
}

static void a_deleted_record_brings_nothing(void **state)
{
    (void)state;
    CopyRecord record = dose_of_hanako(), gone = {.key = record.key, .version = 4, .deleted = true},
               read;
    Error err;
    record.deleted = true;
    assert_true(copy_record_decode(copy_record_encode(&gone, &arena), &arena, &read, &err));
    assert_false(copy_record_decode(copy_record_encode(&record, &arena), &arena, &read, &err));
    gone.version = 0;
    assert_false(copy_record_decode(copy_record_encode(&gone, &arena), &arena, &read, &err));
}

static void items_ascend_and_none_comes_twice(void **state)
{
    (void)state;
    CopyRecord record = dose_of_hanako();
    CopyItemRows read;
    Error err;
    assert_true(
        copy_items_decode(copy_items_encode(&record.items, &arena), &arena, &read, &err));
    record.items.at[1].no = DOSE_VACCINE;
    assert_false(
        copy_items_decode(copy_items_encode(&record.items, &arena), &arena, &read, &err));
    assert_int_equal(copy_item_bit(DOSE_VACCINE), 1);
    assert_int_equal(copy_item_bit(DOSE_SOURCE), DOSE_ITEMS_ALL ^ (DOSE_ITEMS_ALL >> 1));
}

static void a_key_has_one_form(void **state)
{
    (void)state;
    CopyKey key;
    assert_true(copy_key_read(S("D-0000012"), &key));
    const Str no_keys[] = {S(""), S("d-1"), S("D 1"), S("D/1"), S("Ｄ1"),
                           S("D0000000000000000000000000000000000000000")};
    for (size_t i = 0; i < sizeof no_keys / sizeof *no_keys; i++)
        assert_false(copy_key_read(no_keys[i], &key));
}

static bool head_reads(CopyHead head)
{
    CopyHead read;
    Error err;
    return copy_head_decode(copy_head_encode(&head, &arena), &read, &err);
}

static void a_head_knows_its_place(void **state)
{
    (void)state;
    CopyHead diff = {.dataset = {"TM9000000000YB01"},
                     .layout = DOSE_LAYOUT,
                     .sequence = 5,
                     .previous = 4,
                     .delivery = 5,
                     .last = true,
                     .count = 2},
             full = diff;
    full.mode = COPY_FULL;
    full.delivery = 3;
    full.total = 9;
    assert_true(head_reads(diff));
    assert_true(head_reads(full));
    diff.previous = 5;  // follows itself
    assert_false(head_reads(diff));
    diff.previous = 4;
    diff.last = false;  // what changed is one message
    assert_false(head_reads(diff));
    full.last = false;  // and counts it all before the last
    assert_false(head_reads(full));
    full.total = 0;
    assert_true(head_reads(full));
    full.delivery = 6;
    assert_false(head_reads(full));
}

// ---- one spelling of each

static Str head_again(Str message, Arena *scratch)
{
    CopyHead read;
    Error err;
    return copy_head_decode(message, &read, &err) ? copy_head_encode(&read, scratch) : (Str){0};
}

static Str record_again(Str message, Arena *scratch)
{
    CopyRecord read;
    Error err;
    return copy_record_decode(message, scratch, &read, &err) ? copy_record_encode(&read, scratch)
                                                             : (Str){0};
}

static Str compared_again(Str message, Arena *scratch)
{
    CopyCompared read;
    Error err;
    return copy_compared_decode(message, &read, &err) ? copy_compared_encode(&read, scratch)
                                                      : (Str){0};
}

static Str answer_again(Str message, Arena *scratch)
{
    CopyAnswer read;
    Error err;
    return copy_answer_decode(message, scratch, &read, &err) ? copy_answer_encode(&read, scratch)
                                                             : (Str){0};
}

static void every_message_has_one_spelling(void **state)
{
    (void)state;
    CopyHead head = {.dataset = {"TM9000000000YB01"},
                     .mode = COPY_FULL,
                     .layout = 1,
                     .sequence = 5,
                     .previous = 4,
                     .delivery = 4,
                     .last = true,
                     .count = 2,
                     .total = 9};
    CopyRecord record = dose_of_hanako();
    CopyCompared compared = {.key = {"D-0000012"}, .version = 3, .hash = {9}};
    CopyAnswer answer = {.dataset = {"TM9000000000YB01"}, .layout = 1}, none = answer, read;
    Error err;
    *copy_answers_push(&answer.records, &arena) = record.items;
    assert_one_spelling(copy_head_encode(&head, &arena), head_again, arena);
    assert_one_spelling(copy_record_encode(&record, &arena), record_again, arena);
    assert_one_spelling(copy_compared_encode(&compared, &arena), compared_again, arena);
    assert_one_spelling(copy_answer_encode(&answer, &arena), answer_again, arena);
    assert_false(copy_answer_decode(copy_answer_encode(&none, &arena), &arena, &read, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_read_as_it_was_written),
        cmocka_unit_test(a_deleted_record_brings_nothing),
        cmocka_unit_test(items_ascend_and_none_comes_twice),
        cmocka_unit_test(a_key_has_one_form),
        cmocka_unit_test(a_head_knows_its_place),
        cmocka_unit_test(every_message_has_one_spelling),
    };
    arena = arena_reserve(16 << 20);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
