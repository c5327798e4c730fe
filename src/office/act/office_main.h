// The main function of a program with an office: reads the command line, opens the office, goes through
// the door, closes both.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// Returns the process's exit status.
int office_main(const OfficeProgram *program, int argc, char **argv);

// Doors that every office has.
// init        sets the data directory up and says what is there
// staff       who may do what
// grant       NAME DUTY; revoke takes it away again. Nobody takes away his own right to do so.
// account     NAME LOGIN: whom of the office the kernel means by that login
// audit       verify walks the trail, status 1 when it is not what was written; read shows it
// approvals   what waits for a second person, and the decision; requests: taking one's own back
// keys, tls   the program's keys and certificate: looked at and renewed
// set         what the office sets for itself (numbers.h)
// erase       what is kept for a time only and is over (erasure.h)
// upgrade     brings the data up to a new version of the program
// move        the rows to another database; backup, restore: a copy that is proven, and an office out of one
#define OFFICE_DOORS(X) \
    X(office_init)      \
    X(office_staff)     \
    X(office_grant)     \
    X(office_revoke)    \
    X(office_account)   \
    X(office_audit)     \
    X(office_keys)      \
    X(office_tls)       \
    X(office_upgrade)   \
    X(office_move)      \
    X(office_backup)    \
    X(office_restore)   \
    X(office_approvals) \
    X(office_requests)  \
    X(office_set)       \
    X(office_erase)

#define OFFICE_DOOR(door) extern const Door door;
OFFICE_DOORS(OFFICE_DOOR)
#undef OFFICE_DOOR
