// Names and rows of the resident feed (files.md 1, 2), as they may come and as they may not.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "error_texts.h"
#include "feed_name.h"
#include "feed_row.h"
#include "sealed_place.h"
#include "span_text.h"
#include "test_store.h"

static Arena arena;

// ---- the file's name

static void a_feed_file_says_who_what_when_and_which(void **state)
{
    (void)state;
    FeedName name;
    Error err = {0};
    assert_true(feed_name_read(S("/in/JUKI_401005_DIF_20261103050000_017.csv"), &name, &err));
    assert_true(str_equal(name.name, S("JUKI_401005_DIF_20261103050000_017.csv")));
    assert_true(str_equal(municipality_text(&name.municipality), S("401005")));
    assert_false(name.full_copy);
    assert_int_equal(name.made_on, day_of(2026, 11, 3));
    assert_int_equal(name.sequence, 17);
    assert_true(feed_name_read(S("JUKI_401005_ALL_20261103235959_999.csv"), &name, &err));
    assert_true(name.full_copy);
    assert_int_equal(feed_sequence_after(name.sequence), 1);
    assert_int_equal(feed_sequence_after(17), 18);
}

static void other_names_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",
        "JUKI.csv",
        "YOSHIN_401005_DIF_20261103050000_017.csv",
        "JUKI_401006_DIF_20261103050000_017.csv",  // check digit
        "JUKI_40100_DIF_20261103050000_017.csv",
        "JUKI_401005_DEL_20261103050000_017.csv",
        "JUKI_401005_DIF_20260230050000_017.csv",  // no such day
        "JUKI_401005_DIF_20261103240000_017.csv",  // no such hour
        "JUKI_401005_DIF_20261103_017.csv",
        "JUKI_401005_DIF_20261103050000_000.csv",
        "JUKI_401005_DIF_20261103050000_17.csv",
        "JUKI_401005_DIF_20261103050000_0017.csv",
        "JUKI_401005_DIF_20261103050000_017.csv.bak",
        "JUKI_401005_DIF_20261103050000_017",
    };
    for (ptrdiff_t i = 0; i < countof(names); i++) {
        FeedName name;
        Error err = {0};
        if (feed_name_read(str_of(names[i]), &name, &err)) fail_msg("%s", names[i]);
        assert_int_equal(err.code, E_FILE_NAME);
    }
}

// ---- one row

static const char header[] =
    "更新連番,宛名番号,世帯番号,住民種別,住民状態,異動事由,異動年月日,届出年月日,氏名,氏名カナ,性別,"
    "生年月日,続柄,市区町村コード,郵便番号,住所,転入前市区町村コード,支援措置,個人番号\n";

// What a test changes of a good row: the item's place in the header, and what stands there.
enum {
    SERIAL,
    WHO,
    HOUSEHOLD,
    KIND,
    STATUS,
    REASON,
    ON,
    REPORTED,
    NAME,
    KANA,
    SEX,
    BIRTH,
    RELATION,
    MUNICIPALITY,
    POSTAL,
    ADDRESS,
    FROM,
    PROTECTION,
    NUMBER,
    ITEMS
};

static const char *const hanako[ITEMS] = {
    "12",
    "123",
    "77",
    "1",
    "1",
    "31",
    "2026-04-10",
    "R8.4.13",
    "髙橋　花子",
    "ﾀｶﾊｼ ﾊﾅｺ",
    "2",
    "2024-02-29",
    "子",
    "401064",
    "802-0077",
    "北九州市小倉北区馬借二丁目6番1号",
    "40130",
    "",
    "000000000019",
};

static CsvReader *reading;  // of the last row: its texts stand there until it is closed

static bool read_row(int item, const char *value, FeedLine *line, Error *err)
{
    CsvReader *reader;
    CsvRow row;
    Text text = {0};
    Error closing = {0};
    assert_true(csv_close(reading, &closing));
    reading = NULL;
    text_add(&text, &arena, str_of(header));
    for (int i = 0; i < ITEMS; i++)
        text_addf(&text, &arena, "%s%s", i == item ? value : hanako[i], i + 1 < ITEMS ? "," : "\n");
    assert_true(
        csv_open_text(text_str(&text), &feed_layout, CSV_ENCODING_AUTO, &arena, &reader, err));
    assert_true(csv_next(reader, &row));
    reading = reader;
    return feed_line_read(&row, &arena, line, err);
}

