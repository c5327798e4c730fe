// 照会許可用照合リスト as the core keeps it: one version a file that was taken, the newest in force.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "allow_list.h"
#include "store.h"

VEC(NameRows, Str, body_names);

typedef struct NamedList {
    AllowList list;
    NameRows names;  // of `list.bodies`, in their order
} NamedList;

// The newest, current at `now`; version 0: none was taken yet.
MUST bool allow_list_read(Store *store, Instant now, Arena *arena, NamedList *named, Error *err);
// As its `list.version`. Inside a writing transaction.
MUST bool allow_list_add(Store *store, const NamedList *named, Str taken_by, Instant now, Error *err);
// What people call an organisation of the list; its code as people read it where it is on none.
Str organisation_name(const NamedList *named, const OrganisationCode *code, Arena *arena);
