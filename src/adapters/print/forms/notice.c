// 個別通知 and 再勧奨 (forms.md 6, papers 1 and 3): one letter, every vaccine of one person a line.
// SPDX-License-Identifier: Apache-2.0
#include "bars.h"
#include "dates.h"
#include "dose_words.h"
#include "letter_table.h"

static const double left = 15, right = 195, body_width = 180;

// For children or for adults, with the public code on the letter or without it, in reminders only; else by
// what is given.
static bool section_applies(const Section *section, const KeptPerson *person,
                            const PapersBatch *batch)
{
    bool minor = person->minor, code = batch->sender.public_url.len > 0;
    const struct {
        Str legal_class;
        bool applies;
    } classes[] = {{S("minor"), minor},
                   {S("adult"), !minor},
                   {S("code"), code},
                   {S("no_code"), !code},
                   {S("reminder"), batch->letter == LETTER_REMINDER}};
    for (int i = 0; i < countof(classes); i++)
        if (str_equal(section->legal_class, classes[i].legal_class)) return classes[i].applies;
    return section_for_doses(section->legal_class, person->doses, person->snapshot.dose_count);
}

// Which sections apply, as bits: layers are the same where these are.
static unsigned applying(const Sections *sections, const KeptPerson *person,
                         const PapersBatch *batch)
{
    unsigned bits = 0;
    for (int i = 0; i < sections->count; i++)
        if (section_applies(&sections->at[i], person, batch)) bits |= 1U << i;
    return bits;
}

Str notice_static_key(const Drawing *drawing, const KeptPerson *person, Arena *arena)
{
    const LettersWords *words = &drawing->forms->letters;
    return str_format(arena, "letter %d%d %x %x %.*s", person->minor, person->large,
                      applying(&words->how, person, drawing->batch),
                      applying(&words->explain, person, drawing->batch),
                      STR(person->envelope->name));
}

Str notice_back_key(const Drawing *drawing, const KeptPerson *person, Arena *arena)
{
    return str_format(arena, "letter back %d %x", person->large,
                      applying(&drawing->forms->letters.back, person, drawing->batch));
}

static void put_sender(Pen *pen, const PapersBatch *batch, Arena *scratch)
{
    pen_text(pen, (Ink){FACE_BODY, 10.5, ALIGN_RIGHT}, right, 18,
             date_era_text(scratch, batch->mailed_on));
    pen_text(pen, (Ink){FACE_BODY_BOLD, 12}, 125, 26,
             batch->sender.mayor.len ? batch->sender.mayor : batch->sender.city);
    pen_text(pen, (Ink){FACE_BODY, 10.5}, 125, 32, batch->sender.section);
    if (batch->sender.telephone.len)
        pen_text(pen, (Ink){FACE_BODY, 12}, 125, 38,
                 str_join(scratch, S("電話 "), batch->sender.telephone));
}

static double put_how(Pen *pen, const LettersWords *words, const KeptPerson *person,
                      const PapersBatch *batch, const LetterSizes *sizes)
{
    static const double title_width = 34;
    double y = LETTER_HOW_TOP + 1.6, points = sizes->cell, leading = points * 0.46;
    pen_across(pen, left, LETTER_HOW_TOP, body_width, 0.2);
    for (int i = 0; i < words->how.count; i++) {
        const Section *section = &words->how.at[i];
        if (!section_applies(section, person, batch)) continue;
        pen_text(pen, (Ink){FACE_BODY_BOLD, points}, left, y + points * MM_PER_POINT * 0.88,
                 section->title);
        y = pen_paragraph(pen, (Ink){FACE_BODY, points}, left + title_width, y,
                          body_width - title_width, leading, section->text);
    }
    return y;
}

