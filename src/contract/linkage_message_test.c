// The messages of an exchange: what is written is read, nothing else is, and lengths say nothing.
// Proves C-3.6-22 as far as lengths go: no data and much data look alike.
// SPDX-License-Identifier: Apache-2.0
#include "linkage_message.h"
#include "message_test.h"
#include "wire.h"

static Arena arena;

static void an_ask_is_read_as_it_was_written(void **state)
{
    (void)state;
    PermitAsk ask = {.asked = permit_of_hanako(), .code = {{3}}, .bulk = true}, read;
    Error err;
    Str text = permit_ask_encode(&ask, &arena);
    assert_true(permit_ask_decode(text, &read, &err));
    assert_true(permit_asks_the_same(&ask.asked, &read.asked));
    assert_true(pairwise_same(&ask.code, &read.code));
    assert_true(read.bulk);
    assert_int_equal(read.asked.list_version, 0);  // what is the core's to say does not travel
    for (ptrdiff_t len = 0; len < text.len; len++)
        assert_false(permit_ask_decode(str_first(text, len), &read, &err));
}

static bool permit_reply_reads(PermitReply reply)
{
    PermitReply read;
    Error err;
    return permit_reply_decode(permit_reply_encode(&reply, &arena), &read, &err);
}

static void a_permit_or_a_no_and_never_both(void **state)
{
    (void)state;
    static const unsigned char copy[] = {1};
    PermitReply given = {.inquiry = {"1"}, .signed_copy = {copy, 1}},
                refused = {.inquiry = {"1"}, .refusal = S("E301")};
    assert_true(permit_reply_reads(given));
    assert_true(permit_reply_reads(refused));
    given.refusal = S("E301");
    assert_false(permit_reply_reads(given));
    refused.refusal = S("");
    assert_false(permit_reply_reads(refused));
    const Str no_codes[] = {S("x301"), S("E30"), S("E3x1"), S("E30x")};
    for (size_t i = 0; i < sizeof no_codes / sizeof *no_codes; i++) {
        refused.refusal = no_codes[i];
        assert_false(permit_reply_reads(refused));
    }
}

static bool reply_reads(Reply reply, ptrdiff_t envelope)
{
    static const unsigned char sealed[ENVELOPE_MOST + 1];
    ReplySent sent = {.reply = reply, .envelope = {sealed, envelope}}, read;
    Error err;
    bool ok = reply_sent_decode(reply_sent_encode(&sent, &arena), &read, &err);
    if (ok) assert_true(reply_same(&reply, &read.reply));
    return ok;
}

static void a_reply_is_one_of_three(void **state)
{
    (void)state;
    PermitId id = {{1}};
    assert_true(reply_reads((Reply){id, REPLY_HELD, RESULT_NONE, 0}, 0));
    assert_true(reply_reads((Reply){id, REPLY_ANSWERED, RESULT_NONE, NOW}, 3));
    assert_true(reply_reads((Reply){id, REPLY_ANSWERED, RESULT_NONE, NOW}, ENVELOPE_MOST));
    assert_false(reply_reads((Reply){id, REPLY_ANSWERED, RESULT_NONE, NOW}, ENVELOPE_MOST + 1));
    assert_true(reply_reads((Reply){id, REPLY_REFUSED, RESULT_EXPIRED, NOW}, 0));
    assert_false(reply_reads((Reply){id, REPLY_HELD, RESULT_NONE, NOW}, 0));
    assert_false(reply_reads((Reply){id, REPLY_ANSWERED, RESULT_NONE, NOW}, 0));
    assert_false(
        reply_reads((Reply){id, REPLY_ANSWERED, RESULT_GIVEN, NOW}, 3));  // the core would know
    assert_false(reply_reads((Reply){id, REPLY_REFUSED, RESULT_NONE, NOW}, 0));
    assert_false(reply_reads((Reply){id, REPLY_REFUSED, RESULT_GIVEN, NOW}, 0));
    assert_false(reply_reads((Reply){id, REPLY_REFUSED, RESULT_REFUSED, NOW}, 3));
}

static void every_body_fills_whole_blocks_and_is_read_again(void **state)
{
    (void)state;
    static char data[3 * ANSWER_BLOCK];
    ptrdiff_t none = 0;
    memset(data, 'x', sizeof data);
    for (ptrdiff_t len = 0; len < (ptrdiff_t)sizeof data; len++) {
        Arena kept = arena;
        AnswerBody body = {.permit = permit_of_hanako(),
                           .result = len ? RESULT_GIVEN : RESULT_NO_DATA,
                           .as_of = day_of(2026, 11, 30),
                           .data = {data, len}},
                   read;
        Error err;
        Str text = answer_body_encode(&body, &arena);
        assert_int_equal(text.len % ANSWER_BLOCK, 0);
        if (!len) none = text.len;
        if (len == 600)
            assert_int_equal(text.len, none);  // a history of some doses is as long as none
        assert_true(answer_body_decode(text, &read, &err));
        assert_true(str_equal(read.data, body.data));
        assert_true(permit_asks_the_same(&read.permit, &body.permit));
        assert_int_equal(read.result, body.result);
        assert_int_equal(read.as_of, body.as_of);
        arena = kept;
    }
}

