// A rule file is loaded whole or not at all, and its author is told every fault with its place.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "error_texts.h"
#include "rules.h"

#define ARENA_BYTES ((ptrdiff_t)256 << 20)

static const char sound[] =
    "{\"format\":\"schedule-rules/1\",\"name\":\"t\",\"law_required\":true,"
    "\"calendars\":{\"fy\":\"04-01\"},\"months\":{\"birth\":\"attain\"},"
    "\"facts\":{\"ill\":{\"type\":\"date\",\"name\":\"x\",\"span_days\":280},"
    "\"away\":{\"type\":\"span\"},"
    "\"risk\":{\"type\":\"list\",\"name\":\"y\",\"values\":[\"HEART\"]}},"
    "\"components\":{\"pox\":\"p\",\"flu\":\"f\"},"
    "\"kinds\":{\"live\":\"l\",\"dead\":\"d\"},"
    "\"products\":{\"A\":{\"kind\":\"live\",\"name\":\"a\",\"components\":[\"pox\"],\"wants\":[\"ill\"]},"
    "\"B\":{\"kind\":\"dead\",\"name\":\"b\",\"components\":[\"pox\",\"flu\"],"
    "\"volume\":[{\"below\":3,\"ml\":\"0.25\"},{\"ml\":\"2.0\"}],\"route\":\"r\"}},"
    "\"sets\":{\"all\":[\"A\",\"dead\"]},"
    "\"codes\":{\"programme\":\"EARLY\",\"before\":\"EARLY\",\"after\":\"LATE\","
    "\"dose_before\":\"EARLY\",\"dose_after\":\"LATE\",\"product\":\"WRONG\",\"gap\":\"SOON\","
    "\"mix\":\"WRONG\",\"excess\":\"MORE\"},"
    "\"reasons\":{\"EARLY\":{\"claim\":\"hold\"},\"LATE\":{\"claim\":\"return\"},"
    "\"SOON\":{\"claim\":\"hold\"},\"WRONG\":{\"claim\":\"return\"},\"MORE\":{\"claim\":\"return\"}},"
    "\"periods\":{\"2\":[\"G\"]},"
    "\"words\":{\"suspended\":\"s\"},"
    "\"conflicts\":[{\"law\":\"l\",\"earlier\":\"live\",\"later\":\"all\",\"days\":28,"
    "\"reason\":\"SOON\"}],"
    "\"defaults\":{\"checks\":[\"product\",\"window\",\"dose\",\"conflict\",\"gap\"],"
    "\"decide\":[\"review\",\"full\"],\"review\":[\"SOON\"],"
    "\"excess\":{\"position\":null,\"reasons\":\"alone\"}},"
    "\"terms\":{\"opens\":\"birth+2m\",\"hurt\":[{\"when\":{\"opening\":{\"holds\":\"on\"}},"
    "\"term\":\"birth\"},{\"term\":\"on\"}]},"
    "\"groups\":[{\"group\":\"G\",\"name\":\"g\","
    "\"products\":[\"A\",{\"product\":\"B\",\"in_force\":[\"2020-01-01\",null],\"law\":\"l\"}],"
    "\"window\":{\"rows\":[{\"first\":\"opens\",\"last\":\"birth+5y\",\"law\":\"l\"}]},"
    "\"series\":[{\"id\":\"1\",\"start_by\":\"birth+1y\",\"doses\":[{\"position\":\"1\"},"
    "{\"position\":\"2\",\"gap\":\"gap 27d after previous\",\"law\":\"l\"}]},"
    "{\"id\":\"2\",\"doses\":[{\"position\":\"3\"}]}]}]}";

static Str otherwise(Arena *arena, Str text, const char *part, const char *instead)
{
    ptrdiff_t at = str_find(text, str_of(part));
    if (at < 0) fail_msg("the sound file has no %s", part);
    return str_join(arena, str_join(arena, str_first(text, at), str_of(instead)),
                    str_from(text, at + (ptrdiff_t)strlen(part)));
}

