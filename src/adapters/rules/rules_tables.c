// The tables that all rule files share: calendars, facts, sets, conflicts, codes, reasons, words,
// periods, defaults; and names looked up in them.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "rules_reader.h"

// ---- Looking names up ---------------------------------------------------------------------------

int32_t product_named(Reader *r, const Place *at, Str id)
{
    for (int32_t i = 0; i < r->builder.rules.products.count; i++)
        if (str_equal(text_read(r, r->builder.rules.products.at[i].id), id)) return i;
    fault(r, at, "P1", "製品「%.*s」は products にありません。", STR(id));
    return PRODUCT_NONE;
}

int32_t fact_named(Reader *r, const Place *at, Str id)
{
    for (int32_t i = 0; i < r->builder.rules.facts.count; i++)
        if (str_equal(text_read(r, r->builder.rules.facts.at[i].id), id)) return i;
    fault(r, at, "F1", "事実「%.*s」は facts にありません。", STR(id));
    return 0;
}

int32_t span_fact_read(Reader *r, const Place *at, const json_t *value)
{
    const char *id = json_string_value(value);
    ptrdiff_t faults = r->faults.count;
    int32_t fact = fact_named(r, at, str_of(id ? id : ""));
    if (r->faults.count == faults && r->builder.rules.facts.at[fact].kind != FACT_SPAN)
        fault(r, at, "F3",
              "事実「%s」は span ではありません。type が span の事実を書いてください。", id);
    return fact;
}

int32_t reason_named(Reader *r, const Place *at, Str id)
{
    for (int32_t i = 0; i < r->builder.rules.reasons.count; i++)
        if (str_equal(text_read(r, r->builder.rules.reasons.at[i].id), id)) return i;
    fault(r, at, "R1", "理由「%.*s」は reasons にありません。", STR(id));
    return -1;
}

int32_t status_named(Reader *r, const Place *at, Str id)
{
    for (int32_t i = 1; i < r->builder.rules.statuses.count; i++)
        if (str_equal(text_read(r, r->builder.rules.statuses.at[i].id), id)) return i;
    bool room = r->builder.rules.statuses.count < STATUSES_MAX;
    if (!r->statuses_open || !room || !id.len) {
        fault(r, at, "K3", "状態「%.*s」はありません。words にある言葉を書いてください。", STR(id));
        return STATUS_INVALID;
    }
    int32_t text = builder_text(&r->builder, id);
    return builder_add_statuses(&r->builder, &(WordRule){.id = text, .label = text}, 1).first;
}

GroupRule *group_named(Reader *r, Str id)
{
    for (int32_t i = 0; i < r->builder.rules.groups.count; i++)
        if (str_equal(text_read(r, r->builder.rules.groups.at[i].id), id))
            return &r->builder.rules.groups.at[i];
    return NULL;
}

int32_t year_named(const Reader *r, Str id)
{
    for (int32_t i = 0; i < r->builder.rules.years.count; i++)
        if (str_equal(text_read(r, r->builder.rules.years.at[i].id), id)) return i;
    return -1;
}

static void set_add(ProductSet *set, int32_t product)
{
    assert(product < PRODUCTS_MAX);
    if (product >= 0) set->words[product >> 6] |= (uint64_t)1 << (product & 63);
}

static bool product_added(Reader *r, Str name, ProductSet *set)
{
    const ProductRules *products = &r->builder.rules.products;
    for (int32_t i = 0; i < products->count; i++) {
        if (!str_equal(text_read(r, products->at[i].id), name)) continue;
        set_add(set, i);
        return true;
    }
    return false;
}

static bool kind_added(Reader *r, Str name, ProductSet *set)
{
    bool any = false;
    const ProductRules *products = &r->builder.rules.products;
    for (int32_t i = 0; i < products->count; i++) {
        if (!str_equal(text_read(r, products->at[i].kind), name)) continue;
        set_add(set, i);
        any = true;
    }
    return any;
}

