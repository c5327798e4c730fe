// SPDX-License-Identifier: Apache-2.0
#include "csv_write.h"

#include "csv.h"
#include "outlet.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUFFER = 65536,
    CHANGED_PER_BYTE = 32,  // of a cell: a few copies, each sign up to six characters, grown by doubling
    CHANGED_LEAST = 4096,
};

struct CsvWriter {
    FILE *stream;  // when it writes onto one; else:
    int fd;
    // Where it will lie; where it lies while it is written, NULL for a device or a pipe.
    const char *path, *unfinished;
    char *buffer;
    ptrdiff_t len;
    bool as_it_stands;   // nothing passes an outlet
    bool in_row, in_rows;  // behind a cell; behind the header
    int cell;            // of the row in hand
    bool takes_digits[CSV_COLUMNS_MAX];  // by the names in the header
    int failure;  // errno of the first failure
};

static bool write_failed(const char *path, int failure, Error *err)
{
    if (failure == ENOSPC || failure == EDQUOT)
        return FAIL(
            err, E_STORE_FULL, .value = str_of(path),
            .words =
                S("ディスクに空きがないため書き出せません。空きを作ってから再度お試しください。"));
    return FAIL(err, E_FILE_WRITE, .value = str_of(path),
                .words = S("ファイルに書き出せません。場所と書き込み権限をお確かめください。"));
}

// The unfinished file has one name, so that what a killed run left behind is taken over by the next.
// The lock keeps a second writer of the same file out; whoever opened it before the first one renamed
// it holds the finished file and must not touch it.
// A draft that somebody else made, or may have open, is his: what is written there he reads and changes.
static bool draft_ours(const struct stat *opened)
{
    return S_ISREG(opened->st_mode) && opened->st_uid == geteuid() && !(opened->st_mode & 077) &&
           opened->st_nlink == 1;
}

static int open_unfinished(const char *path, int *fd)
{
    struct stat opened, named;
    if (lstat(path, &named) == 0 && !draft_ours(&named) && unlink(path)) return errno;
    *fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    if (*fd < 0) return errno;
    int failure = flock(*fd, LOCK_EX | LOCK_NB) || fstat(*fd, &opened) ? errno : 0;
    if (!failure && (lstat(path, &named) || opened.st_ino != named.st_ino)) failure = EWOULDBLOCK;
    if (!failure && !draft_ours(&opened)) failure = EACCES;
    if (!failure && ftruncate(*fd, 0)) failure = errno;
    if (failure) (void)close(*fd);
    return failure;
}

// A device or a pipe has no half-written state and must never be replaced by a file.
static bool is_special(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && !S_ISREG(about.st_mode);
}

static int open_special(const char *path, int *fd)
{
    *fd = open(path, O_WRONLY | O_CLOEXEC);
    return *fd < 0 ? errno : 0;
}

// Ours or the system's, and nobody else may put files into it, or only such that stay theirs (/tmp).
static bool folder_ours(const char *path)
{
    struct stat about;
    char folder[PATH_MAX] = ".";
    const char *slash = strrchr(path, '/');
    if (slash) {
        size_t len = slash == path ? 1 : (size_t)(slash - path);
        if (len >= sizeof folder) return false;
        memcpy(folder, path, len);
        folder[len] = '\0';
    }
    if (stat(folder, &about)) return true;  // opening says why
    bool owned = about.st_uid == geteuid() || about.st_uid == 0;
    return owned && (!(about.st_mode & 022) || about.st_mode & S_ISVTX);
}

bool csv_create(const char *path, Arena *arena, CsvWriter **writer, Error *err)
{
    Str unfinished = str_format(arena, "%s.unfinished", path);
    CsvWriter made = {.path = str_z(arena, str_of(path))};
    if (!is_special(path)) made.unfinished = str_z(arena, unfinished);
    if (made.unfinished && !folder_ours(made.path))
        return FAIL(err, E_FILE_WRITE, .value = str_of(path),
                    .words = S("ほかの利用者が書き換えられるフォルダーには書き出しません。"
                               "自分だけが書き込めるフォルダーを指定してください。"));
    int failure = made.unfinished ? open_unfinished(made.unfinished, &made.fd)
                                  : open_special(made.path, &made.fd);
    if (failure == EWOULDBLOCK)
        return FAIL(
            err, E_BUSY, .value = str_of(path),
            .words =
                S("同じファイルを別の処理が書き出しています。終わってから再度お試しください。"));
    if (failure) return write_failed(made.path, failure, err);
    made.buffer = NEW(arena, char, BUFFER);
    *writer = NEW(arena, CsvWriter, 1);
    **writer = made;
    return true;
}

CsvWriter *csv_on_stream(FILE *out, Arena *arena)
{
    CsvWriter *writer = NEW(arena, CsvWriter, 1);
    *writer = (CsvWriter){.stream = out, .fd = -1, .buffer = NEW(arena, char, BUFFER)};
    return writer;
}

