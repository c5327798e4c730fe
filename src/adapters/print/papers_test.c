// Batches from snapshot to released file, and what must stop them.
// SPDX-License-Identifier: Apache-2.0
#include "papers.h"

#include "error_texts.h"
#include "paper_picture.h"
#include "papers_office.h"
#include "papers_people.h"
#include "papers_run.h"

#include <poppler.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char *checker;  // the program that lies beside the real ones

static bool file_there(const Office *office, const char *name)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", office->folder, name);
    return access(path, F_OK) == 0;
}

static void everybody(Office *office)
{
    for (int kind = 0; kind < PEOPLE_KINDS; kind++) {
        PaperPerson person = people_person(kind);
        assert_int_equal(papers_person(office->papers, &person), PAPER_FINE);
    }
}

static Str whole_text(Office *office, Str path)
{
    GMappedFile *file = g_mapped_file_new(str_z(&office->arena, path), FALSE, NULL);
    GBytes *bytes = g_mapped_file_get_bytes(file);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    Text text = {0};
    for (int i = 0; i < poppler_document_get_n_pages(document); i++) {
        PopplerPage *page = poppler_document_get_page(document, i);
        char *words = poppler_page_get_text(page);
        text_add(&text, &office->arena, str_of(words));
        text_add_byte(&text, &office->arena, '\n');
        g_free(words);
        g_object_unref(page);
    }
    g_object_unref(document);
    g_bytes_unref(bytes);
    g_mapped_file_unref(file);
    return text_str(&text);
}

static int times(Str text, const char *part)
{
    int count = 0;
    for (ptrdiff_t at; (at = str_find(text, str_of(part))) >= 0; count++)
        text = str_from(text, at + 1);
    return count;
}

static bool has(Str text, const char *part)
{
    return str_find(text, str_of(part)) >= 0;
}

// Baby: letter and back, five doses of two parts with backs, 22 pages; the boy 10, the other four 6.
static void six_people_get_their_papers_in_the_order_of_the_post(void **state)
{
    Office *office = *state;
    office->batch.form_parts = 2;
    office_begin(office);
    everybody(office);
    office_release(office);
    assert_int_equal(office->report.given, 6);
    assert_int_equal(office->report.drawn, 6);
    assert_int_equal(office->report.refused + office->report.held, 0);
    assert_int_equal(office->report.pages, 22 + 10 + 6 + 6 + 6 + 6);
    assert_false(str_present(office_file(office, PAPER_FILE_ERRORS)));

    static const char *const order[] = {"410000000083141", "410000000083158", "410000000083174",
                                        "410000000083166", "410000000083182", "410000000083190"};
    for (int i = 0; i < countof(order); i++)  // 802, 803, 805, 807, 808; the protected one apart
        assert_string_equal(office->papers->order[i]->snapshot.who.digits, order[i]);
    Str text = whole_text(office, office_file(office, PAPER_FILE_PAPERS));
    assert_true(has(text, "辻\U000E0102"));
    assert_true(has(text, "第1期 初回 1回目"));
    assert_true(has(text, "検証用"));
    // Letters to the baby, the two children and the girl go to their guardians; no elder's does.
    assert_int_equal(times(text, "（保護者様）"), 4);
}

static void the_same_batch_has_the_same_bytes(void **state)
{
    Office *office = *state;
    unsigned char first[32];
    office_begin(office);
    everybody(office);
    office_release(office);
    memcpy(first, office->report.files[PAPER_FILE_PAPERS].hash.at, sizeof first);
    papers_close(office->papers);
    office_begin(office);
    for (int kind = PEOPLE_KINDS - 1; kind >= 0; kind--) {  // however they come
        PaperPerson person = people_person(kind);
        assert_int_equal(papers_person(office->papers, &person), PAPER_FINE);
    }
    office_release(office);
    assert_memory_equal(first, office->report.files[PAPER_FILE_PAPERS].hash.at, sizeof first);
}

