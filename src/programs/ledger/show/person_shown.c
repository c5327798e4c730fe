// SPDX-License-Identifier: Apache-2.0
#include "person_shown.h"

#include "masked.h"
#include "person_state.h"
#include "resident_hold_rows.h"

#include <assert.h>

// Who has died or moved is asked for no further dose, whatever day the register gives.
static void stop_forecasts(Assessment *assessed, Arena *arena)
{
    GroupAssessment *groups = NEW(arena, GroupAssessment, assessed->group_count);
    for (int g = 0; g < assessed->group_count; g++) {
        groups[g] = assessed->groups[g];
        bool open = groups[g].status != STATUS_COMPLETE && groups[g].status != STATUS_IMMUNE;
        if (open) groups[g].status = STATUS_NOT_TARGET;
        groups[g].has_next = groups[g].date_partial = false;
    }
    assessed->groups = groups;
    assessed->merged_count = 0;
}

// Law: linkage.md 6.4. Dates and products stay, so that the office can do its duty.
static void mask(PersonRow *person, DoseRecords *records, FactRows *facts)
{
    bool hide = person->is_protected;
    person->name = masked(hide, person->name);
    VEC_EACH (DoseRecord, r, *records) {
        r->clinic_code = masked(hide, r->clinic_code);
        r->clinic_name = masked(hide, r->clinic_name);
        r->doctor = masked(hide, r->doctor);
        r->venue = masked(hide, r->venue);
    }
    VEC_EACH (FactRow, f, *facts) f->recognised_by = masked(hide, f->recognised_by);
}

typedef struct PersonKept {  // what PersonShown points at
    PersonRow person;
    DoseRecords records;
    OriginRows origins;
    FactRows facts;
    Case c;
    Assessment assessed;
} PersonKept;

static void judge(const Ledger *ledger, PersonKept *kept, Day as_of, Arena *arena)
{
    DoseRow *doses = NEW(arena, DoseRow, kept->records.count);
    for (ptrdiff_t i = 0; i < kept->records.count; i++) doses[i] = kept->records.at[i].dose;
    PersonRows rows = {kept->person.birth,  kept->person.sex, doses,
                       kept->records.count, kept->facts.at,   kept->facts.count};
    kept->c = case_of(&ledger->judge, &rows, as_of, arena);
    kept->assessed = case_assess(&kept->c, as_of, arena);
    if (kept->person.status != STATUS_RESIDENT) stop_forecasts(&kept->assessed, arena);
}

bool person_shown(const Ledger *ledger, const PersonRow *person, const Recorded *record,
                  Day as_of, Arena *arena, PersonShown *shown, Error *err)
{
    assert(as_of != DAY_NONE);
    Str held = {0};
    WaitingDoses waiting;
    Store *store = ledger->act->store;
    KnownAt known = ledger->known;
    PersonKept *kept = NEW(arena, PersonKept, 1);
    assert(person->person_id);
    assert(record);
    kept->person = *person;
    if (!dose_records_of_person(store, person->person_id, known, arena, &kept->records, err) ||
        !origins_of_person(store, person->person_id, known, arena, &kept->origins, err) ||
        !facts_of_person(store, person->person_id, known, arena, &kept->facts, err) ||
        !resident_held(store, person->person_id, known, &held, err) ||
        !waiting_doses_of_person(store, person->person_id, known, arena, &waiting, err))
        return false;
    mask(&kept->person, &kept->records, &kept->facts);
    judge(ledger, kept, as_of, arena);
    *shown = (PersonShown){.schedule = ledger->schedule,
                           .products = &ledger->products,
                           .person = &kept->person,
                           .records = &kept->records,
                           .foreign = &ledger->foreign,
                           .origins = &kept->origins,
                           .facts = &kept->facts,
                           .c = &kept->c,
                           .assessed = &kept->assessed,
                           .as_of = as_of,
                           .known_on = DAY_NONE,
                           .held = held,
                           .waiting = waiting,
                           .judge = &ledger->judge,
                           .record = record};
    return true;
}

Str group_held(const PersonShown *shown, int group)
{
    if (shown->held.len) return shown->held;
    return dose_waits_kind(&shown->waiting, shown->judge, shown->person->person_id, group);
}

PersonShown person_shown_with(const Ledger *ledger, const PersonShown *now,
                              const DoseRecords *records, const FactRows *facts, Arena *arena)
{
    assert(now->person->person_id > 0);
    PersonShown then = *now;
    PersonKept *kept = NEW(arena, PersonKept, 1);
    kept->person = *now->person;
    kept->records = *records;
    kept->facts = *facts;
    judge(ledger, kept, now->as_of, arena);
    then.products = &ledger->products;
    then.records = &kept->records;
    then.facts = &kept->facts;
    then.c = &kept->c;
    then.assessed = &kept->assessed;
    return then;
}
