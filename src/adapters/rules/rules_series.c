// Groups, their series and their doses.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "rules_reader.h"

#define DOSE_KEYS                                                                                \
    "position first last grace lapses gap or_gap skip cases standard not_before repeats season " \
    "products inadvertent show show_days law text"
#define CASE_KEYS HEAD_KEYS DOSE_KEYS
#define SERIES_KEYS \
    "id name law window terms codes offer further complete_when entry start_by products doses"
#define GROUP_KEYS                                                                                         \
    "group name law in_force products serves product_last_binds listed target programme window season "    \
    "occasion counted series further excess checks after_invalid effects one_product mix beside previous " \
    "decide review closing complete_when full_not_finished ends no_letter offer early_dose_gap "           \
    "not_before_entries no_first_day conflict_floor status_order terms codes"
#define DEFAULT_KEYS                                                                      \
    "excess checks after_invalid previous decide review complete_when full_not_finished " \
    "conflict_floor status_order not_before_entries no_first_day"

// ---- One dose -----------------------------------------------------------------------------------

static int32_t latest_term(Reader *r, const Place *at, const json_t *value)
{
    int32_t parts[8];
    int count = 0;
    if (!json_is_array(value)) return term_read(r, at, value);
    if (json_array_size(value) > countof(parts))
        fault(r, at, "J1", "期間の語が多すぎます。%d 個までにしてください。", (int)countof(parts));
    for (int i = 0; i < (int)json_array_size(value) && count < countof(parts); i++) {
        Place here = element(at, i);
        parts[count++] = term_read(r, &here, json_array_get(value, (size_t)i));
    }
    return builder_term_of(&r->builder, TERM_MAX, parts, count);
}

static void pair_read(Reader *r, const Place *up, const json_t *object, const char *key,
                      int32_t *from, int32_t *to)
{
    Place at = inside(up, key);
    const json_t *pair = array_of(r, up, object, key);
    if (pair && json_array_size(pair) != 2)
        fault(r, &at, "J1", "ここには [from, to] の形で 2 個を書いてください。");
    *from = term_read(r, &at, json_array_get(pair, 0));
    *to = term_read(r, &at, json_array_get(pair, 1));
}

static void dose_limits_read(Reader *r, const Place *at, const json_t *json, Str law,
                             DoseRule *dose)
{
    dose->first = term_of(r, at, json, "first");
    dose->last = term_of(r, at, json, "last");
    dose->grace = term_of(r, at, json, "grace");
    if (!dose->grace) dose->grace = dose->first;
    dose->lapses = bool_of(r, at, json, "lapses", false);
    dose->repeats = bool_of(r, at, json, "repeats", false);
    if (dose->lapses && !dose->last)
        fault(r, at, "S2", "lapses には last を一緒に書いてください。");
    if (dose->lapses) law_check(r, at, law, "lapses ");
    pair_read(r, at, json, "season", &dose->season_first, &dose->season_last);
    pair_read(r, at, json, "standard", &dose->standard_from, &dose->standard_to);
    if (json_object_get(json, "standard")) dose->standard_written = STANDARD_FROM | STANDARD_TO;
}

static DoseRule dose_read(Reader *r, const Place *at, const json_t *json, Str law_around)
{
    Place gap = inside(at, "gap"), or_gap = inside(at, "or_gap"), skip = inside(at, "skip"),
          not_before = inside(at, "not_before"), show = inside(at, "show"),
          products = inside(at, "products"), inadvertent = inside(at, "inadvertent");
    ProductSet listed = {0};
    DoseRule dose = {.position = text_of(r, at, json, "position")};
    Str own_law = law_of(r, at, json), law = own_law.len ? own_law : law_around;
    dose_limits_read(r, at, json, own_law, &dose);
    dose.gaps = gaps_read(r, &gap, json_object_get(json, "gap"), own_law);
    dose.or_gaps = gaps_read(r, &or_gap, json_object_get(json, "or_gap"), own_law);
    dose.skips = conditions_read(r, &skip, array_of(r, at, json, "skip"), own_law);
    dose.not_before = latest_term(r, &not_before, json_object_get(json, "not_before"));
    dose.shows =
        shows_read(r, &show, object_of(r, at, json, "show"), object_of(r, at, json, "show_days"));
    dose.own_products = json_object_get(json, "products") != NULL;
    dose.products = products_read(r, &products, json_object_get(json, "products"), &listed);
    if (json_object_get(json, "inadvertent"))
        dose.inadvertent = product_set_read(r, &inadvertent, json_object_get(json, "inadvertent"));
    dose.note = note_read(r, at, law, string_of(r, at, json, "text"));
    return dose;
}

