// The page tag (頁札): who a sheet of paper is, told only to those who may ask.
//
// Payload  30 characters: S1, 26 characters of Crockford base 32 (a 128-bit page id; first 0 to 7),
//          2 check characters of ISO 7064 MOD 1271-36 over the 28 before. forms.md 5.2.
// Memory   none.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

#define PAGE_TAG_LENGTH   30
#define PAGE_TAG_ID_BYTES 16

typedef struct PageTag {
    char text[PAGE_TAG_LENGTH + 1];
} PageTag;

PageTag page_tag_of(const unsigned char id[PAGE_TAG_ID_BYTES]);

// False unless it is a tag with the right check; lower case and the look-alikes of Crockford's set
// (O, I, L) are not folded: a scanner does not misread them, and people type nothing.
bool page_tag_read(Str text, PageTag *tag);
