// Corrections (訂正): what they replace, what a person must decide, and that nothing is lost on the way.
// SPDX-License-Identifier: Apache-2.0
#include "dose_sameness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { JE = 1, MR, VAR, INF };  // products; each its own series and component

typedef struct Told {
    int ref, row, claimed, product;
    PartialDate on;
    const char *clinic, *content;
    int month;  // 0: October 2026
    bool examined, corrects, replaced, in_question;
    int provenance;
} Told;

static KnownDose dose_of(const Told *t)
{
    static const char *const rows[] = {"0", "1", "2", "3", "4", "5"};
    return (KnownDose){
        .ref = t->ref,
        .given = !t->examined,
        .given_on = t->on,
        .product = t->product,
        .series = 1ULL << t->product,
        .components = 1ULL << t->product,
        .seasonal = t->product == INF,
        .provenance = t->provenance ? t->provenance : PROVENANCE_CLINIC,
        .clinic = str_of(t->clinic ? t->clinic : "A"),
        .month = t->month ? t->month : 202610,
        .row_no = str_of(rows[t->row]),
        .content = str_of(t->content ? t->content : ""),
        .claim_known = t->claimed > 0,
        .claimed_dose = {CLAIMED_NUMBER, t->claimed, 0},
        .corrects = t->corrects,
        .replaced = t->replaced,
        .in_question = t->in_question,
    };
}

#define OCT(day)      \
    {                 \
        2026, 10, day \
    }

typedef struct Vector {
    const char *why;
    Told stored[3];
    Told sent;  // with 訂正
    bool returned_before;
    Sameness sameness;
    int doubt, ref;
    int doubted;  // how many doses are named
} Vector;

