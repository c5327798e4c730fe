// Files as clinics and the register send them: whatever is wrong with one row, the others arrive.
// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <ftw.h>

#include "csv.h"

#include "error_texts.h"

enum { LINE_NO, NAME, NUMBER, NOTE };
static const CsvColumn columns[] = {
    {"行番号", .mandatory = true},
    {"氏名", .mandatory = true},
    {"個人番号", .secret = true},
    {"備考"},
};
static const CsvLayout layout = {columns, (int)countof(columns)};

static Arena whole;

static int fresh(void **state)
{
    static Arena arena;
    arena = whole;
    *state = &arena;
    return 0;
}

static CsvReader *opened(Arena *arena, Str bytes)
{
    CsvReader *reader = NULL;
    Error err = {0};
    if (!csv_open_text(bytes, &layout, CSV_ENCODING_AUTO, arena, &reader, &err))
        fail_msg("%.*s %.*s", STR(error_item(&err)), STR(error_words(&err)));
    return reader;
}

static void expect(Str got, const char *wanted)
{
    if (!str_equal(got, str_of(wanted)))
        print_message("got \"%.*s\", wanted \"%s\"\n", STR(got), wanted);
    assert_true(str_equal(got, str_of(wanted)));
}

// What used to be called otherwise is read under both headings, and an error calls it as the file does.
static void a_column_may_have_two_headings(void **state)
{
    Arena *arena = *state;
    static const CsvColumn kinds[] = {{"番号"}, {"種類", .mandatory = true, .also = "事柄"}};
    static const CsvLayout both = {kinds, (int)countof(kinds)};
    static const struct {
        const char *bytes, *heading;
    } files[] = {{"番号,種類\n1,a\n", "種類"}, {"事柄,番号\na,1\n", "事柄"}};
    for (int i = 0; i < countof(files); i++) {
        CsvReader *reader = NULL;
        CsvRow row;
        Error err = {0};
        assert_true(
            csv_open_text(str_of(files[i].bytes), &both, CSV_ENCODING_AUTO, arena, &reader, &err));
        assert_true(csv_next(reader, &row));
        assert_true(str_equal(row.fields[1], S("a")));
        assert_true(str_equal(row.headings[1], str_of(files[i].heading)));
        assert_true(str_equal(row.headings[0], S("番号")));
        assert_int_equal(csv_facts(reader)->unknown_count, 0);
        assert_true(csv_close(reader, &err));
    }
    CsvReader *none = NULL;
    Error err = {0};
    assert_false(
        csv_open_text(S("種類,事柄\na,b\n"), &both, CSV_ENCODING_AUTO, arena, &none, &err));
    assert_int_equal(err.code, E_FILE_LAYOUT);
    assert_false(csv_open_text(S("番号\n1\n"), &both, CSV_ENCODING_AUTO, arena, &none, &err));
    assert_true(str_equal(error_item(&err), S("種類")));
}

static void expect_good(CsvReader *reader, int64_t line, const char *number, const char *name)
{
    CsvRow row;
    assert_true(csv_next(reader, &row));
    if (row.bad)
        print_message("line %lld: %.*s\n", (long long)row.line, STR(error_words(&row.problem)));
    assert_false(row.bad);
    assert_int_equal(row.line, line);
    expect(row.fields[LINE_NO], number);
    expect(row.fields[NAME], name);
}

static void expect_bad(CsvReader *reader, int64_t line, ErrorCode code)
{
    CsvRow row;
    assert_true(csv_next(reader, &row));
    assert_true(row.bad);
    assert_int_equal(row.line, line);
    assert_int_equal(row.problem.row, line);
    assert_int_equal(row.problem.code, code);
    assert_true(error_words(&row.problem).len > 0);
    for (int i = 0; i < layout.count; i++) assert_false(str_present(row.fields[i]));
}

static void expect_end(CsvReader *reader)
{
    CsvRow row;
    Error err = {0};
    assert_false(csv_next(reader, &row));
    assert_false(csv_next(reader, &row));
    assert_true(csv_close(reader, &err));
}

