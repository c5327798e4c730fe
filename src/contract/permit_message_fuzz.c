// Nothing crashes, and whatever is accepted is the one canonical form: written again, same bytes.
// SPDX-License-Identifier: Apache-2.0
#include <stddef.h>
#include <stdint.h>

#include "allow_list_message.h"
#include "permit_message.h"
#include "signed_message.h"
#include "same_again.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Arena whole;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!whole.at) whole = arena_reserve((ptrdiff_t)1 << 28);
    Arena arena = whole;
    Str message = {(const char *)data, (ptrdiff_t)size};
    PermitCopy copy;
    AllowList list;
    SignedMessage signed_message;
    Error err = {0};
    if (permit_copy_decode(message, &copy, &err))
        same_again(message, permit_copy_encode(&copy, &arena));
    if (allow_list_decode(message, &arena, &list, &err))
        same_again(message, allow_list_encode(&list, &arena));
    if (signed_message_decode(message, &signed_message, &err))
        same_again(message, signed_message_encode(&signed_message, &arena));
    return 0;
}
