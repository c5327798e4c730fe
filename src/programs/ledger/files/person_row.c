// SPDX-License-Identifier: Apache-2.0
#include "person_row.h"

#include <assert.h>

#include "from_picture.h"
#include "person_file_inside.h"
#include "touched_rows.h"

static const ptrdiff_t NOTES = (ptrdiff_t)64 << 20;

static Str value_of(const PersonRowItems *items, const CsvColumn *column)
{
    VEC_EACH (const PersonRowItem, one, *items)
        if (csv_column_named(column, one->item)) return one->value;
    return (Str){0};
}

// As a file would have it, with the layout's own headings.
static CsvRow row_of(const CsvLayout *layout, const PersonRowItems *items, Arena *arena)
{
    Str *fields = NEW(arena, Str, layout->count), *headings = NEW(arena, Str, layout->count);
    for (int i = 0; i < layout->count; i++) {
        fields[i] = value_of(items, &layout->columns[i]);
        headings[i] = str_of(layout->columns[i].name);
    }
    return (CsvRow){.line = 1, .fields = fields, .headings = headings};
}

static PersonTaking taking(Ledger *ledger, const PersonFileKind *kind, const PersonRowSaid *said,
                           PersonFileReport *report)
{
    Arena *arena = ledger->act->arena;
    PersonTaking t = {.file = {.ledger = ledger, .arena = arena},
                      .kind = kind,
                      .report = report,
                      .path = said->reason,
                      .whose = &said->who,
                      .notes = arena_reserve(NOTES)};
    CsvRow row = row_of(kind->layout, &said->items, arena);
    person_file_read(&t, &row, (Str){0});
    person_file_group(&t);
    return t;
}

static bool decide(PersonTaking *t, Error *err)
{
    t->file.facts = t->file.origins = t->file.doses = 0;
    return person_file_decide(t, t->people.at, t->people.count, err);
}

static PersonRowTold told_of(const PersonTaking *t)
{
    const PersonFileRow *row = &t->rows.at[0];
    const PersonRowMade *made = &row->made;
    PersonRowTold told = {made->did, row->faults, made->minded, made->fact, made->fact_ended};
    if (made->refused) *row_faults_push(&told.faults, t->file.arena) = *made->refused;
    VEC_EACH (const PersonFileNote, note, row->notes) *person_file_notes_push(&told.minded, t->file.arena) = *note;
    return told;
}

bool person_row_try(Ledger *ledger, const PersonFileKind *kind, const PersonRowSaid *said, PersonRowTold *told,
                    Error *err)
{
    PersonFileReport report = {0};
    Store *store = ledger->act->store;
    PersonTaking t = taking(ledger, kind, said, &report);
    bool good = store_begin_read(store, err) && ledger_products_again(ledger, err) && decide(&t, err);
    store_rollback(store);
    if (good) *told = told_of(&t);
    arena_release(t.notes);
    return good;
}

// ---- kept

static bool stage(void *work, const PictureTaken *picture, Error *err)
{
    PersonTaking *t = work;
    Ledger *ledger = t->file.ledger;
    bool numbered = picture->in_turn ? ledger_products_complete(ledger, err) : ledger_products_again(ledger, err);
    return numbered && decide(t, err);
}

// One row is decided anew sooner than it is asked what the others have done.
static bool settle(void *work, const PictureTaken *picture, bool *again, Error *err)
{
    ActsSince acts;
    const PersonTaking *t = work;
    if (!acts_since(t->file.ledger->act->store, picture->act_no, &acts, err)) return false;
    *again = acts.count > 0;
    return true;
}

static bool publish(void *work, Error *err)
{
    PersonTaking *t = work;
    PersonRowTold told = told_of(t);
    if (told.did == ROW_KNOWN)
        return FAIL(err, E_CONFLICT, .words = S("同じ内容が、すでに登録されています。何も変わっていません。"));
    if (told.did == ROW_REFUSED) return error_pass(err, &told.faults.at[0]);
    return person_file_publish(t, err);
}

bool person_row_keep(Ledger *ledger, const PersonFileKind *kind, const PersonRowSaid *said, Error *err)
{
    assert(store_is_idle(ledger->act->store));
    static const PictureWork work = {.stage = stage, .settle = settle, .publish = publish};
    PersonFileReport report = {0};
    PersonTaking t = taking(ledger, kind, said, &report);
    bool whole = product_numbers_whole(&ledger->products, ledger->schedule);
    bool kept = picture_publish(ledger->act, &work, &t, !whole, err);
    arena_release(t.notes);
    return kept;
}
