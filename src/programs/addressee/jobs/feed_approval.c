// SPDX-License-Identifier: Apache-2.0
#include "feed_approval.h"

#include <jansson.h>

#include "act.h"

static void put_text(json_t *object, const char *key, Str text)
{
    (void)json_object_set_new(object, key, json_stringn(text.at, (size_t)text.len));
}

Bytes feed_approval_payload(const FeedFile *file, Arena *arena)
{
    json_t *o = json_object();
    put_text(o, "file", file->name);
    put_text(o, "index", file->index);
    size_t len = json_dumpb(o, NULL, 0, JSON_COMPACT | JSON_SORT_KEYS);
    char *text = NEW(arena, char, (ptrdiff_t)len);
    (void)json_dumpb(o, text, len, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(o);
    return (Bytes){(const unsigned char *)text, (ptrdiff_t)len};
}

static Str text_at(const json_t *object, const char *key, Arena *arena)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value)) return (Str){0};
    return str_copy(arena, (Str){json_string_value(value), (ptrdiff_t)json_string_length(value)});
}

// A payload that is none names no file: what is bound is then something else, and the request lapses.
static FeedFile file_named(Bytes payload, Arena *arena)
{
    json_error_t unread;
    json_t *o = json_loadb((const char *)payload.at, (size_t)payload.len, JSON_REJECT_DUPLICATES, &unread);
    FeedFile file = {.name = text_at(o, "file", arena), .index = text_at(o, "index", arena)};
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
