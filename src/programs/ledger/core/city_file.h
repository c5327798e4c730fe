// DIR/city.json as the office's life needs it: founding writes it, and no letter leaves under an invented name.
//
// Whose   a real office sends under what it has filled in itself, or not at all. In an office for practice, and on a
//         trial, what is blank is made up: those papers say 検証用 or 見本 on every page.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "city_settings.h"

// Writes it with blanks where none lies, and says on standard output what is to be filled in.
MUST bool city_file_found(Act *act, Arena scratch, Error *err);
// What letters bear. `city`: the name of the city where the residents live, {0} while nobody is known.
// E_MISSING: items that are blank or made up, and this is neither practice nor `trial`.
MUST bool city_file_of_letters(const Act *act, bool trial, Str city, Arena *arena,
                               CitySettings *settings, Error *err);
