// sesshu ledger notices --as-of D --out DIR [--vaccine V]...
// SPDX-License-Identifier: Apache-2.0
#include "list_columns.h"
#include "list_leave.h"
#include "notice_run.h"
#include "notice_withdraw.h"
#include "say.h"
#include "series_wanted.h"
#include "ward_wanted.h"

#include <stdio.h>

// Without --vaccine the A series: for B there is no duty of individual notice (予防接種法 第8条).
static bool groups_of(const Ledger *ledger, const CommandLine *line, Arena scratch,
                      uint64_t *groups, Error *err)
{
    *groups = 0;
    VEC_EACH (const Given, g, line->given)
        if (str_equal(str_of(g->option->name), S("vaccine")) &&
            !series_wanted_add(ledger->schedule, g->text, scratch, groups, err))
            return false;
    if (!*groups) *groups = series_of_class(ledger->schedule, S("A"));
    return true;
}

static void tell_stack(const char *words, const PapersReport *p)
{
    (void)fprintf(stderr, "%s: 対象 %d人 作成 %d人 %dページ 保留・作成不可 %d人\n", words, p->given,
                  p->drawn, p->pages, p->refused + p->held);
    if (p->left_out)
        (void)fprintf(stderr, "%s: 接種の報告が確認待ちのため止めた通知 %d件\n", words,
                      p->left_out);
    if (p->without_postal_code)
        (void)fprintf(stderr, "%s: 郵便番号のない %d人は、カスタマバーコードなしで作りました\n",
                      words, p->without_postal_code);
    for (int i = 0; i < PAPER_FILES; i++)
        if (p->files[i].there) say(stdout, "%s\n", p->files[i].path);
}

static void tell(const NoticesReport *r)
{
    const PapersReport *reminders = &r->papers[LETTER_REMINDER];
    tell_stack("通知", &r->papers[LETTER_NOTICE]);
    if (reminders->given) tell_stack("再勧奨", reminders);
    if (r->gone)
        (void)fprintf(stderr, "送ったときと違い、いまは対象でない %d人 (--left-out で一覧が出ます)\n", r->gone);
    (void)fprintf(stderr, "規則により除外 %d人\n", r->held_back);
    for (int v = 0; v < NOTICE_VERDICTS; v++)
        if (r->by_verdict[v])
            say(stderr, "  %.*s %d人\n", STR(notice_verdict_words((NoticeVerdict)v)), r->by_verdict[v]);
}

// Everybody and everything that is on no paper, person by person, with why.
static bool left_list(const Ledger *ledger, const NoticesReport *r, const CommandLine *line, Error *err)
{
    static const char *const names[] = {"宛名番号", "氏名", "ワクチン", "理由"};
    List list;
    Act *act = ledger->act;
    const ListAsked asked = {option_text(line, "left-out"), names, (int)countof(names), true,
                             line->format == FORMAT_EXCEL, ledger_list_words(ledger->schedule, act->arena)};
    if (!asked.out.len) return true;
    if (!list_begin(act, &asked, &list, err)) return false;
    VEC_EACH (const NoticeLeft, l, r->left) {
        const Str cells[] = {addressee_text(&l->who), l->name, l->series, l->why};
        for (int i = 0; i < countof(cells); i++) list_put(&list, cells[i]);
        list_end_row(&list);
    }
    return list_leave(&list, err);
}

static bool somebody_waits(const NoticesReport *r)
{
    for (int k = 0; k < NOTICE_STACKS; k++)
        if (r->papers[k].refused || r->papers[k].held || r->papers[k].left_out) return true;
    return r->gone > 0;
}

static bool reprint_of(Ledger *ledger, const CommandLine *line, Arena *arena, NoticesAsked *asked, Error *err)
{
    AddresseeNo who;
    Str typed = option_text(line, "person");
    if (typed.len && !addressee_no_parse(typed, &who, NULL, err)) return false;
    return notices_reprint(ledger, option_text(line, "reprint"), typed.len ? &who : NULL, arena, asked, err);
}

// Only whom a due list of these conditions shows.
static bool narrowed(const Ledger *ledger, const CommandLine *line, Arena *arena, NoticesAsked *asked, Error *err)
{
    Str ward = option_text(line, "ward");
    asked->within = option_number(line, "within", -1);
    if (asked->within < -1 || (option_given(line, "within") && asked->within < 0))
        return FAIL(err, E_USAGE, .item = S("--within"), .words = S("日数は0以上で指定してください。"));
    return !str_present(ward) || ward_wanted(ledger->act->store, ward, arena, &asked->ward, err);
}