static Str in_cp932(Arena *arena, Str utf8)
{
    iconv_t converter = iconv_open("CP932", "UTF-8");
    char *from = str_z(arena, utf8), *out = NEW(arena, char, utf8.len * 2 + 1), *to = out;
    size_t from_left = (size_t)utf8.len, to_left = (size_t)utf8.len * 2;
    assert_int_equal(iconv(converter, &from, &from_left, &to, &to_left), 0);
    (void)iconv_close(converter);
    return (Str){out, to - out};
}

static void columns_are_found_by_name_in_any_order(void **state)
{
    CsvReader *reader =
        opened(*state, S("備考,体温,氏名,行番号,\r\n左腕,36.5,山田　花子,1,\r\n,,,2,x\r\n"));
    const CsvFacts *facts = csv_facts(reader);
    assert_int_equal(facts->unknown_count, 2);
    expect(facts->unknown[0], "体温");
    expect(facts->unknown[1], "（名前なし）");
    expect(csv_unknown_text(reader, *state), "体温、（名前なし）");
    CsvRow row;
    assert_true(csv_next(reader, &row));
    expect(row.fields[LINE_NO], "1");
    expect(row.fields[NAME], "山田　花子");
    expect(row.fields[NOTE], "左腕");
    assert_false(str_present(row.fields[NUMBER]));  // no such column
    assert_true(csv_next(reader, &row));
    assert_false(row.bad);
    assert_false(str_present(row.fields[NOTE]));  // empty is no value
    expect_end(reader);
}

static void a_file_without_a_mandatory_column_is_refused_by_name(void **state)
{
    static const struct {
        const char *bytes, *item;
    } cases[] = {
        {"備考,氏名\r\n", "行番号"},
        {"備考\r\nx\r\n", "行番号、氏名"},
        {"行番号,氏名,行番号\r\n", "行番号"},  // twice
        {"", ""},
        {"\r\n", ""},
        {"\"行番号,氏名\r\n", ""},
    };
    for (int i = 0; i < countof(cases); i++) {
        CsvReader *reader = NULL;
        Error err = {0};
        assert_false(csv_open_text(str_of(cases[i].bytes), &layout, CSV_ENCODING_AUTO, *state,
                                   &reader, &err));
        assert_int_equal(err.code, E_FILE_LAYOUT);
        expect(error_item(&err), cases[i].item);
        assert_null(reader);
    }
}

static void a_file_in_utf_16_is_refused_by_name(void **state)
{
    CsvReader *reader = NULL;
    Error err = {0};
    Str bytes = S("\xFF\xFE\x4C\x88\x6A\x75\xF7\x53\x0D\x00\x0A\x00");  // 行番号
    assert_false(csv_open_text(bytes, &layout, CSV_ENCODING_AUTO, *state, &reader, &err));
    assert_int_equal(err.code, E_ENCODING);
}

static void quotes_escapes_and_line_breaks_inside_quotes(void **state)
{
    CsvReader *reader = opened(*state, S("\"行番号\",\"氏名\",備考\n"
                                         "1,\"みほん \"\"花\"\" 子\",\"一行目\r\n二行目\"\r\n"
                                         "\n"
                                         "\"2\",\"a,b\",\"\"\"\"\n"
                                         "3,,"));
    CsvRow row;
    assert_true(csv_next(reader, &row));
    assert_int_equal(row.line, 2);
    expect(row.fields[NAME], "みほん \"花\" 子");
    expect(row.fields[NOTE], "一行目\r\n二行目");
    assert_true(csv_next(reader, &row));
    assert_int_equal(row.line, 5);
    expect(row.fields[NAME], "a,b");
    expect(row.fields[NOTE], "\"");
    assert_true(csv_next(reader, &row));
    assert_int_equal(row.line, 6);
    expect(row.fields[LINE_NO], "3");
    expect_end(reader);
}

