// SPDX-License-Identifier: Apache-2.0
#include "office.h"

#include "actor.h"
#include "approval_rows.h"
#include "audit_rows.h"
#include "data_folder.h"
#include "founding.h"
#include "harden.h"
#include "logging.h"
#include "looks_migrations.h"
#include "office_backup.h"
#include "office_migrations.h"
#include "staff_name.h"
#include "staff_rows.h"
#include "tally.h"

#include <assert.h>

enum { FILES_MAX = 200, SCRATCH_BYTES = 1 << 16 };

// The office's own files and then the program's.
static int schema_files(const OfficeProgram *program, EmbeddedFile files[FILES_MAX])
{
    int count = 0, own = *program->migration_count;
    assert(office_migrations_count + own <= FILES_MAX);
    for (int i = 0; i < office_migrations_count; i++) files[count++] = office_migrations[i];
    for (int i = 0; i < own; i++) files[count++] = program->migrations[i];
    return count;
}

static bool schema_migrate(const OfficeProgram *program, Store *store, Error *err)
{
    EmbeddedFile files[FILES_MAX];
    int count = schema_files(program, files);
    return store_migrate(store, files, count, err);
}

static bool schema_missing(const Office *office, int *missing, Error *err)
{
    EmbeddedFile files[FILES_MAX];
    int count = schema_files(office->program, files);
    return store_missing(office->store, files, count, missing, err);
}

// ---- an office of an earlier version

static AuditLeaf upgrade_leaf(const Office *office, Instant now, Str name, const char *command,
                              Arena *arena)
{
    const Founding founding = {.now = now, .business_day = instant_day_in_japan(now)};
    AuditLeaf leaf = founding_leaf(office, &founding, name);
    leaf.proven = str_format(arena, "uid:%lld", (long long)office->owner);
    leaf.command = str_of(command);
    return leaf;
}

// Its folder's owner founded it.
static bool adopt(const Office *office, Instant now, Error *err)
{
    Str founder;
    int64_t record;
    Programmes programmes = door_programmes(office->program->doors, office->arena);
    if (!audit_next_no(office->store, &record, err) ||
        !staff_adopt_founder(office->store, programmes, office->owner, now, record, office->arena,
                             &founder, err))
        return false;
    if (!str_present(founder)) return true;
    AuditLeaf leaf = upgrade_leaf(office, now, founder, "account", office->arena);
    leaf.detail =
        str_format(office->arena, "%.*s uid:%lld", STR(founder), (long long)office->owner);
    return audit_append(office->store, &office->trail, &leaf, NULL, err);
}

static bool owed_last(const Office *office, int64_t *number, Error *err)
{
    *number = 0;
    if (!office->program->owed_last_sql) return true;
    Query *q = query_begin(office->store, office->program->owed_last_sql, err);
    if (!q) return false;
    if (query_next(q)) *number = column_int64(q, 0);
    return query_end(q, err);
}

// How many rows were there before they named their records.
static bool count_before(const Office *office, Instant now, Error *err)
{
    AuditLeaf leaf = upgrade_leaf(office, now, S("system:upgrade"), "records", office->arena);
    return owed_last(office, &leaf.rows, err) &&
           staff_grants_last(office->store, &leaf.taken, err) &&
           audit_append(office->store, &office->trail, &leaf, NULL, err);
}

static bool upgrade(const Office *office, Instant now, Error *err)
{
    return trail_found(&office->trail, err) && audit_catch_up(office->store, &office->trail, err) &&
           store_begin(office->store, err) && count_before(office, now, err) &&
           adopt(office, now, err) && store_commit(office->store, err);
}

