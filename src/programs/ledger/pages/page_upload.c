// A clinic's file from a browser: streamed into a draft, then taken in by the command's own steps; its outcome, and the
// list of what was returned.
// SPDX-License-Identifier: Apache-2.0
#include "copy_state.h"
#include "form.h"
#include "intake_run.h"
#include "list_leave.h"
#include "outlet.h"
#include "regular_file.h"
#include "review_drawing.h"
#include "review_undone.h"
#include "standing_roll.h"
#include "taken_html.h"
#include "upload_html.h"

#include <stdio.h>

enum { NAME_MOST = 200 };

// ---- sending

static void upload_draw(Visit *visit, Str refused)
{
    Path go = visit_path(visit, &route_send_upload, NULL, 0);
    const UploadPage page = {.go = visit_upload_path(visit, go),
                             .origin = visit_origin(visit, go),
                             .refused = refused,
                             .most = VISIT_FILE_MOST_MB};
    if (refused.len) visit->status = 422;
    upload_page_write(visit->page, &page);
}

bool page_upload(Visit *visit, Error *err)
{
    (void)err;
    upload_draw(visit, (Str){0});
    return true;
}

// The name tells the month and stands in lists: it must be one of a file, and what may be kept of it.
static bool named(Visit *visit, const WebSent *sent, Str *path, Str *refused)
{
    bool csv = str_ends(sent->name, S(".csv")) || str_ends(sent->name, S(".CSV"));
    if (!sent->path.len || !sent->name.len) *refused = S("ファイルが選ばれていません。ファイルを選んでから送ってください。");
    else if (!csv) *refused = S("CSVのファイル（名前の終わりが .csv）ではありません。Excelのブックなどは、CSVで保存し直してから送ってください。");
    else if (!sent->bytes) *refused = S("ファイルの中身がありません。作成元に確かめてください。");
    else if (sent->name.len > NAME_MOST || sent->name.at[0] == '.') *refused = S("ファイルの名前を短く付け直してから送ってください。");
    if (refused->len) return false;
    *path = str_format(visit->arena, "%.*s/%.*s", STR(sent->folder), STR(sent->name));
    if (rename(str_z(visit->arena, sent->path), str_z(visit->arena, *path)) == 0) return true;
    *refused = S("受け取ったファイルを開けません。もう一度送ってください。");
    return false;
}

// What is wrong with the file itself, and not with us.
static bool of_the_file(const Error *why)
{
    return why->code == E_FILE_LAYOUT || why->code == E_ENCODING || why->code == E_LIMIT || why->code == E_FILE_OPEN;
}

static bool refused_record(Visit *visit, const WebSent *sent, const Error *why, Error *err)
{
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_FAILED);
    leaf.detail = str_format(visit->arena, "%s %.*s", error_code_text(why->code), STR(outlet_text(OUTLET_TRAIL, visit->arena, sent->name)));
    return visit_record(visit, &leaf, err);
}

static Path taken_path(const Visit *visit, const Route *route, int32_t file_no)
{
    Str file = str_format(visit->arena, "%d", (int)file_no);
    return visit_path(visit, route, &file, 1);
}

static Str said_of(const Visit *visit, const IntakeReport *r)
{
    Arena *arena = visit->arena;
    const int32_t *of = r->file.counts.of_outcome;
    if (r->taken_before)
        return str_format(arena, "このファイルは取り込み済みです。何も変わっていません。");
    return str_format(arena, "%d行を取り込みました。返戻%d、照合待ち%d。%s", r->file.counts.rows, of[INTAKE_RETURNED],
                      of[INTAKE_REVIEW],
                      r->month_unknown ? "ファイル名から何月分か分かりませんでした。" : "");
}

static bool taken(Visit *visit, const WebSent *sent, Str path, Error *err)
{
    Ledger ledger;
    IntakeReport report;
    Error why = {0};
    if (!copy_asked(visit->act, COPY_HELPS, *visit->arena, err) || !visit_ledger(visit, &ledger, err)) return false;
    if (!intake_take(&ledger, path, CSV_ENCODING_AUTO, visit->arena, &report, &why)) {
        if (!of_the_file(&why)) return error_pass(err, &why);
        store_rollback(visit->act->store);
        if (!refused_record(visit, sent, &why, err)) return false;
        upload_draw(visit, outlet_error_message(OUTLET_PAGE, visit->arena, &why));
        return true;
    }
    standing_renew(visit->act);
    visit->recorded = !report.taken_before;
    return visit_go(visit, taken_path(visit, &route_page_taken, report.file.file_no), said_of(visit, &report), err);
}

bool send_upload(Visit *visit, Error *err)
{
    Str path, refused = {0};
    const WebSent *sent = &visit->request->sent;
    if (named(visit, sent, &path, &refused)) return taken(visit, sent, path, err);
    upload_draw(visit, refused);
    return true;
}

// ---- what came of it

static bool file_meant(const Visit *visit, IntakeTaken *file, Error *err)
{
    int32_t file_no;
    bool found = false;
    if (review_number(visit->variables[0], &file_no) &&
        !intake_file_taken(visit->act->store, file_no, visit->arena, file, &found, err))
        return false;
    return found || FAIL(err, E_NOT_FOUND, .words = S("このファイルは取り込まれていません。取込・照合の画面から開き直してください。"));
}