// The sound file with one part written otherwise.
static Str broken(Arena *arena, const char *part, const char *instead)
{
    return otherwise(arena, str_of(sound), part, instead);
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
    {"J1", "\"name\":\"g\",", "\"name\":7,"},
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
    {"T4", "{\"opens\":\"birth+2m\"", "{\"previous\":\"birth\",\"opens\":\"birth+2m\""},
    {"T5", "\"birth+2m\"", "[{\"when\":{\"sex\":\"F\"},\"term\":\"birth+2m\"}]"},
    {"T6", "{\"opens\":\"birth+2m\"", "{\"opens\":\"shuts-1d\",\"shuts\":\"opens+1d\""},
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
    {"P1", "[\"A\",\"dead\"]", "[\"A\",\"deaf\"]"},
    {"P2", "\"later\":\"all\"", "\"later\":\"none\""},
    {"P6", "\"kind\":\"live\"", "\"kind\":\"alive\""},
    {"P6", "\"kinds\":{\"live\":\"l\",", "\"kinds\":{"},
    {"F1", "\"name\":\"g\",", "\"name\":\"g\",\"target\":[{\"when\":{\"fact\":\"hbig\"},\"law\":\"l\"}],"},
    {"F1", "\"name\":\"g\",", "\"name\":\"g\",\"target\":[{\"when\":{\"fact\":{\"risk\":\"LIVER\"}},\"law\":\"l\"}],"},
    {"F1", "\"type\":\"span\"", "\"type\":\"span\",\"replaced_by\":\"gone\""},
    {"F3", "\"type\":\"span\"", "\"type\":\"span\",\"replaced_by\":\"away\""},
    {"F3", "birth+5y\",", "birth+5y\",\"when\":{\"met\":\"ill\"},"},
    {"T1", "birth+5y", "ended(ill)+5y"},
    {"P3", "\"name\":\"g\",", "\"name\":\"g\",\"serves\":[{\"component\":\"cough\",\"law\":\"l\"}],"},
    {"P3", "\"name\":\"g\",", "\"name\":\"g\",\"offer\":[{\"when\":{\"owed\":[\"pox\"]},\"products\":[\"A\"]}],"},
    {"L1", "\"name\":\"g\",", "\"name\":\"g\",\"serves\":[{\"component\":\"pox\"}],"},
    {"J1", "\"name\":\"g\",", "\"name\":\"g\",\"counted\":{\"law\":\"l\"},"},
    {"K3", "\"name\":\"g\",", "\"name\":\"g\",\"counted\":[{\"law\":\"l\",\"funding\":[\"gift\"]}],"},
    {"L1", "\"name\":\"g\",", "\"name\":\"g\",\"counted\":[{\"also_when_full\":false}],"},
    {"L1", "\"name\":\"g\",", "\"name\":\"g\",\"mix\":[{\"products\":[\"A\"],\"after\":[\"B\"]}],"},
    {"P2", "\"name\":\"g\",", "\"name\":\"g\",\"mix\":[{\"law\":\"l\",\"products\":[\"A\"],\"after\":[\"C\"]}],"},
    {"S3", "\"name\":\"g\",", "\"name\":\"g\",\"beside\":{\"law\":\"l\",\"position\":\"9\"},"},
    {"L1", "\"name\":\"g\",", "\"name\":\"g\",\"beside\":{\"when\":{\"sex\":\"F\"},\"position\":\"9\"},"},
    {"L1", "\"name\":\"g\",", "\"name\":\"g\",\"listed\":{\"products\":[{\"product\":\"A\",\"last\":\"birth+1y\"}]},"},
    {"P1", "\"name\":\"g\",", "\"name\":\"g\",\"listed\":{\"law\":\"l\",\"products\":[{\"product\":\"C\"}]},"},
    {"W4", "birth+5y\",", "birth+5y\",\"when\":{\"met\":\"away\"},"},
    {"W4", "birth+5y\",", "birth+5y\",\"in_force\":[\"hurt\",null],"},
    {"W4", "\"name\":\"g\",", "\"name\":\"g\",\"target\":[{\"law\":\"l\",\"when\":{\"met\":\"away\"}}],"},
    {"W4", "{\"rows\":[{\"first\":\"opens\"", "{\"opened_by\":{\"fact\":\"away\",\"rows\":[{\"law\":\"l\",\"first\":\"hurt\",\"last\":\"on\"}]},\"rows\":[{\"first\":\"opens\""},
    {"W5", "{\"rows\":[{\"first\":\"opens\"", "{\"opened_by\":{\"fact\":\"away\"},\"rows\":[{\"first\":\"opens\""},
    {"W5", "{\"rows\":[{\"first\":\"opens\"", "{\"opened_by\":{\"fact\":\"away\",\"rows\":[{\"law\":\"l\",\"first\":\"on\"}]},\"rows\":[{\"first\":\"opens\""},
    {"L1", "{\"rows\":[{\"first\":\"opens\"", "{\"opened_by\":{\"fact\":\"away\",\"rows\":[{\"first\":\"on\",\"last\":\"on\"}]},\"rows\":[{\"first\":\"opens\""},
    {"R1", "\"review\":[\"SOON\"]", "\"review\":[\"SOONER\"]"},
    {"R1", "\"gap\":\"SOON\",", ""},
    {"P3", "[\"pox\"]", "[]"},
    {"P3", "\"components\":[\"pox\"],", ""},
    {"P3", "[\"pox\",\"flu\"]", "[\"pox\",\"flue\"]"},
    {"P4", "\"0.25\"", "\"0,25\""},
    {"P4", "\"0.25\"", "\"0.0\""},
    {"P4", "{\"ml\":\"2.0\"}", "{\"below\":2,\"ml\":\"2.0\"}"},
    {"P4", "{\"ml\":\"2.0\"}", "{\"below\":9,\"ml\":\"2.0\"}"},
    {"P4", "{\"below\":3,\"ml\":\"0.25\"}", "{\"ml\":\"0.25\"}"},
    {"P4", "\"route\":\"r\"", "\"route\":\"\""},
    {"P4", "\"route\":\"r\"", "\"route\":[{\"series\":\"H\",\"route\":\"r\"},{\"route\":\"s\"}]"},
    {"P4", "\"route\":\"r\"", "\"route\":[{\"series\":\"G\",\"route\":\"r\"}]"},
    {"P4", "{\"ml\":\"2.0\"}", "{\"series\":\"G\",\"ml\":\"1.0\"},{\"ml\":\"2.0\"}"},
    {"P5", "\"name\":\"b\"", "\"name\":\"A\""},
    {"P5", "\"name\":\"b\"", "\"name\":\"b\",\"brands\":[\"（ａ）\"]"},
    {"P5", "\"name\":\"b\"", "\"name\":\"b\",\"brands\":[{\"brand\":\"a\",\"first\":\"birth+50y\",\"law\":\"l\"}]"},
    {"P5", "{\"A\":{\"kind\":\"live\",\"name\":\"a\",", "{\"C\":{\"kind\":\"live\",\"name\":\"c\",\"components\":[\"pox\"],\"brands\":[{\"brand\":\"X-Ⅱ\",\"last\":\"birth+50y\"}]},\"A\":{\"kind\":\"live\",\"name\":\"a\",\"brands\":[{\"brand\":\"x2\",\"first\":\"birth+50y\"}],"},
    {"F1", "[\"ill\"]", "[\"sick\"]"},
    {"F2", "[\"ill\"]", "[\"risk\"]"},
    {"J1", "\"name\":\"y\",", "\"name\":\"y\",\"span_days\":280,"},
    {"R2", "\"LATE\":{\"claim\":\"return\"}", "\"LATE\":{}"},
    {"R2", "\"LATE\":{\"claim\":\"return\"}", "\"LATE\":{\"claim\":\"keep\"}"},
    {"G3", "\"2\":[\"G\"]", "\"2\":[\"H\"]"},
    {"G3", "\"2\":[\"G\"]", "\"2\":[]"},
    {"G3", "\"2\":[\"G\"]", "\"1\":[\"G\"],\"2\":[\"G\"]"},
    {"J1", "\"2\":[\"G\"]", "\"second\":[\"G\"]"},
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
    {"J1", "birth+5y\",", "birth+5y\",\"when\":{\"born\":[\"2000-01-01\"]},"},
    {"J1", "birth+5y\",", "birth+5y\",\"when\":{\"attains\":{\"in\":\"fy\",\"ages\":[0]}},"},
    {"J1", "birth+5y\",", "birth+5y\",\"when\":[[[[[[[[[[[[[{\"sex\":\"F\"}]]]]]]]]]]]]],"},
    {"J1", "birth+5y\",", "birth+5y\",\"when\":7,"},
    {"K3", "birth+5y\",", "birth+5y\",\"when\":{\"count\":{\"products\":[\"A\"],\"span\":[\"birth\",\"on\"],\"status\":\"stored\",\"least\":1}},"},
    {"K3", "\"window\":{", "\"window\":{\"binds\":\"some_doses\","},
    {"R1", "\"product\":\"WRONG\",", ""},
    {"K3", "{\"id\":\"2\",", "{\"id\":\"2\",\"complete_when\":\"most\","},
    {"J1", "\"review\":[\"SOON\"]", "\"review\":7"},
    {"K3", "\"reasons\":\"alone\"", "\"reasons\":\"apart\""},
    {"J1", "\"groups\":[", "\"groups\":[7,"},
    {"J1", "\"later\":\"all\"", "\"later\":7"},
    {"J1", "\"all\":[\"A\",\"dead\"]", "\"all\":[\"A\",7]"},
    {"J1", "\"values\":[\"HEART\"]", "\"values\":[\"HEART\"],\"labels\":[\"heart\",\"lung\"]"},
    {"K3", "\"EARLY\":{\"claim\":\"hold\"}", "\"EARLY\":{\"claim\":\"hold\",\"place\":\"somewhere\"}"},
    {"K3", "\"codes\":{", "\"codes\":{\"windov\":\"EARLY\","},
    {"J1", "\"law_required\":true,", "\"law_required\":true,\"law_as_of\":\"soon\","},
    {"J1", "\"first\":\"opens\"", "\"first\":7"},
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

// Operators read the words: a sentence that ends as Japanese does, and outside 「」 no two English words in a row.
static bool is_japanese(Str words)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
    int quoted = 0;
    for (ptrdiff_t i = 0; i + 3 < words.len; i++) {
        const char *c = words.at + i;
        quoted += !memcmp(c, "「", 3) - !memcmp(c, "」", 3);
        if (!quoted && strchr(letters, c[0]) && c[1] == ' ' && strchr(letters, c[2])) return false;
    }
    return str_ends(words, S("。"));
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
        VEC_EACH (RuleFault, fault, faults) {
            told = told || !strcmp(fault->code, f->code);
            if (!is_japanese(fault->words)) fail_msg("%s: %.*s", f->instead, STR(fault->words));
        }
        if (!told)
            fail_msg("%s: %s was told as %s %.*s", f->code, f->instead, faults.at[0].code,
                     STR(faults.at[0].words));
        arena_release(arena);
    }
}

