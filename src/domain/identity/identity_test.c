// Numbers and their check digits: the tables of linkage.md 1 and forms.md 5.1, worked out by hand there.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "check_digit.h"
#include "identity.h"
#include "error_texts.h"
#include "individual_no.h"
#include "office_code.h"

typedef struct Vector {
    const char *text;
    ErrorCode code;  // E_NONE: accepted
} Vector;

static Arena arena;

static void expect_error(const Vector *v, bool accepted, const Error *err)
{
    ErrorCode got = accepted ? E_NONE : err->code;
    if (got != v->code)
        print_message("%s: %s, wanted %s\n", v->text, error_code_text(got),
                      error_code_text(v->code));
    assert_int_equal(got, v->code);
    if (!accepted) assert_true(error_words(err).len > 0 && err->at);
}

static void individual_numbers_are_refused_stage_by_stage(void **state)
{
    (void)state;
    static const Vector vectors[] = {
        {"000000000019", E_NONE},
        {"000000000124", E_NONE},
        {"000000123455", E_NONE},
        {"000000987654", E_NONE},
        {"000009722815", E_NONE},
        {"000008662010", E_NONE},
        {"000001641042", E_NONE},
        {"000005750040", E_NONE},
        {"000000793370", E_NONE},
        {"000009440550", E_NONE},
        {"000003043690", E_NONE},
        {"000000000000", E_NONE},
        {"000008000000", E_NONE},
        {"000000123456", E_CHECK_DIGIT},
        {"000000987655", E_CHECK_DIGIT},
        {"000009722816", E_CHECK_DIGIT},
        {"000008662011", E_CHECK_DIGIT},
        {"000001641043", E_CHECK_DIGIT},
        {"000005750041", E_CHECK_DIGIT},
        {"000000793371", E_CHECK_DIGIT},
        {"000009728215", E_CHECK_DIGIT},
        {"000009022815", E_CHECK_DIGIT},
        {"00000972281", E_LENGTH},
        {"0000097228150", E_LENGTH},
        {"00000972281X", E_CHARSET},
        {"0000-0972-2815", E_LENGTH},
        {"00000９72281X", E_CHARSET},
        {"", E_MISSING},
        {"　", E_MISSING},
        {"00000\xFF\x39"
         "22815",
         E_CHARSET},
    };
    for (int i = 0; i < countof(vectors); i++) {
        IndividualNo no = {0};
        Error err = {0};
        bool accepted = individual_no_parse(str_of(vectors[i].text), &no, NULL, &err);
        expect_error(&vectors[i], accepted, &err);
        if (accepted)
            assert_string_equal(no.digits, vectors[i].text);
        else {
            assert_false(individual_no_present(&no));
            assert_false(str_present(error_value(&err)));  // the number itself never enters an error
        }
    }
}

static void a_full_width_individual_number_is_taken_and_told(void **state)
{
    (void)state;
    IndividualNo no = {0};
    Error err = {0};
    int64_t wide = 0;
    bool corrected = false;
    assert_true(individual_no_parse(S("００００００１２３４５５"), &no, &wide, &err));
    assert_string_equal(no.digits, "000000123455");
    assert_int_equal(wide, 12);

    assert_true(individual_no_parse_typed(S("0000-0972-2815"), &no, &corrected, &err));
    assert_string_equal(no.digits, "000009722815");
    assert_true(corrected);
    assert_true(individual_no_parse_typed(S("000009722815"), &no, &corrected, &err));
    assert_false(corrected);
    assert_false(individual_no_parse_typed(S("0000-0972-2816"), &no, &corrected, &err));
    assert_int_equal(err.code, E_CHECK_DIGIT);
    char endless[500];
    memset(endless, '1', sizeof endless);
    assert_false(individual_no_parse_typed((Str){endless, sizeof endless}, &no, &corrected, &err));
    assert_int_equal(err.code, E_LENGTH);
}

static void a_mask_shows_the_last_four_digits_only(void **state)
{
    (void)state;
    IndividualNo no = {"000009722815"}, other = {"000009722816"};
    char text[INDIVIDUAL_NO_MASK_SIZE];
    assert_string_equal(individual_no_mask(&no, text), "********2815");
    assert_true(individual_no_same(&no, &no));
    assert_false(individual_no_same(&no, &other));
    individual_no_wipe(&no);
    for (size_t i = 0; i < sizeof no.digits; i++) assert_int_equal(no.digits[i], 0);
    assert_string_equal(individual_no_mask(&no, text), "");
}

