// What is the city's own on every paper: who sends, whom to call, which envelope lies in the cupboard.
//
// The file DIR/city.json holds these items, all of them but the last three. Founding writes it with blanks and with
// words that say how to fill them in (記入のしかた, which nobody reads back). Which blanks a letter may have, and what
// stands in for them where nobody is written to: city_file.h.
//
//     city, section, telephone, mayor   as printed; no letter leaves a real office without one of them
//     public_url    the page behind the QR code of letters, https://..., one for everybody; "" for none
//     envelope      a row of print/forms/envelopes.json; "" for its default
//     synthetic     true prints 検証用 across every page
//     form_parts    予診票: 0 none, 1 市提出用, 2 and 医療機関控, 3 and 本人控
//     copay         yen that a person pays, by B類 series: {"INF": 1500, "HZ": 10000}. The city's own ordinance
//                   decides, so nothing is assumed: letters about a B類 series without an entry say that the
//                   city's notice tells it. A類 is free of charge. The item may be absent.
//     seal_left_out true prints （公印省略） on certificates; false, or absent, leaves the place of the seal free
//     copy_days     days after which lists and papers are refused until the residents' copy is synced; 0, or absent:
//                   an old copy is only spoken of (copy_state.h)
//
// Errors  E_FILE_OPEN, E_FILE_READ, E_FILE_WRITE; E_FILE_LAYOUT when it is not JSON; E_MISSING (an item is not there),
//         E_LENGTH, E_CHARSET,
//         E_NUMBER_FORMAT, E_CODE_UNKNOWN with the item. A misspelt item is refused, never passed over.
// Memory  texts live in the arena.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "papers.h"

enum { COPAYS_MAX = 16, COPAY_MOST = 100000 };

typedef struct Copay {
    Str series;
    int64_t yen;
} Copay;

typedef struct CitySettings {
    PaperSender sender;
    Str envelope;
    bool synthetic;
    int form_parts;
    Copay copays[COPAYS_MAX];
    int copay_count;
    bool seal_left_out;
    int copy_days;  // 0: only spoken of
} CitySettings;

// NULL: the city says nothing about this series.
const Copay *city_copay(const CitySettings *settings, Str series);

// As founding writes it: nothing filled in. `synthetic`: of an office for practice.
CitySettings city_settings_blank(bool synthetic);
// Whatever is blank, made up: of a city of this name, or of none ({0}).
void city_settings_make_up(CitySettings *settings, Str city, Arena *arena);
// What a letter cannot do without and is blank, or still the made-up one: "city (市の名前)、…"; {0}: nothing.
Str city_settings_missing(const CitySettings *settings, Arena *arena);

MUST bool city_settings_parse(Str text, Arena *arena, CitySettings *settings, Error *err);
Str city_settings_text(const CitySettings *settings, Arena *arena);

// Reads the file; where there is none, everything is blank and `*there` false.
MUST bool city_settings_read(const char *path, Arena *arena, CitySettings *settings, bool *there,
                             Error *err);
// Writes it, whole or not at all.
MUST bool city_settings_write(const char *path, const CitySettings *settings, Arena scratch,
                              Error *err);
