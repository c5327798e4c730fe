// SPDX-License-Identifier: Apache-2.0
#include "feed_approval.h"

#include "act.h"
#include "payload.h"

Bytes feed_approval_payload(const FeedFile *file, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put(o, "file", file->name);
    payload_put(o, "index", file->index);
    return payload_end(o, arena);
}

// A payload that is none names no file: what is bound is then something else, and the request lapses.
static FeedFile file_named(Bytes payload, Arena *arena)
{
    json_t *o = payload_open(payload);
    FeedFile file = {.name = payload_text(o, "file", arena), .index = payload_text(o, "index", arena)};
    json_decref(o);
    return file;
}

static void digest_file(Text *text, const FeedFile *file, Arena *arena)
{
    const FeedCounts *c = &file->counts;
    text_addf(text, arena, "%lld %.*s %.*s %d %.*s %.*s %lld %lld\n", (long long)file->file_no, STR(file->name),
              STR(file->index), (int)file->state, STR(file->imported_by), STR(file->imported_account),
              (long long)file->imported_at, (long long)file->record_no);
    text_addf(text, arena, "%lld %lld %lld %.*s\n", (long long)c->rows, (long long)c->refused, (long long)c->vanished,
              STR(file->held_for));
}

bool feed_approval_content(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    bool found, any;
    Text text = {0};
    FeedFile file = file_named(payload, arena), last;
    if (!feed_file_find(act->store, file.index, file.name, arena, &file, &found, err) ||
        !feed_file_last(act->store, arena, &last, &any, err))
        return false;
    if (found) digest_file(&text, &file, arena);
    if (any) digest_file(&text, &last, arena);
    Str all = text_str(&text);
    *content = keys_index(act->office->keys, S("feed_approval"), (Bytes){(const unsigned char *)all.at, all.len});
    return true;
}

static Str reason_of(const FeedFile *file, Arena *arena)
{
    if (file->held_for.len) return file->held_for;
    return str_format(arena, "全件にない住民 %lld 人 (住民の 5 %% を超える)", (long long)file->counts.vanished);
}

bool feed_approval_ask(Act *act, const ApprovalKind *kind, const FeedFile *file, Error *err)
{
    int64_t number;
    const ApprovalAsked asked = {.kind = kind,
                                 .subject = file->name,
                                 .reason = reason_of(file, act->arena),
                                 .payload = feed_approval_payload(file, act->arena)};
    return approval_ask(act, &asked, &number, err);
}

bool feed_approval_find(Act *act, const ApprovalKind *kind, const FeedFile *file, int64_t *approval_no, Error *err)
{
    return approval_find(act, kind, feed_approval_payload(file, act->arena), approval_no, err);
}