static void two_products_share_a_name_on_different_days(void **state)
{
    (void)state;
    Arena arena = arena_reserve(ARENA_BYTES);
    RuleFaults faults = {0};
    Str text =
        broken(&arena, "{\"A\":{\"kind\":\"live\",\"name\":\"a\",",
               "{\"C\":{\"kind\":\"live\",\"name\":\"c\",\"components\":[\"pox\"],\"brands\":[{"
               "\"brand\":\"X-Ⅱ\",\"last\":\"birth+50y-1d\"}]},\"A\":{\"kind\":\"live\",\"name\":"
               "\"a\",\"brands\":[{\"brand\":\"x2\",\"first\":\"birth+50y\"}],");
    if (!load(&arena, text, &faults)) fail_msg("%.*s", STR(faults.at[0].words));
    arena_release(arena);
}

// What the engine's bit sets hold is told as a fault, not found out later.
static void more_than_the_engine_holds_is_refused(void **state)
{
    (void)state;
    Arena arena = arena_reserve(ARENA_BYTES);
    RuleFaults faults = {0};
    Text groups = {0}, facts = {0};
    for (int i = 0; i < 64; i++)
        text_addf(&groups, &arena,
                  "{\"group\":\"N%d\",\"series\":[{\"id\":\"1\",\"doses\":[{}]}]},", i);
    for (int i = 0; i < 512; i++) text_addf(&facts, &arena, "\"n%d\":{\"type\":\"flag\"},", i);
    const char *many[][2] = {
        {"\"groups\":[", str_z(&arena, str_join(&arena, S("\"groups\":["), text_str(&groups)))},
        {"\"facts\":{", str_z(&arena, str_join(&arena, S("\"facts\":{"), text_str(&facts)))}};
    static const char *const words[] = {"groups が多すぎます。64 個までにしてください。",
                                        "facts が多すぎます。512 個までにしてください。"};
    for (ptrdiff_t i = 0; i < countof(many); i++) {
        bool told = false;
        faults = (RuleFaults){0};
        assert_false(load(&arena, broken(&arena, many[i][0], many[i][1]), &faults));
        VEC_EACH (RuleFault, f, faults)
            told = told || (!strcmp(f->code, "J1") && str_equal(f->words, str_of(words[i])));
        if (!told) fail_msg("%s", words[i]);
    }
    static EmbeddedFile files[257];
    static const int counts[] = {0, 257};
    for (ptrdiff_t i = 0; i < countof(counts); i++) {
        const Schedule *schedule;
        Error err = {0};
        assert_false(rules_load(files, counts[i], &arena, &schedule, &faults, &err));
        assert_int_equal(err.code, E_RULE);
    }
    arena_release(arena);
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
    assert_true(
        str_equal(faults.at[0].words, S("期間の語「gap 7months after previous」を読めません: "
                                        "「7months」は 27d、3w、2.5m、5y "
                                        "のような期間ではありません。")));
    arena_release(arena);
}