// A row may bear several codes; the first says why it came out so.
static Str words_of(Str codes)
{
    Str first = str_cut(codes, ' ').head;
    for (IntakeCode c = INTAKE_CODE_NONE + 1; c < INTAKE_CODE_COUNT; c++)
        if (str_equal(intake_code_text(c), first)) return intake_code_words(c);
    return (Str){0};
}

// What was decided about its rows under review, and whether it may be closed.
static bool decided(Visit *visit, const IntakeTaken *t, TakenPage *page, Error *err)
{
    enum { DECIDED_MOST = 200 };
    DecidedRows rows;
    FileClosing closing;
    Arena *arena = visit->arena;
    int32_t file_no = t->file.file_no;
    char at[INSTANT_TEXT_SIZE];
    page->close_origin = page->close_once = S("");
    if (!review_decided_of_file(visit->act->store, file_no, (Str){0}, DECIDED_MOST, arena, &rows, err) ||
        !intake_closing_read(visit->act->store, file_no, arena, &closing, err))
        return false;
    VEC_EACH (const DecidedRow, row, rows) {
        UndoOffer undo;
        if (!undo_offer_of(visit, file_no, row, &undo, err)) return false;
        *decided_line_rows_push(&page->decided, arena) =
            (DecidedLine){.label = row->label, .outcome = intake_outcome_words(row->outcome), .who = row->by, .go = undo.go,
                          .when = str_copy(arena, str_of(instant_in_japan(row->at, at))), .origin = undo.origin, .once = undo.once};
    }
    if (closing.closed)
        page->closed = str_format(arena, "%s に %.*s が締めました。", instant_in_japan(closing.at, at), STR(closing.by));
    if (closing.closed || closing.waiting || !t->file.counts.of_outcome[INTAKE_REVIEW]) return true;
    page->close_go = taken_path(visit, &route_send_close, file_no);
    page->close_origin = visit_origin(visit, page->close_go);
    return form_number(visit, &page->close_once, err);
}

bool page_taken(Visit *visit, Error *err)
{
    IntakeTaken t;
    IntakeCodeCounts counts;
    Arena *arena = visit->arena;
    char at[INSTANT_TEXT_SIZE];
    if (!file_meant(visit, &t, err) ||
        !intake_codes_counted(visit->act->store, t.file.file_no, arena, &counts, err))
        return false;
    const int32_t *of = t.file.counts.of_outcome;
    Path go = taken_path(visit, &route_send_returned, t.file.file_no);
    TakenPage page = {.name = t.file.name,
                      .when = str_copy(arena, str_of(instant_in_japan(t.taken_at, at))),
                      .who = t.taken_by,
                      .rows = t.file.counts.rows,
                      .accepted = of[INTAKE_ACCEPTED],
                      .warned = of[INTAKE_ACCEPTED_WITH_WARNING],
                      .review = of[INTAKE_REVIEW],
                      .returned = of[INTAKE_RETURNED],
                      .duplicate = of[INTAKE_DUPLICATE],
                      .waiting = t.waiting,
                      .begin = t.waiting ? reviews_path(visit, t.file.file_no) : NULL,
                      .back = visit_path(visit, &route_page_intakes, NULL, 0),
                      .go = go,
                      .origin = visit_origin(visit, go)};
    if (!decided(visit, &t, &page, err)) return false;
    if (t.file.month) page.month = str_format(arena, "%d年%d月", (int)t.file.month / 100, (int)t.file.month % 100);
    if (of[INTAKE_RETURNED] && !visit_may(visit, &route_send_returned, &page.lists, err)) return false;
    VEC_EACH (const IntakeCodeCount, c, counts)
        *code_line_rows_push(&page.codes, arena) =
            (CodeLine){intake_outcome_words(c->outcome), c->codes, words_of(c->codes), c->rows};
    visit->prints = true;
    taken_page_write(visit->page, &page);
    return true;
}

static bool bytes_of(Str path, Arena *arena, Str *bytes)
{
    FILE *file = regular_file_read(str_z(arena, path));
    if (!file) return false;
    Text text = {0};
    char part[4096];
    for (size_t got = fread(part, 1, sizeof part, file); got; got = fread(part, 1, sizeof part, file))
        text_add(&text, arena, (Str){part, (ptrdiff_t)got});
    bool good = !ferror(file);
    (void)fclose(file);
    *bytes = text_str(&text);
    return good;
}

// The list that the command leaves, made anew from what is stored, with the number of its record in it.
bool send_returned(Visit *visit, Error *err)
{
    IntakeTaken t;
    Str path, bytes;
    Act *act = visit->act;
    if (!file_meant(visit, &t, err)) return false;
    ErrorCsv *errors = error_list_begin(act, t.file.name, visit->arena);
    if (!intake_returned_write(act->store, t.file.file_no, errors, err)) {
        error_csv_abandon(errors);
        return false;
    }
    if (!error_list_leave(act, errors, &path, err)) return false;
    if (!path.len) return FAIL(err, E_NOT_FOUND, .words = S("このファイルに返戻の行はありません。"));
    if (!bytes_of(path, visit->arena, &bytes)) return FAIL(err, E_FILE_READ, .words = S("返戻の一覧を読めませんでした。もう一度行ってください。"));
    visit->recorded = true;
    visit->file = (WebFile){bytes, "text/csv; charset=utf-8", "henrei.csv"};
    return true;
}