static void many(Office *office, int count)
{
    for (int i = 0; i < count; i++) {
        PaperPerson person = people_many(i, &office->arena);
        assert_int_equal(papers_person(office->papers, &person), PAPER_FINE);
    }
}

static void hundreds_of_letters_have_the_same_bytes_twice(void **state)
{
    Office *office = *state;
    unsigned char first[32];
    office->batch.form_parts = 0;
    for (int run = 0; run < 2; run++) {
        office_begin(office);
        many(office, 300);
        office_release(office);
        assert_int_equal(office->report.pages, 600);
        if (run == 0) memcpy(first, office->report.files[PAPER_FILE_PAPERS].hash.at, sizeof first);
        papers_close(office->papers);
        office->papers = NULL;
    }
    assert_memory_equal(first, office->report.files[PAPER_FILE_PAPERS].hash.at, sizeof first);
}

typedef struct PageCount {
    int pages, last_sequence;
    char first_tag[31];
} PageCount;

static bool count_page(void *context, const PaperPage *page, Error *err)
{
    (void)err;
    PageCount *count = context;
    if (!count->pages++) memcpy(count->first_tag, page->tag, sizeof page->tag);
    assert_true(page->sequence == count->last_sequence ||
                page->sequence == count->last_sequence + 1);
    count->last_sequence = page->sequence;
    PageTag tag;
    assert_true(page_tag_read(str_of(page->tag), &tag));
    return true;
}

static void every_page_is_told_with_its_tag(void **state)
{
    Office *office = *state;
    PageCount count = {0};
    office->batch.keep_page = count_page;
    office->batch.context = &count;
    office_begin(office);
    everybody(office);
    office_release(office);
    assert_int_equal(count.pages, office->report.pages);
    assert_int_equal(count.last_sequence, 6);
    assert_true(has(whole_text(office, office_file(office, PAPER_FILE_SLIPS)), count.first_tag));
}

// 差出票, 発送一覧, 郵便番号別, 封入確認票 and labels: whoever holds a sheet can ask the trail whose it is.
static void every_sheet_that_goes_to_the_post_bears_the_number_of_its_record(void **state)
{
    Office *office = *state;
    office->batch.envelope = S("K2");
    office_begin(office);
    office->papers->forms.dispatch.labels.rows = 1;  // three sheets
    everybody(office);
    office_release(office);
    const char *number = "一覧の証跡番号 ledger-73";
    assert_int_equal(times(whole_text(office, office_file(office, PAPER_FILE_SLIPS)), number), 4);
    assert_int_equal(times(whole_text(office, office_file(office, PAPER_FILE_LABELS)), number), 3);
}

static bool refuse_page(void *context, const PaperPage *page, Error *err)
{
    (void)context;
    return page->page < 3 || FAIL(err, E_STORE, .words = S("保存できません。"));
}

static void when_the_tags_cannot_be_kept_nothing_is_released(void **state)
{
    Office *office = *state;
    office->batch.keep_page = refuse_page;
    office_begin(office);
    everybody(office);
    assert_false(papers_release(office->papers, &office->report, &office->err));
    assert_int_equal(office->err.code, E_STORE);
    assert_false(file_there(office, "papers-N20261123-001.pdf"));
    assert_false(file_there(office, "papers-N20261123-001.pdf.test.draft"));
    assert_false(file_there(office, "dispatch-N20261123-001.csv"));
}

