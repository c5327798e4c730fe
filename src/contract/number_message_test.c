// The one message with Individual Numbers: what is written is read, nothing else is, and nothing of it stays behind.
// SPDX-License-Identifier: Apache-2.0
#include "message_test.h"
#include "number_message.h"
#include "wire.h"

#define EPOCH S("0123456789abcdef0123456789abcdef")

static Arena arena;

static NumberChange hanako(void)
{
    return (NumberChange){.change_no = 7,
                          .who = {"000000000000123"},
                          .number = {"000000123455"},
                          .change_told = true,
                          .facts = {S("タカハシ　ハナコ"), {2026, 2, 0}, SEX_FEMALE, S("北九州市小倉北区馬借二丁目6番1号")},
                          .status = STATUS_RESIDENT,
                          .hidden = true};
}

static NumberAnswer answer_of(const NumberChange *change)
{
    NumberAnswer answer = {.epoch = EPOCH, .next_cursor = change->change_no, .more = true};
    *number_changes_push(&answer.changes, &arena) = *change;
    return answer;
}

static Str written(const NumberChange *change)
{
    NumberAnswer answer = answer_of(change);
    return number_answer_encode(&answer, &arena);
}

static bool reads(Str message, NumberAnswer *answer)
{
    Error err = {0};
    bool good = number_answer_decode(message, &arena, answer, &err);
    assert_true(good || err.code == E_MESSAGE);
    return good;
}

static void a_change_comes_back_as_it_was_sent(void **state)
{
    (void)state;
    NumberAnswer read;
    NumberChange change = hanako();
    Str message = written(&change);
    assert_true(reads(message, &read));
    assert_true(read.more);
    assert_int_equal(read.next_cursor, 7);
    assert_true(str_equal(read.epoch, EPOCH));
    const NumberChange *back = read.changes.at;
    assert_int_equal(back->change_no, 7);
    assert_true(addressee_same(&back->who, &change.who));
    assert_true(individual_no_same(&back->number, &change.number));
    assert_true(str_equal(back->facts.kana, change.facts.kana));
    assert_true(partial_date_equal(back->facts.birth, change.facts.birth));
    assert_int_equal(back->facts.sex, SEX_FEMALE);
    assert_true(str_equal(back->facts.address, change.facts.address));
    assert_int_equal(back->status, STATUS_RESIDENT);
    assert_true(back->change_told && back->hidden && !back->withdrawn);
    assert_true(str_equal(number_answer_encode(&read, &arena), message));
}

// A newborn has no number yet; of somebody no birth date may be known.
static void who_has_no_number_is_told_without_one(void **state)
{
    (void)state;
    NumberAnswer read;
    NumberChange newborn = hanako();
    newborn.number = (IndividualNo){{0}};
    newborn.facts = (FourFacts){0};
    newborn.hidden = newborn.change_told = false;
    newborn.withdrawn = true;
    assert_true(reads(written(&newborn), &read));
    assert_false(individual_no_present(&read.changes.at->number));
    assert_true(read.changes.at->withdrawn && !read.changes.at->hidden);
    assert_int_equal(read.changes.at->facts.birth.year, 0);
}

// Somebody whose row cannot be opened is no newborn without a number: it is said, and nothing is said beside it.
static void what_could_not_be_opened_is_told_as_such(void **state)
{
    (void)state;
    NumberAnswer read;
    const NumberChange unread = {.change_no = 7, .who = {"000000000000123"}, .status = STATUS_RESIDENT, .hidden = true, .unread = true};
    assert_true(reads(written(&unread), &read));
    assert_true(read.changes.at->unread && read.changes.at->hidden);
    NumberChange wrong[4];
    for (ptrdiff_t i = 0; i < countof(wrong); i++) wrong[i] = unread;
    wrong[0].number = hanako().number;
    wrong[1].facts.address = S("北九州市");
    wrong[2].facts.birth = (PartialDate){2026, 0, 0};
    wrong[3].change_told = true;
    for (ptrdiff_t i = 0; i < countof(wrong); i++)
        if (reads(written(&wrong[i]), &read)) fail_msg("case %td", i);
}