// A product, else a set of that name, whose members are products and kinds, else all products of that kind: a new
// product is in every set that names its kind.
static void named_products(Reader *r, const Place *at, Str name, ProductSet *set)
{
    const json_t *members =
        json_object_getn(json_object_get(r->common, "sets"), name.at, (size_t)name.len);
    if (product_added(r, name, set) || (!members && kind_added(r, name, set))) return;
    for (size_t i = 0; i < json_array_size(members); i++) {
        const char *id = json_string_value(json_array_get(members, i));
        if (!product_added(r, str_of(id ? id : ""), set) &&
            !kind_added(r, str_of(id ? id : ""), set))
            fault(
                r, at, "P1",
                "「%s」は製品でも種別でもありません。products か kinds にある名前を書いてください。",
                id ? id : "");
    }
    if (!members)
        fault(
            r, at, "P2",
            "「%.*s」は製品でも集合でも種別でもありません。products、sets、kinds のどれかにある名前を書いてください。",
            STR(name));
}

int32_t product_set_read(Reader *r, const Place *at, const json_t *value)
{
    ProductSet set = {0};
    if (json_is_string(value))
        named_products(r, at, str_of(json_string_value(value)), &set);
    else if (!json_is_array(value))
        fault(r, at, "J1", "ここには製品の一覧を書いてください。");
    for (size_t i = 0; i < json_array_size(value); i++) {
        const char *name = json_string_value(json_array_get(value, i));
        Place here = element(at, (int)i);
        if (name)
            named_products(r, &here, str_of(name), &set);
        else
            fault(r, &here, "J1", "製品の番号は文字列で書いてください。");
    }
    return builder_set(&r->builder, &set);
}

// ---- Reading the tables -------------------------------------------------------------------------

static void calendars_read(Reader *r, const Place *up)
{
    const char *name;
    json_t *value;
    Place at = inside(up, "calendars");
    const json_t *table = object_of(r, up, r->common, "calendars");
    json_object_foreach((json_t *)(uintptr_t)table, name, value)
    {
        Str text = str_of(json_string_value(value));
        Cut cut = str_cut(text, '-');
        YearRule year = {.id = builder_text(&r->builder, str_of(name))};
        bool read =
            str_digits(cut.head, 2, 2, &year.month) && str_digits(cut.tail, 2, 2, &year.day);
        // 29 February would be missing in most years.
        if (!read || !civil_valid(2001, year.month, year.day))
            fault(r, &at, "J1", "暦「%s」の初日を MM-DD の形で書いてください。02-29 は書けません。",
                  name);
        else
            (void)builder_add_years(&r->builder, &year, 1);
    }
}

static Range fact_texts_read(Reader *r, const Place *at, const json_t *row, const char *key)
{
    const json_t *list = array_of(r, at, row, key);
    int32_t texts[LIST_VALUES_MAX];
    int count = 0;
    if (json_array_size(list) > LIST_VALUES_MAX)
        fault(r, at, "J1", "%s が多すぎます。%d 個までにしてください。", key, LIST_VALUES_MAX);
    for (size_t i = 0; i < json_array_size(list) && count < LIST_VALUES_MAX; i++)
        texts[count++] =
            builder_text(&r->builder, str_of(json_string_value(json_array_get(list, i))));
    return builder_add_numbers(&r->builder, texts, count);
}

// Of whom the date may be said: ages in years on that date, and a sex.
static void whose_read(Reader *r, const Place *up, const json_t *row, FactRule *fact)
{
    Place at = inside(up, "whose");
    const json_t *whose = object_of(r, up, row, "whose");
    if (!whose) return;
    keys_check(r, &at, whose, "ages sex words law");
    const json_t *ages = array_of(r, &at, whose, "ages");
    fact->age_first = (int32_t)json_integer_value(json_array_get(ages, 0));
    fact->age_last = (int32_t)json_integer_value(json_array_get(ages, 1));
    if (fact->kind != FACT_DATE || json_array_size(ages) != 2 || fact->age_first < 0 ||
        fact->age_first > fact->age_last || fact->age_last > 150)
        fault(
            r, &at, "J1",
            "ages には、type が date の事実について、下と上の年齢を 0 から 150 までの整数で小さい順に書いてください。");
    Str sex = string_of(r, &at, whose, "sex");
    if (sex.len && !str_equal(sex, S("F")) && !str_equal(sex, S("M")))
        fault(r, &at, "K3", "sex「%.*s」はありません。F か M を書いてください。", STR(sex));
    if (sex.len) fact->sex = str_equal(sex, S("F")) ? SUBJECT_FEMALE : SUBJECT_MALE;
    fact->whose = text_of(r, &at, whose, "words");
    law_check(r, &at, law_of(r, &at, whose), "whose ");
}

