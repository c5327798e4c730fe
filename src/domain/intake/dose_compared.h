// Two records of one person side by side. Internal to the comparison of doses and of corrections.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_sameness.h"

typedef struct Compared {
    const KnownDose *in, *old;
} Compared;

typedef struct Known {
    const KnownDose *at;
    ptrdiff_t count;
    const KnownDose *except;  // the one that is being corrected
} Known;

// Of a row that corrects nothing, and of one that carries 訂正.
SamenessVerdict sameness_of_fresh(const KnownDose *in, Known known);
SamenessVerdict sameness_of_correction(const KnownDose *in, Known known);

static inline bool same_date(PartialDate a, PartialDate b)
{
    return a.year && partial_date_equal(a, b);
}

static inline bool same_clinic(Compared c)
{
    return c.in->clinic.len && str_equal(c.in->clinic, c.old->clinic);
}

static inline bool sent_by_this_clinic(Compared c)
{
    return c.old->provenance == PROVENANCE_CLINIC && same_clinic(c);
}

static inline bool same_row_again(Compared c)
{
    return c.in->month && c.in->month == c.old->month && same_clinic(c) && c.in->row_no.len &&
           str_equal(c.in->row_no, c.old->row_no);
}

static inline bool says_the_same(Compared c)
{
    return c.in->content.len && str_equal(c.in->content, c.old->content);
}

static inline bool same_product_and_date(Compared c)
{
    return c.in->product == c.old->product && same_date(c.in->given_on, c.old->given_on);
}

static inline bool same_claimed_dose(Compared c)
{
    ClaimedDose in = c.in->claimed_dose, old = c.old->claimed_dose;
    return c.in->claim_known && c.old->claim_known && in.kind == old.kind &&
           in.number == old.number && in.period == old.period;
}

// The same dose of the same product, as the clinic counts.
static inline bool same_claim(Compared c)
{
    return c.in->product == c.old->product && same_claimed_dose(c);
}

static inline bool share_series(Compared c)
{
    return (c.in->series & c.old->series) != 0;
}

// M and R given singly share their series and nothing else: two records of one MR dose.
static inline bool share_components(Compared c)
{
    return (c.in->components & c.old->components) != 0;
}

static inline bool one_series(Compared c)
{
    return share_series(c) && share_components(c);
}