// Rows of a version that counted fewer tables are counted from now on; the record says that nobody did before. What
// such a version kept in clear is sealed.
static bool rows_adopted(const Office *office, Instant now, Error *err)
{
    bool is_new;
    if (!tally_is_new(office->store, &office->trail, &is_new, err) || !is_new) return !is_new;
    AuditLeaf leaf = upgrade_leaf(office, now, S("system:upgrade"), "rows", office->arena);
    if (!store_begin(office->store, err) ||
        !approval_rows_seal(office->store, office->keys, *office->arena, err) ||
        !audit_append(office->store, &office->trail, &leaf, NULL, err) || !store_commit(office->store, err))
        return false;
    store_forget(office->store);
    return true;
}

// A trail without an epoch is of an earlier version, unless its files know of epochs: then they were taken
// out of the database, nothing that is there counts as old, and audit_verify names the loss for ever. A trail
// that is ahead of its file is brought level.
static bool trail_ready(const Office *office, Instant now, Error *err)
{
    AuditEpoch last;
    if (!audit_epoch_last(office->store, office->arena, &last, err)) return false;
    bool lost = !last.epoch_no && trail_knows_epochs(&office->trail, *office->arena);
    if (lost) log_line(LOG_ERROR, "event=trail_epochs_gone program=%s", office->program->name);
    if ((!last.epoch_no && !lost && !upgrade(office, now, err)) ||
        !rows_adopted(office, now, err)) {
        store_rollback(office->store);
        return false;
    }
    return audit_catch_up(office->store, &office->trail, err);
}

// By which kind of proof people are known here is what the founding says, whatever a setting says.
static bool login_known(Office *office, Error *err)
{
    Founded founded;
    if (!founding_read(office, office->arena, &founded, err)) return false;
    office->login_counts = founded.login_counts;
    return true;
}

// What of an office is there already.
typedef struct Found {
    bool keys, data;
} Found;

static bool no_office(const OfficePlace *place, Error *err)
{
    return FAIL(err, E_NOT_FOUND, .item = S("--data"), .value = place->data_dir,
                .words =
                    S("ここにはまだ業務のデータがありません。--data と --store の指定を"
                      "確かめてください。新しく始めるときは sesshu init を実行してください。"));
}

// Which database and which keys are meant: "予防接種台帳のデータベース (data/ledger.db)", "鍵 (data/keys/ledger.keys)".
static Str database_named(const Office *office)
{
    const char *program = office->program->name;
    Str system = str_cut(str_of(office->program->words), ':').head;  // what follows says what it does
    bool postgresql = str_starts(office->store_url, S("postgresql:"));
    if (postgresql)
        return str_format(office->arena, "%.*sのデータベース (sesshu_%s)", STR(system), program);
    return str_format(office->arena, "%.*sのデータベース (%.*s/%s.db)", STR(system), STR(office->data_dir), program);
}

static Str keys_named(const Office *office)
{
    return str_format(office->arena, "鍵 (%.*s/keys/%s.keys)", STR(office->data_dir), office->program->name);
}

static bool lies_in_sqlite(const Office *office)
{
    Str program = str_of(office->program->name);
    return str_starts(office->store_url, S("postgresql:")) &&
           !store_password_there(office->data_dir, program, *office->arena) &&
           store_there(store_url_for(office->data_dir, (Str){0}, program, office->arena), *office->arena);
}

static bool keys_without_data(const Office *office, Error *err)
{
    if (lies_in_sqlite(office))
        return FAIL(err, E_CONFLICT, .item = S("--store"),
                    .words = S("この置き場所の業務は SQLite にあります。PostgreSQL に移すには、--store (SESSHU_STORE) を外して sesshu "
                               "move --to を実行してください。移さないときも、--store の指定を外してください。"));
    Str why = store_refusal(office->store_url, office->arena);
    if (str_present(why)) return FAIL(err, E_STORE, .item = S("--store"), .words = why);
    return FAIL(err, E_KEY,
                .words = str_format(office->arena,
                                    "鍵はありますが、%.*sがないか、つながりません。--data と --store の指定を確かめ、"
                                    "データベースを控えから戻してください (sesshu restore)。",
                                    STR(database_named(office))));
}

