// A whole city into one folder: feeds, clinics, history, submissions, truth.
//
// The same wish and length give the same bytes. Memory does not grow with the history; people and homes
// stand in the arena (about 90 bytes a resident).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "city_history.h"
#include "city_population.h"

typedef struct CityCounts {
    int64_t history_rows, month_rows;
    int32_t people, clinics;
    int feed_files;
} CityCounts;

// `dir` must be there.
MUST bool city_make(const CityWish *wish, HistoryLength length, Str dir, Arena *arena,
                    CityCounts *counts, Error *err);
