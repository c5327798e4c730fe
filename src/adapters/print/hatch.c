// SPDX-License-Identifier: Apache-2.0
#include "hatch.h"

#include <math.h>

static const double hair = 0.25;

typedef enum HatchKind { LINES, DOTS, RINGS, WAVES, CHECKS, BRICKS, FRAME } HatchKind;

typedef struct Hatch {
    Str name;
    HatchKind kind;
    double dx, dy;  // LINES: direction; others: period
    double period;
    bool both;  // a second set across the first, or close beside it
} Hatch;

// clang-format off
static const Hatch hatches[] = {
    {{"dots", 4},                 DOTS,   2.4, 2.4, 0.35, false},
    {{"dots_coarse", 11},         DOTS,   5,   5,   0.9,  false},
    {{"circles", 7},              RINGS,  4,   4,   1.2,  false},
    {{"horizontal", 10},          LINES,  1,   0,   2.4,  false},
    {{"vertical", 8},             LINES,  0,   1,   2.4,  false},
    {{"grid", 4},                 LINES,  1,   0,   2.4,  true },
    {{"diagonal_up", 11},         LINES,  1,  -1,   2.4,  false},
    {{"diagonal_down", 13},       LINES,  1,   1,   2.4,  false},
    {{"diagonal_down_double", 20},LINES,  1,   1,   4.8,  true },
    {{"diamonds", 8},             LINES,  1,  -1,   4.0,  true },
    {{"cross", 5},                LINES,  1,   1,   2.0,  true },
    {{"waves", 5},                WAVES,  6,   2.4, 0.7,  false},
    {{"checks", 6},               CHECKS, 1.5, 1.5, 0,    false},
    {{"checks_coarse", 13},       CHECKS, 3,   3,   0,    false},
    {{"bricks", 6},               BRICKS, 6,   2.4, 0,    false},
    {{"frame_double", 12},        FRAME,  0.3, 0,   0,    true },
    {{"frame_dashed", 12},        FRAME,  0.6, 0,   3,    false},
    {{"frame_thick", 11},         FRAME,  0.95, 0,  0,    false},
    {{"frame_dotted", 12},        FRAME,  0.8, 0,   0.8,  false},
};
// clang-format on

double grey_of_lightness(int lightness)
{
    double root = (lightness + 16) / 116.0;
    double luminance = lightness > 8 ? root * root * root : lightness / 903.3;
    return luminance > 0.0031308 ? 1.055 * pow(luminance, 1 / 2.4) - 0.055 : 12.92 * luminance;
}

static double pt(double mm)
{
    return mm / MM_PER_POINT;
}

// Parallel lines through the whole band; the clip cuts them.
static void add_lines(cairo_t *cairo, Box b, double dx, double dy, double period, double shift)
{
    double reach = b.w + b.h;
    for (double at = -reach; at < reach; at += period) {
        double x = dy == 0 ? b.x : b.x + at + shift, y = dy == 0 ? b.y + at + shift : b.y;
        if (dy < 0) y = b.y + b.h;
        cairo_move_to(cairo, pt(x), pt(y));
        cairo_line_to(cairo, pt(x + dx * reach), pt(y + dy * reach));
    }
}

static void draw_lines(cairo_t *cairo, Box b, const Hatch *h)
{
    // Verticals and diagonals repeat along x; 45° lines of a distance p stand p·√2 apart there.
    double period = h->dx != 0 && h->dy != 0 ? h->period * sqrt(2) : h->period;
    add_lines(cairo, b, h->dx, h->dy, period, 0);
    if (!h->both) return;
    bool beside = str_equal(h->name, S("diagonal_down_double"));
    if (beside)
        add_lines(cairo, b, h->dx, h->dy, period, 1.4);
    else if (h->dy == 0)
        add_lines(cairo, b, 0, 1, period, 0);
    else
        add_lines(cairo, b, h->dx, -h->dy, period, 0);
}

static void draw_spots(cairo_t *cairo, Box b, const Hatch *h)
{
    int row = 0;
    for (double y = b.y + h->dy / 2; y < b.y + b.h; y += h->dy, row++)
        for (double x = b.x + (row % 2 ? h->dx : h->dx / 2); x < b.x + b.w; x += h->dx) {
            cairo_new_sub_path(cairo);
            cairo_arc(cairo, pt(x), pt(y), pt(h->period), 0, 2 * G_PI);
        }
}