static void write_out(CsvWriter *writer)
{
    ptrdiff_t done = 0;
    while (done < writer->len && !writer->failure) {
        const char *from = writer->buffer + done;
        size_t left = (size_t)(writer->len - done);
        ssize_t n = writer->stream ? (ssize_t)fwrite(from, 1, left, writer->stream)
                                   : write(writer->fd, from, left);
        if (n > 0)
            done += n;
        else if (errno != EINTR)
            writer->failure = errno ? errno : EIO;
    }
    writer->len = 0;
}

static void add(CsvWriter *writer, const char *at, ptrdiff_t len)
{
    while (len) {
        if (writer->len == BUFFER) write_out(writer);
        ptrdiff_t room = BUFFER - writer->len;
        ptrdiff_t part = len < room ? len : room;
        memcpy(writer->buffer + writer->len, at, (size_t)part);
        writer->len += part;
        at += part;
        len -= part;
    }
}

static void put(CsvWriter *writer, Str field)
{
    add(writer, writer->in_row ? ",\"" : "\"", writer->in_row ? 2 : 1);
    writer->in_row = true;
    for (Cut cut = {.tail = field, .found = true}; cut.found;) {
        cut = str_cut(cut.tail, '"');
        add(writer, cut.head.at, cut.head.len);
        if (cut.found) add(writer, "\"\"", 2);
    }
    add(writer, "\"", 1);
}

// Most cells are as they should be; only one that is not is copied.
void csv_put(CsvWriter *writer, Str field)
{
    int cell = writer->cell++;
    bool takes_digits = cell < CSV_COLUMNS_MAX && writer->takes_digits[cell];
    if (!writer->in_rows && cell < CSV_COLUMNS_MAX)
        writer->takes_digits[cell] = outlet_takes_digits(field) > 0;
    if (writer->as_it_stands || outlet_clean(OUTLET_SHEET, field, takes_digits)) {
        put(writer, field);
        return;
    }
    Arena whole = arena_reserve(CHANGED_PER_BYTE * field.len + CHANGED_LEAST), arena = whole;
    put(writer, takes_digits ? outlet_digits(OUTLET_SHEET, &arena, field)
                             : outlet_text(OUTLET_SHEET, &arena, field));
    arena_release(whole);
}

void csv_put_error(CsvWriter *writer, const Error *why)
{
    Arena whole = arena_reserve(CHANGED_PER_BYTE * 2 * ERROR_TEXT_BYTES + CHANGED_LEAST), arena = whole;
    writer->cell++;
    put(writer, outlet_error_message(OUTLET_SHEET, &arena, why));
    arena_release(whole);
}

void csv_put_int64(CsvWriter *writer, int64_t number)
{
    char text[24];
    int len = snprintf(text, sizeof text, "%lld", (long long)number);
    writer->cell++;
    put(writer, (Str){text, len});
}

void csv_end_row(CsvWriter *writer)
{
    add(writer, "\r\n", 2);
    writer->in_row = false;
    writer->in_rows = true;
    writer->cell = 0;
}

void csv_as_it_stands(CsvWriter *writer)
{
    writer->as_it_stands = true;
}

// The new name itself must reach the disk, not only the bytes behind it.
static int sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char folder[4096] = ".";
    if (slash) {
        size_t len = slash == path ? 1 : (size_t)(slash - path);
        if (len >= sizeof folder) return ENAMETOOLONG;
        memcpy(folder, path, len);
        folder[len] = '\0';
    }
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return errno;
    int failure = fsync(fd) ? errno : 0;
    (void)close(fd);
    return failure;
}

static bool commit_stream(CsvWriter *writer, Error *err)
{
    write_out(writer);
    errno = 0;
    if (!writer->failure && fflush(writer->stream)) writer->failure = errno ? errno : EIO;
    return writer->failure ? write_failed("-", writer->failure, err) : true;
}

static bool commit_special(CsvWriter *writer, Error *err)
{
    write_out(writer);
    if (close(writer->fd) && !writer->failure) writer->failure = errno;
    return writer->failure ? write_failed(writer->path, writer->failure, err) : true;
}

bool csv_commit(CsvWriter *writer, Error *err)
{
    if (writer->stream) return commit_stream(writer, err);
    if (!writer->unfinished) return commit_special(writer, err);
    write_out(writer);
    if (!writer->failure && fsync(writer->fd)) writer->failure = errno;
    if (!writer->failure && rename(writer->unfinished, writer->path)) writer->failure = errno;
    if (writer->failure) {
        csv_abandon(writer);
        return write_failed(writer->path, writer->failure, err);
    }
    (void)close(writer->fd);  // what it held is on disk already
    int failure = sync_folder_of(writer->path);
    return failure ? write_failed(writer->path, failure, err) : true;
}

void csv_abandon(CsvWriter *writer)
{
    if (!writer || writer->stream) return;
    if (writer->unfinished) (void)unlink(writer->unfinished);  // while the lock is still ours
    (void)close(writer->fd);
}
