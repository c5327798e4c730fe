// Memory that somebody above handed us.
//
// An arena is a stretch of address space reserved once; pages are touched as they are used. There is
// nothing to free: whoever reserved it forgets it all at once. `Arena *` means "what I make for you
// lives there"; `Arena scratch` by value means "my notes, gone when I return".
//
// Units   bytes.
// Errors  An arena that runs out ends the process with a message and exit status 2: its size is the
//         limit of that kind of work, and whatever was not committed is rolled back by the database.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <assert.h>
#include <stddef.h>

typedef struct Arena {
    char *at;
    char *end;
} Arena;

// Reserves `bytes` of address space (only touched pages cost memory). Ends the process when the
// system refuses. The reservation lives until arena_release or the end of the process.
Arena arena_reserve(ptrdiff_t bytes);

// Gives back a reservation exactly as arena_reserve returned it.
void arena_release(Arena whole);

// Ends the process: the reservation is used up.
_Noreturn void arena_exhausted(void);

#define ARENA_MADE __attribute__((malloc, alloc_size(2, 4), alloc_align(3)))

// Zeroed memory for `count` objects of `size` bytes, aligned to `align` (a power of two).
ARENA_MADE void *arena_alloc(Arena *arena, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count);

// The same, its bytes not set: for what is written before it is read.
ARENA_MADE static inline void *arena_room(Arena *arena, ptrdiff_t size, ptrdiff_t align,
                                          ptrdiff_t count)
{
    assert(size > 0 && count >= 0);
    assert(align > 0 && (align & (align - 1)) == 0);
    ptrdiff_t padding = (ptrdiff_t)(-(size_t)arena->at & (size_t)(align - 1));
    ptrdiff_t bytes, free_bytes = arena->end - arena->at - padding;
    if (__builtin_mul_overflow(size, count, &bytes) || bytes > free_bytes) arena_exhausted();
    char *made = arena->at + padding;
    arena->at = made + bytes;
    return made;
}

// Makes an array grow: in place when it was the last thing made in this arena, else by copying.
// `array` may be NULL when `count` is 0. The new tail is zeroed.
void *arena_grow(Arena *arena, void *array, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count,
                 ptrdiff_t new_count);

#define NEW(arena, Type, count) \
    ((Type *)arena_alloc((arena), (ptrdiff_t)sizeof(Type), (ptrdiff_t) _Alignof(Type), (count)))

// Room whose bytes are not set: whoever asks for it writes each of them before reading it.
#define ROOM(arena, Type, count) \
    ((Type *)arena_room((arena), (ptrdiff_t)sizeof(Type), (ptrdiff_t) _Alignof(Type), (count)))

#define countof(array) ((ptrdiff_t)(sizeof(array) / sizeof((array)[0])))
