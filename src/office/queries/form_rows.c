// SPDX-License-Identifier: Apache-2.0
#include "form_rows.h"

#include <string.h>

// Another length is no digest of ours: it then equals nothing.
static Sha256 digest_column(Query *q, int column, Arena *arena)
{
    Sha256 digest = {{0}};
    Bytes stored = column_bytes(q, column, arena);
    if (!sha256_from(stored, &digest)) digest = (Sha256){{0}};
    return digest;
}

// ---- numbers

static const char form_sql[] = "SELECT content, taken_at, led_to FROM desk_form WHERE number = $1";

bool form_row_find(Store *store, const Sha256 *number, Arena *arena, FormRow *row, bool *found,
                   Error *err)
{
    Query *q = query_begin(store, form_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(number));
    *found = query_next(q);
    if (*found)
        *row = (FormRow){.number = *number,
                         .content = digest_column(q, 0, arena),
                         .taken_at = column_instant(q, 1),
                         .led_to = column_text(q, 2, arena)};
    return query_end(q, err);
}

static const char form_old_sql[] = "DELETE FROM desk_form WHERE taken_at < $1";
static const char form_add_sql[] =
    "INSERT INTO desk_form (number, content, taken_at) VALUES ($1, $2, $3)";

// Runs what removes all from before a moment; `gone`: how many.
static bool forget(Store *store, const char *sql, Instant before, int64_t *gone, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    bind_instant(q, 1, before);
    (void)query_next(q);
    *gone = query_changed(q);
    return query_end(q, err);
}

bool forms_forget(Store *store, Instant now, int64_t *gone, Error *err)
{
    return forget(store, form_old_sql, now - INSTANT_DAY, gone, err);
}

bool form_row_add(Store *store, const FormRow *row, Error *err)
{
    int64_t ignored;
    if (!forms_forget(store, row->taken_at, &ignored, err)) return false;
    Query *q = query_begin(store, form_add_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(&row->number));
    bind_bytes(q, 2, sha256_bytes(&row->content));
    bind_instant(q, 3, row->taken_at);
    return query_run(q, err);
}

static const char form_led_sql[] = "UPDATE desk_form SET led_to = $2 WHERE number = $1";

bool form_row_led(Store *store, const Sha256 *number, Str led_to, Error *err)
{
    Query *q = query_begin(store, form_led_sql, err);
    if (!q) return false;
    bind_bytes(q, 1, sha256_bytes(number));
    bind_text(q, 2, led_to);
    return query_run(q, err);
}

// ---- drafts

static const char draft_old_sql[] = "DELETE FROM desk_draft WHERE kept_at < $1";
static const char draft_keep_sql[] =
    "INSERT INTO desk_draft (staff_no, place, session_no, open, typed, kept_at)"
    " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (staff_no, place) DO UPDATE SET"
    " session_no = excluded.session_no, open = excluded.open, typed = excluded.typed,"
    " kept_at = excluded.kept_at";

bool drafts_forget(Store *store, Instant now, int64_t *gone, Error *err)
{
    return forget(store, draft_old_sql, now - DRAFT_DAYS * INSTANT_DAY, gone, err);
}

bool draft_keep(Store *store, const DraftRow *row, Error *err)
{
    int64_t ignored;
    if (!drafts_forget(store, row->kept_at, &ignored, err)) return false;
    Query *q = query_begin(store, draft_keep_sql, err);
    if (!q) return false;
    bind_int64(q, 1, row->staff_no);
    bind_bytes(q, 2, sha256_bytes(&row->place));
    bind_int64(q, 3, row->session_no);
    bind_text(q, 4, row->open);
    bind_text(q, 5, row->typed);
    bind_instant(q, 6, row->kept_at);
    return query_run(q, err);
}

#define DRAFT_COLUMNS \
    "SELECT staff_no, place, session_no, open, typed, kept_at FROM desk_draft WHERE "

static bool draft_here(Query *q, Arena *arena, DraftRow *row, bool *found, Error *err)
{
    *found = query_next(q);
    if (*found)
        *row = (DraftRow){.staff_no = column_int64(q, 0),
                          .place = digest_column(q, 1, arena),
                          .session_no = column_int64(q, 2),
                          .open = column_text(q, 3, arena),
                          .typed = column_text(q, 4, arena),
                          .kept_at = column_instant(q, 5)};
    return query_end(q, err);
}

static const char draft_sql[] = DRAFT_COLUMNS "staff_no = $1 AND place = $2";

bool draft_find(Store *store, int64_t staff_no, const Sha256 *place, Arena *arena, DraftRow *row,
                bool *found, Error *err)
{
    Query *q = query_begin(store, draft_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    bind_bytes(q, 2, sha256_bytes(place));
    return draft_here(q, arena, row, found, err);
}

static const char draft_of_session_sql[] =
    DRAFT_COLUMNS "session_no = $1 AND kept_at >= $2 ORDER BY kept_at DESC LIMIT 1";

bool draft_of_session(Store *store, int64_t session_no, Instant since, Arena *arena, DraftRow *row,
                      bool *found, Error *err)
{
    Query *q = query_begin(store, draft_of_session_sql, err);
    if (!q) return false;
    bind_int64(q, 1, session_no);
    bind_instant(q, 2, since);
    return draft_here(q, arena, row, found, err);
}

static const char draft_forget_sql[] =
    "DELETE FROM desk_draft WHERE staff_no = $1 AND place = $2";

bool draft_forget(Store *store, int64_t staff_no, const Sha256 *place, Error *err)
{
    Query *q = query_begin(store, draft_forget_sql, err);
    if (!q) return false;
    bind_int64(q, 1, staff_no);
    bind_bytes(q, 2, sha256_bytes(place));
    return query_run(q, err);
}
