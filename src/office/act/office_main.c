// SPDX-License-Identifier: Apache-2.0
#include "office_main.h"

#include "job_note.h"
#include "office_backup.h"
#include "office_workers.h"
#include "outlet.h"

#include <assert.h>

enum { DOORS_MOST = 64 };

// The command and its options; what it was done to (a person's number) is in the record's own place.
static Str command_text(const CommandLine *line, Arena *arena)
{
    Text text = {0};
    text_add(&text, arena, str_of(line->command->name));
    VEC_EACH (const Given, given, line->given) {
        text_addf(&text, arena, " --%s", given->option->name);
        if (given->text.len && given->option->kind != OPTION_ADDRESSEE && !given->option->untold)
            text_addf(&text, arena, " %.*s", STR(given->text));
    }
    return text_str(&text);
}

// Long work has a note of its own from here on; what became of it stays for whoever asks (job_note.h).
static void note_begun(Act *act)
{
    if (act->door->typed.work)
        act->note = job_note_begin(act, &(JobWay){.command = act->command,
                                                  .words = S("準備"),
                                                  .operator_name = actor_name(act->actor),
                                                  .since = act->now,
                                                  .moved = act->now});
}

// Nothing is done yet where the front is asked for another program first.
static void note_over(const Act *act, bool done, ExitStatus status, const Error *why)
{
    static const JobEnd ends[] = {[EXIT_DONE] = JOB_WELL, [EXIT_ATTENTION] = JOB_ASKS, [EXIT_REFUSED] = JOB_BADLY};
    if (done && status == EXIT_ASKS)
        (void)job_note_end(act->note);
    else if (done)
        (void)job_note_over(act->note, ends[status], (Str){0});
    else
        (void)job_note_over(act->note, JOB_BADLY, outlet_error(OUTLET_TRAIL, act->arena, why));
}

static bool enter(const Office *office, const CommandLine *line, Instant now, Arena *arena,
                  ExitStatus *status, Error *err)
{
    Act act;
    ActAsked asked = {.command = command_text(line, arena),
                      .now = now,
                      .business_day = line->as_of,
                      .for_sheet = line->format == FORMAT_EXCEL};
    const Door *door = door_named(office->program->doors, str_of(line->command->name));
    if (!actor_of_process(office, line->operator_name, arena, &asked.actor, err)) return false;
    if (!act_enter(office, door, &asked, arena, &act, err)) return false;
    note_begun(&act);
    bool settles = door->alone == ALONE && office->program->settled;
    bool done = (!settles || office->program->settled(&act, *arena, err)) &&
                door->command(&act, line, arena, status, err);
    if (!done) act_failed(&act, err);
    note_over(&act, done, *status, err);
    act_leave(&act);
    return done;
}

static bool restored(const CommandLine *line, const OfficePlace *place,
                     const OfficeProgram *program, Arena *arena, Error *err)
{
    const RestoreAsked asked = {.folder = option_text(line, "from"),
                                .claimed = line->operator_name,
                                .only_proves = option_given(line, "verify") != NULL};
    return office_restored(place, program, &asked, arena, err);
}

static bool open_for(const CommandLine *line, const OfficeProgram *program, Instant now,
                     Arena *arena, Office *office, Error *err)
{
    const OfficePlace place = {line->data_dir, line->store_url,
                               .arriving_too = line->command == &office_restore.typed,
                               .moved_too = line->command == &office_move.typed,
                               .upgrades = line->command == &office_upgrade.typed};
    const Founding founding = {.operator_name = line->operator_name,
                               .now = now,
                               .business_day = line->as_of,
                               .practice = line->command == &office_init.typed &&
                                           option_given(line, "practice")};
    if (line->command == &office_init.typed)
        return office_found(&place, program, &founding, arena, office, err);
    if (line->command == &office_restore.typed && !restored(line, &place, program, arena, err))
        return false;
    return office_open(&place, program, now, arena, office, err);
}

static bool line_run(const void *context, const CommandLine *line, Arena *arena, ExitStatus *status,
                     Error *err)
{
    Office office;
    Worker worker;
    const OfficeProgram *program = context;
    const Door *door = door_named(program->doors, str_of(line->command->name));
    if (door->service && !workers_begin(door->service, line, arena, &worker, err)) return false;
    Instant now = clock_now();
    if (line->command == &office_restore.typed && option_given(line, "verify"))
        return restored(line, NULL, context, arena, err);
    if (!open_for(line, context, now, arena, &office, err)) return false;
    if (door->service) office.worker = &worker;
    bool done = enter(&office, line, now, arena, status, err);
    office_close(&office);
    return done;
}

// Where an office lies, and as whom, as far as the line said it.
static void line_refused(const void *context, const CommandLine *line, Arena *arena,
                         const Error *why)
{
    Office office;
    Error later = {0};
    const OfficeProgram *program = context;
    const OfficePlace place = {line->data_dir, line->store_url};
    ActAsked asked = {
        .command = command_text(line, arena), .now = clock_now(), .business_day = line->as_of};
    if (!office_open(&place, program, asked.now, arena, &office, &later)) return;
    if (actor_of_process(&office, line->operator_name, arena, &asked.actor, &later))
        act_refused(&office, door_named(program->doors, str_of(line->command->name)), &asked, arena,
                    why);
    office_close(&office);
}

int office_main(const OfficeProgram *program, int argc, char **argv)
{
    const Command *commands[DOORS_MOST];
    int count = 0;
    assert(program->doors.count <= DOORS_MOST);
    for (int i = 0; i < program->doors.count; i++)
        if (program->doors.at[i]->command) commands[count++] = &program->doors.at[i]->typed;
    const Program shown = {.name = program->typed,
                           .words = program->words,
                           .commands = commands,
                           .command_count = count,
                           .arena_bytes = program->arena_bytes,
                           .run = line_run,
                           .refused = line_refused,
                           .context = program};
    store_environment_clear();
    return program_main(&shown, argc, argv);
}