static void a_bad_row_never_stops_a_good_one(void **state)
{
    CsvReader *reader =
        opened(*state, ((Str){"行番号,氏名\n"
                              "1,花子\n"
                              "2,花子,余り\n"  // 3: too many columns
                              "3\n"            // 4: too few
                              "4,\"花子\n"     // 5: nobody closes it
                              "5,太郎\n"
                              "6,花\"子\n"    // 7: a quote inside
                              "7,\"花\"子\n"  // 8: text behind a quote
                              "8,花\0子\n"    // 9: NUL
                              "9,花\xFF子\n"  // 10: no UTF-8
                              "10,太郎\n"
                              "11,\"太",
                              sizeof "行番号,氏名\n1,花子\n2,花子,余り\n3\n4,\"花子\n5,太郎\n"
                                     "6,花\"子\n7,\"花\"子\n8,花\0子\n9,花?子\n10,太郎\n11,\"太" -
                                  1}));
    expect_good(reader, 2, "1", "花子");
    expect_bad(reader, 3, E_FILE_LAYOUT);
    expect_bad(reader, 4, E_FILE_LAYOUT);
    expect_bad(reader, 5, E_FILE_LAYOUT);
    expect_good(reader, 6, "5", "太郎");
    expect_bad(reader, 7, E_FILE_LAYOUT);
    expect_bad(reader, 8, E_FILE_LAYOUT);
    expect_bad(reader, 9, E_ENCODING);
    expect_bad(reader, 10, E_ENCODING);
    expect_good(reader, 11, "10", "太郎");
    expect_bad(reader, 12, E_FILE_LAYOUT);
    expect_end(reader);
}

static void cells_beyond_the_header_are_passed_where_they_are_empty(void **state)
{
    CsvReader *reader = opened(*state, S("行番号,氏名\n"
                                         "1,花子,\n"
                                         "2,太郎,,\"\",\r\n"
                                         "3,次郎,,余り\n"
                                         "4,三郎, \n"
                                         "5,四郎\n"));
    expect_good(reader, 2, "1", "花子");
    expect_good(reader, 3, "2", "太郎");
    expect_bad(reader, 4, E_FILE_LAYOUT);
    expect_bad(reader, 5, E_FILE_LAYOUT);
    expect_good(reader, 6, "5", "四郎");
    expect_end(reader);
}

static void a_quote_that_finds_a_partner_further_down_swallows_nothing(void **state)
{
    CsvReader *reader =
        opened(*state, S("行番号,氏名,備考\n"
                         "1,\"花子,\n"
                         "2,太郎,\n"
                         "3,\"次郎\",\n"
                         "4,\"三郎,\n"  // closes on the next line: two columns in all
                         "5,四郎,\"\n"
                         "6,五郎,\n"));
    expect_bad(reader, 2, E_FILE_LAYOUT);
    expect_good(reader, 3, "2", "太郎");
    expect_good(reader, 4, "3", "次郎");
    expect_bad(reader, 5, E_FILE_LAYOUT);
    expect_bad(reader, 6, E_FILE_LAYOUT);
    expect_good(reader, 7, "6", "五郎");
    expect_end(reader);
}

static void rows_longer_than_the_limit_are_told_and_passed(void **state)
{
    Arena *arena = *state;
    Text bytes = {0};
    text_add(&bytes, arena, S("行番号,氏名\n1,"));
    for (int i = 0; i < 40 * CSV_ROW_BYTES_MAX; i++) text_add_byte(&bytes, arena, 'x');
    text_add(&bytes, arena, S("\n2,花子\n3,\""));
    for (int i = 0; i <= CSV_ROW_LINES_MAX; i++) text_add(&bytes, arena, S("y\n"));
    text_add(&bytes, arena, S("\"\n4,太郎\n5,"));
    for (int i = 0; i < 3 * CSV_ROW_BYTES_MAX; i++) text_add_byte(&bytes, arena, 'z');

    CsvReader *reader = opened(arena, text_str(&bytes));
    expect_bad(reader, 2, E_LIMIT);
    Str shown = csv_row_text(reader, arena);
    assert_true(str_starts(shown, S("1,xxx")) && shown.len < CSV_ROW_BYTES_MAX);
    expect_good(reader, 3, "2", "花子");
    expect_bad(reader, 4, E_LIMIT);
    for (int i = 0; i < CSV_ROW_LINES_MAX; i++) expect_bad(reader, 5 + i, E_FILE_LAYOUT);
    expect_bad(reader, 5 + CSV_ROW_LINES_MAX, E_LIMIT);  // its closing quote now opens one
    expect_good(reader, 6 + CSV_ROW_LINES_MAX, "4", "太郎");
    expect_bad(reader, 7 + CSV_ROW_LINES_MAX, E_LIMIT);
    expect_end(reader);
}