static bool data_without_keys(const Office *office, Error *err)
{
    return FAIL(err, E_KEY,
                .words = str_format(office->arena,
                                    "データベースはありますが、%.*s がありません。--data と --store の指定を確かめ、"
                                    "鍵を控えから戻してください。はじめの sesshu init が途中で止まっただけなら、もう一度実行してください。",
                                    STR(keys_named(office))));
}

// Data sealed by other keys would look like damage; so this is asked before anything is read.
static bool keys_check(const Office *office, const OfficePlace *place, Error *err)
{
    Str there;
    char text[SHA256_TEXT_SIZE];
    Sha256 print = keys_fingerprint(office->keys);
    if (!founding_keys(office, &there, err)) return false;
    if (!str_present(there)) return no_office(place, err);  // its founding was broken off
    if (str_equal(str_of(sha256_text(&print, text)), there)) return true;
    return FAIL(err, E_KEY,
                .words = str_format(office->arena,
                                    "%.*sは、この%.*sで封じたものではありません。--data と --store の指定を確かめ、"
                                    "同じときに取った控えから、データベースと鍵をそろえて戻してください。",
                                    STR(database_named(office)), STR(keys_named(office))));
}

// One that has moved away, and one that is still arriving, is no office.
static bool lives_here(Office *office, const OfficePlace *place, Error *err)
{
    Str moved, arriving;
    if (!office_setting_read(office->store, S(OFFICE_MOVED), office->arena, &moved, err) ||
        !office_setting_read(office->store, S(OFFICE_ARRIVING), office->arena, &arriving, err))
        return false;
    office->moved = str_present(moved);
    office->arriving = str_present(arriving);
    if (office->moved && !place->moved_too)
        return FAIL(err, E_CONFLICT, .item = S("--store"),
                    .words = S("このデータベースの業務は、ほかのデータベースに移してあります。--store に移した先を指定してください。"));
    if (office->arriving && !place->arriving_too)
        return FAIL(err, E_CONFLICT, .item = S("--store"),
                    .words = S("このデータベースには、写しが途中まで入っています。sesshu move か restore をもう一度実行してください。"));
    return true;
}

// ---- stores

static bool strangers_recorded(Store *store, const void *context, Error *err)
{
    const Office *office = context;
    Arena whole = arena_reserve(SCRATCH_BYTES), scratch = whole;
    AuditLeaf leaf = upgrade_leaf(office, clock_now(), S("system:trail"), "", &scratch);
    leaf.result = AUDIT_FAILED;
    bool recorded = audit_strangers(store, &office->trail, &leaf, err);
    arena_release(whole);
    return recorded;
}

static void store_watched(const Office *office, Store *store)
{
    store_on_begin(store, strangers_recorded, office);
}

static Found look(const Office *office)
{
    return (Found){.keys =
                       keys_there(office->data_dir, str_of(office->program->name), *office->arena),
                   .data = store_there(office->store_url, *office->arena)};
}

// A new version of the program changes the data only when somebody says so.
static bool is_current(const Office *office, Error *err)
{
    int missing;
    if (!schema_missing(office, &missing, err)) return false;
    return missing == 0 ||
           FAIL(err, E_STORE,
                .words = S(
                    "データベースがこのプログラムより古い版のものです。控えを取ってから (古い版"
                    "の sesshu backup)、sesshu upgrade を実行してください。何も変えていません。"));
}

// A new schema may change the tables of the trail: who keeps them lends them for that long. Who may not keep
// them is told so by init and by audit verify.
static bool data_raised(Office *office, Str base_url, Error *err)
{
    bool kept;
    Str program = str_of(office->program->name);
    if (!store_kept(office->store, &audit_tables, &kept, err) ||
        !schema_missing(office, &office->raised, err))
        return false;
    if (office->raised) (void)store_lend(base_url, program, &audit_tables, *office->arena);
    bool migrated = schema_migrate(office->program, office->store, err);
    if (!kept || office->raised) (void)store_keep(base_url, program, &audit_tables, *office->arena);
    return migrated;
}

