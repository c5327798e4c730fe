// Who keeps the end of the trail outside of the data directory.
//
// Told    after each commit of a change the new line of the file of heads goes, as it is, to the machine's log
//         (/dev/log: journald, syslog), which is not the office's user's to change; a datagram that nobody takes
//         is not waited for. SESSHU_WITNESS names another socket.
// Asked   `audit verify --witness FILE`: a file with such lines, from the log or a copy of the file of heads that
//         was kept elsewhere. What it says of the trail must be so. Looks hang on the changes that name them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "trail.h"

void witness_tell(const Trail *trail, Str line);

// The heads of this trail in the file, in order of their numbers; lines that are not ours are passed over.
MUST bool witness_read(const Trail *trail, const char *path, Arena *arena, AuditSaids *said,
                       Error *err);
