// SPDX-License-Identifier: Apache-2.0
#include "key_file.h"

#include "regular_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define KEY_DRAFT ".draft"
enum { DRAFT_SECONDS = 60 };  // far longer than a replacing takes

static bool refuse(Error *err, const char *path, Str words)
{
    return FAIL(err, E_KEY, .value = str_of(path), .words = words);
}

// Nobody but this user (or root, who owns what a service manager hands out) may reach it.
static bool is_ours_alone(const struct stat *status)
{
    return (status->st_mode & 077) == 0 && (status->st_uid == geteuid() || status->st_uid == 0);
}

bool key_folder_made(const char *folder, Error *err)
{
    struct stat status;
    if (mkdir(folder, 0700) != 0 && errno != EEXIST)
        return refuse(err, folder, S("鍵の置き場所を作れません。権限を確かめてください。"));
    if (stat(folder, &status) != 0 || !S_ISDIR(status.st_mode) || !is_ours_alone(&status))
        return refuse(err, folder,
                      S("鍵の置き場所がほかの利用者にも開かれています。権限を 0700 にし (chmod 700 この場所)、"
                        "鍵が読まれていないか確かめてください。"));
    return true;
}

static bool read_whole(int file, Secret *content)
{
    ssize_t got;
    content->len = 0;
    while ((got = read(file, content->at + content->len, (size_t)(SECRET_MAX - content->len))) > 0)
        content->len += got;
    return got == 0 && content->len < SECRET_MAX;
}

static bool open_ours(const char *path, int *file, off_t *size, Error *err)
{
    struct stat status;
    *file = regular_file_open(path, O_RDONLY | O_NOFOLLOW, 0);
    if (*file < 0)
        return errno == ENOENT ||
               refuse(err, path, S("鍵のファイルを開けません。権限を確かめてください。"));
    bool ours = fstat(*file, &status) == 0 && is_ours_alone(&status);
    *size = ours ? status.st_size : 0;
    if (ours) return true;
    (void)close(*file);
    return refuse(err, path,
                  S("鍵のファイルがほかの利用者にも開かれています。"
                    "権限を 0600 にし、鍵が読まれていないか確かめてください。"));
}

static bool unreadable(const char *path, Error *err)
{
    return refuse(err, path, S("鍵のファイルを読めません。控えから戻してください。"));
}

bool key_file_read(const char *path, Secret *content, bool *found, Error *err)
{
    int file;
    off_t size;
    if (!open_ours(path, &file, &size, err)) return false;
    *found = file >= 0;
    if (!*found) return true;
    bool whole = read_whole(file, content);
    (void)close(file);
    return whole || unreadable(path, err);
}

bool key_list_read(const char *path, Arena *arena, Str *text, Error *err)
{
    int file;
    off_t size;
    *text = (Str){0};
    if (!open_ours(path, &file, &size, err)) return false;
    if (file < 0) return true;
    bool whole = size <= KEY_LIST_MOST;
    char *at = whole ? NEW(arena, char, size + 1) : NULL;
    ssize_t got = whole ? read(file, at, (size_t)size) : -1;
    (void)close(file);
    if (got != size) return unreadable(path, err);
    *text = (Str){at, size};
    return true;
}

static bool write_whole(int file, Bytes content)
{
    while (content.len) {
        ssize_t put = write(file, content.at, (size_t)content.len);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        content = (Bytes){content.at + put, content.len - put};
    }
    return fsync(file) == 0;
}

static int folder_open(const char *path, int flags)
{
    char copy[PATH_MAX];
    (void)snprintf(copy, sizeof copy, "%s", path);
    return open(dirname(copy), flags | O_CLOEXEC, 0600);
}

static bool folder_synced(const char *path)
{
    int folder = folder_open(path, O_RDONLY | O_DIRECTORY);
    if (folder < 0) return false;
    bool synced = fsync(folder) == 0;
    (void)close(folder);
    return synced;
}

// The content in a file without a name, which power takes away with the process; then under `name`,
// unless that is there already.
static bool content_named(const char *name, Bytes content)
{
    char nameless[64];
    int file = folder_open(name, O_WRONLY | O_TMPFILE);
    if (file < 0) return false;
    (void)snprintf(nameless, sizeof nameless, "/proc/self/fd/%d", file);
    bool named = write_whole(file, content) &&
                 linkat(AT_FDCWD, nameless, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
    int reason = errno;
    (void)close(file);
    errno = reason;
    return named;
}

bool key_file_make(const char *path, Bytes content, Error *err)
{
    bool made = content_named(path, content) || errno == EEXIST;
    return (made && folder_synced(path)) ||
           refuse(err, path, S("鍵のファイルを作れません。空きと権限を確かめてください。"));
}

bool key_file_replace(const char *path, Bytes content, Error *err)
{
    char draft[PATH_MAX];
    (void)snprintf(draft, sizeof draft, "%s" KEY_DRAFT, path);
    (void)unlink(draft);  // of a process that died here
    bool made = content_named(draft, content) && rename(draft, path) == 0;
    return (made && folder_synced(path)) ||
           refuse(err, path, S("鍵のファイルを書き換えられません。空きと権限を確かめてください。"));
}

// A draft of today's name, or "NAME.<process>" of versions before 0.2.
static bool is_draft(const char *name)
{
    const char *dot = strrchr(name, '.');
    if (!dot || dot == name) return false;
    return !strcmp(dot, KEY_DRAFT) || (dot[1] && strspn(dot + 1, "0123456789") == strlen(dot + 1));
}

// Nobody is at work on it any more.
static bool is_left_over(int folder, const char *name)
{
    struct stat status;
    return is_draft(name) && fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 &&
           time(NULL) - status.st_mtim.tv_sec > DRAFT_SECONDS;
}

bool key_folder_swept(const char *folder, Error *err)
{
    DIR *names = opendir(folder);
    bool swept = names != NULL;
    for (struct dirent *entry; names && (entry = readdir(names));)
        if (is_left_over(dirfd(names), entry->d_name) &&
            unlinkat(dirfd(names), entry->d_name, 0) != 0)
            swept = errno == ENOENT && swept;
    if (names) (void)closedir(names);
    return swept || refuse(err, folder,
                           S("鍵の置き場所に残った書きかけを消せません。"
                             "権限を確かめてください。"));
}
