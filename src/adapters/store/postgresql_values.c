// Values on PostgreSQL's wire: binary both ways, big-endian.
// SPDX-License-Identifier: Apache-2.0
#include "store_postgresql.h"

#include <assert.h>
#include <endian.h>
#include <stdio.h>
#include <string.h>

static void wire_bytes(Wire *wire, const void *bytes, int len)
{
    memcpy(wire->own, bytes, (size_t)len);
    wire->at = wire->own;
    wire->len = len;
    wire->binary = 1;
}

static bool wire_integer(Oid type, int64_t value, Wire *wire)
{
    if (type == TYPE_INT8) {
        uint64_t big = htobe64((uint64_t)value);
        wire_bytes(wire, &big, sizeof big);
    } else if (type == TYPE_INT4) {
        if (value < INT32_MIN || value > INT32_MAX) return false;
        uint32_t big = htobe32((uint32_t)value);
        wire_bytes(wire, &big, sizeof big);
    } else if (type == TYPE_INT2) {
        if (value < INT16_MIN || value > INT16_MAX) return false;
        uint16_t big = htobe16((uint16_t)value);
        wire_bytes(wire, &big, sizeof big);
    } else {
        wire->len = snprintf(wire->own, sizeof wire->own, "%lld", (long long)value);
        wire->at = wire->own;
        wire->binary = type == TYPE_TEXT || type == TYPE_VARCHAR;
    }
    return true;
}

bool pg_wire(Oid type, const Bind *bind, Wire *wire)
{
    switch (bind->kind) {
    case BIND_NULL:
        wire->at = NULL;
        wire->len = 0;
        wire->binary = 1;
        return true;
    case BIND_INTEGER: return wire_integer(type, bind->integer, wire);
    case BIND_TEXT:
    case BIND_BLOB: break;
    }
    if (bind->bytes.len > INT32_MAX) return false;
    wire->at = bind->bytes.at;
    wire->len = (int)bind->bytes.len;
    wire->binary = 1;
    return true;
}

bool pg_wires(PgQuery *q)
{
    for (int i = 0; i < q->query.places; i++) {
        if (!pg_wire(q->place_types[i], &q->binds[i], &q->wires[i])) return false;
        q->values[i] = q->wires[i].at;
        q->lengths[i] = q->wires[i].len;
        q->formats[i] = q->wires[i].binary;
    }
    return true;
}

static int64_t big_endian(const char *at, int len)
{
    uint64_t value = at[0] & 0x80 ? UINT64_MAX : 0;  // the sign goes on to the left
    for (int i = 0; i < len; i++) value = value << 8 | (unsigned char)at[i];
    return (int64_t)value;
}

// A numeric, as sum() over bigint gives it: groups of four decimal digits, the first one 10000^weight.
static int64_t numeric_integer(const char *at)
{
    enum { NEGATIVE = 0x4000 };
    int64_t groups = big_endian(at, 2), weight = big_endian(at + 2, 2),
            sign = big_endian(at + 4, 2);
    int64_t value = 0;
    for (int64_t i = 0; i <= weight; i++) {
        int64_t group = i < groups ? big_endian(at + 8 + 2 * i, 2) : 0;
        bool too_big = __builtin_mul_overflow(value, 10000, &value) ||
                       __builtin_add_overflow(value, group, &value);
        assert(!too_big);
    }
    return sign == NEGATIVE ? -value : value;
}

int64_t pg_integer(const PGresult *rows, int row, int column)
{
    if (PQgetisnull(rows, row, column)) return 0;
    const char *at = PQgetvalue(rows, row, column);
    Oid type = PQftype(rows, column);
    if (type == TYPE_NUMERIC) return numeric_integer(at);
    assert(type == TYPE_INT8 || type == TYPE_INT4 || type == TYPE_INT2 || type == TYPE_BOOL);
    return big_endian(at, PQgetlength(rows, row, column));
}

Str pg_view(const PGresult *rows, int row, int column, char digits[DIGITS_SIZE])
{
    if (PQgetisnull(rows, row, column)) return (Str){0};
    switch (PQftype(rows, column)) {
    case TYPE_INT8:
    case TYPE_INT4:
    case TYPE_INT2:
    case TYPE_NUMERIC:
        (void)snprintf(digits, DIGITS_SIZE, "%lld", (long long)pg_integer(rows, row, column));
        return str_of(digits);
    default: return (Str){PQgetvalue(rows, row, column), PQgetlength(rows, row, column)};
    }
}

static bool known_type(Oid type)
{
    return type == TYPE_INT8 || type == TYPE_INT4 || type == TYPE_INT2 || type == TYPE_TEXT ||
           type == TYPE_VARCHAR || type == TYPE_BYTEA;
}

// "$1, $2, …, $n" and nothing else.
static bool places_in_order(Str list, int places)
{
    for (int i = 1; i <= places; i++) {
        char wanted[16];
        (void)snprintf(wanted, sizeof wanted, "$%d", i);
        Cut cut = str_cut(list, ',');
        if (!str_equal(str_trim(cut.head), str_of(wanted))) return false;
        list = cut.tail;
    }
    return !str_present(list);
}

const char *pg_copy_sql(const PgQuery *q, Arena *arena)
{
    Str sql = str_of(q->query.sql), insert = S("INSERT INTO "), values = S(") VALUES (");
    ptrdiff_t columns_end = str_find(sql, values);
    if (!q->query.places || !str_starts(sql, insert) || columns_end < 0 || !str_ends(sql, S(")")))
        return NULL;
    Str target = str_from(str_first(sql, columns_end), insert.len);
    Str list = str_from(sql, columns_end + values.len);
    if (!places_in_order(str_first(list, list.len - 1), q->query.places)) return NULL;
    for (int i = 0; i < q->query.places; i++)
        if (!known_type(q->place_types[i])) return NULL;
    return str_z(arena, str_format(arena, "COPY %.*s) FROM STDIN (FORMAT binary)", STR(target)));
}
