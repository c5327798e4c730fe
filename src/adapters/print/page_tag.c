// SPDX-License-Identifier: Apache-2.0
#include "page_tag.h"

#include <assert.h>
#include <string.h>

enum { BODY = 28, MODULUS = 1271, RADIX = 36, ID_DIGITS = 26 };

static const char crockford[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
static const char base36[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

static int base36_value(char c)
{
    const char *hit = c ? strchr(base36, c) : NULL;
    return hit ? (int)(hit - base36) : -1;
}

// ISO 7064 MOD 1271-36: the two characters that make the whole congruent to 1.
static void put_check(char text[PAGE_TAG_LENGTH + 1])
{
    int sum = 0;
    for (int i = 0; i < BODY; i++) sum = (sum + base36_value(text[i])) * RADIX % MODULUS;
    int check = (MODULUS + 1 - sum * RADIX % MODULUS) % MODULUS;
    text[BODY] = base36[check / RADIX];
    text[BODY + 1] = base36[check % RADIX];
}

PageTag page_tag_of(const unsigned char id[PAGE_TAG_ID_BYTES])
{
    PageTag tag = {.text = "S1"};
    unsigned __int128 rest = 0;
    for (int i = 0; i < PAGE_TAG_ID_BYTES; i++) rest = rest << 8 | id[i];
    for (int i = ID_DIGITS - 1; i >= 0; i--, rest >>= 5) tag.text[2 + i] = crockford[rest & 31];
    put_check(tag.text);
    return tag;
}

bool page_tag_read(Str text, PageTag *tag)
{
    if (text.len != PAGE_TAG_LENGTH || !str_starts(text, S("S1"))) return false;
    PageTag read = {0};
    memcpy(read.text, text.at, PAGE_TAG_LENGTH);
    for (int i = 2; i < BODY; i++)
        if (!read.text[i] || !strchr(crockford, read.text[i])) return false;
    if (read.text[2] > '7') return false;

    PageTag right = read;
    put_check(right.text);
    if (memcmp(right.text, read.text, PAGE_TAG_LENGTH) != 0) return false;
    *tag = read;
    return true;
}
