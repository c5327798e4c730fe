// What stands in a list for people who open it with a spreadsheet (--format excel): heads and codes in words.
//
// The names and codes of `--format csv` are a contract (docs/files.md); these words are none, and may change.
// Page  docs/ja/lists.md explains every column and every code; tests/house/tidy.py compares it with these tables.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "arena.h"
#include "str.h"

typedef struct ListCode {
    const char *code, *words;
} ListCode;

typedef struct ListColumn {
    const char *name, *shown;
    const ListCode *codes;  // ended by a code of NULL; NULL: its values are shown as they are
} ListColumn;

// A program's columns. Whoever has values whose words are not known before the run (a vaccine's name) gives `value`.
typedef struct ListWords {
    const ListColumn *columns;
    int count;
    Str (*value)(const void *context, Str column, Str value, Arena *arena);  // {0}: as the tables say; may be NULL
    const void *context;
} ListWords;

Str list_code_shown(const ListCode *codes, Str code);  // itself where it has no words
const char *list_head_shown(const ListWords *words, const char *name);
// A cell may hold several codes with a blank between them, and a code with more behind it.
Str list_cell_shown(const ListWords *words, const char *name, Str value, Arena *arena);
