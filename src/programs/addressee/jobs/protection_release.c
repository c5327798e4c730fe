// SPDX-License-Identifier: Apache-2.0
#include "protection_release.h"

#include "importer.h"
#include "newest_change_leave.h"
#include "protected_rows.h"
#include "protection.h"
#include "protection_settle.h"

typedef struct Release {
    Act *act;
    const AddresseeNo *who;
    PersonRow person;
    EndSaid said;
} Release;

static bool read_said(Release *r, Arena *arena, Error *err)
{
    return person_find(r->act->store, r->who, &r->person, err) &&
           protection_end_said(r->act->store, r->person.person_id, arena, &r->said, err);
}

static bool release_allowed(const Release *r, Error *err)
{
    if (!r->person.person_id || !r->said.file_no || !person_protected(r->person.protection))
        return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = addressee_text(r->who),
                    .words = S("支援措置の終了も、世帯が別になったことも、住民記録から届いていません。届いてから確かめてください。"));
    const Importer importer = {r->said.imported_by, r->said.imported_account};
    return importer_is_another(r->act, &importer,
                               S("終了の届いたファイルを取り込んだ本人は、名前を変えても伏せるのを終えられません。"
                                 "ほかの職員が、自分のログインで確かめてください。"),
                               err);
}

static bool write_release(Release *r, RegisterPlan *plan, int64_t *effects, Arena scratch,
                          Error *err)
{
    Act *act = r->act;
    RegisterVersionRows history, made;
    if (!person_history(act->store, act->office->keys, r->person.person_id, &scratch, &history,
                        err))
        return false;
    bool own = r->person.protection == PROTECTION_OWN;
    int64_t ended = own ? r->person.household_key : 0;
    RegisterStep step = register_released(&history, act->business_day, &scratch);
    return register_plan_step(plan, r->who, &r->person, &history, &step, scratch, &made, err) &&
           protection_end_settle(act->store, r->person.person_id, actor_name(act->actor), act->now,
                                 err) &&
           protection_settle(plan, act->business_day, ended, effects, scratch, err);
}

static bool record(Release *r, Arena scratch, Error *err)
{
    AuditLeaf leaf = act_leaf(r->act, AUDIT_DONE);
    leaf.whose = r->who;
    return newest_change_leave(r->act, scratch, err) && act_record(r->act, &leaf, err);
}

bool protection_release(Act *act, const AddresseeNo *who, Arena *arena, int64_t *uncovered,
                        Error *err)
{
    Release r = {.act = act, .who = who};
    RegisterPlan plan;
    int64_t effects[EFFECT_COUNT] = {0};
    Arena planned = register_plan_room(arena);
    if (!read_said(&r, arena, err) || !importer_proven(act, r.said.file_no, err) || !act_begin(act, err) ||
        !read_said(&r, arena, err) || !release_allowed(&r, err) ||
        !register_plan_begin(&plan, act->store, act->office->keys, r.said.file_no, act->now, &planned, err) ||
        !write_release(&r, &plan, effects, *arena, err))
        return false;
    *uncovered = effects[EFFECT_HOUSEHOLD_UNMASK];
    return record(&r, *arena, err) && store_commit(act->store, err);
}
