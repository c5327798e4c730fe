// SPDX-License-Identifier: Apache-2.0
#include "person_file.h"

#include <assert.h>

#include "counter_rows.h"
#include "from_picture.h"
#include "judge_anew.h"
#include "key_set.h"
#include "map.h"
#include "person_file_inside.h"
#include "regular_file.h"
#include "set_slice.h"
#include "touched_rows.h"

enum {
    PORTION = 1024,      // people about whom the store is asked together
    TOUCHED_MOST = 500,  // of the city, while the file was decided; more are decided from a newer picture
};
static const ptrdiff_t NOTES = (ptrdiff_t)1 << 30;

// ---- what a row does

static PersonRowMade *made(const PersonFile *file)
{
    return &file->row->made;
}

void person_file_warn(PersonFile *file, Str item, Str code, Str words)
{
    assert(words.len > 0);
    assert(code.len > 0);
    *person_file_notes_push(&made(file)->minded, file->arena) = (PersonFileNote){item, code, words};
}

void person_file_keep_fact(PersonFile *file, PersonKnown *known, const FactRow *fact)
{
    assert(fact->person_id == known->person.person_id);
    assert(!made(file)->fact);
    FactRow *kept = made(file)->fact = NEW(file->arena, FactRow, 1);
    *kept = *fact;
    kept->fact_id = PROVISIONAL + file->facts++;
    kept->to_act = ACT_OPEN;
    facts_place(&known->facts, kept, &file->notes);
}

void person_file_end_fact(PersonFile *file, PersonKnown *known, int32_t fact_id)
{
    ptrdiff_t left = 0;
    assert(fact_id && !made(file)->fact_ended);
    made(file)->fact_ended = fact_id;
    VEC_EACH (const FactRow, fact, known->facts)
        if (fact->fact_id != fact_id) known->facts.at[left++] = *fact;
    assert(left == known->facts.count - 1);
    known->facts.count = left;
}

const OriginRow *person_file_keep_origin(PersonFile *file, PersonKnown *known, const OriginRow *origin)
{
    assert(origin->person_id == known->person.person_id);
    assert(!made(file)->origin);
    OriginRow *kept = made(file)->origin = NEW(file->arena, OriginRow, 1);
    *kept = *origin;
    kept->origin_id = PROVISIONAL + file->origins++;
    *origins_push(&known->origins, &file->notes) = *kept;
    return kept;
}

void person_file_end_origin(PersonFile *file, PersonKnown *known, int32_t origin_id)
{
    assert(origin_id > 0);
    ptrdiff_t left = 0;
    assert(!made(file)->origin_ended);
    VEC_EACH (const OriginRow, origin, known->origins) {
        if (origin->origin_id != origin_id) {
            known->origins.at[left++] = *origin;
            continue;
        }
        made(file)->origin_ended = NEW(file->arena, OriginRow, 1);
        *made(file)->origin_ended = *origin;
    }
    assert(left == known->origins.count - 1);
    known->origins.count = left;
    left = 0;
    VEC_EACH (const DoseRecord, dose, known->doses)
        if (dose->origin_id != origin_id) known->doses.at[left++] = *dose;
    known->doses.count = left;
}

void person_file_keep_dose(PersonFile *file, PersonKnown *known, const DoseRecord *dose)
{
    assert(dose->dose.person_id == known->person.person_id);
    DoseRecord *kept = dose_records_push(&made(file)->doses, file->arena);
    *kept = *dose;
    kept->dose.dose_id = PROVISIONAL + file->doses++;
    kept->dose.to_act = ACT_OPEN;
    dose_records_place(&known->doses, kept, &file->notes);
}

// ---- one row

bool person_named_is(const PersonNamed *named, const PersonRow *person, Error *err)
{
    char birth[DAY_TEXT_SIZE];
    bool known = person->person_id && !person->withdrawn;
    if (known && partial_date_equal(person->birth, named->birth)) return true;
    if (!known)
        return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = addressee_text(&named->who),
                    .words = S("この宛名番号の人は台帳にいません。番号をお確かめください。"));
    return FAIL(err, E_CONFLICT, .item = S("生年月日"),
                .value = str_of(partial_date_text(named->birth, birth)),
                .words = S("この宛名番号の人の生年月日と合いません。番号をお確かめください。"));
}

