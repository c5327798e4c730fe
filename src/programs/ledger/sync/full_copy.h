// Is a full copy of the register what it should be, before anything of it is taken?
//
// A register whose database was lost and made anew, or put back from an old copy, tells nobody or few; the ledger
// would go on with people who are nowhere registered, and print letters to them. So the whole copy is read once and
// compared with who lives here, and where more of them are missing than a full feed may leave out (full_copy_held)
// it is refused: nothing is stored, and the register's own copy is to be put back.
// Memory  the numbers of everybody who is told.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "difference.h"
#include "http_client.h"
#include "sync_cursor_rows.h"

// One page of what changed behind the cursor.
MUST bool difference_asked(HttpClient *client, const SyncCursor *cursor, Arena *arena,
                           DifferenceAnswer *answer, Error *err);
// E_CONFLICT: too many of those who live here are not in it. No transaction may be open.
MUST bool full_copy_weighed(HttpClient *client, Store *store, Error *err);
