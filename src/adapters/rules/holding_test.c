// Until when an answer holds, word by word of the rule language: each group below hangs on the assessment day by one
// word alone, and no row of it comes or goes by law.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "rules_house.h"

#define WHOLE_LIFE "\"window\":{\"rows\":[{\"first\":\"birth\",\"last\":\"birth+50y\"}]}"
#define ONE_DOSE   "\"series\":[{\"id\":\"1\",\"doses\":[{\"position\":\"1\"}]}]"
#define GROUP(name, rest) \
    "{\"group\":\"" name "\",\"name\":\"" name "\",\"products\":[\"" name "\"]," rest "}"
#define ENDS_WHEN(name, when) \
    GROUP(name, WHOLE_LIFE "," ONE_DOSE ",\"ends\":[{\"when\":" when ",\"status\":\"paused\"}]")
#define PRODUCT(name) "\"" name "\":{\"kind\":\"k\",\"name\":\"" name "\"}"

// clang-format off
static const char rules_text[] =
    "{\"format\":\"schedule-rules/1\",\"name\":\"words\",\"calendars\":{\"fy\":\"04-01\"},"
    "\"months\":{\"birth\":\"attain\"},\"facts\":{\"away\":{\"type\":\"span\"}},"
    "\"products\":{" PRODUCT("DAY") "," PRODUCT("LATEST") "," PRODUCT("SPAN") "," PRODUCT("YEAR") ","
    PRODUCT("NEXT") "," PRODUCT("AGE") "," PRODUCT("ROW") "," PRODUCT("LAPSE") "," PRODUCT("START") ","
    PRODUCT("SEASON") "," PRODUCT("OCCASION") "," PRODUCT("HOLDS") "," PRODUCT("OPENED") ","
    PRODUCT("TARGET") "},"
    "\"codes\":{\"before\":\"BAD\",\"after\":\"BAD\",\"dose_before\":\"BAD\",\"dose_after\":\"BAD\","
    "\"excess\":\"BAD\"},\"reasons\":{\"BAD\":{}},"
    "\"defaults\":{\"checks\":[\"window\",\"dose\"],\"decide\":[\"ends\",\"not_target\",\"full\"],"
    "\"excess\":{\"position\":null,\"reasons\":\"alone\"}},"
    "\"groups\":["
    // Bounds of the assessment day itself, of the latest of it and another, and of a span before it (named every day).
    ENDS_WHEN("DAY", "{\"between\":[\"on\",\"birth+100d\",\"birth+160d\"]}") ","
    ENDS_WHEN("LATEST", "{\"between\":[\"max(asof,birth+90d)\",\"birth+150d\",\"birth+210d\"]}") ","
    ENDS_WHEN("SPAN", "{\"between\":[\"on-30d\",\"birth+200d\",\"birth+220d\"]}") ","
    // Years in which it lies.
    GROUP("YEAR", "\"window\":{\"rows\":[{\"first\":\"fy_start(on)+6m\",\"last\":\"fy_end(on)\"}]}," ONE_DOSE) ","
    ENDS_WHEN("NEXT", "{\"between\":[\"fy_next(on)\",\"birth+1y\",\"birth+2y\"]}") ","
    ENDS_WHEN("AGE", "{\"attains\":{\"in\":\"fy\",\"ages\":[1,2]}}") ","
    // Rows whose time is a term, doses that lapse, series and seasons that end.
    GROUP("ROW", WHOLE_LIFE "," ONE_DOSE ",\"ends\":[{\"in_force\":[\"birth+130d\",\"birth+190d\"],\"status\":\"paused\"}]") ","
    GROUP("LAPSE", WHOLE_LIFE ",\"series\":[{\"id\":\"1\",\"doses\":[{\"position\":\"1\",\"last\":\"birth+170d\",\"lapses\":true},{\"position\":\"2\"}]}]") ","
    GROUP("START", WHOLE_LIFE ",\"series\":[{\"id\":\"1\",\"start_by\":\"birth+140d\",\"doses\":[{\"position\":\"1\"}]},{\"id\":\"2\",\"doses\":[{\"position\":\"2\"}]}]") ","
    GROUP("SEASON", WHOLE_LIFE ",\"series\":[{\"id\":\"1\",\"doses\":[{\"position\":\"1\",\"season\":[\"birth+20d\",\"birth+180d\"]}]}]") ","
    GROUP("OCCASION", "\"occasion\":{\"first\":\"fy_start(asof)\",\"last\":\"fy_end(asof)\",\"status\":\"other\",\"name\":\"o\"}," WHOLE_LIFE "," ONE_DOSE) ","
    // Windows that open again.
