// The data files: complete for every series of the schedule, and told apart on a grey printer.
// SPDX-License-Identifier: Apache-2.0
#include "dose_words.h"

#include "error_texts.h"
#include "fonts.h"
#include "hatch.h"
#include "paper_form_files.h"
#include "rules.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static Arena arena;
static const Schedule *rules;
static PaperForms forms;

static int load(void **state)
{
    (void)state;
    arena = arena_reserve(1 << 26);
    Error err;
    if (!rules_embedded(&arena, &rules, &err)) return -1;
    return paper_forms_load(&(PaperSource){rules}, &arena, &forms, &err) ? 0 : -1;
}

// Series and positions as domain/immunization.md 3 names them.
static void every_dose_of_the_schedule_has_its_words(void **state)
{
    (void)state;
    static const struct {
        const char *series, *positions[5];
    } schedule[] = {
        {"ROTA", {"1", "2", "3"}},
        {"HEPB", {"1", "2", "3"}},
        {"HIB", {"P1", "P2", "P3", "B", "1"}},
        {"PCV", {"P1", "P2", "P3", "B", "2"}},
        {"DPTIPV", {"P1", "P2", "P3", "B"}},
        {"IPV", {"P1", "P2", "P3", "B"}},
        {"DT2", {"1"}},
        {"BCG", {"1"}},
        {"MR1", {"1"}},
        {"MR2", {"1"}},
        {"VAR", {"1", "2"}},
        {"JE1", {"P1", "P2", "B"}},
        {"JE2", {"1"}},
        {"HPV", {"1", "2", "3"}},
        {"RSVM", {"1"}},
        {"INF", {"1"}},
        {"COVID", {"1"}},
        {"EPN", {"1"}},
        {"HZ", {"1", "2"}},
        {"RUB5", {"1"}},
    };
    assert_int_equal(forms.vaccine_count, countof(schedule));
    for (int i = 0; i < countof(schedule); i++) {
        const VaccineWords *v = vaccine_words(&forms, str_of(schedule[i].series));
        if (!v) fail_msg("%s", schedule[i].series);
        for (int k = 0; k < 5 && schedule[i].positions[k]; k++)
            if (!position_words(v, str_of(schedule[i].positions[k]), &(PaperDose){0}))
                fail_msg("%s %s", schedule[i].series, schedule[i].positions[k]);
    }
}

static void every_reference_between_the_files_is_answered(void **state)
{
    (void)state;
    for (int i = 0; i < forms.vaccine_count; i++) {
        const VaccineWords *v = &forms.vaccines[i];
        const ScreeningForm *form = screening_form(&forms, v->form);
        assert_non_null(form);
        assert_int_equal(form->variants[0].from_age, 0);
        for (int k = 0; k < form->variant_count; k++)
            assert_non_null(consent_words(&forms, form->variants[k].consent));
        for (int k = 0; k < v->extra_count; k++)
            assert_non_null(extra_question(&forms, v->extra[k]));
    }
    assert_non_null(envelope_words(&forms, forms.default_envelope));
}

// B類 carry no duty to make an effort (予防接種法9条): their papers must know the class.
static void the_class_of_the_law_is_right(void **state)
{
    (void)state;
    static const char *const class_b[] = {"INF", "COVID", "EPN", "HZ"};
    int count = 0;
    for (int i = 0; i < forms.vaccine_count; i++)
        count += str_equal(forms.vaccines[i].legal_class, S("B"));
    assert_int_equal(count, countof(class_b));
    for (int i = 0; i < countof(class_b); i++)
        assert_true(str_equal(vaccine_words(&forms, str_of(class_b[i]))->legal_class, S("B")));
}

static void no_two_bands_look_alike_without_colour(void **state)
{
    (void)state;
    for (int i = 0; i < forms.vaccine_count; i++)
        for (int k = 0; k < i; k++) {
            const VaccineWords *a = &forms.vaccines[i], *b = &forms.vaccines[k];
            assert_false(str_equal(a->mark, b->mark));
            if (str_equal(a->hatch, b->hatch))
                fail_msg("%.*s and %.*s", STR(a->mark), STR(b->mark));
        }
}

