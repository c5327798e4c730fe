// A copy of an office that is proven: every table and file, counted, hashed and signed with the office's key.
//
// The copy is a folder like the data directory itself, whose rows lie in a file of SQLite, wherever the office
// keeps its own; so either engine can be restored from it. What it lacks: the .kek (whoever holds both has
// everything), the database's password, lists of errors (they can be written again). DIR/<program>.backup
// says what belongs to it; it is written last, and where it lies no office is opened.
// Secrets  private keys that lie in clear in the data directory (TLS, today's key of the trail) are sealed by the
//          office's ring: whoever brings the office back needs the .kek, as for its rows, and nothing more.
// Proof    before a file of rows is opened its bytes are those that were signed; nothing lies in the copy that no
//          list names; no link is followed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "command.h"
#include "office.h"
#include "store_copy.h"

typedef enum BackupFileKind {
    BACKUP_FILE,    // as it is
    BACKUP_SECRET,  // in the copy: sealed, <program>.sealed/NAME
    BACKUP_ROWS,    // the store of the copy: made there, read from there
} BackupFileKind;

typedef struct BackupFile {
    Str name;  // below the folder: "keys/ledger.keys"
    Str hash;  // keyed, as hex; of a secret: of what is sealed
    BackupFileKind kind;
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

// Where a copy lies, whose it is, and what opens it.
typedef struct BackupFolder {
    Keys *keys;
    Str folder, program;
} BackupFolder;

// Does a copy of the program lie in `folder`?
bool backup_there(Str folder, Str program, Arena scratch);

// Files of the office that a copy holds, as far as they are there in `data_dir`, by name; without hashes. E_KEY: a .kek
// lies among them.
MUST bool backup_files_list(Str data_dir, Str program, Arena *arena, BackupFiles *files, Error *err);
// All files in a folder below `folder` ({0}: itself) and in those inside; E_FILE_OPEN: a link, pipe or device is there.
MUST bool backup_folder_names(Str folder, Str below, Arena *arena, StrRows *names, Error *err);
// Under which name it lies in the copy.
Str backup_place(Str program, const BackupFile *file, Arena *arena);

// Into the copy, mode 0600, its folders 0700, with its hash; of rows, which lie there, the hash alone.
MUST bool backup_file_copied(const BackupFolder *at, Str data_dir, BackupFile *file, Arena *arena, Error *err);
// Is it in `data_dir` still what was copied?
MUST bool backup_file_same(const BackupFolder *at, Str data_dir, const BackupFile *file, Arena *arena, bool *same,
                           Error *err);
// Is it in the copy what was copied? E_STORE or E_KEY.
MUST bool backup_file_proven(const BackupFolder *at, const BackupFile *file, Arena *arena, Error *err);
// Out of the copy into `to`. What is not what was proven is taken away again. Rows are laid otherwise.
MUST bool backup_file_laid(const BackupFolder *at, Str to, const BackupFile *file, Arena *arena, Error *err);
// One file from a folder to another as it is, and its keyed hash.
MUST bool backup_file_carry(const Keys *keys, Str from, Str to, Str name, Arena *arena, Str *hash,
                            Error *err);
Str backup_table_hash(const Keys *keys, const TableHeld *table, Arena *arena);
bool backup_broken(Str what, Error *err);  // says that it is not as it was taken

// Nothing lies in the copy but what its list says, and what the list of another system of the house says.
MUST bool backup_nothing_else(const BackupFolder *at, const BackupFiles *files, Arena *arena, Error *err);

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
