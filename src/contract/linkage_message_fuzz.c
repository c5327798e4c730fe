// Nothing crashes, and whatever is accepted is the one canonical form: written again, same bytes.
// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>
#include <stdint.h>

#include "linkage_message.h"
#include "same_again.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena whole;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 26);
    Arena arena = whole;
    Str message = {(const char *)data, (ptrdiff_t)size};
    PermitAsk ask;
    PermitReply got;
    InquirySent sent;
    ReplySent reply;
    AnswerBody body;
    Error err = {0};
    if (permit_ask_decode(message, &ask, &err))
        same_again(message, permit_ask_encode(&ask, &arena));
    if (permit_reply_decode(message, &got, &err))
        same_again(message, permit_reply_encode(&got, &arena));
    if (inquiry_sent_decode(message, &sent, &err))
        same_again(message, inquiry_sent_encode(&sent, &arena));
    if (reply_sent_decode(message, &reply, &err))
        same_again(message, reply_sent_encode(&reply, &arena));
    if (answer_body_decode(message, &body, &err))
        same_again(message, answer_body_encode(&body, &arena));
    return 0;
}