// The dose's own keys with those of the case laid over them.
static json_t *case_overlaid(const json_t *dose, const json_t *laid)
{
    assert(dose && laid);
    static const char *const of_row[] = {"in_force", "use", "when"};
    json_t *merged = json_copy((json_t *)(uintptr_t)dose);
    json_object_del(merged, "cases");
    json_object_update(merged, (json_t *)(uintptr_t)laid);
    for (ptrdiff_t i = 0; i < countof(of_row); i++) json_object_del(merged, of_row[i]);
    return merged;
}

static Range cases_read(Reader *r, const Place *up, const json_t *dose, Str law_around)
{
    const json_t *rows = array_of(r, up, dose, "cases");
    Place at = inside(up, "cases");
    int count = (int)json_array_size(rows);
    CaseRow *made = NEW(r->arena, CaseRow, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(&at, i);
        keys_check(r, &here, row, CASE_KEYS);
        made[i].head = head_read(r, &here, row, law_around);
        if (!json_is_object(row)) continue;
        json_t *merged = case_overlaid(dose, row);
        DoseRule laid = dose_read(r, &here, merged, law_around);
        json_decref(merged);
        made[i].dose = builder_add_doses(&r->builder, &laid, 1).first;
    }
    return builder_add_case_rows(&r->builder, made, count);
}

static DoseRule whole_dose_read(Reader *r, const Place *at, const json_t *json, Str law_around)
{
    keys_check(r, at, json, DOSE_KEYS);
    if (!json_is_object(json)) fault(r, at, "J1", "接種は { } で書いてください。");
    DoseRule dose = dose_read(r, at, json, law_around);
    dose.cases = cases_read(r, at, json, law_around);
    return dose;
}

static Range doses_read(Reader *r, const Place *up, const json_t *series, Str law)
{
    const json_t *list = array_of(r, up, series, "doses");
    Place at = inside(up, "doses");
    int count = (int)json_array_size(list);
    if (!count) fault(r, up, "S4", "系列には doses に一つ以上の接種を書いてください。");
    if (count > DOSES_MAX)
        fault(r, &at, "J1", "doses が多すぎます。%d 個までにしてください。", DOSES_MAX);
    if (count > DOSES_MAX) count = DOSES_MAX;
    DoseRule *made = NEW(r->arena, DoseRule, count);
    for (int i = 0; i < count; i++) {
        Place here = element(&at, i);
        made[i] = whole_dose_read(r, &here, json_array_get(list, (size_t)i), law);
    }
    return builder_add_doses(&r->builder, made, count);
}

// ---- A series -----------------------------------------------------------------------------------

static void complete_read(Reader *r, const Place *up, const json_t *value, SeriesRule *series)
{
    assert(series);
    static const char *const words[] = {
        [COMPLETE_LAST] = "last", [COMPLETE_ALL] = "all", [COMPLETE_ANY] = "any"};
    Place at = inside(up, "complete_when");
    for (int i = 0; i < countof(words); i++)
        if (text_equal(value, words[i])) {
            series->complete_when = i;
            return;
        }
    if (json_is_string(value))
        fault(
            r, &at, "K3",
            "complete_when「%s」はありません。last、all、any のどれか、または条件を書いてください。",
            json_string_value(value));
    if (!value || json_is_string(value)) return;
    series->complete_when = COMPLETE_CONDITION;
    series->complete_condition = condition_read(r, &at, value);
}

