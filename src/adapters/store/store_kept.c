// Tables that a program's own role cannot change: the administrator's role keeps them (PostgreSQL).
// SPDX-License-Identifier: Apache-2.0
#include "store_postgresql.h"

// The role of this session is no owner, no member of one, and holds no right but to read and to add. Who
// owns the schema or the database can drop what is in it; who owns a trigger's function writes what it does.
static const char kept_sql[] =
    "SELECT count(*) FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " JOIN pg_catalog.pg_database d ON d.datname = current_database()"
    " WHERE n.nspname = current_schema() AND c.relname = CAST($1 AS text)"
    " AND NOT pg_has_role(c.relowner, 'MEMBER') AND NOT pg_has_role(n.nspowner, 'MEMBER')"
    " AND NOT pg_has_role(d.datdba, 'MEMBER')"
    " AND NOT has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')"
    " AND NOT has_any_column_privilege(c.oid, 'UPDATE')"
    " AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_trigger t"
    " JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid"
    " WHERE t.tgrelid = c.oid AND pg_has_role(p.proowner, 'MEMBER'))";

static bool table_kept(Store *store, const char *name, bool *kept, Error *err)
{
    Query *q = query_begin(store, kept_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(name));
    *kept = query_next(q) && column_int64(q, 0) == 1;
    return query_end(q, err);
}

bool store_kept(Store *store, const KeptTables *tables, bool *kept, Error *err)
{
    *kept = true;
    if (!store_is_postgresql(store)) return true;
    for (const char *const *name = tables->names; *name && *kept; name++)
        if (!table_kept(store, *name, kept, err)) return false;
    return true;
}

// ---- from one owner to another

static const char *schema_of(const KeptTables *tables)
{
    return tables->schema ? tables->schema : "public";
}

// What the owner before gave to others goes with him.
static Str keep_sql(const KeptTables *tables, const char *role, Arena *arena)
{
    Text sql = {0};
    const char *schema = schema_of(tables);
    text_addf(&sql, arena,
              "BEGIN; SET LOCAL lock_timeout = %d;"
              "ALTER FUNCTION %s.%s() OWNER TO CURRENT_USER;",
              STORE_WAIT_MILLISECONDS, schema, tables->guard);
    if (tables->schema)  // public is the database's owner's
        text_addf(&sql, arena,
                  "ALTER SCHEMA %s OWNER TO CURRENT_USER; GRANT USAGE, CREATE ON SCHEMA %s TO %s;",
                  schema, schema, role);
    for (const char *const *name = tables->names; *name; name++)
        text_addf(&sql, arena,
                  "ALTER TABLE %s.%s OWNER TO CURRENT_USER;"
                  "REVOKE ALL ON %s.%s FROM PUBLIC, %s;"
                  "GRANT SELECT, INSERT ON %s.%s TO %s;",
                  schema, *name, schema, *name, role, schema, *name, role);
    text_add(&sql, arena, S("COMMIT"));
    return text_str(&sql);
}

static Str lend_sql(const KeptTables *tables, const char *role, Arena *arena)
{
    Text sql = {0};
    text_addf(&sql, arena, "BEGIN; SET LOCAL lock_timeout = %d;", STORE_WAIT_MILLISECONDS);
    for (const char *const *name = tables->names; *name; name++)
        text_addf(&sql, arena, "ALTER TABLE IF EXISTS %s.%s OWNER TO %s;", schema_of(tables),
                  *name, role);
    text_add(&sql, arena, S("COMMIT"));
    return text_str(&sql);
}

static bool ran_inside(Str base_url, const char *role, Str sql, Arena scratch)
{
    PGconn *inside = pg_connected(base_url, role, scratch);
    bool done = inside && pg_ran(inside, sql, scratch);
    PQfinish(inside);
    return done;
}

// Who is no superuser must be a member of a role to take from it or give to it; for that moment only.
static bool become_member(PGconn *link, const char *role, Arena scratch)
{
    return pg_ran(link, S("SELECT pg_advisory_lock(5310)"), scratch) &&
           pg_ran(link, str_format(&scratch, "GRANT %s TO CURRENT_USER", role), scratch);
}

static bool leave(PGconn *link, const char *role, Arena scratch)
{
    return pg_ran(link, str_format(&scratch, "REVOKE %s FROM CURRENT_USER", role), scratch);
}

static bool place_taken(PGconn *link, Str base_url, const char *role, Arena scratch)
{
    Str database = str_format(&scratch, "ALTER DATABASE %s OWNER TO CURRENT_USER", role);
    return pg_ran(link, database, scratch) && pg_place_opened(link, base_url, role, scratch);
}

// `sql` in the program's database, which is ours first where it shall be.
static bool handed_over(Str base_url, const char *role, bool with_place, Str sql, Arena scratch)
{
    PGconn *link = pg_connected(base_url, NULL, scratch);
    bool member = link && become_member(link, role, scratch);
    bool done = member && (!with_place || place_taken(link, base_url, role, scratch)) &&
                ran_inside(base_url, role, sql, scratch);
    if (member && !leave(link, role, scratch)) done = false;
    PQfinish(link);
    return done;
}

bool store_keep(Str base_url, Str program, const KeptTables *tables, Arena scratch)
{
    const char *role = pg_place_name(program, &scratch);
    return pg_is_url(base_url) &&
           handed_over(base_url, role, true, keep_sql(tables, role, &scratch), scratch);
}

bool store_lend(Str base_url, Str program, const KeptTables *tables, Arena scratch)
{
    const char *role = pg_place_name(program, &scratch);
    return pg_is_url(base_url) &&
           handed_over(base_url, role, false, lend_sql(tables, role, &scratch), scratch);
}