static bool way_of(Ledger *ledger, const CommandLine *line, Arena *arena, NoticesAsked *asked, Error *err)
{
    bool trial = option_given(line, "trial"), reprint = option_given(line, "reprint");
    bool narrows = option_given(line, "vaccine") || option_given(line, "ward") || option_given(line, "within");
    bool clash = (trial && reprint) || (reprint && narrows) || (!reprint && option_given(line, "reason")) ||
                 (option_given(line, "person") && !reprint);
    if (clash)
        return FAIL(err, E_USAGE,
                    .words = S("--trial と --reprint は一緒に使えません。--person と --reason は --reprint と、"
                               "--vaccine、--ward、--within は --reprint なしで使います。"));
    if (trial) asked->way = NOTICES_TRIAL;
    if (!narrowed(ledger, line, arena, asked, err)) return false;
    return reprint ? reprint_of(ledger, line, arena, asked, err)
                   : groups_of(ledger, line, *arena, &asked->groups, err);
}

static bool notices(Ledger *ledger, const CommandLine *line, Arena *arena, ExitStatus *status,
                    Error *err)
{
    NoticesAsked asked = {.as_of = line->as_of, .reason = option_text(line, "reason")};
    NoticesReport report;
    if (!way_of(ledger, line, arena, &asked, err)) return false;
    if (!notices_folder(ledger->act, option_text(line, "out"), arena, &asked.folder, err)) return false;
    if (!notices_make(ledger, &asked, arena, &report, err)) return false;
    tell(&report);
    if (asked.way == NOTICES_TRIAL)
        (void)fputs("見本です。だれにも通知したことにはなりません。\n", stderr);
    if (somebody_waits(&report)) *status = EXIT_ATTENTION;
    return left_list(ledger, &report, line, err);
}

static bool notices_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                            Error *err)
{
    NoticesWork work;
    bool made = notices_work_begin(act, arena, &work, err);
    if (made && work.asks)
        *status = EXIT_ASKS;
    else
        made = made && notices(&work.ledger, line, arena, status, err);
    notices_work_end(&work);
    return made;
}

// clang-format off
static const Option options[] = {
    {OPTION_PLACE, "out",     "DIR", "書き出すフォルダー", false, true},
    {OPTION_TEXT, "vaccine", "V",   "ワクチン (系列)。何度でも。既定はA類すべて", true, false},
    {OPTION_TEXT, "ward", "CODE", "この区 (名前か市区町村コード) の人だけ", false, false},
    {OPTION_NUMBER, "within", "DAYS", "最終安全日がこの日数以内の人だけ", false, false},
    {OPTION_FLAG, "trial", NULL, "見本を作ります。通知したことにはなりません", false, false},
    {OPTION_TEXT, "reprint", "BATCH", "送った通知 (N20261001-001 など) を、いまの登録で作り直します", false, false},
    {OPTION_ADDRESSEE, "person", "宛名番号", "--reprint をこの人だけにします", false, false},
    {OPTION_TEXT, "reason", "R", "再発行の理由", false, false},
    {OPTION_PLACE, "left-out", "FILE.csv", "通知を作らなかった人と理由の一覧", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_notices =
    COMMAND("notices", "immunization", DUTY_PRINT, AUDIT_PRINT, SHARED, notices_command,
            .arguments = "", .work = "通知と予診票の作成", .words = "通知と予診票を作ります", .options = options);

// ---- taking back

static void tell_taken_back(Str batch, const WithdrawDone *done)
{
    say(stdout, "%.*s の通知 %lld件を取り下げました。印刷した書類は処分してください。\n", STR(batch),
        (long long)done->letters);
    if (done->reprints)
        say(stdout, "その再発行 %lld件も取り下げました。\n", (long long)done->reprints);
    if (!done->repeats)
        say(stdout, "送ったことにはならず、次の抽出でまた対象になります。\n");
    else
        say(stdout, "再発行だけの取り下げです。もとの通知は送ったままです。\n");
}

static bool withdraw(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AddresseeNo who;
    WithdrawDone done;
    Str typed = option_text(line, "person");
    WithdrawAsked asked = {.batch = line->arguments.at[0], .reason = option_text(line, "reason")};
    (void)arena, (void)status;
    if (typed.len && !addressee_no_parse(typed, &who, NULL, err)) return false;
    if (typed.len) asked.who = &who;
    if (!notices_withdraw(act, &asked, &done, err)) return false;
    tell_taken_back(asked.batch, &done);
    return true;
}

static const Option withdraw_options[] = {
    {OPTION_ADDRESSEE, "person", "宛名番号", "この人の分だけ", false, false},
    {OPTION_TEXT, "reason", "R", "理由", false, true},
    {.kind = OPTION_END},
};

const Door command_withdraw = COMMAND(
    "withdraw", "immunization", DUTY_PRINT, AUDIT_CHANGE, ALONE, withdraw, .arguments = "通知の番号",
    .least = 1, .most = 1, .words = "発送する前の通知を取り下げます (一通か全部)",
    .options = withdraw_options);