static void individual_numbers_are_found_wherever_they_hide(void **state)
{
    (void)state;
    static const struct {
        const char *text, *masked;
    } cases[] = {
        {"", ""},
        {"000000123455", "********3455"},
        {"番号は000000123455です", "番号は********3455です"},
        {"0000-0012-3455", "****-****-3455"},
        {"0000 0012 3455、000009722815", "**** **** 3455、********2815"},
        {"００００００１２３４５５", "********３４５５"},
        {"000000123456", "************"},      // wrong check digit
        {"0000001234550", "*************"},    // one digit too many
        {"00000012345", "***********"},        // one lost
        {"1000000123455", "*************"},
        {"0000--00123455", "****--****3455"},  // two signs
        {"住民 0000 0012 3456 さん", "住民 **** **** **** さん"},
        {"0 0 0 0 0 0 1 2 3 4 5 6", "* * * * * * * * * * * *"},
        {"1234567890123456789", "*******************"},
        // a day is none, nor a small number, nor what counts and lists
        {"2026-11-23 2026/11/24 2026.11.25", "2026-11-23 2026/11/24 2026.11.25"},
        {"2026-05-11 00:05 から 12月", "2026-05-11 00:05 から 12月"},
        {"JUKI_401005_DIF_20260801120000_004.csv", "JUKI_401005_DIF_20260801120000_004.csv"},
        {"JUKI_401005_ALL_20261110256199_011.csv", "JUKI_401005_ALL_20261110256199_011.csv"},  // no such hour
        {"20261301120000", "**************"},   // no such month
        {"202611101200001", "***************"},
        {"YOSHIN_202610_4010198762_001.csv", "YOSHIN_202610_4010198762_001.csv"},
        {"03-1234-5678", "03-1234-5678"},
        {"1、2、3、4、5、6、7、8、9、10、11、12", "1、2、3、4、5、6、7、8、9、10、11、12"},
        {"20261101_0123456.csv", "20261101_0123456.csv"},
        {"徳吉南四丁目1番23号405", "徳吉南四丁目1番23号405"},
        {"000000123455 000000000019", "********3455 ********0019"},
        {"12 0000 0012 3455", "12 **** **** 3455"},
        {"000000000000083", "000000000000083"},  // 15 digits: an addressee number
        {"\xFF"
         "000000123455\xFF",
         "\xFF********3455\xFF"},
    };
    for (int i = 0; i < countof(cases); i++) {
        Str text = str_of(cases[i].text), masked = str_of(cases[i].masked);
        Str got = individual_no_mask_text(&arena, text);
        if (!str_equal(got, masked)) print_message("%s -> %.*s\n", cases[i].text, STR(got));
        assert_true(str_equal(got, masked));
        assert_int_equal(individual_no_in_text(text), !str_equal(text, masked));
        assert_false(individual_no_in_text(got));
    }
}

