// Whatever the bytes: no crash; what is refused has a fault, what is accepted can be judged with.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>

#include "rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(const Schedule *schedule, Arena scratch)
{
    static const int days_of_age[] = {0, 40, 70, 400, 9000};
    HistoryEntry entries[countof(days_of_age)];
    Subject subject = {.birth = day_of(2000, 2, 29), .sex = SUBJECT_FEMALE};
    int products = product_count(schedule), count = products ? (int)countof(entries) : 0;
    for (int i = 0; i < count; i++)
        entries[i] =
            (HistoryEntry){.given_on = subject.birth + days_of_age[i], .product = i % products};
    Day as_of = day_of(2026, 11, 23);
    Assessment a = assess(schedule, &subject, (History){entries, count}, as_of, &scratch);
    for (int g = 0; g < a.group_count; g++) assert(a.groups[g].status != STATUS_NONE);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 30);
    Arena arena = whole;
    const Schedule *schedule;
    RuleFaults faults = {0};
    Error err = {0};
    EmbeddedFile file = {"fuzz.json", {(const char *)data, (ptrdiff_t)size}};
    if (rules_load(&file, 1, &arena, &schedule, &faults, &err))
        judge(schedule, arena);
    else
        assert(faults.count > 0);
    return 0;
}
