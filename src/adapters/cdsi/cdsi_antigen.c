// AntigenSupportingData: immunity, contraindications and the series of one antigen.
// SPDX-License-Identifier: Apache-2.0
#include "cdsi_reader.h"

#include <assert.h>

static int32_t simple_term(CdsiReader *r, Anchor anchor)
{
    return xml_term(r, anchor, 0, (Span){.present = true}, 0);
}

static int32_t antigen_note(CdsiReader *r, Str antigen, const char *part, Str code, Str words)
{
    return builder_note(&r->builder,
                        str_format(r->arena, "%.*s / %s %.*s", STR(antigen), part, STR(code)),
                        S("CDSi 7.2, 7.3"), words);
}

// ---- Immunity (7.2) -----------------------------------------------------------------------------

static void end_add(CdsiReader *r, EndRows *rows, const Codes *code, int32_t note, Status status)
{
    assert(note >= 0);
    RowHead head = {.from = DAY_MIN, .to = DAY_MAX, .uses = USE_FORECAST, .note = note};
    if (r->failed) return;
    head.when = code_done(r, code);
    *end_rows_push(rows, r->arena) = (EndRow){head, (int32_t)status};
}

static void history_read(CdsiReader *r, Node *node, Str antigen, EndRows *rows)
{
    Codes code = {0};
    xml_known(r, node, "guidelineCode guidelineTitle");
    Str observation = xml_text_of(r, node, "guidelineCode");
    int32_t fact = observation_at(r, node, observation);
    code_put(r, &code, COND_FACT, &fact, 1);
    int32_t note =
        antigen_note(r, antigen, "immunity", observation, xml_text_of(r, node, "guidelineTitle"));
    end_add(r, rows, &code, note, STATUS_IMMUNE);
}

// The value for a country in the list of the fact; its bit is 1 << value.
static int32_t country_bit(CdsiReader *r, Node *node, Str country)
{
    bool made;
    int64_t *place = map_place(&r->countries, r->arena, str_copy(r->arena, country), &made);
    if (!made) return (int32_t)*place;
    if (r->country_texts.count >= LIST_VALUES_MAX) {
        xml_fault(r, node, "出生国が多すぎます。");
        return 0;
    }
    *place = r->country_texts.count;
    *numbers32_push(&r->country_texts, r->arena) = builder_text(&r->builder, country);
    return (int32_t)*place;
}

// Born before the day, in that country as far as it is known, and nothing speaks against it.
static void birth_read(CdsiReader *r, Node *node, Str antigen, EndRows *rows)
{
    Codes code = {0};
    xml_known(r, node, "immunityBirthDate birthCountry exclusion");
    Day day = xml_birth_day(r, node, "immunityBirthDate");
    Str country = xml_text_of(r, node, "birthCountry");
    if (day == DAY_NONE) xml_fault(r, node, "出生日の限りを書いてください。");
    int32_t before =
        builder_term(&r->builder, (Term){.op = TERM_DAY, .days = day == DAY_NONE ? 0 : day - 1});
    ptrdiff_t all = code_open(r, &code, COND_ALL);
    code_between(r, &code, simple_term(r, ANCHOR_BIRTH), 0, before);
    if (country.len) {
        uint32_t here = 1u << country_bit(r, node, country);
        const int32_t elsewhere[] = {0, (int32_t)~here};  // fact 0: the country
        ptrdiff_t not = code_open(r, &code, COND_NOT);
        code_put(r, &code, COND_FACT_VALUE, elsewhere, 2);
        code_close(&code, not );
    }
    EACH_CHILD(child, node)
    {
        if (!xml_named(child, "exclusion") || !xml_first(child)) continue;
        xml_known(r, child, "exclusionCode exclusionTitle");
        int32_t fact = observation_at(r, child, xml_text_of(r, child, "exclusionCode"));
        ptrdiff_t not = code_open(r, &code, COND_NOT);
        code_put(r, &code, COND_FACT, &fact, 1);
        code_close(&code, not );
    }
    code_close(&code, all);
    end_add(r, rows, &code, antigen_note(r, antigen, "immunity by birth", S(""), (Str){0}),
            STATUS_IMMUNE);
}

static void immunity_read(CdsiReader *r, Node *node, Str antigen, EndRows *rows)
{
    xml_known(r, node, "clinicalHistory dateOfBirth");
    EACH_CHILD(child, node)
    {
        if (!xml_first(child) || r->failed) continue;
        if (xml_named(child, "clinicalHistory"))
            history_read(r, child, antigen, rows);
        else
            birth_read(r, child, antigen, rows);
    }
}

// ---- Contraindications (7.3) --------------------------------------------------------------------

