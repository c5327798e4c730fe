// Who acts. Only what proves a person or a program makes an Actor: the credentials that the kernel keeps
// of a process, the certificate of a peer. It cannot be made from a text.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "arena.h"
#include "errors.h"

typedef struct Actor Actor;

// The person at this process's command line. `claimed`: the name that was given; {0} none.
const Actor *actor_of_process(Str claimed, Arena *arena);
// The program whose certificate the handshake proved.
const Actor *actor_of_certificate(Str role, Arena *arena);

Str actor_name(const Actor *actor);  // "花子", "system:ledger"
bool actor_is_program(const Actor *actor);
Str actor_role(const Actor *actor);  // of a program
