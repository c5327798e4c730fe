// SPDX-License-Identifier: Apache-2.0
#include "demo_step.h"

#include <stdio.h>

#include "clock.h"

Step *step_of(Arena *arena, const char *front, const char *words, const char *system,
              const char *command)
{
    Step *step = NEW(arena, Step, 1);
    step->words = words ? words : "";
    arguments_add(&step->arguments, front);
    arguments_add(&step->arguments, system);
    if (command) arguments_add(&step->arguments, command);
    return step;
}

void step_option(Step *step, const char *name, const char *value)
{
    arguments_add(&step->arguments, name);
    arguments_add(&step->arguments, value);
}

static void print_command(const Step *step)
{
    enum { SHOWN = 12 };
    const Arguments *a = &step->arguments;
    (void)fprintf(stderr, "\n\n■ %s\n  $ sesshu", step->words);
    for (int i = 1; i < a->count && i < SHOWN; i++) (void)fprintf(stderr, " %s", a->at[i]);
    (void)fprintf(stderr, "%s\n", a->count > SHOWN ? " …" : "");
}

bool step_run(Step *step, Error *err)
{
    Instant began = clock_now();
    const Streams streams = {step->output, step->quiet, step->input};
    if (!step->quiet) print_command(step);
    if (!sibling_run_with(&step->arguments, &streams, &step->status, err)) return false;
    if (!step->quiet) (void)fprintf(stderr, "  (%.1f秒)\n", (double)(clock_now() - began) / 1e6);
    if (step->status < 2 || step->may_refuse) return true;
    return FAIL(err, E_INTERNAL, .item = str_of(step->words),
                .words = S("この段階で止まりました。上の説明を確かめてください。"));
}
