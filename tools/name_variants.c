// Turns data/name-variants.tsv into the constant table of name_variant.c.
//
//     name_variants IN.tsv OUT.c
//
// Refuses a line it cannot read, and a pair of the same character that leads on to another pair: keys
// are folded once, never along a chain.
// SPDX-License-Identifier: Apache-2.0
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS_MAX = 20000, LINE_MAX_BYTES = 256 };
enum { DOUBT = 1, LIKELY = 2, SAME = 3 };

typedef struct Pair {
    uint32_t variant, standard;
    int strength;
} Pair;

static Pair pairs[PAIRS_MAX], compat[PAIRS_MAX];
static int pair_count, compat_count;

static void die(const char *what, long line)
{
    (void)fprintf(stderr, "name_variants: %s (line %ld)\n", what, line);
    exit(1);
}

static int has_label(const char *labels, const char *label)
{
    size_t length = strlen(label);
    for (const char *at = strstr(labels, label); at; at = strstr(at + 1, label)) {
        int begins = at == labels || at[-1] == ',';
        int ends = at[length] == '\0' || at[length] == ',' || at[length] == '\n';
        if (begins && ends) return 1;
    }
    return 0;
}

// What the office says of a pair (folded, doubt) goes before every list.
static int strength_of(const char *labels)
{
    if (has_label(labels, "doubt")) return DOUBT;
    if (has_label(labels, "folded") || has_label(labels, "joyo") || has_label(labels, "jinmei"))
        return SAME;
    if (has_label(labels, "name") || has_label(labels, "koseki4-1") ||
        has_label(labels, "zokuji") || has_label(labels, "zokuji2"))
        return LIKELY;
    return has_label(labels, "goji") ? DOUBT : 0;
}

static void read_line(char *line, long number)
{
    unsigned variant = 0, standard = 0;
    char labels[LINE_MAX_BYTES];
    char *codes = strstr(line, "\tU+");
    if (!codes || sscanf(codes, "\tU+%x\tU+%x\t%255s", &variant, &standard, labels) != 3)
        die("cannot read", number);
    if (pair_count == PAIRS_MAX) die("too many pairs", number);
    Pair pair = {variant, standard, strength_of(labels)};
    if (has_label(labels, "compat")) {
        pair.strength = SAME;
        compat[compat_count++] = pair;
        return;
    }
    if (!pair.strength) die("unknown source", number);
    pairs[pair_count++] = pair;
}

// A compatibility ideograph and its unified one are one character by Unicode's own definition.
static uint32_t unified(uint32_t code)
{
    for (int i = 0; i < compat_count; i++)
        if (compat[i].variant == code) return compat[i].standard;
    return code;
}

static uint32_t folded(uint32_t code)
{
    for (int i = 0; i < pair_count; i++)
        if (pairs[i].strength == SAME && pairs[i].variant == code) return pairs[i].standard;
    return code;
}

static void add_compat_pairs(void)
{
    for (int i = 0; i < pair_count; i++) {
        pairs[i].variant = unified(pairs[i].variant);
        pairs[i].standard = unified(pairs[i].standard);
    }
    for (int i = 0; i < compat_count; i++) {
        Pair pair = {compat[i].variant, folded(compat[i].standard), SAME};
        if (pair_count == PAIRS_MAX) die("too many pairs", 0);
        pairs[pair_count++] = pair;
    }
}

static void refuse_chains(void)
{
    for (int i = 0; i < pair_count; i++) {
        if (pairs[i].strength != SAME) continue;
        if (folded(pairs[i].standard) != pairs[i].standard) die("a pair leads on to another", i);
        if (folded(pairs[i].variant) != pairs[i].standard) die("one character, two standards", i);
    }
}

// Keys hold folded characters only, so weaker pairs are told in folded characters.
static void fold_weak_pairs(void)
{
    for (int i = 0; i < pair_count; i++) {
        if (pairs[i].strength == SAME) continue;
        pairs[i].variant = folded(pairs[i].variant);
        pairs[i].standard = folded(pairs[i].standard);
    }
}

static int by_variant(const void *left, const void *right)
{
    const Pair *a = left, *b = right;
    if (a->variant != b->variant) return a->variant < b->variant ? -1 : 1;
    if (a->standard != b->standard) return a->standard < b->standard ? -1 : 1;
    return a->strength > b->strength ? -1 : a->strength < b->strength;
}

static void write_table(FILE *out)
{
    (void)fprintf(out, "// Made by the build from data/name-variants.tsv.\n"
                       "#include \"name_variant_table.h\"\n"
                       "const VariantPair variant_pairs[] = {\n");
    int written = 0;
    for (int i = 0; i < pair_count; i++) {
        const Pair *pair = &pairs[i];
        if (pair->variant == pair->standard) continue;
        int repeated =
            i && pairs[i - 1].variant == pair->variant && pairs[i - 1].standard == pair->standard;
        if (repeated) continue;
        (void)fprintf(out, "    {0x%X, 0x%X, %d},\n", pair->variant, pair->standard,
                      pair->strength);
        written++;
    }
    (void)fprintf(out, "};\nconst int variant_pair_count = %d;\n", written);
}

// One bit for each code below U+10000 that has a pair: most characters have none.
static void write_bits(FILE *out)
{
    static uint8_t bits[0x10000 / 8];
    for (int i = 0; i < pair_count; i++) {
        if (pairs[i].variant < 0x10000)
            bits[pairs[i].variant / 8] |= (uint8_t)(1U << pairs[i].variant % 8);
    }
    (void)fprintf(out, "const uint8_t variant_bits[0x10000 / 8] = {");
    for (size_t i = 0; i < sizeof bits; i++)
        (void)fprintf(out, "%s%d,", i % 24 ? "" : "\n    ", bits[i]);
    (void)fprintf(out, "\n};\n");
}

int main(int argc, char **argv)
{
    if (argc != 3) return 2;
    FILE *in = fopen(argv[1], "r");
    if (!in) die(argv[1], 0);
    char line[LINE_MAX_BYTES];
    long number = 0;
    while (fgets(line, sizeof line, in))
        if (++number > 1) read_line(line, number);
    (void)fclose(in);

    add_compat_pairs();
    refuse_chains();
    fold_weak_pairs();
    qsort(pairs, (size_t)pair_count, sizeof *pairs, by_variant);

    FILE *out = fopen(argv[2], "w");
    if (!out) die(argv[2], 0);
    write_table(out);
    write_bits(out);
    return fclose(out) != 0;
}
