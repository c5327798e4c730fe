// The files of a copy, and the list that proves them.
// SPDX-License-Identifier: Apache-2.0
#include "office_backup.h"

#include "output.h"
#include "regular_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PORTION = 1 << 16, LIST_MOST = 1 << 22 };

static const char *path_of(Str folder, Str name, Arena *arena)
{
    return str_z(arena, str_format(arena, "%.*s/%.*s", STR(folder), STR(name)));
}

static Str list_name(Str program, Arena *arena)
{
    return str_join(arena, program, S(".backup"));
}

static bool regular(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0 && S_ISREG(about.st_mode);
}

bool backup_there(Str folder, Str program, Arena scratch)
{
    return regular(path_of(folder, list_name(program, &scratch), &scratch));
}

// ---- which files

static int by_name(const void *a, const void *b)
{
    return str_order(*(const Str *)a, *(const Str *)b);
}

// A link, a pipe or the like would be left out of a copy that is called whole.
static bool is_file(Str folder, Str name, Arena *arena, bool *there, Error *err)
{
    struct stat about;
    const char *path = path_of(folder, name, arena);
    *there = lstat(path, &about) == 0;
    return !*there || S_ISREG(about.st_mode) ||
           FAIL(err, E_FILE_OPEN, .value = str_of(path),
                .words =
                    S("控えに写せるのはふつうのファイルだけです。リンクなら、その先のファイルを"
                      "ここに置いてから、もう一度実行してください。"));
}

static bool is_folder(Str folder, Str name, Arena *arena)
{
    struct stat about;
    return lstat(path_of(folder, name, arena), &about) == 0 && S_ISDIR(about.st_mode);
}

// All files in a folder of the office and in those below it (rules/papers).
static bool folder_add(Str folder, Str below, Arena *arena, StrRows *names, Error *err)
{
    bool good = true, there;
    const char *path = path_of(folder, below, arena);
    DIR *inside = opendir(path);
    if (!inside)
        return errno == ENOENT ||
               FAIL(err, E_FILE_OPEN, .value = str_of(path),
                    .words = S("フォルダーを読めません。権限を確かめてください。"));
    for (struct dirent *entry; good && (entry = readdir(inside));) {
        Str name = str_format(arena, "%.*s/%s", STR(below), entry->d_name);
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        if (is_folder(folder, name, arena))
            good = folder_add(folder, name, arena, names, err);
        else if ((good = is_file(folder, name, arena, &there, err)) && there)
            *strs_push(names, arena) = name;
    }
    (void)closedir(inside);
    return good;
}

bool backup_file_names(Str folder, Str program, Arena *arena, StrRows *names, Error *err)
{
    static const struct {
        const char *before, *after;
    } own[] = {{"keys/", ".keys"},
               {"keys/", ".epoch"},
               {"keys/", ".epoch.next"},
               {"keys/", "-looks.epoch"},
               {"keys/", "-looks.epoch.next"},
               {"", ".trail"},
               {"", "-looks.trail"}};
    static const char *const shared[] = {"city.json", "city-rules.json", "city-postal.csv",
                                         "addressee.newest"};
    StrRows wanted = {0};
    for (ptrdiff_t i = 0; i < countof(own); i++)
        *strs_push(&wanted, arena) =
            str_format(arena, "%s%.*s%s", own[i].before, STR(program), own[i].after);
    for (ptrdiff_t i = 0; i < countof(shared); i++) *strs_push(&wanted, arena) = str_of(shared[i]);
    *names = (StrRows){0};
    VEC_EACH (const Str, name, wanted) {
        bool there;
        if (!is_file(folder, *name, arena, &there, err)) return false;
        if (there) *strs_push(names, arena) = *name;
    }
    if (!folder_add(folder, S("rules"), arena, names, err) ||
        !folder_add(folder, S("tls"), arena, names, err))
        return false;
    qsort(names->at, (size_t)names->count, sizeof(Str), by_name);
    return true;
}

// ---- one file

static Str keyed(const Keys *keys, const Sha256 *hash, Arena *arena)
{
    char text[SHA256_TEXT_SIZE];
    Sha256 index = keys_index(keys, S("backup"), sha256_bytes(hash));
    return str_copy(arena, str_of(sha256_text(&index, text)));
}

bool backup_file_hash(const Keys *keys, Str folder, Str name, Arena *arena, Str *hash, Error *err)
{
    Sha256 content;
    if (!sha256_file(path_of(folder, name, arena), &content, err)) return false;
    *hash = keyed(keys, &content, arena);
    return true;
}

Str backup_table_hash(const Keys *keys, const TableHeld *table, Arena *arena)
{
    return keyed(keys, &table->content, arena);
}

static bool portions_copied(int from, int to)
{
    static char portion[PORTION];
    ssize_t got;
    while ((got = read(from, portion, sizeof portion)) > 0)
        for (ssize_t at = 0, put; at < got; at += put)
            if ((put = write(to, portion + at, (size_t)(got - at))) <= 0) return false;
    return got == 0;
}

// Each of them a folder itself and no link to one elsewhere.
static bool folders_above_made(Str to, Str name, Arena *arena, Error *err)
{
    for (ptrdiff_t at = 0; at < name.len; at++) {
        if (name.at[at] != '/') continue;
        Str above = str_first(name, at);
        const char *folder = path_of(to, above, arena);
        if ((mkdir(folder, 0700) != 0 && errno != EEXIST) || !is_folder(to, above, arena))
            return output_failed(folder, errno, err);
    }
    return true;
}

