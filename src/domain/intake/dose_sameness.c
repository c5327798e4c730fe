// SPDX-License-Identifier: Apache-2.0
#include "dose_compared.h"

enum { NEAR_DAYS = 3 };

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

// The row as it was before this clinic corrected it, arriving late.
static bool corrected_since(Compared c)
{
    return c.old->corrects && sent_by_this_clinic(c) && same_row_again(c) && same_claim(c) &&
           !same_date(c.in->given_on, c.old->given_on);
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
    {corrected_since,           SAME_DOUBT,     DOUBT_CORRECTION   },
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
        .doubted = {old->ref},
        .doubted_count = rule->sameness == SAME_DOUBT,
        .fills = same && (in->provenance < old->provenance || completes),
        .claim_attaches = same && !old->claimed,
    };
}

SamenessVerdict sameness_of_fresh(const KnownDose *in, Known known)
{
    // What was not given is the same only as a second report of itself.
    ptrdiff_t rule_count = in->given ? countof(dose_rules) : 1;
    for (ptrdiff_t r = 0; r < rule_count; r++) {
        for (ptrdiff_t i = 0; i < known.count; i++) {
            const KnownDose *old = &known.at[i];
            if (old == known.except || old->replaced || old->given != in->given) continue;
            if (dose_rules[r].holds((Compared){in, old}))
                return verdict_on(&dose_rules[r], in, old);
        }
    }
    return (SamenessVerdict){.sameness = SAME_NONE};
}

// A second report of what stood once and was replaced: it must not come back.
static const KnownDose *replaced_since(const KnownDose *in, Known known)
{
    for (ptrdiff_t i = 0; i < known.count; i++)
        if (known.at[i].replaced && says_the_same((Compared){in, &known.at[i]}))
            return &known.at[i];
    return NULL;
}

static bool stands_now(const KnownDose *in, Known known)
{
    for (ptrdiff_t i = 0; i < known.count; i++) {
        Compared c = {in, &known.at[i]};
        if (!c.old->replaced && c.old->given == in->given && same_product_and_date(c)) return true;
    }
    return false;
}

const KnownDose *dose_ended(const KnownDose *incoming, const KnownDose *known, ptrdiff_t count)
{
    if (stands_now(incoming, (Known){.at = known, .count = count})) return NULL;
    for (ptrdiff_t i = count; i--;) {  // the newest first
        Compared c = {incoming, &known[i]};
        bool one_kind = c.old->replaced && c.old->given == incoming->given;
        if (one_kind && sent_by_this_clinic(c) && same_product_and_date(c) && str_equal(incoming->lot, c.old->lot))
            return c.old;
    }
    return NULL;
}

SamenessVerdict dose_sameness(const KnownDose *incoming, const KnownDose *known, ptrdiff_t count)
{
    Known all = {.at = known, .count = count};
    const KnownDose *once = replaced_since(incoming, all);
    if (once)
        return (SamenessVerdict){
            .sameness = SAME_DUPLICATE, .ref = once->ref, .ended = !stands_now(incoming, all)};
    return incoming->corrects ? sameness_of_correction(incoming, all)
                              : sameness_of_fresh(incoming, all);
}

bool dose_same_content(const KnownDose *incoming, const KnownDose *known, ptrdiff_t count)
{
    for (ptrdiff_t i = 0; i < count; i++)
        if (says_the_same((Compared){incoming, &known[i]})) return true;
    return false;
}
