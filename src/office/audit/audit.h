// The audit trail: one leaf for one act, in the transaction of the act. If the leaf cannot be written,
// the act fails.
//
// Law     番号法 安全管理措置 (記録); controls C-3.3-11, C-3.4-02, C-3.4-03, C-2.3-11: who, which work, when, why
//         are never empty (asserted here, NOT NULL in the table).
// Proof   A leaf's columns are encoded in one way only (deterministic CBOR); its hash is that of a leaf
//         in RFC 6962, SHA-256(0x00 ‖ leaf), so that a Merkle log can stand on the same leaves. The
//         leaves are chained: chain_n = HMAC-SHA-256(K_audit, chain_(n-1) ‖ leaf hash); rewriting
//         needs the program's key, and of a day that is over it needs that day's key, which is wiped.
//         Where the trail ends stands outside the database too (trail.h). The table refuses UPDATE and
//         DELETE.
// Privacy The person stands there as a keyed index of the 宛名番号, so that the trail can be handed to an
//         auditor; audit_of_person finds a person's leaves with the key. Whoever was shown on a list stands in its one
//         leaf, behind the detail, as a sign of 64 bits of the same index: found by the key too, told to nobody. An Individual Number in a text
//         is masked before it is written, and the operator's log says that it happened.
// Acts    One act, one leaf: an import, a list, a batch is one act, with the hash of the file or list.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clock.h"
#include "trail.h"

struct AddresseeNo;

#define AUDIT_ACTS(X)                                                      \
    X(LOOK, "look")       /* 閲覧 */                                     \
    X(CHANGE, "change")   /* 入力・訂正・取消、設定の変更 */ \
    X(PRINT, "print")     /* 印刷 */                                     \
    X(EXPORT, "export")   /* 出力: 一覧、ファイル */              \
    X(INQUIRY, "inquiry") /* 照会と提供 */                            \
    X(IMPORT, "import")   /* 取込 */                                     \
    X(REFUSAL, "refusal") /* 権限がなく断ったもの */ \
    X(SIGN_IN, "signin")  /* サインイン、ロック、サインアウト */

typedef enum AuditAct {
    AUDIT_NONE,
#define X(name, text) AUDIT_##name,
    AUDIT_ACTS(X)
#undef X
        AUDIT_ACT_COUNT
} AuditAct;

typedef enum AuditResult { AUDIT_DONE = 1, AUDIT_HELD, AUDIT_REFUSED, AUDIT_FAILED } AuditResult;

enum { AUDIT_SHOWN_MOST = 200 };

// What is not known stays zero; what must be known is marked.
typedef struct AuditLeaf {
    Instant at;         // must: when the act began
    Day business_day;   // must
    Str operator_name;  // must: in whose name
    Str proven;         // who was proven to act: "uid:1000 staff:3 花子", "role:ledger"
    Str terminal;       // machine or browser; {0}: this machine's command line
    Str program;        // must: "ledger"
    AuditAct act;       // must
    Str purpose;        // must: why; the programme of the rights table, "immunization"
    Str command;        // must: the command or route with what was asked for
    const struct AddresseeNo *whose;  // NULL: nobody's in particular
    const Sha256 *person;  // instead of `whose`, where people have no 宛名番号: a keyed index of the program's; NULL: none
    const struct AddresseeNo *shown;  // of a look at a list: who stood on it, AUDIT_SHOWN_MOST at most (asserted)
    int shown_count;
    AuditResult result;               // must
    int64_t rows, taken, refused;     // of a file, list or batch
    const Sha256 *content;            // of the file or list; NULL: none
    Str detail;                       // what else an auditor needs: file name, job, error code
} AuditLeaf;

// Appends inside the open writing transaction. `leaf_no` may be NULL.
MUST bool audit_append(Store *store, const Trail *trail, const AuditLeaf *leaf, int64_t *leaf_no,
                       Error *err);
// The same as the first record of a new epoch (trail.h): whoever knows today's key signs nothing from here on.
MUST bool audit_append_anew(Store *store, const Trail *trail, const AuditLeaf *leaf, int64_t *leaf_no,
                            Error *err);
