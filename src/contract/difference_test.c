// SPDX-License-Identifier: Apache-2.0
#include "difference.h"
#include "newest_change.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define EPOCH S("0123456789abcdef0123456789abcdef")

static Arena arena;

// Hanako, born on 1 February 2026, moved within the city on 10 April 2026.
static PersonChange hanako(void)
{
    PersonChange change = {
        .change_no = 7,
        .addressee_no = S("000000000000123"),
        .version_no = 3,
        .event_reason = 31,
        .occurred_on = day_of(2026, 4, 10),
        .reported_on = day_of(2026, 4, 13),
        .recorded_at = 1776000000000000,
        .state = person_state_empty(),
    };
    change.state.kind = RESIDENT_JAPANESE;
    change.state.status = STATUS_RESIDENT;
    change.state.sex = SEX_FEMALE;
    change.state.birth = (PartialDate){2026, 2, 0};
    change.state.resident_from = day_of(2026, 2, 1);
    change.state.household_no = S("000000000000077");
    change.state.name = S("髙橋　花子");
    change.state.municipality_code = S("401064");
    change.state.address = S("北九州市小倉北区馬借二丁目6番1号");
    *residence_spans_push(&change.residence, &arena) =
        (ResidenceSpan){day_of(2026, 2, 1), DAY_NONE, RESIDENCE_OPEN};
    *version_nos_push(&change.withdraws, &arena) = 1;
    *version_nos_push(&change.withdraws, &arena) = 2;
    return change;
}

static DifferenceAnswer answer_of(const PersonChange *change)
{
    DifferenceAnswer answer = {.epoch = EPOCH,
                               .next_cursor = change->change_no,
                               .more = true,
                               .picture = S("JUKI_401005_DIF_20260413050000_002.csv")};
    *person_changes_push(&answer.changes, &arena) = *change;
    return answer;
}

static bool decodes(Str message)
{
    DifferenceAnswer answer;
    Error err = {0};
    return difference_answer_decode(message, &arena, &answer, &err);
}

static void an_ask_is_written_byte_for_byte_as_the_standard_says(void **state)
{
    (void)state;
    // RFC 8949 by hand: map of 4; 1:2; 2:""; 3:500 (19 01 F4); 4:100 (18 64).
    static const char expected[] = "\xA4\x01\x04\x02\x60\x03\x19\x01\xF4\x04\x18\x64";
    Str bytes = difference_ask_encode(&(DifferenceAsk){.cursor = 500, .most = 100}, &arena);
    assert_int_equal(bytes.len, (int)sizeof expected - 1);
    assert_memory_equal(bytes.at, expected, sizeof expected - 1);
}

// A ledger of before non-residents were told hears why, and not that a message could not be read.
static void an_older_program_is_refused_in_words(void **state)
{
    (void)state;
    DifferenceAsk ask;
    Error err = {0};
    assert_false(difference_ask_decode(S("\xA4\x01\x01\x02\x60\x03\x19\x01\xF4\x04\x18\x64"), &ask, &err));
    assert_int_equal(err.code, E_MESSAGE);
    assert_true(str_find((Str){err.words.own, err.words.len}, S("版が違います")) >= 0);
}

static void an_ask_in_another_form_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *why;
        Str bytes;
    } refused[] = {
        {"500 in four bytes instead of two",
         S("\xA4\x01\x04\x02\x60\x03\x1A\0\0\x01\xF4\x04\x18\x64")},
        {"keys out of order", S("\xA4\x02\x60\x01\x04\x03\x19\x01\xF4\x04\x18\x64")},
        {"another protocol version", S("\xA4\x01\x01\x02\x60\x03\x19\x01\xF4\x04\x18\x64")},
        {"a negative cursor", S("\xA4\x01\x04\x02\x60\x03\x20\x04\x18\x64")},
        {"nothing asked for", S("\xA4\x01\x04\x02\x60\x03\x00\x04\x00")},
        {"4001 changes asked for", S("\xA4\x01\x04\x02\x60\x03\x00\x04\x19\x0F\xA1")},
        {"cut short", S("\xA4\x01\x04\x02\x60\x03\x19\x01\xF4\x04\x18")},
        {"a byte too many", S("\xA4\x01\x04\x02\x60\x03\x19\x01\xF4\x04\x18\x64\x00")},
        {"an epoch of three digits", S("\xA4\x01\x04\x02\x63"
                                       "abc\x03\x00\x04\x01")},
        {"a map of unsaid length", S("\xBF\x01\x02\x02\x60\x03\x00\x04\x01\xFF")},
        {"empty", S("")},
    };
    for (ptrdiff_t i = 0; i < countof(refused); i++) {
        DifferenceAsk ask;
        Error err = {0};
        if (difference_ask_decode(refused[i].bytes, &ask, &err)) fail_msg("%s", refused[i].why);
        assert_int_equal(err.code, E_MESSAGE);
    }
}