static void a_long_file_is_cut_the_same_wherever_the_window_ends(void **state)
{
    // Rows of every length pass the places where the window is refilled.
    Arena *arena = *state;
    Text bytes = {0};
    enum { ROWS = 5000 };
    text_add(&bytes, arena,
             S("\xEF\xBB\xBF"
               "行番号,氏名\r\n"));
    for (int i = 0; i < ROWS; i++) {
        text_addf(&bytes, arena, "%d,\"", i);
        for (int k = 0; k < i % 113; k++) text_add(&bytes, arena, S("花\r\n"));
        text_add(&bytes, arena, i % 2 ? S("\"\"\"\r\n") : S("\"\n"));
    }
    CsvReader *reader = opened(arena, text_str(&bytes));
    CsvRow row;
    int64_t line = 2;
    for (int i = 0; i < ROWS; i++) {
        bool too_many = i % 113 >= CSV_ROW_LINES_MAX;
        assert_true(csv_next(reader, &row));
        assert_int_equal(row.line, line);
        assert_int_equal(row.bad, too_many);
        if (too_many)  // then every line of it is told
            for (int k = 0; k < i % 113; k++) assert_true(csv_next(reader, &row) && row.bad);
        else
            assert_int_equal(row.fields[NAME].len, (i % 113) * 5 + i % 2);
        line += i % 113 + 1;
    }
    assert_int_equal(csv_bytes_done(reader), bytes.len);
    expect_end(reader);
}

static void cp932_is_recognised_and_its_second_bytes_cut_nothing(void **state)
{
    Arena *arena = *state;
    // Second bytes 0x5C: ソ 表 能 予; 0x7C: ポ 怐; NEC row 13: ① ㈱; IBM extensions: 髙 﨑; half-width kana.
    Str text = S("行番号,氏名,備考\r\n1,ソ表能予,\"ポ①㈱\"\r\n2,髙﨑,ﾊﾅｺ～\r\n");
    CsvReader *reader = opened(arena, in_cp932(arena, text));
    assert_int_equal(csv_facts(reader)->encoding, CSV_ENCODING_CP932);
    CsvRow row;
    assert_true(csv_next(reader, &row));
    expect(row.fields[NAME], "ソ表能予");
    expect(row.fields[NOTE], "ポ①㈱");
    expect(csv_row_text(reader, arena), "1,ソ表能予,\"ポ①㈱\"");
    assert_true(csv_next(reader, &row));
    expect(row.fields[NAME], "髙﨑");
    expect(row.fields[NOTE], "ﾊﾅｺ～");
    expect_end(reader);
}

static void a_header_in_ascii_leaves_the_decision_to_the_whole_file(void **state)
{
    static const CsvColumn ascii[] = {{"no", .mandatory = true}, {"name", .mandatory = true}};
    static const CsvLayout ascii_layout = {ascii, 2};
    Arena *arena = *state;
    Text bytes = {0};
    text_add(&bytes, arena, S("no,name\n"));
    for (int i = 0; i < 9000; i++) text_add(&bytes, arena, S("1,abc\n"));  // more than one part
    text_add(&bytes, arena, S("2,接種\n"));
    Str as[] = {text_str(&bytes), in_cp932(arena, text_str(&bytes))};
    CsvEncoding wanted[] = {CSV_ENCODING_UTF8, CSV_ENCODING_CP932};
    for (int i = 0; i < 2; i++) {
        CsvReader *reader = NULL;
        Error err = {0};
        CsvRow row;
        assert_true(csv_open_text(as[i], &ascii_layout, CSV_ENCODING_AUTO, arena, &reader, &err));
        assert_int_equal(csv_facts(reader)->encoding, wanted[i]);
        for (int k = 0; k <= 9000; k++) assert_true(csv_next(reader, &row));
        expect(row.fields[1], "接種");
        expect_end(reader);
    }
}

