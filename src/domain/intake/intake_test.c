// Each code of immunization.md 6.1, at the step where it stands, and section 13, 58 to 71.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "intake.h"

// A day in the life of one honest row; a test changes what its story is about.
typedef struct Story {
    IntakeRow row;
    IntakeClinic clinic;
    MatchDecision match;
    ResidenceSpan lived[4];
    int lived_count;
    KnownDose incoming, known[2];
    int known_count;
    int others;
    bool by_number, other_fits, waited, decided, chosen_other, asked_others, asked_ended;
    IntakeChoice choice;
    int64_t chosen;
    IntakeJudgement judgement;
    Day as_of;
} Story;

static Story honest_row(void)
{
    Story s = {0};
    s.as_of = day_of(2026, 11, 20);
    s.row = (IntakeRow){.given_class = GIVEN_HERE,
                        .birth = {2025, 10, 1},
                        .given_on = {2026, 10, 15},
                        .claimed_dose_known = true,
                        .claimed_dose = {CLAIMED_NUMBER, 1, 0},
                        .lot = S("AB123"),
                        .amount = -1,
                        .copay = -1};
    s.clinic =
        (IntakeClinic){.list_loaded = true, .contract_on_day = true, .contract_covers = true};
    s.match = (MatchDecision){.outcome = MATCH_LINK, .level = MATCH_L1};
    s.lived[0] = (ResidenceSpan){DAY_NONE, DAY_NONE, RESIDENCE_OPEN};
    s.lived_count = 1;
    s.incoming = (KnownDose){.given = true,
                             .given_on = {2026, 10, 15},
                             .product = 1,
                             .series = 1,
                             .components = 1,
                             .provenance = PROVENANCE_CLINIC,
                             .clinic = S("A"),
                             .lot = S("AB123")};
    s.judgement =
        (IntakeJudgement){.in_programme = true, .status = DOSE_VALID, .place = {1, S("1"), 1}};
    return s;
}

// The same dose stands already.
static void known_as(Story *s, int64_t ref)
{
    s->known[0] = s->incoming;
    s->known[0].ref = ref;
    s->known_count = 1;
}

static IntakeDecision told(Story *s)
{
    ResidenceSpanRows spans = {.at = s->lived, .count = s->lived_count, .capacity = 4};
    IntakePerson person = {.match = &s->match,
                           .residence = &spans,
                           .birth = s->row.birth,
                           .incoming = &s->incoming,
                           .known = s->known,
                           .known_count = s->known_count,
                           .others = s->others,
                           .by_number = s->by_number,
                           .other_fits = s->other_fits,
                           .waited = s->waited,
                           .decided = s->decided,
                           .choice = s->choice,
                           .chosen = s->chosen,
                           .chosen_other = s->chosen_other,
                           .asked_others = s->asked_others,
                           .asked_ended = s->asked_ended};
    IntakeDecision d = intake_check_row(&s->row, &s->clinic, s->as_of);
    d = intake_check_person(d, &s->row, &person);
    return intake_check_dose(d, &s->row, &s->clinic, &s->judgement);
}

static void expect_codes(const IntakeDecision *d, const char *codes)
{
    const Arena whole = arena_reserve(1 << 16);
    Arena arena = whole;
    assert_string_equal(str_z(&arena, intake_codes_text(d, &arena)), codes);
    arena_release(whole);
}

static void expect_message(const IntakeDecision *d, const IntakeRow *row, const char *words)
{
    const Arena whole = arena_reserve(1 << 16);
    Arena arena = whole;
    Str message = intake_message_text(d, row, &arena);
    if (str_find(message, str_of(words)) < 0) fail_msg("%.*s", STR(message));
    arena_release(whole);
}

static void every_fault_of_a_row_is_told_at_once(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.defects = DEFECT_DATE | DEFECT_GIVEN_CLASS | DEFECT_VACCINE | DEFECT_INSTITUTION;
    s.row.faulty[defect_place(DEFECT_DATE)] = S("接種日「2026-02-30」");
    s.row.faulty[defect_place(DEFECT_VACCINE)] = S("ワクチン「はしか」");
    s.row.unread = S("有効期限「来月」");
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_RETURNED);
    expect_codes(&d, "R102 R104 R103 R121 W205");
    expect_message(&d, &s.row, "日付不正（接種日「2026-02-30」）。暦にある日を、年月日で記入してください。");
    expect_message(&d, &s.row, "ワクチン不明（ワクチン「はしか」）。");
    expect_message(&d, &s.row, "読み取れない項目（有効期限「来月」）");
}

static void an_honest_row_is_accepted_without_a_word(void **state)
{
    (void)state;
    Story s = honest_row();
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED);
    assert_int_equal(d.store, STORE_DOSE);
    assert_int_equal(d.claim, CLAIM_RECEIVED);
    assert_int_equal(d.status, DOSE_VALID);
    expect_codes(&d, "");
}

static void what_cannot_be_read_is_returned_and_the_first_defect_decides(void **state)
{
    (void)state;
    static const struct {
        unsigned defects;
        const char *code;
    } cases[] = {
        {DEFECT_UNREADABLE, "R106"},
        {DEFECT_MISSING, "R101"},
        {DEFECT_DATE, "R102"},
        {DEFECT_GIVEN_CLASS, "R104"},
        {DEFECT_LENGTH, "R105"},
        {DEFECT_INSTITUTION, "R121"},
        {DEFECT_MISSING | DEFECT_VACCINE, "R101 R103"},
        {DEFECT_INSTITUTION | DEFECT_DATE, "R102 R121"},
    };
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        Story s = honest_row();
        s.row.defects = cases[i].defects;
        IntakeDecision d = told(&s);
        assert_int_equal(d.outcome, INTAKE_RETURNED);
        assert_int_equal(d.store, STORE_NOTHING);
        assert_int_equal(d.claim, CLAIM_NONE);
        expect_codes(&d, cases[i].code);
    }
}

