// SPDX-License-Identifier: Apache-2.0
#include "logging.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "machine_log.h"

// The one mutable state of the house: a log that had to be handed down everywhere would not be
// written to where it is needed most.
static const char *program = "sesshu";
static bool serves;
static atomic_llong lost;  // lines that nobody took, and nobody was told of

void log_program(const char *name) { program = name; }

// Of a pipe we open an end of our own: the one that we were given is also that of others, who may want to wait.
static void never_waits(int file)
{
    enum { PATH_MOST = 32 };
    struct stat status;
    char path[PATH_MOST];
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    bool pipe = fstat(file, &status) == 0 && S_ISFIFO(status.st_mode);
    int own = pipe ? open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC) : -1;
    if (own >= 0) {
        (void)dup2(own, file);
        (void)close(own);
        return;
    }
    int flags = fcntl(file, F_GETFL);
    if (flags >= 0) (void)fcntl(file, F_SETFL, flags | O_NONBLOCK);
}

void log_serves(void)
{
    (void)signal(SIGPIPE, SIG_IGN);
    serves = !getenv("SESSHU_COMPANION") && !isatty(STDERR_FILENO);
    if (serves) never_waits(STDERR_FILENO);
}

// A line is shorter than what a pipe takes as a whole or not at all.
static bool line_taken(const char *line, int len)
{
    return write(STDERR_FILENO, line, (size_t)len) == len;
}

static void line_written(const char *line, int len, const char *when)
{
    char gap[256];
    long long before = atomic_exchange(&lost, 0);
    int gap_len = snprintf(gap, sizeof gap, "at=%s level=warn program=%s event=log_lines_lost lines=%lld\n", when, program, before);
    bool told = before == 0 || line_taken(gap, gap_len);
    bool taken = told && line_taken(line, len);
    (void)atomic_fetch_add(&lost, (told ? 0 : before) + !taken);
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
    line_written(line, len, when);
}
