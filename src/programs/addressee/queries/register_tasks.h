// What rows of the feed ask people to do.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "register_step.h"
#include "store.h"
#include "vec.h"

typedef struct RegisterTask {
    int64_t task_no;
    RegisterEffect effect;
    AddresseeNo who;
    Str file;  // whose row asked
    Instant since;
} RegisterTask;
VEC(RegisterTasks, RegisterTask, register_tasks);

// Those that nobody has done and that need a person (register_effect_asks), oldest first.
MUST bool register_tasks_open(Store *store, Arena *arena, RegisterTasks *tasks, Error *err);
// Inside a writing transaction. `done` false: there is no such open task.
MUST bool register_task_done(Store *store, int64_t task_no, Str by, Instant at, bool *done,
                             Error *err);
