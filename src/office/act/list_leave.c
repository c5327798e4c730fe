// SPDX-License-Identifier: Apache-2.0
#include "list_leave.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "data_folder.h"
#include "say.h"

enum { CELL_BYTES = 1 << 20 };  // of one cell in words

static bool place_there(const OutputPlace *place, Arena scratch, Error *err)
{
    Output tried;
    if (!place->path) return true;
    if (!output_begin(place, &scratch, &tried, err)) return false;
    output_abandon(&tried);
    return true;
}

const OutputHome *act_home(const Act *act)
{
    OutputHome *home = NEW(act->arena, OutputHome, 1);
    *home = (OutputHome){act->office->data_dir, data_folder_own, data_folder_own_count, kek_elsewhere()};
    return home;
}

static const char *const *heads_of(const ListAsked *asked, Arena *arena)
{
    if (!asked->for_sheet) return asked->names;
    const char **heads = NEW(arena, const char *, asked->count);
    for (int i = 0; i < asked->count; i++) heads[i] = list_head_shown(asked->words, asked->names[i]);
    return heads;
}

static CsvListWay way_of(const Act *act, const ListAsked *asked, const char *const *heads)
{
    FILE *stream = asked->stream ? asked->stream : stdout;
    bool numbered = asked->numbered || asked->for_sheet;
    if (!asked->out.len) return (CsvListWay){.numbered = numbered, .stream = stream};
    if (str_equal(asked->out, S("/dev/null"))) return (CsvListWay){0};
    Str head = csv_list_head(heads, asked->count, numbered, act->arena);
    if (asked->for_sheet) head = str_join(act->arena, S(CSV_MARK), head);
    return (CsvListWay){
        numbered,
        {str_z(act->arena, asked->out), OUTPUT_LIST, act_home(act), head},
        NULL};
}

bool list_begin(Act *act, const ListAsked *asked, List *list, Error *err)
{
    const char *const *heads = heads_of(asked, act->arena);
    *list = (List){.act = act, .way = way_of(act, asked, heads), .asked = *asked};
    if (!place_there(&list->way.place, *act->arena, err) ||
        !csv_list_begin(act->office->data_dir, act->arena, &list->draft, err))
        return false;
    if (asked->for_sheet) {
        csv_mark(list->draft);
        char *room = NEW(act->arena, char, CELL_BYTES);  // the caller's scratch begins behind it
        list->room = (Arena){room, room + CELL_BYTES};
    }
    for (int i = 0; i < asked->count; i++) csv_put(list->draft, str_of(heads[i]));
    csv_end_row(list->draft);
    return true;
}

void list_put(List *list, Str value)
{
    const ListAsked *asked = &list->asked;
    Arena scratch = list->room;
    const char *name = asked->names[list->column++ % asked->count];
    csv_put(list->draft, asked->for_sheet ? list_cell_shown(asked->words, name, value, &scratch) : value);
}

void list_end_row(List *list)
{
    list->column = 0;
    csv_end_row(list->draft);
}

// ---- the record

static const Recorded *record(Act *act, const CsvListFacts *facts, const List *list, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    Sha256 content = keys_index(act->office->keys, S("list"), sha256_bytes(&facts->content));
    if (leaf.act != AUDIT_LOOK) leaf.act = AUDIT_EXPORT;
    leaf.rows = leaf.taken = facts->rows;
    leaf.content = &content;
    leaf.detail = list->detail;
    leaf.whose = list->whose;
    leaf.person = list->person;
    return store_is_idle(act->store) ? act_record_now(act, &leaf, err) : act_record(act, &leaf, err);
}

const Recorded *list_record(const List *list, Error *err)
{
    CsvListFacts facts;
    return csv_list_facts(list->draft, &facts, err) ? record(list->act, &facts, list, err) : NULL;
}

static void tell(const List *list, const Recorded *recorded)
{
    char text[RECORDED_TEXT_SIZE];
    if (!list->way.stream)
        say(stderr, "%s を書き出しました（証跡番号 %s）\n", list->way.place.path,
            recorded_text(recorded, text));
}

bool list_leave(List *list, Error *err)
{
    const Recorded *recorded = list_record(list, err);
    if (!recorded) {
        csv_abandon(list->draft);
        return false;
    }
    if (!list->way.stream && !list->way.place.path) {
        csv_abandon(list->draft);
        return true;
    }
    if (!csv_list_leave(list->draft, recorded, &list->way, list->act->arena, err)) return false;
    tell(list, recorded);
    return true;
}

const Recorded *list_draft_leave(Act *act, CsvWriter *draft, const char *path, Str detail, Sha256 *hash, Error *err)
{
    const List list = {.act = act, .draft = draft, .detail = detail};
    const CsvListWay way = {.numbered = true, .place = {path, OUTPUT_FREE, act_home(act), {0}}, .hash = hash};
    const Recorded *recorded = list_record(&list, err);
    if (!recorded) csv_abandon(draft);
    return recorded && csv_list_leave(draft, recorded, &way, act->arena, err) ? recorded : NULL;
}

ErrorCsv *error_list_begin(const Act *act, Str input_path, Arena *arena)
{
    return error_csv_begin(act->office->data_dir, input_path, act->for_sheet, arena);
}

ErrorCsv *warning_list_begin(const Act *act, Str input_path, Arena *arena)
{
    return warning_csv_begin(act->office->data_dir, input_path, act->for_sheet, arena);
}

bool error_list_leave(Act *act, ErrorCsv *errors, Str *path, Error *err)
{
    CsvListFacts facts;
    *path = (Str){0};
    if (!error_csv_count(errors)) return true;
    const List list = {.act = act, .detail = error_csv_name(errors)};
    const Recorded *recorded = NULL;
    if (error_csv_facts(errors, &facts, err)) recorded = record(act, &facts, &list, err);
    if (recorded) return error_csv_leave(errors, recorded, act->arena, path, err);
    error_csv_abandon(errors);
    return false;
}

// ---- words and JSON

bool text_out_begin(Act *act, Str path, TextOut *out, Error *err)
{
    const OutputPlace place = {str_z(act->arena, path), OUTPUT_FREE, act_home(act), {0}};
    *out = (TextOut){.to = stdout, .output = {.file = -1, .folder = -1}};
    if (!path.len) return true;
    if (!output_begin(&place, act->arena, &out->output, err)) return false;
    int own = fcntl(out->output.file, F_DUPFD_CLOEXEC, 0);
    out->to = own < 0 ? NULL : fdopen(own, "w");
    if (out->to) return true;
    (void)output_failed(place.path, errno, err);
    if (own >= 0) (void)close(own);
    output_abandon(&out->output);
    return false;
}

bool text_out_commit(TextOut *out, Error *err)
{
    bool file = out->to != stdout;
    errno = 0;
    bool whole = !ferror(out->to) && fflush(out->to) == 0;
    int failure = errno ? errno : EIO;
    if (file) whole &= fclose(out->to) == 0;
    if (whole) return !file || output_commit(&out->output, NULL, err);
    if (file) output_abandon(&out->output);
    return output_failed(file ? out->output.path : "-", failure, err);
}

void text_out_abandon(TextOut *out)
{
    if (out->to == stdout) return;
    (void)fclose(out->to);
    output_abandon(&out->output);
}
