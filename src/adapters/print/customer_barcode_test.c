// Every worked example of forms.md 4.4 and linkage.md 1.6, and each symbol once.
// SPDX-License-Identifier: Apache-2.0
#include "customer_barcode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <zint.h>

typedef struct Example {
    const char *id, *postal_code, *rest, *number, *symbols;
    int check;
} Example;

// clang-format off
static const Example examples[] = {  // symbols: . is CC4, a to h are CC1 to CC8
    {"C1",  "8030813", "１番１号", "1-1", "80308131-1..........", 15},
    {"C2",  "8020001", "３丁目８－１", "3-8-1", "80200013-8-1........", 16},
    {"C3",  "8020006", "二丁目六番一号　みほんビル３Ｆ", "2-6-1-3", "80200062-6-1-3......", 10},
    {"C4",  "8020002", "１丁目２番の１２", "1-2-12", "80200021-2-12.......", 16},
    {"C5",  "8060021", "３丁目１５－３　コムみほん５階５０２号", "3-15-3-5-502", "80600213-15-3-5-502.", 0},
    {"C6",  "8070825", "２丁目１３番２８号　Ａ棟１０５", "2-13-28A105", "80708252-13-28a0105.", 17},
    {"C7",  "8050071", "２丁目４番１号　れいだい・A&Bハイツ２０１", "2-4-1-201", "80500712-4-1-201....", 16},
    {"C8",  "8050019", "１丁目１番　市営れいだい住宅１２－３０４", "1-1-12-304", "80500191-1-12-304...", 7},
    {"C9",  "8080135", "２－１　F1寮B-203", "2-1F1B203", "80801352-1a51a1203..", 14},
    {"C10", "8020841", "４丁目１番５－１２０８号　サンプルマンションZ", "4-1-5-1208Z", "80208414-1-5-1208c5.", 8},
    {"C11", "8030813", "甲１２３番地４の５", "123-4-5", "8030813123-4-5......", 10},
    {"C12", "8020001", "無番地", "", "8020001.............", 16},
    {"C13", "8038501", "", "", "8038501.............", 2},
    {"C14", "8070825", "大字折尾１２３４番地の５６　第３みほんハイツ７０８", "1234-56-3-708", "80708251234-56-3-708", 15},
    {"C15", "8060021", "１０丁目１２３番１２号　Kみほん２", "10-123-12K2", "806002110-123-12b02.", 1},
    {"C16", "8020006", "１丁目２−３　みほん様方", "1-2-3", "80200061-2-3........", 17},
    {"C17", "8050071", "十二番二十三号　グランみほんTWIN N105", "12-23N105", "805007112-23b3105...", 12},
    {"C18", "8080135", "１－５－１２　第二れいだい寮四〇一号室", "1-5-12-401", "80801351-5-12-401...", 3},
    {"C19", "8070825", "１２丁目３４５番６７号　みほんB棟９", "12-345-67B9", "807082512-345-67a19.", 1},
    {"C20", "8030813", "１２３番４５号　れいだい12345K", "123-45-12345K", "8030813123-45-12345b", 10},
    {"C21", "8020006", "１丁目１番１号　みほんタワー２０F２００１", "1-1-1-20-2001", "80200061-1-1-20-2001", 12},
    // The manual's own verification case that forms.md 4.4 quotes.
    {"P1",  "2730102", "3丁目-20-5 郵便・A&bコーポB604号", "3-20-5B604", "27301023-20-5a1604..", 0},
};
// clang-format on

static int value_of(char sign)
{
    if (sign == '-') return 10;
    if (sign == '.') return 14;
    if (sign >= 'a') return 11 + sign - 'a';
    return sign - '0';
}

static Arena notes(void)
{
    static char memory[1 << 16];
    return (Arena){memory, memory + sizeof memory};
}

static void addresses_become_the_numbers_of_the_manual(void **state)
{
    (void)state;
    for (int i = 0; i < countof(examples); i++) {
        const Example *e = &examples[i];
        Arena arena = notes();
        Str number = customer_address_number(str_of(e->rest), &arena);
        if (!str_equal(number, str_of(e->number)))
            fail_msg("%s: %.*s, expected %s", e->id, STR(number), e->number);

        CustomerBarcode code;
        assert_true(customer_barcode_of(str_of(e->postal_code), str_of(e->rest), &code, arena));
        for (int k = 0; k < 20; k++)
            if (code.symbols[k] != value_of(e->symbols[k])) fail_msg("%s: symbol %d", e->id, k);
        assert_int_equal(code.symbols[20], e->check);
    }
}