static void fact_read(Reader *r, const Place *at, const char *id, const json_t *row)
{
    static const char *const kinds[] = {[FACT_FLAG] = "flag",
                                        [FACT_DATE] = "date",
                                        [FACT_NUMBER] = "number",
                                        [FACT_LIST] = "list",
                                        [FACT_SPAN] = "span"};
    FactRule fact = {
        .id = builder_text(&r->builder, str_of(id)), .kind = -1, .replaced_by = FACT_NONE};
    keys_check(r, at, row, "type name values labels span_days whose replaced_by");
    Str kind = string_of(r, at, row, "type");
    for (int32_t i = 0; i < countof(kinds); i++)
        if (str_equal(kind, str_of(kinds[i]))) fact.kind = i;
    if (fact.kind < 0)
        fault(r, at, "K3",
              "type「%.*s」はありません。flag、date、number、list、span のどれかを書いてください。",
              STR(kind));
    if (fact.kind < 0) fact.kind = FACT_FLAG;
    fact.name = text_of(r, at, row, "name");
    fact.span_days = int_of(r, at, row, "span_days", 0);
    if (fact.span_days && fact.kind != FACT_DATE)
        fault(r, at, "J1", "span_days は、type が date の事実だけに書いてください。");
    whose_read(r, at, row, &fact);
    fact.values = fact_texts_read(r, at, row, "values");
    fact.labels = fact_texts_read(r, at, row, "labels");
    if (fact.labels.count && fact.labels.count != fact.values.count)
        fault(r, at, "J1", "labels は values と同じ数だけ書いてください。");
    if (r->builder.rules.facts.count == FACTS_MAX)
        fault(r, at, "J1", "facts が多すぎます。%d 個までにしてください。", FACTS_MAX);
    else
        (void)builder_add_facts(&r->builder, &fact, 1);
}

// Which fact took the place of one that is no longer taken: it may stand further down.
static void replaced_read(Reader *r, const Place *up, const json_t *table, int32_t fact)
{
    Str id = text_read(r, r->builder.rules.facts.at[fact].id);
    const json_t *row = json_object_getn(table, id.at, (size_t)id.len);
    Place at = inside(up, str_z(r->arena, id));
    Str by = string_of(r, &at, row, "replaced_by");
    if (!by.len) return;
    int32_t other = fact_named(r, &at, by);
    if (other == fact)
        fault(r, &at, "F3", "replaced_by に自分の名前は書けません。別の事実を書いてください。");
    r->builder.rules.facts.at[fact].replaced_by = other;
}

static void facts_read(Reader *r, const Place *up)
{
    const char *name;
    json_t *value;
    Place at = inside(up, "facts");
    const json_t *table = object_of(r, up, r->common, "facts");
    json_object_foreach((json_t *)(uintptr_t)table, name, value)
    {
        Place here = inside(&at, name);
        fact_read(r, &here, name, value);
    }
    for (int32_t i = 0; i < r->builder.rules.facts.count; i++) replaced_read(r, &at, table, i);
    r->fact_rules = NEW(r->arena, MonthRule, r->builder.rules.facts.count + 1);
}

