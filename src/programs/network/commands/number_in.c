// SPDX-License-Identifier: Apache-2.0
#include "number_in.h"

#include <stdio.h>

static bool number_read_in(IndividualNo *number, Error *err)
{
    enum { LINE_MOST = 128 };
    char line[LINE_MOST];
    bool corrected;
    if (!fgets(line, sizeof line, stdin))
        return FAIL(err, E_MISSING, .item = S("個人番号"), .words = S("個人番号を標準入力に1行で入力してください。"));
    bool read = individual_no_parse_typed(str_trim(str_of(line)), number, &corrected, err);
    bytes_wipe(line, sizeof line);
    return read;
}

bool citizen_typed(Act *act, Arena scratch, Citizen *citizen, Error *err)
{
    INDIVIDUAL_NO_SECRET IndividualNo number = {0};
    return number_read_in(&number, err) && citizen_person(act, &number, scratch, citizen, err);
}
