// sesshu intermediate shield [list | set NUMBER [JT] --reason R | release N --reason R]: 不開示 and 自己情報提供不可 of people.
// SPDX-License-Identifier: Apache-2.0
#include "act.h"
#include "say.h"
#include "shielding.h"

#include <stdio.h>

static bool list(Act *act, Arena *arena, Error *err)
{
    ShieldRows rows;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.act = AUDIT_LOOK;
    if (!shields_standing(act->store, arena, &rows, err)) return false;
    leaf.rows = rows.count;
    if (!act_record_now(act, &leaf, err)) return false;
    VEC_EACH (const ShieldRow, row, rows) {
        char at[INSTANT_TEXT_SIZE];
        say(stdout, "%lld %s %s %.*s: %.*s（%s から、%.*s）\n", (long long)row->shield_no, row->person.digits,
            row->procedure.at[0] ? row->procedure.at : "すべての事務手続", STR(row->shield.is_protected ? S("支援措置中") : S("支援措置なし")),
            STR(shield_words(row->shield.hides)), instant_in_japan(row->since, at), STR(row->reason));
    }
    if (!rows.count) (void)puts("本人に示さない設定はありません。");
    return true;
}

static bool reason_of(const CommandLine *line, Str *reason, Error *err)
{
    *reason = option_text(line, "reason");
    return reason->len || FAIL(err, E_MISSING, .item = S("--reason"), .words = S("理由を --reason で書いてください。"));
}

static bool wish_read(const CommandLine *line, ShieldWish *wish, AddresseeNo *whose, Error *err)
{
    Str procedure = line->arguments.count > 2 ? line->arguments.at[2] : (Str){0};
    *wish = (ShieldWish){.hides = SHIELD_CORES};
    if (line->arguments.count < 2) return FAIL(err, E_USAGE, .words = S("統一識別番号を指定してください。"));
    if (procedure.len && !procedure_code_read(procedure, &wish->procedure))
        return FAIL(err, E_CODE_UNKNOWN, .item = S("事務手続コード"), .value = procedure,
                    .words = S("事務手続コードは JT で始まる16文字で指定してください。"));
    return reason_of(line, &wish->reason, err) && unified_no_parse(line->arguments.at[1], &wish->person, err) &&
           addressee_no_parse(line->arguments.at[1], whose, NULL, err);
}

static bool set(Act *act, const CommandLine *line, Arena *arena, Error *err)
{
    ShieldWish wish;
    AddresseeNo whose;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!wish_read(line, &wish, &whose, err)) return false;
    leaf.whose = &whose;
    leaf.detail = wish.reason;
    return act_begin(act, err) && shielding_set(act, &wish, *arena, err) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}

static bool release(Act *act, const CommandLine *line, Error *err)
{
    Str reason;
    int64_t number, approval;
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    if (line->arguments.count < 2 || !str_int64(line->arguments.at[1], &number))
        return FAIL(err, E_USAGE, .words = S("shield に出る番号を指定してください。"));
    if (!reason_of(line, &reason, err) || !act_begin(act, err) || !shielding_release_ask(act, number, reason, &approval, err))
        return false;
    leaf.detail = str_format(act->arena, "申請 %lld", (long long)approval);
    if (!act_record(act, &leaf, err) || !store_commit(act->store, err)) return false;
    (void)printf("申請 %lld を受け付けました。ほかの職員が sesshu intermediate approvals approve %lld で承認すると、本人に示されます。\n",
                 (long long)approval, (long long)approval);
    return true;
}

static bool shield(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str asked = line->arguments.count ? line->arguments.at[0] : S("list");
    (void)status;
    if (str_equal(asked, S("list"))) return list(act, arena, err);
    if (str_equal(asked, S("set"))) return set(act, line, arena, err);
    if (str_equal(asked, S("release"))) return release(act, line, err);
    return FAIL(err, E_USAGE, .value = asked, .words = S("list、set 統一識別番号、release 番号 のどれかを指定してください。"));
}

static const Option options[] = {
    {OPTION_TEXT, "reason", "R", "set、release: 理由", false, false},
    {.kind = OPTION_END},
};

const Door command_shield =
    COMMAND("shield", "linkage", DUTY_ENTER, AUDIT_CHANGE, SHARED, shield, .arguments = "list|set|release [番号 [事務手続コード]]",
            .least = 0, .most = 3, .words = "本人に示さない設定 (不開示、自己情報提供不可) を見る、設ける、解除を申請する", .options = options);
