// The data files: complete for every series of the schedule, and told apart on a grey printer.
// SPDX-License-Identifier: Apache-2.0
#include "paper_forms.h"

#include "error_texts.h"
#include "fonts.h"
#include "hatch.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static Arena arena;
static PaperForms forms;

static int load(void **state)
{
    (void)state;
    arena = arena_reserve(1 << 22);
    Error err;
    return paper_forms_load(&arena, &forms, &err) ? 0 : -1;
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
            if (!position_words(v, str_of(schedule[i].positions[k]), (Str){0}))
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
        for (int k = 0; k < v->after_count; k++)
            for (int n = 0; n < v->after[k].product_count; n++)
                assert_non_null(product_words(v, v->after[k].products[n]));
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
    for (int i = 0; i < forms.vaccine_count; i++) count += forms.vaccines[i].class_b;
    assert_int_equal(count, countof(class_b));
    for (int i = 0; i < countof(class_b); i++)
        assert_true(vaccine_words(&forms, str_of(class_b[i]))->class_b);
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

static void a_file_that_lacks_an_item_is_named(void **state)
{
    (void)state;
    const EmbeddedFile files[] = {{"vaccines.json", S("{\"vaccines\": [{\"series\": \"ROTA\"}]}")}};
    PaperForms none;
    Error err;
    assert_false(paper_forms_read(files, 1, &arena, &none, &err));
    assert_int_equal(err.code, E_PAPER);
    assert_true(str_equal(error_item(&err), S("vaccines.json")));
    const EmbeddedFile broken[] = {{"vaccines.json", S("{\"vaccines\": [")}};
    assert_false(paper_forms_read(broken, 1, &arena, &none, &err));
    assert_true(str_equal(error_item(&err), S("vaccines.json")));
    assert_false(paper_forms_read(files, 0, &arena, &none, &err));
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
        cmocka_unit_test(a_file_that_lacks_an_item_is_named),
    };
    return cmocka_run_group_tests(tests, load, NULL);
}
