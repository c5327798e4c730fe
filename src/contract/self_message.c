// SPDX-License-Identifier: Apache-2.0
#include "self_message.h"

#include "linkage_wire.h"

#include <assert.h>

enum { ASK_VIEW = 1, ASK_CODE, ASK_DATASET, ASK_KEY, ASK_KEYS = ASK_KEY };

Str self_ask_encode(const SelfAsk *ask, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, ASK_KEYS);
    item_put_blob(&out, ASK_VIEW, ask->view.at, sizeof ask->view.at);
    item_put_blob(&out, ASK_CODE, ask->code.at, sizeof ask->code.at);
    item_put_text(&out, ASK_DATASET, str_of(ask->dataset.at));
    item_put_blob(&out, ASK_KEY, ask->key, sizeof ask->key);
    return wire_bytes(&out);
}

bool self_ask_decode(Str text, SelfAsk *ask, Error *err)
{
    WireIn in = wire_in(text);
    SelfAsk read = {0};
    wire_whole_map(&in, ASK_KEYS);
    item_take_blob(&in, ASK_VIEW, read.view.at, sizeof read.view.at);
    item_take_blob(&in, ASK_CODE, read.code.at, sizeof read.code.at);
    item_wanted(&in, dataset_code_read(item_take_text(&in, ASK_DATASET, LINKAGE_CODE_LENGTH), &read.dataset));
    item_take_blob(&in, ASK_KEY, read.key, sizeof read.key);
    if (!wire_end(&in, err)) return false;
    *ask = read;
    return true;
}

enum { TOLD_VIEW = 1, TOLD_ENVELOPE, TOLD_KEYS = TOLD_ENVELOPE };

Str self_told_encode(const SelfTold *told, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, TOLD_KEYS);
    item_put_blob(&out, TOLD_VIEW, told->view.at, sizeof told->view.at);
    item_put_blob(&out, TOLD_ENVELOPE, told->envelope.at, told->envelope.len);
    return wire_bytes(&out);
}

bool self_told_decode(Str text, SelfTold *told, Error *err)
{
    WireIn in = wire_in(text);
    SelfTold read = {0};
    wire_whole_map(&in, TOLD_KEYS);
    item_take_blob(&in, TOLD_VIEW, read.view.at, sizeof read.view.at);
    wire_expect(&in, TOLD_ENVELOPE);
    read.envelope = wire_blob(&in, 1, ENVELOPE_MOST);
    if (!wire_end(&in, err)) return false;
    *told = read;
    return true;
}

enum { BODY_DATA = 1, BODY_FILL, BODY_KEYS = BODY_FILL };

Str self_body_encode(Str data, Arena *arena)
{
    WireOut out = {.arena = arena};
    assert(data.len <= ANSWER_DATA_MOST);
    wire_put_map(&out, BODY_KEYS);
    item_put_blob(&out, BODY_DATA, data.at, data.len);
    item_put_fill(&out, BODY_FILL);
    return wire_bytes(&out);
}

bool self_body_decode(Str text, Str *data, Error *err)
{
    WireIn in = wire_in(text);
    const unsigned char *first = in.at;
    wire_whole_map(&in, BODY_KEYS);
    wire_expect(&in, BODY_DATA);
    Bytes read = wire_blob(&in, 0, ANSWER_DATA_MOST);
    item_take_fill(&in, BODY_FILL, first);
    if (!wire_end(&in, err)) return false;
    *data = (Str){(const char *)read.at, read.len};
    return true;
}
