// POST /numbers: whose Individual Number is which, for unified and nobody else.
// SPDX-License-Identifier: Apache-2.0
#include "number_message.h"

#include "act.h"
#include "consumer_rows.h"
#include "number_change_rows.h"

static bool answer_read(const Act *act, const DifferenceAsk *ask, Arena *arena, NumberAnswer *answer, Error *err)
{
    int64_t last = 0;
    ConsumerView view;
    if (!consumer_view_given(act->store, actor_role(act->actor), arena, &view, err) ||
        !number_change_last(act->store, &last, err))
        return false;
    answer->epoch = view.epoch;
    bool first = ask->cursor == 0 && ask->epoch.len == 0;
    if (!first && (!str_equal(ask->epoch, answer->epoch) || ask->cursor > last)) {
        answer->refusal = DIFFERENCE_FULL_COPY;
        return true;
    }
    if (!number_changes_after(act->store, act->office->keys, ask->cursor, ask->most, arena, &answer->changes, err))
        return false;
    VEC_EACH (NumberChange, change, answer->changes) number_change_withhold(change, view.withheld);
    ptrdiff_t count = answer->changes.count;
    answer->next_cursor = count ? answer->changes.at[count - 1].change_no : ask->cursor;
    answer->more = answer->next_cursor < last;
    return true;
}

enum { EPOCH_SHOWN = 8 };

// Who asked, from where on, and how many were told, stands before the answer leaves. The digest is keyed: who may guess
// numbers must not be able to try them.
static bool answer_record(Act *act, const DifferenceAsk *ask, const NumberAnswer *answer, Str bytes, Error *err)
{
    Sha256 content =
        keys_index(act->office->keys, S("numbers"), (Bytes){(const unsigned char *)bytes.at, bytes.len});
    AuditLeaf leaf = act_leaf(act, answer->refusal == DIFFERENCE_GIVEN ? AUDIT_DONE : AUDIT_REFUSED);
    // An epoch by its first digits: in all 32 of them a record would find something like a number, and mask it.
    leaf.command = str_format(act->arena, "%.*s after %lld of %.*s", STR(act->command), (long long)ask->cursor,
                              STR(ask->epoch.len ? str_first(ask->epoch, EPOCH_SHOWN) : S("the beginning")));
    leaf.rows = answer->changes.count;
    VEC_EACH (const NumberChange, change, answer->changes) leaf.refused += change->unread;
    leaf.taken = leaf.rows - leaf.refused;
    leaf.content = &content;
    return act_record_now(act, &leaf, err);
}

static bool answer_given(Act *act, const DifferenceAsk *ask, Arena *arena, NumberAnswer *answer, Str *bytes, Error *err)
{
    if (!store_begin_read(act->store, err) || !answer_read(act, ask, arena, answer, err) ||
        !store_commit(act->store, err))
        return false;
    *bytes = number_answer_encode(answer, arena);
    return answer_record(act, ask, answer, *bytes, err);
}

static bool answer_numbers(Act *act, Str question, Arena *arena, Str *bytes, Error *err)
{
    DifferenceAsk ask;
    NumberAnswer answer = {0};
    if (!difference_ask_decode(question, &ask, err)) return false;
    bool given = answer_given(act, &ask, arena, &answer, bytes, err);
    numbers_wipe(&answer.changes);
    return given;
}

const Door message_numbers = MESSAGE(NUMBERS_PATH, "register", AUDIT_EXPORT, NUMBERS_ROLE, answer_numbers);
