// SPDX-License-Identifier: Apache-2.0
#include "cdsi_score.h"

Str cdsi_status_words(Status status)
{
    switch (status) {
    case STATUS_NOT_YET:
    case STATUS_DUE:
    case STATUS_LATE: return S("Not Complete");
    case STATUS_COMPLETE: return S("Complete");
    case STATUS_IMMUNE: return S("Immune");
    case STATUS_CONTRAINDICATED: return S("Contraindicated");
    case STATUS_CLOSED: return S("Aged Out");
    case STATUS_NOT_TARGET: return S("Not Recommended");
    case STATUS_NONE:
    case STATUS_VALID:
    case STATUS_INVALID:
    case STATUS_COUNTED:
    case STATUS_REVIEW:
    case STATUS_DECLARED: break;
    }
    return S("?");
}

Str cdsi_dose_words(const Schedule *schedule, Status status)
{
    if (status == STATUS_VALID) return S("Valid");
    if (status == STATUS_INVALID) return S("Not Valid");
    return str_equal(status_text(schedule, status), S("extraneous")) ? S("Extraneous")
                                                                     : S("Sub-standard");
}

// ---- Doses --------------------------------------------------------------------------------------

static const DoseVerdict *verdict_in(const GroupAssessment *part, int entry)
{
    for (int i = 0; i < part->dose_count; i++)
        if (part->doses[i].entry == entry) return &part->doses[i];
    return NULL;
}

// Among the groups of the merge, or among all others.
static const DoseVerdict *dose_among(const Schedule *schedule, const CdsiCase *of,
                                     const Assessment *answer, int entry, bool own)
{
    const DoseVerdict *first = NULL;
    for (int g = 0; g < answer->group_count; g++) {
        const GroupAssessment *group = &answer->groups[g];
        if (merge_lists(schedule, of->merge, g) != own) continue;
        for (int b = 0; b < group->best_count; b++) {
            const DoseVerdict *verdict = verdict_in(&group->best[b], entry);
            if (!verdict) continue;
            if (verdict->status == STATUS_VALID) return verdict;
            if (!first) first = verdict;
        }
    }
    return first;
}

const DoseVerdict *cdsi_dose(const Schedule *schedule, const CdsiCase *of, const Assessment *answer,
                             int entry)
{
    const DoseVerdict *own = dose_among(schedule, of, answer, entry, true);
    return own ? own : dose_among(schedule, of, answer, entry, false);
}

static bool reason_given(const Schedule *schedule, const DoseVerdict *verdict, Str wanted)
{
    for (int i = 0; i < verdict->reason_count; i++)
        if (str_equal(reason_text(schedule, verdict->reasons[i].code), wanted)) return true;
    return !wanted.len;
}

static void doses_score(const Schedule *schedule, const CdsiCase *of, const Assessment *answer,
                        CdsiScore *score)
{
    score->doses = score->reasons = !of->dose_unknown;
    for (int i = 0; i < of->history.count; i++) {
        const DoseVerdict *verdict = cdsi_dose(schedule, of, answer, i);
        int64_t nth = of->history.at[i].reference;
        if (!verdict ||
            !str_equal(cdsi_dose_words(schedule, verdict->status), of->dose_status[nth]))
            score->doses = false;
        if (!verdict || !reason_given(schedule, verdict, of->dose_reason[nth]))
            score->reasons = false;
    }
}

// ---- The group ----------------------------------------------------------------------------------

static int forecasts_of(const CdsiCase *of, const Assessment *answer)
{
    int forecasts = 0;
    for (int i = 0; i < answer->merged_count; i++)
        forecasts += answer->merged[i].merge == of->merge;
    return forecasts;
}

int cdsi_number(const Schedule *schedule, const CdsiCase *of, const Assessment *answer,
                const MergedAssessment *got)
{
    int number = 1;
    if (forecasts_of(of, answer) < 2) return got->number;
    for (int i = 0; i < of->history.count; i++) {
        const DoseVerdict *verdict = dose_among(schedule, of, answer, i, true);
        number += verdict && verdict->status == STATUS_VALID;
    }
    return number;
}

static CdsiScore forecast_score(const Schedule *schedule, const CdsiCase *of,
                                const Assessment *answer, const MergedAssessment *got)
{
    CdsiScore score = {0};
    score.status = str_equal(cdsi_status_words(got->status), of->status);
    score.dates = score.status && (!got->has_next || (got->earliest == of->earliest &&
                                                      got->recommended == of->recommended &&
                                                      got->past_due == of->past_due));
    score.number =
        score.dates && (!got->has_next || cdsi_number(schedule, of, answer, got) == of->number);
    return score;
}

// How much of the case a forecast meets: each level stands on the one before it.
static int levels_met(CdsiScore score)
{
    return score.status + score.dates + score.number;
}

const MergedAssessment *cdsi_compared(const Schedule *schedule, const CdsiCase *of,
                                      const Assessment *answer)
{
    const MergedAssessment *best = NULL;
    int most = -1;
    for (int i = 0; i < answer->merged_count; i++) {
        const MergedAssessment *merged = &answer->merged[i];
        if (merged->merge != of->merge) continue;
        int met = levels_met(forecast_score(schedule, of, answer, merged));
        if (met > most) best = merged;
        if (met > most) most = met;
    }
    return best;
}

CdsiScore cdsi_score(const Schedule *schedule, const CdsiCase *of, const Assessment *answer)
{
    const MergedAssessment *got = cdsi_compared(schedule, of, answer);
    CdsiScore score = got ? forecast_score(schedule, of, answer, got) : (CdsiScore){0};
    doses_score(schedule, of, answer, &score);
    return score;
}
