// SPDX-License-Identifier: Apache-2.0
#include "intake_run.h"

#include <assert.h>

#include "city_place_rows.h"
#include "counter_rows.h"
#include "from_picture.h"
#include "intake_staging.h"
#include "intake_touched.h"
#include "list_leave.h"
#include "outlet.h"
#include "regular_file.h"
#include "rule_use_rows.h"
#include "seal.h"

enum {
    PORTION = 1024,  // rows for which the store is asked together
    KEPT_CANDIDATES = 256 << 20,
    SCRATCH = 1 << 30,
    BAD_MOST = 1000,  // rows that are none, in any file
};
static const ptrdiff_t KEPT_ROWS = (ptrdiff_t)8 << 30;

bool intake_prepare(IntakeRun *run, Arena *arena, Error *err)
{
    Store *store = run->ledger->act->store;
    run->kept = run->overlay.arena = arena;
    return clinic_list_read(store, arena, &run->clinics, err) &&
           intake_corrected_labels(store, run->file.month, arena, &run->corrected, err) &&
           city_places(store, arena, &run->places, err);
}

// ---- the file that is read

typedef struct Sheet {
    const char *path;
    CsvEncoding encoding;
    CsvReader *csv;       // NULL: read to its end
    IntakeFileRow asked;  // how the file is known again
    Progress progress;
} Sheet;

static void begin_row(IntakeRun *run, Staging *g, const CsvRow *row, Arena *arena)
{
    StagedRow *staged = NEW(run->kept, StagedRow, 1);
    *g = (Staging){.run = run, .staged = staged, .arena = arena};
    *staged = (StagedRow){.row_id = PROVISIONAL + (int32_t)run->rows.count, .score = -1};
    *staged_rows_push(&run->rows, run->kept) = staged;
    staging_read(g, row);
}

static bool few_enough(const IntakeRun *run, Error *err)
{
    return run->rows.count <= INTAKE_ROWS_MOST ||
           FAIL(err, E_LIMIT,
                .words = S("200万行を超えるファイルは取り込めません。分けてください。"));
}

// A file of which most rows are no rows is given back whole and at once; nothing of it is stored.
static bool is_no_rubbish(const IntakeRun *run, int64_t bad, Error *err)
{
    return bad <= BAD_MOST || bad * 2 <= run->rows.count ||
           FAIL(err, E_FILE_LAYOUT,
                .words = S("行として読めない行が半分を超えています。何も登録していません。列の数、引用符、"
                           "文字コードを作成元に確かめ、作り直したファイルを受け取ってください。"));
}

static bool stage(IntakeRun *run, Sheet *sheet, Arena scratch, Error *err)
{
    CsvRow row;
    ptrdiff_t count;
    int64_t bad = 0;
    progress_stage(&sheet->progress, "読取り", csv_facts(sheet->csv)->bytes, true);
    do {
        Arena arena = scratch;
        Staging *rows = ROOM(&arena, Staging, PORTION);
        for (count = 0; count < PORTION && csv_next(sheet->csv, &row); count++) {
            begin_row(run, &rows[count], &row, &arena);
            bad += row.bad;
        }
        if (!few_enough(run, err) || !is_no_rubbish(run, bad, err) || !staging_rows(rows, count, &arena, err)) return false;
        progress_show(&sheet->progress, csv_bytes_done(sheet->csv));
    } while (count == PORTION);
    CsvReader *csv = sheet->csv;
    sheet->csv = NULL;
    return csv_close(csv, err);
}

static bool judge(IntakeRun *run, Progress *progress, Arena scratch, Error *err)
{
    progress_stage(progress, "判定", run->rows.count, false);
    for (ptrdiff_t first = 0; first < run->rows.count; first += PORTION) {
        ptrdiff_t left = run->rows.count - first;
        if (!intake_judge(run, run->rows.at + first, left < PORTION ? left : PORTION, scratch, err))
            return false;
        progress_show(progress, first);
    }
    return true;
}

static bool lacks_text(const StagedRow *row)
{
    return row->shown && !row->as_read.len;
}

static bool some_lack_text(const IntakeRun *run)
{
    VEC_EACH (const StagedRef, row, run->rows)
        if (lacks_text(*row)) return true;
    return false;
}

static bool reopen(IntakeRun *run, Sheet *sheet, Arena *arena, Error *err)
{
    if (!csv_open(sheet->path, &submission_layout, sheet->encoding, arena, &sheet->csv, err))
        return false;
    Sha256 index = csv_index(sheet->csv, run->ledger->act->office->keys);
    return sha256_equal(&index, &run->index) ||
           FAIL(err, E_FILE_READ, .value = file_name_of(str_of(sheet->path)),
                .words = S("読んでいる間にファイルが変わりました。もう一度実行してください。"));
}