static Str again(Str message, Arena *room)
{
    NumberAnswer read;
    Error err = {0};
    return number_answer_decode(message, room, &read, &err) ? number_answer_encode(&read, room) : (Str){0};
}

static void it_has_one_spelling(void **state)
{
    (void)state;
    NumberChange change = hanako();
    Str message = written(&change);
    assert_one_spelling(message, again, arena);
    for (ptrdiff_t len = 0; len < message.len; len++) {
        NumberAnswer read;
        assert_false(reads(str_first(message, len), &read));
    }
}

static void what_unified_could_not_keep_is_refused(void **state)
{
    (void)state;
    NumberAnswer read;
    NumberChange wrong[6];
    for (ptrdiff_t i = 0; i < countof(wrong); i++) wrong[i] = hanako();
    wrong[0].number = (IndividualNo){"000000123456"};  // its check digit is 5
    wrong[1].number = (IndividualNo){"00000012345"};
    wrong[2].who = (AddresseeNo){"123"};
    wrong[3].status = 4 + STATUS_REMOVED;
    wrong[4].facts.sex = SEX_UNKNOWN + 1;
    wrong[5].facts.birth = (PartialDate){2026, 2, 30};
    for (ptrdiff_t i = 0; i < countof(wrong); i++)
        if (reads(written(&wrong[i]), &read)) fail_msg("case %td", i);
}

static void a_refusal_carries_the_epoch_and_nothing_else(void **state)
{
    (void)state;
    NumberAnswer refusal = {.refusal = DIFFERENCE_FULL_COPY, .epoch = EPOCH}, read;
    assert_true(reads(number_answer_encode(&refusal, &arena), &read));
    assert_int_equal(read.refusal, DIFFERENCE_FULL_COPY);
    NumberChange change = hanako();
    NumberAnswer both = answer_of(&change);
    both.refusal = DIFFERENCE_FULL_COPY;
    assert_false(reads(number_answer_encode(&both, &arena), &read));
}

static void an_answer_is_cut_by_its_bytes_and_goes_on(void **state)
{
    (void)state;
    enum { CHANGES = 400 };
    NumberChange big = hanako();
    static char long_text[WIRE_TEXT_MOST];
    memset(long_text, 'x', sizeof long_text);
    big.facts.address = (Str){long_text, sizeof long_text};
    NumberAnswer all = {.epoch = EPOCH, .next_cursor = CHANGES}, read;
    for (big.change_no = 1; big.change_no <= CHANGES; big.change_no++)
        *number_changes_push(&all.changes, &arena) = big;
    Str message = number_answer_encode(&all, &arena);
    assert_true(message.len < DIFFERENCE_BYTES_MOST + (1 << 20));
    assert_true(reads(message, &read));
    assert_true(read.more);
    assert_in_range(read.changes.count, 1, CHANGES - 1);
    assert_int_equal(read.next_cursor, read.changes.count);
    // Whoever wipes what was told does not see what was cut.
    for (ptrdiff_t i = all.changes.count; i < CHANGES; i++) assert_false(individual_no_present(&all.changes.at[i].number));
}

static void nothing_of_a_number_stays_where_it_was_read(void **state)
{
    (void)state;
    NumberAnswer read;
    NumberChange change = hanako();
    Str message = written(&change);
    assert_true(reads(message, &read));
    assert_true(str_find(message, S("000000123455")) >= 0);
    numbers_wipe(&read.changes);
    message_wipe(message);
    assert_true(str_find(message, S("000000123455")) < 0);
    assert_false(individual_no_present(&read.changes.at->number));
}

int main(void)
{
    arena = arena_reserve(512 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_comes_back_as_it_was_sent),
        cmocka_unit_test(who_has_no_number_is_told_without_one),
        cmocka_unit_test(what_could_not_be_opened_is_told_as_such),
        cmocka_unit_test(it_has_one_spelling),
        cmocka_unit_test(what_unified_could_not_keep_is_refused),
        cmocka_unit_test(a_refusal_carries_the_epoch_and_nothing_else),
        cmocka_unit_test(an_answer_is_cut_by_its_bytes_and_goes_on),
        cmocka_unit_test(nothing_of_a_number_stays_where_it_was_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
