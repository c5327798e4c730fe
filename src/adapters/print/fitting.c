// SPDX-License-Identifier: Apache-2.0
#include "fitting.h"

#include "utf8.h"

// Heights of the block beside its address lines (forms.md 3): postal code, air and name, air and bars.
static const double postal_height = 4.5, name_height = 6, barcode_height = 5.2;
static const double guardian_points = 9;
static const double address_stretches[] = {1, 0.85};

// clang-format off
static const struct {
    double points, line_height;
    int lines;
    double stretch, name_stretch;  // the least allowed
} steps[FIT_STEPS] = {
    {12.0, 5.0, 2, 1,    1   },
    {10.5, 4.4, 3, 1,    1   },
    { 9.0, 3.8, 4, 1,    1   },
    { 9.0, 3.8, 4, 0.85, 0.75},
};
// clang-format on

// Places where address lines like to end: behind ward, town, 丁目, 番地, 号 and blanks.
static bool likes_to_end(int32_t code)
{
    static const int32_t ends[] = {0x533A, 0x5E02, 0x90E1, 0x753A, 0x6751,
                                   0x76EE, 0x5730, 0x53F7, ' ',    0x3000};  // 区市郡町村目地号
    for (int i = 0; i < countof(ends); i++)
        if (code == ends[i]) return true;
    return false;
}

// Kanji numerals too: 二〇三号室 is one number.
static bool is_digit(int32_t code)
{
    static const int32_t kanji[] = {0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94,
                                    0x516D, 0x4E03, 0x516B, 0x4E5D, 0x5341, 0x767E};
    for (int i = 0; i < countof(kanji); i++)
        if (code == kanji[i]) return true;
    return (code >= '0' && code <= '9') || (code >= 0xFF10 && code <= 0xFF19);
}

static bool may_break(int32_t before, int32_t after)
{
    if (is_digit(before) && is_digit(after)) return false;
    if (before == 0x5730 && is_digit(after)) return false;         // 99番地16 is one number
    return after != 0x53F7 && after != 0x968E && after != 0x69D8;  // 号 階 様
}

static Str without_blanks_before(Str text)
{
    while (str_starts(text, S(" ")) || str_starts(text, S("\u3000")))
        text = str_from(text, text.at[0] == ' ' ? 1 : 3);
    return text;
}

// How many bytes of `text` go onto a line of `width` points at 1-point type; all of them when they fit.
static ptrdiff_t line_end(PangoLayout *layout, Str text, double width)
{
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    gint attribute_count;
    const PangoLogAttr *attributes = pango_layout_get_log_attrs_readonly(layout, &attribute_count);
    ptrdiff_t any = 0, liked = 0, at = 0;
    int32_t before = 0;
    for (int place = 0; at < text.len; place++) {
        ptrdiff_t after = at;
        int32_t code = utf8_next(text, &after);
        bool cluster = place < attribute_count && attributes[place].is_cursor_position;
        if (at && cluster && may_break(before, code)) {
            any = at;
            if (likes_to_end(before)) liked = at;
        }
        int x;
        pango_layout_line_index_to_x(line, (int)after, FALSE, &x);
        if ((double)x / PANGO_SCALE > width + 1e-6) return liked * 5 >= any * 2 ? liked : any;
        before = code;
        at = after;
    }
    return text.len;
}

// Breaks one text into lines of `width` millimetres; -1 when `room` lines are not enough.
static int break_lines(Fonts *fonts, Str text, double width, double points, Str *lines, int room)
{
    static const double measured_at = 100;  // metrics are not hinted, so they scale
    int count = 0;
    while (text.len) {
        if (count == room) return -1;
        PangoLayout *layout = fonts_shape(fonts, FACE_RESIDENT, measured_at, text, 0, false);
        ptrdiff_t end = line_end(layout, text, width / MM_PER_POINT * measured_at / points);
        if (end <= 0) return -1;
        lines[count++] = str_first(text, end);
        text = without_blanks_before(str_from(text, end));
    }
    return count;
}

static int break_address(Fonts *fonts, Str address, Str building, double width, double points,
                         Str *lines, int room)
{
    int count = break_lines(fonts, address, width, points, lines, room);
    if (count < 0) return -1;
    int more = break_lines(fonts, building, width, points, lines + count, room - count);
    return more < 0 ? -1 : count + more;
}