// One number in every spelling that a person or a program may give it; none stays readable.
static void no_spelling_hides_an_individual_number(void **state)
{
    (void)state;
    // clang-format off
    static const char *const spellings[] = {
        "4779 1912 7652",  "4779  1912  7652", "4779 - 1912 - 7652", "4779/1912/7652",
        "4779_1912_7652",  "4779,1912,7652",   "4779、1912、7652",   "4779:1912:7652",
        "4779〜1912〜7652", "4779／1912／7652", "4779─1912─7652",     "4779ー1912ー7652",
        "4779\u200B1912\u200B7652", "4779\u00AD1912\u00AD7652", "4779\u20091912\u20097652",
        "4779\u20071912\u20077652", "4779\n1912\n7652", "4779\r\n1912\r\n7652",
        "(4779)(1912)(7652)", "【4779】【1912】【7652】", "(4779) - (1912) - (7652)",
        "四七七九一九一二七六五二", "④⑦⑦⑨①⑨①②⑦⑥⑤②", "⑷⑺⑺⑼⑴⑼⑴⑵⑺⑹⑸⑵",
        "❹❼❼❾❶❾❶❷❼❻❺❷", "⁴⁷⁷⁹¹⁹¹²⁷⁶⁵²", "₄₇₇₉₁₉₁₂₇₆₅₂",
        "\U0001D7D2\U0001D7D5\U0001D7D5\U0001D7D7\U0001D7CF\U0001D7D7\U0001D7CF\U0001D7D0"
        "\U0001D7D5\U0001D7D4\U0001D7D3\U0001D7D0",
        "٤٧٧٩١٩١٢٧٦٥٢", "４７７９１９１２７６５２", "4７7９1９1２7６5２", "４７７９－１９１２－７６５２",
        "4\u03327\u03327\u03329\u03321\u03329\u03321\u03322\u03327\u03326\u03325\u03322\u0332",
        "4\uFE0F7\uFE0F7\uFE0F9\uFE0F1\uFE0F9\uFE0F1\uFE0F2\uFE0F7\uFE0F6\uFE0F5\uFE0F2\uFE0F",
        "4\uFE0F\u20E37\uFE0F\u20E37\uFE0F\u20E39\uFE0F\u20E31\uFE0F\u20E39\uFE0F\u20E31\uFE0F\u20E3"
        "2\uFE0F\u20E37\uFE0F\u20E36\uFE0F\u20E35\uFE0F\u20E32\uFE0F\u20E3",
        "4 7 7 9 1 9 1 2 7 6 5 2", "4.7.7.9.1.9.1.2.7.6.5.2", "47-79-19-12-76-52", "477-919-127-652",
        "477919-127652", "No477919127652", "477919127652号", "=477919127652", "477 919 127 652",
        "4779\t1912\t7652", "4779\u202E1912\u202C7652", "4779\u30001912\u30007652",
        "マイナンバー4779の1912の7652は477919127652",
        "4779の1912の7652", "4779ノ1912ノ7652", "4779ﾉ1912ﾉ7652", "4779x1912x7652", "4779 X 1912 X 7652", "4779×1912×7652",
        "4779・1912・7652", "４７７９の１９１２の７６５２", "4779        1912        7652", "4779　　　　　　　　1912　　　　　　　　7652",
        "肆漆漆玖壱玖壱弐漆陸伍弐", "四七七九の一九一二の七六五二", "四千七百七十九億千九百十二万七千六百五十二",
        "四千七百七十九億一千九百一十二万七千六百五十二", "肆仟漆佰漆拾玖億壱仟玖佰拾弐萬漆仟陸佰伍拾弐", "4779億1912万7652",
        "４７７９億１９１２万７６５２", "四七七九億一九一二万七六五二", "四千七百七十九億 千九百十二万 七千六百五十二", "4779億 1912万 7652",
        "47791912万7652", "四千七百七十九億千九百十二万七千六百五十三", "0477919127652", "04779-1912-7652", "04-7791-9127-652",
        // of other lengths, with another check digit
        "1477919127652", "477919127652000", "47791912765", "477919127653", "4779-1912-7653",
        "4779 1912 765", "4779-1912-76521", "(4779)(1912)(7653)", "⁴⁷⁷⁹¹⁹¹²⁷⁶⁵³"};
    // clang-format on
    for (ptrdiff_t i = 0; i < countof(spellings); i++) {
        static const char *const around[][2] = {{"", ""}, {"番号は", "です"}, {"花子 ", " 様"}, {"2026-10-01 ", ""}};
        for (ptrdiff_t k = 0; k < countof(around); k++) {
            Str text = str_format(&arena, "%s%s%s", around[k][0], spellings[i], around[k][1]);
            Str masked = individual_no_mask_text(&arena, text);
            if (!individual_no_in_text(text)) fail_msg("%.*s", STR(text));
            assert_false(individual_no_in_text(masked));
            int stars = 0, kept = 0;
            for (ptrdiff_t at = 0; at < masked.len; at++) stars += masked.at[at] == '*';
            for (ptrdiff_t at = 0; at < masked.len; at++) kept += masked.at[at] >= '0' && masked.at[at] <= '9';
            if (stars < 8) fail_msg("%.*s -> %.*s", STR(text), STR(masked));
            assert_true(kept <= 4 + (k == 3 ? 8 : 0) + (spellings[i][0] == '\xE3' ? 12 : 0));
            assert_true(str_starts(masked, str_of(around[k][0])));
            assert_true(str_ends(masked, str_of(around[k][1])));
        }
    }
}

// ---- a number in words

