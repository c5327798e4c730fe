// Series that compete: every one of them is walked to its end, one of each rank is chosen, and of
// the chosen the best ones stay. (CDSi 8: select patient series.)
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "schedule_walk.h"

typedef struct Rival {
    Walk walk;  // stands at the next dose
    GroupAssessment answer;
    const Rivalry *terms;
    int satisfied, left;  // target doses
    bool all_valid;       // of the doses judged
    bool completable;     // asked only where it gives points
    bool scorable;
    Day first_valid;  // DAY_NONE: none
    Day finish;       // where completable
    int points;
} Rival;

// All that one group has walked; one group after another takes the same place.
typedef struct Rivals {
    Rival walked[RIVALS_MAX];
    int count;
} Rivals;

// Those of one rank that compete, or a part of them.
typedef struct Field {
    Rival *of[RIVALS_MAX];
    int count;
} Field;

// The one of each rank.
typedef struct Chosen {
    Rival *of_rank[RANKS_MAX + 1];
    uint32_t ranks;  // bits: where there is one
} Chosen;

static bool is_open(const Rival *rival)
{
    return rival->answer.has_next;
}

// Asks for a dose from a known day on.
static bool is_dated(const Rival *rival)
{
    return is_open(rival) && rival->answer.next.earliest != DAY_NONE;
}

static bool is_complete(const Rival *rival)
{
    return rival->answer.status == STATUS_COMPLETE;
}

static bool is_in_process(const Rival *rival)
{
    return rival->satisfied > 0 && is_open(rival);
}

// ---- What a series has come to ------------------------------------------------------------------

static void rival_count(Rival *rival)
{
    const Walk *walk = &rival->walk;
    rival->satisfied = 0;
    rival->first_valid = DAY_NONE;
    rival->all_valid = true;
    rival->completable = rival->scorable = false;
    rival->points = 0;
    for (int i = 0; i < walk->placed_count; i++) {
        if (!walk->placed[i].accepted) continue;
        if (!rival->satisfied++) rival->first_valid = walk->placed[i].given_on;
    }
    for (int i = 0; i < walk->verdict_count; i++)
        if (walk->verdicts[i].status != STATUS_VALID) rival->all_valid = false;
    rival->left = walk->series->doses.count - walk->target;
}

// The day a gap row would ask for if its reference were `from`.
static Day gap_after(const Walk *walk, const GapRow *row, Day from)
{
    const Term *term = &walk->person->schedule->terms.at[row->term];
    if (!row->term || term->op != TERM_ANCHOR || !row_applies(walk, &row->head)) return from;
    return term_after(term, from);
}

// [SELECTB-12] The earliest day, and from there the longest minimum gap that is still to come.
static Day finish_day(const Rival *rival)
{
    const Walk *walk = &rival->walk;
    const Schedule *s = walk->person->schedule;
    Day finish = rival->answer.next.earliest;
    for (int i = walk->target + 1; i < walk->series->doses.count; i++) {
        const DoseRule *dose = &s->doses.at[walk->series->doses.first + i];
        for (int g = 0; g < dose->gaps.count; g++) {
            Day day =
                gap_after(walk, &s->gap_rows.at[dose->gaps.first + g], rival->answer.next.earliest);
            if (day > finish) finish = day;
        }
    }
    return finish;
}

static void rival_finish(Rival *rival)
{
    if (!is_dated(rival)) return;
    Walk *walk = &rival->walk;
    int target = walk->target;
    walk->target = walk->series->doses.count - 1;
    Day end = term_day(walk, walk_dose(walk)->last);
    walk->target = target;
    rival->finish = finish_day(rival);
    rival->completable = end == DAY_NONE || rival->finish <= end;
}

// Walks the series to its end. A later rank may ask whether one of this rank is complete.
static Rival *rival_walked(Walk *listed, int series, Rivals *rivals)
{
    assert(rivals->count < RIVALS_MAX);
    Rival *rival = &rivals->walked[rivals->count++];
    rival->walk = *listed;
    rival->terms = &listed->person->schedule->series.at[series].rivalry;
    walk_follow(&rival->walk, series);
    group_forecast(&rival->walk, &rival->answer);
    rival->answer.kind = (SeriesKind)rival->terms->kind;
    rival_count(rival);
    if (is_complete(rival)) listed->ranks_complete |= 1u << rival->terms->rank;
    return rival;
}

// What ends the group ends every series of it, as long as it does not ask for doses.
static void ends_keep(Walk *listed)
{
    if (!listed->group->ends_steady) return;
    listed->use = USE_FORECAST;
    listed->on = listed->person->as_of;
    listed->ended = group_ended(listed, &listed->ended_row);
    listed->use = USE_JUDGE;
    listed->ends_known = true;
}

