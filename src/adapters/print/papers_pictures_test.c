// The papers as pictures (forms.md 9): every form of the year and every letter, drawn at 100 dots an inch, beside the
// picture that somebody has looked at. What no test of words and places sees is seen here: a line that
// crosses a text, a table that has moved, a font that is another one.
//
//     papers_pictures_test CHECKER FOLDER          compares with FOLDER/<name>.png
//     papers_pictures_test CHECKER FOLDER --keep   keeps what is drawn: look at each before committing it
//
// A picture that differs is written to pictures-drawn/ in the working folder.
// SPDX-License-Identifier: Apache-2.0
#include "certificate.h"

#include "paper_forms.h"
#include "papers_office.h"
#include "papers_people.h"

#include <poppler.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum {
    DOTS_AN_INCH = 100,
    SHADES_KEPT = 51,  // six shades from black to white: enough to see with, small enough to keep
    SHADES_ALLOWED = 60,  // what keeping rounds away, and a little
    // Another processor rounds another way at a few edges; one character that moves costs more than this.
    DOTS_ALLOWED = 12,
    PAGES_MAX = 400
};

static const char *kept_folder;
static bool keep;

// ---- Who is drawn -------------------------------------------------------------------------------

typedef struct Drawn {
    AddresseeNo who;
    int page;  // of that person, from 1
} Drawn;

static Drawn pages[PAGES_MAX];  // of the stack, in order
static int page_count;

static const char *checker;  // the program that reads pages back

static bool page_noted(void *context, const PaperPage *page, Error *err)
{
    (void)context;
    (void)err;
    assert_in_range(page_count, 0, PAGES_MAX - 1);
    pages[page_count++] = (Drawn){page->who, page->page};
    return true;
}

static void begin(Office *office)
{
    page_count = 0;
    office->batch.keep_page = page_noted;
    office->batch.checker = checker;
    office_begin(office);
}

static void take(Office *office, const PaperPerson *person)
{
    assert_int_equal(papers_person(office->papers, person), PAPER_FINE);
}

// ---- Pictures -----------------------------------------------------------------------------------

static cairo_surface_t *page_drawn(Office *office, Str path, int number)
{
    GMappedFile *file = g_mapped_file_new(str_z(&office->arena, path), FALSE, NULL);
    GBytes *bytes = g_mapped_file_get_bytes(file);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    PopplerPage *page = poppler_document_get_page(document, number);
    double width, height, scale = DOTS_AN_INCH / 72.0;
    poppler_page_get_size(page, &width, &height);
    cairo_surface_t *picture =
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)(width * scale), (int)(height * scale));
    cairo_t *cairo = cairo_create(picture);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, scale, scale);
    poppler_page_render(page, cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(picture);
    g_object_unref(page);
    g_object_unref(document);
    g_bytes_unref(bytes);
    g_mapped_file_unref(file);
    return picture;
}

static int shade(cairo_surface_t *picture, int x, int y)
{
    const unsigned char *row = cairo_image_surface_get_data(picture) +
                               (ptrdiff_t)y * cairo_image_surface_get_stride(picture);
    return row[4 * (ptrdiff_t)x + 1];  // everything is grey: green is enough
}

static void write_picture(cairo_surface_t *picture, const char *path)
{
    int width = cairo_image_surface_get_width(picture);
    int height = cairo_image_surface_get_height(picture);
    cairo_surface_t *grey = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    unsigned char *data = cairo_image_surface_get_data(grey);
    int stride = cairo_image_surface_get_stride(grey);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
            data[(ptrdiff_t)y * stride + x] =
                (unsigned char)((shade(picture, x, y) + SHADES_KEPT / 2) / SHADES_KEPT *
                                SHADES_KEPT);
    cairo_surface_mark_dirty(grey);
    assert_int_equal(cairo_surface_write_to_png(grey, path), CAIRO_STATUS_SUCCESS);
    cairo_surface_destroy(grey);
}

