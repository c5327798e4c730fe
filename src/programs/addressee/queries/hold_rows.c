// SPDX-License-Identifier: Apache-2.0
#include "hold_rows.h"

// ---- what is open

#define HOLD_COLUMNS "h.change_no, h.file_no, h.line, h.event_reason, h.occurred_on"
#define HOLD_OPEN    "h.held = 1 AND h.decided_at IS NULL"

static PersonHold hold_row(Query *q)
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

static const char add_sql[] =
    "INSERT INTO person_hold (change_no, person_id, held, file_no, line, event_reason, occurred_on)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

static const char held_sql[] = "UPDATE person SET held = $1 WHERE person_id = $2";

static bool hold_told(RegisterWriter *writer, PersonRow *person, bool held, const PersonHold *hold, Error *err)
{
    Query *q = query_begin(writer->store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, writer->next_change++);
    bind_int64(q, 2, person->person_id);
    bind_int64(q, 3, held);
    bind_int64(q, 4, hold->file_no);
    bind_int64(q, 5, hold->line);
    bind_int64(q, 6, hold->event.event_reason);
    bind_day(q, 7, hold->event.occurred_on);
    if (!query_run(q, err)) return false;
    q = query_begin(writer->store, held_sql, err);
    if (!q) return false;
    bind_int64(q, 1, held);
    bind_int64(q, 2, person->person_id);
    person->held = held;
    return query_run(q, err);
}

bool hold_begin(RegisterWriter *writer, PersonRow *person, const HeldEvent *event, int64_t line, Arena scratch,
                Error *err)
{
    PersonHolds open = {0};
    if (person->held && !holds_of_person(writer->store, person->person_id, &scratch, &open, err)) return false;
    VEC_EACH (PersonHold, hold, open)
        if (held_event_same(&hold->event, event)) return true;
    const PersonHold fresh = {.file_no = writer->file_no, .line = line, .event = *event};
    return hold_told(writer, person, true, &fresh, err);
}

static const char decide_sql[] = "UPDATE person_hold SET decided_at = $1, decided_by = $2, decision = $3"
                                 " WHERE change_no = $4";

static const char left_sql[] = "SELECT count(*) FROM person_hold h WHERE h.person_id = $1 AND " HOLD_OPEN;

static bool any_left(Store *store, int64_t person_id, bool *any, Error *err)
{
    *any = false;
    Query *q = query_begin(store, left_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    if (query_next(q)) *any = column_int64(q, 0) > 0;
    return query_end(q, err);
}

bool hold_decide(RegisterWriter *writer, PersonRow *person, const PersonHold *hold, const HoldDecision *decision,
                 Error *err)
{
    bool left;
    Query *q = query_begin(writer->store, decide_sql, err);
    if (!q) return false;
    bind_instant(q, 1, writer->recorded_at);
    bind_text(q, 2, decision->by);
    bind_text(q, 3, decision->why);
    bind_int64(q, 4, hold->change_no);
    return query_run(q, err) && any_left(writer->store, person->person_id, &left, err) &&
           (left || hold_told(writer, person, false, hold, err));
}

bool holds_decide_by_row(RegisterWriter *writer, PersonRow *person, const RegisterVersionRows *history,
                         const FeedRow *row, Arena scratch, Error *err)
{
    PersonHolds open;
    const HoldDecision register_says = {.by = S("register")};
    if (!person->held) return true;
    if (!holds_of_person(writer->store, person->person_id, &scratch, &open, err)) return false;
    VEC_EACH (PersonHold, hold, open)
        if (held_event_decided(&hold->event, history, row) &&
            !hold_decide(writer, person, hold, &register_says, err))
            return false;
    return true;
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
