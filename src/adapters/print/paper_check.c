// The self-check of one page (forms.md 5.3): what was drawn is read back from the file, as text and as a picture,
// and compared with the snapshots. It knows the drawing code's places, never its values.
// SPDX-License-Identifier: Apache-2.0
#include "page_check.h"

#include "utf8.h"

#include <assert.h>
#include <math.h>
#include <string.h>

bool check_wrong(const Checker *c, const char *item)
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

Str without_blanks(Str text, Arena *arena)
{
    Text out = {0};
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        if (!is_blank(code)) text_add_code(&out, arena, code);
    }
    return text_str(&out);
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
    enum { MOST = 400 };
    Place *found = NEW(&c->scratch, Place, MOST);
    int count = 0;
    Str text = str_of(c->text);
    guint place = 0;
    for (ptrdiff_t at = 0; at < text.len && place < c->place_count && count < MOST; place++) {
        int32_t code = utf8_next(text, &at);
        const PopplerRectangle *r = &c->places[place];
        Place p = {(r->x1 + r->x2) / 2 * MM_PER_POINT, (r->y1 + r->y2) / 2 * MM_PER_POINT, code};
        bool inside = p.x >= box.x && p.x <= box.x + box.w && p.y >= box.y && p.y <= box.y + box.h;
        if (!inside || is_blank(code)) continue;
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
    Str read = text_in(c, box);
    return str_equal(read, without_blanks(expected, &c->scratch)) || check_wrong(c, item);
}

static bool check_foot(Checker *c)
{
    PageTag tag = sheet_tag(&c->papers->batch, c->person->sequence, c->sheet->page), read;
    Str printed = text_in(c, TAG_TEXT_BOX);
    if (!page_tag_read(printed, &read) || strcmp(read.text, tag.text) != 0)
        return check_wrong(c, "頁札");
    Str foot = str_format(&c->scratch, "整理番号%s｜%.*s｜%d/%d", c->person->snapshot.who.digits,
                          STR(c->sheet->paper), c->sheet->page, c->sheet->of);
    return expect_text(c, "整理番号", FOOT_NUMBER_BOX, foot);
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
    return expect_text(c, "宛名", check_address_box(c->papers), text_str(&expected));
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
    return needles_find(c->needles, page, is_own, &own) || check_wrong(c, "他の人の番号・氏名");
}

static bool check_text(Checker *c)
{
    if (!check_foot(c) || !check_strangers(c)) return false;
    if (c->sheet->kind == SHEET_LETTER) return check_letter(c);
    return c->sheet->kind != SHEET_FORM || check_form(c);
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
