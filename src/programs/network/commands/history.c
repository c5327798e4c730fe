// sesshu network history: what a citizen would see in マイナポータル of who asked whom about him.
// SPDX-License-Identifier: Apache-2.0
#include "number_in.h"
#include "record_cells.h"

static const char *const names[] = {RECORD_CELLS, "三者の記録"};
static const ListCode stands[] = {{"TOGETHER", "一致"}, {"INCOMPLETE", "まだそろわない"}, {"APART", "不一致"}, {0}};
static const ListColumn columns[] = {{"結果", "結果", record_results}, {"三者の記録", "三者の記録", stands}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static Str stand_code(RecordsStand stand)
{
    if (stand == RECORDS_TOGETHER) return S("TOGETHER");
    return stand == RECORDS_APART ? S("APART") : S("INCOMPLETE");
}

static bool history(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List left;
    NamedList list;
    Citizen citizen;
    Accesses rows;
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false, line->format == FORMAT_EXCEL, &words};
    (void)status;
    if (!citizen_typed(act, *arena, &citizen, err) || !citizen_accesses(act, &citizen.person, arena, &rows, err) ||
        !allow_list_read(act->store, act->now, arena, &list, err) ||
        !list_begin(act, &asked, &left, err))
        return false;
    left.person = &citizen.person;
    VEC_EACH (const Access, one, rows) {
        record_cells_put(&left, one, &list, *arena);
        list_put(&left, stand_code(one->stand));
        list_end_row(&left);
    }
    return list_leave(&left, err);
}

static const Option options[] = {
    {OPTION_PLACE, "out", "FILE.csv", "一覧を書くファイル (既定 標準出力)", false, false},
    {.kind = OPTION_END},
};

const Door command_history =
    COMMAND("history", "linkage", DUTY_READ, AUDIT_LOOK, SHARED, history, .arguments = "",
            .words = "本人がマイナポータルで見る、やりとり履歴を出します (個人番号は標準入力から)", .options = options);
