// SPDX-License-Identifier: Apache-2.0
#include "bars.h"

#include <zint.h>

enum { PITCH = 25, BAR = 13, THIRD = 25, NW7_HEIGHT = 237 };

void pen_customer_barcode(Pen *pen, double x, double y, CustomerBarcode code)
{
    static const int top[] = {0, 0, 0, 1, 1}, thirds[] = {0, 3, 2, 2, 1};  // by CustomerBar
    CustomerBars bars = customer_bars(code);
    for (int i = 0; i < CUSTOMER_BARS; i++)
        pen_dots(pen, x, y, i * PITCH, top[bars.bars[i]] * THIRD, BAR,
                 thirds[bars.bars[i]] * THIRD);
    pen_dots_done(pen);
}

void pen_nw7(Pen *pen, double x, double y, const Nw7 *code)
{
    int dots = 0;
    for (int i = 0; i < code->count; i++) {
        if (i % 2 == 0) pen_dots(pen, x, y, dots, 0, code->widths[i], NW7_HEIGHT);
        dots += code->widths[i];
    }
    pen_dots_done(pen);
}

static bool module_at(const struct zint_symbol *qr, int x, int y)
{
    return qr->encoded_data[y][x / 8] >> (x % 8) & 1;
}

// Modules that touch in a row are one box.
static void put_modules(Pen *pen, double x, double y, const struct zint_symbol *qr,
                        double module_dots)
{
    for (int row = 0; row < qr->rows; row++) {
        for (int from = 0, to; from < qr->width; from = to + 1) {
            for (to = from; to < qr->width && module_at(qr, to, row);) to++;
            if (to > from)
                pen_dots(pen, x, y, from * module_dots, row * module_dots,
                         (to - from) * module_dots, module_dots);
        }
    }
    pen_dots_done(pen);
}

static struct zint_symbol *qr_of(int version, Str text)
{
    enum { LEVEL_M = 2 };
    struct zint_symbol *qr = ZBarcode_Create();
    if (!qr) return NULL;
    qr->symbology = BARCODE_QRCODE;
    qr->option_1 = LEVEL_M;
    qr->option_2 = version;
    if (!ZBarcode_Encode(qr, (const unsigned char *)text.at, (int)text.len)) return qr;
    ZBarcode_Delete(qr);
    return NULL;
}

static double qr_draw(Pen *pen, double x, double y, struct zint_symbol *qr, double module_dots)
{
    double side = qr->width * module_dots * MM_PER_DOT;
    put_modules(pen, x, y, qr, module_dots);
    ZBarcode_Delete(qr);
    return side;
}

double pen_qr(Pen *pen, double x, double y, int version, double module_dots, Str text)
{
    struct zint_symbol *qr = qr_of(version, text);
    return qr ? qr_draw(pen, x, y, qr, module_dots) : 0;
}

double pen_qr_within(Pen *pen, double x, double y, double side, Str text)
{
    struct zint_symbol *qr = qr_of(0, text);
    return qr ? qr_draw(pen, x, y, qr, (int)(side / MM_PER_DOT / qr->width)) : 0;
}
