// SPDX-License-Identifier: Apache-2.0
#include "folder_texts.h"

#include "regular_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool unreadable(const char *path, Error *err)
{
    return FAIL(err, E_FILE_READ, .value = str_of(path),
                .words = S("ファイルを読み切れません。中身と大きさを確かめてください。"));
}

static bool file_text(const char *path, Arena *arena, Str *text, Error *err)
{
    FILE *file = regular_file_read(path);
    if (!file && errno == EINVAL) return unreadable(path, err);
    if (!file)
        return FAIL(err, E_FILE_OPEN, .value = str_of(path),
                    .words = S("ファイルを開けません。場所と権限を確かめてください。"));
    Text all = {0};
    char part[4096];
    size_t n;
    while ((n = fread(part, 1, sizeof part, file)) > 0 && all.len <= FOLDER_FILE_BYTES_MAX)
        text_add(&all, arena, (Str){part, (ptrdiff_t)n});
    bool whole = !ferror(file) && all.len <= FOLDER_FILE_BYTES_MAX;
    (void)fclose(file);
    if (!whole) return unreadable(path, err);
    *text = text_str(&all);
    return true;
}

bool file_text_if_any(const char *path, Arena *arena, EmbeddedFile *file, Error *err)
{
    struct stat facts;
    *file = (EmbeddedFile){0};
    if (stat(path, &facts) != 0 && errno == ENOENT) return true;
    const char *slash = strrchr(path, '/');
    file->name = str_z(arena, str_of(slash ? slash + 1 : path));
    return file_text(path, arena, &file->text, err);
}

static int by_name(const void *a, const void *b)
{
    const EmbeddedFile *x = a, *y = b;
    return str_order(str_of(x->name), str_of(y->name));
}

static bool take_names(DIR *open_folder, Str suffix, Arena *arena, FolderTexts *texts, Error *err)
{
    for (struct dirent *e = readdir(open_folder); e; e = readdir(open_folder)) {
        if (!str_ends(str_of(e->d_name), suffix)) continue;
        if (texts->count == FOLDER_FILES_MAX)
            return FAIL(err, E_LIMIT, .words = S("フォルダーのファイルが多すぎます。"));
        texts->at[texts->count++].name = str_z(arena, str_of(e->d_name));
    }
    return true;
}

bool folder_texts(const char *folder, Str suffix, Arena *arena, FolderTexts *texts, Error *err)
{
    DIR *open_folder = opendir(folder);
    if (!open_folder)
        return FAIL(err, E_FILE_OPEN, .value = str_of(folder),
                    .words = S("フォルダーを開けません。場所と権限を確かめてください。"));
    FolderTexts found = {.at = NEW(arena, EmbeddedFile, FOLDER_FILES_MAX)};
    bool named = take_names(open_folder, suffix, arena, &found, err);
    (void)closedir(open_folder);
    if (!named) return false;
    if (found.count) qsort(found.at, (size_t)found.count, sizeof *found.at, by_name);
    for (int i = 0; i < found.count; i++) {
        Str path = str_format(arena, "%s/%s", folder, found.at[i].name);
        if (!file_text(str_z(arena, path), arena, &found.at[i].text, err)) return false;
    }
    *texts = found;
    return true;
}
