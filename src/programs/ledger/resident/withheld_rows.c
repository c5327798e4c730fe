// SPDX-License-Identifier: Apache-2.0
#include "withheld_rows.h"

#include <assert.h>

#define ERASED(column, empty) {#column, "UPDATE resident_version SET " #column " = " empty " WHERE " #column " IS NOT NULL"}

// Keys of matching are made anew with every version that is told anew (resident_keys.h).
static const struct {
    const char *item, *sql;
} erased[] = {
    ERASED(name_roman, "NULL"),
    ERASED(alias, "NULL"),
    ERASED(alias_kana, "NULL"),
    ERASED(printed_name, "0"),
    ERASED(relationship, "NULL"),
    ERASED(postal_code, "NULL"),
    ERASED(town, "NULL"),
    ERASED(lot, "NULL"),
    ERASED(branch, "NULL"),
    ERASED(sub_branch, "NULL"),
    ERASED(building, "NULL"),
    ERASED(phone, "NULL"),
    ERASED(from_address, "NULL"),
    ERASED(from_building, "NULL"),
    ERASED(from_municipality, "NULL"),
    ERASED(to_address, "NULL"),
    ERASED(to_building, "NULL"),
    ERASED(to_municipality, "NULL"),
    {"mailings", "DELETE FROM mailing_address"},
};

static bool erase(Store *store, const char *sql, Error *err)
{
    Query *q = query_begin(store, sql, err);
    return q && query_run(q, err);
}

bool withheld_erase(Store *store, ToldItems items, Error *err)
{
    for (ptrdiff_t i = 0; i < countof(erased); i++) {
        int item = 0;
        bool known = told_item_named(str_of(erased[i].item), &item);
        assert(known);
        if (!(items & TOLD(item))) continue;
        if (!erase(store, erased[i].sql, err)) return false;
        items &= ~TOLD(item);
    }
    assert(!items);
    return true;
}