static void a_change_comes_back_as_it_was_sent(void **state)
{
    (void)state;
    PersonChange change = hanako();
    DifferenceAnswer answer = answer_of(&change), read;
    Error err = {0};
    Str bytes = difference_answer_encode(&answer, &arena);
    assert_true(difference_answer_decode(bytes, &arena, &read, &err));

    assert_true(read.more);
    assert_true(str_equal(read.epoch, EPOCH));
    assert_true(str_equal(read.picture, answer.picture));
    assert_int_equal(read.next_cursor, 7);
    assert_int_equal(read.changes.count, 1);
    const PersonChange *back = &read.changes.at[0];
    assert_true(person_state_same(&back->state, &change.state));
    assert_true(str_equal(back->addressee_no, S("000000000000123")));
    assert_int_equal(back->version_no, 3);
    assert_int_equal(back->event_reason, 31);
    assert_int_equal(back->occurred_on, day_of(2026, 4, 10));
    assert_int_equal(back->reported_on, day_of(2026, 4, 13));
    assert_int_equal(back->recorded_at, 1776000000000000);
    assert_false(back->withdrawn_person);
    assert_int_equal(back->withdraws.count, 2);
    assert_int_equal(back->withdraws.at[1], 2);
    assert_int_equal(back->residence.at[0].first, day_of(2026, 2, 1));
    assert_int_equal(back->residence.at[0].last, DAY_NONE);
    assert_int_equal(back->residence.at[0].vague_days, 0);
    assert_int_equal(back->state.resident_until, DAY_NONE);

    Str again = difference_answer_encode(&read, &arena);
    assert_true(str_equal(bytes, again));
}

static Str repeated(const char *first, const char *more, int times)
{
    Text text = {0};
    text_add(&text, &arena, str_of(first));
    for (int i = 0; i < times; i++) text_add(&text, &arena, str_of(more));
    return text_str(&text);
}

static PersonChange posted(MailingAddress mailing)
{
    MailingAddresses all = {0};
    *mailing_addresses_push(&all, &arena) = mailing;
    return person_change_mailings(9, S("000000000000123"), &all);
}

static const MailingAddress guardians = {MAILING_NOTICE, 20000, 20365, {"8020001", 7}, {"北九州市小倉北区城内1-1", 33}, {0}};

// Proves F-2-03: where post goes is told for a purpose and a time, as all that stands; none is a set as well.
static void where_post_goes_is_told_for_a_purpose_and_a_time(void **state)
{
    (void)state;
    Error err = {0};
    DifferenceAnswer read, answer;
    const MailingAddresses none = {0};
    PersonChange change = posted(guardians);
    answer = answer_of(&change);
    answer.next_cursor = 9;
    Str bytes = difference_answer_encode(&answer, &arena);
    assert_true(difference_answer_decode(bytes, &arena, &read, &err));
    const PersonChange *back = &read.changes.at[0];
    assert_int_equal(back->subject, SUBJECT_MAILINGS);
    assert_int_equal(back->hold, HOLD_NONE);
    const MailingAddress *to = &back->mailings.at[0];
    assert_int_equal(to->purpose, MAILING_NOTICE);
    assert_int_equal(to->begins_on, 20000);
    assert_int_equal(to->ends_on, 20365);
    assert_true(str_equal(to->address, guardians.address));
    assert_true(str_equal(difference_answer_encode(&read, &arena), bytes));
    change = person_change_mailings(9, S("000000000000123"), &none);
    assert_true(person_change_tellable(&change));

    // What cannot be right is told as a stub: the person's letters wait.
    MailingAddress wrong[6] = {guardians, guardians, guardians, guardians, guardians, guardians};
    wrong[0].purpose = (MailingPurpose)7;
    wrong[1].ends_on = wrong[1].begins_on - 1;
    wrong[2].address = (Str){0};
    wrong[3].postal_code = S("802-001");
    wrong[4].address = repeated("長", "い", 30000);
    wrong[5].building = S("a\xFF");
    for (int i = 0; i < 6; i++) {
        change = posted(wrong[i]);
        assert_false(person_change_tellable(&change));
        answer = answer_of(&change);
        answer.next_cursor = 9;
        assert_true(difference_answer_decode(difference_answer_encode(&answer, &arena), &arena, &read, &err));
        assert_int_equal(read.changes.at[0].hold, HOLD_UNTELLABLE);
    }
}

