// SPDX-License-Identifier: Apache-2.0
#include "recorded_made.h"

#include <stdio.h>

const char *recorded_text(const Recorded *record, char text[RECORDED_TEXT_SIZE])
{
    (void)snprintf(text, RECORDED_TEXT_SIZE, "%s-%lld", record->program, (long long)record->no);
    return text;
}
