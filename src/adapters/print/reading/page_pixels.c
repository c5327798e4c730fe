// The picture's half of the self-check: codes are scanned, bars measured, the window looked through.
// SPDX-License-Identifier: Apache-2.0
#include "code_reader.h"
#include "customer_barcode.h"
#include "page_check.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define DOTS_PER_MM (CANVAS_DPI / 25.4)

// A part of the canvas, cut on whole dots.
typedef struct Part {
    int x, y, width, height;
} Part;

static Part part_of(Box box)
{
    int x = (int)floor(box.x * DOTS_PER_MM), y = (int)floor(box.y * DOTS_PER_MM);
    return (Part){x, y, (int)ceil((box.x + box.w) * DOTS_PER_MM) - x,
                  (int)ceil((box.y + box.h) * DOTS_PER_MM) - y};
}

// Poppler reads a page anew for every picture, so all boxes are drawn at one go; what lies outside of
// them costs no dot.
static void draw_boxes(Checker *c, const Box *boxes, int count)
{
    cairo_t *cairo = cairo_create(c->canvas);
    for (int i = 0; i < count; i++) {
        Part part = part_of(boxes[i]);
        cairo_rectangle(cairo, part.x, part.y, part.width, part.height);
    }
    cairo_clip(cairo);
    cairo_set_source_rgb(cairo, 1, 1, 1);
    cairo_paint(cairo);
    cairo_scale(cairo, CANVAS_DPI / 72.0, CANVAS_DPI / 72.0);
    poppler_page_render(c->page, cairo);
    cairo_destroy(cairo);
    cairo_surface_flush(c->canvas);
}

// A box that draw_boxes has drawn, as a grey picture.
static GreyPicture picture_of(Checker *c, Box box)
{
    Part part = part_of(box);
    assert(part.x + part.width <= CANVAS_W);
    assert(part.y + part.height <= CANVAS_H);
    const unsigned char *pixels = cairo_image_surface_get_data(c->canvas);
    int stride = cairo_image_surface_get_stride(c->canvas);
    unsigned char *grey = NEW(&c->scratch, unsigned char, (ptrdiff_t)part.width *part.height);
    for (int y = 0; y < part.height; y++) {
        const unsigned char *row =
            pixels + (ptrdiff_t)(part.y + y) * stride + 4 * (ptrdiff_t)part.x;
        for (int x = 0; x < part.width; x++)  // green is enough: everything is grey
            grey[(ptrdiff_t)y * part.width + x] = row[4 * (ptrdiff_t)x + 1];
    }
    return (GreyPicture){grey, part.width, part.height};
}

static bool check_code(Checker *c, const char *item, Box box, CodeKind kind, Str expected)
{
    CodesRead read = codes_read(picture_of(c, box));
    if (read.count != 1 || read.codes[0].kind != kind) return check_wrong(c, item);
    return str_equal(str_of(read.codes[0].text), expected) || check_wrong(c, item);
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
    CustomerBarcode expected, read;
    if (!customer_barcode_of(c->expected->postal_code, c->expected->address_rest, &expected,
                             c->scratch))
        return check_wrong(c, "カスタマバーコード");

    Box block = c->stack->block;
    int x0 = (int)((block.x - window_box.x) * DOTS_PER_MM),
        y0 = (int)((block.y - window_box.y) * DOTS_PER_MM);
    int width = (int)(block.w * DOTS_PER_MM), height = (int)(block.h * DOTS_PER_MM);
    unsigned char *cut = NEW(&c->scratch, unsigned char, (ptrdiff_t)width *height);
    for (int y = 0; y < height; y++)
        memcpy(cut + (ptrdiff_t)y * width, window.at + (ptrdiff_t)(y0 + y) * window.width + x0,
               (size_t)width);
    CustomerBars bars = {0};
    if (!measure_bars((GreyPicture){cut, width, height}, &bars) || !customer_bars_read(bars, &read))
        return check_wrong(c, "カスタマバーコード");
    return customer_barcode_same(expected, read) || check_wrong(c, "カスタマバーコード");
}

static bool check_window(Checker *c)
{
    Box clear = c->stack->clear, block = c->stack->block;
    GreyPicture window = picture_of(c, clear);
    for (int y = 0; y < window.height; y++)
        for (int x = 0; x < window.width; x++) {
            double mm_x = clear.x + x / DOTS_PER_MM, mm_y = clear.y + y / DOTS_PER_MM;
            bool inside = mm_x >= block.x && mm_x <= block.x + block.w && mm_y >= block.y &&
                          mm_y <= block.y + block.h;
            if (!inside && window.at[(ptrdiff_t)y * window.width + x] < 250)
                return check_wrong(c, "窓");
        }
    return !c->expected->has_barcode || check_barcode(c, window, clear);
}

// The second box a page of this kind is looked at in.
static Box second_box(const Checker *c)
{
    return c->expected->kind == PAGE_LETTER ? c->stack->clear : SCREENING_CODE_BOX;
}

bool check_pixels(Checker *c)
{
    const PageExpected *e = c->expected;
    const Box boxes[] = {TAG_QR_BOX, second_box(c)};
    bool tag_alone = e->kind == PAGE_OTHER || e->kind == PAGE_CERTIFICATE;
    draw_boxes(c, boxes, tag_alone ? 1 : 2);
    if (!check_code(c, "頁札", TAG_QR_BOX, CODE_QR, e->tag)) return false;
    if (e->kind == PAGE_LETTER) return check_window(c);
    return e->kind != PAGE_FORM ||
           check_code(c, "整理番号バーコード", SCREENING_CODE_BOX, CODE_NW7, e->bars);
}
