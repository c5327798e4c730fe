// sesshu ledger clinics FILE
// SPDX-License-Identifier: Apache-2.0
#include "clinic_file.h"
#include "say.h"

#include <stdio.h>

static bool take(Ledger *ledger, const CommandLine *line, Arena *arena, ExitStatus *status,
                 Error *err)
{
    ClinicReport r;
    CsvEncoding encoding;
    if (!csv_encoding_parse(option_text(line, "encoding"), &encoding, err)) return false;
    if (!clinic_file_take(ledger, line->arguments.at[0], encoding, arena, &r, err)) return false;
    (void)fprintf(stderr,
                  "契約の一覧: 読込 %lld行 新規 %lld 終了 %lld 変更なし %lld 受付不可 %lld\n",
                  (long long)r.rows, (long long)r.added, (long long)r.ended, (long long)r.kept,
                  (long long)r.refused);
    if (r.spared)
        (void)fprintf(
            stderr,
            "読めない行があるため、一覧にない契約 %lld件は終わらせていません。直した一覧を"
            "もう一度取り込んでください。\n",
            (long long)r.spared);
    for (Str rest = text_str(&r.warnings); rest.len;) {
        Cut cut = str_cut(rest, '\n');
        say(stderr, "%.*s\n", STR(cut.head));
        rest = cut.tail;
    }
    if (str_present(r.unknown_columns))
        say(stderr, "知らない列は読みませんでした: %.*s\n", STR(r.unknown_columns));
    if (str_present(r.errors_path)) say(stderr, "受付不可の行: %.*s\n", STR(r.errors_path));
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
    {.kind = OPTION_END},
};
// clang-format on

const Door command_clinics =
    COMMAND("clinics", "immunization", DUTY_IMPORT, AUDIT_IMPORT, ALONE, clinics_command,
            .arguments = "FILE", .least = 1, .most = 1,
            .words = "医療機関と契約の一覧を取り込みます", .options = options);
