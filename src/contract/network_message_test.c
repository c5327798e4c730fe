// What servers and the network tell each other: what is written is read, nothing else is, and what must not be said has
// no spelling. Proves C-3.6-38 as far as the box goes: an organisation's code is told under a number of that organisation.
// SPDX-License-Identifier: Apache-2.0
#include "message_test.h"
#include "network_again.h"

#include "person_state.h"

static Arena arena;
static const unsigned char body[] = {1, 2, 3};

static CodeWish wish_of_hanako(void)
{
    CodeWish wish = {.number = {"000009722815"},
                     .kana = S("ヤマダハナコ"),
                     .address = S("北九州市小倉北区城内1-1"),
                     .birth = {2026, 2, 0},
                     .sex = SEX_FEMALE};
    memset(wish.acquisition.at, 5, ACQUISITION_BYTES);
    return wish;
}

static CoreRecord record_of(LinkageResult result, Instant provided_at, bool issued)
{
    CoreRecord row = {.no = 7,
                      .record = {.role = RECORD_CORE,
                                 .permit = permit_of_hanako(),
                                 .provided_at = provided_at,
                                 .result = result}};
    if (issued) return row;
    row.record.permit.id = (PermitId){{0}};
    row.record.permit.list_version = row.record.permit.issued_at = row.record.permit.expires_at = 0;
    return row;
}

static ProvisionRecord own_of(RecordRole role, LinkageResult result, bool issued)
{
    ProvisionRecord record = record_of(result, issued ? NOW : 0, issued).record;
    record.role = role;
    return record;
}

// ---- one of each

enum { SAMPLES = 24 };

static int samples_made(Str samples[SAMPLES])
{
    Letter letters[] = {{3, LETTER_REPLY, {body, 3}}, {5, LETTER_CODE_ARRIVED, {body, 2}}};
    Str parts[] = {S("one"), S("two")};
    AcquisitionNo numbers[] = {{{1}}, {{2}}};
    CodeWish wishes[] = {wish_of_hanako()};
    CodeOutcome outcomes[] = {CODE_WISH_ACCEPTED, CODE_WISH_PERSON_DIFFERS};
    CoreRecord records[] = {record_of(RESULT_GIVEN, NOW, true), record_of(RESULT_NOT_ALLOWED, 0, false)};
    records[1].no = 8;
    int n = 0;
    samples[n++] = mail_ask_encode(&(MailAsk){9, 100}, &arena);
    samples[n++] = mail_answer_encode(&(MailAnswer){{letters, 2, 2}, true}, &arena);
    samples[n++] = mail_answer_encode(&(MailAnswer){{0}, false}, &arena);
    samples[n++] = code_arrived_encode(&(CodeArrived){{{5}}, {{6}}, 1}, &arena);
    samples[n++] = code_denied_encode(&(CodeDenied){{{5}}, CODE_E102_NOBODY}, &arena);
    samples[n++] = bundle_encode(&(BundleRows){parts, 2, 2}, &arena);
    samples[n++] = bundle_taken_encode(&(BundleTaken){2, 1}, &arena);
    samples[n++] = acquisitions_ask_encode(7, &arena);
    samples[n++] = acquisitions_encode(&(AcquisitionRows){numbers, 2, 2}, &arena);
    samples[n++] = list_ask_encode(3, &arena);
    samples[n++] = code_wishes_encode(&(CodeWishRows){wishes, 1, 1}, &arena);
    samples[n++] = code_outcomes_encode(&(CodeOutcomeRows){outcomes, 2, 2}, &arena);
    samples[n++] = records_ask_encode(&(RecordsAsk){0, 10}, &arena);
    samples[n++] = records_answer_encode(&(RecordsAnswer){{records, 1, 1}, true}, &arena);
    samples[n++] = records_answer_encode(&(RecordsAnswer){{records, 2, 2}, false}, &arena);
    samples[n++] = records_answer_encode(&(RecordsAnswer){{0}, false}, &arena);
    samples[n++] = record_told_encode(&(RecordTold){own_of(RECORD_PROVIDER, RESULT_GIVEN, true), {{6}}}, &arena);
    samples[n++] = record_told_encode(&(RecordTold){own_of(RECORD_INQUIRER, RESULT_NOT_ALLOWED, false), {{0}}}, &arena);
    samples[n++] = shield_told_encode(&(ShieldTold){{{6}}, {{0}}, SHIELD_CORES}, &arena);
    samples[n++] = shield_told_encode(&(ShieldTold){{{6}}, {"JT90000000002501"}, 0}, &arena);
    samples[n++] = self_ask_encode(&(SelfAsk){{{1}}, {{6}}, {"TM9000000000YB01"}, {4}}, &arena);
    samples[n++] = self_told_encode(&(SelfTold){{{1}}, {body, 3}}, &arena);
    samples[n++] = self_body_encode(S("doses"), &arena);
    samples[n++] = self_body_encode((Str){0}, &arena);
    return n;
}

