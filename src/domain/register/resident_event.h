// The events of the resident register (異動事由), one row each: what may come before, what it means.
//
// Codes are this project's own two digits; a source with another list is mapped before it gets here.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

typedef enum EventReason {
    EVENT_MOVED_IN = 11,
    EVENT_MOVED_IN_FROM_ABROAD = 12,
    EVENT_MOVED_IN_SPECIAL = 13,     // by card, without a certificate
    EVENT_MOVED_IN_EX_OFFICIO = 14,  // never reported; the previous address may be unknown
    EVENT_MOVED_IN_AGAIN = 15,
    EVENT_NON_RESIDENT_ADDED = 17,      // ours: registered by hand (non_resident.h)
    EVENT_NON_RESIDENT_CORRECTED = 18,  // ours
    EVENT_BORN = 21,
    EVENT_MOVED_WITHIN = 31,
    EVENT_MOVED_WARD = 32,
    EVENT_MOVE_OUT_PLANNED = 41,
    EVENT_MOVED_OUT = 42,
    EVENT_MOVE_OUT_CANCELLED = 43,
    EVENT_DIED = 51,
    EVENT_HOUSEHOLDER_CHANGED = 61,
    EVENT_HOUSEHOLD_SPLIT = 62,
    EVENT_HOUSEHOLD_JOINED = 63,
    EVENT_HOUSEHOLD_CHANGED = 64,
    EVENT_NAME_CHANGED = 71,
    EVENT_RELATIONSHIP_CORRECTED = 72,
    EVENT_SEX_CORRECTED = 73,
    EVENT_BIRTH_CORRECTED = 74,
    EVENT_KANA_CORRECTED = 75,
    EVENT_NATURALISED = 81,
    EVENT_NATIONALITY_LOST = 82,
    EVENT_STAY_CHANGED = 83,
    EVENT_ALIAS_CHANGED = 84,
    EVENT_REMOVED_EX_OFFICIO = 91,
    EVENT_RESTORED_EX_OFFICIO = 92,
    EVENT_CORRECTED_EX_OFFICIO = 93,
    EVENT_INDIVIDUAL_NO_CHANGED = 95,
    EVENT_RECORD_CODE_CHANGED = 96,
    EVENT_PROTECTION = 97,        // ours: protection began or ended with the household's, or by an officer
    EVENT_NOT_IN_FULL_COPY = 98,  // ours, never in a file: a full copy no longer lists the person
    EVENT_CANCELLED = 99,         // undoes an earlier event
} EventReason;

typedef enum EventKind {
    EVENT_ENTERS,     // becomes a resident
    EVENT_STAYS,      // is and stays one
    EVENT_PLANS,      // is one, a move-out is announced
    EVENT_LEAVES,     // stops being one
    EVENT_RETURNS,    // is one again as if never gone
    EVENT_DESCRIBES,  // changes what is written, whatever the status
    EVENT_UNDOES,
} EventKind;

typedef struct ResidentEvent {
    EventReason reason;
    EventKind kind;
    const char *statuses;  // 住民状態 that a row of this event may carry
    bool in_files;         // may stand in a feed
    const char *words;
} ResidentEvent;

// The row of the table, or NULL for a code that no table lists.
const ResidentEvent *resident_event(int32_t reason);
// The event that a feed calls by its words (死亡, 転出確定); NULL when none has exactly these.
const ResidentEvent *resident_event_in_words(Str words);
