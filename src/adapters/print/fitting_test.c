// Names and addresses of forms.md 2.3, at every step, set in the real font.
// SPDX-License-Identifier: Apache-2.0
#include "fitting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static Fonts *fonts;

static int open_fonts(void **state)
{
    (void)state;
    static Arena arena;
    arena = arena_reserve(1 << 20);
    Error err;
    return fonts_open(&arena, &fonts, &err) ? 0 : -1;
}

static int close_fonts(void **state)
{
    (void)state;
    fonts_close(fonts);
    return 0;
}

// Envelope C: 73 × 31 mm with barcode.
static bool fits(BlockText text, AddressBlock *block)
{
    Str item;
    text.honorific = S("様");
    return block_fit(fonts, &text, 73, 31, true, block, &item);
}

// 12 pt are 4.23 mm a kanji: 17 of them on a line, two lines. 10.5 pt: 19, three lines. 9 pt: 22, four.
static void each_step_takes_what_the_one_before_could_not(void **state)
{
    (void)state;
    static const struct {
        const char *address, *building;
        int step, lines;
    } examples[] = {
        {"北九州市小倉北区浅野三丁目8番1号", "", 0, 1},
        {"北九州市小倉北区浅野三丁目8番1号", "みほんハイツ203号", 0, 2},
        {"北九州市小倉北区浅野三丁目8番1号", "みほんハイツ小倉城南口イーストタワー203号", 1, 3},
        {"北九州市八幡西区大字上上津役字見本谷千三百番地の五十六",
         "特別養護老人ホームみほんの里ひびきの第二別館三階東病棟三〇五号室", 2, 4},
        {"北九州市八幡西区大字上上津役字見本谷千三百二十五番地の五十六号",
         "社会福祉法人みほん会特別養護老人ホームみほんの里ひびきの第二別館三階東病棟三〇五号室内",
         3, 4},
    };
    for (int i = 0; i < countof(examples); i++) {
        AddressBlock block;
        BlockText text = {.address = str_of(examples[i].address),
                          .building = str_of(examples[i].building),
                          .name = S("山田　花子")};
        if (!fits(text, &block)) fail_msg("example %d does not fit", i);
        if (block.step != examples[i].step || block.line_count != examples[i].lines)
            fail_msg("example %d: step %d, %d lines", i, block.step, block.line_count);
    }
}

static void what_fits_nowhere_is_refused_and_says_what(void **state)
{
    (void)state;
    AddressBlock block = {.step = 99};
    Str item;
    BlockText text = {
        .address = S("北九州市八幡西区大字上上津役字見本谷千三百二十五番地の五十六号"),
        .building = S(
            "社会福祉法人みほん会特別養護老人ホームみほんの里ひびきの第二別館三階東病棟三〇五号室内みほん様方気付みほんみほんみほんみほん"),
        .name = S("山田　花子"),
        .honorific = S("様")};
    assert_false(block_fit(fonts, &text, 73, 31, true, &block, &item));
    assert_true(str_equal(item, S("住所")));
    assert_int_equal(block.step, 99);
    text.building = (Str){0};
    text.name = S("寿限無寿限無五劫の擦り切れ海砂利水魚の水行末雲来末風来末食う寝る処に住む処");
    assert_false(block_fit(fonts, &text, 73, 31, true, &block, &item));
    assert_true(str_equal(item, S("氏名")));
}

// 104 mm at 9 pt: condensing to 75 % is not enough, so the name breaks at a blank, never inside a word.
static void a_passport_name_of_49_letters_takes_two_lines(void **state)
{
    (void)state;
    AddressBlock block;
    BlockText text = {.address = S("北九州市若松区ひびきの2番1号"),
                      .building = S("F1寮B-203"),
                      .name = S("FERNANDES GABRIEL HENRIQUE ALBUQUERQUE CAVALCANTI")};
    assert_true(fits(text, &block));
    assert_true(block.step >= 2);
    assert_true(block.name_lines[1].len > 0);
    Str first = block.name_lines[0], second = block.name_lines[1];
    assert_int_equal(first.len + 1 + second.len, text.name.len);
    assert_true(str_starts(text.name, first));
    assert_true(str_ends(text.name, second));
    assert_true(block.name_stretch >= 0.75);
}

// Put together again, the lines are the address; no line begins inside a number or with 号 階 様.
static void lines_lose_nothing_and_cut_no_number(void **state)
{
    (void)state;
    static const char *const address =
        "北九州市八幡西区大字上上津役字見本谷12345678番地の987654321号みほん様方";
    for (double width = 12; width < 80; width += 0.7) {
        FittedLines lines;
        if (!lines_fit(fonts, str_of(address), (Str){0}, width, 9, BLOCK_LINES_MAX, &lines))
            continue;
        char together[200] = "";
        int length = 0;
        for (int i = 0; i < lines.count; i++) {
            Str line = lines.lines[i];
            length +=
                snprintf(together + length, sizeof together - (size_t)length, "%.*s", STR(line));
            char first = line.at[0];
            bool digit_before = i && lines.lines[i].at[-1] >= '0' && lines.lines[i].at[-1] <= '9';
            assert_false(digit_before && first >= '0' && first <= '9');
            assert_false(str_starts(line, S("号")));
            assert_false(str_starts(line, S("様")));
        }
        assert_string_equal(together, address);
    }
}

