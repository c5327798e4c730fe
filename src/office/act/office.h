// An office, opened once: the store, the keys, the doors and the data directory of one program.
//
// Who does what in it is an Act (act.h).
//
// Only founding makes one (folder 0700, database, keys). Opening makes nothing: where nothing lies, or keys
// without their data, or data without their keys, it refuses and says what to do. A schema that is older than
// the program is brought up to date by founding, or where that is asked for; else it is refused. The folder belongs to one user and is closed to others (data_folder.h).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "approvals.h"
#include "door.h"
#include "looks.h"
#include "erasure.h"
#include "sealed_column.h"
#include "store_copy.h"

enum { OFFICE_QUESTION_MOST = 4096 };

// What a program tells about itself, once, in doors.c.
typedef struct OfficeProgram {
    const char *name;   // "ledger": names database, keys, role
    const char *typed;  // "sesshu ledger"
    const char *words;  // what it is, one line of help
    Doors doors;
    SealedColumns sealed;  // all there are
    ApprovalKinds approvals;
    const AuditOwed *owed;      // rows that name their record; `sql` NULL ends them
    const char *owed_last_sql;  // the number of the last such row; NULL: none
    const Erasures *erasures;   // what is kept for a time only, beside what every office has; NULL: nothing
    const Tallies *tallies;     // the rows that its records count; NULL: none
    // What `init` puts beside the data and says of it, each time. NULL: nothing.
    bool (*founded)(struct Act *act, Arena scratch, Error *err);
    // What an upgrade says of what it changed beside the tables. NULL: nothing.
    bool (*upgraded)(struct Act *act, Arena scratch, Error *err);
    // The 宛名番号 of those at whom each look is reviewed (who is under protection), for the marks of the audit. NULL: of nobody.
    const char *guarded_sql;
    // Ends what a killed command left, for the next one that has the data alone. NULL: nothing can be left.
    bool (*settled)(struct Act *act, Arena scratch, Error *err);
    const EmbeddedFile *migrations;  // db/<program>; the office's own come before them
    const int *migration_count;      // where the build put it: &ledger_migrations_count
    ptrdiff_t arena_bytes;           // limit of one command's own memory
    ptrdiff_t question_most;         // bytes of another program's message; 0: OFFICE_QUESTION_MOST
} OfficeProgram;

// Where an office lies.
typedef struct OfficePlace {
    Str data_dir;
    Str store_url;  // {0}: SQLite files in data_dir
    // Opens one that is still arriving, or has moved away, as well: for the last step of either.
    bool arriving_too, moved_too;
    bool upgrades;  // brings the schema up to date
} OfficePlace;

typedef struct Office {
    const OfficeProgram *program;
    Str data_dir, store_url;  // store_url: of this program
    Str place_url;            // as the place was named (OfficePlace.store_url)
    int64_t owner;            // uid of the user to whom data_dir belongs
    bool login_counts;        // the office was founded where the kernel keeps who logged in
    bool moved;               // it lives elsewhere now, and its trail goes on there
    bool arriving;            // its rows are still those of the copy, and stay so until it begins
    int raised;               // by how many files the schema was brought up to date in opening
    Store *store;
    Keys *keys;
    Trail trail;   // of changes
    Looks *looks;  // records of what changes nothing
    const struct Worker *worker;  // of a service: this process (office_workers.h); NULL: none
    Arena *arena;  // lives as long as the office
} Office;

// Who sets an office up, and when.
typedef struct Founding {
    Str operator_name;  // as typed; {0}: named like the login
    Instant now;
    Day business_day;
    bool practice;  // for practice, with invented people alone: for good
} Founding;

// Errors  E_NOT_FOUND: no office lies there; E_KEY: one half of it does, or the halves do not belong
//         together; E_FILE_OPEN: the folder is another user's, or open to others; E_STORE….
MUST bool office_open(const OfficePlace *place, const OfficeProgram *program, Instant now,
                      Arena *arena, Office *office, Error *err);
// Sets an office up and opens it; opens one that is there. The founder is bound to the account that
// acts in this process, and holds every duty.
MUST bool office_found(const OfficePlace *place, const OfficeProgram *program,
                       const Founding *founding, Arena *arena, Office *office, Error *err);
void office_close(Office *office);  // rolls back what is open; an office that did not open is fine

// Settings of a database that is no office: its rows have moved to another, or are still on their way.
#define OFFICE_MOVED    "moved"
#define OFFICE_ARRIVING "arriving"

// Where the rows of an office and its looks lie.
typedef struct OfficeRows {
    Store *rows, *looks;
} OfficeRows;

// Makes and opens a place for this program's rows and looks in `place`, with their schema. Close it, also when it
// says false.
MUST bool office_rows_place(const OfficePlace *place, const OfficeProgram *program, Arena *arena,
                            OfficeRows *made, Error *err);
void office_rows_close(OfficeRows *rows);
// Both at once; looks first, so that what the rows say of them is there.
MUST bool office_rows_begin_read(const OfficeRows *rows, Error *err);
MUST bool office_rows_begin(const OfficeRows *rows, Error *err);
MUST bool office_rows_commit(const OfficeRows *rows, Error *err);
void office_rows_rollback(const OfficeRows *rows);
// Do looks lie there? Where they do and no rows, whoever laid both was killed between the two commits.
MUST bool office_rows_looked(const OfficeRows *rows, bool *looked, Error *err);
// store_held and store_copy of both; a table of the looks is "looks.NAME".
MUST bool office_rows_held(const OfficeRows *rows, Arena *arena, TablesHeld *held, Error *err);
MUST bool office_rows_copy(const OfficeRows *from, const OfficeRows *to, Arena *arena,
                           TablesHeld *held, Error *err);
// The role of `base_url` keeps the tables of both trails (store_keep).
void office_trail_keep(Str base_url, Str program, Arena scratch);
// Are they out of the program's reach?
MUST bool office_trail_kept(const Office *office, bool *kept, Error *err);
// One more store on the office's data, for another thread. Close it.
MUST bool office_store(const Office *office, Arena *arena, Store **store, Error *err);
// Was it founded for practice?
MUST bool office_is_practice(const Office *office, Arena scratch, bool *practice, Error *err);
// A file of the data directory: data_dir + "/" + name, terminated for system calls.
const char *office_path(const Office *office, const char *name, Arena *arena);
