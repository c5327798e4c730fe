// The fonts of our papers, and what they cannot print.
//
// Five faces out of Debian's packages, opened in a font configuration of their own: what else is
// installed on the machine, its hinting and its substitutions change nothing. Text from the resident
// record is set in IPAmj Mincho without any fallback; a character or a variant (IVS) that this font
// does not have is found by fonts_lack before anything is drawn (P101), because HarfBuzz drops an
// unknown selector without a word and shows the base form.
//
// Units   type in points, widths in millimetres.
// Memory  a Fonts is made in the arena and closed with fonts_close; it keeps shaped text, up to a
//         limit, for as long as it is open.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <pango/pango.h>

#include "envelope.h"
#include "errors.h"

typedef enum Face {
    FACE_RESIDENT,  // names, addresses: IPAmj Mincho, no fallback
    FACE_BODY,      // letters: BIZ UDPGothic
    FACE_BODY_BOLD,
    FACE_FORM,  // forms, digits in columns: BIZ UDGothic, all widths equal
    FACE_FORM_BOLD,
    FACE_COUNT
} Face;

typedef struct Fonts Fonts;

MUST bool fonts_open(Arena *arena, Fonts **fonts, Error *err);
void fonts_close(Fonts *fonts);  // NULL is fine

// True when FACE_RESIDENT lacks something in `text`; `what` is then the first such character with its
// selector. Private use, 〓, U+FFFD, controls and unassigned characters are lacking by definition.
bool fonts_lack(const Fonts *fonts, Str text, Str *what);

// One shaped line or, with `width_mm` above 0, a paragraph broken at that width. Kept and shared when
// `keep`: the caller only reads it. Not kept, it is good until the next call.
PangoLayout *fonts_shape(Fonts *fonts, Face face, double points, Str text, double width_mm,
                         bool keep);

double fonts_width(Fonts *fonts, Face face, double points, Str text);
