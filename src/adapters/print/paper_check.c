// The self-check (forms.md 5.3): what was drawn is read back from the file, as text and as a picture,
// and compared with the snapshots. It knows the drawing code's places, never its values.
// SPDX-License-Identifier: Apache-2.0
#include "code_reader.h"
#include "needles.h"
#include "papers_run.h"
#include "utf8.h"

#include <poppler.h>

#include <assert.h>
#include <math.h>
#include <string.h>

#define DOTS_PER_MM (200 / 25.4)  // the pictures are at 200 dpi

typedef struct Checker {
    const Papers *papers;
    const Needles *needles;  // numbers and names of everybody in the batch
    const KeptPerson *person;
    const Sheet *sheet;
    PopplerPage *page;
    char *text;                // poppler's, of the whole page
    PopplerRectangle *places;  // one per code point of `text`
    guint place_count;
    Arena scratch;
    Error *err;
} Checker;

// Names the place in the stack and the item; what stands there instead is for the officer's eyes only.
static bool wrong(const Checker *c, const char *item)
{
    return FAIL(
        c->err, E_PAPER, .row = c->person->sequence, .item = str_of(item),
        .words = S("印刷した内容がもとのデータと一致しません（P107）。このバッチは発送できません。"
                   "担当者に連絡してください。"));
}

static bool is_blank(int32_t code)
{
    return code == ' ' || code == 0x3000 || code == 0xA0 || (code >= '\t' && code <= '\r');
}

static Str without_blanks(Str text, Arena *arena)
{
    Text out = {0};
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        if (!is_blank(code)) text_add_code(&out, arena, code);
    }
    return text_str(&out);
}

// The code points whose middle lies in a box, in reading order, blanks left out.
static Str text_in(Checker *c, Box box)
{
    Text out = {0};
    Str text = str_of(c->text);
    guint place = 0;
    for (ptrdiff_t at = 0; at < text.len && place < c->place_count; place++) {
        int32_t code = utf8_next(text, &at);
        const PopplerRectangle *r = &c->places[place];
        double x = (r->x1 + r->x2) / 2 * MM_PER_POINT, y = (r->y1 + r->y2) / 2 * MM_PER_POINT;
        bool inside = x >= box.x && x <= box.x + box.w && y >= box.y && y <= box.y + box.h;
        if (inside && !is_blank(code)) text_add_code(&out, &c->scratch, code);
    }
    return text_str(&out);
}

static bool expect_text(Checker *c, const char *item, Box box, Str expected)
{
    Str read = text_in(c, box);
    return str_equal(read, without_blanks(expected, &c->scratch)) || wrong(c, item);
}

static bool check_foot(Checker *c)
{
    PageTag tag = sheet_tag(&c->papers->batch, c->person->sequence, c->sheet->page), read;
    Str printed = text_in(c, TAG_TEXT_BOX);
    if (!page_tag_read(printed, &read) || strcmp(read.text, tag.text) != 0) return wrong(c, "頁札");
    Str foot = str_format(&c->scratch, "整理番号%s｜%.*s｜%d/%d", c->person->snapshot.who.digits,
                          STR(c->sheet->paper), c->sheet->page, c->sheet->of);
    return expect_text(c, "整理番号", FOOT_NUMBER_BOX, foot);
}

static Box address_box(const Papers *papers)
{
    Box b = papers->block;
    return (Box){b.x - 0.5, b.y - 1, b.w + 1, b.h + 2};
}

static bool check_letter(Checker *c)
{
    const KeptPerson *p = c->person;
    const LettersWords *words = &c->papers->forms.letters;
    Text expected = {0};
    char digits[7];
    if (postal_code_read(p->mailing.postal_code, digits))
        text_addf(&expected, &c->scratch, "〒%.3s-%.4s", digits, digits + 3);
    const Str parts[] = {p->mailing.address, p->mailing.building, p->name, words->honorific,
                         p->minor ? words->guardian : (Str){0}};
    for (int i = 0; i < countof(parts); i++) text_add(&expected, &c->scratch, parts[i]);
    return expect_text(c, "宛名", address_box(c->papers), text_str(&expected));
}

static bool check_form(Checker *c)
{
    const KeptPerson *p = c->person;
    const PaperPerson *s = &p->snapshot;
    bool roman = s->alias_first && s->alias.len;
    Str name = str_join(&c->scratch, p->name, roman ? s->name_roman : (Str){0});
    Str address = s->is_protected ? c->papers->forms.screening.address_withheld
                                  : str_join(&c->scratch, s->home.address, s->home.building);
    return expect_text(c, "整理番号", SCREENING_NUMBER_BOX, addressee_text(&s->who)) &&
           expect_text(c, "氏名", SCREENING_NAME_BOX, name) &&
           expect_text(c, "住所", SCREENING_ADDRESS_BOX, address);
}

// `context` is everything of this person that a page may show.
static bool is_own(void *context, Str needle)
{
    return str_find(*(const Str *)context, needle) >= 0;
}

