// Names and words of a schedule, and how clinics' spellings find a product.
// SPDX-License-Identifier: Apache-2.0
#include "calendar.h"
#include "schedule_fold.h"
#include "schedule_walk.h"

#include <assert.h>

Str schedule_text(const Schedule *schedule, int text)
{
    assert(text >= 0 && text < schedule->texts.count);
    const TextPlace *place = &schedule->texts.at[text];
    return (Str){schedule->text_bytes + place->at, place->len};
}

int schedule_text_find(const Schedule *schedule, Str text)
{
    for (int i = 0; i < schedule->texts.count; i++)
        if (str_equal(schedule_text(schedule, i), text)) return i;
    return TEXT_NONE;
}

static Str text_at(const Schedule *schedule, int32_t text)
{
    return schedule_text(schedule, text);
}

Str schedule_version(const Schedule *schedule)
{
    assert(schedule->version[0]);
    return (Str){schedule->version, 32};
}

Day schedule_law_as_of(const Schedule *schedule)
{
    return schedule->law_as_of;
}

int group_count(const Schedule *schedule)
{
    return (int)schedule->groups.count;
}

uint64_t groups_all(const Schedule *schedule)
{
    return schedule->groups.count ? UINT64_MAX >> (64 - schedule->groups.count) : 0;
}

int group_find(const Schedule *schedule, Str id)
{
    for (int i = 0; i < schedule->groups.count; i++)
        if (str_equal(group_id(schedule, i), id)) return i;
    return GROUP_NONE;
}

int group_by_name(const Schedule *schedule, Str written, Arena scratch)
{
    Str folded = name_folded(&scratch, written);
    for (int i = 0; folded.len && i < schedule->groups.count; i++)
        if (str_equal(name_folded(&scratch, group_id(schedule, i)), folded) ||
            str_equal(name_folded(&scratch, group_name(schedule, i)), folded))
            return i;
    return GROUP_NONE;
}

Str group_id(const Schedule *schedule, int group)
{
    assert(group >= 0 && group < schedule->groups.count);
    return text_at(schedule, schedule->groups.at[group].id);
}

Str group_name(const Schedule *schedule, int group)
{
    assert(group >= 0 && group < schedule->groups.count);
    return text_at(schedule, schedule->groups.at[group].name);
}

Str group_class(const Schedule *schedule, int group)
{
    assert(group >= 0 && group < schedule->groups.count);
    return text_at(schedule, schedule->groups.at[group].class_text);
}

int group_prior_fact(const Schedule *schedule, int group, int *without)
{
    assert(group >= 0 && group < schedule->groups.count);
    const GroupRule *rule = &schedule->groups.at[group];
    if (!rule->listed_after) return FACT_NONE;
    *without = rule->listed_after_default;
    return rule->listed_after_fact;
}

int group_period(const Schedule *schedule, int group)
{
    assert(group >= 0 && group < schedule->groups.count);
    return schedule->groups.at[group].period;
}

bool period_known(const Schedule *schedule, int period)
{
    for (int i = 0; i < schedule->groups.count; i++)
        if (schedule->groups.at[i].period == period) return true;
    return false;
}

bool group_has_occasion(const Schedule *schedule, int group)
{
    assert(group >= 0 && group < schedule->groups.count);
    return schedule->groups.at[group].occasion;
}

bool group_asks_once(const Schedule *schedule, int group)
{
    assert(group >= 0 && group < schedule->groups.count);
    const GroupRule *rule = &schedule->groups.at[group];
    bool once = !rule->occasion;
    for (int i = 0; i < rule->series.count; i++)
        once = once && schedule->series.at[rule->series.first + i].doses.count == 1;
    return once;
}

bool group_lists(const Schedule *schedule, int group, int product)
{
    assert(group >= 0 && group < schedule->groups.count);
    assert(product >= 0 && product < schedule->products.count);
    return schedule->product_groups[product] >> group & 1;
}

