// The immunization ledger (予防接種台帳): doses, what is due, notices.
// SPDX-License-Identifier: Apache-2.0
#include "authority.h"
#include "ledger.h"
#include "ledger_commands.h"

// clang-format off
static const Option intake_options[] = {
    {OPTION_TEXT, "outcome",  "OUT.csv", "行ごとの結果を書くファイル (既定 標準出力)", false, false},
    {OPTION_TEXT, "encoding", "CODE",    "文字コード utf-8 または cp932 (既定 自動判定)", false, false},
    {.kind = OPTION_END},
};
static const Option due_options[] = {
    {OPTION_TEXT,   "vaccine", "V",    "ワクチン (系列) で絞る。何度でも", true, false},
    {OPTION_NUMBER, "within",  "DAYS", "最終安全日がこの日数以内の人だけ", false, false},
    {.kind = OPTION_END},
};
static const Option changes_options[] = {
    {OPTION_DAY, "from", "D1", "比べる初めの日", false, true},
    {OPTION_DAY, "to",   "D2", "比べる終わりの日", false, true},
    {.kind = OPTION_END},
};
static const Option notices_options[] = {
    {OPTION_TEXT, "out",     "DIR", "書き出すフォルダー", false, true},
    {OPTION_TEXT, "vaccine", "V",   "ワクチン (系列)。何度でも。既定はA類すべて", true, false},
    {.kind = OPTION_END},
};
static const Option rehearse_options[] = {
    {OPTION_TEXT, "out", "FILE.csv", "変わる人の一覧を書くファイル", false, false},
    {.kind = OPTION_END},
};
static const Option work_options[] = {
    {OPTION_TEXT, "kind", "KIND", "種類で絞る", false, false},
    {.kind = OPTION_END},
};
static const Option import_options[] = {
    {OPTION_TEXT, "encoding", "CODE", "文字コード utf-8 または cp932 (既定 自動判定)", false, false},
    {.kind = OPTION_END},
};
// clang-format on

static bool run_init(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    RoleFiles files;
    return office_init(line, &ledger_office, arena, status, err) &&
           role_files(line->data_dir, S("ledger"), arena, &files, err);
}

static bool run_grant(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    return office_grant(line, &ledger_office, arena, status, err);
}

static bool run_revoke(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    return office_revoke(line, &ledger_office, arena, status, err);
}

static bool run_audit(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    return office_audit_verify(line, &ledger_office, arena, status, err);
}

// clang-format off
static const Command commands[] = {
    {"init",    "",           0, 0,  "データの置き場所を用意します", NULL, run_init},
    {"grant",   "NAME DUTY",  2, 2,  "職員に権限を与えます:" DUTY_HELP, NULL, run_grant},
    {"revoke",  "NAME DUTY",  2, 2,  "職員の権限をなくします:" DUTY_HELP, NULL, run_revoke},
    {"audit",   "verify",     1, 1,  "証跡が書き換えられていないか確かめます", NULL, run_audit},
    {"clinics", "FILE",       1, 1,  "医療機関と契約の一覧を取り込みます", import_options, command_clinics},
    {"intake",  "FILE...",    1, -1, "医療機関の予診票データを取り込みます", intake_options, command_intake},
    {"foreign", "FILE",       1, 1,  "国外で受けた接種の記録と、それについての医師の判断を取り込みます", import_options, command_foreign},
    {"facts",   "FILE",       1, 1,  "認定や届出 (分娩予定日、障害、禁忌、接種拒否など) を取り込みます", import_options, command_facts},
    {"show",    "宛名番号",   1, 1,  "一人の接種歴と次回の日程を示します", NULL, command_show},
    {"due",     "",           0, 0,  "接種の対象となる人の一覧を出します", due_options, command_due},
    {"changes", "",           0, 0,  "二つの日の間に変わったことの一覧を出します", changes_options, command_changes},
    {"rehearse", "OLD NEW",   2, 2,  "二つの規則 (フォルダーか built-in) で全住民を判定し、変わることを数えます", rehearse_options, command_rehearse},
    {"work",    "",           0, 0,  "人の判断を待つ仕事の一覧を出します", work_options, command_work},
    {"sync",    "",           0, 0,  "宛名管理から住民の異動を取り込みます", NULL, command_sync},
    {"notices", "",           0, 0,  "通知と予診票を作ります", notices_options, command_notices},
};
// clang-format on

int main(int argc, char **argv)
{
    const Program program = {
        .name = "sesshu ledger",
        .words = "予防接種台帳",
        .commands = commands,
        .command_count = (int)countof(commands),
        .arena_bytes = (ptrdiff_t)2 << 30,
    };
    process_harden();
    return program_main(&program, argc, argv);
}
