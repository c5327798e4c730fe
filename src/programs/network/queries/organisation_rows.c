// SPDX-License-Identifier: Apache-2.0
#include "organisation_rows.h"

#include <assert.h>

static const char admit_sql[] = "INSERT INTO organisation (code, admitted_at) VALUES ($1, $2)"
                                " ON CONFLICT (code) DO UPDATE SET admitted_at = excluded.admitted_at";

bool organisation_admit(Store *store, const OrganisationCode *code, Instant now, Error *err)
{
    assert(code->digits[0]);
    assert(now > 0);
    Query *q = query_begin(store, admit_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(code->digits));
    bind_instant(q, 2, now);
    return query_run(q, err);
}

static const char admitted_sql[] = "SELECT 1 FROM organisation WHERE code = $1";

bool organisation_admitted(Store *store, const OrganisationCode *code, bool *admitted, Error *err)
{
    Query *q = query_begin(store, admitted_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(code->digits));
    *admitted = query_next(q);
    return query_end(q, err);
}

static const char suspend_sql[] =
    "INSERT INTO suspension (code, since) VALUES ($1, $2) ON CONFLICT (code) DO NOTHING";

bool suspension_set(Store *store, Str code, Instant since, bool *changed, Error *err)
{
    assert(code.len > 0);
    assert(since > 0);
    Query *q = query_begin(store, suspend_sql, err);
    if (!q) return false;
    bind_text(q, 1, code);
    bind_instant(q, 2, since);
    (void)query_next(q);
    *changed = query_changed(q) > 0;
    return query_end(q, err);
}

static const char end_sql[] = "DELETE FROM suspension WHERE code = $1";

bool suspension_end(Store *store, Str code, bool *changed, Error *err)
{
    assert(code.len > 0);
    Query *q = query_begin(store, end_sql, err);
    if (!q) return false;
    bind_text(q, 1, code);
    (void)query_next(q);
    *changed = query_changed(q) > 0;
    return query_end(q, err);
}

static const char holds_sql[] = "SELECT 1 FROM suspension WHERE code IN ($1, $2, '" ALL_LINKAGE "') LIMIT 1";

bool suspension_holds(Store *store, const OrganisationCode *one, const OrganisationCode *other, bool *holds,
                      Error *err)
{
    Query *q = query_begin(store, holds_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(one->digits));
    bind_text(q, 2, str_of(other->digits));
    *holds = query_next(q);
    return query_end(q, err);
}
