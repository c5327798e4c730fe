// SPDX-License-Identifier: Apache-2.0
#include "fonts.h"

#include "map.h"
#include "utf8.h"

#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>

#include <assert.h>

// Enough for every static line and for the dates and labels of a batch; what comes later is shaped
// each time.
#define SHAPED_MAX 6000
#define KEYS_BYTES (16 << 20)

// clang-format off
static const struct {
    const char *family, *style, *package;
    PangoWeight weight;
    bool fallback;
} faces[FACE_COUNT] = {
    [FACE_RESIDENT]  = {"IPAmjMincho",  "Regular", "fonts-ipamj-mincho",       PANGO_WEIGHT_NORMAL, false},
    [FACE_BODY]      = {"BIZ UDPGothic", "Regular", "fonts-morisawa-bizud-gothic", PANGO_WEIGHT_NORMAL, true},
    [FACE_BODY_BOLD] = {"BIZ UDPGothic", "Bold",    "fonts-morisawa-bizud-gothic", PANGO_WEIGHT_BOLD,   true},
    [FACE_FORM]      = {"BIZ UDGothic",  "Regular", "fonts-morisawa-bizud-gothic", PANGO_WEIGHT_NORMAL, true},
    [FACE_FORM_BOLD] = {"BIZ UDGothic",  "Bold",    "fonts-morisawa-bizud-gothic", PANGO_WEIGHT_BOLD,   true},
};
// clang-format on

// Other languages' lines (한국어, Tiếng Việt) fall back to it.
static const char fallback_family[] = "Noto Sans CJK JP", fallback_package[] = "fonts-noto-cjk";

struct Fonts {
    Arena whole, keys;  // own memory: callers shape text while they hold scratch of theirs
    FcConfig *config;
    PangoFontMap *map;
    PangoContext *context;
    PangoFontDescription *descriptions[FACE_COUNT];
    PangoAttrList *no_fallback;
    hb_font_t *resident;
    PangoLayout *passing;  // shaped last and not kept
    Map shaped;            // "face points width text" to a place in `layouts`, counted from 1
    PangoLayout *layouts[SHAPED_MAX];
    int64_t layout_count;
};

static bool font_missing(const char *family, const char *package, Arena *arena, Error *err)
{
    return FAIL(err, E_PAPER, .item = S("フォント"), .value = str_of(family),
                .words = str_format(arena,
                                    "帳票の印刷に必要なフォントがありません。パッケージ %s を"
                                    "インストールしてください。",
                                    package));
}

// Finds the file of a family on this machine and puts it into our own configuration.
static bool add_family(FcConfig *config, const char *family, const char *style, Arena *arena,
                       Str *path)
{
    FcPattern *wanted = FcPatternBuild(NULL, FC_FAMILY, FcTypeString, family, FC_STYLE,
                                       FcTypeString, style, (char *)NULL);
    FcObjectSet *items = FcObjectSetBuild(FC_FILE, (char *)NULL);
    FcFontSet *found = FcFontList(NULL, wanted, items);
    FcChar8 *file = NULL;
    bool added = found && found->nfont > 0 &&
                 FcPatternGetString(found->fonts[0], FC_FILE, 0, &file) == FcResultMatch &&
                 FcConfigAppFontAddFile(config, file);
    if (added) *path = str_copy(arena, str_of((const char *)file));
    if (found) FcFontSetDestroy(found);
    FcObjectSetDestroy(items);
    FcPatternDestroy(wanted);
    return added;
}

static hb_font_t *open_for_tests(const char *path)
{
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(path);
    if (!blob) return NULL;
    hb_face_t *face = hb_face_create(blob, 0);
    hb_font_t *font = hb_font_create(face);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
    return font;
}

