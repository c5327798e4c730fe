// SPDX-License-Identifier: Apache-2.0
#include "logging.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "clock.h"

// The one mutable global of the house: a log that had to be handed down everywhere would not be
// written to where it is needed most.
static const char *program = "sesshu";
static LogLevel least = LOG_WARN;

void log_program(const char *name) { program = name; }
void log_at_least(LogLevel level) { least = level; }

void log_line(LogLevel level, const char *format, ...)
{
    static const char *const levels[] = {"debug", "info", "warn", "error"};
    if (level < least) return;

    char line[1024], when[INSTANT_TEXT_SIZE];
    int head = snprintf(line, sizeof line, "at=%s level=%s program=%s ",
                        instant_text(clock_now(), when), levels[level], program);
    va_list args;
    va_start(args, format);
    int tail = vsnprintf(line + head, sizeof line - (size_t)head, format, args);
    va_end(args);
    int len = tail < 0 ? head : head + tail;
    if (len > (int)sizeof line - 2) len = (int)sizeof line - 2;
    for (int i = 0; i < len; i++)
        if (line[i] == '\n' || line[i] == '\r') line[i] = ' ';
    line[len++] = '\n';
    ssize_t ignored = write(STDERR_FILENO, line, (size_t)len);
    (void)ignored;
}