// Every message is read as somebody's, written again as the same bytes, and none that was cut or has more behind it is.
static void every_message_is_read_again_and_whole(void **state)
{
    (void)state;
    Str samples[SAMPLES];
    assert_int_equal(samples_made(samples), SAMPLES);
    for (int s = 0; s < SAMPLES; s++) {
        int readers = 0;
        Str more = str_join(&arena, samples[s], S("\x01"));
        for (int i = 0; i < NETWORK_MESSAGES; i++) {
            Arena scratch = arena;
            readers += str_equal(network_again[i](samples[s], &scratch), samples[s]);
            assert_false(str_present(network_again[i](more, &scratch)));
            for (ptrdiff_t len = 0; len < samples[s].len; len++)
                assert_false(str_present(network_again[i](str_first(samples[s], len), &scratch)));
        }
        assert_true(readers > 0);
    }
}

static void every_message_has_one_spelling(void **state)
{
    (void)state;
    Str samples[SAMPLES];
    (void)samples_made(samples);
    for (int s = 0; s < SAMPLES; s++)
        for (int i = 0; i < NETWORK_MESSAGES; i++) {
            Arena scratch = arena;
            if (str_present(network_again[i](samples[s], &scratch)))
                assert_one_spelling(samples[s], network_again[i], scratch);
        }
}

// ---- what must not be said

static bool box_reads(const Letter *letters, int count, bool more)
{
    MailAnswer answer = {{(Letter *)(uintptr_t)letters, count, count}, more}, read;
    Error err = {0};
    return mail_answer_decode(mail_answer_encode(&answer, &arena), &arena, &read, &err);
}

static void a_box_is_in_order_and_never_empty_with_more_behind(void **state)
{
    (void)state;
    const Letter in_order[] = {{1, LETTER_INQUIRY, {body, 3}}, {2, LETTER_INQUIRY, {body, 3}}},
                 twice[] = {{2, LETTER_INQUIRY, {body, 3}}, {2, LETTER_INQUIRY, {body, 3}}},
                 none[] = {{0, LETTER_INQUIRY, {body, 3}}}, blank[] = {{1, LETTER_INQUIRY, {body, 0}}},
                 odd[] = {{1, (LetterKind)0, {body, 3}}}, past[] = {{1, (LetterKind)7, {body, 3}}};
    assert_true(box_reads(in_order, 2, true));
    assert_false(box_reads(twice, 2, false));
    assert_false(box_reads(none, 1, false));
    assert_false(box_reads(blank, 1, false));
    assert_false(box_reads(odd, 1, false));
    assert_false(box_reads(past, 1, false));
    assert_true(box_reads(NULL, 0, false));
    assert_false(box_reads(NULL, 0, true));
}

static bool wish_reads(CodeWish wish)
{
    CodeWishRows rows = {&wish, 1, 1}, read;
    Error err = {0};
    bool ok = code_wishes_decode(code_wishes_encode(&rows, &arena), &arena, &read, &err);
    if (ok) assert_true(individual_no_same(&read.at[0].number, &wish.number));
    return ok;
}

static void a_wish_carries_a_number_that_can_be_one_and_nothing_folded(void **state)
{
    (void)state;
    CodeWish wish = wish_of_hanako();
    assert_true(wish_reads(wish));
    wish.number = (IndividualNo){"000009722816"};  // its check digit is another
    assert_false(wish_reads(wish));
    wish.number = (IndividualNo){"00000972281"};
    assert_false(wish_reads(wish));
    wish.number = (IndividualNo){" 00009722815"};
    assert_false(wish_reads(wish));
    wish = wish_of_hanako();
    wish.birth = (PartialDate){0};  // not known: J-LIS will say that the person differs, and others do not wait
    assert_true(wish_reads(wish));
    wish.sex = 10;
    assert_false(wish_reads(wish));
}

static void numbers_are_gone_once_they_are_wiped(void **state)
{
    (void)state;
    CodeWish wish = wish_of_hanako();
    CodeWishRows rows = {&wish, 1, 1};
    code_wishes_wipe(&rows);
    assert_false(individual_no_present(&wish.number));
    code_wishes_wipe(&(CodeWishRows){0});
}

static bool record_reads(CoreRecord row)
{
    RecordsAnswer answer = {{&row, 1, 1}, false}, read;
    Error err = {0};
    bool ok = records_answer_decode(records_answer_encode(&answer, &arena), &arena, &read, &err);
    if (ok) {
        assert_memory_equal(&read.records.at[0].record.permit, &row.record.permit, sizeof(Permit));
        assert_int_equal(read.records.at[0].record.result, row.record.result);
    }
    return ok;
}

static void a_record_of_the_core_says_what_the_core_can_know(void **state)
{
    (void)state;
    assert_true(record_reads(record_of(RESULT_GIVEN, NOW, true)));
    assert_true(record_reads(record_of(RESULT_NONE, 0, true)));
    assert_true(record_reads(record_of(RESULT_REFUSED, 0, true)));
    assert_true(record_reads(record_of(RESULT_NOT_ALLOWED, 0, false)));
    assert_false(record_reads(record_of(RESULT_NO_DATA, NOW, true)));  // which answer it was
    assert_false(record_reads(record_of(RESULT_SILENT, 0, true)));     // what only the inquirer knows
    assert_false(record_reads(record_of(RESULT_GIVEN, 0, true)));
    assert_false(record_reads(record_of(RESULT_NONE, NOW, true)));
    assert_false(record_reads(record_of(RESULT_GIVEN, NOW, false)));  // nothing was permitted
    assert_false(record_reads(record_of(RESULT_NONE, 0, false)));
}

