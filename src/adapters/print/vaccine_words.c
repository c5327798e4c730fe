// The words about each vaccine, bound to the rules: a series, a product or a course that the rules do not
// know is no word of a paper.
// SPDX-License-Identifier: Apache-2.0
#include "paper_reader.h"

static void unknown(PaperReader *r, Str name)
{
    if (!r->unknown) r->unknown = str_z(r->arena, name);
}

// ---- Products -----------------------------------------------------------------------------------

// How texts of volumes are put together: "0.25 mL（3歳未満）".
typedef struct VolumeWords {
    Str unit, young[2];
} VolumeWords;

static Str series_of(const PaperReader *r, const DoseAmount *amount)
{
    return amount->group == GROUP_NONE ? (Str){0} : group_id(r->schedule, amount->group);
}

static const AmountWords *volumes_of(const PaperReader *r, int product, const VolumeWords *words,
                                     int *count)
{
    DoseAmount volume;
    while (product_volume_row(r->schedule, product, *count, &volume)) (*count)++;
    AmountWords *made = NEW(r->arena, AmountWords, *count);
    for (int i = 0; product_volume_row(r->schedule, product, i, &volume); i++) {
        Str text = str_join(r->arena, volume.text, words->unit);
        made[i] = (AmountWords){series_of(r, &volume), volume.below_years, text, text};
        if (volume.below_years)
            made[i].among_others =
                str_format(r->arena, "%.*s%.*s%d%.*s", STR(text), STR(words->young[0]),
                           volume.below_years, STR(words->young[1]));
    }
    return made;
}

static const AmountWords *routes_of(const PaperReader *r, int product, int *count)
{
    DoseAmount route;
    while (product_route_row(r->schedule, product, *count, &route)) (*count)++;
    AmountWords *made = NEW(r->arena, AmountWords, *count);
    for (int i = 0; product_route_row(r->schedule, product, i, &route); i++)
        made[i] = (AmountWords){series_of(r, &route), route.below_years, route.text, route.text};
    return made;
}

static void products_read(PaperReader *r, const json_t *root, PaperForms *forms)
{
    Str words[3] = {{0}};
    take_fixed_texts(r, root, "volume", words, 3);
    const VolumeWords volume = {words[0], {words[1], words[2]}};
    ProductWords *products = NEW(r->arena, ProductWords, product_count(r->schedule));
    for (int p = 0; p < product_count(r->schedule); p++) {
        ProductWords *made = &products[p];
        *made = (ProductWords){.product = product_id(r->schedule, p),
                               .name = product_printed(r->schedule, p),
                               .choice = product_label(r->schedule, p)};
        made->volumes = volumes_of(r, p, &volume, &made->volume_count);
        made->routes = routes_of(r, p, &made->route_count);
    }
    forms->products = products;
    forms->product_count = product_count(r->schedule);
}

static const ProductWords **product_list(PaperReader *r, const PaperForms *forms, const json_t *row,
                                         int group, int *count)
{
    const Str *ids = take_texts(r, row, "products", count);
    const ProductWords **list = NEW(r->arena, const ProductWords *, *count);
    for (int i = 0; i < *count; i++) {
        int product = product_by_id(r->schedule, ids[i]);
        bool known = product != PRODUCT_NONE && group_lists(r->schedule, group, product);
        if (!known) unknown(r, ids[i]);
        list[i] = known ? &forms->products[product] : NULL;
    }
    return list;
}

// Every product that is listed can be said: how it is given, and how much of it.
static void amounts_check(PaperReader *r, const VaccineWords *v)
{
    for (int i = 0; i < v->product_count && !r->unknown && !r->missing; i++) {
        if (!v->products[i]->route_count) r->missing = "route";
        if (!v->products[i]->volume_count && !v->volume.len) r->missing = "volume";
    }
}

// ---- One vaccine --------------------------------------------------------------------------------

static void read_positions(PaperReader *r, const json_t *row, int group, VaccineWords *vaccine)
{
    const json_t *array = take_array(r, row, "positions", &vaccine->position_count);
    PositionWords *positions = NEW(r->arena, PositionWords, vaccine->position_count);
    for (int i = 0; i < vaccine->position_count; i++) {
        const json_t *position = json_array_get(array, (size_t)i);
        Str *fields[] = {&positions[i].position, &positions[i].label, &positions[i].interval,
                         &positions[i].course};
        for (size_t k = 0; k < countof(fields); k++) {
            const char *text = json_string_value(json_array_get(position, k));
            if (text) *fields[k] = str_copy(r->arena, str_of(text));
            if (!text && k < 2 && !r->missing) r->missing = "positions";
        }
        Str course = positions[i].course;
        if (course.len && !group_has_course(r->schedule, group, course)) unknown(r, course);
    }
    vaccine->positions = positions;
}

