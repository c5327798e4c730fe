// SPDX-License-Identifier: Apache-2.0
#include "output.h"

#include "regular_file.h"

#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
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

static Str name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

// ---- the folder

// Ours or the system's, and nobody else may put files into it, or only such that stay theirs (/tmp).
static bool folder_ours(int folder)
{
    struct stat about;
    if (fstat(folder, &about) != 0) return false;
    bool owned = about.st_uid == geteuid() || about.st_uid == 0;
    return owned && (!(about.st_mode & 022) || about.st_mode & S_ISVTX);
}

static bool same_folder(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

// Upwards from `folder` to the root; by what a folder is, not by what it is called. One that cannot be asked
// counts as inside.
static bool leads_to(int folder, const struct stat *wanted)
{
    struct stat here, above;
    int at = fcntl(folder, F_DUPFD_CLOEXEC, 0);
    bool found = at < 0 || fstat(at, &here) != 0;
    while (!found) {
        if (same_folder(&here, wanted)) {
            found = true;
            break;
        }
        int up = openat(at, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        (void)close(at);
        at = up;
        if (at < 0 || fstat(at, &above) != 0) found = true;
        if (found || same_folder(&here, &above)) break;
        here = above;
    }
    if (at >= 0) (void)close(at);
    return found;
}

static bool is_own(int folder, const char *name, const OutputHome *home, Arena scratch)
{
    struct stat here, data, own;
    if (fstat(folder, &here) != 0 || stat(str_z(&scratch, home->folder), &data) != 0) return true;
    bool at_home = same_folder(&here, &data);
    if (home->apart && stat(home->apart, &own) == 0 && leads_to(folder, &own)) return true;
    for (int i = 0; i < home->own_count; i++) {
        Arena one = scratch;
        Str path = str_format(&one, "%.*s/%s", STR(home->folder), home->own[i]);
        if (at_home && fnmatch(home->own[i], name, 0) == 0) return true;
        if (stat(str_z(&one, path), &own) != 0 || !S_ISDIR(own.st_mode)) continue;
        if (leads_to(folder, &own)) return true;
    }
    return false;
}

bool output_is_own(const char *path, const char *name, const OutputHome *home, Arena scratch)
{
    int folder = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    bool own = is_own(folder, name, home, scratch);
    (void)close(folder);
    return own;
}

// ---- the place

static bool place_refused(const char *path, Str words, Error *err)
{
    return FAIL(err, E_CONFLICT, .value = str_of(path), .words = words);
}

static bool begins_with(const Output *o, Str head)
{
    char line[PORTION];
    int file = openat(o->folder, o->name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0 || !head.len || head.len > PORTION) {
        if (file >= 0) (void)close(file);
        return false;
    }
    ssize_t len = pread(file, line, (size_t)head.len, 0);
    (void)close(file);
    return len == head.len && memcmp(line, head.at, (size_t)head.len) == 0;
}

// Whatever lies there is somebody's: a list makes way for a newer one, the rest stays.
static bool place_free(const Output *o, Error *err)
{
    struct stat about;
    if (fstatat(o->folder, o->name, &about, AT_SYMLINK_NOFOLLOW) != 0) return true;
    if (o->takes == OUTPUT_OURS && !S_ISDIR(about.st_mode)) return true;
    if (!S_ISREG(about.st_mode))
        return place_refused(o->path,
                             S("書き出す先がファイルではありません (リンク、パイプ、装置、"
                               "フォルダー)。ほかの名前を指定してください。"),
                             err);
    if (o->takes == OUTPUT_LIST && begins_with(o, o->head)) return true;
    return place_refused(o->path,
                         S("同じ名前のファイルがあるため書き出しません。別の名前を指定するか、"
                           "要らないことを確かめて取り除いてください。"),
                         err);
}

static bool place_asked(const Output *o, const OutputPlace *place, Arena scratch, Error *err)
{
    if (!folder_ours(o->folder))
        return FAIL(err, E_FILE_WRITE, .value = str_of(o->path),
                    .words = S("ほかの利用者が書き換えられるフォルダーには書き出しません。"
                               "自分だけが書き込めるフォルダーを指定してください。"));
    if (place->home && is_own(o->folder, o->name, place->home, scratch))
        return place_refused(o->path,
                             S("データの置き場所にあるシステムのファイルやフォルダーには"
                               "書き出しません。ほかのフォルダーを指定してください。"),
                             err);
    return place_free(o, err);
}

// ---- the draft

static bool cannot_be_nameless(int failure)
{
    return failure == EOPNOTSUPP || failure == EISDIR || failure == EINVAL;
}

static void draft_open(Output *o, Arena *arena)
{
    o->file = openat(o->folder, ".", O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
    if (o->file >= 0 || !cannot_be_nameless(errno)) return;
    char *draft = str_z(arena, str_format(arena, "%s.XXXXXX", o->path));
    o->file = mkostemp(draft, O_CLOEXEC);
    o->draft = name_of(draft).at;
}

static void closed(Output *o)
{
    if (o->file >= 0) (void)close(o->file);
    if (o->folder >= 0) (void)close(o->folder);
    o->file = o->folder = -1;
}

bool output_begin(const OutputPlace *place, Arena *arena, Output *output, Error *err)
{
    char copy[PATH_MAX];
    Output o = {.file = -1, .path = str_z(arena, str_of(place->path)), .takes = place->takes, .head = str_copy(arena, place->head)};
    o.name = name_of(o.path).at;
    if (strlen(o.path) >= PATH_MAX) return output_failed(o.path, ENAMETOOLONG, err);
    o.folder = open(folder_of(o.path, copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (o.folder < 0) return output_failed(o.path, errno, err);
    bool asked = place_asked(&o, place, *arena, err);
    if (asked) draft_open(&o, arena);
    int failure = errno;
    if (o.file < 0) closed(&o);
    if (!asked) return false;
    *output = o;
    return o.file >= 0 || output_failed(o.path, failure, err);
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

static bool linked(const Output *o, const char *name)
{
    char nameless[64];
    (void)snprintf(nameless, sizeof nameless, "/proc/self/fd/%d", o->file);
    return linkat(AT_FDCWD, nameless, o->folder, name, AT_SYMLINK_FOLLOW) == 0;
}

// A file without a name cannot take the place of another at once: it has a name of its own for that moment.
static bool put_in_place(const Output *o)
{
    char beside[PATH_MAX];
    bool free = o->takes == OUTPUT_FREE;
    if (o->draft && free)
        return linkat(o->folder, o->draft, o->folder, o->name, 0) == 0 &&
               unlinkat(o->folder, o->draft, 0) == 0;
    if (o->draft) return renameat(o->folder, o->draft, o->folder, o->name) == 0;
    if (linked(o, o->name)) return true;
    if (errno != EEXIST || free) return false;
    if (snprintf(beside, sizeof beside, "%s.unfinished", o->name) >= (int)sizeof beside)
        return false;
    (void)unlinkat(o->folder, beside, 0);  // of a process that died here
    return linked(o, beside) && renameat(o->folder, beside, o->folder, o->name) == 0;
}

// The new name itself must reach the disk, not only the bytes behind it. What came to lie there meanwhile is
// asked about once more.
bool output_commit(Output *output, Sha256 *hash, Error *err)
{
    bool whole = fsync(output->file) == 0 && (!hash || hash_read(output->file, hash));
    if (!whole) (void)output_failed(output->path, errno, err);
    bool kept = whole && place_free(output, err);
    if (kept) {
        kept = put_in_place(output) && fsync(output->folder) == 0;
        if (!kept) (void)output_failed(output->path, errno, err);
        if (kept) output->draft = NULL;
    }
    output_abandon(output);
    return kept;
}

void output_abandon(Output *output)
{
    if (output->draft) (void)unlinkat(output->folder, output->draft, 0);
    output->draft = NULL;
    closed(output);
}

// ---- naming what was committed as a draft

static bool is_there(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

static bool same_file(int file, const char *path)
{
    struct stat mine, theirs;
    return fstat(file, &mine) == 0 && lstat(path, &theirs) == 0 && same_folder(&mine, &theirs);
}

static OutputFate fate_without_draft(const char *path)
{
    char copy[PATH_MAX];
    if (is_there(path)) return OUTPUT_NAMED;
    return is_there(folder_of(path, copy)) ? OUTPUT_LOST : OUTPUT_WAITS;
}

static bool folder_synced(const char *path)
{
    char copy[PATH_MAX];
    int folder = open(folder_of(path, copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    bool synced = fsync(folder) == 0;
    (void)close(folder);
    return synced;
}

// Takes no other file's place: what lies there already keeps it waiting, unless it is the file itself.
static OutputFate named(int file, const char *draft, const char *path, bool *moved)
{
    bool mine = link(draft, path) == 0 || same_file(file, path);
    *moved = mine ? unlink(draft) == 0 : errno == EEXIST;
    return mine ? OUTPUT_NAMED : OUTPUT_WAITS;
}

bool output_move(const char *draft, const char *path, const Sha256 *hash, OutputFate *fate,
                 Error *err)
{
    Sha256 found;
    int file = regular_file_open(draft, O_RDONLY | O_NOFOLLOW, 0);
    if (file < 0 && errno != ENOENT) return output_failed(path, errno, err);
    *fate = fate_without_draft(path);
    if (file < 0) return true;
    bool read = hash_read(file, &found), moved = false;
    if (read && sha256_equal(&found, hash)) {
        *fate = named(file, draft, path, &moved);
    } else if (read) {
        *fate = OUTPUT_LOST;
        moved = unlink(draft) == 0;
    }
    int failure = read ? errno : EIO;
    (void)close(file);
    return (moved && folder_synced(path)) || output_failed(path, failure, err);
}

int output_reopen(const char *path, const Sha256 *hash)
{
    Sha256 found;
    int file = regular_file_open(path, O_RDONLY | O_NOFOLLOW, 0);
    if (file < 0 || (hash_read(file, &found) && sha256_equal(&found, hash))) return file;
    (void)close(file);
    return -1;
}
