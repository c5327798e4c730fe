// SPDX-License-Identifier: Apache-2.0
#include "difference.h"

#include <assert.h>

#include "wire.h"

// Keys of the maps. Numbers are part of the contract: append, never reuse. 0 is no key.
enum AskKey { ASK_VERSION = 1, ASK_EPOCH, ASK_CURSOR, ASK_MOST };

enum AnswerKey {
    ANSWER_VERSION = 1,
    ANSWER_REFUSAL,
    ANSWER_EPOCH,
    ANSWER_NEXT_CURSOR,
    ANSWER_MORE,
    ANSWER_PICTURE,
    ANSWER_WITHHELD = 8,  // 7 were changes of which nothing was withheld, until DIFFERENCE_VERSION 3
    ANSWER_CHANGES,
};

enum { PICTURE_BYTES_MOST = 200 };

bool difference_epoch_valid(Str epoch)
{
    if (epoch.len == 0) return true;
    if (epoch.len != EPOCH_LENGTH) return false;
    for (ptrdiff_t i = 0; i < epoch.len; i++) {
        char c = epoch.at[i];
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
    }
    return true;
}

static Str read_epoch(WireIn *in)
{
    Str epoch = wire_text(in, EPOCH_LENGTH);
    if (!in->failed && !difference_epoch_valid(epoch)) wire_refuse(in);
    return epoch;
}

// ---- asking

Str difference_ask_encode(const DifferenceAsk *ask, Arena *arena)
{
    assert(difference_epoch_valid(ask->epoch));
    assert(ask->cursor >= 0);
    assert(ask->most >= 1);
    assert(ask->most <= DIFFERENCE_MOST);
    WireOut out = {.arena = arena};
    wire_put_map(&out, 4);
    wire_put_number(&out, ASK_VERSION);
    wire_put_number(&out, DIFFERENCE_VERSION);
    wire_put_number(&out, ASK_EPOCH);
    wire_put_text(&out, ask->epoch);
    wire_put_number(&out, ASK_CURSOR);
    wire_put_number(&out, ask->cursor);
    wire_put_number(&out, ASK_MOST);
    wire_put_number(&out, ask->most);
    return wire_bytes(&out);
}

// Every item of an ask is needed, so the keys are exactly these in this order.
static void expect_key(WireIn *in, int *before, int key)
{
    if (wire_key(in, before) != key) wire_refuse(in);
}

// Programs of two versions do not talk: what the newer one tells would be lost in the older one.
static bool version_ours(WireIn *in, int *before, int key, Error *err)
{
    expect_key(in, before, key);
    int64_t version = wire_number(in, 1, INT32_MAX);
    return in->failed || version == DIFFERENCE_VERSION ||
           FAIL(err, E_MESSAGE,
                .words = S("宛名管理と予防接種台帳の版が違います。両方を同じ版にしてから、もう一度取り込んでください。"));
}

bool difference_ask_decode(Str message, DifferenceAsk *ask, Error *err)
{
    WireIn in = wire_in(message);
    DifferenceAsk read = {0};
    int before = 0;
    if (wire_map(&in, 4) != 4) wire_refuse(&in);
    if (!version_ours(&in, &before, ASK_VERSION, err)) return false;
    expect_key(&in, &before, ASK_EPOCH);
    read.epoch = read_epoch(&in);
    expect_key(&in, &before, ASK_CURSOR);
    read.cursor = wire_number(&in, 0, INT64_MAX);
    expect_key(&in, &before, ASK_MOST);
    read.most = (int32_t)wire_number(&in, 1, DIFFERENCE_MOST);
    if (!wire_end(&in, err)) return false;
    *ask = read;
    return true;
}

// ---- answering

static void put_keyed(WireOut *out, int key, int64_t number)
{
    wire_put_number(out, key);
    wire_put_number(out, number);
}

static bool changes_ordered(const DifferenceAnswer *answer)
{
    int64_t before = 0;
    VEC_EACH (PersonChange, change, answer->changes) {
        if (change->change_no <= before) return false;
        before = change->change_no;
    }
    return before <= answer->next_cursor;
}

bool difference_stands_still(const DifferenceAnswer *answer, int64_t cursor)
{
    return answer->more && answer->next_cursor <= cursor;
}