// A product that no table lists: of a certain person somebody knows what it was.
static void an_unknown_product_of_a_certain_person_is_kept_for_a_person(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.defects = DEFECT_VACCINE;
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_REVIEW);
    assert_int_equal(d.store, STORE_NOTHING);
    expect_codes(&d, "R103");
    s.match = (MatchDecision){.outcome = MATCH_REVIEW, .code = MATCH_V132};
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_REVIEW);
    expect_codes(&d, "V132 R103");
    s.match = (MatchDecision){.outcome = MATCH_RETURN, .code = MATCH_R131};
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_RETURNED);
    expect_codes(&d, "R131 R103");
}

static void what_could_not_be_read_is_said_with_its_item_whatever_becomes_of_the_row(void **state)
{
    const Arena whole = arena_reserve(1 << 16);
    Arena arena = whole;
    (void)state;
    Story s = honest_row();
    s.row.unread = S("有効期限「来月」");
    s.row.reread = S("接種日「平成31年5月2日」は2019-05-02");
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED_WITH_WARNING);
    expect_codes(&d, "W205 W206");
    Str message = intake_message_text(&d, &s.row, &arena);
    assert_true(str_find(message, S("（有効期限「来月」）")) > 0);
    assert_true(str_find(message, S("（接種日「平成31年5月2日」は2019-05-02）")) > 0);
    s.match = (MatchDecision){.outcome = MATCH_REVIEW, .code = MATCH_V132};
    d = told(&s);
    expect_codes(&d, "V132 W205 W206");
    s.row.defects = DEFECT_MISSING;
    d = told(&s);
    expect_codes(&d, "R101 W205 W206");
    arena_release(whole);
}

// 訂正 with another person's name: the dose of the first one is in question, whoever the second is.
static void a_correction_of_the_person_is_for_a_person(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.corrects = s.by_number = true;
    s.others = 1;
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_REVIEW);
    assert_int_equal(d.store, STORE_NOTHING);
    assert_int_equal(d.claim, CLAIM_NONE);
    expect_codes(&d, "D307");
    s.match = (MatchDecision){.outcome = MATCH_RETURN, .code = MATCH_R131};
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_REVIEW);
    expect_codes(&d, "D307 R131");
    // What certainly is this person's own is corrected all the same.
    s.match = (MatchDecision){.outcome = MATCH_LINK};
    known_as(&s, 42);
    s.known[0].lot = S("ZZ999");
    s.incoming.corrects = true;
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED);
    assert_int_equal(d.ref, 42);
}

// Under another number, and in another month: product and day alone name the other one.
static void a_correction_without_an_original_asks_whose_it_is_or_says_so(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.corrects = s.incoming.corrects = true;
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED_WITH_WARNING);
    assert_int_equal(d.store, STORE_DOSE);
    expect_codes(&d, "W304");
    s.incoming.returned_before = true;  // the original was returned: nothing was stored
    d = told(&s);
    expect_codes(&d, "");
    s.incoming.returned_before = false;
    s.waited = true;  // the row before it waits: that one is the original
    d = told(&s);
    expect_codes(&d, "");
    s.waited = false;
    s.others = 1;
    d = told(&s);
    expect_codes(&d, "D307");
    assert_true(d.names_other);
    s.others = 2;
    d = told(&s);
    expect_codes(&d, "D306");
    assert_false(d.names_other);
    // One of this person's own that may be meant is asked about first, but by the number of the other's.
    s.others = 1;
    known_as(&s, 42);
    s.known[0].clinic = S("B");
    d = told(&s);
    expect_codes(&d, "D301");
    s.by_number = true;
    d = told(&s);
    expect_codes(&d, "D307 D301");
}

static void nobody_with_the_birth_date_of_the_original_may_be_its_person(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.corrects = s.incoming.corrects = s.by_number = s.other_fits = true;
    s.others = 1;
    s.match = (MatchDecision){.outcome = MATCH_RETURN, .code = MATCH_R131};
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_REVIEW);
    assert_true(d.names_other);
    expect_codes(&d, "V132 R131");
    s.match = (MatchDecision){.outcome = MATCH_LINK};  // a twin, for certain
    d = told(&s);
    expect_codes(&d, "D307");
}

static void a_mark_that_nobody_can_read_stores_no_second_dose(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.corrects_unread = true;
    s.row.unread = S("訂正「済」");
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_REVIEW);
    assert_int_equal(d.store, STORE_NOTHING);
    expect_codes(&d, "D308 W205");
    known_as(&s, 42);
    d = told(&s);
    expect_codes(&d, "D308 W205");
    s.incoming.content = s.known[0].content = S("the same");
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_DUPLICATE);
    s.known_count = 0;
    s.decided = true;
    d = told(&s);
    expect_codes(&d, "W205");
}

