// A list of people that leaves a screen as a file, and whatever leaves as it does (paper_release.h): for many people by two of the office.
//
// Few     up to EXPORT_ALONE people it leaves at once, with its record and the reason in it.
// Many    somebody else approves the list as it stands: its conditions and a digest of its lines. Whoever asked takes
//         it once, on that day, as long as it is the same list; else it is asked for anew.
// Law     controls C-3.3-11, C-3.4-02.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "approvals.h"

enum { EXPORT_ALONE = 100 };

typedef struct ListExport {
    Act *act;
    const ApprovalKind *kind;
    Str asked;       // which list, in the form of the kind; no other kind has the same
    Sha256 content;  // keyed digest of the lines, or of what says which they are
    int64_t people;
} ListExport;

typedef enum ExportState { EXPORT_UNASKED, EXPORT_WAITS, EXPORT_GRANTED } ExportState;
MUST bool list_export_state(const ListExport *export, ExportState *state, Error *err);
// Asks for it; `subject`: the list in words. Inside no transaction.
MUST bool list_export_ask(const ListExport *export, Str subject, Str reason, int64_t *approval_no, Error *err);
// Uses the permit up, in a transaction of its own. E_CONFLICT: somebody has.
MUST bool list_export_take(const ListExport *export, Error *err);

// For the kind: who asked for which list; and the permit that an approval gives, in the open transaction.
typedef struct ListAsking {
    Str asker, asked;
} ListAsking;
ListAsking list_export_asking(Bytes payload);
MUST bool list_export_permit(const ListExport *export, Str asker, Error *err);

// How many different people these numbers are of; sorts them.
int64_t people_counted(int32_t *persons, ptrdiff_t count);