// Either it comes back as it was sent, or as a stub that holds this person: never an answer that cannot
// be read, and never an end of the program.
static void what_cannot_be_told_is_told_as_a_stub(void **state)
{
    (void)state;
    enum { CASES = 12 };
    PersonChange extreme[CASES];
    static const bool whole[CASES] = {true,  true,  true,  true,  false, false,
                                      false, false, false, false, false, false};
    for (int i = 0; i < CASES; i++) extreme[i] = hanako();
    extreme[0].state.resident_until = DAY_MIN;
    extreme[1].state.resident_until = DAY_MAX;
    extreme[2].state.birth = (PartialDate){9999, 12, 31};
    extreme[3].state.building = repeated("か", "\u3099", 2000);
    extreme[4].state.building = repeated("か", "\u3099", 3000);
    extreme[5].state.name = repeated("ｶ", "ﾞ", 30000);
    extreme[6].residence.at[0].last = DAY_MIN - 1;  // the day before the first of all days
    extreme[7].state.name = (Str){0};
    extreme[8].state.sex = 7;
    extreme[9].state.household_no = S("77");
    extreme[10].state.name = S("髙橋\xFF花子");
    extreme[11].occurred_on = DAY_NONE;
    for (int i = 0; i < CASES; i++) {
        DifferenceAnswer answer = answer_of(&extreme[i]), read;
        Error err = {0};
        assert_int_equal(person_change_tellable(&extreme[i]), whole[i]);
        Str bytes = difference_answer_encode(&answer, &arena);
        if (!difference_answer_decode(bytes, &arena, &read, &err)) fail_msg("case %d", i);
        const PersonChange *back = &read.changes.at[0];
        assert_int_equal(back->hold, whole[i] ? HOLD_NONE : HOLD_UNTELLABLE);
        assert_int_equal(back->change_no, 7);
        assert_true(str_equal(back->addressee_no, S("000000000000123")));
        if (whole[i]) assert_true(person_state_same(&back->state, &extreme[i].state));
    }
}

static void a_hold_carries_its_cause_and_nothing_else(void **state)
{
    (void)state;
    for (HoldCause cause = HOLD_ROW_REFUSED; cause <= HOLD_ENDED; cause++) {
        PersonChange stub = person_change_stub(7, S("000000000000123"), cause);
        DifferenceAnswer answer = answer_of(&stub), read;
        Error err = {0};
        Str bytes = difference_answer_encode(&answer, &arena);
        assert_true(difference_answer_decode(bytes, &arena, &read, &err));
        assert_int_equal(read.changes.at[0].hold, cause);
        assert_true(str_equal(bytes, difference_answer_encode(&read, &arena)));
    }
}

