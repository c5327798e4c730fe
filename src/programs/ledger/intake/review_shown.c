// SPDX-License-Identifier: Apache-2.0
#include "review_shown.h"

#include <assert.h>

#include "intake_staging.h"

enum { KEPT_BYTES = 1 << 20 };

static void sheet_read(IntakeRun *run, ReviewShown *shown, Arena *arena)
{
    StagedRow *staged = NEW(arena, StagedRow, 1);
    Staging g = {.run = run, .arena = arena, .staged = staged};
    staged->items = staging_waiting_items(&shown->waiting, arena);
    shown->kept = shown->waiting.items.len > 0;
    staging_read_kept(&g);
    shown->sheet = g.s;
}

static bool beside_add(const IntakeRun *run, const ReviewCandidate *who, Arena *arena,
                       ReviewShown *shown, Error *err)
{
    MatchLookups keys = {0};
    MatchCandidates found = {0};
    ReviewBeside *beside = review_besides_push(&shown->besides, arena);
    *match_lookups_push(&keys, arena) =
        (MatchLookup){.kind = LOOKUP_NUMBER, .text = addressee_text(&who->who)};
    *beside = (ReviewBeside){.who = *who};
    if (!match_read(run->matches, &keys, arena, &found, err)) return false;
    if (!found.persons.count || !found.persons.at[0].versions.count) return true;
    MatchPerson *person = NEW(arena, MatchPerson, 1);
    *person = found.persons.at[0];
    beside->person = person;
    beside->now = &person->versions.at[person->versions.count - 1];
    beside->signs = match_signs(&shown->sheet.match, person, &run->places, arena);
    // Whoever may write a row could try addresses by it: that one fits would say where.
    if (who->is_protected) beside->signs.address = SIGN_SILENT;
    return true;
}

// Somebody who was searched for stands behind the candidates, unless he or she is one.
static bool other_add(const IntakeRun *run, const AddresseeNo *other, Arena *arena, ReviewShown *shown, Error *err)
{
    PersonRow person;
    VEC_EACH (const ReviewBeside, b, shown->besides)
        if (str_equal(addressee_text(&b->who.who), addressee_text(other))) return true;
    if (!person_by_number(run->ledger->act->store, other, KNOWN_NOW, arena, &person, err)) return false;
    if (!person.person_id)
        return FAIL(err, E_NOT_FOUND, .words = S("この人は台帳にいません。もう一度さがしてください。"));
    const ReviewCandidate who = {person.person_id, person.who, person.name, person.is_protected};
    if (!beside_add(run, &who, arena, shown, err)) return false;
    shown->besides.at[shown->besides.count - 1].other = true;
    return true;
}

static bool besides_read(IntakeRun *run, const AddresseeNo *other, Arena *arena, ReviewShown *shown, Error *err)
{
    ReviewCandidates candidates;
    Store *store = run->ledger->act->store;
    if (!review_candidates_of(store, shown->waiting.row_id, arena, &candidates, err)) return false;
    run->matches = shown->matches = match_reader(store, arena, KEPT_BYTES);
    VEC_EACH (const ReviewCandidate, who, candidates)
        if (!beside_add(run, who, arena, shown, err)) return false;
    return !other || other_add(run, other, arena, shown, err);
}

static bool row_read(IntakeRun *run, int32_t row_id, Arena *arena, ReviewShown *shown, Error *err)
{
    assert(row_id > 0);
    bool found;
    Store *store = run->ledger->act->store;
    const ReviewAsked asked = {.row_id = row_id, .at_screen = true};
    *shown = (ReviewShown){0};
    if (!review_find(store, &asked, arena, &shown->waiting, err) ||
        !review_row_read(store, row_id, arena, &shown->row, &found, err) ||
        !doses_asked_by(store, row_id, arena, &shown->asked, err))
        return false;
    run->file.month = shown->waiting.month;
    if (!intake_prepare(run, arena, err)) return false;
    sheet_read(run, shown, arena);
    return true;
}

bool review_sheet_shown(Ledger *ledger, int32_t row_id, Arena *arena, ReviewShown *shown, Error *err)
{
    IntakeRun run = {.ledger = ledger};
    return row_read(&run, row_id, arena, shown, err);
}

bool review_shown(Ledger *ledger, int32_t row_id, const AddresseeNo *other, Arena *arena, ReviewShown *shown,
                  Error *err)
{
    IntakeRun run = {.ledger = ledger};
    return row_read(&run, row_id, arena, shown, err) && besides_read(&run, other, arena, shown, err);
}