static void months_read(Reader *r, const Place *up)
{
    static const char *const rules[] = {
        [MONTHS_OVERFLOW] = "overflow", [MONTHS_ATTAIN] = "attain", [MONTHS_CLIP] = "clip"};
    const char *name;
    json_t *value;
    Place at = inside(up, "months");
    const json_t *table = object_of(r, up, r->common, "months");
    json_object_foreach((json_t *)(uintptr_t)table, name, value)
    {
        int rule = -1;
        for (int i = 0; i < countof(rules); i++)
            if (text_equal(value, rules[i])) rule = i;
        if (rule < 0)
            fault(r, &at, "K3",
                  "「%s」の月の数え方は overflow、attain、clip のどれかで書いてください。", name);
        else if (!strcmp(name, "birth"))
            r->birth_rule = (MonthRule)rule;
        else
            r->fact_rules[fact_named(r, &at, str_of(name))] = (MonthRule)rule;
    }
    r->builder.rules.birth_month_rule = (int32_t)r->birth_rule;
}

static void sets_check(Reader *r, const Place *up)
{
    const char *name;
    json_t *value;
    Place at = inside(up, "sets");
    const json_t *table = object_of(r, up, r->common, "sets");
    json_object_foreach((json_t *)(uintptr_t)table, name, value)
    {
        Place here = inside(&at, name);
        (void)product_set_read(r, &here, value);
    }
}

static void words_read(Reader *r, const Place *up)
{
    const char *name;
    json_t *value;
    Place at = inside(up, "words");
    const json_t *table = object_of(r, up, r->common, "words");
    r->statuses_open = true;
    json_object_foreach((json_t *)(uintptr_t)table, name, value)
    {
        int32_t status = status_named(r, &at, str_of(name));
        r->builder.rules.statuses.at[status].label = text_of(r, &at, table, name);
    }
    r->statuses_open = !table;
}

// What the reason does to the clinic's money: nobody is left to guess where the rules are a country's law.
static int32_t claim_read(Reader *r, const Place *at, const json_t *reason)
{
    Place here = inside(at, "claim");
    Str claim = string_of(r, at, reason, "claim");
    if (!claim.len && !r->law_required) return REASON_HOLDS;
    if (str_equal(claim, S("return"))) return REASON_RETURNS;
    if (!str_equal(claim, S("hold")))
        fault(r, &here, "R2", "claim「%.*s」はありません。return か hold を書いてください。",
              STR(claim));
    return REASON_HOLDS;
}

static void reasons_read(Reader *r, const Place *up)
{
    const char *name;
    json_t *row;
    Place at = inside(up, "reasons");
    const json_t *table = object_of(r, up, r->common, "reasons");
    if (json_object_size(table) > REASONS_MAX)
        fault(r, &at, "J1", "reasons が多すぎます。%d 個までにしてください。", REASONS_MAX);
    json_object_foreach((json_t *)(uintptr_t)table, name, row)
    {
        Place here = inside(&at, name);
        if (r->builder.rules.reasons.count == REASONS_MAX) break;
        keys_check(r, &here, row, "label text claim status place previous blocks");
        WordRule reason = {.id = builder_text(&r->builder, str_of(name)),
                           .label = text_of(r, &here, row, "label"),
                           .words = text_of(r, &here, row, "text"),
                           .claim = claim_read(r, &here, row)};
        (void)builder_add_reasons(&r->builder, &reason, 1);
        Effect effect = {.status = STATUS_INVALID};
        effect_read(r, &here, row, &effect);
    }
}

void effect_read(Reader *r, const Place *at, const json_t *row, Effect *effect)
{
    assert(effect);
    Str status = string_of(r, at, row, "status");
    const json_t *place = json_object_get(row, "place");
    Place place_at = inside(at, "place"), status_at = inside(at, "status");
    if (status.len) effect->status = status_named(r, &status_at, status);
    if (place && !text_equal(place, "no_place") && !text_equal(place, "keeps_place"))
        fault(r, &place_at, "K3", "place には keeps_place か no_place を書いてください。");
    if (place) effect->no_place = text_equal(place, "no_place");
    effect->no_previous = !bool_of(r, at, row, "previous", !effect->no_previous);
    effect->blocks = bool_of(r, at, row, "blocks", effect->blocks);
}

