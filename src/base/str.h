// Text as a slice: where it starts and how many bytes it has.
//
// Units   UTF-8 bytes. Nothing here knows characters; people's length limits live in adapters/text.
// Memory  A Str points into an arena or a constant and is not terminated. {0} is "no value"; an empty
//         text with a place is "a value that is empty" (str_present tells them apart).
// Errors  none; str_digits and str_int64 say false for text that is no such number.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"

typedef struct Str {
    const char *at;
    ptrdiff_t len;
} Str;

typedef struct Cut {
    Str head, tail;
    bool found;
} Cut;

// A literal as a Str; also allowed in static initialisers.
#define S(literal) ((Str){("" literal), (ptrdiff_t)sizeof(literal) - 1})
// For printf("%.*s", STR(s)). printf counts in int, and takes a negative count for "up to the end": of a longer
// text the beginning is printed.
enum { STR_PRINTED_MOST = 1 << 30 };
static inline int str_printed(ptrdiff_t len) { return len < STR_PRINTED_MOST ? (int)len : STR_PRINTED_MOST; }
#define STR(s) str_printed((s).len), ((s).at ? (s).at : "")

static inline bool str_present(Str s) { return s.at != NULL; }

Str str_of(const char *terminated);          // {0} for NULL
bool str_equal(Str a, Str b);                // byte for byte
int str_order(Str a, Str b);                 // memcmp order, shorter first; -1, 0, 1
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
ptrdiff_t str_find(Str s, Str part);         // place of the first `part`, or -1
Str str_from(Str s, ptrdiff_t start);        // without the first `start` bytes; 0 <= start <= len
Str str_first(Str s, ptrdiff_t len);         // the first `len` bytes; 0 <= len <= s.len
Str str_trim(Str s);                         // without ASCII blanks, tabs, line ends around it
Cut str_cut(Str s, char sep);                // at the first `sep`; both parts point into `s`
uint64_t str_hash(Str s);                    // for maps only: not stable across versions

// A number written in `min` to `max` ASCII digits and nothing else.
bool str_digits(Str s, int min, int max, int *number);
// An optional minus and digits that fit; nothing else.
bool str_int64(Str s, int64_t *number);

Str str_copy(Arena *arena, Str s);
char *str_z(Arena *arena, Str s);            // terminated, for libraries that want it
Str str_join(Arena *arena, Str a, Str b);
__attribute__((format(printf, 2, 3))) Str str_format(Arena *arena, const char *format, ...);

// A number in decimal, as printf has it, without what printf costs. `room` holds it.
enum { INT64_ROOM = 20 };
Str str_of_int64(int64_t value, char room[INT64_ROOM]);

// Text that grows in an arena. Zero is an empty one.
typedef struct Text {
    char *at;
    ptrdiff_t len, capacity;
} Text;

void text_add(Text *text, Arena *arena, Str s);
void text_add_byte(Text *text, Arena *arena, char byte);
__attribute__((format(printf, 3, 4))) void text_addf(Text *text, Arena *arena, const char *format,
                                                     ...);
static inline Str text_str(const Text *text) { return (Str){text->at ? text->at : "", text->len}; }