static void the_columns_read_are_the_items_of_a_person(void **state)
{
    (void)state;
    const int first = feed_layout.count - PERSON_FIELD_COUNT;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        assert_string_equal(feed_layout.columns[first + i].name, person_fields[i].item);
        assert_int_equal(feed_layout.columns[first + i].mandatory, person_fields[i].needed);
    }
}

static void a_row_is_read_whole(void **state)
{
    (void)state;
    FEED_LINE line;
    Error err = {0};
    assert_true(read_row(ITEMS, "", &line, &err));
    assert_int_equal(line.serial, 12);
    assert_true(str_equal(addressee_text(&line.addressee_no), S("000000000000123")));
    assert_int_equal(line.row.event_reason, 31);
    assert_int_equal(line.row.occurred_on, day_of(2026, 4, 10));
    assert_int_equal(line.row.reported_on, day_of(2026, 4, 13));
    const PersonState *person = &line.row.state;
    assert_true(str_equal(person->household_no, S("000000000000077")));
    assert_true(str_equal(person->name, S("髙橋　花子")));  // never folded
    assert_true(str_equal(person->name_kana, S("タカハシ　ハナコ")));
    assert_true(str_equal(person->postal_code, S("8020077")));
    assert_true(str_equal(person->from_municipality, S("401307")));
    assert_true(partial_date_equal(person->birth, (PartialDate){2024, 2, 29}));
    assert_int_equal(person->resident_until, DAY_NONE);
    assert_false(line.row.protection_said);
    assert_true(line.number_said);
    assert_int_equal(line.notes.count, 0);
}

static void a_mandatory_item_that_is_empty_or_wrong_refuses_the_row(void **state)
{
    (void)state;
    static const struct {
        int item;
        const char *value;
        ErrorCode code;
        const char *name;
    } rows[] = {
        {SERIAL, "", E_MISSING, "更新連番"},
        {SERIAL, "x", E_NUMBER_FORMAT, "更新連番"},
        {WHO, "", E_MISSING, "宛名番号"},
        {WHO, "1234567890123456", E_LENGTH, "宛名番号"},
        {HOUSEHOLD, "", E_MISSING, "世帯番号"},
        {KIND, "3", E_CODE_UNKNOWN, "住民種別"},
        {STATUS, "4", E_CODE_UNKNOWN, "住民状態"},
        {REASON, "", E_MISSING, "異動事由"},
        {REASON, "A51", E_CODE_UNKNOWN, "異動事由"},
        {ON, "令和8年10月頃", E_DATE_FORMAT, "異動年月日"},
        {ON, "0001-01-01", E_DATE_FORMAT, "異動年月日"},
        {ON, "9999-12-31", E_DATE_FORMAT, "異動年月日"},
        {REPORTED, "2026-04-00", E_DATE_PARTIAL, "届出年月日"},
        {SEX, "　", E_MISSING, "性別"},
        {ON, "2026-02-29", E_DATE_FORMAT, "異動年月日"},
        {REPORTED, "", E_MISSING, "届出年月日"},
        {NAME, "", E_MISSING, "氏名"},
        {SEX, "0", E_CODE_UNKNOWN, "性別"},
        {BIRTH, "", E_MISSING, "生年月日"},
        {BIRTH, "H36.2.30", E_DATE_FORMAT, "生年月日"},
        {MUNICIPALITY, "401065", E_CHECK_DIGIT, "市区町村コード"},
        {ADDRESS, "", E_MISSING, "住所"},
        {NUMBER, "000000000018", E_CHECK_DIGIT, "個人番号"},
        {NUMBER, "00000000001", E_LENGTH, "個人番号"},
    };
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        FEED_LINE line;
        Error err = {0};
        if (read_row(rows[i].item, rows[i].value, &line, &err))
            fail_msg("%s %s", rows[i].name, rows[i].value);
        assert_int_equal(err.code, rows[i].code);
        assert_true(str_equal(error_item(&err), str_of(rows[i].name)));
        assert_true(str_find(error_value(&err), S("0000000000")) < 0);  // no number in an error
    }
}

static void an_optional_item_that_is_wrong_is_left_out_and_told(void **state)
{
    (void)state;
    static const struct {
        int item;
        const char *value, *name;
    } rows[] = {{POSTAL, "80200", "郵便番号"},
                {FROM, "489999", "転入前市区町村コード"},
                {POSTAL, "８０２", "郵便番号"}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        FEED_LINE line;
        Error err = {0};
        assert_true(read_row(rows[i].item, rows[i].value, &line, &err));
        assert_int_equal(line.notes.count, 1);
        assert_true(str_equal(error_item(&line.notes.at[0]), str_of(rows[i].name)));
        assert_true(str_equal(error_value(&line.notes.at[0]), str_of(rows[i].value)));
        assert_false(line.row.state.postal_code.len && line.row.state.from_municipality.len);
    }
}