// Width of the last name line; 様 stands one em behind the name.
static double name_line_width(Fonts *fonts, const BlockText *text, Str name, double points,
                              bool guardian)
{
    double width = fonts_width(fonts, FACE_RESIDENT, points, name);
    if (text->honorific.len)
        width += points * MM_PER_POINT + fonts_width(fonts, FACE_RESIDENT, points, text->honorific);
    if (guardian) width += fonts_width(fonts, FACE_RESIDENT, guardian_points, text->guardian);
    return width;
}

// The stretch that a line of `natural` width needs; 0 when that is below what is allowed.
static double stretch_for(double natural, double width, double least)
{
    if (natural <= width + 1e-6) return 1;
    return width / natural >= least ? width / natural : 0;
}

// Breaks a Roman name at the blank that leaves the longest first line.
static bool two_name_lines(Fonts *fonts, const BlockText *text, double width, double least,
                           AddressBlock *block)
{
    Str name = text->name;
    for (ptrdiff_t i = name.len - 1; i > 0; i--) {
        if (name.at[i] != ' ') continue;
        Str first = str_first(name, i), second = str_from(name, i + 1);
        double upper =
            stretch_for(fonts_width(fonts, FACE_RESIDENT, block->points, first), width, least);
        double lower =
            stretch_for(name_line_width(fonts, text, second, block->points, false), width, least);
        if (upper == 0 || lower == 0) continue;
        block->name_lines[0] = first;
        block->name_lines[1] = second;
        block->name_stretch = upper < lower ? upper : lower;
        return true;
    }
    return false;
}

// One line with the guardian, one line and the guardian below, two lines: the first that fits.
static bool fit_name(Fonts *fonts, const BlockText *text, double width, int step,
                     AddressBlock *block)
{
    double least = steps[step].name_stretch;
    bool minor = text->guardian.len > 0;
    block->name_lines[0] = text->name;
    block->name_stretch =
        stretch_for(name_line_width(fonts, text, text->name, block->points, minor), width, 1);
    if (block->name_stretch > 0) return true;
    block->guardian_below = minor;
    block->name_stretch =
        stretch_for(name_line_width(fonts, text, text->name, block->points, false), width, least);
    return block->name_stretch > 0 ||
           (step >= 2 && two_name_lines(fonts, text, width, least, block));
}

static bool fit_at(Fonts *fonts, const BlockText *text, double width, double height, bool barcode,
                   int step, AddressBlock *block, Str *item)
{
    AddressBlock made = {
        .step = step, .points = steps[step].points, .line_height = steps[step].line_height};
    *item = S("氏名");
    if (!fit_name(fonts, text, width, step, &made)) return false;

    double left = height - postal_height - name_height - (barcode ? barcode_height : 0);
    int room = (int)((left + 1e-6) / made.line_height);
    if (room > steps[step].lines) room = steps[step].lines;
    room -= made.guardian_below + (made.name_lines[1].len > 0);
    *item = S("住所");
    for (int i = 0; i < countof(address_stretches); i++) {
        made.stretch = address_stretches[i];
        if (made.stretch < steps[step].stretch) break;
        made.line_count = break_address(fonts, text->address, text->building, width / made.stretch,
                                        made.points, made.lines, room);
        if (made.line_count < 0) continue;
        *block = made;
        return true;
    }
    return false;
}

bool block_fit(Fonts *fonts, const BlockText *text, double width, double height, bool barcode,
               AddressBlock *block, Str *item)
{
    for (int step = 0; step < FIT_STEPS; step++)
        if (fit_at(fonts, text, width, height, barcode, step, block, item)) return true;
    return false;
}

bool line_fit(Fonts *fonts, Str text, double width, double points, double least,
              double stretch_least, FittedLine *line)
{
    static const double sizes[] = {14, 12, 10.5, 9};
    double natural = fonts_width(fonts, FACE_RESIDENT, 100, text) / 100;  // millimetres at 1 point
    for (int i = 0; i < countof(sizes); i++) {
        if (sizes[i] > points || sizes[i] < least) continue;
        if (natural * sizes[i] > width + 1e-6) continue;
        *line = (FittedLine){sizes[i], 1};
        return true;
    }
    double stretch = stretch_for(natural * least, width, stretch_least);
    if (stretch == 0) return false;
    *line = (FittedLine){least, stretch};
    return true;
}

bool lines_fit(Fonts *fonts, Str address, Str building, double width, double points, int most,
               FittedLines *lines)
{
    static const double allowed[] = {1, 0.85};
    for (int i = 0; i < countof(allowed); i++) {
        FittedLines made = {.stretch = allowed[i]};
        made.count =
            break_address(fonts, address, building, width / allowed[i], points, made.lines, most);
        if (made.count < 0) continue;
        *lines = made;
        return true;
    }
    return false;
}
