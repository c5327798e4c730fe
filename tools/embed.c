// Writes files into a C source, so that a program carries its rules, migrations and layouts with it
// and runs wherever it lies.
//
//     embed NAME OUT.c OUT.h FILE...      const EmbeddedFile NAME[]; const int NAME_count;
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static long write_bytes(FILE *out, const char *path)
{
    FILE *in = fopen(path, "rb");
    if (!in) die(path);
    long count = 0;
    for (int c = fgetc(in); c != EOF; c = fgetc(in), count++)
        (void)fprintf(out, "%s%d,", count % 24 ? "" : "\n", c);
    if (ferror(in)) die(path);
    (void)fclose(in);
    return count;
}

int main(int argc, char **argv)
{
    if (argc < 4) return 2;
    const char *name = argv[1];
    FILE *out = fopen(argv[2], "w"), *header = fopen(argv[3], "w");
    if (!out || !header) die(argv[2]);

    const char *header_name = strrchr(argv[3], '/') ? strrchr(argv[3], '/') + 1 : argv[3];
    (void)fprintf(header, "// Made by the build.\n#pragma once\n#include \"embedded.h\"\n"
                          "extern const EmbeddedFile %s[];\nextern const int %s_count;\n", name, name);
    (void)fprintf(out, "// Made by the build.\n#include \"%s\"\n", header_name);
    long *sizes = calloc((size_t)argc, sizeof *sizes);
    if (!sizes) die("calloc");
    for (int i = 4; i < argc; i++) {
        (void)fprintf(out, "static const unsigned char file_%d[] = {", i);
        sizes[i] = write_bytes(out, argv[i]);
        (void)fprintf(out, "0};\n");  // a terminator that the length does not count
    }
    (void)fprintf(out, "const EmbeddedFile %s[] = {\n", name);
    for (int i = 4; i < argc; i++) {
        const char *base = strrchr(argv[i], '/') ? strrchr(argv[i], '/') + 1 : argv[i];
        (void)fprintf(out, "    {\"%s\", {(const char *)file_%d, %ld}},\n", base, i, sizes[i]);
    }
    (void)fprintf(out, "    {0}};\nconst int %s_count = %d;\n", name, argc - 4);
    free(sizes);
    return fclose(out) || fclose(header);
}