// A batch is as long as its limit says, and no longer.
static void a_batch_has_an_end(void **state)
{
    (void)state;
    Error err = {0};
    BundleRows parts = {0}, read;
    for (int i = 0; i < BUNDLE_MOST; i++) *bundle_parts_push(&parts, &arena) = S("x");
    assert_true(bundle_decode(bundle_encode(&parts, &arena), &arena, &read, &err));
    *bundle_parts_push(&parts, &arena) = S("x");
    assert_false(bundle_decode(bundle_encode(&parts, &arena), &arena, &read, &err));
    int count = 0;
    assert_true(acquisitions_ask_decode(acquisitions_ask_encode(ACQUISITIONS_MOST, &arena), &count, &err));
    assert_int_equal(count, ACQUISITIONS_MOST);
    assert_false(acquisitions_ask_decode(acquisitions_ask_encode(ACQUISITIONS_MOST + 1, &arena), &count, &err));
    assert_false(acquisitions_ask_decode(acquisitions_ask_encode(0, &arena), &count, &err));
    MailAsk ask;
    assert_true(mail_ask_decode(mail_ask_encode(&(MailAsk){0, LETTERS_MOST}, &arena), &ask, &err));
    assert_false(mail_ask_decode(mail_ask_encode(&(MailAsk){0, LETTERS_MOST + 1}, &arena), &ask, &err));
    assert_false(mail_ask_decode(mail_ask_encode(&(MailAsk){0, 0}, &arena), &ask, &err));
}

static bool told_reads(ProvisionRecord record)
{
    Error err = {0};
    RecordTold told = {record, {{6}}}, read;
    return record_told_decode(record_told_encode(&told, &arena), &read, &err);
}

static void an_own_record_is_an_inquirers_or_a_providers(void **state)
{
    (void)state;
    assert_true(told_reads(own_of(RECORD_INQUIRER, RESULT_GIVEN, true)));
    assert_false(told_reads(own_of(RECORD_INQUIRER, RESULT_NO_DATA, true)));  // the core would know
    assert_false(told_reads(own_of(RECORD_PROVIDER, RESULT_NOBODY, true)));
    assert_true(told_reads(own_of(RECORD_INQUIRER, RESULT_SILENT, false)));
    assert_false(told_reads(own_of(RECORD_CORE, RESULT_GIVEN, true)));
    assert_false(told_reads(own_of(RECORD_PROVIDER, RESULT_NOT_ALLOWED, false)));  // nobody asked it
    assert_false(told_reads(own_of(RECORD_INQUIRER, RESULT_GIVEN, false)));
}

// From outside nothing tells whether there was anything to see.
static void nothing_is_as_long_as_a_history(void **state)
{
    (void)state;
    char doses[600] = {0};
    assert_int_equal(self_body_encode((Str){0}, &arena).len, self_body_encode((Str){doses, sizeof doses}, &arena).len);
}

static bool shield_reads(ShieldTold told)
{
    ShieldTold read;
    Error err = {0};
    return shield_told_decode(shield_told_encode(&told, &arena), &read, &err);
}

// What is said of nobody would hide a country; whether answers wait is the provider's own business.
static void a_shield_is_of_a_person_and_of_what_the_core_shows(void **state)
{
    (void)state;
    assert_true(shield_reads((ShieldTold){{{6}}, {"JT90000000002501"}, SHIELD_RECORDS}));
    assert_false(shield_reads((ShieldTold){{{0}}, {"JT90000000002501"}, SHIELD_RECORDS}));
    assert_false(shield_reads((ShieldTold){{{6}}, {"JM90000000000025"}, SHIELD_RECORDS}));
    assert_false(shield_reads((ShieldTold){{{6}}, {{0}}, SHIELD_ANSWERS}));
    assert_false(shield_reads((ShieldTold){{{6}}, {{0}}, -1}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_message_is_read_again_and_whole),
        cmocka_unit_test(every_message_has_one_spelling),
        cmocka_unit_test(a_box_is_in_order_and_never_empty_with_more_behind),
        cmocka_unit_test(a_wish_carries_a_number_that_can_be_one_and_nothing_folded),
        cmocka_unit_test(numbers_are_gone_once_they_are_wiped),
        cmocka_unit_test(a_record_of_the_core_says_what_the_core_can_know),
        cmocka_unit_test(a_batch_has_an_end),
        cmocka_unit_test(an_own_record_is_an_inquirers_or_a_providers),
        cmocka_unit_test(nothing_is_as_long_as_a_history),
        cmocka_unit_test(a_shield_is_of_a_person_and_of_what_the_core_shows),
    };
    arena = arena_reserve(64 << 20);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