// Every part of a term that may be wrong, and what is wanted in its place.
static void a_term_is_told_with_what_is_right(void **state)
{
    (void)state;
    static const struct {
        const char *term, *words;
    } terms[] = {
        {"birth+36x", "「36x」は 27d、3w、2.5m、5y のような期間ではありません。"},
        {"birth+", "終わりに数字がありません。"},
        {"birth+999999y", "「999999y」は 100000 までの数ではありません。"},
        {"2026-13-01", "「2026-13-01」は日付 (2026-04-01 の形) ではありません。"},
        {"dose 40", "「dose 40」は接種の番号 (1 から 32 まで) ではありません。"},
        {"max(birth", "終わりに閉じかっこ ) がありません。"},
        {"soonest(birth)",
         "「soonest」は関数の名前 (max、min、began、ended、fy_start など) ではありません。"},
        {"gap 3m before birth", "「before」は after ではありません。"},
        {"birth extra", "「extra」は期間の語の続きではありません。"},
        {"", "終わりに日付、起点、名前のいずれかがありません。"},
    };
    for (ptrdiff_t i = 0; i < countof(terms); i++) {
        Arena arena = arena_reserve(ARENA_BYTES);
        RuleFaults faults = {0};
        Str instead = str_format(&arena, "\"last\":\"%s\"", terms[i].term);
        Str wanted =
            str_format(&arena, "期間の語「%s」を読めません: %s", terms[i].term, terms[i].words);
        Str text = broken(&arena, "\"last\":\"birth+5y\"", str_z(&arena, instead));
        assert_false(load(&arena, text, &faults));
        if (!str_equal(faults.at[0].words, wanted)) fail_msg("%.*s", STR(faults.at[0].words));
        arena_release(arena);
    }
}

