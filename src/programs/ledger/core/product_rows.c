// SPDX-License-Identifier: Apache-2.0
#include "product_rows.h"

#include <assert.h>

static const char count_sql[] = "SELECT coalesce(max(product_no), 0) + 1 FROM product";
static const char products_sql[] = "SELECT product_no, code FROM product ORDER BY product_no";
static const char product_insert_sql[] = "INSERT INTO product (product_no, code) VALUES ($1, $2)";

static bool count_read(Store *store, int32_t *count, Error *err)
{
    Query *q = query_begin(store, count_sql, err);
    if (!q) return false;
    if (query_next(q)) *count = (int32_t)column_int64(q, 0);
    return query_end(q, err);
}

bool product_numbers_read(Store *store, const Schedule *schedule, Arena *arena, Products *products,
                          Error *err)
{
    assert(schedule);
    Products read = {0};
    if (!count_read(store, &read.count, err)) return false;
    int32_t *rule_of = NEW(arena, int32_t, read.count);
    Str *code_of = NEW(arena, Str, read.count);
    read.number_of = NEW(arena, int32_t, product_count(schedule));
    for (int32_t n = 0; n < read.count; n++) rule_of[n] = PRODUCT_NONE;

    Query *q = query_begin(store, products_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        int64_t number = column_int64(q, 0);
        if (number <= 0 || number >= read.count) continue;
        code_of[number] = column_text(q, 1, arena);
        rule_of[number] = product_by_id(schedule, code_of[number]);
        if (rule_of[number] != PRODUCT_NONE) read.number_of[rule_of[number]] = (int32_t)number;
    }
    if (!query_end(q, err)) return false;
    read.rule_of = rule_of;
    read.code_of = code_of;
    *products = read;
    return true;
}

bool product_numbers_whole(const Products *products, const Schedule *schedule)
{
    for (int p = 0; p < product_count(schedule); p++)
        if (!products->number_of[p]) return false;
    return true;
}

int32_t product_number_of(const Products *products, Str code)
{
    for (int32_t n = 1; n < products->count; n++)
        if (str_equal(products->code_of[n], code)) return n;
    return 0;
}

void product_numbers_assumed(const Schedule *schedule, Arena *arena, Products *products)
{
    assert(products->count > 0);  // number 0 is nobody's
    int rules = product_count(schedule);
    int32_t *rule_of = NEW(arena, int32_t, products->count + rules);
    Str *code_of = NEW(arena, Str, products->count + rules);
    int32_t *number_of = NEW(arena, int32_t, rules);
    Products all = {rule_of, code_of, number_of, products->count};
    for (int32_t n = 0; n < products->count; n++) {
        rule_of[n] = products->rule_of[n];
        code_of[n] = products->code_of[n];
    }
    for (int p = 0; p < rules; p++) {
        number_of[p] = products->number_of[p];
        if (number_of[p]) continue;
        rule_of[all.count] = p;
        code_of[all.count] = product_id(schedule, p);
        number_of[p] = all.count++;
    }
    *products = all;
}

static bool product_insert(Store *store, int32_t number, Str code, Error *err)
{
    assert(number > 0);
    assert(code.len > 0);
    Query *q = query_begin(store, product_insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, number);
    bind_text(q, 2, code);
    return query_run(q, err);
}

static const char product_known_sql[] = "SELECT product_no FROM product WHERE code = $1";

bool product_number_add(Store *store, Str code, Error *err)
{
    assert(code.len > 0);
    int32_t next;
    Query *q = query_begin(store, product_known_sql, err);
    if (!q) return false;
    bind_text(q, 1, code);
    bool known = query_next(q);
    if (!query_end(q, err)) return false;
    return known || (count_read(store, &next, err) && product_insert(store, next, code, err));
}

bool product_numbers_complete(Store *store, const Schedule *schedule, Arena *arena,
                              Products *products, Error *err)
{
    Products read;
    if (!product_numbers_read(store, schedule, arena, &read, err)) return false;
    int32_t next = read.count;
    for (int p = 0; p < product_count(schedule); p++) {
        if (read.number_of[p]) continue;
        if (!product_insert(store, next++, product_id(schedule, p), err)) return false;
    }
    return product_numbers_read(store, schedule, arena, products, err);
}
