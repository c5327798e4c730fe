// The files of a copy: which they are, and how they go into it and out of it.
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

enum { PORTION = 1 << 16, SECRET_FILE_MOST = 1 << 18 };
_Static_assert((int)SECRET_FILE_MOST <= (int)SEAL_MOST, "it can be sealed");

static const char *path_of(Str folder, Str name, Arena *arena)
{
    return str_z(arena, str_format(arena, "%.*s/%.*s", STR(folder), STR(name)));
}

// ---- which files

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

bool backup_folder_names(Str folder, Str below, Arena *arena, StrRows *names, Error *err)
{
    bool good = true, there;
    const char *path = path_of(folder, below, arena);
    DIR *inside = opendir(path);
    if (!inside)
        return errno == ENOENT ||
               FAIL(err, E_FILE_OPEN, .value = str_of(path),
                    .words = S("フォルダーを読めません。権限を確かめてください。"));
    for (struct dirent *entry; good && (entry = readdir(inside));) {
        Str name = str_format(arena, "%.*s%s%s", STR(below), below.len ? "/" : "", entry->d_name);
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        if (is_folder(folder, name, arena))
            good = backup_folder_names(folder, name, arena, names, err);
        else if ((good = is_file(folder, name, arena, &there, err)) && there)
            *strs_push(names, arena) = name;
    }
    (void)closedir(inside);
    return good;
}

// Private keys that lie in clear in the data directory.
static bool is_secret(Str name)
{
    if (str_starts(name, S("keys/"))) return !str_ends(name, S(".keys"));
    return str_starts(name, S("tls/")) && !str_ends(name, S(".crt")) && !str_equal(name, S("tls/pins"));
}

// Wherever somebody has put it: a copy with the key that opens it would be open to everybody. A name of two lines
// would be two lines of the list.
static bool name_fits(Str name, Error *err)
{
    if (str_find(name, S("\n")) >= 0)
        return FAIL(err, E_FILE_NAME, .value = name,
                    .words = S("ファイルの名前に改行があるため、控えに写せません。名前を改めてください。"));
    return !str_ends(name, S(".kek")) ||
           FAIL(err, E_KEY, .value = name,
                .words = S("鍵を開く鍵 (.kek) が、控えに写すフォルダーにあります。ほかの場所に移してから、"
                           "もう一度実行してください。"));
}

static int by_name(const void *a, const void *b)
{
    return str_order(((const BackupFile *)a)->name, ((const BackupFile *)b)->name);
}

bool backup_files_list(Str folder, Str program, Arena *arena, BackupFiles *files, Error *err)
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
    StrRows wanted = {0}, names = {0};
    for (ptrdiff_t i = 0; i < countof(own); i++)
        *strs_push(&wanted, arena) =
            str_format(arena, "%s%.*s%s", own[i].before, STR(program), own[i].after);
    for (ptrdiff_t i = 0; i < countof(shared); i++) *strs_push(&wanted, arena) = str_of(shared[i]);
    VEC_EACH (const Str, name, wanted) {
        bool there;
        if (!is_file(folder, *name, arena, &there, err)) return false;
        if (there) *strs_push(&names, arena) = *name;
    }
    if (!backup_folder_names(folder, S("rules"), arena, &names, err) ||
        !backup_folder_names(folder, S("tls"), arena, &names, err))
        return false;
    *files = (BackupFiles){0};
    VEC_EACH (const Str, name, names) {
        if (!name_fits(*name, err)) return false;
        *backup_files_push(files, arena) =
            (BackupFile){.name = *name, .kind = is_secret(*name) ? BACKUP_SECRET : BACKUP_FILE};
    }
    qsort(files->at, (size_t)files->count, sizeof(BackupFile), by_name);
    return true;
}

// ---- one file

Str backup_place(Str program, const BackupFile *file, Arena *arena)
{
    if (file->kind != BACKUP_SECRET) return file->name;
    return str_format(arena, "%.*s.sealed/%.*s", STR(program), STR(file->name));
}

