// Stands between a program and the disk (LD_PRELOAD) and numbers every point at which the machine
// could die or the disk refuse: each write, truncation, link, rename, removal and flush, in order, and each
// message to the database server.
//
// SESSHU_FAULT_COUNT=FILE   at the end of the process, adds its numbers of points, reads and messages to FILE, and which
//                           point and message (P:M) each COMMIT was
// SESSHU_FAULT_KILL=N       the process is killed at point N; a write there is done by half first
// SESSHU_FAULT_STOP=N       the process stops at point N (SIGSTOP), before it does it, and may be continued
// SESSHU_FAULT_FULL=N       from point N on, nothing more can be written: ENOSPC
// SESSHU_FAULT_READ=N       the N-th read from a file of the data directory fails: EIO
// SESSHU_FAULT_LOST=N       the N-th message reaches the server, and nothing comes or goes behind it
// SESSHU_FAULT_SERVER=PORT  of the database server on the loopback; without it messages are none of ours
// SESSHU_FAULT_UNDER=DIR    only files below DIR are counted (standard streams never are)
// SESSHU_FAULT_LOGIN=UID    the process is of this user's login (root only; a program with the rights of
//                           another than its login would be started without the shim)
// SPDX-License-Identifier: Apache-2.0

// Both spellings of each function are ours: neither may be turned into the other by a header.
#undef _FILE_OFFSET_BITS
#undef _FORTIFY_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

// Interposed functions have no header of ours: their prototypes are libc's.
#pragma GCC diagnostic ignored "-Wmissing-prototypes"

enum { COMMITS_MOST = 256 };
static atomic_long points, reads, messages, commits;
static long commit_points[COMMITS_MOST], commit_messages[COMMITS_MOST];
static long kill_at, full_at, read_at, stop_at, lost_at, server;
static char under[PATH_MAX];

static long number_of(const char *name)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void begin(void)
{
    kill_at = number_of("SESSHU_FAULT_KILL");
    full_at = number_of("SESSHU_FAULT_FULL");
    read_at = number_of("SESSHU_FAULT_READ");
    stop_at = number_of("SESSHU_FAULT_STOP");
    lost_at = number_of("SESSHU_FAULT_LOST");
    server = number_of("SESSHU_FAULT_SERVER");
    const char *dir = getenv("SESSHU_FAULT_UNDER");
    (void)snprintf(under, sizeof under, "%s", dir ? dir : "/");
    if (getenv("SESSHU_FAULT_LOGIN") && setreuid((uid_t)number_of("SESSHU_FAULT_LOGIN"), (uid_t)-1))
        abort();
}

__attribute__((destructor)) static void end(void)
{
    const char *path = getenv("SESSHU_FAULT_COUNT");
    FILE *out = path ? fopen(path, "a") : NULL;
    if (!out) return;
    (void)fprintf(out, "%ld %ld %ld", atomic_load(&points), atomic_load(&reads), atomic_load(&messages));
    for (long i = 0; i < atomic_load(&commits) && i < COMMITS_MOST; i++)
        (void)fprintf(out, " %ld:%ld", commit_points[i], commit_messages[i]);
    (void)fputc('\n', out);
    (void)fclose(out);
}

static int path_counts(const char *path) { return strncmp(path, under, strlen(under)) == 0; }

static int file_counts(int fd)
{
    char link[64], path[PATH_MAX];
    if (fd <= STDERR_FILENO) return 0;
    (void)snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    if (len < 0) return 0;
    path[len] = '\0';
    return path_counts(path);
}

static _Noreturn void die(void)
{
    (void)kill(getpid(), SIGKILL);
    for (;;) (void)pause();
}