static void put_explanation(Pen *pen, const LettersWords *words, const KeptPerson *person,
                            const PapersBatch *batch, const LetterSizes *sizes, double y)
{
    for (int i = 0; i < words->explain.count; i++) {
        const Section *section = &words->explain.at[i];
        if (!section_applies(section, person, batch)) continue;
        y = pen_paragraph(pen, (Ink){FACE_BODY_BOLD, sizes->body}, left, y, 130, sizes->leading,
                          section->title);
        y = pen_paragraph(pen, (Ink){FACE_BODY, sizes->body}, left, y, 130, sizes->leading,
                          section->text) +
            1.2;
    }
}

static void put_public_code(Pen *pen, const PapersBatch *batch, const LettersWords *words,
                            const LetterSizes *sizes)
{
    static const double side = 20, middle = 172.5, top = 214;
    double points = sizes->body >= 12 ? 10 : 8;
    if (!batch->sender.public_url.len) return;
    double drawn = pen_qr_within(pen, middle - side / 2, top, side, batch->sender.public_url);
    if (drawn <= 0) return;
    double y = top + drawn + 5;
    pen_text_within(pen, (Ink){FACE_BODY_BOLD, points + 0.5, ALIGN_CENTRE}, middle, y, 44,
                    words->qr_caption);
    for (int i = 0; i < 2; i++)
        pen_text_within(pen, (Ink){FACE_BODY, points, ALIGN_CENTRE}, middle, y + 5 + 4 * i, 44,
                        words->languages[i]);
}

static const LetterWords *letter_words(const Drawing *drawing)
{
    const LettersWords *words = &drawing->forms->letters;
    return drawing->batch->letter == LETTER_REMINDER ? &words->reminder : &words->notice;
}

void notice_static(Drawing *drawing, Pen *pen, const KeptPerson *person, const Sheet *sheet)
{
    (void)sheet;
    const LettersWords *words = &drawing->forms->letters;
    const LetterWords *letter = letter_words(drawing);
    const LetterSizes *sizes = letter_sizes(person);
    put_sender(pen, drawing->batch, drawing->arena);
    pen_paragraph(pen, (Ink){FACE_BODY, sizes->body}, left, 78, body_width, sizes->leading + 0.2,
                  person->minor ? letter->child : letter->adult);
    letter_table_head(pen, words, sizes);
    double y = put_how(pen, words, person, drawing->batch, sizes) + 1.5;
    if (y < sizes->explain_top) y = sizes->explain_top;
    put_explanation(pen, words, person, drawing->batch, sizes, y);
    put_public_code(pen, drawing->batch, words, sizes);
}

// What the letter is about: the vaccine, or the first of several and 「ほか」. One that comes twice (two periods
// of one vaccine) is one.
static Str vaccines_of(const KeptPerson *person, Str more, Arena *scratch)
{
    Str first = person->doses[0].name;
    for (int i = 1; i < person->snapshot.dose_count; i++)
        if (!str_equal(person->doses[i].name, first)) return str_join(scratch, first, more);
    return first;
}

static void put_title(Drawing *drawing, const KeptPerson *person, Arena *scratch)
{
    static const double gap = 5, baseline = 72;
    Pen *pen = &drawing->pen;
    Str title = letter_words(drawing)->title;
    Str about = vaccines_of(person, drawing->forms->letters.more, scratch);
    double title_width = fonts_width(pen->fonts, FACE_BODY_BOLD, 16, title);
    double about_width = fonts_width(pen->fonts, FACE_BODY_BOLD, 14, about);
    double x = (PAGE_W - title_width - gap - about_width) / 2;
    pen_text(pen, (Ink){FACE_BODY_BOLD, 16}, x, baseline, title);
    pen_text(pen, (Ink){FACE_BODY_BOLD, 14}, x + title_width + gap, baseline, about);
}