#define OPENED "\"window\":{\"rows\":[{\"first\":\"birth\",\"last\":\"birth+120d\"}],\"opened_by\":{\"fact\":\"away\",\"rows\":[{\"first\":\"ended(away)+40d\",\"last\":\"ended(away)+90d\"}]}}"
    GROUP("HOLDS", OPENED "," ONE_DOSE ",\"ends\":[{\"when\":{\"opening\":{\"holds\":\"on\"}},\"status\":\"paused\"}]") ","
    GROUP("OPENED", OPENED "," ONE_DOSE ",\"ends\":[{\"when\":{\"opening\":{\"ends_from\":\"asof\"}},\"status\":\"paused\"}]") ","
    GROUP("TARGET", WHOLE_LIFE "," ONE_DOSE ",\"target\":[{\"when\":{\"not\":{\"day\":[\"birth+60d\",\"birth+110d\"]}}}]")
    "]}";
// clang-format on

enum { BIRTHS = 40, DAYS = 800 };

// What was promised about one group, day after day.
typedef struct Promise {
    int turns;  // the answer turned on a day that was named
    int named;  // days that were named
} Promise;

static bool answer_same(const GroupAssessment *a, const GroupAssessment *b)
{
    return a->status == b->status && a->row == b->row && a->has_next == b->has_next &&
           a->next.position == b->next.position && a->next.earliest == b->next.earliest &&
           a->next.last == b->next.last && a->dose_count == b->dose_count &&
           (!a->dose_count || a->doses[0].status == b->doses[0].status);
}

// From the first promise to the day it names, and so on; a promise is asked for again at every step.
static void follow(const House *house, int group, const Subject *subject, History history,
                   Promise *promise)
{
    Day first = subject->birth, last = subject->birth + DAYS;
    Arena arena = house->arena;
    GroupAssessment stands = assess_group(house->rules, group, subject, history, first, &arena);
    for (Day on = first + 1; on <= last; on++) {
        Arena again = arena;
        GroupAssessment now = assess_group(house->rules, group, subject, history, on, &again);
        bool same = answer_same(&stands, &now);
        if (!same && on < stands.may_turn)
            fail_msg("%.*s turned on day %d after birth, and was to stand until %d",
                     STR(group_id(house->rules, group)), on - subject->birth,
                     stands.may_turn - subject->birth);
        if (on < stands.may_turn) continue;
        promise->named++;
        promise->turns += !same;
        stands = now;
    }
}

static void every_word_that_hangs_on_the_day_names_the_day_it_turns(void **state)
{
    House *house = *state;
    Promise promises[64] = {0};
    for (int b = 0; b < BIRTHS; b++) {
        Day birth = day("2024-02-20") + b * 19;
        for (int g = 0; g < group_count(house->rules); g++) {
            SubjectSpan away = {fact_find(house->rules, S("away")), g, birth + 50, birth + 100 + b};
            Subject subject = {.birth = birth,
                               .spans = &away,
                               .span_count = group_span_fact(house->rules, g) != FACT_NONE};
            HistoryEntry dose = {.given_on = birth + 10,
                                 .product = product_by_id(house->rules, group_id(house->rules, g))};
            bool given = str_equal(group_id(house->rules, g), S("OCCASION"));
            follow(house, g, &subject, (History){&dose, given}, &promises[g]);
        }
    }
    for (int g = 0; g < group_count(house->rules); g++) {
        // Of 800 days a few are named for each birth, and on most of them the answer does turn.
        bool every_day = str_equal(group_id(house->rules, g), S("SPAN"));
        if (promises[g].turns < BIRTHS || (promises[g].named > 60 * BIRTHS && !every_day))
            fail_msg("%.*s: %d days named, %d turns", STR(group_id(house->rules, g)),
                     promises[g].named, promises[g].turns);
    }
}

static int words_open(void **state)
{
    static House house;
    static const EmbeddedFile file = {"words.json", {rules_text, sizeof rules_text - 1}};
    Error err = {0};
    house.arena = arena_reserve((ptrdiff_t)256 << 20);
    if (!rules_load(&file, 1, &house.arena, &house.rules, NULL, &err)) return -1;
    *state = &house;
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_word_that_hangs_on_the_day_names_the_day_it_turns),
    };
    return cmocka_run_group_tests(tests, words_open, house_close);
}