static void protection_that_cannot_be_read_masks(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool protects, said, told;
    } rows[] = {{"1", true, true, false},
                {"0", false, true, false},
                {"", false, false, false},
                {"１", true, true, false},
                {"○", true, true, false},
                {"Y", true, true, false},
                {"×", false, true, false},
                {"なし", false, true, false},
                {" 　", false, false, false},
                {"確認中", true, true, true},
                {"2", true, true, true}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        FEED_LINE line;
        Error err = {0};
        assert_true(read_row(PROTECTION, rows[i].value, &line, &err));
        assert_int_equal(line.row.state.protection, rows[i].protects);
        assert_int_equal(line.row.protection_said, rows[i].said);
        assert_int_equal(line.notes.count, rows[i].told);
    }
}

static void codes_are_read_in_words_too(void **state)
{
    (void)state;
    static const struct {
        int item;
        const char *value;
    } rows[] = {{SEX, "女"}, {SEX, "Ｆ"}, {SEX, "２"}, {KIND, "日本人"}, {STATUS, "住民"}, {REASON, "転居"}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        FEED_LINE line;
        Error err = {0};
        if (!read_row(rows[i].item, rows[i].value, &line, &err)) fail_msg("%s", rows[i].value);
        assert_int_equal(line.row.state.sex, SEX_FEMALE);
        assert_int_equal(line.row.state.kind, RESIDENT_JAPANESE);
        assert_int_equal(line.row.state.status, STATUS_RESIDENT);
        assert_int_equal(line.row.event_reason, EVENT_MOVED_WITHIN);
        assert_int_equal(line.notes.count, 0);
    }
}

static void a_day_that_is_partly_unknown_is_kept_with_its_readings(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        Day first, days;
    } rows[] = {{"2026-10-00", 20727, 30}, {"令和8年10月不詳", 20727, 30}, {"2026-00-00", 20454, 364}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        FEED_LINE line;
        Error err = {0};
        assert_true(read_row(ON, rows[i].text, &line, &err));
        assert_int_equal(line.row.occurred_on, rows[i].first);
        assert_int_equal(line.row.vague_days, rows[i].days);
    }
}

static void a_day_past_its_era_is_taken_and_told(void **state)
{
    (void)state;
    static const struct {
        int item;
        const char *value, *name;
    } rows[] = {{BIRTH, "平成31年5月1日", "生年月日"},
                {BIRTH, "H32.2.29", "生年月日"},
                {ON, "平成38年4月10日", "異動年月日"},
                {REPORTED, "H38.4.13", "届出年月日"}};
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        FEED_LINE line;
        Error err = {0};
        assert_true(read_row(rows[i].item, rows[i].value, &line, &err));
        assert_int_equal(line.notes.count, 1);
        assert_true(str_equal(error_item(&line.notes.at[0]), str_of(rows[i].name)));
        assert_true(str_equal(error_value(&line.notes.at[0]), str_of(rows[i].value)));
        assert_true(str_find(error_words(&line.notes.at[0]), S("令和")) >= 0);
    }
}

static void one_character_of_three_thousand_marks_is_too_long(void **state)
{
    (void)state;
    static const char *const marks[] = {"\u3099", "\u0301", "\U000E0100", "ﾞ"};
    for (ptrdiff_t i = 0; i < countof(marks); i++) {
        Text name = {0};
        FEED_LINE line;
        Error err = {0};
        text_add(&name, &arena, S("か"));
        for (int k = 0; k < 3000; k++) text_add(&name, &arena, str_of(marks[i]));
        assert_false(read_row(NAME, str_z(&arena, text_str(&name)), &line, &err));
        assert_int_equal(err.code, E_LENGTH);
        assert_true(error_value(&err).len <= 200);
    }
}

static void full_width_digits_are_folded_and_counted(void **state)
{
    (void)state;
    FEED_LINE line;
    Error err = {0};
    assert_true(read_row(WHO, "１２３", &line, &err));
    assert_true(str_equal(addressee_text(&line.addressee_no), S("000000000000123")));
    assert_int_equal(line.wide_digits, 3);
}

