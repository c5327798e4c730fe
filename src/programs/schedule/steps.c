// SPDX-License-Identifier: Apache-2.0
#include "steps.h"

#include "say.h"

#include <stdio.h>

static const char *const step_words[] = {
    [EXPLAIN_SERIES] = "series chosen",
    [EXPLAIN_SKIP] = "passed over",
    [EXPLAIN_LAPSE] = "passed over, too late for it",
    [EXPLAIN_DOSE] = "asked as",
    [EXPLAIN_ROW] = "row asked",
    [EXPLAIN_REASON] = "objects",
    [EXPLAIN_STATUS] = "status",
    [EXPLAIN_FLOOR] = "not before",
    [EXPLAIN_CEILING] = "not after",
    [EXPLAIN_LEFT_OUT] = "left out, may not be begun yet:",
    [EXPLAIN_SCORE] = "candidate",
    [EXPLAIN_CHOSEN] = "chosen of its rank",
    [EXPLAIN_BEST] = "best",
};

static void print_step(const Schedule *schedule, History history, const ExplainStep *step)
{
    char first[DAY_TEXT_SIZE], last[DAY_TEXT_SIZE], on[DAY_TEXT_SIZE];
    Str text = schedule_text(schedule, step->text), place = row_place(schedule, step->row);
    Str law = row_law(schedule, step->row);
    if (step->entry < 0)
        (void)printf("forecast    ");
    else
        (void)printf("%s  ", day_text(history.at[step->entry].given_on, on));
    say(stdout, "%s%s%.*s", step_words[step->kind], text.len ? " " : "", STR(text));
    if (step->kind == EXPLAIN_ROW) (void)printf(" %s", step->holds ? "holds" : "fails");
    if (step->kind == EXPLAIN_SCORE && step->holds) (void)printf(", %d points", step->number);
    if (step->kind == EXPLAIN_SCORE && !step->holds) (void)printf(", not scored");
    if (step->kind == EXPLAIN_BEST && !step->holds) (void)printf(": no, another suffices");
    if (step->first != DAY_NONE || step->last != DAY_NONE)
        (void)printf(" [%s .. %s]", day_text(step->first, first), day_text(step->last, last));
    say(stdout, "  %.*s  %.*s\n", STR(place), STR(law));
}

void steps_print(const Schedule *schedule, History history, const Explanation *explanation)
{
    for (int i = 0; i < explanation->count; i++) print_step(schedule, history, &explanation->at[i]);
}
