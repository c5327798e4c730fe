// One version of one person, as the addressee program tells it to the ledger: the whole state, never a
// fragment, so that storing it needs nothing else. The Individual Number does not exist in this type.
//
// Knowledge  `withdraws` names versions of the same person that this change takes back (取消, and those
//            replayed after it). A withdrawn version stays stored and stops being true, on the
//            knowledge axis, at `recorded_at`. Versions are true in life from `occurred_on` on.
// Held       a change may say nothing but that letters to this person wait (`hold`): a row of the feed was
//            refused, or this change cannot be told. It stands in the sequence like any other, so that one
//            odd row never stops everybody's changes.
// Withheld   what this reader has no right to (consumer.h) has no place in the message either: person_change_seen takes it out before
//            anything is written, and reading refuses a message that has it.
// Limits     person_state.h: what is beyond them is not encoded (person_change_tellable) and not decoded.
// Current    is the state of the highest version_no that stands, whatever its day: a move-out that is
//            announced lies ahead of a name corrected tomorrow, one that is backdated lies behind.
// Hidden     Of a protected person the message has no place for whatever says where he or she is: writing
//            leaves out what person_field_hidden names, reading refuses a message that has it. A change of one
//            member of a household that covers or uncovers others comes as changes of those others too.
// Mailing    a change may say nothing but where post for this person goes (`mailings`): all addresses that stand, not one of
//            them; of a protected person none, so that the message cannot say where he or she is.
// Encoding   a map in canonical CBOR, see wire.h.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clock.h"
#include "consumer.h"
#include "mailing.h"
#include "person_state.h"
#include "residence.h"
#include "str.h"
#include "vec.h"

struct WireIn;
struct WireOut;

enum {
    CHANGE_WITHDRAWS_MOST = 1000,  // as many as versions at most
    CHANGE_SPANS_MOST = 1000,
    CHANGE_VAGUE_DAYS_MOST = 366,  // of the day of leaving: a year
    CHANGE_MAILINGS_MOST = 100,
};

VEC(VersionNoRows, int32_t, version_nos);

typedef enum ChangeSubject {
    SUBJECT_STATE,     // a version of the person, or a hold
    SUBJECT_MAILINGS,  // of what follows the numbers `mailings` alone is filled
} ChangeSubject;

typedef enum HoldCause {
    HOLD_NONE,         // a whole change
    HOLD_ROW_REFUSED,  // a row of the feed about this person was refused: how things stand is unknown
    HOLD_UNTELLABLE,   // this change cannot be told; the next whole one of this person ends the hold
    HOLD_ENDED,        // that is decided
} HoldCause;

typedef struct PersonChange {
    int64_t change_no;        // ascending in the whole sequence
    Str addressee_no;         // 15 digits
    ChangeSubject subject;
    HoldCause hold;           // else than HOLD_NONE: nothing below is filled
    int32_t version_no;       // 1 is the person's first
    int32_t event_reason;     // two-digit code, resident_event.h
    Day occurred_on;          // life axis
    Day reported_on;          // DAY_NONE where the feed did not say
    Instant recorded_at;      // knowledge axis: when the addressee program recorded it
    bool withdrawn_person;    // registered by mistake (取消): never a candidate for anything
    VersionNoRows withdraws;  // ascending; usually empty
    PersonState state;        // its protection is what bears on the person, whoever the measure is for
    ResidenceSpanRows residence;  // all spans as known with this change, oldest first
    MailingAddresses mailings;    // of SUBJECT_MAILINGS
    ToldItems withheld;           // what the reader is not given: empty here, and nobody may take it for what nobody has
} PersonChange;
VEC(PersonChangeRows, PersonChange, person_changes);

// A change that says only that letters to this person wait, or no longer do.
PersonChange person_change_stub(int64_t change_no, Str addressee_no, HoldCause cause);
// A change that says only where post goes.
PersonChange person_change_mailings(int64_t change_no, Str addressee_no, const MailingAddresses *mailings);

// THE rule of what somebody who is not given `withheld` sees of a change: what is hidden and what is withheld is not there. Door and
// page ask it. `seen` false: nothing is left of it, and it is no change to them.
PersonChange person_change_seen(const PersonChange *change, ToldItems withheld, bool *seen);

// Whether a reader takes this change: what cannot be told is told as a stub.
bool person_change_tellable(const PersonChange *change);

// The change as one item among others; one that is not tellable as its stub. Reading leaves `in`
// failed when the item is not allowed, or has what is withheld; rows live in `arena`, texts point into the message.
void person_change_put(struct WireOut *out, const PersonChange *change);
void person_change_read(struct WireIn *in, Arena *arena, ToldItems withheld, PersonChange *change);

// One change alone, for whoever keeps or hashes it.
Str person_change_encode(const PersonChange *change, Arena *arena);