// 14 pt down to 9, then condensed; each example by its width in ems against 79.5 mm.
static void a_line_takes_the_largest_size_that_fits(void **state)
{
    (void)state;
    FittedLine line;
    assert_true(line_fit(fonts, S("山田　花子"), 79.5, 14, 9, 0.75, &line));  // 5 em: 24.7 mm
    assert_true(line.points == 14);
    assert_true(line_fit(fonts, S("一二三四五六七八九十一二三四五六七八"), 79.5, 14, 9, 0.75,
                         &line));  // 18 em: 76.2 at 12
    assert_true(line.points == 12);
    assert_true(line_fit(fonts, S("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十"),
                         79.5, 14, 9, 0.75, &line));
    assert_true(line.points == 9);  // 30 em: 95.25 mm, 83 %
    assert_true(line.stretch < 0.84 && line.stretch > 0.83);
    assert_false(line_fit(fonts,
                          S("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四"),
                          79.5, 14, 9, 0.75, &line));
}

static void minors_have_their_guardian_on_the_line_or_below(void **state)
{
    (void)state;
    AddressBlock block;
    BlockText text = {.address = S("北九州市小倉北区浅野三丁目8番1号"),
                      .name = S("山田　花子"),
                      .guardian = S("（保護者様）")};
    assert_true(fits(text, &block));
    assert_false(block.guardian_below);
    text.name =
        S("勅使河原　龍之介左衛門尉");  // 12 em, 様 and its blank: 59 mm, and 19 mm of guardian
    assert_true(fits(text, &block));
    assert_true(block.guardian_below);
    assert_int_equal(block.step, 0);
}

static void characters_that_the_font_lacks_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *text, *what;
    } examples[] = {
        {"山田　花子", NULL},
        {"辻\U000E0102　太郎", NULL},
        {"辻\U000E0103　太郎", NULL},
        {"髙橋 𠮷子", NULL},
        {"辻\U000E0100　太郎", "辻\U000E0100"},
        {"辻\U000E0101　太郎", "辻\U000E0101"},
        {"NGUYỄN", "Ễ"},
        {"简　一", "简"},
        {"山〓　一", "〓"},
        {"김　철수", "김"},
        {"山\uE000", "\uE000"},
        {"山\x01", "\x01"},
        {"山\xFF田", "\xFF"},
    };
    for (int i = 0; i < countof(examples); i++) {
        Str what = {0};
        bool lacks = fonts_lack(fonts, str_of(examples[i].text), &what);
        if (lacks != (examples[i].what != NULL) || !str_equal(what, str_of(examples[i].what)))
            fail_msg("example %d: %.*s", i, STR(what));
    }
}

static unsigned first_glyph(const char *text)
{
    PangoLayout *layout = fonts_shape(fonts, FACE_RESIDENT, 12, str_of(text), 0, false);
    PangoLayoutRun *run = pango_layout_get_line_readonly(layout, 0)->runs->data;
    return run->glyphs->glyphs[0].glyph;
}

static void the_two_tsuji_are_two_pictures(void **state)
{
    (void)state;
    assert_int_not_equal(first_glyph("辻\U000E0102"), first_glyph("辻\U000E0103"));
}

// A batch draws the same lines for everybody: as often as for a hundred thousand letters.
static void a_kept_line_costs_nothing_when_it_is_asked_for_again(void **state)
{
    (void)state;
    Str line =
        S("定期接種により健康被害が生じたと厚生労働大臣が認定したときは、給付を受けられます。");
    PangoLayout *first = fonts_shape(fonts, FACE_BODY, 10.5, line, 176, true);
    for (int i = 0; i < 200000; i++)
        assert_ptr_equal(fonts_shape(fonts, FACE_BODY, 10.5, line, 176, true), first);
}

// Half a date is read as another one: no line begins inside it, wherever the margin falls.
static void a_date_is_never_cut_by_the_margin(void **state)
{
    (void)state;
    Str before = S("受けられるのは"), date = S("令和9年1月31日（日）");
    Str text = S("受けられるのは令和9年1月31日（日）までです");
    for (double width = 45; width < 70; width += 2) {
        PangoLayout *layout = fonts_shape(fonts, FACE_BODY, 10.5, text, width, false);
        int lines = pango_layout_get_line_count(layout);
        assert_true(lines > 1);
        for (int i = 1; i < lines; i++) {
            ptrdiff_t at = pango_layout_get_line_readonly(layout, i)->start_index;
            assert_true(at <= before.len || at >= before.len + date.len);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_kept_line_costs_nothing_when_it_is_asked_for_again),
        cmocka_unit_test(each_step_takes_what_the_one_before_could_not),
        cmocka_unit_test(what_fits_nowhere_is_refused_and_says_what),
        cmocka_unit_test(a_passport_name_of_49_letters_takes_two_lines),
        cmocka_unit_test(lines_lose_nothing_and_cut_no_number),
        cmocka_unit_test(a_line_takes_the_largest_size_that_fits),
        cmocka_unit_test(minors_have_their_guardian_on_the_line_or_below),
        cmocka_unit_test(characters_that_the_font_lacks_are_found),
        cmocka_unit_test(the_two_tsuji_are_two_pictures),
        cmocka_unit_test(a_date_is_never_cut_by_the_margin),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
