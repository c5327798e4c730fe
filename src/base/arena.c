// SPDX-License-Identifier: Apache-2.0
#include "arena.h"

#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

_Noreturn void arena_exhausted(void)
{
    static const char words[] =
        "この処理で使えるメモリの上限に達したため、中止しました。何も保存していません。"
        "入力を分けてもう一度実行してください。\n";
    // write, not stdio: stdio may want memory itself.
    ssize_t ignored = write(STDERR_FILENO, words, sizeof words - 1);
    (void)ignored;
    _exit(2);
}

Arena arena_reserve(ptrdiff_t bytes)
{
    assert(bytes > 0);
    void *base = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (base == MAP_FAILED) arena_exhausted();
    return (Arena){.at = base, .end = (char *)base + bytes};
}

void arena_release(Arena whole)
{
    (void)munmap(whole.at, (size_t)(whole.end - whole.at));
}

void *arena_alloc(Arena *arena, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count)
{
    return memset(arena_room(arena, size, align, count), 0, (size_t)(size * count));
}

void *arena_grow(Arena *arena, void *array, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count,
                 ptrdiff_t new_count)
{
    assert(new_count >= count);
    char *tail = array ? (char *)array + size * count : NULL;
    if (array && tail == arena->at) {
        (void)arena_alloc(arena, size, 1, new_count - count);
        return array;
    }
    void *moved = arena_alloc(arena, size, align, new_count);
    if (count) memcpy(moved, array, (size_t)(size * count));
    return moved;
}
