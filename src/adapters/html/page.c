// SPDX-License-Identifier: Apache-2.0
#include "page.h"

#include "dates.h"
#include "outlet.h"
#include "page_made.h"

#include <assert.h>
#include <string.h>

struct Page {
    Arena *arena;
    char *at;
    ptrdiff_t len;
    bool too_long;
    Str is_for;
};

struct MarkupText {
    Str text;
};

struct PathText {
    Str text;
};

Page *page_begin(Arena *arena)
{
    Page *page = NEW(arena, Page, 1);
    page->at = ROOM(arena, char, PAGE_MOST);
    page->arena = arena;
    return page;
}

bool page_end(Page *page, Markup *markup, Error *err)
{
    if (page->too_long)
        return FAIL(err, E_LIMIT,
                    .words = S("画面に出すものが多すぎます。条件を加えて、少なくしてください。"));
    struct MarkupText *made = NEW(page->arena, struct MarkupText, 1);
    made->text = (Str){page->at, page->len};
    *markup = made;
    return true;
}

void page_is_for(Page *page, Str words)
{
    if (!page->is_for.len) page->is_for = words;
}

Str page_for(const Page *page)
{
    return page->is_for;
}

Str markup_bytes(Markup markup)
{
    return markup->text;
}

// ---- paths

static bool plain(unsigned char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || (byte && strchr("-._~", byte));
}

static void segment_add(Text *out, Str text, Arena *arena)
{
    for (ptrdiff_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (plain(byte))
            text_add_byte(out, arena, (char)byte);
        else
            text_addf(out, arena, "%%%02X", byte);
    }
}

static Path path_of(Str text, Arena *arena)
{
    struct PathText *made = NEW(arena, struct PathText, 1);
    made->text = text;
    return made;
}

Path path_made(const char *pattern, const Str *variables, int count, Arena *arena)
{
    Text out = {0};
    int used = 0;
    assert(pattern[0] == '/');
    assert(pattern[1] != '/');
    for (const char *at = pattern; *at; at++) {
        if (*at != '{') {
            text_add_byte(&out, arena, *at);
            continue;
        }
        assert(used < count);
        segment_add(&out, variables[used++], arena);
        at = strchr(at, '}');
        assert(at);
    }
    assert(used == count);
    return path_of(text_str(&out), arena);
}

Path path_at(Path path, Str fragment, Arena *arena)
{
    Text out = {0};
    text_add(&out, arena, path->text);
    text_add_byte(&out, arena, '#');
    segment_add(&out, fragment, arena);
    return path_of(text_str(&out), arena);
}

Path path_with(Path path, const char *name, Str value, Arena *arena)
{
    Text out = {0};
    text_add(&out, arena, path->text);
    text_addf(&out, arena, "%c%s=", str_find(path->text, S("?")) < 0 ? '?' : '&', name);
    segment_add(&out, value, arena);
    return path_of(text_str(&out), arena);
}

bool path_again(Str text, Arena *arena, Path *path)
{
    bool ours = text.len && text.at[0] == '/' && !str_starts(text, S("//"));
    for (ptrdiff_t i = 0; i < text.len; i++)
        ours = ours && (plain((unsigned char)text.at[i]) || strchr("/%?=&#", text.at[i])) && text.at[i];
    if (ours) *path = path_of(str_copy(arena, text), arena);
    return ours;
}

Str path_text(Path path)
{
    return path->text;
}

// ---- writing

static void put(Page *page, Str bytes)
{
    page->too_long |= bytes.len > PAGE_MOST - page->len;
    if (page->too_long || !bytes.len) return;
    memcpy(page->at + page->len, bytes.at, (size_t)bytes.len);
    page->len += bytes.len;
}

static Str escape_of(char byte)
{
    switch (byte) {
    case '&': return S("&amp;");
    case '<': return S("&lt;");
    case '>': return S("&gt;");
    case '"': return S("&quot;");
    case '\'': return S("&#39;");
    default: return (Str){0};
    }
}

static void put_escaped(Page *page, Str text)
{
    ptrdiff_t from = 0;
    for (ptrdiff_t i = 0; i < text.len; i++) {
        Str escape = escape_of(text.at[i]);
        if (!escape.len) continue;
        put(page, (Str){text.at + from, i - from});
        put(page, escape);
        from = i + 1;
    }
    put(page, (Str){text.at + from, text.len - from});
}

void put_literal(Page *page, Str markup)
{
    put(page, markup);
}

void put_text_there(Page *page, Str text)
{
    Arena scratch = *page->arena;
    if (text.len) put_escaped(page, outlet_text(OUTLET_PAGE, &scratch, text));
}

void put_text(Page *page, Str text)
{
    assert(str_present(text));
    put_text_there(page, text);
}

void put_digits(Page *page, Str digits)
{
    Arena scratch = *page->arena;
    if (digits.len) put_escaped(page, outlet_digits(OUTLET_PAGE, &scratch, digits));
}

void put_name(Page *page, Str text)
{
    put(page, S("<bdi class=\"na\">"));
    put_text_there(page, text);
    put(page, S("</bdi>"));
}

void put_number(Page *page, int64_t number)
{
    Arena scratch = *page->arena;
    put(page, str_format(&scratch, "%lld", (long long)number));
}

void put_count(Page *page, int64_t number)
{
    Arena scratch = *page->arena;
    Str digits = str_format(&scratch, "%lld", (long long)number);
    for (ptrdiff_t i = 0; i < digits.len; i++) {
        bool sign = digits.at[0] == '-';
        if (i > sign && (digits.len - i) % 3 == 0) put(page, S(","));
        put(page, (Str){digits.at + i, 1});
    }
}

void put_tenths(Page *page, int32_t tenths)
{
    Arena scratch = *page->arena;
    int32_t size = tenths < 0 ? -tenths : tenths;
    put(page, str_format(&scratch, "%s%d", tenths < 0 ? "-" : "", size / 10));
    if (size % 10) put(page, str_format(&scratch, ".%d", size % 10));
}

void put_era(Page *page, Day day)
{
    Arena scratch = *page->arena;
    put_escaped(page, date_era_text(&scratch, day));
}

void put_day(Page *page, Day day)
{
    char text[DAY_TEXT_SIZE];
    put(page, str_of(day_text(day, text)));
}

void put_segment(Page *page, Str text)
{
    Text out = {0};
    Arena scratch = *page->arena;
    segment_add(&out, text, &scratch);
    put(page, text_str(&out));
}

void put_path(Page *page, Path path)
{
    assert(path);
    put_escaped(page, path->text);
}

void put_markup(Page *page, Markup markup)
{
    if (markup) put(page, markup->text);
}
