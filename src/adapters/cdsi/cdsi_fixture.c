// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cdsi_fixture.h"

#include "outlet.h"

static const char *corpus;
static Arena whole;

void fixture_begin(const char *folder)
{
    corpus = folder;
    whole = arena_reserve((ptrdiff_t)1 << 28);
}

// ---- Fixtures -----------------------------------------------------------------------------------

Str file_read(const char *name, Arena *arena)
{
    static char bytes[1 << 16];
    FILE *in = fopen(str_z(arena, str_format(arena, "%s/%s", corpus, name)), "rb");
    assert_non_null(in);
    size_t size = fread(bytes, 1, sizeof bytes, in);
    (void)fclose(in);
    return str_copy(arena, (Str){bytes, (ptrdiff_t)size});
}

static Str changed(Str text, Change change, Arena *arena)
{
    if (!change.from) return text;
    if (change.before_it) text = changed(text, *change.before_it, arena);
    ptrdiff_t start = change.after ? str_find(text, str_of(change.after)) : 0;
    assert_true(start >= 0);
    ptrdiff_t at = str_find(str_from(text, start), str_of(change.from));
    assert_true(at >= 0);
    Str head = str_first(text, start + at);
    Str tail = str_from(text, start + at + (ptrdiff_t)strlen(change.from));
    return str_join(arena, str_join(arena, head, str_of(change.to)), tail);
}

bool loaded(const char *name, Change change, Arena *arena, const Schedule **schedule, Error *err)
{
    static const char *const names[] = {"one.xml", "two.xml", "three.xml", "four.xml"};
    EmbeddedFile files[countof(names)];
    Str rest = changed(file_read(name, arena), change, arena);
    int count = 0;
    while (rest.len && count < countof(names)) {
        ptrdiff_t cut = str_find(rest, S("----\n"));
        files[count].name = names[count];
        files[count++].text = cut < 0 ? rest : str_first(rest, cut);
        rest = cut < 0 ? (Str){0} : str_from(rest, cut + 5);
    }
    return cdsi_load_texts(files, count, arena, schedule, err);
}

static Arena arena;

Arena *arena_emptied(void)
{
    arena = whole;
    return &arena;
}

const Schedule *rules_with(const char *name, Change change)
{
    const Schedule *schedule = NULL;
    Error err = {0};
    arena = whole;
    if (!loaded(name, change, &arena, &schedule, &err))
        fail_msg("%.*s", STR(outlet_error(OUTLET_TERMINAL, &arena, &err)));
    return schedule;
}

const Schedule *two_antigens(void)
{
    return rules_with("two-antigens.txt", (Change){0});
}

// ---- People -------------------------------------------------------------------------------------

static Day day(const char *text)
{
    Day read;
    assert_true(day_read(text, (int)strlen(text), &read));
    return read;
}

static Assessment asked(const Schedule *s, const Patient *p)
{
    SubjectFact *facts = NEW(&arena, SubjectFact, 4);
    HistoryEntry *entries = NEW(&arena, HistoryEntry, 5);
    Subject *subject = NEW(&arena, Subject, 1);
    int count = 0, fact_count = 0;
    for (int i = 0; i < 3 && p->observed[i]; i++)
        facts[fact_count++] = (SubjectFact){fact_find(s, str_of(p->observed[i])), 1};
    if (p->country) {
        int country = fact_find(s, S(CDSI_COUNTRY));
        facts[fact_count++] =
            (SubjectFact){country, fact_value_bit(s, country, str_of(p->country))};
    }
    for (; count < 5 && p->given[count].on; count++) {
        const Given *g = &p->given[count];
        entries[count] = (HistoryEntry){
            .given_on = day(g->on),
            .product = product_by_id(s, str_of(g->cvx)),
            .maker = make_find(s, str_of(g->maker)),
            .trade_name = make_find(s, str_of(g->trade_name)),
            .lot_expires = lot_expiry(g->lot),
            .substandard = g->substandard,
        };
        assert_int_not_equal(entries[count].product, PRODUCT_NONE);
    }
    *subject = (Subject){day(p->birth), p->sex, facts, fact_count};
    return assess(s, subject, (History){entries, count}, day(p->as_of), &arena);
}

const GroupAssessment *group_of(const Schedule *s, const Patient *p, const char *antigen)
{
    int group = group_find(s, str_of(antigen));
    assert_int_not_equal(group, GROUP_NONE);
    return &asked(s, p).groups[group];
}

void expect_dose(const Schedule *s, const Patient *p, const char *antigen, int nth,
                 const char *status, const char *reason)
{
    const GroupAssessment *group = group_of(s, p, antigen);
    assert_true(nth < group->dose_count);
    const DoseVerdict *dose = &group->doses[nth];
    Str got = status_text(s, dose->status);
    if (!str_equal(got, str_of(status))) fail_msg("%s is %.*s", status, STR(got));
    if (!reason) assert_int_equal(dose->reason_count, 0);
    if (reason) assert_true(dose->reason_count > 0);
    if (reason) assert_true(str_equal(reason_text(s, dose->reasons[0].code), str_of(reason)));
}

const MergedAssessment *merged_of(const Schedule *s, const Patient *p, const char *name,
                                  SeriesKind kind)
{
    Assessment a = asked(s, p);
    for (int i = 0; i < a.merged_count; i++)
        if (a.merged[i].merge == merge_find(s, str_of(name)) && a.merged[i].kind == kind)
            return &a.merged[i];
    return NULL;
}

void expect_status(const Schedule *s, const Patient *p, const char *name, Status status)
{
    const MergedAssessment *merged = merged_of(s, p, name, SERIES_STANDARD);
    assert_non_null(merged);
    Str got = status_text(s, merged->status);
    if (merged->status != status) fail_msg("status is %.*s", STR(got));
}

void expect_next(const Schedule *s, const Patient *p, const char *name, int number,
                 const char *earliest, const char *recommended, const char *past_due)
{
    char text[DAY_TEXT_SIZE];
    const MergedAssessment *merged = merged_of(s, p, name, SERIES_STANDARD);
    assert_non_null(merged);
    assert_true(merged->has_next);
    assert_int_equal(merged->number, number);
    assert_string_equal(day_text(merged->earliest, text), earliest);
    assert_string_equal(day_text(merged->recommended, text), recommended);
    assert_string_equal(day_text(merged->past_due, text), past_due);
}
