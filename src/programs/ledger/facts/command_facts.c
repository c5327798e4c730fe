// sesshu ledger facts FILE
// SPDX-License-Identifier: Apache-2.0
#include "fact_file.h"

#include <stdio.h>

static bool take(Ledger *ledger, const CommandLine *line, Arena *arena, ExitStatus *status,
                 Error *err)
{
    PersonFileReport r;
    CsvEncoding encoding;
    if (!csv_encoding_parse(option_text(line, "encoding"), &encoding, err)) return false;
    if (!fact_file_take(ledger, line->arguments.at[0], encoding, arena, &r, err)) return false;
    (void)fprintf(
        stderr,
        "認定・届出: 読込 %lld行 登録 %lld 変更 %lld 取消 %lld 登録済み %lld 受付不可 %lld\n",
        (long long)r.rows, (long long)r.of[ROW_ADDED], (long long)r.of[ROW_CHANGED], (long long)r.of[ROW_WITHDRAWN],
        (long long)r.of[ROW_KNOWN], (long long)r.of[ROW_REFUSED]);
    file_told_print(&r.told);
    if (r.of[ROW_REFUSED]) *status = EXIT_ATTENTION;
    return true;
}

static bool facts_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                          Error *err)
{
    Ledger ledger;
    return ledger_open(act, arena, &ledger, err) && take(&ledger, line, arena, status, err);
}

// clang-format off
static const Option options[] = {
    {OPTION_TEXT, "encoding", "CODE", "文字コード utf-8 または cp932 (既定 自動判定)", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_facts =
    COMMAND("facts", "immunization", DUTY_IMPORT, AUDIT_IMPORT, SHARED, facts_command,
            .arguments = "ファイル", .least = 1, .most = 1,
            .work = "認定・届出の取込", .words = "認定や届出 (分娩予定日、障害、禁忌、接種拒否など) を取り込みます",
            .options = options);