// Draws the back, or only says where it ends (`drawn` NULL).
static double back_sections(const Drawing *drawing, Pen *drawn, const KeptPerson *person)
{
    const LettersWords *words = &drawing->forms->letters;
    Pen pen = drawing->pen;
    double points = person->large ? 12 : 10.5, leading = person->large ? 5.8 : 5.4, y = 29;
    for (int i = 0; i < words->back.count; i++) {
        const Section *section = &words->back.at[i];
        const Ink head = {FACE_BODY_BOLD, points}, body = {FACE_BODY, points};
        if (!section_applies(section, person, drawing->batch)) continue;
        if (drawn) pen_paragraph(drawn, head, left, y, body_width, leading, section->title);
        y += leading;
        if (drawn) pen_paragraph(drawn, body, left + 4, y, body_width - 4, leading, section->text);
        y += pen_paragraph_lines(&pen, body, body_width - 4, section->text) * leading + 1.8;
    }
    return y;
}

void notice_back(Drawing *drawing, Pen *pen, const KeptPerson *person)
{
    pen_text(pen, (Ink){FACE_BODY_BOLD, 14, ALIGN_CENTRE}, PAGE_W / 2, 23,
             drawing->forms->letters.back_title);
    (void)back_sections(drawing, pen, person);
}

void notice_back_person(Drawing *drawing, const KeptPerson *person, Arena scratch)
{
    letter_notes_behind(drawing, person, back_sections(drawing, NULL, person) + 2, scratch);
}

// The name with 様, on a second line where it was broken; returns the y below.
static double name_draw(Drawing *drawing, const KeptPerson *person, double x, double y)
{
    Pen *pen = &drawing->pen;
    const AddressBlock *block = &person->block;
    const LettersWords *words = &drawing->forms->letters;
    Ink ink = {FACE_RESIDENT, block->points, .stretch = block->name_stretch, .once = true};
    double em = block->points * MM_PER_POINT, baseline = y + em * 0.88;
    int last = block->name_lines[1].len > 0;
    for (int i = 0; i <= last; i++)
        pen_text(pen, ink, x, baseline + i * block->line_height, block->name_lines[i]);
    baseline += last * block->line_height;

    double width = fonts_width(pen->fonts, ink.face, ink.points, block->name_lines[last]) + em;
    double after = x + width * block->name_stretch;
    pen_text(pen, ink, after, baseline, words->honorific);
    y += 5 + last * block->line_height;
    if (!person->minor) return y;
    ink.points = 9;
    if (block->guardian_below) {
        ink.stretch = 1;
        pen_text(pen, ink, x, baseline + block->line_height, words->guardian);
        return y + block->line_height;
    }
    pen_text(pen, ink, after + em * block->name_stretch, baseline, words->guardian);
    return y;
}

// Postal code, address, name, bars: nothing else may show in the window (forms.md 3).
void address_block_draw(Drawing *drawing, const KeptPerson *person)
{
    Pen *pen = &drawing->pen;
    const AddressBlock *block = &person->block;
    double x = drawing->forms->address_x, y = drawing->forms->address_y;
    char digits[7];
    if (postal_code_read(person->mailing.postal_code, digits)) {
        char memory[64];
        Arena scratch = {memory, memory + sizeof memory};
        pen_text(pen, (Ink){FACE_RESIDENT, 10.5, .once = true}, x, y + 3.6,
                 str_format(&scratch, "〒%.3s-%.4s", digits, digits + 3));
    }
    y += 4.5;
    Ink ink = {FACE_RESIDENT, block->points, .stretch = block->stretch, .once = true};
    for (int i = 0; i < block->line_count; i++, y += block->line_height)
        pen_text(pen, ink, x, y + block->points * MM_PER_POINT * 0.88, block->lines[i]);

    y = name_draw(drawing, person, x, y + 1);
    if (person->has_barcode)
        pen_customer_barcode(pen, x, y + 2, drawing->barcodes[person->sequence - 1]);
}

void notice_person(Drawing *drawing, const KeptPerson *person, const Sheet *sheet, Arena scratch)
{
    (void)sheet;
    address_block_draw(drawing, person);
    put_title(drawing, person, &scratch);
    letter_table(drawing, person, scratch);
}