static void draw_waves(cairo_t *cairo, Box b, const Hatch *h)
{
    for (double y = b.y + 1; y < b.y + b.h; y += h->dy) {
        cairo_move_to(cairo, pt(b.x), pt(y));
        for (double x = b.x; x < b.x + b.w; x += h->dx)
            cairo_curve_to(cairo, pt(x + h->dx / 3), pt(y - 2 * h->period), pt(x + 2 * h->dx / 3),
                           pt(y + 2 * h->period), pt(x + h->dx), pt(y));
    }
}

static void draw_checks(cairo_t *cairo, Box b, const Hatch *h)
{
    int row = 0;
    for (double y = b.y; y < b.y + b.h; y += h->dy, row++)
        for (double x = b.x + (row % 2) * h->dx; x < b.x + b.w; x += 2 * h->dx)
            cairo_rectangle(cairo, pt(x), pt(y), pt(h->dx), pt(h->dy));
}

static void draw_bricks(cairo_t *cairo, Box b, const Hatch *h)
{
    add_lines(cairo, b, 1, 0, h->dy, 0);
    int row = 0;
    for (double y = b.y; y < b.y + b.h; y += h->dy, row++)
        for (double x = b.x + (row % 2) * h->dx / 2; x < b.x + b.w; x += h->dx) {
            cairo_move_to(cairo, pt(x), pt(y));
            cairo_line_to(cairo, pt(x), pt(y + h->dy));
        }
}

static void draw_frame(cairo_t *cairo, Box b, const Hatch *h)
{
    const double dashes[] = {pt(h->period), pt(h->period)};
    double inset = h->dx / 2;
    if (h->period > 0) cairo_set_dash(cairo, dashes, 2, 0);
    cairo_set_line_width(cairo, pt(h->dx));
    cairo_rectangle(cairo, pt(b.x + inset), pt(b.y + inset), pt(b.w - 2 * inset),
                    pt(b.h - 2 * inset));
    if (h->both)
        cairo_rectangle(cairo, pt(b.x + 0.75), pt(b.y + 0.75), pt(b.w - 1.5), pt(b.h - 1.5));
}

static void draw_hatch(cairo_t *cairo, Box b, const Hatch *h)
{
    switch (h->kind) {
    case LINES: draw_lines(cairo, b, h); break;
    case DOTS:
    case RINGS: draw_spots(cairo, b, h); break;
    case WAVES: draw_waves(cairo, b, h); break;
    case CHECKS: draw_checks(cairo, b, h); break;
    case BRICKS: draw_bricks(cairo, b, h); break;
    case FRAME: draw_frame(cairo, b, h); break;
    }
    if (h->kind == DOTS || h->kind == CHECKS)
        cairo_fill(cairo);
    else
        cairo_stroke(cairo);
}

bool hatch_known(Str hatch)
{
    for (int i = 0; i < countof(hatches); i++)
        if (str_equal(hatches[i].name, hatch)) return true;
    return str_equal(hatch, S("solid"));
}

void pen_hatch(Pen *pen, Box band, Str hatch, int lightness)
{
    cairo_t *cairo = pen->cairo;
    pen_fill(pen, band, grey_of_lightness(lightness));
    for (int i = 0; i < countof(hatches); i++) {
        if (!str_equal(hatches[i].name, hatch)) continue;
        bool checks = hatches[i].kind == CHECKS;
        double ink = checks ? grey_of_lightness(lightness - 18) : 0.35;
        cairo_save(cairo);
        cairo_rectangle(cairo, pt(band.x), pt(band.y), pt(band.w), pt(band.h));
        cairo_clip(cairo);
        cairo_set_line_width(cairo, pt(hair));
        cairo_set_source_rgb(cairo, ink, ink, ink);
        if (hatches[i].kind == FRAME) cairo_set_source_rgb(cairo, 0, 0, 0);
        draw_hatch(cairo, band, &hatches[i]);
        cairo_restore(cairo);
    }
}