void reason_codes_read(Reader *r, const Place *at, const json_t *codes, int32_t into[CODE_COUNT])
{
    static const char *const names[CODE_COUNT] = {
#define X(name) [CODE_##name] = #name,
        CHECK_CODES(X)
#undef X
    };
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)codes, key, value)
    {
        int code = 0;
        while (code < CODE_COUNT && strcmp(names[code], key)) code++;
        Place here = inside(at, key);
        if (code == CODE_COUNT)
            fault(r, at, "K3", "codes に「%s」は書けません。検査の名前を書いてください。", key);
        else
            into[code] = reason_named(r, &here, str_of(json_string_value(value)));
    }
}

static ConflictRow conflict_read(Reader *r, const Place *at, const json_t *row)
{
    Place earlier = inside(at, "earlier"), later = inside(at, "later");
    keys_check(r, at, row, HEAD_KEYS "earlier later days grace_days other_products_only reason");
    Str reason = string_of(r, at, row, "reason");
    int32_t days = int_of(r, at, row, "days", 0);
    law_check(r, at, law_of(r, at, row), "conflicts の行");
    return (ConflictRow){
        .head = head_read(r, at, row, (Str){0}),
        .earlier = product_set_read(r, &earlier, json_object_get(row, "earlier")),
        .later = product_set_read(r, &later, json_object_get(row, "later")),
        .days = days,
        .grace_days = int_of(r, at, row, "grace_days", days),
        .other_products_only = bool_of(r, at, row, "other_products_only", false),
        .code = reason.len ? reason_named(r, at, reason) : -1,
    };
}

void conflicts_read(Reader *r, const json_t *common)
{
    Place at = {.key = "conflicts"};
    const json_t *rows = array_of(r, NULL, common, "conflicts");
    for (int i = 0; i < (int)json_array_size(rows); i++) {
        Place here = element(&at, i);
        ConflictRow row = conflict_read(r, &here, json_array_get(rows, (size_t)i));
        (void)builder_add_conflicts(&r->builder, &row, 1);
    }
}

static void period_read(Reader *r, const Place *at, int32_t period, const json_t *series)
{
    assert(period > 0);
    for (int i = 0; i < (int)json_array_size(series); i++) {
        Place here = element(at, i);
        const char *id = json_string_value(json_array_get(series, (size_t)i));
        GroupRule *group = id ? group_named(r, str_of(id)) : NULL;
        if (!group)
            fault(r, &here, "G3", "期 %d の「%s」を番号に持つ種類は groups にありません。", period,
                  id ? id : "");
        else if (group->period)
            fault(r, &here, "G3", "種類「%s」はもう期 %d にあります。どちらか一方にしてください。",
                  id, group->period);
        else
            group->period = period;
    }
}

void periods_read(Reader *r, const json_t *common)
{
    const char *key;
    json_t *series;
    Place at = {.key = "periods"};
    const json_t *table = object_of(r, NULL, common, "periods");
    json_object_foreach((json_t *)(uintptr_t)table, key, series)
    {
        Place here = inside(&at, key);
        int period = 0;
        if (!str_digits(str_of(key), 1, 2, &period) || !period)
            fault(r, &here, "J1", "期「%s」は 1 から 99 までの数字で書いてください。", key);
        else if (!json_array_size(series))
            fault(r, &here, "G3", "期 %d に種類がありません。一つ以上書いてください。", period);
        else
            period_read(r, &here, period, series);
    }
}

// In the order in which the tables lean on each other.
void tables_read(Reader *r, const json_t *common)
{
    assert(common);
    Str law_as_of = string_of(r, NULL, common, "law_as_of");
    Place terms_at = {.key = "terms"};
    r->common = common;
    r->law_required = bool_of(r, NULL, common, "law_required", false);
    if (law_as_of.len && !day_read(law_as_of.at, (int)law_as_of.len, &r->builder.rules.law_as_of))
        fault(r, &terms_at, "J1",
              "law_as_of「%.*s」は日付ではありません。2026-04-01 のように書いてください。",
              STR(law_as_of));
    calendars_read(r, NULL);
    facts_read(r, NULL);
    months_read(r, NULL);
    words_read(r, NULL);
    reasons_read(r, NULL);
    components_read(r, NULL);
    products_table_read(r, NULL);
    sets_check(r, NULL);
    terms_check(r, &terms_at, object_of(r, NULL, common, "terms"));
    conflicts_read(r, common);
}
