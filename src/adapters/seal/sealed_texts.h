// Some texts of one row, sealed together.
//
// Errors  E_LIMIT: together they are longer than SEAL_MOST; E_KEY: they do not open, or are not that many.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "seal.h"

MUST bool texts_seal(Keys *keys, SealPlace place, const Str *texts, int count, Arena *arena, Bytes *sealed,
                     Error *err);
// `texts` has room for `count`; they live in `arena`.
MUST bool texts_open(Keys *keys, SealPlace place, Bytes sealed, Str *texts, int count, Arena *arena, Error *err);
// The same under a newer key.
MUST bool texts_reseal(Keys *keys, SealPlace place, Bytes sealed, Arena *arena, Bytes *again, Error *err);
