// SPDX-License-Identifier: Apache-2.0
#include "name_key.h"

#include "name_variant.h"
#include "utf8.h"

// What one code point is to a name.
enum {
    IGNORED = -1,
    SEPARATOR = -2,
    VOICE_MARK = -3,
    HALF_VOICE_MARK = -4,
    HYPHEN = -5,
    REPEAT = -6,
    REPEAT_VOICED = -7
};

enum {
    KANA_FIRST = 0x30A1,
    KANA_LAST = 0x30FE,
    KANA_MIDDLE_DOT = 0x30FB,
    LONG_MARK = 0x30FC,
    KANA_VU = 0x30F4,
    KANA_BU = 0x30D6,
};

// U+FF61 to U+FF9D, the half-width row of JIS X 0201, in full width; voice marks are handled apart.
static const uint16_t half_width_kana[] = {
    0x3002, 0x300C, 0x300D, 0x3001, 0x30FB, 0x30F2, 0x30A1, 0x30A3, 0x30A5, 0x30A7, 0x30A9,
    0x30E3, 0x30E5, 0x30E7, 0x30C3, 0x30FC, 0x30A2, 0x30A4, 0x30A6, 0x30A8, 0x30AA, 0x30AB,
    0x30AD, 0x30AF, 0x30B1, 0x30B3, 0x30B5, 0x30B7, 0x30B9, 0x30BB, 0x30BD, 0x30BF, 0x30C1,
    0x30C4, 0x30C6, 0x30C8, 0x30CA, 0x30CB, 0x30CC, 0x30CD, 0x30CE, 0x30CF, 0x30D2, 0x30D5,
    0x30D8, 0x30DB, 0x30DE, 0x30DF, 0x30E0, 0x30E1, 0x30E2, 0x30E4, 0x30E6, 0x30E8, 0x30E9,
    0x30EA, 0x30EB, 0x30EC, 0x30ED, 0x30EF, 0x30F3,
};

// Kana that are written differently and sound alike, or are the small form of another.
static const struct {
    uint16_t from, to;
} kana_alike[] = {
    {0x30A1, 0x30A2}, {0x30A3, 0x30A4}, {0x30A5, 0x30A6}, {0x30A7, 0x30A8}, {0x30A9, 0x30AA},
    {0x30C2, 0x30B8}, {0x30C3, 0x30C4}, {0x30C5, 0x30BA}, {0x30E3, 0x30E4}, {0x30E5, 0x30E6},
    {0x30E7, 0x30E8}, {0x30EE, 0x30EF}, {0x30F0, 0x30A4}, {0x30F1, 0x30A8}, {0x30F2, 0x30AA},
    {0x30F5, 0x30AB}, {0x30F6, 0x30B1}, {0x30F7, 0x30D0}, {0x30F8, 0x30D3}, {0x30F9, 0x30D9},
    {0x30FA, 0x30DC},
};

// Base letters of U+00C0 to U+017F in order; '*' is no letter.
static const char latin_base[] =
    "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYTSAAAAAAACEEEEIIIIDNOOOOO*OUUUUYTY"
    "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLLLLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSS"
    "TTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";

// Base letters of the Vietnamese block, U+1EA0 to U+1EF9.
static const char vietnamese_base[] =
    "AAAAAAAAAAAAAAAAAAAAAAAAEEEEEEEEEEEEEEEEIIIIOOOOOOOOOOOOOOOOOOOOOOOOUUUUUUUUUUUUUUYYYYYYYY";

static bool is_kana(int32_t code)
{
    return code >= KANA_FIRST && code <= KANA_LAST;
}
static bool is_letter(int32_t code)
{
    return code >= 'A' && code <= 'Z';
}

static bool is_selector(int32_t code)
{
    return (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF) ||
           (code >= 0x200B && code <= 0x200F) || code == 0xFEFF;
}

static bool is_hyphen(int32_t code)
{
    return code == '-' || (code >= 0x2010 && code <= 0x2015) || code == 0x2212;
}

static int32_t widened(int32_t code)
{
    if (code >= 0xFF01 && code <= 0xFF5E) return code - 0xFF01 + '!';
    if (code >= 0xFF61 && code <= 0xFF9D) return half_width_kana[code - 0xFF61];
    if (code >= 0x3041 && code <= 0x3096) return code + 0x60;
    if (code == 0x309D || code == 0x309E) return code + 0x60;
    return code;
}

static int32_t letter_base(int32_t code)
{
    if (code >= 'a' && code <= 'z') return code - 'a' + 'A';
    if (code >= 0xC0 && code <= 0x17F) return latin_base[code - 0xC0];
    if (code >= 0x1EA0 && code <= 0x1EF9) return vietnamese_base[code - 0x1EA0];
    if (code == 0x1A0 || code == 0x1A1) return 'O';
    if (code == 0x1AF || code == 0x1B0) return 'U';
    return code;
}