static void an_answer_is_cut_by_its_bytes_and_goes_on(void **state)
{
    (void)state;
    enum { CHANGES = 2200 };
    PersonChange big = hanako();
    static const int filled[] = {3, 4, 5, 6, 7, 14, 15, 16, 17, 18, 19};  // texts of 3 kB and more
    for (ptrdiff_t i = 0; i < countof(filled); i++)
        *person_text(&big.state, &person_fields[filled[i]]) =
            repeated("", "字", person_fields[filled[i]].most * 10);
    DifferenceAnswer all = {.epoch = EPOCH, .next_cursor = CHANGES};
    for (int i = 0; i < CHANGES; i++) {
        big.change_no = i + 1;
        *person_changes_push(&all.changes, &arena) = big;
    }
    int64_t got = 0;
    for (DifferenceAnswer rest = all, read; rest.changes.count;) {
        Arena scratch = arena;
        Error err = {0};
        DifferenceAnswer cut = rest;
        Str bytes = difference_answer_encode(&cut, &scratch);
        assert_true(bytes.len < DIFFERENCE_BYTES_MOST + (1 << 20));
        assert_true(difference_answer_decode(bytes, &scratch, &read, &err));
        assert_true(read.next_cursor > got);
        assert_int_equal(read.changes.count, cut.changes.count);
        assert_int_equal(read.more, read.next_cursor < CHANGES);
        got = read.next_cursor;
        rest.changes.at += cut.changes.count;
        rest.changes.count -= cut.changes.count;
    }
    assert_int_equal(got, CHANGES);
}

static void a_cursor_that_does_not_move_is_no_progress(void **state)
{
    (void)state;
    assert_true(difference_stands_still(&(DifferenceAnswer){.next_cursor = 7, .more = true}, 7));
    assert_true(difference_stands_still(&(DifferenceAnswer){.next_cursor = 6, .more = true}, 7));
    assert_false(difference_stands_still(&(DifferenceAnswer){.next_cursor = 8, .more = true}, 7));
    assert_false(difference_stands_still(&(DifferenceAnswer){.next_cursor = 7}, 7));
}

// Some day in October 2026: the width of what is not known is told; of somebody who lives here there is none.
static void how_vague_a_day_of_leaving_is_comes_with_it(void **state)
{
    (void)state;
    static const struct {
        ResidenceSpan span;
        bool told;
    } rows[] = {{{20485, 20757, RESIDENCE_DEAD, 30}, true},
                {{20485, 20757, RESIDENCE_MOVED_OUT, 366}, true},
                {{20485, 20757, RESIDENCE_DEAD, 367}, false},
                {{20485, 20757, RESIDENCE_DEAD, -1}, false},
                {{20485, 20757, RESIDENCE_PLANNED, 30}, false},
                {{20485, DAY_NONE, RESIDENCE_OPEN, 30}, false}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        PersonChange change = hanako();
        change.residence.at[0] = rows[i].span;
        assert_int_equal(person_change_tellable(&change), rows[i].told);
        DifferenceAnswer answer = answer_of(&change), read;
        Error err = {0};
        Str bytes = difference_answer_encode(&answer, &arena);
        assert_true(difference_answer_decode(bytes, &arena, &read, &err));
        if (rows[i].told)
            assert_int_equal(read.changes.at[0].residence.at[0].vague_days,
                             rows[i].span.vague_days);
        else
            assert_int_equal(read.changes.at[0].hold, HOLD_UNTELLABLE);
    }
}

static void a_change_that_a_ledger_could_not_store_is_refused(void **state)
{
    (void)state;
    PersonChange nameless = hanako();
    nameless.state.name = (Str){0};
    PersonChange takes_itself_back = hanako();
    *version_nos_push(&takes_itself_back.withdraws, &arena) = 3;
    PersonChange fine = hanako();

    assert_true(person_change_tellable(&fine));
    assert_false(person_change_tellable(&nameless));
    assert_false(person_change_tellable(&takes_itself_back));
    // Whoever writes one all the same is not read: here a sex that no table lists.
    DifferenceAnswer good = answer_of(&fine);
    Str bytes = str_copy(&arena, difference_answer_encode(&good, &arena));
    ptrdiff_t place = str_find(bytes, S("\x18\x29\x02"));  // 32 + 9: sex, female
    assert_true(place > 0);
    assert_true(decodes(bytes));
    ((char *)(uintptr_t)bytes.at)[place + 2] = 7;
    assert_false(decodes(bytes));
}

static void no_message_is_readable_after_a_byte_was_cut_off(void **state)
{
    (void)state;
    PersonChange change = hanako();
    DifferenceAnswer answer = answer_of(&change);
    Str bytes = difference_answer_encode(&answer, &arena);
    for (ptrdiff_t len = 0; len < bytes.len; len++) assert_false(decodes(str_first(bytes, len)));
}