// Does the condition ask for the first product, so that it stays open while there is no dose?
static bool asks_first_product(const json_t *condition)
{
    const char *key;
    json_t *value;
    for (size_t i = 0; i < json_array_size(condition); i++)
        if (asks_first_product(json_array_get(condition, i))) return true;
    json_object_foreach((json_t *)(uintptr_t)condition, key, value)
    {
        if (!strcmp(key, "started_with")) return true;
        if ((!strcmp(key, "all") || !strcmp(key, "any")) && asks_first_product(value)) return true;
    }
    return false;
}

static int32_t further_read(Reader *r, const Place *up, const json_t *value, Str law)
{
    Place at = inside(up, "further");
    if (!value || json_is_null(value)) return -1;
    DoseRule dose = whole_dose_read(r, &at, value, law);
    return builder_add_doses(&r->builder, &dose, 1).first;
}

// What may stand in the group or in the series: the series' own lies over the group's.
static void shared_keys_read(Reader *r, const Place *at, const json_t *json, Str law,
                             SeriesRule *into)
{
    Place window = inside(at, "window"), offer = inside(at, "offer");
    const json_t *further = json_object_get(json, "further");
    if (json_object_get(json, "window"))
        into->window = window_read(r, &window, json_object_get(json, "window"), NULL);
    if (json_object_get(json, "offer"))
        into->offers = offers_read(r, &offer, array_of(r, at, json, "offer"));
    if (further) into->further = further_read(r, at, further, law);
    complete_read(r, at, json_object_get(json, "complete_when"), into);
}

static SeriesRule series_read(Reader *r, const Place *at, const json_t *json,
                              const SeriesRule *of_group)
{
    Place codes = inside(at, "codes"), products = inside(at, "products"),
          terms = inside(at, "terms"), window = inside(at, "window");
    SeriesRule series = *of_group;
    int32_t outer[CODE_COUNT];
    memcpy(outer, r->codes, sizeof outer);
    keys_check(r, at, json, SERIES_KEYS);
    if (!json_is_object(json)) fault(r, at, "J1", "系列は { } で書いてください。");
    r->series_terms = object_of(r, at, json, "terms");
    terms_check(r, &terms, r->series_terms);
    reason_codes_read(r, &codes, object_of(r, at, json, "codes"), r->codes);
    if (json_object_get(json, "window") && of_group->window)
        fault(r, &window, "W3", "window は種類にもう書いてあります。どちらか一方にしてください。");
    Str law = law_of(r, at, json);
    series.id = text_of(r, at, json, "id");
    series.name = text_of(r, at, json, "name");
    series.entry = condition_of(r, at, json, "entry");
    series.undecided = asks_first_product(json_object_get(json, "entry"));
    series.start_by = term_of(r, at, json, "start_by");
    series.note = note_read(r, at, law, (Str){0});
    shared_keys_read(r, at, json, law, &series);
    if (json_object_get(json, "products"))
        series.products = product_set_read(r, &products, json_object_get(json, "products"));
    series.doses = doses_read(r, at, json, law);
    memcpy(series.codes, r->codes, sizeof series.codes);
    memcpy(r->codes, outer, sizeof outer);
    r->series_terms = NULL;
    return series;
}

static Range series_list_read(Reader *r, const Place *up, const json_t *group)
{
    const json_t *list = array_of(r, up, group, "series");
    Place at = inside(up, "series");
    int count = (int)json_array_size(list);
    SeriesRule *made = NEW(r->arena, SeriesRule, count);
    SeriesRule of_group = {.further = -1, .group = (int32_t)r->builder.rules.groups.count};
    if (!count) fault(r, up, "S4", "種類には series に一つ以上の系列を書いてください。");
    shared_keys_read(r, up, group, law_of(r, up, group), &of_group);
    for (int i = 0; i < count; i++) {
        Place here = element(&at, i);
        made[i] = series_read(r, &here, json_array_get(list, (size_t)i), &of_group);
        for (int k = 0; k < i; k++)
            if (made[k].id == made[i].id)
                fault(r, &here, "G2", "系列の id が重なっています。別の id を書いてください。");
    }
    const json_t *last = json_array_get(list, (size_t)count - 1);
    Str start_by = string_of(r, &at, last, "start_by");
    if (count && start_by.len)
        fault(r, &at, "S1",
              "%.*s の後に始める人の系列がありません。最後の系列の start_by を消してください。",
              STR(start_by));
    return builder_add_series(&r->builder, made, count);
}

