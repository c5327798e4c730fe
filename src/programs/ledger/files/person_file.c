// SPDX-License-Identifier: Apache-2.0
#include "person_file.h"

#include "judge_anew.h"
#include "map.h"
#include "rule_use_rows.h"

VEC(TouchedPersons, PersonRow, touched_persons);

typedef struct Taking {
    PersonFile file;
    const PersonFileKind *kind;
    PersonFileReport *report;
    TouchedPersons touched;  // of whom a row was kept, each once
    Map seen;                // their numbers
} Taking;

static void refuse(Taking *t, const PersonFileRow *row)
{
    t->report->refused++;
    VEC_EACH (const Error, why, row->faults)
        file_told_refuse(&t->file.told, row->line, why, row->text);
}

void person_file_warn(PersonFile *file, Str item, Str code, Str words)
{
    file_told_mind(&file->told, file->row->line, item, code, words, file->row->text);
}

static bool person_found(Taking *t, const PersonNamed *named, PersonRow *person, Error *err)
{
    Store *store = t->file.ledger->act->store;
    char birth[DAY_TEXT_SIZE];
    if (!person_by_number(store, &named->who, KNOWN_NOW, t->file.arena, person, err)) return false;
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
static void note_eras(Taking *t, const CsvRow *row, PersonFileRow *kept)
{
    Arena *arena = t->file.arena;
    for (int i = 0; i < t->kind->layout->count; i++) {
        Str words = row_era_words(row->fields[i], arena);
        if (words.len)
            *person_file_notes_push(&kept->notes, arena) =
                (PersonFileNote){str_copy(arena, row->headings[i]), words};
    }
}

static void read_rows(Taking *t, CsvReader *csv, PersonFileRows *rows)
{
    CsvRow row;
    while (csv_next(csv, &row)) {
        PersonFileRow *kept = person_file_rows_push(rows, t->file.arena);
        *kept = (PersonFileRow){.line = row.line, .text = csv_row_text(csv, t->file.arena)};
        if (row.bad)
            *row_faults_push(&kept->faults, t->file.arena) = row.problem;
        else
            kept->said = t->kind->read(&t->file, &row, &kept->named, &kept->faults);
        note_eras(t, &row, kept);
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

// False with the fault of this row, or of the store. Whom a row names is asked of one that cannot be read too.
static bool take_row(Taking *t, const PersonFileRow *r, Error *why)
{
    PersonRow person;
    if (!r->named.read) return false;
    if (!person_found(t, &r->named, &person, why) || !r->said ||
        !t->kind->take(&t->file, r->said, &person, why))
        return false;
    touch(t, &person);
    return true;
}

static bool take_rows(Taking *t, PersonFileRows *rows, Error *err)
{
    VEC_EACH (PersonFileRow, r, *rows) {
        Error why = {0};
        t->file.row = r;
        if (take_row(t, r, &why)) {
            VEC_EACH (const PersonFileNote, note, r->notes)
                person_file_warn(&t->file, note->item, S("W206"), note->words);
            continue;
        }
        if (of_the_store(&why)) {
            *err = why;
            return false;
        }
        if (why.code) *row_faults_push(&r->faults, t->file.arena) = why;
        refuse(t, r);
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

static bool store_rows(Taking *t, PersonFileRows *rows, const Sha256 *index, Str path, Error *err)
{
    Act *act = t->file.ledger->act;
    if (!store_begin(act->store, err)) return false;
    if (!ledger_act_begin(act, t->kind->act, path, &t->file.act, err)) return false;
    const Ledger *ledger = t->file.ledger;
    if (!rule_use_note(act->store, &t->file.act, ledger->schedule, &ledger->rule_texts,
                       *t->file.arena, err))
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
    t.file.told = file_told_begin(ledger->act, path, csv, arena);
    read_rows(&t, csv, &rows);
    if (!csv_close(csv, err) || !store_rows(&t, &rows, &index, path, err)) {
        store_rollback(ledger->act->store);
        file_told_abandon(&t.file.told);
        return false;
    }
    bool listed = file_told_commit(&t.file.told, err);
    report->told = t.file.told;
    return listed;
}
