// The table of products: what they are called, what they protect against, how one dose is given.
// SPDX-License-Identifier: Apache-2.0
#include "rules_reader.h"
#include "schedule_fold.h"

#include <assert.h>

// ---- Components ---------------------------------------------------------------------------------

void components_read(Reader *r, const Place *up)
{
    const char *id;
    json_t *name;
    Place at = inside(up, "components");
    const json_t *table = object_of(r, up, r->common, "components");
    if (json_object_size(table) > COMPONENTS_MAX)
        fault(r, &at, "J1", "components が多すぎます。%d 個までにしてください。", COMPONENTS_MAX);
    json_object_foreach((json_t *)(uintptr_t)table, id, name)
    {
        WordRule component = {.id = builder_text(&r->builder, str_of(id)),
                              .label = text_of(r, &at, table, id)};
        if (r->builder.rules.components.count < COMPONENTS_MAX)
            (void)builder_add_components(&r->builder, &component, 1);
    }
}

int32_t component_named(Reader *r, const Place *at, const json_t *id)
{
    const WordRules *components = &r->builder.rules.components;
    const char *text = json_string_value(id);
    for (int32_t i = 0; text && i < components->count; i++)
        if (str_equal(text_read(r, components->at[i].id), str_of(text))) return i;
    fault(r, at, "P3", "成分「%s」は components にありません。", text ? text : "");
    return 0;
}

static Range components_of(Reader *r, const Place *up, const json_t *product)
{
    Place at = inside(up, "components");
    const json_t *list = array_of(r, up, product, "components");
    int count = (int)json_array_size(list);
    int32_t *made = NEW(r->arena, int32_t, count);
    for (int i = 0; i < count; i++) {
        Place here = element(&at, i);
        made[i] = component_named(r, &here, json_array_get(list, (size_t)i));
    }
    // Without them a duplicate and a forbidden component would go by unseen.
    if (!count && r->law_required)
        fault(r, &at, "P3", "この製品の成分がありません。components に一つ以上書いてください。");
    return builder_add_numbers(&r->builder, made, count);
}

// ---- Volumes and routes -------------------------------------------------------------------------

// "0.25", "2.0": millilitres with one or two decimals.
static bool volume_read(Str text, int32_t *ml100)
{
    assert(ml100);
    Cut cut = str_cut(text, '.');
    int whole, part;
    if (!cut.found || !str_digits(cut.head, 1, 1, &whole) || !str_digits(cut.tail, 1, 2, &part))
        return false;
    *ml100 = whole * 100 + (cut.tail.len == 1 ? part * 10 : part);
    return *ml100 > 0;
}

typedef struct AmountKeys {
    const char *table, *row;  // of the product; of one of its rows
    bool is_volume;
} AmountKeys;

static AgedRule amount_of(Reader *r, const Place *at, Str text, int32_t below, bool is_volume)
{
    assert(below >= 0);
    AgedRule amount = {.below_years = below, .text = builder_text(&r->builder, text)};
    if (is_volume ? !volume_read(text, &amount.ml100) : !text.len)
        fault(r, at, "P4",
              is_volume ? "接種量「%.*s」を読めません。ミリリットルで 0.25 のように書いてください。"
                        : "接種の経路「%.*s」がありません。route に書いてください。",
              STR(text));
    return amount;
}

// The rows of some series come first, then ages rise, and the last row is for everybody else.
static void amounts_check(Reader *r, const Place *at, const AgedRule *rows, int count)
{
    assert(count >= 0);
    for (int i = 0; i < count; i++) {
        int below = rows[i].below_years, before = i ? rows[i - 1].below_years : 0;
        bool late = rows[i].series && i && !rows[i - 1].series;
        bool last = i == count - 1;
        bool sound = last ? !below && !rows[i].series : rows[i].series || below > before;
        if (!sound || late)
            fault(
                r, at, "P4",
                "%d 番目の行の順が違います。series の行、below の小さい順の行、全員のための行の順に書いてください。",
                i + 1);
    }
}

// One text for all, or rows by series and age.
static Range amounts_read(Reader *r, const Place *up, const json_t *product, const AmountKeys *keys)
{
    assert(keys->table && keys->row);
    Place at = inside(up, keys->table);
    const json_t *value = json_object_get(product, keys->table);
    if (json_is_string(value)) {
        AgedRule all = amount_of(r, &at, str_of(json_string_value(value)), 0, keys->is_volume);
        return builder_add_aged(&r->builder, &all, 1);
    }
    const json_t *list = array_of(r, up, product, keys->table);
    int count = (int)json_array_size(list);
    if (count > AMOUNTS_MAX)
        fault(r, &at, "P4", "行が多すぎます。%d 行までにしてください。", AMOUNTS_MAX);
    AgedRule *made = NEW(r->arena, AgedRule, count);
    for (int i = 0; i < count; i++) {
        Place here = element(&at, i);
        const json_t *row = json_array_get(list, (size_t)i);
        keys_check(r, &here, row,
                   keys->is_volume ? "series below ml law" : "series below route law");
        made[i] = amount_of(r, &here, string_of(r, &here, row, keys->row),
                            int_of(r, &here, row, "below", 0), keys->is_volume);
        made[i].series = text_of(r, &here, row, "series");
    }
    amounts_check(r, &at, made, count);
    return builder_add_aged(&r->builder, made, count);
}

// ---- Products -----------------------------------------------------------------------------------