static void a_refusal_carries_the_epoch_and_nothing_else(void **state)
{
    (void)state;
    DifferenceAnswer refusal = {.refusal = DIFFERENCE_FULL_COPY, .epoch = EPOCH}, read;
    Error err = {0};
    assert_true(
        difference_answer_decode(difference_answer_encode(&refusal, &arena), &arena, &read, &err));
    assert_int_equal(read.refusal, DIFFERENCE_FULL_COPY);

    PersonChange change = hanako();
    DifferenceAnswer both = answer_of(&change);
    both.refusal = DIFFERENCE_FULL_COPY;
    assert_false(decodes(difference_answer_encode(&both, &arena)));
}

// Whoever keeps what was given keeps it under an epoch; only a refusal may come without one.
static void what_is_given_is_of_an_epoch(void **state)
{
    enum { REFUSAL_AT = 4 };  // map, key, version, key, refusal
    (void)state;
    DifferenceAnswer refusal = {.refusal = DIFFERENCE_FULL_COPY};
    Str said = difference_answer_encode(&refusal, &arena), given = str_copy(&arena, said);
    assert_true(decodes(said));
    assert_int_equal(said.at[REFUSAL_AT], DIFFERENCE_FULL_COPY);
    ((char *)(uintptr_t)given.at)[REFUSAL_AT] = DIFFERENCE_GIVEN;
    assert_false(decodes(given));
}

static void the_word_about_the_newest_change_is_read_as_it_was_left(void **state)
{
    (void)state;
    NewestChange left = {EPOCH, 4711}, read = {0};
    Str text = newest_change_text(&left, &arena);
    assert_true(text.len <= NEWEST_CHANGE_BYTES);
    assert_true(newest_change_parse(text, &read));
    assert_true(str_equal(read.epoch, EPOCH));
    assert_int_equal(read.change_no, 4711);
    static const Str broken[] = {S(""),
                                 S("\n"),
                                 S("4711\n"),
                                 S("0123456789abcdef 4711\n"),
                                 S("0123456789abcdef0123456789abcdef\n"),
                                 S("0123456789abcdef0123456789abcdef -1\n"),
                                 S("0123456789abcdef0123456789abcdef 1 2\n"),
                                 S("0123456789abcdef0123456789abcdef 1\n2\n")};
    for (ptrdiff_t i = 0; i < countof(broken); i++)
        assert_false(newest_change_parse(broken[i], &read));
}

// Proves the wall of 支援措置: whoever reads the ledger's messages learns nothing of where she is.
static void a_protected_place_is_not_in_the_bytes(void **state)
{
    (void)state;
    static const struct {
        int32_t protection;
        bool place, trace;  // are told
    } cases[] = {{PROTECTION_NONE, true, true},
                 {PROTECTION_OWN, false, false},
                 {PROTECTION_HOUSEHOLD, false, false},
                 {PROTECTION_ENDED, true, false}};
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        PersonChange change = hanako();
        for (int f = 0; f < PERSON_FIELD_COUNT; f++)
            if (person_fields[f].hides && person_fields[f].kind == FIELD_TEXT)
                *person_text(&change.state, &person_fields[f]) = S("隠れ家町9番9号");
        change.state.postal_code = S("8039999");
        change.state.from_municipality = S("401307");
        change.state.protection = cases[i].protection;
        Str bytes = person_change_encode(&change, &arena);
        bool told = cases[i].place;
        assert_int_equal(str_find(bytes, S("隠れ家町")) >= 0, told);
        assert_int_equal(str_find(bytes, S("8039999")) >= 0, told);
        assert_int_equal(str_find(bytes, S("000000000000077")) >= 0, told);
        assert_int_equal(str_find(bytes, S("401307")) >= 0, cases[i].trace);
        DifferenceAnswer answer = answer_of(&change);
        assert_true(decodes(difference_answer_encode(&answer, &arena)));
    }
}

