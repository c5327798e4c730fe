// sesshu backup and sesshu restore: a copy of an office that is proven, and an office out of a copy.
// SPDX-License-Identifier: Apache-2.0
#include "audit_rows.h"
#include "data_folder.h"
#include "founding.h"
#include "given_number_rows.h"
#include "office_backup.h"
#include "office_main.h"
#include "output.h"
#include "regular_file.h"
#include "say.h"
#include "staff_rows.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- backup

typedef struct Backup {
    Act *act;
    OfficePlace place;  // of the copy
    TablesHeld held;
    BackupSays says;
    Arena *arena;
} Backup;

static Str program_of(const Act *act)
{
    return str_of(act->office->program->name);
}

static bool differs(Str table, Error *err)
{
    return !str_present(table) ||
           FAIL(err, E_STORE, .item = table,
                .words =
                    S("控えを読み直したところ、元と同じではありません。媒体を確かめ、別の場所に"
                      "取り直してください。"));
}

// One picture of all tables, read back before anything is said.
static bool rows_copied(Backup *b, Error *err)
{
    TablesHeld there;
    OfficeRows to;
    const OfficeRows from = {b->act->store, b->act->office->looks->store};
    bool done = office_rows_place(&b->place, b->act->office->program, b->arena, &to, err) &&
                office_rows_begin_read(&from, err) && office_rows_begin(&to, err) &&
                office_rows_copy(&from, &to, b->arena, &b->held, err) &&
                office_rows_commit(&to, err) && office_rows_commit(&from, err) &&
                office_rows_begin_read(&to, err) && office_rows_held(&to, b->arena, &there, err) &&
                office_rows_commit(&to, err) && differs(tables_differ(&b->held, &there), err);
    office_rows_close(&to);
    office_rows_rollback(&from);
    return done;
}

static void tables_noted(Backup *b)
{
    const Keys *keys = b->act->office->keys;
    VEC_EACH (const TableHeld, table, b->held)
        *backup_tables_push(&b->says.tables, b->arena) =
            (BackupTable){table->name, backup_table_hash(keys, table, b->arena), table->rows};
}

static BackupFolder folder_of(const Backup *b)
{
    return (BackupFolder){b->act->office->keys, b->place.data_dir, program_of(b->act)};
}

// A file that all systems share may have been laid there by another one's copy.
static bool files_copied(Backup *b, Error *err)
{
    const BackupFolder at = folder_of(b);
    Str from = b->act->office->data_dir;
    if (!backup_files_list(from, at.program, b->arena, &b->says.files, err)) return false;
    VEC_EACH (BackupFile, file, b->says.files) {
        if (!backup_file_copied(&at, from, file, b->arena, err)) return false;
    }
    return true;
}

// Their bytes, once nobody writes to them any more: with them triggers, views and whatever else SQL can hold.
static bool stores_signed(Backup *b, Error *err)
{
    const BackupFolder at = folder_of(b);
    static const char *const ends[] = {"db", "looks.db"};
    for (ptrdiff_t i = 0; i < countof(ends); i++) {
        BackupFile rows = {.kind = BACKUP_ROWS,
                           .name = str_format(b->arena, i ? "%.*s-%s" : "%.*s.%s", STR(at.program), ends[i])};
        if (!backup_file_copied(&at, (Str){0}, &rows, b->arena, err)) return false;
        *backup_files_push(&b->says.files, b->arena) = rows;
    }
    return true;
}

// The keys and the end of the trail must belong to the picture that was copied.
static bool files_stayed(const Backup *b, Error *err)
{
    const BackupFolder at = folder_of(b);
    VEC_EACH (const BackupFile, file, b->says.files) {
        bool same;
        if (!str_starts(file->name, S("keys/"))) continue;
        if (!backup_file_same(&at, b->act->office->data_dir, file, b->arena, &same, err)) return false;
        if (!same)
            return FAIL(err, E_BUSY, .value = file->name,
                        .words = S("控えを取るあいだに鍵が改められました。控えの置き場所を消し、"
                                   "もう一度実行してください。"));
    }
    return true;
}