static void read_after(PaperReader *r, const PaperForms *forms, const json_t *row, int group,
                       VaccineWords *vaccine)
{
    const json_t *array = json_object_get(row, "after");
    vaccine->after_count = (int)json_array_size(array);
    AfterWords *after = NEW(r->arena, AfterWords, vaccine->after_count);
    for (int i = 0; i < vaccine->after_count; i++) {
        const json_t *words = json_array_get(array, (size_t)i);
        after[i] = (AfterWords){.previous = take_text(r, words, "previous"),
                                .name = take_text(r, words, "name"),
                                .disease = take_text(r, words, "disease")};
        after[i].products = product_list(r, forms, words, group, &after[i].product_count);
        if (product_by_id(r->schedule, after[i].previous) == PRODUCT_NONE)
            unknown(r, after[i].previous);
    }
    vaccine->after = after;
}

static void read_special(PaperReader *r, const json_t *row, int group, VaccineWords *vaccine)
{
    if (!json_object_get(row, "special")) return;
    vaccine->special = take_texts(r, row, "special", &vaccine->special_count);
    for (int i = 0; i < vaccine->special_count; i++)
        if (!group_has_course(r->schedule, group, vaccine->special[i]))
            unknown(r, vaccine->special[i]);
}

static VaccineWords vaccine_read(PaperReader *r, const PaperForms *forms, const json_t *row)
{
    VaccineWords v = {
        .series = take_text(r, row, "series"),
        .name = take_text(r, row, "name"),
        .disease = take_text(r, row, "disease"),
        .mark = take_text(r, row, "mark"),
        .hatch = take_text(r, row, "hatch"),
        .lightness = (int)json_integer_value(json_object_get(row, "lightness")),
        .form = take_text(r, row, "form"),
        .absence = json_is_true(json_object_get(row, "absence")),
        .head = take_optional(r, row, "head"),
        .volume = take_optional(r, row, "volume"),
    };
    int group = group_find(r->schedule, v.series);
    if (group == GROUP_NONE) {
        unknown(r, v.series);
        return v;
    }
    v.legal_class = group_class(r->schedule, group);
    v.extra = take_texts(r, row, "extra", &v.extra_count);
    v.products = product_list(r, forms, row, group, &v.product_count);
    read_special(r, row, group, &v);
    read_positions(r, row, group, &v);
    read_after(r, forms, row, group, &v);
    amounts_check(r, &v);
    return v;
}

void vaccines_read(PaperReader *r, const json_t *root, PaperForms *forms)
{
    products_read(r, root, forms);
    const json_t *array = take_array(r, root, "vaccines", &forms->vaccine_count);
    VaccineWords *vaccines = NEW(r->arena, VaccineWords, forms->vaccine_count);
    for (int i = 0; i < forms->vaccine_count; i++)
        vaccines[i] = vaccine_read(r, forms, json_array_get(array, (size_t)i));
    forms->vaccines = vaccines;
}

// ---- Looking up ---------------------------------------------------------------------------------

const VaccineWords *vaccine_words(const PaperForms *forms, Str series)
{
    for (int i = 0; i < forms->vaccine_count; i++)
        if (str_equal(forms->vaccines[i].series, series)) return &forms->vaccines[i];
    return NULL;
}

const ProductWords *product_words(const PaperForms *forms, Str product)
{
    for (int i = 0; i < forms->product_count; i++)
        if (str_equal(forms->products[i].product, product)) return &forms->products[i];
    return NULL;
}

const PositionWords *position_words(const VaccineWords *vaccine, Str position,
                                    const PaperDose *dose)
{
    const PositionWords *for_all = NULL;
    for (int i = 0; i < vaccine->position_count; i++) {
        const PositionWords *words = &vaccine->positions[i];
        if (!str_equal(words->position, position)) continue;
        if (!words->course.len)
            for_all = words;
        else if (str_equal(words->course, dose->course) || str_equal(words->course, dose->path))
            return words;
    }
    return for_all;
}