static bool shows_text(const Schedule *schedule, const DoseRule *dose, Str text)
{
    for (int i = dose->shows.first; i < dose->shows.first + dose->shows.count; i++) {
        int32_t shown = schedule->show_rows.at[i].text;
        if (shown && str_equal(text_at(schedule, shown), text)) return true;
    }
    return false;
}

static bool dose_shows(const Schedule *schedule, const DoseRule *dose, Str text)
{
    Range cases = dose->cases;
    for (int i = cases.first; i < cases.first + cases.count; i++)
        if (shows_text(schedule, &schedule->doses.at[schedule->case_rows.at[i].dose], text))
            return true;
    return shows_text(schedule, dose, text);
}

bool group_has_course(const Schedule *schedule, int group, Str course)
{
    assert(group >= 0 && group < schedule->groups.count);
    Range all = schedule->groups.at[group].series;
    for (int s = all.first; s < all.first + all.count; s++) {
        Range doses = schedule->series.at[s].doses;
        if (str_equal(series_id(schedule, s), course)) return true;
        for (int d = doses.first; d < doses.first + doses.count; d++)
            if (dose_shows(schedule, &schedule->doses.at[d], course)) return true;
    }
    return false;
}

DaySpan group_in_force(const Schedule *schedule, int group)
{
    assert(group >= 0 && group < schedule->groups.count);
    return (DaySpan){schedule->groups.at[group].from, schedule->groups.at[group].to};
}

Str series_id(const Schedule *schedule, int series)
{
    assert(series >= 0 && series < schedule->series.count);
    return text_at(schedule, schedule->series.at[series].id);
}

// ---- Products -----------------------------------------------------------------------------------

int product_count(const Schedule *schedule)
{
    return (int)schedule->products.count;
}

int product_by_id(const Schedule *schedule, Str id)
{
    for (int i = 0; i < schedule->products.count; i++)
        if (str_equal(product_id(schedule, i), id)) return i;
    return PRODUCT_NONE;
}

bool brand_is_dated(const BrandRule *brand)
{
    return brand->first || brand->last;
}

DaySpan brand_days(const Walk *walk, const BrandRule *brand)
{
    Day first = term_day(walk, brand->first), last = term_day(walk, brand->last);
    return (DaySpan){first == DAY_NONE ? DAY_MIN : first, last == DAY_NONE ? DAY_MAX : last};
}

// A brand means its product on the days between its ages only.
static bool brand_means(const Schedule *schedule, const BrandRule *brand, Str folded, Day birth,
                        Day given_on, Arena scratch)
{
    if (!str_equal(text_at(schedule, brand->folded), folded)) return false;
    if (!brand_is_dated(brand)) return true;
    Subject subject = {.birth = birth};
    Person person;
    person_begin(&person, schedule, &subject, (History){0}, given_on, &scratch);
    Walk walk = {.person = &person, .on = given_on, .use = USE_JUDGE, .product = PRODUCT_NONE};
    DaySpan days = brand_days(&walk, brand);
    return given_on >= days.first && given_on <= days.last;
}

static bool bears(const Schedule *schedule, int product, Str folded, bool dated)
{
    const ProductRule *rule = &schedule->products.at[product];
    if (!dated && (str_equal(text_at(schedule, rule->id_folded), folded) ||
                   str_equal(text_at(schedule, rule->name_folded), folded)))
        return true;
    for (int b = rule->brands.first; b < rule->brands.first + rule->brands.count; b++) {
        const BrandRule *brand = &schedule->brands.at[b];
        if (brand_is_dated(brand) == dated && str_equal(text_at(schedule, brand->folded), folded))
            return true;
    }
    return false;
}

int product_by_name(const Schedule *schedule, Str written, Arena scratch)
{
    Str folded = name_folded(&scratch, written);
    for (int i = 0; folded.len && i < schedule->products.count; i++)
        if (bears(schedule, i, folded, false)) return i;
    return PRODUCT_NONE;
}