static bool folder_free(const Backup *b, Error *err)
{
    return (!backup_there(b->place.data_dir, program_of(b->act), *b->arena) &&
            !keys_there(b->place.data_dir, program_of(b->act), *b->arena) &&
            !store_there(store_url_for(b->place.data_dir, (Str){0}, program_of(b->act), b->arena),
                         *b->arena)) ||
           FAIL(err, E_CONFLICT, .item = S("--to"), .value = b->place.data_dir,
                .words = S("ここにはすでにデータがあります。控えは新しいフォルダーに取ります。"));
}

// Does `path` lie in `folder`, or is it that? One that cannot be found lies nowhere.
static bool lies_in(const char *path, const char *folder, Arena scratch)
{
    char there[PATH_MAX], around[PATH_MAX];
    return realpath(path, there) && realpath(folder, around) &&
           str_starts(str_format(&scratch, "%s/", there), str_format(&scratch, "%s/", around));
}

// A copy inside what it copies would be part of the office: its rules, its keys. One beside the key that opens it
// would open by itself.
static bool folder_apart(const Backup *b, Error *err)
{
    Arena scratch = *b->arena;
    const char *to = str_z(&scratch, b->place.data_dir), *kek = kek_elsewhere();
    bool beside = kek && (lies_in(to, kek, scratch) || lies_in(kek, to, scratch));
    if (!beside && !lies_in(to, str_z(&scratch, b->act->office->data_dir), scratch)) return true;
    (void)rmdir(to);  // where we have just made it
    return FAIL(err, E_CONFLICT, .item = S("--to"), .value = b->place.data_dir,
                .words = S("控えは、業務のデータの置き場所と、鍵を開く鍵 (.kek) の置き場所の外に取ります。"));
}

static void backup_told(const Backup *b)
{
    int64_t rows = 0;
    VEC_EACH (const TableHeld, table, b->held) rows += table->rows;
    say(stdout,
        "%.*s: %td の表の %lld 行と %td のファイルを %.*s に写し、元と同じであることを確かめました。"
        "鍵を開く鍵 (%.*s.kek) は写していません。控えとは別のところに保管してください。\n",
        STR(program_of(b->act)), b->held.count, (long long)rows, b->says.files.count,
        STR(b->place.data_dir), STR(program_of(b->act)));
}

static bool backup(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Backup b = {.act = act,
                .place = {.data_dir = option_text(line, "to")},
                .says = {.at = act->now},
                .arena = arena};
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)status;
    if (!data_folder_make(b.place.data_dir, *arena, err) || !folder_apart(&b, err) ||
        !folder_free(&b, err))
        return false;
    // The record goes into the copy; the end of the trail before the rows, which may then be ahead of it.
    if (!act_record_now(act, &leaf, err) || !files_copied(&b, err) || !rows_copied(&b, err) ||
        !files_stayed(&b, err) || !stores_signed(&b, err))
        return false;
    tables_noted(&b);
    if (!backup_write(act->office->keys, b.place.data_dir, program_of(act), &b.says, arena, err))
        return false;
    backup_told(&b);
    return true;
}

static const Option backup_options[] = {
    {OPTION_PLACE, "to", "DIR", "控えを取るフォルダー (新しいもの)", false, true},
    {.kind = OPTION_END},
};

const Door office_backup =
    COMMAND("backup", "office", DUTY_ADMIN, AUDIT_EXPORT, SHARED, backup, .arguments = "",
            .options = backup_options, .work = "控えの取得",
            .words = "控えを取り、元と同じであることを確かめます (ほかの人は仕事を続けられます)");

// ---- what a copy holds, proven

typedef struct Copy {
    const OfficeProgram *program;
    Str folder;
    Keys *keys;
    OfficeRows stores;
    BackupSays says;
    TablesHeld held;
    Arena *arena;
} Copy;

static BackupFolder copy_folder(const Copy *c)
{
    return (BackupFolder){c->keys, c->folder, str_of(c->program->name)};
}

static bool copy_files_proven(const Copy *c, Error *err)
{
    const BackupFolder at = copy_folder(c);
    VEC_EACH (const BackupFile, file, c->says.files) {
        if (!backup_file_proven(&at, file, c->arena, err)) return false;
    }
    return backup_nothing_else(&at, &c->says.files, c->arena, err);
}

