// All files of one kind in a folder, read whole: rule files, supporting data.
//
// Order   by name, so that the same folder gives the same answer everywhere.
// Limits  FOLDER_FILES_MAX files of FOLDER_FILE_BYTES_MAX bytes each; more is refused, not cut.
// Errors  E_FILE_OPEN, E_FILE_READ with the path; E_LIMIT.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "embedded.h"
#include "errors.h"

enum { FOLDER_FILES_MAX = 256, FOLDER_FILE_BYTES_MAX = 16 << 20 };

typedef struct FolderTexts {
    EmbeddedFile *at;
    int count;  // 0: the folder holds no such file
} FolderTexts;

// Files of `folder` whose name ends in `suffix` (".json"). Names and texts live in `arena`.
MUST bool folder_texts(const char *folder, Str suffix, Arena *arena, FolderTexts *texts,
                       Error *err);
// One file by itself; where there is none, its name is NULL.
MUST bool file_text_if_any(const char *path, Arena *arena, EmbeddedFile *file, Error *err);
