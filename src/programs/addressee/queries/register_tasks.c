// SPDX-License-Identifier: Apache-2.0
#include "register_tasks.h"

static const char open_sql[] =
    "SELECT t.task_no, t.effect, p.addressee_no, coalesce(f.name, ''), coalesce(f.imported_at, v.recorded_at, 0)"
    " FROM register_task t JOIN person p ON p.person_id = t.person_id LEFT JOIN feed_file f ON f.file_no = t.file_no"
    " LEFT JOIN register_version v ON v.person_id = p.person_id AND v.version_no = p.version_no"
    " WHERE t.done_at IS NULL ORDER BY t.task_no";

static bool effect_named(Str name, RegisterEffect *effect)
{
    for (int e = 0; e < EFFECT_COUNT; e++) {
        if (!str_equal(name, str_of(register_effect_name((RegisterEffect)e)))) continue;
        *effect = (RegisterEffect)e;
        return true;
    }
    return false;  // of another version of the program
}

bool register_tasks_open(Store *store, Arena *arena, RegisterTasks *tasks, Error *err)
{
    Query *q = query_begin(store, open_sql, err);
    if (!q) return false;
    *tasks = (RegisterTasks){0};
    while (query_next(q)) {
        RegisterTask task = {.task_no = column_int64(q, 0),
                             .file = column_text(q, 3, arena),
                             .since = column_instant(q, 4)};
        Error unreadable = {0};
        if (!effect_named(column_view(q, 1), &task.effect) || !register_effect_asks(task.effect) ||
            !addressee_no_parse(column_text(q, 2, arena), &task.who, NULL, &unreadable))
            continue;
        *register_tasks_push(tasks, arena) = task;
    }
    return query_end(q, err);
}

static const char done_sql[] =
    "UPDATE register_task SET done_by = $1, done_at = $2"
    " WHERE task_no = $3 AND done_at IS NULL AND effect <> 'REVIEW_UNMASK'";

bool register_task_done(Store *store, int64_t task_no, Str by, Instant at, bool *done, Error *err)
{
    Query *q = query_begin(store, done_sql, err);
    if (!q) return false;
    bind_text(q, 1, by);
    bind_instant(q, 2, at);
    bind_int64(q, 3, task_no);
    *done = !query_next(q) && query_changed(q) == 1;
    return query_end(q, err);
}