static void a_mark_that_nobody_can_read_asks_whose_dose_it_may_mean(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.corrects_unread = true;
    s.others = 2;
    IntakeDecision d = told(&s);
    expect_codes(&d, "D308");
    assert_true(d.asks_others);
    assert_false(d.names_other);
    s.others = 1;
    d = told(&s);
    assert_true(d.asks_others);
    assert_true(d.names_other);  // he or she may be the one meant
    s.decided = true;
    d = told(&s);
    assert_int_equal(d.store, STORE_NOTHING);  // unsaid, nothing is stored and nothing moves
    expect_codes(&d, "D308");
    s.choice = CHOICE_APART;
    d = told(&s);
    assert_int_equal(d.store, STORE_DOSE);
    s.choice = CHOICE_MOVES;
    d = told(&s);
    expect_codes(&d, "D307");  // of a record that is none of those
    s.chosen_other = true;
    d = told(&s);
    assert_int_equal(d.store, STORE_MOVE);
    // What it certainly means as a correction is this person's: nobody else is asked about, and it is named.
    s.decided = s.chosen_other = false;
    s.choice = CHOICE_NONE;
    known_as(&s, 42);
    d = told(&s);
    expect_codes(&d, "D308");
    assert_false(d.asks_others);
    assert_int_equal(d.doubted[0], 42);
    // By its number it may mean one of another day.
    s.incoming.month = 202610;
    s.incoming.row_no = S("3");
    known_as(&s, 42);
    s.known[0].given_on.day = 22;
    d = told(&s);
    expect_codes(&d, "D308");
    assert_int_equal(d.doubted_count, 1);
    assert_int_equal(d.doubted[0], 42);
    // Nobody for certain: whose it may be is shown all the same.
    s.match = (MatchDecision){.outcome = MATCH_REVIEW, .code = MATCH_V132};
    d = told(&s);
    expect_codes(&d, "V132");
    assert_true(d.asks_others);
}

static void what_was_taken_away_is_asked_about_when_it_is_reported_again(void **state)
{
    (void)state;
    Story s = honest_row();
    known_as(&s, 42);
    s.known[0].replaced = true;
    IntakeDecision d = told(&s);
    expect_codes(&d, "D309");
    assert_int_equal(d.ref, 42);
    assert_false(d.asks_others);
    s.others = 1;  // it moved there
    d = told(&s);
    assert_true(d.asks_others);
    s.decided = true;
    d = told(&s);
    expect_codes(&d, "D309");
    assert_int_equal(d.store, STORE_NOTHING);
    s.choice = CHOICE_APART;
    d = told(&s);
    assert_int_equal(d.store, STORE_DOSE);
    s.others = 0;  // corrected or withdrawn: a dose of its own, says who has asked
    s.choice = CHOICE_NONE;
    d = told(&s);
    assert_int_equal(d.store, STORE_DOSE);
    s.asked_ended = true;  // it was about the dose of another, which was withdrawn since
    d = told(&s);
    expect_codes(&d, "D309");
    assert_true(d.asks_others);
    s.choice = CHOICE_APART;
    d = told(&s);
    assert_int_equal(d.store, STORE_DOSE);
    s.choice = CHOICE_NONE;
    s.decided = false;
    s.incoming.content = s.known[0].content = S("the same");
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_DUPLICATE);
    expect_codes(&d, "W308");
}

// The person moved away, died, was born on another day: what changed since does not unsay the dose.
static void what_is_stored_is_a_duplicate_whatever_the_register_says_since(void **state)
{
    (void)state;
    Story s = honest_row();
    known_as(&s, 42);
    s.known[0].claimed = true;
    static const ResidenceEnd ends[] = {RESIDENCE_OPEN, RESIDENCE_DEAD};
    for (ptrdiff_t i = 0; i < countof(ends); i++) {
        s.lived[0] = (ResidenceSpan){DAY_NONE, day_of(2026, 10, 1), ends[i]};
        IntakeDecision d = told(&s);
        assert_int_equal(d.outcome, INTAKE_DUPLICATE);
        assert_int_equal(d.claim, CLAIM_NONE);
        expect_codes(&d, "");
    }
    // Nobody has asked to be paid for it: the claim is another city's.
    s.known[0].claimed = false;
    s.lived[0].end = RESIDENCE_OPEN;
    IntakeDecision d = told(&s);
    expect_codes(&d, "R141");
    // But the very same row is one that was taken before its claim was returned.
    s.incoming.content = s.known[0].content = S("the same");
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_DUPLICATE);
    assert_int_equal(d.claim, CLAIM_NONE);
}

static void what_a_later_row_corrects_stands_no_longer_and_claims_nothing(void **state)
{
    (void)state;
    Story s = honest_row();
    s.judgement = (IntakeJudgement){.corrected_later = true};
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED_WITH_WARNING);
    assert_int_equal(d.claim, CLAIM_NONE);
    assert_int_equal(d.status, DOSE_UNJUDGED);
    expect_codes(&d, "W305");
}

static void the_day_of_the_dose_must_make_sense(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.given_on = (PartialDate){2026, 11, 21};
    IntakeDecision d = told(&s);
    expect_codes(&d, "R111");
    s.row.given_on = (PartialDate){2026, 11, 20};
    d = told(&s);
    expect_codes(&d, "");

    s.row.given_on = (PartialDate){2025, 9, 30};
    d = told(&s);
    expect_codes(&d, "R112");
    s.row.given_on = (PartialDate){2025, 10, 1};
    d = told(&s);
    expect_codes(&d, "");
    s.row.given_on = (PartialDate){2025, 10, 0};  // may be the day of birth or later
    d = told(&s);
    expect_codes(&d, "R144");
}

static void a_dose_before_the_registered_birth_is_returned_too(void **state)
{
    (void)state;
    Story s = honest_row();
    ResidenceSpanRows spans = {.at = s.lived, .count = 1, .capacity = 4};
    IntakePerson person = {
        .match = &s.match, .residence = &spans, .birth = {2026, 10, 16}, .incoming = &s.incoming};
    IntakeDecision d = intake_check_row(&s.row, &s.clinic, s.as_of);
    d = intake_check_person(d, &s.row, &person);
    assert_int_equal(d.outcome, INTAKE_RETURNED);
    expect_codes(&d, "R112");
}

