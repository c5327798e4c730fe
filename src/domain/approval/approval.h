// Two people: what one asks for, another one decides, and it is done at most once.
//
// Law     番号法 安全管理措置; controls C-3.2-12, C-3.2-14, C-3.3-05: entry, correction, release and unmasking are
//         checked by a second person before they take effect.
// Bound   What was asked for is known by a hash of its content. Whoever grants and whoever carries it out
//         names the hash of what he sees: when it differs, nothing is granted and nothing is done, and the
//         request lapses.
// People  A person is who was proven, not who was named, at whichever door: two people differ in the name and
//         share no proof. Whoever asked never decides; whoever asked may take it back.
// Pure    no clock, no store: the day arrives in the event. approval_step has no memory of its own.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "str.h"

enum { APPROVAL_HASH_BYTES = 32 };

typedef struct ApprovalHash {
    unsigned char at[APPROVAL_HASH_BYTES];
} ApprovalHash;

// `name`: the registered person in whose name it is done. `proof`: all that proves this human being at any
// door, one word each ("staff:3 uid:1000"): whoever shares a word is the same one. Neither is empty.
typedef struct ApprovalPerson {
    Str name, proof;
} ApprovalPerson;

typedef enum ApprovalState {
    APPROVAL_NEW,      // zero: nothing was asked for yet
    APPROVAL_ASKED,    // waits for a decision
    APPROVAL_GRANTED,  // may be carried out, once
    APPROVAL_DONE,     // was carried out
    APPROVAL_REFUSED,
    APPROVAL_WITHDRAWN,  // taken back by whoever asked
    APPROVAL_LAPSED,     // its content changed, or its last day is past
    APPROVAL_STATE_COUNT
} ApprovalState;

typedef enum ApprovalEventKind {
    APPROVAL_ASK,
    APPROVAL_GRANT,
    APPROVAL_REFUSE,
    APPROVAL_WITHDRAW,
    APPROVAL_DO,
    APPROVAL_EVENT_COUNT
} ApprovalEventKind;

typedef struct Approval {
    ApprovalState state;
    ApprovalPerson asker, decider;  // decider: {0} until there is one; texts are the caller's
    ApprovalHash content;
    Day last_day;  // on which it may be granted or carried out; DAY_MAX: no end
} Approval;

typedef struct ApprovalEvent {
    ApprovalEventKind kind;
    ApprovalPerson who;
    Day today;
    ApprovalHash content;  // as it is now; of no meaning when it is refused or taken back
    Day last_day;          // of ASK
} ApprovalEvent;

typedef enum ApprovalNo {
    APPROVAL_YES,          // the event took effect
    APPROVAL_NOT_NOW,      // nothing of the kind can happen in this state
    APPROVAL_SAME_PERSON,  // the asker may not decide
    APPROVAL_NOT_ASKER,    // nobody else takes it back
    APPROVAL_CHANGED,      // the content is another one: the request lapses
    APPROVAL_PAST,         // the last day is over: the request lapses
    APPROVAL_NO_COUNT
} ApprovalNo;

typedef struct ApprovalStep {
    Approval next;  // what must be stored, also where `no` is not APPROVAL_YES
    ApprovalNo no;
} ApprovalStep;

ApprovalStep approval_step(const Approval *now, const ApprovalEvent *event);

// One human being, as far as we can know: the same name, or a proof that both share.
bool approval_same_person(ApprovalPerson a, ApprovalPerson b);
bool approval_open(ApprovalState state);        // somebody may still decide or act
Str approval_state_words(ApprovalState state);  // "承認待ち"
// One polite sentence for whoever was told no; {0} for APPROVAL_YES.
Str approval_no_words(ApprovalNo no);