// All that is written is what this reader sees.
static void keep_seen(DifferenceAnswer *answer, Arena *arena)
{
    PersonChangeRows all = {0};
    VEC_EACH (const PersonChange, change, answer->changes) {
        bool seen;
        const PersonChange told = person_change_seen(change, answer->withheld, &seen);
        if (seen) *person_changes_push(&all, arena) = told;
    }
    answer->changes = all;
}

static Str put_changes(DifferenceAnswer *answer, Arena *arena)
{
    WireOut out = {.arena = arena};
    ptrdiff_t put = 0;
    for (; put < answer->changes.count && out.text.len < DIFFERENCE_BYTES_MOST; put++)
        person_change_put(&out, &answer->changes.at[put]);
    if (put < answer->changes.count) {
        answer->changes.count = put;
        answer->next_cursor = answer->changes.at[put - 1].change_no;
        answer->more = true;
    }
    return wire_bytes(&out);
}

Str difference_answer_encode(DifferenceAnswer *answer, Arena *arena)
{
    assert(difference_epoch_valid(answer->epoch));
    assert(answer->refusal != DIFFERENCE_GIVEN || answer->epoch.len > 0);
    assert(answer->changes.count <= DIFFERENCE_MOST);
    assert(changes_ordered(answer));
    assert(!(answer->withheld & ~TOLD_BY_DIFFERENCE));
    if (answer->withheld) keep_seen(answer, arena);
    Str changes = put_changes(answer, arena);
    WireOut out = {.arena = arena};
    wire_put_map(&out, 8);
    put_keyed(&out, ANSWER_VERSION, DIFFERENCE_VERSION);
    put_keyed(&out, ANSWER_REFUSAL, answer->refusal);
    wire_put_number(&out, ANSWER_EPOCH);
    wire_put_text(&out, answer->epoch);
    put_keyed(&out, ANSWER_NEXT_CURSOR, answer->next_cursor);
    put_keyed(&out, ANSWER_MORE, answer->more);
    wire_put_number(&out, ANSWER_PICTURE);
    wire_put_text(&out, answer->picture);
    put_keyed(&out, ANSWER_WITHHELD, answer->withheld);
    wire_put_number(&out, ANSWER_CHANGES);
    wire_put_array(&out, answer->changes.count);
    text_add(&out.text, out.arena, changes);
    return wire_bytes(&out);
}

static void read_changes(WireIn *in, Arena *arena, DifferenceAnswer *answer)
{
    int count = wire_array(in, DIFFERENCE_MOST);
    for (int i = 0; i < count && !in->failed; i++) {
        PersonChange change;
        person_change_read(in, arena, answer->withheld, &change);
        *person_changes_push(&answer->changes, arena) = change;
    }
    bool refused = answer->refusal != DIFFERENCE_GIVEN;
    if (refused && (count || answer->next_cursor || answer->more || answer->withheld)) wire_refuse(in);
    if (!in->failed && !changes_ordered(answer)) wire_refuse(in);
}

bool difference_answer_decode(Str message, Arena *arena, DifferenceAnswer *answer, Error *err)
{
    WireIn in = wire_in(message);
    DifferenceAnswer read = {0};
    int before = 0;
    if (wire_map(&in, 8) != 8) wire_refuse(&in);
    if (!version_ours(&in, &before, ANSWER_VERSION, err)) return false;
    expect_key(&in, &before, ANSWER_REFUSAL);
    read.refusal = (DifferenceRefusal)wire_number(&in, DIFFERENCE_GIVEN, DIFFERENCE_FULL_COPY);
    expect_key(&in, &before, ANSWER_EPOCH);
    read.epoch = read_epoch(&in);
    if (read.refusal == DIFFERENCE_GIVEN && !read.epoch.len) wire_refuse(&in);  // whoever keeps it could not say of what
    expect_key(&in, &before, ANSWER_NEXT_CURSOR);
    read.next_cursor = wire_number(&in, 0, INT64_MAX);
    expect_key(&in, &before, ANSWER_MORE);
    read.more = wire_number(&in, 0, 1);
    expect_key(&in, &before, ANSWER_PICTURE);
    read.picture = wire_text(&in, PICTURE_BYTES_MOST);
    expect_key(&in, &before, ANSWER_WITHHELD);
    read.withheld = wire_number(&in, 0, TOLD_BY_DIFFERENCE);
    expect_key(&in, &before, ANSWER_CHANGES);
    read_changes(&in, arena, &read);
    if (!wire_end(&in, err)) return false;
    *answer = read;
    return true;
}