// How rows read that somebody must see again: only now is it known which they are. They are read once more.
static bool read_texts(IntakeRun *run, const Sheet *sheet, Arena scratch, Error *err)
{
    CsvRow row;
    Sheet again = *sheet;
    if (!some_lack_text(run)) return true;
    bool opened = reopen(run, &again, &scratch, err);
    for (ptrdiff_t i = 0; opened && i < run->rows.count && csv_next(again.csv, &row); i++) {
        StagedRow *staged = run->rows.at[i];
        if (!lacks_text(staged)) continue;
        if (staged->hides) csv_row_hide(again.csv, submission_address);
        staged->as_read = csv_row_text(again.csv, run->kept);
    }
    Error later;
    return csv_close(again.csv, opened ? err : &later) && opened;
}

// ---- in the turn

static bool audit(IntakeRun *run, Error *err)
{
    Act *act = run->ledger->act;
    const int32_t *of = run->file.counts.of_outcome;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.content = &run->index;
    leaf.rows = run->file.counts.rows;
    leaf.taken = of[INTAKE_ACCEPTED] + of[INTAKE_ACCEPTED_WITH_WARNING];
    leaf.refused = of[INTAKE_RETURNED];
    leaf.detail = run->file.name;
    return act_record(act, &leaf, err);
}

static bool publish(IntakeRun *run, Arena scratch, Error *err)
{
    Act *act = run->ledger->act;
    return ledger_act_begin(act, ACT_INTAKE, run->file.name, &run->act, err) &&
           rule_use_note(act->store, &run->act, run->ledger->schedule, &run->ledger->rule_texts,
                         scratch, err) &&
           intake_publish(run, scratch, err) && intake_publish_outcomes(run, scratch, err) &&
           audit(run, err);
}

// ---- one round: staged and judged from one picture

// What intake_take has in hand (from_picture.h).
typedef struct Taking {
    IntakeRun *run;
    Sheet *sheet;
    Arena whole_kept, whole_scratch, kept, scratch;  // of all rounds, and of the one in hand
    bool by_others;  // somebody took this very file meanwhile
} Taking;

static bool begin_round(Taking *t, Error *err)
{
    IntakeRun *run = t->run;
    t->kept = t->whole_kept;
    t->scratch = t->whole_scratch;
    run->kept = &t->kept;
    run->rows = (StagedRows){0};
    run->overlay = (IntakeOverlay){0};
    run->corrected = (Map){0};
    run->notes = (SubmissionNotes){0};
    run->doses = run->records = run->facts = run->claims = 0;
    return t->sheet->csv || reopen(run, t->sheet, &t->scratch, err);
}

// Others may have numbered products since the ledger was opened, and recorded doses of them.
static bool products_ready(Ledger *ledger, const PictureTaken *picture, Error *err)
{
    return picture->in_turn ? ledger_products_complete(ledger, err) : ledger_products_again(ledger, err);
}

static bool stage_all(void *work, const PictureTaken *picture, Error *err)
{
    Taking *t = work;
    IntakeRun *run = t->run;
    if (!begin_round(t, err) || !products_ready(run->ledger, picture, err)) return false;
    run->matches = match_reader(run->ledger->act->store, run->kept, KEPT_CANDIDATES);
    return intake_prepare(run, run->kept, err) && stage(run, t->sheet, t->scratch, err) &&
           judge(run, &t->sheet->progress, t->scratch, err);
}

static bool texts_read(void *work, Error *err)
{
    const Taking *t = work;
    return read_texts(t->run, t->sheet, t->scratch, err);
}

// Somebody may have taken this very file meanwhile.
static bool taken_meanwhile(Taking *t, Error *err)
{
    IntakeFileRow found;
    if (!intake_file_find(t->run->ledger->act->store, &t->sheet->asked, &found, err)) return false;
    t->by_others = found.file_no != 0;
    if (t->by_others) t->run->file = found;
    return true;
}

static bool settle(void *work, const PictureTaken *picture, bool *again, Error *err)
{
    Touched touched;
    Taking *t = work;
    if (!taken_meanwhile(t, err)) return false;
    if (t->by_others) return true;
    if (!intake_touched(t->run, picture->act_no, &t->scratch, &touched, err)) return false;
    *again = touched.too_much;
    if (*again || !touched.rows.count) return true;
    return ledger_products_again(t->run->ledger, err) && intake_again_rows(t->run, &touched.rows, t->scratch, err);
}

