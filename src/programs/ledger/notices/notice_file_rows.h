// The files of a batch of notices: announced before they are drawn, hashed with the batch, then named.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sha256.h"
#include "store.h"
#include "vec.h"

typedef enum NoticeFileFate {
    NOTICE_FILE_WAITS,
    NOTICE_FILE_NAMED,
    NOTICE_FILE_LOST
} NoticeFileFate;

typedef struct NoticeFile {
    const char *draft, *path;
    int32_t run_no;
    int32_t act_no;  // of the batch that is committed; 0: it is not
    bool committed;  // the file is; `hash` is what it must hold
    Sha256 hash;
} NoticeFile;
VEC(NoticeFiles, NoticeFile, notice_files);

MUST bool notice_file_announce(Store *store, int32_t run_no, const NoticeFile *file, Error *err);
MUST bool notice_file_commit(Store *store, const NoticeFile *file, Error *err);
// All that have neither their name nor been lost.
MUST bool notice_files_waiting(Store *store, Arena *arena, NoticeFiles *files, Error *err);
MUST bool notice_file_fate(Store *store, const NoticeFile *file, NoticeFileFate fate, Error *err);
MUST bool notice_file_forget(Store *store, const NoticeFile *file, Error *err);
