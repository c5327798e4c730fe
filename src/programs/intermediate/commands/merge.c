// sesshu intermediate merge FROM INTO --reason R: two numbers of one person (名寄せ). The copies of FROM are those of INTO, which
// keeps its code.
// SPDX-License-Identifier: Apache-2.0
#include "coding.h"

static bool merge(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    CodeNo no;
    UnifiedNo from, into;
    AddresseeNo whose;
    LinkageHome home;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)status;
    if (!unified_no_parse(line->arguments.at[0], &from, err) || !unified_no_parse(line->arguments.at[1], &into, err) ||
        !addressee_no_parse(line->arguments.at[0], &whose, NULL, err))
        return false;
    leaf.whose = &whose;
    leaf.detail = option_text(line, "reason");
    if (!act_begin(act, err) || !linkage_home(act, arena, &home, err) ||
        !coding_merged(&home, &from, &into, *arena, &no, err))
        return false;
    if (no != CODE_YES) return FAIL(err, E_CONFLICT, .item = S("統一識別番号"), .words = code_no_words(no));
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static const Option options[] = {
    {OPTION_TEXT, "reason", "R", "どう確かめたか", false, true},
    {.kind = OPTION_END},
};

const Door command_merge =
    COMMAND("merge", "linkage", DUTY_APPROVE, AUDIT_CHANGE, SHARED, merge, .arguments = "統一識別番号 統合先", .least = 2,
            .most = 2, .words = "同じ人に付いた二つの統一識別番号をまとめます", .options = options);