static int32_t sign_meaning(int32_t code)
{
    switch (code) {
    case 0x3099:
    case 0x309B:
    case 0xFF9E: return VOICE_MARK;
    case 0x309A:
    case 0x309C:
    case 0xFF9F: return HALF_VOICE_MARK;
    case 0x3005:
    case 0x303B:
    case 0x30FD: return REPEAT;
    case 0x30FE: return REPEAT_VOICED;
    case '\'':
    case '`':
    case 0x2018:
    case 0x2019:
    case 0x2BC: return IGNORED;
    case ' ':
    case 0xA0:
    case 0x3000:
    case 0x202F:
    case '\t':
    case '\r':
    case '\n': return SEPARATOR;
    case KANA_MIDDLE_DOT:
    case 0xB7:
    case 0x30A0:
    case 0x3001:
    case 0x3002: return SEPARATOR;
    case ',':
    case '.':
    case '=':
    case '(':
    case ')':
    case '/': return SEPARATOR;
    default: break;
    }
    if (code < ' ' || is_selector(code)) return IGNORED;
    if (code >= 0x300 && code <= 0x36F) return IGNORED;
    if (code >= 0x2000 && code <= 0x200A) return SEPARATOR;
    return is_hyphen(code) ? HYPHEN : code;
}

static int32_t kana_base(int32_t code)
{
    for (ptrdiff_t i = 0; i < countof(kana_alike); i++)
        if (kana_alike[i].from == code) return kana_alike[i].to;
    return code;
}

// With its voice mark, where there is such a kana; 0 otherwise.
static int32_t voiced(int32_t code, int32_t mark)
{
    bool h_row = code >= 0x30CF && code <= 0x30DB && (code - 0x30CF) % 3 == 0;
    if (mark == HALF_VOICE_MARK) return h_row ? code + 2 : 0;
    bool k_to_t = code >= 0x30AB && code <= 0x30C1 && code % 2 == 1;
    bool ts_to_t = code == 0x30C4 || code == 0x30C6 || code == 0x30C8;
    if (h_row || k_to_t || ts_to_t) return code + 1;
    return code == 0x30A6 ? KANA_VU : 0;
}

typedef struct Folding {
    int32_t chars[NAME_CHARS_MAX];
    int32_t count;
    NameKey key;
} Folding;

static int32_t part_start(const Folding *f)
{
    return f->key.part_count ? f->key.part_ends[f->key.part_count - 1] : 0;
}

static void end_part(Folding *f)
{
    if (f->count == part_start(f)) return;
    if (f->key.part_count == NAME_PARTS_MAX) {
        f->key.part_ends[NAME_PARTS_MAX - 1] = f->count;
    } else {
        f->key.part_ends[f->key.part_count++] = f->count;
    }
}

static int32_t *last_of_part(Folding *f)
{
    return f->count > part_start(f) ? &f->chars[f->count - 1] : NULL;
}

static void add_char(Folding *f, int32_t code)
{
    if (f->count == NAME_CHARS_MAX) {
        f->key.cut = true;
    } else {
        f->chars[f->count++] = code;
    }
}

// ヴァ is バ: the vowel behind ヴ decides, whether it was written small or large.
static bool join_vu(Folding *f, int32_t vowel)
{
    static const struct {
        uint16_t vowel, kana;
    } rows[] = {{0x30A2, 0x30D0}, {0x30A4, 0x30D3}, {0x30A8, 0x30D9}, {0x30AA, 0x30DC}};
    int32_t *last = last_of_part(f);
    if (!last || *last != KANA_VU) return false;
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        if (rows[i].vowel != vowel) continue;
        *last = rows[i].kana;
        return true;
    }
    return false;
}

static void add_voice(Folding *f, int32_t mark)
{
    int32_t *last = last_of_part(f);
    int32_t with = last ? voiced(*last, mark) : 0;
    if (with) *last = with;
}

static void add_folded(Folding *f, int32_t code)
{
    int32_t *last = last_of_part(f);
    switch (code) {
    case IGNORED: return;
    case SEPARATOR: end_part(f); return;
    case VOICE_MARK:
    case HALF_VOICE_MARK: add_voice(f, code); return;
    case REPEAT:
    case REPEAT_VOICED:
        if (last) add_char(f, *last);
        if (code == REPEAT_VOICED) add_voice(f, VOICE_MARK);
        return;
    case HYPHEN:  // keyboards write ユ-コ for ユーコ
        if (last && is_kana(*last)) {
            add_char(f, LONG_MARK);
        } else {
            end_part(f);
        }
        return;
    default: break;
    }
    if (is_kana(code)) {
        // Voice marks come after their kana, so ヂヅヴ are told apart only when the name is read.
        if (!join_vu(f, kana_base(code))) add_char(f, code);
        return;
    }
    add_char(f, variant_folded(letter_base(code)));
}

