// The recorder: what was asked, in the order it was asked.
// SPDX-License-Identifier: Apache-2.0
#include "schedule_walk.h"

void explain_row(const Walk *walk, ExplainKind kind, int32_t row, int32_t text, Day first, Day last,
                 bool holds)
{
    Explanation *to = walk->person->explanation;
    ExplainSteps steps = {to->at, to->count, to->capacity};
    bool judging = walk->use == USE_JUDGE && walk->earlier < walk->listed_count;
    *explain_steps_push(&steps, walk->person->arena) = (ExplainStep){
        .kind = kind,
        .group = walk->group_index,
        .entry = judging ? walk->listed[walk->earlier] : -1,
        .row = row,
        .text = text,
        .first = first,
        .last = last,
        .holds = holds,
    };
    *to = (Explanation){steps.at, (int)steps.count, (int)steps.capacity};
}
