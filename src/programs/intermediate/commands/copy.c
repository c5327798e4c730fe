// sesshu intermediate copy NUMBER: one person's copies as an inquirer would see them (C-3.6-35).
// SPDX-License-Identifier: Apache-2.0
#include "answer_lines.h"
#include "answering.h"
#include "copy_layout.h"
#include "say.h"

#include <stdio.h>

static bool person_read(Str text, UnifiedNo *person, AddresseeNo *whose, Error *err)
{
    // The trail of this program knows a person by the 統一識別番号.
    return unified_no_parse(text, person, err) && addressee_no_parse(text, whose, NULL, err);
}

static bool copy(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str data;
    UnifiedNo person;
    AddresseeNo whose;
    DatasetCode dataset;
    LinkageHome home;
    ApprovalLines lines = {0};
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    Str named = option_text(line, "data-set");
    (void)status;
    if (!dataset_code_read(named.len ? named : DOSE_DATASET, &dataset))
        return FAIL(err, E_CODE_UNKNOWN, .item = S("--data-set"), .value = named,
                    .words = S("特定個人情報名コードは TM で始まる16文字で指定してください。"));
    if (!person_read(line->arguments.at[0], &person, &whose, err) || !linkage_home(act, arena, &home, err) ||
        !answer_data(&home, &person, &dataset, INT64_MAX, arena, &data, err) || !answer_lines(data, arena, &lines, err))
        return false;
    leaf.whose = &whose;
    if (!act_record_now(act, &leaf, err)) return false;
    VEC_EACH (const ApprovalLine, row, lines) say(stdout, "%.*s: %.*s\n", STR(row->item), STR(row->now));
    return true;
}

static const Option options[] = {
    {OPTION_TEXT, "data-set", "TM", "特定個人情報名コード (既定 予防接種)", false, false},
    {.kind = OPTION_END},
};

const Door command_copy = COMMAND("copy", "linkage", DUTY_READ, AUDIT_LOOK, SHARED, copy, .arguments = "統一識別番号",
                                  .least = 1, .most = 1, .words = "一人の副本を、照会した団体に見えるとおりに表示します",
                                  .options = options);
