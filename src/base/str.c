// SPDX-License-Identifier: Apache-2.0
#include "str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

Str str_of(const char *terminated)
{
    if (!terminated) return (Str){0};
    return (Str){terminated, (ptrdiff_t)strlen(terminated)};
}

bool str_equal(Str a, Str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, (size_t)a.len) == 0);
}

int str_order(Str a, Str b)
{
    ptrdiff_t shared = a.len < b.len ? a.len : b.len;
    int first = shared ? memcmp(a.at, b.at, (size_t)shared) : 0;
    if (first) return first < 0 ? -1 : 1;
    return (a.len > b.len) - (a.len < b.len);
}

bool str_starts(Str s, Str prefix)
{
    return s.len >= prefix.len && str_equal((Str){s.at, prefix.len}, prefix);
}

bool str_ends(Str s, Str suffix)
{
    return s.len >= suffix.len && str_equal(str_from(s, s.len - suffix.len), suffix);
}

ptrdiff_t str_find(Str s, Str part)
{
    if (part.len == 0) return 0;
    if (s.len < part.len) return -1;
    const char *hit = memmem(s.at, (size_t)s.len, part.at, (size_t)part.len);
    return hit ? hit - s.at : -1;
}

Str str_from(Str s, ptrdiff_t start)
{
    assert(start >= 0 && start <= s.len);
    return (Str){s.at ? s.at + start : NULL, s.len - start};
}

Str str_first(Str s, ptrdiff_t len)
{
    assert(len >= 0 && len <= s.len);
    return (Str){s.at, len};
}

static bool blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

Str str_trim(Str s)
{
    while (s.len && blank(s.at[0])) s = str_from(s, 1);
    while (s.len && blank(s.at[s.len - 1])) s.len--;
    return s;
}

Cut str_cut(Str s, char sep)
{
    const char *hit = s.len ? memchr(s.at, sep, (size_t)s.len) : NULL;
    if (!hit) return (Cut){.head = s};
    ptrdiff_t n = hit - s.at;
    return (Cut){.head = {s.at, n}, .tail = {hit + 1, s.len - n - 1}, .found = true};
}

uint64_t str_hash(Str s)
{
    uint64_t h = 0xcbf29ce484222325u;  // FNV-1a
    for (ptrdiff_t i = 0; i < s.len; i++) h = (h ^ (unsigned char)s.at[i]) * 0x100000001b3u;
    return h ^ (h >> 32);
}

bool str_digits(Str s, int min, int max, int *number)
{
    assert(max <= 9);
    if (s.len < min || s.len > max) return false;
    int n = 0;
    for (ptrdiff_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        n = n * 10 + (s.at[i] - '0');
    }
    *number = n;
    return true;
}

bool str_int64(Str s, int64_t *number)
{
    bool negative = s.len > 0 && s.at[0] == '-';
    if (negative) s = str_from(s, 1);
    if (s.len == 0) return false;
    int64_t n = 0;
    for (ptrdiff_t i = 0; i < s.len; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') return false;
        int digit = s.at[i] - '0';
        if (__builtin_mul_overflow(n, 10, &n) ||
            __builtin_add_overflow(n, negative ? -digit : digit, &n))
            return false;
    }
    *number = n;
    return true;
}

Str str_copy(Arena *arena, Str s)
{
    if (!s.at) return s;
    char *at = NEW(arena, char, s.len + 1);
    if (s.len) memcpy(at, s.at, (size_t)s.len);
    return (Str){at, s.len};
}

char *str_z(Arena *arena, Str s)
{
    char *at = NEW(arena, char, s.len + 1);
    if (s.len) memcpy(at, s.at, (size_t)s.len);
    return at;
}

Str str_join(Arena *arena, Str a, Str b)
{
    char *at = NEW(arena, char, a.len + b.len + 1);
    if (a.len) memcpy(at, a.at, (size_t)a.len);
    if (b.len) memcpy(at + a.len, b.at, (size_t)b.len);
    return (Str){at, a.len + b.len};
}

__attribute__((format(printf, 2, 0))) static Str formatted(Arena *arena, const char *format,
                                                           va_list args)
{
    assert(format);
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    assert(len >= 0);
    char *at = NEW(arena, char, (ptrdiff_t)len + 1);
    (void)vsnprintf(at, (size_t)len + 1, format, again);
    va_end(again);
    return (Str){at, len};
}

Str str_format(Arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    Str s = formatted(arena, format, args);
    va_end(args);
    return s;
}

Str str_of_int64(int64_t value, char room[INT64_ROOM])
{
    char *at = room + INT64_ROOM;
    uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    do *--at = (char)('0' + rest % 10);
    while (rest /= 10);
    if (value < 0) *--at = '-';
    return (Str){at, room + INT64_ROOM - at};
}

void text_add(Text *text, Arena *arena, Str s)
{
    if (text->len + s.len > text->capacity) {
        ptrdiff_t wanted = text->capacity ? text->capacity * 2 : 64;
        while (wanted < text->len + s.len) wanted *= 2;
        text->at = arena_grow(arena, text->at, 1, 1, text->capacity, wanted);
        text->capacity = wanted;
    }
    if (s.len) memcpy(text->at + text->len, s.at, (size_t)s.len);
    text->len += s.len;
}

void text_add_byte(Text *text, Arena *arena, char byte) { text_add(text, arena, (Str){&byte, 1}); }

void text_addf(Text *text, Arena *arena, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char small[256];
    int len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    assert(len >= 0);
    if ((size_t)len < sizeof small) {
        text_add(text, arena, (Str){small, len});
    } else {
        Arena scratch = arena_reserve((ptrdiff_t)len + 4096);
        Arena whole = scratch;
        text_add(text, arena, formatted(&scratch, format, again));
        arena_release(whole);
    }
    va_end(again);
}
