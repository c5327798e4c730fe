// Who acts, and what proves it. Only what proves a person or a program makes an Actor: the credentials
// that the kernel keeps of a process, the certificate of a peer. It cannot be made from a text.
//
// Proofs of a person, the first that applies:
//   login    the login uid that the kernel keeps since the login, whatever came after it (sudo, su); where
//            the process otherwise runs as the data's own user or root, and the office was founded on a
//            machine that sets it
//   process  the real uid of the process: who started the program, also where it runs with the rights of
//            the data's user (set-user-ID)
//
// The person is the member of staff to whom that uid is bound, else the one who is named like that login
// and bound to no other. Whoever claims another name (--operator) acts for that person, and needs the duty
// to represent; records keep both.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office.h"

typedef struct Actor Actor;

// The person at this process's command line. `claimed`: the name that was given; {0} none. A name that is
// none still makes an actor, so that the refusal can be recorded: act_enter refuses him.
MUST bool actor_of_process(const Office *office, Str claimed, Arena *arena, const Actor **actor,
                           Error *err);
// The program whose certificate the handshake proved.
const Actor *actor_of_certificate(Str role, Arena *arena);

// The uid that acts in this process; `owner` is the user of the data, `login` whether the login uid counts.
int64_t process_account(int64_t owner, bool login);
// Has the kernel a login uid of this process? Asked once, when an office is founded.
bool process_has_login(void);
// The account of the login that has this very name; NO_ACCOUNT where the machine knows none.
int64_t account_named(Str login, Arena scratch);
// The name of that login; "uid:1000" where the machine knows none.
Str account_name(int64_t account, Arena *arena);

Str actor_name(const Actor *actor);  // in whose name: "花子", "system:ledger"
Str actor_person(
    const Actor *actor);  // who really: the same, or who represents; {0}: nobody of the office
Str actor_account(const Actor *actor);  // what was proven: "uid:1000 staff:3", "role:ledger", "staff:3"
// All that proves this human being at whichever door, now or before: approval.h compares two people by it.
MUST bool actor_marks(const Actor *actor, Store *store, Arena *arena, Str *marks, Error *err);
bool actor_represents(const Actor *actor);
const Error *actor_unfit(const Actor *actor);  // NULL: the name is one
bool actor_is_program(const Actor *actor);
Str actor_role(const Actor *actor);  // of a program
