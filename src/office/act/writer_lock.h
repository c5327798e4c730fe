// One command at a time has a program's data to itself; who waits is told who works.
//
// The lock is the kernel's (flock on DIR/<program>.lock): it ends with the process, however that ends.
// What stands in the file is only for the words.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clock.h"
#include "errors.h"

typedef struct AtWork {
    Str operator_name, command;
    Instant since;
} AtWork;

// Waits up to `wait_seconds`. E_BUSY names operator, command and since when.
MUST bool writer_lock_take(const char *path, const AtWork *who, int wait_seconds, Arena *arena,
                           int *lock, Error *err);
// Who has it now, as E_BUSY; leaves `err` as it is when nobody does.
void writer_lock_words(const char *path, Arena *arena, Error *err);
void writer_lock_give(int lock);  // -1 is fine