static void add_group_words(Text *text, Arena *out, int four, const char *const *digits,
                            const char *const *tens, bool ones)
{
    const int parts[] = {four / 1000, four / 100 % 10, four / 10 % 10, four % 10};
    for (int i = 0; i < 4; i++) {
        if (!parts[i]) continue;
        if (i == 3 || parts[i] > 1 || ones) text_add(text, out, str_of(digits[parts[i]]));
        if (i < 3) text_add(text, out, str_of(tens[i]));
    }
}

static const char *const plain_digits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
static const char *const legal_digits[] = {"零", "壱", "弐", "参", "肆", "伍", "陸", "漆", "捌", "玖"};

enum { WORD_WAYS = 6 };

// Twelve digits as somebody says or signs them.
static Str in_words(Arena *out, const char digits[12], int way)
{
    static const char *const plain_tens[] = {"千", "百", "十"}, *const legal_tens[] = {"仟", "佰", "拾"};
    static const char *const myriads[] = {"億", "万", ""}, *const between[] = {"", " ", "　"};
    Text text = {0};
    for (int g = 0; g < 3; g++) {
        int four = 0;
        for (int i = 0; i < 4; i++) four = four * 10 + (digits[4 * g + i] - '0');
        bool legal = way == 2;
        if (way == 3)
            text_addf(&text, out, "%d", four);
        else if (way == 5)
            for (int i = 0; i < 4; i++) text_add(&text, out, str_of(plain_digits[digits[4 * g + i] - '0']));
        else
            add_group_words(&text, out, four, legal ? legal_digits : plain_digits,
                            legal ? legal_tens : plain_tens, way != 0);
        if (four || g == 0) text_addf(&text, out, "%s%s", myriads[g], between[way == 4 ? 2 : 0]);
    }
    return text_str(&text);
}

enum { SIGN_WAYS = 7 };

// Twelve digits with something between their groups, in two widths and three alphabets.
static Str with_signs(Arena *out, const char digits[12], int way, int groups)
{
    static const char *const between[SIGN_WAYS] = {"の", "ノ", "x", "・", "        ", "－", "\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000"};
    static const int lengths[][4] = {{4, 4, 4, 0}, {3, 3, 3, 3}, {6, 6, 0, 0}, {2, 5, 5, 0}};
    Text text = {0};
    int at = 0;
    for (int g = 0; g < 4 && lengths[groups][g]; g++) {
        if (g) text_add(&text, out, str_of(between[way]));
        for (int i = 0; i < lengths[groups][g]; i++, at++) {
            int d = digits[at] - '0';
            if (way % 3 == 0)
                text_addf(&text, out, "%c%c%c", 0xEF, 0xBC, 0x90 + d);
            else if (way % 3 == 1)
                text_add_byte(&text, out, digits[at]);
            else
                text_add(&text, out, str_of(groups % 2 ? legal_digits[d] : plain_digits[d]));
        }
    }
    return text_str(&text);
}

static void expect_hidden(Str written, Arena room)
{
    Str text = str_format(&room, "備考 %.*s さん", STR(written));
    Str masked = individual_no_mask_text(&room, text);
    if (!individual_no_in_text(text) || individual_no_in_text(masked) || str_find(masked, written) >= 0)
        fail_msg("%.*s -> %.*s", STR(text), STR(masked));
}

static void no_number_of_the_full_range_shows_in_words_or_between_signs(void **state)
{
    (void)state;
    uint64_t dice = 20261129;
    for (int n = 0; n < 3000; n++) {
        Arena room = arena;
        char digits[13] = {0};
        for (int i = 0; i < 11; i++) {
            dice = dice * 6364136223846793005u + 1442695040888963407u;
            digits[i] = (char)('0' + (dice >> 33) % 10);
        }
        digits[11] = (char)('0' + check_digit_mod11((Str){digits, 11}));
        for (int way = 0; way < SIGN_WAYS; way++)
            for (int groups = 0; groups < 4; groups++)
                expect_hidden(with_signs(&room, digits, way, groups), room);
        // Zeros at its head are not said: a number that begins with two of them is as short as others.
        if (digits[0] == '0' && digits[1] == '0') continue;
        for (int way = 0; way < WORD_WAYS; way++) {
            Str words = in_words(&room, digits, way);
            // Round numbers are few words, and stay what they are: an amount.
            if (way == 3 || str_find(words, S("億")) < 0 || words.len < 3 * 8) continue;
            expect_hidden(words, room);
        }
    }
}

