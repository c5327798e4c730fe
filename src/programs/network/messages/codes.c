// POST /acquisitions: fresh acquisition numbers; POST /jlis/codes: whose codes are wanted with them.
// SPDX-License-Identifier: Apache-2.0
#include "acquisition_rows.h"
#include "jlis.h"

#include <sys/random.h>

static bool number_made(Act *act, const OrganisationCode *whose, AcquisitionNo *number, Error *err)
{
    if (getrandom(number->at, sizeof number->at, 0) != (ssize_t)sizeof number->at)
        return FAIL(err, E_INTERNAL, .words = S("乱数が得られません。計算機の状態を確かめてください。"));
    return acquisition_add(act->store, number, whose, act->now, err);
}

static bool acquisitions(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    int count;
    int64_t gone;
    AcquisitionRows numbers = {0};
    OrganisationCode whose = act_organisation(act);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!acquisitions_ask_decode(question, &count, err)) return false;
    if (!act_begin(act, err) || !acquisitions_forget(act->store, act->now - ACQUISITION_LIFE, &gone, err)) return false;
    for (int i = 0; i < count; i++)
        if (!number_made(act, &whose, acquisitions_push(&numbers, arena), err)) return false;
    *answer = acquisitions_encode(&numbers, arena);
    leaf.rows = leaf.taken = count;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool outcomes_of(Act *act, const CodeWishRows *wishes, Arena *arena, CodeOutcomeRows *outcomes, Error *err)
{
    CORE_KEYS(keys);
    OrganisationCode whose = act_organisation(act);
    if (!act_begin(act, err) || !core_keys_open(act, &keys, err)) return false;
    VEC_EACH (CodeWish, wish, *wishes) {
        CodeOutcome outcome;
        if (!code_wish_answered(act, &keys, &whose, wish, *arena, &outcome, err)) return false;
        *code_outcomes_push(outcomes, arena) = outcome;
    }
    return true;
}

static bool codes(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    CodeWishRows wishes;
    CodeOutcomeRows outcomes = {0};
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!code_wishes_decode(question, arena, &wishes, err)) return false;
    bool answered = outcomes_of(act, &wishes, arena, &outcomes, err);
    code_wishes_wipe(&wishes);
    if (!answered) return false;
    VEC_EACH (CodeOutcome, outcome, outcomes) leaf.refused += *outcome != CODE_WISH_ACCEPTED;
    leaf.rows = outcomes.count;
    leaf.taken = leaf.rows - leaf.refused;
    *answer = code_outcomes_encode(&outcomes, arena);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

const Door message_acquisitions =
    MESSAGE(NETWORK_ACQUISITION_PATH, "linkage", AUDIT_INQUIRY, NETWORK_INTERMEDIATES, acquisitions);
const Door message_codes = MESSAGE(NETWORK_CODES_PATH, "linkage", AUDIT_INQUIRY, NETWORK_UNIFIEDS, codes);