// The observation, at these ages on the assessment day.
static void observed_at_age(CdsiReader *r, Node *ages, int32_t fact, Codes *code)
{
    int32_t first = xml_age(r, ages, "beginAge", 0), last = xml_age(r, ages, "endAge", -1);
    ptrdiff_t all = code_open(r, code, COND_ALL);
    code_put(r, code, COND_FACT, &fact, 1);
    if (first || last) code_between(r, code, simple_term(r, ANCHOR_AS_OF), first, last);
    code_close(code, all);
}

static void antigen_barred_read(CdsiReader *r, Node *list, Str antigen, EndRows *rows)
{
    xml_known(r, list, "contraindication");
    EACH_CHILD(node, list)
    {
        Codes code = {0};
        if (!xml_first(node) || r->failed) continue;
        xml_known(r, node,
                  "observationCode observationTitle contraindicationText "
                  "contraindicationGuidance beginAge endAge");
        Str observation = xml_text_of(r, node, "observationCode");
        observed_at_age(r, node, observation_at(r, node, observation), &code);
        int32_t note = antigen_note(r, antigen, "contraindication", observation,
                                    xml_text_of(r, node, "contraindicationText"));
        end_add(r, rows, &code, note, STATUS_CONTRAINDICATED);
    }
}

static void vaccine_barred_add(CdsiReader *r, Node *node, int32_t fact, int32_t note,
                               BarredRows *rows)
{
    Codes code = {0};
    ProductSet set = {0};
    xml_known(r, node, "vaccineType cvx beginAge endAge");
    set_put(&set, product_at(r, node, xml_text_of(r, node, "cvx")));
    observed_at_age(r, node, fact, &code);
    if (r->failed) return;
    *barred_rows_push(rows, r->arena) = (BarredRow){{.from = DAY_MIN,
                                                     .to = DAY_MAX,
                                                     .uses = USE_FORECAST,
                                                     .when = code_done(r, &code),
                                                     .note = note},
                                                    builder_set(&r->builder, &set)};
}

static void vaccine_barred_read(CdsiReader *r, Node *list, Str antigen, BarredRows *rows)
{
    xml_known(r, list, "contraindication");
    EACH_CHILD(node, list)
    {
        if (!xml_first(node) || r->failed) continue;
        xml_known(r, node,
                  "observationCode observationTitle contraindicationText "
                  "contraindicationGuidance contraindicatedVaccine");
        Str observation = xml_text_of(r, node, "observationCode");
        int32_t fact = observation_at(r, node, observation);
        int32_t note = antigen_note(r, antigen, "vaccine contraindication", observation,
                                    xml_text_of(r, node, "contraindicationText"));
        EACH_CHILD(child, node)
        if (xml_named(child, "contraindicatedVaccine") && xml_first(child))
            vaccine_barred_add(r, child, fact, note, rows);
    }
}

static void contraindications_read(CdsiReader *r, Node *node, Str antigen, EndRows *ends,
                                   BarredRows *barred)
{
    xml_known(r, node, "vaccineGroup vaccine");
    EACH_CHILD(child, node)
    {
        if (xml_named(child, "vaccineGroup"))
            antigen_barred_read(r, child, antigen, ends);
        else
            vaccine_barred_read(r, child, antigen, barred);
    }
}

// ---- Who a series is for (5.1) ------------------------------------------------------------------

static void indication_code(CdsiReader *r, Node *node, Codes *code)
{
    xml_known(r, node, "observationCode description beginAge endAge guidance");
    Node *of = xml_child(r, node, "observationCode");
    if (!of) return;
    xml_known(r, of, "text code");
    observed_at_age(r, node, observation_at(r, of, xml_text_of(r, of, "code")), code);
}

static int32_t sex_bits(CdsiReader *r, Node *series)
{
    static const char *const words[] = {
        [SUBJECT_SEX_UNKNOWN] = "Unknown", [SUBJECT_MALE] = "Male", [SUBJECT_FEMALE] = "Female"};
    int32_t bits = 0;
    EACH_CHILD(child, series)
    {
        Str text = xml_named(child, "requiredGender") ? xml_text(r, child) : S("");
        for (int i = 0; text.len && i < countof(words); i++)
            if (word_same(text, words[i])) {
                bits |= 1 << i;
                text = S("");
            }
        if (text.len) xml_fault(r, child, "この語は知られていません。仕様の語で書いてください。");
    }
    return bits;
}

