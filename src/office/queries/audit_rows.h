// Rows of the audit trail, as they lie in the table. What they mean and prove is audit.h's business.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "sha256.h"
#include "store.h"
#include "vec.h"

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
    Bytes tallies;  // hash of the tallies taken with it (tally.h)
    int64_t other_no;  // how far the other trail had come (looks.h); 0: it had no record
    Bytes other_chain;
} StoredLeaf;

// A day of the trail and its key (trail.h).
typedef struct AuditEpoch {
    int64_t epoch_no;  // 0: none yet
    Day begins_on;
    Bytes public_key;
    int64_t after_leaf;
    Bytes after_chain, signature;
} AuditEpoch;
VEC(AuditEpochs, AuditEpoch, audit_epochs);

// Rows only come (db/office): on PostgreSQL the administrator keeps these tables.
extern const KeptTables audit_tables, looks_tables;

MUST bool audit_head_read(Store *store, AuditHead *head, Error *err);  // of the last leaf
MUST bool audit_epoch_last(Store *store, Arena *arena, AuditEpoch *epoch, Error *err);
// The number of the epoch that leaf is of; 0: of before there were any.
MUST bool audit_epoch_of(Store *store, int64_t leaf_no, int64_t *epoch_no, Error *err);
MUST bool audit_epochs_read(Store *store, Arena *arena, AuditEpochs *epochs, Error *err);
MUST bool audit_epoch_write(Store *store, const AuditEpoch *epoch, Error *err);
MUST bool audit_leaf_write(Store *store, const StoredLeaf *leaf, Error *err);

typedef struct AuditSaid {
    AuditHead head;
} AuditSaid;
VEC(AuditSaids, AuditSaid, audit_saids);
// What the leaves say of the other trail: its heads, in order, each once.
MUST bool audit_said_of_other(Store *store, Arena *arena, AuditSaids *said, Error *err);

// Walks over the leaves: all in order, those from one number to before another, the next few hundred, one person's in
// order, the last ones newest first.
Query *audit_walk_all(Store *store, Error *err);
Query *audit_walk_between(Store *store, int64_t first, int64_t before, Error *err);
MUST bool audit_leaf_time(Store *store, int64_t leaf_no, Instant *at, Error *err);  // 0 where there is none
Query *audit_walk_after(Store *store, int64_t leaf_no, Error *err);
// `sign`: how those who were shown on a list stand behind its detail, each behind AUDIT_SHOWN_MARK, and in the index of
// such signs.
#define AUDIT_SHOWN_MARK " ~"
VEC(ShownSigns, Str, shown_signs);
MUST bool audit_shown_write(Store *store, int64_t leaf_no, const ShownSigns *signs, Error *err);
Query *audit_shown_walk(Store *store, Error *err);  // number of the leaf and sign, in order of both
Query *audit_walk_person(Store *store, Bytes whose_index, Str sign, Error *err);
Query *audit_find_content(Store *store, Bytes content, Error *err);
Query *audit_walk_last(Store *store, int most, Error *err);
// The row that query_next reached; texts in `arena`.
StoredLeaf audit_leaf_here(Query *q, Arena *arena);