static bool same_size(cairo_surface_t *a, cairo_surface_t *b)
{
    return cairo_surface_status(b) == CAIRO_STATUS_SUCCESS &&
           cairo_image_surface_get_width(a) == cairo_image_surface_get_width(b) &&
           cairo_image_surface_get_height(a) == cairo_image_surface_get_height(b);
}

static int dots_apart(cairo_surface_t *a, cairo_surface_t *b)
{
    int apart = 0;
    for (int y = 0; y < cairo_image_surface_get_height(a); y++)
        for (int x = 0; x < cairo_image_surface_get_width(a); x++)
            apart += abs(shade(a, x, y) - shade(b, x, y)) > SHADES_ALLOWED;
    return apart;
}

static void told_apart(cairo_surface_t *drawn, const char *name, const char *path, int dots)
{
    char copy[128];
    (void)mkdir("pictures-drawn", 0755);
    (void)snprintf(copy, sizeof copy, "pictures-drawn/%s.png", name);
    write_picture(drawn, copy);
    fail_msg("%s: %d dots are not as in %s. Look at %s; where it is right, keep it with --keep.",
             name, dots, path, copy);
}

static void expect_picture(Office *office, Str pdf, int number, const char *name)
{
    char path[512];
    cairo_surface_t *drawn = page_drawn(office, pdf, number);
    (void)snprintf(path, sizeof path, "%s/%s.png", kept_folder, name);
    if (keep) write_picture(drawn, path);
    cairo_surface_t *kept = cairo_image_surface_create_from_png(path);
    if (!same_size(drawn, kept)) told_apart(drawn, name, path, -1);
    int apart = dots_apart(drawn, kept);
    if (apart > DOTS_ALLOWED) told_apart(drawn, name, path, apart);
    cairo_surface_destroy(kept);
    cairo_surface_destroy(drawn);
}

static void expect_page(Office *office, AddresseeNo who, int page, const char *name)
{
    for (int i = 0; i < page_count; i++)
        if (!memcmp(&pages[i].who, &who, sizeof who) && pages[i].page == page) {
            expect_picture(office, office_file(office, PAPER_FILE_PAPERS), i, name);
            return;
        }
    fail_msg("%s: no such page in the stack", name);
}

// ---- The stories --------------------------------------------------------------------------------

// One person for every vaccine, with its first dose: the front of the 予診票 follows the two pages of the letter.
static void every_form_looks_as_somebody_has_seen_it(void **state)
{
    Office *office = *state;
    PaperForms forms;
    AddresseeNo who[64];
    begin(office);
    assert_true(paper_forms_load(&office->batch.words, &office->arena, &forms, &office->err));
    assert_in_range(forms.vaccine_count, 1, countof(who));
    for (int i = 0; i < forms.vaccine_count; i++) {
        const VaccineWords *vaccine = &forms.vaccines[i];
        bool of_mothers = str_equal(vaccine->series, S("RSVM"));
        bool of_elders =
            str_equal(vaccine->legal_class, S("B")) || str_equal(vaccine->series, S("RUB5"));
        PaperDose dose = {.series = vaccine->series,
                          .position = vaccine->positions[0].position,
                          .earliest = 20780,
                          .standard_from = 20780,
                          .standard_to = 20800,
                          .last = 20900,
                          .last_safe = DAY_NONE};
        PaperPerson person = people_person(of_mothers ? 4 : of_elders ? 2 : 0);
        person.who = who[i] = addressee_no_of(900000000000000 + i);
        person.doses = &dose;
        person.dose_count = 1;
        take(office, &person);
    }
    office_release(office);
    for (int i = 0; i < forms.vaccine_count; i++)
        expect_page(office, who[i], 3, str_z(&office->arena, forms.vaccines[i].series));
    expect_page(office, who[0], 4, "back");
}

