// SPDX-License-Identifier: Apache-2.0
#include "number_typed.h"

#include <stdio.h>
#include <unistd.h>

#include "secret.h"

bool individual_no_type(IndividualNo *number, Error *err)
{
    SECRET(typed);
    bool corrected;
    if (isatty(STDIN_FILENO)) (void)fputs("個人番号を入力して Enter を押してください:\n", stderr);
    if (fgets((char *)typed.at, sizeof typed.at, stdin)) typed.len = str_of((const char *)typed.at).len;
    Str line = str_trim(secret_view(&typed));
    if (!line.len) return FAIL(err, E_MISSING, .item = S("個人番号"), .words = S("標準入力に1行で入力してください。"));
    if (!individual_no_parse_typed(line, number, &corrected, err)) return false;
    if (corrected) (void)fputs("空白・ハイフン・全角の数字を直して読みました。\n", stderr);
    return true;
}
