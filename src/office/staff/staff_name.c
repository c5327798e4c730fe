// SPDX-License-Identifier: Apache-2.0
#include "staff_name.h"

#include "individual_no.h"
#include "nfkc.h"
#include "utf8.h"

static bool refuse(ErrorCode code, Str typed, Str words, Error *err)
{
    return FAIL(err, code, .item = S("職員"), .value = typed, .words = words);
}

static bool joins(int32_t code)
{
    static const int32_t signs[] = {'-', '.', '_', '\'', '@', 0x30FB /* ・ */, 0x30FC /* ー */};
    for (ptrdiff_t i = 0; i < countof(signs); i++)
        if (signs[i] == code) return true;
    return false;
}

// One blank for each run of them, none at the ends. False at the first character that no name has.
static bool put_name(Text *name, Str folded, Arena *arena)
{
    bool blank = false;
    for (ptrdiff_t at = 0; at < folded.len;) {
        int32_t code = utf8_next(folded, &at);
        if (code == ' ') {
            blank = name->len > 0;
            continue;
        }
        if (code == UTF8_BAD || (!code_is_word(code) && !joins(code))) return false;
        if (blank) text_add_byte(name, arena, ' ');
        blank = false;
        text_add_code(name, arena, code);
    }
    return true;
}

bool staff_name_read(Str typed, Arena *arena, Str *name, Error *err)
{
    Str folded;
    Text text = {0};
    enum { BYTES_MOST = 16 * STAFF_NAME_MOST };
    if (typed.len > BYTES_MOST)
        return refuse(E_LENGTH, (Str){0}, S("職員の名前が長すぎます。60字までにしてください。"),
                      err);
    if (!text_nfkc(typed, arena, &folded) || !put_name(&text, folded, arena) ||
        str_starts(text_str(&text), S("system:")))
        return refuse(E_CHARSET, typed,
                      S("職員の名前に使えない文字があります。見えない文字や記号を除いてください。"),
                      err);
    // The trail would mask it, and its record would no longer name who holds the right.
    if (individual_no_in_text(text_str(&text)))
        return refuse(
            E_CHARSET, (Str){0},
            S("職員の名前に、個人番号かもしれない数字は使えません。名前を書いてください。"), err);
    if (!text.len) return refuse(E_MISSING, typed, S("職員の名前が空です。"), err);
    if (utf8_count(text_str(&text)) > STAFF_NAME_MOST)
        return refuse(E_LENGTH, typed, S("職員の名前が長すぎます。60字までにしてください。"), err);
    if (individual_no_in_text(text_str(&text)))
        return refuse(E_CHARSET, typed,
                      S("職員の名前に長い番号は使えません。個人番号ではないか確かめてください。"),
                      err);
    *name = text_str(&text);
    return true;
}
