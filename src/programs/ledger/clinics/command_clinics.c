// sesshu ledger clinics FILE
// SPDX-License-Identifier: Apache-2.0
#include "clinic_file.h"

#include <stdio.h>

static bool take(Ledger *ledger, const CommandLine *line, Arena *arena, ExitStatus *status,
                 Error *err)
{
    ClinicReport r;
    CsvEncoding encoding;
    if (!csv_encoding_parse(option_text(line, "encoding"), &encoding, err)) return false;
    bool taken = clinic_file_take(ledger, line->arguments.at[0], encoding, option_given(line, "older"), arena,
                                  &r, err);
    if (taken)
        (void)fprintf(stderr,
                      "契約の一覧: 読込 %lld行 新規 %lld 終了 %lld 変更なし %lld 変更 %lld 受付不可 %lld"
                      "（契約 %lld件 = 新規 + 変更なし + 変更。読込と受付不可は行の数）\n",
                      (long long)r.rows, (long long)r.added, (long long)r.ended, (long long)r.kept,
                      (long long)r.changed, (long long)r.refused, (long long)r.contracts);
    if (taken && r.twice)
        (void)fprintf(stderr, "前の行と同じ契約が %lld件ありました。一度だけ登録しています。\n",
                      (long long)r.twice);
    if (taken && r.undated)
        (void)fprintf(stderr, "ファイル名に日付 (CLINIC_年月日8桁.csv) がないため、いまの一覧より古いかどうかは"
                              "確かめていません。\n");
    if (r.spared)
        (void)fprintf(
            stderr,
            "読めない行があるため、この一覧にないこれまでの契約 %lld件は終わらせていません。"
            "直した一覧をもう一度取り込んでください。\n",
            (long long)r.spared);
    file_told_print(&r.told);
    if (!taken) return false;
    if (r.refused) *status = EXIT_ATTENTION;
    return true;
}

static bool clinics_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                            Error *err)
{
    Ledger ledger;
    return ledger_open(act, arena, &ledger, err) && take(&ledger, line, arena, status, err);
}

// clang-format off
static const Option options[] = {
    {OPTION_TEXT, "encoding", "CODE", "文字コード utf-8 または cp932 (既定 自動判定)", false, false},
    {OPTION_FLAG, "older", NULL, "いまの一覧より古い日付の一覧に戻す", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_clinics =
    COMMAND("clinics", "immunization", DUTY_IMPORT, AUDIT_IMPORT, SHARED, clinics_command,
            .arguments = "ファイル", .least = 1, .most = 1,
            .work = "医療機関の一覧の取込", .words = "医療機関と契約の一覧を取り込みます", .options = options);
