// What every program does first with its own process.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// No core dump, no ptrace by others of the same user, nothing in /proc for them, and files made from here on readable by
// nobody else, whatever the caller's umask was.
void process_harden(void);
