// SPDX-License-Identifier: Apache-2.0
#include "shield_telling.h"

#include <assert.h>

#include "relay_payload.h"
#include "shield_told_rows.h"

static bool asked(const RelayOnward *intermediate, const ShieldWords *words, Arena *arena, RelayAnswer *answer, Error *err)
{
    Str bytes;
    RelayBatch batch = {0};
    VEC_EACH (const ShieldWord, word, *words) {
        Str payload = shield_word_encode(word->is_protected, arena);
        *relay_rows_push(&batch.rows, arena) =
            (RelayRow){unified_text(&word->no), {(const unsigned char *)payload.at, payload.len}};
    }
    if (!intermediate->ask(intermediate->context, RELAY_SHIELDS, relay_batch_encode(&batch, arena), arena, &bytes, err) ||
        !relay_answer_decode(bytes, arena, answer, err))
        return false;
    return answer->rows.count == words->count ||
           FAIL(err, E_MESSAGE, .words = S("中間サーバーの応答の行数が合いません。中間サーバーの記録を確かめてください。"));
}

// What was refused stays owed.
static bool kept(Act *act, const ShieldWords *words, const RelayAnswer *answer, int64_t *told, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = words->count;
    if (!act_begin(act, err)) return false;
    for (ptrdiff_t i = 0; i < words->count; i++) {
        if (!relay_taken(&answer->rows.at[i])) continue;
        if (!shield_word_told(act->store, &words->at[i], err)) return false;
        leaf.taken++;
    }
    *told += leaf.taken;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

bool shields_tell(Act *act, const RelayOnward *intermediate, Arena whole, int64_t *told, Error *err)
{
    assert(store_is_idle(act->store));
    ShieldWords words = {0};
    RelayAnswer answer;
    int64_t after = 0;
    *told = 0;
    do {
        Arena arena = whole;
        if (!shield_words_owed(act->store, after, &arena, &words, err)) return false;
        if (!words.count) return true;
        after = words.at[words.count - 1].person_id;
        if (!asked(intermediate, &words, &arena, &answer, err) || !kept(act, &words, &answer, told, err)) return false;
    } while (words.count == SHIELD_WORDS_MOST);
    return true;
}
