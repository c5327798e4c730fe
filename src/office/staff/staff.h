// Who may do what: operators and their duties.
//
// Deny by default: whoever sets a data directory up holds every duty of it; everybody else none until
// granted. A grant is never overwritten: it is ended, and stays readable. Doors ask (act.h).
//
// Law     controls C-3.2-03, C-3.3-01, C-3.3-06, C-3.3-08, C-3.4-02; linkage 10.1 S-01, S-02.
// Errors  E_NOT_FOUND for an operator who does not exist; E_STORE….
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "audit.h"
#include "staff_rows.h"
#include "ward_scope.h"

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
    X(ADMIN, "admin", "職員と権限の管理")       \
    X(REPRESENT, "represent", "代行")

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

// The programmes (事務) of a program: "immunization", "office".
typedef struct Programmes {
    const char *const *names;
    int count;
} Programmes;

const char *duty_text(Duty duty);   // "read"
const char *duty_words(Duty duty);  // "閲覧"
bool duty_named(Str text, Duty *duty);

Str duty_refusal(Duty duty);  // words for whoever lacks it

// The wards of a term of this duty, as they are typed; as ward_scope_read. E_CONFLICT: rights are given for the whole city,
// or an office could be left without anybody who may give one.
MUST bool duty_wards_read(Duty duty, Str typed, Arena *arena, Str *wards, Error *err);

// By the clock, whatever business day was named: nobody types himself into a term. Texts in `arena`.
MUST bool staff_duty_held(Store *store, Str name, const char *programme, Duty duty, Instant now, Arena *arena,
                          StaffHeld *held, Error *err);
// The same, for the whole city.
MUST bool staff_holds_duty(Store *store, Str name, const char *programme, Duty duty, Instant now, bool *holds,
                           Error *err);

// Gives every duty of every programme to the first operator and binds him to `account`; does nothing when
// there is an operator already (`first` then false). Inside a writing transaction.
// `record_no`: the record of it, written in the same transaction, here and below.
MUST bool staff_register_first(Store *store, Programmes programmes, Str operator_name,
                               int64_t account, Instant now, int64_t record_no, bool *first,
                               Error *err);
// An office of before accounts were kept: its founder is bound to `account` and may represent others, as
// if it were founded now. `founder` {0}: there was nothing to do. Inside a writing transaction.
MUST bool staff_adopt_founder(Store *store, Programmes programmes, int64_t account, Instant now,
                              int64_t record_no, Arena *arena, Str *founder, Error *err);
// Binds a registered name to a login; E_NOT_FOUND, E_CONFLICT. Inside a writing transaction.
MUST bool staff_bind_account(Store *store, Str name, int64_t account, int64_t record_no,
                             Arena scratch, Error *err);

// A duty given to somebody, or taken away again.
typedef struct DutyChange {
    Str name;  // as staff_name_read wrote it
    Duty duty;
    bool given;
    Str by;
    Instant now;
    int64_t account;    // of a login with this very name, or NO_ACCOUNT; bound when the name is new
    int64_t record_no;  // of the change; that of the binding is the next one
    Str department;     // of a duty that is held for a term; {0}: without an end
    Day begins_on, ends_on;
    Str wards;  // of such a one: codes (ward_scope.h); {0}: the whole city
} DutyChange;

typedef struct DutyChanged {
    bool duty;   // false: it was so already
    bool bound;  // a login was bound
} DutyChanged;

// Given: in every programme, to `name`, who is registered when new. Inside a writing
// transaction.
MUST bool staff_change_duty(Store *store, Programmes programmes, const DutyChange *change,
                            Arena scratch, DutyChanged *changed, Error *err);
