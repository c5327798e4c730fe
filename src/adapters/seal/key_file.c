// SPDX-License-Identifier: Apache-2.0
#include "key_file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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
                      S("鍵の置き場所がほかの利用者にも開かれています。"
                        "権限を 0700 にし、鍵が読まれていないか確かめてください。"));
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

bool key_file_read(const char *path, Secret *content, bool *found, Error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    *found = file >= 0;
    if (file < 0)
        return errno == ENOENT ||
               refuse(err, path, S("鍵のファイルを開けません。権限を確かめてください。"));

    struct stat status;
    bool ours = fstat(file, &status) == 0 && S_ISREG(status.st_mode) && is_ours_alone(&status);
    bool whole = ours && read_whole(file, content);
    (void)close(file);
    if (!ours)
        return refuse(err, path,
                      S("鍵のファイルがほかの利用者にも開かれています。"
                        "権限を 0600 にし、鍵が読まれていないか確かめてください。"));
    return whole || refuse(err, path, S("鍵のファイルを読めません。控えから戻してください。"));
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

static bool folder_synced(const char *path)
{
    char copy[PATH_MAX];
    (void)snprintf(copy, sizeof copy, "%s", path);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return false;
    bool synced = fsync(folder) == 0;
    (void)close(folder);
    return synced;
}

// A finished file under a name of this process, ready to be put in its place.
static bool draft_made(const char *path, Bytes content, char draft[PATH_MAX])
{
    (void)snprintf(draft, PATH_MAX, "%s.%d", path, (int)getpid());
    int file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return false;
    bool written = write_whole(file, content);
    bool closed = close(file) == 0;
    if (!written || !closed) (void)unlink(draft);
    return written && closed;
}

bool key_file_make(const char *path, Bytes content, Error *err)
{
    char draft[PATH_MAX];
    bool made = draft_made(path, content, draft);
    if (made) {
        made = link(draft, path) == 0 || errno == EEXIST;
        (void)unlink(draft);
    }
    return (made && folder_synced(path)) ||
           refuse(err, path, S("鍵のファイルを作れません。空きと権限を確かめてください。"));
}

bool key_file_replace(const char *path, Bytes content, Error *err)
{
    char draft[PATH_MAX];
    bool made = draft_made(path, content, draft) && rename(draft, path) == 0;
    return (made && folder_synced(path)) ||
           refuse(err, path, S("鍵のファイルを書き換えられません。空きと権限を確かめてください。"));
}