// The six of papers_people.h: a baby's five doses, variant characters and a warning, a grown-up's own will and
// copay, an alias, a long Roman name, a protected home.
static void every_letter_looks_as_somebody_has_seen_it(void **state)
{
    Office *office = *state;
    static const struct {
        int person, page;
        const char *name;
    } shown[] = {
        {0, 1, "letter-baby"},          {0, 2, "letter-baby-back"},  {0, 5, "form-office-copy"},
        {1, 1, "letter-warning"},       {1, 3, "form-variant-name"}, {2, 1, "letter-grown-up"},
        {2, 2, "letter-grown-up-back"}, {3, 1, "letter-alias"},      {3, 3, "form-alone"},
        {4, 1, "letter-roman"},         {4, 3, "form-roman"},        {5, 1, "letter-protected"},
        {5, 3, "form-protected"}};
    office->batch.form_parts = 2;
    begin(office);
    for (int kind = 0; kind < PEOPLE_KINDS; kind++) {
        PaperPerson person = people_person(kind);
        take(office, &person);
    }
    office_release(office);
    for (int i = 0; i < countof(shown); i++)
        expect_page(office, people_person(shown[i].person).who, shown[i].page, shown[i].name);
    expect_picture(office, office_file(office, PAPER_FILE_SLIPS), 0, "dispatch-slip");
    expect_picture(office, office_file(office, PAPER_FILE_SLIPS), 1, "dispatch-list");
    expect_picture(office, office_file(office, PAPER_FILE_LABELS), 0, "labels");
}

static void the_reminder_looks_as_somebody_has_seen_it(void **state)
{
    Office *office = *state;
    PaperPerson person = people_person(1);
    office->batch.letter = LETTER_REMINDER;
    office->batch.form_parts = 0;
    begin(office);
    take(office, &person);
    office_release(office);
    expect_page(office, person.who, 1, "reminder");
}

// 特別の事情: by what right somebody comes whose time was over; and products with which that right ends sooner.
static void a_right_opened_again_looks_as_somebody_has_seen_it(void **state)
{
    Office *office = *state;
    static const PaperProduct ends[] = {{S("DPT-IPV-HIB"), 21627, 21400}};
    const PaperDose elder = {.series = S("EPN"),
                             .position = S("1"),
                             .earliest = 20605,
                             .standard_from = DAY_NONE,
                             .standard_to = DAY_NONE,
                             .last = 20969,
                             .last_safe = 20969,
                             .reopened = true,
                             .right = {20605, 20969},
                             .copay_yen = 4000};
    const PaperDose child = {.series = S("DPTIPV"),
                             .position = S("P2"),
                             .earliest = 20790,
                             .standard_from = DAY_NONE,
                             .standard_to = DAY_NONE,
                             .last = 21700,
                             .last_safe = 21500,
                             .reopened = true,
                             .right = {20605, 21700},
                             .right_ends = ends,
                             .right_end_count = 1};
    const PaperDose *doses[] = {&elder, &child};
    const char *const names[][2] = {{"letter-right", "form-right"},
                                    {"letter-right-child", "form-right-child"}};
    AddresseeNo who[2];
    begin(office);
    for (int i = 0; i < countof(doses); i++) {
        PaperPerson person = people_person(i ? 1 : 2);
        who[i] = person.who;
        person.doses = doses[i];
        person.dose_count = 1;
        take(office, &person);
    }
    office_release(office);
    for (int i = 0; i < countof(doses); i++) {
        expect_page(office, who[i], 1, names[i][0]);
        expect_page(office, who[i], 3, names[i][1]);
    }
}

// A right that was opened again and a measure for a time: paper and letter say both, and neither end stands alone.
static void two_reasons_for_one_period_are_both_named(void **state)
{
    Office *office = *state;
    const PaperDose dose = {.series = S("MR1"),
                            .position = S("1"),
                            .earliest = 20058,
                            .standard_from = DAY_NONE,
                            .standard_to = DAY_NONE,
                            .last = 20908,
                            .last_safe = 20908,
                            .reopened = true,
                            .right = {20058, 20787},
                            .measure = S("令和6年度のワクチンの供給不足"),
                            .measured = {20179, 20908}};
    PaperPerson person = people_person(1);
    person.doses = &dose;
    person.dose_count = 1;
    begin(office);
    take(office, &person);
    office_release(office);
    expect_page(office, person.who, 1, "letter-right-measure");
    expect_page(office, person.who, 3, "form-right-measure");
}

