// The one box that searches for a person, and what it found, of every program that holds people. What was typed is posted
// and goes on in the address as a text that only this session can read, so that Back works and no name stands in an
// address, a history or a log.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "person_search.h"
#include "visit.h"

typedef struct SearchBox {
    const char *title;              // of the page
    const Route *sends, *hits;      // where it posts, and where the hits lie: {text}
} SearchBox;

MUST bool search_opened(Visit *visit, const SearchBox *box, Error *err);
// What was posted leads on to the hits.
MUST bool search_sent(Visit *visit, const SearchBox *box, Error *err);

// Where a hit leads.
typedef bool HitPath(const Visit *visit, const AddresseeNo *who, Path *path, Error *err);

// What the form of a search said, sealed for the address; `refused`: what is wrong with it.
MUST bool hits_typed(const Visit *visit, Str *sealed, Str *refused, Error *err);
// `go`: where the next search is posted.
MUST bool hits_drawn(Visit *visit, Str sealed, Path go, const SearchSource *source, HitPath *leads, Error *err);