// ---- the looks beside the rows

static bool looks_lost(Error *err)
{
    return FAIL(err, E_KEY,
                .words =
                    S("閲覧の証跡のデータベース (SQLite では …-looks.db) がありません。控えから"
                      "戻してください。"));
}

static bool looks_current(Store *looks, Error *err)
{
    int missing;
    if (!store_missing(looks, looks_migrations, looks_migrations_count, &missing, err))
        return false;
    return missing == 0 || looks_lost(err);
}

// Made only where an office is founded, or brought up from a version that had none.
static bool looks_made(Office *office, Str url, Error *err)
{
    Looks *looks = office->looks;
    bool there = store_is_postgresql(office->store) || store_there(url, *office->arena);
    if (!there && trail_knows_epochs(&looks->trail, *office->arena)) return looks_lost(err);
    return store_looks_provide(office->store, err) && trail_found(&looks->trail, err) &&
           store_open(url, office->arena, &looks->store, err) &&
           store_migrate(looks->store, looks_migrations, looks_migrations_count, err);
}

static bool looks_opened(Office *office, Str url, Error *err)
{
    if (!store_there(url, *office->arena)) return looks_lost(err);
    return store_open(url, office->arena, &office->looks->store, err) &&
           looks_current(office->looks->store, err);
}

static bool open_looks(Office *office, const OfficePlace *place, bool makes, Error *err)
{
    Str url = store_looks_url(office->store_url, office->arena);
    if (!(makes ? looks_made : looks_opened)(office, url, err)) return false;
    if (makes && store_is_postgresql(office->store))
        (void)store_keep(place->store_url, str_of(office->program->name), &looks_tables,
                         *office->arena);
    return audit_catch_up(office->looks->store, &office->looks->trail, err);
}

bool office_trail_kept(const Office *office, bool *kept, Error *err)
{
    return store_kept(office->store, &audit_tables, kept, err) &&
           (!*kept || store_kept(office->looks->store, &looks_tables, kept, err));
}

void office_trail_keep(Str base_url, Str program, Arena scratch)
{
    (void)store_keep(base_url, program, &audit_tables, scratch);
    (void)store_keep(base_url, program, &looks_tables, scratch);
}

static bool open_data(Office *office, const OfficePlace *place, Error *err)
{
    if (!store_open(office->store_url, office->arena, &office->store, err)) return false;
    return place->upgrades ? data_raised(office, place->store_url, err) : is_current(office, err);
}

static bool open_keys(Office *office, Error *err)
{
    Str program = str_of(office->program->name);
    if (!keys_open(office->data_dir, program, office->arena, &office->keys, err)) return false;
    office->trail = trail_of(office->keys, office->data_dir, program, office->arena);
    office->trail.tallies = office->program->tallies;
    office->looks = NEW(office->arena, Looks, 1);
    looks_begin(office->looks, &office->trail, program, office->arena);
    office->trail.other = &office->looks->trail;
    return true;
}

static Office office_at(const OfficePlace *place, const OfficeProgram *program, Arena *arena)
{
    process_harden();
    return (Office){.program = program,
                    .arena = arena,
                    .data_dir = place->data_dir,
                    .place_url = place->store_url,
                    .store_url = store_url_for(place->data_dir, place->store_url,
                                               str_of(program->name), arena)};
}

// Whoever worked in a copy would have two offices.
static bool is_no_copy(const Office *office, Error *err)
{
    return !backup_there(office->data_dir, str_of(office->program->name), *office->arena) ||
           FAIL(err, E_CONFLICT, .item = S("--data"), .value = office->data_dir,
                .words = S("ここにあるのは控えです。控えから戻すには、sesshu restore --from "
                           "控えの置き場所 --data 新しい置き場所 を実行してください。"));
}