static bool copy_tables_proven(const Copy *c, Error *err)
{
    ptrdiff_t said = c->says.tables.count;
    if (said != c->held.count) return backup_broken(S("tables"), err);
    for (ptrdiff_t i = 0; i < said; i++) {
        const BackupTable *table = &c->says.tables.at[i];
        const TableHeld *held = &c->held.at[i];
        if (!str_equal(table->name, held->name) || table->rows != held->rows ||
            !str_equal(table->hash, backup_table_hash(c->keys, held, c->arena)))
            return backup_broken(held->name, err);
    }
    return true;
}

// Before anything in it is opened: no link leads elsewhere.
static bool copy_there(const Copy *c, Error *err)
{
    StrRows names = {0};
    Str program = str_of(c->program->name);
    if (!backup_folder_names(c->folder, (Str){0}, c->arena, &names, err)) return false;
    return (keys_there(c->folder, program, *c->arena) &&
            backup_there(c->folder, program, *c->arena)) ||
           FAIL(err, E_NOT_FOUND, .item = S("--from"), .value = c->folder,
                .words = S("ここには控えがありません (目録か鍵がない)。"));
}

static bool copy_stores_open(Copy *c, Error *err)
{
    Str url = store_url_for(c->folder, (Str){0}, str_of(c->program->name), c->arena);
    return store_open_still(url, c->arena, &c->stores.rows, err) &&
           store_open_still(store_looks_url(url, c->arena), c->arena, &c->stores.looks, err);
}

// A .kek that others can read is told as that, and not as a copy that is broken.
static bool copy_keys_open(Copy *c, Str program, Error *err)
{
    Error why;
    bool there;
    if (!kek_there(c->folder, program, *c->arena, &there, err)) return false;
    if (there && keys_open(c->folder, program, c->arena, &c->keys, &why)) return true;
    if (there && why.code != E_KEY) return error_pass(err, &why);
    return FAIL(err, E_KEY, .value = str_format(c->arena, "%.*s/keys/%.*s.keys", STR(c->folder), STR(program)),
                .words = str_format(c->arena,
                                    there ? "控えの鍵の束を開けません。鍵を開く鍵 (%.*s.kek) がこの控えのものでないか、控えが壊れて"
                                            "います。その控えを取ったときの .kek か、ほかの日の控えを使ってください。"
                                          : "控えの鍵の束を開けません。鍵を開く鍵 (%.*s.kek) がありません。控えの keys に置くか、"
                                            "SESSHU_KEK_DIR でその場所を示してください。",
                                    STR(program)));
}

// Opens what lies in `folder`, and proves all of it. Close it, also when it says false.
static bool copy_open(Copy *c, Error *err)
{
    Str program = str_of(c->program->name);
    return data_folder_check(c->folder, *c->arena, err) && copy_there(c, err) &&
           copy_keys_open(c, program, err) &&
           backup_read(c->keys, c->folder, program, c->arena, &c->says, err) &&
           copy_files_proven(c, err) && copy_stores_open(c, err) &&
           office_rows_begin_read(&c->stores, err) &&
           office_rows_held(&c->stores, c->arena, &c->held, err) && copy_tables_proven(c, err);
}

static void copy_close(Copy *c)
{
    office_rows_close(&c->stores);
    keys_close(c->keys);
}

static void copy_told(const Copy *c, const char *what)
{
    int64_t rows = 0;
    char at[INSTANT_TEXT_SIZE];
    VEC_EACH (const TableHeld, table, c->held) rows += table->rows;
    say(stdout,
        "%s: %s に取った控え (%td の表の %lld 行、%td のファイル) は取ったときのままです。%s\n",
        c->program->name, instant_in_japan(c->says.at, at), c->held.count, (long long)rows,
        c->says.files.count, what);
}

// ---- restore

// What is being restored there, and from which copy: DIR/<program>.arriving, until the office begins.
static const char *mark_path(Str data_dir, Str program, Arena *arena)
{
    return str_z(arena, str_format(arena, "%.*s/%.*s.arriving", STR(data_dir), STR(program)));
}

static bool mark_written(const char *path, Str word, Arena *arena, Error *err)
{
    Output output;
    if (!output_begin(&(OutputPlace){.path = path}, arena, &output, err)) return false;
    if (write(output.file, word.at, (size_t)word.len) == (ssize_t)word.len)
        return output_commit(&output, NULL, err);
    output_abandon(&output);
    return output_failed(path, errno, err);
}