static void amounts_and_addresses_in_words_stay(void **state)
{
    (void)state;
    static const char *const texts[] = {"百億円", "三百二十億円", "一億二千万人", "小倉北区浅野三丁目八番一号", "令和八年十月三十一日",
                                        "千代田区一ツ橋二丁目四番", "八幡東区大字大蔵千二百三十四番地の五", "100x200の箱", "3丁目の8の1の405",
                                        "二千二十六年十一月二十九日 午後三時", "金壱百弐拾参萬四仟伍佰円也"};
    for (ptrdiff_t i = 0; i < countof(texts); i++)
        if (individual_no_in_text(str_of(texts[i]))) fail_msg("%s", texts[i]);
}

static void a_number_torn_over_two_cells_is_hidden_in_both(void **state)
{
    (void)state;
    static const struct {
        const char *left, *right, *shown_left, *shown_right;
        bool free;
    } cases[] = {
        {"47791912", "7652", "********", "****", true},
        {"備考 4779", "1912 7652 様", "備考 ****", "**** **** 様", true},
        {"4779-", "19127652", "****-", "********", true},
        {"４７７９１９", "１２７６５２", "******", "******", true},
        {"四七七九", "一九一二七六五二", "****", "********", true},
        {"4779", "19127652", "****", "********", false},
        {"備考 4779", "19127652", NULL, NULL, false},  // words beside a code
        {"47791912", "7653", NULL, NULL, true},        // another check digit: nobody's
        {"コーポ101", "0931234567", NULL, NULL, true},
        {"4779号", "19127652", NULL, NULL, true},
        {"", "477919127652", NULL, NULL, true},  // whole, and masked as such
    };
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        Str left = str_of(cases[i].left), right = str_of(cases[i].right);
        bool torn = individual_no_mask_torn(&arena, &left, &right, cases[i].free);
        assert_int_equal(torn, cases[i].shown_left != NULL);
        const char *shown[] = {torn ? cases[i].shown_left : cases[i].left, torn ? cases[i].shown_right : cases[i].right};
        if (!str_equal(left, str_of(shown[0])) || !str_equal(right, str_of(shown[1])))
            fail_msg("%s|%s -> %.*s|%.*s", cases[i].left, cases[i].right, STR(left), STR(right));
    }
    // A lot number and the day on which it expires are two things, whatever their digits add up to.
    for (int lot = 1000; lot < 3000; lot++) {
        Str left = str_format(&arena, "%d", lot), right = S("20260930");
        assert_false(individual_no_mask_torn(&arena, &left, &right, false));
    }
}

static void a_column_of_long_numbers_knows_one_with_zeros_before_it(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int most;
        ColumnDoubt doubt;
        bool found;
    } cases[] = {
        {"0477919127652", 15, COLUMN_TRUSTED, true},   {"00477919127652", 15, COLUMN_TRUSTED, true},
        {"0477919127652", 11, COLUMN_TRUSTED, true},   {"04-7791-9127-652", 11, COLUMN_TRUSTED, true},
        {"0477919127653", 15, COLUMN_TRUSTED, false},  {"1477919127652", 15, COLUMN_TRUSTED, false},
        {"1477919127652", 15, COLUMN_LONGER, true},    {"4779191276521", 15, COLUMN_LONGER, true},
        {"1477919127653", 15, COLUMN_LONGER, false},   {"410000000000001", 15, COLUMN_LONGER, false},
        {"000000000000083", 15, COLUMN_LONGER, false}, {"093-123-4567", 11, COLUMN_TRUSTED, false},
        {"080-1234-5678", 11, COLUMN_TRUSTED, false},  {"4779x1912x7652", 15, COLUMN_TRUSTED, true},
    };
    for (ptrdiff_t i = 0; i < countof(cases); i++)
        if (individual_no_in_column(str_of(cases[i].text), cases[i].most, cases[i].doubt) != cases[i].found)
            fail_msg("%s", cases[i].text);
}

