// sesshu-city: writes a synthetic city, so that everything else can be tried on people who do not exist.
// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "city_make.h"
#include "command.h"

#define ARENA_BYTES   ((ptrdiff_t)480 << 20)
#define AS_OF_DEFAULT day_of(2026, 10, 31)  // the month of the story, unless --as-of says another

// clang-format off
static const Option make_options[] = {
    {OPTION_NUMBER, "residents", "N",          "住民の数 (300〜1,200,000)", false, true},
    {OPTION_NUMBER, "seed",      "S",          "乱数の種。同じ種からは同じ都市ができます (既定 1)", false, false},
    {OPTION_PLACE,  "out",       "DIR",        "書き出す場所", false, true},
    {OPTION_TEXT,   "history",   "full|short", "接種歴を生まれた時から (既定) か、直近2年だけか", false, false},
    {.kind = OPTION_END},
};
// clang-format on

static MUST bool history_length(const CommandLine *line, HistoryLength *length, Error *err)
{
    Str text = option_text(line, "history");
    *length = str_equal(text, S("short")) ? HISTORY_SHORT : HISTORY_FULL;
    if (!text.len || str_equal(text, S("full")) || *length == HISTORY_SHORT) return true;
    return FAIL(err, E_USAGE, .item = S("--history"), .value = text,
                .words = S("full か short を指定してください。"));
}

static MUST bool out_dir_make(Str dir, Arena scratch, Error *err)
{
    if (mkdir(str_z(&scratch, dir), 0700) == 0 || errno == EEXIST) return true;
    return FAIL(err, E_FILE_WRITE, .item = S("--out"), .value = dir,
                .words = S("書き出す場所を作れません。親のフォルダーと権限をお確かめください。"));
}

static bool command_make(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    CityWish wish = {.residents = option_number(line, "residents", 0),
                     .seed = (uint64_t)option_number(line, "seed", 1),
                     .as_of = line->as_of_given ? line->as_of : AS_OF_DEFAULT};
    Str dir = option_text(line, "out");
    HistoryLength length;
    CityCounts counts;
    (void)status;
    if (!history_length(line, &length, err) || !out_dir_make(dir, *arena, err) ||
        !city_make(&wish, length, dir, arena, &counts, err))
        return false;
    (void)printf("people,%d\nclinics,%d\nhistory_rows,%lld\nmonth_rows,%lld\nfeed_files,%d\n",
                 counts.people, counts.clinics, (long long)counts.history_rows,
                 (long long)counts.month_rows, counts.feed_files);
    return true;
}

static const Command make = {.name = "make",
                             .arguments = "",
                             .words = "架空の都市のファイルを書き出します",
                             .options = make_options,
                             .run = command_make};
static const Command *const commands[] = {&make};

int main(int argc, char **argv)
{
    static const Program program = {.name = "sesshu city",
                                    .words = "架空の都市",
                                    .commands = commands,
                                    .command_count = (int)countof(commands),
                                    .arena_bytes = ARENA_BYTES};
    return program_main(&program, argc, argv);
}
