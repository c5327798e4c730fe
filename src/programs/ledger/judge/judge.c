// SPDX-License-Identifier: Apache-2.0
#include "judge.h"

#include <assert.h>
#include <string.h>

// ---- products

LegalClass legal_class_of(const Schedule *schedule, int group)
{
    assert(group >= 0 && group < group_count(schedule));
    if (str_equal(group_class(schedule, group), S("A"))) return LEGAL_ROUTINE_A;
    return str_equal(group_class(schedule, group), S("B")) ? LEGAL_ROUTINE_B : LEGAL_VOLUNTARY;
}

static LegalClass class_of(const Schedule *schedule, uint64_t series)
{
    for (int g = 0; g < group_count(schedule); g++)
        if (series >> g & 1) return legal_class_of(schedule, g);
    return LEGAL_VOLUNTARY;
}

// One product of the rules that this one is, or counts for.
static void view_add(ProductView *view, const Schedule *schedule, int32_t rule)
{
    if (rule == PRODUCT_NONE) return;
    view->components |= product_components(schedule, rule);
    if (view->wants == FACT_NONE) view->wants = product_wants(schedule, rule, 0);
    view->parts[view->part_count++] = rule;
    for (int g = 0; g < group_count(schedule); g++) {
        if (!group_lists(schedule, g, rule)) continue;
        view->series |= (uint64_t)1 << g;
        view->seasonal = view->seasonal || group_has_occasion(schedule, g);
    }
}

static const char foreign_prefix[] = "CVX ";

Str foreign_product_code(Str cvx, Arena *arena)
{
    return str_format(arena, "%s%.*s", foreign_prefix, STR(cvx));
}

static ProductView view_of(const Schedule *schedule, const ForeignCodes *foreign, int32_t rule,
                           Str code)
{
    ProductView view = {.rule = rule, .wants = FACT_NONE, .legal_class = LEGAL_UNKNOWN};
    view.is_foreign = str_starts(code, str_of(foreign_prefix));
    if (!view.is_foreign) {
        view_add(&view, schedule, rule);
        if (rule != PRODUCT_NONE) view.legal_class = class_of(schedule, view.series);
        return view;
    }
    view.foreign = foreign_code_find(foreign, str_from(code, (ptrdiff_t)strlen(foreign_prefix)));
    for (int i = 0; view.foreign && i < view.foreign->product_count; i++)
        view_add(&view, schedule, product_by_id(schedule, view.foreign->products[i]));
    view.legal_class = LEGAL_VOLUNTARY;
    return view;
}

Judge judge_of(const Schedule *schedule, const Products *products, const ForeignCodes *foreign,
               Arena *arena)
{
    assert(group_count(schedule) <= 64);
    ProductView *views = NEW(arena, ProductView, products->count);
    for (int32_t n = 0; n < products->count; n++)
        views[n] = view_of(schedule, foreign, products->rule_of[n], products->code_of[n]);
    return (Judge){schedule, products, foreign, views};
}

// ---- facts

static int64_t list_bits(const Schedule *schedule, int fact, Str value)
{
    int64_t bits = 0;
    for (Cut cut = str_cut(value, ' '); cut.head.len || cut.found; cut = str_cut(cut.tail, ' '))
        bits |= fact_value_bit(schedule, fact, cut.head);
    return bits;
}

static int64_t fact_number(const Schedule *schedule, int fact, Str value)
{
    int64_t number = 0;
    Day day = DAY_NONE;
    switch (fact_kind(schedule, fact)) {
    case FACT_FLAG: return str_equal(value, S("1"));
    case FACT_LIST: return list_bits(schedule, fact, value);
    case FACT_NUMBER: return str_int64(value, &number) ? number : 0;
    case FACT_DATE: return day_read(value.at, (int)value.len, &day) ? day : 0;
    case FACT_SPAN: break;
    }
    return 0;
}

static bool speaks(const FactRow *row, Day as_of)
{
    return row->since <= as_of && (row->until == DAY_NONE || as_of <= row->until);
}

// Rows stand in order of kind and day: a later one of the same kind takes the place of the earlier.
static void take_fact(int fact, int64_t value, SubjectFact *facts, int *count)
{
    SubjectFact taken = {fact, value};
    if (*count && facts[*count - 1].fact == fact)
        facts[*count - 1] = taken;
    else
        facts[(*count)++] = taken;
}

// Of special circumstances every one counts, each for its own series.
static void take_span(const Schedule *schedule, const FactRow *row, int fact, SubjectSpan *spans,
                      int *count)
{
    int group = group_find(schedule, row->subject);
    if (group == GROUP_NONE || row->began == DAY_NONE) return;
    spans[(*count)++] = (SubjectSpan){fact, group, row->began, row->ended};
}

