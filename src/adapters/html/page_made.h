// What compiled templates write with. Only they include it: whoever writes a page by hand writes a template.
//
// Every text of others passes the outlet first: Individual Numbers are masked, signs that move or hide the
// text around them are shown. Then &, <, >, and both quotes are escaped, wherever it stands.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "day.h"
#include "page.h"

void page_is_for(Page *page, Str words);  // of the first template that says so
void put_literal(Page *page, Str markup);
void put_text(Page *page, Str text);        // must be there (asserted); may be empty
void put_text_there(Page *page, Str text);  // may be absent
void put_digits(Page *page, Str digits);    // a number that has its place: not masked
void put_name(Page *page, Str text);        // of people and places, with an end for its direction
void put_number(Page *page, int64_t number);
void put_count(Page *page, int64_t number);   // 1,284
void put_tenths(Page *page, int32_t tenths);  // 208.5
void put_era(Page *page, Day day);            // 令和8年11月24日
void put_day(Page *page, Day day);            // 2026-11-24
void put_segment(Page *page, Str text);       // of a URL, percent-encoded
void put_path(Page *page, Path path);
void put_markup(Page *page, Markup markup);  // NULL: nothing
