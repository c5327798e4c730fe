// A rule file is loaded whole or not at all, and its author is told every fault with its place.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules.h"

#define ARENA_BYTES ((ptrdiff_t)256 << 20)

static const char sound[] =
    "{\"format\":\"schedule-rules/1\",\"name\":\"t\",\"law_required\":true,"
    "\"calendars\":{\"fy\":\"04-01\"},\"months\":{\"birth\":\"attain\"},"
    "\"facts\":{\"ill\":{\"type\":\"date\",\"name\":\"x\"},"
    "\"risk\":{\"type\":\"list\",\"name\":\"y\",\"values\":[\"HEART\"]}},"
    "\"products\":{\"A\":{\"kind\":\"live\",\"name\":\"a\"},"
    "\"B\":{\"kind\":\"dead\",\"name\":\"b\"}},"
    "\"sets\":{\"all\":[\"A\",\"B\"]},"
    "\"codes\":{\"programme\":\"EARLY\",\"before\":\"EARLY\",\"after\":\"LATE\","
    "\"dose_before\":\"EARLY\",\"dose_after\":\"LATE\",\"product\":\"WRONG\",\"gap\":\"SOON\","
    "\"mix\":\"WRONG\",\"excess\":\"MORE\"},"
    "\"reasons\":{\"EARLY\":{},\"LATE\":{},\"SOON\":{},\"WRONG\":{},\"MORE\":{}},"
    "\"words\":{\"suspended\":\"s\"},"
    "\"conflicts\":[{\"law\":\"l\",\"earlier\":\"live\",\"later\":\"all\",\"days\":28,"
    "\"reason\":\"SOON\"}],"
    "\"defaults\":{\"checks\":[\"product\",\"window\",\"dose\",\"conflict\",\"gap\"],"
    "\"decide\":[\"review\",\"full\"],\"review\":[\"SOON\"],"
    "\"excess\":{\"position\":null,\"reasons\":\"alone\"}},"
    "\"terms\":{\"opens\":\"birth+2m\"},"
    "\"groups\":[{\"group\":\"G\",\"name\":\"g\","
    "\"products\":[\"A\",{\"product\":\"B\",\"in_force\":[\"2020-01-01\",null],\"law\":\"l\"}],"
    "\"window\":{\"rows\":[{\"first\":\"opens\",\"last\":\"birth+5y\",\"law\":\"l\"}]},"
    "\"series\":[{\"id\":\"1\",\"start_by\":\"birth+1y\",\"doses\":[{\"position\":\"1\"},"
    "{\"position\":\"2\",\"gap\":\"gap 27d after previous\",\"law\":\"l\"}]},"
    "{\"id\":\"2\",\"doses\":[{\"position\":\"3\"}]}]}]}";

// The sound file with one part written otherwise.
static Str broken(Arena *arena, const char *part, const char *instead)
{
    Str text = str_of(sound);
    ptrdiff_t at = str_find(text, str_of(part));
    if (at < 0) fail_msg("the sound file has no %s", part);
    return str_join(arena, str_join(arena, str_first(text, at), str_of(instead)),
                    str_from(text, at + (ptrdiff_t)strlen(part)));
}

static bool load(Arena *arena, Str text, RuleFaults *faults)
{
    const Schedule *schedule;
    Error err = {0};
    EmbeddedFile file = {"t.json", text};
    bool loaded = rules_load(&file, 1, arena, &schedule, faults, &err);
    assert_int_equal(err.code, loaded ? E_NONE : E_RULE);
    return loaded;
}

typedef struct Fault {
    const char *code, *part, *instead;
} Fault;