// Whom a row names is asked of one that cannot be read too.
static void take_row(PersonTaking *t, PersonFileRow *row, PersonKnown *known)
{
    Error why = {0};
    row->made = (PersonRowMade){.did = ROW_REFUSED};
    t->file.row = row;
    bool found = person_named_is(&row->named, &known->person, &why);
    if (found && row->said && t->kind->take(&t->file, row->said, known, &why)) {
        assert(row->made.did != ROW_REFUSED);
        return;
    }
    row->made = (PersonRowMade){.did = ROW_REFUSED};
    if (!why.code) return;
    Error *refused = NEW(t->file.arena, Error, 1);
    *refused = why;
    row->made.refused = refused;
}

// ---- one person

// One dose more or less, one fact more or less may turn the verdicts on all of them.
static void judge(PersonTaking *t, PersonOfFile *person, const PersonKnown *known, Arena notes)
{
    RenewedJudgements anew = {0};
    const Ledger *ledger = t->file.ledger;
    const PersonStands stands = {&known->person, &known->doses, &known->facts};
    judgements_renewed(&ledger->judge, &stands, ledger->act->business_day, &notes, &anew);
    VEC_EACH (RenewedJudgement, one, anew) {
        RenewedJudgement *kept = renewed_judgements_push(&person->judged, t->file.arena);
        *kept = *one;
        kept->judgement.reasons = str_copy(t->file.arena, one->judgement.reasons);
    }
}

static void take_person(PersonTaking *t, PersonOfFile *person, PersonKnown *known)
{
    bool touched = false;
    person->judged = (RenewedJudgements){0};
    VEC_EACH (const PersonRowRef, row, person->rows) {
        take_row(t, *row, known);
        touched |= (*row)->made.did != ROW_REFUSED;
    }
    if (touched) judge(t, person, known, t->file.notes);
}

// ---- a portion of them

#define TAKE_SLICE(target, rows, person, id, prefix)                                      \
    do {                                                                                  \
        SetSlice slice = SET_SLICE_BY(rows, person, id);                                  \
        for (ptrdiff_t n = 0; n < slice.count; n++)                                       \
            *prefix##_push(&(target), &t->file.notes) = (rows).at[slice.first + n];        \
    } while (0)

// What the store knows of all people of a portion.
typedef struct Asked {
    FoundPersons persons;
    Map places;  // 宛名番号: place in `persons`, plus 1
    DoseRecords doses;
    FactRows facts;
    OriginRows origins;
} Asked;

static bool ask(PersonTaking *t, PersonOfFile *const *people, ptrdiff_t count, Asked *asked, Error *err)
{
    KeySet numbers = {0}, persons = {0};
    Arena *notes = &t->file.notes;
    Store *store = t->file.ledger->act->store;
    for (ptrdiff_t i = 0; i < count; i++) key_set_add(&numbers, notes, addressee_text(&people[i]->who), 0);
    if (!count || !persons_by_numbers(store, key_set_text(&numbers, notes), notes, &asked->persons, err))
        return !count;
    VEC_EACH (const PersonRow, person, asked->persons) {
        *map_place(&asked->places, notes, addressee_text(&person->who), NULL) = person - asked->persons.at + 1;
        key_set_add_number(&persons, notes, person->person_id);
    }
    if (!persons.count) return true;
    Str set = key_set_text(&persons, notes);
    return dose_records_of_persons(store, set, notes, &asked->doses, err) &&
           facts_of_persons(store, set, notes, &asked->facts, err) &&
           origins_of_persons(store, set, notes, &asked->origins, err);
}

