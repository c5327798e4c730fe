// Who may do what: operators, their duties, and one table of rights per program.
//
// Deny by default: what has no row in the table is refused, and so is an operator without the row's
// duty; a refusal writes an audit leaf of its own before it is answered. Whoever sets a data directory
// up holds every duty of it; everybody else none until granted. A grant is never overwritten: it is
// ended, and stays readable.
//
// Law     controls C-3.2-03, C-3.3-01, C-3.3-06, C-3.3-08, C-3.4-02; linkage 10.1 S-01, S-02.
// Errors  E_RIGHT with words that name the duty and who can grant it; E_NOT_FOUND for a duty or
//         operator that does not exist; E_STORE….
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "audit.h"

#define DUTIES(X)                               \
    X(READ, "read", "閲覧")                     \
    X(ENTER, "enter", "入力・訂正")             \
    X(IMPORT, "import", "取込")                 \
    X(APPROVE, "approve", "承認")               \
    X(PRINT, "print", "印刷・発送")             \
    X(EXPORT, "export", "一覧・ファイルの出力") \
    X(LINK, "link", "情報照会・提供")           \
    X(SERVE, "serve", "他システムへの応答")     \
    X(AUDIT, "audit", "証跡の確認")             \
    X(ADMIN, "admin", "職員と権限の管理")

// For the help of commands: " read(閲覧) enter(入力・訂正) ...".
#define DUTY_HELP_ONE(name, text, words) " " text "(" words ")"
#define DUTY_HELP                        DUTIES(DUTY_HELP_ONE)

typedef enum Duty {
    DUTY_NONE,
#define X(name, text, words) DUTY_##name,
    DUTIES(X)
#undef X
        DUTY_COUNT
} Duty;

// Whether the command has the data to itself. A command that writes in short transactions beside
// others (a look, a server) does not.
typedef enum Alone { SHARED, ALONE } Alone;

// One row of a program's table of rights. A command or route without a row is refused.
typedef struct Right {
    const char *route;      // "due", "/person"
    const char *programme;  // 事務: "immunization"; becomes the leaf's purpose
    Duty duty;
    AuditAct act;  // the kind of leaf this route writes
    Alone alone;   // ALONE: takes the program's writer lock for the whole command
} Right;

typedef struct RightTable {
    const Right *rows;
    int count;
} RightTable;

const Right *right_for(RightTable table, Str route);  // NULL: nobody may

const char *duty_text(Duty duty);   // "read"
const char *duty_words(Duty duty);  // "閲覧"
bool duty_named(Str text, Duty *duty);

typedef struct StaffAct {
    Str operator_name, program, command;
    Str terminal;  // {0}: the command line
    Day business_day;
} StaffAct;

// May this operator take this route? Refusals are audited in a transaction of their own; so no
// transaction may be open (asserted).
MUST bool staff_authorise(Store *store, const Keys *keys, RightTable table, Str route,
                          const StaffAct *act, Error *err);

// Gives every duty of every programme in the table to the first operator; does nothing when there is
// an operator already (`first` then false). Inside a writing transaction.
MUST bool staff_register_first(Store *store, RightTable table, Str operator_name, bool *first,
                               Error *err);
// Gives `duty` in every programme of the table to `name`, who is registered when new. `changed` is
// false when he holds it already. Inside a writing transaction.
MUST bool staff_grant(Store *store, RightTable table, Str name, Duty duty, Str granted_by,
                      bool *changed, Error *err);
MUST bool staff_revoke(Store *store, Str name, Duty duty, Str revoked_by, bool *changed,
                       Error *err);
