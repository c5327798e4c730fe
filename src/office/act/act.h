// An act: who does what in an office, where, for which purpose, under which right, on which business day.
//
//     Act act;
//     if (!act_enter(&office, &command_due, &asked, arena, &act, err)) return false;
//     bool ok = due(&act, …, err);
//     act_leave(&act);
//
// Entering asks for the right of the door, records a refusal before it is answered, and takes the
// program's writer lock where the door says ALONE: a second command waits ACT_WAIT_SECONDS, then is told
// who is at work with what since when (E_BUSY).
// Clock   `now` is when the act began. Nothing below a door asks the machine's clock.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "actor.h"
#include "office.h"
#include "recorded.h"

struct AddresseeNo;       // addressee_no.h
struct OrganisationCode;  // office_code.h

enum { ACT_WAIT_SECONDS = 10 };

// The one-time number of the form that asks for the act (FormRow). The act's transaction takes it: what a form asks for
// is done at most once, however often it is sent and wherever a process dies.
typedef struct ActOnce {
    Sha256 number, content;
    bool spent;  // somebody has used the number already
    bool taken;  // by this act
} ActOnce;

typedef struct Act {
    const Office *office;
    const Door *door;
    const Actor *actor;
    Store *store;  // this act's own: an office that serves has one for each thread
    Arena *arena;  // lives as long as the act
    Str command;   // the door's name with its options, without its arguments: what records say
    Str purpose;   // 事務, with what the person said the work is for
    Str terminal;  // this machine, or the peer
    Instant now;
    Day business_day;
    Str wards;       // which the right reaches (ward_scope.h), of a door IN_WARDS; {0}: the whole city
    bool for_sheet;  // lists leave for a spreadsheet (--format excel)
    int lock;       // descriptor of the writer lock, or -1
    ActOnce *once;  // NULL: no form asked
    struct JobNote *note;  // of the whole that this act is part of (job_note.h): its stages are told there; NULL: none
    bool failure_recorded;
} Act;

// How an act begins.
typedef struct ActAsked {
    const Actor *actor;
    Store *store;  // NULL: the office's own
    Str command;   // {0}: the door's name
    Str purpose;   // what the work is for, as the person chose it; {0}: the door's programme says it
    Str terminal;  // the peer; {0}: this machine
    Instant now;
    Day business_day;
    bool for_sheet;
} ActAsked;

MUST bool act_enter(const Office *office, const Door *door, const ActAsked *asked, Arena *arena,
                    Act *act, Error *err);
// Does the actor still hold the right of this door? A person: the duty, and to represent where he acts in
// another's name. A program: its role may send the message. `lacks`: the duty that is missing; may be NULL.
MUST bool act_right_holds(const Act *act, bool *holds, Duty *lacks, Error *err);
// Refuses the act as E_RIGHT because this person lies beyond the wards of the act: rolls back, and records who it was.
MUST bool act_refuses(Act *act, const struct AddresseeNo *whose, Str words, Error *err);
// Whose program asks through the door of a family (door.h): as its certificate proves. Act entered by such a door
// (asserted).
struct OrganisationCode act_organisation(const Act *act);
// The program's writer lock for a while, in the act of a SHARED door: what an ALONE door has from its beginning. In that of
// a form it takes the place of the turn of forms.
// Waits `seconds` for who has it.
MUST bool act_turn_take(Act *act, int seconds, Error *err);
void act_turn_give(Act *act);
void act_leave(Act *act);  // gives the lock back, rolls back what is open; one not entered is fine

// store_begin for writing; when another command keeps the data busy, the words say who and since when. Takes the
// number of the form: E_CONFLICT when it was used before.
MUST bool act_begin(Act *act, Error *err);

// A record of this act, complete but for what the act adds (whose, counts, content, detail).
AuditLeaf act_leaf(const Act *act, AuditResult result);
// Inside the act's transaction; what it gives may be shown once that is committed. NULL with `err`.
MUST const Recorded *act_record(Act *act, const AuditLeaf *leaf, Error *err);
// A change of something that is no row (keys, certificates, a new version): its record, in a transaction of its own,
// before it is made. No transaction may be open.
MUST bool act_record_change(Act *act, const AuditLeaf *leaf, Error *err);
// A look or an export that changes nothing: writes the record among the looks (looks.h), before the answer
// leaves; waits for no change. No transaction may be open (asserted).
MUST const Recorded *act_record_now(Act *act, const AuditLeaf *leaf, Error *err);
// A command of this door could not even be read: the record of the refusal. Asks for no right and no lock.
void act_refused(const Office *office, const Door *door, const ActAsked *asked, Arena *arena,
                 const Error *why);
// The act came to nothing: rolls back, and records why, unless the act has recorded a failure already.
void act_failed(Act *act, const Error *why);
