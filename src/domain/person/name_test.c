// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "name_fit.h"
#include "name_key.h"
#include "name_slips.h"
#include "name_variant.h"
#include "utf8.h"

typedef struct Pair {
    const char *written, *registered;
    NameFit fit;
    NameSlip slip;
    const char *why;
} Pair;

static const Pair pairs[] = {
    // Width, voice marks, hiragana, small kana: immunization.md 13, 62.
    {"ﾔﾏﾀﾞ ﾊﾅｺ", "ヤマダ　ハナコ", NAME_EQUAL, SLIP_NONE, "half-width kana, voice mark apart"},
    {"ﾊﾟｰﾙ ﾐﾗｰ", "パール　ミラー", NAME_EQUAL, SLIP_NONE, "half voice mark and long mark"},
    {"やまだ はなこ", "ヤマダ　ハナコ", NAME_EQUAL, SLIP_NONE, "hiragana"},
    {"ハットリ シュン", "ハツトリ　シユン", NAME_EQUAL, SLIP_NONE, "small and large kana"},
    {"ﾊｯﾄﾘ ｼｭﾝ", "ハットリ　シュン", NAME_EQUAL, SLIP_NONE, "half-width small kana"},
    {"カ\xE3\x82\x99ンマ", "ガンマ", NAME_EQUAL, SLIP_NONE, "combining voice mark"},
    {"ヤマダハナコ", "ヤマダ　ハナコ", NAME_EQUAL, SLIP_NONE, "missing space"},
    {"ヅカ チヂミ", "ズカ　チジミ", NAME_EQUAL, SLIP_NONE, "ヂ ヅ"},
    {"ヴィヴィアン", "ビビアン", NAME_EQUAL, SLIP_NONE, "ヴ row"},
    {"ヴイヴイアン", "ビビアン", NAME_EQUAL, SLIP_NONE, "ヴ row with large vowels"},
    {"ｳﾞｧﾝ", "バン", NAME_EQUAL, SLIP_NONE, "half-width ヴ"},
    {"ヰノウヱ トヲル", "イノウエ　トオル", NAME_EQUAL, SLIP_NONE, "ヰ ヱ ヲ"},
    {"ミス\xE3\x83\xBE", "ミスズ", NAME_EQUAL, SLIP_NONE, "voiced repetition mark"},
    {"グエン・ヴァン・アン", "グエン　バン　アン", NAME_EQUAL, SLIP_NONE, "middle dots separate"},
    {"オオノ ユウコ", "オーノ　ユーコ", NAME_SOUNDS, SLIP_LONG_VOWEL, "long vowels"},
    {"ﾕ-ｺ", "ユウコ", NAME_SOUNDS, SLIP_LONG_VOWEL, "hyphen for the long mark"},
    {"サトウ セイイチ", "サトウ　セイチ", NAME_ONE_SLIP, SLIP_LETTER,
     "two vowels are not one length"},
    // Kanji: 13, 63.
    {"髙橋　一郎", "高橋　一郎", NAME_EQUAL, SLIP_NONE, "髙 is 高"},
    {"高橋一郎", "髙橋　一郎", NAME_EQUAL, SLIP_NONE, "and back, without the space"},
    {"齋藤　優", "斎藤　優", NAME_EQUAL, SLIP_NONE, "齋 is 斎"},
    {"斉藤　優子", "斎藤　優子", NAME_ONE_SLIP, SLIP_LETTER, "斉 is not 斎"},
    {"斉藤　優子", "齋藤　優子", NAME_ONE_SLIP, SLIP_LETTER, "nor 齋 by way of 斎"},
    {"渡邊　健", "渡邉　健", NAME_EQUAL, SLIP_NONE, "two forms of 辺"},
    {"山﨑　実", "山崎　實", NAME_EQUAL, SLIP_NONE, "two variants in one name"},
    {"辻\xF3\xA0\x84\x82　誠", "辻　誠", NAME_EQUAL, SLIP_NONE, "variation selector"},
    {"佐藤　凜", "佐藤　凛", NAME_EQUAL, SLIP_NONE,
     "pairs inside the list of characters for names"},
    {"佐々木　希", "佐佐木　希", NAME_EQUAL, SLIP_NONE, "repetition mark"},
    {"\xEF\xA9\x99田　繁", "繁田　\xEF\xA9\x99", NAME_EQUAL, SLIP_NONE, "compatibility ideographs"},
    {"淵　花子", "渕　花子", NAME_ONE_SLIP, SLIP_LETTER, "one-letter family name, confused forms"},
    {"檜山　実", "桧山　実", NAME_ONE_SLIP, SLIP_LETTER, "candidates are never folded"},
    {"山嵜　実", "山崎　実", NAME_ONE_SLIP, SLIP_LETTER, "嵜"},
    {"渡部　健", "渡辺　健", NAME_ONE_SLIP, SLIP_LETTER, "another family name: one slip, no more"},
    {"山田　葵", "山田　翔", NAME_DIFFERENT, SLIP_NONE, "a whole given name of one letter"},
    {"山田葵", "山田　翔", NAME_DIFFERENT, SLIP_NONE, "the same without a space"},
    {"佐々木葵", "佐々木翔", NAME_DIFFERENT, SLIP_NONE, "and where nobody separates"},
    {"長谷川　翔真", "長谷川　健太", NAME_DIFFERENT, SLIP_NONE,
     "two slips make a whole given name"},
    {"壷井　健人", "壺井　健太", NAME_DIFFERENT, SLIP_NONE, "a likely variant and a slip are two"},
    {"壷井　健太", "壺井　健太", NAME_ONE_SLIP, SLIP_VARIANT, "a likely variant alone"},
    {"山田　健太", "山田　健人", NAME_ONE_SLIP, SLIP_LETTER, "half of the given name stands"},
    // Exchanged, slips.
    {"花子　山田", "山田　花子", NAME_ONE_SLIP, SLIP_EXCHANGED, "given name first"},
    {"花子山田", "山田　花子", NAME_ONE_SLIP, SLIP_EXCHANGED, "without the space"},
    {"ハナコ ヤマダ", "ヤマダ　ハナコ", NAME_ONE_SLIP, SLIP_EXCHANGED, "in kana"},
    {"ヤマダ ハナエ", "ヤマダ　ハナコ", NAME_ONE_SLIP, SLIP_LETTER, "one other letter"},
    {"ヤマタ ハナコ", "ヤマダ　ハナコ", NAME_ONE_SLIP, SLIP_LETTER, "a voice mark forgotten"},
    {"ヤマダ ハコ", "ヤマダ　ハナコ", NAME_ONE_SLIP, SLIP_LETTER, "one letter missing"},
    {"ヤマダ ハナナコ", "ヤマダ　ハナコ", NAME_ONE_SLIP, SLIP_LETTER, "one letter twice"},
    {"ヤマダ ナハコ", "ヤマダ　ハナコ", NAME_ONE_SLIP, SLIP_LETTER, "two neighbours exchanged"},
    {"ヤマダハナエ", "ヤマダ　ハナコ", NAME_ONE_SLIP, SLIP_LETTER, "a slip and no space"},
    {"ヤマタ ハナエ", "ヤマダ　ハナコ", NAME_TWO_SLIPS, SLIP_TWO_LETTERS, "one in each part"},
    {"ヤマダ ユウ", "ヤマダ　ミオ", NAME_DIFFERENT, SLIP_NONE, "two slips that leave nothing"},
    {"モリ アイ", "モリ　アオ", NAME_ONE_SLIP, SLIP_LETTER, "half of a short given name stands"},
    {"リ メン", "リ　ミン", NAME_DIFFERENT, SLIP_NONE, "three letters are too few"},
    {"ヤマダ ハル", "ヤマダ　ハルキ", NAME_ONE_SLIP, SLIP_LETTER, "shortened by one"},
    {"ヤマダ", "ヤマダ　ハナコ", NAME_DIFFERENT, SLIP_NONE, "no given name"},
    // Letters.
    {"Nguyễn Văn An", "NGUYEN VAN AN", NAME_EQUAL, SLIP_NONE, "accents"},
    {"ＫＩＭ　ＭＩＮ－ＪＵＮ", "KIM MINJUN", NAME_EQUAL, SLIP_NONE, "full width, hyphen"},
    {"O'Brien Sean", "OBRIEN SEAN", NAME_EQUAL, SLIP_NONE, "apostrophe"},
    {"SMITH JOHN", "SMYTH JOHN", NAME_ONE_SLIP, SLIP_LETTER, "one letter"},
    {"JOHN SMITH", "SMITH JOHN", NAME_ONE_SLIP, SLIP_EXCHANGED, "western order"},
    {"VAN AN NGUYEN", "NGUYEN VAN AN", NAME_ONE_SLIP, SLIP_EXCHANGED, "family name last"},
    {"NGUYEN AN", "NGUYEN VAN AN", NAME_DIFFERENT, SLIP_NONE, "a part missing"},
    // Scripts say nothing about each other.
    {"山田　花子", "ヤマダ　ハナコ", NAME_SILENT, SLIP_NONE, "kanji and kana"},
    {"", "ヤマダ　ハナコ", NAME_SILENT, SLIP_NONE, "nothing written"},
    {"・　-", "ヤマダ　ハナコ", NAME_SILENT, SLIP_NONE, "only signs"},
};

