// Whatever bytes stand in a set of files: they are refused with words, or judged without a crash.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "cdsi.h"

#include "error_texts.h"

enum { FILES_MAX = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(const Schedule *schedule, Arena scratch)
{
    static const int days_of_age[] = {0, 40, 70, 400, 9000};
    HistoryEntry entries[countof(days_of_age)];
    SubjectFact facts[] = {{0, 1}, {1, 1}};
    int known = fact_count(schedule) < 2 ? fact_count(schedule) : 2;
    Subject subject = {day_of(2000, 2, 29), SUBJECT_FEMALE, facts, known};
    int products = product_count(schedule), count = products ? (int)countof(entries) : 0;
    for (int i = 0; i < count; i++)
        entries[i] =
            (HistoryEntry){.given_on = subject.birth + days_of_age[i], .product = i % products};
    Day as_of = day_of(2026, 11, 23);
    Assessment a = assess(schedule, &subject, (History){entries, count}, as_of, &scratch);
    for (int g = 0; g < a.group_count; g++) assert(a.groups[g].status != STATUS_NONE);
    for (int m = 0; m < a.merged_count; m++)
        assert(!a.merged[m].has_next || a.merged[m].recommended >= a.merged[m].earliest);
}

// The input is a set of files with lines of four dashes between them.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 30);
    Arena arena = whole;
    const Schedule *schedule;
    Error err = {0};
    EmbeddedFile files[FILES_MAX];
    Str rest = {(const char *)data, (ptrdiff_t)size};
    int count = 0;
    while (rest.len && count < FILES_MAX) {
        ptrdiff_t cut = str_find(rest, S("----\n"));
        files[count].name = "fuzz.xml";
        files[count++].text = cut < 0 ? rest : str_first(rest, cut);
        rest = cut < 0 ? (Str){0} : str_from(rest, cut + 5);
    }
    if (cdsi_load_texts(files, count, &arena, &schedule, &err))
        judge(schedule, arena);
    else
        assert(err.code == E_RULE && error_words(&err).len > 0 && error_item(&err).len > 0);
    return 0;
}
