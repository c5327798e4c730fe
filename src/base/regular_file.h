// A file by its name, where somebody may have laid something else: a pipe would wait for ever, a device never ends.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

#include <stdio.h>
#include <sys/types.h>

// open(2), never waiting and closed on exec. -1 with errno where there is none, and with EINVAL where it is no
// regular file.
int regular_file_open(const char *path, int flags, mode_t mode);
// For reading, by a name below `folder` ("keys/ledger.keys") of which no part may be a link. -1 likewise.
int regular_file_beneath(const char *folder, const char *name);
// The last part of a path.
Str file_name_of(Str path);
// For reading; NULL likewise.
FILE *regular_file_read(const char *path);
