// How far the register has come: one line that the addressee program leaves in the data directory, so that
// whoever prints from the ledger's copy knows of changes that the copy lacks, though nobody answers.
//
// Not secret: an epoch and a number (difference.h). Programs on two machines do without it; there the ledger
// asks by message.
// Order    written inside the transaction that makes the changes, before its commit: what is killed between
//          has announced changes that never came, and the next answer to the ledger takes that back.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "str.h"

#define NEWEST_CHANGE_FILE "addressee.newest"  // in the data directory

enum { NEWEST_CHANGE_BYTES = 64 };  // the most that the file holds

typedef struct NewestChange {
    Str epoch;
    int64_t change_no;
} NewestChange;

Str newest_change_text(const NewestChange *newest, Arena *arena);
// False for what newest_change_text does not write. The epoch points into `text`.
bool newest_change_parse(Str text, NewestChange *newest);
