// SPDX-License-Identifier: Apache-2.0
#include "hold_rows.h"

// ---- what is open

PersonHold hold_row(Query *q)
{
    return (PersonHold){.change_no = column_int64(q, 0),
                        .file_no = column_int64(q, 1),
                        .line = column_int64(q, 2),
                        .event = {(int32_t)column_int64(q, 3), column_day(q, 4)}};
}

static const char of_person_sql[] = "SELECT " HOLD_COLUMNS " FROM person_hold h"
                                    " WHERE h.person_id = $1 AND " HOLD_OPEN " ORDER BY h.change_no";

bool holds_of_person(Store *store, int64_t person_id, Arena *arena, PersonHolds *holds, Error *err)
{
    *holds = (PersonHolds){0};
    Query *q = query_begin(store, of_person_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    while (query_next(q)) *person_holds_push(holds, arena) = hold_row(q);
    return query_end(q, err);
}

static const char open_sql[] =
    "SELECT " HOLD_COLUMNS ", p.addressee_no, f.name, f.imported_at FROM person_hold h"
    " JOIN person p ON p.person_id = h.person_id JOIN feed_file f ON f.file_no = h.file_no"
    " WHERE " HOLD_OPEN " ORDER BY h.change_no";

bool holds_open(Store *store, Arena *arena, HeldPersons *held, Error *err)
{
    *held = (HeldPersons){0};
    Query *q = query_begin(store, open_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        Error unreadable = {0};
        HeldPerson one = {.hold = hold_row(q), .file = column_text(q, 6, arena), .since = column_instant(q, 7)};
        if (addressee_no_parse(column_text(q, 5, arena), &one.who, NULL, &unreadable))
            *held_persons_push(held, arena) = one;
    }
    return query_end(q, err);
}

// ---- holding and deciding

static int64_t hold_told(RegisterPlan *plan, PersonRow *person, bool held, const PersonHold *hold)
{
    *planned_holds_push(&plan->holds, plan->arena) = (PlannedHold){.change_no = ++plan->last.change,
                                                                   .person_id = person->person_id,
                                                                   .file_no = hold->file_no,
                                                                   .line = hold->line,
                                                                   .held = held,
                                                                   .event = hold->event};
    person->held = held;
    register_plan_person(plan, person);
    return plan->last.change;
}

void hold_begin(RegisterPlan *plan, PersonRow *person, PersonHolds *holds, const HeldEvent *event, int64_t line,
                Arena *arena)
{
    VEC_EACH (PersonHold, hold, *holds)
        if (held_event_same(&hold->event, event)) return;
    PersonHold fresh = {.file_no = plan->file_no, .line = line, .event = *event};
    fresh.change_no = hold_told(plan, person, true, &fresh);
    *person_holds_push(holds, arena) = fresh;
}

void hold_decide(RegisterPlan *plan, PersonRow *person, PersonHolds *holds, ptrdiff_t place,
                 const HoldDecision *decision)
{
    const PersonHold hold = holds->at[place];
    *planned_decisions_push(&plan->decisions, plan->arena) =
        (PlannedDecision){hold.change_no, decision->by, decision->why};
    for (ptrdiff_t i = place + 1; i < holds->count; i++) holds->at[i - 1] = holds->at[i];
    if (--holds->count == 0) (void)hold_told(plan, person, false, &hold);
}

void holds_decide_by_row(RegisterPlan *plan, PersonRow *person, PersonHolds *holds,
                         const RegisterVersionRows *history, const FeedRow *row)
{
    const HoldDecision register_says = {.by = S("register")};
    for (ptrdiff_t i = 0; i < holds->count;) {
        if (held_event_decided(&holds->at[i].event, history, row))
            hold_decide(plan, person, holds, i, &register_says);
        else
            i++;
    }
}

// ---- as changes

static const char between_sql[] =
    "SELECT h.change_no, p.addressee_no, h.held FROM person_hold h"
    " JOIN person p ON p.person_id = h.person_id"
    " WHERE h.change_no > $1 AND h.change_no <= CAST($2 AS bigint) ORDER BY h.change_no";

bool holds_between(Store *store, int64_t cursor, int64_t last, Arena *arena,
                   PersonChangeRows *holds, Error *err)
{
    *holds = (PersonChangeRows){0};
    Query *q = query_begin(store, between_sql, err);
    if (!q) return false;
    bind_int64(q, 1, cursor);
    bind_int64(q, 2, last);
    while (query_next(q))
        *person_changes_push(holds, arena) =
            person_change_stub(column_int64(q, 0), column_text(q, 1, arena),
                               column_int64(q, 2) ? HOLD_ROW_REFUSED : HOLD_ENDED);
    return query_end(q, err);
}
