// `cdsi`: CDC's data, CDC's cases, level by level; what differs and why.
// SPDX-License-Identifier: Apache-2.0
#include "cdsi.h"

#include <stdio.h>

#include "cdsi_score.h"
#include "commands.h"
#include "say.h"
#include "steps.h"

enum { SETS_MAX = 16 };

typedef struct SetTally {
    Str set;
    int n, status, dates, number, doses, all, reasons;
} SetTally;

typedef struct Tallies {
    SetTally at[SETS_MAX];
    int count;
} Tallies;

static SetTally *tally_of(Tallies *tallies, Str set)
{
    for (int i = 0; i < tallies->count; i++)
        if (str_equal(tallies->at[i].set, set)) return &tallies->at[i];
    if (tallies->count == SETS_MAX) return &tallies->at[SETS_MAX - 1];
    tallies->at[tallies->count] = (SetTally){.set = set};
    return &tallies->at[tallies->count++];
}

static void tally_add(SetTally *tally, CdsiScore score)
{
    tally->n++;
    tally->status += score.status;
    tally->dates += score.dates;
    tally->number += score.number;
    tally->doses += score.doses;
    tally->all += cdsi_score_all(score);
    tally->reasons += score.reasons;
}

// ---- What differs -------------------------------------------------------------------------------

static const char *day_or_dash(Day day, char text[DAY_TEXT_SIZE])
{
    return day == DAY_NONE ? "-" : day_text(day, text);
}

static void print_days(const char *label, Str status, int number, const Day days[3])
{
    char text[3][DAY_TEXT_SIZE];
    say(stdout, "  %s %.*s", label, STR(status));
    if (number)
        (void)printf(" dose %d earliest %s recommended %s past due %s", number,
                     day_or_dash(days[0], text[0]), day_or_dash(days[1], text[1]),
                     day_or_dash(days[2], text[2]));
    (void)printf("\n");
}

static void print_expected(const CdsiCase *of)
{
    print_days("expected", of->status, of->number,
               (Day[]){of->earliest, of->recommended, of->past_due});
}

static void print_got(const Schedule *schedule, const CdsiCase *of, const Assessment *a)
{
    const MergedAssessment *got = cdsi_compared(schedule, of, a);
    if (!got)
        (void)printf("  got      no best series\n");
    else if (got->has_next)
        print_days("got     ", cdsi_status_words(got->status), cdsi_number(schedule, of, a, got),
                   (Day[]){got->earliest, got->recommended, got->past_due});
    else
        print_days("got     ", cdsi_status_words(got->status), 0,
                   (Day[]){DAY_NONE, DAY_NONE, DAY_NONE});
}

// The best series of the group and the rows that decided there.
static void print_series(const Schedule *schedule, const CdsiCase *of, const Assessment *a)
{
    for (int g = 0; g < a->group_count; g++)
        for (int b = 0; merge_lists(schedule, of->merge, g) && b < a->groups[g].best_count; b++) {
            const GroupAssessment *best = &a->groups[g].best[b];
            Str group = group_id(schedule, g), series = series_id(schedule, best->series);
            Str status = cdsi_status_words(best->status);
            Str by = row_place(schedule, best->has_next ? best->next.row : best->row);
            say(stdout, "  series   %.*s / %.*s: %.*s  %.*s\n", STR(group), STR(series),
                STR(status), STR(by));
        }
}

static void print_reasons(const Schedule *schedule, const DoseVerdict *verdict)
{
    for (int i = 0; i < verdict->reason_count; i++) {
        Str text = reason_text(schedule, verdict->reasons[i].code);
        Str place = row_place(schedule, verdict->reasons[i].row);
        Str law = row_law(schedule, verdict->reasons[i].row);
        say(stdout, "; %.*s [%.*s, %.*s]", STR(text), STR(place), STR(law));
    }
}

static void print_doses(const Schedule *schedule, const CdsiCase *of, const Assessment *a)
{
    char on[DAY_TEXT_SIZE];
    for (int i = 0; i < of->history.count; i++) {
        const HistoryEntry *e = &of->history.at[i];
        const DoseVerdict *verdict = cdsi_dose(schedule, of, a, i);
        Str got = verdict ? cdsi_dose_words(schedule, verdict->status) : S("not judged");
        Str cvx = product_id(schedule, e->product);
        say(stdout, "  dose     %s CVX %.*s expected %.*s %.*s got %.*s", day_text(e->given_on, on),
            STR(cvx), STR(of->dose_status[e->reference]), STR(of->dose_reason[e->reference]),
            STR(got));
        if (verdict) print_reasons(schedule, verdict);
        (void)printf("\n");
    }
}

