// sesshu ledger foreign FILE
// SPDX-License-Identifier: Apache-2.0
#include "foreign_file.h"

#include <stdio.h>

static bool take(Ledger *ledger, const CommandLine *line, Arena *arena, ExitStatus *status,
                 Error *err)
{
    PersonFileReport r;
    CsvEncoding encoding;
    if (!csv_encoding_parse(option_text(line, "encoding"), &encoding, err)) return false;
    if (!foreign_file_take(ledger, line->arguments.at[0], encoding, arena, &r, err)) return false;
    (void)fprintf(stderr,
                  "国外の接種記録: 読込 %lld行 登録 %lld 医師の判断を記入 %lld 登録済み %lld "
                  "受付不可 %lld\n",
                  (long long)r.rows, (long long)r.of[ROW_ADDED], (long long)r.of[ROW_CHANGED],
                  (long long)r.of[ROW_KNOWN], (long long)r.of[ROW_REFUSED]);
    if (r.waiting)
        (void)fprintf(stderr,
                      "うち %lld件は医師の判断が必要です。判断を記入したファイルを取り込むまで"
                      "数えません。\n",
                      (long long)r.waiting);
    file_told_print(&r.told);
    if (r.of[ROW_REFUSED]) *status = EXIT_ATTENTION;
    return true;
}

static bool foreign_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
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

const Door command_foreign =
    COMMAND("foreign", "immunization", DUTY_IMPORT, AUDIT_IMPORT, SHARED, foreign_command,
            .arguments = "ファイル", .least = 1, .most = 1,
            .work = "国外の接種の取込", .words = "国外で受けた接種の記録と、それについての医師の判断を取り込みます",
            .options = options);
