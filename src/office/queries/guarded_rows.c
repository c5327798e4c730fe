// SPDX-License-Identifier: Apache-2.0
#include "guarded_rows.h"

bool guarded_read(Store *store, const char *sql, Arena *arena, AddresseeNos *who, Error *err)
{
    bool good = true;
    Error closing = {0}, unread = {0};
    *who = (AddresseeNos){0};
    Query *q = sql ? query_begin(store, sql, err) : NULL;
    if (!q) return !sql;
    while (good && query_next(q)) good = addressee_no_parse(column_view(q, 0), addressee_nos_push(who, arena), NULL, &unread);
    if (!query_end(q, &closing)) return error_pass(err, &closing);
    return good || FAIL(err, E_STORE, .item = S("宛名番号"), .words = S("保存されている宛名番号が読めません。管理者に知らせてください。"));
}