static void every_pair_of_names_fits_as_a_person_would_say(void **state)
{
    (void)state;
    int wrong = 0;
    const Arena whole_arena = arena_reserve(1 << 20);
    Arena arena = whole_arena;
    for (ptrdiff_t i = 0; i < countof(pairs); i++) {
        NameKey written = name_key(str_of(pairs[i].written), &arena);
        NameKey registered = name_key(str_of(pairs[i].registered), &arena);
        NameComparison there = name_compare(&written, &registered);
        NameComparison back = name_compare(&registered, &written);
        bool right =
            there.fit == pairs[i].fit && there.slip == pairs[i].slip && back.fit == there.fit;
        if (!right)
            print_error("%s / %s (%s): fit %d slip %d, back %d\n", pairs[i].written,
                        pairs[i].registered, pairs[i].why, (int)there.fit, (int)there.slip,
                        (int)back.fit);
        wrong += !right;
    }
    arena_release(whole_arena);
    assert_int_equal(wrong, 0);
}

static void equal_names_are_filed_under_one_key(void **state)
{
    (void)state;
    const Arena whole_arena = arena_reserve(1 << 20);
    Arena arena = whole_arena;
    int tried = 0;
    for (ptrdiff_t i = 0; i < countof(pairs); i++) {
        Str written = name_index_key(str_of(pairs[i].written), &arena);
        Str registered = name_index_key(str_of(pairs[i].registered), &arena);
        bool k = pairs[i].fit >= NAME_SOUNDS;
        if (k) assert_true(str_equal(written, registered));
        if (pairs[i].fit == NAME_DIFFERENT) assert_false(str_equal(written, registered));
        tried += k;
    }
    assert_true(tried > 20);
    assert_false(str_present(name_index_key(S(" ・ "), &arena)));
    assert_true(str_equal(name_index_key(S("おおの　ゆうこ"), &arena), S("オノユコ")));
    assert_true(str_equal(name_index_key(S("髙橋　實"), &arena), S("高橋実")));
    arena_release(whole_arena);
}

