// How far the register's sequence of numbers was followed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "store.h"

typedef struct RegisterCursor {
    Str epoch;  // {0}: never asked
    int64_t next_no;
    bool whole;  // nothing more lay behind it when it was asked last
} RegisterCursor;

MUST bool register_cursor_read(Store *store, Arena *arena, RegisterCursor *cursor, Error *err);
MUST bool register_cursor_keep(Store *store, const RegisterCursor *cursor, Instant now, Error *err);
