// SPDX-License-Identifier: Apache-2.0
#include "logging.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "machine_log.h"

// The one mutable state of the house: a log that had to be handed down everywhere would not be
// written to where it is needed most.
static const char *program = "sesshu";
static bool serves;

void log_program(const char *name) { program = name; }

void log_serves(void)
{
    serves = !getenv("SESSHU_COMPANION") && !isatty(STDERR_FILENO);
}

void log_line(LogLevel level, const char *format, ...)
{
    enum { DAEMON = 3 << 3 };
    static const char *const levels[] = {"info", "warn", "error"};
    static const int severities[] = {6, 4, 3};

    char line[1024], when[INSTANT_TEXT_SIZE];
    int head = snprintf(line, sizeof line, "%sat=%s level=%s program=%s ", serves ? "" : "sesshu: ",
                        instant_text(clock_now(), when), levels[level], program);
    va_list args;
    va_start(args, format);
    int tail = vsnprintf(line + head, sizeof line - (size_t)head, format, args);
    va_end(args);
    int len = tail < 0 ? head : head + tail;
    if (len > (int)sizeof line - 2) len = (int)sizeof line - 2;
    for (int i = 0; i < len; i++)
        if (line[i] == '\n' || line[i] == '\r') line[i] = ' ';
    line[len] = '\0';
    if (!serves) machine_log(DAEMON | severities[level], line);
    if (!serves) return;
    line[len++] = '\n';
    ssize_t ignored = write(STDERR_FILENO, line, (size_t)len);
    (void)ignored;
}
