// The recorder: what was asked, in the order it was asked.
// SPDX-License-Identifier: Apache-2.0
#include "schedule_walk.h"

static void step_keep(const Walk *walk, ExplainStep step)
{
    Explanation *to = walk->person->explanation;
    ExplainSteps steps = {to->at, to->count, to->capacity};
    step.group = walk->group_index;
    *explain_steps_push(&steps, walk->person->arena) = step;
    *to = (Explanation){steps.at, (int)steps.count, (int)steps.capacity};
}

void explain_rival(const Walk *walk, ExplainKind kind, int32_t number, Day first, bool holds)
{
    step_keep(walk, (ExplainStep){
                        .kind = kind,
                        .entry = -1,
                        .row = walk->series->note,
                        .text = walk->series->id,
                        .first = first,
                        .last = DAY_NONE,
                        .number = number,
                        .holds = holds,
                    });
}

void explain_row(const Walk *walk, ExplainKind kind, int32_t row, int32_t text, Day first, Day last,
                 bool holds)
{
    bool judging = walk->use == USE_JUDGE && walk->earlier < walk->listed_count;
    step_keep(walk, (ExplainStep){
                        .kind = kind,
                        .entry = judging ? walk->listed[walk->earlier] : -1,
                        .row = row,
                        .text = text,
                        .first = first,
                        .last = last,
                        .holds = holds,
                    });
}
