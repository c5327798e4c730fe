// A door: one thing that can be done in an office, and all that is true of it in one place.
//
// A command typed by a person and a message of another program are both doors. A door stands in the file
// of what answers, and the program's doors.c lists it:
//
//     const Door command_due = COMMAND("due", "immunization", DUTY_EXPORT, AUDIT_EXPORT, SHARED, due,
//         .words = "接種の対象となる人の一覧を出します", .options = options);
//
// A door without a programme, a duty or a kind of record does not compile. Nobody goes through a door but
// by act_enter (act.h), which asks for the right and records a refusal.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "command.h"
#include "staff.h"

struct Act;

// Whether the act has the program's data to itself. One that writes in short transactions beside others
// (a look, a server) does not. FORM: a change at a screen, one after the other; it waits for no command.
typedef enum Alone { SHARED, ALONE, FORM } Alone;

// Answers a command; options and arguments end here, nothing below sees a command line. False with `err`
// when refused; `status` is EXIT_DONE before the call.
typedef bool DoorCommand(struct Act *act, const CommandLine *line, Arena *arena, ExitStatus *status,
                         Error *err);
// Answers a message of another program: bytes in, bytes out, both in the form of contract/. Which organisation asks
// through the door of a family says act_organisation, never the message.
typedef bool DoorMessage(struct Act *act, Str question, Arena *arena, Str *answer, Error *err);

// Where a command that goes on serving listens.
enum { SERVING_PORTS_MOST = 2 };

typedef struct ServingPlace {
    Str address;  // {0}: 127.0.0.1
    int ports[SERVING_PORTS_MOST];  // 0: any free one
    int port_count;
} ServingPlace;

// Whom a door reaches. A duty that is held in some wards alone opens none but those that say IN_WARDS: behind them everybody
// who is opened or listed is compared with the wards of the act (Act.wards).
typedef enum Reach { WHOLE_CITY, IN_WARDS } Reach;

// By how many processes it serves (office_workers.h), and where: at --address and --port, else at `port`; `place` where
// the line says it otherwise.
typedef struct Service {
    int processes;
    int port;
    bool (*place)(const CommandLine *line, ServingPlace *place, Error *err);
} Service;

typedef struct Door {
    Command typed;          // how a command is typed; `typed.name` names every door
    const char *programme;  // 事務: "immunization"; why it is done, the record's purpose
    Duty duty;              // which a person must hold
    AuditAct kind;          // of the record
    Alone alone;
    DoorCommand *command;  // NULL for a message
    DoorMessage *message;  // NULL for a command
    const char *role;      // of the program that may send the message; "intermediate-": of each organisation's; "ledger tax": of several
    const Service *service;  // NULL: the command does its work and ends
    Reach reach;
} Door;

// 0, or an error of the compiler with these words.
#define PROVED(fact, why)           \
    (0 * (int)sizeof(struct {       \
         _Static_assert(fact, why); \
         int proved;                \
     }))

#define DOOR_RIGHTS(its_programme, its_duty, its_kind)                                     \
    .programme =                                                                           \
        (its_programme) + PROVED(sizeof(its_programme) > 1, "a door without a programme"), \
    .duty = (its_duty) + PROVED((its_duty) > DUTY_NONE, "a door without a right"),         \
    .kind = (its_kind) + PROVED((its_kind) > AUDIT_NONE, "a door without a record")

// COMMAND(name, programme, duty, kind, alone, function, how it is typed (fields of Command)...)
#define COMMAND(...)          COMMAND_REACHING(WHOLE_CITY, __VA_ARGS__)
#define COMMAND_IN_WARDS(...) COMMAND_REACHING(IN_WARDS, __VA_ARGS__)
#define COMMAND_REACHING(its_reach, its_name, its_programme, its_duty, its_kind, its_alone, function, ...) \
    {                                                                                                      \
        .typed = {.name = (its_name), __VA_ARGS__}, .alone = (its_alone), .command = function,             \
        .reach = (its_reach), DOOR_RIGHTS(its_programme, its_duty, its_kind)                               \
    }

// SERVICE(name, programme, kind, service, function, how it is typed...): a command that goes on serving.
#define SERVICE(its_name, its_programme, its_kind, its_service, function, ...)                          \
    {                                                                                                   \
        .typed = {.name = (its_name), __VA_ARGS__}, .alone = SHARED, .command = function,               \
        .service = (its_service), DOOR_RIGHTS(its_programme, DUTY_SERVE, its_kind)                      \
    }

// MESSAGE(path, programme, kind, role, function)
#define MESSAGE(its_path, its_programme, its_kind, its_role, function)                        \
    {                                                                                         \
        .typed = {.name = (its_path)}, .alone = SHARED, .message = function,                  \
        .role = (its_role) + PROVED(sizeof(its_role) > 1, "a message that anybody may send"), \
        DOOR_RIGHTS(its_programme, DUTY_SERVE, its_kind)                                      \
    }

// The doors of one program; doors.c of the program makes it.
typedef struct Doors {
    const Door *const *at;
    int count;
} Doors;

const Door *door_named(Doors doors, Str name);  // NULL: there is none
// May a program of this role send the door's message? Of several the door's role names each, with a blank between. A family's name ends with '-'; its members are that name and the
// sixteen digits of an organisation code, and nothing else is.
bool door_role_may(const Door *door, Str role);
// May this member of staff open it by what he or she holds? `wards`: of what of the city (ward_scope.h); may be NULL. In
// `arena`.
MUST bool door_opens_to(const Door *door, Store *store, Str name, Instant now, Arena *arena, bool *opens, Str *wards,
                        Error *err);
// The programmes of a program's doors, each once, in the order of their first door.
Programmes door_programmes(Doors doors, Arena *arena);
