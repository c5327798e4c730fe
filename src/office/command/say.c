// SPDX-License-Identifier: Apache-2.0
#include "say.h"

#include "outlet.h"
#include "utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

enum { LINE_BYTES = 64 << 20 };  // of address space: only touched pages cost

// Adds the argument of the directive at the head of `format`; says what follows the directive.
static const char *say_argument(Text *line, Arena *arena, const char *format, va_list *given)
{
    static const char *const directives[] = {"%.*s", "%s", "%d", "%lld", "%td", "%%"};
    int kind = 0;
    while (kind < countof(directives) &&
           strncmp(format, directives[kind], strlen(directives[kind])) != 0)
        kind++;
    switch (kind) {
    case 0: {
        int len = va_arg(*given, int);
        Str text = {va_arg(*given, const char *), len};
        text_add(line, arena, outlet_text(OUTLET_TERMINAL, arena, text));
        break;
    }
    case 1: {
        Str text = str_of(va_arg(*given, const char *));
        text_add(line, arena, outlet_digits(OUTLET_TERMINAL, arena, text));
        break;
    }
    case 2: text_addf(line, arena, "%d", va_arg(*given, int)); break;
    case 3: text_addf(line, arena, "%lld", va_arg(*given, long long)); break;
    case 4: text_addf(line, arena, "%td", va_arg(*given, ptrdiff_t)); break;
    case 5: text_add_byte(line, arena, '%'); break;
    default: assert(!"a directive that say does not know");
    }
    return format + strlen(directives[kind]);
}

void say(FILE *to, const char *format, ...)
{
    Arena whole = arena_reserve(LINE_BYTES), arena = whole;
    Text line = {0};
    va_list given;
    va_start(given, format);
    while (*format) {
        size_t own = strcspn(format, "%");
        text_add(&line, &arena, (Str){format, (ptrdiff_t)own});
        format += own;
        if (*format) format = say_argument(&line, &arena, format, &given);
    }
    va_end(given);
    (void)fwrite(text_str(&line).at, 1, (size_t)line.len, to);
    arena_release(whole);
}

// ---- JSON

// jansson hands over whole characters; its own signs and line ends are ASCII.
static int dump_part(const char *part, size_t len, void *to)
{
    Str text = {part, (ptrdiff_t)len};
    ptrdiff_t told = 0;
    for (ptrdiff_t at = 0; at < text.len;) {
        ptrdiff_t here = at;
        int32_t code = utf8_next(text, &at);
        if (code < 0x7F || !outlet_sign(code)) continue;
        (void)fwrite(text.at + told, 1, (size_t)(here - told), to);
        if (code > 0xFFFF)
            (void)fprintf(to, "\\u%04X\\u%04X", 0xD7C0 + (unsigned)(code >> 10),
                          0xDC00 + (unsigned)(code & 0x3FF));
        else
            (void)fprintf(to, "\\u%04X", (unsigned)code);
        told = at;
    }
    (void)fwrite(text.at + told, 1, (size_t)(text.len - told), to);
    return ferror(to) ? -1 : 0;
}

bool say_json(FILE *to, const json_t *value, size_t jansson_flags)
{
    return json_dump_callback(value, dump_part, to, jansson_flags) == 0;
}

json_t *json_item(Str item, Str text)
{
    if (!text.len) return json_null();
    if (outlet_clean(OUTLET_JSON, text, outlet_keeps_digits(item, text)))
        return json_stringn(text.at, (size_t)text.len);
    Arena whole = arena_reserve(LINE_BYTES), arena = whole;
    Str clean = outlet_text(OUTLET_JSON, &arena, text);
    json_t *value = json_stringn(clean.at, (size_t)clean.len);
    arena_release(whole);
    return value;
}