// A certificate as it lies on the counter.
static Str certificate_of(Office *office, const Certificate *c)
{
    CertificateDrawn drawn;
    int file = office_draft(office);
    office->batch.checker = checker;
    assert_true(certificate_draw(&office->batch, c, &office->arena, &drawn, &office->err));
    assert_int_equal(write(file, drawn.pdf.at, (size_t)drawn.pdf.len), drawn.pdf.len);
    assert_int_equal(close(file), 0);
    return str_format(&office->arena, "%s/draft.pdf", office->folder);
}

// More doses than a page has lines, a name with a variant character, records of others; one dose, a long Roman name, a home
// that is not printed.
static void every_certificate_looks_as_somebody_has_seen_it(void **state)
{
    Office *office = *state;
    CertificateDose doses[14];
    PaperPerson child = people_person(1), mother = people_person(4);
    static const char *const names[] = {"五種混合", "小児用肺炎球菌", "麻しん風しん"};
    for (int i = 0; i < countof(doses); i++)
        doses[i] = (CertificateDose){.vaccine = str_of(names[i % 3]),
                                     .position = i % 3 == 2 ? S("第1期") : S("1回目"),
                                     .given_on = str_format(&office->arena, "令和3年%d月%d日", 1 + i % 12, 3 + i),
                                     .product = str_of(names[i % 3]),
                                     .legal = i == 5 ? S("定期として数えない接種") : S("定期（A類）"),
                                     .lot = str_format(&office->arena, "Y%03dA", i),
                                     .place = i == 3 ? S("みほん市立総合医療センター附属こどもクリニック第二診療所") : S("みほん小児科"),
                                     .source = i == 4 ? S("他市町村の回答") : (Str){0}};
    const Certificate record = {.kind = CERTIFICATE_RECORD, .number = 12, .day = people_today(), .again = true, .who = child.who,
                                .name = child.name, .birth = child.birth, .address = child.home.address,
                                .building = child.home.building, .doses = doses, .dose_count = countof(doses)};
    const Certificate dose = {.kind = CERTIFICATE_DOSE, .number = 1234567890, .day = people_today(), .who = mother.who,
                              .name = mother.name_roman, .birth = mother.birth, .doses = &doses[3], .dose_count = 1,
                              .seal_left_out = true};
    Str path = certificate_of(office, &record);
    expect_picture(office, path, 0, "certificate-record");
    expect_picture(office, path, 1, "certificate-record-end");
    expect_picture(office, certificate_of(office, &dose), 0, "certificate-dose");
}

// The comparison itself: one character of the address is another one.
static void one_character_makes_another_picture(void **state)
{
    Office *office = *state;
    cairo_surface_t *drawn[2];
    PaperPerson person = people_person(2);
    for (int i = 0; i < countof(drawn); i++) {
        begin(office);
        if (i) person.home.building = S("第3みほんハイツ709");
        take(office, &person);
        office_release(office);
        drawn[i] = page_drawn(office, office_file(office, PAPER_FILE_PAPERS), 0);
        papers_close(office->papers);
        office->papers = NULL;
        office_clear(office);  // nothing is written over
    }
    assert_in_range(dots_apart(drawn[0], drawn[1]), DOTS_ALLOWED + 1, 100);
    for (int i = 0; i < countof(drawn); i++) cairo_surface_destroy(drawn[i]);
}

int main(int argc, char **argv)
{
    if (argc < 3) return 1;
    checker = argv[1];
    kept_folder = argv[2];
    keep = argc > 3 && !strcmp(argv[3], "--keep");
    const struct CMUnitTest tests[] = {
#define STORY(name) cmocka_unit_test_setup_teardown(name, office_open, office_close)
        STORY(every_form_looks_as_somebody_has_seen_it),
        STORY(every_letter_looks_as_somebody_has_seen_it),
        STORY(the_reminder_looks_as_somebody_has_seen_it),
        STORY(a_right_opened_again_looks_as_somebody_has_seen_it),
        STORY(two_reasons_for_one_period_are_both_named),
        STORY(every_certificate_looks_as_somebody_has_seen_it),
        STORY(one_character_makes_another_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