static void what_a_body_must_not_say_is_refused(void **state)
{
    (void)state;
    AnswerBody body = {.permit = permit_of_hanako(), .result = RESULT_GIVEN, .data = S("x")}, read;
    Error err;
    assert_true(answer_body_decode(answer_body_encode(&body, &arena), &read, &err));
    body.result = RESULT_NO_DATA;  // and brings some
    assert_false(answer_body_decode(answer_body_encode(&body, &arena), &read, &err));
    body.result = RESULT_REFUSED;  // is no answer
    assert_false(answer_body_decode(answer_body_encode(&body, &arena), &read, &err));
    body.result = RESULT_GIVEN;
    body.data = S("");
    assert_false(answer_body_decode(answer_body_encode(&body, &arena), &read, &err));
    body.data = S("x");
    Str text = answer_body_encode(&body, &arena);
    char *changed = str_z(&arena, text);
    changed[text.len - 1] = 1;  // nothing rides in what fills the block
    assert_false(answer_body_decode((Str){changed, text.len}, &read, &err));
}

// The same text up to what fills it, and that of another length.
static Str filled_with(Str text, ptrdiff_t zeros, ptrdiff_t other)
{
    enum { HEAD = 3 };
    static const unsigned char none[2 * ANSWER_BLOCK];
    WireOut out = {.arena = &arena};
    text_add(&out.text, &arena, str_first(text, text.len - zeros - HEAD));
    wire_put_blob(&out, (Bytes){none, other});
    return wire_bytes(&out);
}

static void a_body_is_filled_to_its_block_and_in_no_other_way(void **state)
{
    (void)state;
    AnswerBody body = {.permit = permit_of_hanako(), .result = RESULT_GIVEN, .data = S("x")}, read;
    Error err;
    Str text = answer_body_encode(&body, &arena);
    ptrdiff_t zeros = 0;
    while (!text.at[text.len - 1 - zeros]) zeros++;
    assert_true(str_equal(filled_with(text, zeros, zeros), text));
    const ptrdiff_t others[] = {0, zeros - 1, zeros + 1, zeros + ANSWER_BLOCK};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(answer_body_decode(filled_with(text, zeros, others[i]), &read, &err));
}

// ---- one spelling of each

static Str ask_again(Str message, Arena *scratch)
{
    PermitAsk read;
    Error err;
    return permit_ask_decode(message, &read, &err) ? permit_ask_encode(&read, scratch) : (Str){0};
}

static Str permit_reply_again(Str message, Arena *scratch)
{
    PermitReply read;
    Error err;
    return permit_reply_decode(message, &read, &err) ? permit_reply_encode(&read, scratch)
                                                     : (Str){0};
}

static Str inquiry_again(Str message, Arena *scratch)
{
    InquirySent read;
    Error err;
    return inquiry_sent_decode(message, &read, &err) ? inquiry_sent_encode(&read, scratch)
                                                     : (Str){0};
}

static Str reply_again(Str message, Arena *scratch)
{
    ReplySent read;
    Error err;
    return reply_sent_decode(message, &read, &err) ? reply_sent_encode(&read, scratch) : (Str){0};
}

static Str body_again(Str message, Arena *scratch)
{
    AnswerBody read;
    Error err;
    return answer_body_decode(message, &read, &err) ? answer_body_encode(&read, scratch) : (Str){0};
}

static void every_message_has_one_spelling(void **state)
{
    (void)state;
    static const unsigned char copy[] = {1, 2, 3};
    Permit permit = permit_of_hanako();
    PermitAsk ask = {.asked = permit, .code = {{3}}}, bulk = {.asked = permit, .bulk = true};
    PermitReply given = {.inquiry = permit.inquiry, .signed_copy = {copy, sizeof copy}},
                refused = {.inquiry = permit.inquiry, .refusal = S("E301")};
    InquirySent sent = {.signed_copy = {copy, sizeof copy}};
    ReplySent answered = {.reply = {permit.id, REPLY_ANSWERED, RESULT_NONE, NOW},
                          .envelope = {copy, sizeof copy}},
              no = {.reply = {permit.id, REPLY_REFUSED, RESULT_EXPIRED, NOW}};
    AnswerBody body = {.permit = permit, .result = RESULT_GIVEN, .data = S("x")};
    bulk.asked.undisclosed = false;
    assert_one_spelling(permit_ask_encode(&ask, &arena), ask_again, arena);
    assert_one_spelling(permit_ask_encode(&bulk, &arena), ask_again, arena);
    assert_one_spelling(permit_reply_encode(&given, &arena), permit_reply_again, arena);
    assert_one_spelling(permit_reply_encode(&refused, &arena), permit_reply_again, arena);
    assert_one_spelling(inquiry_sent_encode(&sent, &arena), inquiry_again, arena);
    assert_one_spelling(reply_sent_encode(&answered, &arena), reply_again, arena);
    assert_one_spelling(reply_sent_encode(&no, &arena), reply_again, arena);
    assert_one_spelling(answer_body_encode(&body, &arena), body_again, arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_ask_is_read_as_it_was_written),
        cmocka_unit_test(a_permit_or_a_no_and_never_both),
        cmocka_unit_test(a_reply_is_one_of_three),
        cmocka_unit_test(every_body_fills_whole_blocks_and_is_read_again),
        cmocka_unit_test(what_a_body_must_not_say_is_refused),
        cmocka_unit_test(a_body_is_filled_to_its_block_and_in_no_other_way),
        cmocka_unit_test(every_message_has_one_spelling),
    };
    arena = arena_reserve(16 << 20);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