// CIE 1976: L* 100 is white, L* 50 has the luminance 0.1842, in sRGB 0.466.
static void lightness_becomes_grey_as_defined(void **state)
{
    (void)state;
    assert_true(fabs(grey_of_lightness(100) - 1) < 1e-3);
    assert_true(fabs(grey_of_lightness(50) - 0.466) < 1e-3);
    assert_true(fabs(grey_of_lightness(0)) < 1e-9);
}

typedef struct Rows {
    int mains, subs, lines;
} Rows;

static void add_row(Rows *rows, Fonts *fonts, const Question *question)
{
    double width = question->sub ? 103 : 109;
    rows->subs += question->sub;
    rows->mains += !question->sub;
    rows->lines +=
        pango_layout_get_line_count(fonts_shape(fonts, FACE_FORM, 9, question->text, width, true));
}

// Handwriting needs room: with the questions of any vaccine no row is lower than 5.5 mm (118 mm in all). A
// question that hangs on the one above has an answer of its own and 5 mm.
static void every_question_leaves_room_to_write(void **state)
{
    (void)state;
    Fonts *fonts;
    Error err;
    assert_true(fonts_open(&arena, &fonts, &err));
    for (int i = 0; i < forms.vaccine_count; i++) {
        const VaccineWords *v = &forms.vaccines[i];
        const ScreeningForm *form = screening_form(&forms, v->form);
        Rows rows = {0};
        for (int k = 0; k < form->question_count; k++)
            if (!form->questions[k].extra) add_row(&rows, fonts, &form->questions[k]);
        for (int k = 0; k < v->extra_count; k++) {
            Question extra = {.text = extra_question(&forms, v->extra[k])->text};
            add_row(&rows, fonts, &extra);
        }
        double lowest = 3.4 + (118 - 5 - rows.lines * 3.4 - rows.subs * 1.6) / rows.mains;
        if (lowest < 5.5)
            fail_msg("%.*s: %d rows, %d lines, %.2f mm", STR(v->series), rows.mains, rows.lines,
                     lowest);
    }
    fonts_close(fonts);
}

static int age_consent(const char *series, int age, const char *id)
{
    const VaccineWords *v = vaccine_words(&forms, str_of(series));
    const ScreeningForm *form = screening_form(&forms, v->form);
    return str_equal(screening_variant(form, v, age)->consent, str_of(id));
}

// 実施規則: the guardian consents, from 13 on also without being there (JE, HPV); from 16 on the person alone.
static void who_signs_hangs_on_age_and_vaccine(void **state)
{
    (void)state;
    static const struct {
        const char *series;
        int age;
        const char *consent;
    } cases[] = {
        {"JE2", 9, "guardian"},
        {"JE2", 12, "guardian"},
        {"JE2", 13, "without_presence"},
        {"JE2", 16, "own"},
        {"JE1", 19, "own"},
        {"HPV", 12, "guardian"},
        {"HPV", 15, "without_presence"},
        {"HPV", 16, "own"},
        {"MR1", 14, "guardian"},
        {"MR1", 18, "own"},
        {"RSVM", 15, "own"},
        {"RUB5", 47, "own"},
        {"HZ", 65, "own_proxy_writer"},
    };
    for (int i = 0; i < countof(cases); i++)
        if (!age_consent(cases[i].series, cases[i].age, cases[i].consent))
            fail_msg("%s at %d: not %s", cases[i].series, cases[i].age, cases[i].consent);
}

static Str built_in(const char *name)
{
    for (int i = 0; i < paper_form_files_count; i++)
        if (!strcmp(paper_form_files[i].name, name)) return paper_form_files[i].text;
    fail_msg("%s", name);
    return (Str){0};
}

