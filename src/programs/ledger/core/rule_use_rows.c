// SPDX-License-Identifier: Apache-2.0
#include "rule_use_rows.h"

#include <assert.h>

#include "vec.h"

static const char used_sql[] = "SELECT from_act, version, law_as_of FROM rule_use"
                               " WHERE from_act <= $1 ORDER BY from_act DESC LIMIT 1";

bool rule_used(Store *store, KnownAt known, Arena *arena, RuleUse *use, Error *err)
{
    *use = (RuleUse){.law_as_of = DAY_NONE};
    Query *q = query_begin(store, used_sql, err);
    if (!q) return false;
    bind_as_known(q, 1, known);
    if (query_next(q))
        *use = (RuleUse){(int32_t)column_int64(q, 0), column_text(q, 1, arena), column_day(q, 2)};
    return query_end(q, err);
}

// ---- texts

static const char texts_sql[] = "SELECT name, body FROM rule_text WHERE version = $1 ORDER BY name";

VEC(TextFiles, EmbeddedFile, text_files);

bool rule_texts_kept(Store *store, Str version, Arena *arena, RuleTexts *texts, Error *err)
{
    assert(version.len > 0);
    TextFiles files = {0};
    Query *q = query_begin(store, texts_sql, err);
    if (!q) return false;
    bind_text(q, 1, version);
    while (query_next(q))
        *text_files_push(&files, arena) =
            (EmbeddedFile){str_z(arena, column_view(q, 0)), column_text(q, 1, arena)};
    *texts = (RuleTexts){files.at, (int)files.count};
    return query_end(q, err);
}

static const char are_kept_sql[] = "SELECT count(*) FROM rule_text WHERE version = $1";
static const char keep_sql[] = "INSERT INTO rule_text (version, name, body) VALUES ($1, $2, $3)";

static bool are_kept(Store *store, Str version, bool *kept, Error *err)
{
    Query *q = query_begin(store, are_kept_sql, err);
    if (!q) return false;
    bind_text(q, 1, version);
    *kept = query_next(q) && column_int64(q, 0) > 0;
    return query_end(q, err);
}

static bool texts_keep(Store *store, Str version, const RuleTexts *texts, Error *err)
{
    bool kept;
    if (!are_kept(store, version, &kept, err)) return false;
    for (int i = 0; i < texts->count && !kept; i++) {
        Query *q = query_begin(store, keep_sql, err);
        if (!q) return false;
        bind_text(q, 1, version);
        bind_text(q, 2, str_of(texts->at[i].name));
        bind_text(q, 3, texts->at[i].text);
        if (!query_run(q, err)) return false;
    }
    return true;
}

// ---- an act

static const char insert_sql[] =
    "INSERT INTO rule_use (from_act, version, law_as_of) VALUES ($1, $2, $3)";

bool rule_use_note(Store *store, LedgerAct *act, const Schedule *schedule, const RuleTexts *texts,
                   Arena scratch, Error *err)
{
    assert(act->no > 0);
    assert(!act->rules);  // an act judges by one set of rules
    RuleUse last;
    Str version = schedule_version(schedule);
    if (!rule_used(store, KNOWN_NOW, &scratch, &last, err)) return false;
    if (!texts_keep(store, version, texts, err)) return false;
    bool same = last.from_act && str_equal(last.version, version);
    act->rules = same ? last.from_act : act->no;
    if (same) return true;
    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, act->no);
    bind_text(q, 2, version);
    bind_day(q, 3, schedule_law_as_of(schedule));
    return query_run(q, err);
}
