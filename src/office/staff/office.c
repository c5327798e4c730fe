// SPDX-License-Identifier: Apache-2.0
#include "office.h"

#include "office_migrations.h"
#include "staff_rows.h"
#include "writer_lock.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 200 };

// mkdir -p, each new folder 0700.
static bool folder_made(Str path, Arena scratch, Error *err)
{
    char *folder = str_z(&scratch, path);
    for (char *c = folder + 1;; c++) {
        if (*c != '/' && *c != '\0') continue;
        char end = *c;
        *c = '\0';
        if (mkdir(folder, 0700) != 0 && errno != EEXIST)
            return FAIL(err, E_FILE_OPEN, .item = S("--data"), .value = path,
                        .words = S("データの置き場所を作れません。名前と権限を確かめてください。"));
        *c = end;
        if (!end) return true;
    }
}

static bool migrated(Office *office, Error *err)
{
    EmbeddedFile files[FILES_MAX];
    int count = 0, own = *office->program->migration_count;
    assert(office_migrations_count + own <= FILES_MAX);
    for (int i = 0; i < office_migrations_count; i++) files[count++] = office_migrations[i];
    for (int i = 0; i < own; i++) files[count++] = office->program->migrations[i];
    return store_migrate(office->store, files, count, err);
}

static bool store_ready(Office *office, Error *err)
{
    Str program = str_of(office->program->name), base = office->line->store_url;
    Str url = store_url_for(office->data_dir, base, program, office->arena);
    return store_provide(office->data_dir, base, program, *office->arena, err) &&
           store_open(url, office->arena, &office->store, err) && migrated(office, err);
}

// First of all: the office itself, its first operator, and which keys belong to it.
static bool founded(Office *office, Str fingerprint, Error *err)
{
    bool first;
    Str there;
    if (!store_begin(office->store, err)) return false;
    if (!office_setting_read(office->store, S("keys"), office->arena, &there, err)) return false;
    if (str_present(there)) return store_commit(office->store, err);  // another process was faster
    if (!office_setting_add(office->store, S("keys"), fingerprint, err) ||
        !staff_register_first(office->store, office->program->rights, office->operator_name, &first,
                              err))
        return false;
    AuditLeaf leaf = {.business_day = office->business_day,
                      .operator_name = office->operator_name,
                      .program = str_of(office->program->name),
                      .act = AUDIT_CHANGE,
                      .purpose = S("office"),
                      .command = S("found"),
                      .result = AUDIT_DONE};
    return audit_append(office->store, office->keys, &leaf, NULL, err) &&
           store_commit(office->store, err);
}

// Data sealed by other keys would look like damage; so this is asked before anything is read.
static bool keys_belong(Office *office, Error *err)
{
    char text[SHA256_TEXT_SIZE];
    Sha256 print = keys_fingerprint(office->keys);
    Str ours = str_of(sha256_text(&print, text)), there;
    if (!office_setting_read(office->store, S("keys"), office->arena, &there, err)) return false;
    if (!str_present(there) &&
        (!founded(office, ours, err) ||
         !office_setting_read(office->store, S("keys"), office->arena, &there, err)))
        return false;
    if (str_equal(ours, there)) return true;
    return FAIL(err, E_KEY,
                .words =
                    S("データベースと鍵の組み合わせが違います。--data と --store の指定を確かめ、"
                      "鍵を控えから戻してください。"));
}

// The command and its options; what it was done to (a person's number) is in the leaf's own place.
static Str command_text(const CommandLine *line, Arena *arena)
{
    Text text = {0};
    text_add(&text, arena, str_of(line->command->name));
    VEC_EACH (const Given, given, line->given) {
        text_addf(&text, arena, " --%s", given->option->name);
        if (given->text.len) text_addf(&text, arena, " %.*s", STR(given->text));
    }
    return text_str(&text);
}

static Str terminal_text(Arena *arena)
{
    char name[256] = "";
    if (gethostname(name, sizeof name - 1) != 0) return (Str){0};
    return str_copy(arena, str_of(name));
}

static bool authorised(Office *office, Error *err)
{
    StaffAct act = {.operator_name = office->operator_name,
                    .program = str_of(office->program->name),
                    .command = office->command,
                    .terminal = office->terminal,
                    .business_day = office->business_day};
    Str route = str_of(office->line->command->name);
    if (!staff_authorise(office->store, office->keys, office->program->rights, route, &act, err))
        return false;
    office->right = right_for(office->program->rights, route);
    return true;
}

static const char *lock_path(const Office *office)
{
    return str_z(office->arena, str_format(office->arena, "%.*s/%s.lock", STR(office->data_dir),
                                           office->program->name));
}

static bool locked(Office *office, Error *err)
{
    if (office->right->alone != ALONE) return true;
    AtWork who = {
        .operator_name = office->operator_name, .command = office->command, .since = clock_now()};
    return writer_lock_take(lock_path(office), &who, OFFICE_WAIT_SECONDS, office->arena,
                            &office->lock, err);
}

bool office_open(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                 Office *office, Error *err)
{
    Office made = {.program = program,
                   .line = line,
                   .arena = arena,
                   .data_dir = line->data_dir,
                   .operator_name = line->operator_name,
                   .command = command_text(line, arena),
                   .terminal = terminal_text(arena),
                   .business_day = line->as_of,
                   .lock = -1};
    process_harden();
    if (!folder_made(made.data_dir, *arena, err)) return false;
    if (!keys_open(made.data_dir, str_of(program->name), arena, &made.keys, err) ||
        !store_ready(&made, err) || !keys_belong(&made, err) || !authorised(&made, err) ||
        !locked(&made, err)) {
        office_close(&made);
        return false;
    }
    *office = made;
    return true;
}

void office_close(Office *office)
{
    store_close(office->store);
    keys_close(office->keys);
    writer_lock_give(office->lock);
    office->store = NULL;
    office->keys = NULL;
    office->lock = -1;
}

bool office_begin(Office *office, Error *err)
{
    if (store_begin(office->store, err)) return true;
    if (err->code == E_BUSY) writer_lock_words(lock_path(office), office->arena, err);
    return false;
}

AuditLeaf office_leaf(const Office *office, AuditResult result)
{
    return (AuditLeaf){.business_day = office->business_day,
                       .operator_name = office->operator_name,
                       .terminal = office->terminal,
                       .program = str_of(office->program->name),
                       .act = office->right->act,
                       .purpose = str_of(office->right->programme),
                       .command = office->command,
                       .result = result};
}

bool office_audit(Office *office, const AuditLeaf *leaf, Error *err)
{
    return audit_append(office->store, office->keys, leaf, NULL, err);
}

bool office_audit_now(Office *office, const AuditLeaf *leaf, Error *err)
{
    if (!office_begin(office, err)) return false;
    if (office_audit(office, leaf, err)) return store_commit(office->store, err);
    store_rollback(office->store);
    return false;
}
