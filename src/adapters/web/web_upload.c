// SPDX-License-Identifier: Apache-2.0
#include "web_upload.h"

#include "regular_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

// Several servers may work side by side: whoever writes a draft has it locked until he is done or dead.
static bool is_held(int folder, const char *name)
{
    int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    bool held = file >= 0 && flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (file >= 0) (void)close(file);
    return held;
}

// What nobody holds: files of a folder, and of the folders in it one floor down; each folder below it goes with them.
static void emptied(int folder, int floors)
{
    DIR *all = fdopendir(folder);
    if (!all) {
        (void)close(folder);
        return;
    }
    for (const struct dirent *one = readdir(all); one; one = readdir(all)) {
        if (!strcmp(one->d_name, ".") || !strcmp(one->d_name, "..") || is_held(dirfd(all), one->d_name)) continue;
        if (!unlinkat(dirfd(all), one->d_name, 0) || !floors) continue;
        int below = openat(dirfd(all), one->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (below >= 0) emptied(below, floors - 1);
        (void)unlinkat(dirfd(all), one->d_name, AT_REMOVEDIR);
    }
    (void)closedir(all);
}

bool upload_folder_ready(const char *folder, Error *err)
{
    bool made = mkdir(folder, S_IRWXU) == 0 || errno == EEXIST;
    int opened = made ? open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
    if (opened < 0)
        return FAIL(err, E_FILE_WRITE, .value = str_of(folder),
                    .words = S("画面から受け取るファイルの置き場所を作れません。"));
    emptied(opened, 1);
    return true;
}

static void failed(WebUpload *upload, Error why)
{
    if (!upload->trouble.code) upload->trouble = why;
}

static bool no_room(Error *err)
{
    return FAIL(err, E_STORE_FULL,
                .words = S("保存する場所がいっぱいのため、受け取れませんでした。何も変わっていません。"
                           "情報システム担当に連絡してください。"));
}

static bool bytes_kept(void *context, Str bytes, Error *err)
{
    WebUpload *upload = context;
    upload->bytes += bytes.len;
    if (upload->bytes > upload->most)
        return FAIL(err, E_LIMIT,
                    .words = str_format(upload->form.arena,
                                        "ファイルが大きすぎます（%lldMBまで）。何も変わっていません。ファイルを分けて送ってください。",
                                        (long long)(upload->most >> 20)));
    while (bytes.len) {
        ssize_t written = write(upload->file, bytes.at, (size_t)bytes.len);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return no_room(err);
        bytes = str_from(bytes, written);
    }
    return true;
}

bool upload_begin(WebUpload *upload, const WebUploads *uploads, Str content_type, Arena *arena)
{
    Error full;
    *upload = (WebUpload){.file = -1, .most = uploads->most};
    if (!multipart_begin(&upload->form, content_type, bytes_kept, upload, arena)) return false;
    char *folder = str_z(arena, str_format(arena, "%s/XXXXXX", uploads->folder));
    bool made = mkdtemp(folder) != NULL;
    upload->folder = made ? str_of(folder) : (Str){0};
    upload->path = str_format(arena, "%s/draft", folder);
    if (made)
        upload->file = regular_file_open(str_z(arena, upload->path), O_WRONLY | O_CREAT | O_EXCL, S_IRUSR | S_IWUSR);
    if (upload->file < 0 || flock(upload->file, LOCK_EX | LOCK_NB) != 0) {
        (void)!no_room(&full);
        failed(upload, full);
    }
    return true;
}

void upload_busy(WebUpload *upload)
{
    Error why;
    (void)!FAIL(&why, E_BUSY,
                .words = S("いま、ほかのファイルを受け取っています。少し待って、もう一度送ってください。"));
    failed(upload, why);
}

void upload_part(WebUpload *upload, Str part)
{
    Error why;
    if (!upload->trouble.code && !multipart_feed(&upload->form, part, &why)) failed(upload, why);
}

bool upload_whole(WebUpload *upload, WebRequest *request, Error *err)
{
    if (!upload->trouble.code && !multipart_end(&upload->form, err)) return false;
    if (upload->trouble.code) return error_pass(err, &upload->trouble);
    request->form = upload->form.pairs;
    request->sent = (WebSent){.field = upload->form.file_field,
                              .name = upload->form.file_name,
                              .folder = upload->folder,
                              .path = upload->path,
                              .bytes = upload->bytes};
    return true;
}

void upload_end(WebUpload *upload)
{
    Arena scratch = *upload->form.arena;
    if (upload->file >= 0) (void)close(upload->file);
    upload->file = -1;
    if (!upload->folder.len) return;
    const char *folder = str_z(&scratch, upload->folder);
    int opened = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (opened >= 0) emptied(opened, 0);
    (void)rmdir(folder);
    upload->folder = (Str){0};
}