static bool check_strangers(Checker *c)
{
    const PaperPerson *s = &c->person->snapshot;
    const Str texts[] = {addressee_text(&s->who), s->name,          s->name_kana,
                         s->name_roman,           s->alias,         s->alias_kana,
                         s->home.address,         s->home.building, s->mailing.address,
                         s->mailing.building};
    Text own_text = {0};
    for (int i = 0; i < countof(texts); i++)
        text_addf(&own_text, &c->scratch, "%.*s\n", STR(texts[i]));
    Str lines = text_str(&own_text);
    Text bare = {0};  // blanks away, line ends kept: no name may run over two items
    for (Cut cut = str_cut(lines, '\n'); cut.found; cut = str_cut(cut.tail, '\n'))
        text_addf(&bare, &c->scratch, "%.*s\n", STR(without_blanks(cut.head, &c->scratch)));
    Str own = text_str(&bare);
    Str page = without_blanks(str_of(c->text), &c->scratch);
    return needles_find(c->needles, page, is_own, &own) || wrong(c, "他の人の番号・氏名");
}

// A part of the page as a grey picture.
static GreyPicture picture_of(Checker *c, Box box)
{
    int width = (int)ceil(box.w * DOTS_PER_MM), height = (int)ceil(box.h * DOTS_PER_MM);
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
    cairo_t *cairo = cairo_create(surface);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, 200.0 / 72, 200.0 / 72);
    cairo_translate(cairo, -box.x / MM_PER_POINT, -box.y / MM_PER_POINT);
    poppler_page_render(c->page, cairo);
    cairo_destroy(cairo);

    cairo_surface_flush(surface);
    const unsigned char *pixels = cairo_image_surface_get_data(surface);
    int stride = cairo_image_surface_get_stride(surface);
    unsigned char *grey = NEW(&c->scratch, unsigned char, (ptrdiff_t)width *height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)  // green is enough: everything is grey
            grey[(ptrdiff_t)y * width + x] = pixels[(ptrdiff_t)y * stride + 4 * (ptrdiff_t)x + 1];
    cairo_surface_destroy(surface);
    return (GreyPicture){grey, width, height};
}

static bool check_code(Checker *c, const char *item, Box box, CodeKind kind, Str expected)
{
    CodesRead read = codes_read(picture_of(c, box));
    if (read.count != 1 || read.codes[0].kind != kind) return wrong(c, item);
    return str_equal(str_of(read.codes[0].text), expected) || wrong(c, item);
}

static bool dark(GreyPicture p, int x, int y)
{
    return x >= 0 && y >= 0 && x < p.width && y < p.height &&
           p.at[(ptrdiff_t)y * p.width + x] < 128;
}

// Measures the bars as a sorting machine does: along the middle for places, above and below it for kind.
static bool measure_bars(GreyPicture p, CustomerBars *bars)
{
    int bottom = p.height - 1;
    for (bool found = false; bottom >= 0 && !found; bottom--)
        for (int x = 0; x < p.width && !found; x++) found = dark(p, x, bottom);
    int height = (int)round(75 * MM_PER_DOT * DOTS_PER_MM);
    int middle = bottom - height / 2, upper = middle - height / 3, lower = middle + height / 3;
    int count = 0;
    for (int x = 0; x < p.width; x++) {
        if (!dark(p, x, middle)) continue;
        int from = x;
        while (dark(p, x, middle)) x++;
        if (count == CUSTOMER_BARS) return false;
        int centre = (from + x - 1) / 2;
        bool up = dark(p, centre, upper), down = dark(p, centre, lower);
        bars->bars[count++] = (unsigned char)(up && down ? CUSTOMER_LONG
                                              : up       ? CUSTOMER_SEMI_UP
                                              : down     ? CUSTOMER_SEMI_DOWN
                                                         : CUSTOMER_TIMING);
    }
    return count == CUSTOMER_BARS;
}

// From the snapshot again, not from the column that was drawn.
static bool check_barcode(Checker *c, GreyPicture window, Box window_box)
{
    const PaperAddress *mailing = &c->person->mailing;
    Str rest =
        str_format(&c->scratch, "%.*s　%.*s", STR(str_from(mailing->address, mailing->area.len)),
                   STR(mailing->building));
    CustomerBarcode expected, read;
    if (!customer_barcode_of(mailing->postal_code, rest, &expected, c->scratch))
        return wrong(c, "カスタマバーコード");

    Box block = address_box(c->papers);
    int x0 = (int)((block.x - window_box.x) * DOTS_PER_MM),
        y0 = (int)((block.y - window_box.y) * DOTS_PER_MM);
    int width = (int)(block.w * DOTS_PER_MM), height = (int)(block.h * DOTS_PER_MM);
    unsigned char *cut = NEW(&c->scratch, unsigned char, (ptrdiff_t)width *height);
    for (int y = 0; y < height; y++)
        memcpy(cut + (ptrdiff_t)y * width, window.at + (ptrdiff_t)(y0 + y) * window.width + x0,
               (size_t)width);
    CustomerBars bars = {0};
    if (!measure_bars((GreyPicture){cut, width, height}, &bars) || !customer_bars_read(bars, &read))
        return wrong(c, "カスタマバーコード");
    return customer_barcode_same(expected, read) || wrong(c, "カスタマバーコード");
}