// A peer that tells too much is refused, not listened to.
static void a_message_that_says_where_a_protected_person_is_is_refused(void **state)
{
    (void)state;
    PersonChange open = hanako();
    DifferenceAnswer answer = answer_of(&open);
    Str bytes = difference_answer_encode(&answer, &arena);
    char *forged = str_z(&arena, bytes);
    // 支援措置 is the last item of the map; an open message does not have it, so one is lengthened.
    Text longer = {0};
    text_add(&longer, &arena, (Str){forged, bytes.len});
    static const char protection[] = {0x18, 32 + PERSON_FIELD_COUNT - 1, 1};
    text_add(&longer, &arena, (Str){protection, sizeof protection});
    ptrdiff_t map = str_find(text_str(&longer), S("\x81\xB2"));  // one change, a map of 18
    assert_true(map >= 0);
    longer.at[map + 1]++;
    assert_false(decodes(text_str(&longer)));
}

// Proves L-1 (別添１: the ledger's feed does not take the Individual Number).
static void the_message_has_no_place_for_an_individual_number(void **state)
{
    (void)state;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        assert_null(strstr(person_fields[i].item, "個人番号"));
        assert_null(strstr(person_fields[i].column, "individual"));
        assert_false(person_fields[i].kind == FIELD_DIGITS && person_fields[i].most == 12);
    }
}

// ---- who is given what

// Every item of her says something that stands nowhere else.
static PersonChange said_everything(int32_t protection)
{
    PersonChange change = hanako();
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        const PersonField *field = &person_fields[i];
        if (field->kind == FIELD_TEXT) *person_text(&change.state, field) = str_format(&arena, "項目その%dの値", 100 + i);
        if (field->kind == FIELD_DIGITS) *person_text(&change.state, field) = str_format(&arena, "%0*d", field->most, 300 + i);
    }
    change.state.resident_until = day_of(2026, 5, 5);
    change.state.printed_name = PRINT_NAME;
    change.state.protection = protection;
    return change;
}

static bool field_said(const PersonState *state, int item)
{
    static const PersonState nothing = {.resident_from = DAY_NONE, .resident_until = DAY_NONE};
    return !person_field_same(state, &nothing, &person_fields[item]);
}

static void fields_are_as_given(const PersonChange *whole, const PersonChange *back, Str bytes, ToldItems withheld)
{
    PersonState state = whole->state;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        const PersonField *field = &person_fields[i];
        bool given = !(withheld & TOLD(i)) && !person_field_hidden(&state, field) && field_said(&state, i);
        assert_int_equal(field_said(&back->state, i), given);
        if (given) assert_true(person_field_same(&back->state, &state, field));
        if (field->kind == FIELD_TEXT || field->kind == FIELD_DIGITS)
            assert_int_equal(str_find(bytes, *person_text(&state, field)) >= 0, given);
    }
}

static void only_the_rest_is_in_the_bytes(const PersonChange *whole, ToldItems withheld)
{
    Error err = {0};
    PersonChange mailing = posted(guardians);
    DifferenceAnswer read, answer = answer_of(whole);
    answer.withheld = withheld;
    answer.next_cursor = 9;
    *person_changes_push(&answer.changes, &arena) = mailing;
    Str bytes = difference_answer_encode(&answer, &arena);
    if (!difference_answer_decode(bytes, &arena, &read, &err)) fail_msg("withheld %llx", (long long)withheld);
    assert_int_equal(read.withheld, withheld);
    assert_int_equal(read.next_cursor, 9);
    const PersonChange *back = &read.changes.at[0];
    assert_int_equal(back->hold, HOLD_NONE);
    assert_int_equal(back->withheld, withheld);
    fields_are_as_given(whole, back, bytes, withheld);
    assert_int_equal(back->event_reason, withheld & TOLD(TOLD_EVENT) ? 0 : 31);
    assert_int_equal(back->occurred_on == DAY_NONE, !!(withheld & TOLD(TOLD_EVENT)));
    assert_int_equal(back->reported_on == DAY_NONE, !!(withheld & TOLD(TOLD_EVENT)));
    assert_int_equal(back->residence.count, !(withheld & TOLD(TOLD_RESIDENCE)));
    assert_int_equal(read.changes.count, withheld & TOLD(TOLD_MAILINGS) ? 1 : 2);
    assert_int_equal(str_find(bytes, guardians.address) >= 0, !(withheld & TOLD(TOLD_MAILINGS)));
    assert_true(str_equal(difference_answer_encode(&read, &arena), bytes));
}

