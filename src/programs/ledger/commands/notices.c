// sesshu ledger notices --as-of D --out DIR [--vaccine V]...
// SPDX-License-Identifier: Apache-2.0
#include "ledger_commands.h"
#include "notice_batch.h"
#include "series_wanted.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

static bool folder_there(Str folder, Arena scratch, Error *err)
{
    if (mkdir(str_z(&scratch, folder), 0700) == 0 || errno == EEXIST) return true;
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

static void tell(const NoticesReport *r)
{
    const PapersReport *p = &r->papers;
    (void)fprintf(stderr,
                  "通知: 対象 %d人 作成 %d人 %dページ 保留・作成不可 %d人 規則により除外 %d人\n",
                  r->persons, p->drawn, p->pages, p->refused + p->held, r->held_back);
    (void)printf("%.*s\n%.*s\n", STR(p->pdf_path), STR(p->dispatch_path));
    if (p->errors_path.len) (void)printf("%.*s\n", STR(p->errors_path));
}

static bool notices(Ledger *ledger, const CommandLine *line, Arena *arena, ExitStatus *status,
                    Error *err)
{
    NoticesAsked asked = {.as_of = line->as_of, .folder = option_text(line, "out")};
    NoticesReport report;
    if (!groups_of(ledger, line, *arena, &asked.groups, err)) return false;
    if (!folder_there(asked.folder, *arena, err)) return false;
    if (!notices_make(ledger, &asked, arena, &report, err)) return false;
    tell(&report);
    if (report.papers.refused || report.papers.held) *status = EXIT_ATTENTION;
    return true;
}

bool command_notices(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Ledger ledger;
    bool ok = ledger_open(line, arena, &ledger, err) && notices(&ledger, line, arena, status, err);
    ledger_close(&ledger);
    return ok;
}
