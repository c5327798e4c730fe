// Keys of a group by which doses are listed, counted and checked.
// SPDX-License-Identifier: Apache-2.0
#include "rules_reader.h"

#include <assert.h>

// ---- What belongs here --------------------------------------------------------------------------

// Also keeps them in the reader: conditions of this group may ask what is owed.
Range serves_read(Reader *r, const Place *up, const json_t *group)
{
    Place at = inside(up, "serves");
    const json_t *rows = array_of(r, up, group, "serves");
    int count = (int)json_array_size(rows);
    ServeRow *made = NEW(r->arena, ServeRow, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(&at, i), component_at = inside(&here, "component");
        Str law = law_of(r, &here, row);
        keys_check(r, &here, row, "component not_owed law");
        law_check(r, &here, law, "serves の行");
        made[i] = (ServeRow){
            .component = component_named(r, &component_at, json_object_get(row, "component")),
            .not_owed = condition_of(r, &here, row, "not_owed"),
            .note = note_read(r, &here, law, (Str){0}),
        };
    }
    r->serves = builder_add_serve_rows(&r->builder, made, count);
    return r->serves;
}

// Products that the group shares with another by age or day: they belong here between first and last.
static Range listed_products_read(Reader *r, const Place *up, const json_t *listed)
{
    Place at = inside(up, "products");
    const json_t *rows = array_of(r, up, listed, "products");
    int count = (int)json_array_size(rows);
    ProductRow *made = NEW(r->arena, ProductRow, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(&at, i);
        keys_check(r, &here, row, "product first last law");
        made[i] = (ProductRow){
            .head = head_read(r, &here, row, law_of(r, up, listed)),
            .product = product_named(r, &here, string_of(r, &here, row, "product")),
            .first = term_of(r, &here, row, "first"),
            .last = term_of(r, &here, row, "last"),
            .code = -1,
            .age_code = -1,
        };
    }
    return builder_add_product_rows(&r->builder, made, count);
}

void listed_read(Reader *r, const Place *up, const json_t *group, GroupRule *into)
{
    assert(into);
    Place at = inside(up, "listed"), after_at = inside(&at, "after_first");
    const json_t *listed = object_of(r, up, group, "listed");
    const json_t *after = object_of(r, &at, listed, "after_first");
    keys_check(r, &at, listed, "from after_first at_most products law");
    keys_check(r, &after_at, after, "fact default");
    into->listed_from = term_of(r, &at, listed, "from");
    into->listed_ages = listed_products_read(r, &at, listed);
    if (listed) law_check(r, &at, law_of(r, &at, listed), "listed ");
    into->listed_at_most = int_of(r, &at, listed, "at_most", 0);
    into->listed_after = after != NULL;
    into->listed_after_fact = FACT_NONE;
    into->listed_after_default = int_of(r, &after_at, after, "default", 0);
    Str fact = string_of(r, &after_at, after, "fact");
    if (fact.len) into->listed_after_fact = fact_named(r, &after_at, fact);
}

// ---- What counts as received --------------------------------------------------------------------

static int32_t fundings_read(Reader *r, const Place *up, const json_t *row)
{
    static const char *const fundings[] = {[FUNDING_ROUTINE] = "routine",
                                           [FUNDING_VOLUNTARY] = "voluntary",
                                           [FUNDING_INSURANCE] = "insurance"};
    Place at = inside(up, "funding");
    const json_t *list = array_of(r, up, row, "funding");
    int32_t bits = 0;
    for (size_t i = 0; i < json_array_size(list); i++)
        bits |= 1 << word_index(r, &at, json_array_get(list, i), fundings, countof(fundings),
                                "費用の区分");
    return list ? bits : ~0;
}

static CountedRow counted_row_read(Reader *r, const Place *at, const json_t *row)
{
    Place products_at = inside(at, "products");
    const json_t *products = json_object_get(row, "products");
    keys_check(r, at, row, HEAD_KEYS "funding products also_when_full");
    law_check(r, at, law_of(r, at, row), "counted の行");
    return (CountedRow){
        .head = head_read(r, at, row, (Str){0}),
        .funding = fundings_read(r, at, row),
        .products = products ? product_set_read(r, &products_at, products) : 0,
        .when_full = bool_of(r, at, row, "also_when_full", true),
    };
}