// Proves F-2-04: whatever set of items a program has no right to, nothing of them is in the bytes that it gets, and all
// the rest is, of protected people too.
static void what_is_withheld_is_not_in_the_bytes(void **state)
{
    enum { SETS = 4000 };
    uint64_t seed = 20261130;
    Arena whole_arena = arena;
    (void)state;
    for (int round = -2 * TOLD_NUMBER; round < SETS; round++) {
        arena = whole_arena;
        PersonChange whole = said_everything(round & 3);
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        ToldItems set = (ToldItems)(seed >> 16) & TOLD_BY_DIFFERENCE;
        if (round < 0) set = TOLD(-round % TOLD_NUMBER);            // one alone
        if (round < -TOLD_NUMBER) set = TOLD_BY_DIFFERENCE & ~set;  // all but one
        only_the_rest_is_in_the_bytes(&whole, set);
    }
    for (int32_t protection = PROTECTION_NONE; protection <= PROTECTION_ENDED; protection++) {
        PersonChange change = said_everything(protection);
        only_the_rest_is_in_the_bytes(&change, TOLD_BY_DIFFERENCE);
        only_the_rest_is_in_the_bytes(&change, 0);
    }
    arena = whole_arena;
}

// A peer that tells more than it says is refused, not listened to.
static void a_message_that_has_what_it_withholds_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *why, *claims;  // the head that says what is withheld, in the place of "nothing"
        int len;
    } lies[] = {{"the name", "\x08\x08\x09", 3},
                {"the event", "\x08\x1A\x40\x00\x00\x00\x09", 7},
                {"the residence", "\x08\x1A\x80\x00\x00\x00\x09", 7},
                {"what no difference tells", "\x08\x1B\x00\x00\x00\x02\x00\x00\x00\x00\x09", 11}};
    PersonChange change = hanako();
    DifferenceAnswer answer = answer_of(&change);
    Str honest = str_copy(&arena, difference_answer_encode(&answer, &arena));
    ptrdiff_t at = str_find(honest, S("\x08\x00\x09"));
    assert_true(at > 0 && decodes(honest));
    for (ptrdiff_t i = 0; i < countof(lies); i++) {
        Text forged = {0};
        text_add(&forged, &arena, str_first(honest, at));
        text_add(&forged, &arena, (Str){lies[i].claims, lies[i].len});
        text_add(&forged, &arena, str_from(honest, at + 3));
        if (decodes(text_str(&forged))) fail_msg("%s", lies[i].why);
    }
}

int main(void)
{
    arena = arena_reserve(512 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_ask_is_written_byte_for_byte_as_the_standard_says),
        cmocka_unit_test(an_older_program_is_refused_in_words),
        cmocka_unit_test(an_ask_in_another_form_is_refused),
        cmocka_unit_test(a_change_comes_back_as_it_was_sent),
        cmocka_unit_test(where_post_goes_is_told_for_a_purpose_and_a_time),
        cmocka_unit_test(what_cannot_be_told_is_told_as_a_stub),
        cmocka_unit_test(a_hold_carries_its_cause_and_nothing_else),
        cmocka_unit_test(an_answer_is_cut_by_its_bytes_and_goes_on),
        cmocka_unit_test(a_cursor_that_does_not_move_is_no_progress),
        cmocka_unit_test(how_vague_a_day_of_leaving_is_comes_with_it),
        cmocka_unit_test(a_change_that_a_ledger_could_not_store_is_refused),
        cmocka_unit_test(no_message_is_readable_after_a_byte_was_cut_off),
        cmocka_unit_test(what_is_withheld_is_not_in_the_bytes),
        cmocka_unit_test(a_message_that_has_what_it_withholds_is_refused),
        cmocka_unit_test(a_refusal_carries_the_epoch_and_nothing_else),
        cmocka_unit_test(what_is_given_is_of_an_epoch),
        cmocka_unit_test(the_word_about_the_newest_change_is_read_as_it_was_left),
        cmocka_unit_test(a_protected_place_is_not_in_the_bytes),
        cmocka_unit_test(a_message_that_says_where_a_protected_person_is_is_refused),
        cmocka_unit_test(the_message_has_no_place_for_an_individual_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
