// SPDX-License-Identifier: Apache-2.0
#include "inquiry_file_rows.h"

#include "given_number_rows.h"

static const char add_sql[] =
    "INSERT INTO inquiry_file (file_no, name, file_index, row_count, refused, reason, brought_by, brought_at, granted_by, granted_at)"
    " VALUES ($1, $2, $3, 0, 0, $4, $5, $6, $7, $8)";

bool inquiry_file_add(Store *store, InquiryFile *file, Str index, Error *err)
{
    if (!given_short_next(store, S("inquiry_file"), &file->file_no, err)) return false;
    Query *q = query_begin(store, add_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file->file_no);
    bind_text(q, 2, file->name);
    bind_text(q, 3, index);
    bind_text(q, 4, file->reason);
    bind_text(q, 5, file->brought_by);
    bind_instant(q, 6, file->brought_at);
    bind_text(q, 7, file->granted_by);
    bind_int64(q, 8, file->granted_at);
    return query_run(q, err);
}

static const char counted_sql[] = "UPDATE inquiry_file SET row_count = $2, refused = $3 WHERE file_no = $1";

bool inquiry_file_counted(Store *store, const InquiryFile *file, Error *err)
{
    Query *q = query_begin(store, counted_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file->file_no);
    bind_int64(q, 2, file->row_count);
    bind_int64(q, 3, file->refused);
    return query_run(q, err);
}

static const char granted_sql[] = "UPDATE inquiry_file SET granted_by = $2, granted_at = $3 WHERE file_no = $1";

bool inquiry_file_granted(Store *store, int64_t file_no, Str by, Instant at, Error *err)
{
    Query *q = query_begin(store, granted_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    bind_text(q, 2, by);
    bind_instant(q, 3, at);
    return query_run(q, err);
}

// ---- reading

#define FILES                                                                                                            \
    "SELECT f.file_no, f.name, f.row_count, f.refused, f.reason, f.brought_by, f.brought_at, f.granted_by, f.granted_at," \
    " (SELECT count(*) FROM inquiry i WHERE i.file_no = f.file_no),"                                                      \
    " (SELECT count(*) FROM inquiry i WHERE i.file_no = f.file_no AND i.sent_at IS NULL AND i.refusal IS NULL"            \
    "  AND i.settled_at IS NULL),"                                                                                        \
    " (SELECT count(*) FROM inquiry i WHERE i.file_no = f.file_no AND (i.refusal IS NOT NULL OR i.settled_at IS NOT NULL" \
    "  OR i.result <> 0)) FROM inquiry_file f"

static bool files_read(Query *q, Arena *arena, InquiryFiles *files, Error *err)
{
    *files = (InquiryFiles){0};
    while (query_next(q))
        *inquiry_files_push(files, arena) = (InquiryFile){.file_no = column_int64(q, 0),
                                                          .name = column_text(q, 1, arena),
                                                          .row_count = column_int64(q, 2),
                                                          .refused = column_int64(q, 3),
                                                          .reason = column_text(q, 4, arena),
                                                          .brought_by = column_text(q, 5, arena),
                                                          .brought_at = column_instant(q, 6),
                                                          .granted_by = column_text(q, 7, arena),
                                                          .granted_at = column_int64(q, 8),
                                                          .written = column_int64(q, 9),
                                                          .unsent = column_int64(q, 10),
                                                          .over = column_int64(q, 11)};
    return query_end(q, err);
}

static bool one_read(Query *q, Arena *arena, InquiryFile *file, Error *err)
{
    InquiryFiles files;
    *file = (InquiryFile){0};
    if (!files_read(q, arena, &files, err)) return false;
    if (files.count) *file = files.at[0];
    return true;
}

static const char of_index_sql[] = FILES " WHERE f.file_index = $1";

bool inquiry_file_of_index(Store *store, Str index, Arena *arena, InquiryFile *file, Error *err)
{
    Query *q = query_begin(store, of_index_sql, err);
    if (!q) return false;
    bind_text(q, 1, index);
    return one_read(q, arena, file, err);
}

static const char find_sql[] = FILES " WHERE f.file_no = $1";

bool inquiry_file_find(Store *store, int64_t file_no, Arena *arena, InquiryFile *file, Error *err)
{
    Query *q = query_begin(store, find_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    return one_read(q, arena, file, err);
}

static const char all_sql[] = FILES " ORDER BY f.file_no DESC";

bool inquiry_files_read(Store *store, Arena *arena, InquiryFiles *files, Error *err)
{
    Query *q = query_begin(store, all_sql, err);
    return q && files_read(q, arena, files, err);
}

static const char cities_sql[] = "SELECT municipality, count(*) FROM inquiry WHERE file_no = $1 AND settled_at IS NULL"
                                 " GROUP BY municipality ORDER BY municipality";

bool inquiry_file_cities(Store *store, int64_t file_no, Arena *arena, CitiesAsked *cities, Error *err)
{
    *cities = (CitiesAsked){0};
    Query *q = query_begin(store, cities_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    while (query_next(q)) *cities_asked_push(cities, arena) = (CityAsked){column_text(q, 0, arena), column_int64(q, 1)};
    return query_end(q, err);
}

static const char under_way_sql[] = "SELECT 1 FROM inquiry WHERE person_id = $1 AND municipality = $2 AND settled_at IS NULL"
                                    " AND refusal IS NULL LIMIT 1";

bool inquiry_under_way(Store *store, int32_t person_id, Str city, bool *under_way, Error *err)
{
    Query *q = query_begin(store, under_way_sql, err);
    if (!q) return false;
    bind_int64(q, 1, person_id);
    bind_text(q, 2, city);
    *under_way = query_next(q);
    return query_end(q, err);
}

static const char withdraw_sql[] = "UPDATE inquiry SET settled_at = $2, settled_by = $3, settled_how = $4"
                                   " WHERE file_no = $1 AND sent_at IS NULL AND refusal IS NULL AND settled_at IS NULL";

bool inquiry_file_withdraw(Store *store, int64_t file_no, Str by, Str how, Instant at, int64_t *count, Error *err)
{
    Query *q = query_begin(store, withdraw_sql, err);
    if (!q) return false;
    bind_int64(q, 1, file_no);
    bind_instant(q, 2, at);
    bind_text(q, 3, by);
    bind_text(q, 4, how);
    (void)query_next(q);
    *count = query_changed(q);
    return query_end(q, err);
}
