// sesshu ledger notices --as-of D --out DIR [--vaccine V]...
// SPDX-License-Identifier: Apache-2.0
#include "copy_state.h"
#include "list_leave.h"
#include "notice_batch.h"
#include "notice_settle.h"
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
        if (p->files[i].there && i != PAPER_FILE_SLIPS) say(stdout, "%s\n", p->files[i].path);
}

static void tell(const NoticesReport *r)
{
    const PapersReport *reminders = &r->papers[LETTER_REMINDER];
    tell_stack("通知", &r->papers[LETTER_NOTICE]);
    if (reminders->given) tell_stack("再勧奨", reminders);
    (void)fprintf(stderr, "規則により除外 %d人\n", r->held_back);
}

static bool somebody_waits(const NoticesReport *r)
{
    for (int k = 0; k < NOTICE_STACKS; k++)
        if (r->papers[k].refused || r->papers[k].held || r->papers[k].left_out) return true;
    return false;
}

static bool notices(Ledger *ledger, const CommandLine *line, Arena *arena, ExitStatus *status,
                    Error *err)
{
    NoticesAsked asked = {.as_of = line->as_of};
    NoticesReport report;
    if (!groups_of(ledger, line, *arena, &asked.groups, err)) return false;
    if (!folder_there(ledger->act, option_text(line, "out"), arena, &asked.folder, err)) return false;
    if (!notices_make(ledger, &asked, arena, &report, err)) return false;
    tell(&report);
    if (somebody_waits(&report)) *status = EXIT_ATTENTION;
    return true;
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
    {.kind = OPTION_END},
};
// clang-format on

const Door command_notices =
    COMMAND("notices", "immunization", DUTY_PRINT, AUDIT_PRINT, SHARED, notices_command,
            .arguments = "", .words = "通知と予診票を作ります", .options = options);