// clang-format off
static const Fault faults_of_rules[] = {
    {"J0", "\"groups\":[", "\"groups\":[}"},
    {"J1", "schedule-rules/1", "schedule-rules/9"},
    {"J1", "\"days\":28", "\"days\":\"28\""},
    {"J1", "\"calendars\":{\"fy\":\"04-01\"}", "\"calendars\":{\"fy\":\"02-29\"}"},
    {"K1", "\"window\":{\"rows\"", "\"windw\":{\"rows\""},
    {"K1", "\"name\":\"g\",", "\"name\":\"g\",\"target\":[{\"when\":{\"borne\":1},\"law\":\"l\"}],"},
    {"K2", "\"last\":\"birth+5y\",", "\"last\":\"birth+5y\",\"use\":\"sometimes\","},
    {"K3", "[\"product\",\"window\"", "[\"product\",\"windov\""},
    {"K3", "[\"review\",\"full\"]", "[\"revue\",\"full\"]"},
    {"K3", "\"name\":\"g\",", "\"name\":\"g\",\"ends\":[{\"status\":\"resting\"}],"},
    {"K3", "\"name\":\"g\",", "\"name\":\"g\",\"after_invalid\":\"forgives\","},
    {"K3", "\"attain\"", "\"guess\""},
    {"T1", "gap 27d after previous", "gap 7months after previous"},
    {"T1", "birth+5y", "birth+5y extra"},
    {"T1", "birth+5y", "max(birth+5y"},
    {"T1", "birth+5y", "birth+999999y"},
    {"T2", "\"first\":\"opens\"", "\"first\":\"opened\""},
    {"T2", "birth+5y", "risk+5y"},
    {"T3", "birth+5y", "fi_start(birth)"},
    {"T4", "{\"opens\":\"birth+2m\"}", "{\"opens\":\"birth+2m\",\"previous\":\"birth\"}"},
    {"T5", "\"birth+2m\"", "[{\"when\":{\"sex\":\"F\"},\"term\":\"birth+2m\"}]"},
    {"T6", "{\"opens\":\"birth+2m\"}", "{\"opens\":\"shuts-1d\",\"shuts\":\"opens+1d\"}"},
    {"V1", "[\"2020-01-01\",null]", "[\"2020-01-02\",\"2020-01-01\"]"},
    {"V2", "[{\"first\":\"opens\",", "[{\"law\":\"l\",\"in_force\":[\"2012-01-01\",\"2013-03-31\"]},{\"in_force\":[\"2013-03-01\",null],\"first\":\"opens\","},
    {"V3", "[{\"first\":\"opens\",", "[{\"law\":\"l\",\"in_force\":[\"2012-01-01\",\"2013-03-31\"]},{\"in_force\":[\"2013-04-02\",null],\"first\":\"opens\","},
    {"W1", "birth+5y", "birth+1m"},
    {"W2", "{\"position\":\"1\"}", "{\"position\":\"1\",\"first\":\"birth+3m\",\"grace\":\"birth+4m\"}"},
    {"W3", "{\"id\":\"2\",", "{\"id\":\"2\",\"window\":{\"rows\":[{\"law\":\"l\"}]},"},
    {"S1", "{\"id\":\"2\",", "{\"id\":\"2\",\"start_by\":\"birth+2y\","},
    {"S2", "{\"position\":\"1\"}", "{\"position\":\"1\",\"lapses\":true,\"law\":\"l\"}"},
    {"S3", "{\"position\":\"1\"}", "{\"position\":\"1\",\"skip\":[{\"law\":\"l\"}]}"},
    {"S3", "\"name\":\"g\",", "\"name\":\"g\",\"no_letter\":[{\"law\":\"l\"}],"},
    {"S4", "[{\"position\":\"3\"}]", "[]"},
    {"P1", "[\"A\",{\"product\"", "[\"C\",{\"product\""},
    {"P2", "\"later\":\"all\"", "\"later\":\"none\""},
    {"F1", "\"name\":\"g\",", "\"name\":\"g\",\"target\":[{\"when\":{\"fact\":\"hbig\"},\"law\":\"l\"}],"},
    {"F1", "\"name\":\"g\",", "\"name\":\"g\",\"target\":[{\"when\":{\"fact\":{\"risk\":\"LIVER\"}},\"law\":\"l\"}],"},
    {"R1", "\"review\":[\"SOON\"]", "\"review\":[\"SOONER\"]"},
    {"R1", "\"gap\":\"SOON\",", ""},
    {"G1", "\"groups\":[", "\"groups\":[{\"group\":\"G\",\"series\":[{\"id\":\"1\",\"doses\":[{}]}]},"},
    {"G2", "{\"id\":\"2\",", "{\"id\":\"1\","},
    {"L1", "\"last\":\"birth+5y\",\"law\":\"l\"", "\"last\":\"birth+5y\""},
    {"L1", "null],\"law\":\"l\"", "null]"},
    {"L1", "after previous\",\"law\":\"l\"", "after previous\""},
    {"L1", "[{\"law\":\"l\",\"earlier\"", "[{\"earlier\""},
    {"L1", "{\"position\":\"1\"}", "{\"position\":\"1\",\"skip\":[{\"when\":{\"sex\":\"M\"}}]}"},
    {"L1", "{\"position\":\"1\"}", "{\"position\":\"1\",\"last\":\"birth+1y\",\"lapses\":true}"},
    {"L1", "\"name\":\"g\",", "\"name\":\"g\",\"target\":[{\"when\":{\"sex\":\"F\"}}],"},
    {"L1", "\"name\":\"g\",", "\"name\":\"g\",\"occasion\":{\"first\":\"fy_start(asof)\",\"status\":\"suspended\"},"},
};
// clang-format on

