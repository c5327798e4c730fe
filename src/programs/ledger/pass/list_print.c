// SPDX-License-Identifier: Apache-2.0
#include "list_print.h"

#include <assert.h>
#include <jansson.h>
#include <stdio.h>

#include "say.h"

Str list_day(Day day, Arena *arena)
{
    char text[DAY_TEXT_SIZE];
    return day == DAY_NONE ? (Str){0} : str_copy(arena, str_of(day_text(day, text)));
}

Sha256 list_hash(const ListPrint *print, Arena scratch)
{
    static const unsigned char separators[] = {'\x1f', '\n'};
    Sha256Run *run = sha256_begin();
    for (int64_t n = 0; n < print->lines; n++) {
        Arena one = scratch;
        ListLine line = print->line(print->list, n, &one);
        for (int i = 0; i < print->item_count; i++) {
            sha256_add(run, (Bytes){(const unsigned char *)line.items[i].at, line.items[i].len});
            sha256_add(run, (Bytes){separators, 1});
        }
        sha256_add(run, (Bytes){separators + 1, 1});
    }
    return sha256_end(run);
}

void list_csv(const ListPrint *print, CsvWriter *out, Arena scratch)
{
    for (int i = 0; i < print->item_count; i++) csv_put(out, str_of(print->names[i]));
    csv_end_row(out);
    for (int64_t n = 0; n < print->lines; n++) {
        Arena one = scratch;
        ListLine line = print->line(print->list, n, &one);
        for (int i = 0; i < print->item_count; i++) csv_put(out, line.items[i]);
        csv_end_row(out);
    }
}

static bool print_csv(const ListPrint *print, Arena *arena, Error *err)
{
    CsvWriter *out = csv_on_stream(stdout, arena);
    list_csv(print, out, *arena);
    return csv_commit(out, err);
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

bool list_audit(Act *act, const ListPrint *print, Arena scratch, Error *err)
{
    assert(print->item_count <= LIST_ITEMS_MAX);
    Sha256 hash = list_hash(print, scratch);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = leaf.taken = print->lines;
    leaf.content = &hash;
    return act_record_now(act, &leaf, err);
}

bool list_show(const ListPrint *print, OutputFormat format, Arena *arena, Error *err)
{
    return format == FORMAT_JSON ? print_json(print, arena, err) : print_csv(print, arena, err);
}

bool list_print(Act *act, const ListPrint *print, OutputFormat format, Arena *arena, Error *err)
{
    return list_audit(act, print, *arena, err) && list_show(print, format, arena, err);
}