static int32_t entry_read(CdsiReader *r, Node *series, SeriesKind kind)
{
    Codes code = {0};
    int32_t sexes = sex_bits(r, series), indications = 0;
    ptrdiff_t all = code_open(r, &code, COND_ALL);
    if (sexes) code_put(r, &code, COND_SEX, &sexes, 1);
    ptrdiff_t any = code_open(r, &code, COND_ANY);
    EACH_CHILD(child, series)
    {
        if (!xml_named(child, "indication") || !xml_first(child) || r->failed) continue;
        indication_code(r, child, &code);
        indications++;
    }
    if (kind == SERIES_RISK && !indications) xml_fault(r, series, "危険系列に適応がありません。");
    if (kind == SERIES_RISK)
        code_close(&code, any);
    else
        code.count = any;  // for everybody
    code_close(&code, all);
    return r->failed || code.count == 2 ? 0 : code_done(r, &code);
}

// ---- A series -----------------------------------------------------------------------------------

static Rivalry rivalry_read(CdsiReader *r, Node *series, SeriesRule *rule)
{
    static const char *const kinds[] = {"Standard", "Risk", "Evaluation Only"};
    static const SeriesKind kind_of[] = {SERIES_STANDARD, SERIES_RISK, SERIES_RECORD};
    static const char *const priorities[] = {"A", "B", "C", "D", "E"};
    Node *select = xml_child(r, series, "selectSeries");
    Rivalry rivalry = {
        .kind = (int32_t)kind_of[xml_word(r, series, "seriesType", kinds, (int)countof(kinds))],
        .equivalent = xml_ranks(r, series, "equivalentSeriesGroups"),
    };
    if (!select) return rivalry;
    xml_known(r, select,
              "defaultSeries productPath seriesGroupName seriesGroup seriesPriority "
              "seriesPreference minAgeToStart maxAgeToStart");
    rivalry.rank = xml_number(r, select, "seriesGroup", 1, RANKS_MAX - 1, 0);
    rivalry.priority = xml_word(r, select, "seriesPriority", priorities, (int)countof(priorities));
    rivalry.preference = xml_number(r, select, "seriesPreference", 1, 999, INT32_MAX);
    rivalry.is_default = xml_flag(r, select, "defaultSeries");
    rivalry.product_path = xml_flag(r, select, "productPath");
    rivalry.start_from = xml_age(r, select, "minAgeToStart", 0);
    rule->start_by = xml_age(r, select, "maxAgeToStart", -1);
    if (!rivalry.rank) xml_fault(r, select, "系列群の番号がありません。");
    if (rivalry.equivalent >> rivalry.rank & 1) xml_fault(r, select, "系列が自分の群と同等です。");
    return rivalry;
}

static Str guidance_of(CdsiReader *r, Node *series)
{
    Text all = {0};
    EACH_CHILD(child, series)
    {
        Str text = xml_named(child, "seriesAdminGuidance") ? xml_text(r, child) : S("");
        if (text.len && all.len) text_add_byte(&all, r->arena, '\n');
        text_add(&all, r->arena, text);
    }
    return text_str(&all);
}

static Range series_doses_read(CdsiReader *r, Node *series, Str name)
{
    DoseRules doses = {0};
    EACH_CHILD(child, series)
    {
        if (!xml_named(child, "seriesDose") || r->failed) continue;
        DosePlace place = {name, (int)doses.count + 1};
        if (doses.count == DOSES_MAX)
            xml_fault(r, child, "回が多すぎます (%dまで)。", DOSES_MAX);
        else
            *dose_rules_push(&doses, r->arena) = cdsi_dose_read(r, child, &place);
    }
    if (!doses.count) xml_fault(r, series, "系列に回がありません。");
    return builder_add_doses(&r->builder, doses.at, doses.count);
}

static SeriesRule series_read(CdsiReader *r, Node *node, Str antigen, int32_t group)
{
    assert(group >= 0);
    SeriesRule rule = {.group = group, .further = -1, .complete_when = COMPLETE_ANY};
    xml_known(r, node,
              "seriesName targetDisease vaccineGroup seriesAdminGuidance seriesType "
              "equivalentSeriesGroups requiredGender selectSeries indication seriesDose");
    Str name = xml_text_of(r, node, "seriesName");
    if (!name.len) xml_fault(r, node, "系列の名前がありません。");
    if (!str_equal(xml_text_of(r, node, "targetDisease"), antigen))
        xml_fault(r, node, "この系列の疾病がファイルの抗原と違います。");
    Str place = str_format(r->arena, "%.*s / %.*s", STR(antigen), STR(name));
    rule.id = rule.name = builder_text(&r->builder, name);
    rule.rivalry = rivalry_read(r, node, &rule);
    rule.entry = entry_read(r, node, (SeriesKind)rule.rivalry.kind);
    rule.note = builder_note(&r->builder, place, S("CDSi 5.1, 8"), guidance_of(r, node));
    for (int i = 0; i < CODE_COUNT; i++) rule.codes[i] = -1;
    rule.codes[CODE_dose_before] = REASON_AGE_YOUNG;
    rule.codes[CODE_dose_after] = REASON_AGE_OLD;
    rule.codes[CODE_product] = rule.codes[CODE_product_age] = REASON_VACCINE;
    rule.codes[CODE_gap] = REASON_INTERVAL;
    rule.codes[CODE_conflict] = REASON_CONFLICT;
    rule.codes[CODE_inadvertent] = REASON_INADVERTENT;
    rule.codes[CODE_excess] = REASON_EXCESS;
    rule.codes[CODE_condition] = REASON_CONDITION;
    rule.doses = series_doses_read(r, node, place);
    return rule;
}