static void resident_record_codes_carry_their_check_digit(void **state)
{
    (void)state;
    static const Vector vectors[] = {
        {"00000000019", E_NONE},        {"00000123455", E_NONE},
        {"00000123129", E_NONE},        {"00000261610", E_NONE},
        {"00000383759", E_NONE},        {"00000210072", E_NONE},
        {"00000782750", E_NONE},        {"00000840092", E_NONE},
        {"00000372064", E_NONE},        {"00000957470", E_NONE},
        {"00000626430", E_NONE},        {"00000123458", E_CHECK_DIGIT},
        {"00000123122", E_CHECK_DIGIT}, {"00000261613", E_CHECK_DIGIT},
        {"00000383752", E_CHECK_DIGIT}, {"00000210075", E_CHECK_DIGIT},
        {"00000782753", E_CHECK_DIGIT}, {"00000840095", E_CHECK_DIGIT},
        {"00000372067", E_CHECK_DIGIT}, {"00000621610", E_CHECK_DIGIT},
        {"0000012345", E_LENGTH},       {"000001234550", E_LENGTH},
    };
    for (int i = 0; i < countof(vectors); i++) {
        ResidentRecordCode code;
        Error err = {0};
        bool accepted = resident_record_code_parse(str_of(vectors[i].text), &code, &err);
        expect_error(&vectors[i], accepted, &err);
    }
}

static void corporate_numbers_carry_theirs_in_front(void **state)
{
    (void)state;
    static const Vector vectors[] = {
        {"8000020401005", E_NONE},        {"6000020400009", E_NONE},
        {"8999947120017", E_NONE},        {"1999944001696", E_NONE},
        {"3999910140634", E_NONE},        {"2999994459742", E_NONE},
        {"8999951639919", E_NONE},        {"5999919385921", E_NONE},
        {"8999949284520", E_NONE},        {"2999900497671", E_NONE},
        {"5999990030760", E_NONE},        {"1999944901696", E_NONE},  // the blind spot 0 and 9
        {"9999947120017", E_CHECK_DIGIT}, {"2999944001696", E_CHECK_DIGIT},
        {"4999910140634", E_CHECK_DIGIT}, {"3999994459742", E_CHECK_DIGIT},
        {"9999951639919", E_CHECK_DIGIT}, {"6999919385921", E_CHECK_DIGIT},
        {"9999949284520", E_CHECK_DIGIT}, {"0999944001696", E_CHECK_DIGIT},
        {"1999940401696", E_CHECK_DIGIT}, {"199994400169", E_LENGTH},
        {"T1999944001696", E_LENGTH},
    };
    for (int i = 0; i < countof(vectors); i++) {
        CorporateNo no;
        Error err = {0};
        expect_error(&vectors[i], corporate_no_parse(str_of(vectors[i].text), &no, &err), &err);
    }
    assert_int_equal(check_digit_mod9(S("000000000000")), 9);  // never 0
    MunicipalityCode kitakyushu = {"401005"};
    assert_string_equal(corporate_no_of_municipality(&kitakyushu).digits, "8000020401005");
    assert_string_equal(organisation_code_of_municipality(&kitakyushu).digits, "0220140100500000");
}

static void municipality_codes_are_read_in_six_digits(void **state)
{
    (void)state;
    static const Vector vectors[] = {
        {"401005", E_NONE},        {"401013", E_NONE},         {"401030", E_NONE},
        {"401056", E_NONE},        {"401064", E_NONE},         {"401072", E_NONE},
        {"401081", E_NONE},        {"401099", E_NONE},         {"011002", E_NONE},
        {"400009", E_NONE},        {"401307", E_NONE},         {"401315", E_NONE},
        {"352012", E_NONE},        {"341002", E_NONE},         {"271004", E_NONE},
        {"131016", E_NONE},        {"131121", E_NONE},         {"472018", E_NONE},
        {"401006", E_CHECK_DIGIT}, {"401012", E_CHECK_DIGIT},  {"401031", E_CHECK_DIGIT},
        {"401057", E_CHECK_DIGIT}, {"401065", E_CHECK_DIGIT},  {"401073", E_CHECK_DIGIT},
        {"401080", E_CHECK_DIGIT}, {"401090", E_CHECK_DIGIT},  {"40100", E_LENGTH},
        {"000000", E_CHECK_DIGIT}, {"481009", E_CODE_UNKNOWN}, {"401021", E_NONE},
        {"４０１００５", E_NONE},  {"40100S", E_CHARSET},
    };
    for (int i = 0; i < countof(vectors); i++) {
        MunicipalityCode code;
        Error err = {0};
        bool accepted = municipality_code_parse(str_of(vectors[i].text), &code, NULL, &err);
        expect_error(&vectors[i], accepted, &err);
    }
    MunicipalityCode code;
    Error err = {0};
    assert_true(municipality_code_parse5(S("40106"), &code, &err));
    assert_string_equal(code.digits, "401064");
    assert_false(municipality_code_elsewhere(&code));
    assert_true(municipality_code_parse5(S("99999"), &code, &err));
    assert_true(municipality_code_elsewhere(&code));
    assert_false(municipality_code_parse5(S("00100"), &code, &err));
    assert_int_equal(err.code, E_CODE_UNKNOWN);
}