// The file with one part written otherwise.
static Str written(Str text, const char *part, const char *instead)
{
    ptrdiff_t at = str_find(text, str_of(part));
    if (at < 0) fail_msg("the file has no %s", part);
    return str_join(&arena, str_join(&arena, str_first(text, at), str_of(instead)),
                    str_from(text, at + (ptrdiff_t)strlen(part)));
}

static void a_wrong_file_is_named_with_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *file, *part, *instead, *value;
    } cases[] = {
        {"vaccines.json", "\"disease\": \"水痘\", ", "", "disease"},
        {"vaccines.json", "\"series\": \"ROTA\"", "\"series\": \"ROTE\"", "ROTE"},
        {"vaccines.json", "[\"RV1\", \"RV5\"]", "[\"RV1\", \"RV6\"]", "RV6"},
        {"vaccines.json", "[\"RV1\", \"RV5\"]", "[\"RV1\", \"BCG\"]", "BCG"},  // of another series
        {"vaccines.json", "\"previous\": \"DPT\"", "\"previous\": \"DPQ\"", "DPQ"},
        {"vaccines.json", "\"3dose\"", "\"4dose\"", "4dose"},
        {"vaccines.json", "[\"SP1\", \"SP2\"]", "[\"SP1\", \"SP9\"]", "SP9"},
        {"vaccines.json", ", \"volume\": \"規定量\"", "", "volume"},
        {"vaccines.json", "\"form\": \"infant\"", "\"form\": \"infants\"", "infants"},
        {"vaccines.json", "\"keloid\"", "\"keloids\"", "keloids"},
        {"screening.json", "\"consent\": \"guardian\"", "\"consent\": \"nobody\"", "nobody"},
        {"envelopes.json", "\"default\": \"", "\"default\": \"x", NULL},
    };
    for (int i = 0; i < countof(cases); i++) {
        Error err = {0};
        PaperForms none;
        Str text = written(built_in(cases[i].file), cases[i].part, cases[i].instead);
        const EmbeddedFile file = {cases[i].file, text};
        if (paper_forms_load(&(PaperSource){rules, &file, 1}, &arena, &none, &err))
            fail_msg("%s was taken", cases[i].instead);
        assert_int_equal(err.code, E_PAPER);
        assert_true(str_equal(error_item(&err), str_of(cases[i].file)));
        if (cases[i].value && !str_equal(error_value(&err), str_of(cases[i].value)))
            fail_msg("%s: %.*s", cases[i].instead, STR(error_value(&err)));
    }
}

static void a_file_that_no_paper_reads_is_refused(void **state)
{
    (void)state;
    Error err = {0};
    PaperForms none;
    const EmbeddedFile other = {"vaccine.json", built_in("vaccines.json")};
    assert_false(paper_forms_load(&(PaperSource){rules, &other, 1}, &arena, &none, &err));
    assert_true(str_equal(error_item(&err), S("vaccine.json")));
    const EmbeddedFile broken = {"vaccines.json", S("{\"vaccines\": [")};
    assert_false(paper_forms_load(&(PaperSource){rules, &broken, 1}, &arena, &none, &err));
    assert_true(str_equal(error_item(&err), S("vaccines.json")));
}

static KeptDose kept_dose(const char *series, const char *position, Day earliest, Day last,
                          PartialDate birth)
{
    KeptDose kept;
    PaperDose dose = {
        .series = str_of(series), .position = str_of(position), .earliest = earliest, .last = last};
    assert_true(dose_words_of(&forms, &dose, birth, earliest, &kept));
    return kept;
}

