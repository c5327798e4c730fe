// SPDX-License-Identifier: Apache-2.0
#include "ward_wanted.h"

#include "city_place_rows.h"

static Str names_of(const CityWard *city, const CityWards *wards, Arena *arena)
{
    Text text = {0};
    if (!city->code.len) return S("住民がまだ一人もいません");
    text_addf(&text, arena, "%.*s %.*s", STR(city->code), STR(city->name));
    VEC_EACH (const CityWard, ward, *wards)
        text_addf(&text, arena, "、%.*s %.*s", STR(ward->code), STR(ward->name));
    return text_str(&text);
}

static bool meant(const CityWard *ward, Str written)
{
    return ward->code.len && (str_equal(written, ward->code) || str_equal(written, ward->name));
}

bool ward_wanted(Store *store, Str written, Arena *arena, Str *code, Error *err)
{
    CityWard city;
    CityWards wards;
    if (!city_itself(store, arena, &city, err) || !city_wards(store, arena, &wards, err)) return false;
    Str short_name = written;
    if (city.name.len && str_starts(written, city.name) && written.len > city.name.len)
        short_name = str_from(written, city.name.len);
    *code = city.code;
    if (meant(&city, written)) return true;
    VEC_EACH (const CityWard, ward, wards) {
        *code = ward->code;
        if (meant(ward, short_name)) return true;
    }
    return FAIL(err, E_CODE_UNKNOWN, .item = S("--ward"), .value = written,
                .words = str_format(arena, "この市の区ではありません。次のどれかを指定してください: %.*s",
                                    STR(names_of(&city, &wards, arena))));
}
