// SPDX-License-Identifier: Apache-2.0
#include "duty_change.h"

AuditLeaf account_leaf(const Act *act, Str name, int64_t account)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.act = AUDIT_CHANGE;
    leaf.command = S("account");
    leaf.detail = str_format(act->arena, "%.*s uid:%lld", STR(name), (long long)account);
    return leaf;
}

bool duty_change(Act *act, DutyChange *change, DutyChanged *changed, Error *err)
{
    Programmes programmes = door_programmes(act->office->program->doors, act->arena);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    change->account = account_named(change->name, *act->arena);
    AuditLeaf bound = account_leaf(act, change->name, change->account);
    leaf.act = AUDIT_CHANGE;
    leaf.command = change->given ? S("grant") : S("revoke");
    leaf.purpose = S("office");
    bound.purpose = S("office");
    bool limited = change->given && change->department.len;
    leaf.detail = staff_grant_text(change->name, str_of(duty_text(change->duty)), limited ? change->begins_on : DAY_NONE,
                                   limited ? change->ends_on : DAY_NONE, change->wards, act->arena);
    return audit_next_no(act->store, &change->record_no, err) &&
           staff_change_duty(act->store, programmes, change, *act->arena, changed, err) &&
           act_record(act, &leaf, err) && (!changed->bound || act_record(act, &bound, err));
}
