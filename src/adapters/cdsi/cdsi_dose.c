// seriesDose: one row of a series with its ages, gaps, vaccines and skips (CDSi 6).
// SPDX-License-Identifier: Apache-2.0
#include "cdsi_reader.h"

#include <assert.h>
#include <string.h>

int32_t cdsi_note(CdsiReader *r, const DosePlace *place, const char *part, const char *rule,
                  Str words)
{
    assert(place->number > 0);
    assert(place->series.len > 0);
    // Rows are named in verdicts by 16 bits.
    if (r->builder.rules.notes.count >= INT16_MAX) {
        xml_fault(r, NULL, "規則の行が多すぎます。");
        return 0;
    }
    Str text = str_format(r->arena, "%.*s / Dose %d%s%s", STR(place->series), place->number,
                          part[0] ? " / " : "", part);
    return builder_note(&r->builder, text, str_of(rule), words);
}

// Whether one age lies before the other, tried for somebody born on 1 January 2001.
static bool ages_ordered(const CdsiReader *r, int32_t first, int32_t last)
{
    const Term *a = &r->builder.rules.terms.at[first], *b = &r->builder.rules.terms.at[last];
    Day birth = day_of(2001, 1, 1);
    if (!first || !last) return true;
    return month_add(birth, a->months, MONTHS_OVERFLOW) + a->days <=
           month_add(birth, b->months, MONTHS_OVERFLOW) + b->days;
}

// ---- Ages ---------------------------------------------------------------------------------------

static void age_row_read(CdsiReader *r, Node *node, DoseRule *dose)
{
    xml_known(r, node,
              "absMinAge minAge earliestRecAge latestRecAge maxAge effectiveDate "
              "cessationDate");
    dose->grace = xml_age(r, node, "absMinAge", 0);
    dose->first = xml_age(r, node, "minAge", 0);
    dose->last = xml_age(r, node, "maxAge", -1);
    dose->standard_from = xml_age(r, node, "earliestRecAge", 0);
    dose->standard_to = xml_age(r, node, "latestRecAge", -1);
    dose->standard_written =
        (dose->standard_from ? STANDARD_FROM : 0) | (dose->standard_to ? STANDARD_TO : 0);
    if (!ages_ordered(r, dose->grace, dose->first))
        xml_fault(r, node, "絶対最低年齢が最低年齢より後です。");
    if (!ages_ordered(r, dose->first, dose->last) || !ages_ordered(r, dose->grace, dose->last))
        xml_fault(r, node, "最高年齢が最低年齢より前です。");
}

// One row: the dose itself. Rows with days: the same dose once for each of them.
static void ages_read(CdsiReader *r, Node *node, const DosePlace *place, DoseRule *dose)
{
    CaseRows cases = {0};
    EACH_CHILD(child, node)
    {
        if (!xml_named(child, "age") || !xml_first(child) || r->failed) continue;
        DoseRule aged = *dose;
        age_row_read(r, child, &aged);
        RowHead head = xml_head(r, child, cdsi_note(r, place, "age", "CDSi 6.4", (Str){0}));
        VEC_EACH (CaseRow, other, cases)
            if (head.from <= other->head.to && other->head.from <= head.to)
                xml_fault(r, child, "同じ日に二つの年齢の行が有効です。");
        *case_rows_push(&cases, r->arena) =
            (CaseRow){head, builder_add_doses(&r->builder, &aged, 1).first};
        if (head.from == DAY_MIN && head.to == DAY_MAX) *dose = aged;
    }
    bool always =
        cases.count == 1 && cases.at[0].head.from == DAY_MIN && cases.at[0].head.to == DAY_MAX;
    if (!always) dose->cases = builder_add_case_rows(&r->builder, cases.at, cases.count);
}

// ---- Gaps ---------------------------------------------------------------------------------------

typedef struct Reference {
    Anchor anchor;
    int32_t argument;
} Reference;

static Reference target_reference(CdsiReader *r, Node *node, const DosePlace *place)
{
    int32_t number = xml_number(r, node, "fromTargetDose", 1, DOSES_MAX, 0);
    if (number >= place->number) xml_fault(r, node, "これより前の回から数えてください。");
    return (Reference){ANCHOR_TARGET, number};
}

static Reference recent_reference(CdsiReader *r, Node *node)
{
    ProductSet set = xml_products(r, node, "fromMostRecent");
    return (Reference){ANCHOR_RECENT, builder_set(&r->builder, &set)};
}