// The series of a group whose entry holds, in order of rank. One that may not yet be begun and has
// nothing to be judged is not even walked.
typedef struct Meant {
    int32_t series[RIVALS_MAX];
    int count;
} Meant;

// The person has one of the facts that the entry asks for, and it holds on the assessment day.
static bool series_meant(const Walk *listed, const SeriesRule *series)
{
    return facts_wanted(listed->person, series->wants) && condition_holds(listed, series->entry);
}

static bool is_too_young(const Walk *listed, const Rivalry *terms)
{
    Day start_from = term_day(listed, terms->start_from);
    person_turns(listed->person, start_from);
    return listed->person->as_of < start_from;
}

static void series_meant_find(Walk *listed, Meant *meant)
{
    const Schedule *s = listed->person->schedule;
    Range range = listed->group->series;
    meant->count = 0;
    listed->on = listed->person->as_of;
    for (int i = range.first; i < range.first + range.count; i++) {
        const SeriesRule *series = &s->series.at[i];
        if (!series_meant(listed, series)) continue;
        if (!listed->listed_count && is_too_young(listed, &series->rivalry)) continue;
        assert(meant->count < RIVALS_MAX);
        meant->series[meant->count++] = i;
    }
}

// What was not begun before its first day to start is left out again.
static void field_add(Walk *listed, Field *field, Rival *rival)
{
    if (rival->satisfied || !is_too_young(listed, rival->terms)) {
        field->of[field->count++] = rival;
        return;
    }
    EXPLAIN_RIVAL(&rival->walk, EXPLAIN_LEFT_OUT, 0, term_day(listed, rival->terms->start_from),
                  false);
}

// Where nothing was given and nobody is at risk, a rank with one default is its default's: the others
// cannot be scored. [SELECTSCORE-2] SERIES_NONE when that is not so.
static int32_t only_default(const Schedule *s, const int32_t *series, int count)
{
    int32_t found = SERIES_NONE;
    for (int i = 0; i < count; i++) {
        const Rivalry *terms = &s->series.at[series[i]].rivalry;
        if (terms->kind == SERIES_RISK) return SERIES_NONE;
        if (!terms->is_default) continue;
        if (found != SERIES_NONE) return SERIES_NONE;
        found = series[i];
    }
    return found;
}

// ---- Who may be scored [SELECTSCORE-2] ----------------------------------------------------------

// [SELECTB-24] Contraindicated ones are no candidates unless all are.
static void field_candidates(const Field *walked, Field *field)
{
    field->count = 0;
    for (int i = 0; i < walked->count; i++)
        if (walked->of[i]->answer.status != STATUS_CONTRAINDICATED)
            field->of[field->count++] = walked->of[i];
    if (!field->count) *field = *walked;
}

static bool standard_scorable(const Rival *rival, bool none_begun)
{
    Day start_by = term_day(&rival->walk, rival->walk.series->start_by);
    if (rival->first_valid == DAY_NONE) return none_begun;
    return start_by == DAY_NONE || rival->first_valid <= start_by;
}

static void field_scorable(const Field *walked, Field *field)
{
    bool begun = false, has_default = false;
    int32_t priority = INT32_MAX;
    for (int i = 0; i < walked->count; i++) {
        const Rival *rival = walked->of[i];
        begun = begun || rival->satisfied;
        has_default = has_default || rival->terms->is_default;
        if (rival->terms->kind == SERIES_RISK && rival->terms->priority < priority)
            priority = rival->terms->priority;
    }
    for (int i = 0; i < field->count; i++) {
        Rival *rival = field->of[i];
        switch ((SeriesKind)rival->terms->kind) {
        case SERIES_RISK: rival->scorable = rival->terms->priority == priority; break;
        case SERIES_RECORD: rival->scorable = is_complete(rival); break;
        case SERIES_ONLY:
        case SERIES_STANDARD:
            rival->scorable = standard_scorable(rival, !begun && !has_default);
            break;
        }
    }
}

// ---- Points -------------------------------------------------------------------------------------

static void field_where(const Field *field, bool (*holds)(const Rival *), Field *part)
{
    part->count = 0;
    for (int i = 0; i < field->count; i++)
        if (holds(field->of[i])) part->of[part->count++] = field->of[i];
}

typedef struct Points {
    int alone, shared, missed;
} Points;

