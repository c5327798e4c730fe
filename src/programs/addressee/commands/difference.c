// POST /difference: what changed on the register, for each consumer as it may see it (consumer.h).
// SPDX-License-Identifier: Apache-2.0
#include "difference.h"

#include "act.h"
#include "change_rows.h"
#include "consumer_rows.h"
#include "newest_change_leave.h"

static bool answer_read(const Act *act, const DifferenceAsk *ask, Arena *arena,
                        DifferenceAnswer *answer, Error *err)
{
    int64_t last = 0;
    ConsumerView view;
    DifferenceAnswer read = {0};
    if (!consumer_view_given(act->store, actor_role(act->actor), arena, &view, err)) return false;
    if (!change_last(act->store, &last, err)) return false;
    read.epoch = view.epoch;
    bool first = ask->cursor == 0 && ask->epoch.len == 0;
    if (!first && (!str_equal(ask->epoch, read.epoch) || ask->cursor > last)) {
        read.refusal = DIFFERENCE_FULL_COPY;
        *answer = read;
        return true;
    }
    if (!change_picture(act->store, arena, &read.picture, err)) return false;
    if (!changes_after(act->store, act->office->keys, ask->cursor, ask->most, arena, &read.changes, err))
        return false;
    read.next_cursor =
        read.changes.count ? read.changes.at[read.changes.count - 1].change_no : ask->cursor;
    read.more = read.next_cursor < last;
    read.withheld = view.withheld;
    *answer = read;
    return true;
}

// One answer is one act; its record stands before the answer leaves. An announcement that a killed import left
// behind is taken back with it.
static bool answer_record(Act *act, const DifferenceAsk *ask, const DifferenceAnswer *answer,
                          Str bytes, Error *err)
{
    // Keyed: of the next change, all but the place of a protected person can be known to whoever guesses it.
    Sha256 content = keys_index(act->office->keys, S("difference"),
                                (Bytes){(const unsigned char *)bytes.at, bytes.len});
    bool given = answer->refusal == DIFFERENCE_GIVEN;
    AuditLeaf leaf = act_leaf(act, given ? AUDIT_DONE : AUDIT_REFUSED);
    leaf.command =
        str_format(act->arena, "%.*s after %lld", STR(act->command), (long long)ask->cursor);
    leaf.rows = leaf.taken = answer->changes.count;
    leaf.content = &content;
    return act_begin(act, err) && newest_change_leave(act, *act->arena, err) &&
           act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool answer_difference(Act *act, Str question, Arena *arena, Str *bytes, Error *err)
{
    DifferenceAsk ask;
    DifferenceAnswer answer;
    if (!difference_ask_decode(question, &ask, err)) return false;
    if (!store_begin_read(act->store, err) || !answer_read(act, &ask, arena, &answer, err) ||
        !store_commit(act->store, err))
        return false;
    *bytes = difference_answer_encode(&answer, arena);
    return answer_record(act, &ask, &answer, *bytes, err);
}

const Door message_difference =
    MESSAGE(DIFFERENCE_PATH, "register", AUDIT_EXPORT, DIFFERENCE_ROLES, answer_difference);
