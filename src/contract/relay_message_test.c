// The messages between ledger, unified and intermediate: what is written is read, nothing else is, and a payload passes
// a hop as the same bytes. Proves C-3.6-02, C-3.6-16: unified alters nothing that is asked or answered.
// SPDX-License-Identifier: Apache-2.0
#include "copy_layout.h"
#include "copy_message.h"
#include "message_test.h"
#include "relay_message.h"
#include "relay_payload.h"

static Arena arena;

#define HANAKO_HERE  S("000000000083141")  // her 宛名番号
#define HANAKO_THERE S("190000000000017")  // and the number that unified puts in its place

static InquiryWish wish_of_hanako(void)
{
    Permit permit = permit_of_hanako();
    return (InquiryWish){.inquiry = permit.inquiry,
                         .provider = permit.question.provider,
                         .item = 25,
                         .affair = permit.question.affair,
                         .procedure = permit.question.procedure,
                         .dataset = permit.question.dataset,
                         .items = DOSE_ITEMS_ALL,
                         .department = S("保健所 予防接種係")};
}

static Bytes bytes_of(Str text)
{
    return (Bytes){(const unsigned char *)text.at, text.len};
}

static Str text_of(Bytes bytes)
{
    return (Str){(const char *)bytes.at, bytes.len};
}

// ---- batches

static void a_hop_exchanges_the_person_and_nothing_else(void **state)
{
    (void)state;
    InquiryWish wish = wish_of_hanako(), arrived;
    RelayBatch sent = {.head = bytes_of(S("head"))}, between, got;
    Error err;
    Str payload = inquiry_wish_encode(&wish, &arena);
    *relay_rows_push(&sent.rows, &arena) = (RelayRow){HANAKO_HERE, bytes_of(payload)};
    assert_true(relay_batch_decode(relay_batch_encode(&sent, &arena), &arena, &between, &err));
    between.rows.at[0].person = HANAKO_THERE;
    assert_true(relay_batch_decode(relay_batch_encode(&between, &arena), &arena, &got, &err));
    assert_true(str_equal(got.rows.at[0].person, HANAKO_THERE));
    assert_true(str_equal(text_of(got.rows.at[0].payload), payload));
    assert_true(str_equal(text_of(got.head), S("head")));
    assert_true(inquiry_wish_decode(text_of(got.rows.at[0].payload), &arrived, &err));
    assert_true(str_equal(arrived.department, wish.department));
    assert_true(organisation_same(&arrived.provider, &wish.provider));
}

static bool batch_of(Str person, ptrdiff_t payload, ptrdiff_t head)
{
    static const unsigned char bytes[RELAY_PAYLOAD_MOST + 1];
    RelayBatch batch = {.head = {bytes, head}}, read;
    Error err;
    *relay_rows_push(&batch.rows, &arena) = (RelayRow){person, {bytes, payload}};
    return relay_batch_decode(relay_batch_encode(&batch, &arena), &arena, &read, &err);
}

static void a_person_is_fifteen_digits_and_no_row_is_too_long(void **state)
{
    (void)state;
    assert_true(batch_of(HANAKO_HERE, 0, 0));
    assert_true(batch_of(HANAKO_HERE, RELAY_PAYLOAD_MOST, RELAY_HEAD_MOST));
    assert_false(batch_of(HANAKO_HERE, RELAY_PAYLOAD_MOST + 1, 0));
    assert_false(batch_of(HANAKO_HERE, 0, RELAY_HEAD_MOST + 1));
    const Str no_people[] = {S(""), S("00000000008314"), S("0000000000831411"), S("00000000008314x"),
                             S("００００００００００８３１４１")};
    for (size_t i = 0; i < sizeof no_people / sizeof *no_people; i++)
        assert_false(batch_of(no_people[i], 1, 0));
}

static bool answer_of(Str code, int item)
{
    RelayAnswer answer = {0}, read;
    Error err;
    RelayOutcome *row = relay_outcomes_push(&answer.rows, &arena);
    *row = (RelayOutcome){0};
    *relay_objections_push(&row->objections, &arena) = (RelayObjection){code, item};
    return relay_answer_decode(relay_answer_encode(&answer, &arena), &arena, &read, &err);
}

