// What an inquiry brought, kept under a key of its own: where the key is destroyed nothing opens it any more, here and in
// every backup (linkage.md 3.5; C-3.6-21).
//
// Key     a pair made for this one result. The data is sealed to its public half; the private half stands sealed beside it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "asking_rows.h"

MUST bool result_keep(Keys *keys, InquiryRow *row, Str data, Arena *arena, Error *err);
// {0} where nothing was kept, or its key is gone.
MUST bool result_read(Keys *keys, const InquiryRow *row, Arena *arena, Str *data, Error *err);
// A fresh seed from the system; wipe it.
MUST bool seed_made(Secret *seed, Error *err);
