// One inquiry in the core: permitted or not, passed on, passed back, recorded (linkage.md 3.2).
//
// Law     番号法 第21条, 第23条; C-3.6-06, F-4-07. The core decides by the list, knows the codes of both sides, and reads
//         nothing of what is asked for: an envelope passes as it came.
// Again   whoever asks again gets the same permit, passed on again is passed on again; recorded is once.
// Pure    the moment, fresh numbers and what was verified arrive in the event.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "exchange.h"

typedef enum RelayState {
    RELAY_NONE,     // zero: never asked
    RELAY_REFUSED,  // no permit
    RELAY_ISSUED,
    RELAY_ENDED,  // answered or refused by the provider
    RELAY_STATE_COUNT
} RelayState;

// One for the organisation that the connection belongs to and the inquiry number that it gave.
typedef struct Relay {
    RelayState state;
    Permit permit;
    PermitNo refusal;
    Reply reply;  // that ended it
} Relay;

typedef enum RelayEventKind {
    RELAY_ASK,
    RELAY_INQUIRY,  // the inquirer's copy and its key came, for the provider
    RELAY_REPLY,    // from the provider
    RELAY_EVENT_COUNT
} RelayEventKind;

typedef struct RelayEvent {
    RelayEventKind kind;
    Instant now;
    const PermitSight *sight;      // ASK: at STAGE_ISSUING, of what is asked for
    PermitId fresh;                // ASK: random
    bool bulk;                     // ASK: by file
    bool other_person;             // ASK: the code names somebody else than when this number was first given
    const Permit *permit;          // INQUIRY: as the signed copy says
    bool signature_valid;          // INQUIRY
    PermitHash key;                // INQUIRY: of the key that came with it
    Reply reply;                   // REPLY
    const OrganisationCode *from;  // REPLY: whom the connection belongs to
} RelayEvent;

typedef enum RelayEffect {
    RELAY_ISSUE = 1,    // sign the inquirer's copy and send it
    RELAY_REFUSE = 2,   // say no to the inquirer
    RELAY_FORWARD = 4,  // the provider's copy and the key, to the provider
    RELAY_RETURN = 8,   // the reply, to the inquirer
    RELAY_WRITE_RECORD = 16,
    RELAY_ALARM = 32,
} RelayEffect;

typedef struct RelayStep {
    Relay next;
    bool
        number_taken;  // ASK: this number asks for something else already; what was refused is the new ask alone
    int effects;  // bits of RelayEffect
} RelayStep;

RelayStep relay_step(const Relay *now, const RelayEvent *event);
