// A program's office, opened: data directory, store, keys, operator, lock. The one door through which
// every command goes.
//
//     static bool run_due(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
//     {
//         Office office;
//         if (!office_open(line, &ledger_program, arena, &office, err)) return false;
//         bool ok = due(&office, …, err);
//         office_close(&office);
//         return ok;
//     }
//
// Opening makes what is missing (folder 0700, database, keys), brings the schema up to date, registers
// the first operator, asks the table of rights about the command (line->command->name) and takes the
// writer lock where the row says ALONE. A second command waits OFFICE_WAIT_SECONDS, then is told who
// is at work with what since when (E_BUSY).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "command.h"
#include "staff.h"

enum { OFFICE_WAIT_SECONDS = 10 };

// What a program tells about itself, once, in rights.c.
typedef struct OfficeProgram {
    const char *name;  // "ledger": names database, keys, role
    RightTable rights;
    const EmbeddedFile *migrations;  // db/<program>; the office's own come before them
    const int *migration_count;      // where the build put it: &ledger_migrations_count
} OfficeProgram;

typedef struct Office {
    const OfficeProgram *program;
    const CommandLine *line;
    const Right *right;  // the command's row
    Store *store;
    Keys *keys;
    Arena *arena;  // lives as long as the command
    Str data_dir, operator_name;
    Str command;   // with its options, without its arguments: what leaves say
    Str terminal;  // this machine
    Day business_day;
    int lock;  // descriptor of the writer lock, or -1
} Office;

MUST bool office_open(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                      Office *office, Error *err);
void office_close(Office *office);  // rolls back what is open; an office that did not open is fine

// store_begin for writing; when another command keeps the data busy, the words say who and since when.
MUST bool office_begin(Office *office, Error *err);

// A leaf of this command, complete but for what the act adds (whose, counts, content, detail).
AuditLeaf office_leaf(const Office *office, AuditResult result);
// Inside the act's transaction.
MUST bool office_audit(Office *office, const AuditLeaf *leaf, Error *err);
// A look or an export that changes nothing: writes the leaf in a transaction of its own, before the
// answer leaves. No transaction may be open (asserted).
MUST bool office_audit_now(Office *office, const AuditLeaf *leaf, Error *err);

// Ready-made commands; a program wraps each in a function of two lines and gives it a row in its tables
// of commands and rights:  {"init", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE} and the same for "grant" and "revoke".
// init        sets the data directory up and says what is there
// grant       NAME DUTY; revoke takes it away again. Nobody takes away his own right to do so.
// audit       walks the trail; status 1 when a leaf is broken. Its row: DUTY_AUDIT, AUDIT_LOOK, SHARED
MUST bool office_init(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                      ExitStatus *status, Error *err);
MUST bool office_grant(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                       ExitStatus *status, Error *err);
MUST bool office_revoke(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                        ExitStatus *status, Error *err);
MUST bool office_audit_verify(const CommandLine *line, const OfficeProgram *program, Arena *arena,
                              ExitStatus *status, Error *err);
