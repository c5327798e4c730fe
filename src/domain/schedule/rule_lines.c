// SPDX-License-Identifier: Apache-2.0
#include "rule_lines.h"

#include "schedule_model.h"

typedef struct Listing {
    const Schedule *schedule;
    const GroupRule *group;
    RuleKind kind;  // that is asked for now
    RuleLines lines;
    Arena *arena;
} Listing;

static bool same_line(const RuleLine *a, const RuleLine *b)
{
    return a->kind == b->kind && a->by_person == b->by_person &&
           a->in_force.first == b->in_force.first && a->in_force.last == b->in_force.last &&
           str_equal(a->law, b->law) && str_equal(a->words, b->words);
}

static void line_add(Listing *l, RuleKind kind, const RowHead *head, int32_t note)
{
    const Schedule *s = l->schedule;
    RuleLine line = {.kind = kind, .in_force = {DAY_MIN, DAY_MAX}};
    if (kind != l->kind || !note) return;
    line.law = row_law(s, note);
    line.words = row_text(s, note);
    line.place = row_place(s, note);
    if (!line.law.len && !line.words.len) return;
    if (head) {
        line.by_person = (head->uses & (HEAD_FROM_TERM | HEAD_TO_TERM)) != 0;
        if (!(head->uses & HEAD_FROM_TERM)) line.in_force.first = head->from;
        if (!(head->uses & HEAD_TO_TERM) && head->to != DAY_NONE) line.in_force.last = head->to;
    }
    VEC_EACH (const RuleLine, other, l->lines)
        if (same_line(other, &line)) return;
    *rule_lines_push(&l->lines, l->arena) = line;
}

static void row_add(Listing *l, RuleKind kind, const RowHead *head)
{
    line_add(l, kind, head, head->note);
}

// Every kind of row begins with its head.
#define ROWS_ADD(l, kind, table, range)            \
    for (int32_t i_ = 0; i_ < (range).count; i_++) \
    row_add(l, kind, &(l)->schedule->table.at[(range).first + i_].head)

static void window_add(Listing *l, int32_t index)
{
    const Window *window = &l->schedule->windows.at[index];
    ROWS_ADD(l, RULE_WINDOW, window_rows, window->rows);
    ROWS_ADD(l, RULE_OPENING, opening_rows, window->openings);
}

static void dose_add(Listing *l, const DoseRule *dose, const RowHead *head)
{
    line_add(l, RULE_DOSE, head, dose->note);
    ROWS_ADD(l, RULE_GAP, gap_rows, dose->gaps);
    ROWS_ADD(l, RULE_GAP, gap_rows, dose->or_gaps);
    ROWS_ADD(l, RULE_DOSE, plain_rows, dose->skips);
    if (dose->own_products) ROWS_ADD(l, RULE_PRODUCT, product_rows, dose->products);
    for (int32_t i = 0; i < dose->cases.count; i++) {
        const CaseRow *of_case = &l->schedule->case_rows.at[dose->cases.first + i];
        row_add(l, RULE_DOSE, &of_case->head);
        dose_add(l, &l->schedule->doses.at[of_case->dose], &of_case->head);
    }
}

static void series_add(Listing *l, const SeriesRule *series)
{
    line_add(l, RULE_SERIES, NULL, series->note);
    window_add(l, series->window);
    ROWS_ADD(l, RULE_PRODUCT, offer_rows, series->offers);
    for (int32_t i = 0; i < series->doses.count; i++)
        dose_add(l, &l->schedule->doses.at[series->doses.first + i], NULL);
    if (series->further >= 0) dose_add(l, &l->schedule->doses.at[series->further], NULL);
}

// Rows between vaccines stand in a table that all groups share.
static void conflicts_add(Listing *l)
{
    const Schedule *s = l->schedule;
    for (ptrdiff_t i = 0; i < s->conflicts.count; i++) {
        const ConflictRow *row = &s->conflicts.at[i];
        if (sets_meet(&s->sets.at[row->later], &s->sets.at[l->group->products]))
            row_add(l, RULE_CONFLICT, &row->head);
    }
}

static void kind_add(Listing *l, RuleKind kind)
{
    const GroupRule *g = l->group;
    l->kind = kind;
    line_add(l, RULE_PROGRAMME, &(RowHead){.from = g->from, .to = g->to}, g->programme_note);
    ROWS_ADD(l, RULE_TARGET, target_rows, g->targets);
    for (int32_t i = 0; i < g->serves.count; i++)
        line_add(l, RULE_SERVES, NULL, l->schedule->serve_rows.at[g->serves.first + i].note);
    window_add(l, g->season);
    ROWS_ADD(l, RULE_PRODUCT, product_rows, g->product_rows);
    for (int32_t i = 0; i < g->series.count; i++)
        series_add(l, &l->schedule->series.at[g->series.first + i]);
    conflicts_add(l);
    ROWS_ADD(l, RULE_PRODUCT, mix_rows, g->mixes);
    ROWS_ADD(l, RULE_COUNTED, counted_rows, g->counted);
    line_add(l, RULE_COUNTED, NULL, g->beside_note);
    line_add(l, RULE_EXCESS, NULL, g->excess_note);
    ROWS_ADD(l, RULE_END, end_rows, g->ends);
    ROWS_ADD(l, RULE_END, barred_rows, g->barred);
    ROWS_ADD(l, RULE_LETTER, plain_rows, g->no_letter);
}

RuleLines rule_lines_of(const Schedule *schedule, int group, Arena *arena)
{
    Listing l = {.schedule = schedule, .group = &schedule->groups.at[group], .arena = arena};
    for (int kind = 0; kind < RULE_KINDS; kind++) kind_add(&l, (RuleKind)kind);
    return l.lines;
}

Str rule_law_of_dose(const Schedule *schedule, int group, int row, Day on, Arena scratch)
{
    Str own = row_law(schedule, row);
    if (own.len) return own;
    VEC_EACH (const RuleLine, line, rule_lines_of(schedule, group, &scratch))
        if (line->kind == RULE_WINDOW && !line->by_person && line->in_force.first <= on &&
            on <= line->in_force.last)
            return line->law;
    return own;
}
