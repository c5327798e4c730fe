// SPDX-License-Identifier: Apache-2.0
#include "rare_character.h"

#include "utf8.h"

static const struct {
    int32_t first, last;
} rare[] = {
    {0x3400, 0x4DBF},      // extension A
    {0xE000, 0xF8FF},      // private use
    {0xF900, 0xFAFF},      // compatibility ideographs
    {0xFE00, 0xFE0F},      // variant selectors
    {0x20000, 0x10FFFF},   // extensions B and behind, compatibility, selectors, private use
};

bool character_rare(Str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        for (ptrdiff_t i = 0; i < countof(rare); i++)
            if (code >= rare[i].first && code <= rare[i].last) return true;
    }
    return false;
}
