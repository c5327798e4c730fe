// Runs a fuzz target over every file of its corpus: every input that ever broke something keeps
// being tried, with any compiler.
// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *folder, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *in = fopen(path, "rb");
    if (!in) return perror(path), 1;
    static uint8_t bytes[1 << 20];
    size_t size = fread(bytes, 1, sizeof bytes, in);
    (void)fclose(in);
    (void)LLVMFuzzerTestOneInput(bytes, size);
    return 0;
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (!folder) return perror(argc == 2 ? argv[1] : "usage"), 2;
    int failed = 0, count = 0;
    for (struct dirent *e = readdir(folder); e; e = readdir(folder))
        if (e->d_name[0] != '.') {
            failed |= run_file(argv[1], e->d_name);
            count++;
        }
    (void)closedir(folder);
    if (!count) (void)fprintf(stderr, "%s: an empty corpus tries nothing\n", argv[1]);
    return failed || !count;
}
