// Nothing crashes, and whatever is accepted is the one canonical form: written again, same bytes.
// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>
#include <stdint.h>

#include "relay_message.h"
#include "relay_payload.h"
#include "same_again.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena whole;

static void as_messages(Str message, Arena arena)
{
    RelayBatch batch;
    RelayAnswer answer;
    RelayFeedAsk ask;
    RelayFeed feed;
    CodeAnswerRows codes;
    Error err = {0};
    if (relay_batch_decode(message, &arena, &batch, &err))
        same_again(message, relay_batch_encode(&batch, &arena));
    if (relay_answer_decode(message, &arena, &answer, &err))
        same_again(message, relay_answer_encode(&answer, &arena));
    if (relay_feed_ask_decode(message, &ask, &err))
        same_again(message, relay_feed_ask_encode(&ask, &arena));
    if (relay_feed_decode(message, &arena, &feed, &err)) {
        Str written = relay_feed_encode(&feed, &arena);
        if (message.len <= RELAY_FEED_BYTES_MOST) same_again(message, written);
    }
    if (code_answers_decode(message, &arena, &codes, &err))
        same_again(message, code_answers_encode(&codes, &arena));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 26);
    Arena arena = whole;
    Str message = {(const char *)data, (ptrdiff_t)size};
    InquiryWish wish;
    InquiryNo cancelled;
    InquiryResult result;
    CodeRequest code;
    CodeStanding standing;
    bool is_protected;
    Error err = {0};
    as_messages(message, arena);
    if (inquiry_wish_decode(message, &wish, &err))
        same_again(message, inquiry_wish_encode(&wish, &arena));
    if (inquiry_cancel_decode(message, &cancelled, &err))
        same_again(message, inquiry_cancel_encode(&cancelled, &arena));
    if (inquiry_result_decode(message, &result, &err))
        same_again(message, inquiry_result_encode(&result, &arena));
    if (code_request_decode(message, &code, &err))
        same_again(message, code_request_encode(&code, &arena));
    if (code_standing_decode(message, &standing, &err))
        same_again(message, code_standing_encode(&standing, &arena));
    if (shield_word_decode(message, &is_protected, &err)) same_again(message, shield_word_encode(is_protected, &arena));
    return 0;
}
