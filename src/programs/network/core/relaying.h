// The core at work on what organisations send (relay.h): each message one step; its state, its record and the letters that
// it owes stand in one commit, so a step that was done is done, and one that was not can come again.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "allow_list_rows.h"
#include "core_keys.h"

typedef struct Relaying {
    Act *act;
    const CoreKeys *keys;
    const NamedList *list;
    OrganisationCode from;  // whose connection it is
    int taken, unreadable;
    int alarms;  // what nobody honest sends
    int waiting;  // inquiries and replies that were not passed on while somebody is suspended
} Relaying;

// One message of a batch, inside the act's transaction. One that cannot be read, or is nobody's, is counted. False only
// where the office itself fails.
typedef bool RelayingStep(Relaying *r, Str message, Arena scratch, Error *err);
RelayingStep relaying_permit, relaying_inquiry, relaying_reply, relaying_record, relaying_self, relaying_shield;
