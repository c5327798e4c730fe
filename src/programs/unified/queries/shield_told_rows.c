// SPDX-License-Identifier: Apache-2.0
#include "shield_told_rows.h"

#include <assert.h>

static const char owed_sql[] = "SELECT person_id, unified_no, hidden FROM unified_person WHERE hidden <> shield_told"
                               " AND person_id > $1 ORDER BY person_id LIMIT $2";

bool shield_words_owed(Store *store, int64_t after, Arena *arena, ShieldWords *words, Error *err)
{
    assert(after >= 0);
    bool good = true;
    Error closing = {0};
    *words = (ShieldWords){0};
    Query *q = query_begin(store, owed_sql, err);
    if (!q) return false;
    bind_int64(q, 1, after);
    bind_int64(q, 2, SHIELD_WORDS_MOST);
    while (good && query_next(q)) {
        ShieldWord word = {.person_id = column_int64(q, 0), .is_protected = column_int64(q, 2) != 0};
        good = unified_no_parse(column_view(q, 1), &word.no, err);
        *shield_words_push(words, arena) = word;
    }
    return query_end(q, good ? err : &closing) && good;
}

static const char told_sql[] = "UPDATE unified_person SET shield_told = $2 WHERE person_id = $1";

bool shield_word_told(Store *store, const ShieldWord *word, Error *err)
{
    assert(word->person_id > 0);
    Query *q = query_begin(store, told_sql, err);
    if (!q) return false;
    bind_int64(q, 1, word->person_id);
    bind_int64(q, 2, word->is_protected);
    return query_run(q, err);
}
