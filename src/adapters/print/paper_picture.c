// SPDX-License-Identifier: Apache-2.0
#include "paper_picture.h"

#include "paper_check_program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool not_drawn(Error *err)
{
    return FAIL(err, E_PAPER,
                .words = S("この頁の見本を表示できません。書類のファイルと、sesshu の入れ方を、"
                           "情報システム担当に確かめてもらってください。"));
}

static int64_t milliseconds(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Until its end, the deadline, or more than a picture has.
static bool answer_read(int from, Arena *arena, Str *png)
{
    const int64_t deadline = milliseconds() + PAPER_PICTURE_SECONDS * 1000;
    char *bytes = NEW(arena, char, PAPER_PICTURE_MOST);
    for (*png = (Str){bytes, 0}; png->len < PAPER_PICTURE_MOST;) {
        struct pollfd waits = {.fd = from, .events = POLLIN};
        int64_t left = deadline - milliseconds();
        if (left <= 0 || poll(&waits, 1, (int)left) == 0) return false;
        ssize_t got = read(from, bytes + png->len, (size_t)(PAPER_PICTURE_MOST - png->len));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return got == 0;
        png->len += got;
    }
    return false;
}

static bool drawn(const char *program, int file, int page, int nothing, Arena *arena, Str *png)
{
    int ends[2], status = -1;
    pid_t process;
    char nth[16];
    (void)snprintf(nth, sizeof nth, "%d", page);
    const char *const arguments[] = {program, PAPER_CHECK_PICTURE, nth, NULL};
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    bool begun = paper_check_begin(arguments, nothing, ends[1], file, &process);
    (void)close(ends[1]);
    bool read = begun && answer_read(ends[0], arena, png);
    (void)close(ends[0]);
    if (!begun) return false;
    if (!read) (void)kill(process, SIGKILL);
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) continue;
    return read && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool paper_picture(const char *program, int file, int page, Arena *arena, Str *png, Error *err)
{
    if (!program) return not_drawn(err);
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool good = nothing >= 0 && drawn(program, file, page, nothing, arena, png);
    if (nothing >= 0) (void)close(nothing);
    return good || not_drawn(err);
}