// ---- decided by a person

static void what_only_asks_for_a_person_is_answered(void **state)
{
    (void)state;
    Story s = honest_row();
    s.lived[0].first = day_of(2026, 11, 1);
    IntakeDecision d = told(&s);
    expect_codes(&d, "R142");
    s.decided = true;
    d = told(&s);
    expect_codes(&d, "");
    assert_int_equal(d.store, STORE_DOSE);
}

static void what_is_returned_is_returned_whoever_decides(void **state)
{
    (void)state;
    Story s = honest_row();
    s.decided = s.row.corrects = s.by_number = true;
    s.others = 1;
    s.lived[0] = (ResidenceSpan){DAY_NONE, day_of(2026, 10, 1), RESIDENCE_OPEN};
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_RETURNED);
    expect_codes(&d, "R141");
}

static void a_product_that_nobody_knows_stays_unknown(void **state)
{
    (void)state;
    Story s = honest_row();
    s.decided = true;
    s.row.defects = DEFECT_VACCINE;
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_REVIEW);
    expect_codes(&d, "R103");
}

static void a_dose_stored_for_another_moves_where_it_was_named_and_never_else(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.corrects = s.incoming.corrects = s.by_number = true;
    s.others = 1;
    IntakeDecision d = told(&s);
    expect_codes(&d, "D307");
    s.decided = true;
    d = told(&s);
    expect_codes(&d, "D307");
    s.choice = CHOICE_MOVES;  // a record, but none of another's that the row may correct
    d = told(&s);
    expect_codes(&d, "D307");
    s.choice = CHOICE_CORRECTS;
    d = told(&s);
    expect_codes(&d, "D306");
    s.choice = CHOICE_MOVES;
    s.chosen_other = true;
    d = told(&s);
    expect_codes(&d, "");
    assert_int_equal(d.store, STORE_MOVE);
    assert_int_equal(d.claim, CLAIM_NONE);
    s.others = 2;  // one of several is named like the only one
    d = told(&s);
    assert_int_equal(d.store, STORE_MOVE);
    s.choice = CHOICE_NONE;
    d = told(&s);
    expect_codes(&d, "D306");
    s.choice = CHOICE_APART;
    d = told(&s);
    expect_codes(&d, "");
    assert_int_equal(d.store, STORE_DOSE);
    assert_int_equal(d.claim, CLAIM_RECEIVED);
    // The person has it meanwhile, by another row: whose the other one is must still be said.
    s.others = 1;
    s.asked_others = true;
    known_as(&s, 9);
    s.known[0].claimed = true;
    s.choice = CHOICE_NONE;
    d = told(&s);
    expect_codes(&d, "D307");
    s.choice = CHOICE_MOVES;
    d = told(&s);
    assert_int_equal(d.store, STORE_MOVE);
    s.incoming.content = s.known[0].content = S("the same");
    d = told(&s);
    assert_int_equal(d.store, STORE_MOVE);
    s.choice = CHOICE_NONE;
    d = told(&s);
    expect_codes(&d, "D307");
    s.choice = CHOICE_APART;  // the other one stays, and nothing is stored twice
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_DUPLICATE);
    s.known_count = 0;
    // A row that corrects nothing moves nothing.
    s.row.corrects = s.incoming.corrects = s.by_number = s.chosen_other = false;
    s.others = 0;
    s.choice = CHOICE_MOVES;
    d = told(&s);
    expect_codes(&d, "D307");
}

// Of another lot that day: a dose of its own, or the dose that a correction means.
static void a_likeness_is_its_own_dose_and_a_correction_names_one(void **state)
{
    (void)state;
    Story s = honest_row();
    s.decided = true;
    known_as(&s, 7);
    s.known[0].lot = S("ZZ999");
    IntakeDecision d = told(&s);
    assert_int_equal(d.store, STORE_DOSE);
    s.incoming.corrects = true;
    s.incoming.product = 2;
    d = told(&s);
    expect_codes(&d, "D306");
    s.choice = CHOICE_CORRECTS;
    s.chosen = 8;  // no dose that may be meant
    d = told(&s);
    expect_codes(&d, "D306");
    s.chosen = 7;
    d = told(&s);
    expect_codes(&d, "");
    assert_int_equal(d.store, STORE_NEW_VERSION);
    assert_int_equal(d.ref, 7);
    s.choice = CHOICE_APART;
    d = told(&s);
    expect_codes(&d, "");
    assert_int_equal(d.store, STORE_DOSE);
    s.incoming.product = 1;  // what certainly corrects a dose is none of its own
    d = told(&s);
    expect_codes(&d, "D306");
    s.choice = CHOICE_CORRECTS;
    d = told(&s);
    assert_int_equal(d.store, STORE_NEW_VERSION);
}

// Section 13, 70: the contract ended on 31 March, the dose was on 1 April.
static void without_a_contract_the_dose_is_stored_and_the_claim_returned(void **state)
{
    (void)state;
    Story s = honest_row();
    s.clinic.contract_on_day = false;
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED_WITH_WARNING);
    assert_int_equal(d.store, STORE_DOSE);
    assert_int_equal(d.claim, CLAIM_RETURNED);
    expect_codes(&d, "R122");

    s.clinic = (IntakeClinic){.list_loaded = true, .contract_on_day = true};
    d = told(&s);
    expect_codes(&d, "R123");
    assert_int_equal(d.claim, CLAIM_RETURNED);

    s.clinic = (IntakeClinic){.list_loaded = false};
    d = told(&s);
    expect_codes(&d, "");
}

