// SPDX-License-Identifier: Apache-2.0
#include "intake_again.h"

#include <assert.h>

#include "city_place_rows.h"
#include "intake_staging.h"
#include "work_rows.h"

enum { KEPT_CANDIDATES = 16 << 20, KEPT_CITY = 64 << 20 };

struct IntakeAgain {
    IntakeRun run;      // one that stores nothing
    Arena whole, kept;  // clinics and places, apart from the scratch of whoever asks
    bool open;
};

IntakeAgain *intake_again(Ledger *ledger, const LedgerAct *act, Arena *arena)
{
    assert(act->no > 0);
    IntakeAgain *again = NEW(arena, IntakeAgain, 1);
    again->run = (IntakeRun){.ledger = ledger, .act = *act, .kept = &again->kept};
    again->whole = again->kept = arena_reserve(KEPT_CITY);
    return again;
}

void intake_again_close(IntakeAgain *again)
{
    if (!again) return;
    match_reader_close(again->run.matches);
    arena_release(again->whole);
}

static bool open_once(IntakeAgain *again, Error *err)
{
    IntakeRun *run = &again->run;
    Store *store = run->ledger->act->store;
    if (again->open) return true;
    if (!clinic_list_read(store, run->kept, &run->clinics, err)) return false;
    if (!city_places(store, run->kept, &run->places, err)) return false;
    run->matches = match_reader(store, run->kept, KEPT_CANDIDATES);
    again->open = true;
    return true;
}

// ---- returned rows

static int32_t person_meant(const Staging *g)
{
    if (!g->match.persons.count) return 0;
    return (int32_t)g->found.persons.at[g->match.persons.at[0].person].person_id;
}

static bool judge_again(IntakeAgain *again, const WaitingRow *waiting, Arena scratch, Error *err)
{
    IntakeRun *run = &again->run;
    Store *store = run->ledger->act->store;
    StagedRow staged = {.row_id = waiting->row_id,
                        .items = staging_waiting_items(waiting, &scratch)};
    Staging g = {.run = run, .arena = &scratch, .staged = &staged};
    Arena *whole = run->kept;
    run->file.month = waiting->month;
    run->kept = &scratch;  // nothing of the row is kept
    staging_read_kept(&g);
    bool decided = staging_decide(&g, &scratch, err);
    run->kept = whole;
    if (!decided) return false;
    const IntakeDecision *d = &staged.decision;
    const WorkItem item = {.kind = WORK_RETURN_CHANGED,
                           .person_id = person_meant(&g),
                           .row_id = waiting->row_id,
                           .words = str_format(&scratch, "いま取り込めば %.*s",
                                               STR(intake_outcome_words(d->outcome)))};
    bool otherwise = d->outcome != INTAKE_RETURNED && d->outcome != INTAKE_DUPLICATE;
    return otherwise ? work_open(store, &run->act, &item, err)
                     : work_close(store, &run->act, &item, err);
}

static bool returns_again(IntakeAgain *again, int32_t person_id, Arena scratch, Error *err)
{
    WaitingRows rows;
    if (!waiting_returns_of(again->run.ledger->act->store, person_id, &scratch, &rows, err))
        return false;
    if (rows.count && !open_once(again, err)) return false;
    VEC_EACH (const WaitingRow, row, rows)
        if (!judge_again(again, row, scratch, err)) return false;
    return true;
}

// ---- claims

static bool turn(IntakeAgain *again, const ClaimStanding *c, ClaimTurn to, Arena scratch,
                 Error *err)
{
    IntakeRun *run = &again->run;
    Store *store = run->ledger->act->store;
    char day[DAY_TEXT_SIZE];
    ClaimRow next = c->claim;
    next.state = to.to;
    next.code = to.code == INTAKE_CODE_NONE ? (Str){0} : intake_code_text(to.code);
    const WorkItem item = {
        .kind = WORK_CLAIM_MOVED,
        .person_id = c->claim.person_id,
        .row_id = c->claim.row_id,
        .words = str_format(&scratch, "接種日 %s", partial_date_text(c->given_on, day))};
    if (!claim_turn(store, &run->act, &c->claim, next, err)) return false;
    return to.to == CLAIM_HELD ? work_open(store, &run->act, &item, err)
                               : work_close(store, &run->act, &item, err);
}

static bool claims_again(IntakeAgain *again, int32_t person_id, Arena scratch, Error *err)
{
    ClaimStandings claims;
    ResidenceSpanRows spans;
    Store *store = again->run.ledger->act->store;
    if (!claims_of_person(store, person_id, &scratch, &claims, err)) return false;
    if (!claims.count) return true;
    if (!match_residence(store, person_id, KNOWN_NOW, &scratch, &spans, err)) return false;
    VEC_EACH (const ClaimStanding, c, claims) {
        ClaimTurn to = intake_claim_turn(c->claim.state, c->claim.code, c->given_on, &spans);
        if (to.to != CLAIM_NONE && !turn(again, c, to, scratch, err)) return false;
    }
    return true;
}

bool intake_again_person(IntakeAgain *again, int32_t person_id, Arena scratch, Error *err)
{
    assert(person_id > 0);
    return returns_again(again, person_id, scratch, err) &&
           claims_again(again, person_id, scratch, err);
}
