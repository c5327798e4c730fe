// Whatever is accepted is written again in the same 30 characters.
// SPDX-License-Identifier: Apache-2.0
#include "page_tag.h"

#include <assert.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    PageTag tag;
    if (!page_tag_read((Str){(const char *)data, (ptrdiff_t)size}, &tag)) return 0;
    assert(size == PAGE_TAG_LENGTH);
    assert(!memcmp(tag.text, data, size));
    return 0;
}
