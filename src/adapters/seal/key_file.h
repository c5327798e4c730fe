// Small files that hold keys and what is believed by them: ours alone, never half written.
//
// Writers one at a time for key_file_replace and key_folder_swept: their callers hold a lock.
// Errors  E_KEY. What others can read or own is refused, not repaired: it may have been read already.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "secret.h"

enum { KEY_LIST_MOST = 1 << 20 };  // bytes: some 12,000 lines of pins.h

// The folder for keys in `data_dir`, mode 0700, made when missing.
MUST bool key_folder_made(const char *folder, Error *err);
// `found` is false (and the answer true) when there is no such file.
MUST bool key_file_read(const char *path, Secret *content, bool *found, Error *err);
// A list of what is believed, no secret: as long as KEY_LIST_MOST, and ours alone like the others. {0}: there is none.
MUST bool key_list_read(const char *path, Arena *arena, Str *text, Error *err);
// Makes the file unless it is there already: then the one that is there stays, and wins.
MUST bool key_file_make(const char *path, Bytes content, Error *err);
// Puts new content in its place, whole or not at all.
MUST bool key_file_replace(const char *path, Bytes content, Error *err);
// Removes what a process left that died while it wrote: another copy of a key.
MUST bool key_folder_swept(const char *folder, Error *err);
