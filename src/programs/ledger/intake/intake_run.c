// SPDX-License-Identifier: Apache-2.0
#include "intake_run.h"

#include "city_place_rows.h"
#include "counter_rows.h"
#include "list_leave.h"
#include "outlet.h"
#include "rule_use_rows.h"
#include "seal.h"

enum { KEPT_CANDIDATES = 64 << 20, ROW_ARENA = 64 << 20 };

static Str last_part(Str path)
{
    for (ptrdiff_t slash = str_find(path, S("/")); slash >= 0; slash = str_find(path, S("/")))
        path = str_from(path, slash + 1);
    return path;
}

static bool number_all(IntakeRun *run, Error *err)
{
    Store *store = run->ledger->act->store;
    return number_next(store, NUMBER_INTAKE_FILE, &run->file.file_no, err) &&
           number_next(store, NUMBER_INTAKE_ROW, &run->next_row, err) &&
           number_next(store, NUMBER_DOSE, &run->next_dose, err) &&
           number_next(store, NUMBER_NOT_GIVEN, &run->next_record, err) &&
           number_next(store, NUMBER_PERSON_FACT, &run->next_fact, err) &&
           number_next(store, NUMBER_CLAIM, &run->next_claim, err);
}

bool intake_begin(IntakeRun *run, ActKind kind, Str reason, Arena *arena, Error *err)
{
    Act *act = run->ledger->act;
    if (!ledger_products_complete(run->ledger, err)) return false;
    if (!ledger_act_begin(act, kind, reason, &run->act, err)) return false;
    if (!rule_use_note(act->store, &run->act, run->ledger->schedule, &run->ledger->rule_texts,
                       *arena, err))
        return false;
    if (!number_all(run, err)) return false;
    if (!clinic_list_read(act->store, arena, &run->clinics, err)) return false;
    run->kept = arena;
    if (!intake_corrected_labels(act->store, run->file.month, arena, &run->corrected, err))
        return false;
    return city_places(act->store, arena, &run->places, err);
}

static bool stage(IntakeRun *run, Arena rows, Error *err)
{
    CsvRow row;
    while (csv_next(run->csv, &row)) {
        run->warned_gaiji += row.gaiji_count;
        if (!intake_stage_row(run, &row, rows, err)) return false;
        progress_show(&run->progress, csv_bytes_done(run->csv));
    }
    CsvReader *csv = run->csv;
    run->csv = NULL;
    return csv_close(csv, err);
}

static bool judge(IntakeRun *run, Arena rows, Error *err)
{
    StagedRow row;
    if (!spool_rewind(run->spool, err)) return false;
    for (Arena scratch = rows; spool_read(run->spool, &row, &scratch); scratch = rows)
        if (!intake_judge_row(run, &row, scratch, err)) return false;
    IntakeSpool *spool = run->spool;
    run->spool = NULL;
    return spool_close(spool, err);
}

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

// All of the file in one transaction. What stays open is rolled back by the caller.
static bool take(IntakeRun *run, Arena *arena, Arena rows, Error *err)
{
    Store *store = run->ledger->act->store;
    if (!store_begin(store, err)) return false;
    if (!intake_begin(run, ACT_INTAKE, run->file.name, arena, err)) return false;
    if (!stage(run, rows, err)) return false;
    if (!judge(run, rows, err)) return false;
    if (!intake_file_insert(store, &run->act, &run->file, err)) return false;
    if (!audit(run, err)) return false;
    return store_commit(store, err);
}

static bool take_new(IntakeRun *run, Arena *arena, IntakeReport *report, Error *err)
{
    Store *store = run->ledger->act->store;
    Str data_dir = run->ledger->act->office->data_dir;
    Error later;
    run->matches = match_reader(store, arena, KEPT_CANDIDATES);
    run->progress = progress_begin_bytes("取込", csv_facts(run->csv)->bytes);
    Arena rows = arena_reserve(ROW_ARENA);
    bool ok = spool_open(data_dir, arena, &run->spool, err) && take(run, arena, rows, err);
    progress_end(&run->progress, run->file.counts.rows);
    match_reader_close(run->matches);
    arena_release(rows);
    if (!ok) {
        store_rollback(store);
        (void)!spool_close(run->spool, &later);
        return false;
    }
    report->file = run->file;
    report->wide_digits = run->notes.wide_digits + run->notes.dates.wide_digits;
    return true;
}

// Always from what is stored: a file that comes again has its list again.
static bool returned_rows_leave(Ledger *ledger, IntakeReport *report, Arena *arena, Error *err)
{
    Act *act = ledger->act;
    ErrorCsv *errors = error_csv_begin(act->office->data_dir, report->file.name, arena);
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
    Str name = last_part(path), index = str_copy(arena, str_of(csv_index_text(&run->index, text)));
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
    IntakeRun run = {.ledger = ledger};
    Error later;
    *report = (IntakeReport){0};
    if (!csv_open(str_z(arena, path), &submission_layout, encoding, arena, &run.csv, err))
        return false;
    report->unknown_columns = csv_unknown_text(run.csv, arena);
    run.index = csv_index(run.csv, ledger->act->office->keys);
    const IntakeFileRow asked = file_asked(&run, path, arena);
    bool ok = intake_files_keyed(ledger->act->store, ledger->act->office->keys, *arena, err) &&
              intake_file_find(ledger->act->store, &asked, &run.file, err);
    // The name only tells which month's sheet a 行番号 belongs to; a file that came under another name
    // is taken all the same.
    report->month_unknown = !submission_month(path, &run.file.month, &later);
    if (report->month_unknown) run.file.month = 0;
    if (ok && run.file.file_no) {
        report->taken_before = true;
        report->file = run.file;
    } else if (ok) {
        ok = take_new(&run, arena, report, err);
    }
    if (run.csv && !csv_close(run.csv, ok ? err : &later)) return false;
    return ok && returned_rows_leave(ledger, report, arena, err);
}
