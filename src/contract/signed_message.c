// SPDX-License-Identifier: Apache-2.0
#include "signed_message.h"

#include "linkage_wire.h"

enum { BODY = 1, KEY_NAME, SIGNATURE, KEYS = SIGNATURE };

Str signed_message_encode(const SignedMessage *message, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, KEYS);
    item_put_blob(&out, BODY, message->body.at, message->body.len);
    item_put_blob(&out, KEY_NAME, message->key_name, sizeof message->key_name);
    item_put_blob(&out, SIGNATURE, message->signature, sizeof message->signature);
    return wire_bytes(&out);
}

bool signed_message_decode(Str text, SignedMessage *message, Error *err)
{
    WireIn in = wire_in(text);
    SignedMessage read = {0};
    wire_whole_map(&in, KEYS);
    wire_expect(&in, BODY);
    read.body = wire_blob(&in, 1, SIGNED_BODY_MOST);
    item_take_blob(&in, KEY_NAME, read.key_name, sizeof read.key_name);
    item_take_blob(&in, SIGNATURE, read.signature, sizeof read.signature);
    if (!wire_end(&in, err)) return false;
    *message = read;
    return true;
}
