// sesshu backup and sesshu restore: a copy of an office that is proven, and an office out of a copy.
// SPDX-License-Identifier: Apache-2.0
#include "audit_rows.h"
#include "data_folder.h"
#include "office_backup.h"
#include "office_main.h"
#include "say.h"
#include "staff_rows.h"

#include <stdio.h>
#include <stdlib.h>

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
                office_rows_begin_read(&to, err) &&
                office_rows_held(&to, b->arena, &there, err) && office_rows_commit(&to, err) &&
                differs(tables_differ(&b->held, &there), err);
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

// A file that all systems share may have been laid there by another one's copy.
static bool files_copied(Backup *b, Error *err)
{
    StrRows names;
    const Office *office = b->act->office;
    if (!backup_file_names(office->data_dir, program_of(b->act), b->arena, &names, err))
        return false;
    VEC_EACH (const Str, name, names) {
        BackupFile file = {.name = *name};
        if (!backup_file_carry(office->keys, office->data_dir, b->place.data_dir, *name, b->arena,
                               &file.hash, err))
            return false;
        *backup_files_push(&b->says.files, b->arena) = file;
    }
    return true;
}

// The keys and the end of the trail must belong to the picture that was copied.
static bool files_stayed(const Backup *b, Error *err)
{
    const Office *office = b->act->office;
    VEC_EACH (const BackupFile, file, b->says.files) {
        Str now;
        if (!str_starts(file->name, S("keys/"))) continue;
        if (!backup_file_hash(office->keys, office->data_dir, file->name, b->arena, &now, err))
            return false;
        if (!str_equal(now, file->hash))
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
    if (!data_folder_make(b.place.data_dir, *arena, err) || !folder_free(&b, err)) return false;
    // The record goes into the copy; the end of the trail before the rows, which may then be ahead of it.
    if (!act_record_now(act, &leaf, err) || !files_copied(&b, err) || !rows_copied(&b, err) ||
        !files_stayed(&b, err))
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
            .options = backup_options,
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

static bool copy_broken(Str what, Error *err)
{
    return FAIL(err, E_STORE, .value = what,
                .words = S("この控えは、取ったときのままではありません。ほかの控えを使って"
                           "ください。"));
}

static bool copy_files_proven(const Copy *c, Error *err)
{
    VEC_EACH (const BackupFile, file, c->says.files) {
        Str now;
        if (!backup_file_hash(c->keys, c->folder, file->name, c->arena, &now, err)) return false;
        if (!str_equal(now, file->hash)) return copy_broken(file->name, err);
    }
    return true;
}

static bool copy_tables_proven(const Copy *c, Error *err)
{
    ptrdiff_t said = c->says.tables.count;
    if (said != c->held.count) return copy_broken(S("tables"), err);
    for (ptrdiff_t i = 0; i < said; i++) {
        const BackupTable *table = &c->says.tables.at[i];
        const TableHeld *held = &c->held.at[i];
        if (!str_equal(table->name, held->name) || table->rows != held->rows ||
            !str_equal(table->hash, backup_table_hash(c->keys, held, c->arena)))
            return copy_broken(held->name, err);
    }
    return true;
}

static bool copy_there(const Copy *c, Error *err)
{
    Str program = str_of(c->program->name);
    return (keys_there(c->folder, program, *c->arena) &&
            backup_there(c->folder, program, *c->arena)) ||
           FAIL(err, E_NOT_FOUND, .item = S("--from"), .value = c->folder,
                .words = S("ここには控えがありません (目録か鍵がない)。"));
}

static bool copy_stores_open(Copy *c, Error *err)
{
    Str url = store_url_for(c->folder, (Str){0}, str_of(c->program->name), c->arena);
    return store_open(url, c->arena, &c->stores.rows, err) &&
           store_open(store_looks_url(url, c->arena), c->arena, &c->stores.looks, err);
}

// Opens what lies in `folder`, and proves all of it. Close it, also when it says false.
static bool copy_open(Copy *c, Error *err)
{
    Str program = str_of(c->program->name);
    return data_folder_check(c->folder, *c->arena, err) && copy_there(c, err) &&
           keys_open(c->folder, program, c->arena, &c->keys, err) &&
           backup_read(c->keys, c->folder, program, c->arena, &c->says, err) &&
           copy_files_proven(c, err) &&
           copy_stores_open(c, err) && office_rows_begin_read(&c->stores, err) &&
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

static bool place_free(const OfficePlace *place, const Copy *c, Store *to, Error *err)
{
    Str keys, arriving;
    if (!office_setting_read(to, S("keys"), c->arena, &keys, err) ||
        !office_setting_read(to, S(OFFICE_ARRIVING), c->arena, &arriving, err))
        return false;
    return !str_present(keys) || str_present(arriving) ||
           FAIL(err, E_CONFLICT, .item = S("--data"), .value = place->data_dir,
                .words = S("戻す先には、すでに業務のデータがあります。新しい置き場所に戻して"
                           "ください。"));
}

// Whole already, where the command was broken off after it.
static bool rows_arrived(const Copy *c, Store *to, bool *arrived, Error *err)
{
    Str arriving;
    *arrived = false;
    if (!office_setting_read(to, S(OFFICE_ARRIVING), c->arena, &arriving, err)) return false;
    *arrived = str_present(arriving);
    return true;
}

static bool rows_restored(const OfficePlace *place, Copy *c, Error *err)
{
    OfficeRows to;
    bool arrived = false;
    TablesHeld carried, there;
    bool done = office_rows_place(place, c->program, c->arena, &to, err) &&
                office_rows_begin(&to, err) && place_free(place, c, to.rows, err) &&
                rows_arrived(c, to.rows, &arrived, err);
    if (done && !arrived)
        done = office_rows_copy(&c->stores, &to, c->arena, &carried, err) &&
               office_rows_held(&to, c->arena, &there, err) &&
               differs(tables_differ(&c->held, &there), err) &&
               office_setting_add(to.rows, S(OFFICE_ARRIVING), S("restore"), err);
    done = done && office_rows_commit(&to, err);
    office_rows_close(&to);
    return done;
}

static bool files_restored(const OfficePlace *place, const Copy *c, Error *err)
{
    VEC_EACH (const BackupFile, file, c->says.files) {
        Str hash;
        if (!backup_file_carry(c->keys, c->folder, place->data_dir, file->name, c->arena, &hash,
                               err))
            return false;
    }
    return true;
}

// The .kek that opened the copy goes along, unless it is kept elsewhere.
static bool kek_restored(const OfficePlace *place, const Copy *c, Error *err)
{
    Str hash, name = str_format(c->arena, "keys/%s.kek", c->program->name);
    return getenv("SESSHU_KEK_DIR") ||
           backup_file_carry(c->keys, c->folder, place->data_dir, name, c->arena, &hash, err);
}

bool office_restored(const OfficePlace *place, const OfficeProgram *program, Str folder,
                     bool only_proves, Arena *arena, Error *err)
{
    Copy c = {.program = program, .folder = folder, .arena = arena};
    bool done = copy_open(&c, err);
    if (done && only_proves) copy_told(&c, "");
    if (done && !only_proves) {
        done = data_folder_make(place->data_dir, *arena, err) && rows_restored(place, &c, err) &&
               files_restored(place, &c, err) && kek_restored(place, &c, err);
        if (done) copy_told(&c, "戻しました。");
    }
    copy_close(&c);
    return done;
}

// The rows and files lie there already; whoever may administer that office lets it begin.
static bool restore(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)status;
    if (!act_begin(act, err) || !office_setting_remove(act->store, S(OFFICE_ARRIVING), err) ||
        !act_record(act, &leaf, err) || !store_commit(act->store, err))
        return false;
    office_trail_keep(line->store_url, program_of(act), *arena);
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
