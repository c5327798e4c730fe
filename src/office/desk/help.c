// SPDX-License-Identifier: Apache-2.0
#include "help.h"

#include "desk_words.h"

// ---- what the page says, without its markup

static Str unescaped(Str text, Arena *arena)
{
    static const struct {
        const char *entity;
        char byte;
    } entities[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}};
    Text out = {0};
    for (ptrdiff_t i = 0; i < text.len; i++) {
        char byte = text.at[i];
        for (ptrdiff_t e = 0; byte == '&' && e < countof(entities); e++) {
            Str entity = str_of(entities[e].entity);
            if (!str_starts(str_from(text, i), entity)) continue;
            byte = entities[e].byte;
            i += entity.len - 1;
            break;
        }
        text_add_byte(&out, arena, byte);
    }
    return text_str(&out);
}

// One tag of the page and the text behind it, up to the next.
typedef struct Piece {
    Str tag;   // "th", "/th"
    Str text;  // escaped, as it stands
} Piece;

static bool piece_next(Str *rest, Piece *piece)
{
    ptrdiff_t from = str_find(*rest, S("<"));
    if (from < 0) return false;
    Str tag = str_from(*rest, from + 1);
    ptrdiff_t end = str_find(tag, S(">"));
    if (end < 0) return false;
    Str behind = str_from(tag, end + 1);
    ptrdiff_t next = str_find(behind, S("<"));
    ptrdiff_t name = 0;
    while (name < end && tag.at[name] != ' ' && tag.at[name] != '\n') name++;
    *piece = (Piece){str_first(tag, name), next < 0 ? behind : str_first(behind, next)};
    *rest = next < 0 ? (Str){0} : str_from(behind, next);
    return true;
}

// ---- keys

static void key_add(HelpKeyRows *keys, Str key, Str words, Arena *arena)
{
    if (!words.len || !key.len) return;
    VEC_EACH (const HelpKey, known, *keys)
        if (str_equal(known->key, key)) return;
    *help_key_rows_push(keys, arena) = (HelpKey){unescaped(key, arena), unescaped(words, arena)};
}

HelpKeyRows help_keys(Str markup, Arena *arena)
{
    Piece piece;
    HelpKeyRows keys = {0};
    Str rest = markup, before = {0};
    while (piece_next(&rest, &piece)) {
        if (str_equal(piece.tag, S("kbd"))) key_add(&keys, str_trim(piece.text), before, arena);
        before = str_trim(piece.text);
    }
    if (str_find(markup, S(" data-row")) >= 0) {
        key_add(&keys, S("↑ ↓"), S("一覧の前の行、次の行（j と k でも）"), arena);
        key_add(&keys, S("Enter"), S("選んだ行を開く"), arena);
    }
    if (str_find(markup, S("class=\"ll")) >= 0) key_add(&keys, S("← →"), S("絵の中の前の印、次の印（↑ ↓ は行）"), arena);
    return keys;
}

// ---- terms

HelpTermRows help_all_terms(Arena *arena)
{
    HelpTermRows terms = {0};
    Str page = desk_words[0].text;
    for (Cut line = str_cut(page, '\n'); line.head.len || line.found; line = str_cut(line.tail, '\n')) {
        if (!str_starts(line.head, S("| "))) continue;
        Cut words = str_cut(str_from(line.head, 2), '|'), meaning = str_cut(words.tail, '|');
        if (!meaning.found || str_equal(str_trim(words.head), S("言葉"))) continue;
        *help_term_rows_push(&terms, arena) = (HelpTerm){str_trim(words.head), str_trim(meaning.head)};
    }
    return terms;
}

static bool labels(Str tag)
{
    static const char *const tags[] = {"h1", "h2", "h3", "th", "dt", "label", "caption", "legend", "button", "summary", "p"};
    for (ptrdiff_t i = 0; i < countof(tags); i++)
        if (str_equal(tag, str_of(tags[i]))) return true;
    return false;
}

// The labels of the page, one a line: terms are looked for in these, not in what people are called.
static Str labels_of(Str markup, Arena *arena)
{
    Piece piece;
    Text out = {0};
    Str rest = markup, inside = {0};
    while (piece_next(&rest, &piece)) {
        bool closes = inside.len && piece.tag.len && piece.tag.at[0] == '/' && str_equal(str_from(piece.tag, 1), inside);
        if (closes) inside = (Str){0};
        if (!inside.len && labels(piece.tag)) inside = piece.tag;
        if (inside.len) text_add(&out, arena, piece.text);
        if (closes) text_add_byte(&out, arena, '\n');
    }
    return text_str(&out);
}

HelpTermRows help_terms(Str markup, Arena *arena)
{
    HelpTermRows all = help_all_terms(arena), here = {0};
    Str told = labels_of(markup, arena);
    VEC_EACH (const HelpTerm, term, all)
        if (str_find(told, term->words) >= 0) *help_term_rows_push(&here, arena) = *term;
    return here;
}
