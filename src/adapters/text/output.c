// SPDX-License-Identifier: Apache-2.0
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PORTION = 1 << 16 };

bool output_failed(const char *path, int failure, Error *err)
{
    if (failure == ENOSPC || failure == EDQUOT)
        return FAIL(
            err, E_STORE_FULL, .value = str_of(path),
            .words =
                S("ディスクに空きがないため書き出せません。空きを作ってから再度お試しください。"));
    return FAIL(err, E_FILE_WRITE, .value = str_of(path),
                .words = S("ファイルに書き出せません。場所と書き込み権限をお確かめください。"));
}

static const char *folder_of(const char *path, char copy[PATH_MAX])
{
    (void)snprintf(copy, PATH_MAX, "%s", path);
    return dirname(copy);
}

// Ours or the system's, and nobody else may put files into it, or only such that stay theirs (/tmp).
static bool folder_ours(const char *folder)
{
    struct stat about;
    if (stat(folder, &about) != 0) return true;  // opening says why
    bool owned = about.st_uid == geteuid() || about.st_uid == 0;
    return owned && (!(about.st_mode & 022) || about.st_mode & S_ISVTX);
}

static bool cannot_be_nameless(int failure)
{
    return failure == EOPNOTSUPP || failure == EISDIR || failure == EINVAL;
}

bool output_begin(const char *path, Arena *arena, Output *output, Error *err)
{
    char copy[PATH_MAX];
    const char *folder = folder_of(path, copy);
    if (strlen(path) >= PATH_MAX) return output_failed(path, ENAMETOOLONG, err);
    if (!folder_ours(folder))
        return FAIL(err, E_FILE_WRITE, .value = str_of(path),
                    .words = S("ほかの利用者が書き換えられるフォルダーには書き出しません。"
                               "自分だけが書き込めるフォルダーを指定してください。"));
    *output = (Output){.path = str_z(arena, str_of(path))};
    output->file = open(folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (output->file < 0 && cannot_be_nameless(errno)) {
        char *draft = str_z(arena, str_format(arena, "%s.XXXXXX", path));
        output->file = mkostemp(draft, O_CLOEXEC);
        output->draft = draft;
    }
    return output->file >= 0 || output_failed(path, errno, err);
}

static bool hash_read(int file, Sha256 *hash)
{
    static _Thread_local unsigned char bytes[PORTION];
    Sha256Run *run = sha256_begin();
    ssize_t got;
    for (off_t at = 0; (got = pread(file, bytes, sizeof bytes, at)) > 0; at += got)
        sha256_add(run, (Bytes){bytes, got});
    *hash = sha256_end(run);
    return got == 0;
}

// The new name itself must reach the disk, not only the bytes behind it.
static bool folder_synced(const char *path)
{
    char copy[PATH_MAX];
    int folder = open(folder_of(path, copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    bool synced = fsync(folder) == 0;
    (void)close(folder);
    return synced;
}

static bool linked(int file, const char *name)
{
    char nameless[64];
    (void)snprintf(nameless, sizeof nameless, "/proc/self/fd/%d", file);
    return linkat(AT_FDCWD, nameless, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

// A file without a name cannot take the place of another at once: it has a name of its own for that moment.
static bool put_in_place(const Output *output)
{
    char beside[PATH_MAX];
    if (output->draft) return rename(output->draft, output->path) == 0;
    if (linked(output->file, output->path)) return true;
    if (errno != EEXIST) return false;
    if (snprintf(beside, sizeof beside, "%s.unfinished", output->path) >= (int)sizeof beside)
        return false;
    (void)unlink(beside);  // of a process that died here
    return linked(output->file, beside) && rename(beside, output->path) == 0;
}

bool output_commit(Output *output, Sha256 *hash, Error *err)
{
    bool kept = fsync(output->file) == 0 && (!hash || hash_read(output->file, hash)) &&
                put_in_place(output) && folder_synced(output->path);
    if (!kept) (void)output_failed(output->path, errno, err);
    if (kept) output->draft = NULL;
    output_abandon(output);
    return kept;
}

void output_abandon(Output *output)
{
    if (output->draft) (void)unlink(output->draft);
    (void)close(output->file);
    output->draft = NULL;
}

static bool is_there(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

static OutputFate fate_without_draft(const char *path)
{
    char copy[PATH_MAX];
    if (is_there(path)) return OUTPUT_NAMED;
    return is_there(folder_of(path, copy)) ? OUTPUT_LOST : OUTPUT_WAITS;
}

bool output_move(const char *draft, const char *path, const Sha256 *hash, OutputFate *fate,
                 Error *err)
{
    Sha256 found;
    int file = open(draft, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0 && errno != ENOENT) return output_failed(path, errno, err);
    *fate = fate_without_draft(path);
    if (file < 0) return true;
    bool read = hash_read(file, &found);
    (void)close(file);
    if (!read) return output_failed(path, EIO, err);
    *fate = sha256_equal(&found, hash) ? OUTPUT_NAMED : OUTPUT_LOST;
    bool moved = *fate == OUTPUT_NAMED ? rename(draft, path) == 0 : unlink(draft) == 0;
    return (moved && folder_synced(path)) || output_failed(path, errno, err);
}
