// SPDX-License-Identifier: Apache-2.0
#include "list_print.h"

#include <assert.h>
#include <jansson.h>
#include <stdio.h>

#include "list_columns.h"
#include "say.h"

Str list_day(Day day, Arena *arena)
{
    char text[DAY_TEXT_SIZE];
    return day == DAY_NONE ? (Str){0} : str_copy(arena, str_of(day_text(day, text)));
}

static void put_lines(const ListPrint *print, List *list, Arena scratch)
{
    for (int64_t n = 0; n < print->lines; n++) {
        Arena one = scratch;
        ListLine line = print->line(print->list, n, &one);
        for (int i = 0; i < print->item_count; i++) list_put(list, line.items[i]);
        list_end_row(list);
    }
}

static json_t *line_json(const ListPrint *print, const ListLine *line)
{
    json_t *o = json_object();
    for (int i = 0; i < print->item_count; i++) {
        json_t *value = json_item(str_of(print->names[i]), line->items[i]);
        (void)json_object_set_new(o, print->names[i], value);
    }
    return o;
}

static bool print_json(const ListPrint *print, const Arena *arena, Error *err)
{
    bool ok = fputs("[", stdout) >= 0;
    for (int64_t n = 0; ok && n < print->lines; n++) {
        Arena one = *arena;
        ListLine line = print->line(print->list, n, &one);
        json_t *o = line_json(print, &line);
        ok = fputs(n ? ",\n" : "\n", stdout) >= 0 && say_json(stdout, o, 0);
        json_decref(o);
    }
    if (!ok || fputs("\n]\n", stdout) < 0)
        return FAIL(err, E_FILE_WRITE,
                    .words = S("結果を書き出せませんでした。出力先を確かめてください。"));
    return true;
}

static bool leave_json(List *list, const ListPrint *print, Arena *arena, Error *err)
{
    char number[RECORDED_TEXT_SIZE];
    const Recorded *recorded = list_record(list, err);
    csv_abandon(list->draft);
    if (!recorded || !print_json(print, arena, err)) return false;
    say(stderr, "証跡番号 %s\n", recorded_text(recorded, number));
    return true;
}

bool list_print(Act *act, const ListPrint *print, OutputFormat format, Str out, Arena *arena,
                Error *err)
{
    assert(print->item_count > 0);
    List list;
    assert(print->item_count <= LIST_ITEMS_MAX);
    if (format == FORMAT_JSON && out.len)
        return FAIL(err, E_USAGE, .item = S("--out"),
                    .words = S("--out に書くのは CSV だけです。--format json は標準出力に出ます。"));
    const ListAsked asked = {out, print->names, print->item_count, false, format == FORMAT_EXCEL,
                             ledger_list_words(print->schedule, arena)};
    if (!list_begin(act, &asked, &list, err)) return false;
    put_lines(print, &list, *arena);
    return format == FORMAT_JSON ? leave_json(&list, print, arena, err) : list_leave(&list, err);
}