static void take_facts(const Schedule *schedule, const PersonRows *rows, Day as_of, Case *c,
                       Arena *arena)
{
    SubjectFact *facts = NEW(arena, SubjectFact, rows->fact_count);
    SubjectSpan *spans = NEW(arena, SubjectSpan, rows->fact_count);
    for (ptrdiff_t i = 0; i < rows->fact_count; i++) {
        const FactRow *row = &rows->facts[i];
        int fact = fact_find(schedule, row->kind);
        if (fact == FACT_NONE || !speaks(row, as_of)) continue;
        if (fact_kind(schedule, fact) == FACT_SPAN)
            take_span(schedule, row, fact, spans, &c->subject.span_count);
        else
            take_fact(fact, fact_number(schedule, fact, row->value), facts, &c->subject.fact_count);
    }
    c->subject.facts = facts;
    c->subject.spans = spans;
}

// ---- the case

SubjectSex subject_sex(int32_t registered)
{
    return registered == 1 ? SUBJECT_MALE : registered == 2 ? SUBJECT_FEMALE : SUBJECT_SEX_UNKNOWN;
}

// The last day a date may mean: intervals count from there.
static Day last_meant(PartialDate date)
{
    DaySpan span;
    if (!partial_date_span(date, &span)) return DAY_NONE;
    return span.last;
}

static ptrdiff_t entries_most(const Judge *judge, const PersonRows *rows)
{
    ptrdiff_t most = 0;
    for (ptrdiff_t i = 0; i < rows->dose_count; i++)
        most += judge->views[rows->doses[i].product_no].part_count;
    return most;
}

// Series for which a physician accepts this dose. One from abroad may be several to the engine: then it is the
// part that the series lists, or the first where it lists none.
static uint64_t accepted_for(const Judge *judge, const PersonRows *rows, const DoseRow *dose,
                             int part, Day as_of)
{
    const ProductView *view = &judge->views[dose->product_no];
    Str code = judge->products->code_of[dose->product_no];
    uint64_t groups = 0;
    for (ptrdiff_t i = 0; i < rows->fact_count; i++) {
        const FactRow *row = &rows->facts[i];
        if (!fact_accepts(row) || !speaks(row, as_of) ||
            !fact_accepts_dose(row, dose->given_on, code))
            continue;
        int group = group_find(judge->schedule, row->subject), best = 0;
        for (int k = 0; group != GROUP_NONE && k < view->part_count; k++)
            if (group_lists(judge->schedule, group, view->parts[k])) best = k;
        if (group != GROUP_NONE && part == best) groups |= (uint64_t)1 << group;
    }
    return groups;
}

// A dose from abroad may be several to the engine, all of one day and of one row.
static int take_doses(const Judge *judge, const PersonRows *rows, Day as_of, HistoryEntry *entries,
                      PartialEntry *partial, bool *vague)
{
    int n = 0;
    for (ptrdiff_t i = 0; i < rows->dose_count; i++) {
        const DoseRow *dose = &rows->doses[i];
        const ProductView *view = &judge->views[dose->product_no];
        if (!view->part_count || dose->provenance == PROVENANCE_GUARDIAN) continue;
        if (!dose->given_on.year) continue;  // not even a year: nothing can be said
        *vague = *vague || !partial_date_whole(dose->given_on);
        for (int k = 0; k < view->part_count; k++) {
            uint64_t groups = rows->fact_count ? accepted_for(judge, rows, dose, k, as_of) : 0;
            entries[n] = (HistoryEntry){
                last_meant(dose->given_on), view->parts[k], dose->funding, dose->override, i,
                .accepted_for = groups};
            partial[n++] = (PartialEntry){
                dose->given_on,        view->parts[k], dose->funding, dose->override, i,
                .accepted_for = groups};
        }
    }
    return n;
}

Case case_of(const Judge *judge, const PersonRows *rows, Day as_of, Arena *arena)
{
    assert(as_of != DAY_NONE);
    assert(rows->dose_count >= 0 && rows->fact_count >= 0);
    ptrdiff_t most = entries_most(judge, rows);
    HistoryEntry *entries = NEW(arena, HistoryEntry, most);
    PartialEntry *partial = NEW(arena, PartialEntry, most);
    Case c = {.schedule = judge->schedule,
              .vague = !partial_date_whole(rows->birth),
              .birth = rows->birth,
              .partial = partial};
    take_facts(judge->schedule, rows, as_of, &c, arena);
    c.subject.birth = last_meant(rows->birth);
    c.subject.sex = subject_sex(rows->sex);
    c.history = (History){entries, take_doses(judge, rows, as_of, entries, partial, &c.vague)};
    if (c.vague) history_sort(entries, c.history.count);
    return c;
}