// clang-format off
static const Vector vectors[] = {
    {"the lot alone: product and day say which",
     {{1, 1, 1, JE, OCT(2)}, {2, 2, 2, JE, OCT(12)}}, {0, 5, 2, JE, OCT(12)}, false, SAME_CORRECTS, 0, 2, 0},
    {"a sheet that numbers its rows afresh: row 1 was another dose",
     {{1, 1, 1, JE, OCT(2)}, {2, 2, 2, JE, OCT(12)}}, {0, 1, 2, JE, OCT(13)}, false, SAME_DOUBT, 306, 1, 2},
    {"the day, in its own row under its own number",
     {{1, 1, 1, JE, OCT(2)}, {2, 2, 2, JE, OCT(12)}}, {0, 2, 2, JE, OCT(13)}, false, SAME_CORRECTS, 0, 2, 0},
    {"the day, in another month's file: the row number says nothing",
     {{1, 1, 1, JE, OCT(2)}, {2, 2, 2, JE, OCT(12)}}, {0, 2, 2, JE, OCT(13), .month = 202611}, false, SAME_DOUBT, 306, 2, 1},
    {"product and day, in another month's file",
     {{2, 2, 2, JE, OCT(12)}}, {0, 4, 2, JE, OCT(12), .month = 202611}, false, SAME_CORRECTS, 0, 2, 0},
    {"the product, in its own row",
     {{1, 1, 1, MR, OCT(2)}}, {0, 1, 1, VAR, OCT(2)}, false, SAME_DOUBT, 306, 1, 1},
    {"the product, on a sheet numbered afresh: the day alone speaks",
     {{1, 3, 1, MR, OCT(2)}}, {0, 1, 1, VAR, OCT(2)}, false, SAME_DOUBT, 306, 1, 1},
    {"product and day both, in its own row",
     {{1, 1, 1, MR, OCT(2)}}, {0, 1, 1, VAR, OCT(5)}, false, SAME_DOUBT, 306, 1, 1},
    {"the claimed dose alone",
     {{1, 1, 1, JE, OCT(2)}}, {0, 1, 2, JE, OCT(2)}, false, SAME_CORRECTS, 0, 1, 0},
    {"the claimed dose is another one's, which may be the one meant",
     {{1, 1, 1, JE, OCT(2)}, {2, 2, 2, JE, OCT(12)}}, {0, 1, 2, JE, OCT(2)}, false, SAME_DOUBT, 306, 1, 2},
    {"two days exchanged: neither row says which dose it was",
     {{1, 1, 1, JE, OCT(2)}, {2, 2, 2, JE, OCT(12)}}, {0, 1, 1, JE, OCT(12)}, false, SAME_DOUBT, 306, 2, 2},
    {"a dose that was only examined",
     {{1, 1, 1, MR, OCT(2)}}, {0, 1, 1, MR, OCT(2), .examined = true}, false, SAME_CORRECTS, 0, 1, 0},
    {"an examination that was a dose",
     {{-1, 1, 1, MR, OCT(2), .examined = true}}, {0, 1, 1, MR, OCT(2)}, false, SAME_CORRECTS, 0, -1, 0},
    {"examined and given on one day: like to like",
     {{-1, 1, 1, MR, OCT(2), .examined = true}, {2, 2, 1, MR, OCT(2)}}, {0, 5, 1, MR, OCT(2)}, false, SAME_CORRECTS, 0, 2, 0},
    {"an examination before the dose shares its number: the day of which?",
     {{-1, 1, 1, JE, OCT(2), .examined = true}, {2, 2, 1, JE, OCT(9)}}, {0, 1, 1, JE, OCT(10)}, false, SAME_DOUBT, 306, -1, 2},
    {"of a correction",
     {{3, 2, 2, JE, OCT(13), .corrects = true}}, {0, 2, 2, JE, OCT(14)}, false, SAME_CORRECTS, 0, 3, 0},
    {"of a correction under another number: product and day say which",
     {{3, 2, 2, JE, OCT(13), .corrects = true}}, {0, 5, 2, JE, OCT(13)}, false, SAME_CORRECTS, 0, 3, 0},
    {"a correction for another day, under another number: which of the two is right?",
     {{3, 2, 2, JE, OCT(13), .corrects = true}}, {0, 5, 2, JE, OCT(14)}, false, SAME_DOUBT, 306, 3, 1},
    {"the same correction again",
     {{3, 2, 2, JE, OCT(13), .content = "x", .corrects = true}}, {0, 2, 2, JE, OCT(13), .content = "x"}, false, SAME_DUPLICATE, 0, 3, 0},
    {"a correction that was itself corrected since, again",
     {{3, 2, 2, JE, OCT(13), .content = "x", .replaced = true}, {4, 2, 2, JE, OCT(14), .content = "y", .corrects = true}},
     {0, 2, 2, JE, OCT(13), .content = "x"}, false, SAME_DUPLICATE, 0, 3, 0},
    {"before its original: nothing was sent",
     {{0}}, {0, 1, 1, JE, OCT(2)}, false, SAME_NONE, 0, 0, 0},
    {"another 期回数 on another day was sent, not this one",
     {{1, 1, 1, JE, OCT(2)}}, {0, 2, 2, JE, OCT(30)}, false, SAME_NONE, 0, 0, 0},
    {"last autumn's dose bears the same number",
     {{1, 1, 1, INF, {2025, 10, 20}}}, {0, 2, 1, INF, OCT(15)}, false, SAME_NONE, 0, 0, 0},
    {"this autumn's does too",
     {{1, 1, 1, INF, OCT(1)}}, {0, 2, 1, INF, OCT(15)}, false, SAME_DOUBT, 306, 1, 1},
    {"its own row was returned: the dose beside it on that day is not meant",
     {{1, 1, 1, MR, OCT(2)}}, {0, 2, 1, VAR, OCT(2)}, true, SAME_NONE, 0, 0, 0},
    {"the correction before it waits and asks about a dose that the row itself says nothing of",
     {{1, 1, 1, MR, OCT(2), .in_question = true}}, {0, 2, 1, VAR, OCT(9)}, false, SAME_DOUBT, 306, 1, 1},
    {"which waits too, but product and day say that another one is meant",
     {{1, 1, 1, MR, OCT(2), .in_question = true}, {2, 5, 1, VAR, OCT(9)}}, {0, 2, 1, VAR, OCT(9)}, false, SAME_CORRECTS, 0, 2, 0},
    {"another clinic's dose is not ours to replace",
     {{1, 1, 1, MR, OCT(2), .clinic = "B"}}, {0, 1, 1, MR, OCT(2)}, false, SAME_DOUBT, 301, 1, 1},
    {"another clinic's on another day",
     {{1, 1, 1, JE, OCT(2), .clinic = "B"}}, {0, 1, 1, JE, OCT(5)}, false, SAME_NONE, 0, 0, 0},
    {"a dose from a paper, the clinic not known: it is no mere duplicate either",
     {{1, 0, 0, MR, OCT(2), .clinic = "", .provenance = PROVENANCE_FOREIGN}}, {0, 1, 1, MR, OCT(2)}, false, SAME_DOUBT, 306, 1, 1},
    {"moved onto another clinic's dose",
     {{1, 1, 1, JE, OCT(2)}, {2, 1, 1, JE, OCT(5), .clinic = "B"}}, {0, 1, 1, JE, OCT(5)}, false, SAME_DOUBT, 301, 2, 2},
    {"the day of a dose whose day was vague",
     {{1, 1, 1, JE, {2026, 10, 0}}}, {0, 3, 1, JE, OCT(5)}, false, SAME_DOUBT, 306, 1, 1},
    {"in its own row, the vague day made whole",
     {{1, 1, 1, JE, {2026, 10, 0}}}, {0, 1, 1, JE, OCT(5)}, false, SAME_CORRECTS, 0, 1, 0},
};
// clang-format on

static SamenessVerdict verdict_of(const Vector *v)
{
    KnownDose known[3], sent = dose_of(&v->sent);
    ptrdiff_t count = 0;
    while (count < 3 && v->stored[count].product) {
        known[count] = dose_of(&v->stored[count]);
        count++;
    }
    sent.corrects = true;
    sent.returned_before = v->returned_before;
    return dose_sameness(&sent, known, count);
}

static void a_correction_replaces_what_is_certain_and_asks_about_the_rest(void **state)
{
    int wrong = 0;
    (void)state;
    for (ptrdiff_t i = 0; i < countof(vectors); i++) {
        const Vector *v = &vectors[i];
        SamenessVerdict got = verdict_of(v);
        bool right = got.sameness == v->sameness && (int)got.doubt == v->doubt &&
                     got.ref == v->ref && got.doubted_count == v->doubted;
        if (!right)
            print_error("%s: sameness %d doubt %d ref %d doubted %d\n", v->why, (int)got.sameness,
                        (int)got.doubt, (int)got.ref, got.doubted_count);
        wrong += !right;
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_correction_replaces_what_is_certain_and_asks_about_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
