// SPDX-License-Identifier: Apache-2.0
#include "linkage_message.h"

#include "linkage_wire.h"
#include "permit_message.h"
#include "signed_message.h"

#include <assert.h>

_Static_assert((int)ANSWER_BLOCK == (int)FILL_BLOCK, "what is sealed ends at whole blocks");

// Around the body of a signed message: its own heads, name and signature.
enum { SIGNED_COPY_MOST = 4096 };

// ---- asking for a permit

enum {
    ASK_INQUIRY = 1,
    ASK_QUESTION,
    ASK_KEY,
    ASK_UNDISCLOSED,
    ASK_CODE,
    ASK_BULK,
    ASK_KEYS = ASK_BULK
};

Str permit_ask_encode(const PermitAsk *ask, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, ASK_KEYS);
    item_put_text(&out, ASK_INQUIRY, str_of(ask->asked.inquiry.digits));
    wire_put_number(&out, ASK_QUESTION);
    question_put(&out, &ask->asked.question);
    item_put_blob(&out, ASK_KEY, ask->asked.key.at, sizeof ask->asked.key.at);
    item_put_number(&out, ASK_UNDISCLOSED, ask->asked.undisclosed);
    item_put_blob(&out, ASK_CODE, ask->code.at, sizeof ask->code.at);
    item_put_number(&out, ASK_BULK, ask->bulk);
    return wire_bytes(&out);
}

bool permit_ask_decode(Str text, PermitAsk *ask, Error *err)
{
    WireIn in = wire_in(text);
    PermitAsk read = {0};
    wire_whole_map(&in, ASK_KEYS);
    item_wanted(&in, inquiry_no_read(item_take_text(&in, ASK_INQUIRY, INQUIRY_NO_MOST),
                                     &read.asked.inquiry));
    wire_expect(&in, ASK_QUESTION);
    read.asked.question = question_take(&in);
    item_take_blob(&in, ASK_KEY, read.asked.key.at, sizeof read.asked.key.at);
    read.asked.undisclosed = item_take_number(&in, ASK_UNDISCLOSED, 0, 1);
    item_take_blob(&in, ASK_CODE, read.code.at, sizeof read.code.at);
    read.bulk = item_take_number(&in, ASK_BULK, 0, 1);
    if (!wire_end(&in, err)) return false;
    *ask = read;
    return true;
}

enum { GOT_INQUIRY = 1, GOT_KEY, GOT_REFUSAL, GOT_COPY, GOT_KEYS = GOT_COPY };
enum { FAMILY_LENGTH = 4 };  // "E301"

static bool family_code(Str text)
{
    if (text.len != FAMILY_LENGTH || text.at[0] != 'E') return false;
    for (ptrdiff_t i = 1; i < text.len; i++)
        if (text.at[i] < '0' || text.at[i] > '9') return false;
    return true;
}

Str permit_reply_encode(const PermitReply *reply, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, GOT_KEYS);
    item_put_text(&out, GOT_INQUIRY, str_of(reply->inquiry.digits));
    item_put_blob(&out, GOT_KEY, reply->key.at, sizeof reply->key.at);
    item_put_text(&out, GOT_REFUSAL, reply->refusal);
    item_put_blob(&out, GOT_COPY, reply->signed_copy.at, reply->signed_copy.len);
    return wire_bytes(&out);
}

bool permit_reply_decode(Str text, PermitReply *reply, Error *err)
{
    WireIn in = wire_in(text);
    PermitReply read = {0};
    wire_whole_map(&in, GOT_KEYS);
    item_wanted(&in,
                inquiry_no_read(item_take_text(&in, GOT_INQUIRY, INQUIRY_NO_MOST), &read.inquiry));
    item_take_blob(&in, GOT_KEY, read.key.at, sizeof read.key.at);
    read.refusal = item_take_text(&in, GOT_REFUSAL, FAMILY_LENGTH);
    wire_expect(&in, GOT_COPY);
    read.signed_copy = wire_blob(&in, 0, SIGNED_COPY_MOST);
    item_wanted(&in, (read.refusal.len == 0) == (read.signed_copy.len > 0));
    item_wanted(&in, read.refusal.len == 0 || family_code(read.refusal));
    if (!wire_end(&in, err)) return false;
    *reply = read;
    return true;
}

// ---- asking the provider

enum { SENT_COPY = 1, SENT_KEY, SENT_KEYS = SENT_KEY };

Str inquiry_sent_encode(const InquirySent *sent, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, SENT_KEYS);
    item_put_blob(&out, SENT_COPY, sent->signed_copy.at, sent->signed_copy.len);
    item_put_blob(&out, SENT_KEY, sent->key, sizeof sent->key);
    return wire_bytes(&out);
}