Day case_last_target(const Case *c, int group, DaySpan within, Arena scratch)
{
    assert(group >= 0 && group < group_count(c->schedule));
    assert(within.first <= within.last);
    DaySpan born;
    if (!partial_date_span(c->birth, &born)) return DAY_NONE;
    Subject subject = c->subject;
    Day last = DAY_NONE;
    for (int side = 0; side < 2; side++) {
        subject.birth = side ? born.last : born.first;
        Day day = last_target_day(c->schedule, group, &subject, c->history, within, scratch);
        if (day > last) last = day;
    }
    return last;
}

bool case_span_opens(const Case *c, const SubjectSpan *span, int product, Day as_of, DaySpan *opens,
                     Arena scratch)
{
    assert(span->fact != FACT_NONE);
    assert(as_of != DAY_NONE);
    DaySpan born;
    if (!partial_date_span(c->birth, &born)) return false;
    Subject subject = c->subject;
    *opens = (DaySpan){DAY_MIN, DAY_MAX};
    for (int side = 0; side < 2; side++) {
        DaySpan one;
        subject.birth = side ? born.last : born.first;
        if (!span_opens(c->schedule, &subject, c->history, span, product, as_of, &one, scratch))
            return false;
        if (one.first > opens->first) opens->first = one.first;
        if (one.last < opens->last) opens->last = one.last;
    }
    return opens->first <= opens->last;
}

bool case_opens(const Case *c, const FactRow *circumstance, Day as_of, DaySpan *opens,
                Arena scratch)
{
    SubjectSpan span = {fact_find(c->schedule, circumstance->kind),
                        group_find(c->schedule, circumstance->subject), circumstance->began,
                        circumstance->ended};
    return span.fact != FACT_NONE && span.group != GROUP_NONE &&
           case_span_opens(c, &span, PRODUCT_NONE, as_of, opens, scratch);
}

bool case_measure(const Case *c, int group, DaySpan within, Day as_of, Measure *measure,
                  Arena scratch)
{
    assert(group >= 0 && group < group_count(c->schedule));
    return measure_holds(c->schedule, group, &c->subject, c->history, within, as_of, measure, scratch);
}

Case case_if_born(const Case *c, Day birth)
{
    assert(birth != DAY_NONE);
    CivilDate born = civil_of(birth);
    Case one = *c;
    one.birth = (PartialDate){(int16_t)born.year, (int8_t)born.month, (int8_t)born.day};
    one.subject.birth = birth;
    one.vague = false;
    for (int i = 0; i < c->history.count; i++)
        one.vague = one.vague || !partial_date_whole(c->partial[i].given_on);
    return one;
}

Assessment case_assess(const Case *c, Day as_of, Arena *arena)
{
    assert(as_of != DAY_NONE);
    if (!c->vague) return assess(c->schedule, &c->subject, c->history, as_of, arena);
    PartialSubject subject = {c->birth,         c->subject.sex,
                              c->subject.facts, c->subject.fact_count,
                              c->subject.spans, c->subject.span_count};
    return assess_partial(c->schedule, &subject, c->partial, c->history.count, as_of, arena);
}

Assessment case_assess_some(const Case *c, uint64_t groups, Day as_of, Arena *arena)
{
    GroupAssessment *some = NEW(arena, GroupAssessment, group_count(c->schedule));
    Assessment assessed = {.as_of = as_of, .groups = some}, all = {0};
    if (c->vague) all = case_assess(c, as_of, arena);
    for (int g = 0; g < group_count(c->schedule); g++) {
        if (!(groups >> g & 1)) continue;
        some[assessed.group_count++] =
            c->vague ? all.groups[g]
                     : assess_group(c->schedule, g, &c->subject, c->history, as_of, arena);
    }
    return assessed;
}

// Of one product, or of the best one where `product` is PRODUCT_NONE.
static Day safe_day(const Case *c, const Subject *subject, const GroupAssessment *assessed,
                    int product, Day as_of, Arena scratch)
{
    return product == PRODUCT_NONE
               ? last_safe(c->schedule, subject, c->history, assessed, as_of, scratch)
               : last_safe_with(c->schedule, subject, c->history, assessed, product, as_of,
                                scratch);
}