static void a_vendors_own_character_is_told_with_its_bytes(void **state)
{
    Arena *arena = *state;
    Text bytes = {0};
    text_add(&bytes, arena, in_cp932(arena, S("備考,行番号,氏名\n,1,山")));
    text_add(&bytes, arena, S("\xF0\x40"));
    text_add(&bytes, arena, in_cp932(arena, S("花\n\"")));
    text_add(&bytes, arena, S("\xF9\xFC\x85\x40"));
    text_add(&bytes, arena, in_cp932(arena, S("\",2,花子\n,3,")));
    text_add(&bytes, arena,
             S("\x81,\n,4,\xA0\n,5,\x81\"\n"));  // no second byte; no such byte; a stray quote
    CsvReader *reader = opened(arena, text_str(&bytes));
    CsvRow row;
    assert_true(csv_next(reader, &row));
    assert_false(row.bad);
    expect(row.fields[NAME], "山〓花");
    assert_int_equal(row.gaiji_count, 1);
    assert_int_equal(row.gaiji[0].column, NAME);
    assert_string_equal(row.gaiji[0].hex, "F040");
    expect(csv_row_text(reader, arena), ",1,山\\xF0\\x40花");

    assert_true(csv_next(reader, &row));
    expect(row.fields[NOTE], "〓〓");
    assert_int_equal(row.gaiji_count, 2);
    assert_string_equal(row.gaiji[0].hex, "F9FC");
    assert_string_equal(row.gaiji[1].hex, "8540");
    expect_bad(reader, 4,
               E_ENCODING);  // the comma behind 81 stays a comma: half a character before it
    expect_bad(reader, 5, E_ENCODING);
    expect(csv_row_text(reader, arena), ",4,\\xA0");
    expect_bad(reader, 6, E_FILE_LAYOUT);
    expect_end(reader);
}

static void individual_numbers_are_masked_in_every_row_that_is_shown(void **state)
{
    static const struct {
        const char *row, *shown;
    } cases[] = {
        {"1,花子,000000123455,", "1,花子,************,"},
        {"1,花子,\"000000123456\",x", "1,花子,\"************\",x"},
        {"1,花子,12345,", "1,花子,*****,"},
        {"1,000000123455,,", "1,********3455,,"},                 // in another column
        {"1,花子,000000123456", "1,花子,************"},           // bad row, wrong check digit
        {"1,花子,00000012345,,余", "1,花子,***********,,余"},     // bad row, a digit lost
        {"1,花子,０00000123456,,余", "1,花子,************,,余"},  // bad row, one digit wide
        {"000000000083141,花子,,,", "000000000083141,花子,,,"},   // 15 digits stay
    };
    Arena *arena = *state;
    for (int i = 0; i < countof(cases); i++) {
        CsvReader *reader =
            opened(arena, str_format(arena, "行番号,氏名,個人番号,備考\n%s\n", cases[i].row));
        CsvRow row;
        assert_true(csv_next(reader, &row));
        expect(csv_row_text(reader, arena), cases[i].shown);
        expect_end(reader);
    }
}

