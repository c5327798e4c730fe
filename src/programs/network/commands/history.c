// sesshu network history: what a citizen would see in マイナポータル of who asked whom about him.
//
// The Individual Number is read from standard input: on a command line other processes would see it.
// SPDX-License-Identifier: Apache-2.0
#include "citizen.h"
#include "record_cells.h"

#include <stdio.h>

static const char *const names[] = {RECORD_CELLS, "三者の記録"};
static const ListCode stands[] = {{"TOGETHER", "一致"}, {"INCOMPLETE", "まだそろわない"}, {"APART", "不一致"}, {0}};
static const ListColumn columns[] = {{"結果", "結果", record_results}, {"三者の記録", "三者の記録", stands}};
static const ListWords words = {columns, (int)countof(columns), NULL, NULL};

static bool number_read_in(IndividualNo *number, Error *err)
{
    enum { LINE_MOST = 128 };
    char line[LINE_MOST];
    bool corrected;
    if (!fgets(line, sizeof line, stdin))
        return FAIL(err, E_MISSING, .item = S("個人番号"), .words = S("個人番号を標準入力に1行で入力してください。"));
    bool read = individual_no_parse_typed(str_trim(str_of(line)), number, &corrected, err);
    bytes_wipe(line, sizeof line);
    return read;
}

static bool history_of(Act *act, Arena *arena, Sha256 *person, Accesses *rows, Error *err)
{
    INDIVIDUAL_NO_SECRET IndividualNo number = {0};
    return number_read_in(&number, err) && citizen_person(act, &number, *arena, person, err) &&
           citizen_accesses(act, person, arena, rows, err);
}

static Str stand_code(RecordsStand stand)
{
    if (stand == RECORDS_TOGETHER) return S("TOGETHER");
    return stand == RECORDS_APART ? S("APART") : S("INCOMPLETE");
}

static bool history(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    List left;
    NamedList list;
    Sha256 person;
    Accesses rows;
    const ListAsked asked = {option_text(line, "out"), names, (int)countof(names), false, line->format == FORMAT_EXCEL, &words};
    (void)status;
    if (!history_of(act, arena, &person, &rows, err) || !allow_list_read(act->store, act->now, arena, &list, err) ||
        !list_begin(act, &asked, &left, err))
        return false;
    left.person = &person;
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
