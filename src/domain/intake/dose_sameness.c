// SPDX-License-Identifier: Apache-2.0
#include "dose_sameness.h"

enum { NEAR_DAYS = 3 };

typedef struct Compared {
    const KnownDose *in, *old;
} Compared;

static bool same_date(PartialDate a, PartialDate b)
{
    return a.year && partial_date_equal(a, b);
}

static bool both_whole(Compared c)
{
    return partial_date_whole(c.in->given_on) && partial_date_whole(c.old->given_on);
}

static Day day_in(PartialDate date)
{
    return day_of(date.year, date.month, date.day);
}

// Equal, or one of them not known.
static bool agrees(Str a, Str b)
{
    return !a.len || !b.len || str_equal(a, b);
}

static bool same_clinic(Compared c)
{
    return c.in->clinic.len && str_equal(c.in->clinic, c.old->clinic);
}

static bool share_series(Compared c)
{
    return (c.in->series & c.old->series) != 0;
}

// M and R given singly share their series and nothing else: two records of one MR dose.
static bool share_components(Compared c)
{
    return (c.in->components & c.old->components) != 0;
}

static bool one_series(Compared c)
{
    return share_series(c) && share_components(c);
}

static bool one_contains_the_other(Compared c)
{
    uint64_t shared = c.in->components & c.old->components;
    bool contains = shared == c.in->components || shared == c.old->components;
    return shared && contains && c.in->components != c.old->components;
}

static bool from_elsewhere(const KnownDose *dose)
{
    return dose->provenance >= PROVENANCE_OTHER_CITY;
}

// ---- one of the verdicts of 5.6 each

static bool same_row_again(Compared c)
{
    return c.in->month && c.in->month == c.old->month && same_clinic(c) && c.in->row_no.len &&
           str_equal(c.in->row_no, c.old->row_no);
}

static bool says_the_same(Compared c)
{
    return c.in->content.len && str_equal(c.in->content, c.old->content);
}

static bool same_product_and_date(Compared c)
{
    return c.in->product == c.old->product && same_date(c.in->given_on, c.old->given_on);
}

static bool is_duplicate(Compared c)
{
    if (same_row_again(c) && says_the_same(c)) return true;
    return same_product_and_date(c) && agrees(c.in->clinic, c.old->clinic) &&
           agrees(c.in->lot, c.old->lot);
}

static bool date_within(Compared c)
{
    DaySpan in, old;
    bool vague = partial_date_whole(c.in->given_on) != partial_date_whole(c.old->given_on);
    if (!vague || c.in->product != c.old->product) return false;
    if (!partial_date_span(c.in->given_on, &in) || !partial_date_span(c.old->given_on, &old))
        return false;
    bool holds_old = in.first <= old.first && old.last <= in.last;
    bool holds_in = old.first <= in.first && in.last <= old.last;
    return holds_old || holds_in;
}

static bool combination_and_component(Compared c)
{
    return same_date(c.in->given_on, c.old->given_on) && c.in->product != c.old->product &&
           one_contains_the_other(c);
}

static bool other_product_on_one_day(Compared c)
{
    return same_date(c.in->given_on, c.old->given_on) && c.in->product != c.old->product &&
           share_components(c);
}

static bool near_day(Compared c)
{
    if (!one_series(c) || !both_whole(c)) return false;
    if (!from_elsewhere(c.in) && !from_elsewhere(c.old)) return false;
    Day days = day_in(c.in->given_on) - day_in(c.old->given_on);
    return days != 0 && days >= -NEAR_DAYS && days <= NEAR_DAYS;
}

static bool date_slipped(Compared c)
{
    if (!one_series(c) || !both_whole(c)) return false;
    PartialDate a = c.in->given_on, b = c.old->given_on;
    bool seasonal = c.in->seasonal && c.old->seasonal;
    bool year_apart =
        a.month == b.month && a.day == b.day && (a.year - b.year == 1 || b.year - a.year == 1);
    bool exchanged = a.year == b.year && a.month == b.day && a.day == b.month && a.month != a.day;
    return (year_apart && !seasonal) || exchanged;
}

static bool sent_by_this_clinic(Compared c)
{
    return c.old->provenance == PROVENANCE_CLINIC && same_clinic(c);
}

static bool sent_for_this_day(Compared c)
{
    return sent_by_this_clinic(c) && same_product_and_date(c);
}