// 477919127652 is a number, 477919127653 is none. One column is the number's own, 宛名番号 and 世帯番号 may hold
// long numbers of another kind, マイナンバー is a column that nobody knows.
static void behind_the_reader_nobody_holds_an_individual_number(void **state)
{
    enum { WHO, HOUSEHOLD, TEXT, OWN };
    static const CsvColumn all[] = {
        {"宛名番号"}, {"世帯番号"}, {"住所"}, {"個人番号", .secret = true}};
    static const CsvLayout with_number = {all, 4}, without = {all, 3};
    static const struct {
        const char *row, *shown;
        const char *fields[3];  // NULL: as in the row, not masked
        bool own;               // the layout has the number's column
    } cases[] = {
        {"410000000083141,5,町1-2,477919127652,x",
         "410000000083141,5,町1-2,************,x",
         {0},
         true},
        {"1,5,町,,477919127652", "1,5,町,,********7652", {0}, true},
        {"1,5,町 4779 1912 7652,,",
         "1,5,町 **** **** 7652,,",
         {[TEXT] = "町 **** **** 7652"},
         true},
        {"1,5,477919127653,,", "1,5,************,,", {[TEXT] = "************"}, true},
        // its own digits in another number's column: whole, and padded to 15
        {"477919127652,5,町,477919127652,",
         "********7652,5,町,************,",
         {[WHO] = "********7652"},
         true},
        {"1,000477919127652,町,,",
         "1,***************,町,,",
         {[HOUSEHOLD] = "***************"},
         true},
        // none has the right check digit: the row says that its columns are out of place
        {"477919127653,5,町,410000000083141,",
         "************,5,町,***************,",
         {[WHO] = "************"},
         true},
        {"477919127653,5,町,477919127652,", "477919127653,5,町,************,", {0}, true},
        {"477919127653,5,町,,", "477919127653,5,町,,", {0}, true},
        // a file of another program, which has no such column
        {"477919127652,000000000000083,町,,",
         "********7652,000000000000083,町,,",
         {[WHO] = "********7652"},
         false},
        // torn over two cells, with a 0 before it, with one digit more, in words
        {"1,47791912,7652,,",
         "1,********,****,,",
         {[HOUSEHOLD] = "********", [TEXT] = "****"},
         true},
        {"1,47791912,7653,,", "1,47791912,7653,,", {0}, true},
        {"1,47791912,町7652,,", "1,47791912,町7652,,", {0}, true},
        {"1,0477919127652,町,,", "1,*********7652,町,,", {[HOUSEHOLD] = "*********7652"}, true},
        {"1,4779191276529,町,,", "1,*************,町,,", {[HOUSEHOLD] = "*************"}, true},
        {"4779191276529,5,町,,", "4779191276529,5,町,,", {0}, true},
        {"1,5,四千七百七十九億千九百十二万七千六百五十二,,",
         "1,5,*********************,,",
         {[TEXT] = "*********************"},
         true},
        {"1,5,４７７９１９１２７６５２,,",
         "1,5,********７６５２,,",
         {[TEXT] = "********７６５２"},
         false},
    };
    Arena *arena = *state;
    for (int i = 0; i < countof(cases); i++) {
        Error err = {0};
        CsvReader *reader;
        CsvRow row;
        Str text =
            str_format(arena, "宛名番号,世帯番号,住所,個人番号,マイナンバー\n%s\n", cases[i].row);
        assert_true(csv_open_text(text, cases[i].own ? &with_number : &without, CSV_ENCODING_UTF8,
                                  arena, &reader, &err));
        assert_true(csv_next(reader, &row));
        expect(csv_row_text(reader, arena), cases[i].shown);
        for (int k = WHO; k <= TEXT; k++) {
            assert_int_equal(row.masked[k], cases[i].fields[k] != NULL);
            if (cases[i].fields[k]) expect(row.fields[k], cases[i].fields[k]);
        }
        if (cases[i].own && row.fields[OWN].len) assert_false(row.fields[OWN].at[0] == '*');
        expect_end(reader);
    }
}

static int forget(const char *name, const struct stat *about, int kind, struct FTW *place)
{
    (void)about, (void)kind, (void)place;
    return remove(name);
}

// Memory that a core or a neighbour might show: a number is gone with the reader, whatever it passed through.
static void nothing_of_a_number_is_left_when_the_reader_is_closed(void **state)
{
    static const char number[] = "477919127652";
    static const CsvColumn two[] = {{"氏名"}, {"個人番号", .secret = true}};
    static const CsvLayout with_number = {two, (int)countof(two)};
    Arena *arena = *state;
    const char *from = arena->at;
    CsvReader *reader = NULL;
    CsvRow row;
    Error err = {0};
    assert_true(
        csv_open_text(S("氏名,個人番号\n\"見本\"\"花子\",\"477919127652\"\n太郎,477919127652\n"),
                      &with_number, CSV_ENCODING_UTF8, arena, &reader, &err));
    while (csv_next(reader, &row)) assert_true(str_equal(row.fields[1], str_of(number)));
    assert_true(memmem(from, (size_t)(arena->at - from), number, sizeof number - 1) != NULL);
    assert_true(csv_close(reader, &err));
    assert_null(memmem(from, (size_t)(arena->at - from), number, sizeof number - 1));
}

