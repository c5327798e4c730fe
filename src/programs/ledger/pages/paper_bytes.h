// A file of papers on its way out of a screen: with a reason, and under a record whose number is part of its name.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sha256.h"
#include "visit.h"

typedef struct PaperLeaving {
    Str name, reason;    // of the file; E_MISSING without a reason
    const Sha256 *hash;  // of what it holds
    int64_t rows;        // people in it
} PaperLeaving;

// `file`: open on it. Its record stands before a byte of it leaves.
MUST bool paper_leaves(Visit *visit, int file, const PaperLeaving *leaving, Error *err);
