// The operator's log: one line, key=value, on standard error or the file the program was started
// with. Never a name, a number of a person, an address, query text or a form value: those belong to
// the audit trail or nowhere.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

typedef enum LogLevel { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

void log_program(const char *name);     // a constant; the first thing main does
void log_at_least(LogLevel level);      // default LOG_WARN: terminals belong to people
// log_line(LOG_INFO, "event=import rows=%d", n): time, level and program are put before it. A line
// break in what is printed becomes a blank, so that one event is one line.
__attribute__((format(printf, 2, 3))) void log_line(LogLevel level, const char *format, ...);