static PersonKnown known_of(PersonTaking *t, const Asked *asked, const AddresseeNo *who)
{
    PersonKnown known = {.person.who = *who};
    const int64_t *place = map_find(&asked->places, addressee_text(who));
    if (!place) return known;
    known.person = asked->persons.at[*place - 1];
    int32_t id = known.person.person_id;
    TAKE_SLICE(known.doses, asked->doses, dose.person_id, id, dose_records);
    TAKE_SLICE(known.facts, asked->facts, person_id, id, facts);
    TAKE_SLICE(known.origins, asked->origins, person_id, id, origins);
    return known;
}

bool person_file_decide(PersonTaking *t, PersonOfFile *const *people, ptrdiff_t count, Error *err)
{
    Asked asked = {0};
    t->file.notes = t->notes;
    if (!ask(t, people, count, &asked, err)) return false;
    for (ptrdiff_t i = 0; i < count; i++) {
        Arena before = t->file.notes;
        PersonKnown known = known_of(t, &asked, &people[i]->who);
        take_person(t, people[i], &known);
        t->file.notes = before;
    }
    return true;
}

// ---- the file, from a picture

static bool numbers_given(PersonTaking *t, Error *err)
{
    Map given = {0};  // each code is asked for once
    Arena *arena = t->file.arena;
    Ledger *ledger = t->file.ledger;
    VEC_EACH (const PersonFileRow, row, t->rows) {
        Str code = row->said && t->kind->product ? t->kind->product(row->said, arena) : (Str){0};
        if (!code.len || map_find(&given, code)) continue;
        if (!product_number_add(ledger->act->store, code, err)) return false;
        *map_place(&given, arena, code, NULL) = 1;
    }
    return ledger_products_complete(ledger, err);
}

static bool stage(void *work, const PictureTaken *picture, Error *err)
{
    PersonTaking *t = work;
    t->file.facts = t->file.origins = t->file.doses = 0;
    progress_stage(&t->progress, t->kind->words, t->people.count, false);
    if (!(picture->in_turn ? numbers_given(t, err) : ledger_products_again(t->file.ledger, err))) return false;
    for (ptrdiff_t first = 0; first < t->people.count; first += PORTION) {
        ptrdiff_t left = t->people.count - first;
        if (!person_file_decide(t, t->people.at + first, left < PORTION ? left : PORTION, err)) return false;
        progress_show(&t->progress, first);
    }
    return true;
}

// Numbers that nobody had in the picture are among those touched when they have come in since.
static bool settle(void *work, const PictureTaken *picture, bool *again, Error *err)
{
    ActsSince acts;
    TouchedPersons touched;
    PersonTaking *t = work;
    PersonRefs moved = {0};
    Store *store = t->file.ledger->act->store;
    if (!acts_since(store, picture->act_no, &acts, err)) return false;
    if (!acts.count) return true;
    if (!persons_touched_since(store, picture->act_no, TOUCHED_MOST, t->file.arena, &touched, err) ||
        !ledger_products_again(t->file.ledger, err))
        return false;
    *again = touched.count > TOUCHED_MOST;
    if (*again) return true;
    VEC_EACH (const TouchedPerson, one, touched) {
        const int64_t *place = map_find(&t->places, addressee_text(&one->who));
        if (place) *person_refs_push(&moved, t->file.arena) = t->people.at[*place - 1];
    }
    return person_file_decide(t, moved.at, moved.count, err);
}

// ---- the file as it is read

// Dates of an era that had ended before them are read all the same, and told.
static void note_eras(PersonTaking *t, const CsvRow *row, PersonFileRow *kept)
{
    Arena *arena = t->file.arena;
    for (int i = 0; i < t->kind->layout->count; i++) {
        Str words = row_era_words(row->fields[i], arena);
        if (words.len)
            *person_file_notes_push(&kept->notes, arena) =
                (PersonFileNote){str_copy(arena, row->headings[i]), S("W206"), words};
    }
}

void person_file_read(PersonTaking *t, const CsvRow *row, Str text)
{
    PersonFileRow *kept = person_file_rows_push(&t->rows, t->file.arena);
    *kept = (PersonFileRow){.line = row->line, .text = text};
    if (row->bad)
        *row_faults_push(&kept->faults, t->file.arena) = row->problem;
    else
        kept->said = t->kind->read(&t->file, row, &kept->named, &kept->faults);
    note_eras(t, row, kept);
}

