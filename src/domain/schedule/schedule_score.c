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
    bool completable;
    bool scorable;
    Day first_valid;  // DAY_NONE: none
    Day finish;       // where completable
    int points;
} Rival;

typedef struct Rivals {
    Rival *at;
    int count;
} Rivals;

static bool is_open(const Rival *rival)
{
    return rival->answer.has_next;
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
    rival->first_valid = DAY_NONE;
    rival->all_valid = true;
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
    if (!is_open(rival)) return;
    Walk last = rival->walk;
    last.target = last.series->doses.count - 1;
    const DoseRule *dose = walk_dose(&last);
    Day end = term_day(&last, dose->last);
    rival->finish = finish_day(rival);
    rival->completable = end == DAY_NONE || rival->finish <= end;
}

// Follows every series whose entry holds, in order of rank: a later rank may ask whether an earlier
// one is complete. A series not begun before its first day to start is left out again.
static Rivals rivals_walked(const Person *person, int group)
{
    const Schedule *s = person->schedule;
    Range range = s->groups.at[group].series;
    Walk listed;
    walk_list_doses(&listed, person, group);
    Rivals rivals = {NEW(person->arena, Rival, range.count), 0};
    for (int i = range.first; i < range.first + range.count; i++) {
        const Rivalry *terms = &s->series.at[i].rivalry;
        if (!series_meant(&listed, i)) continue;
        Rival *rival = &rivals.at[rivals.count];
        *rival = (Rival){.walk = listed, .terms = terms};
        walk_follow(&rival->walk, i);
        group_forecast(&rival->walk, &rival->answer);
        rival->answer.kind = (SeriesKind)terms->kind;
        rival_count(rival);
        rival_finish(rival);
        if (is_complete(rival)) listed.ranks_complete |= 1u << terms->rank;
        Day start_from = term_day(&rival->walk, terms->start_from);
        if (rival->satisfied || person->as_of >= start_from) rivals.count++;
    }
    return rivals;
}

// ---- Who may be scored [SELECTSCORE-2] ----------------------------------------------------------

// One rank at a time: `of` are the rivals of that rank.
typedef struct Field {
    Rival *of[DOSES_MAX];
    int count;
} Field;

static Field field_of_rank(const Rivals *rivals, int rank)
{
    Field field = {0};
    bool all_contraindicated = true;
    for (int i = 0; i < rivals->count; i++) {
        if (rivals->at[i].terms->rank != rank) continue;
        assert(field.count < (int)countof(field.of));
        field.of[field.count++] = &rivals->at[i];
        if (rivals->at[i].answer.status != STATUS_CONTRAINDICATED) all_contraindicated = false;
    }
    // [SELECTB-24] Contraindicated ones are no candidates unless all are.
    int kept = 0;
    for (int i = 0; i < field.count && !all_contraindicated; i++)
        if (field.of[i]->answer.status != STATUS_CONTRAINDICATED) field.of[kept++] = field.of[i];
    if (!all_contraindicated) field.count = kept;
    return field;
}

static bool standard_scorable(const Rival *rival, bool none_begun)
{
    Day start_by = term_day(&rival->walk, rival->walk.series->start_by);
    if (rival->first_valid == DAY_NONE) return none_begun;
    return start_by == DAY_NONE || rival->first_valid <= start_by;
}

static void field_scorable(const Rivals *rivals, int rank, Field *field)
{
    bool begun = false, has_default = false;
    int32_t priority = INT32_MAX;
    for (int i = 0; i < rivals->count; i++) {
        const Rival *rival = &rivals->at[i];
        if (rival->terms->rank != rank) continue;
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

static Field field_where(const Field *field, bool (*holds)(const Rival *))
{
    Field part = {0};
    for (int i = 0; i < field->count; i++)
        if (holds(field->of[i])) part.of[part.count++] = field->of[i];
    return part;
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
    return is_open(rival) ? -(int64_t)rival->answer.next.earliest : NOT_RATED;
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

// The one series of a rank; NULL when none may be taken.
static Rival *rank_chosen(const Rivals *rivals, int rank)
{
    Field field = field_of_rank(rivals, rank);
    if (!field.count) return NULL;
    field_scorable(rivals, rank, &field);
    Field scorable = field_where(&field, is_scorable), defaults = field_where(&field, is_default);
    Field complete = field_where(&scorable, is_complete);
    Field in_process = field_where(&scorable, is_in_process);
    if (!scorable.count) return defaults.count == 1 ? defaults.of[0] : NULL;
    if (scorable.count == 1) return scorable.of[0];
    if (complete.count == 1) return complete.of[0];
    if (!complete.count && in_process.count == 1) return in_process.of[0];
    if (!complete.count && !in_process.count && defaults.count == 1) return defaults.of[0];
    return field_scored(&scorable, &complete, &in_process);
}

// ---- The best of the chosen (CDSi 8.8) ----------------------------------------------------------

typedef struct Chosen {
    Rival *of_rank[RANKS_MAX + 1];
} Chosen;

static bool equivalent_is(const Chosen *chosen, const Rival *rival, bool (*holds)(const Rival *))
{
    for (int rank = 1; rank <= RANKS_MAX; rank++)
        if ((uint32_t)rival->terms->equivalent >> rank & 1 && chosen->of_rank[rank] &&
            holds(chosen->of_rank[rank]))
            return true;
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

void group_scored(const Person *person, int group, GroupAssessment *out)
{
    Rivals rivals = rivals_walked(person, group);
    Chosen chosen = {0};
    GroupAssessment *best = NEW(person->arena, GroupAssessment, rivals.count);
    int count = 0, first = 0;
    for (int rank = 1; rank <= RANKS_MAX; rank++) chosen.of_rank[rank] = rank_chosen(&rivals, rank);
    for (int rank = 1; rank <= RANKS_MAX; rank++)
        if (chosen.of_rank[rank] && is_best(&chosen, chosen.of_rank[rank]))
            best[count++] = chosen.of_rank[rank]->answer;
    *out = (GroupAssessment){.group = group, .series = SERIES_NONE, .status = STATUS_NOT_TARGET};
    if (!count) return;
    while (first < count - 1 && !best[first].has_next) first++;
    *out = best[best[first].has_next ? first : 0];
    out->best = best;
    out->best_count = count;
}
