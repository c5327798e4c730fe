// The messages of an office's doors, answered over mutual TLS until somebody says stop.
//
// Each message is an act of its own: by the program that the certificate names, through the message's
// door, with its record. What is refused (another role, no such message, too long, unreadable) leaves a
// record too. Whoever opened the server must go on holding the right to serve: when it is taken away,
// nothing more is answered and the server ends (E_RIGHT).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

#include <stdatomic.h>

// SIGINT and SIGTERM must be blocked before there are threads: office_server_hold does that first.
void office_server_hold(void);
// In a worker of a service (office_workers.h), which says address:port when it is ready; comes back after SIGINT or
// SIGTERM.
MUST bool office_serve(Act *act, Str address, Arena *arena, Error *err);
// A whole SERVICE (a DoorCommand), where nothing is to be done before it: its record, then office_serve at --address.
MUST bool office_serves(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err);

// For every server of an office. Comes back after SIGINT or SIGTERM; false when whoever opened it has lost
// the right to, or `over` says so. `failed`: handshakes that failed, as the server counts them; where any did, a record a
// minute says how many, and counting begins anew.
MUST bool office_wait_until_told(Act *act, const atomic_bool *over, atomic_llong *failed, Error *err);
// The business day goes on with the clock.
Day office_day_at(const Act *serving, Instant now);
