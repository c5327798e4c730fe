// SPDX-License-Identifier: Apache-2.0
#include "coded_word.h"

#include <string.h>

#include "fold.h"

enum { WORD_BYTES_MOST = 60, SCRATCH_BYTES = 8 * WORD_BYTES_MOST };

// clang-format off
static const struct {
    CodedItem item;
    int32_t code;
    const char *words;  // folded: half width, small letters; a blank between two
} rows[] = {
    {CODED_SEX, 1, "男 男性 男子 m male おとこ オトコ"},
    {CODED_SEX, 2, "女 女性 女子 f female おんな オンナ"},
    {CODED_SEX, 9, "不明 不詳 その他 u unknown"},
    {CODED_YES, 1, "○ 〇 ◯ ◎ レ ✓ ✔ 有 有り あり はい 該当 対象 y yes true t on"},
    {CODED_YES, 0, "× ✕ ✗ 無 無し なし いいえ 非該当 対象外 n no false f off - ー"},
    {CODED_KIND, 1, "日本人 日本人住民 日本国籍"},
    {CODED_KIND, 2, "外国人 外国人住民 外国籍"},
    {CODED_STATUS, 1, "住民 現住 在住 住登者"},
    {CODED_STATUS, 2, "転出 転出者 転出済"},
    {CODED_STATUS, 3, "死亡 死亡者"},
    {CODED_STATUS, 9, "消除 消除者 その他消除 職権消除"},
    {CODED_PRINTED_NAME, 1, "本名 氏名"},
    {CODED_PRINTED_NAME, 2, "通称 通称名"},
};
// clang-format on

static bool listed(const char *words, Str word)
{
    for (Str rest = str_of(words); rest.len;) {
        Cut cut = str_cut(rest, ' ');
        if (str_equal(cut.head, word)) return true;
        rest = cut.tail;
    }
    return false;
}

// 1, 01, 1.0, 1.00
static bool digit_of(Str text, int32_t *digit)
{
    Cut point = str_cut(text, '.');
    Str whole = point.head;
    if (point.found && point.tail.len == 0) return false;
    for (ptrdiff_t i = 0; i < point.tail.len; i++)
        if (point.tail.at[i] != '0') return false;
    int number;
    if (!str_digits(whole, 1, 2, &number) || number > 9) return false;
    *digit = number;
    return true;
}

bool coded_read(CodedItem item, const char *allowed, Str text, int32_t *code)
{
    char room[SCRATCH_BYTES], word[WORD_BYTES_MOST];
    Arena scratch = {room, room + sizeof room};
    int32_t digit;
    Str trimmed = fold_trim(text);
    if (trimmed.len == 0 || trimmed.len > WORD_BYTES_MOST) return false;
    Str folded = fold_width(&scratch, trimmed, NULL);
    if (folded.len > WORD_BYTES_MOST) return false;
    for (ptrdiff_t i = 0; i < folded.len; i++) {
        char c = folded.at[i];
        word[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    Str small = {word, folded.len};
    if (digit_of(small, &digit)) {
        if (!strchr(allowed, '0' + digit)) return false;
        *code = digit;
        return true;
    }
    for (ptrdiff_t i = 0; i < countof(rows); i++) {
        bool here = rows[i].item == item && strchr(allowed, '0' + rows[i].code);
        if (!here || !listed(rows[i].words, small)) continue;
        *code = rows[i].code;
        return true;
    }
    return false;
}
