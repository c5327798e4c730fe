// Looks: records of what changed nothing (who looked, listed, was refused), in a turn of their own.
//
// They never wait for an import: their trail lies beside the rows (store_looks_url) and has a writing turn, a
// file of heads and keys of its own. Each record names the end of the other trail, so the two are one for
// audit_verify: neither can be cut alone.
// Turns   a record is durable when looks_append says true. Threads that wait together share one commit.
// Numbers shown above LOOKS_SHOWN_AFTER, so that no two records of a program are told by one number.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "audit.h"

#include <pthread.h>

#define LOOKS_SHOWN_AFTER INT64_C(1000000000)

typedef struct Looks {
    Store *store;  // whoever is at work has it
    Trail trail;
    pthread_mutex_t lock;
    pthread_cond_t settled;
    struct LookAsked *waiting;  // the newest first
    bool at_work;
} Looks;

// `trail`: that of changes, which must outlive this. Opens nothing: `store` comes later. Close it.
void looks_begin(Looks *looks, const Trail *trail, Str program, Arena *arena);
void looks_close(Looks *looks);  // one that did not begin is fine

// From any thread. `shown_no`: the number under which the record is told.
MUST bool looks_append(Looks *looks, const AuditLeaf *leaf, int64_t *shown_no, Error *err);
// A record that begins a new epoch (audit_append_anew), where nobody else is at work.
MUST bool looks_begin_anew(Looks *looks, const AuditLeaf *leaf, Error *err);