// Volumes and routes are those of the ages at which the dose may be given.
static void the_paper_offers_the_volumes_of_the_series_and_the_ages_to_come(void **state)
{
    (void)state;
    static const struct {
        const char *series, *position;
        int birth_year, first_year, last_year;  // on 1 June; 0: no last day
        const char *volumes, *routes;
    } cases[] = {
        {"HEPB", "1", 2026, 2026, 2027, "0.25 mL", "皮下"},
        {"JE1", "P1", 2024, 2026, 2031, "□0.25 mL（3歳未満）　□0.5 mL", "皮下"},
        {"JE1", "P1", 2022, 2026, 2029, "0.5 mL", "皮下"},
        {"DT2", "1", 2015, 2026, 2028, "0.1 mL", "皮下"},
        {"PCV", "P1", 2026, 2026, 2031, "0.5 mL", "皮下・筋肉内"},
        {"EPN", "1", 1961, 2026, 2027, "0.5 mL", "筋肉内"},
        {"BCG", "1", 2026, 2026, 2027, "規定量", "経皮（管針法）"},
        {"INF", "1", 1950, 2026, 2027, "□0.5 mL　□0.7 mL", "□皮下　□筋肉内"},
    };
    for (int i = 0; i < countof(cases); i++) {
        PartialDate birth = {(int16_t)cases[i].birth_year, 6, 1};
        Day first = day_of(cases[i].first_year, 6, 1);
        Day last = cases[i].last_year ? day_of(cases[i].last_year, 6, 1) : DAY_NONE;
        KeptDose kept = kept_dose(cases[i].series, cases[i].position, first, last, birth);
        Str volumes = dose_volumes_text(&kept, birth, first, &arena);
        Str routes = dose_routes_text(&kept, birth, first, &arena);
        if (!str_equal(volumes, str_of(cases[i].volumes)))
            fail_msg("%s %d: %.*s", cases[i].series, i, STR(volumes));
        if (!str_equal(routes, str_of(cases[i].routes)))
            fail_msg("%s %d: %.*s", cases[i].series, i, STR(routes));
    }
    KeptDose kept =
        kept_dose("JE1", "P1", day_of(2026, 6, 1), day_of(2026, 6, 2), (PartialDate){0});
    assert_true(str_equal(dose_volumes_text(&kept, (PartialDate){0}, day_of(2026, 6, 1), &arena),
                          S("□0.25 mL（3歳未満）　□0.5 mL")));
}

static void the_words_of_a_position_follow_the_path_and_the_course(void **state)
{
    (void)state;
    static const struct {
        const char *series, *position, *course, *path, *label, *interval;
    } cases[] = {
        {"HPV", "2", "", "2dose", "2回目", "1回目から5月以上"},
        {"HPV", "2", "", "3dose", "2回目", "1回目から1月以上"},
        {"HPV", "3", "", "3dose", "3回目", "2回目から3月以上"},
        {"PCV", "1", "1", "", "1回のみ", ""},
        {"PCV", "1", "2+0", "", "1回目", ""},
    };
    for (int i = 0; i < countof(cases); i++) {
        PaperDose dose = {.course = str_of(cases[i].course), .path = str_of(cases[i].path)};
        const PositionWords *words = position_words(vaccine_words(&forms, str_of(cases[i].series)),
                                                    str_of(cases[i].position), &dose);
        if (!str_equal(words->label, str_of(cases[i].label)) ||
            !str_equal(words->interval, str_of(cases[i].interval)))
            fail_msg("%s %s %s", cases[i].series, cases[i].position, cases[i].path);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_dose_of_the_schedule_has_its_words),
        cmocka_unit_test(every_reference_between_the_files_is_answered),
        cmocka_unit_test(the_class_of_the_law_is_right),
        cmocka_unit_test(no_two_bands_look_alike_without_colour),
        cmocka_unit_test(lightness_becomes_grey_as_defined),
        cmocka_unit_test(every_question_leaves_room_to_write),
        cmocka_unit_test(who_signs_hangs_on_age_and_vaccine),
        cmocka_unit_test(a_wrong_file_is_named_with_what_is_wrong),
        cmocka_unit_test(a_file_that_no_paper_reads_is_refused),
        cmocka_unit_test(the_paper_offers_the_volumes_of_the_series_and_the_ages_to_come),
        cmocka_unit_test(the_words_of_a_position_follow_the_path_and_the_course),
    };
    return cmocka_run_group_tests(tests, load, NULL);
}