static void each_fault_stops_one_person_and_nobody_else(void **state)
{
    Office *office = *state;
    office_begin(office);
    static const PaperDose unknown[] = {{.series = S("MR1"),
                                         .position = S("9"),
                                         .earliest = 20000,
                                         .standard_from = DAY_NONE,
                                         .last = 21000,
                                         .last_safe = DAY_NONE}};
    PaperPerson glyph = people_person(0), fit = people_person(0), nowhere = people_person(0),
                held = people_person(5), words = people_person(0), uncoded = people_person(0),
                lost = people_person(0), unknown_state = people_person(0),
                astray = people_person(0);
    glyph.name = S("简　花子");
    glyph.who = addressee_no_of(1);
    fit.home.building = S(
        "みほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほんみほん");
    fit.who = addressee_no_of(2);
    nowhere.home.address = S("　");  // as registers write what they do not know
    nowhere.who = addressee_no_of(3);
    held.mailing_released = false;
    held.who = addressee_no_of(4);
    words.doses = unknown;
    words.dose_count = 1;
    words.who = addressee_no_of(5);
    uncoded.home.postal_code = (Str){0};
    uncoded.who = addressee_no_of(6);
    lost.name_kana = S("ミホン　カ？");
    lost.who = addressee_no_of(7);
    astray.home.building = S("メゾン■101");
    astray.who = addressee_no_of(9);
    unknown_state.register_held = true;
    unknown_state.who = addressee_no_of(8);
    const struct {
        const PaperPerson *person;
        PaperFaultCode code;
    } cases[] = {{&glyph, PAPER_P101}, {&fit, PAPER_P102},           {&nowhere, PAPER_P103},
                 {&held, PAPER_P104},  {&words, PAPER_P109},         {&uncoded, PAPER_P106},
                 {&lost, PAPER_P111},  {&unknown_state, PAPER_P112}, {&astray, PAPER_P111}};
    for (int i = 0; i < countof(cases); i++)
        assert_int_equal(papers_person(office->papers, cases[i].person), cases[i].code);
    everybody(office);
    papers_hold(office->papers, people_person(1).who, PAPER_P105, S("接種の記録が届きました。"));
    papers_hold(office->papers, people_person(2).who, PAPER_P108, S("承認がありません。"));
    papers_hold(office->papers, addressee_no_of(77), PAPER_P105, S("いません。"));
    office_release(office);

    assert_int_equal(office->report.given, 15);
    assert_int_equal(office->report.refused, 8);
    assert_int_equal(office->report.held, 2);
    assert_int_equal(office->report.drawn, 5);
    assert_int_equal(office->report.faults.count, 10);
    assert_int_equal(office->report.without_postal_code, 1);
    VEC_EACH (const PaperFault, f, office->report.faults) {
        assert_true(f->words.len > 0 && f->cure.len > 0);
        if (f->code == PAPER_P102) assert_true(str_equal(f->item, S("方書")));
    }
    assert_int_equal(office->report.without_barcode, 1);
    assert_true(file_there(office, "errors-N20261123-001.csv"));
    Str text = whole_text(office, office_file(office, PAPER_FILE_PAPERS));
    assert_true(has(text, "山田"));
    assert_false(has(text, "辻"));
    assert_false(has(text, "渡邉"));
}

// Nobody is told to come between the 1st of April of one year and the 31st of March of the same.
static void a_period_that_ends_before_it_begins_is_not_printed(void **state)
{
    Office *office = *state;
    PaperPerson girl = people_person(3);
    PaperProduct product = {S("HPV9"), girl.doses[0].last, DAY_NONE};
    PaperDose fine = girl.doses[0], wrong[3];
    fine.products = &product;
    fine.product_count = 1;
    for (int i = 0; i < countof(wrong); i++) wrong[i] = fine;
    wrong[0].last = fine.earliest - 1;
    wrong[1].standard_to = fine.standard_from - 1;
    PaperProduct ended = {S("HPV9"), fine.earliest - 1, DAY_NONE};
    wrong[2].products = &ended;
    office_begin(office);
    for (int i = 0; i < countof(wrong); i++) {
        girl.who = addressee_no_of(i + 1);
        girl.doses = &wrong[i];
        assert_int_equal(papers_person(office->papers, &girl), PAPER_P110);
    }
    fine.last = fine.earliest;  // one day is a period
    girl.who = addressee_no_of(9);
    girl.doses = &fine;
    assert_int_equal(papers_person(office->papers, &girl), PAPER_FINE);
    office_release(office);
    assert_int_equal(office->report.refused, 3);
    assert_int_equal(office->report.drawn, 1);
}