static void a_key_written_out_is_the_same_key(void **state)
{
    (void)state;
    const Arena whole_arena = arena_reserve(1 << 20);
    Arena arena = whole_arena;
    for (ptrdiff_t i = 0; i < countof(pairs); i++) {
        NameKey once = name_key(str_of(pairs[i].registered), &arena);
        Str text = name_text(&once, &arena);
        NameKey twice = name_key(text, &arena);
        assert_true(str_equal(name_text(&twice, &arena), text));
        assert_int_equal(once.part_count, twice.part_count);
        assert_int_equal(name_compare(&once, &twice).fit, NAME_EQUAL);
    }
    arena_release(whole_arena);
}

static void variants_are_told_apart_by_strength(void **state)
{
    (void)state;
    static const struct {
        int32_t a, b;
        VariantStrength strength;
    } cases[] = {
        {0x9AD9, 0x9AD8, VARIANT_SAME},    // 髙 高
        {0x9089, 0x908A, VARIANT_SAME},    // 邉 邊: two forms of 辺
        {0x9F4B, 0x658E, VARIANT_SAME},    // 齋 斎
        {0x658E, 0x6589, VARIANT_DOUBT},   // 斎 斉
        {0x9F4B, 0x6589, VARIANT_DOUBT},   // 齋 斉
        {0x5D8C, 0x5CF6, VARIANT_DOUBT},   // 嶌 島
        {0x6E0A, 0x6DF5, VARIANT_DOUBT},   // 渊 淵
        {0x58FA, 0x58F7, VARIANT_LIKELY},  // 壺 壷
        {0x4FC1, 0x4FE3, VARIANT_DOUBT},   // 俁 俣
        {0xF91B, 0x4E71, VARIANT_SAME},    // 亂 (compatibility) 乱
        {0x5C71, 0x5DDD, VARIANT_NONE},    // 山 川
        {0x30A2, 0x30A4, VARIANT_NONE},   {0x5C71, 0x5C71, VARIANT_SAME},
    };
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        int32_t a = variant_folded(cases[i].a), b = variant_folded(cases[i].b);
        assert_int_equal(variant_between(a, b), cases[i].strength);
        assert_int_equal(variant_between(b, a), cases[i].strength);
    }
    assert_int_equal(variant_folded(0x9AD9), 0x9AD8);
    assert_int_equal(variant_folded(0x658E), 0x658E);  // 斎 is folded into nothing
}

