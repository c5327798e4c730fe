// SPDX-License-Identifier: Apache-2.0
#include "writer_lock.h"

#include "regular_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { NOTE_MAX = 512, LOOKS_PER_SECOND = 200 };

// One line: since, command, operator. Best effort: the lock holds without it.
static void note_written(int lock, const AtWork *who, Arena scratch)
{
    Str note = str_format(&scratch, "%lld\t%.*s\t%.*s\n", (long long)who->since, STR(who->command),
                          STR(who->operator_name));
    if (note.len > NOTE_MAX || ftruncate(lock, 0) != 0) return;
    ssize_t ignored = pwrite(lock, note.at, (size_t)note.len, 0);
    (void)ignored;
}

static AtWork note_read(int lock, Arena *arena)
{
    char *note = NEW(arena, char, NOTE_MAX);
    ssize_t len = pread(lock, note, NOTE_MAX, 0);
    Cut since = str_cut(str_trim((Str){note, len > 0 ? len : 0}), '\t');
    Cut command = str_cut(since.tail, '\t');
    AtWork who = {.operator_name = command.tail, .command = command.head};
    if (!str_int64(since.head, &who.since)) who.since = 0;
    return who;
}

static bool busy(int lock, Arena *arena, Error *err)
{
    AtWork who = note_read(lock, arena);
    if (!who.since)
        return FAIL(err, E_BUSY,
                    .words = S("ほかの処理が実行中です。終わってからもう一度実行してください。"));
    char since[INSTANT_TEXT_SIZE];
    return FAIL(err, E_BUSY,
                .words = str_format(arena,
                                    "%.*s さんの「%.*s」が %s から実行中です。"
                                    "終わってからもう一度実行してください。",
                                    STR(who.operator_name), STR(who.command),
                                    instant_in_japan(who.since, since)));
}

static bool locked_within(int lock, int wait_seconds)
{
    const struct timespec pause = {.tv_nsec = 1000000000 / LOOKS_PER_SECOND};
    for (int looks = wait_seconds * LOOKS_PER_SECOND; flock(lock, LOCK_EX | LOCK_NB) != 0;
         looks--) {
        if (looks <= 0 || (errno != EWOULDBLOCK && errno != EINTR)) return false;
        (void)nanosleep(&pause, NULL);
    }
    return true;
}

bool writer_lock_take(const char *path, const AtWork *who, int wait_seconds, Arena *arena,
                      int *lock, Error *err)
{
    int file = regular_file_open(path, O_RDWR | O_CREAT | O_NOFOLLOW, 0600);
    if (file < 0)
        return FAIL(err, E_FILE_OPEN, .value = str_of(path),
                    .words = S("データの置き場所に書き込めません。権限を確かめてください。"));
    if (!locked_within(file, wait_seconds)) {
        (void)busy(file, arena, err);
        (void)close(file);
        return false;
    }
    note_written(file, who, *arena);
    *lock = file;
    return true;
}

void writer_lock_words(const char *path, Arena *arena, Error *err)
{
    int file = regular_file_open(path, O_RDONLY | O_NOFOLLOW, 0);
    if (file < 0) return;
    if (flock(file, LOCK_SH | LOCK_NB) != 0) (void)busy(file, arena, err);
    (void)close(file);
}

void writer_lock_give(int lock)
{
    if (lock < 0) return;
    int ignored = ftruncate(lock, 0);
    (void)ignored;
    (void)close(lock);
}