static bool publish_all(void *work, Error *err)
{
    Taking *t = work;
    progress_stage(&t->sheet->progress, "反映", t->run->rows.count, false);
    return t->by_others || (read_texts(t->run, t->sheet, t->scratch, err) && publish(t->run, t->scratch, err));
}

// The failure of the round is what is told.
static void round_over(void *work)
{
    Error later;
    Taking *t = work;
    match_reader_close(t->run->matches);
    t->run->matches = NULL;
    (void)!csv_close(t->sheet->csv, &later);
    t->sheet->csv = NULL;
}

static bool take_new(IntakeRun *run, Sheet *sheet, IntakeReport *report, Error *err)
{
    static const PictureWork kind = {stage_all, texts_read, settle, publish_all, round_over};
    const Ledger *ledger = run->ledger;
    Taking taking = {.run = run,
                     .sheet = sheet,
                     .whole_kept = arena_reserve(KEPT_ROWS),
                     .whole_scratch = arena_reserve(SCRATCH)};
    // Products that the rules have learned get their numbers in the turn.
    bool whole = product_numbers_whole(&ledger->products, ledger->schedule);
    sheet->progress = progress_begin((ProgressOf){.act = ledger->act,
                                                  .words = "取込",
                                                  .what = file_name_of(str_of(sheet->path)),
                                                  .total = csv_facts(sheet->csv)->bytes,
                                                  .of_bytes = true});
    bool taken = picture_publish(ledger->act, &kind, &taking, !whole, err);
    progress_end(&sheet->progress, sheet->progress.total);
    arena_release(taking.whole_scratch);
    arena_release(taking.whole_kept);
    if (!taken) return false;
    report->taken_before = taking.by_others;
    report->file = run->file;
    report->wide_digits = run->notes.wide_digits + run->notes.dates.wide_digits;
    return true;
}

// Always from what is stored: a file that comes again has its list again.
static bool returned_rows_leave(Ledger *ledger, IntakeReport *report, Arena *arena, Error *err)
{
    Act *act = ledger->act;
    ErrorCsv *errors = error_list_begin(act, report->file.name, arena);
    if (intake_returned_write(act->store, report->file.file_no, errors, err))
        return error_list_leave(act, errors, &report->errors_path, err);
    error_csv_abandon(errors);
    return false;
}

// A file is the same when name and bytes are. Without the office's key nobody can try out what it holds;
// a name that holds an Individual Number loses it here.
static IntakeFileRow file_asked(const IntakeRun *run, Str path, Arena *arena)
{
    const Keys *keys = run->ledger->act->office->keys;
    char text[CSV_INDEX_TEXT_SIZE], digest_text[SHA256_TEXT_SIZE];
    Str name = file_name_of(path), index = str_copy(arena, str_of(csv_index_text(&run->index, text)));
    Str both = str_format(arena, "%.*s %.*s", STR(name), STR(index));
    Sha256 digest =
        keys_index(keys, S("intake-file"), (Bytes){(const unsigned char *)both.at, both.len});
    return (IntakeFileRow){.digest = str_copy(arena, str_of(sha256_text(&digest, digest_text))),
                           .index = index,
                           .name = outlet_text(OUTLET_TRAIL, arena, name)};
}

bool intake_take(Ledger *ledger, Str path, CsvEncoding encoding, Arena *arena, IntakeReport *report,
                 Error *err)
{
    assert(path.len > 0);
    IntakeRun run = {.ledger = ledger};
    Sheet sheet = {.path = str_z(arena, path), .encoding = encoding};
    Error later;
    *report = (IntakeReport){0};
    if (!csv_open(sheet.path, &submission_layout, encoding, arena, &sheet.csv, err)) return false;
    report->unknown_columns = csv_unknown_text(sheet.csv, arena);
    run.index = csv_index(sheet.csv, ledger->act->office->keys);
    sheet.asked = file_asked(&run, path, arena);
    bool ok = intake_files_keyed(ledger->act->store, ledger->act->office->keys, *arena, err) &&
              intake_file_find(ledger->act->store, &sheet.asked, &run.file, err);
    // The name only tells which month's sheet a 行番号 belongs to; a file that came under another name
    // is taken all the same.
    report->month_unknown = !submission_month(path, &run.file.month, &later);
    if (report->month_unknown) run.file.month = 0;
    if (ok && run.file.file_no) {
        report->taken_before = true;
        report->file = run.file;
    } else if (ok) {
        ok = take_new(&run, &sheet, report, err);
    }
    if (sheet.csv && !csv_close(sheet.csv, ok ? err : &later)) return false;
    return ok && returned_rows_leave(ledger, report, arena, err);
}
