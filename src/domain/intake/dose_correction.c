// What a row with 訂正 replaces.
// SPDX-License-Identifier: Apache-2.0
#include "dose_compared.h"

enum { SEASON_DAYS = 180 };

// ---- certain: product and day; else row number, product and claimed dose

static bool for_this_day(Compared c)
{
    return sent_by_this_clinic(c) && same_product_and_date(c);
}

// An examination and the dose that followed it may stand on one day.
static bool for_this_day_alike(Compared c)
{
    return for_this_day(c) && c.in->given == c.old->given;
}

static bool in_this_row(Compared c)
{
    return sent_by_this_clinic(c) && same_row_again(c) && same_claim(c);
}

// ---- perhaps

static bool sent_as_this_dose(Compared c)
{
    return sent_by_this_clinic(c) && same_claim(c);
}

// The same 期回数 of another autumn is another dose.
static bool of_another_season(Compared c)
{
    DaySpan in, old;
    if (!c.in->seasonal || !partial_date_span(c.in->given_on, &in) ||
        !partial_date_span(c.old->given_on, &old))
        return false;
    return in.first - old.last > SEASON_DAYS || old.first - in.last > SEASON_DAYS;
}

// Anything of this clinic's that the row may be meant to replace: of that row, of that day, or under that
// 期回数 of the series; and whatever the correction before it, which still waits, may have meant.
static bool perhaps_meant(Compared c)
{
    if (c.old->in_question) return true;
    if (!sent_by_this_clinic(c)) return false;
    return same_row_again(c) || same_date(c.in->given_on, c.old->given_on) ||
           (one_series(c) && same_claimed_dose(c) && !of_another_season(c));
}

typedef struct Found {
    const KnownDose *first;
    ptrdiff_t count;
} Found;

static Found find(bool (*holds)(Compared c), const KnownDose *in, Known known)
{
    Found found = {0};
    for (ptrdiff_t i = 0; i < known.count; i++) {
        const KnownDose *old = &known.at[i];
        if (old == known.except || old->replaced || !holds((Compared){in, old})) continue;
        if (!found.count++) found.first = old;
    }
    return found;
}

static void doubt_also(SamenessVerdict *verdict, int64_t ref)
{
    for (int32_t i = 0; i < verdict->doubted_count; i++)
        if (verdict->doubted[i] == ref) return;
    if (verdict->doubted_count < SAMENESS_REFS_MAX)
        verdict->doubted[verdict->doubted_count++] = ref;
}

// For a person, with everything that may be meant; `first` and `second` may be NULL.
static SamenessVerdict doubtful(const KnownDose *in, Known known, const KnownDose *first,
                                const KnownDose *second)
{
    SamenessVerdict verdict = {.sameness = SAME_DOUBT, .doubt = DOUBT_CORRECTION};
    if (first) doubt_also(&verdict, first->ref);
    if (second) doubt_also(&verdict, second->ref);
    for (ptrdiff_t i = 0; i < known.count; i++) {
        const KnownDose *old = &known.at[i];
        if (!old->replaced && perhaps_meant((Compared){in, old})) doubt_also(&verdict, old->ref);
    }
    verdict.ref = verdict.doubted[0];
    return verdict;
}

// Nothing of this clinic's is meant: like any other row, but that a likeness is never merely a duplicate,
// for the row says that something must change.
static SamenessVerdict like_any_other(const KnownDose *in, Known known)
{
    SamenessVerdict verdict = sameness_of_fresh(in, known);
    if (verdict.sameness != SAME_DUPLICATE) return verdict;
    return (SamenessVerdict){.sameness = SAME_DOUBT,
                             .doubt = DOUBT_CORRECTION,
                             .ref = verdict.ref,
                             .doubted = {verdict.ref},
                             .doubted_count = 1};
}

// Where `target` was sent as another 期回数, or moves to another day, no other dose may be the one meant.
static const KnownDose *rival_of(const KnownDose *target, bool moves, const KnownDose *in,
                                 Known known)
{
    if (!moves && same_claimed_dose((Compared){in, target})) return NULL;
    known.except = target;
    return find(sent_as_this_dose, in, known).first;
}

static SamenessVerdict replace(const KnownDose *target, bool moves, const KnownDose *in,
                               Known known)
{
    if (says_the_same((Compared){in, target}))
        return (SamenessVerdict){.sameness = SAME_DUPLICATE, .ref = target->ref};
    const KnownDose *rival = rival_of(target, moves, in, known);
    if (rival) return doubtful(in, known, target, rival);
    if (moves) {
        // On another day it may meet a dose that it did not meet before.
        known.except = target;
        SamenessVerdict beside = like_any_other(in, known);
        doubt_also(&beside, target->ref);
        if (beside.sameness != SAME_NONE) return beside;
    }
    return (SamenessVerdict){.sameness = SAME_CORRECTS, .ref = target->ref};
}

SamenessVerdict sameness_of_correction(const KnownDose *in, Known known)
{
    Found found = find(for_this_day, in, known);
    if (found.count > 1) {
        Found alike = find(for_this_day_alike, in, known);
        if (alike.count != 1) return doubtful(in, known, found.first, NULL);
        found = alike;
    }
    if (found.count) return replace(found.first, false, in, known);
    found = find(in_this_row, in, known);
    if (found.count) return replace(found.first, true, in, known);
    if (!in->returned_before && find(perhaps_meant, in, known).count)
        return doubtful(in, known, NULL, NULL);
    return like_any_other(in, known);
}
