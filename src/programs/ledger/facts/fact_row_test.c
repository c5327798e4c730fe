// One row of a file of facts, as offices write it: what it means, and what its sender is told.
// SPDX-License-Identifier: Apache-2.0
#include "fact_row.h"

#include "error_texts.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rules_house.h"

#define HEADER "宛名番号,生年月日,種類,対象,値,開始日,終了日,理由,認定日,認定者,根拠,取消\n"
#define WHO    "83141,1943-05-20,"

// What was read of one line; `faults` are those of the row.
static bool read_line(House *h, const char *line, FactFileRow *read, RowFaults *faults)
{
    CsvReader *csv;
    CsvRow row;
    Error err = {0};
    *faults = (RowFaults){0};
    Str file = str_format(&h->arena, HEADER "%s\n", line);
    assert_true(csv_open_text(file, &fact_layout, CSV_ENCODING_UTF8, &h->arena, &csv, &err));
    assert_true(csv_next(csv, &row));
    bool good = fact_row_read(h->rules, &row, &h->arena, read, faults);
    assert_int_equal(good, faults->count == 0);
    assert_true(csv_close(csv, &err));
    return good;
}

static FactFileRow taken(House *h, const char *line)
{
    FactFileRow read;
    RowFaults faults;
    assert_true(read_line(h, line, &read, &faults));
    return read;
}

static void assert_text(Str is, const char *expected)
{
    if (!str_equal(is, str_of(expected))) fail_msg("%.*s instead of %s", STR(is), expected);
}

// The faults of a row as "item code, item code".
static void assert_told(House *h, const char *line, const char *expected)
{
    FactFileRow read;
    RowFaults faults;
    Text told = {0};
    assert_false(read_line(h, line, &read, &faults));
    VEC_EACH (const Error, fault, faults) {
        assert_true(error_words(fault).len > 0);
        text_addf(&told, &h->arena, "%s%.*s %s", told.len ? ", " : "", STR(error_item(fault)), error_code_text(fault->code));
    }
    assert_text(text_str(&told), expected);
}

// ---- what a row means

static void a_refusal_rests_on_the_guardians_word(void **state)
{
    FactFileRow read = taken(*state, WHO "接種拒否,MR,,2026-04-01,,,,,申出,");
    assert_text(addressee_text(&read.who), "000000000083141");
    assert_text(read.fact.kind, "refusal");
    assert_text(read.fact.value, "1");
    assert_text(read.fact.source, "word");
    assert_int_equal(read.shape, FACT_PLAIN);
    assert_int_equal(read.fact.since, day_of(2026, 4, 1));
    assert_int_equal(read.fact.until, DAY_NONE);
    assert_int_equal(fact_key(&read.fact), day_of(2026, 4, 1));
    // By its id, of everything, with the other heading's words.
    read = taken(*state, WHO "refusal,,1,,,,,,申出,");
    assert_text(read.fact.subject, "");
    assert_int_equal(read.fact.since, DAY_NONE);
}

static void nobodys_word_alone_makes_anything_else(void **state)
{
    assert_told(*state, WHO "禁忌,MR,,2026-04-01,,,,,申出,", "根拠 E_CONFLICT");
    assert_text(taken(*state, WHO "禁忌,MR,,2026-04-01,,,,,医師の証明,").fact.source, "physician");
    assert_text(taken(*state, WHO "禁忌,MR,,2026-04-01,,,,,書類,").fact.source, "paper");
}

static void a_special_circumstance_is_of_one_vaccine_and_known_from_its_recognition(void **state)
{
    FactFileRow read = taken(*state, WHO "特別の事情,EPN,,2024-05-01,2026-06-30,疾病,2026-07-03,健康課 保健師,理由書,");
    assert_int_equal(read.shape, FACT_CIRCUMSTANCE);
    assert_text(read.fact.subject, "EPN");
    assert_text(read.fact.value, "illness");
    assert_text(read.fact.recognised_by, "健康課 保健師");
    assert_int_equal(read.fact.began, day_of(2024, 5, 1));
    assert_int_equal(read.fact.ended, day_of(2026, 6, 30));
    assert_int_equal(read.fact.since, day_of(2026, 7, 3));
    assert_int_equal(read.fact.until, DAY_NONE);
    assert_int_equal(fact_key(&read.fact), day_of(2024, 5, 1));
}

// What a physician must write the city does not find, and the other way round (施行令3条2項).
static void whose_word_is_enough_hangs_on_the_reason(void **state)
{
    static const struct {
        const char *cause, *source;
        bool enough;
    } grounds[] = {
        {"疾病", "理由書", true},         {"疾病", "医師の証明", true}, {"疾病", "市の認定", false},
        {"臓器移植", "医師の理由書", true}, {"災害", "市の認定", true},   {"災害", "理由書", false},
        {"供給不足", "職員の認定", true},   {"その他", "書類", false},
    };
    House *h = *state;
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        Str line = str_format(&h->arena, WHO "特別の事情,EPN,,2024-05-01,,%s,2026-07-03,健康課,%s,", grounds[i].cause,
                              grounds[i].source);
        if (grounds[i].enough)
            (void)taken(h, str_z(&h->arena, line));
        else
            assert_told(h, str_z(&h->arena, line), "根拠 E_CONFLICT");
    }
}

