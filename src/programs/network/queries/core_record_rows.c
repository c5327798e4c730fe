// SPDX-License-Identifier: Apache-2.0
#include "core_record_rows.h"

#include <assert.h>

#include "given_number_rows.h"
#include "relay_columns.h"

// ---- written

static const char add_sql[] = "INSERT INTO provision_record (record_no, relay_no, written_at, result, provided_at)"
                              " VALUES ($1, $2, $3, $4, $5)";

bool core_record_add(Store *store, int64_t relay_no, const ProvisionRecord *record, Instant now, Error *err)
{
    assert(relay_no > 0);
    assert(now > 0);
    int64_t no;
    if (!given_number_next(store, S("record"), now, &no, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, no);
    bind_int64(q, 2, relay_no);
    bind_instant(q, 3, now);
    bind_int64(q, 4, record->result);
    bind_instant(q, 5, record->provided_at);
    return query_run(q, err);
}

// ---- gone after seven years

static const char over_sql[] =
    "SELECT coalesce(min(record_no), 9223372036854775807) - 1 FROM provision_record WHERE written_at >= $1";
static const char forget_sql[] = "DELETE FROM provision_record WHERE record_no <= $1";

bool core_records_over(Store *store, Instant written_before, int64_t *record_no, Error *err)
{
    Query *q = query_begin(store, over_sql, err);
    if (!q) return false;
    bind_instant(q, 1, written_before);
    if (query_next(q)) *record_no = column_int64(q, 0);
    return query_end(q, err);
}

bool core_records_forget(Store *store, int64_t record_no, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_int64(q, 1, record_no);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}

// ---- told to the two whom it concerns

static const char after_sql[] = "SELECT p.record_no, p.result, p.provided_at, " RELAY_COLUMNS
                                " FROM provision_record p JOIN relay r ON r.relay_no = p.relay_no"
                                " WHERE p.record_no > $1 AND (r.asker = $2 OR (r.provider = $2 AND r.list_version > 0))"
                                " ORDER BY p.record_no LIMIT $3";

bool core_records_after(Store *store, const OrganisationCode *whose, const RecordsAsk *ask, Arena *arena,
                        RecordsAnswer *answer, Error *err)
{
    bool readable = true;
    *answer = (RecordsAnswer){0};
    Query *q = query_begin(store, after_sql, err);
    if (!q) return false;
    bind_int64(q, 1, ask->after);
    bind_text(q, 2, str_of(whose->digits));
    bind_int64(q, 3, ask->most + 1);
    while (readable && query_next(q)) {
        Relay relay;
        OrganisationCode asker;
        answer->more = answer->records.count == ask->most;
        if (answer->more) break;
        readable = relay_columns_read(q, 3, &asker, &relay);
        *core_records_push(&answer->records, arena) =
            (CoreRecord){.no = column_int64(q, 0),
                         .record = {.role = RECORD_CORE,
                                    .permit = relay.permit,
                                    .result = (LinkageResult)column_int64(q, 1),
                                    .provided_at = column_instant(q, 2)}};
    }
    return query_end(q, err) && (readable || relay_unreadable(err));
}

// ---- for people

static bool lines_taken(Query *q, Arena *arena, RecordLineRows *rows, Error *err)
{
    bool readable = true;
    *rows = (RecordLineRows){0};
    while (readable && query_next(q)) {
        RecordLine line = {.no = column_int64(q, 0), .asked_at = column_instant(q, 1)};
        readable = relay_columns_read(q, 2, &line.asker, &line.relay);
        *record_lines_push(rows, arena) = line;
    }
    return query_end(q, err) && (readable || relay_unreadable(err));
}

static const char between_sql[] =
    "SELECT (SELECT max(p.record_no) FROM provision_record p WHERE p.relay_no = r.relay_no), r.asked_at, " RELAY_COLUMNS
    " FROM relay r WHERE r.asked_at >= $1 AND r.asked_at < $2 ORDER BY r.relay_no";

bool core_records_between(Store *store, Instant from, Instant to, Arena *arena, RecordLineRows *rows, Error *err)
{
    Query *q = query_begin(store, between_sql, err);
    if (!q) return false;
    bind_instant(q, 1, from);
    bind_instant(q, 2, to);
    return lines_taken(q, arena, rows, err);
}

static const char newest_sql[] =
    "SELECT (SELECT max(p.record_no) FROM provision_record p WHERE p.relay_no = r.relay_no), r.asked_at, " RELAY_COLUMNS
    " FROM relay r ORDER BY r.relay_no DESC LIMIT $1";

bool core_records_newest(Store *store, int most, Arena *arena, RecordLineRows *rows, Error *err)
{
    Query *q = query_begin(store, newest_sql, err);
    if (!q) return false;
    bind_int64(q, 1, most);
    return lines_taken(q, arena, rows, err);
}

static const char of_person_sql[] =
    "SELECT (SELECT max(p.record_no) FROM provision_record p WHERE p.relay_no = r.relay_no), r.asked_at, " RELAY_COLUMNS
    " FROM relay r WHERE r.person_index = $1 ORDER BY r.asked_at DESC, r.relay_no DESC";

bool core_records_of_person(Store *store, const Sha256 *person, Arena *arena, RecordLineRows *rows, Error *err)
{
    Query *q = query_begin(store, of_person_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(person));
    return lines_taken(q, arena, rows, err);
}
