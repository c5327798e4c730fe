// sesshu ledger forecast [--months N]
// SPDX-License-Identifier: Apache-2.0
#include "copy_state.h"
#include "list_print.h"
#include "needed_list.h"
#include "standing_roll.h"

static const char *const names[] = {"series", "position", "月", "人数"};

typedef struct ForecastLine {
    const NeededRow *row;
    int month;
} ForecastLine;
VEC(ForecastLines, ForecastLine, forecast_lines);

typedef struct ForecastPrint {
    const Schedule *schedule;
    Day as_of;
    ForecastLines lines;
} ForecastPrint;

static ListLine forecast_line(const void *list, int64_t nth, Arena *scratch)
{
    const ForecastPrint *print = list;
    const ForecastLine *line = &print->lines.at[nth];
    CivilDate c = civil_of(print->as_of);
    int month = c.year * 12 + c.month - 1 + line->month;
    return (ListLine){{
        group_id(print->schedule, line->row->group),
        schedule_text(print->schedule, line->row->position),
        str_format(scratch, "%04d-%02d", month / 12, month % 12 + 1),
        str_format(scratch, "%lld", (long long)line->row->people[line->month]),
    }};
}

static bool forecast_print(Ledger *ledger, const CommandLine *line, int months,
                           const NeededRows *rows, Arena *arena, Error *err)
{
    ForecastPrint list = {.schedule = ledger->schedule, .as_of = line->as_of};
    VEC_EACH (const NeededRow, row, *rows)
        for (int month = 0; month < months; month++)
            if (row->people[month])
                *forecast_lines_push(&list.lines, arena) = (ForecastLine){row, month};
    ListPrint print = {names, (int)countof(names), list.lines.count, forecast_line, &list, ledger->schedule};
    return list_print(ledger->act, &print, line->format, option_text(line, "out"), arena, err);
}

static bool forecast_all(Ledger *ledger, const CommandLine *line, Arena *arena, Error *err)
{
    enum { MONTHS = 13 };
    NeededRows rows;
    bool there;
    int64_t months = option_number(line, "months", MONTHS);
    if (months < 1 || months > MONTHS_MOST)
        return FAIL(err, E_USAGE, .item = S("--months"),
                    .words = S("1から25までの月数を指定してください。"));
    if (!needed_list(ledger, line->as_of, (int)months, &rows, &there, err)) return false;
    if (!there) return FAIL(err, E_NOT_FOUND, .words = S(STANDING_MISSING));
    return forecast_print(ledger, line, (int)months, &rows, arena, err);
}

static bool forecast_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                             Error *err)
{
    Ledger ledger;
    (void)status;
    return copy_asked_of_city(act, *arena, err) && ledger_open(act, arena, &ledger, err) &&
           forecast_all(&ledger, line, arena, err);
}

// clang-format off
static const Option options[] = {
    {OPTION_NUMBER, "months", "N",        "今月から数えた月数 (既定 13)", false, false},
    {OPTION_PLACE,  "out",    "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};
// clang-format on

const Door command_forecast =
    COMMAND("forecast", "immunization", DUTY_EXPORT, AUDIT_EXPORT, SHARED, forecast_command,
            .arguments = "", .work = "必要な回数の一覧", .words = "これからの月ごとに、必要になる接種の数を出します",
            .options = options);
