// Feed files that were taken or are held.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "csv.h"
#include "store.h"
#include "vec.h"

typedef enum FeedFileState { FEED_APPLIED = 1, FEED_HELD = 2 } FeedFileState;

typedef struct FeedCounts {
    int64_t rows, applied, unchanged, refused, vanished;
} FeedCounts;

typedef struct FeedFile {
    int64_t file_no;
    Str name;
    Str index;  // of its bytes, keyed (csv_index)
    bool full_copy;
    int32_t sequence;
    Day made_on;
    FeedFileState state;
    Str imported_by, approved_by;  // {0}: nobody had to approve it
    Str imported_account;          // what was proven of the importer; {0}: of before it was kept
    int64_t record_no;             // of what it is now; 0: of before it was kept
    Instant imported_at, approved_at;
    FeedCounts counts;
    Str held_for;  // what the guard saw, a line a kind; {0}: never held, or only for who vanished
} FeedFile;
VEC(FeedFileRows, FeedFile, feed_file_rows);

// Files that an older version took are known by a bare SHA-256, which gives away what a small file holds
// to whoever tries all Individual Numbers. Each is keyed, and the bare one is gone. In a transaction of its
// own; the caller rolls back what stays open.
MUST bool feed_files_keyed(Store *store, const Keys *keys, Arena scratch, Error *err);

// By name and bytes: the same bytes under another name are a new file. `found` false when it never came.
MUST bool feed_file_find(Store *store, Str index, Str name, Arena *arena, FeedFile *file,
                         bool *found, Error *err);
// The name of the last applied file of other name and these bytes; {0}: none. Of a day without events the
// bytes are those of every such day: such files are passed over.
MUST bool feed_file_same_bytes(Store *store, Str index, Str name, Arena *arena, Str *other,
                               Error *err);
// Is a file of this number held that came after the file `after_no`?
MUST bool feed_file_held(Store *store, int64_t after_no, int sequence, bool *held, Error *err);
// The one applied last.
MUST bool feed_file_last(Store *store, Arena *arena, FeedFile *file, bool *found, Error *err);
// The newest first; and how many there are of each state.
MUST bool feed_files_newest(Store *store, int most, Arena *arena, FeedFileRows *files, Error *err);
MUST bool feed_files_counted(Store *store, int64_t *applied, int64_t *held, Error *err);
MUST bool feed_file_next_no(Store *store, int64_t *file_no, Error *err);
// Writes what is known now; a held file that is applied later is written again under its number.
MUST bool feed_file_save(Store *store, const FeedFile *file, Error *err);

// Is the row of this file what the trail says of it? `name` is then {0}, else the file's: somebody changed who
// imported or approved it.
MUST bool feed_file_unproven(Store *store, int64_t file_no, Arena *arena, Str *name, Error *err);

// Files that have no record, or another, and how many there are (OfficeProgram.owed).
extern const char feed_files_owed_sql[], feed_files_last_sql[];