Range counted_read(Reader *r, const Place *up, const json_t *group)
{
    Place at = inside(up, "counted");
    const json_t *rows = array_of(r, up, group, "counted");
    int count = (int)json_array_size(rows);
    CountedRow *made = NEW(r->arena, CountedRow, count);
    for (int i = 0; i < count; i++) {
        Place here = element(&at, i);
        made[i] = counted_row_read(r, &here, json_array_get(rows, (size_t)i));
    }
    return builder_add_counted_rows(&r->builder, made, count);
}

// ---- Checks -------------------------------------------------------------------------------------

static const char *const check_names[CHECK_COUNT] = {
#define X(name) [CHECK_##name] = #name,
    CHECKS(X)
#undef X
};

// Which code a check needs to be able to object.
static const int32_t check_code[CHECK_COUNT] = {
    [CHECK_programme] = CODE_programme,
    [CHECK_target] = -1,
    [CHECK_condition] = CODE_condition,
    [CHECK_inadvertent] = -1,
    [CHECK_product] = -1,
    [CHECK_season] = -1,
    [CHECK_window] = -1,
    [CHECK_dose] = CODE_dose_before,
    [CHECK_conflict] = -1,
    [CHECK_gap] = CODE_gap,
    [CHECK_mix] = CODE_mix,
};

static CheckStep check_read(Reader *r, const Place *at, const json_t *value, int32_t alone)
{
    assert(alone >= 0);
    int32_t check = word_index(r, at, value, check_names, CHECK_COUNT, "検査");
    if (check_code[check] >= 0 && r->codes[check_code[check]] < 0)
        fault(r, at, "R1", "検査「%s」の理由の番号がありません。codes に書いてください。",
              check_names[check]);
    return (CheckStep){.check = check, .alone = alone};
}

Range checks_read(Reader *r, const Place *up, const json_t *object)
{
    enum { MOST = 2 * CHECK_COUNT };
    CheckStep steps[MOST];
    int count = 0;
    Place at = inside(up, "checks");
    const json_t *list = array_of(r, up, object, "checks");
    for (int i = 0; i < (int)json_array_size(list) && i < CHECK_COUNT; i++) {
        const json_t *value = json_array_get(list, (size_t)i);
        Place here = element(&at, i);
        if (!json_is_array(value) && count < MOST) steps[count++] = check_read(r, &here, value, 0);
        for (size_t k = 0; k < json_array_size(value) && count < MOST; k++)
            steps[count++] = check_read(r, &here, json_array_get(value, k), i + 1);
    }
    return builder_add_check_steps(&r->builder, steps, count);
}

// Doses of another period that has no group of its own.
void beside_read(Reader *r, const Place *up, const json_t *group, GroupRule *into)
{
    Place at = inside(up, "beside");
    const json_t *beside = object_of(r, up, group, "beside");
    if (!beside) return;
    Str law = law_of(r, &at, beside);
    keys_check(r, &at, beside, "when position checks law");
    law_check(r, &at, law, "beside ");
    if (!json_object_get(beside, "when"))
        fault(r, &at, "S3", "条件がありません。when に書いてください。");
    into->beside_when = condition_of(r, &at, beside, "when");
    into->beside_position = text_of(r, &at, beside, "position");
    into->beside_note = note_read(r, &at, law, (Str){0});
    into->beside_checks = checks_read(r, &at, beside);
}

Range mixes_read(Reader *r, const Place *up, const json_t *group)
{
    Place at = inside(up, "mix");
    const json_t *rows = array_of(r, up, group, "mix");
    int count = (int)json_array_size(rows);
    MixRow *made = NEW(r->arena, MixRow, count);
    for (int i = 0; i < count; i++) {
        const json_t *row = json_array_get(rows, (size_t)i);
        Place here = element(&at, i), products_at = inside(&here, "products"),
              after_at = inside(&here, "after");
        keys_check(r, &here, row, HEAD_KEYS "products after");
        law_check(r, &here, law_of(r, &here, row), "mix の行");
        made[i] = (MixRow){
            .head = head_read(r, &here, row, (Str){0}),
            .products = product_set_read(r, &products_at, json_object_get(row, "products")),
            .after = product_set_read(r, &after_at, json_object_get(row, "after")),
        };
    }
    if (count && r->codes[CODE_mix] < 0)
        fault(r, &at, "R1", "mix の理由の番号がありません。codes に書いてください。");
    return builder_add_mix_rows(&r->builder, made, count);
}
