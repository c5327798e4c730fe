// One row of a clinic's submission, as clinics really write it.
// SPDX-License-Identifier: Apache-2.0
#include "submission.h"

#include "fold.h"
#include "rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const char header[] =
    "行番号,医療機関コード,医療機関名,整理番号,氏名,氏名カナ,生年月日,性別,住所,ワクチン,期回数,"
    "接種日,接種区分,接種量,メーカー,ロット番号,有効期限,接種医師,会場,分娩予定日,請求額,"
    "自己負担額,訂正\n";

typedef struct Desk {
    Arena arena;
    const Schedule *schedule;
    SubmissionNotes notes;
} Desk;

static int open_desk(void **state)
{
    static Desk desk;
    Error err;
    desk.arena = arena_reserve(64 << 20);
    *state = &desk;
    return rules_embedded(&desk.arena, &desk.schedule, &err) ? 0 : -1;
}

static Submission read_line(Desk *desk, const char *line)
{
    CsvReader *csv;
    CsvRow row;
    Error err = {0};
    Str file = str_format(&desk->arena, "%s%s\n", header, line);
    assert_true(
        csv_open_text(file, &submission_layout, CSV_ENCODING_UTF8, &desk->arena, &csv, &err));
    assert_true(csv_next(csv, &row));
    desk->notes = (SubmissionNotes){0};
    Submission s = submission_read(desk->schedule, &row, &desk->notes, &desk->arena);
    assert_true(csv_close(csv, &err));
    return s;
}

static void assert_text(Str is, const char *expected)
{
    assert_true(str_equal(is, str_of(expected)));
}

static void a_sheet_in_good_hand_is_read_item_by_item(void **state)
{
    Submission s =
        read_line(*state, "12,4010198762,みほん小児科,83141,山田　花子,ヤマダ　ハナコ,2025-05-10,2,"
                          "小倉北区浅野3-8-1,MR,1期,2026-05-12,1,0.5,タケダ,ab12,2027-03-00,"
                          "医師,,,11220,0,");
    assert_int_equal(s.row.defects, 0);
    assert_text(s.label, "12");
    assert_text(institution_text(&s.clinic), "4010198762");
    assert_text(addressee_text(&s.match.addressee_no), "000000000083141");
    assert_true(partial_date_equal(s.row.birth, (PartialDate){2025, 5, 10}));
    assert_int_equal(s.match.sex, SEX_FEMALE);
    assert_int_equal(s.match.given.first, day_of(2026, 5, 12));
    assert_int_equal(s.row.given_class, GIVEN_HERE);
    assert_int_equal(s.row.volume_ml100, 50);
    assert_text(s.row.lot, "AB12");
    assert_true(partial_date_equal(s.row.expires_on, (PartialDate){2027, 3, 0}));
    assert_int_equal(s.row.amount, 11220);
    assert_true(s.row.dose_items);
    assert_int_equal(s.product, product_by_id(((Desk *)*state)->schedule, S("MR")));
}

static void full_width_and_era_dates_are_the_same_sheet(void **state)
{
    Submission s = read_line(
        *state,
        "１２,４０１０１９８７６２,,８３１４１,,ﾔﾏﾀﾞ ﾊﾅｺ,令和7年5月10日,２,,ＭＲ,１期,R8.5.12,１,０．５,,"
        "ａｂ１２,,,,,\"11,220\",0,");
    Desk *desk = *state;
    assert_int_equal(s.row.defects, 0);
    assert_text(addressee_text(&s.match.addressee_no), "000000000083141");
    assert_true(partial_date_equal(s.row.birth, (PartialDate){2025, 5, 10}));
    assert_int_equal(s.row.volume_ml100, 50);
    assert_text(s.row.lot, "AB12");
    assert_int_equal(s.row.amount, 11220);
    assert_true(desk->notes.wide_digits > 0);
}

static void a_number_that_is_none_is_nobodys(void **state)
{
    Submission s = read_line(
        *state, "1,4010198762,,ABC-9,山田　花子,,2025-05-10,,,MR,1期,2026-05-12,1,,,,,,,,,,");
    assert_int_equal(s.row.defects, 0);
    assert_true(s.match.number_written);
    assert_false(str_present(addressee_text(&s.match.addressee_no)));
    assert_int_equal(s.row.amount, -1);
}