// linkage.md 6.4: nothing of where the person lives, no hint, no name on lists.
static void nothing_of_a_protected_home_leaves_the_office(void **state)
{
    Office *office = *state;
    office_begin(office);
    everybody(office);
    office_release(office);
    const Str paths[] = {office_file(office, PAPER_FILE_PAPERS),
                         office_file(office, PAPER_FILE_SLIPS)};
    for (int i = 0; i < countof(paths); i++) {
        Str text = whole_text(office, paths[i]);
        assert_false(has(text, "魚町"));
        assert_false(has(text, "秘密荘"));
        assert_false(has(text, "支援"));
        assert_false(has(text, "保護対象"));
    }
    assert_false(has(whole_text(office, office_file(office, PAPER_FILE_SLIPS)), "鈴木"));
    assert_true(has(whole_text(office, office_file(office, PAPER_FILE_PAPERS)), "見本町5番6号"));
    assert_true(
        has(whole_text(office, office_file(office, PAPER_FILE_PAPERS)), "市役所登録のとおり"));
}

static void expect_red(Office *office, const char *item)
{
    int file = office_draft(office);
    assert_true(papers_draw(office->papers, file, &office->err));
    assert_false(papers_check(office->papers, file, &office->err));
    assert_int_equal(office->err.code, E_PAPER);
    if (!str_equal(error_item(&office->err), str_of(item)))
        fail_msg("%.*s", STR(error_item(&office->err)));
}

// The incident to keep in mind (forms.md 5.3): one index in a column is shifted by one.
static void a_shifted_barcode_column_is_seen(void **state)
{
    Office *office = *state;
    office_begin(office);
    everybody(office);
    papers_sort(office->papers);
    CustomerBarcode *column = office->papers->barcode_column;
    memmove(column, column + 1, (size_t)(office->papers->count - 1) * sizeof *column);
    expect_red(office, "カスタマバーコード");
}

static void a_shifted_number_column_is_seen(void **state)
{
    Office *office = *state;
    office_begin(office);
    everybody(office);
    papers_sort(office->papers);
    Nw7 *column = office->papers->number_column;
    memmove(column, column + 1, (size_t)(office->papers->count - 1) * sizeof *column);
    expect_red(office, "整理番号バーコード");
}

// Of two faults the first in the stack is told.
static void a_fault_is_seen_wherever_in_the_stack_it_is(void **state)
{
    Office *office = *state;
    static const int places[] = {79, 40, 0};  // each is the first fault of its turn
    office->batch.form_parts = 0;
    office_begin(office);
    many(office, 80);
    papers_sort(office->papers);
    for (int i = 0; i < countof(places); i++) {
        office->papers->barcode_column[places[i]] = (CustomerBarcode){0};
        expect_red(office, "カスタマバーコード");
        assert_int_equal(office->err.row, places[i] + 1);
    }
}

// Enough pages for a part of its own on any machine with two cores.
static int heard[2], heard_of[2];  // by PaperStage

static void hear(void *context, PaperStage stage, int done, int total)
{
    (void)context;
    assert_true(done >= heard[stage] && done <= total);
    heard[stage] = done;
    heard_of[stage] = total;
}

static void a_fault_is_seen_by_whichever_program_reads_its_page(void **state)
{
    Office *office = *state;
    static const int places[] = {219, 110, 0};
    office->batch.moved = hear;
    office->batch.form_parts = 0;
    office_begin(office);
    many(office, 220);
    papers_sort(office->papers);
    int file = office_draft(office);
    assert_true(papers_draw(office->papers, file, &office->err));
    assert_true(papers_check(office->papers, file, &office->err));
    assert_int_equal(heard[PAPER_DRAWING], 220);
    assert_int_equal(heard[PAPER_CHECKING], office->papers->report.pages);
    assert_int_equal(heard_of[PAPER_CHECKING], office->papers->report.pages);
    office->papers->batch.moved = NULL;
    for (int i = 0; i < countof(places); i++) {
        office->papers->barcode_column[places[i]] = (CustomerBarcode){0};
        expect_red(office, "カスタマバーコード");
        assert_int_equal(office->err.row, places[i] + 1);
    }
}