int product_find(const Schedule *schedule, Str written, Day birth, Day given_on, Arena scratch)
{
    Str folded = name_folded(&scratch, written);
    int always = product_by_name(schedule, written, scratch);
    if (!folded.len || always != PRODUCT_NONE) return always;
    for (int i = 0; i < schedule->products.count; i++) {
        Range range = schedule->products.at[i].brands;
        for (int b = range.first; b < range.first + range.count; b++)
            if (brand_means(schedule, &schedule->brands.at[b], folded, birth, given_on, scratch))
                return i;
    }
    return PRODUCT_NONE;
}

uint64_t groups_by_name(const Schedule *schedule, Str written, Arena scratch)
{
    uint64_t common = UINT64_MAX, any = 0;
    Str folded = name_folded(&scratch, written);
    int group = group_by_name(schedule, written, scratch);
    if (group != GROUP_NONE) return (uint64_t)1 << group;
    for (int i = 0; folded.len && i < schedule->products.count; i++) {
        if (!bears(schedule, i, folded, false) && !bears(schedule, i, folded, true)) continue;
        common &= schedule->product_groups[i];
        any |= schedule->product_groups[i];
    }
    return any & common ? any & common : any;
}

Str groups_text(const Schedule *schedule, uint64_t groups, Arena *arena)
{
    Text text = {0};
    assert(group_count(schedule) <= 64);
    for (int g = 0; g < group_count(schedule); g++) {
        Str id = group_id(schedule, g), name = group_name(schedule, g);
        if (!(groups >> g & 1)) continue;
        text_addf(&text, arena, "%s%.*s", text.len ? "、" : "", STR(id));
        if (!str_equal(id, name)) text_addf(&text, arena, "(%.*s)", STR(name));
    }
    return text_str(&text);
}

Str product_id(const Schedule *schedule, int product)
{
    assert(product >= 0 && product < schedule->products.count);
    return text_at(schedule, schedule->products.at[product].id);
}

Str product_name(const Schedule *schedule, int product)
{
    assert(product >= 0 && product < schedule->products.count);
    return text_at(schedule, schedule->products.at[product].name);
}

int product_brand_count(const Schedule *schedule, int product)
{
    assert(product >= 0 && product < schedule->products.count);
    return schedule->products.at[product].brands.count;
}

Str product_brand(const Schedule *schedule, int product, int nth)
{
    assert(product >= 0 && product < schedule->products.count);
    assert(nth >= 0 && nth < schedule->products.at[product].brands.count);
    Range range = schedule->products.at[product].brands;
    return text_at(schedule, schedule->brands.at[range.first + nth].brand);
}

static Str named_else(const Schedule *schedule, int product, int32_t text)
{
    return text == TEXT_NONE ? product_name(schedule, product) : text_at(schedule, text);
}

Str product_label(const Schedule *schedule, int product)
{
    assert(product >= 0 && product < schedule->products.count);
    return named_else(schedule, product, schedule->products.at[product].label);
}

Str product_printed(const Schedule *schedule, int product)
{
    assert(product >= 0 && product < schedule->products.count);
    return named_else(schedule, product, schedule->products.at[product].words);
}

uint64_t product_components(const Schedule *schedule, int product)
{
    assert(product >= 0 && product < schedule->products.count);
    Range range = schedule->products.at[product].components;
    uint64_t set = 0;
    for (int i = 0; i < range.count; i++)
        set |= (uint64_t)1 << schedule->numbers.at[range.first + i];
    return set;
}

int product_wants(const Schedule *schedule, int product, int nth)
{
    assert(product >= 0 && product < schedule->products.count);
    assert(nth >= 0);
    Range range = schedule->products.at[product].wants;
    return nth < range.count ? schedule->numbers.at[range.first + nth] : FACT_NONE;
}

static bool amount_at(const Schedule *schedule, Range range, int nth, DoseAmount *amount)
{
    if (nth >= range.count) return false;
    const AgedRule *row = &schedule->aged.at[range.first + nth];
    *amount = (DoseAmount){
        .group = row->series ? group_find(schedule, text_at(schedule, row->series)) : GROUP_NONE,
        .below_years = row->below_years,
        .text = text_at(schedule, row->text),
        .ml100 = row->ml100,
    };
    return true;
}

