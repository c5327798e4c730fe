// SPDX-License-Identifier: Apache-2.0
#include "notice_file_rows.h"

#include <assert.h>

static const char announce_sql[] =
    "INSERT INTO notice_file (draft, path, run_no, fate) VALUES ($1, $2, $3, 0)";

bool notice_file_announce(Store *store, int32_t run_no, const NoticeFile *file, Error *err)
{
    assert(run_no > 0);
    assert(*file->draft && *file->path);
    Query *q = query_begin(store, announce_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(file->draft));
    bind_text(q, 2, str_of(file->path));
    bind_int64(q, 3, run_no);
    return query_run(q, err);
}

static const char commit_sql[] = "UPDATE notice_file SET sha256 = $1 WHERE draft = $2";

bool notice_file_commit(Store *store, const NoticeFile *file, Error *err)
{
    assert(*file->draft);
    char text[SHA256_TEXT_SIZE];
    Query *q = query_begin(store, commit_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(sha256_text(&file->hash, text)));
    bind_text(q, 2, str_of(file->draft));
    return query_run(q, err);
}

static const char waiting_sql[] =
    "SELECT f.draft, f.path, f.sha256, f.run_no, r.act_no FROM notice_file f"
    " LEFT JOIN notice_run r ON r.run_no = f.run_no WHERE f.fate = 0 ORDER BY f.run_no, f.draft";

bool notice_files_waiting(Store *store, Arena *arena, NoticeFiles *files, Error *err)
{
    *files = (NoticeFiles){0};
    Query *q = query_begin(store, waiting_sql, err);
    if (!q) return false;
    while (query_next(q)) {
        Str hash = column_text(q, 2, arena);
        NoticeFile *file = notice_files_push(files, arena);
        *file = (NoticeFile){.draft = str_z(arena, column_text(q, 0, arena)),
                             .path = str_z(arena, column_text(q, 1, arena)),
                             .run_no = (int32_t)column_int64(q, 3),
                             .act_no = (int32_t)column_int64(q, 4),
                             .committed = hash.len > 0};
        if (file->committed) file->hash = sha256_of_hex(hash);
    }
    return query_end(q, err);
}

static const char fate_sql[] = "UPDATE notice_file SET fate = $1 WHERE draft = $2";

bool notice_file_fate(Store *store, const NoticeFile *file, NoticeFileFate fate, Error *err)
{
    assert(fate <= NOTICE_FILE_LOST);
    Query *q = query_begin(store, fate_sql, err);
    if (!q) return false;
    bind_int64(q, 1, fate);
    bind_text(q, 2, str_of(file->draft));
    return query_run(q, err);
}

static const char forget_sql[] = "DELETE FROM notice_file WHERE draft = $1";

bool notice_file_forget(Store *store, const NoticeFile *file, Error *err)
{
    Query *q = query_begin(store, forget_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_of(file->draft));
    return query_run(q, err);
}
