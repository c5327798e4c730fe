// SPDX-License-Identifier: Apache-2.0
#include "feed_name.h"

#include "regular_file.h"

// yyyymmddHHMMSS
static bool read_moment(Str text, Day *day)
{
    int year, month, of_month, hour, minute, second;
    if (text.len != 14) return false;
    bool digits = str_digits(str_first(text, 4), 4, 4, &year) &&
                  str_digits(str_first(str_from(text, 4), 2), 2, 2, &month) &&
                  str_digits(str_first(str_from(text, 6), 2), 2, 2, &of_month) &&
                  str_digits(str_first(str_from(text, 8), 2), 2, 2, &hour) &&
                  str_digits(str_first(str_from(text, 10), 2), 2, 2, &minute) &&
                  str_digits(str_from(text, 12), 2, 2, &second);
    if (!digits || !civil_valid(year, month, of_month)) return false;
    *day = day_of(year, month, of_month);
    return hour < 24 && minute < 60 && second < 60;
}

static bool read_kind(Str text, bool *full_copy)
{
    *full_copy = str_equal(text, S("ALL"));
    return *full_copy || str_equal(text, S("DIF"));
}

bool feed_name_read(Str path, FeedName *name, Error *err)
{
    FeedName read = {.name = file_name_of(path)};
    Error code_err = {0};
    Cut system = str_cut(read.name, '_');
    Cut municipality = str_cut(system.tail, '_');
    Cut kind = str_cut(municipality.tail, '_');
    Cut moment = str_cut(kind.tail, '_');
    bool good = str_equal(system.head, S("JUKI")) && municipality.head.len == 6 &&
                municipality_code_parse(municipality.head, &read.municipality, NULL, &code_err) &&
                read_kind(kind.head, &read.full_copy) && read_moment(moment.head, &read.made_on) &&
                str_ends(moment.tail, S(".csv")) &&
                str_digits(str_first(moment.tail, moment.tail.len - 4), 3, 3, &read.sequence) &&
                read.sequence >= 1;
    if (!good)
        return FAIL(err, E_FILE_NAME, .value = read.name,
                    .words = S("住民情報のファイル名ではありません。"
                               "JUKI_401005_ALL_20261031050000_001.csv の形にしてください。"));
    *name = read;
    return true;
}

int feed_sequence_after(int sequence)
{
    return sequence % FEED_SEQUENCE_LAST + 1;
}