static bool add_families(Fonts *fonts, Arena *arena, Error *err)
{
    Str path;
    for (int face = 0; face < FACE_COUNT; face++) {
        if (!add_family(fonts->config, faces[face].family, faces[face].style, arena, &path))
            return font_missing(faces[face].family, faces[face].package, arena, err);
        if (face == FACE_RESIDENT) fonts->resident = open_for_tests(str_z(arena, path));
    }
    if (!fonts->resident) return font_missing(faces[0].family, faces[0].package, arena, err);
    if (!add_family(fonts->config, fallback_family, "Regular", arena, &path))
        return font_missing(fallback_family, fallback_package, arena, err);
    return true;
}

// Nothing is hinted and nothing is rounded to pixels, so that every machine sets the same lines.
static void make_context(Fonts *fonts)
{
    fonts->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    assert(fonts->map);
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->map), fonts->config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts->map), 72);
    fonts->context = pango_font_map_create_context(fonts->map);

    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(fonts->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_language(fonts->context, pango_language_from_string("ja"));
    pango_context_set_round_glyph_positions(fonts->context, FALSE);

    for (int face = 0; face < FACE_COUNT; face++) {
        fonts->descriptions[face] = pango_font_description_new();
        pango_font_description_set_family_static(fonts->descriptions[face], faces[face].family);
        pango_font_description_set_weight(fonts->descriptions[face], faces[face].weight);
    }
    fonts->no_fallback = pango_attr_list_new();
    pango_attr_list_insert(fonts->no_fallback, pango_attr_fallback_new(FALSE));
}

bool fonts_open(Arena *arena, Fonts **fonts, Error *err)
{
    Fonts *opened = NEW(arena, Fonts, 1);
    opened->keys = opened->whole = arena_reserve(KEYS_BYTES);
    opened->config = FcConfigCreate();
    assert(opened->config);
    if (!add_families(opened, arena, err)) {
        fonts_close(opened);
        return false;
    }
    make_context(opened);
    *fonts = opened;
    return true;
}

void fonts_close(Fonts *fonts)
{
    if (!fonts) return;
    for (int64_t i = 0; i < fonts->layout_count; i++) g_object_unref(fonts->layouts[i]);
    if (fonts->passing) g_object_unref(fonts->passing);
    if (fonts->no_fallback) pango_attr_list_unref(fonts->no_fallback);
    for (int face = 0; face < FACE_COUNT; face++)
        if (fonts->descriptions[face]) pango_font_description_free(fonts->descriptions[face]);
    if (fonts->context) g_object_unref(fonts->context);
    if (fonts->map) g_object_unref(fonts->map);
    if (fonts->resident) hb_font_destroy(fonts->resident);
    if (fonts->config) FcConfigDestroy(fonts->config);
    arena_release(fonts->whole);
}

static bool is_selector(int32_t code)
{
    return (code >= 0xE0100 && code <= 0xE01EF) || (code >= 0xFE00 && code <= 0xFE0F);
}

// What no paper may carry whatever a font draws for it (forms.md 2.2, 3).
static bool is_refused(int32_t code)
{
    if (code == UTF8_BAD || code == 0x3013 || code == 0xFFFD) return true;
    hb_unicode_general_category_t category =
        hb_unicode_general_category(hb_unicode_funcs_get_default(), (hb_codepoint_t)code);
    return category == HB_UNICODE_GENERAL_CATEGORY_CONTROL ||
           category == HB_UNICODE_GENERAL_CATEGORY_PRIVATE_USE ||
           category == HB_UNICODE_GENERAL_CATEGORY_SURROGATE ||
           category == HB_UNICODE_GENERAL_CATEGORY_UNASSIGNED;
}

bool fonts_lack(const Fonts *fonts, Str text, Str *what)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t start = at;
        int32_t code = utf8_next(text, &at);
        hb_codepoint_t glyph = 0;
        bool lacks = is_refused(code) ||
                     !hb_font_get_nominal_glyph(fonts->resident, (hb_codepoint_t)code, &glyph) ||
                     !glyph;
        ptrdiff_t after = at;
        int32_t next = at < text.len ? utf8_next(text, &after) : 0;
        if (is_selector(next)) {
            at = after;
            lacks = lacks || !hb_font_get_variation_glyph(fonts->resident, (hb_codepoint_t)code,
                                                          (hb_codepoint_t)next, &glyph);
        }
        if (lacks) {
            *what = (Str){text.at + start, at - start};
            return true;
        }
    }
    return false;
}

