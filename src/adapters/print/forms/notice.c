// 個別通知 and 再勧奨 (forms.md 6, papers 1 and 3): one letter, every vaccine of one person a line.
// SPDX-License-Identifier: Apache-2.0
#include "bars.h"
#include "dates.h"
#include "letter_table.h"

static const double left = 15, right = 195, body_width = 180;

static bool any_class(const KeptPerson *person, bool class_b)
{
    for (int i = 0; i < person->snapshot.dose_count; i++)
        if (person->doses[i].vaccine->class_b == class_b) return true;
    return false;
}

Str notice_static_key(const KeptPerson *person, Arena *arena)
{
    return str_format(arena, "letter %d%d%d%d %.*s", person->minor, person->large,
                      any_class(person, false), any_class(person, true),
                      STR(person->envelope->name));
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

// For children or for adults, with the public code on the letter or without it, in reminders only.
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
    return true;
}

static void put_how(Pen *pen, const LettersWords *words, const KeptPerson *person,
                    const PapersBatch *batch, const LetterSizes *sizes)
{
    static const double title_width = 34;
    double y = 181, points = sizes->cell, leading = points * 0.48;
    pen_across(pen, left, y - 2, body_width, 0.2);
    for (int i = 0; i < words->how.count; i++) {
        const Section *section = &words->how.at[i];
        if (!section_applies(section, person, batch)) continue;
        pen_text(pen, (Ink){FACE_BODY_BOLD, points}, left, y + points * MM_PER_POINT * 0.88,
                 section->title);
        y = pen_paragraph(pen, (Ink){FACE_BODY, points}, left + title_width, y,
                          body_width - title_width, leading, section->text);
    }
}

static void put_explanation(Pen *pen, const LettersWords *words, const KeptPerson *person,
                            const LetterSizes *sizes)
{
    double y = 210;
    for (int i = 0; i < words->explain.count; i++) {
        const Section *section = &words->explain.at[i];
        if (str_equal(section->legal_class, S("A")) && !any_class(person, false)) continue;
        if (str_equal(section->legal_class, S("B")) && !any_class(person, true)) continue;
        y = pen_paragraph(pen, (Ink){FACE_BODY_BOLD, sizes->body}, left, y, 130, sizes->leading,
                          section->title);
        y = pen_paragraph(pen, (Ink){FACE_BODY, sizes->body}, left, y, 130, sizes->leading,
                          section->text) +
            1.2;
    }
}

static void put_public_code(Pen *pen, const PapersBatch *batch, const LettersWords *words)
{
    static const double side = 20, middle = 172.5, top = 214;
    if (!batch->sender.public_url.len) return;
    // 25 modules of a short address are 20 mm at 19 dots; longer ones grow by version.
    double module_dots = 19;
    double drawn = pen_qr(pen, middle - side / 2, top, 0, module_dots, batch->sender.public_url);
    if (drawn <= 0) return;
    double y = top + drawn + 5;
    pen_text(pen, (Ink){FACE_BODY_BOLD, 8.5, ALIGN_CENTRE}, middle, y, words->qr_caption);
    for (int i = 0; i < 2; i++)
        pen_text_within(pen, (Ink){FACE_BODY, 8, ALIGN_CENTRE}, middle, y + 5 + 4 * i, 44,
                        words->languages[i]);
}

void notice_static(Drawing *drawing, Pen *pen, const KeptPerson *person, const Sheet *sheet)
{
    (void)sheet;
    const LettersWords *words = &drawing->forms->letters;
    const LetterWords *letter =
        drawing->batch->letter == LETTER_REMINDER ? &words->reminder : &words->notice;
    const LetterSizes *sizes = letter_sizes(person);
    put_sender(pen, drawing->batch, drawing->arena);
    pen_text(pen, (Ink){FACE_BODY_BOLD, 16, ALIGN_CENTRE}, PAGE_W / 2, 72, letter->title);
    pen_paragraph(pen, (Ink){FACE_BODY, sizes->body}, left, 78, body_width, sizes->leading + 0.4,
                  person->minor ? letter->child : letter->adult);
    letter_table_head(pen, words, sizes);
    put_how(pen, words, person, drawing->batch, sizes);
    put_explanation(pen, words, person, sizes);
    put_public_code(pen, drawing->batch, words);
}

void notice_back(Drawing *drawing, Pen *pen)
{
    const LettersWords *words = &drawing->forms->letters;
    pen_text(pen, (Ink){FACE_BODY_BOLD, 14, ALIGN_CENTRE}, PAGE_W / 2, 24, words->back_title);
    double y = 32;
    for (int i = 0; i < words->back.count; i++) {
        y = pen_paragraph(pen, (Ink){FACE_BODY_BOLD, 11}, left, y, body_width, 6,
                          words->back.at[i].title);
        y = pen_paragraph(pen, (Ink){FACE_BODY, 10.5}, left + 4, y, body_width - 4, 5.9,
                          words->back.at[i].text);
        y += 3;
    }
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
    letter_table(drawing, person, scratch);
}
