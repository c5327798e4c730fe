// sesshu <program> set [NAME NUMBER]: what the office sets for itself, looked at and changed.
// SPDX-License-Identifier: Apache-2.0
#include "numbers.h"
#include "office_main.h"
#include "office_number_rows.h"
#include "say.h"

#include <stdio.h>

static bool all_told(Act *act, Error *err)
{
    OfficeNumbers numbers;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.act = AUDIT_LOOK;
    if (!office_numbers(act->store, *act->arena, &numbers, err) || !act_record_now(act, &leaf, err))
        return false;
    for (int i = 0; i < NUMBER_COUNT; i++) {
        const OfficeNumberKind *kind = &office_number_kinds[i];
        say(stdout, "%s: %lld%s (%s、%lldから%lldまで)\n", kind->name, (long long)numbers.at[i], kind->unit,
            kind->words, (long long)kind->least, (long long)kind->most);
    }
    return true;
}

static bool number_read(Act *act, const CommandLine *line, OfficeNumber *which, int64_t *value, Error *err)
{
    Text known = {0};
    Str name = line->arguments.at[0];
    for (int i = 0; i < NUMBER_COUNT; i++)
        text_addf(&known, act->arena, " %s(%s)", office_number_kinds[i].name, office_number_kinds[i].words);
    if (!office_number_named(name, which))
        return FAIL(err, E_NOT_FOUND, .item = S("設定"), .value = name,
                    .words = str_join(act->arena, S("この設定はありません。次のどれかを指定してください:"),
                                      text_str(&known)));
    const OfficeNumberKind *kind = &office_number_kinds[*which];
    if (str_int64(line->arguments.at[1], value) && *value >= kind->least && *value <= kind->most) return true;
    return FAIL(err, E_USAGE, .item = str_of(kind->words), .value = line->arguments.at[1],
                .words = str_format(act->arena, "%lldから%lldまでの数 (%s) で指定してください。",
                                    (long long)kind->least, (long long)kind->most, kind->unit));
}

static bool set(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    OfficeNumber which;
    NumberRow row = {.set_at = act->now, .set_by = actor_name(act->actor)};
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)status;
    if (!line->arguments.count) return all_told(act, err);
    if (line->arguments.count != 2)
        return FAIL(err, E_USAGE, .words = S("設定の名前と数を指定してください。"));
    if (!number_read(act, line, &which, &row.value, err)) return false;
    const OfficeNumberKind *kind = &office_number_kinds[which];
    row.name = str_of(kind->name);
    leaf.command = S("set");
    leaf.detail = str_format(arena, "%s %lld", kind->name, (long long)row.value);
    if (!act_begin(act, err) || !audit_next_no(act->store, &row.record_no, err) ||
        !number_set(act->store, &row, err) || !act_record(act, &leaf, err) || !store_commit(act->store, err))
        return false;
    say(stdout, "%s: %sを%lld%sにしました。\n", act->office->program->name, kind->words,
        (long long)row.value, kind->unit);
    return true;
}

const Door office_set =
    COMMAND("set", "office", DUTY_ADMIN, AUDIT_CHANGE, SHARED, set, .arguments = "[設定の名前 数]", .least = 0,
            .most = 2, .words = "画面のロックやパスワードの期限など、この置き場所の設定を見て、変えます");