// A property that any number of rivals may have.
static void points_for(Field *field, bool (*holds)(const Rival *), Points points)
{
    int have = 0;
    for (int i = 0; i < field->count; i++) have += holds(field->of[i]);
    for (int i = 0; i < field->count; i++) {
        int gained = have == 1 ? points.alone : points.shared;
        field->of[i]->points += holds(field->of[i]) ? gained : points.missed;
    }
}

#define NOT_RATED INT64_MIN

// The greatest rating wins; who cannot be rated misses it.
static void points_for_most(Field *field, int64_t (*rating)(const Rival *), Points points)
{
    int64_t best = NOT_RATED;
    int have = 0;
    for (int i = 0; i < field->count; i++) {
        int64_t r = rating(field->of[i]);
        if (r > best) best = r;
    }
    for (int i = 0; i < field->count; i++)
        have += best != NOT_RATED && rating(field->of[i]) == best;
    for (int i = 0; i < field->count; i++) {
        bool wins = best != NOT_RATED && rating(field->of[i]) == best;
        int gained = have == 1 ? points.alone : points.shared;
        field->of[i]->points += wins ? gained : points.missed;
    }
}

static bool is_scorable(const Rival *rival)
{
    return rival->scorable;
}

static bool is_begun(const Rival *rival)
{
    return rival->satisfied > 0;
}

static bool is_default(const Rival *rival)
{
    return rival->terms->is_default;
}

static bool is_completable(const Rival *rival)
{
    return rival->completable;
}

static bool is_product_path(const Rival *rival)
{
    return rival->terms->product_path;
}

static bool keeps_product_path(const Rival *rival)
{
    return rival->terms->product_path && rival->all_valid;
}

static int64_t most_valid(const Rival *rival)
{
    return rival->satisfied;
}

static int64_t fewest_left(const Rival *rival)
{
    return -(int64_t)rival->left;
}

static int64_t finishes_first(const Rival *rival)
{
    return rival->completable ? -(int64_t)rival->finish : NOT_RATED;
}

static int64_t starts_first(const Rival *rival)
{
    return is_dated(rival) ? -(int64_t)rival->answer.next.earliest : NOT_RATED;
}

// Highest sum; ties go to the smallest preference.
static Rival *field_winner(const Field *field)
{
    Rival *winner = NULL;
    for (int i = 0; i < field->count; i++) {
        Rival *rival = field->of[i];
        bool higher = !winner || rival->points > winner->points;
        bool tie = winner && rival->points == winner->points;
        if (higher || (tie && rival->terms->preference < winner->terms->preference)) winner = rival;
    }
    return winner;
}

// CDSi 8.4 to 8.6: which questions are asked depends on how far the rivals have come.
static Rival *field_scored(Field *scorable, Field *complete, Field *in_process)
{
    if (complete->count > 1) {
        points_for_most(complete, most_valid, (Points){1, 0, -1});
        return field_winner(complete);
    }
    Field *open = in_process->count > 1 ? in_process : scorable;
    for (int i = 0; i < open->count; i++) rival_finish(open->of[i]);
    if (in_process->count > 1) {
        points_for(in_process, keeps_product_path, (Points){2, 2, -2});
        points_for(in_process, is_completable, (Points){3, 3, -3});
        points_for_most(in_process, most_valid, (Points){2, 0, -2});
        points_for_most(in_process, fewest_left, (Points){2, 0, -2});
        points_for_most(in_process, finishes_first, (Points){1, 0, -1});
        return field_winner(in_process);
    }
    points_for_most(scorable, starts_first, (Points){1, 0, -1});
    points_for(scorable, is_completable, (Points){1, 1, -1});
    points_for(scorable, is_product_path, (Points){-1, -1, 1});
    return field_winner(scorable);
}

// CDSi 8.2: the short cuts, then the points.
static Rival *field_chosen(const Field *field)
{
    Field scorable, defaults, complete, in_process, begun;
    field_where(field, is_scorable, &scorable);
    field_where(field, is_default, &defaults);
    field_where(&scorable, is_complete, &complete);
    field_where(&scorable, is_in_process, &in_process);
    if (!scorable.count) return defaults.count == 1 ? defaults.of[0] : NULL;
    if (scorable.count == 1) return scorable.of[0];
    if (complete.count == 1) return complete.of[0];
    if (!complete.count && in_process.count == 1) return in_process.of[0];
    field_where(&scorable, is_begun, &begun);
    if (!begun.count && defaults.count == 1) return defaults.of[0];
    return field_scored(&scorable, &complete, &in_process);
}

static Rival *field_choice(const Field *walked)
{
    Field field;
    field_candidates(walked, &field);
    field_scorable(walked, &field);
    Rival *chosen = field_chosen(&field);
    for (int i = 0; i < field.count; i++)
        EXPLAIN_RIVAL(&field.of[i]->walk, EXPLAIN_SCORE, field.of[i]->points, DAY_NONE,
                      field.of[i]->scorable);
    return chosen;
}

