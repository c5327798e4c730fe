// The self-check of one page (forms.md 5.3): what was drawn is read back from the file, as text and as a picture,
// and compared with the snapshots. It knows the drawing code's places, never its values.
// SPDX-License-Identifier: Apache-2.0
#include "page_check.h"
#include "page_tag.h"

#include "utf8.h"

#include <assert.h>
#include <math.h>
#include <string.h>

bool check_wrong(const Checker *c, const char *item)
{
    return FAIL(c->err, E_PAPER, .row = c->expected->sequence, .item = str_of(item));
}

typedef struct Place {
    double x, y;
    int32_t code;
} Place;

// On one line where the middles differ by less than half a line of the smallest type.
static bool stands_before(const Place *a, const Place *b)
{
    static const double line = 1.5;
    if (fabs(a->y - b->y) > line) return a->y < b->y;
    return a->x < b->x - 0.01;
}

// The code points whose middle lies in a box, by lines and from the left, blanks left out. Poppler's own
// order takes columns for what they are not; a selector has the place of its kanji and stays behind it.
static Str text_in(Checker *c, Box box)
{
    enum { MOST = 4000 };  // a page of a certificate
    Place *found = NEW(&c->scratch, Place, MOST);
    int count = 0;
    Str text = str_of(c->text);
    guint place = 0;
    for (ptrdiff_t at = 0; at < text.len && place < c->place_count && count < MOST; place++) {
        int32_t code = utf8_next(text, &at);
        const PopplerRectangle *r = &c->places[place];
        Place p = {(r->x1 + r->x2) / 2 * MM_PER_POINT, (r->y1 + r->y2) / 2 * MM_PER_POINT, code};
        bool inside = p.x >= box.x && p.x <= box.x + box.w && p.y >= box.y && p.y <= box.y + box.h;
        if (!inside || blank_code(code)) continue;
        int i = count++;
        for (; i > 0 && stands_before(&p, &found[i - 1]); i--) found[i] = found[i - 1];
        found[i] = p;
    }
    Text out = {0};
    for (int i = 0; i < count; i++) text_add_code(&out, &c->scratch, found[i].code);
    return text_str(&out);
}

static bool expect_text(Checker *c, const char *item, Box box, Str expected)
{
    return str_equal(text_in(c, box), expected) || check_wrong(c, item);
}

static bool check_foot(Checker *c)
{
    PageTag read;
    Str printed = text_in(c, TAG_TEXT_BOX);
    if (!page_tag_read(printed, &read) || !str_equal(str_of(read.text), c->expected->tag))
        return check_wrong(c, "頁札");
    return expect_text(c, "整理番号", FOOT_NUMBER_BOX, c->expected->foot);
}

static bool check_form(Checker *c)
{
    const PageExpected *e = c->expected;
    return expect_text(c, "整理番号", SCREENING_NUMBER_BOX, e->number) &&
           expect_text(c, "氏名", SCREENING_NAME_BOX, e->name) &&
           expect_text(c, "住所", SCREENING_ADDRESS_BOX, e->home);
}

static bool check_certificate(Checker *c)
{
    const PageExpected *e = c->expected;
    return expect_text(c, "交付番号", CERTIFICATE_NUMBER_BOX, e->number) &&
           expect_text(c, "氏名", CERTIFICATE_NAME_BOX, e->name) &&
           expect_text(c, "生年月日・住所", CERTIFICATE_HOME_BOX, e->home) &&
           expect_text(c, "接種", CERTIFICATE_TABLE_BOX, e->address);
}

// `context` is everything of this person that a page may show.
static bool is_own(void *context, Str needle)
{
    return str_find(*(const Str *)context, needle) >= 0;
}

static bool check_strangers(Checker *c)
{
    Str own = c->expected->own;
    Str page = without_blanks(str_of(c->text), &c->scratch);
    return needles_find(c->needles, page, is_own, &own) || check_wrong(c, "他の人の番号・氏名");
}

static bool check_text(Checker *c)
{
    if (!check_foot(c) || !check_strangers(c)) return false;
    if (c->expected->kind == PAGE_LETTER)
        return expect_text(c, "宛名", c->stack->block, c->expected->address);
    if (c->expected->kind == PAGE_CERTIFICATE) return check_certificate(c);
    return c->expected->kind != PAGE_FORM || check_form(c);
}

bool check_page(Checker *c, PopplerDocument *document, int page)
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
