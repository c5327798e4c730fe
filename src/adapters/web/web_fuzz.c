// Nothing crashes the readers of a request, and what they accept is UTF-8 without a zero, in bounds.
// The first line is the target, the second the cookie, the rest the form.
// SPDX-License-Identifier: Apache-2.0
#include "utf8.h"
#include "web_request.h"

#include <assert.h>

static void sound(Str text)
{
    for (ptrdiff_t at = 0; at < text.len;) {
        int32_t code = utf8_next(text, &at);
        assert(code > 0);
    }
}

static void sound_pairs(WebPairs pairs)
{
    assert(pairs.count <= WEB_PAIRS_MOST);
    VEC_EACH (const WebPair, pair, pairs) {
        sound(pair->name);
        sound(pair->value);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Arena whole;
    Error err = {0};
    WebRequest request = {0};
    if (!whole.at) whole = arena_reserve(64 << 20);
    if (size > 1 << 16) return 0;
    Arena arena = whole;
    Cut target = str_cut((Str){(const char *)data, (ptrdiff_t)size}, '\n');
    Cut cookie = str_cut(target.tail, '\n');
    const WebHead head = {.method = WEB_POST,
                          .target = target.head,
                          .cookie = cookie.head,
                          .content_type = S("application/x-www-form-urlencoded")};
    if (!web_request_read(&head, cookie.tail, &arena, &request, &err)) {
        assert(err.code == E_MESSAGE || err.code == E_LIMIT);
        return 0;
    }
    assert(request.segment_count <= WEB_SEGMENTS_MOST);
    for (int i = 0; i < request.segment_count; i++) {
        assert(request.segments[i].len > 0);
        sound(request.segments[i]);
    }
    sound_pairs(request.query);
    sound_pairs(request.form);
    sound_pairs(request.cookies);
    return 0;
}