// ---- Keys of the group --------------------------------------------------------------------------

static Range decide_read(Reader *r, const Place *up, const json_t *group)
{
    static const char *const names[DECIDE_COUNT] = {
#define X(name) [DECIDE_##name] = #name,
        DECIDE_WORDS(X)
#undef X
    };
    int32_t words[DECIDE_COUNT];
    int count = 0;
    Place at = inside(up, "decide");
    const json_t *list = array_of(r, up, group, "decide");
    for (size_t i = 0; i < json_array_size(list) && count < DECIDE_COUNT; i++)
        words[count++] =
            word_index(r, &at, json_array_get(list, i), names, DECIDE_COUNT, "状態を決める言葉");
    return builder_add_numbers(&r->builder, words, count);
}

static void code_set_read(Reader *r, const Place *up, const json_t *group, const char *key,
                          uint32_t into[2])
{
    const json_t *value = json_object_get(group, key);
    Place at = inside(up, key);
    if (text_equal(value, "any"))
        into[0] = into[1] = UINT32_MAX;
    else if (value && !json_is_array(value))
        fault(r, &at, "J1", "ここには理由の一覧か any を書いてください。");
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *name = json_string_value(json_array_get(value, i));
        int32_t code = reason_named(r, &at, str_of(name ? name : ""));
        if (code >= 0) into[code >> 5] |= 1u << (code & 31);
    }
}

static void occasion_read(Reader *r, const Place *up, const json_t *group, GroupRule *into)
{
    Place at = inside(up, "occasion"), status_at = inside(&at, "status");
    const json_t *occasion = object_of(r, up, group, "occasion");
    if (!occasion) return;
    keys_check(r, &at, occasion, "first last status name law");
    law_check(r, &at, law_of(r, &at, occasion), "occasion ");
    into->occasion = true;
    into->occasion_first = term_of(r, &at, occasion, "first");
    into->occasion_last = term_of(r, &at, occasion, "last");
    into->occasion_status = status_named(r, &status_at, string_of(r, &at, occasion, "status"));
}

static void excess_read(Reader *r, const Place *up, const json_t *group, GroupRule *into)
{
    Place at = inside(up, "excess"), status_at = inside(&at, "status");
    const json_t *excess = object_of(r, up, group, "excess");
    keys_check(r, &at, excess, "position reasons status");
    Str position = string_of(r, &at, excess, "position"),
        status = string_of(r, &at, excess, "status");
    const json_t *reasons = json_object_get(excess, "reasons");
    if (reasons && !text_equal(reasons, "added") && !text_equal(reasons, "alone"))
        fault(r, &at, "K3", "excess の reasons には alone か added を書いてください。");
    into->excess_added = text_equal(reasons, "added");
    if (position.len) into->excess_position = EXCESS_TEXT;
    if (str_equal(position, S("number"))) into->excess_position = EXCESS_NUMBER;
    into->excess_text = builder_text(&r->builder, position);
    if (status.len) into->excess_status = status_named(r, &status_at, status);
    into->excess_note = note_read(r, &at, law_of(r, up, group), (Str){0});
    if (r->codes[CODE_excess] < 0)
        fault(r, &at, "R1", "excess の理由の番号がありません。codes に書いてください。");
}

