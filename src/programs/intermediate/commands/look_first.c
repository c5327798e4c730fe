// sesshu intermediate look-first NUMBER [--off] --reason R: 自動応答不可 of one person.
// SPDX-License-Identifier: Apache-2.0
#include "act.h"
#include "copy_record_rows.h"

static bool look_first(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    UnifiedNo person;
    AddresseeNo whose;
    bool off = option_given(line, "off") != NULL;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)arena, (void)status;
    if (!unified_no_parse(line->arguments.at[0], &person, err) ||
        !addressee_no_parse(line->arguments.at[0], &whose, NULL, err))
        return false;
    leaf.whose = &whose;
    leaf.detail = option_text(line, "reason");
    return act_begin(act, err) && look_first_set(act->store, &person, act->now, !off, err) &&
           act_record(act, &leaf, err) && store_commit(act->store, err);
}

static const Option options[] = {
    {OPTION_FLAG, "off", "", "解除する", false, false},
    {OPTION_TEXT, "reason", "R", "理由", false, true},
    {.kind = OPTION_END},
};

const Door command_look_first =
    COMMAND("look-first", "linkage", DUTY_APPROVE, AUDIT_CHANGE, SHARED, look_first, .arguments = "統一識別番号",
            .least = 1, .most = 1, .words = "この人への照会には自動で答えず、職員が内容を確かめてから答えます",
            .options = options);
