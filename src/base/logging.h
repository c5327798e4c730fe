// The operator's log: one line, key=value, in the log of the machine (machine_log.h); of a program that serves, on
// standard error, which its unit hands to the journal. A terminal belongs to people: they are told in words. Never a name, a number of a person, an address, query text or a form value: those belong to
// the audit trail or nowhere.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

typedef enum LogLevel { LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

void log_program(const char *name);     // a constant; the first thing main does
// This process serves. Where its standard error is a terminal, or that of whoever started it for a command's
// duration (SESSHU_COMPANION), nothing changes. Whoever reads that log and stops, or ends, holds nobody up: what he
// does not take is lost, and the next line that he takes says how many were. Standard error does not wait from here on.
void log_serves(void);
// log_line(LOG_INFO, "event=import rows=%d", n): time, level and program are put before it. A line
// break in what is printed becomes a blank, so that one event is one line.
__attribute__((format(printf, 2, 3))) void log_line(LogLevel level, const char *format, ...);
