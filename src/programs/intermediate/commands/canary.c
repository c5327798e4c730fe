// sesshu intermediate canary [list | set NUMBER ORG [--data-set TM] [--days N] | end N]: whom we read of others' copies.
// SPDX-License-Identifier: Apache-2.0
#include "act.h"
#include "canary_rows.h"
#include "copy_layout.h"
#include "exchange_words.h"
#include "say.h"

#include <stdio.h>

enum { DAYS = 3, DAYS_MOST = 365 };

static bool list(Act *act, Arena *arena, ExitStatus *status, Error *err)
{
    CanaryRows rows;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.act = AUDIT_LOOK;
    if (!canaries(act->store, arena, &rows, err)) return false;
    leaf.rows = rows.count;
    if (!act_record_now(act, &leaf, err)) return false;
    VEC_EACH (const CanaryRow, row, rows) {
        say(stdout, "%lld %s %s %s: %.*s\n", (long long)row->canary_no, str_z(arena, organisation_shown(&row->provider, arena)),
            row->dataset.at, row->person.digits, STR(canary_words(row, act->now, arena)));
        if (canary_row_objection(row, act->now) != CANARY_SINGS) *status = EXIT_ATTENTION;
    }
    if (!rows.count) (void)puts("見張る人は決めていません。");
    return true;
}

static bool row_read(Act *act, const CommandLine *line, CanaryRow *row, AddresseeNo *whose, Error *err)
{
    Str dataset = option_text(line, "data-set");
    int64_t days = option_number(line, "days", DAYS);
    *row = (CanaryRow){.since = act->now};
    if (line->arguments.count < 3)
        return FAIL(err, E_USAGE, .words = S("統一識別番号と、副本を見張る相手の機関コードを指定してください。"));
    if (!dataset_code_read(dataset.len ? dataset : DOSE_DATASET, &row->dataset))
        return FAIL(err, E_CODE_UNKNOWN, .item = S("--data-set"), .value = dataset,
                    .words = S("特定個人情報名コードは TM で始まる16文字で指定してください。"));
    if (days < 1 || days > DAYS_MOST) return FAIL(err, E_USAGE, .item = S("--days"), .words = S("日数は1から365までで指定してください。"));
    row->days = (int)days;
    return organisation_code_parse(line->arguments.at[2], &row->provider, err) &&
           unified_no_parse(line->arguments.at[1], &row->person, err) &&
           addressee_no_parse(line->arguments.at[1], whose, NULL, err);
}

static bool set(Act *act, const CommandLine *line, Error *err)
{
    CanaryRow row;
    AddresseeNo whose;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!row_read(act, line, &row, &whose, err)) return false;
    leaf.whose = &whose;
    return act_begin(act, err) && canary_save(act->store, &row, err) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}

static bool end(Act *act, const CommandLine *line, Error *err)
{
    bool found;
    int64_t number;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (line->arguments.count < 2 || !str_int64(line->arguments.at[1], &number))
        return FAIL(err, E_USAGE, .words = S("canary に出る番号を指定してください。"));
    leaf.detail = line->arguments.at[1];
    if (!act_begin(act, err) || !canary_end(act->store, number, &found, err)) return false;
    if (!found)
        return FAIL(err, E_NOT_FOUND, .item = S("番号"), .value = leaf.detail, .words = S("この番号の見張りはありません。canary で確かめてください。"));
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool canary(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str asked = line->arguments.count ? line->arguments.at[0] : S("list");
    if (str_equal(asked, S("list"))) return list(act, arena, status, err);
    if (str_equal(asked, S("set"))) return set(act, line, err);
    if (str_equal(asked, S("end"))) return end(act, line, err);
    return FAIL(err, E_USAGE, .value = asked, .words = S("list、set 統一識別番号、end 番号 のどれかを指定してください。"));
}

static const Option options[] = {
    {OPTION_TEXT, "data-set", "TM", "set: 特定個人情報名コード (既定 予防接種)", false, false},
    {OPTION_NUMBER, "days", "N", "set: 副本がこの日数より古ければ知らせる (既定 3)", false, false},
    {.kind = OPTION_END},
};

const Door command_canary =
    COMMAND("canary", "linkage", DUTY_ENTER, AUDIT_CHANGE, SHARED, canary, .arguments = "list|set|end [番号 [機関コード]]",
            .least = 0, .most = 3, .words = "相手の団体の副本にいる架空の人を毎日読み、読めるか、古くないかを見張ります", .options = options);
