// SPDX-License-Identifier: Apache-2.0
#include "city_file.h"

#include "say.h"

#include <stdio.h>

static const char *path_of(const Act *act, Arena *arena)
{
    return office_path(act->office, "city.json", arena);
}

bool city_file_found(Act *act, Arena scratch, Error *err)
{
    bool there, practice;
    CitySettings settings;
    const char *path = path_of(act, &scratch);
    if (!office_is_practice(act->office, scratch, &practice, err) ||
        !city_settings_read(path, &scratch, &settings, &there, err))
        return false;
    if (!there) settings = city_settings_blank(practice);
    if (!there && !city_settings_write(path, &settings, scratch, err)) return false;
    Str missing = city_settings_missing(&settings, &scratch);
    if (missing.len && !practice)
        say(stdout, "ledger: %s に市のことを書いてください。書くまで、通知は見本 (--trial) だけが作れます: %.*s\n",
            path, STR(missing));
    return true;
}

bool city_file_of_letters(const Act *act, bool trial, Str city, Arena *arena, CitySettings *settings,
                          Error *err)
{
    bool there, practice;
    const char *path = path_of(act, arena);
    if (!office_is_practice(act->office, *arena, &practice, err) ||
        !city_settings_read(path, arena, settings, &there, err))
        return false;
    Str missing = city_settings_missing(settings, arena);
    if (missing.len && !practice && !trial)
        return FAIL(err, E_MISSING, .item = missing, .value = str_of(path),
                    .words = there ? S("city.json のこの項目が空か、見本のままです。市のことを書いてから、もう一度実行してください。"
                                       "だれにも通知していません。")
                                   : S("city.json がありません。sesshu init をもう一度実行すると、空欄のあるファイルができます。"
                                       "市のことを書いてください。だれにも通知していません。"));
    city_settings_make_up(settings, city, arena);
    settings->synthetic |= practice;
    return true;
}
