// Nothing crashes, and whatever is accepted is the one canonical form: written again, same bytes.
// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>
#include <stdint.h>

#include "copy_message.h"
#include "same_again.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena whole;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 26);
    Arena arena = whole;
    Str message = {(const char *)data, (ptrdiff_t)size};
    CopyHead head;
    CopyRecord record;
    CopyItemRows items;
    CopyCompared compared;
    CopyAnswer answer;
    Error err = {0};
    if (copy_head_decode(message, &head, &err))
        same_again(message, copy_head_encode(&head, &arena));
    if (copy_record_decode(message, &arena, &record, &err))
        same_again(message, copy_record_encode(&record, &arena));
    if (copy_items_decode(message, &arena, &items, &err))
        same_again(message, copy_items_encode(&items, &arena));
    if (copy_compared_decode(message, &compared, &err))
        same_again(message, copy_compared_encode(&compared, &arena));
    if (copy_answer_decode(message, &arena, &answer, &err))
        same_again(message, copy_answer_encode(&answer, &arena));
    return 0;
}
