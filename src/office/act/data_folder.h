// The folder in which an office lies belongs to one user of the machine and is closed to all others.
//
// Errors  E_FILE_OPEN with words. What others can reach is refused, not repaired: it may have been read
//         or changed already.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

// What in it is the office's own: nothing that is written for people goes there.
extern const char *const data_folder_own[];
extern const int data_folder_own_count;

// The folder and those inside that hold secrets or persons (keys, tls, errors), as far as they are there:
// 0700, owned by the effective user or by root.
MUST bool data_folder_check(Str folder, Arena scratch, Error *err);
// Whose it is; -1: it is not there.
int64_t data_folder_owner(Str folder, Arena scratch);
// Makes it, and the folders above it, each 0700. One that is there, ours and empty is closed to others.
MUST bool data_folder_make(Str folder, Arena scratch, Error *err);