// The reasons' own effects with the group's exceptions laid over them, one row for each reason.
static int32_t effects_read(Reader *r, const Place *up, const json_t *group)
{
    Place at = inside(up, "effects"), reasons_at = {.key = "reasons"};
    const json_t *own = object_of(r, up, group, "effects");
    const json_t *table = json_object_get(r->common, "reasons");
    const char *name;
    json_t *row;
    int count = 0;
    Effect *made = NEW(r->arena, Effect, REASONS_MAX);
    json_object_foreach((json_t *)(uintptr_t)table, name, row)
    {
        if (count == REASONS_MAX) break;
        made[count].status = STATUS_INVALID;
        effect_read(r, &reasons_at, row, &made[count]);
        effect_read(r, &at, json_object_get(own, name), &made[count]);
        count++;
    }
    json_object_foreach((json_t *)(uintptr_t)own, name, row)
    {
        keys_check(r, &at, row, "status place previous blocks");
        (void)reason_named(r, &at, str_of(name));
    }
    return builder_add_effects(&r->builder, made, count).first;
}

static Range statuses_read(Reader *r, const Place *up, const json_t *group, const char *key)
{
    int32_t words[STATUSES_MAX];
    int count = 0;
    Place at = inside(up, key);
    const json_t *list = array_of(r, up, group, key);
    for (size_t i = 0; i < json_array_size(list) && count < STATUSES_MAX; i++) {
        const char *name = json_string_value(json_array_get(list, i));
        words[count++] = status_named(r, &at, str_of(name ? name : ""));
    }
    return builder_add_numbers(&r->builder, words, count);
}

static bool flag_word(Reader *r, const Place *up, const json_t *group, const char *key,
                      const char *usual, const char *other)
{
    const char *const words[] = {usual, other};
    const json_t *value = json_object_get(group, key);
    Place at = inside(up, key);
    return value && word_index(r, &at, value, words, countof(words), "言葉") == 1;
}

static void previous_read(Reader *r, const Place *up, const json_t *group, GroupRule *into)
{
    if (text_equal(json_object_get(group, "previous"), "placed")) return;
    Range range = statuses_read(r, up, group, "previous");
    for (int i = 0; i < range.count; i++)
        into->previous_statuses |= 1 << r->builder.rules.numbers.at[range.first + i];
}

static void not_before_read(Reader *r, const Place *up, const json_t *group, GroupRule *into)
{
    static const char *const words[] = {"judged", "blocking"};
    Place at = inside(up, "not_before_entries");
    const json_t *list = array_of(r, up, group, "not_before_entries");
    for (size_t i = 0; i < json_array_size(list); i++)
        into->not_before_entries |=
            1 << word_index(r, &at, json_array_get(list, i), words, countof(words), "言葉");
}

// The country's season with a city's own rows before it.
static void season_read(Reader *r, const Place *up, const json_t *group, GroupRule *into)
{
    Place at = inside(up, "season");
    Str id = string_of(r, up, group, "group");
    const json_t *season = object_of(r, up, group, "season");
    WindowRows of_city = city_season_read(r, &at, id, season);
    if (!season) return;
    json_t *laid = city_season_laid(r, id, season);
    into->season = window_read(r, &at, laid, &of_city);
    json_decref(laid);
}

static void judging_read(Reader *r, const Place *at, const json_t *group, GroupRule *into)
{
    Place products = inside(at, "products"), target = inside(at, "target");
    ProductSet set = {0};
    into->product_rows = products_read(r, &products, json_object_get(group, "products"), &set);
    into->products = builder_set(&r->builder, &set);
    into->product_last_binds = bool_of(r, at, group, "product_last_binds", false);
    into->serves = serves_read(r, at, group);
    listed_read(r, at, group, into);
    into->targets = targets_read(r, &target, array_of(r, at, group, "target"));
    into->programme = term_of(r, at, group, "programme");
    season_read(r, at, group, into);
    occasion_read(r, at, group, into);
    into->counted = counted_read(r, at, group);
    excess_read(r, at, group, into);
    into->checks = checks_read(r, at, group);
    beside_read(r, at, group, into);
    into->asked_again = flag_word(r, at, group, "after_invalid", "keeps_place", "asked_again");
    into->effects = effects_read(r, at, group);
    into->one_product = bool_of(r, at, group, "one_product", false);
    into->mixes = mixes_read(r, at, group);
    previous_read(r, at, group, into);
    into->status_order = statuses_read(r, at, group, "status_order");
}