bool backup_file_carry(const Keys *keys, Str from, Str to, Str name, Arena *arena, Str *hash,
                       Error *err)
{
    Output output;
    Sha256 content;
    const char *source = path_of(from, name, arena), *target = path_of(to, name, arena);
    if (!folders_above_made(to, name, arena, err)) return false;
    int file = regular_file_open(source, O_RDONLY | O_NOFOLLOW, 0);
    if (file < 0)
        return FAIL(err, E_FILE_OPEN, .value = str_of(source),
                    .words = S("ファイルを読めません。権限を確かめてください。"));
    bool begun = output_begin(&(OutputPlace){.path = target}, arena, &output, err);
    bool copied = begun && portions_copied(file, output.file);
    int failure = errno;
    (void)close(file);
    if (begun && !copied) {
        output_abandon(&output);
        return output_failed(target, failure, err);
    }
    if (!begun || !output_commit(&output, &content, err)) return false;
    *hash = keyed(keys, &content, arena);
    return true;
}

// ---- the list

static Str sealed_word(const Keys *keys, Str content, Arena *arena)
{
    char text[SHA256_TEXT_SIZE];
    Sha256 mac =
        keys_index(keys, S("backup.list"), (Bytes){(const unsigned char *)content.at, content.len});
    return str_copy(arena, str_of(sha256_text(&mac, text)));
}

static Str list_text(Str program, const BackupSays *says, Arena *arena)
{
    Text text = {0};
    text_addf(&text, arena, "sesshu backup 1\nprogram %.*s\nat %lld\n", STR(program),
              (long long)says->at);
    VEC_EACH (const BackupTable, table, says->tables)
        text_addf(&text, arena, "table %.*s %lld %.*s\n", STR(table->name), (long long)table->rows,
                  STR(table->hash));
    VEC_EACH (const BackupFile, file, says->files)
        text_addf(&text, arena, "file %.*s %.*s\n", STR(file->hash), STR(file->name));
    return text_str(&text);
}

bool backup_write(const Keys *keys, Str folder, Str program, const BackupSays *says, Arena *arena,
                  Error *err)
{
    Output output;
    const char *path = path_of(folder, list_name(program, arena), arena);
    Str content = list_text(program, says, arena);
    Str whole = str_format(arena, "%.*ssealed %.*s\n", STR(content),
                           STR(sealed_word(keys, content, arena)));
    if (!output_begin(&(OutputPlace){.path = path}, arena, &output, err)) return false;
    if (write(output.file, whole.at, (size_t)whole.len) == (ssize_t)whole.len)
        return output_commit(&output, NULL, err);
    output_abandon(&output);
    return output_failed(path, errno, err);
}

static bool list_refused(const char *path, Error *err)
{
    return FAIL(err, E_KEY, .value = str_of(path),
                .words =
                    S("この控えの目録は、この鍵で作られたままのものではありません。鍵 (.kek) と"
                      "控えの置き場所を確かめ、ほかの控えを使ってください。"));
}

// The key has said that the line is ours.
static void line_take(Str line, Arena *arena, BackupSays *says)
{
    Cut word = str_cut(line, ' '), second = str_cut(word.tail, ' '),
        third = str_cut(second.tail, ' ');
    if (str_equal(word.head, S("at"))) {
        (void)str_int64(word.tail, &says->at);
    } else if (str_equal(word.head, S("table"))) {
        BackupTable table = {.name = second.head, .hash = third.tail};
        (void)str_int64(third.head, &table.rows);
        *backup_tables_push(&says->tables, arena) = table;
    } else if (str_equal(word.head, S("file"))) {
        *backup_files_push(&says->files, arena) =
            (BackupFile){.name = second.tail, .hash = second.head};
    }
}

static bool text_read(const char *path, Arena *arena, Str *text, Error *err)
{
    char *at = arena_alloc(arena, 1, 1, LIST_MOST);
    int file = regular_file_open(path, O_RDONLY | O_NOFOLLOW, 0);
    ssize_t len = file >= 0 ? read(file, at, LIST_MOST) : -1;
    if (file >= 0) (void)close(file);
    *text = (Str){at, len};
    return len >= 0 || FAIL(err, E_FILE_OPEN, .value = str_of(path),
                            .words = S("ここに控えの目録がありません。場所を確かめてください。"));
}

bool backup_read(const Keys *keys, Str folder, Str program, Arena *arena, BackupSays *says,
                 Error *err)
{
    Str text;
    const char *path = path_of(folder, list_name(program, arena), arena);
    *says = (BackupSays){0};
    if (!text_read(path, arena, &text, err)) return false;
    ptrdiff_t end = str_find(text, S("\nsealed "));
    if (end < 0) return list_refused(path, err);
    Str content = str_first(text, end + 1),
        first = str_format(arena, "sesshu backup 1\nprogram %.*s\n", STR(program));
    Str said = str_trim(str_from(text, end + (ptrdiff_t)strlen("\nsealed ")));
    if (!str_equal(said, sealed_word(keys, content, arena)) || !str_starts(content, first))
        return list_refused(path, err);
    says->word = said;
    for (Cut line = str_cut(content, '\n'); line.found; line = str_cut(line.tail, '\n'))
        line_take(line.head, arena, says);
    return true;
}