// Words that do not fit end with a whole character, and the first fault is told by one mouth only.
static void the_first_fault_is_told_once(void **state)
{
    (void)state;
    static const char kana[] = "ああああああああああああああああああああああああああああああ";
    Arena arena = arena_reserve(ARENA_BYTES);
    Text key = {0};
    for (int i = 0; i < 20; i++) text_addf(&key, &arena, "%s", kana);
    Str instead = str_format(&arena, "\"%.*s\":1,\"name\":\"g\",", STR(text_str(&key)));
    EmbeddedFile file = {"t.json", broken(&arena, "\"name\":\"g\",", str_z(&arena, instead))};
    const Schedule *schedule;
    for (int taken = 0; taken < 2; taken++) {
        RuleFaults faults = {0};
        Error err = {0};
        assert_false(rules_load(&file, 1, &arena, &schedule, taken ? &faults : NULL, &err));
        assert_int_equal(strstr(error_words(&err).at, "最初の誤り") == NULL, taken);
        if (!taken) continue;
        assert_int_equal(faults.count, 1);
        assert_true(str_ends(faults.at[0].words, S("あ")));
    }
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

// clang-format off
static const Fault faults_of_cities[] = {
    {"K1", "\"law\":", "\"lawyer\":"},
    {"L1", ",\"law\":\"l\"", ""},
    {"J1", "\"season\":{", "\"season\":{\"COVID\":{},"},
    {"C1", "\"INF\"", "\"FLU\""},
    {"C1", "\"INF\"", "\"MR1\""},
    {"C1", "\"INF\"", "\"RSVM\""},
    {"C2", "\"2026-10-15\"", "\"fy_start(on)+6m\""},
    {"C2", "\"2026-10-15\"", "\"2027-02-01\""},
    {"C2", "\"2026-04-01\"", "null"},
    {"C2", "\"2027-03-31\"", "\"2027-01-30\""},
    {"C3", "\"2026-10-15\"", "\"2026-09-30\""},
    {"V2", "[{\"in_force\"", "[{\"in_force\":[\"2027-03-31\",\"2027-03-31\"],\"first\":\"2027-03-31\",\"last\":\"2027-03-31\",\"law\":\"l\"},{\"in_force\""},
};
// clang-format on

static void a_city_writes_days_inside_those_of_the_country(void **state)
{
    (void)state;
    static const char right[] =
        "{\"format\":\"schedule-city/1\",\"name\":\"c\",\"season\":{\"INF\":[{\"in_force\":"
        "[\"2026-04-01\",\"2027-03-31\"],\"first\":\"2026-10-15\",\"last\":\"2027-01-31\","
        "\"law\":\"l\"}]}}";
    for (ptrdiff_t i = -1; i < countof(faults_of_cities); i++) {
        Arena arena = arena_reserve(ARENA_BYTES);
        const Fault *f = &faults_of_cities[i < 0 ? 0 : i];
        RuleFaults faults = {0};
        Error err = {0};
        const Schedule *schedule;
        bool told = false;
        Str text = i < 0 ? str_of(right) : otherwise(&arena, str_of(right), f->part, f->instead);
        bool loaded =
            rules_of_city(&(EmbeddedFile){"city.json", text}, &arena, &schedule, &faults, &err);
        VEC_EACH (RuleFault, fault, faults) {
            told =
                told || (!strcmp(fault->code, f->code) && str_equal(fault->file, S("city.json")));
            if (!is_japanese(fault->words)) fail_msg("%s: %.*s", f->instead, STR(fault->words));
        }
        if (loaded != (i < 0) || (i >= 0 && !told)) fail_msg("%s: %s", f->code, f->instead);
        arena_release(arena);
    }
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

// What stands in the table of products is what the office compares a paper with.
static void products_say_how_one_dose_is_given(void **state)
{
    (void)state;
    static const struct {
        const char *product, *group;
        int born, given;  // years
        int ml100;
        const char *shares;  // a component with this product; "": none
    } cases[] = {
        {"HBV", "HEPB", 2025, 2025, 25, ""},
        {"HBV", "", 2000, 2025, 0, ""},
        {"HBV", "", 2025, 2026, 25, ""},
        {"JE", "JE1", 2022, 2024, 25, "JE-MB"},
        {"JE", "JE1", 2022, 2026, 50, "JE-MB"},
        {"DT", "DPTIPV", 2020, 2022, 50, "DPT-IPV"},
        {"DT", "DT2", 2014, 2026, 10, "DPT-IPV"},
        {"DT", "", 2014, 2026, 0, "DPT"},
        {"OPV", "", 2010, 2011, 5, "IPV"},
        {"RV5", "", 2026, 2026, 200, "RV1"},
        {"INF-HD", "", 1940, 2026, 70, "INF"},
        {"BCG", "", 2026, 2026, 0, ""},
        {"COVID", "", 1940, 2026, 0, ""},
        {"MR", "", 2024, 2025, 50, "R"},
        {"DPT-IPV-HIB", "", 2026, 2026, 50, "HIB"},
    };
    Arena arena = arena_reserve(ARENA_BYTES);
    const Schedule *rules;
    Error err = {0};
    assert_true(rules_embedded(&arena, &rules, &err));
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        int product = product_by_id(rules, str_of(cases[i].product));
        int other = product_by_id(rules, str_of(cases[i].shares));
        int ml100 = product_volume_ml100(rules, product, group_find(rules, str_of(cases[i].group)),
                                         day_of(cases[i].born, 2, 1), day_of(cases[i].given, 3, 1));
        if (ml100 != cases[i].ml100) fail_msg("%s: %d", cases[i].product, ml100);
        if (other == PRODUCT_NONE) continue;
        if (!(product_components(rules, product) & product_components(rules, other)))
            fail_msg("%s shares nothing with %s", cases[i].product, cases[i].shares);
    }
    int mumps = product_by_id(rules, S("MUMPS")), measles = product_by_id(rules, S("MR"));
    assert_int_equal(product_components(rules, mumps) & product_components(rules, measles), 0);
    int rsv = product_by_id(rules, S("RSVM"));
    int due = product_wants(rules, rsv, 0);
    assert_true(str_equal(fact_id(rules, due), S("edd")));
    assert_int_equal(product_wants(rules, rsv, 1), FACT_NONE);
    assert_int_equal(product_wants(rules, mumps, 0), FACT_NONE);
    assert_int_equal(fact_span_days(rules, due), 280);
    assert_true(fact_same_span(rules, due, 1000, 1139));
    assert_false(fact_same_span(rules, due, 1140, 1000));
    arena_release(arena);
}

// A due date is a woman's, from ten to sixty years: the ages are those attained, by whichever day of a vague birth.
static void a_due_date_is_said_of_somebody_who_can_be_pregnant(void **state)
{
    (void)state;
    const struct {
        Day first, last;
        SubjectSex sex;
        FactFit fit;
    } cases[] = {
        // Due on 2026-12-01: ten is attained the day before the birthday, sixty-one too.
        {day_of(2016, 12, 2), day_of(2016, 12, 2), SUBJECT_FEMALE, FACT_FITS},
        {day_of(2016, 12, 3), day_of(2016, 12, 3), SUBJECT_FEMALE, FACT_OF_NO_SUCH_AGE},
        {day_of(1965, 12, 3), day_of(1965, 12, 3), SUBJECT_FEMALE, FACT_FITS},
        {day_of(1965, 12, 2), day_of(1965, 12, 2), SUBJECT_FEMALE, FACT_OF_NO_SUCH_AGE},
        {day_of(1956, 4, 1), day_of(1956, 4, 1), SUBJECT_FEMALE, FACT_OF_NO_SUCH_AGE},
        {day_of(2026, 5, 1), day_of(2026, 5, 1), SUBJECT_MALE, FACT_OF_NO_SUCH_AGE},
        {day_of(1996, 5, 1), day_of(1996, 5, 1), SUBJECT_MALE, FACT_OF_ANOTHER_SEX},
        {day_of(1996, 5, 1), day_of(1996, 5, 1), SUBJECT_SEX_UNKNOWN, FACT_FITS},
        {day_of(2016, 12, 1), day_of(2016, 12, 31), SUBJECT_FEMALE, FACT_FITS},
        {day_of(1965, 12, 1), day_of(1965, 12, 31), SUBJECT_FEMALE, FACT_FITS},
    };
    Arena arena = arena_reserve(ARENA_BYTES);
    const Schedule *rules;
    Error err = {0};
    assert_true(rules_embedded(&arena, &rules, &err));
    int due = fact_find(rules, S("edd")), ill = fact_find(rules, S("had_measles"));
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        DaySpan birth = {cases[i].first, cases[i].last};
        if (fact_fit(rules, due, birth, cases[i].sex, day_of(2026, 12, 1)) != cases[i].fit)
            fail_msg("case %td", i);
        assert_int_equal(fact_fit(rules, ill, birth, cases[i].sex, day_of(2026, 12, 1)), FACT_FITS);
    }
    assert_int_equal(fact_whose(rules, due).age_last, 60);
    arena_release(arena);
}

