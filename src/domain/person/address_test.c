// Addresses as registers print them and as guardians write them (linkage.md 7.3; the houses of
// forms.md 4.4). All houses are synthetic.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "address.h"

static const Str wards[] = {S("門司区"),   S("若松区"),   S("戸畑区"),  S("小倉北区"),
                            S("小倉南区"), S("八幡東区"), S("八幡西区")};
static const AddressPlaces places = {S("福岡県"), S("北九州市"), wards, (int)countof(wards)};
static Arena arena;

static Address parsed(const char *text)
{
    return address_parse(str_of(text), (Str){0}, &places, &arena);
}

static void expect(const char *text, Str got, const char *wanted)
{
    if (!str_equal(got, str_of(wanted)))
        fail_msg("%s: got \"%.*s\", wanted \"%s\"", text, STR(got), wanted);
}

static void an_address_comes_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text, *ward, *town;
        int chome;
        const char *numbers;  // chome and numbers joined
        const char *building;
        AddressKind kind;
        AddressStatus status;
    } cases[] = {
        {"福岡県北九州市小倉北区馬借二丁目六番一号　みほんビル３Ｆ", "小倉北区", "馬借", 2, "2-6-1",
         "みほんビル３Ｆ", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"北九州市小倉北区 馬借 2丁目 6番 1号", "小倉北区", "馬借", 2, "2-6-1", "",
         ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"小倉北区馬借２－６－１", "小倉北区", "馬借", 0, "2-6-1", "", ADDRESS_KIND_UNKNOWN,
         ADDRESS_WHOLE},
        {"馬借2丁目6-1", "", "馬借", 2, "2-6-1", "", ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        {"馬借2丁6番1号", "", "馬借", 2, "2-6-1", "", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"馬借2ー6ー1", "", "馬借", 0, "2-6-1", "", ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        {"馬借２ノ６之１", "", "馬借", 0, "2-6-1", "", ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        // forms.md 4.4, with a town in front
        {"みほん町１番１号", "", "みほん町", 0, "1-1", "", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"みほん町３丁目８－１", "", "みほん町", 3, "3-8-1", "", ADDRESS_KIND_UNKNOWN,
         ADDRESS_WHOLE},
        {"みほん町１丁目２番の１２", "", "みほん町", 1, "1-2-12", "", ADDRESS_RESIDENTIAL,
         ADDRESS_WHOLE},
        {"みほん町３丁目１５－３　コムみほん５階５０２号", "", "みほん町", 3, "3-15-3",
         "コムみほん５階５０２号", ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        {"みほん町２丁目１３番２８号　Ａ棟１０５", "", "みほん町", 2, "2-13-28", "Ａ棟１０５",
         ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"みほん町１丁目１番　市営れいだい住宅１２－３０４", "", "みほん町", 1, "1-1",
         "市営れいだい住宅１２－３０４", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"みほん町２－１　F1寮B-203", "", "みほん町", 0, "2-1", "F1寮B-203", ADDRESS_KIND_UNKNOWN,
         ADDRESS_WHOLE},
        {"みほん町４丁目１番５－１２０８号　サンプルマンションZ", "", "みほん町", 4, "4-1-5-1208",
         "サンプルマンションZ", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"緑ケ丘甲１２３番地４の５", "", "緑ケ丘", 0, "甲123-4-5", "", ADDRESS_LOT, ADDRESS_WHOLE},
        {"みほん町無番地", "", "みほん町", 0, "無番地", "", ADDRESS_KIND_UNKNOWN,
         ADDRESS_NO_NUMBER},
        {"八幡西区大字折尾１２３４番地の５６　第３みほんハイツ７０８", "八幡西区", "折尾", 0,
         "1234-56", "第３みほんハイツ７０８", ADDRESS_LOT, ADDRESS_WHOLE},
        {"みほん町１０丁目１２３番１２号　Kみほん２", "", "みほん町", 10, "10-123-12", "Kみほん２",
         ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"みほん町１丁目２−３　みほん様方", "", "みほん町", 1, "1-2-3", "みほん様方",
         ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        {"みほん町十二番二十三号　グランみほんTWIN N105", "", "みほん町", 0, "12-23",
         "グランみほんTWIN N105", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"みほん町１－５－１２　第二れいだい寮四〇一号室", "", "みほん町", 0, "1-5-12",
         "第二れいだい寮四〇一号室", ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        {"みほん町２丁目４番１号　れいだい・A&Bハイツ２０１", "", "みほん町", 2, "2-4-1",
         "れいだい・A&Bハイツ２０１", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"みほん町１２３番４５号　れいだい12345K", "", "みほん町", 0, "123-45", "れいだい12345K",
         ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"みほん町１２丁目３４５番６７号　みほんB棟９", "", "みほん町", 12, "12-345-67",
         "みほんB棟９", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"みほん町１丁目１番１号　みほんタワー２０F２００１", "", "みほん町", 1, "1-1-1",
         "みほんタワー２０F２００１", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        // kanji numerals of a town stay with it
        {"三萩野二丁目一番の二", "", "三萩野", 2, "2-1-2", "", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"一番町三丁目5-2", "", "一番町", 3, "3-5-2", "", ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        {"二タ松町4番百二十号", "", "二タ松町", 0, "4-120", "", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"八丁堀3-1", "", "八丁堀", 0, "3-1", "", ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        {"一の宮2-3", "", "一の宮", 0, "2-3", "", ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        {"六甲1丁目2-3", "", "六甲", 1, "1-2-3", "", ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        // digits of a town too
        {"北3条西5丁目7番", "", "北3条西", 5, "5-7", "", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"みほん第12地割34番地5", "", "みほん第12地割", 0, "34-5", "", ADDRESS_LOT, ADDRESS_WHOLE},
        // marks and old systems
        {"みほん町12番戸", "", "みほん町", 0, "12", "", ADDRESS_HOUSE, ADDRESS_WHOLE},
        {"みほん町12番地乙", "", "みほん町", 0, "12-乙", "", ADDRESS_LOT, ADDRESS_WHOLE},
        {"みほん町イ12番地ロの3", "", "みほん町", 0, "イ12-ロ-3", "", ADDRESS_LOT, ADDRESS_WHOLE},
        {"みほん町番外12", "", "みほん町", 0, "番外12", "", ADDRESS_KIND_UNKNOWN,
         ADDRESS_NO_NUMBER},
        {"みほん町12番地ハイツみほん", "", "みほん町", 0, "12", "ハイツみほん", ADDRESS_LOT,
         ADDRESS_WHOLE},
        // rooms are no numbers of the lot
        {"みほん町6番地 101", "", "みほん町", 0, "6", "101", ADDRESS_LOT, ADDRESS_WHOLE},
        {"みほん町6番1号302", "", "みほん町", 0, "6-1", "302", ADDRESS_RESIDENTIAL, ADDRESS_WHOLE},
        {"みほん町3-8-1-502号室", "", "みほん町", 0, "3-8-1", "-502号室", ADDRESS_KIND_UNKNOWN,
         ADDRESS_WHOLE},
        {"みほん町3-8-1-502", "", "みほん町", 0, "3-8-1-502", "", ADDRESS_KIND_UNKNOWN,
         ADDRESS_WHOLE},
        {"みほん町2みほんビル", "", "みほん町", 0, "2", "みほんビル", ADDRESS_KIND_UNKNOWN,
         ADDRESS_WHOLE},
        // a postal code in front
        {"〒802-0077 北九州市小倉北区馬借2-6-1", "小倉北区", "馬借", 0, "2-6-1", "",
         ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        {"８０２－００７７　小倉北区馬借2-6-1", "小倉北区", "馬借", 0, "2-6-1", "",
         ADDRESS_KIND_UNKNOWN, ADDRESS_WHOLE},
        {"〒8020077小倉北区馬借", "小倉北区", "馬借", 0, "", "", ADDRESS_KIND_UNKNOWN,
         ADDRESS_TOWN},
        {"802-00-77 馬借2-6-1", "", "", 0, "802-0-77", "馬借2-6-1", ADDRESS_KIND_UNKNOWN,
         ADDRESS_UNPARSED},
        // what was left out
        {"小倉北区馬借", "小倉北区", "馬借", 0, "", "", ADDRESS_KIND_UNKNOWN, ADDRESS_TOWN},
        {"馬借　みほんビル", "", "馬借", 0, "", "みほんビル", ADDRESS_KIND_UNKNOWN, ADDRESS_TOWN},
        {"馬借二丁目", "", "馬借", 2, "2", "", ADDRESS_KIND_UNKNOWN, ADDRESS_TOWN},
        {"北九州市小倉北区", "小倉北区", "", 0, "", "", ADDRESS_KIND_UNKNOWN, ADDRESS_UNPARSED},
        {"2-6-1", "", "", 0, "2-6-1", "", ADDRESS_KIND_UNKNOWN, ADDRESS_UNPARSED},
        {"馬借\xFF", "", "", 0, "", "", ADDRESS_KIND_UNKNOWN, ADDRESS_UNPARSED},
        {"　", "", "", 0, "", "", ADDRESS_KIND_UNKNOWN, ADDRESS_EMPTY},
    };
    for (int i = 0; i < countof(cases); i++) {
        Address address = parsed(cases[i].text);
        expect(cases[i].text, address.ward, cases[i].ward);
        expect(cases[i].text, address.town, cases[i].town);
        expect(cases[i].text, address_number_text(&address, &arena), cases[i].numbers);
        expect(cases[i].text, address.building, cases[i].building);
        if (address.chome != cases[i].chome) fail_msg("%s: chome %d", cases[i].text, address.chome);
        if (address.kind != cases[i].kind)
            fail_msg("%s: kind %d", cases[i].text, (int)address.kind);
        if (address.status != cases[i].status)
            fail_msg("%s: status %d", cases[i].text, (int)address.status);
    }
}

static void a_building_of_its_own_column_stays(void **state)
{
    (void)state;
    Address address = address_parse(S("馬借二丁目6番1号"), S("みほんビル３Ｆ"), &places, &arena);
    expect("方書", address.building, "みほんビル３Ｆ");
    assert_false(address.names_city);
    assert_true(parsed("北九州市馬借1-1").names_city);
    address = address_parse(S("福岡市中央区天神1-1"), (Str){0}, NULL, &arena);
    expect("no places", address.town, "福岡市中央区天神");
}

static bool share_a_text(const Address *registered, const Address *written)
{
    AddressTexts filed = address_filed_texts(registered, &arena);
    AddressTexts asking = address_asking_texts(written, &arena);
    VEC_EACH (Str, f, filed)
        VEC_EACH (Str, a, asking)
            if (str_equal(*f, *a)) return true;
    return false;
}

static void an_address_is_equal_to_the_block_or_as_far_as_it_was_written(void **state)
{
    (void)state;
    static const struct {
        const char *registered, *written;
        AddressFit fit;
    } cases[] = {
        {"小倉北区馬借二丁目6番1号", "北九州市小倉北区馬借2-6-1", ADDRESS_SAME},
        {"小倉北区馬借二丁目6番1号", "馬借２丁目６－１－５０２", ADDRESS_SAME},
        {"小倉北区馬借二丁目6番1号", "馬借2-6", ADDRESS_SAME},
        {"小倉北区馬借二丁目6番1号", "馬借2-6-8", ADDRESS_SAME_BLOCK},
        {"小倉北区馬借二丁目6番1号", "馬借2丁目", ADDRESS_PART_FITS},
        {"小倉北区馬借二丁目6番1号", "馬借", ADDRESS_PART_FITS},
        {"小倉北区馬借二丁目6番1号", "馬借　みほんビル", ADDRESS_PART_FITS},
        {"小倉北区馬借二丁目6番1号", "馬借2-7-1", ADDRESS_DIFFERS},
        {"小倉北区馬借二丁目6番1号", "馬借3-6-1", ADDRESS_DIFFERS},
        {"小倉北区馬借二丁目6番1号", "馬借6-1",
         ADDRESS_DIFFERS},  // 丁目 forgotten: nobody can know
        {"小倉北区馬借二丁目6番1号", "戸畑区馬借2-6-1", ADDRESS_DIFFERS},
        {"小倉北区馬借二丁目6番1号", "三萩野2-6-1", ADDRESS_DIFFERS},
        {"小倉北区馬借二丁目6番1号", "小倉北区", ADDRESS_FIT_UNKNOWN},
        {"小倉北区馬借二丁目6番1号", "", ADDRESS_FIT_UNKNOWN},
        {"八幡西区大字折尾1234番地の56", "折尾1234-56", ADDRESS_SAME},
        {"八幡西区大字折尾1234番地の56", "折尾1234-7", ADDRESS_SAME_BLOCK},
        {"八幡西区大字折尾1番地2", "折尾1丁目2-3",
         ADDRESS_DIFFERS},  // a 丁目 that the register has not
        {"八幡西区大字折尾1番地2", "折尾1-2", ADDRESS_SAME},
        {"八幡西区大字折尾1234番地", "折尾1234番戸", ADDRESS_DIFFERS},
        {"小倉南区霧ケ丘三丁目8番1号", "霧が丘3-8-1", ADDRESS_SAME},
        {"小倉南区霧ケ丘三丁目8番1号", "霧ヶ丘３ー８ー１", ADDRESS_SAME},
        {"緑ケ丘甲123番地", "緑ヶ丘123", ADDRESS_DIFFERS},
        {"緑ケ丘甲123番地", "緑ヶ丘甲123", ADDRESS_SAME},
        {"緑ケ丘無番地", "緑ケ丘無番地", ADDRESS_SAME},
        {"緑ケ丘無番地", "緑ケ丘3", ADDRESS_DIFFERS},
        {"中央二丁目1番1号", "中央町2-1-1", ADDRESS_DIFFERS},
    };
    for (int i = 0; i < countof(cases); i++) {
        Address registered = parsed(cases[i].registered), written = parsed(cases[i].written);
        AddressFit fit = address_fit(&registered, &written);
        if (fit != cases[i].fit)
            fail_msg("%s, %s: %d", cases[i].registered, cases[i].written, (int)fit);
        // Who may compare texts alone comes to the same, but for what was written less far than the block.
        if (share_a_text(&registered, &written) != (fit >= ADDRESS_SAME_BLOCK))
            fail_msg("%s, %s by texts", cases[i].registered, cases[i].written);
    }
}

static void post_is_sorted_by_numbers_not_by_digits(void **state)
{
    (void)state;
    static const char *const in_order[] = {
        "馬借1丁目2番1号",  "馬借1丁目2番1号　201", "馬借1丁目2番10号",
        "馬借1丁目10番1号", "馬借2丁目1番1号",      "馬借10丁目",
    };
    Str last = {0};
    for (int i = 0; i < countof(in_order); i++) {
        Address address = parsed(in_order[i]);
        Str key = address_sort_key(&address, S("401064"), S("8020077"), &arena);
        if (i && str_order(last, key) >= 0) fail_msg("%s", in_order[i]);
        last = key;
    }
    Address first = parsed("馬借1丁目"), other = parsed("三萩野9丁目");
    assert_int_equal(str_order(address_sort_key(&first, S("401064"), S("8020077"), &arena),
                               address_sort_key(&other, S("401064"), S("8020065"), &arena)),
                     1);
}

int main(void)
{
    arena = arena_reserve(1 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_comes_apart),
        cmocka_unit_test(a_building_of_its_own_column_stays),
        cmocka_unit_test(an_address_is_equal_to_the_block_or_as_far_as_it_was_written),
        cmocka_unit_test(post_is_sorted_by_numbers_not_by_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