static void checks_agree_with_the_linkage_vectors(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int check;
    } vectors[] = {{"15400233-16-4-205", 6},
                   {"27500263-29-2-401", 18},
                   {"80300001-1", 8},
                   {"8038501", 2},
                   {"80300001-1-A201", 11}};
    for (int i = 0; i < countof(vectors); i++) {
        CustomerBarcode code;
        assert_true(customer_barcode_encode(str_of(vectors[i].text), &code));
        assert_int_equal(code.symbols[20], vectors[i].check);
    }
}

static void bars_of_the_first_example_stand_as_printed_in_the_manual(void **state)
{
    (void)state;
    CustomerBarcode code;
    assert_true(customer_barcode_of(S("8030813"), S("１番１号"), &code, notes()));
    CustomerBars bars = customer_bars(code);
    static const char worked[] = "13"
                                 "231"
                                 "144"
                                 "312"
                                 "144"
                                 "231"
                                 "114"
                                 "312"
                                 "114"
                                 "414"
                                 "114"
                                 "432"
                                 "432"
                                 "432"
                                 "432"
                                 "432"
                                 "432"
                                 "432"
                                 "432"
                                 "432"
                                 "432"
                                 "243"
                                 "31";
    for (int i = 0; i < CUSTOMER_BARS; i++) assert_int_equal(bars.bars[i], worked[i] - '0');
}

// zint's picture: three rows of modules; long bars reach the top and the bottom row.
static void bars_agree_with_zint_wherever_it_accepts(void **state)
{
    (void)state;
    for (int i = 0; i < countof(examples); i++) {
        const Example *e = &examples[i];
        if (!strcmp(e->id, "C20")) continue;  // longer than 20 symbols: zint refuses, we cut
        Arena arena = notes();
        Str text = str_join(&arena, str_of(e->postal_code), str_of(e->number));
        CustomerBarcode code;
        assert_true(customer_barcode_encode(text, &code));
        CustomerBars bars = customer_bars(code);

        struct zint_symbol *zint = ZBarcode_Create();
        zint->symbology = BARCODE_JAPANPOST;
        const char *z = str_z(&arena, text);
        assert_int_equal(ZBarcode_Encode(zint, (const unsigned char *)z, (int)text.len), 0);
        assert_int_equal(zint->width, 2 * CUSTOMER_BARS - 1);
        for (int bar = 0; bar < CUSTOMER_BARS; bar++) {
            int x = 2 * bar;
            bool up = zint->encoded_data[0][x / 8] >> (x % 8) & 1;
            bool down = zint->encoded_data[2][x / 8] >> (x % 8) & 1;
            int kind = up && down ? CUSTOMER_LONG
                       : up       ? CUSTOMER_SEMI_UP
                       : down     ? CUSTOMER_SEMI_DOWN
                                  : CUSTOMER_TIMING;
            if (bars.bars[bar] != kind) fail_msg("%s: bar %d", e->id, bar);
        }
        ZBarcode_Delete(zint);
    }
}

static void every_symbol_is_read_back_and_a_wrong_bar_is_seen(void **state)
{
    (void)state;
    for (int value = 0; value < 19; value++) {
        CustomerBarcode code = {0}, again;
        code.symbols[3] = (unsigned char)value;
        code.symbols[20] = (unsigned char)((19 - value) % 19);
        CustomerBars bars = customer_bars(code);
        assert_true(customer_bars_read(bars, &again));
        assert_true(customer_barcode_same(code, again));
        bars.bars[2] = bars.bars[2] == CUSTOMER_LONG ? CUSTOMER_TIMING : CUSTOMER_LONG;
        assert_false(customer_bars_read(bars, &again));
    }
}

static void general_and_broken_postal_codes_carry_no_barcode(void **state)
{
    (void)state;
    CustomerBarcode code;
    assert_false(customer_barcode_of(S("8030000"), S("1-1"), &code, notes()));
    assert_false(customer_barcode_of((Str){0}, S("1-1"), &code, notes()));
    assert_false(customer_barcode_of(S("803081"), S("1-1"), &code, notes()));
    assert_false(customer_barcode_of(S("80308133"), S("1-1"), &code, notes()));
    assert_true(customer_barcode_of(S("803-0813"), S("1-1"), &code, notes()));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_become_the_numbers_of_the_manual),
        cmocka_unit_test(checks_agree_with_the_linkage_vectors),
        cmocka_unit_test(bars_of_the_first_example_stand_as_printed_in_the_manual),
        cmocka_unit_test(bars_agree_with_zint_wherever_it_accepts),
        cmocka_unit_test(every_symbol_is_read_back_and_a_wrong_bar_is_seen),
        cmocka_unit_test(general_and_broken_postal_codes_carry_no_barcode),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
