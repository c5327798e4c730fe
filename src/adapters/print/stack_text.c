// SPDX-License-Identifier: Apache-2.0
#include "stack_text.h"

#include "utf8.h"

#include <string.h>

bool blank_code(int32_t code)
{
    return code == ' ' || code == 0x3000 || code == 0xA0 || (code >= '\t' && code <= '\r');
}

Str without_blanks(Str text, Arena *arena)
{
    Text out = {0};
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        if (!blank_code(code)) text_add_code(&out, arena, code);
    }
    return text_str(&out);
}

static void put_number(Text *out, Arena *arena, int32_t number)
{
    text_add(out, arena, (Str){(const char *)&number, sizeof number});
}

static void put_box(Text *out, Arena *arena, Box box)
{
    text_add(out, arena, (Str){(const char *)&box, sizeof box});
}

static void put_text(Text *out, Arena *arena, Str text)
{
    put_number(out, arena, (int32_t)text.len);
    text_add(out, arena, text);
}

static void put_page(Text *out, Arena *arena, const PageExpected *page)
{
    put_number(out, arena, page->sequence);
    put_number(out, arena, (int32_t)page->kind);
    put_number(out, arena, page->has_barcode);
    const Str texts[] = {page->tag,          page->foot,   page->address, page->postal_code,
                         page->address_rest, page->number, page->name,    page->home,
                         page->bars,         page->own};
    for (int i = 0; i < countof(texts); i++) put_text(out, arena, texts[i]);
}

Str stack_written(const StackExpected *stack, int first, int end, Arena *arena)
{
    Text out = {0};
    put_box(&out, arena, stack->block);
    put_box(&out, arena, stack->clear);
    put_number(&out, arena, stack->needle_count);
    for (int i = 0; i < stack->needle_count; i++) put_text(&out, arena, stack->needles[i]);
    put_number(&out, arena, end - first);
    for (int i = first; i < end; i++) put_page(&out, arena, &stack->pages[i]);
    return text_str(&out);
}

static bool take(Str *left, void *into, ptrdiff_t size)
{
    if (left->len < size) return false;
    memcpy(into, left->at, (size_t)size);
    *left = str_from(*left, size);
    return true;
}

// A count of things that are at least `size` bytes each: more than fit are not there.
static bool take_count(Str *left, ptrdiff_t size, int *count)
{
    int32_t number;
    if (!take(left, &number, sizeof number) || number < 0 || number > left->len / size)
        return false;
    *count = number;
    return true;
}

static bool take_text(Str *left, Str *text)
{
    int len;
    if (!take_count(left, 1, &len)) return false;
    *text = str_first(*left, len);
    *left = str_from(*left, len);
    return true;
}

static bool take_page(Str *left, PageExpected *page)
{
    int32_t sequence, kind, has_barcode;
    if (!take(left, &sequence, sizeof sequence) || !take(left, &kind, sizeof kind) ||
        !take(left, &has_barcode, sizeof has_barcode) || kind < 0 || kind >= PAGE_KINDS)
        return false;
    page->sequence = sequence;
    page->kind = (PageKind)kind;
    page->has_barcode = has_barcode != 0;
    Str *const texts[] = {&page->tag,          &page->foot,   &page->address, &page->postal_code,
                          &page->address_rest, &page->number, &page->name,    &page->home,
                          &page->bars,         &page->own};
    for (int i = 0; i < countof(texts); i++)
        if (!take_text(left, texts[i])) return false;
    return true;
}

bool stack_read(Str bytes, Arena *arena, StackExpected *stack)
{
    enum { TEXT_LEAST = 4, PAGE_LEAST = 13 * 4 };
    StackExpected read;
    Str left = bytes;
    if (!take(&left, &read.block, sizeof read.block) ||
        !take(&left, &read.clear, sizeof read.clear) ||
        !take_count(&left, TEXT_LEAST, &read.needle_count))
        return false;
    Str *needles = NEW(arena, Str, read.needle_count);
    for (int i = 0; i < read.needle_count; i++)
        if (!take_text(&left, &needles[i])) return false;
    if (!take_count(&left, PAGE_LEAST, &read.page_count)) return false;
    PageExpected *pages = NEW(arena, PageExpected, read.page_count);
    for (int i = 0; i < read.page_count; i++)
        if (!take_page(&left, &pages[i])) return false;
    if (left.len) return false;
    read.needles = needles;
    read.pages = pages;
    *stack = read;
    return true;
}
