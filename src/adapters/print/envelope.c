// SPDX-License-Identifier: Apache-2.0
#include "envelope.h"

enum { AIR = 2 };

static const double nothing = 1e-6;  // below what any printer or rounding could mean

// The paper's corner lies between `seam` and `seam + slack` from the envelope's. A window edge at e is
// at e - seam - slack to e - seam on the paper.
Box envelope_always_visible(const Envelope *envelope)
{
    Box w = envelope->window;
    double slack_x = envelope->inner_w - envelope->panel_w;
    double slack_y = envelope->inner_h - envelope->panel_h;
    return (Box){w.x - envelope->seam, w.y - envelope->seam, w.w - slack_x, w.h - slack_y};
}

Box envelope_ever_visible(const Envelope *envelope)
{
    Box w = envelope->window;
    double slack_x = envelope->inner_w - envelope->panel_w;
    double slack_y = envelope->inner_h - envelope->panel_h;
    return (Box){w.x - envelope->seam - slack_x, w.y - envelope->seam - slack_y, w.w + slack_x,
                 w.h + slack_y};
}

Box envelope_address_block(const Envelope *envelope)
{
    Box v = envelope_always_visible(envelope);
    return (Box){v.x + AIR, v.y + AIR, v.w - 2 * AIR, v.h - 2 * AIR};
}

bool box_holds(Box outer, Box inner)
{
    return inner.x >= outer.x - nothing && inner.y >= outer.y - nothing &&
           inner.x + inner.w <= outer.x + outer.w + nothing &&
           inner.y + inner.h <= outer.y + outer.h + nothing;
}

WindowVerdict envelope_verdict(const Envelope *envelope, const WindowLayout *layout)
{
    if (envelope->labelled) return WINDOW_FITS;
    if (!box_holds(envelope_address_block(envelope), layout->address)) return WINDOW_HIDES_ADDRESS;

    // What lies off the paper, or on another panel behind the fold, is not printed on.
    Box ever = envelope_ever_visible(envelope);
    double right = ever.x + ever.w, bottom = ever.y + ever.h;
    if (right > envelope->panel_w) right = envelope->panel_w;
    if (bottom > envelope->panel_h) bottom = envelope->panel_h;
    Box on_paper = {ever.x > 0 ? ever.x : 0, ever.y > 0 ? ever.y : 0, 0, 0};
    on_paper.w = right - on_paper.x;
    on_paper.h = bottom - on_paper.y;
    return box_holds(layout->clear, on_paper) ? WINDOW_FITS : WINDOW_SHOWS_OTHERS;
}

bool envelope_takes_barcode(const Envelope *envelope, double length)
{
    return !envelope->labelled && envelope_always_visible(envelope).w + nothing >= length + 2 * AIR;
}