static void the_volume_changes_on_the_day_the_age_is_attained(void **state)
{
    (void)state;
    Arena arena = arena_reserve(ARENA_BYTES);
    const Schedule *rules;
    Error err = {0};
    assert_true(rules_embedded(&arena, &rules, &err));
    int je = product_by_id(rules, S("JE"));
    Day birth = day_of(2022, 5, 10);  // three on 9 May 2025
    assert_int_equal(
        product_volume_ml100(rules, je, group_find(rules, S("JE1")), birth, day_of(2025, 5, 8)),
        25);
    assert_int_equal(
        product_volume_ml100(rules, je, group_find(rules, S("JE1")), birth, day_of(2025, 5, 9)),
        50);
    arena_release(arena);
}

static void every_reason_says_what_becomes_of_the_claim(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        ReasonClaim claim;
    } cases[] = {
        {"AFTER_WINDOW", REASON_RETURNS},      {"EXCESS_DOSE", REASON_RETURNS},
        {"NOT_TARGET_SEX", REASON_RETURNS},    {"PRODUCT_NOT_ROUTINE", REASON_RETURNS},
        {"BEFORE_PROGRAMME", REASON_RETURNS},  {"OUT_OF_SEASON", REASON_RETURNS},
        {"BEFORE_WINDOW", REASON_HOLDS},       {"INTERVAL_SHORT", REASON_HOLDS},
        {"LIVE_INTERVAL_SHORT", REASON_HOLDS}, {"PRODUCT_MIX", REASON_HOLDS},
        {"PRODUCT_AGE", REASON_HOLDS},
    };
    Arena arena = arena_reserve(ARENA_BYTES);
    const Schedule *rules;
    Error err = {0};
    assert_true(rules_embedded(&arena, &rules, &err));
    for (ptrdiff_t i = 0; i < countof(cases); i++)
        if (reason_claim(rules, reason_find(rules, str_of(cases[i].code))) != cases[i].claim)
            fail_msg("%s", cases[i].code);
    arena_release(arena);
}