bool product_volume_row(const Schedule *schedule, int product, int nth, DoseAmount *volume)
{
    assert(product >= 0 && product < schedule->products.count);
    assert(nth >= 0);
    return amount_at(schedule, schedule->products.at[product].volumes, nth, volume);
}

bool product_route_row(const Schedule *schedule, int product, int nth, DoseAmount *route)
{
    assert(product >= 0 && product < schedule->products.count);
    assert(nth >= 0);
    return amount_at(schedule, schedule->products.at[product].routes, nth, route);
}

static int32_t volume_in(const Schedule *schedule, int product, int group, Day birth, Day day)
{
    DoseAmount volume;
    for (int i = 0; product_volume_row(schedule, product, i, &volume); i++) {
        if (volume.group != GROUP_NONE && volume.group != group) continue;
        if (!volume.below_years || day < age_attained(birth, volume.below_years))
            return volume.ml100;
    }
    return 0;
}

int32_t product_volume_ml100(const Schedule *schedule, int product, int group, Day birth, Day day)
{
    int32_t ml100 = volume_in(schedule, product, group, birth, day);
    if (group != GROUP_NONE) return ml100;
    DoseAmount volume;
    for (int i = 0; product_volume_row(schedule, product, i, &volume); i++)
        if (volume.group != GROUP_NONE &&
            volume_in(schedule, product, volume.group, birth, day) != ml100)
            return 0;
    return ml100;
}

// ---- Makes --------------------------------------------------------------------------------------

int make_find(const Schedule *schedule, Str written)
{
    if (!written.len) return 0;
    for (int i = 0; i < schedule->product_rows.count; i++) {
        const ProductRow *row = &schedule->product_rows.at[i];
        if (row->maker && str_equal(text_at(schedule, row->maker), written)) return row->maker;
        if (row->trade_name && str_equal(text_at(schedule, row->trade_name), written))
            return row->trade_name;
    }
    return MAKE_UNNAMED;
}

Day lot_expiry(PartialDate written)
{
    DaySpan span;
    return written.month && partial_date_span(written, &span) ? span.last : 0;
}

// ---- Merges -------------------------------------------------------------------------------------

Str merge_id(const Schedule *schedule, int merge)
{
    assert(merge >= 0 && merge < schedule->merges.count);
    return text_at(schedule, schedule->merges.at[merge].id);
}

int merge_find(const Schedule *schedule, Str id)
{
    for (int i = 0; i < schedule->merges.count; i++)
        if (str_equal(merge_id(schedule, i), id)) return i;
    return -1;
}

bool merge_lists(const Schedule *schedule, int merge, int group)
{
    assert(merge >= 0 && merge < schedule->merges.count);
    assert(group >= 0 && group < schedule->groups.count);
    Range range = schedule->merges.at[merge].groups;
    for (int i = range.first; i < range.first + range.count; i++)
        if (schedule->numbers.at[i] == group) return true;
    return false;
}

// ---- Facts --------------------------------------------------------------------------------------

int fact_count(const Schedule *schedule)
{
    return (int)schedule->facts.count;
}

int fact_find(const Schedule *schedule, Str id)
{
    for (int i = 0; i < schedule->facts.count; i++)
        if (str_equal(fact_id(schedule, i), id)) return i;
    return FACT_NONE;
}

Str fact_id(const Schedule *schedule, int fact)
{
    assert(fact >= 0 && fact < schedule->facts.count);
    return text_at(schedule, schedule->facts.at[fact].id);
}

Str fact_name(const Schedule *schedule, int fact)
{
    assert(fact >= 0 && fact < schedule->facts.count);
    return text_at(schedule, schedule->facts.at[fact].name);
}

FactKind fact_kind(const Schedule *schedule, int fact)
{
    assert(fact >= 0 && fact < schedule->facts.count);
    return (FactKind)schedule->facts.at[fact].kind;
}