// At the beginning of a writing transaction: where rows stand that no record has counted (tally.h), somebody
// wrote them behind the doors. They are counted now, with `leaf`, which says so for ever: audit_verify names it.
MUST bool audit_strangers(Store *store, const Trail *trail, const AuditLeaf *leaf, Error *err);
// The number that the next record of this transaction will have: for rows that name their record.
MUST bool audit_next_no(Store *store, int64_t *leaf_no, Error *err);

// Brings the file of heads up to a database that is ahead of it: the machine stopped between the two.
// Says nothing where it is behind, or says otherwise: that is for audit_verify to name.
MUST bool audit_catch_up(Store *store, const Trail *trail, Error *err);

// Rows of a program that name the record of what made them: audit_verify looks for the one without.
typedef struct AuditOwed {
    const char *words;  // "接種台帳の登録"
    // Gives one bigint: the first row that has no record of its instant, or none at all.
    const char *sql;
} AuditOwed;

typedef struct AuditVerdict {
    bool whole;            // nothing is wrong
    int64_t leaves;        // that stand
    int64_t first_broken;  // number of the first leaf that is not what was written; 0: all stand
    Sha256 chain;          // of the last leaf that stands: print it, compare it later
    Str words;             // what is wrong, for people; {0}: nothing; in `arena`
} AuditVerdict;

// Walks the trail in one picture, and what must agree with it: heads, epochs, rows that owe a record.
// False only when it could not be walked.
// `other`: the store of the other trail (looks.h), whose records say how long this one was; NULL: there is none.
MUST bool audit_verify(Store *store, const Trail *trail, Store *other, const AuditOwed *owed,
                       int owed_count, Arena *arena, AuditVerdict *verdict, Error *err);
// Does the trail bear out what others saw of it (witness.h)? `trouble`: {0}, or words.
MUST bool audit_bears_out(Store *store, const Trail *trail, const AuditSaids *said, Arena *arena,
                          Str *trouble, Error *err);

typedef struct AuditRow {
    int64_t leaf_no;
    Instant at;
    Day business_day;
    Str operator_name, proven, terminal, program, purpose, command, detail;
    AuditAct act;
    AuditResult result;
    int64_t rows, taken, refused;
    Bytes whose_index, content;
} AuditRow;
VEC(AuditRows, AuditRow, audit_rows);

// Under which a person stands in the trail.
Sha256 audit_person_index(const Keys *keys, const struct AddresseeNo *who);
// What was done about one person, oldest first.
MUST bool audit_of_person(Store *store, const Keys *keys, const struct AddresseeNo *who,
                          Arena *arena, AuditRows *rows, Error *err);
typedef struct AuditSide {
    Store *store;
    const Trail *trail;
} AuditSide;
// Every leaf of both trails (changes and looks), or those about `whose`, oldest first, to `row`; its texts live
// until it returns. Both stores have a transaction open.
MUST bool audit_read(const AuditSide sides[2], const struct AddresseeNo *whose,
                     void (*row)(void *context, const AuditRow *row, Arena scratch), void *context,
                     Error *err);
// The leaves of both trails from one instant to another, both included. They are found by their numbers, which grow with
// time but for acts that took long: a day more is looked at before and behind.
typedef struct AuditSpan {
    Instant from, to;
} AuditSpan;
MUST bool audit_read_between(const AuditSide sides[2], const AuditSpan *span,
                             void (*row)(void *context, const AuditRow *row, Arena scratch), void *context,
                             Error *err);
// The first leaf whose content is this.
MUST bool audit_with_content(Store *store, const Sha256 *content, Arena *arena, AuditRow *row,
                             bool *found, Error *err);
typedef struct AuditFound {
    bool there;
    bool stands;  // it is what was written behind the leaf before it: its hash, its number and its place in the chain
    AuditRow row;
} AuditFound;
// One leaf by its number (from 1, asserted), proven against the one before it; nothing else is read.
MUST bool audit_one(Store *store, const Keys *keys, int64_t leaf_no, Arena *arena, AuditFound *found, Error *err);
// The last `most` leaves, newest first.
MUST bool audit_last(Store *store, int most, Arena *arena, AuditRows *rows, Error *err);

const char *audit_act_text(AuditAct act);  // "look"
