// 照会許可用照合リスト as bytes: what the core signs in the domain ALLOW_LIST_DOMAIN and each server fetches (allow_list.h).
//
// Encoding canonical CBOR, see wire.h. Accepted is what is written again as the same bytes: organisations ascending and
//          none twice, classes and items that mean something, first days before last ones.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "allow_list.h"
#include "errors.h"

#define ALLOW_LIST_DOMAIN S("sesshu/allow-list/v1")

enum { ALLOW_BODIES_MOST = 8192, ALLOW_ROWS_MOST = 8192 };

Str allow_list_encode(const AllowList *list, Arena *arena);
// Rows live in `arena`.
MUST bool allow_list_decode(Str text, Arena *arena, AllowList *list, Error *err);