int fact_span_days(const Schedule *schedule, int fact)
{
    assert(fact >= 0 && fact < schedule->facts.count);
    return schedule->facts.at[fact].span_days;
}

bool fact_same_span(const Schedule *schedule, int fact, Day a, Day b)
{
    Day apart = a < b ? b - a : a - b;
    return apart < fact_span_days(schedule, fact) / 2;
}

int fact_replaced_by(const Schedule *schedule, int fact)
{
    assert(fact >= 0 && fact < schedule->facts.count);
    return schedule->facts.at[fact].replaced_by;
}

Str fact_value(const Schedule *schedule, int fact, int nth)
{
    assert(fact >= 0 && fact < schedule->facts.count);
    assert(nth >= 0);
    Range range = schedule->facts.at[fact].values;
    if (nth < 0 || nth >= range.count) return S("");
    return text_at(schedule, schedule->numbers.at[range.first + nth]);
}

Str fact_value_label(const Schedule *schedule, int fact, int nth)
{
    Range range = schedule->facts.at[fact].labels;
    if (nth < 0 || nth >= range.count) return fact_value(schedule, fact, nth);
    return text_at(schedule, schedule->numbers.at[range.first + nth]);
}

int64_t fact_value_bit(const Schedule *schedule, int fact, Str value)
{
    assert(fact >= 0 && fact < schedule->facts.count);
    for (int i = 0; i < schedule->facts.at[fact].values.count; i++)
        if (str_equal(fact_value(schedule, fact, i), value)) return (int64_t)1 << i;
    return 0;
}

// ---- Words --------------------------------------------------------------------------------------

Str status_text(const Schedule *schedule, Status status)
{
    return text_at(schedule, schedule->statuses.at[status].id);
}

int status_count(const Schedule *schedule)
{
    return (int)schedule->statuses.count;
}

Str status_label(const Schedule *schedule, Status status)
{
    return text_at(schedule, schedule->statuses.at[status].label);
}

int reason_find(const Schedule *schedule, Str code)
{
    for (int i = 0; i < schedule->reasons.count; i++)
        if (str_equal(reason_text(schedule, i), code)) return i;
    return -1;
}

Str reason_text(const Schedule *schedule, int code)
{
    assert(code >= 0 && code < schedule->reasons.count);
    return text_at(schedule, schedule->reasons.at[code].id);
}

Str reason_label(const Schedule *schedule, int code)
{
    assert(code >= 0 && code < schedule->reasons.count);
    return text_at(schedule, schedule->reasons.at[code].label);
}

ReasonClaim reason_claim(const Schedule *schedule, int code)
{
    assert(code >= 0 && code < schedule->reasons.count);
    return (ReasonClaim)schedule->reasons.at[code].claim;
}

Str reason_words(const Schedule *schedule, DoseReason reason)
{
    assert(reason.row >= 0 && reason.row < schedule->notes.count);
    assert(reason.code >= 0 && reason.code < schedule->reasons.count);
    int32_t own = schedule->notes.at[reason.row].words;
    return text_at(schedule, own ? own : schedule->reasons.at[reason.code].words);
}

Str row_text(const Schedule *schedule, int row)
{
    assert(row >= 0 && row < schedule->notes.count);
    return text_at(schedule, schedule->notes.at[row].words);
}

Str row_law(const Schedule *schedule, int row)
{
    assert(row >= 0 && row < schedule->notes.count);
    return text_at(schedule, schedule->notes.at[row].law);
}

Str row_place(const Schedule *schedule, int row)
{
    assert(row >= 0 && row < schedule->notes.count);
    return text_at(schedule, schedule->notes.at[row].place);
}

void history_sort(HistoryEntry *entries, int count)
{
    for (int i = 1; i < count; i++)
        for (int k = i; k && entries[k].given_on < entries[k - 1].given_on; k--) {
            HistoryEntry later = entries[k - 1];
            entries[k - 1] = entries[k];
            entries[k] = later;
        }
}