// A brand is a text, or {brand, first, last} where it means this product at some ages or on some
// days only.
static Range brands_read(Reader *r, const Place *up, const json_t *product)
{
    const json_t *list = array_of(r, up, product, "brands");
    BrandRule *brands = NEW(r->arena, BrandRule, (ptrdiff_t)json_array_size(list));
    Place at = inside(up, "brands");
    for (int i = 0; i < (int)json_array_size(list); i++) {
        const json_t *row = json_array_get(list, (size_t)i);
        Place here = element(&at, i);
        Str name = json_is_string(row) ? str_of(json_string_value(row))
                                       : string_of(r, &here, row, "brand");
        keys_check(r, &here, row, "brand first last law");
        brands[i] = (BrandRule){
            .brand = builder_text(&r->builder, name),
            .folded = builder_text(&r->builder, name_folded(r->arena, name)),
            .first = term_of(r, &here, row, "first"),
            .last = term_of(r, &here, row, "last"),
        };
    }
    return builder_add_brands(&r->builder, brands, (ptrdiff_t)json_array_size(list));
}

static Range cvx_read(Reader *r, const Place *at, const json_t *product)
{
    const json_t *list = array_of(r, at, product, "cvx");
    int32_t *cvx = NEW(r->arena, int32_t, (ptrdiff_t)json_array_size(list));
    for (size_t i = 0; i < json_array_size(list); i++)
        cvx[i] = builder_text(&r->builder, str_of(json_string_value(json_array_get(list, i))));
    return builder_add_numbers(&r->builder, cvx, (ptrdiff_t)json_array_size(list));
}

// What must be asked with the product; a submission has one item for it, a date.
static Range wants_read(Reader *r, const Place *up, const json_t *product)
{
    Place at = inside(up, "wants");
    const json_t *list = array_of(r, up, product, "wants");
    int count = (int)json_array_size(list);
    int32_t *wants = NEW(r->arena, int32_t, count);
    for (int i = 0; i < count; i++) {
        Place here = element(&at, i);
        const char *id = json_string_value(json_array_get(list, (size_t)i));
        wants[i] = fact_named(r, &here, str_of(id ? id : ""));
        if (r->builder.rules.facts.count && !r->builder.rules.facts.at[wants[i]].span_days)
            fault(r, &here, "F2",
                  "wants には span_days のある date の事実を書いてください。「%.*s」は違います。",
                  STR(str_of(id ? id : "")));
    }
    return builder_add_numbers(&r->builder, wants, count);
}

// A kind that nobody declared would stand outside every interval between vaccines.
static int32_t kind_read(Reader *r, const Place *at, const json_t *row)
{
    Place here = inside(at, "kind");
    Str kind = string_of(r, at, row, "kind");
    const json_t *kinds = json_object_get(r->common, "kinds");
    if ((kinds || r->law_required) && !json_object_getn(kinds, kind.at, (size_t)kind.len))
        fault(r, &here, "P6", "製品の種別「%.*s」は kinds にありません。", STR(kind));
    return builder_text(&r->builder, kind);
}

static void product_read(Reader *r, const Place *at, const char *id, const json_t *row)
{
    static const AmountKeys volumes = {"volume", "ml", true}, routes = {"route", "route", false};
    keys_check(r, at, row, "cvx kind name label text brands components volume route wants");
    Str name = string_of(r, at, row, "name");
    ProductRule product = {
        .id = builder_text(&r->builder, str_of(id)),
        .name = builder_text(&r->builder, name),
        .kind = kind_read(r, at, row),
        .label = text_of(r, at, row, "label"),
        .words = text_of(r, at, row, "text"),
        .id_folded = builder_text(&r->builder, name_folded(r->arena, str_of(id))),
        .name_folded = builder_text(&r->builder, name_folded(r->arena, name)),
        .brands = brands_read(r, at, row),
        .cvx = cvx_read(r, at, row),
        .components = components_of(r, at, row),
        .volumes = amounts_read(r, at, row, &volumes),
        .routes = amounts_read(r, at, row, &routes),
        .wants = wants_read(r, at, row),
    };
    (void)builder_add_products(&r->builder, &product, 1);
}

void products_table_read(Reader *r, const Place *up)
{
    const char *name;
    json_t *value;
    Place at = inside(up, "products");
    const json_t *table = object_of(r, up, r->common, "products");
    if (json_object_size(table) > PRODUCTS_MAX)
        fault(r, &at, "J1", "products が多すぎます。%d 個までにしてください。", PRODUCTS_MAX);
    json_object_foreach((json_t *)(uintptr_t)table, name, value)
    {
        Place here = inside(&at, name);
        if (r->builder.rules.products.count < PRODUCTS_MAX) product_read(r, &here, name, value);
    }
}

static void series_check(Reader *r, const Place *at, Range rows)
{
    assert(rows.first >= 0 && rows.first + rows.count <= r->builder.rules.aged.count);
    for (int i = rows.first; i < rows.first + rows.count; i++) {
        int32_t series = r->builder.rules.aged.at[i].series;
        Str id = text_read(r, series);
        if (series && !group_named(r, id))
            fault(r, at, "P4", "行の series「%.*s」を番号に持つ種類は groups にありません。",
                  STR(id));
    }
}

// After the groups: the series that rows of products are for.
void amounts_bind(Reader *r)
{
    Place at = {.key = "products"};
    for (int i = 0; i < r->builder.rules.products.count; i++) {
        const ProductRule *product = &r->builder.rules.products.at[i];
        Place here = inside(&at, str_z(r->arena, text_read(r, product->id)));
        series_check(r, &here, product->volumes);
        series_check(r, &here, product->routes);
    }
}
