// SPDX-License-Identifier: Apache-2.0
#include "sibling.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "beside.h"
#include "clock.h"
#include "regular_file.h"

enum { LINE_MOST = 128 };

void arguments_add(Arguments *arguments, const char *argument)
{
    assert(arguments->count < ARGUMENTS_MOST);
    arguments->at[arguments->count++] = argument;
    arguments->at[arguments->count] = NULL;
}

static bool not_beside(Str name, Error *err)
{
    return FAIL(
        err, E_NOT_FOUND, .value = name,
        .words = S("このプログラムが sesshu の隣にありません。make build をやり直してください。"));
}

bool sibling_path(Arena *arena, const char *name, const char **path, Error *err)
{
    const char *beside = program_beside(arena, name);
    if (!beside) return not_beside(str_of(name), err);
    *path = beside;
    return true;
}

// execv promises not to touch its arguments; its type does not say so.
static void become(const Arguments *arguments)
{
    (void)execv(arguments->at[0], (char *const *)(uintptr_t)arguments->at);
}

static bool not_started(const Arguments *arguments, Error *err)
{
    return FAIL(
        err, E_NOT_FOUND, .value = str_of(arguments->at[0]),
        .words = S("プログラムを始められません。ファイルの権限と空きメモリーを確かめてください。"));
}

bool sibling_become(const Arguments *arguments, Error *err)
{
    become(arguments);
    return not_started(arguments, err);
}

static int wait_for(pid_t process)
{
    int how = 0;
    while (waitpid(process, &how, 0) < 0 && errno == EINTR) {
        // A signal for us is a signal for the child too; its end is what counts.
    }
    return WIFEXITED(how) ? WEXITSTATUS(how) : 2;
}

bool sibling_run(const Arguments *arguments, int *status, Error *err)
{
    return sibling_run_with(arguments, &(Streams){0}, status, err);
}

// What is typed into it stands in the pipe before it begins: its room is larger than a line.
static bool input_ready(Str input, int *end)
{
    int ends[2];
    *end = STDIN_FILENO;
    if (!input.at) return true;
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    bool fed = write(ends[1], input.at, (size_t)input.len) == input.len;
    (void)close(ends[1]);
    *end = ends[0];
    return fed;
}

static bool output_ready(const char *path, int ours, int *file, Error *err)
{
    *file = path ? regular_file_open(path, O_WRONLY | O_CREAT, 0600) : ours;
    return (*file >= 0 && (!path || ftruncate(*file, 0) == 0)) ||
           FAIL(err, E_FILE_WRITE, .value = str_of(path),
                .words = S("結果のファイルを作れません。場所と権限を確かめてください。"));
}

static void ends_close(const int ends[3])
{
    for (int i = 0; i < 3; i++)
        if (ends[i] > STDERR_FILENO) (void)close(ends[i]);
}

static void become_with(const Arguments *arguments, const int ends[3])
{
    for (int i = 0; i < 3; i++)
        if (dup2(ends[i], i) < 0) _exit(2);
    become(arguments);
    _exit(2);
}

bool sibling_run_with(const Arguments *arguments, const Streams *streams, int *status, Error *err)
{
    int ends[3] = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO};
    bool ready = output_ready(streams->output, STDOUT_FILENO, &ends[1], err) &&
                 output_ready(streams->errors, STDERR_FILENO, &ends[2], err);
    pid_t child = ready && input_ready(streams->input, &ends[0]) ? fork() : -1;
    if (child == 0) become_with(arguments, ends);
    ends_close(ends);
    if (child < 0) return ready ? not_started(arguments, err) : false;
    *status = wait_for(child);
    return true;
}

// ---- a companion

static void companion_process(const Arguments *arguments, int output, pid_t parent)
{
    (void)setenv("SESSHU_COMPANION", "1", 1);
    // The companion ends when we end, even when we are killed.
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent || dup2(output, STDOUT_FILENO) < 0) _exit(2);
    become(arguments);
    _exit(2);
}

// The first line, without its end; empty when it does not come in time.
static Str first_line(int input, Arena *arena)
{
    Text text = {0};
    char byte;
    Instant limit = clock_now() + (Instant)COMPANION_READY_SECONDS * 1000000;
    struct pollfd wait = {.fd = input, .events = POLLIN};
    while (text.len < LINE_MOST && clock_now() < limit) {
        if (poll(&wait, 1, 200) <= 0) continue;
        if (read(input, &byte, 1) != 1) return (Str){0};
        if (byte == '\n') return text_str(&text);
        text_add_byte(&text, arena, byte);
    }
    return (Str){0};
}

bool companion_start(const Arguments *arguments, Arena *arena, Companion *companion, Error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return not_started(arguments, err);
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0) companion_process(arguments, ends[1], parent);
    (void)close(ends[1]);
    Companion started = {.process = child};
    if (child > 0) started.address = first_line(ends[0], arena);
    (void)close(ends[0]);
    if (child < 0) return not_started(arguments, err);
    if (!started.address.len) {
        companion_end(&started);
        return FAIL(err, E_HTTP, .value = str_of(arguments->at[0]),
                    .words =
                        S("必要なもう一つのシステムが動きません。上の説明を確かめてください。"));
    }
    *companion = started;
    return true;
}

void companion_end(Companion *companion)
{
    if (!companion->process) return;
    (void)kill(companion->process, SIGTERM);
    (void)wait_for(companion->process);
    *companion = (Companion){0};
}