static void a_part_that_nobody_vouches_for_refuses_the_batch(void **state)
{
    Office *office = *state;
    static const char *const programs[] = {"/bin/true", "/bin/false", "/bin/cat", "/nowhere/at/all",
                                           NULL};
    office->batch.form_parts = 0;
    office_begin(office);
    many(office, 220);
    papers_sort(office->papers);
    int file = office_draft(office);
    assert_true(papers_draw(office->papers, file, &office->err));
    for (int i = 0; i < countof(programs); i++) {
        office->papers->batch.checker = programs[i];
        office->err = (Error){0};
        assert_false(papers_check(office->papers, file, &office->err));
        assert_int_equal(office->err.code, E_PAPER);
        assert_true(error_words(&office->err).len > 0);
    }
}

// A page as an officer sees it, and what is no page: nobody else's answer passes for a picture.
static void a_page_is_shown_as_a_picture(void **state)
{
    Office *office = *state;
    Str png, second;
    static const char *const programs[] = {"/bin/false", "/nowhere/at/all", NULL};
    office->batch.form_parts = 0;
    office_begin(office);
    everybody(office);
    papers_sort(office->papers);
    int file = office_draft(office);
    assert_true(papers_draw(office->papers, file, &office->err));
    assert_true(paper_picture(checker, file, 0, &office->arena, &png, &office->err));
    assert_true(str_starts(png, S("\x89PNG")) && png.len > 10000);
    assert_true(paper_picture(checker, file, 2, &office->arena, &second, &office->err));
    assert_false(str_equal(png, second));
    assert_false(paper_picture(checker, file, 1000, &office->arena, &png, &office->err));
    for (int i = 0; i < countof(programs); i++) {
        office->err = (Error){0};
        assert_false(paper_picture(programs[i], file, 0, &office->arena, &png, &office->err));
        assert_int_equal(office->err.code, E_PAPER);
    }
    assert_false(paper_picture(checker, STDIN_FILENO, 0, &office->arena, &png, &office->err));
}

// Drawn under somebody else's name; the snapshots are right again when the pages are read back.
static void somebody_elses_name_is_seen(void **state)
{
    Office *office = *state;
    office_begin(office);
    everybody(office);
    papers_sort(office->papers);
    int file = office_draft(office);
    KeptPerson *a = office->papers->order[2], *b = office->papers->order[3];
    AddressBlock block = a->block;
    Str name = a->name;
    a->name = b->name;
    a->block.name_lines[0] = b->block.name_lines[0];
    assert_true(papers_draw(office->papers, file, &office->err));
    a->name = name;
    a->block = block;
    assert_false(papers_check(office->papers, file, &office->err));
    assert_true(str_equal(error_item(&office->err), S("他の人の番号・氏名")));
    assert_int_equal(office->err.row, 3);
}

static void ink_in_the_window_is_seen(void **state)
{
    Office *office = *state;
    office->batch.form_parts = 0;
    office_begin(office);
    everybody(office);
    papers_sort(office->papers);
    // A vaccine's name beside the address block, where the window may stand: x 21 + 18 kanji of 4.2 mm.
    KeptPerson *first = office->papers->order[0];
    int lines = first->block.line_count;
    first->block.lines[first->block.line_count++] = S("　　　　　　　　　　　　　　　　　　DPTIPV");
    expect_red(office, "窓");
    first->block.lines[lines] = S("DPTIPV");  // and inside the block it is no part of the address
    expect_red(office, "宛名");
}

static void a_missing_page_is_seen(void **state)
{
    Office *office = *state;
    office_begin(office);
    everybody(office);
    papers_sort(office->papers);
    int file = office_draft(office);
    office->papers->count--;
    assert_true(papers_draw(office->papers, file, &office->err));
    office->papers->count++;
    assert_false(papers_check(office->papers, file, &office->err));
    assert_true(str_equal(error_item(&office->err), S("頁数")));
}