static Reference observation_reference(CdsiReader *r, Node *node)
{
    Node *of = xml_child(r, node, "fromRelevantObs");
    xml_known(r, of, "text code");
    return (Reference){ANCHOR_FACT,
                       observation_date_at(r, of, str_copy(r->arena, xml_text_of(r, of, "code")))};
}

// Exactly one of the references.
static Reference reference_read(CdsiReader *r, Node *node, const DosePlace *place)
{
    assert(place->number > 0);
    bool previous = xml_flag(r, node, "fromPrevious");
    bool target = !xml_empty(r, node, "fromTargetDose");
    bool recent = !xml_empty(r, node, "fromMostRecent");
    Node *observation = xml_child(r, node, "fromRelevantObs");
    bool observed = observation && xml_first(observation);
    if (previous + target + recent + observed != 1)
        xml_fault(r, node, "間隔の起点をちょうど一つ書いてください。");
    if (target) return target_reference(r, node, place);
    if (recent) return recent_reference(r, node);
    if (observed) return observation_reference(r, node);
    return (Reference){ANCHOR_PREVIOUS, 0};
}

static bool gap_flag_valid(CdsiReader *r, Node *node)
{
    static const char *const words[] = {"", "N", "Y", "override"};
    return xml_word(r, node, "intervalPriority", words, (int)countof(words)) > 1;
}

static GapRow gap_read(CdsiReader *r, Node *node, const DosePlace *place)
{
    xml_known(r, node,
              "fromPrevious fromTargetDose fromMostRecent fromRelevantObs absMinInt minInt "
              "earliestRecInt latestRecInt intervalPriority effectiveDate cessationDate");
    Reference of = reference_read(r, node, place);
    GapRow row = {
        .head = xml_head(r, node, cdsi_note(r, place, "interval", "CDSi 6.5", (Str){0})),
        .term = xml_term(r, of.anchor, of.argument, xml_span(r, node, "minInt"), 0),
        .grace = xml_term(r, of.anchor, of.argument, xml_span(r, node, "absMinInt"), 0),
        .standard_from =
            xml_term(r, of.anchor, of.argument, xml_span(r, node, "earliestRecInt"), 0),
        .standard_to = xml_term(r, of.anchor, of.argument, xml_span(r, node, "latestRecInt"), -1),
        .priority = gap_flag_valid(r, node),
    };
    if (!ages_ordered(r, row.grace, row.term))
        xml_fault(r, node, "絶対最短間隔が最短間隔より長い。");
    return row;
}

static GapRow or_gap_read(CdsiReader *r, Node *node, const DosePlace *place)
{
    xml_known(r, node, "fromPrevious fromTargetDose absMinInt effectiveDate cessationDate");
    bool previous = xml_flag(r, node, "fromPrevious");
    bool target = !xml_empty(r, node, "fromTargetDose");
    if (previous + target != 1) xml_fault(r, node, "間隔の起点をちょうど一つ書いてください。");
    Reference of = target ? target_reference(r, node, place) : (Reference){ANCHOR_PREVIOUS, 0};
    return (GapRow){
        .head = xml_head(r, node, cdsi_note(r, place, "allowable interval", "CDSi 6.6", (Str){0})),
        .grace = xml_term(r, of.anchor, of.argument, xml_span(r, node, "absMinInt"), 0),
    };
}

// An element that is there but unused has an empty `fromPrevious`.
static Range gaps_read(CdsiReader *r, Node *dose, const char *name, const DosePlace *place,
                       GapRow (*read)(CdsiReader *, Node *, const DosePlace *))
{
    GapRows rows = {0};
    EACH_CHILD(child, dose)
    {
        if (!xml_named(child, name) || !xml_first(child) || r->failed) continue;
        if (xml_empty(r, child, "fromPrevious")) continue;
        *gap_rows_push(&rows, r->arena) = read(r, child, place);
    }
    return builder_add_gap_rows(&r->builder, rows.at, rows.count);
}

// ---- Vaccines -----------------------------------------------------------------------------------

static ProductRow product_row(CdsiReader *r, Node *node, int32_t note)
{
    assert(note >= 0);
    Str cvx = xml_text_of(r, node, "cvx");
    ProductRow row = {
        .head = {.from = DAY_MIN, .to = DAY_MAX, .uses = USE_JUDGE | USE_FORECAST, .note = note},
        .product = product_at(r, node, cvx),
        .first = xml_age(r, node, "beginAge", 0),
        .last = xml_age(r, node, "endAge", -1),
        .code = REASON_VACCINE,
        .age_code = REASON_VACCINE,
    };
    if (!ages_ordered(r, row.first, row.last))
        xml_fault(r, node, "年齢の終わりが始まりより前です。");
    return row;
}

