// Municipalities, postal codes, and that every town of the city survives the address parser.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "address.h"
#include "error_texts.h"
#include "municipality.h"
#include "postal.h"

static Arena arena;
static const MunicipalityTable *table;
static PostalTowns towns;

static MunicipalityCode code_of(const char *text)
{
    MunicipalityCode code = {0};
    Error err = {0};
    assert_true(municipality_code_parse(str_of(text), &code, NULL, &err));
    return code;
}

static void a_ward_is_answered_for_by_its_city(void **state)
{
    (void)state;
    static const struct {
        const char *code, *answering;
    } cases[] = {
        {"401064", "401005"}, {"401099", "401005"},  // 小倉北区, 八幡西区
        {"401315", "401307"},                        // 福岡市東区
        {"401005", "401005"}, {"352012", "352012"},  // 北九州市, 下関市
        {"131121", "131121"},                        // 世田谷区 is a municipality of its own
        {"142093", "141500"}, {"152013", "151009"}, {"222011", "221007"}, {"222020", "221309"},
        {"272019", "271403"}, {"332011", "331007"}, {"432016", "431001"}, {"221317", "221309"},
        {"221384", "221309"},                        // 浜松市 中区 of old, 中央区 of today
        {"401021", "401005"}, {"401048", "401005"},  // 小倉区, 八幡区
    };
    for (int i = 0; i < countof(cases); i++)
        assert_string_equal(municipality_answering(table, code_of(cases[i].code)).digits,
                            cases[i].answering);
    MunicipalityCode elsewhere = {0};
    Error err = {0};
    assert_true(municipality_code_parse5(S("99999"), &elsewhere, &err));
    assert_true(municipality_code_elsewhere(&elsewhere));
    assert_string_equal(municipality_answering(table, elsewhere).digits, elsewhere.digits);
    assert_null(municipality_find(table, &elsewhere));
}

static void an_abolished_code_is_known_for_its_time(void **state)
{
    (void)state;
    MunicipalityCode kokura = code_of("401021"), kokurakita = code_of("401064"),
                     nowhere = code_of("409995");
    assert_true(municipality_known_on(table, &kokura, day_of(1974, 3, 31)));
    assert_false(municipality_known_on(table, &kokura, day_of(1974, 4, 1)));
    assert_null(municipality_find(table, &kokura));
    assert_true(municipality_known_on(table, &kokurakita, day_of(2026, 4, 1)));
    assert_false(municipality_known_on(table, &nowhere, day_of(1960, 1, 1)));
    const Municipality *found = municipality_find(table, &kokurakita);
    assert_true(str_equal(found->name, S("北九州市小倉北区")));
    assert_true(str_equal(found->prefecture, S("福岡県")));
}

static void an_organisation_is_called_by_its_city(void **state)
{
    (void)state;
    Arena scratch = arena;
    const OrganisationCode fukuoka = {"0220140130700000"}, department = {"0220140130700001"}, other = {"0110000000000000"};
    assert_true(str_equal(organisation_words(table, &fukuoka, &scratch), S("福岡県福岡市")));
    assert_true(str_equal(organisation_words(table, &department, &scratch), organisation_shown(&department, &scratch)));
    assert_true(str_equal(organisation_words(table, &other, &scratch), organisation_shown(&other, &scratch)));
}

static int wards_of_kitakyushu(MunicipalityWard wards[24])
{
    MunicipalityCode city = code_of("401005");
    return municipality_wards(table, &city, wards, 24);
}

static void the_city_has_seven_wards(void **state)
{
    (void)state;
    static const char *const names[] = {"門司区",   "若松区",   "戸畑区",  "小倉北区",
                                        "小倉南区", "八幡東区", "八幡西区"};
    MunicipalityWard wards[24];
    assert_int_equal(wards_of_kitakyushu(wards), 7);
    for (int i = 0; i < 7; i++) assert_true(str_equal(wards[i].name, str_of(names[i])));
    MunicipalityCode osaka = code_of("271004"), shimonoseki = code_of("352012");
    assert_int_equal(municipality_wards(table, &osaka, wards, 24), 24);
    assert_int_equal(municipality_wards(table, &osaka, wards, 3), 3);
    assert_int_equal(municipality_wards(table, &shimonoseki, wards, 24), 0);
}

static void a_postal_code_names_its_town(void **state)
{
    (void)state;
    PostalCode code = {"8000001"}, none = {"8000000"}, last = {"9999999"};
    PostalTowns found = postal_find(towns, &code);
    assert_int_equal(found.count, 1);
    assert_true(str_equal(found.at->town, S("風師")));
    assert_true(str_equal(found.at->ward, S("門司区")));
    assert_int_equal(postal_find(towns, &none).count, 0);
    assert_int_equal(postal_find(towns, &last).count, 0);
    for (int i = 0; i < towns.count; i++) {
        found = postal_find(towns, &towns.at[i].postal_code);
        assert_true(found.count >= 1 && found.at <= &towns.at[i]);
    }
}

static bool own_towns(const char *text, PostalTowns *own, Error *err)
{
    char path[] = "/tmp/postal-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    (void)close(file);
    *err = (Error){0};
    bool read = postal_load_own(path, &arena, own, err);
    (void)unlink(path);
    return read;
}

#define POSTAL_HEADER "postal_code,municipality_code,ward,town\n"

