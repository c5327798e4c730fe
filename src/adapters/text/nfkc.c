// SPDX-License-Identifier: Apache-2.0
#include "nfkc.h"

#include "utf8.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

bool text_nfkc(Str text, Arena *arena, Str *folded)
{
    enum { GROWTH = 18 };  // UTF-16 units that one character may become
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = (int32_t)text.len, used = 0;
    UChar *wide = NEW(arena, UChar, text.len + 1);
    UChar *norm = NEW(arena, UChar, GROWTH * (text.len + 1));
    (void)u_strFromUTF8(wide, len + 1, &used, text.at, len, &status);
    const UNormalizer2 *nfkc = unorm2_getNFKCInstance(&status);
    int32_t made = unorm2_normalize(nfkc, wide, used, norm, GROWTH * (len + 1), &status);
    char *bytes = NEW(arena, char, 3 * (ptrdiff_t)(made > 0 ? made : 0) + 1);
    int32_t size = 0;
    (void)u_strToUTF8(bytes, 3 * made + 1, &size, norm, made, &status);
    if (U_FAILURE(status)) return false;
    *folded = (Str){bytes, size};
    return true;
}

bool code_is_word(int32_t code)
{
    return (u_isalnum(code) || (U_GET_GC_MASK(code) & U_GC_M_MASK)) &&
           !u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}
