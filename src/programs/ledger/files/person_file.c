// SPDX-License-Identifier: Apache-2.0
#include "person_file.h"

#include "judge_anew.h"
#include "map.h"
#include "row_items.h"
#include "rule_use_rows.h"
#include "say.h"

#include <stdio.h>

VEC(TouchedPersons, PersonRow, touched_persons);

typedef struct Taking {
    PersonFile file;
    const PersonFileKind *kind;
    ErrorCsv *errors;
    PersonFileReport *report;
    TouchedPersons touched;  // of whom a row was kept, each once
    Map seen;                // their numbers
} Taking;

static void refuse(Taking *t, const PersonFileRow *row, const Error *why)
{
    t->report->refused++;
    error_csv_tell(t->errors, row->line, why, row->text);
}

void person_file_warn(PersonFile *file, Str item, Str code, Str words)
{
    int64_t line = file->row->line;
    *person_file_warnings_push(&file->warnings, file->arena) =
        (PersonFileWarning){line, item, words};
    error_csv_add(file->minded, &(ErrorCsvRow){.line = line,
                                               .item = item,
                                               .code = code,
                                               .message = words,
                                               .row_text = file->row->text});
}

static bool person_found(Taking *t, const PersonNamed *named, PersonRow *person, Error *err)
{
    Store *store = t->file.ledger->act->store;
    char birth[DAY_TEXT_SIZE];
    if (!person_by_number(store, &named->who, t->file.arena, person, err)) return false;
    bool known = person->person_id && !person->withdrawn;
    if (known && partial_date_equal(person->birth, named->birth)) return true;
    if (!known)
        return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = addressee_text(&named->who),
                    .words = S("この宛名番号の人は台帳にいません。番号をお確かめください。"));
    return FAIL(err, E_CONFLICT, .item = S("生年月日"),
                .value = str_of(partial_date_text(named->birth, birth)),
                .words = S("この宛名番号の人の生年月日と合いません。番号をお確かめください。"));
}

// The store itself failed: no row is to blame.
static bool of_the_store(const Error *err)
{
    return err->code == E_STORE || err->code == E_STORE_FULL || err->code == E_BUSY;
}

// Dates of an era that had ended before them are read all the same, and told.
static void warn_of_eras(Taking *t, const CsvRow *row)
{
    for (int i = 0; i < t->kind->layout->count; i++) {
        Str words = row_era_words(row->fields[i], t->file.arena);
        if (words.len)
            person_file_warn(&t->file, str_copy(t->file.arena, row->headings[i]), S("W206"), words);
    }
}

static void read_rows(Taking *t, CsvReader *csv, PersonFileRows *rows)
{
    CsvRow row;
    while (csv_next(csv, &row)) {
        PersonFileRow *kept = person_file_rows_push(rows, t->file.arena);
        *kept = (PersonFileRow){
            .line = row.line, .text = csv_row_text(csv, t->file.arena), .why = row.problem};
        if (!row.bad) kept->said = t->kind->read(&t->file, &row, &kept->named, &kept->why);
        t->file.row = kept;
        if (kept->said) warn_of_eras(t, &row);
        t->report->rows++;
    }
}

static void touch(Taking *t, const PersonRow *person)
{
    Arena *arena = t->file.arena;
    bool made;
    (void)map_place(&t->seen, arena, str_copy(arena, addressee_text(&person->who)), &made);
    if (made) *touched_persons_push(&t->touched, arena) = *person;
}

static bool take_rows(Taking *t, const PersonFileRows *rows, Error *err)
{
    VEC_EACH (const PersonFileRow, r, *rows) {
        PersonRow person;
        Error why = r->why;
        t->file.row = r;
        if (r->said && person_found(t, &r->named, &person, &why) &&
            t->kind->take(&t->file, r->said, &person, &why)) {
            touch(t, &person);
            continue;
        }
        if (of_the_store(&why)) {
            *err = why;
            return false;
        }
        refuse(t, r, &why);
    }
    return true;
}

static bool judge_touched(Taking *t, Error *err)
{
    const Ledger *ledger = t->file.ledger;
    VEC_EACH (const PersonRow, person, t->touched)
        if (!judge_anew(&ledger->judge, ledger->act->store, &t->file.act, person, *t->file.arena, err))
            return false;
    return true;
}

static bool store_rows(Taking *t, const PersonFileRows *rows, const Sha256 *index, Str path,
                       Error *err)
{
    Act *act = t->file.ledger->act;
    if (!store_begin(act->store, err)) return false;
    if (!ledger_act_begin(act, t->kind->act, path, &t->file.act, err)) return false;
    if (!rule_use_note(act->store, &t->file.act, t->file.ledger->schedule, *t->file.arena, err))
        return false;
    if (!t->kind->begin(&t->file, rows, err) || !take_rows(t, rows, err) || !judge_touched(t, err))
        return false;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.content = index;
    leaf.rows = t->report->rows;
    leaf.refused = t->report->refused;
    leaf.taken = t->report->rows - t->report->refused;
    leaf.detail = path;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

bool person_file_take(Ledger *ledger, Str path, CsvEncoding encoding, const PersonFileKind *kind,
                      void *own, Arena *arena, PersonFileReport *report, Error *err)
{
    CsvReader *csv;
    PersonFileRows rows = {0};
    Taking t = {
        .file = {.ledger = ledger, .arena = arena, .own = own}, .kind = kind, .report = report};
    *report = (PersonFileReport){0};
    if (!csv_open(str_z(arena, path), kind->layout, encoding, arena, &csv, err)) return false;
    Sha256 index = csv_index(csv, ledger->act->office->keys);
    report->unknown_columns = csv_unknown_text(csv, arena);
    t.errors = error_csv_begin(ledger->act->office->data_dir, path, arena);
    t.file.minded = warning_csv_begin(ledger->act->office->data_dir, path, arena);
    read_rows(&t, csv, &rows);
    if (!csv_close(csv, err) || !store_rows(&t, &rows, &index, path, err)) {
        store_rollback(ledger->act->store);
        error_csv_abandon(t.errors);
        error_csv_abandon(t.file.minded);
        return false;
    }
    report->warnings = t.file.warnings;
    bool listed = error_csv_commit(t.errors, arena, &report->errors_path, err);
    Error later;
    return error_csv_commit(t.file.minded, arena, &report->warnings_path, listed ? err : &later) &&
           listed;
}

void person_file_tell(const PersonFileReport *report)
{
    if (str_present(report->unknown_columns))
        say(stderr, "知らない列は読みませんでした: %.*s\n", STR(report->unknown_columns));
    if (str_present(report->errors_path))
        say(stderr, "受付不可の行: %.*s\n", STR(report->errors_path));
    VEC_EACH (const PersonFileWarning, w, report->warnings)
        say(stderr, "注意: %lld行目「%.*s」: %.*s\n", (long long)w->line, STR(w->item),
            STR(w->words));
    if (str_present(report->warnings_path))
        say(stderr, "注意のある行（登録しました）: %.*s\n", STR(report->warnings_path));
}