static void print_case(const Schedule *schedule, const CdsiCase *of, const Assessment *a)
{
    char birth[DAY_TEXT_SIZE], as_of[DAY_TEXT_SIZE];
    Str group = merge_id(schedule, of->merge);
    say(stdout, "%.*s %.*s: %.*s, born %s, assessed %s\n", STR(of->id), STR(group), STR(of->name),
        day_text(of->subject.birth, birth), day_text(of->as_of, as_of));
    print_expected(of);
    print_got(schedule, of, a);
    print_series(schedule, of, a);
    print_doses(schedule, of, a);
}

// ---- The command --------------------------------------------------------------------------------

static void print_tallies(const Tallies *tallies, bool report)
{
    (void)printf("set,n,A,B,C,D,all\n");
    for (int i = 0; i < tallies->count; i++) {
        const SetTally *t = &tallies->at[i];
        say(stdout, "%.*s,%d,%d,%d,%d,%d,%d\n", STR(t->set), t->n, t->status, t->dates, t->number,
            t->doses, t->all);
    }
    for (int i = 0; report && i < tallies->count; i++)
        say(stdout, "%.*s: all reasons named in %d of %d\n", STR(tallies->at[i].set),
            tallies->at[i].reasons, tallies->at[i].n);
}

static bool case_explained(const Schedule *schedule, const CdsiCases *cases, Str id, Arena *arena,
                           Error *err)
{
    VEC_EACH (CdsiCase, c, *cases) {
        if (!str_equal(c->id, id)) continue;
        Assessment a = assess(schedule, &c->subject, c->history, c->as_of, arena);
        for (int g = 0; g < group_count(schedule); g++) {
            Explanation explanation = {0};
            if (!merge_lists(schedule, c->merge, g)) continue;
            (void)assess_explained(schedule, g, &c->subject, c->history, c->as_of, &explanation,
                                   arena);
            steps_print(schedule, c->history, &explanation);
        }
        print_case(schedule, c, &a);
        return true;
    }
    return FAIL(err, E_NOT_FOUND, .value = id,
                .words = S("その番号の事例はありません。番号を確かめてください。"));
}

static void tell_unknown(const CdsiUnknown *unknown)
{
    if (unknown->observations.len)
        say(stderr, "支援データにない観察コードは数えませんでした: %.*s\n",
            STR(text_str(&unknown->observations)));
    if (unknown->products.len)
        say(stderr, "支援データにないCVXの接種は判定していません: %.*s\n",
            STR(text_str(&unknown->products)));
}

static bool cdsi(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    const Schedule *schedule;
    CdsiCases cases = {0};
    CdsiUnknown unknown = {0};
    Tallies tallies = {0};
    bool report = option_given(line, "report") != NULL;
    if (!cdsi_load(str_z(arena, line->data_dir), arena, &schedule, err)) return false;
    if (!cdsi_cases_read(str_z(arena, option_text(line, "cases")), schedule, arena, &cases,
                         &unknown, err))
        return false;
    tell_unknown(&unknown);
    if (option_given(line, "explain"))
        return case_explained(schedule, &cases, option_text(line, "explain"), arena, err);
    if (!cases.count) *status = EXIT_ATTENTION;  // a file without a case proves nothing
    VEC_EACH (CdsiCase, c, cases) {
        Arena scratch = *arena;
        Assessment a = assess(schedule, &c->subject, c->history, c->as_of, &scratch);
        CdsiScore score = cdsi_score(schedule, c, &a);
        tally_add(tally_of(&tallies, c->set), score);
        if (cdsi_score_all(score)) continue;
        *status = EXIT_ATTENTION;
        if (report) print_case(schedule, c, &a);
    }
    print_tallies(&tallies, report);
    return true;
}

static const Option options[] = {
    {OPTION_PLACE, "cases", "FILE.csv", "米国CDCの公表事例", false, true},
    {OPTION_FLAG, "report", NULL, "合わない事例を、期待と結果と規則とともに示す", false, false},
    {OPTION_TEXT, "explain", "CASE", "一つの事例について、調べた規則をすべて示す", false, false},
    {OPTION_END},
};

const Command command_cdsi = {
    "cdsi", "", 0, 0,
    "米国CDCの支援データ (--data) と公表事例で判定を確かめる (予測が二つある群は、どちらかが事例と全項目で一致すればよい)",
    options, cdsi};
