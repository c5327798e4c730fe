// 情報提供: one permit that lies before us, from the question to the record, step by step (linkage.md 3.2).
//
// Law     番号法 第19条第8号, 第23条; F-4-03, C-3.6-27 to -30, C-2.5-04, C-2.5-06. One permit is one answer: whoever asks again
//         by it is told again what he was told.
// Held    where automatic answers are forbidden, where the person is in doubt, or where the city wants to look first: two
//         people who see exactly what would go out release or refuse it (approval.h), until PROVISION_HELD_LIFE. What is
//         released is looked up in the list and the copies of that moment, not of the question's.
// Silent  nothing is said to what is forged or not for us, and nothing yet by an old list or by old copies: whoever asks
//         asks again.
// Effects are to be stored with the next state, in one commit, and carried out afterwards, at least once.
// Pure    the moment, what was verified and what stands in the copies arrive in the event.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approval.h"
#include "exchange.h"

#define PROVISION_HELD_LIFE (7 * INSTANT_DAY)
#define COPIES_LIFE         (3 * INSTANT_DAY)  // copies that are older, or of days to come, answer nobody

typedef enum ProvisionState {
    PROVISION_NONE,  // zero: never asked
    PROVISION_HELD,
    PROVISION_ENDED,  // answered or refused: `reply` says it again whenever it is asked for
    PROVISION_STATE_COUNT
} ProvisionState;

// What two people decide about.
typedef enum ProvisionChoice { CHOICE_RELEASE, CHOICE_REFUSE } ProvisionChoice;

typedef struct Provision {
    ProvisionState state;
    Permit permit;
    UnifiedNo person;  // zeroed: nobody here has that code
    Instant asked_at;
    ProvisionChoice choice;
    Approval approval;  // of the choice; texts are the caller's
    LinkageResult result;
    Reply reply;
} Provision;

// What our copies say of the person, at the moment of the event.
typedef struct ProvisionFacts {
    UnifiedNo person;  // zeroed: the code is held by nobody here
    bool doubted;      // code_hold.h: the link is not believed
    bool
        look_first;  // 自動応答不可, or a resident of today where the city answers for those who left
    bool any_data;         // of what is asked for
    Instant copies_as_of;  // when the copies were last made equal with the ledger
} ProvisionFacts;

typedef enum ProvisionEventKind {
    PROVISION_ASK,
    PROVISION_DECIDE,  // one act of one of the two people
    PROVISION_WAKE,
    PROVISION_EVENT_COUNT
} ProvisionEventKind;

typedef struct ProvisionEvent {
    ProvisionEventKind kind;
    Instant now;
    const PermitSight *sight;  // ASK: at STAGE_ANSWERING (`used` is filled here)
    ProvisionFacts facts;      // ASK, DECIDE
    const AllowList
        *list;  // DECIDE: one's own copy, for a permission may have been taken back meanwhile
    ProvisionChoice choice;  // DECIDE: of APPROVAL_ASK
    ApprovalEvent
        act;  // DECIDE: its content is the hash of the choice and of exactly what would go out
} ProvisionEvent;

typedef enum ProvisionEffect {
    PROVISION_SEAL =
        1,  // what the copies say, to the key of the permit; stored beside the state and sent again from there
    PROVISION_REPLY = 2,
    PROVISION_WRITE_RECORD = 4,
    PROVISION_QUEUE = 8,  // for the people
    PROVISION_FETCH_LIST = 16,
    PROVISION_ALARM = 32,
} ProvisionEffect;

typedef struct ProvisionStep {
    Provision next;
    PermitNo no;         // ASK: the objection, if any
    ApprovalNo refused;  // DECIDE: why the act had no effect
    int effects;         // bits of ProvisionEffect
} ProvisionStep;

ProvisionStep provision_step(const Provision *now, const ProvisionEvent *event);
