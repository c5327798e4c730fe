// SPDX-License-Identifier: Apache-2.0
#include "intake_touched.h"

#include <assert.h>

#include "intake_staging.h"
#include "touched_rows.h"

// ---- which

typedef struct Ground {
    Map persons;  // person_id
    Map numbers;  // 宛名番号
    Arena *arena;
} Ground;

static void moves(Ground *ground, int32_t person_id)
{
    Str key = {(const char *)&person_id, sizeof person_id};
    if (!person_id || map_find(&ground->persons, key)) return;
    *map_place(&ground->persons, ground->arena, str_copy(ground->arena, key), NULL) = 1;
}

static bool moved(const Ground *ground, int32_t person_id)
{
    return map_find(&ground->persons, (Str){(const char *)&person_id, sizeof person_id}) != NULL;
}

// It is linked to one of them, may mean one, or bears his or her number; a correction asks for others' doses too.
static bool hangs_on(const StagedRow *row, const Ground *ground)
{
    Str number = addressee_text(&row->number);
    if (row->row.corrects || moved(ground, row->person_id)) return true;
    if (number.len && map_find(&ground->numbers, number)) return true;
    for (int32_t i = 0; i < row->candidate_count; i++)
        if (moved(ground, row->candidate_ids[i])) return true;
    return false;
}

// Rows of one person are decided in their order: with one of them all.
static void take_rows(const IntakeRun *run, const Ground *ground, Arena *arena, Touched *touched)
{
    Ground whole = {.arena = arena};
    VEC_EACH (const StagedRef, row, run->rows)
        if (hangs_on(*row, ground)) moves(&whole, (*row)->person_id);
    VEC_EACH (const StagedRef, row, run->rows)
        if (hangs_on(*row, ground) || moved(&whole, (*row)->person_id))
            *staged_rows_push(&touched->rows, arena) = *row;
    touched->too_much = touched->rows.count > TOUCHED_MOST;
}

bool intake_touched(const IntakeRun *run, int32_t picture, Arena *arena, Touched *touched, Error *err)
{
    assert(picture >= 0);
    ActsSince acts;
    TouchedPersons persons;
    Ground ground = {.arena = arena};
    Store *store = run->ledger->act->store;
    *touched = (Touched){0};
    if (!acts_since(store, picture, &acts, err)) return false;
    if (!acts.count) return true;
    touched->too_much = !acts.of_persons;
    if (touched->too_much) return true;
    if (!persons_touched_since(store, picture, TOUCHED_MOST, arena, &persons, err))
        return false;
    touched->too_much = persons.count > TOUCHED_MOST;
    if (touched->too_much) return true;
    VEC_EACH (const TouchedPerson, person, persons) {
        moves(&ground, person->person_id);
        *map_place(&ground.numbers, arena, addressee_text(&person->who), NULL) = 1;
    }
    take_rows(run, &ground, arena, touched);
    return true;
}

// ---- again

static void begin_again(IntakeRun *run, StagedRow *row, Staging *g, Arena *arena)
{
    overlay_forget(&run->overlay, row->person_id);
    *row = (StagedRow){.line = row->line, .items = row->items, .row_id = row->row_id, .score = -1};
    *g = (Staging){.run = run, .staged = row, .arena = arena};
    staging_read_kept(g);
}

bool intake_again_rows(IntakeRun *run, const StagedRows *rows, Arena scratch, Error *err)
{
    if (!rows->count) return true;
    // What was said of the file as a whole counts its rows once.
    SubmissionNotes notes = run->notes;
    Staging *again = ROOM(&scratch, Staging, rows->count);
    for (ptrdiff_t i = 0; i < rows->count; i++) begin_again(run, rows->at[i], &again[i], &scratch);
    run->notes = notes;
    return staging_rows(again, rows->count, &scratch, err) &&
           intake_judge(run, rows->at, rows->count, scratch, err);
}
