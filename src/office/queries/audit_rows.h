// Rows of the audit trail, as they lie in the table. What they mean and prove is audit.h's business.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sha256.h"
#include "store.h"

typedef struct AuditHead {
    int64_t leaf_no;  // of the last leaf; 0 none yet
    Sha256 chain;     // zero before the first leaf
} AuditHead;

typedef struct StoredLeaf {
    int64_t leaf_no;
    Instant at;
    Day business_day;
    Str operator_name, proven, terminal, program, purpose, command, detail;
    int64_t act, result, rows, taken, refused;
    Bytes whose_index, content, leaf_hash, chain;
} StoredLeaf;

MUST bool audit_head_read(Store *store, AuditHead *head, Error *err);
MUST bool audit_head_move(Store *store, const AuditHead *head, Error *err);
MUST bool audit_leaf_write(Store *store, const StoredLeaf *leaf, Error *err);

// Three walks over the leaves: all in order, one person's in order, the last ones newest first.
Query *audit_walk_all(Store *store, Error *err);
Query *audit_walk_person(Store *store, Bytes whose_index, Error *err);
Query *audit_walk_last(Store *store, int most, Error *err);
// The row that query_next reached; texts in `arena`.
StoredLeaf audit_leaf_here(Query *q, Arena *arena);