static bool mark_says(const char *path, Str word)
{
    char text[SHA256_TEXT_SIZE];
    int file = regular_file_open(path, O_RDONLY, 0);
    ssize_t len = file >= 0 ? read(file, text, sizeof text) : -1;
    if (file >= 0) (void)close(file);
    return len >= 0 && str_equal((Str){text, len}, word);
}

static bool anything_there(const OfficePlace *place, Str program, Arena *arena)
{
    static const struct {
        const char *before, *after;
    } own[] = {{"keys/", ".keys"}, {"keys/", ".kek"}, {"", ".trail"},
               {"", ".db"},        {"", "-looks.db"}, {"", ".arriving"}};
    for (ptrdiff_t i = 0; i < countof(own); i++) {
        struct stat about;
        Str path = str_format(arena, "%.*s/%s%.*s%s", STR(place->data_dir), own[i].before,
                              STR(program), own[i].after);
        if (lstat(str_z(arena, path), &about) == 0) return true;
    }
    return false;
}

// Nothing of an office may lie there, on either engine: its keys would be replaced. What this command left
// when it was broken off is taken up `again`.
static bool place_free(const OfficePlace *place, const Copy *c, bool *again, Error *err)
{
    Str program = str_of(c->program->name);
    const char *mark = mark_path(place->data_dir, program, c->arena);
    *again = mark_says(mark, c->says.word);
    if (*again) return true;
    if (!anything_there(place, program, c->arena))
        return mark_written(mark, c->says.word, c->arena, err);
    return FAIL(err, E_CONFLICT, .item = S("--data"), .value = place->data_dir,
                .words = S("戻す先には、すでに業務のデータか鍵があります。新しい置き場所に戻して"
                           "ください。何も変えていません。"));
}

static bool setting_there(Store *store, const char *name, const Copy *c, bool *there, Error *err)
{
    Str value;
    if (!office_setting_read(store, str_of(name), c->arena, &value, err)) return false;
    *there = str_present(value);
    return true;
}

static bool rows_of_others(Error *err)
{
    return FAIL(err, E_CONFLICT, .item = S("--store"),
                .words = S("戻す先のデータベースには、すでに業務のデータがあります。新しい"
                           "データベースに戻してください。"));
}

// Rows that lie there already must be those of this copy, whoever laid them.
static bool rows_lie_there(const OfficeRows *to, const Copy *c, Error *err)
{
    TablesHeld there;
    if (!office_setting_remove(to->rows, S(OFFICE_ARRIVING), err) ||
        !office_rows_held(to, c->arena, &there, err))
        return false;
    return !str_present(tables_differ(&c->held, &there)) ||
           FAIL(err, E_CONFLICT, .item = S("--store"),
                .words = S("途中まで戻したデータベースの内容が、この控えと同じではありません。その"
                           "データベースを消してから、もう一度実行してください。"));
}

// The looks are committed first: killed between the two, they lie there alone.
static bool rows_laid(const OfficeRows *to, const Copy *c, Error *err)
{
    bool looked;
    TablesHeld carried, held;
    if (!office_rows_looked(to, &looked, err)) return false;
    return (looked ? store_copy(c->stores.rows, to->rows, c->arena, &carried, err)
                   : office_rows_copy(&c->stores, to, c->arena, &carried, err)) &&
           office_rows_held(to, c->arena, &held, err) &&
           differs(tables_differ(&c->held, &held), err);
}

// `*begun`: all of it was laid before, and the office has begun; only the end of the command is missing.
static bool rows_restored(const OfficePlace *place, const Copy *c, bool again, bool *begun, Error *err)
{
    OfficeRows to;
    bool there, arriving;
    *begun = false;
    bool done = office_rows_place(place, c->program, c->arena, &to, err) &&
                office_rows_begin(&to, err) && setting_there(to.rows, "keys", c, &there, err) &&
                setting_there(to.rows, OFFICE_ARRIVING, c, &arriving, err);
    *begun = done && there && !arriving && again;
    if (done && !*begun) {
        done = (!there || arriving || rows_of_others(err)) &&
               (there ? rows_lie_there : rows_laid)(&to, c, err) &&
               office_setting_add(to.rows, S(OFFICE_ARRIVING), S("restore"), err) &&
               office_rows_commit(&to, err);
    }
    office_rows_close(&to);
    return done;
}