// Against the definition, letter by letter, on all words of up to four letters out of three.
static int slips_by_definition(const int32_t *a, int n, const int32_t *b, int m)
{
    if (!n || !m) return n + m;
    int best = slips_by_definition(a, n - 1, b, m - 1) + (a[n - 1] != b[m - 1]);
    int without_a = slips_by_definition(a, n - 1, b, m) + 1;
    int without_b = slips_by_definition(a, n, b, m - 1) + 1;
    if (without_a < best) best = without_a;
    if (without_b < best) best = without_b;
    if (n > 1 && m > 1 && a[n - 1] == b[m - 2] && a[n - 2] == b[m - 1]) {
        int exchanged = slips_by_definition(a, n - 2, b, m - 2) + 1;
        if (exchanged < best) best = exchanged;
    }
    return best;
}

static void word_of(int number, int length, int32_t out[4])
{
    for (int i = 0; i < length; i++, number /= 3) out[i] = 'A' + number % 3;
}

static void slips_are_counted_as_defined(void **state)
{
    (void)state;
    static const int words_of_length[] = {1, 3, 9, 27, 81};
    for (int n = 0; n <= 4; n++)
        for (int m = 0; m <= 4; m++)
            for (int i = 0; i < words_of_length[n]; i++)
                for (int j = 0; j < words_of_length[m]; j++) {
                    int32_t a[4], b[4];
                    word_of(i, n, a);
                    word_of(j, m, b);
                    int expected = slips_by_definition(a, n, b, m);
                    if (expected > NAME_SLIPS_MAX) expected = NAME_SLIPS_MAX + 1;
                    assert_int_equal(name_slips((NameRun){a, n}, (NameRun){b, m}, false), expected);
                }
}

static void given_names_of_twins_have_a_distance(void **state)
{
    (void)state;
    const Arena whole_arena = arena_reserve(1 << 16);
    Arena arena = whole_arena;
    NameKey haruki = name_key(S("ヤマダ　ハルキ"), &arena);
    NameKey haruka = name_key(S("ヤマダ　ハルカ"), &arena);
    NameKey kenta = name_key(S("ヤマダ　ケンタ"), &arena);
    NameKey open = name_key(S("ヤマダケンタ"), &arena);
    NameKey kanji = name_key(S("山田　健太"), &arena);
    assert_int_equal(name_given_distance(&haruki, &haruka), 1);
    assert_int_equal(name_given_distance(&haruki, &kenta), 3);
    assert_int_equal(name_given_distance(&haruki, &haruki), 0);
    assert_int_equal(name_given_distance(&haruki, &open), -1);
    assert_int_equal(name_given_distance(&haruki, &kanji), -1);
    arena_release(whole_arena);
}

static void a_name_beyond_the_limit_never_counts_as_equal(void **state)
{
    (void)state;
    const Arena whole_arena = arena_reserve(1 << 16);
    Arena arena = whole_arena;
    Text text = {0};
    for (int i = 0; i < NAME_CHARS_MAX; i++) text_add(&text, &arena, S("ア"));
    NameKey whole = name_key(text_str(&text), &arena);
    assert_false(whole.cut);
    assert_int_equal(name_compare(&whole, &whole).fit, NAME_EQUAL);
    text_add(&text, &arena, S("イ"));
    NameKey cut = name_key(text_str(&text), &arena);
    assert_true(cut.cut);
    assert_int_equal(name_compare(&cut, &cut).fit, NAME_DIFFERENT);
    arena_release(whole_arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_of_names_fits_as_a_person_would_say),
        cmocka_unit_test(equal_names_are_filed_under_one_key),
        cmocka_unit_test(a_key_written_out_is_the_same_key),
        cmocka_unit_test(variants_are_told_apart_by_strength),
        cmocka_unit_test(slips_are_counted_as_defined),
        cmocka_unit_test(given_names_of_twins_have_a_distance),
        cmocka_unit_test(a_name_beyond_the_limit_never_counts_as_equal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