bool inquiry_sent_decode(Str text, InquirySent *sent, Error *err)
{
    WireIn in = wire_in(text);
    InquirySent read = {0};
    wire_whole_map(&in, SENT_KEYS);
    wire_expect(&in, SENT_COPY);
    read.signed_copy = wire_blob(&in, 1, SIGNED_COPY_MOST);
    item_take_blob(&in, SENT_KEY, read.key, sizeof read.key);
    if (!wire_end(&in, err)) return false;
    *sent = read;
    return true;
}

// ---- replying

enum {
    REPLY_PERMIT = 1,
    REPLY_KIND,
    REPLY_REFUSAL,
    REPLY_AT,
    REPLY_ENVELOPE,
    REPLY_KEYS = REPLY_ENVELOPE
};

static bool reply_readable(const ReplySent *sent)
{
    const Reply *r = &sent->reply;
    bool answered = r->kind == REPLY_ANSWERED, refused = r->kind == REPLY_REFUSED;
    return answered == (sent->envelope.len > 0) && (r->kind == REPLY_HELD) == (r->at == 0) &&
           (refused ? result_refused(r->refusal) : r->refusal == RESULT_NONE);
}

Str reply_sent_encode(const ReplySent *sent, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, REPLY_KEYS);
    item_put_blob(&out, REPLY_PERMIT, sent->reply.permit.at, sizeof sent->reply.permit.at);
    item_put_number(&out, REPLY_KIND, sent->reply.kind);
    item_put_number(&out, REPLY_REFUSAL, sent->reply.refusal);
    item_put_number(&out, REPLY_AT, sent->reply.at);
    item_put_blob(&out, REPLY_ENVELOPE, sent->envelope.at, sent->envelope.len);
    return wire_bytes(&out);
}

bool reply_sent_decode(Str text, ReplySent *sent, Error *err)
{
    WireIn in = wire_in(text);
    ReplySent read = {0};
    wire_whole_map(&in, REPLY_KEYS);
    item_take_blob(&in, REPLY_PERMIT, read.reply.permit.at, sizeof read.reply.permit.at);
    read.reply.kind = (ReplyKind)item_take_number(&in, REPLY_KIND, REPLY_HELD, REPLY_REFUSED);
    read.reply.refusal =
        (LinkageResult)item_take_number(&in, REPLY_REFUSAL, RESULT_NONE, RESULT_COUNT - 1);
    read.reply.at = item_take_number(&in, REPLY_AT, 0, INSTANT_MAX);
    wire_expect(&in, REPLY_ENVELOPE);
    read.envelope = wire_blob(&in, 0, ENVELOPE_MOST);
    item_wanted(&in, reply_readable(&read));
    if (!wire_end(&in, err)) return false;
    *sent = read;
    return true;
}

// ---- the body of an answer

enum { BODY_PERMIT = 1, BODY_RESULT, BODY_AS_OF, BODY_DATA, BODY_FILL, BODY_KEYS = BODY_FILL };

Str answer_body_encode(const AnswerBody *body, Arena *arena)
{
    WireOut out = {.arena = arena};
    assert(body->data.len <= ANSWER_DATA_MOST);
    wire_put_map(&out, BODY_KEYS);
    wire_put_number(&out, BODY_PERMIT);
    permit_put(&out, &body->permit);
    item_put_number(&out, BODY_RESULT, body->result);
    item_put_number(&out, BODY_AS_OF, body->as_of);
    item_put_blob(&out, BODY_DATA, body->data.at, body->data.len);
    item_put_fill(&out, BODY_FILL);
    return wire_bytes(&out);
}

bool answer_body_decode(Str text, AnswerBody *body, Error *err)
{
    WireIn in = wire_in(text);
    const unsigned char *first = in.at;
    AnswerBody read = {0};
    wire_whole_map(&in, BODY_KEYS);
    wire_expect(&in, BODY_PERMIT);
    read.permit = permit_take(&in);
    read.result = (LinkageResult)item_take_number(&in, BODY_RESULT, RESULT_GIVEN, RESULT_NOBODY);
    read.as_of = (Day)item_take_number(&in, BODY_AS_OF, DAY_MIN, DAY_MAX);
    wire_expect(&in, BODY_DATA);
    Bytes data = wire_blob(&in, 0, ANSWER_DATA_MOST);
    read.data = (Str){(const char *)data.at, data.len};
    item_wanted(&in, (read.result == RESULT_GIVEN) == (data.len > 0));
    item_take_fill(&in, BODY_FILL, first);
    if (!wire_end(&in, err)) return false;
    *body = read;
    return true;
}