static void a_sound_file_is_loaded(void **state)
{
    (void)state;
    Arena arena = arena_reserve(ARENA_BYTES);
    RuleFaults faults = {0};
    assert_true(load(&arena, str_of(sound), &faults));
    assert_int_equal(faults.count, 0);
    arena_release(arena);
}

static void every_fault_is_told_by_its_code(void **state)
{
    (void)state;
    for (ptrdiff_t i = 0; i < countof(faults_of_rules); i++) {
        const Fault *f = &faults_of_rules[i];
        Arena arena = arena_reserve(ARENA_BYTES);
        RuleFaults faults = {0};
        bool told = false;
        if (load(&arena, broken(&arena, f->part, f->instead), &faults))
            fail_msg("%s: %s was loaded", f->code, f->instead);
        VEC_EACH (RuleFault, fault, faults) told = told || !strcmp(fault->code, f->code);
        if (!told)
            fail_msg("%s: %s was told as %s %.*s", f->code, f->instead, faults.at[0].code,
                     STR(faults.at[0].words));
        arena_release(arena);
    }
}

static void place_and_words_lead_to_the_fault(void **state)
{
    (void)state;
    Arena arena = arena_reserve(ARENA_BYTES);
    RuleFaults faults = {0};
    Str text = broken(&arena, "gap 27d after previous", "gap 7months after previous");
    assert_false(load(&arena, text, &faults));
    assert_true(str_equal(faults.at[0].file, S("t.json")));
    assert_true(str_equal(faults.at[0].place, S("groups[0].series[0].doses[1].gap")));
    assert_true(str_equal(faults.at[0].words, S("term 'gap 7months after previous' cannot be read: "
                                                "'7' is no duration")));
    arena_release(arena);
}

static void all_faults_of_a_file_are_told_at_once(void **state)
{
    (void)state;
    Arena arena = arena_reserve(ARENA_BYTES);
    RuleFaults faults = {0};
    Str text = broken(&arena, "\"last\":\"birth+5y\",\"law\":\"l\"",
                      "\"last\":\"birth+5z\",\"use\":\"now\",\"lawyer\":\"l\"");
    assert_false(load(&arena, text, &faults));
    assert_int_equal(faults.count, 4);  // K1 lawyer, L1 no law, K2 use, T1 5z
    arena_release(arena);
}

static void the_built_in_rules_have_every_series_and_their_version(void **state)
{
    (void)state;
    static const char *const ids[] = {"ROTA", "HEPB", "HIB", "PCV",   "DPTIPV", "IPV", "BCG", "MR1",
                                      "MR2",  "MR3",  "MR4", "RUB5",  "VAR",    "JE1", "JE2", "DT2",
                                      "HPV",  "RSVM", "INF", "COVID", "EPN",    "HZ"};
    Arena arena = arena_reserve(ARENA_BYTES);
    const Schedule *once, *again;
    Error err = {0};
    assert_true(rules_embedded(&arena, &once, &err));
    assert_true(rules_embedded(&arena, &again, &err));
    assert_int_equal(group_count(once), countof(ids));
    for (ptrdiff_t i = 0; i < countof(ids); i++)
        assert_int_not_equal(group_find(once, str_of(ids[i])), GROUP_NONE);
    assert_true(str_equal(schedule_version(once), schedule_version(again)));
    assert_int_equal(schedule_version(once).len, 32);
    arena_release(arena);
}

static void another_rule_is_another_version_and_a_note_is_not(void **state)
{
    (void)state;
    Arena arena = arena_reserve(ARENA_BYTES);
    const Schedule *as_is, *moved, *noted;
    Error err = {0};
    EmbeddedFile files[] = {
        {"t", str_of(sound)},
        {"t", broken(&arena, "birth+5y", "birth+6y")},
        {"t", broken(&arena, "\"name\":\"g\",", "\"name\":\"g\",\"notes\":[\"n\"],")}};
    assert_true(rules_load(&files[0], 1, &arena, &as_is, NULL, &err));
    assert_true(rules_load(&files[1], 1, &arena, &moved, NULL, &err));
    assert_true(rules_load(&files[2], 1, &arena, &noted, NULL, &err));
    assert_false(str_equal(schedule_version(as_is), schedule_version(moved)));
    assert_true(str_equal(schedule_version(as_is), schedule_version(noted)));
    arena_release(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_file_is_loaded),
        cmocka_unit_test(every_fault_is_told_by_its_code),
        cmocka_unit_test(place_and_words_lead_to_the_fault),
        cmocka_unit_test(all_faults_of_a_file_are_told_at_once),
        cmocka_unit_test(the_built_in_rules_have_every_series_and_their_version),
        cmocka_unit_test(another_rule_is_another_version_and_a_note_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
