// sesshu network records: 情報提供等記録 of the core, one line an inquiry, for whoever must answer for them.
//
// Law     番号法 第23条; F-4-05. The core knows that an answer was given and not which.
// SPDX-License-Identifier: Apache-2.0
#include "record_cells.h"

#include <stdio.h>

static const char *const names[] = {"記録番号", RECORD_CELLS, "不開示"};
static const ListCode shut[] = {{"YES", "不開示"}, {0}};
static const ListColumn columns[] = {{"結果", "結果", record_results}, {"不開示", "不開示", shut}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static void line_put(List *out, const RecordLine *line, const NamedList *list, Arena scratch)
{
    char number[24];
    (void)snprintf(number, sizeof number, "%lld", (long long)line->no);
    list_put(out, str_of(number));
    record_cells_put(out, &(Access){.asked_at = line->asked_at, .asker = line->asker, .record = record_of_relay(&line->relay)}, list, scratch);
    list_put(out, line->relay.permit.undisclosed ? S("YES") : (Str){0});
    list_end_row(out);
}

static bool records(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List left;
    NamedList list;
    RecordLineRows rows;
    Day from = option_day(line, "from", act->business_day - 30), to = option_day(line, "to", act->business_day);
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false, line->format == FORMAT_EXCEL, &words};
    (void)status;
    if (!allow_list_read(act->store, act->now, arena, &list, err) ||
        !core_records_between(act->store, instant_day_begins(from), instant_day_begins(to + 1), arena, &rows, err) ||
        !list_begin(act, &asked, &left, err))
        return false;
    VEC_EACH (RecordLine, one, rows) line_put(&left, one, &list, *arena);
    return list_leave(&left, err);
}

static const Option options[] = {
    {OPTION_DAY, "from", "D", "この日の照会から (既定 30日前)", false, false},
    {OPTION_DAY, "to", "D", "この日の照会まで (既定 業務日)", false, false},
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_records = COMMAND("records", "linkage", DUTY_AUDIT, AUDIT_EXPORT, SHARED, records, .arguments = "",
                                     .words = "コアの情報提供等記録を出します", .options = options);
