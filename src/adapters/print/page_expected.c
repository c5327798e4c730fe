// What the pages of a stack must show, from the snapshots alone.
// SPDX-License-Identifier: Apache-2.0
#include "page_expected.h"

#include "dates.h"
#include "utf8.h"

static Str foot_of(const KeptPerson *person, const Sheet *sheet, Arena *arena)
{
    Str foot = str_format(arena, "整理番号%s｜%.*s｜%d/%d", person->snapshot.who.digits,
                          STR(sheet->paper), sheet->page, sheet->of);
    return without_blanks(foot, arena);
}

static Str address_of(const Papers *papers, const KeptPerson *p, Arena *arena)
{
    const LettersWords *words = &papers->forms.letters;
    Text text = {0};
    char digits[7];
    if (postal_code_read(p->mailing.postal_code, digits))
        text_addf(&text, arena, "〒%.3s-%.4s", digits, digits + 3);
    const Str parts[] = {p->mailing.address, p->mailing.building, p->name, words->honorific,
                         p->minor ? words->guardian : (Str){0}};
    for (int i = 0; i < countof(parts); i++) text_add(&text, arena, parts[i]);
    return without_blanks(text_str(&text), arena);
}

// Blanks away, line ends kept: no name may run over two items.
static Str own_of(const PaperPerson *s, Arena *arena)
{
    const Str texts[] = {addressee_text(&s->who), s->name,          s->name_kana,
                         s->name_roman,           s->alias,         s->alias_kana,
                         s->home.address,         s->home.building, s->mailing.address,
                         s->mailing.building};
    Text own = {0};
    for (int i = 0; i < countof(texts); i++)
        text_addf(&own, arena, "%.*s\n", STR(without_blanks(texts[i], arena)));
    return text_str(&own);
}

static void letter_expected(const Papers *papers, const KeptPerson *p, Arena *arena,
                            PageExpected *page)
{
    const PaperAddress *mailing = &p->mailing;
    page->kind = PAGE_LETTER;
    page->address = address_of(papers, p, arena);
    page->has_barcode = p->has_barcode;
    page->postal_code = mailing->postal_code;
    page->address_rest =
        str_format(arena, "%.*s　%.*s", STR(str_from(mailing->address, mailing->area.len)),
                   STR(mailing->building));
}

static void form_expected(const Papers *papers, const KeptPerson *p, Arena *arena,
                          PageExpected *page)
{
    const PaperPerson *s = &p->snapshot;
    bool roman = s->alias_first && s->alias.len;
    Str home = s->is_protected ? papers->forms.screening.address_withheld
                               : str_join(arena, s->home.address, s->home.building);
    Nw7 bars = nw7_of(BAR_PERSON, addressee_text(&s->who));
    page->kind = PAGE_FORM;
    page->number = without_blanks(addressee_text(&s->who), arena);
    page->name = without_blanks(str_join(arena, p->name, roman ? s->name_roman : (Str){0}), arena);
    page->home = without_blanks(home, arena);
    page->bars = str_copy(arena, str_of(bars.contents));
}

// By lines, from the left: the two lines of a dose; its items, each behind its name.
static Str doses_of(const CertificatesWords *words, const Certificate *c, int first, Arena *arena)
{
    Text text = {0};
    int end = first + certificate_lines(c->kind);
    for (int i = first; i < end && i < c->dose_count; i++) {
        const CertificateDose *d = &c->doses[i];
        const Str line[] = {d->vaccine, d->position, d->given_on, d->product, d->legal, d->source, d->lot, d->place};
        const Str items[] = {d->vaccine, d->position, d->given_on, d->product, d->legal, d->lot, d->place};
        for (int k = 0; k < countof(line) && c->kind == CERTIFICATE_RECORD; k++) text_add(&text, arena, line[k]);
        for (int k = 0; k < countof(items) && c->kind == CERTIFICATE_DOSE; k++)
            text_addf(&text, arena, "%.*s%.*s", STR(words->items[k]), STR(items[k].len ? items[k] : words->none));
    }
    if (c->kind == CERTIFICATE_RECORD && end > c->dose_count) text_add(&text, arena, words->rest);
    return without_blanks(text_str(&text), arena);
}

static void certificate_expected(const Papers *papers, const Certificate *c, int first, Arena *arena, PageExpected *page)
{
    const CertificatesWords *words = &papers->forms.certificates;
    Text home = {0};
    page->kind = PAGE_CERTIFICATE;
    page->number = without_blanks(
        str_format(arena, "%.*s%lld%.*s", STR(words->number[0]), (long long)c->number, STR(words->number[1])), arena);
    page->name = without_blanks(c->name, arena);
    text_add(&home, arena, date_partial_era_text(arena, c->birth));
    text_add(&home, arena, c->address.len ? c->address : words->none);
    if (c->address.len) text_add(&home, arena, c->building);
    page->home = without_blanks(text_str(&home), arena);
    page->address = doses_of(words, c, first, arena);
}

static PageExpected page_expected(const Papers *papers, const KeptPerson *person,
                                  const Sheet *sheet, Str own, Arena *arena)
{
    PageTag tag = sheet_tag(&papers->batch, person->sequence, sheet->page);
    PageExpected page = {.sequence = person->sequence,
                         .kind = PAGE_OTHER,
                         .tag = str_copy(arena, str_of(tag.text)),
                         .foot = foot_of(person, sheet, arena),
                         .own = own};
    if (sheet->kind == SHEET_LETTER) letter_expected(papers, person, arena, &page);
    if (sheet->kind == SHEET_FORM) form_expected(papers, person, arena, &page);
    if (sheet->kind == SHEET_CERTIFICATE) certificate_expected(papers, person->certificate, sheet->dose, arena, &page);
    return page;
}

// Short names stand inside addresses and sentences by chance; those of four characters and more do not.
static void needles_expected(const Papers *papers, Arena *arena, StackExpected *stack)
{
    enum { SHORTEST = 4 };
    Str *texts = NEW(arena, Str, 2 * papers->kept.count);
    for (ptrdiff_t i = 0; i < papers->kept.count; i++) {
        const KeptPerson *p = papers->kept.at[i];
        Str name = without_blanks(p->name, arena);
        texts[stack->needle_count++] = addressee_text(&p->snapshot.who);
        if (utf8_count(name) >= SHORTEST) texts[stack->needle_count++] = name;
    }
    stack->needles = texts;
}

static Box with_air(Box b)
{
    return (Box){b.x - 0.5, b.y - 1, b.w + 1, b.h + 2};
}

StackExpected stack_expected(const Papers *papers, Arena *arena)
{
    StackExpected stack = {.block = with_air(papers->block), .clear = papers->forms.clear};
    int most = 0;
    for (int i = 0; i < papers->count; i++)
        most += sheets_of(&papers->drawing, papers->order[i]).count;
    PageExpected *pages = NEW(arena, PageExpected, most);
    for (int i = 0; i < papers->count; i++) {
        const KeptPerson *person = papers->order[i];
        Sheets sheets = sheets_of(&papers->drawing, person);
        Str own = own_of(&person->snapshot, arena);
        for (int k = 0; k < sheets.count; k++)
            pages[stack.page_count++] = page_expected(papers, person, &sheets.at[k], own, arena);
    }
    stack.pages = pages;
    needles_expected(papers, arena, &stack);
    return stack;
}