static void each_row_is_answered_and_a_warning_is_no_refusal(void **state)
{
    (void)state;
    RelayOutcome taken = {0}, warned = {0}, refused = {0};
    *relay_objections_push(&warned.objections, &arena) = (RelayObjection){S("B8"), 0};
    *relay_objections_push(&refused.objections, &arena) = (RelayObjection){S("B8"), 0};
    *relay_objections_push(&refused.objections, &arena) = (RelayObjection){S("B3"), DOSE_VACCINE};
    assert_true(relay_taken(&taken));
    assert_true(relay_taken(&warned));
    assert_false(relay_taken(&refused));
    assert_true(answer_of(S("B3"), DOSE_LOT));
    assert_true(answer_of(S("E101"), 0));
    assert_false(answer_of(S("E"), 0));
    assert_false(answer_of(S("E1011"), 0));
    assert_false(answer_of(S("b3"), 0));
    assert_false(answer_of(S("B3"), 63));
}

static void a_batch_that_is_refused_has_no_rows(void **state)
{
    (void)state;
    RelayAnswer answer = {.last = 4}, read;
    Error err;
    *relay_objections_push(&answer.whole, &arena) = (RelayObjection){S("A2"), 0};
    assert_true(relay_answer_decode(relay_answer_encode(&answer, &arena), &arena, &read, &err));
    assert_int_equal(read.last, 4);
    *relay_outcomes_push(&answer.rows, &arena) = (RelayOutcome){0};
    assert_false(relay_answer_decode(relay_answer_encode(&answer, &arena), &arena, &read, &err));
}

// ---- feeds

static RelayFeed feed_of(int rows, ptrdiff_t payload)
{
    static const unsigned char bytes[RELAY_PAYLOAD_MOST];
    RelayFeed feed = {0};
    for (int i = 0; i < rows; i++)
        *relay_feed_rows_push(&feed.rows, &arena) =
            (RelayFeedRow){i + 1, HANAKO_HERE, {bytes, payload}};
    return feed;
}

static void a_feed_is_cut_between_rows_and_says_so(void **state)
{
    (void)state;
    Arena kept = arena;
    Error err;
    RelayFeed read, small = feed_of(3, 10), many = feed_of(RELAY_ROWS_MOST + 5, 1),
                    large = feed_of(20, RELAY_PAYLOAD_MOST);
    assert_true(relay_feed_decode(relay_feed_encode(&small, &arena), &arena, &read, &err));
    assert_false(read.more);
    assert_int_equal(read.rows.count, 3);
    assert_true(relay_feed_decode(relay_feed_encode(&many, &arena), &arena, &read, &err));
    assert_true(read.more);
    assert_int_equal(read.rows.count, RELAY_ROWS_MOST);
    Str text = relay_feed_encode(&large, &arena);
    assert_true(text.len < RELAY_FEED_BYTES_MOST + RELAY_PAYLOAD_MOST);
    assert_true(relay_feed_decode(text, &arena, &read, &err));
    assert_true(read.more);
    assert_true(read.rows.count > 0);
    arena = kept;
}

// A person may have several numbers; each is a number, and none is taken for another.
static void a_row_of_a_feed_names_all_numbers_of_its_person(void **state)
{
    (void)state;
    Error err;
    RelayFeed feed = feed_of(1, 3), read;
    RelayPersons *also = &feed.rows.at[0].also;
    for (int i = 0; i <= RELAY_ALSO_MOST; i++) *relay_persons_push(also, &arena) = HANAKO_THERE;
    assert_true(relay_feed_decode(relay_feed_encode(&feed, &arena), &arena, &read, &err));
    assert_int_equal(read.rows.at[0].also.count, RELAY_ALSO_MOST);
    assert_true(relay_feed_row_of(&read.rows.at[0], HANAKO_HERE));
    assert_true(relay_feed_row_of(&read.rows.at[0], HANAKO_THERE));
    assert_false(relay_feed_row_of(&read.rows.at[0], S("000000000083142")));
    also->at[0] = S("19000000000001x");
    assert_false(relay_feed_decode(relay_feed_encode(&feed, &arena), &arena, &read, &err));
}

static void a_feed_goes_forward_or_is_not_read(void **state)
{
    (void)state;
    RelayFeed feed = feed_of(2, 1), read, empty = {.more = true};
    Error err;
    feed.rows.at[1].no = 1;
    assert_false(relay_feed_decode(relay_feed_encode(&feed, &arena), &arena, &read, &err));
    assert_false(relay_feed_decode(relay_feed_encode(&empty, &arena), &arena, &read, &err));
}