static const struct {
    const char *story, *line, *item;
    unsigned defect;
} broken[] = {
    {"both names are blank", "1,4010198762,,,,,2025-05-10,,,MR,1,2026-05-12,1,,,,,,,,,,", "氏名",
     DEFECT_MISSING},
    {"the day does not exist", "1,4010198762,,,花子,,2025-05-10,,,MR,1,2026-02-30,1,,,,,,,,,,",
     "接種日", DEFECT_DATE},
    {"not even the year is known", "1,4010198762,,,花子,,2025-05-10,,,MR,1,0000-00-00,1,,,,,,,,,,",
     "接種日", DEFECT_DATE},
    {"no such vaccine", "1,4010198762,,,花子,,2025-05-10,,,風邪,1,2026-05-12,1,,,,,,,,,,",
     "ワクチン", DEFECT_VACCINE},
    {"class 5", "1,4010198762,,,花子,,2025-05-10,,,MR,1,2026-05-12,5,,,,,,,,,,", "接種区分",
     DEFECT_GIVEN_CLASS},
    {"check digit", "1,4010198766,,,花子,,2025-05-10,,,MR,1,2026-05-12,1,,,,,,,,,,",
     "医療機関コード", DEFECT_INSTITUTION},
    {"21 characters of lot",
     "1,4010198762,,,花子,,2025-05-10,,,MR,1,2026-05-12,1,,,123456789012345678901,,,,,,,",
     "ロット番号", DEFECT_LENGTH},
    {"no claimed dose", "1,4010198762,,,花子,,2025-05-10,,,MR,,2026-05-12,1,,,,,,,,,,", "期回数",
     DEFECT_MISSING},
};

static void what_cannot_be_read_is_told_with_its_item(void **state)
{
    for (ptrdiff_t i = 0; i < countof(broken); i++) {
        Submission s = read_line(*state, broken[i].line);
        if (!(s.row.defects & broken[i].defect) ||
            !str_equal(s.defect_item, str_of(broken[i].item)))
            fail_msg("%s: defects %u, item %.*s", broken[i].story, s.row.defects,
                     STR(s.defect_item));
    }
}

static void a_row_without_a_number_takes_its_line(void **state)
{
    Submission s =
        read_line(*state, ",4010198762,,,花子,,2025-05-10,,,MR,1,2026-05-12,1,,,,,,,,,,");
    assert_text(s.label, "L2");
    s = read_line(*state, "1,\"4010198762,,,花子");
    assert_int_equal(s.row.defects, DEFECT_UNREADABLE);
    assert_text(s.label, "L2");
}

// What a correction names is found however it was written; what the outcome bears is what was written.
static void a_row_number_is_one_number_in_every_spelling(void **state)
{
    static const struct {
        const char *written, *row_no;
    } spelled[] = {
        {"3", "3"}, {"３", "3"}, {"03", "3"}, {"００３", "3"}, {"3.0", "3"}, {"　３．００ ", "3"}, {"0", "0"}, {"000", "0"},
        {"30", "30"}, {"3.5", "3.5"}, {"3.", "3."}, {"３番", "3番"}, {"A-03", "A-03"}, {"Ａ-03", "A-03"}, {"-3", "-3"}, {"3.01", "3.01"},
    };
    Desk *desk = *state;
    const Arena before = desk->arena;
    for (ptrdiff_t i = 0; i < countof(spelled); i++, desk->arena = before) {
        Str line = str_format(&desk->arena, "%s,4010198762,,,花子,,2025-05-10,,,MR,1,2026-05-12,1,,,,,,,,,,",
                              spelled[i].written);
        Submission s = read_line(desk, str_z(&desk->arena, line));
        assert_text(s.row_no, spelled[i].row_no);
        assert_true(str_equal(s.label, fold_trim(str_of(spelled[i].written))));
    }
}

static void an_optional_item_never_refuses_a_dose_and_never_vanishes(void **state)
{
    Submission s = read_line(
        *state, "1,4010198762,,ABC-9,花子,,2025-05-10,女の子,,MR,1,2026-05-12,1,半分,,,いつか,,,"
                "来月,無料,なし,はいはい");
    assert_int_equal(s.row.defects, 0);
    assert_int_equal(s.row.volume_ml100, -1);
    assert_int_equal(s.row.expires_on.year, 0);
    assert_int_equal(s.due_date, DAY_NONE);
    assert_int_equal(s.row.amount, -1);
    assert_false(s.row.corrects);
    assert_text(
        s.row.unread,
        "整理番号「ABC-9」、性別「女の子」、訂正「はいはい」、接種量「半分」、有効期限「いつか」、"
        "請求額「無料」、自己負担額「なし」、分娩予定日「来月」");
    // A due date that leaves the day open dates nothing either.
    s = read_line(*state,
                  "1,4010198762,,,花子,,2025-05-10,,,RSVM,1,2026-05-12,1,,,,,,,2026-08-00,,,");
    assert_text(s.row.unread, "分娩予定日「2026-08-00」");
}

static const struct {
    const char *sex, *corrects, *given;
    int32_t sex_read;
    bool corrects_read;
    GivenClass given_read;
} words[] = {
    {"女", "○", "接種", SEX_FEMALE, true, GIVEN_HERE},
    {"F", "1.0", "1.0", SEX_FEMALE, true, GIVEN_HERE},
    {"女性", "有", "予診のみ", SEX_FEMALE, true, GIVEN_EXAMINED_ONLY},
    {"Ｆ", "１", "２", SEX_FEMALE, true, GIVEN_EXAMINED_ONLY},
    {"2.0", "訂正", "2:予診のみ", SEX_FEMALE, true, GIVEN_EXAMINED_ONLY},
    {"男", "〇", "他院", SEX_MALE, true, GIVEN_ELSEWHERE},
    {"m", "0", "中止", SEX_MALE, false, GIVEN_STOPPED},
    {"男性", "無", "04", SEX_MALE, false, GIVEN_STOPPED},
    {"１", "", "3", SEX_MALE, false, GIVEN_ELSEWHERE},
    {"不明", "×", "1", SEX_UNKNOWN, false, GIVEN_HERE},
};

