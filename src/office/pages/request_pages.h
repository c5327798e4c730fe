// What a program adds to the box of approvals about its own kinds of requests. Of every other kind the box shows what
// the kind says of itself (ApprovalKind: shown, lines).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approval_rows.h"
#include "visit.h"

typedef struct RequestChange {
    Str item, was, now;  // {0}: there is none
    bool changed;        // else it stays as it is
} RequestChange;
VEC(RequestChanges, RequestChange, request_changes);

typedef struct RequestTurn {  // what follows from it
    Str what, was, now;
} RequestTurn;
VEC(RequestTurns, RequestTurn, request_turns);

// All that whoever decides should see of one request.
typedef struct RequestTold {
    Markup band;  // of the person whom it is about; NULL: none
    Str seen;     // the state that the decision is bound to; {0}: none
    RequestChanges changes;
    RequestTurns turns;
    Str verdict;
} RequestTold;

// Each is asked about one request whose payload can be read, and says `known` false of a kind that is not its own.
typedef struct RequestPages {
    bool (*subject)(Visit *visit, const ApprovalRow *row, bool *known, Str *subject, Error *err);
    bool (*told)(Visit *visit, const ApprovalRow *row, bool *known, RequestTold *told, Error *err);
    // The state of what it is about, as of now; compared with `seen`.
    bool (*state)(Visit *visit, const ApprovalRow *row, bool *known, Str *state, Error *err);
} RequestPages;