// ---- payloads

static bool result_reads(InquiryResult result)
{
    InquiryResult read;
    Error err;
    bool ok = inquiry_result_decode(inquiry_result_encode(&result, &arena), &read, &err);
    if (ok) assert_string_equal(inquiry_result_status(&read), inquiry_result_status(&result));
    return ok;
}

static void a_result_says_how_it_stands_and_brings_data_only_where_some_was_given(void **state)
{
    (void)state;
    Day today = day_of(2026, 11, 30);
    InquiryResult asking = {.inquiry = {"1"}, .state = INQUIRY_ASKING, .as_of = DAY_NONE},
                  given = {.inquiry = {"1"},
                           .state = INQUIRY_ENDED,
                           .result = RESULT_GIVEN,
                           .as_of = today,
                           .data = bytes_of(S("doses"))},
                  none = {.inquiry = {"1"},
                          .state = INQUIRY_ENDED,
                          .result = RESULT_NO_DATA,
                          .as_of = today},
                  no = {.inquiry = {"1"},
                        .state = INQUIRY_ENDED,
                        .result = RESULT_NOT_ALLOWED,
                        .as_of = DAY_NONE};
    assert_string_equal(inquiry_result_status(&asking), "03");
    assert_string_equal(inquiry_result_status(&given), "09");
    assert_string_equal(inquiry_result_status(&no), "13");
    assert_true(result_reads(asking));
    assert_true(result_reads(given));
    assert_true(result_reads(none));
    assert_true(result_reads(no));
    given.data = (Bytes){0};  // erased since
    assert_true(result_reads(given));
    none.data = bytes_of(S("doses"));
    assert_false(result_reads(none));
    none.data = (Bytes){0};
    none.as_of = DAY_NONE;  // absence of what day
    assert_false(result_reads(none));
    asking.as_of = today;
    assert_false(result_reads(asking));
}

static void a_wish_names_who_asks(void **state)
{
    (void)state;
    InquiryWish wish = wish_of_hanako(), read;
    Error err;
    Str text = inquiry_wish_encode(&wish, &arena);
    for (ptrdiff_t len = 0; len < text.len; len++)
        assert_false(inquiry_wish_decode(str_first(text, len), &read, &err));
    wish.department = S("");
    assert_false(inquiry_wish_decode(inquiry_wish_encode(&wish, &arena), &read, &err));
    wish = wish_of_hanako();
    wish.items = 0;
    assert_false(inquiry_wish_decode(inquiry_wish_encode(&wish, &arena), &read, &err));
}

static void a_code_is_asked_for_and_the_number_comes_where_there_is_one(void **state)
{
    (void)state;
    CodeAnswerRows answers = {0}, read;
    Error err;
    *code_answers_push(&answers, &arena) =
        (CodeAnswer){.state = CODE_REQUESTED, .acquisition = {{7}}};
    *code_answers_push(&answers, &arena) =
        (CodeAnswer){.no = CODE_ALREADY_HELD, .state = CODE_HELD};
    assert_true(
        code_answers_decode(code_answers_encode(&answers, &arena), &arena, &read, &err));
    assert_int_equal(read.count, 2);
    assert_int_equal(read.at[0].acquisition.at[0], 7);
    assert_int_equal(read.at[1].no, CODE_ALREADY_HELD);
    CodeRequest released = {.kind = CODE_REQUEST_RELEASE, .person_agrees = true}, wish;
    assert_false(code_request_decode(code_request_encode(&released, &arena), &wish, &err));
}

// ---- one spelling of each

#define AGAIN(name, Type)                                                                  \
    static Str name##_again(Str message, Arena *scratch)                                   \
    {                                                                                      \
        Type read;                                                                         \
        Error err;                                                                         \
        return name##_decode(message, &read, &err) ? name##_encode(&read, scratch) : (Str){0}; \
    }
#define AGAIN_ROWS(name, Type)                                                             \
    static Str name##_again(Str message, Arena *scratch)                                   \
    {                                                                                      \
        Type read;                                                                         \
        Error err;                                                                         \
        return name##_decode(message, scratch, &read, &err) ? name##_encode(&read, scratch) \
                                                            : (Str){0};                    \
    }