static void preferable_read(CdsiReader *r, Node *node, int32_t note, ProductRows *rows,
                            ProductSet *preferred)
{
    xml_known(r, node, "vaccineType cvx beginAge endAge tradeName mvx volume forecastVaccineType");
    if (xml_empty(r, node, "cvx")) return;
    ProductRow row = product_row(r, node, note);
    row.maker = builder_text(&r->builder, xml_text_of(r, node, "mvx"));
    row.trade_name = builder_text(&r->builder, xml_text_of(r, node, "tradeName"));
    row.offered = xml_flag(r, node, "forecastVaccineType");
    row.preferred = true;
    set_put(preferred, row.product);
    *product_rows_push(rows, r->arena) = row;
}

static void allowable_read(CdsiReader *r, Node *node, int32_t note, ProductRows *rows)
{
    xml_known(r, node, "vaccineType cvx beginAge endAge");
    if (xml_empty(r, node, "cvx")) return;
    *product_rows_push(rows, r->arena) = product_row(r, node, note);
}

static void inadvertent_read(CdsiReader *r, Node *node, ProductSet *set)
{
    xml_known(r, node, "vaccineType cvx");
    Str cvx = xml_text_of(r, node, "cvx");
    if (cvx.len) set_put(set, product_at(r, node, cvx));
}

static void vaccines_read(CdsiReader *r, Node *node, const DosePlace *place, DoseRule *dose)
{
    ProductRows rows = {0};
    ProductSet preferred = {0}, inadvertent = {0};
    int32_t preferable = cdsi_note(r, place, "preferable vaccine", "CDSi 6.8", (Str){0});
    int32_t allowable = cdsi_note(r, place, "allowable vaccine", "CDSi 6.9", (Str){0});
    EACH_CHILD(child, node)
    {
        if (!xml_first(child) || r->failed) continue;
        if (xml_named(child, "preferableVaccine"))
            preferable_read(r, child, preferable, &rows, &preferred);
        if (xml_named(child, "allowableVaccine")) allowable_read(r, child, allowable, &rows);
        if (xml_named(child, "inadvertentVaccine")) inadvertent_read(r, child, &inadvertent);
    }
    for (int32_t i = 0; i < rows.count; i++)
        if (rows.at[i].offered) dose->offered_rows = i + 1;
    dose->own_products = true;
    dose->products = builder_add_product_rows(&r->builder, rows.at, rows.count);
    dose->preferred = builder_set(&r->builder, &preferred);
    dose->inadvertent = builder_set(&r->builder, &inadvertent);
}

// ---- The dose -----------------------------------------------------------------------------------

static void season_read(CdsiReader *r, Node *dose_node, DoseRule *dose)
{
    Node *node = xml_child(r, dose_node, "seasonalRecommendation");
    if (!node || !xml_first(node)) return;
    xml_known(r, node, "startDate endDate");
    Day first = xml_day(r, node, "startDate"), last = xml_day(r, node, "endDate");
    if (first != DAY_NONE && last != DAY_NONE && first > last)
        xml_fault(r, node, "季節の終わりが始まりより前です。");
    if (first != DAY_NONE)
        dose->season_first = builder_term(&r->builder, (Term){.op = TERM_DAY, .days = first});
    if (last != DAY_NONE)
        dose->season_last = builder_term(&r->builder, (Term){.op = TERM_DAY, .days = last});
}

DoseRule cdsi_dose_read(CdsiReader *r, Node *node, const DosePlace *place)
{
    assert(place->number > 0);
    DoseRule dose = {.note = cdsi_note(r, place, "", "CDSi 6.10", (Str){0})};
    xml_known(r, node,
              "doseNumber age interval allowableInterval preferableVaccine allowableVaccine "
              "inadvertentVaccine conditionalSkip recurringDose seasonalRecommendation");
    Str number = str_format(r->arena, "Dose %d", place->number);
    if (!str_equal(xml_text_of(r, node, "doseNumber"), number))
        xml_fault(r, node, "回の番号は「%.*s」のはずです。", STR(number));
    dose.gaps = gaps_read(r, node, "interval", place, gap_read);
    dose.or_gaps = gaps_read(r, node, "allowableInterval", place, or_gap_read);
    vaccines_read(r, node, place, &dose);
    dose.skips = cdsi_skips_read(r, node, place);
    dose.repeats = xml_flag(r, node, "recurringDose");
    season_read(r, node, &dose);
    ages_read(r, node, place, &dose);
    return dose;
}