// Whoever may administer the office that lies in the copy may bring it back; asked before anything is laid.
static bool may_restore(const Copy *c, Str claimed, Error *err)
{
    bool holds;
    Duty lacks;
    Founded founded;
    Office office = {.program = c->program,
                     .data_dir = c->folder,
                     .owner = data_folder_owner(c->folder, *c->arena),
                     .store = c->stores.rows,
                     .keys = c->keys,
                     .arena = c->arena};
    Act act = {
        .office = &office, .door = &office_restore, .store = c->stores.rows, .arena = c->arena};
    if (!founding_read(&office, c->arena, &founded, err)) return false;
    office.login_counts = founded.login_counts;
    if (!actor_of_process(&office, claimed, c->arena, &act.actor, err)) return false;
    const Error *unfit = actor_unfit(act.actor);
    if (unfit) return error_pass(err, unfit);
    if (!act_right_holds(&act, &holds, &lacks, err)) return false;
    return holds ||
           FAIL(err, E_RIGHT, .value = actor_name(act.actor), .words = duty_refusal(lacks));
}

static bool files_restored(const OfficePlace *place, const Copy *c, Error *err)
{
    const BackupFolder at = copy_folder(c);
    VEC_EACH (const BackupFile, file, c->says.files) {
        if (!backup_file_laid(&at, place->data_dir, file, c->arena, err)) return false;
    }
    return true;
}

// The .kek that opened the copy goes along, unless it is kept elsewhere.
static bool kek_restored(const OfficePlace *place, const Copy *c, Error *err)
{
    Str hash, name = str_format(c->arena, "keys/%s.kek", c->program->name);
    return kek_elsewhere() ||
           backup_file_carry(c->keys, c->folder, place->data_dir, name, c->arena, &hash, err);
}

bool office_restored(const OfficePlace *place, const OfficeProgram *program,
                     const RestoreAsked *asked, Arena *arena, Error *err)
{
    Copy c = {.program = program, .folder = asked->folder, .arena = arena};
    bool done = copy_open(&c, err);
    if (done && asked->only_proves) copy_told(&c, "");
    if (done && !asked->only_proves) {
        bool again, begun;
        done = may_restore(&c, asked->claimed, err) &&
               data_folder_make(place->data_dir, *arena, err) && place_free(place, &c, &again, err) &&
               rows_restored(place, &c, again, &begun, err) &&
               (begun || (files_restored(place, &c, err) && kek_restored(place, &c, err)));
        if (done) copy_told(&c, "戻しました。");
    }
    copy_close(&c);
    return done;
}

// The rows and files lie there already; whoever may administer that office lets it begin.
static bool restore(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    const Office *office = act->office;
    (void)status;
    // The copy holds the keys that signed on its day: with these records they sign nothing any more. And what it gave to
    // others after that day it does not know: its numbers go on above.
    if (!act_begin(act, err) || !office_setting_remove(act->store, S(OFFICE_ARRIVING), err) ||
        !given_numbers_leap(act->store, act->now, err) ||
        !audit_append_anew(act->store, &office->trail, &leaf, NULL, err) ||
        !store_commit(act->store, err) || !looks_begin_anew(office->looks, &leaf, err))
        return false;
    office_trail_keep(line->store_url, program_of(act), *arena);
    (void)unlink(mark_path(act->office->data_dir, program_of(act), arena));
    say(stdout,
        "%.*s: %.*s で業務を始められます。控えのあとに届いたファイルを、もう一度取り込んでください。\n",
        STR(program_of(act)), STR(act->office->data_dir));
    return true;
}

static const Option restore_options[] = {
    {OPTION_PLACE, "from", "DIR", "控えの置き場所", false, true},
    {OPTION_FLAG, "verify", NULL, "控えを確かめるだけにします (何も書きません)", false, false},
    {.kind = OPTION_END},
};

const Door office_restore =
    COMMAND("restore", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, restore, .arguments = "",
            .options = restore_options,
            .words = "控えを確かめ、新しい置き場所 (--data、--store) に戻します");