static void a_dose_that_a_physician_accepts_is_told_by_its_day(void **state)
{
    FactFileRow read = taken(*state, WHO "医師が認めた接種,EPN,2020-03-04,,,,2026-07-03,山田医師,医師の証明,");
    assert_int_equal(read.shape, FACT_ACCEPTED);
    assert_text(read.fact.value, "2020-03-04");
    assert_int_equal(read.fact.began, day_of(2020, 3, 4));
    assert_int_equal(read.fact.since, day_of(2026, 7, 3));
    assert_told(*state, WHO "医師が認めた接種,EPN,2020-03-04,2020-03-04,,,2026-07-03,山田医師,医師の証明,", "開始日 E_CONFLICT");
    assert_told(*state, WHO "医師が認めた接種,EPN,,,,,2026-07-03,山田医師,医師の証明,", "値 E_MISSING");
}

static void a_row_that_withdraws_need_not_give_its_grounds_again(void **state)
{
    FactFileRow read = taken(*state, WHO "特別の事情,EPN,,2024-05-01,,,,,,1");
    assert_true(read.withdraws);
    assert_text(read.withdraws_said, "1");
    assert_int_equal(read.fact.began, day_of(2024, 5, 1));
}

static void eras_and_wide_signs_are_read(void **state)
{
    FactFileRow read = taken(*state, "８３１４１,昭和18年5月20日,接種拒否,MR,,令和8年4月1日,,,,,申出,");
    assert_true(partial_date_equal(read.birth, (PartialDate){1943, 5, 20}));
    assert_int_equal(read.fact.since, day_of(2026, 4, 1));
}

// ---- what a sender is told

static void every_fault_of_a_row_is_told_at_once(void **state)
{
    assert_told(*state, "ABC,1943-13-20,接種拒否,なし,2,2026-04-40,,,,,うわさ,たぶん",
                "宛名番号 E_CHARSET, 生年月日 E_DATE_FORMAT, 取消 E_CODE_UNKNOWN, 対象 E_CODE_UNKNOWN, 開始日 E_DATE_FORMAT");
    assert_told(*state, WHO "特別の事情,,,,,,,,,",
                "対象 E_MISSING, 理由 E_MISSING, 認定日 E_MISSING, 認定者 E_MISSING, 根拠 E_CODE_UNKNOWN, 開始日 E_MISSING");
}

static void a_kind_that_is_none_is_told_with_those_that_are(void **state)
{
    House *h = *state;
    FactFileRow read;
    RowFaults faults;
    assert_false(read_line(h, WHO "こわい,,,,,,,,申出,", &read, &faults));
    assert_int_equal(faults.count, 1);
    assert_int_equal(faults.at[0].code, E_CODE_UNKNOWN);
    assert_text(error_value(&faults.at[0]), "こわい");
    assert_true(str_find(error_words(&faults.at[0]), S("接種拒否")) >= 0);
    assert_told(h, WHO ",,,,,,,,申出,", "種類 E_MISSING");
}

static void days_stand_in_their_order(void **state)
{
    assert_told(*state, WHO "接種拒否,MR,,2026-04-02,2026-04-01,,,,申出,", "終了日 E_CONFLICT");
    assert_told(*state, WHO "特別の事情,EPN,,2026-07-04,,疾病,2026-07-03,健康課,理由書,", "開始日 E_CONFLICT");
    assert_told(*state, WHO "特別の事情,EPN,,2024-05-01,2026-07-04,疾病,2026-07-03,健康課,理由書,", "終了日 E_CONFLICT");
    (void)taken(*state, WHO "接種拒否,MR,,2026-04-01,2026-04-01,,,,申出,");
}

static void what_a_kind_does_not_have_stays_empty(void **state)
{
    assert_told(*state, WHO "宛所不明,MR,,,,,,,書類,", "対象 E_CONFLICT");
    assert_told(*state, WHO "接種拒否,MR,2,,,,,,申出,", "値 E_CONFLICT");
    assert_told(*state, WHO "接種拒否,MR,,,,疾病,,,申出,", "理由 E_CONFLICT");
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int main(void)
{
    const struct CMUnitTest stories[] = {
        STORY(a_refusal_rests_on_the_guardians_word),
        STORY(nobodys_word_alone_makes_anything_else),
        STORY(a_special_circumstance_is_of_one_vaccine_and_known_from_its_recognition),
        STORY(whose_word_is_enough_hangs_on_the_reason),
        STORY(a_dose_that_a_physician_accepts_is_told_by_its_day),
        STORY(a_row_that_withdraws_need_not_give_its_grounds_again),
        STORY(eras_and_wide_signs_are_read),
        STORY(every_fault_of_a_row_is_told_at_once),
        STORY(a_kind_that_is_none_is_told_with_those_that_are),
        STORY(days_stand_in_their_order),
        STORY(what_a_kind_does_not_have_stays_empty),
    };
    return cmocka_run_group_tests(stories, NULL, NULL);
}
