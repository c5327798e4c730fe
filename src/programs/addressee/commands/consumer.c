// sesshu addressee consumer set 提供先 < 項目, consumer admit 提供先 --to DIR, consumers
// SPDX-License-Identifier: Apache-2.0
#include "authority.h"
#include "consumer_change.h"
#include "say.h"

#include <stdio.h>
#include <string.h>

static bool consumer_named(Str name, Arena *arena, const Consumer **consumer, Error *err)
{
    Text roles = {0};
    for (int i = 0; i < CONSUMER_COUNT; i++) {
        if (str_equal(name, str_of(consumers[i].words))) name = str_of(consumers[i].role);
        text_addf(&roles, arena, "%s%s (%s)", i ? "、" : "", consumers[i].role, consumers[i].words);
    }
    *consumer = consumer_of_role(name);
    return *consumer || FAIL(err, E_USAGE, .item = S("提供先"), .value = name,
                             .words = str_format(arena, "提供先は次のどれかです: %.*s。", STR(text_str(&roles))));
}

// ---- what it is given: an item a line, 「すべて」 for all that it may be given

enum { LINE_BYTES = 256 };

static bool item_take(const Consumer *consumer, Str name, int64_t row, ToldItems *given, Error *err)
{
    int item;
    if (str_equal(name, S("すべて"))) {
        *given |= consumer_most(consumer);
        return true;
    }
    if (!told_item_named(name, &item))
        return FAIL(err, E_CODE_UNKNOWN, .row = row, .item = S("項目"), .value = name,
                    .words = S("この名前の項目はありません。sesshu addressee consumers に出る名前で、1行に一つずつ書いてください。"));
    if (*given & TOLD(item))
        return FAIL(err, E_CONFLICT, .row = row, .item = S("項目"), .value = name,
                    .words = S("同じ項目が前の行にもあります。どちらかの行を消してください。"));
    *given |= TOLD(item);
    return true;
}

static bool items_read(const Consumer *consumer, Arena *arena, ToldItems *given, Error *err)
{
    char line[LINE_BYTES];
    *given = 0;
    for (int64_t row = 1; fgets(line, sizeof line, stdin); row++) {
        if (!strchr(line, '\n') && !feof(stdin))
            return FAIL(err, E_LENGTH, .row = row, .item = S("項目"), .words = S("行が長すぎます。1行に一つずつ書いてください。"));
        Str name = str_trim(str_copy(arena, str_of(line)));
        if (name.len && !item_take(consumer, name, row, given, err)) return false;
    }
    return true;
}

static bool set(Act *act, const CommandLine *line, const Consumer *consumer, Arena *arena, Error *err)
{
    ToldItems given;
    int64_t number;
    Str reason = option_text(line, "reason");
    if (!reason.len) return FAIL(err, E_MISSING, .item = S("理由"), .words = S("--reason に理由を書いてください。"));
    if (!items_read(consumer, arena, &given, err) || !consumer_ask(act, consumer, given, reason, &number, err)) return false;
    say(stderr, "申請 %lld を出しました。ほかの職員が sesshu addressee approvals approve %lld で承認してください。\n",
        (long long)number, (long long)number);
    return true;
}

// ---- its key

// The ledger and unified keep their own pair beside ours.
static bool admit(Act *act, const CommandLine *line, const Consumer *consumer, Arena *arena, Error *err)
{
    RoleFiles ours;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    Str to = option_text(line, "to");
    const RoleAdmission admission = {.data_dir = act->office->data_dir,
                                     .role = str_of(consumer->role),
                                     .server = str_of(act->office->program->name),
                                     .to_dir = to};
    leaf.detail = str_of(consumer->role);
    if (!to.len) return FAIL(err, E_MISSING, .item = S("--to"), .words = S("--to に提供先のデータの置き場所を指定してください。"));
    if (consumer->founded)
        return FAIL(err, E_CONFLICT, .item = S("提供先"), .value = str_of(consumer->words),
                    .words = S("この提供先は鍵をもう持っています。作り直すには、その側で sesshu ledger tls renew などを実行してください。"));
    if (!act_record_change(act, &leaf, err) ||
        !role_files(act->office->data_dir, admission.server, act->now, arena, &ours, err) ||
        !role_admit(&admission, *arena, err))
        return false;
    say(stderr, "%s の鍵と証明書を %s に置きました。前の鍵はもう認められません。\n", consumer->words, str_z(arena, to));
    return true;
}

static const Option options[] = {
    {OPTION_TEXT, "reason", "R", "set: 理由", false, false},
    {OPTION_PLACE, "to", "DIR", "admit: 提供先のデータの置き場所", false, false},
    {.kind = OPTION_END},
};

static bool consumer_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    const Consumer *consumer;
    Str what = line->arguments.at[0];
    (void)status;
    if (!consumer_named(line->arguments.at[1], arena, &consumer, err)) return false;
    if (str_equal(what, S("set"))) return set(act, line, consumer, arena, err);
    if (str_equal(what, S("admit"))) return admit(act, line, consumer, arena, err);
    return FAIL(err, E_USAGE, .value = what, .words = S("set 提供先、admit 提供先 のどちらかを指定してください。"));
}

const Door command_consumer =
    COMMAND("consumer", "register", DUTY_ADMIN, AUDIT_CHANGE, SHARED, consumer_command, .arguments = "set|admit 提供先", .least = 2,
            .most = 2, .words = "提供先に渡す項目を申請し (項目は標準入力に1行ずつ)、または鍵を渡します", .options = options);

// ---- all of them

static bool told(Act *act, const Consumer *consumer, Arena scratch, Error *err)
{
    ConsumerRight right;
    char at[INSTANT_TEXT_SIZE];
    if (!consumer_right(act->store, consumer, &scratch, &right, err)) return false;
    ToldItems withheld = consumer_most(consumer) & ~right.given;
    say(stdout, "%s (%s)\n  渡す項目: %.*s\n", consumer->words, consumer->role,
        STR(right.given ? told_items_words(right.given, &scratch) : S("ありません")));
    if (withheld) say(stdout, "  渡さない項目: %.*s\n", STR(told_items_words(withheld, &scratch)));
    if (right.right_no)
        say(stdout, "  %s に %.*s が承認 (理由 %.*s)\n", instant_in_japan(right.granted_at, at), STR(right.granted_by),
            STR(right.reason));
    return true;
}

static bool consumers_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)line, (void)status;
    if (!act_record_now(act, &leaf, err)) return false;
    for (int i = 0; i < CONSUMER_COUNT; i++)
        if (!told(act, &consumers[i], *arena, err)) return false;
    return true;
}

const Door command_consumers = COMMAND("consumers", "register", DUTY_READ, AUDIT_LOOK, SHARED, consumers_command,
                                       .arguments = "", .words = "住民情報の提供先と、それぞれに渡す項目を表示します");
