// SPDX-License-Identifier: Apache-2.0
#include "feed_files.h"

#include "bare_digests.h"

#define FILE_COLUMNS                                                                        \
    "file_no, name, sha256, full_copy, sequence, made_on, state, imported_by, imported_at," \
    " approved_by, approved_at, row_count, applied, unchanged, refused, vanished,"          \
    " imported_account, held_for, record_no"

static FeedFile file_of(Query *q, Arena *arena)
{
    return (FeedFile){
        .file_no = column_int64(q, 0),
        .name = column_text(q, 1, arena),
        .index = column_text(q, 2, arena),
        .full_copy = column_int64(q, 3) != 0,
        .sequence = (int32_t)column_int64(q, 4),
        .made_on = column_day(q, 5),
        .state = (FeedFileState)column_int64(q, 6),
        .imported_by = column_text(q, 7, arena),
        .imported_at = column_instant(q, 8),
        .approved_by = column_text(q, 9, arena),
        .approved_at = column_is_null(q, 10) ? 0 : column_instant(q, 10),
        .counts = {.rows = column_int64(q, 11),
                   .applied = column_int64(q, 12),
                   .unchanged = column_int64(q, 13),
                   .refused = column_int64(q, 14),
                   .vanished = column_int64(q, 15)},
        .imported_account = column_text(q, 16, arena),
        .held_for = column_text(q, 17, arena),
        .record_no = column_int64(q, 18),
    };
}

// ---- what an older version kept

bool feed_files_keyed(Store *store, const Keys *keys, Arena scratch, Error *err)
{
    static const BareDigests bare = {
        .next =
            "SELECT file_no, sha256 FROM feed_file WHERE length(sha256) = 64 ORDER BY file_no LIMIT 1",
        .set = "UPDATE feed_file SET sha256 = $2 WHERE file_no = $1",
    };
    return bare_digests_key(store, keys, &bare, scratch, err);
}

// ---- the files

static const char find_sql[] = "SELECT " FILE_COLUMNS " FROM feed_file"
                               " WHERE sha256 = $1 AND name = $2 ORDER BY file_no LIMIT 1";

bool feed_file_find(Store *store, Str index, Str name, Arena *arena, FeedFile *file, bool *found,
                    Error *err)
{
    bool there = false;
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_text(q, 1, index);
    bind_text(q, 2, name);
    if (query_next(q)) {
        *file = file_of(q, arena);
        there = true;
    }
    *found = there;
    return query_end(q, err);
}

static const char same_bytes_sql[] =
    "SELECT name FROM feed_file WHERE sha256 = $1 AND name <> $2 AND row_count > 0"
    " AND applied_no IS NOT NULL ORDER BY applied_no DESC LIMIT 1";

bool feed_file_same_bytes(Store *store, Str index, Str name, Arena *arena, Str *other, Error *err)
{
    *other = (Str){0};
    Query *q = query_begin(store, same_bytes_sql, err);
    if (!q) return false;
    bind_text(q, 1, index);
    bind_text(q, 2, name);
    if (query_next(q)) *other = column_text(q, 0, arena);
    return query_end(q, err);
}

static const char held_sql[] = "SELECT count(*) FROM feed_file"
                               " WHERE applied_no IS NULL AND file_no > $1 AND sequence = $2";

bool feed_file_held(Store *store, int64_t after_no, int sequence, bool *held, Error *err)
{
    *held = false;
    Query *q = query_begin(store, held_sql, err);
    if (!q) return false;
    bind_int64(q, 1, after_no);
    bind_int64(q, 2, sequence);
    if (query_next(q)) *held = column_int64(q, 0) > 0;
    return query_end(q, err);
}

static const char last_sql[] = "SELECT " FILE_COLUMNS " FROM feed_file"
                               " WHERE applied_no IS NOT NULL ORDER BY applied_no DESC LIMIT 1";

bool feed_file_last(Store *store, Arena *arena, FeedFile *file, bool *found, Error *err)
{
    bool there = false;
    Query *q = query_begin(store, last_sql, err);
    if (!q) return false;
    if (query_next(q)) {
        *file = file_of(q, arena);
        there = true;
    }
    *found = there;
    return query_end(q, err);
}

static const char newest_sql[] =
    "SELECT " FILE_COLUMNS " FROM feed_file ORDER BY file_no DESC LIMIT $1";

bool feed_files_newest(Store *store, int most, Arena *arena, FeedFileRows *files, Error *err)
{
    *files = (FeedFileRows){0};
    Query *q = query_begin(store, newest_sql, err);
    if (!q) return false;
    bind_int64(q, 1, most);
    while (query_next(q)) *feed_file_rows_push(files, arena) = file_of(q, arena);
    return query_end(q, err);
}

static const char counted_sql[] =
    "SELECT coalesce(sum(CASE WHEN state = 1 THEN 1 ELSE 0 END), 0),"
    " coalesce(sum(CASE WHEN state = 2 THEN 1 ELSE 0 END), 0) FROM feed_file";

bool feed_files_counted(Store *store, int64_t *applied, int64_t *held, Error *err)
{
    *applied = *held = 0;
    Query *q = query_begin(store, counted_sql, err);
    if (!q) return false;
    if (query_next(q)) {
        *applied = column_int64(q, 0);
        *held = column_int64(q, 1);
    }
    return query_end(q, err);
}