static void words_say_the_same_as_codes(void **state)
{
    Desk *desk = *state;
    for (ptrdiff_t i = 0; i < countof(words); i++) {
        Str line = str_format(&desk->arena,
                              "1,4010198762,,,花子,,2025-05-10,%s,,MR,1,2026-05-12,%s,,,,,,,,,,%s",
                              words[i].sex, words[i].given, words[i].corrects);
        Submission s = read_line(desk, str_z(&desk->arena, line));
        if (s.match.sex != words[i].sex_read || s.row.corrects != words[i].corrects_read ||
            s.row.given_class != words[i].given_read || s.row.unread.len || s.row.defects)
            fail_msg("%.*s: sex %d corrects %d given %d unread %.*s", STR(line), s.match.sex,
                     s.row.corrects, (int)s.row.given_class, STR(s.row.unread));
    }
}

static void a_code_beside_another_word_is_no_code(void **state)
{
    Submission s =
        read_line(*state, "1,4010198762,,,花子,,2025-05-10,,,MR,1,2026-05-12,1:中止,,,,,,,,,,");
    assert_int_equal(s.row.defects, DEFECT_GIVEN_CLASS);
}

static void amounts_and_months_are_read_as_written(void **state)
{
    Submission s =
        read_line(*state, "1,4010198762,,,花子,,2025-05-10,,,MR,1,2026-05-12,1,０．５ｍＬ,,,"
                          "R8.9,,,,\"￥4,500\",０円,");
    assert_int_equal(s.row.volume_ml100, 50);
    assert_true(partial_date_equal(s.row.expires_on, (PartialDate){2026, 9, 0}));
    assert_int_equal(s.row.amount, 4500);
    assert_int_equal(s.row.copay, 0);
    assert_int_equal(s.row.unread.len, 0);
}

static void a_date_of_an_ended_era_is_read_and_told(void **state)
{
    Submission s = read_line(
        *state, "1,4010198762,,,花子,,平成31年5月10日,,,MR,1,2026-05-12,1,,,,平成38年9月,,,,,,");
    assert_int_equal(s.row.defects, 0);
    assert_true(partial_date_equal(s.row.birth, (PartialDate){2019, 5, 10}));
    assert_true(str_starts(s.row.reread, S("生年月日「平成31年5月10日」は2019-05-10")));
}

static void an_individual_number_on_a_sheet_stays_outside(void **state)
{
    Submission s =
        read_line(*state, "1,4010198762,小児科 123456789018,123456789018,花子,,2025-05-10,,,MR,"
                          "123456789018,2026-05-12,1,0.5,1234-5678-9018,123456789018,,"
                          "医師 １２３４５６７８９０１８,集会所123456789018,,,,");
    assert_text(s.clinic_name, "小児科 ********9018");
    assert_text(s.claimed_position, "********9018");
    assert_text(s.maker, "****-****-9018");
    assert_text(s.row.lot, "********9018");
    assert_text(s.doctor, "医師 ********９０１８");
    assert_text(s.venue, "集会所********9018");
    assert_true(s.match.number_written);  // it is read as a number, and it is nobody's
}

static void the_name_of_the_file_tells_the_month(void **state)
{
    int32_t month = 0;
    Error err;
    (void)state;
    assert_true(submission_month(S("/in/YOSHIN_202610_4010198762_001.csv"), &month, &err));
    assert_int_equal(month, 202610);
    assert_false(submission_month(S("YOSHIN_202613_4010198762_001.csv"), &month, &err));
    assert_false(submission_month(S("YOSHIN_202610_4010198762_1.csv"), &month, &err));
    assert_false(submission_month(S("yoshin.csv"), &month, &err));
    assert_int_equal(err.code, E_FILE_NAME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sheet_in_good_hand_is_read_item_by_item),
        cmocka_unit_test(full_width_and_era_dates_are_the_same_sheet),
        cmocka_unit_test(a_number_that_is_none_is_nobodys),
        cmocka_unit_test(what_cannot_be_read_is_told_with_its_item),
        cmocka_unit_test(a_row_without_a_number_takes_its_line),
        cmocka_unit_test(a_row_number_is_one_number_in_every_spelling),
        cmocka_unit_test(an_optional_item_never_refuses_a_dose_and_never_vanishes),
        cmocka_unit_test(words_say_the_same_as_codes),
        cmocka_unit_test(a_code_beside_another_word_is_no_code),
        cmocka_unit_test(amounts_and_months_are_read_as_written),
        cmocka_unit_test(a_date_of_an_ended_era_is_read_and_told),
        cmocka_unit_test(an_individual_number_on_a_sheet_stays_outside),
        cmocka_unit_test(the_name_of_the_file_tells_the_month),
    };
    return cmocka_run_group_tests(tests, open_desk, NULL);
}