static bool check_window(Checker *c)
{
    Box clear = c->papers->forms.clear, block = address_box(c->papers);
    GreyPicture window = picture_of(c, clear);
    for (int y = 0; y < window.height; y++)
        for (int x = 0; x < window.width; x++) {
            double mm_x = clear.x + x / DOTS_PER_MM, mm_y = clear.y + y / DOTS_PER_MM;
            bool inside = mm_x >= block.x && mm_x <= block.x + block.w && mm_y >= block.y &&
                          mm_y <= block.y + block.h;
            if (!inside && window.at[(ptrdiff_t)y * window.width + x] < 250) return wrong(c, "窓");
        }
    return !c->person->has_barcode || check_barcode(c, window, clear);
}

static bool check_pixels(Checker *c)
{
    PageTag tag = sheet_tag(&c->papers->batch, c->person->sequence, c->sheet->page);
    if (!check_code(c, "頁札", TAG_QR_BOX, CODE_QR, str_of(tag.text))) return false;
    if (c->sheet->kind == SHEET_LETTER) return check_window(c);
    if (c->sheet->kind != SHEET_FORM) return true;
    Nw7 number = nw7_of(BAR_PERSON, addressee_text(&c->person->snapshot.who));
    return check_code(c, "整理番号バーコード", SCREENING_CODE_BOX, CODE_NW7,
                      str_of(number.contents));
}

static bool check_text(Checker *c)
{
    if (!check_foot(c) || !check_strangers(c)) return false;
    if (c->sheet->kind == SHEET_LETTER) return check_letter(c);
    return c->sheet->kind != SHEET_FORM || check_form(c);
}

static bool check_page(Checker *c, PopplerDocument *document, int page)
{
    c->page = poppler_document_get_page(document, page);
    assert(c->page);
    c->text = poppler_page_get_text(c->page);
    c->places = NULL;
    c->place_count = 0;
    poppler_page_get_text_layout(c->page, &c->places, &c->place_count);
    bool right = check_text(c) && check_pixels(c);
    g_free(c->places);
    g_free(c->text);
    g_object_unref(c->page);
    return right;
}

// Short names stand inside addresses and sentences by chance; those of four characters and more do not.
static const Needles *needles_of_batch(const Papers *papers)
{
    enum { SHORTEST = 4 };
    Arena *arena = papers->arena;
    Str *texts = NEW(arena, Str, 2 * papers->kept.count);
    ptrdiff_t count = 0;
    for (ptrdiff_t i = 0; i < papers->kept.count; i++) {
        const KeptPerson *p = papers->kept.at[i];
        texts[count++] = addressee_text(&p->snapshot.who);
        Str name = without_blanks(p->name, arena);
        if (utf8_count(name) >= SHORTEST) texts[count++] = name;
    }
    return needles_of(texts, count, arena);
}

static int pages_expected(const Papers *papers)
{
    int pages = 0;
    for (int i = 0; i < papers->count; i++)
        pages += sheets_of(&papers->drawing, papers->order[i]).count;
    return pages;
}

static bool check_all(const Papers *papers, PopplerDocument *document, Arena scratch, Error *err)
{
    if (poppler_document_get_n_pages(document) != pages_expected(papers))
        return FAIL(
            err, E_PAPER, .item = S("頁数"),
            .words = S(
                "頁数が合いません（P107）。このバッチは発送できません。担当者に連絡してください。"));
    const Needles *needles = needles_of_batch(papers);
    int page = 0;
    for (int i = 0; i < papers->count; i++) {
        Sheets sheets = sheets_of(&papers->drawing, papers->order[i]);
        for (int k = 0; k < sheets.count; k++) {
            Checker c = {.papers = papers,
                         .needles = needles,
                         .person = papers->order[i],
                         .sheet = &sheets.at[k],
                         .scratch = scratch,
                         .err = err};
            if (!check_page(&c, document, page++)) return false;
        }
    }
    return true;
}

bool papers_check(Papers *papers, const char *path, Error *err)
{
    GMappedFile *file = g_mapped_file_new(path, FALSE, NULL);
    if (!file)
        return FAIL(err, E_FILE_READ, .value = str_of(path),
                    .words = S("印刷したファイルを読み直せません。"));
    GBytes *bytes = g_mapped_file_get_bytes(file);
    PopplerDocument *document = poppler_document_new_from_bytes(bytes, NULL, NULL);
    Arena scratch = arena_reserve(64 << 20);
    bool right = false;
    if (document)
        right = check_all(papers, document, scratch, err);
    else
        (void)FAIL(err, E_FILE_READ, .value = str_of(path),
                   .words = S("印刷したファイルを読み直せません。"));
    arena_release(scratch);
    if (document) g_object_unref(document);
    g_bytes_unref(bytes);
    g_mapped_file_unref(file);
    return right;
}