// A date of an era up to its weekday: 「令和9年1月31日（日）」. 0 when none begins here.
static ptrdiff_t date_length(Str text)
{
    static const char *const eras[] = {"令和", "平成", "昭和", "大正", "明治"};
    enum { LONGEST = 40 };
    for (int i = 0; i < countof(eras); i++) {
        if (!str_starts(text, str_of(eras[i]))) continue;
        Str near = str_first(text, text.len < LONGEST ? text.len : LONGEST);
        ptrdiff_t day = str_find(near, S("日"));
        if (day < 0) return 0;
        ptrdiff_t end = day + (ptrdiff_t)sizeof("日") - 1;
        ptrdiff_t bracket = (ptrdiff_t)sizeof("（日）") - 1;
        Str rest = str_from(text, end);
        bool weekday = str_starts(rest, S("（")) && rest.len >= bracket &&
                       str_equal(str_from(str_first(rest, bracket), bracket - 3), S("）"));
        return weekday ? end + bracket : end;
    }
    return 0;
}

// A date stays on one line: half of one is read as another.
static void keep_dates_whole(PangoLayout *layout, Str text)
{
    PangoAttrList *list = pango_attr_list_new();
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t length = date_length(str_from(text, at));
        if (!length) {
            (void)utf8_next(text, &at);
            continue;
        }
        PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
        whole->start_index = (guint)at;
        whole->end_index = (guint)(at + length);
        pango_attr_list_insert(list, whole);
        at += length;
    }
    pango_layout_set_attributes(layout, list);
    pango_attr_list_unref(list);
}

static PangoLayout *shape(Fonts *fonts, Face face, double points, Str text, double width_mm)
{
    PangoLayout *layout = pango_layout_new(fonts->context);
    pango_font_description_set_absolute_size(fonts->descriptions[face], points * PANGO_SCALE);
    pango_layout_set_font_description(layout, fonts->descriptions[face]);
    if (!faces[face].fallback) pango_layout_set_attributes(layout, fonts->no_fallback);
    if (width_mm > 0) {
        if (faces[face].fallback) keep_dates_whole(layout, text);
        pango_layout_set_width(layout, (int)(width_mm / MM_PER_POINT * PANGO_SCALE));
        pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    }
    pango_layout_set_text(layout, text.at ? text.at : "", (int)text.len);
    return layout;
}

PangoLayout *fonts_shape(Fonts *fonts, Face face, double points, Str text, double width_mm,
                         bool keep)
{
    if (!keep || fonts->layout_count == SHAPED_MAX) {
        if (fonts->passing) g_object_unref(fonts->passing);
        return fonts->passing = shape(fonts, face, points, text, width_mm);
    }
    Arena before = fonts->keys;
    Str key = str_format(&fonts->keys, "%d %.3f %.3f %.*s", (int)face, points, width_mm, STR(text));
    const int64_t *known = map_find(&fonts->shaped, key);
    if (known) {
        fonts->keys = before;  // a batch asks for the same lines of everybody
        return fonts->layouts[*known - 1];
    }
    fonts->layouts[fonts->layout_count++] = shape(fonts, face, points, text, width_mm);
    *map_place(&fonts->shaped, &fonts->keys, key, NULL) = fonts->layout_count;
    return fonts->layouts[fonts->layout_count - 1];
}

double fonts_width(Fonts *fonts, Face face, double points, Str text)
{
    PangoRectangle logical;
    pango_layout_get_extents(fonts_shape(fonts, face, points, text, 0, false), NULL, &logical);
    return (double)logical.width / PANGO_SCALE * MM_PER_POINT;
}