static bool group_name_fits(CdsiReader *r, Node *series, int32_t group)
{
    assert(group >= 0);
    Str name = xml_text_of(r, series, "vaccineGroup");
    const Schedule *rules = &r->builder.rules;
    for (int m = 0; m < rules->merges.count; m++) {
        const MergeRule *merge = &rules->merges.at[m];
        if (merge->id != builder_text(&r->builder, name)) continue;
        for (int i = 0; i < merge->groups.count; i++)
            if (rules->numbers.at[merge->groups.first + i] == group) return true;
    }
    return false;
}

// In order of rank: whether a series of rank 1 is complete is known before one of rank 2 asks.
static void series_put(SeriesRules *all, SeriesRule rule, Arena *arena)
{
    (void)series_rules_push(all, arena);
    ptrdiff_t at = all->count - 1;
    for (; at && all->at[at - 1].rivalry.rank > rule.rivalry.rank; at--)
        all->at[at] = all->at[at - 1];
    all->at[at] = rule;
}

static Range series_all_read(CdsiReader *r, Node *root, Str antigen, int32_t group)
{
    assert(group >= 0);
    SeriesRules all = {0};
    EACH_CHILD(child, root)
    {
        if (!xml_named(child, "series") || r->failed) continue;
        SeriesRule rule = series_read(r, child, antigen, group);
        if (!r->failed && !group_name_fits(r, child, group))
            xml_fault(r, child, "抗原とワクチン群の対応が全体の表と違います。");
        VEC_EACH (SeriesRule, other, all)
            if (other->id == rule.id && other->rivalry.rank == rule.rivalry.rank)
                xml_fault(r, child, "同じ系列が二度あります。");
        if (all.count == RIVALS_MAX)
            xml_fault(r, child, "系列が多すぎます (%dまで)。", RIVALS_MAX);
        else
            series_put(&all, rule, r->arena);
    }
    return builder_add_series(&r->builder, all.at, all.count);
}

// ---- The file -----------------------------------------------------------------------------------

static Str antigen_of(CdsiReader *r, Node *root, int32_t *group)
{
    EACH_CHILD(child, root)
    {
        if (!xml_named(child, "series")) continue;
        Str antigen = str_copy(r->arena, xml_text_of(r, child, "targetDisease"));
        const int64_t *known = map_find(&r->antigens, antigen);
        if (known) *group = (int32_t)*known;
        if (!known) xml_fault(r, child, "抗原「%.*s」は全体の表にありません。", STR(antigen));
        return antigen;
    }
    xml_fault(r, root, "系列がありません。");
    return S("");
}

void antigen_file_read(CdsiReader *r, Node *root)
{
    assert(root);
    int32_t index = 0;
    EndRows ends = {0};
    BarredRows barred = {0};
    xml_known(r, root, "immunity contraindications series");
    Str antigen = antigen_of(r, root, &index);
    GroupRule *group = &r->groups[index];
    if (!r->failed && group->id)
        xml_fault(r, root, "抗原「%.*s」のファイルが二つあります。", STR(antigen));
    if (r->failed) return;
    group->id = group->name = builder_text(&r->builder, antigen);
    Node *immunity = xml_child(r, root, "immunity");
    Node *contraindications = xml_child(r, root, "contraindications");
    if (immunity) immunity_read(r, immunity, antigen, &ends);
    if (contraindications) contraindications_read(r, contraindications, antigen, &ends, &barred);
    group->ends = builder_add_end_rows(&r->builder, ends.at, ends.count);
    group->barred = builder_add_barred_rows(&r->builder, barred.at, barred.count);
    group->series = series_all_read(r, root, antigen, index);
    group->excess_note =
        builder_note(&r->builder, str_format(r->arena, "%.*s / complete", STR(antigen)),
                     S("CDSi 4.4"), (Str){0});
}
