// sesshu network own [ORGANISATION]: what a citizen sees of what organisations keep of him (わたしの情報); one that is named is asked.
// SPDX-License-Identifier: Apache-2.0
#include "answer_words.h"
#include "number_in.h"
#include "say.h"
#include "self_looking.h"

#include <stdio.h>

static bool ask(Act *act, const Citizen *citizen, Str typed, Arena scratch, Error *err)
{
    OrganisationCode whose;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.person = &citizen->person;
    leaf.detail = S("asked");
    return organisation_code_parse(typed, &whose, err) && act_begin(act, err) && self_look(act, citizen, &whose, scratch, err) &&
           act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool one_shown(Act *act, const Citizen *citizen, const OrganisationCode *whose, Arena arena, Error *err)
{
    static const char *const words[] = {[SELF_NEVER_ASKED] = "まだ取り寄せていません", [SELF_UNDER_WAY] = "取り寄せています",
                                        [SELF_NOTHING] = "示せる情報はありません", [SELF_SEEN] = "届きました"};
    SelfSight sight;
    AnswerWords lines = {0};
    if (!self_seen(act, &citizen->person, whose, &arena, &sight, err)) return false;
    if (sight.stand == SELF_SEEN && !answer_in_words(&sight.answer, &arena, &lines, err)) return false;
    say(stdout, "%s: %s\n", str_z(&arena, organisation_shown(whose, &arena)), words[sight.stand]);
    VEC_EACH (const AnswerWord, line, lines) say(stdout, "    %.*s: %.*s\n", STR(line->item), STR(line->value));
    return true;
}

static bool own(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Holders rows;
    Citizen citizen;
    (void)status;
    if (!citizen_typed(act, *arena, &citizen, err)) return false;
    if (line->arguments.count) return ask(act, &citizen, line->arguments.at[0], *arena, err);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.person = &citizen.person;
    leaf.act = AUDIT_LOOK;
    if (!act_record_now(act, &leaf, err) || !self_holders(act, &citizen.person, arena, &rows, err)) return false;
    VEC_EACH (const OrganisationCode, whose, rows)
        if (!one_shown(act, &citizen, whose, *arena, err)) return false;
    if (!rows.count) (void)puts("示せる情報のある機関はありません。");
    return true;
}

static const Option options[] = {{.kind = OPTION_END}};

const Door command_own =
    COMMAND("own", "linkage", DUTY_READ, AUDIT_INQUIRY, SHARED, own, .arguments = "[機関コード]", .least = 0, .most = 1,
            .words = "本人がマイナポータルで見る、わたしの情報を出します。機関を指定すると取り寄せます (個人番号は標準入力から)",
            .options = options);