// Envelope A leaves less height, B no room for the bars; an unknown one and a wrong day refuse the batch.
static void envelopes_and_days_are_respected(void **state)
{
    Office *office = *state;
    static const struct {
        const char *envelope;
        int without_barcode;
    } examples[] = {{"A", 0}, {"B", 6}, {"K2", 0}};
    for (int i = 0; i < countof(examples); i++) {
        office->batch.envelope = str_of(examples[i].envelope);
        office_begin(office);
        for (int kind = 0; kind < PEOPLE_KINDS; kind++) {
            PaperPerson person = people_person(kind);
            (void)papers_person(office->papers, &person);
        }
        office_release(office);
        bool labelled = !strcmp(examples[i].envelope, "K2");
        assert_true(str_present(
            office_file(office, PAPER_FILE_LABELS)));  // the baby's five forms fill K2 always
        if (labelled) {
            Str labels = whole_text(office, office_file(office, PAPER_FILE_LABELS));
            assert_true(has(labels, "浅野三丁目"));
            assert_false(has(labels, "魚町"));  // the protected home
            assert_false(has(labels, "410000000083141"));
            Str slip = whole_text(office, office_file(office, PAPER_FILE_SLIPS));
            assert_true(has(slip, "50 g以内") && has(slip, "140円"));
            assert_true(has(slip, "2611270010001") && has(slip, "1/4"));
        }
        assert_int_equal(office->report.without_barcode +
                             (examples[i].without_barcode ? office->report.refused : 0),
                         examples[i].without_barcode);
        papers_close(office->papers);
        office->papers = NULL;
    }
    office->batch.envelope = S("Z");
    assert_false(papers_begin(&office->batch, &office->arena, &office->papers, &office->err));
    office->batch.envelope = (Str){0};
    office->batch.mailed_on = day_of(2024, 3, 31);
    assert_false(papers_begin(&office->batch, &office->arena, &office->papers, &office->err));
    assert_true(str_equal(error_item(&office->err), S("P109")));
}

// Eleven leaves of 4 g in an envelope of 18 g weigh more than 50 g, five leaves do not.
static void a_heavy_letter_pays_its_own_step(void **state)
{
    Office *office = *state;
    office->batch.form_parts = 2;
    office_begin(office);
    for (int kind = 0; kind < 2; kind++) {
        PaperPerson person = people_person(kind);
        assert_int_equal(papers_person(office->papers, &person), PAPER_FINE);
    }
    office_release(office);
    Str slip = whole_text(office, office_file(office, PAPER_FILE_SLIPS));
    assert_true(has(slip, "100 g以内") && has(slip, "180円"));
    assert_true(has(slip, "50 g以内") && has(slip, "140円"));
    assert_true(has(slip, "320円"));
}

// Nobody is asked to come by a day before the letter.
static void a_day_that_has_gone_by_is_no_advice(void **state)
{
    Office *office = *state;
    office->batch.form_parts = 0;
    for (int late = 0; late < 2; late++) {
        PaperPerson person = people_person(0);
        PaperDose dose = person.doses[0];
        dose.last_safe = office->batch.mailed_on - late;
        person.doses = &dose;
        person.dose_count = 1;
        office_begin(office);
        assert_int_equal(papers_person(office->papers, &person), PAPER_FINE);
        office_release(office);
        Str text = whole_text(office, office_file(office, PAPER_FILE_PAPERS));
        assert_int_equal(has(text, "続く回もすべて期限内に"), !late);
        papers_close(office->papers);
        office->papers = NULL;
    }
}

// Of two products one has its day still to come; with the other the course can no longer be finished.
static void a_product_whose_day_is_gone_is_told_as_such(void **state)
{
    Office *office = *state;
    PaperPerson person = people_person(2);
    PaperDose dose = person.doses[0];
    Day mailed = office->batch.mailed_on;
    const PaperProduct products[] = {{S("RZV"), dose.last, mailed - 1},
                                     {S("ZVL"), dose.last, mailed}};
    dose.products = products;
    dose.product_count = countof(products);
    person.doses = &dose;
    office->batch.form_parts = 0;
    office_begin(office);
    assert_int_equal(papers_person(office->papers, &person), PAPER_FINE);
    office_release(office);
    Str text = whole_text(office, office_file(office, PAPER_FILE_PAPERS));
    assert_true(has(text, "生（1回）は令和8年11月27日"));
    assert_true(has(text, "組換え（2回）では最後まで定期で終えられません"));
}

