// SPDX-License-Identifier: Apache-2.0
#include "consumer_change.h"

#include "newest_change_leave.h"
#include "payload.h"

typedef struct Asked {
    const Consumer *consumer;
    ToldItems given;
    Str reason;
    ConsumerRight was;
} Asked;

static Bytes payload_of(const Consumer *consumer, ToldItems given, Str reason, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put(o, "consumer", str_of(consumer->role));
    payload_put(o, "items", told_items_text(given, arena));
    payload_put(o, "reason", reason);
    return payload_end(o, arena);
}

static bool asked_read(Act *act, Bytes payload, Arena *arena, Asked *asked, Error *err)
{
    json_t *o = payload_open(payload);
    *asked = (Asked){.consumer = consumer_of_role(payload_text(o, "consumer", arena)), .reason = payload_text(o, "reason", arena)};
    bool read = asked->consumer && told_items_of(payload_text(o, "items", arena), &asked->given);
    json_decref(o);
    if (!read) return FAIL(err, E_CONFLICT, .words = S("申請の内容が読めません。取り下げて、もう一度申請してください。"));
    return consumer_right(act->store, asked->consumer, arena, &asked->was, err) &&
           consumer_possible(asked->consumer, asked->given, arena, err);
}

static bool content_of(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Asked asked;
    if (!asked_read(act, payload, arena, &asked, err)) return false;
    Str all = str_format(arena, "%s %lld %.*s", asked.consumer->role, (long long)asked.was.right_no, (int)payload.len,
                         (const char *)payload.at);
    *content = keys_index(act->office->keys, S("consumer_right"), (Bytes){(const unsigned char *)all.at, all.len});
    return true;
}

static bool run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Asked asked;
    (void)brought;
    if (!asked_read(act, payload, arena, &asked, err)) return false;
    const ConsumerRight right = {.consumer = asked.consumer,
                                 .given = asked.given,
                                 .reason = asked.reason,
                                 .granted_by = actor_name(act->actor),
                                 .granted_at = act->now};
    return consumer_right_insert(act->store, &right, *arena, err) && newest_change_leave(act, *arena, err);
}

static Str given_words(bool given)
{
    return given ? S("渡す") : S("渡さない");
}

static bool lines_of(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    Asked asked;
    if (!asked_read(act, payload, arena, &asked, err)) return false;
    for (int i = 0; i < TOLD_ITEM_COUNT; i++) {
        bool was = asked.was.given & TOLD(i), now = asked.given & TOLD(i);
        if (was != now)
            *approval_lines_push(lines, arena) = (ApprovalLine){str_of(told_item_words(i)), given_words(was), given_words(now)};
    }
    return true;
}

const ApprovalKind consumer_kind = {
    .name = "consumer", .words = "提供先の項目", .content = content_of, .run = run, .lines = lines_of};

// ---- asking

static bool news(const ConsumerRight *was, ToldItems given, Error *err)
{
    return was->given != given || FAIL(err, E_CONFLICT, .item = S("項目"), .value = str_of(was->consumer->words),
                                       .words = S("いま渡している項目と同じです。変えるところを確かめてください。"));
}

bool consumer_ask(Act *act, const Consumer *consumer, ToldItems given, Str reason, int64_t *approval_no, Error *err)
{
    ConsumerRight was;
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    const ApprovalAsked request = {.kind = &consumer_kind,
                                   .subject = str_format(act->arena, "%sへ渡す項目", consumer->words),
                                   .reason = reason,
                                   .payload = payload_of(consumer, given, reason, act->arena)};
    if (!act_begin(act, err) || !consumer_right(act->store, consumer, act->arena, &was, err) ||
        !consumer_possible(consumer, given, act->arena, err) || !news(&was, given, err) ||
        !approval_ask_once(act, &request, approval_no, err))
        return false;
    leaf.detail = str_format(act->arena, "%s %lld", consumer->role, (long long)*approval_no);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}