static bool open_all(Office *office, const OfficePlace *place, Instant now, Error *err)
{
    if (!store_url_check(place->store_url, *office->arena, err) ||
        !data_folder_check(office->data_dir, *office->arena, err) || !is_no_copy(office, err))
        return false;
    office->owner = data_folder_owner(office->data_dir, *office->arena);
    Found there = look(office);
    if (!there.keys && !there.data) return no_office(place, err);
    if (!there.data) return keys_without_data(office, err);
    if (!there.keys) return data_without_keys(office, err);
    return open_keys(office, err) && open_data(office, place, err) &&
           keys_check(office, place, err) && lives_here(office, place, err) &&
           open_looks(office, place, place->upgrades, err) &&
           (office->moved || (trail_ready(office, now, err) && login_known(office, err)));
}

static bool store_is_new(const Office *office, bool *is_new, Error *err)
{
    EmbeddedFile files[FILES_MAX];
    int missing;
    if (!schema_missing(office, &missing, err)) return false;
    *is_new = missing == schema_files(office->program, files);
    return true;
}

// Keys that have signed days belong to data that are gone; those of a founding that was broken off have not.
// Asked before anything is made in a database that somebody put in the place of the lost one.
static bool found_data(Office *office, const OfficePlace *place, Error *err)
{
    bool is_new;
    if (!store_open(office->store_url, office->arena, &office->store, err) ||
        !store_is_new(office, &is_new, err))
        return false;
    if (is_new && office->keys && trail_knows_epochs(&office->trail, *office->arena))
        return keys_without_data(office, err);
    return data_raised(office, place->store_url, err);
}

// An office of real people never becomes one for practice, and says so.
static bool practice_already(const Office *office, Error *err)
{
    bool practice;
    if (!office_is_practice(office, *office->arena, &practice, err)) return false;
    return practice || FAIL(err, E_CONFLICT, .item = S("--practice"), .value = office->data_dir,
                            .words = S("ここはすでに業務用の場所です。練習用は、別の置き場所 (--data) に"
                                       "用意してください。"));
}

// Tables without a founding are of one that was broken off, unless the keys have signed days. Asked in the writing
// turn: somebody else's founding ends first, and then it is his office.
static bool founding_free(const Office *office, Str *named, Error *err)
{
    if (!store_begin(office->store, err) || !founding_keys(office, named, err)) return false;
    bool lost = !str_present(*named) && trail_knows_epochs(&office->trail, *office->arena);
    if (!store_commit(office->store, err)) return false;
    return !lost || keys_without_data(office, err);
}

// The database first, then the keys: who is killed in between leaves no keys without data behind, and
// data that names no keys yet can be founded still.
static bool found_all(Office *office, const OfficePlace *place, const Founding *founding,
                      Error *err)
{
    Str program = str_of(office->program->name), named;
    if (!store_url_check(place->store_url, *office->arena, err) ||
        !data_folder_make(office->data_dir, *office->arena, err) || !is_no_copy(office, err))
        return false;
    office->owner = data_folder_owner(office->data_dir, *office->arena);
    Found there = look(office);
    if (there.keys && !there.data) return keys_without_data(office, err);
    if ((there.keys && !open_keys(office, err)) ||
        !store_provide(office->data_dir, place->store_url, program, *office->arena, err) ||
        !found_data(office, place, err) || !founding_keys(office, &named, err))
        return false;
    if (str_present(named) && !there.keys && !look(office).keys) return data_without_keys(office, err);
    if (!office->keys && !open_keys(office, err)) return false;
    if (!str_present(named) && !founding_free(office, &named, err)) return false;
    if (!open_looks(office, place, true, err)) return false;
    if (!str_present(named) && !founding_make(office, founding, err)) return false;
    return keys_check(office, place, err) && lives_here(office, place, err) &&
           trail_ready(office, founding->now, err) && login_known(office, err) &&
           (!founding->practice || practice_already(office, err));
}