static void a_dose_given_elsewhere_needs_no_contract(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.given_class = GIVEN_ELSEWHERE;
    s.clinic = (IntakeClinic){.list_loaded = true, .contract_on_day = false};
    IntakeDecision d = told(&s);
    expect_codes(&d, "");
    assert_int_equal(d.outcome, INTAKE_ACCEPTED);
    s.clinic.contract_on_day = true;  // but not for this vaccine
    d = told(&s);
    expect_codes(&d, "");
}

static void a_wrong_clinic_code_passes_when_the_name_says_which_it_is(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.defects = DEFECT_INSTITUTION;
    s.clinic.clinics_of_name = 1;
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED_WITH_WARNING);
    expect_codes(&d, "R121");
    s.clinic.clinics_of_name = 2;
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_RETURNED);
}

static void a_person_who_is_not_certain_gets_no_dose(void **state)
{
    (void)state;
    static const struct {
        MatchOutcome outcome;
        MatchCode match;
        IntakeOutcome expected;
        const char *code;
    } cases[] = {
        {MATCH_RETURN, MATCH_R131, INTAKE_RETURNED, "R131"},
        {MATCH_RETURN, MATCH_R133, INTAKE_RETURNED, "R133"},
        {MATCH_REVIEW, MATCH_V131, INTAKE_REVIEW, "V131"},
        {MATCH_REVIEW, MATCH_V132, INTAKE_REVIEW, "V132"},
    };
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        Story s = honest_row();
        s.match = (MatchDecision){.outcome = cases[i].outcome, .code = cases[i].match};
        IntakeDecision d = told(&s);
        assert_int_equal(d.outcome, cases[i].expected);
        assert_int_equal(d.store, STORE_NOTHING);
        assert_int_equal(d.claim, CLAIM_NONE);
        expect_codes(&d, cases[i].code);
    }
}

static void what_stops_a_row_stands_before_what_warned_earlier(void **state)
{
    (void)state;
    Story s = honest_row();
    s.clinic.contract_on_day = false;
    s.match = (MatchDecision){.outcome = MATCH_REVIEW, .code = MATCH_V131};
    IntakeDecision d = told(&s);
    expect_codes(&d, "V131 R122");
    assert_int_equal(d.claim, CLAIM_NONE);

    s = honest_row();
    s.match.sex_differs = true;
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED_WITH_WARNING);
    expect_codes(&d, "W133");
}

typedef struct Residence {
    ResidenceSpan lived[2];
    int count;
    PartialDate given_on;
    GivenClass given_class;
    const char *code;
    const char *why;
} Residence;

static void residence_on_the_day_decides_as_the_register_knows_it_now(void **state)
{
    (void)state;
    Day october_10 = day_of(2026, 10, 10);
    ResidenceSpan moved_out = {DAY_NONE, october_10 - 1, RESIDENCE_MOVED_OUT};
    ResidenceSpan moved_in = {october_10, DAY_NONE, RESIDENCE_OPEN};
    ResidenceSpan announced = {DAY_NONE, october_10 - 1, RESIDENCE_PLANNED};
    ResidenceSpan died = {DAY_NONE, october_10, RESIDENCE_DEAD};
    ResidenceSpan some_day = {DAY_NONE, day_of(2026, 10, 31), RESIDENCE_DEAD, 30};
    ResidenceSpan again = {day_of(2026, 11, 1), DAY_NONE, RESIDENCE_OPEN};
    const Residence cases[] = {
        {{moved_out}, 1, {2026, 10, 9}, GIVEN_HERE, "", "13, 58: the day before moving out"},
        {{moved_out}, 1, {2026, 10, 10}, GIVEN_HERE, "R141", "13, 58: the day of moving out"},
        {{moved_out}, 1, {2026, 10, 10}, GIVEN_ELSEWHERE, "R141", "reported from elsewhere"},
        {{moved_out},
         1,
         {2026, 10, 0},
         GIVEN_HERE,
         "R144",
         "some day of that month: of a resident, perhaps"},
        {{moved_in}, 1, {2026, 10, 9}, GIVEN_HERE, "R142", "a newcomer's older history"},
        {{moved_in}, 1, {2026, 10, 9}, GIVEN_ELSEWHERE, "", "and no claim is made for it"},
        {{moved_in}, 1, {2026, 9, 0}, GIVEN_ELSEWHERE, "", "nor its day known: paper says no more"},
        {{moved_in}, 1, {2026, 10, 0}, GIVEN_ELSEWHERE, "R144", "the month of moving in"},
        {{moved_in}, 1, {2026, 0, 0}, GIVEN_HERE, "R144", "a year alone"},
        {{moved_in}, 1, {2026, 10, 10}, GIVEN_HERE, "", "the day of moving in"},
        {{died}, 1, {2026, 10, 10}, GIVEN_HERE, "", "the day of death"},
        {{died}, 1, {2026, 10, 12}, GIVEN_HERE, "R143", "13, 59: two days after death"},
        {{some_day}, 1, {2026, 9, 30}, GIVEN_HERE, "", "before any day in October on which he may have died"},
        {{some_day}, 1, {2026, 10, 1}, GIVEN_HERE, "", "the first of them: he was alive that day whichever is meant"},
        {{some_day}, 1, {2026, 10, 2}, GIVEN_HERE, "R145", "perhaps after it"},
        {{some_day}, 1, {2026, 10, 31}, GIVEN_ELSEWHERE, "R145", "reported from elsewhere"},
        {{some_day}, 1, {2026, 10, 0}, GIVEN_HERE, "R145", "neither day is known"},
        {{some_day}, 1, {2026, 11, 1}, GIVEN_HERE, "R143", "after every one of them"},
        {{some_day, again}, 2, {2026, 11, 2}, GIVEN_HERE, "R143", "a register in disorder: dead is dead"},
        {{moved_out, again}, 2, {2026, 10, 20}, GIVEN_HERE, "R142", "between two residences"},
        {{moved_out, again}, 2, {2026, 11, 1}, GIVEN_HERE, "", "back again"},
        {{{0}}, 0, {2026, 10, 9}, GIVEN_HERE, "R132", "never a resident"},
        {{announced}, 1, {2026, 10, 9}, GIVEN_HERE, "", "before an announced move-out"},
        {{announced}, 1, {2026, 10, 10}, GIVEN_HERE, "W141", "on its day: it is not confirmed yet"},
        {{announced}, 1, {2026, 10, 30}, GIVEN_ELSEWHERE, "W141", "and long after it"},
    };
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        Story s = honest_row();
        s.lived[0] = cases[i].lived[0];
        s.lived[1] = cases[i].lived[1];
        s.lived_count = cases[i].count;
        s.row.given_on = cases[i].given_on;
        s.row.given_class = cases[i].given_class;
        IntakeDecision d = told(&s);
        const char *first = d.code_count ? intake_code_text(d.codes[0]).at : "";
        if (strncmp(first, cases[i].code, 4) != 0) print_error("%s: %s\n", cases[i].why, first);
        expect_codes(&d, cases[i].code);
    }
}