static void a_file_is_known_by_its_hash_and_must_not_change(void **state)
{
    char path[] = "/tmp/csv_test_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    Str text = S("行番号,氏名\n1,花子\n");
    assert_int_equal(write(fd, text.at, (size_t)text.len), text.len);

    Arena *arena = *state;
    CsvReader *reader = NULL, *same = opened(arena, text);
    Error err = {0};
    assert_true(csv_open(path, &layout, CSV_ENCODING_AUTO, arena, &reader, &err));
    char folder[] = "/tmp/csv_test_keys_XXXXXX";
    assert_non_null(mkdtemp(folder));
    Keys *keys, *others;
    assert_true(keys_open(str_of(folder), S("one"), arena, &keys, &err));
    assert_true(keys_open(str_of(folder), S("other"), arena, &others, &err));
    Sha256 index = csv_index(reader, keys), again = csv_index(same, keys),
           elsewhere = csv_index(reader, others), bare = sha256_of_text(text),
           kept = csv_index_of(keys, &bare);
    assert_true(sha256_equal(&index, &again) && sha256_equal(&index, &kept));
    assert_false(sha256_equal(&index, &elsewhere) || sha256_equal(&index, &bare));
    char told[CSV_INDEX_TEXT_SIZE];
    Sha256 back = sha256_of_hex(str_from(str_of(csv_index_text(&index, told)), 1));
    assert_true(told[0] == 'k' && sha256_equal(&back, &index));
    keys_close(keys);
    keys_close(others);
    (void)nftw(folder, forget, 8, FTW_DEPTH | FTW_PHYS);
    assert_int_equal(csv_facts(reader)->bytes, text.len);
    expect_good(reader, 2, "1", "花子");
    expect_end(reader);
    expect_good(same, 2, "1", "花子");
    expect_end(same);

    assert_true(csv_open(path, &layout, CSV_ENCODING_AUTO, arena, &reader, &err));
    assert_int_equal(write(fd, "2,x\n", 4), 4);  // it grows while it is read
    CsvRow row;
    while (csv_next(reader, &row)) assert_false(row.bad);
    assert_false(csv_close(reader, &err));
    assert_int_equal(err.code, E_FILE_READ);

    (void)close(fd);
    (void)unlink(path);
    assert_false(csv_open(path, &layout, CSV_ENCODING_AUTO, arena, &reader, &err));
    assert_int_equal(err.code, E_FILE_OPEN);
    assert_false(csv_open("/tmp", &layout, CSV_ENCODING_AUTO, arena, &reader, &err));
    assert_int_equal(err.code, E_FILE_OPEN);
}

