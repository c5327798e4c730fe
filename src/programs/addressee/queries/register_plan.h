// What is to be written of persons: planned in memory, and written at once.
//
// Whoever plans decides and numbers from a reading picture, and keeps nobody from writing. Whoever publishes takes
// the turn, sees that nothing moved since (RegisterBasis), and writes: each table in one run of one statement.
// Order   of what is written is that of planning, within a table; what is taken back or closed comes behind.
// Memory  all that is planned lives in `arena`, copied.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "feed_listed.h"
#include "held_event.h"
#include "register_rows.h"

// The last numbers that were given. Whoever changes a person gives one.
typedef struct RegisterBasis {
    int64_t change, person, task, number, file, applied, refusal, listed;
} RegisterBasis;

MUST bool register_basis_read(Store *store, RegisterBasis *basis, Error *err);
bool register_basis_same(const RegisterBasis *a, const RegisterBasis *b);

typedef struct PlannedPerson {
    AddresseeNo who;  // of somebody new
    PersonRow row;
} PlannedPerson;
VEC(PlannedPersons, PlannedPerson, planned_persons);

typedef struct PlannedVersion {
    int64_t change_no, person_id;
    RegisterVersion version;
    Str withdraws, residence;
    Bytes sealed;
    bool withdrawn_person;
} PlannedVersion;
VEC(PlannedVersions, PlannedVersion, planned_versions);

typedef struct PlannedName {
    Str key;
    int64_t person_id;
} PlannedName;
VEC(PlannedNames, PlannedName, planned_names);

typedef struct PlannedWithdrawal {
    int64_t person_id;
    int32_t version_no, withdrawn_by;
} PlannedWithdrawal;
VEC(PlannedWithdrawals, PlannedWithdrawal, planned_withdrawals);

typedef struct PlannedTask {
    int64_t task_no, person_id, change_no;  // change_no 0: a row that changed nothing
    RegisterEffect effect;
} PlannedTask;
VEC(PlannedTasks, PlannedTask, planned_tasks);

typedef struct PlannedEnd {  // of what asked to look into the end of a measure, before `before_task`
    int64_t person_id, before_task;
} PlannedEnd;
VEC(PlannedEnds, PlannedEnd, planned_ends);

typedef struct PlannedHold {
    int64_t change_no, person_id, file_no, line;
    bool held;
    HeldEvent event;
} PlannedHold;
VEC(PlannedHolds, PlannedHold, planned_holds);

typedef struct PlannedDecision {
    int64_t change_no;  // of the hold
    Str by, why;
} PlannedDecision;
VEC(PlannedDecisions, PlannedDecision, planned_decisions);

typedef struct PlannedTelling {  // again, of the mailing addresses of a person
    int64_t change_no, person_id;
} PlannedTelling;
VEC(PlannedTellings, PlannedTelling, planned_tellings);

typedef struct PlannedNumber {
    int64_t number_id, person_id;
    int64_t change_no;  // with which it became known
    int32_t generation;
    Sha256 index;
    Bytes sealed;
} PlannedNumber;
VEC(PlannedNumbers, PlannedNumber, planned_numbers);
VEC(PlannedCloses, int64_t, planned_closes);

typedef struct PlannedRefusal {
    int64_t refusal_no, line;
    Str code, item;
} PlannedRefusal;
VEC(PlannedRefusals, PlannedRefusal, planned_refusals);

typedef struct RegisterPlan {
    Store *store;
    Keys *keys;
    int64_t file_no;
    Instant recorded_at;
    RegisterBasis last;  // given so far
    Arena *arena;
    PlannedPersons fresh, changed;
    PlannedVersions versions;
    PlannedNames names;
    PlannedWithdrawals withdrawn;
    PlannedTasks tasks;
    PlannedEnds ends;
    PlannedHolds holds;
    PlannedDecisions decisions;
    PlannedNumbers numbers;
    PlannedCloses closes;
    PlannedRefusals refusals;
    PlannedListeds listed;
    PlannedTellings mailings;  // of those who are protected no longer
} RegisterPlan;

// Reads where the numbers stand.
MUST bool register_plan_begin(RegisterPlan *plan, Store *store, Keys *keys, int64_t file_no, Instant now,
                              Arena *arena, Error *err);
// A room of its own for what one act plans of a household, cut out of `arena`: what the rest of it is scratched for does not
// lie over the plan.
Arena register_plan_room(Arena *arena);
// Inside a writing transaction: all that is planned is written, and the plan is empty again.
MUST bool register_plan_write(RegisterPlan *plan, Error *err);

// An applied step on top of `history`; `person` becomes what it is then, `*made` the new versions as they are
// planned (good as long as the plan's arena). `who` may be NULL for somebody who is there. A new person's
// `number_id` is taken as it stands in `person`.
MUST bool register_plan_step(RegisterPlan *plan, const AddresseeNo *who, PersonRow *person,
                             const RegisterVersionRows *history, const RegisterStep *step, Arena scratch,
                             RegisterVersionRows *made, Error *err);
// What stands in the person's row is something else now, though no version is new.
void register_plan_person(RegisterPlan *plan, const PersonRow *person);
// What is asked of people; `change_no` 0: of a row that changed nothing.
void register_plan_effects(RegisterPlan *plan, int64_t person_id, int64_t change_no, RegisterEffects effects);
// The register itself has taken back that a measure ends, or the household says so.
void register_plan_end_settled(RegisterPlan *plan, int64_t person_id);
// What the list of the file says of a row that was refused, or taken and minded.
void register_plan_listed(RegisterPlan *plan, int64_t line, const Error *why, Str row_text, bool refused);
void register_plan_refusal(RegisterPlan *plan, int64_t line, const Error *refusal);
