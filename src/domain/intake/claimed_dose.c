// SPDX-License-Identifier: Apache-2.0
#include "claimed_dose.h"

#include "fold.h"
#include "utf8.h"

enum { SPELLING_MAX = 48 };  // bytes; the longest spelling we know has 20

// Blanks away and digits in half width, so that one grammar reads every spelling. {0}: far too long.
static Str spelling(Str text, char room[SPELLING_MAX])
{
    ptrdiff_t len = 0;
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        int digit = fold_digit(code);
        if (code == ' ' || code == 0x3000 || code == '\t') continue;
        if (code < 0 || len > SPELLING_MAX - 4) return (Str){0};
        len += utf8_put(room + len, digit < 0 ? code : '0' + digit);
    }
    return (Str){room, len};
}

static bool take(Str *rest, Str word)
{
    if (!str_starts(*rest, word)) return false;
    *rest = str_from(*rest, word.len);
    return true;
}

// One or two digits, 1 to 99.
static bool take_number(Str *rest, int *number)
{
    ptrdiff_t len = 0;
    while (len < rest->len && rest->at[len] >= '0' && rest->at[len] <= '9') len++;
    if (!str_digits(str_first(*rest, len), 1, 2, number) || *number == 0) return false;
    *rest = str_from(*rest, len);
    return true;
}

static bool take_period(Str *rest, int *period)
{
    Str behind = *rest;
    int number = 0;
    if (!take_number(&behind, &number) || !take(&behind, S("期"))) return false;
    *period = number;
    *rest = behind;
    return true;
}

bool claimed_dose_parse(Str text, ClaimedDose *claim)
{
    char room[SPELLING_MAX];
    Str rest = spelling(text, room);
    ClaimedDose read = {0};
    if (rest.len == 0) return false;
    bool period = take_period(&rest, &read.period);
    if (period && rest.len == 0) {
        *claim = read;
        return true;
    }
    if (take(&rest, S("追加"))) {
        read.kind = CLAIMED_BOOSTER;
    } else {
        read.kind = take(&rest, S("初回")) ? CLAIMED_PRIMARY : CLAIMED_NUMBER;
        if (!take_number(&rest, &read.number)) return false;
        if (take(&rest, S("回"))) (void)take(&rest, S("目"));
    }
    if (rest.len) return false;
    *claim = read;
    return true;
}

// Position PN, without leading zeros.
static bool position_is_primary(Str position, int number)
{
    int written = 0;
    if (position.len < 2 || position.at[0] != 'P' || position.at[1] == '0') return false;
    return str_digits(str_from(position, 1), 1, 2, &written) && written == number;
}

bool claimed_dose_agrees(ClaimedDose claim, DosePlace place)
{
    if (claim.period && claim.period != place.period) return false;
    switch (claim.kind) {
    case CLAIMED_NOTHING: return true;
    case CLAIMED_NUMBER: return place.ordinal == claim.number;
    case CLAIMED_PRIMARY: return position_is_primary(place.position, claim.number);
    case CLAIMED_BOOSTER: return str_equal(place.position, S("B"));
    }
    return false;
}
