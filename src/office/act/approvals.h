// Two people, as an office carries it out: a request is a row, a decision a transaction.
//
// A program names its kinds of requests. Whoever asks gives what is to be done in the form of the kind and
// sees it kept with a keyed digest of what it would change; whoever grants sees it carried out in the same
// transaction, or told that it has lapsed because something changed meanwhile.
// Law     controls C-3.2-12, C-3.2-14, C-3.3-05; the rules themselves are domain/approval's.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approval.h"
#include "approval_rows.h"

struct Act;

enum { APPROVAL_DAYS = 14 };  // a request that nobody decides lapses

// One thing that granting a request would change, in words; {0}: there is none before, or after.
typedef struct ApprovalLine {
    Str item, was, now;
} ApprovalLine;
VEC(ApprovalLines, ApprovalLine, approval_lines);

typedef struct ApprovalKind {
    const char *name;   // "dose_cancel"
    const char *words;  // "接種記録の取消"
    // Digest of all that the payload would change, as it stands now. Inside the open transaction.
    bool (*content)(struct Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err);
    // Carries it out. Inside the open transaction. `brought`: as in ApprovalDecision.
    bool (*run)(struct Act *act, Bytes payload, void *brought, Arena *arena, Error *err);
    // What it is about, as it may be shown now: who came under protection since it was asked is hidden. NULL: as it
    // was asked.
    bool (*shown)(struct Act *act, Bytes payload, Arena *arena, Str *subject, Error *err);
    // What it would change, as of now. NULL: a page of the program shows it.
    bool (*lines)(struct Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err);
} ApprovalKind;

typedef struct ApprovalKinds {
    const ApprovalKind *const *at;
    int count;
} ApprovalKinds;

const ApprovalKind *approval_kind_named(ApprovalKinds kinds, Str name);  // NULL: there is none

// Whoever acts, as one human being whatever the door: at the command line, at a screen, after a new login.
MUST bool approval_person(const struct Act *act, ApprovalPerson *person, Error *err);

typedef struct ApprovalAsked {
    const ApprovalKind *kind;
    Str subject;  // what it is about, in words; masked by the caller where it must be
    Str reason;   // must
    Bytes payload;
} ApprovalAsked;

// Inside the open transaction of the act that asks.
MUST bool approval_ask(struct Act *act, const ApprovalAsked *asked, int64_t *approval_no,
                       Error *err);

// The request of this kind and payload on which somebody may still decide; 0: there is none.
MUST bool approval_find(struct Act *act, const ApprovalKind *kind, Bytes payload, int64_t *approval_no,
                        Error *err);

// approval_ask, where nobody has asked for just that. E_CONFLICT names the request that waits: whoever goes back and asks again
// has asked already.
MUST bool approval_ask_once(struct Act *act, const ApprovalAsked *asked, int64_t *approval_no, Error *err);

// Would granting it find that what it is about has changed, or that its term is over? Then it has lapsed, though nobody
// has tried.
MUST bool approval_overtaken(struct Act *act, const ApprovalKind *kind, int64_t approval_no, bool *overtaken, Error *err);

struct ApprovalRow;
// What granting it now would meet, without granting anything: SAME_PERSON for one's own.
MUST bool approval_view(struct Act *act, const struct ApprovalRow *row, ApprovalNo *grant, Error *err);

typedef struct ApprovalDecision {
    int64_t approval_no;
    ApprovalEventKind kind;  // GRANT (and carry out), REFUSE, WITHDRAW
    Str words;               // of a refusal: why
    void *brought;           // what the kind needs of whoever grants, a file in hand; NULL: nothing
} ApprovalDecision;

// A transaction of its own, with its record. A request that has lapsed is kept as such, and told.
MUST bool approval_decide(struct Act *act, const ApprovalDecision *decision, Error *err);
