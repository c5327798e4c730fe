// The numbers that go to J-LIS. Their record stands before they leave.
// SPDX-License-Identifier: Apache-2.0
#include "code_asking.h"

#include <assert.h>

#include "individual_number_rows.h"
#include "network_message.h"

static bool wish_of(Act *act, const CodeDebt *debt, Arena scratch, CodeWish *wish, Error *err)
{
    *wish = (CodeWish){.acquisition = debt->acquisition,
                       .kana = debt->person.facts.kana,
                       .address = debt->person.facts.address,
                       .birth = debt->person.facts.birth,
                       .sex = debt->person.facts.sex};
    return individual_number_open(act->store, act->office->keys, debt->person.person_id, scratch, &wish->number, err);
}

static bool leaving_recorded(Act *act, int64_t rows, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.command = str_format(act->arena, "%.*s %s", STR(act->command), NETWORK_CODES_PATH);
    leaf.rows = leaf.taken = rows;
    return act_record_now(act, &leaf, err);
}

static bool outcome_kept(Act *act, const CodeDebt *debt, CodeOutcome outcome, Arena scratch, CodeReport *report, Error *err)
{
    int64_t who = debt->person.person_id;
    switch (outcome) {
    case CODE_WISH_ACCEPTED: return code_owes(act->store, who, CODE_OWES_NOTHING, err);
    case CODE_WISH_E101: return code_owes(act->store, who, CODE_OWES_ASKING, err);
    case CODE_WISH_E102:
        return code_owes(act->store, who, CODE_OWES_NOTHING, err) &&
               code_looked_at(act, who, WORK_CODE_NOBODY, scratch, report, err);
    case CODE_WISH_E103:
        return code_owes(act->store, who, CODE_OWES_NOTHING, err) &&
               code_looked_at(act, who, WORK_CODE_DELETED, scratch, report, err);
    case CODE_WISH_PERSON_DIFFERS: return code_looked_at(act, who, WORK_PERSON_DIFFERS, scratch, report, err);
    case CODE_OUTCOME_COUNT: break;
    }
    return true;
}

static bool outcomes_kept(Act *act, const CodeDebts *debts, const CodeOutcomeRows *outcomes, Arena scratch,
                          CodeReport *report, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = leaf.taken = debts->count;
    if (outcomes->count != debts->count)
        return FAIL(err, E_MESSAGE, .words = S("住基ネットの応答の行数が合いません。記録を確かめてください。"));
    if (!act_begin(act, err)) return false;
    for (ptrdiff_t i = 0; i < debts->count; i++)
        if (!outcome_kept(act, &debts->at[i], outcomes->at[i], scratch, report, err)) return false;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool wishes_made(Act *act, const CodeDebts *debts, Arena *arena, CodeWishRows *wishes, Error *err)
{
    VEC_EACH (const CodeDebt, debt, *debts) {
        CodeWish *wish = code_wishes_push(wishes, arena);
        if (!wish_of(act, debt, *arena, wish, err)) return false;
    }
    return true;
}

static bool batch_handed(Act *act, const RelayOnward *network, const CodeDebts *debts, Arena arena, CodeReport *report, Error *err)
{
    Str question = {0}, bytes;
    CodeWishRows wishes = {0};
    CodeOutcomeRows outcomes = {0};
    bool asked = wishes_made(act, debts, &arena, &wishes, err) && leaving_recorded(act, debts->count, err);
    if (asked) question = code_wishes_encode(&wishes, &arena);
    code_wishes_wipe(&wishes);
    asked = asked && network->ask(network->context, NETWORK_CODES_PATH, question, &arena, &bytes, err);
    if (question.len) bytes_wipe((void *)(uintptr_t)question.at, question.len);
    report->handed += debts->count;
    return asked && code_outcomes_decode(bytes, &arena, &outcomes, err) &&
           outcomes_kept(act, debts, &outcomes, arena, report, err);
}

bool codes_hand(Act *act, const RelayOnward *network, Arena whole, CodeReport *report, Error *err)
{
    assert(store_is_idle(act->store));
    CodeDebts debts = {0};
    int64_t after = 0;
    do {
        Arena arena = whole;
        if (!code_debts(act->store, act->office->keys, CODE_OWES_HANDING, after, &arena, &debts, err)) return false;
        if (!debts.count) return true;
        after = debts.at[debts.count - 1].person.person_id;
        if (!batch_handed(act, network, &debts, arena, report, err)) return false;
    } while (debts.count == CODE_DEBTS_MOST);
    return true;
}
_Static_assert((int)CODE_DEBTS_MOST <= (int)CODE_WISHES_MOST, "one question");
