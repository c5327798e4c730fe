// SPDX-License-Identifier: Apache-2.0
#include "notice_paper_rows.h"

#include <assert.h>

#include "rare_character.h"

static const char count_sql[] =
    "SELECT count(*), (SELECT count(*) FROM person p WHERE p.protected <> 0 AND EXISTS"
    " (SELECT 1 FROM print_page h WHERE h.person_id = p.person_id AND h.run_no = $1))"
    " FROM print_page WHERE run_no = $1";

bool paper_count(Store *store, int32_t run_no, PaperCount *count, Error *err)
{
    assert(run_no > 0);
    Query *q = query_begin(store, count_sql, err);
    if (!q) return false;
    bind_int64(q, 1, run_no);
    *count = (PaperCount){0};
    while (query_next(q)) *count = (PaperCount){column_int64(q, 0), column_int64(q, 1)};
    return query_end(q, err);
}

static const char nth_sql[] =
    "SELECT p.addressee_no, p.protected, g.sequence, g.page_no, g.page_count, g.paper"
    " FROM print_page g JOIN person p ON p.person_id = g.person_id WHERE g.run_no = $1"
    " ORDER BY g.sequence, g.page_no LIMIT 1 OFFSET $2";

bool paper_nth(Store *store, int32_t run_no, int64_t nth, Arena *arena, PaperRow *row, bool *found,
               Error *err)
{
    assert(run_no > 0);
    Query *q = query_begin(store, nth_sql, err);
    if (!q) return false;
    bind_int64(q, 1, run_no);
    bind_int64(q, 2, nth - 1);
    *found = false;
    while (query_next(q)) {
        Error unread;
        *row = (PaperRow){.is_protected = column_int64(q, 1) != 0,
                          .sequence = (int32_t)column_int64(q, 2),
                          .page = (int32_t)column_int64(q, 3),
                          .pages = (int32_t)column_int64(q, 4),
                          .paper = column_text(q, 5, arena)};
        *found = addressee_no_parse(column_view(q, 0), &row->who, NULL, &unread);
    }
    return query_end(q, err);
}

static const char first_sql[] =
    "SELECT CASE WHEN m.first IS NULL THEN 0 ELSE 1 + (SELECT count(*) FROM print_page g"
    "  WHERE g.run_no = $1 AND g.sequence < m.first) END"
    " FROM (SELECT min(sequence) AS first FROM print_page WHERE person_id = $2 AND run_no = $1) m";

bool paper_first_of(Store *store, int32_t run_no, int32_t person_id, int64_t *nth, Error *err)
{
    assert(run_no > 0);
    assert(person_id > 0);
    Query *q = query_begin(store, first_sql, err);
    if (!q) return false;
    bind_int64(q, 1, run_no);
    bind_int64(q, 2, person_id);
    *nth = 0;
    while (query_next(q)) *nth = column_int64(q, 0);
    return query_end(q, err);
}

static const char names_sql[] = "SELECT p.name FROM print_page g JOIN person p ON p.person_id = g.person_id"
                                " WHERE g.run_no = $1 ORDER BY g.sequence, g.page_no";

bool paper_first_rare(Store *store, int32_t run_no, int64_t *nth, Error *err)
{
    Query *q = query_begin(store, names_sql, err);
    if (!q) return false;
    bind_int64(q, 1, run_no);
    int64_t at = 0;
    *nth = 0;
    while (!*nth && query_next(q)) {
        at++;
        if (character_rare(column_view(q, 0))) *nth = at;
    }
    return query_end(q, err);
}

static const char files_sql[] =
    "SELECT draft, path, sha256 FROM notice_file"
    " WHERE run_no = $1 AND fate = 1 AND sha256 IS NOT NULL ORDER BY path, draft";

bool paper_files_there(Store *store, int32_t run_no, Arena *arena, NoticeFiles *files, Error *err)
{
    assert(run_no > 0);
    Query *q = query_begin(store, files_sql, err);
    if (!q) return false;
    bind_int64(q, 1, run_no);
    *files = (NoticeFiles){0};
    while (query_next(q))
        *notice_files_push(files, arena) = (NoticeFile){.draft = str_z(arena, column_text(q, 0, arena)),
                                                        .path = str_z(arena, column_text(q, 1, arena)),
                                                        .run_no = run_no,
                                                        .committed = true,
                                                        .hash = sha256_of_hex(column_view(q, 2))};
    return query_end(q, err);
}
