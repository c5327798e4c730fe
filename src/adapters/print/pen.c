// SPDX-License-Identifier: Apache-2.0
#include "pen.h"

#include <math.h>
#include <pango/pangocairo.h>

static const double capital_height =
    0.74;  // of kana and kanji above the baseline, less their depth
static const double ascent = 0.88;

static double pt(double mm)
{
    return mm / MM_PER_POINT;
}

static void record(Pen *pen, PenMark mark)
{
    if (!pen->tape) return;
    mark.text = str_copy(pen->tape_arena, mark.text);
    *pen_tape_push(pen->tape, pen->tape_arena) = mark;
}

static double line_width(PangoLayoutLine *line)
{
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    return (double)logical.width / PANGO_SCALE;
}

static void show_line(Pen *pen, const Ink *ink, double x, double baseline, PangoLayoutLine *line)
{
    double stretch = ink->stretch > 0 ? ink->stretch : 1;
    double shift = 0;
    if (ink->align != ALIGN_LEFT)
        shift = line_width(line) * stretch * (ink->align == ALIGN_CENTRE ? 0.5 : 1);
    cairo_set_source_rgb(pen->cairo, ink->grey, ink->grey, ink->grey);
    if (stretch == 1) {
        cairo_move_to(pen->cairo, pt(x) - shift, pt(baseline));
        pango_cairo_show_layout_line(pen->cairo, line);
        return;
    }
    cairo_save(pen->cairo);
    cairo_translate(pen->cairo, pt(x) - shift, pt(baseline));
    cairo_scale(pen->cairo, stretch, 1);
    cairo_move_to(pen->cairo, 0, 0);
    pango_cairo_show_layout_line(pen->cairo, line);
    cairo_restore(pen->cairo);
}

void pen_text(Pen *pen, Ink ink, double x, double baseline, Str text)
{
    if (!text.len) return;
    PangoLayout *layout = fonts_shape(pen->fonts, ink.face, ink.points, text, 0, !ink.once);
    show_line(pen, &ink, x, baseline, pango_layout_get_line_readonly(layout, 0));
    record(pen, (PenMark){.text = text, .ink = ink, .box = {x, baseline, 0, 0}});
}

void pen_text_within(Pen *pen, Ink ink, double x, double baseline, double width, Str text)
{
    if (!text.len) return;
    PangoLayout *layout = fonts_shape(pen->fonts, ink.face, ink.points, text, 0, !ink.once);
    double natural = line_width(pango_layout_get_line_readonly(layout, 0)) * MM_PER_POINT;
    if (natural > width) ink.stretch = width / natural;
    pen_text(pen, ink, x, baseline, text);
}

double pen_paragraph(Pen *pen, Ink ink, double x, double top, double width, double leading,
                     Str text)
{
    if (!text.len) return top;
    PangoLayout *layout = fonts_shape(pen->fonts, ink.face, ink.points, text, width, !ink.once);
    double first = top + ink.points * MM_PER_POINT * ascent;
    int lines = pango_layout_get_line_count(layout);
    for (int i = 0; i < lines; i++)
        show_line(pen, &ink, x, first + i * leading, pango_layout_get_line_readonly(layout, i));
    record(pen, (PenMark){.text = text, .ink = ink, .box = {x, first, width, leading}});
    return top + lines * leading;
}

int pen_paragraph_lines(Pen *pen, Ink ink, double width, Str text)
{
    return pango_layout_get_line_count(
        fonts_shape(pen->fonts, ink.face, ink.points, text, width, !ink.once));
}

void pen_fill(Pen *pen, Box box, double grey)
{
    cairo_set_source_rgb(pen->cairo, grey, grey, grey);
    cairo_rectangle(pen->cairo, pt(box.x), pt(box.y), pt(box.w), pt(box.h));
    cairo_fill(pen->cairo);
    record(pen, (PenMark){.ink = {.grey = grey}, .box = box});
}

void pen_across(Pen *pen, double x, double y, double w, double line)
{
    pen_fill(pen, (Box){x, y - line / 2, w, line}, 0);
}

void pen_down(Pen *pen, double x, double y, double h, double line)
{
    pen_fill(pen, (Box){x - line / 2, y, line, h}, 0);
}

void pen_frame(Pen *pen, Box box, double line)
{
    pen_fill(pen, (Box){box.x, box.y, box.w, line}, 0);
    pen_fill(pen, (Box){box.x, box.y + box.h - line, box.w, line}, 0);
    pen_fill(pen, (Box){box.x, box.y, line, box.h}, 0);
    pen_fill(pen, (Box){box.x + box.w - line, box.y, line, box.h}, 0);
}

void pen_dashed_frame(Pen *pen, Box box, double line, double dash)
{
    const double dashes[] = {pt(dash), pt(dash)};
    cairo_save(pen->cairo);
    cairo_set_source_rgb(pen->cairo, 0, 0, 0);
    cairo_set_line_width(pen->cairo, pt(line));
    cairo_set_dash(pen->cairo, dashes, 2, 0);
    cairo_rectangle(pen->cairo, pt(box.x), pt(box.y), pt(box.w), pt(box.h));
    cairo_stroke(pen->cairo);
    cairo_restore(pen->cairo);
}

void pen_ring(Pen *pen, double x, double y, double radius, double line)
{
    cairo_set_source_rgb(pen->cairo, 0, 0, 0);
    cairo_set_line_width(pen->cairo, pt(line));
    cairo_new_sub_path(pen->cairo);
    cairo_arc(pen->cairo, pt(x), pt(y), pt(radius), 0, 2 * G_PI);
    cairo_stroke(pen->cairo);
}

void pen_dots(Pen *pen, double x, double y, double dots_x, double dots_y, double dots_w,
              double dots_h)
{
    double left = (round(x / MM_PER_DOT) + dots_x) * MM_PER_DOT;
    double top = (round(y / MM_PER_DOT) + dots_y) * MM_PER_DOT;
    Box box = {left, top, dots_w * MM_PER_DOT, dots_h * MM_PER_DOT};
    cairo_rectangle(pen->cairo, pt(box.x), pt(box.y), pt(box.w), pt(box.h));
    record(pen, (PenMark){.box = box});
}

void pen_dots_done(Pen *pen)
{
    cairo_set_source_rgb(pen->cairo, 0, 0, 0);
    cairo_fill(pen->cairo);
}

double pen_middle(double top, double height, double points)
{
    return top + (height + points * MM_PER_POINT * capital_height) / 2;
}
