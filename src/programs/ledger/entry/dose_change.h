// Entering, correcting and cancelling a dose by hand: what one member of staff asks for and another one
// approves. The pages and the commands go the same way.
//
// Nothing is overwritten: a correction is a new version that names the one it replaces and takes its claim along, a
// cancellation ends a version without another, and its claim with it.
// Law     予防接種法施行令 第6条の2 (the record); controls C-3.2-12, C-3.2-14 (second person)
// Errors  E_NOT_FOUND: no such person, dose or vaccine; E_CONFLICT: the same dose stands already;
//         E_DATE_FORMAT, E_MISSING, E_CHECK_DIGIT with the item.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_rows.h"
#include "identity.h"
#include "ledger.h"
#include "office_code.h"
#include "person_rows.h"

typedef enum DoseChangeKind {
    DOSE_ENTER,
    DOSE_CORRECT,
    DOSE_CANCEL,
    DOSE_CHANGE_KINDS
} DoseChangeKind;

// What is asked for. Of a correction: what is {0} stays as it is.
typedef struct DoseChange {
    DoseChangeKind kind;
    AddresseeNo who;
    int32_t dose_id;  // 0 of an entry
    PartialDate given_on;
    Str product;  // code of the rules
    Str lot, clinic_code;
    Provenance provenance;  // of an entry
    Str reason;
    Error warning;  // what was read all the same; E_NONE: nothing. Not kept
} DoseChange;

VEC(DoseChanges, DoseChange, dose_changes);

// As it was typed; {0} what was not.
typedef struct DoseChangeTyped {
    Str who, dose, day, vaccine, lot, clinic, source, reason;
} DoseChangeTyped;

extern const ApprovalKind dose_change_kinds[DOSE_CHANGE_KINDS];

// What of it cannot be right, each with its item, in the order in which it is typed.
enum { DOSE_FAULTS_MOST = 8 };
typedef struct DoseFaults {
    Error at[DOSE_FAULTS_MOST];
    int count;
} DoseFaults;

// Reads what was typed against the ledger. `person` and `old` (of a correction or cancellation) are what
// stands now. False: the ledger could not be read; what cannot be right is a fault.
MUST bool dose_change_check(Ledger *ledger, DoseChangeKind kind, const DoseChangeTyped *typed,
                            DoseChange *change, PersonRow *person, DoseRecord *old,
                            DoseFaults *faults, Error *err);
// The same, for whoever is told the first fault alone.
MUST bool dose_change_read(Ledger *ledger, DoseChangeKind kind, const DoseChangeTyped *typed,
                           DoseChange *change, PersonRow *person, DoseRecord *old, Error *err);
// The doses as they would stand after it, oldest first. A corrected one keeps its number, an entered one has none.
DoseRecords dose_change_foreseen(const Ledger *ledger, const DoseChange *change,
                                 const PersonRow *person, const DoseRecords *now, Arena *arena);
// What a request of one of dose_change_kinds asks for, to be shown (person_subject). `found` false: the dose stands no longer.
MUST bool dose_change_asked(Ledger *ledger, Bytes payload, DoseChange *change, PersonRow *person,
                            DoseRecord *old, bool *found, Error *err);
extern const char *const dose_sources[];  // where an entry by hand may come from; ended by NULL
#define DOSE_SOURCE_ANSWER S("情報連携")    // and that of another city's answer, which nobody types
// Reads it so and asks for it, with its record, all in one turn of its own: what was read still stands when it is asked.
MUST bool dose_change_ask(Ledger *ledger, DoseChangeKind kind, const DoseChangeTyped *typed, DoseChange *change,
                          int64_t *approval_no, Error *err);

// ---- several entries at once: what one answer brings (linkage/answer_approval.h)

// Digest of one entry and of all doses of its person, as they stand now. Inside the open transaction.
MUST bool dose_change_content(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err);
Str dose_entry_words(const DoseChange *entry, bool hide, Arena *arena);  // " 接種日 2026-06-08 ワクチン MR"
// In one act of the ledger, judged once. Inside the writing transaction.
MUST bool dose_entries_make(Ledger *ledger, const DoseChanges *entries, const PersonRow *person, Str reason, Error *err);