static void forecast_read(Reader *r, const Place *at, const json_t *group, GroupRule *into)
{
    Place ends = inside(at, "ends"), status_at = inside(at, "full_not_finished");
    Place no_letter = inside(at, "no_letter");
    Str full = string_of(r, at, group, "full_not_finished");
    into->decide = decide_read(r, at, group);
    code_set_read(r, at, group, "review", into->review);
    code_set_read(r, at, group, "closing", into->closing);
    into->full_not_finished = full.len ? status_named(r, &status_at, full) : STATUS_CLOSED;
    into->ends = ends_read(r, &ends, array_of(r, at, group, "ends"));
    into->no_letter = conditions_read(r, &no_letter, array_of(r, at, group, "no_letter"), (Str){0});
    into->early_dose_gap = int_of(r, at, group, "early_dose_gap", 0);
    not_before_read(r, at, group, into);
    into->conflict_floor_any =
        flag_word(r, at, group, "conflict_floor", "every_product", "any_product");
    into->stays_undated = flag_word(r, at, group, "no_first_day", "birth", "none");
}

static void names_read(Reader *r, const Place *at, const json_t *group, Str class_name,
                       GroupRule *into)
{
    DaySpan span;
    Str id = string_of(r, at, group, "group");
    into->id = builder_text(&r->builder, id);
    into->name = text_of(r, at, group, "name");
    into->class_text = builder_text(&r->builder, class_name);
    (void)fixed_span(group, &span);
    into->from = span.first;
    into->to = span.last;
    if (span.first > span.last)
        fault(r, at, "V1",
              "この種類の有効な期間がありません。in_force の初日を末日以前にしてください。");
    for (int i = 0; i < r->builder.rules.groups.count; i++)
        if (r->builder.rules.groups.at[i].id == into->id)
            fault(r, at, "G1", "種類「%.*s」が二つあります。別の番号を書いてください。", STR(id));
}

void group_read(Reader *r, const Place *at, const json_t *json, Str class_name)
{
    assert(at && r->common);
    GroupRule group = {0};
    Place codes = inside(at, "codes"), terms = inside(at, "terms"), common_codes = {.key = "codes"},
          defaults_at = {.key = "defaults"};
    keys_check(r, at, json, GROUP_KEYS);
    if (!json_is_object(json)) {
        fault(r, at, "J1", "種類は { } で書いてください。");
        return;
    }
    const json_t *defaults = json_object_get(r->common, "defaults");
    keys_check(r, &defaults_at, defaults, DEFAULT_KEYS);
    json_t *whole = json_copy((json_t *)(uintptr_t)json);
    json_object_update_missing(whole, (json_t *)(uintptr_t)defaults);
    for (int i = 0; i < CODE_COUNT; i++) r->codes[i] = -1;
    reason_codes_read(r, &common_codes, json_object_get(r->common, "codes"), r->codes);
    reason_codes_read(r, &codes, object_of(r, at, whole, "codes"), r->codes);
    r->group_terms = object_of(r, at, whole, "terms");
    r->watched = (ProductSet){0};
    terms_check(r, &terms, r->group_terms);
    names_read(r, at, whole, class_name, &group);
    group.programme_note = note_read(r, at, law_of(r, at, whole), (Str){0});
    judging_read(r, at, whole, &group);
    forecast_read(r, at, whole, &group);
    group.series = series_list_read(r, at, whole);
    group.watches = builder_set(&r->builder, &r->watched);
    (void)builder_add_groups(&r->builder, &group, 1);
    r->group_terms = NULL;
    r->serves = (Range){0};
    json_decref(whole);
}