// The same row of the same month, with a wrong product or a wrong day before.
static bool sent_in_this_row(Compared c)
{
    bool one_item_changed =
        c.in->product == c.old->product || same_date(c.in->given_on, c.old->given_on);
    return sent_by_this_clinic(c) && same_row_again(c) && one_item_changed;
}

typedef struct Rule {
    bool (*holds)(Compared c);
    Sameness sameness;
    SamenessDoubt doubt;
} Rule;

// First match wins; each rule is asked of every known dose before the next one, so that a doubt about
// one dose never hides a duplicate of another.
// clang-format off
static const Rule dose_rules[] = {
    {is_duplicate,              SAME_DUPLICATE, DOUBT_NONE         },
    {date_within,               SAME_DUPLICATE, DOUBT_NONE         },
    {same_product_and_date,     SAME_DOUBT,     DOUBT_LOT_OR_CLINIC},
    {combination_and_component, SAME_DOUBT,     DOUBT_COMBINATION  },
    {other_product_on_one_day,  SAME_DOUBT,     DOUBT_PRODUCT      },
    {near_day,                  SAME_DOUBT,     DOUBT_NEAR_DAY     },
    {date_slipped,              SAME_DOUBT,     DOUBT_DATE_SLIP    },
};
// clang-format on

static SamenessVerdict verdict_on(const Rule *rule, const KnownDose *in, const KnownDose *old)
{
    bool completes = partial_date_whole(in->given_on) && !partial_date_whole(old->given_on);
    bool same = rule->sameness == SAME_DUPLICATE;
    return (SamenessVerdict){
        .sameness = rule->sameness,
        .doubt = rule->doubt,
        .ref = old->ref,
        .fills = same && (in->provenance < old->provenance || completes),
        .claim_attaches = same && !old->claimed,
    };
}

typedef struct Known {
    const KnownDose *at;
    ptrdiff_t count;
    const KnownDose *except;  // the one that is being corrected
} Known;

static SamenessVerdict first_verdict(const KnownDose *in, Known known)
{
    // What was not given is the same only as a second report of itself.
    ptrdiff_t rule_count = in->given ? countof(dose_rules) : 1;
    for (ptrdiff_t r = 0; r < rule_count; r++) {
        for (ptrdiff_t i = 0; i < known.count; i++) {
            const KnownDose *old = &known.at[i];
            if (old == known.except || old->given != in->given) continue;
            if (dose_rules[r].holds((Compared){in, old}))
                return verdict_on(&dose_rules[r], in, old);
        }
    }
    return (SamenessVerdict){.sameness = SAME_NONE};
}

static const KnownDose *find_sent(bool (*sent)(Compared c), const KnownDose *in, Known known,
                                  bool *several)
{
    const KnownDose *found = NULL;
    for (ptrdiff_t i = 0; i < known.count; i++) {
        if (!sent((Compared){in, &known.at[i]})) continue;
        if (found) {
            *several = true;
        } else {
            found = &known.at[i];
        }
    }
    return found;
}

static SamenessVerdict correct(const KnownDose *in, Known known)
{
    bool several = false;
    const KnownDose *old = find_sent(sent_for_this_day, in, known, &several);
    bool moved = !old;
    if (moved) old = find_sent(sent_in_this_row, in, known, &several);
    if (!old) return first_verdict(in, known);
    if (several) {
        return (SamenessVerdict){
            .sameness = SAME_DOUBT, .doubt = DOUBT_LOT_OR_CLINIC, .ref = old->ref};
    }
    if (says_the_same((Compared){in, old}))
        return (SamenessVerdict){.sameness = SAME_DUPLICATE, .ref = old->ref};
    // Under another day or product it may meet a dose that it did not meet before.
    known.except = old;
    SamenessVerdict beside = moved ? first_verdict(in, known) : (SamenessVerdict){0};
    if (beside.sameness != SAME_NONE) return beside;
    return (SamenessVerdict){.sameness = SAME_CORRECTS, .ref = old->ref};
}

SamenessVerdict dose_sameness(const KnownDose *incoming, bool corrects, const KnownDose *known,
                              ptrdiff_t count)
{
    Known all = {.at = known, .count = count};
    return corrects ? correct(incoming, all) : first_verdict(incoming, all);
}
