// SPDX-License-Identifier: Apache-2.0
#include "lost_character.h"

bool character_lost(Str text)
{
    static const Str marks[] = {S("?"), S("？"), S("〓"), S("■"), S("□"), S("\xEF\xBF\xBD")};
    for (ptrdiff_t i = 0; i < countof(marks); i++)
        if (str_find(text, marks[i]) >= 0) return true;
    return false;
}