static void a_reminder_is_one_letter_with_a_blank_back(void **state)
{
    Office *office = *state;
    office->batch.letter = LETTER_REMINDER;
    office->batch.form_parts = 0;
    office_begin(office);
    PaperPerson person = people_person(5);
    assert_int_equal(papers_person(office->papers, &person), PAPER_FINE);
    office_release(office);
    assert_int_equal(office->report.pages, 2);
    Str text = whole_text(office, office_file(office, PAPER_FILE_PAPERS));
    assert_true(has(text, "ご容赦"));
    assert_true(has(text, "前にお送りした予診票"));  // none comes with it
    assert_true(has(text, "令和9年3月31日"));
    assert_true(has(text, "このページは空白です"));
}

static void without_a_page_of_the_city_the_letter_speaks_of_no_code(void **state)
{
    Office *office = *state;
    static const char *const urls[] = {"https://www.city.example.lg.jp/yobou", ""};
    for (int i = 0; i < countof(urls); i++) {
        office->batch.form_parts = 0;
        office->batch.sender.public_url = str_of(urls[i]);
        office_begin(office);
        PaperPerson person = people_person(0);
        assert_int_equal(papers_person(office->papers, &person), PAPER_FINE);
        office_release(office);
        Str text = whole_text(office, office_file(office, PAPER_FILE_PAPERS));
        assert_int_equal(has(text, "二次元コード"), i == 0);
        assert_int_equal(has(text, "市の予防接種のページ"), i == 0);
        assert_int_equal(has(text, "一覧は市の担当へ"), i == 1);
        assert_false(has(text, "前にお送りした"));
        papers_close(office->papers);
        office->papers = NULL;
    }
}

static void a_batch_of_nobody_writes_no_paper(void **state)
{
    Office *office = *state;
    office_begin(office);
    office_release(office);
    assert_int_equal(office->report.pages, 0);
    assert_false(str_present(office_file(office, PAPER_FILE_PAPERS)));
    assert_false(file_there(office, "papers-N20261123-001.pdf"));
}

// Every vaccine at every position once: no form is cut, none is refused by its own check.
static void every_form_of_the_schedule_passes_its_check(void **state)
{
    Office *office = *state;
    office->batch.form_parts = 1;
    office_begin(office);
    PaperForms forms;
    assert_true(paper_forms_load(&office->batch.words, &office->arena, &forms, &office->err));
    int people = 0;
    for (int i = 0; i < forms.vaccine_count; i++)
        for (int k = 0; k < forms.vaccines[i].position_count; k++) {
            PaperDose dose = {.series = forms.vaccines[i].series,
                              .position = forms.vaccines[i].positions[k].position,
                              .earliest = 20780,
                              .standard_from = 20780,
                              .standard_to = 20800,
                              .last = 20900,
                              .last_safe = DAY_NONE};
            PaperPerson person =
                people_person(str_equal(forms.vaccines[i].legal_class, S("B")) ? 2 : 0);
            person.who = addressee_no_of(900000000000000 + ++people);
            person.doses = &dose;
            person.dose_count = 1;
            assert_int_equal(papers_person(office->papers, &person), PAPER_FINE);
        }
    office_release(office);
    assert_int_equal(office->report.drawn, people);
    assert_int_equal(office->report.pages, 4 * people);
}

static Str front_text(Office *office, Str path)
{
    Str text = whole_text(office, path);
    ptrdiff_t back = str_find(text, S("予防接種を受ける前に"));
    return back < 0 ? text : str_first(text, back);
}