static void settle_kana(Folding *f)
{
    for (int32_t i = 0; i < f->count; i++) {
        if (!is_kana(f->chars[i])) continue;
        f->chars[i] = f->chars[i] == KANA_VU ? KANA_BU : kana_base(f->chars[i]);
    }
}

static NameScript script_of(const Folding *f)
{
    if (!f->count) return NAME_SCRIPT_NONE;
    int32_t kana = 0, letters = 0;
    for (int32_t i = 0; i < f->count; i++) {
        kana += is_kana(f->chars[i]);
        letters += is_letter(f->chars[i]);
    }
    if (kana == f->count) return NAME_SCRIPT_KANA;
    return letters == f->count ? NAME_SCRIPT_LATIN : NAME_SCRIPT_KANJI;
}

NameKey name_key(Str written, Arena *arena)
{
    Folding f = {0};
    for (ptrdiff_t at = 0; at < written.len && !f.key.cut;) {
        int32_t code = utf8_next(written, &at);
        if (code != UTF8_BAD) add_folded(&f, sign_meaning(widened(code)));
    }
    end_part(&f);
    settle_kana(&f);
    int32_t *chars = NEW(arena, int32_t, f.count);
    for (int32_t i = 0; i < f.count; i++) chars[i] = f.chars[i];
    f.key.script = script_of(&f);
    f.key.chars = chars;
    f.key.count = f.count;
    return f.key;
}

static Str chars_text(const int32_t *chars, int32_t count, const NameKey *parts, Arena *arena)
{
    Text text = {0};
    int32_t part = 0;
    for (int32_t i = 0; i < count; i++) {
        if (parts && part < parts->part_count - 1 && i == parts->part_ends[part]) {
            text_add_byte(&text, arena, ' ');
            part++;
        }
        text_add_code(&text, arena, chars[i]);
    }
    return text_str(&text);
}

Str name_text(const NameKey *key, Arena *arena)
{
    return key->count ? chars_text(key->chars, key->count, key, arena) : (Str){0};
}

// The vowel row of a folded kana: ア イ ウ エ オ as 0 to 4, -1 for ン ッ ー.
static int vowel_of(int32_t code)
{
    if (code >= 0x30A1 && code <= 0x30AA) return (code - 0x30A1) / 2;
    if (code >= 0x30AB && code <= 0x30C2) return (code - 0x30AB) / 2 % 5;
    if (code >= 0x30C4 && code <= 0x30C9) return 2 + (code - 0x30C4) / 2;
    if (code >= 0x30CA && code <= 0x30CE) return code - 0x30CA;
    if (code >= 0x30CF && code <= 0x30DD) return (code - 0x30CF) / 3;
    if (code >= 0x30DE && code <= 0x30E2) return code - 0x30DE;
    if (code == 0x30E4 || code == 0x30E6 || code == 0x30E8) return code - 0x30E4;
    if (code >= 0x30E9 && code <= 0x30ED) return code - 0x30E9;
    return code == 0x30EF ? 0 : -1;
}

// オオ オウ オー, エエ エイ エー, and the vowel of any other row repeated.
static bool lengthens(int32_t before, int32_t code)
{
    if (code == LONG_MARK) return true;
    bool vowel =
        code == 0x30A2 || code == 0x30A4 || code == 0x30A6 || code == 0x30A8 || code == 0x30AA;
    if (!vowel) return false;
    int row = vowel_of(before), own = vowel_of(code);
    return row == own || (row == 4 && own == 2) || (row == 3 && own == 1);
}

int32_t name_sound(const NameKey *key, int32_t out[NAME_CHARS_MAX])
{
    int32_t count = 0;
    bool dropped = false;  // セイイチ keeps its second イ: one vowel is lengthened once
    for (int32_t i = 0; i < key->count; i++) {
        int32_t code = key->chars[i];
        bool drops = code == LONG_MARK || (i && !dropped && lengthens(key->chars[i - 1], code));
        if (!drops) out[count++] = code;
        dropped = drops;
    }
    return count;
}

Str name_index_key(Str written, Arena *arena)
{
    NameKey key = name_key(written, arena);
    if (key.script != NAME_SCRIPT_KANA)
        return key.count ? chars_text(key.chars, key.count, NULL, arena) : (Str){0};
    int32_t sounds[NAME_CHARS_MAX];
    int32_t count = name_sound(&key, sounds);
    return chars_text(sounds, count, NULL, arena);
}