static void institution_codes_are_luhn_over_all_ten_digits(void **state)
{
    (void)state;
    static const Vector vectors[] = {
        {"4010198762", E_NONE},        {"4010200014", E_NONE},        {"4010300020", E_NONE},
        {"4010103457", E_NONE},        {"4030100129", E_NONE},        {"4040100770", E_NONE},
        {"4060100056", E_NONE},        {"1319901235", E_NONE},        {"4019999996", E_NONE},
        {"0110113719", E_NONE},        {"4010198766", E_CHECK_DIGIT}, {"4010200018", E_CHECK_DIGIT},
        {"4010300024", E_CHECK_DIGIT}, {"4010103451", E_CHECK_DIGIT}, {"4030100123", E_CHECK_DIGIT},
        {"4040100774", E_CHECK_DIGIT}, {"4060100050", E_CHECK_DIGIT}, {"4110198762", E_CHECK_DIGIT},
        {"4030198762", E_CHECK_DIGIT}, {"401019876", E_LENGTH},
    };
    for (int i = 0; i < countof(vectors); i++) {
        InstitutionCode code;
        Error err = {0};
        bool accepted = institution_code_parse(str_of(vectors[i].text), &code, NULL, &err);
        expect_error(&vectors[i], accepted, &err);
    }
    InstitutionCode code;
    Error err = {0};
    assert_true(institution_code_complete(S("0198762"), 40, 1, &code, &err));
    assert_string_equal(code.digits, "4010198762");
    assert_false(institution_code_complete(S("0198762"), 41, 1, &code, &err));
    assert_int_equal(err.code, E_CHECK_DIGIT);
}

static void insurers_postal_codes_and_the_rest(void **state)
{
    (void)state;
    static const char *const insurers[] = {"06400113", "06123459", "12401238", "39400007"};
    Error err = {0};
    InsurerNo insurer;
    for (int i = 0; i < countof(insurers); i++)
        assert_true(insurer_no_parse(str_of(insurers[i]), &insurer, &err));
    assert_false(insurer_no_parse(S("06400114"), &insurer, &err));
    assert_int_equal(err.code, E_CHECK_DIGIT);

    static const Vector postal[] = {
        {"8030813", E_NONE},    {"803-0813", E_NONE},     {"８０３－０８１３", E_NONE},
        {"803‐0813", E_NONE},   {"8030-813", E_LENGTH},   {"803-08133", E_LENGTH},
        {"803081A", E_CHARSET}, {"〒803-0813", E_LENGTH},
    };
    for (int i = 0; i < countof(postal); i++) {
        PostalCode code = {0};
        bool accepted = postal_code_parse(str_of(postal[i].text), &code, NULL, &err);
        expect_error(&postal[i], accepted, &err);
        if (accepted)
            assert_string_equal(code.digits, "8030813");
        else
            assert_true(str_equal(error_value(&err), str_of(postal[i].text)));
    }
    OrganisationCode organisation;
    assert_true(organisation_code_parse(S("0220113112101700"), &organisation, &err));
    assert_false(organisation_code_parse(S("022011311210170"), &organisation, &err));
}