static void lengths_are_counted_as_people_count_them(void **state)
{
    (void)state;
    Text hundred = {0}, one_more = {0};
    for (int i = 0; i < 100; i++)
        text_add(&hundred, &arena, S("\U00008FBB\U000E0102"));  // 辻 + IVS
    text_add(&one_more, &arena, text_str(&hundred));
    text_add(&one_more, &arena, S("子"));
    FEED_LINE line;
    Error err = {0};
    assert_true(read_row(NAME, str_z(&arena, text_str(&hundred)), &line, &err));
    assert_false(read_row(NAME, str_z(&arena, text_str(&one_more)), &line, &err));
    assert_int_equal(err.code, E_LENGTH);
}

// ---- how rows are kept

static void spans_come_back_as_they_were_kept(void **state)
{
    (void)state;
    ResidenceSpanRows spans = {0}, back;
    Error err = {0};
    *residence_spans_push(&spans, &arena) = (ResidenceSpan){19723, 20552, RESIDENCE_MOVED_OUT, 30};
    *residence_spans_push(&spans, &arena) = (ResidenceSpan){-3, DAY_NONE, RESIDENCE_OPEN};
    Str text = spans_write(&spans, &arena);
    assert_true(str_equal(text, S("19723 20552 2 30;-3 - 0")));
    assert_true(spans_read(text, &arena, &back, &err));
    assert_int_equal(back.count, 2);
    assert_memory_equal(back.at, spans.at, sizeof(ResidenceSpan) * 2);
    assert_true(spans_read(S(""), &arena, &back, &err));
    assert_int_equal(back.count, 0);
    assert_false(spans_read(S("19723 20552"), &arena, &back, &err));
    assert_false(spans_read(S("19723 20552 9"), &arena, &back, &err));
}

static void a_protected_place_opens_only_where_it_was_sealed(void **state)
{
    (void)state;
    TestPlace place;
    Keys *keys;
    Bytes sealed;
    Error err = {0};
    PersonState hidden = person_state_empty(), back = person_state_empty();
    Text long_address = {0};  // longer than one Secret
    for (int i = 0; i < 150; i++) text_add(&long_address, &arena, S("北九州市小倉北区"));
    hidden.address = text_str(&long_address);
    hidden.household_no = S("000000000000077");

    test_place_make(&place);
    assert_true(keys_open(str_of(place.folder), S("addressee"), &arena, &keys, &err));
    assert_true(place_seal(keys, 7, &hidden, &arena, &sealed, &err));
    assert_true(sealed.len > hidden.address.len);
    assert_true(str_find((Str){(const char *)sealed.at, sealed.len}, S("小倉北区")) < 0);

    assert_true(place_open(keys, 7, sealed, &arena, &back, &err));
    assert_true(str_equal(back.address, hidden.address));
    assert_true(str_equal(back.household_no, hidden.household_no));
    assert_false(str_present(back.phone));
    assert_false(place_open(keys, 8, sealed, &arena, &back, &err));
    sealed.len--;
    assert_false(place_open(keys, 7, sealed, &arena, &back, &err));
    keys_close(keys);
    test_place_remove(&place);
}

int main(void)
{
    arena = arena_reserve(256 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feed_file_says_who_what_when_and_which),
        cmocka_unit_test(other_names_are_refused),
        cmocka_unit_test(the_columns_read_are_the_items_of_a_person),
        cmocka_unit_test(a_row_is_read_whole),
        cmocka_unit_test(a_mandatory_item_that_is_empty_or_wrong_refuses_the_row),
        cmocka_unit_test(an_optional_item_that_is_wrong_is_left_out_and_told),
        cmocka_unit_test(protection_that_cannot_be_read_masks),
        cmocka_unit_test(codes_are_read_in_words_too),
        cmocka_unit_test(a_day_that_is_partly_unknown_is_kept_with_its_readings),
        cmocka_unit_test(a_day_past_its_era_is_taken_and_told),
        cmocka_unit_test(one_character_of_three_thousand_marks_is_too_long),
        cmocka_unit_test(full_width_digits_are_folded_and_counted),
        cmocka_unit_test(lengths_are_counted_as_people_count_them),
        cmocka_unit_test(spans_come_back_as_they_were_kept),
        cmocka_unit_test(a_protected_place_opens_only_where_it_was_sealed),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    Error closing = {0};
    return csv_close(reading, &closing) ? failed : failed + 1;
}