static void a_verdict_that_a_vague_date_tips_is_for_a_person(void **state)
{
    (void)state;
    Story s = honest_row();
    s.judgement = (IntakeJudgement){.in_programme = true, .date_partial = true};
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED_WITH_WARNING);
    assert_int_equal(d.store, STORE_DOSE);
    assert_int_equal(d.claim, CLAIM_HELD);
    assert_int_equal(d.status, DOSE_UNJUDGED);
    expect_codes(&d, "W301");
}

static void a_claim_is_held_while_a_confirmed_move_lies_before_its_dose(void **state)
{
    (void)state;
    Day october_10 = day_of(2026, 10, 10);
    const struct {
        ResidenceSpan lived;
        PartialDate given_on;
        IntakeClaim now;
        const char *code;
        IntakeClaim to;
        const char *why;
    } cases[] = {
        {{DAY_NONE, october_10 - 1, RESIDENCE_PLANNED},
         {2026, 10, 12},
         CLAIM_RECEIVED,
         "",
         CLAIM_NONE,
         "only announced"},
        {{DAY_NONE, october_10 - 1, RESIDENCE_MOVED_OUT},
         {2026, 10, 12},
         CLAIM_RECEIVED,
         "",
         CLAIM_HELD,
         "confirmed"},
        {{DAY_NONE, october_10 - 1, RESIDENCE_MOVED_OUT},
         {2026, 10, 10},
         CLAIM_RECEIVED,
         "",
         CLAIM_HELD,
         "its day"},
        {{DAY_NONE, october_10 - 1, RESIDENCE_MOVED_OUT},
         {2026, 10, 9},
         CLAIM_RECEIVED,
         "",
         CLAIM_NONE,
         "the day before"},
        {{DAY_NONE, october_10 - 1, RESIDENCE_MOVED_OUT},
         {2026, 10, 0},
         CLAIM_RECEIVED,
         "",
         CLAIM_NONE,
         "some day of it"},
        {{DAY_NONE, october_10, RESIDENCE_DEAD},
         {2026, 10, 12},
         CLAIM_RECEIVED,
         "",
         CLAIM_HELD,
         "after death"},
        {{DAY_NONE, october_10 - 1, RESIDENCE_MOVED_OUT},
         {2026, 10, 12},
         CLAIM_HELD,
         "R141",
         CLAIM_NONE,
         "held already"},
        {{DAY_NONE, october_10 - 1, RESIDENCE_MOVED_OUT},
         {2026, 10, 12},
         CLAIM_RETURNED,
         "R155",
         CLAIM_NONE,
         "returned"},
        {{DAY_NONE, DAY_NONE, RESIDENCE_OPEN},
         {2026, 10, 12},
         CLAIM_HELD,
         "R141",
         CLAIM_RECEIVED,
         "cancelled"},
        {{DAY_NONE, DAY_NONE, RESIDENCE_OPEN},
         {2026, 10, 12},
         CLAIM_HELD,
         "W301",
         CLAIM_NONE,
         "held for another reason"},
    };
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        ResidenceSpan lived[1] = {cases[i].lived};
        const ResidenceSpanRows spans = {.at = lived, .count = 1, .capacity = 1};
        ClaimTurn turn =
            intake_claim_turn(cases[i].now, str_of(cases[i].code), cases[i].given_on, &spans);
        if (turn.to != cases[i].to) fail_msg("%s: %d", cases[i].why, (int)turn.to);
    }
}

// Section 13, 65 and 69.
static void the_same_dose_again_is_a_duplicate_and_not_paid_twice(void **state)
{
    (void)state;
    Story s = honest_row();
    known_as(&s, 42);
    s.known[0].claimed = true;
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_DUPLICATE);
    assert_int_equal(d.ref, 42);
    assert_int_equal(d.claim, CLAIM_NONE);
    assert_int_equal(d.store, STORE_NOTHING);

    s.known[0].provenance =
        PROVENANCE_OTHER_CITY;  // reported by the other city before the claim came
    s.known[0].claimed = false;
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_DUPLICATE);
    assert_int_equal(d.claim, CLAIM_RECEIVED);
    assert_int_equal(d.store, STORE_FILL);
}

