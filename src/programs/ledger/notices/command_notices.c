// sesshu ledger notices --as-of D --out DIR [--vaccine V]...
// SPDX-License-Identifier: Apache-2.0
#include "copy_state.h"
#include "list_columns.h"
#include "list_leave.h"
#include "person_rows.h"
#include "notice_batch.h"
#include "notice_reprint.h"
#include "notice_settle.h"
#include "notice_withdraw.h"
#include "say.h"
#include "series_wanted.h"
#include "sync.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static bool folder_refused(Str folder, Error *err)
{
    return FAIL(err, E_CONFLICT, .item = S("--out"), .value = folder,
                .words = S("データの置き場所にあるシステムのフォルダーには書き出しません。"
                           "ほかのフォルダーを指定してください。"));
}

// Asked before it is made: a folder is not put where only the office's own files lie.
static bool is_offices_own(const Act *act, const char *path, Arena *arena)
{
    char *above = str_z(arena, str_of(path)), *name = str_z(arena, str_of(path));
    return output_is_own(dirname(above), basename(name), act_home(act), *arena);
}

// As it is called from anywhere: what is written there may have to be found by a later start.
static bool folder_there(const Act *act, Str folder, Arena *arena, Str *whole, Error *err)
{
    char found[PATH_MAX];
    struct stat there;
    const char *path = str_z(arena, folder);
    if (is_offices_own(act, path, arena)) return folder_refused(folder, err);
    bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
    if (made && stat(path, &there) == 0 && S_ISDIR(there.st_mode) && realpath(path, found)) {
        *whole = str_copy(arena, str_of(found));
        return true;
    }
    return FAIL(err, E_FILE_WRITE, .item = S("--out"), .value = folder,
                .words = S("フォルダーを作れません。場所と権限を確かめてください。"));
}

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

// What a reprint is of: a batch, or what it sent to one person. Its series are those of what was sent.
static bool reprint_of(Ledger *ledger, const CommandLine *line, Arena *arena, NoticesAsked *asked, Error *err)
{
    PersonRow person;
    AddresseeNo who;
    Str typed = option_text(line, "person");
    NoticeSent *sent = NEW(arena, NoticeSent, 1);
    Store *store = ledger->act->store;
    if (!notice_sent(store, option_text(line, "reprint"), arena, sent, err)) return false;
    if (typed.len) {
        if (!addressee_no_parse(typed, &who, NULL, err) ||
            !person_by_number(store, &who, KNOWN_NOW, arena, &person, err))
            return false;
        notice_sent_to(sent, person.person_id);
    }
    if (!sent->rows.count)
        return FAIL(err, E_NOT_FOUND, .item = S("通知の番号"), .value = option_text(line, "reprint"),
                    .words = S("再発行する通知がありません。取り下げられているか、"
                               "この人には送っていません。"));
    asked->way = NOTICES_REPRINT;
    asked->sent = sent;
    asked->groups = groups_all(ledger->schedule);
    return true;
}

static bool way_of(Ledger *ledger, const CommandLine *line, Arena *arena, NoticesAsked *asked, Error *err)
{
    bool trial = option_given(line, "trial"), reprint = option_given(line, "reprint");
    bool clash = (trial && reprint) || (reprint && option_given(line, "vaccine")) ||
                 (option_given(line, "person") && !reprint);
    if (clash)
        return FAIL(err, E_USAGE,
                    .words = S("--trial と --reprint は一緒に使えません。--person は --reprint と、"
                               "--vaccine は --reprint なしで使います。"));
    if (trial) asked->way = NOTICES_TRIAL;
    return reprint ? reprint_of(ledger, line, arena, asked, err)
                   : groups_of(ledger, line, *arena, &asked->groups, err);
}

static bool notices(Ledger *ledger, const CommandLine *line, Arena *arena, ExitStatus *status,
                    Error *err)
{
    NoticesAsked asked = {.as_of = line->as_of};
    NoticesReport report;
    if (!way_of(ledger, line, arena, &asked, err)) return false;
    if (!folder_there(ledger->act, option_text(line, "out"), arena, &asked.folder, err)) return false;
    if (!notices_make(ledger, &asked, arena, &report, err)) return false;
    tell(&report);
    if (asked.way == NOTICES_TRIAL)
        (void)fputs("見本です。だれにも通知したことにはなりません。\n", stderr);
    if (somebody_waits(&report)) *status = EXIT_ATTENTION;
    return left_list(ledger, &report, line, err);
}

// Papers are written from a copy that knows all that the register has told. `*asks`: the copy is behind and the
// addressee program is not there; whoever started us knows how to start it.
static bool copy_made_new(Act *act, Arena *arena, bool *asks, Error *err)
{
    SyncReport taken;
    bool behind;
    *asks = false;
    if (sync_possible() && !sync_now(act, arena, &taken, err)) return false;
    if (!copy_behind(act, *arena, &behind, err)) return false;
    *asks = behind && command_may_ask();
    return *asks || copy_asked(act, COPY_LEAVES, *arena, err);
}

// A batch that was killed is ended first; then the copy is made new. Both have the data alone.
static bool prepared(Act *act, Arena *arena, bool *asks, Error *err)
{
    bool ready = act_turn_take(act, ACT_WAIT_SECONDS, err) &&
                 notices_settled_here(act, NULL, err) && copy_made_new(act, arena, asks, err);
    act_turn_give(act);
    return ready;
}

static bool batch_made(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Ledger ledger;
    bool asks = false;
    if (!prepared(act, arena, &asks, err)) return false;
    if (asks) *status = EXIT_ASKS;
    if (asks) return true;
    return ledger_open(act, arena, &ledger, err) && notices(&ledger, line, arena, status, err);
}

static bool notices_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                            Error *err)
{
    int lock;
    if (!notices_lock_take(act, ACT_WAIT_SECONDS, &lock, err)) return false;
    bool made = batch_made(act, line, arena, status, err);
    notices_lock_give(lock);
    return made;
}

// clang-format off
static const Option options[] = {
    {OPTION_PLACE, "out",     "DIR", "書き出すフォルダー", false, true},
    {OPTION_TEXT, "vaccine", "V",   "ワクチン (系列)。何度でも。既定はA類すべて", true, false},
    {OPTION_FLAG, "trial", NULL, "見本を作ります。通知したことにはなりません", false, false},
    {OPTION_TEXT, "reprint", "BATCH", "送った通知 (N20261001-001 など) を、いまの登録で作り直します", false, false},
    {OPTION_ADDRESSEE, "person", "宛名番号", "--reprint をこの人だけにします", false, false},
    {OPTION_PLACE, "left-out", "FILE.csv", "通知を作らなかった人と理由の一覧", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_notices =
    COMMAND("notices", "immunization", DUTY_PRINT, AUDIT_PRINT, SHARED, notices_command,
            .arguments = "", .words = "通知と予診票を作ります", .options = options);

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
