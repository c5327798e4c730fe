// SPDX-License-Identifier: Apache-2.0
#include "arena.h"

#include <assert.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static _Noreturn void exhausted(void)
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
    if (base == MAP_FAILED) exhausted();
    return (Arena){.at = base, .end = (char *)base + bytes};
}

void arena_release(Arena whole) { (void)munmap(whole.at, (size_t)(whole.end - whole.at)); }

void *arena_alloc(Arena *arena, ptrdiff_t size, ptrdiff_t align, ptrdiff_t count)
{
    assert(size > 0 && count >= 0);
    assert(align > 0 && (align & (align - 1)) == 0);
    ptrdiff_t padding = (ptrdiff_t)(-(size_t)arena->at & (size_t)(align - 1));
    ptrdiff_t free_bytes = arena->end - arena->at - padding;
    if (free_bytes < 0 || count > free_bytes / size) exhausted();
    char *made = arena->at + padding;
    arena->at = made + size * count;
    return memset(made, 0, (size_t)(size * count));
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
