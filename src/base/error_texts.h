// The texts of an error, for whoever lets them out.
//
// Only an outlet includes this, and tests: what leaves any other way would leave unmasked.
//
// Memory  points into the error.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

static inline Str error_text(const ErrorText *text)
{
    return text->len ? (Str){text->own, text->len} : (Str){0};
}

static inline Str error_item(const Error *err) { return error_text(&err->item); }
static inline Str error_value(const Error *err) { return error_text(&err->value); }
static inline Str error_words(const Error *err) { return error_text(&err->words); }
