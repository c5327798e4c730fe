// Room on disk for work in hand: a file in the data directory without a name. Nobody else can open it,
// and it is gone with the process. What stands in it is as private as the data beside it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdio.h>

#include "arena.h"
#include "errors.h"

// Open for writing and reading; closed with fclose. E_STORE_FULL, E_FILE_WRITE.
MUST bool nameless_file(Str data_dir, Arena scratch, FILE **file, Error *err);
// What went wrong with it, from errno.
bool nameless_failed(Error *err);
