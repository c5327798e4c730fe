// Compiles one template (template.h).
//
//     template IN.html OUT.h OUT.c
// SPDX-License-Identifier: Apache-2.0
#include "template.h"

#include <stdio.h>
#include <string.h>

enum { TEMPLATE_MOST = 1 << 20, ARENA_BYTES = 256 << 20 };

static bool file_read(const char *path, Arena *arena, Str *text)
{
    char *at = NEW(arena, char, TEMPLATE_MOST);
    FILE *in = fopen(path, "rb");
    size_t len = in ? fread(at, 1, TEMPLATE_MOST, in) : 0;
    if (!in || fclose(in) != 0 || len == TEMPLATE_MOST) return false;
    *text = (Str){at, (ptrdiff_t)len};
    return true;
}

static bool file_write(const char *path, Str text)
{
    FILE *out = fopen(path, "wb");
    size_t len = out ? fwrite(text.at, 1, (size_t)text.len, out) : 0;
    return out && fclose(out) == 0 && len == (size_t)text.len;
}

int main(int argc, char **argv)
{
    Str text;
    TemplateCode code;
    TemplateRefusal why;
    Arena arena = arena_reserve(ARENA_BYTES);
    if (argc != 4 || !file_read(argv[1], &arena, &text)) {
        (void)fprintf(stderr, "template: %s cannot be read\n", argc > 1 ? argv[1] : "nothing");
        return 2;
    }
    const char *name = strrchr(argv[2], '/') ? strrchr(argv[2], '/') + 1 : argv[2];
    if (!template_compile(text, str_of(name), &arena, &code, &why)) {
        (void)fprintf(stderr, "%s:%d: error: %.*s\n", argv[1], why.line, STR(why.words));
        return 1;
    }
    return file_write(argv[2], code.header) && file_write(argv[3], code.source) ? 0 : 2;
}