static const char next_no_sql[] = "SELECT coalesce(max(file_no), 0) + 1 FROM feed_file";

bool feed_file_next_no(Store *store, int64_t *file_no, Error *err)
{
    Query *q = query_begin(store, next_no_sql, err);
    if (!q) return false;
    if (query_next(q)) *file_no = column_int64(q, 0);
    return query_end(q, err);
}

static const char delete_sql[] = "DELETE FROM feed_file WHERE file_no = $1";

static const char insert_sql[] =
    "INSERT INTO feed_file (" FILE_COLUMNS ", applied_no) SELECT CAST($1 AS integer), $2, $3,"
    " CAST($4 AS integer), CAST($5 AS integer), CAST($6 AS integer), CAST($7 AS integer), $8,"
    " CAST($9 AS bigint), CAST($10 AS text), CAST($11 AS bigint), CAST($12 AS integer),"
    " CAST($13 AS integer), CAST($14 AS integer), CAST($15 AS integer), CAST($16 AS integer),"
    " CAST($17 AS text), CAST($18 AS text), CAST($19 AS bigint),"
    " CASE WHEN CAST($7 AS integer) = 1 THEN coalesce(max(applied_no), 0) + 1 END FROM feed_file";

// A held file that is let in changes its state: the one row here that is written twice.
bool feed_file_save(Store *store, const FeedFile *file, Error *err)
{
    Query *gone = query_begin(store, delete_sql, err);
    if (!gone) return false;
    bind_int64(gone, 1, file->file_no);
    if (!query_run(gone, err)) return false;

    Query *q = query_begin(store, insert_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file->file_no);
    bind_text(q, 2, file->name);
    bind_text(q, 3, file->index);
    bind_int64(q, 4, file->full_copy);
    bind_int64(q, 5, file->sequence);
    bind_day(q, 6, file->made_on);
    bind_int64(q, 7, file->state);
    bind_text(q, 8, file->imported_by);
    bind_instant(q, 9, file->imported_at);
    bind_text(q, 10, file->approved_by);
    if (file->approved_at)
        bind_instant(q, 11, file->approved_at);
    else
        bind_null(q, 11);
    bind_int64(q, 12, file->counts.rows);
    bind_int64(q, 13, file->counts.applied);
    bind_int64(q, 14, file->counts.unchanged);
    bind_int64(q, 15, file->counts.refused);
    bind_int64(q, 16, file->counts.vanished);
    bind_text(q, 17, file->imported_account);
    bind_text(q, 18, file->held_for);
    if (file->record_no)
        bind_int64(q, 19, file->record_no);
    else
        bind_null(q, 19);
    return query_run(q, err);
}

// What the row says of who imported and who approved must be what their records say, and the record of an
// applied file is the first one that says so of these bytes: a later look at it is nobody's import.
#define UNPROVEN                                                                                                  \
    " FROM feed_file f LEFT JOIN audit_leaf l ON l.leaf_no = f.record_no AND l.detail = f.name"                   \
    " AND l.result = f.state AND l.rows_seen = f.row_count AND l.at = coalesce(f.approved_at, f.imported_at)"     \
    " AND l.operator_name = coalesce(f.approved_by, f.imported_by)"                                               \
    " LEFT JOIN audit_leaf i ON i.at = f.imported_at AND i.detail = f.name AND i.rows_seen = f.row_count"         \
    " AND i.operator_name = f.imported_by AND (i.proven = f.imported_account"                                     \
    " OR substr(i.proven, 1, length(f.imported_account) + 1) = f.imported_account || ' '"                         \
    " OR (i.proven IS NULL AND f.imported_account IS NULL))"                                                      \
    " LEFT JOIN (SELECT detail, content, min(leaf_no) AS leaf_no FROM audit_leaf"                                 \
    " WHERE result = 1 AND content IS NOT NULL GROUP BY detail, content) a"                                       \
    " ON a.detail = l.detail AND a.content = l.content"                                                           \
    " WHERE (l.leaf_no IS NULL OR i.leaf_no IS NULL OR (f.state = 1 AND a.leaf_no <> l.leaf_no))"                 \
    " AND (f.record_no IS NOT NULL OR f.file_no NOT BETWEEN 1 AND"                                                \
    " (SELECT coalesce(max(u.rows_seen), 0) FROM audit_leaf u"                                                    \
    " WHERE u.command = 'records' AND u.purpose = 'office' AND u.result = 1))"

const char feed_files_last_sql[] = "SELECT coalesce(max(file_no), 0) FROM feed_file";
const char feed_files_owed_sql[] = "SELECT f.file_no" UNPROVEN " ORDER BY f.file_no LIMIT 1";

static const char unproven_sql[] = "SELECT f.name" UNPROVEN " AND f.file_no = $1";

bool feed_file_unproven(Store *store, int64_t file_no, Arena *arena, Str *name, Error *err)
{
    *name = (Str){0};
    Query *q = query_begin(store, unproven_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    if (query_next(q)) *name = column_text(q, 0, arena);
    return query_end(q, err);
}
