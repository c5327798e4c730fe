// What was given and where the record of it comes from, in words: the same on pages and papers.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dose_rows.h"
#include "product_rows.h"

Str dose_product_words(const Schedule *schedule, const Products *products, const DoseRecord *record);
Str dose_source_words(const DoseRecord *record);
