// sesshu-schedule: the rules without a city. Vectors through the engine, and how fast it is.
// SPDX-License-Identifier: Apache-2.0
#include "commands.h"
#include "logging.h"

#define ARENA_BYTES ((ptrdiff_t)4 << 30)

static const Option check_options[] = {
    {OPTION_TEXT, "explain", "ID", "一つの検証データについて、調べた規則をすべて示す", false,
     false},
    {OPTION_END},
};

static const Option bench_options[] = {
    {OPTION_NUMBER, "persons", "N", "架空の住民の人数 (既定 100000)", false, false},
    {OPTION_FLAG, "cdsi", NULL, "代わりに米国CDCの公表事例で測る (--data は支援データ)", false,
     false},
    {OPTION_TEXT, "cases", "FILE.csv", "--cdsi の事例 (既定 DIR/../cases-open.csv)", false, false},
    {OPTION_END},
};

static const Option cdsi_options[] = {
    {OPTION_TEXT, "cases", "FILE.csv", "米国CDCの公表事例", false, true},
    {OPTION_FLAG, "report", NULL, "合わない事例を、期待と結果と規則とともに示す", false, false},
    {OPTION_TEXT, "explain", "CASE", "一つの事例について、調べた規則をすべて示す", false, false},
    {OPTION_END},
};

// The front sends it to the program that keeps the doses; here it stands for --help.
static bool command_diff(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    (void)line, (void)arena, (void)status;
    return FAIL(err, E_USAGE,
                .words = S("台帳のデータで比べます。sesshu schedule diff OLD NEW "
                           "--data DIR の形で実行してください。"));
}

static const Command commands[] = {
    {"check", "VECTORS.json", 1, 1, "検証データで接種判定を確かめる", check_options, command_check},
    {"cdsi", "", 0, 0, "米国CDCの支援データ (--data) と公表事例で判定を確かめる (予測が二つある群は、どちらかが事例と全項目で一致すればよい)", cdsi_options,
     command_cdsi},
    {"diff", "OLD NEW", 2, 2, "二つの規則で台帳の全住民を判定し、変わることを数える", NULL,
     command_diff},
    {"bench", "", 0, 0, "架空の住民の全ワクチンの判定が1秒に何人できるかを測る", bench_options,
     command_bench},
};

int main(int argc, char **argv)
{
    static const Program program = {
        .name = "sesshu schedule",
        .words = "接種スケジュールの規則を確かめる",
        .commands = commands,
        .command_count = (int)countof(commands),
        .arena_bytes = ARENA_BYTES,
    };
    log_program("schedule");
    return program_main(&program, argc, argv);
}
