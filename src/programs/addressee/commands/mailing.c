// sesshu addressee mailing add|end 宛名番号 < 「項目: 値」, mailings
// SPDX-License-Identifier: Apache-2.0
#include "list_leave.h"
#include "mailing_change.h"
#include "say.h"
#include "typed_items.h"

#include <stdio.h>

static const Option options[] = {
    {OPTION_TEXT, "purpose", "W", "add: 目的 (すべての郵便、予防接種の通知、証明書・決定の通知)", false, false},
    {OPTION_TEXT, "from", "D", "add: 開始日 (既定 今日)", false, false},
    {OPTION_TEXT, "until", "D", "add: 終了日", false, false},
    {OPTION_NUMBER, "no", "N", "end: 送付先の番号 (mailings の一覧)", false, false},
    {OPTION_TEXT, "reason", "R", "理由", false, true},
    {.kind = OPTION_END},
};

static bool item_take(Str item, Str value, void *into)
{
    MailingTyped *typed = into;
    if (str_equal(item, S("郵便番号")))
        typed->postal_code = value;
    else if (str_equal(item, S("住所")))
        typed->address = value;
    else if (str_equal(item, S("方書")))
        typed->building = value;
    else
        return false;
    return true;
}

static bool add(Act *act, const CommandLine *line, const AddresseeNo *who, Arena *arena, int64_t *number, Error *err)
{
    MailingTyped typed = {.purpose = option_text(line, "purpose"),
                          .begins_on = option_text(line, "from"),
                          .ends_on = option_text(line, "until"),
                          .reason = option_text(line, "reason")};
    return typed_items_read(item_take, &typed, S("郵便番号、住所、方書"), arena, err) && mailing_ask(act, who, &typed, number, err);
}

static bool mailing(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    int64_t number;
    AddresseeNo who;
    Str what = line->arguments.at[0];
    bool adds = str_equal(what, S("add"));
    (void)status;
    if (!adds && !str_equal(what, S("end")))
        return FAIL(err, E_USAGE, .value = what, .words = S("add 宛名番号、end 宛名番号 のどちらかを指定してください。"));
    if (!addressee_no_parse(line->arguments.at[1], &who, NULL, err)) return false;
    bool asked = adds ? add(act, line, &who, arena, &number, err)
                      : mailing_ask_end(act, &who, option_number(line, "no", 0), option_text(line, "reason"), &number, err);
    if (!asked) return false;
    say(stderr, "申請 %lld を出しました。ほかの職員が sesshu addressee approvals approve %lld で承認してください。\n",
        (long long)number, (long long)number);
    return true;
}

const Door command_mailing =
    COMMAND("mailing", "register", DUTY_ENTER, AUDIT_CHANGE, SHARED, mailing, .arguments = "add|end 宛名番号", .least = 2,
            .most = 2, .words = "送付先の登録と終了を申請します (住所などは標準入力に「項目: 値」)", .options = options);

// ---- the list: all that stand. Where they are it does not say.

static const char *const names[] = {"番号", "宛名番号", "purpose", "begins_on", "ends_on", "state"};
static const ListCode states[] = {{"OVER", "終了日を過ぎた"}, {"LATER", "これから"}, {"NOW", "使用中"}, {0}};
static const ListColumn columns[] = {{"purpose", "目的", NULL},
                                     {"begins_on", "開始日", NULL},
                                     {"ends_on", "終了日", NULL},
                                     {"state", "状態", states}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static void row_put(List *out, const MailingRow *row, Day today, Arena *arena)
{
    char day[DAY_TEXT_SIZE];
    const MailingAddress *m = &row->mailing;
    list_put(out, str_format(arena, "%lld", (long long)row->mailing_no));
    list_put(out, addressee_text(&row->who));
    list_put(out, mailing_purpose_text(m->purpose));
    list_put(out, str_of(day_text(m->begins_on, day)));
    list_put(out, str_of(day_text(m->ends_on, day)));
    list_put(out, mailing_over(m, today) ? S("OVER") : m->begins_on > today ? S("LATER") : S("NOW"));
    list_end_row(out);
}

static bool mailings(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List left;
    MailingRows rows;
    const ListAsked out = {option_text(line, "out"), names, (int)countof(names), false, line->format == FORMAT_EXCEL, &words};
    (void)status;
    if (!mailings_standing(act->store, arena, &rows, err) || !list_begin(act, &out, &left, err)) return false;
    VEC_EACH (const MailingRow, row, rows) row_put(&left, row, act->business_day, arena);
    return list_leave(&left, err);
}

static const Option list_options[] = {
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_mailings = COMMAND("mailings", "register", DUTY_EXPORT, AUDIT_EXPORT, SHARED, mailings, .arguments = "",
                                      .words = "終えていない送付先の一覧を出します", .options = list_options);
