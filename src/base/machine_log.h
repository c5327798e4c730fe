// The log of the machine (/dev/log: journald, syslog): a datagram that nobody takes is not waited for.
// SESSHU_WITNESS names another socket.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What syslog(3) calls facility and severity: 10 << 3 | 5 is authpriv.notice. `text` is one line.
void machine_log(int priority, const char *text);
