// The bytes of one page, and the only way in which there are any.
//
// A page is written by a template that the build has compiled (tools/template): text is escaped where it is
// written, and what has no template has no markup. A Markup is what a template wrote; nobody can make one
// from a text. A Path is a place of our own: it has no scheme and no host, and its parts are encoded.
// Memory  in the arena of page_begin, which keeps room for the longest page.
// Errors  a page longer than PAGE_MOST is cut while it is written and refused at its end: E_LIMIT.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

enum { PAGE_MOST = 1 << 20 };

typedef struct Page Page;
typedef const struct MarkupText *Markup;
typedef const struct PathText *Path;

Page *page_begin(Arena *arena);
MUST bool page_end(Page *page, Markup *markup, Error *err);

// What the page says it is for ({{help …}} of its template); {0}: nothing.
Str page_for(const Page *page);

Str markup_bytes(Markup markup);  // for the door that sends them
Str path_text(Path path);
// The pattern of a route with its variables, in order: "/p/{person}". As many as it has (asserted).
Path path_made(const char *pattern, const Str *variables, int count, Arena *arena);
// The same at a place of the page.
Path path_at(Path path, Str fragment, Arena *arena);
// The same with one more part of its query.
Path path_with(Path path, const char *name, Str value, Arena *arena);
// A path that was kept as path_text. False for anything that leads out of the house.
bool path_again(Str text, Arena *arena, Path *path);