// However many doses and however long the notes: rows of at least 7 mm, the notes under them or on the back.
static void nine_doses_and_all_their_notes_find_room(void **state)
{
    Office *office = *state;
    static const char *const series[] = {"ROTA", "HEPB", "HIB", "PCV", "DPTIPV",
                                         "BCG",  "MR1",  "VAR", "IPV"};
    PaperDose doses[PAPER_DOSES_MAX];
    PaperPerson person = people_person(0);
    for (int i = 0; i < PAPER_DOSES_MAX; i++) {
        bool primary = i == 2 || i == 3 || i == 4 || i == 8;
        doses[i] = (PaperDose){.series = str_of(series[i]),
                               .position = primary ? S("P1") : S("1"),
                               .earliest = 20780,
                               .standard_from = 20780,
                               .standard_to = 20800,
                               .last = 21900,
                               .last_safe = i == 1 ? DAY_NONE : 21800,
                               .last_within = i == 1 ? S("2") : (Str){0}};
    }
    static const int counts[] = {9, 4};
    office->batch.form_parts = 0;
    person.doses = doses;
    for (int i = 0; i < countof(counts); i++) {
        office_begin(office);
        person.dose_count = counts[i];
        assert_int_equal(papers_person(office->papers, &person), PAPER_FINE);
        office_release(office);
        Str front = front_text(office, office_file(office, PAPER_FILE_PAPERS));
        Str all = whole_text(office, office_file(office, PAPER_FILE_PAPERS));
        assert_int_equal(times(front, "（2029-12-17）"), 0);  // brackets belong to the first day
        assert_int_equal(times(front, "2029-12-17"), counts[i]);
        assert_int_equal(has(front, "うら面に書いています"), counts[i] == 9);
        assert_int_equal(has(front, "2回目まで"), counts[i] == 4);
        assert_true(has(all, "2回目まで"));
        papers_close(office->papers);
        office->papers = NULL;
    }
}


static int office_with_checker(void **state)
{
    int opened = office_open(state);
    Office *office = *state;
    office->batch.checker = checker;
    return opened;
}

// papers_test CHECKER
int main(int argc, char **argv)
{
    if (argc < 2) return 1;
    checker = argv[1];
    const struct CMUnitTest tests[] = {
#define STORY(name) cmocka_unit_test_setup_teardown(name, office_with_checker, office_close)
        STORY(six_people_get_their_papers_in_the_order_of_the_post),
        STORY(the_same_batch_has_the_same_bytes),
        STORY(hundreds_of_letters_have_the_same_bytes_twice),
        STORY(every_page_is_told_with_its_tag),
        STORY(every_sheet_that_goes_to_the_post_bears_the_number_of_its_record),
        STORY(when_the_tags_cannot_be_kept_nothing_is_released),
        STORY(each_fault_stops_one_person_and_nobody_else),
        STORY(a_period_that_ends_before_it_begins_is_not_printed),
        STORY(nothing_of_a_protected_home_leaves_the_office),
        STORY(a_shifted_barcode_column_is_seen),
        STORY(a_shifted_number_column_is_seen),
        STORY(a_fault_is_seen_wherever_in_the_stack_it_is),
        STORY(a_fault_is_seen_by_whichever_program_reads_its_page),
        STORY(a_part_that_nobody_vouches_for_refuses_the_batch),
        STORY(a_page_is_shown_as_a_picture),
        STORY(somebody_elses_name_is_seen),
        STORY(ink_in_the_window_is_seen),
        STORY(a_missing_page_is_seen),
        STORY(envelopes_and_days_are_respected),
        STORY(a_heavy_letter_pays_its_own_step),
        STORY(a_day_that_has_gone_by_is_no_advice),
        STORY(a_product_whose_day_is_gone_is_told_as_such),
        STORY(a_reminder_is_one_letter_with_a_blank_back),
        STORY(without_a_page_of_the_city_the_letter_speaks_of_no_code),
        STORY(a_batch_of_nobody_writes_no_paper),
        STORY(nine_doses_and_all_their_notes_find_room),
        STORY(every_form_of_the_schedule_passes_its_check),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