// ---- Rank by rank -------------------------------------------------------------------------------

// The one series of a rank; NULL when none may be taken.
static Rival *rank_choice(Walk *listed, const int32_t *series, int count, Rivals *rivals)
{
    Field walked;
    walked.count = 0;
    int32_t sure = SERIES_NONE;
    if (!listed->listed_count) sure = only_default(listed->person->schedule, series, count);
    if (sure != SERIES_NONE) {
        Rival *rival = rival_walked(listed, sure, rivals);
        if (rival->answer.status != STATUS_CONTRAINDICATED) return rival;
        field_add(listed, &walked, rival);
    }
    for (int i = 0; i < count; i++)
        if (series[i] != sure) field_add(listed, &walked, rival_walked(listed, series[i], rivals));
    return walked.count ? field_choice(&walked) : NULL;
}

static void ranks_choose(const Person *person, int group, Rivals *rivals, Chosen *chosen)
{
    const SeriesRule *series = person->schedule->series.at;
    Walk listed;
    Meant meant;
    walk_list_doses(&listed, person, group);
    series_meant_find(&listed, &meant);
    ends_keep(&listed);
    rivals->count = 0;
    chosen->ranks = 0;
    for (int i = 0, end; i < meant.count; i = end) {
        int32_t rank = series[meant.series[i]].rivalry.rank;
        for (end = i + 1; end < meant.count; end++)
            if (series[meant.series[end]].rivalry.rank != rank) break;
        Rival *rival = rank_choice(&listed, &meant.series[i], end - i, rivals);
        if (!rival) continue;
        EXPLAIN_RIVAL(&rival->walk, EXPLAIN_CHOSEN, rank, DAY_NONE, true);
        chosen->of_rank[rank] = rival;
        chosen->ranks |= 1u << rank;
    }
}

// ---- The best of the chosen (CDSi 8.8) ----------------------------------------------------------

static bool equivalent_is(const Chosen *chosen, const Rival *rival, bool (*holds)(const Rival *))
{
    uint32_t ranks = (uint32_t)rival->terms->equivalent & chosen->ranks;
    for (; ranks; ranks &= ranks - 1)
        if (holds(chosen->of_rank[__builtin_ctz(ranks)])) return true;
    return false;
}

static bool is_risk(const Rival *rival)
{
    return rival->terms->kind == SERIES_RISK;
}

// Equivalence has a direction: only the ranks that this series itself names silence it.
static bool is_best(const Chosen *chosen, const Rival *rival)
{
    if (is_complete(rival)) return true;
    if (equivalent_is(chosen, rival, is_complete)) return false;
    if (rival->terms->kind == SERIES_RECORD) return false;
    return is_risk(rival) || !equivalent_is(chosen, rival, is_risk);
}

// The best of the chosen, in order of rank.
static int best_found(const Person *person, int group, GroupAssessment **best)
{
    Rivals rivals;
    Chosen chosen;
    int count = 0;
    ranks_choose(person, group, &rivals, &chosen);
    *best = ROOM(person->arena, GroupAssessment, __builtin_popcount(chosen.ranks));
    for (uint32_t ranks = chosen.ranks; ranks; ranks &= ranks - 1) {
        const Rival *rival = chosen.of_rank[__builtin_ctz(ranks)];
        bool stays = is_best(&chosen, rival);
        EXPLAIN_RIVAL(&rival->walk, EXPLAIN_BEST, 0, DAY_NONE, stays);
        if (!stays) continue;
        GroupAssessment *kept = *best + count++;
        *kept = rival->answer;
        if (kept->has_next) group_offer(&rival->walk, &kept->next);
    }
    return count;
}

// Nothing was given and no fact is known that any series asks for.
static bool nothing_meant(const Person *person, int group)
{
    return !(person->given_groups >> group & 1) &&
           !facts_wanted(person, person->schedule->groups.at[group].series_want);
}

void group_scored(const Person *person, int group, GroupAssessment *out)
{
    GroupAssessment *best;
    int count = 0, first = 0;
    if (!nothing_meant(person, group)) count = best_found(person, group, &best);
    if (!count) {
        *out =
            (GroupAssessment){.group = group, .series = SERIES_NONE, .status = STATUS_NOT_TARGET};
        return;
    }
    while (first < count - 1 && !best[first].has_next) first++;
    *out = best[best[first].has_next ? first : 0];
    out->best = best;
    out->best_count = count;
}
