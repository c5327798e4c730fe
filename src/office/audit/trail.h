// Where the audit trail of a program ends, kept outside the database, and the keys that move forward.
//
// Head    DIR/<program>.trail: a line for each commit that recorded something: number of the last record,
//         its chain, the epoch, an HMAC. Only ever appended to, and synced, after the commit. A database
//         that is ahead of it (the machine stopped between the two) is caught up once its chain is proven;
//         one that is behind it, or says otherwise, has lost records: audit_verify names that, for ever.
// Epochs  Every day in Japan has an Ed25519 key (epoch_key.h), and an office that was brought back from a copy begins
//         with one of its own. The first record of a day begins its epoch:
//         a row with the new public key and the head of the day before, signed by the key of the day
//         before, whose private half is then wiped. Who takes all keys today can still rewrite today; of
//         yesterday he can sign nothing. Verifying needs public keys only.
// Threads one Trail may be used by several, each with a store of its own.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "audit_rows.h"
#include "epoch_key.h"
#include "seal.h"
#include "tally_rows.h"

typedef struct Trail {
    Keys *keys;
    EpochKeys epochs;
    const char *head_path;
    const char *words;          // "証跡"
    const struct Trail *other;  // whose end its records name; NULL: there is one trail alone
    int64_t shown_after;        // added to a number that is shown: no two records of a program share one
    const Tallies *tallies;  // of the program; NULL: its records count no rows
} Trail;

Trail trail_of(Keys *keys, Str data_dir, Str program, Arena *arena);

// Makes the file of heads where an office is founded, or brings one up that had none. Before the first record.
MUST bool trail_found(const Trail *trail, Error *err);

// Do its files know of epochs? Then a database that knows none has lost them: it is of no earlier version.
bool trail_knows_epochs(const Trail *trail, Arena scratch);

// Inside the writing transaction, before a record of that instant: begins a new epoch where a new day has
// begun.
MUST bool trail_epoch(const Trail *trail, Store *store, const AuditHead *head, Instant at,
                      Arena scratch, Error *err);
// The same on a day whose epoch has begun: the key of before may be known elsewhere (in a copy), and ends with the
// next record.
MUST bool trail_epoch_anew(const Trail *trail, Store *store, const AuditHead *head, Instant at,
                           Arena scratch, Error *err);
// Inside the writing transaction, after a record: the head goes to the file when it is committed.
MUST bool trail_moved(const Trail *trail, Store *store, const AuditHead *head, Arena scratch,
                      Error *err);

// One line of the file.
typedef struct TrailHead {
    AuditHead head;
    int64_t epoch_no;
} TrailHead;
VEC(TrailHeads, TrailHead, trail_heads);

// A line of the file; false where it is not ours.
bool trail_line_read(const Trail *trail, Str line, Arena scratch, TrailHead *head);

// All heads, in order. `there` false: there is no file. `forged`: a line is not ours; the first such line
// ends the reading.
MUST bool trail_heads_read(const Trail *trail, Arena *arena, TrailHeads *heads, bool *there,
                           bool *forged, Error *err);
// The last line; zero where there is none yet. False: there is no file, or the line is not ours.
bool trail_head_last(const Trail *trail, TrailHead *head);
void trail_head_append(const Trail *trail, const TrailHead *head);

// Does this epoch follow that one? `before` NULL: it is the first.
bool trail_epoch_follows(const Trail *trail, const AuditEpoch *epoch, const AuditEpoch *before,
                         Arena scratch);