static void doubts_about_duplicates_are_for_a_person(void **state)
{
    (void)state;
    Story s = honest_row();
    known_as(&s, 42);
    s.known[0].lot = S("ZZ999");
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_REVIEW);
    assert_int_equal(d.ref, 42);
    expect_codes(&d, "D301");

    s.known[0].given_on = (PartialDate){2025, 10, 15};
    d = told(&s);
    expect_codes(&d, "D304");
    s.known[0].given_on = (PartialDate){2026, 10, 14};
    s.known[0].provenance = PROVENANCE_BOOKLET;  // 13, 68
    d = told(&s);
    expect_codes(&d, "D303");
    s.known[0].given_on = s.incoming.given_on;
    s.known[0].product = 2;
    d = told(&s);
    expect_codes(&d, "D302");
    s.known[0].components = 3;
    d = told(&s);
    expect_codes(&d, "D305");
}

// Section 13, 66.
static void a_corrected_lot_makes_a_new_version(void **state)
{
    (void)state;
    Story s = honest_row();
    known_as(&s, 42);
    s.known[0].lot = S("ZZ999");
    s.incoming.corrects = true;
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED);
    assert_int_equal(d.store, STORE_NEW_VERSION);
    assert_int_equal(d.ref, 42);
}

static void the_engine_warns_and_the_dose_is_stored_all_the_same(void **state)
{
    (void)state;
    static const struct {
        bool returns;
        IntakeClaim claim;
        const char *codes;
    } cases[] = {{true, CLAIM_RETURNED, "W301 R155"}, {false, CLAIM_HELD, "W301"}};
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        Story s = honest_row();
        s.judgement.status = DOSE_INVALID;
        s.judgement.claim_returns = cases[i].returns;
        s.judgement.claim_holds = !cases[i].returns;
        IntakeDecision d = told(&s);
        assert_int_equal(d.outcome, INTAKE_ACCEPTED_WITH_WARNING);
        assert_int_equal(d.store, STORE_DOSE);
        assert_int_equal(d.claim, cases[i].claim);
        assert_int_equal(d.error_report_proposed, cases[i].claim == CLAIM_HELD);
        expect_codes(&d, cases[i].codes);
    }
}

static void a_returned_claim_is_not_taken_back_by_one_that_would_be_held(void **state)
{
    (void)state;
    Story s = honest_row();
    s.judgement.status = DOSE_INVALID;
    s.judgement.claim_returns = s.judgement.claim_holds = true;
    IntakeDecision d = told(&s);
    assert_int_equal(d.claim, CLAIM_RETURNED);
    assert_true(d.error_report_proposed);
    expect_codes(&d, "W301 R155");
}

static void a_vaccine_without_a_routine_series_is_stored_and_not_paid(void **state)
{
    (void)state;
    Story s = honest_row();
    s.judgement = (IntakeJudgement){.in_programme = false};
    IntakeDecision d = told(&s);
    assert_int_equal(d.store, STORE_DOSE);
    assert_int_equal(d.claim, CLAIM_RETURNED);
    assert_int_equal(d.status, DOSE_UNJUDGED);
    expect_codes(&d, "W301 R155");
    expect_message(&d, &s.row, "この方を対象とする定期接種のない製品です");

    s.row.given_class = GIVEN_ELSEWHERE;  // no claim, so nothing to return
    d = told(&s);
    assert_int_equal(d.claim, CLAIM_NONE);
    expect_codes(&d, "W301");
}

static void an_unknown_or_other_claimed_dose_is_a_warning_only(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.claimed_dose_known = false;
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED_WITH_WARNING);
    assert_int_equal(d.store, STORE_DOSE);
    assert_int_equal(d.claim, CLAIM_RECEIVED);
    expect_codes(&d, "W302");

    s = honest_row();
    s.row.claimed_dose = (ClaimedDose){CLAIMED_NUMBER, 2, 0};
    d = told(&s);
    expect_codes(&d, "W302");
}

static void the_paper_is_read_to_its_end(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.volume_ml100 = 25;
    s.judgement.volume_ml100_legal = 50;
    IntakeDecision d = told(&s);
    expect_codes(&d, "W201");
    s.row.volume_ml100 = 50;
    d = told(&s);
    expect_codes(&d, "");

    s.judgement.contraindicated = true;
    d = told(&s);
    expect_codes(&d, "W202");
    s.judgement.contraindicated = false;

    s.row.expires_on = (PartialDate){2026, 10, 14};
    d = told(&s);
    expect_codes(&d, "W203");
    assert_true(d.error_report_proposed);
    s.row.expires_on = (PartialDate){2026, 10, 0};  // good to the end of the month
    d = told(&s);
    expect_codes(&d, "");

    s.row.lot = (Str){0};
    d = told(&s);
    expect_codes(&d, "");
    s.clinic.lot_wanted = true;
    d = told(&s);
    expect_codes(&d, "W204");

    s = honest_row();
    s.judgement.due_date_missing = true;
    d = told(&s);
    expect_codes(&d, "W303");
}