static Day earlier_safe_day(const Case *c, const GroupAssessment *assessed, int product, Day as_of,
                            Arena scratch)
{
    DaySpan born;
    if (!partial_date_span(c->birth, &born)) return DAY_NONE;
    Day late = safe_day(c, &c->subject, assessed, product, as_of, scratch);
    if (born.first == born.last) return late;
    Subject eldest = c->subject;
    eldest.birth = born.first;
    Day early = safe_day(c, &eldest, assessed, product, as_of, scratch);
    Day safe = early < late ? early : late;
    return safe < assessed->next.earliest ? DAY_NONE : safe;
}

Day case_last_safe(const Case *c, const GroupAssessment *assessed, Day as_of, Arena scratch)
{
    return earlier_safe_day(c, assessed, PRODUCT_NONE, as_of, scratch);
}

Day case_last_safe_with(const Case *c, const GroupAssessment *assessed, int product, Day as_of,
                        Arena scratch)
{
    assert(product != PRODUCT_NONE);
    return earlier_safe_day(c, assessed, product, as_of, scratch);
}

int case_safe_by_product(const Case *c, const GroupAssessment *assessed, Day as_of,
                         ProductDay days[SAFE_PRODUCTS_MAX], Arena scratch)
{
    const NextDose *next = &assessed->next;
    bool offered = next->offer_count > 1;
    int count = offered ? next->offer_count : next->last_by_product_count;
    if (count < 2 || case_last_safe(c, assessed, as_of, scratch) == DAY_NONE) return 0;
    if (count > SAFE_PRODUCTS_MAX) count = SAFE_PRODUCTS_MAX;
    for (int i = 0; i < count; i++) {
        int32_t product = offered ? next->offer[i] : next->last_by_product[i].product;
        days[i] = (ProductDay){product, earlier_safe_day(c, assessed, product, as_of, scratch)};
    }
    return count;
}

bool safe_days_differ(const ProductDay *days, int count)
{
    assert(count >= 0 && count <= SAFE_PRODUCTS_MAX);
    for (int i = 1; i < count; i++)
        if (days[i].day != days[0].day) return true;
    return false;
}

ptrdiff_t case_dose(const Case *c, const DoseVerdict *verdict)
{
    assert(verdict->entry >= 0 && verdict->entry < c->history.count);
    return (ptrdiff_t)(c->vague ? c->partial[verdict->entry].reference
                                : c->history.at[verdict->entry].reference);
}

int32_t case_entry(const Case *c, ptrdiff_t dose)
{
    assert(dose >= 0);
    for (int32_t i = 0; i < c->history.count; i++) {
        int64_t reference = c->vague ? c->partial[i].reference : c->history.at[i].reference;
        if (reference == dose) return i;
    }
    return -1;
}

uint64_t case_accepted_for(const Case *c, ptrdiff_t dose)
{
    uint64_t groups = 0;
    for (int32_t i = 0; i < c->history.count; i++) {
        int64_t reference = c->vague ? c->partial[i].reference : c->history.at[i].reference;
        if (reference != dose) continue;
        groups |= c->vague ? c->partial[i].accepted_for : c->history.at[i].accepted_for;
    }
    return groups;
}

// ---- where a dose belongs

static bool judged(const DoseVerdict *v)
{
    return v->status == STATUS_VALID || v->status == STATUS_INVALID || v->status == STATUS_COUNTED;
}

static const DoseVerdict *verdict_on(const GroupAssessment *group, int32_t entry)
{
    for (int i = 0; i < group->dose_count; i++)
        if (group->doses[i].entry == entry) return &group->doses[i];
    return NULL;
}

bool dose_is_routine(const Assessment *assessment, int32_t entry)
{
    for (int g = 0; g < assessment->group_count; g++) {
        const DoseVerdict *v = verdict_on(&assessment->groups[g], entry);
        if (v && v->status != STATUS_NOT_TARGET) return true;
    }
    return false;
}

static int ordinal_of(const GroupAssessment *group, const DoseVerdict *verdict)
{
    int n = 0;
    for (const DoseVerdict *v = group->doses; v <= verdict; v++) n += judged(v);
    return n;
}

DoseHome dose_home(const Assessment *assessment, int32_t entry)
{
    assert(entry >= -1);  // -1: it was no dose for the engine
    DoseHome home = {0};
    for (int g = 0; g < assessment->group_count; g++) {
        const GroupAssessment *group = &assessment->groups[g];
        const DoseVerdict *v = verdict_on(group, entry);
        if (!v || !judged(v)) continue;
        DoseHome here = {group, v, ordinal_of(group, v)};
        if (v->status != STATUS_INVALID) return here;
        if (!home.verdict || v->window_first > home.verdict->window_first) home = here;
    }
    return home;
}