// Each in the words of what it is and of what to do, and never as a header without columns.
static void what_is_no_csv_says_what_it_is(void **state)
{
    static const struct {
        Str bytes;
        ErrorCode code;
        const char *said;
    } files[] = {
        {S(""), E_FILE_LAYOUT, "空です"},
        {S("PK\x03\x04\x14\0\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml"), E_FILE_LAYOUT, "Excel のブック (.xlsx)"},
        {S("PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), E_FILE_LAYOUT, "(.ods など)"},
        {S("PK\x03\x04 YOSHIN.csv"), E_FILE_LAYOUT, "zip"},
        {S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), E_FILE_LAYOUT, "パスワード"},
        {S("\x1F\x8B\x08"), E_FILE_LAYOUT, "gzip"},
        {S("7z\xBC\xAF\x27\x1C"), E_FILE_LAYOUT, "7z"},
        {S("\x22\x23-lh5-"), E_FILE_LAYOUT, "lzh"},
        {S("%PDF-1.7\n"), E_FILE_LAYOUT, "PDF"},
        {S("\x89PNG\r\n"), E_FILE_LAYOUT, "画像"},
        {S("<html><table>"), E_FILE_LAYOUT, "HTML"},
        {S("\xFF\xFEL\x88"), E_ENCODING, "UTF-16"},
        {S("a\0,\0b\0,\0c\0\r\0\n\0" "1\0,\0" "2\0"), E_ENCODING, "UTF-16"},
        {S("\0a\0,\0b\0,\0c\0\r\0\n\0" "1\0,\0" "2"), E_ENCODING, "UTF-16"},
        {S("行番号\t氏名\n1\t花子\n"), E_FILE_LAYOUT, "タブ"},
        {S("行番号;氏名\n1;花子\n"), E_FILE_LAYOUT, "コンマのほかの記号"},
        {S("1,花子,,\n"), E_FILE_LAYOUT, "1行目に項目の名前がありません"},
        {S("行番号,住所\n"), E_FILE_LAYOUT, "見出し行を確かめ"},
        {S("更新連番,宛名番号,住民状態,異動事由\n"), E_FILE_LAYOUT, "sesshu addressee import"},
        {S("ファイル,行,項目,コード,メッセージ,元の行,扱い\n"), E_FILE_LAYOUT, "取り込むファイルではありません"},
    };
    for (int i = 0; i < countof(files); i++) {
        CsvReader *reader = NULL;
        Error err = {0};
        assert_false(csv_open_text(files[i].bytes, &layout, CSV_ENCODING_AUTO, *state, &reader, &err));
        if (err.code != files[i].code || str_find(error_words(&err), str_of(files[i].said)) < 0)
            fail_msg("%s: %.*s", files[i].said, STR(error_words(&err)));
    }
}

static void a_refused_header_says_in_which_file(void **state)
{
    char path[] = "/tmp/csv_test_XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "x,y\n1,2\n", 8), 8);
    Arena *arena = *state;
    CsvReader *reader = NULL;
    Error err = {0};
    assert_false(csv_open(path, &layout, CSV_ENCODING_AUTO, arena, &reader, &err));
    assert_int_equal(err.code, E_FILE_LAYOUT);
    expect(error_value(&err), path);
    (void)close(fd);
    (void)unlink(path);
}

static void the_encoding_can_be_ordered(void **state)
{
    CsvEncoding encoding;
    Error err = {0};
    assert_true(csv_encoding_parse(S("cp932"), &encoding, &err));
    assert_int_equal(encoding, CSV_ENCODING_CP932);
    assert_true(csv_encoding_parse((Str){0}, &encoding, &err));
    assert_int_equal(encoding, CSV_ENCODING_AUTO);
    assert_false(csv_encoding_parse(S("utf-16"), &encoding, &err));
    assert_int_equal(err.code, E_USAGE);

    CsvReader *reader = NULL;
    Str utf8 = S("行番号,氏名\n1,花子\n");
    assert_false(csv_open_text(utf8, &layout, CSV_ENCODING_CP932, *state, &reader, &err));
    assert_int_equal(err.code, E_FILE_LAYOUT);
}

int main(void)
{
    whole = arena_reserve(1 << 28);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_column_may_have_two_headings, fresh),
        cmocka_unit_test_setup(columns_are_found_by_name_in_any_order, fresh),
        cmocka_unit_test_setup(cells_beyond_the_header_are_passed_where_they_are_empty, fresh),
        cmocka_unit_test_setup(a_file_without_a_mandatory_column_is_refused_by_name, fresh),
        cmocka_unit_test_setup(a_file_in_utf_16_is_refused_by_name, fresh),
        cmocka_unit_test_setup(quotes_escapes_and_line_breaks_inside_quotes, fresh),
        cmocka_unit_test_setup(a_bad_row_never_stops_a_good_one, fresh),
        cmocka_unit_test_setup(a_quote_that_finds_a_partner_further_down_swallows_nothing, fresh),
        cmocka_unit_test_setup(rows_longer_than_the_limit_are_told_and_passed, fresh),
        cmocka_unit_test_setup(a_long_file_is_cut_the_same_wherever_the_window_ends, fresh),
        cmocka_unit_test_setup(cp932_is_recognised_and_its_second_bytes_cut_nothing, fresh),
        cmocka_unit_test_setup(a_header_in_ascii_leaves_the_decision_to_the_whole_file, fresh),
        cmocka_unit_test_setup(a_vendors_own_character_is_told_with_its_bytes, fresh),
        cmocka_unit_test_setup(individual_numbers_are_masked_in_every_row_that_is_shown, fresh),
        cmocka_unit_test_setup(behind_the_reader_nobody_holds_an_individual_number, fresh),
        cmocka_unit_test_setup(nothing_of_a_number_is_left_when_the_reader_is_closed, fresh),
        cmocka_unit_test_setup(a_file_is_known_by_its_hash_and_must_not_change, fresh),
        cmocka_unit_test_setup(what_is_no_csv_says_what_it_is, fresh),
        cmocka_unit_test_setup(a_refused_header_says_in_which_file, fresh),
        cmocka_unit_test_setup(the_encoding_can_be_ordered, fresh),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
