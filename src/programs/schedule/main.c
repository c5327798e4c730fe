// sesshu-schedule: the rules without a city. Vectors through the engine, and how fast it is.
// SPDX-License-Identifier: Apache-2.0
#include "commands.h"
#include "logging.h"

#define ARENA_BYTES ((ptrdiff_t)4 << 30)

// The front sends it to the program that keeps the doses; here it stands for --help.
static bool diff(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    (void)line, (void)arena, (void)status;
    return FAIL(err, E_USAGE,
                .words = S("台帳のデータで比べます。sesshu schedule diff 古い規則 新しい規則 "
                           "--data DIR の形で実行してください。"));
}

static const Command command_diff = {
    "diff", "古い規則 新しい規則", 2, 2, "二つの規則で台帳の全住民を判定し、変わることを数える", NULL, diff};

static const Command *const commands[] = {&command_check, &command_cdsi, &command_diff,
                                          &command_bench};

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
