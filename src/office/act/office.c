// SPDX-License-Identifier: Apache-2.0
#include "office.h"

#include "office_migrations.h"
#include "staff_rows.h"

#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES_MAX = 200 };

// mkdir -p, each new folder 0700.
static bool folder_make(Str path, Arena scratch, Error *err)
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

static bool schema_migrate(const Office *office, Error *err)
{
    EmbeddedFile files[FILES_MAX];
    int count = 0, own = *office->program->migration_count;
    assert(office_migrations_count + own <= FILES_MAX);
    for (int i = 0; i < office_migrations_count; i++) files[count++] = office_migrations[i];
    for (int i = 0; i < own; i++) files[count++] = office->program->migrations[i];
    return store_migrate(office->store, files, count, err);
}

static bool store_prepare(Office *office, const OfficePlace *place, Error *err)
{
    Str program = str_of(office->program->name);
    office->store_url = store_url_for(office->data_dir, place->store_url, program, office->arena);
    return store_provide(office->data_dir, place->store_url, program, *office->arena, err) &&
           store_open(office->store_url, office->arena, &office->store, err) &&
           schema_migrate(office, err);
}

// First of all: the office itself, its first operator, and which keys belong to it.
static bool office_found(const Office *office, const Founding *founding, Str fingerprint,
                         Error *err)
{
    bool first;
    Str there;
    Programmes programmes = door_programmes(office->program->doors, office->arena);
    if (!store_begin(office->store, err)) return false;
    if (!office_setting_read(office->store, S("keys"), office->arena, &there, err)) return false;
    if (str_present(there)) return store_commit(office->store, err);  // another process was faster
    if (!office_setting_add(office->store, S("keys"), fingerprint, err) ||
        !staff_register_first(office->store, programmes, founding->operator_name, founding->now,
                              &first, err))
        return false;
    AuditLeaf leaf = {.at = founding->now,
                      .business_day = founding->business_day,
                      .operator_name = founding->operator_name,
                      .program = str_of(office->program->name),
                      .act = AUDIT_CHANGE,
                      .purpose = S("office"),
                      .command = S("found"),
                      .result = AUDIT_DONE};
    return audit_append(office->store, office->keys, &leaf, NULL, err) &&
           store_commit(office->store, err);
}

// Data sealed by other keys would look like damage; so this is asked before anything is read.
static bool keys_check(const Office *office, const Founding *founding, Error *err)
{
    char text[SHA256_TEXT_SIZE];
    Sha256 print = keys_fingerprint(office->keys);
    Str ours = str_of(sha256_text(&print, text)), there;
    if (!office_setting_read(office->store, S("keys"), office->arena, &there, err)) return false;
    if (!str_present(there) &&
        (!office_found(office, founding, ours, err) ||
         !office_setting_read(office->store, S("keys"), office->arena, &there, err)))
        return false;
    if (str_equal(ours, there)) return true;
    return FAIL(err, E_KEY,
                .words =
                    S("データベースと鍵の組み合わせが違います。--data と --store の指定を確かめ、"
                      "鍵を控えから戻してください。"));
}

bool office_open(const OfficePlace *place, const OfficeProgram *program, const Founding *founding,
                 Arena *arena, Office *office, Error *err)
{
    Office made = {.program = program, .arena = arena, .data_dir = place->data_dir};
    process_harden();
    *office = (Office){0};
    if (!folder_make(made.data_dir, *arena, err)) return false;
    if (!keys_open(made.data_dir, str_of(program->name), arena, &made.keys, err) ||
        !store_prepare(&made, place, err) || !keys_check(&made, founding, err)) {
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
    office->store = NULL;
    office->keys = NULL;
}

bool office_store(const Office *office, Arena *arena, Store **store, Error *err)
{
    return store_open(office->store_url, arena, store, err);
}

const char *office_path(const Office *office, const char *name, Arena *arena)
{
    return str_z(arena, str_format(arena, "%.*s/%s", STR(office->data_dir), name));
}