// One point. 0: go on; 1: die after doing half; -1: refuse with ENOSPC.
static int point(void)
{
    long n = atomic_fetch_add(&points, 1) + 1;
    if (kill_at && n == kill_at) return 1;
    if (stop_at && n == stop_at) (void)raise(SIGSTOP);
    if (full_at && n >= full_at) {
        errno = ENOSPC;
        return -1;
    }
    return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count)
{
    int fate = file_counts(fd) ? point() : 0;
    if (fate < 0) return -1;
    if (fate > 0) {
        (void)!REAL(write)(fd, bytes, count / 2);
        die();
    }
    return REAL(write)(fd, bytes, count);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
    int fate = file_counts(fd) ? point() : 0;
    if (fate < 0) return -1;
    if (fate > 0) {
        (void)!REAL(pwrite64)(fd, bytes, count / 2, at);
        die();
    }
    return REAL(pwrite64)(fd, bytes, count, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return pwrite64(fd, bytes, count, at); }

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    int fate = file_counts(fd) ? point() : 0;
    if (fate < 0) return -1;
    if (fate > 0) die();
    return REAL(writev)(fd, parts, count);
}

#define INTERPOSE_FD(name)                                                                         \
    int name(int fd)                                                                               \
    {                                                                                              \
        int fate = file_counts(fd) ? point() : 0;                                                  \
        if (fate < 0) return -1;                                                                   \
        if (fate > 0) die();                                                                       \
        return REAL(name)(fd);                                                                     \
    }
INTERPOSE_FD(fsync)
INTERPOSE_FD(fdatasync)

int ftruncate64(int fd, off64_t size)
{
    int fate = file_counts(fd) ? point() : 0;
    if (fate < 0) return -1;
    if (fate > 0) die();
    return REAL(ftruncate64)(fd, size);
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int rename(const char *from, const char *to)
{
    int fate = path_counts(to) ? point() : 0;
    if (fate < 0) return -1;
    if (fate > 0) die();
    return REAL(rename)(from, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags)
{
    int fate = path_counts(to) ? point() : 0;
    if (fate < 0) return -1;
    if (fate > 0) die();
    return REAL(linkat)(from_folder, from, to_folder, to, flags);
}

int unlink(const char *path)
{
    if (path_counts(path) && point() > 0) die();  // removing frees room: never refused as full
    return REAL(unlink)(path);
}

static int read_fails(int fd)
{
    if (!file_counts(fd)) return 0;
    if (atomic_fetch_add(&reads, 1) + 1 != read_at) return 0;
    errno = EIO;
    return 1;
}

ssize_t read(int fd, void *bytes, size_t count)
{
    return read_fails(fd) ? -1 : REAL(read)(fd, bytes, count);
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t at)
{
    return read_fails(fd) ? -1 : REAL(pread64)(fd, bytes, count, at);
}

ssize_t pread(int fd, void *bytes, size_t count, off_t at) { return pread64(fd, bytes, count, at); }

// ---- the database server

static int server_counts(int fd)
{
    struct sockaddr_in peer = {0};
    socklen_t size = sizeof peer;
    if (!server || getpeername(fd, (struct sockaddr *)&peer, &size)) return 0;
    return peer.sin_family == AF_INET && ntohs(peer.sin_port) == server;
}

static void commit_noted(const void *bytes, size_t count)
{
    if (!memmem(bytes, count, "COMMIT", sizeof "COMMIT")) return;
    long n = atomic_fetch_add(&commits, 1);
    if (n >= COMMITS_MOST) return;
    commit_points[n] = atomic_load(&points);
    commit_messages[n] = atomic_load(&messages) + 1;
}

static int is_lost(void) { return lost_at && atomic_load(&messages) >= lost_at; }

ssize_t send(int fd, const void *bytes, size_t count, int flags)
{
    if (!server_counts(fd)) return REAL(send)(fd, bytes, count, flags);
    ssize_t sent = -1;
    errno = EPIPE;
    if (!is_lost()) {
        int fate = point();
        commit_noted(bytes, count);
        if (fate > 0) {
            (void)REAL(send)(fd, bytes, count / 2, flags);
            die();
        }
        sent = REAL(send)(fd, bytes, count, flags);
        atomic_fetch_add(&messages, 1);
    }
    int why = errno;
    if (is_lost()) (void)shutdown(fd, SHUT_RD);  // whoever waits for an answer is told that the line has ended
    errno = why;
    return sent;
}

ssize_t recv(int fd, void *bytes, size_t count, int flags)
{
    return server_counts(fd) && is_lost() ? 0 : REAL(recv)(fd, bytes, count, flags);
}