static void read_rows(PersonTaking *t, CsvReader *csv)
{
    CsvRow row;
    while (csv_next(csv, &row)) person_file_read(t, &row, csv_row_text(csv, t->file.arena));
}

void person_file_group(PersonTaking *t)
{
    Arena *arena = t->file.arena;
    VEC_EACH (PersonFileRow, row, t->rows) {
        bool fresh;
        if (!row->named.read) continue;
        int64_t *place = map_place(&t->places, arena, str_copy(arena, addressee_text(&row->named.who)), &fresh);
        if (fresh) {
            PersonOfFile *person = NEW(arena, PersonOfFile, 1);
            person->who = row->named.who;
            *person_refs_push(&t->people, arena) = person;
            *place = t->people.count;
        }
        *person_row_refs_push(&t->people.at[*place - 1]->rows, arena) = row;
    }
}

// Products that the rules or the file have brought get their numbers in the turn.
static bool products_whole(const PersonTaking *t)
{
    const Ledger *ledger = t->file.ledger;
    if (!product_numbers_whole(&ledger->products, ledger->schedule)) return false;
    VEC_EACH (const PersonFileRow, row, t->rows) {
        Str code = row->said && t->kind->product ? t->kind->product(row->said, t->file.arena) : (Str){0};
        if (code.len && !product_number_of(&ledger->products, code)) return false;
    }
    return true;
}

// ---- what is told

static void tell_row(PersonTaking *t, const PersonFileRow *row)
{
    FileTold *told = &t->report->told;
    const PersonRowMade *m = &row->made;
    if (m->did == ROW_REFUSED) {
        VEC_EACH (const Error, why, row->faults) file_told_refuse(told, row->line, why, row->text);
        if (m->refused) file_told_refuse(told, row->line, m->refused, row->text);
        return;
    }
    VEC_EACH (const PersonFileNote, note, m->minded)
        file_told_mind(told, row->line, note->item, note->code, note->words, row->text);
    VEC_EACH (const PersonFileNote, note, row->notes)
        file_told_mind(told, row->line, note->item, note->code, note->words, row->text);
}

static bool publish_rows(PersonTaking *t, Error *err)
{
    static const PictureWork work = {.stage = stage, .settle = settle, .publish = person_file_publish};
    t->progress = progress_begin((ProgressOf){
        .act = t->file.ledger->act, .words = t->kind->words, .what = file_name_of(t->path), .total = t->people.count});
    bool published = picture_publish(t->file.ledger->act, &work, t, !products_whole(t), err);
    progress_end(&t->progress, t->progress.total);
    return published;
}

static bool take(PersonTaking *t, CsvReader *csv, Error *err)
{
    read_rows(t, csv);
    person_file_group(t);
    if (!csv_close(csv, err) || !publish_rows(t, err)) {
        file_told_abandon(&t->report->told);
        return false;
    }
    VEC_EACH (const PersonFileRow, row, t->rows) tell_row(t, row);
    return file_told_commit(&t->report->told, err);
}

bool person_file_take(Ledger *ledger, Str path, CsvEncoding encoding, const PersonFileKind *kind,
                      Arena *arena, PersonFileReport *report, Error *err)
{
    assert(kind->read && kind->take);
    assert(kind->layout);
    CsvReader *csv;
    Arena notes = arena_reserve(NOTES);
    PersonTaking t = {.file = {.ledger = ledger, .arena = arena},
                      .kind = kind,
                      .report = report,
                      .path = path,
                      .notes = notes};
    *report = (PersonFileReport){0};
    bool taken = csv_open(str_z(arena, path), kind->layout, encoding, arena, &csv, err);
    if (taken) {
        t.index = csv_index(csv, ledger->act->office->keys);
        report->told = file_told_begin(ledger->act, path, csv, arena);
        taken = take(&t, csv, err);
    }
    arena_release(notes);
    return taken;
}
