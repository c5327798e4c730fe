// SPDX-License-Identifier: Apache-2.0
#include "importer.h"

#include "feed_files.h"

bool importer_proven(Act *act, int64_t file_no, Error *err)
{
    Str name;
    if (!feed_file_unproven(act->store, file_no, act->arena, &name, err)) return false;
    if (!name.len) return true;
    AuditLeaf leaf = act_leaf(act, AUDIT_REFUSED);
    leaf.detail = str_format(act->arena, "%s %.*s", error_code_text(E_CONFLICT), STR(name));
    if (!act_begin(act, err) || !act_record(act, &leaf, err) || !store_commit(act->store, err)) return false;
    act->failure_recorded = true;
    return FAIL(err, E_CONFLICT, .item = S("取り込んだ職員"), .value = name,
                .words = S("このファイルを取り込んだ職員の記録が証跡と違います。sesshu audit verify で確かめ、"
                           "管理者に知らせてください。何も変えていません。"));
}

bool importer_is_another(const Act *act, const Importer *importer, Str words, Error *err)
{
    const Approval asked = {.state = APPROVAL_ASKED, .asker = {importer->name, importer->account}, .last_day = DAY_MAX};
    ApprovalEvent grants = {.kind = APPROVAL_GRANT, .today = act->business_day};
    if (!approval_person(act, &grants.who, err)) return false;
    bool another = approval_step(&asked, &grants).no == APPROVAL_YES && !actor_represents(act->actor);
    return another || FAIL(err, E_RIGHT, .value = actor_name(act->actor), .words = words);
}
