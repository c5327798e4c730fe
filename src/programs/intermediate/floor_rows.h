// A table of nothing but bytes, in a file of its own: what committing costs when nothing is decided.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

// Makes the file where it is missing. Close it.
MUST bool floor_open(Str folder, Arena *arena, Store **store, Error *err);
// `rows` rows of `row` in one durable commit.
MUST bool floor_commit(Store *store, Bytes row, int rows, Error *err);
