// SPDX-License-Identifier: Apache-2.0
#include "network_sight_rows.h"

#include "organisation_rows.h"

static const char organisations_sql[] =
    "SELECT o.code, (SELECT count(*) FROM suspension s WHERE s.code IN (o.code, '" ALL_LINKAGE "')) FROM organisation o ORDER BY o.code";

static bool unreadable(Error *err)
{
    return FAIL(err, E_STORE, .words = S("機関コードが読めません。控えから戻してください。"));
}

bool organisations_seen(Store *store, Arena *arena, OrganisationSights *rows, Error *err)
{
    bool readable = true;
    *rows = (OrganisationSights){0};
    Query *q = query_begin(store, organisations_sql, err);
    if (!q) return false;
    while (readable && query_next(q)) {
        OrganisationSight seen = {.suspended = column_int64(q, 1) > 0};
        readable = organisation_code_read(column_view(q, 0), &seen.code);
        *organisation_sights_push(rows, arena) = seen;
    }
    return query_end(q, err) && (readable || unreadable(err));
}

static const char count_letters_sql[] = "SELECT count(*) FROM letter";
static const char count_residents_sql[] = "SELECT count(*) FROM resident WHERE deleted = 0";
static const char letters_sql[] = "SELECT organisation, kind, size FROM letter ORDER BY letter_no DESC LIMIT $1";

static bool counted(Store *store, const char *sql, int64_t *count, Error *err)
{
    Query *q = query_begin(store, sql, err);
    if (!q) return false;
    *count = query_next(q) ? column_int64(q, 0) : 0;
    return query_end(q, err);
}

bool letters_seen(Store *store, int most, Arena *arena, LetterSights *rows, int64_t *lying, Error *err)
{
    bool readable = true;
    *rows = (LetterSights){0};
    if (!counted(store, count_letters_sql, lying, err)) return false;
    Query *q = query_begin(store, letters_sql, err);
    if (!q) return false;
    bind_int64(q, 1, most);
    while (readable && query_next(q)) {
        LetterSight seen = {.kind = (LetterKind)column_int64(q, 1), .bytes = column_int64(q, 2)};
        readable = organisation_code_read(column_view(q, 0), &seen.whose);
        *letter_sights_push(rows, arena) = seen;
    }
    return query_end(q, err) && (readable || unreadable(err));
}

bool residents_seen(Store *store, int64_t *count, Error *err)
{
    return counted(store, count_residents_sql, count, err);
}
