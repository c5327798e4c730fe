// A copy of an office that is proven: every table and file, counted, hashed and signed with the office's key.
//
// The copy is a folder like the data directory itself, whose rows lie in a file of SQLite, wherever the office
// keeps its own; so either engine can be restored from it. What it lacks: the .kek (whoever holds both has
// everything), the database's password, lists of errors (they can be written again). DIR/<program>.backup
// says what belongs to it; it is written last, and where it lies no office is opened.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "command.h"
#include "office.h"
#include "store_copy.h"

typedef struct BackupFile {
    Str name;  // below the folder: "keys/ledger.keys"
    Str hash;  // keyed, as hex
} BackupFile;
VEC(BackupFiles, BackupFile, backup_files);

typedef struct BackupTable {
    Str name, hash;
    int64_t rows;
} BackupTable;
VEC(BackupTables, BackupTable, backup_tables);

typedef struct BackupSays {
    Instant at;
    Str word;  // of the key, about all of the list: which copy it is
    BackupFiles files;
    BackupTables tables;
} BackupSays;

// Does a copy of the program lie in `folder`?
bool backup_there(Str folder, Str program, Arena scratch);

// Files of the office that a copy holds, as far as they are there in `folder`; their names in order.
MUST bool backup_file_names(Str folder, Str program, Arena *arena, StrRows *names, Error *err);
// Carries one of them, mode 0600, its folder 0700, and says its keyed hash.
MUST bool backup_file_carry(const Keys *keys, Str from, Str to, Str name, Arena *arena, Str *hash,
                            Error *err);
MUST bool backup_file_hash(const Keys *keys, Str folder, Str name, Arena *arena, Str *hash,
                           Error *err);
Str backup_table_hash(const Keys *keys, const TableHeld *table, Arena *arena);

// DIR/<program>.backup. Reading asks for the key's word first: nothing of a foreign file is read.
MUST bool backup_write(const Keys *keys, Str folder, Str program, const BackupSays *says,
                       Arena *arena, Error *err);
MUST bool backup_read(const Keys *keys, Str folder, Str program, Arena *arena, BackupSays *says,
                      Error *err);

typedef struct RestoreAsked {
    Str folder;        // of the copy
    Str claimed;       // who says that he acts; {0}: nobody was named
    bool only_proves;  // writes nothing
} RestoreAsked;

// Proves the copy, and, unless it only proves, asks for the right of the door `restore` in it and lays what it
// holds into `place`, where nothing of an office may lie. It says there that it is arriving until that door lets
// it begin. A second time it goes on.
MUST bool office_restored(const OfficePlace *place, const OfficeProgram *program,
                          const RestoreAsked *asked, Arena *arena, Error *err);
