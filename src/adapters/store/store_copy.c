// SPDX-License-Identifier: Apache-2.0
#include "store_copy.h"

#include "store_engine.h"

#include <assert.h>
#include <string.h>

// Names and types as the engine's own catalogue tells them; `key`: place in the primary key, from 1.
static const char tables_sqlite_sql[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    " AND name NOT IN ('schema_migration', 'desk_form', 'desk_draft') ORDER BY name";
static const char tables_postgresql_sql[] =
    "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema()"
    " AND tablename NOT IN ('schema_migration', 'desk_form', 'desk_draft') ORDER BY tablename";
static const char columns_sqlite_sql[] =
    "SELECT name, lower(type), pk FROM pragma_table_info($1) ORDER BY name";
static const char columns_postgresql_sql[] =
    "SELECT a.attname, format_type(a.atttypid, NULL),"
    " coalesce(array_position(CAST(i.indkey AS smallint[]), a.attnum) + 1, 0)"
    " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary"
    " WHERE c.relname = CAST($1 AS text) AND n.nspname = current_schema() AND a.attnum > 0"
    " AND NOT a.attisdropped ORDER BY a.attname COLLATE \"C\"";

static const char parents_sqlite_sql[] =
    "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list($1) ORDER BY 1";
static const char parents_postgresql_sql[] =
    "SELECT DISTINCT p.relname FROM pg_catalog.pg_constraint k"
    " JOIN pg_catalog.pg_class c ON c.oid = k.conrelid JOIN pg_catalog.pg_class p ON p.oid = k.confrelid"
    " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
    " WHERE k.contype = 'f' AND c.relname = CAST($1 AS text) AND n.nspname = current_schema()"
    " ORDER BY p.relname";

typedef enum Kind { KIND_NUMBER = 'n', KIND_TEXT = 't', KIND_BYTES = 'b', KIND_NULL = '-' } Kind;

typedef struct Column {
    Str name;
    Kind kind;
    int key;
} Column;
VEC(Columns, Column, columns);

VEC(Parents, Str, parents);

typedef struct Table {
    Str name;
    Columns columns;
    Parents parents;  // that its rows refer to
    bool placed;
} Table;
VEC(Tables, Table, tables);

static bool kind_of(Str type, Kind *kind)
{
    static const struct {
        const char *type;
        Kind kind;
    } kinds[] = {{"integer", KIND_NUMBER},
                 {"bigint", KIND_NUMBER},
                 {"text", KIND_TEXT},
                 {"bytea", KIND_BYTES}};
    for (ptrdiff_t i = 0; i < countof(kinds); i++) {
        if (!str_equal(type, str_of(kinds[i].type))) continue;
        *kind = kinds[i].kind;
        return true;
    }
    return false;
}

static bool columns_read(Store *store, Table *table, Arena *arena, Error *err)
{
    bool known = true;
    Query *q = query_begin(
        store, store_is_postgresql(store) ? columns_postgresql_sql : columns_sqlite_sql, err);
    if (!q) return false;
    bind_text(q, 1, table->name);
    while (query_next(q)) {
        Column column = {.name = column_text(q, 0, arena), .key = (int)column_int64(q, 2)};
        known = kind_of(column_text(q, 1, arena), &column.kind) && known;
        *columns_push(&table->columns, arena) = column;
    }
    if (!query_end(q, err)) return false;
    return known || FAIL(err, E_INTERNAL, .item = table->name,
                         .words = S("この表にはまだ写せない種類の列があります。"));
}

static bool parents_read(Store *store, Table *table, Arena *arena, Error *err)
{
    Query *q = query_begin(
        store, store_is_postgresql(store) ? parents_postgresql_sql : parents_sqlite_sql, err);
    if (!q) return false;
    bind_text(q, 1, table->name);
    while (query_next(q)) *parents_push(&table->parents, arena) = column_text(q, 0, arena);
    return query_end(q, err);
}

static bool may_come(const Tables *found, const Table *table)
{
    VEC_EACH (const Str, parent, table->parents) {
        VEC_EACH (const Table, other, *found) {
            if (other != table && !other->placed && str_equal(other->name, *parent)) return false;
        }
    }
    return !table->placed;
}

// By name, but each behind those that it refers to; a circle comes as it stands.
static Tables parents_first(Tables *found, Arena *arena)
{
    Tables order = {0};
    for (bool any = true; order.count < found->count; any = true) {
        while (any) {
            any = false;
            VEC_EACH (Table, table, *found) {
                if (!may_come(found, table)) continue;
                *tables_push(&order, arena) = *table;
                table->placed = any = true;
            }
        }
        VEC_EACH (Table, left, *found) {
            if (left->placed) continue;
            *tables_push(&order, arena) = *left;
            left->placed = true;
            break;
        }
    }
    return order;
}

static bool tables_read(Store *store, Arena *arena, Tables *tables, Error *err)
{
    Tables found = {0};
    Query *q = query_begin(
        store, store_is_postgresql(store) ? tables_postgresql_sql : tables_sqlite_sql, err);
    if (!q) return false;
    while (query_next(q)) *tables_push(&found, arena) = (Table){.name = column_text(q, 0, arena)};
    if (!query_end(q, err)) return false;
    VEC_EACH (Table, table, found) {
        if (!columns_read(store, table, arena, err) || !parents_read(store, table, arena, err))
            return false;
    }
    *tables = parents_first(&found, arena);
    return true;
}

// ---- statements

static void names_add(Text *sql, const Table *table, Arena *arena)
{
    for (int i = 0; i < table->columns.count; i++)
        text_addf(sql, arena, "%s\"%.*s\"", i ? ", " : "", STR(table->columns.at[i].name));
}

static const Column *key_column(const Table *table, int place)
{
    VEC_EACH (const Column, column, table->columns) {
        if (column->key == place) return column;
    }
    return NULL;
}

// In the order of the key; of a table without one in that of all its columns.
static const char *select_sql(const Table *table, Arena *arena)
{
    Text sql = {0};
    const Column *column;
    text_add(&sql, arena, S("SELECT "));
    names_add(&sql, table, arena);
    text_addf(&sql, arena, " FROM \"%.*s\" ORDER BY ", STR(table->name));
    for (int place = 1; (column = key_column(table, place)); place++)
        text_addf(&sql, arena, "%s\"%.*s\"", place > 1 ? ", " : "", STR(column->name));
    for (int i = 0; !key_column(table, 1) && i < table->columns.count; i++)
        text_addf(&sql, arena, "%s\"%.*s\" NULLS FIRST", i ? ", " : "",
                  STR(table->columns.at[i].name));
    return str_z(arena, text_str(&sql));
}

static const char *insert_sql(const Table *table, Arena *arena)
{
    Text sql = {0};
    text_addf(&sql, arena, "INSERT INTO \"%.*s\" (", STR(table->name));
    names_add(&sql, table, arena);
    text_add(&sql, arena, S(") VALUES ("));
    for (int i = 0; i < table->columns.count; i++)
        text_addf(&sql, arena, "%s$%d", i ? ", " : "", i + 1);
    text_add(&sql, arena, S(")"));
    return str_z(arena, text_str(&sql));
}

// ---- rows

typedef struct Value {
    Kind kind;  // KIND_NULL: no value
    int64_t number;
    Str text;  // bytes too; good until the next row
} Value;

static Value value_of(Query *q, int column, Kind kind)
{
    if (column_is_null(q, column)) return (Value){.kind = KIND_NULL};
    if (kind == KIND_NUMBER) return (Value){.kind = kind, .number = column_int64(q, column)};
    return (Value){.kind = kind, .text = column_view(q, column)};
}

// Kind and length before each value: no two rows look alike.
static void value_hash(Sha256Run *run, const Value *value)
{
    unsigned char head[1 + sizeof(int64_t)] = {(unsigned char)value->kind};
    int64_t said = value->kind == KIND_NUMBER ? value->number : (int64_t)value->text.len;
    for (size_t i = 0; i < sizeof said; i++)
        head[1 + i] = (unsigned char)((uint64_t)said >> (8 * i));
    sha256_add(run, (Bytes){head, sizeof head});
    if (value->text.len)
        sha256_add(run, (Bytes){(const unsigned char *)value->text.at, value->text.len});
}

static void value_bind(Query *to, int place, const Value *value)
{
    if (value->kind == KIND_NULL)
        bind_null(to, place);
    else if (value->kind == KIND_NUMBER)
        bind_int64(to, place, value->number);
    else if (value->kind == KIND_TEXT)
        bind_text(to, place, value->text);
    else
        bind_bytes(to, place, (Bytes){(const unsigned char *)value->text.at, value->text.len});
}

// `to` NULL: the rows are only counted and hashed.
static bool rows_through(const Table *table, Query *from, Query *to, TableHeld *held)
{
    bool good = true;
    Sha256Run *run = sha256_begin();
    VEC_EACH (const Column, column, table->columns) {
        const Value name = {.kind = KIND_TEXT, .text = column->name};
        const Value kind = {.kind = KIND_NUMBER, .number = column->kind};
        value_hash(run, &name);
        value_hash(run, &kind);
    }
    while (good && query_next(from)) {
        for (int i = 0; i < table->columns.count; i++) {
            Value value = value_of(from, i, table->columns.at[i].kind);
            value_hash(run, &value);
            if (to) value_bind(to, i + 1, &value);
        }
        good = !to || query_again(to);
        held->rows++;
    }
    held->content = sha256_end(run);
    return good;
}

static bool table_carry(Store *from, Store *to, const Table *table, Arena *arena, TableHeld *held,
                        Error *err)
{
    Error later;
    *held = (TableHeld){.name = table->name};
    Query *into = to ? query_begin(to, insert_sql(table, arena), err) : NULL;
    if (to && !into) return false;
    Query *q = query_stream(from, select_sql(table, arena), err);
    bool done = q && rows_through(table, q, into, held);
    bool read = q && query_end(q, err);
    bool written = !into || query_end(into, read ? err : &later);
    return done && read && written;
}

// What a migration laid there. An empty table is left alone: it may be one that only grows.
static bool table_clear(Store *to, const Table *table, Arena *arena, Error *err)
{
    Query *q = query_begin(
        to, str_z(arena, str_format(arena, "SELECT 1 FROM \"%.*s\" LIMIT 1", STR(table->name))),
        err);
    if (!q) return false;
    bool holds = query_next(q);
    if (!query_end(q, err)) return false;
    if (!holds) return true;
    q = query_begin(to, str_z(arena, str_format(arena, "DELETE FROM \"%.*s\"", STR(table->name))),
                    err);
    return q && query_run(q, err);
}

static bool carry(Store *from, Store *to, Arena *arena, TablesHeld *held, Error *err)
{
    Tables tables;
    *held = (TablesHeld){0};
    assert(from->picture != NOTHING_OPEN && (!to || to->picture == OPEN_WRITE));
    if (!tables_read(from, arena, &tables, err)) return false;
    VEC_EACH (const Table, table, tables) {
        if (to && !table_clear(to, table, arena, err)) return false;
        if (!table_carry(from, to, table, arena, tables_held_push(held, arena), err)) return false;
    }
    return true;
}

bool store_held(Store *store, Arena *arena, TablesHeld *tables, Error *err)
{
    return carry(store, NULL, arena, tables, err);
}

bool store_copy(Store *from, Store *to, Arena *arena, TablesHeld *tables, Error *err)
{
    assert(from != to);
    return carry(from, to, arena, tables, err);
}

Str tables_differ(const TablesHeld *a, const TablesHeld *b)
{
    for (int i = 0; i < a->count || i < b->count; i++) {
        if (i >= a->count) return b->at[i].name;
        if (i >= b->count) return a->at[i].name;
        const TableHeld *x = &a->at[i], *y = &b->at[i];
        if (!str_equal(x->name, y->name) || x->rows != y->rows ||
            !sha256_equal(&x->content, &y->content))
            return x->name;
    }
    return (Str){0};
}