bool office_open(const OfficePlace *place, const OfficeProgram *program, Instant now, Arena *arena,
                 Office *office, Error *err)
{
    *office = office_at(place, program, arena);
    if (open_all(office, place, now, err)) {
        store_watched(office, office->store);
        return true;
    }
    office_close(office);
    return false;
}

bool office_found(const OfficePlace *place, const OfficeProgram *program, const Founding *founding,
                  Arena *arena, Office *office, Error *err)
{
    *office = office_at(place, program, arena);
    if (found_all(office, place, founding, err)) {
        store_watched(office, office->store);
        return true;
    }
    office_close(office);
    return false;
}

void office_close(Office *office)
{
    if (office->looks) looks_close(office->looks);
    store_close(office->store);
    keys_close(office->keys);
    office->store = NULL;
    office->keys = NULL;
}

// ---- rows and looks of a place

bool office_rows_place(const OfficePlace *place, const OfficeProgram *program, Arena *arena,
                       OfficeRows *made, Error *err)
{
    Str name = str_of(program->name);
    *made = (OfficeRows){0};
    if (!store_url_check(place->store_url, *arena, err) ||
        !store_provide(place->data_dir, place->store_url, name, *arena, err))
        return false;
    Str url = store_url_for(place->data_dir, place->store_url, name, arena);
    return store_open(url, arena, &made->rows, err) && schema_migrate(program, made->rows, err) &&
           store_looks_provide(made->rows, err) &&
           store_open(store_looks_url(url, arena), arena, &made->looks, err) &&
           store_migrate(made->looks, looks_migrations, looks_migrations_count, err);
}

void office_rows_close(OfficeRows *rows)
{
    store_close(rows->looks);
    store_close(rows->rows);
    *rows = (OfficeRows){0};
}

bool office_rows_begin_read(const OfficeRows *rows, Error *err)
{
    return store_begin_read(rows->rows, err) && store_begin_read(rows->looks, err);
}

bool office_rows_begin(const OfficeRows *rows, Error *err)
{
    return store_begin(rows->rows, err) && store_begin(rows->looks, err);
}

bool office_rows_commit(const OfficeRows *rows, Error *err)
{
    return store_commit(rows->looks, err) && store_commit(rows->rows, err);
}

void office_rows_rollback(const OfficeRows *rows)
{
    store_rollback(rows->looks);
    store_rollback(rows->rows);
}

bool office_rows_looked(const OfficeRows *rows, bool *looked, Error *err)
{
    AuditHead head;
    if (!audit_head_read(rows->looks, &head, err)) return false;
    *looked = head.leaf_no > 0;
    return true;
}

static void looks_named(const TablesHeld *looks, Arena *arena, TablesHeld *held)
{
    VEC_EACH (const TableHeld, table, *looks)
        *tables_held_push(held, arena) =
            (TableHeld){str_join(arena, S("looks."), table->name), table->rows, table->content};
}

bool office_rows_held(const OfficeRows *rows, Arena *arena, TablesHeld *held, Error *err)
{
    TablesHeld looks;
    if (!store_held(rows->rows, arena, held, err) || !store_held(rows->looks, arena, &looks, err))
        return false;
    looks_named(&looks, arena, held);
    return true;
}

bool office_rows_copy(const OfficeRows *from, const OfficeRows *to, Arena *arena, TablesHeld *held,
                      Error *err)
{
    TablesHeld looks;
    if (!store_copy(from->rows, to->rows, arena, held, err) ||
        !store_copy(from->looks, to->looks, arena, &looks, err))
        return false;
    looks_named(&looks, arena, held);
    return true;
}

bool office_store(const Office *office, Arena *arena, Store **store, Error *err)
{
    if (!store_open(office->store_url, arena, store, err)) return false;
    store_watched(office, *store);
    return true;
}

const char *office_path(const Office *office, const char *name, Arena *arena)
{
    return str_z(arena, str_format(arena, "%.*s/%s", STR(office->data_dir), name));
}