static Str keyed(const Keys *keys, const Sha256 *hash, Arena *arena)
{
    char text[SHA256_TEXT_SIZE];
    Sha256 index = keys_index(keys, S("backup"), sha256_bytes(hash));
    return str_copy(arena, str_of(sha256_text(&index, text)));
}

Str backup_table_hash(const Keys *keys, const TableHeld *table, Arena *arena)
{
    return keyed(keys, &table->content, arena);
}

static bool cannot_read(const char *path, Error *err)
{
    return FAIL(err, E_FILE_OPEN, .value = str_of(path),
                .words = S("ファイルを読めません。場所と権限を確かめてください (リンクはたどりません)。"));
}

// To `to` as well where there is one: -1.
static bool portions_read(int from, int to, Sha256 *hash)
{
    static char portion[PORTION];
    ssize_t got;
    bool good = true;
    Sha256Run *run = sha256_begin();
    while (good && (got = read(from, portion, sizeof portion)) > 0) {
        sha256_add(run, (Bytes){(const unsigned char *)portion, got});
        for (ssize_t at = 0, put; good && to >= 0 && at < got; at += put)
            good = (put = write(to, portion + at, (size_t)(got - at))) > 0;
    }
    *hash = sha256_end(run);
    return good && got == 0;
}

static bool hash_read(const Keys *keys, Str folder, Str name, Arena *arena, Str *hash, Error *err)
{
    Sha256 content;
    int file = regular_file_beneath(str_z(arena, folder), str_z(arena, name));
    bool read = file >= 0 && portions_read(file, -1, &content);
    if (file >= 0) (void)close(file);
    if (!read) return cannot_read(path_of(folder, name, arena), err);
    *hash = keyed(keys, &content, arena);
    return true;
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

static bool begun_at(Str folder, Str name, Arena *arena, Output *output, Error *err)
{
    return folders_above_made(folder, name, arena, err) &&
           output_begin(&(OutputPlace){.path = path_of(folder, name, arena)}, arena, output, err);
}

bool backup_file_carry(const Keys *keys, Str from, Str to, Str name, Arena *arena, Str *hash,
                       Error *err)
{
    Output output;
    Sha256 content;
    int file = regular_file_beneath(str_z(arena, from), str_z(arena, name));
    if (file < 0) return cannot_read(path_of(from, name, arena), err);
    bool begun = begun_at(to, name, arena, &output, err);
    bool copied = begun && portions_read(file, output.file, &content);
    int failure = errno;
    (void)close(file);
    if (begun && !copied) {
        output_abandon(&output);
        return output_failed(path_of(to, name, arena), failure, err);
    }
    if (!begun || !output_commit(&output, NULL, err)) return false;
    *hash = keyed(keys, &content, arena);
    return true;
}

static bool bytes_laid(Str folder, Str name, Bytes bytes, Arena *arena, Error *err)
{
    Output output;
    if (!begun_at(folder, name, arena, &output, err)) return false;
    if (write(output.file, bytes.at, (size_t)bytes.len) == (ssize_t)bytes.len)
        return output_commit(&output, NULL, err);
    int failure = errno;
    output_abandon(&output);
    return output_failed(path_of(folder, name, arena), failure, err);
}

// ---- one that is sealed

// Its name as a fixed number of bytes: a path may be longer than what a seal is bound to.
static SealPlace seal_place(const BackupFolder *at, Str name, Arena *arena)
{
    char text[SHA256_TEXT_SIZE];
    Sha256 row =
        keys_index(at->keys, S("backup.name"), (Bytes){(const unsigned char *)name.at, name.len});
    return (SealPlace){S("backup"), at->program, str_copy(arena, str_of(sha256_text(&row, text)))};
}

static Str keyed_bytes(const Keys *keys, Bytes bytes, Arena *arena)
{
    Sha256 content = sha256_of(bytes);
    return keyed(keys, &content, arena);
}

static bool bytes_read(Str folder, Str name, ptrdiff_t most, Arena *arena, Bytes *bytes, Error *err)
{
    unsigned char *at = NEW(arena, unsigned char, most + 1);
    int file = regular_file_beneath(str_z(arena, folder), str_z(arena, name));
    ssize_t len = file >= 0 ? read(file, at, (size_t)most + 1) : -1;
    if (file >= 0) (void)close(file);
    *bytes = (Bytes){at, len};
    return (len >= 0 && len <= most) || cannot_read(path_of(folder, name, arena), err);
}

static bool secret_copied(const BackupFolder *at, Str data_dir, BackupFile *file, Arena *arena, Error *err)
{
    Bytes plain, sealed;
    if (!bytes_read(data_dir, file->name, SECRET_FILE_MOST, arena, &plain, err)) return false;
    file->hash = keyed_bytes(at->keys, plain, arena);
    bool done = seal_value(at->keys, seal_place(at, file->name, arena), plain, arena, &sealed, err);
    bytes_wipe((void *)(uintptr_t)plain.at, plain.len);
    return done && bytes_laid(at->folder, backup_place(at->program, file, arena), sealed, arena, err);
}

// `to`: {0}: it is only proven.
static bool secret_opened(const BackupFolder *at, Str to, const BackupFile *file, Arena *arena, Error *err)
{
    Bytes sealed, plain;
    ptrdiff_t most = SECRET_FILE_MOST + SEAL_OVERHEAD;
    Str place = backup_place(at->program, file, arena);
    Error unread;
    if (!bytes_read(at->folder, place, most, arena, &sealed, err)) return false;
    // The keys have opened the list: what they do not open is not what they sealed.
    if (!seal_open_long(at->keys, seal_place(at, file->name, arena), sealed, arena, &plain, &unread))
        return backup_broken(place, err);
    bool same = str_equal(keyed_bytes(at->keys, plain, arena), file->hash);
    bool done = (same || backup_broken(file->name, err)) &&
                (!to.len || bytes_laid(to, file->name, plain, arena, err));
    bytes_wipe((void *)(uintptr_t)plain.at, plain.len);
    return done;
}

// ---- into a copy, and out of one

bool backup_broken(Str what, Error *err)
{
    return FAIL(err, E_STORE, .value = what,
                .words = S("控えの中のこのファイルは、控えを取ったときのままではありません (一部でも変わると使えません)。"
                           "何も戻していません。ほかの日の控えを使ってください。"));
}

bool backup_file_copied(const BackupFolder *at, Str data_dir, BackupFile *file, Arena *arena, Error *err)
{
    if (file->kind == BACKUP_SECRET) return secret_copied(at, data_dir, file, arena, err);
    if (file->kind == BACKUP_ROWS) return hash_read(at->keys, at->folder, file->name, arena, &file->hash, err);
    return backup_file_carry(at->keys, data_dir, at->folder, file->name, arena, &file->hash, err);
}

bool backup_file_same(const BackupFolder *at, Str data_dir, const BackupFile *file, Arena *arena, bool *same,
                      Error *err)
{
    Str now;
    if (!hash_read(at->keys, data_dir, file->name, arena, &now, err)) return false;
    *same = str_equal(now, file->hash);
    return true;
}

bool backup_file_proven(const BackupFolder *at, const BackupFile *file, Arena *arena, Error *err)
{
    Str now;
    if (file->kind == BACKUP_SECRET) return secret_opened(at, (Str){0}, file, arena, err);
    return hash_read(at->keys, at->folder, file->name, arena, &now, err) &&
           (str_equal(now, file->hash) || backup_broken(file->name, err));
}

bool backup_file_laid(const BackupFolder *at, Str to, const BackupFile *file, Arena *arena, Error *err)
{
    Str hash;
    if (file->kind == BACKUP_ROWS) return true;  // they are laid row by row
    if (file->kind == BACKUP_SECRET) return secret_opened(at, to, file, arena, err);
    if (!backup_file_carry(at->keys, at->folder, to, file->name, arena, &hash, err)) return false;
    if (str_equal(hash, file->hash)) return true;
    (void)unlink(path_of(to, file->name, arena));
    return backup_broken(file->name, err);
}
