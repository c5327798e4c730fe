// SPDX-License-Identifier: Apache-2.0
#include "hold_resolve.h"

#include "hold_rows.h"
#include "newest_change_leave.h"

static bool decide_all(Act *act, PersonRow *person, PersonHolds *open, Str why, Error *err)
{
    RegisterPlan plan;
    const HoldDecision decision = {actor_name(act->actor), why};
    if (!register_plan_begin(&plan, act->store, act->office->keys, open->at[0].file_no, act->now, act->arena, err))
        return false;
    while (open->count) hold_decide(&plan, person, open, 0, &decision);
    return register_plan_write(&plan, err);
}

static bool record(Act *act, const AddresseeNo *who, Str why, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.whose = who;
    leaf.detail = why;
    return newest_change_leave(act, *act->arena, err) && act_record(act, &leaf, err);
}

bool hold_resolve(Act *act, const AddresseeNo *who, Str why, int64_t *decided, Error *err)
{
    PersonRow person;
    PersonHolds open;
    if (!act_begin(act, err) || !person_find(act->store, who, &person, err) ||
        !holds_of_person(act->store, person.person_id, act->arena, &open, err))
        return false;
    if (!open.count)
        return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = addressee_text(who),
                    .words = S("この人に、決まっていない行はありません。work で確かめてください。"));
    *decided = open.count;
    return decide_all(act, &person, &open, why, err) && record(act, who, why, err) && store_commit(act->store, err);
}