AGAIN(relay_feed_ask, RelayFeedAsk)
AGAIN(inquiry_wish, InquiryWish)
AGAIN(inquiry_cancel, InquiryNo)
AGAIN(inquiry_result, InquiryResult)
AGAIN(code_request, CodeRequest)
AGAIN(code_standing, CodeStanding)
static Str shield_word_again(Str message, Arena *scratch)
{
    bool is_protected;
    Error err;
    return shield_word_decode(message, &is_protected, &err) ? shield_word_encode(is_protected, scratch) : (Str){0};
}
AGAIN_ROWS(relay_batch, RelayBatch)
AGAIN_ROWS(relay_answer, RelayAnswer)
AGAIN_ROWS(relay_feed, RelayFeed)
AGAIN_ROWS(code_answers, CodeAnswerRows)

static void every_message_has_one_spelling(void **state)
{
    (void)state;
    InquiryWish wish = wish_of_hanako();
    InquiryResult result = {.inquiry = {"1"},
                            .state = INQUIRY_ENDED,
                            .result = RESULT_GIVEN,
                            .at = NOW,
                            .as_of = day_of(2026, 11, 30),
                            .data = bytes_of(S("doses"))};
    RelayBatch batch = {.head = bytes_of(S("head"))};
    *relay_rows_push(&batch.rows, &arena) = (RelayRow){HANAKO_HERE, bytes_of(S("payload"))};
    RelayAnswer answer = {.last = 3, .held = true};
    RelayOutcome *row = relay_outcomes_push(&answer.rows, &arena);
    *row = (RelayOutcome){0};
    *relay_objections_push(&row->objections, &arena) = (RelayObjection){S("B3"), 1};
    RelayFeed feed = feed_of(2, 3);
    *relay_persons_push(&feed.rows.at[1].also, &arena) = HANAKO_THERE;
    RelayFeedAsk ask = {.head = bytes_of(S("TM")), .after = 7, .most = 100};
    CodeAnswerRows codes = {0};
    *code_answers_push(&codes, &arena) =
        (CodeAnswer){.state = CODE_REQUESTED, .acquisition = {{7}}};
    CodeRequest code = {.kind = CODE_REQUEST_ASK, .person_agrees = true};
    CodeStanding standing = {CODE_FAILED, CODE_E105_CLASH, true};
    assert_one_spelling(inquiry_wish_encode(&wish, &arena), inquiry_wish_again, arena);
    assert_one_spelling(inquiry_cancel_encode(&wish.inquiry, &arena), inquiry_cancel_again, arena);
    assert_one_spelling(inquiry_result_encode(&result, &arena), inquiry_result_again, arena);
    assert_one_spelling(relay_batch_encode(&batch, &arena), relay_batch_again, arena);
    assert_one_spelling(relay_answer_encode(&answer, &arena), relay_answer_again, arena);
    assert_one_spelling(relay_feed_encode(&feed, &arena), relay_feed_again, arena);
    assert_one_spelling(relay_feed_ask_encode(&ask, &arena), relay_feed_ask_again, arena);
    assert_one_spelling(code_answers_encode(&codes, &arena), code_answers_again, arena);
    assert_one_spelling(code_request_encode(&code, &arena), code_request_again, arena);
    assert_one_spelling(code_standing_encode(&standing, &arena), code_standing_again, arena);
    assert_one_spelling(shield_word_encode(true, &arena), shield_word_again, arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hop_exchanges_the_person_and_nothing_else),
        cmocka_unit_test(a_person_is_fifteen_digits_and_no_row_is_too_long),
        cmocka_unit_test(each_row_is_answered_and_a_warning_is_no_refusal),
        cmocka_unit_test(a_batch_that_is_refused_has_no_rows),
        cmocka_unit_test(a_feed_is_cut_between_rows_and_says_so),
        cmocka_unit_test(a_row_of_a_feed_names_all_numbers_of_its_person),
        cmocka_unit_test(a_feed_goes_forward_or_is_not_read),
        cmocka_unit_test(a_result_says_how_it_stands_and_brings_data_only_where_some_was_given),
        cmocka_unit_test(a_wish_names_who_asks),
        cmocka_unit_test(a_code_is_asked_for_and_the_number_comes_where_there_is_one),
        cmocka_unit_test(every_message_has_one_spelling),
    };
    arena = arena_reserve(64 << 20);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