static void another_city_brings_its_own_postal_codes(void **state)
{
    (void)state;
    PostalTowns own;
    Error err;
    PostalCode here = {"8300012"}, there = {"8000001"};
    assert_true(own_towns(POSTAL_HEADER "8300017,402036,久留米市,日吉町\n"
                                        "8300012,402036,久留米市,水分町\n",
                          &own, &err));
    assert_int_equal(own.count, 2);
    assert_true(str_equal(postal_find(own, &here).at->town, S("水分町")));
    assert_int_equal(postal_find(own, &there).count, 0);  // of the city that is built in
    Error none = {0};
    assert_true(postal_load_own("/nowhere/city-postal.csv", &arena, &own, &none));
    assert_int_equal(own.count, towns.count);
}

static void a_wrong_row_of_postal_codes_is_told_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *item;
        ErrorCode code;
    } cases[] = {
        {"8300017,402036,久留米市,日吉町\n830001,402036,久留米市,水分町\n", NULL, E_NONE},
        {"8300017,402036,久留米市,日吉町\n8300012,402036,久留米市,\n", "town", E_MISSING},
        {"8300017,402036,久留米市,日吉町\n8300012,402036,,水分町\n", "ward", E_MISSING},
        {"8300017,402036,久留米市,日吉町\n8300012,402037,久留米市,水分町\n", NULL, E_NONE},
    };
    for (int i = 0; i < countof(cases); i++) {
        PostalTowns own;
        Error err;
        Str text = str_join(&arena, S(POSTAL_HEADER), str_of(cases[i].rows));
        assert_false(own_towns(str_z(&arena, text), &own, &err));
        assert_int_equal(err.row, 3);
        assert_int_not_equal(err.code, E_NONE);
        if (!cases[i].item) continue;  // the code's own error
        assert_int_equal(err.code, cases[i].code);
        assert_true(str_equal(error_item(&err), str_of(cases[i].item)));
    }
    PostalTowns own;
    Error err;
    assert_false(own_towns("postal_code,town\n8300017,日吉町\n", &own, &err));
    assert_int_equal(err.code, E_FILE_LAYOUT);
}

static void an_address_finds_its_postal_code_only_when_there_is_one(void **state)
{
    (void)state;
    static const struct {
        const char *ward, *town, *code;
    } cases[] = {
        {"401072", "沼新町三丁目", "8000218"},  // not 沼
        {"401072", "沼緑町", "8000207"},
        {"401072", "沼123", "8000209"},
        {"401013", "大里東口1-2", "8000029"},  // 大里, 大里東, 大里東口
        {"401013", "大里東1-2", "8000022"},
        {"401013", "風師三丁目", NULL},  // 8000001 or 8010801
        {"401099", "折尾1丁目", NULL},   // 8070825 or 8070864
        {"401056", "風師三丁目", NULL},  // another ward
        {"401056", "", NULL},
    };
    for (int i = 0; i < countof(cases); i++) {
        MunicipalityCode ward = code_of(cases[i].ward);
        const PostalTown *town = postal_town(towns, &ward, str_of(cases[i].town));
        if (!cases[i].code)
            assert_null(town);
        else
            assert_true(town && str_equal(postal_text(&town->postal_code), str_of(cases[i].code)));
    }
}

// A town whose own name holds a numeral (一枝, 三萩野, 八王寺町) is where a parser goes wrong.
static void every_town_of_the_city_survives_the_address_parser(void **state)
{
    (void)state;
    MunicipalityWard wards[24];
    Str names[24];
    int count = wards_of_kitakyushu(wards);
    for (int i = 0; i < count; i++) names[i] = wards[i].name;
    AddressPlaces places = {S("福岡県"), S("北九州市"), names, count};
    static const struct {
        const char *before, *between, *number;
    } forms[] = {
        {"福岡県北九州市", "", "二丁目三番四号"},
        {"北九州市", "", "2-3-4"},
        {"", "", "２丁目３の４"},
        {"", " ", " 2丁目 3番 4号"},
    };
    for (int i = 0; i < towns.count; i++) {
        const PostalTown *town = &towns.at[i];
        for (int k = 0; k < countof(forms); k++) {
            Arena notes = arena;
            Str text = str_format(&notes, "%s%.*s%s%.*s%s", forms[k].before, STR(town->ward),
                                  forms[k].between, STR(town->town), forms[k].number);
            Address address = address_parse(text, (Str){0}, &places, &notes);
            if (!str_equal(address.ward, town->ward) || !str_equal(address.town, town->town) ||
                !str_equal(address_number_text(&address, &notes), S("2-3-4")))
                fail_msg("%.*s: %.*s, %.*s", STR(text), STR(address.town),
                         STR(address_number_text(&address, &notes)));
        }
    }
    assert_int_equal(towns.count, 699);
}

int main(void)
{
    arena = arena_reserve(1 << 22);
    Error err = {0};
    if (!municipality_load(&arena, &table, &err) || !postal_load(&arena, &towns, &err)) return 1;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_ward_is_answered_for_by_its_city),
        cmocka_unit_test(an_organisation_is_called_by_its_city),
        cmocka_unit_test(an_abolished_code_is_known_for_its_time),
        cmocka_unit_test(the_city_has_seven_wards),
        cmocka_unit_test(a_postal_code_names_its_town),
        cmocka_unit_test(another_city_brings_its_own_postal_codes),
        cmocka_unit_test(a_wrong_row_of_postal_codes_is_told_with_its_place),
        cmocka_unit_test(an_address_finds_its_postal_code_only_when_there_is_one),
        cmocka_unit_test(every_town_of_the_city_survives_the_address_parser),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
