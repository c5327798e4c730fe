// SPDX-License-Identifier: Apache-2.0
#include "office_workers.h"

#include "listening.h"
#include "logging.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PROCESSES_MOST = 16, PAUSE_FIRST_MS = 100, PAUSE_MOST_MS = 10000, LIVED_MS = 10000 };

typedef struct Child {
    pid_t pid;  // 0: to be started at `again`
    int ready;  // our end of the pipe
    bool serves;
    int64_t begun, again, pause;  // milliseconds
} Child;

typedef struct Supervision {
    int sockets[SERVING_PORTS_MOST];
    int count;
    Child children[PROCESSES_MOST];
    bool opened, over;  // opened: some worker has served
    int status;  // of the service, once it is over
    sigset_t before, held;
} Supervision;

static int64_t now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// ---- one worker

// In the child: ends when the parent ends, even when that is killed.
static void become_worker(Supervision *s, const int pipe[2], pid_t parent, int nth, Worker *worker)
{
    (void)prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) _exit(EXIT_DONE);
    (void)sigprocmask(SIG_SETMASK, &s->before, NULL);
    for (int i = 0; i < s->count; i++)
        if (s->children[i].pid) (void)close(s->children[i].ready);
    (void)close(pipe[0]);
    *worker = (Worker){.ready = pipe[1], .speaks = nth == 0 && !s->opened};
    memcpy(worker->sockets, s->sockets, sizeof worker->sockets);
}

// True in the child.
static bool start(Supervision *s, int nth, Worker *worker)
{
    int ends[2];
    Child *child = &s->children[nth];
    pid_t parent = getpid(), pid = -1;
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) == 0) {
        pid = fork();
        if (pid == 0) {
            become_worker(s, ends, parent, nth, worker);
            return true;
        }
        (void)close(ends[1]);
        if (pid < 0) (void)close(ends[0]);
    }
    if (pid < 0) {
        log_line(LOG_WARN, "event=worker_not_started errno=%d", errno);
        child->again = now_ms() + PAUSE_MOST_MS;
        return false;
    }
    child->pid = pid;
    child->ready = ends[0];
    child->serves = false;
    child->begun = now_ms();
    return false;
}

// ---- one that ended

static bool serves(Child *child)
{
    char byte;
    if (child->pid && !child->serves) child->serves = read(child->ready, &byte, 1) == 1;
    return child->pid && child->serves;
}

static bool any_serves(Supervision *s)
{
    for (int i = 0; i < s->count; i++) {
        if (!serves(&s->children[i])) continue;
        s->opened = true;
        return true;
    }
    return false;
}

// What is refused before it serves, while nobody else does, is refused to the service: its right is gone, or never was.
// Whatever else ended is started anew.
static void ended(Supervision *s, int nth, int status)
{
    Child *child = &s->children[nth];
    bool served = serves(child);
    (void)close(child->ready);
    child->pid = 0;
    child->serves = false;
    s->opened |= served;
    if (!served && WIFEXITED(status) && !any_serves(s)) {
        s->over = true;
        s->status = WEXITSTATUS(status);
        return;
    }
    bool lived = now_ms() - child->begun >= LIVED_MS;
    child->pause = lived ? 0 : !child->pause ? PAUSE_FIRST_MS : child->pause * 2;
    if (child->pause > PAUSE_MOST_MS) child->pause = PAUSE_MOST_MS;
    child->again = now_ms() + child->pause;
    log_line(LOG_ERROR, "event=worker_died signal=%d status=%d again_in_ms=%lld",
             WIFSIGNALED(status) ? WTERMSIG(status) : 0, WIFEXITED(status) ? WEXITSTATUS(status) : 0,
             (long long)child->pause);
}

static void reap(Supervision *s)
{
    int status;
    for (pid_t pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (int i = 0; i < s->count; i++)
            if (s->children[i].pid == pid) ended(s, i, status);
}

// ---- all of them

static struct timespec until_next(const Supervision *s)
{
    int64_t wait = PAUSE_MOST_MS;
    for (int i = 0; i < s->count; i++) {
        int64_t left = s->children[i].again - now_ms();
        if (!s->children[i].pid && left < wait) wait = left > 0 ? left : 0;
    }
    return (struct timespec){.tv_sec = wait / 1000, .tv_nsec = wait % 1000 * 1000000};
}

static void end_all(Supervision *s)
{
    for (int i = 0; i < s->count; i++)
        if (s->children[i].pid) (void)kill(s->children[i].pid, SIGTERM);
    for (int i = 0; i < s->count; i++)
        while (s->children[i].pid && waitpid(s->children[i].pid, NULL, 0) < 0 && errno == EINTR) continue;
}

// True in a child.
static bool start_due(Supervision *s, Worker *worker)
{
    bool alone = !s->opened && !any_serves(s);
    for (int i = 0; i < (alone ? 1 : s->count); i++)
        if (!s->children[i].pid && now_ms() >= s->children[i].again && start(s, i, worker)) return true;
    return false;
}

// True in a worker; the parent ends with the service.
static bool look_after(Supervision *s, Worker *worker)
{
    while (!s->over) {
        if (start_due(s, worker)) return true;
        struct timespec wait = until_next(s);
        int told = sigtimedwait(&s->held, NULL, &wait);
        s->over = told == SIGINT || told == SIGTERM;
        if (!s->over) reap(s);
    }
    end_all(s);
    exit(s->status);
}

static bool place_read(const Service *service, const CommandLine *line, ServingPlace *place, Error *err)
{
    enum { PORT_MOST = 65535 };
    if (service->place) return service->place(line, place, err);
    int64_t port = option_number(line, "port", service->port);
    if (port < 0 || port > PORT_MOST)
        return FAIL(err, E_USAGE, .item = S("--port"),
                    .words = S("ポートは1から65535まで、または0 (空いているもの) で指定してください。"));
    *place = (ServingPlace){option_text(line, "address"), {(int)port}, 1};
    return true;
}

bool workers_begin(const Service *service, const CommandLine *line, Arena *arena, Worker *worker, Error *err)
{
    ServingPlace place = {0};
    Supervision s = {.count = service->processes};
    assert(s.count > 0 && s.count <= PROCESSES_MOST);
    if (!place_read(service, line, &place, err)) return false;
    for (int i = 0; i < place.port_count; i++)
        if (!listen_at(place.address, place.ports[i], *arena, &s.sockets[i], err)) return false;
    log_serves();
    (void)sigemptyset(&s.held);
    (void)sigaddset(&s.held, SIGINT);
    (void)sigaddset(&s.held, SIGTERM);
    (void)sigaddset(&s.held, SIGCHLD);
    (void)sigaddset(&s.held, SIGUSR1);  // a worker serves
    (void)sigprocmask(SIG_BLOCK, &s.held, &s.before);
    return look_after(&s, worker);
}

void worker_serves(const Worker *worker)
{
    if (write(worker->ready, "", 1) != 1 || kill(getppid(), SIGUSR1) != 0)
        log_line(LOG_WARN, "event=worker_not_heard errno=%d", errno);
}