static void addressee_numbers_are_padded_to_fifteen_digits(void **state)
{
    (void)state;
    static const struct {
        const char *text, *digits;
        int wide;
        ErrorCode code;
    } cases[] = {
        {"410000000083141", "410000000083141", 0, E_NONE},
        {"83141", "000000000083141", 0, E_NONE},
        {"００８３141", "000000000083141", 4, E_NONE},
        {" 83141　", "000000000083141", 0, E_NONE},
        {"1234567890123456", NULL, 0, E_LENGTH},
        {"8314I", NULL, 0, E_CHARSET},
        {"83 141", NULL, 0, E_CHARSET},
        {"", NULL, 0, E_MISSING},
    };
    for (int i = 0; i < countof(cases); i++) {
        AddresseeNo no = {0};
        HouseholdNo household = {0};
        Error err = {0};
        int64_t wide = 0;
        bool accepted = addressee_no_parse(str_of(cases[i].text), &no, &wide, &err);
        assert_int_equal(accepted ? E_NONE : err.code, cases[i].code);
        assert_int_equal(household_no_parse(str_of(cases[i].text), &household, NULL, &err),
                         accepted);
        assert_int_equal(wide, cases[i].wide);
        if (accepted) assert_string_equal(no.digits, cases[i].digits);
        assert_true(str_equal(addressee_text(&no), str_of(cases[i].digits)));
    }
    UnifiedNo unified;
    Error err = {0};
    assert_false(unified_no_parse(S("83141"), &unified, &err));
    assert_true(unified_no_parse(S("000000000083141"), &unified, &err));
    AddresseeNo small = addressee_no_of(7), large = addressee_no_of(999999999999999);
    assert_string_equal(small.digits, "000000000000007");
    assert_int_equal(addressee_order(&small, &large), -1);
    assert_int_equal(addressee_order(&large, &small), 1);
    assert_true(addressee_same(&small, &small));
}

static void bars_say_what_they_are_and_prove_it(void **state)
{
    (void)state;
    static const struct {
        BarKind kind;
        const char *digits, *bar;
    } cases[] = {
        {BAR_PERSON, "410000000083141", "A4100000000831413A"},
        {BAR_PERSON, "000005040767686", "A0000050407676860A"},
        {BAR_PAPER, "2026100300417", "B20261003004177B"},
        {BAR_INSTITUTION, "4010198762", "C40101987622C"},
    };
    for (int i = 0; i < countof(cases); i++) {
        Str bar = bar_text(&arena, cases[i].kind, str_of(cases[i].digits));
        assert_true(str_equal(bar, str_of(cases[i].bar)));
        BarKind kind;
        Str digits;
        Error err = {0};
        assert_true(bar_read(bar, &kind, &digits, &err));
        assert_int_equal(kind, cases[i].kind);
        assert_true(str_equal(digits, str_of(cases[i].digits)));
    }
    static const Vector bad[] = {
        {"A4100000000831414A", E_CHECK_DIGIT},
        {"A4100000000813413A", E_CHECK_DIGIT},
        {"B4100000000831413B", E_LENGTH},
        {"A4100000000831413B", E_CHARSET},
        {"A41000000008314X3A", E_CHARSET},
        {"E4100000000831413E", E_CHARSET},
        {"A", E_LENGTH},
        {"", E_LENGTH},
    };
    for (int i = 0; i < countof(bad); i++) {
        BarKind kind;
        Str digits;
        Error err = {0};
        expect_error(&bad[i], bar_read(str_of(bad[i].text), &kind, &digits, &err), &err);
    }
}

int main(void)
{
    arena = arena_reserve(1 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(individual_numbers_are_refused_stage_by_stage),
        cmocka_unit_test(a_full_width_individual_number_is_taken_and_told),
        cmocka_unit_test(no_spelling_hides_an_individual_number),
        cmocka_unit_test(a_mask_shows_the_last_four_digits_only),
        cmocka_unit_test(no_number_of_the_full_range_shows_in_words_or_between_signs),
        cmocka_unit_test(amounts_and_addresses_in_words_stay),
        cmocka_unit_test(a_number_torn_over_two_cells_is_hidden_in_both),
        cmocka_unit_test(a_column_of_long_numbers_knows_one_with_zeros_before_it),
        cmocka_unit_test(individual_numbers_are_found_wherever_they_hide),
        cmocka_unit_test(resident_record_codes_carry_their_check_digit),
        cmocka_unit_test(corporate_numbers_carry_theirs_in_front),
        cmocka_unit_test(municipality_codes_are_read_in_six_digits),
        cmocka_unit_test(institution_codes_are_luhn_over_all_ten_digits),
        cmocka_unit_test(insurers_postal_codes_and_the_rest),
        cmocka_unit_test(addressee_numbers_are_padded_to_fifteen_digits),
        cmocka_unit_test(bars_say_what_they_are_and_prove_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
