// The list that proves a copy, and that nothing else lies in it.
// SPDX-License-Identifier: Apache-2.0
#include "office_backup.h"

#include "output.h"
#include "regular_file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LIST_MOST = 1 << 22 };

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

// ---- writing

static const struct {
    const char *word;
    BackupFileKind kind;
} file_words[] = {{"file", BACKUP_FILE}, {"secret", BACKUP_SECRET}, {"rows", BACKUP_ROWS}};

static Str sealed_word(const Keys *keys, Str content, Arena *arena)
{
    char text[SHA256_TEXT_SIZE];
    Sha256 mac =
        keys_index(keys, S("backup.list"), (Bytes){(const unsigned char *)content.at, content.len});
    return str_copy(arena, str_of(sha256_text(&mac, text)));
}

static const char *file_word(BackupFileKind kind)
{
    static_assert(countof(file_words) == BACKUP_ROWS + 1, "a word for each kind");
    assert(file_words[kind].kind == kind);
    return file_words[kind].word;
}

static Str list_text(Str program, const BackupSays *says, Arena *arena)
{
    Text text = {0};
    text_addf(&text, arena, "sesshu backup 2\nprogram %.*s\nat %lld\n", STR(program),
              (long long)says->at);
    VEC_EACH (const BackupTable, table, says->tables)
        text_addf(&text, arena, "table %.*s %lld %.*s\n", STR(table->name), (long long)table->rows,
                  STR(table->hash));
    VEC_EACH (const BackupFile, file, says->files)
        text_addf(&text, arena, "%s %.*s %.*s\n", file_word(file->kind), STR(file->hash),
                  STR(file->name));
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

// ---- reading

static bool file_line_take(Str line, BackupFile *file)
{
    Cut word = str_cut(line, ' '), hash = str_cut(word.tail, ' ');
    for (ptrdiff_t i = 0; i < countof(file_words); i++) {
        if (!str_equal(word.head, str_of(file_words[i].word))) continue;
        *file = (BackupFile){.name = hash.tail, .hash = hash.head, .kind = file_words[i].kind};
        return true;
    }
    return false;
}

// The key has said that the line is ours.
static void line_take(Str line, Arena *arena, BackupSays *says)
{
    BackupFile file;
    Cut word = str_cut(line, ' '), second = str_cut(word.tail, ' '),
        third = str_cut(second.tail, ' ');
    if (str_equal(word.head, S("at"))) {
        (void)str_int64(word.tail, &says->at);
    } else if (str_equal(word.head, S("table"))) {
        BackupTable table = {.name = second.head, .hash = third.tail};
        (void)str_int64(third.head, &table.rows);
        *backup_tables_push(&says->tables, arena) = table;
    } else if (file_line_take(line, &file)) {
        *backup_files_push(&says->files, arena) = file;
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

static bool list_refused(const char *path, Error *err)
{
    return FAIL(err, E_KEY, .value = str_of(path),
                .words =
                    S("この控えの目録は、この鍵で作られたままのものではありません。鍵 (.kek) と"
                      "控えの置き場所を確かめ、ほかの控えを使ってください。"));
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
        first = str_format(arena, "sesshu backup 2\nprogram %.*s\n", STR(program));
    Str said = str_trim(str_from(text, end + (ptrdiff_t)strlen("\nsealed ")));
    if (!str_equal(said, sealed_word(keys, content, arena)) || !str_starts(content, first))
        return list_refused(path, err);
    says->word = said;
    for (Cut line = str_cut(content, '\n'); line.found; line = str_cut(line.tail, '\n'))
        line_take(line.head, arena, says);
    return true;
}

// ---- what else lies in a copy

static bool strange(Str folder, Str name, Arena *arena, Error *err)
{
    return FAIL(err, E_STORE, .value = str_of(path_of(folder, name, arena)),
                .words = S("控えの目録にないものが、控えの置き場所にあります。何であるか確かめて取り除くか、"
                           "ほかの控えを使ってください。"));
}

static bool listed(const BackupFolder *at, const BackupFiles *files, Str name, Arena *arena)
{
    VEC_EACH (const BackupFile, file, *files)
        if (str_equal(backup_place(at->program, file, arena), name)) return true;
    return str_equal(name, list_name(at->program, arena));
}

// What bears the name of a system is named by its list alone.
static bool is_of(Str program, Str name, Arena scratch)
{
    return str_starts(name, str_format(&scratch, "%.*s.", STR(program))) ||
           str_starts(name, str_format(&scratch, "%.*s-", STR(program))) ||
           str_starts(name, str_format(&scratch, "keys/%.*s", STR(program)));
}

// Of a system of the house; its own command proves it.
static bool is_list(Str name)
{
    static const char *const systems[] = {"addressee", "ledger", "unified", "intermediate", "network"};
    for (ptrdiff_t i = 0; i < countof(systems); i++) {
        Str system = str_of(systems[i]);
        if (str_starts(name, system) && str_equal(str_from(name, system.len), S(".backup"))) return true;
    }
    return false;
}

static bool is_kek(Str name)
{
    return str_starts(name, S("keys/")) && str_ends(name, S(".kek"));
}

static bool names_file(Str folder, Str list, Str name, Arena scratch)
{
    Str text, said = {0};
    Error unread = {0};
    if (!text_read(path_of(folder, list, &scratch), &scratch, &text, &unread)) return false;
    Str program = str_first(list, list.len - S(".backup").len);
    for (Cut line = str_cut(text, '\n'); line.found && !said.len; line = str_cut(line.tail, '\n')) {
        BackupFile file;
        if (file_line_take(line.head, &file) && str_equal(backup_place(program, &file, &scratch), name)) said = name;
    }
    return said.len > 0;
}

static bool another_names(const BackupFolder *at, const StrRows *there, Str name, Arena scratch)
{
    if (is_list(name)) return true;
    if (is_of(at->program, name, scratch)) return false;
    VEC_EACH (const Str, other, *there)
        if (is_list(*other) && names_file(at->folder, *other, name, scratch)) return true;
    return false;
}

bool backup_nothing_else(const BackupFolder *at, const BackupFiles *files, Arena *arena, Error *err)
{
    StrRows there = {0};
    if (!backup_folder_names(at->folder, (Str){0}, arena, &there, err)) return false;
    VEC_EACH (const Str, name, there) {
        if (!listed(at, files, *name, arena) && !is_kek(*name) && !another_names(at, &there, *name, *arena))
            return strange(at->folder, *name, arena, err);
    }
    return true;
}