static void clinics_write_the_period_of_a_series(void **state)
{
    (void)state;
    static const struct {
        const char *series;
        int period;
    } cases[] = {{"MR1", 1}, {"DPTIPV", 1}, {"JE1", 1},  {"MR2", 2},  {"JE2", 2}, {"DT2", 2},
                 {"MR3", 3}, {"MR4", 4},    {"RUB5", 5}, {"ROTA", 0}, {"VAR", 0}};
    Arena arena = arena_reserve(ARENA_BYTES);
    const Schedule *rules;
    Error err = {0};
    assert_true(rules_embedded(&arena, &rules, &err));
    for (ptrdiff_t i = 0; i < countof(cases); i++)
        assert_int_equal(group_period(rules, group_find(rules, str_of(cases[i].series))),
                         cases[i].period);
    assert_true(period_known(rules, 5));
    assert_false(period_known(rules, 6));
    arena_release(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_say_how_one_dose_is_given),
        cmocka_unit_test(a_due_date_is_said_of_somebody_who_can_be_pregnant),
        cmocka_unit_test(the_volume_changes_on_the_day_the_age_is_attained),
        cmocka_unit_test(every_reason_says_what_becomes_of_the_claim),
        cmocka_unit_test(clinics_write_the_period_of_a_series),
        cmocka_unit_test(a_sound_file_is_loaded),
        cmocka_unit_test(every_fault_is_told_by_its_code),
        cmocka_unit_test(two_products_share_a_name_on_different_days),
        cmocka_unit_test(more_than_the_engine_holds_is_refused),
        cmocka_unit_test(place_and_words_lead_to_the_fault),
        cmocka_unit_test(a_term_is_told_with_what_is_right),
        cmocka_unit_test(the_first_fault_is_told_once),
        cmocka_unit_test(all_faults_of_a_file_are_told_at_once),
        cmocka_unit_test(the_built_in_rules_have_every_series_and_their_version),
        cmocka_unit_test(a_city_writes_days_inside_those_of_the_country),
        cmocka_unit_test(another_rule_is_another_version_and_a_note_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
