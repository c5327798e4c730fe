// However a form with a file is cut on its way, it reads the same: whole, byte by byte, and as the first byte says.
// SPDX-License-Identifier: Apache-2.0
#include "multipart.h"

#include <assert.h>
#include <string.h>

enum { MOST = 1 << 14 };

typedef struct Read {
    bool good;
    Multipart m;
    char file[MOST];
    ptrdiff_t len;
} Read;

static bool take(void *context, Str bytes, Error *err)
{
    Read *read = context;
    (void)err;
    assert(bytes.len > 0 && read->len + bytes.len <= MOST);
    memcpy(read->file + read->len, bytes.at, (size_t)bytes.len);
    read->len += bytes.len;
    return true;
}

static void read_in(Read *read, Str body, ptrdiff_t cut, Arena *arena)
{
    Error err = {0};
    read->len = 0;
    read->good = multipart_begin(&read->m, S("multipart/form-data; boundary=xx"), take, read, arena);
    assert(read->good);
    for (ptrdiff_t at = 0; read->good && at < body.len; at += cut)
        read->good = multipart_feed(&read->m, str_first(str_from(body, at), body.len - at < cut ? body.len - at : cut), &err);
    read->good = read->good && multipart_end(&read->m, &err);
    assert(read->good || err.code == E_MESSAGE || err.code == E_LIMIT);
}

static void same(const Read *a, const Read *b)
{
    assert(a->good == b->good);
    if (!a->good) return;
    assert(a->m.has_file == b->m.has_file && str_equal(a->m.file_name, b->m.file_name));
    assert(a->len == b->len && !memcmp(a->file, b->file, (size_t)a->len));
    assert(a->m.pairs.count == b->m.pairs.count);
    for (ptrdiff_t i = 0; i < a->m.pairs.count; i++)
        assert(str_equal(a->m.pairs.at[i].name, b->m.pairs.at[i].name) &&
               str_equal(a->m.pairs.at[i].value, b->m.pairs.at[i].value));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    static Read at_once, by_bytes, cut;
    if (!whole.at) whole = arena_reserve(64 << 20);
    if (!size || size > MOST) return 0;
    Arena arena = whole;
    Str body = {(const char *)data + 1, (ptrdiff_t)size - 1};
    read_in(&at_once, body, MOST, &arena);
    read_in(&by_bytes, body, 1, &arena);
    read_in(&cut, body, 2 + data[0] % 40, &arena);
    same(&at_once, &by_bytes);
    same(&at_once, &cut);
    return 0;
}