// Section 13, 67.
static void an_examination_with_a_lot_number_is_no_dose(void **state)
{
    (void)state;
    Story s = honest_row();
    s.row.given_class = GIVEN_EXAMINED_ONLY;
    s.incoming.given = false;
    IntakeDecision d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED);
    assert_int_equal(d.store, STORE_NOT_GIVEN);
    assert_int_equal(d.status, DOSE_UNJUDGED);

    s.row.dose_items = true;
    d = told(&s);
    assert_int_equal(d.outcome, INTAKE_ACCEPTED_WITH_WARNING);
    assert_int_equal(d.store, STORE_NOT_GIVEN);
    assert_int_equal(d.claim, CLAIM_RETURNED);
    expect_codes(&d, "R153");
}

static void money_is_checked_where_a_price_and_an_amount_are_known(void **state)
{
    (void)state;
    Story s = honest_row();
    s.judgement.price_known = true;
    s.judgement.price = 11220;
    IntakeDecision d = told(&s);
    expect_codes(&d, "");  // the clinic said nothing
    s.row.amount = 11220;
    d = told(&s);
    expect_codes(&d, "");
    s.row.amount = 11221;
    d = told(&s);
    expect_codes(&d, "R151");
    assert_int_equal(d.claim, CLAIM_RETURNED);
    assert_int_equal(d.store, STORE_DOSE);

    s.row.amount = 9720;
    s.row.copay = 1500;
    d = told(&s);
    expect_codes(&d, "R152");  // nobody owes a share here
    s.judgement.copay_due = 1500;
    d = told(&s);
    expect_codes(&d, "");
    s.row.amount = INT64_MAX;
    d = told(&s);
    expect_codes(&d, "R151");

    s = honest_row();
    s.judgement.claim_too_late = true;
    d = told(&s);
    expect_codes(&d, "R161");
    s.row.given_class = GIVEN_ELSEWHERE;
    d = told(&s);
    expect_codes(&d, "");
}

static void every_code_has_text_and_words(void **state)
{
    (void)state;
    for (int code = INTAKE_CODE_NONE + 1; code < INTAKE_CODE_COUNT; code++) {
        assert_int_equal(intake_code_text((IntakeCode)code).len, 4);
        assert_true(intake_code_words((IntakeCode)code).len > 0);
    }
    assert_string_equal(intake_outcome_text(INTAKE_ACCEPTED_WITH_WARNING).at,
                        "accepted_with_warning");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_fault_of_a_row_is_told_at_once),
        cmocka_unit_test(an_honest_row_is_accepted_without_a_word),
        cmocka_unit_test(a_verdict_that_a_vague_date_tips_is_for_a_person),
        cmocka_unit_test(what_cannot_be_read_is_returned_and_the_first_defect_decides),
        cmocka_unit_test(an_unknown_product_of_a_certain_person_is_kept_for_a_person),
        cmocka_unit_test(what_could_not_be_read_is_said_with_its_item_whatever_becomes_of_the_row),
        cmocka_unit_test(a_correction_of_the_person_is_for_a_person),
        cmocka_unit_test(a_correction_without_an_original_asks_whose_it_is_or_says_so),
        cmocka_unit_test(nobody_with_the_birth_date_of_the_original_may_be_its_person),
        cmocka_unit_test(a_mark_that_nobody_can_read_stores_no_second_dose),
        cmocka_unit_test(a_mark_that_nobody_can_read_asks_whose_dose_it_may_mean),
        cmocka_unit_test(what_was_taken_away_is_asked_about_when_it_is_reported_again),
        cmocka_unit_test(what_is_stored_is_a_duplicate_whatever_the_register_says_since),
        cmocka_unit_test(what_a_later_row_corrects_stands_no_longer_and_claims_nothing),
        cmocka_unit_test(the_day_of_the_dose_must_make_sense),
        cmocka_unit_test(a_dose_before_the_registered_birth_is_returned_too),
        cmocka_unit_test(what_only_asks_for_a_person_is_answered),
        cmocka_unit_test(what_is_returned_is_returned_whoever_decides),
        cmocka_unit_test(a_product_that_nobody_knows_stays_unknown),
        cmocka_unit_test(a_dose_stored_for_another_moves_where_it_was_named_and_never_else),
        cmocka_unit_test(a_likeness_is_its_own_dose_and_a_correction_names_one),
        cmocka_unit_test(without_a_contract_the_dose_is_stored_and_the_claim_returned),
        cmocka_unit_test(a_dose_given_elsewhere_needs_no_contract),
        cmocka_unit_test(a_wrong_clinic_code_passes_when_the_name_says_which_it_is),
        cmocka_unit_test(a_person_who_is_not_certain_gets_no_dose),
        cmocka_unit_test(what_stops_a_row_stands_before_what_warned_earlier),
        cmocka_unit_test(residence_on_the_day_decides_as_the_register_knows_it_now),
        cmocka_unit_test(a_claim_is_held_while_a_confirmed_move_lies_before_its_dose),
        cmocka_unit_test(the_same_dose_again_is_a_duplicate_and_not_paid_twice),
        cmocka_unit_test(doubts_about_duplicates_are_for_a_person),
        cmocka_unit_test(a_corrected_lot_makes_a_new_version),
        cmocka_unit_test(the_engine_warns_and_the_dose_is_stored_all_the_same),
        cmocka_unit_test(a_returned_claim_is_not_taken_back_by_one_that_would_be_held),
        cmocka_unit_test(a_vaccine_without_a_routine_series_is_stored_and_not_paid),
        cmocka_unit_test(an_unknown_or_other_claimed_dose_is_a_warning_only),
        cmocka_unit_test(the_paper_is_read_to_its_end),
        cmocka_unit_test(an_examination_with_a_lot_number_is_no_dose),
        cmocka_unit_test(money_is_checked_where_a_price_and_an_amount_are_known),
        cmocka_unit_test(every_code_has_text_and_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
