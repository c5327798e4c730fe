// SPDX-License-Identifier: Apache-2.0
#include "wire.h"

#include <assert.h>
#include <string.h>

#include <cbor.h>

#include "partial_number.h"
#include "utf8.h"

enum { HEAD_MOST = 9 };  // bytes before an item's content

// ---- writing

static void put_head(WireOut *out, const unsigned char *head, size_t len)
{
    assert(len > 0);
    text_add(&out->text, out->arena, (Str){(const char *)head, (ptrdiff_t)len});
}

void wire_put_number(WireOut *out, int64_t number)
{
    unsigned char head[HEAD_MOST];
    size_t len = number >= 0 ? cbor_encode_uint((uint64_t)number, head, sizeof head)
                             : cbor_encode_negint((uint64_t)(-1 - number), head, sizeof head);
    put_head(out, head, len);
}

void wire_put_text(WireOut *out, Str text)
{
    unsigned char head[HEAD_MOST];
    assert(text.len <= WIRE_TEXT_MOST);
    put_head(out, head, cbor_encode_string_start((size_t)text.len, head, sizeof head));
    text_add(&out->text, out->arena, text);
}

void wire_put_blob(WireOut *out, Bytes blob)
{
    unsigned char head[HEAD_MOST];
    assert(blob.len <= WIRE_BLOB_MOST);
    put_head(out, head, cbor_encode_bytestring_start((size_t)blob.len, head, sizeof head));
    text_add(&out->text, out->arena, (Str){(const char *)blob.at, blob.len});
}

void wire_put_array(WireOut *out, ptrdiff_t count)
{
    unsigned char head[HEAD_MOST];
    assert(count <= WIRE_ITEMS_MOST);
    put_head(out, head, cbor_encode_array_start((size_t)count, head, sizeof head));
}

void wire_put_map(WireOut *out, ptrdiff_t count)
{
    unsigned char head[HEAD_MOST];
    assert(count <= WIRE_ITEMS_MOST);
    put_head(out, head, cbor_encode_map_start((size_t)count, head, sizeof head));
}

void wire_put_partial(WireOut *out, PartialDate date)
{
    wire_put_number(out, partial_number(date));
}

Str wire_bytes(const WireOut *out)
{
    return text_str(&out->text);
}

// ---- reading

typedef enum ItemKind {
    ITEM_OTHER,  // anything this encoding does not use: floats, tags, indefinite lengths
    ITEM_NUMBER,
    ITEM_NEGATIVE,
    ITEM_TEXT,
    ITEM_BLOB,
    ITEM_ARRAY,
    ITEM_MAP,
} ItemKind;

typedef struct Item {
    ItemKind kind;
    uint64_t number;  // value, length or count
    const unsigned char *bytes;
} Item;

static void take_number(void *context, uint64_t value)
{
    *(Item *)context = (Item){.kind = ITEM_NUMBER, .number = value};
}
static void take_number_8(void *context, uint8_t value)
{
    take_number(context, value);
}
static void take_number_16(void *context, uint16_t value)
{
    take_number(context, value);
}
static void take_number_32(void *context, uint32_t value)
{
    take_number(context, value);
}

static void take_negative(void *context, uint64_t value)
{
    *(Item *)context = (Item){.kind = ITEM_NEGATIVE, .number = value};
}
static void take_negative_8(void *context, uint8_t value)
{
    take_negative(context, value);
}
static void take_negative_16(void *context, uint16_t value)
{
    take_negative(context, value);
}
static void take_negative_32(void *context, uint32_t value)
{
    take_negative(context, value);
}

static void take_text(void *context, cbor_data bytes, size_t len)
{
    *(Item *)context = (Item){.kind = ITEM_TEXT, .number = len, .bytes = bytes};
}

static void take_blob(void *context, cbor_data bytes, size_t len)
{
    *(Item *)context = (Item){.kind = ITEM_BLOB, .number = len, .bytes = bytes};
}

static void take_array(void *context, size_t count)
{
    *(Item *)context = (Item){.kind = ITEM_ARRAY, .number = count};
}

static void take_map(void *context, size_t count)
{
    *(Item *)context = (Item){.kind = ITEM_MAP, .number = count};
}

static struct cbor_callbacks item_callbacks(void)
{
    struct cbor_callbacks callbacks = cbor_empty_callbacks;
    callbacks.uint8 = take_number_8;
    callbacks.uint16 = take_number_16;
    callbacks.uint32 = take_number_32;
    callbacks.uint64 = take_number;
    callbacks.negint8 = take_negative_8;
    callbacks.negint16 = take_negative_16;
    callbacks.negint32 = take_negative_32;
    callbacks.negint64 = take_negative;
    callbacks.string = take_text;
    callbacks.byte_string = take_blob;
    callbacks.array_start = take_array;
    callbacks.map_start = take_map;
    return callbacks;
}

// The library reads long heads for short values; the canonical form has exactly one head for each.
static size_t shortest_head(uint64_t number)
{
    unsigned char head[HEAD_MOST];
    return cbor_encode_uint(number, head, sizeof head);
}

static Item next_item(WireIn *in, ItemKind wanted)
{
    Item item = {0};
    if (in->failed) return item;
    const struct cbor_callbacks callbacks = item_callbacks();
    size_t left = (size_t)(in->end - in->at);
    struct cbor_decoder_result read = cbor_stream_decode(in->at, left, &callbacks, &item);
    size_t content = item.kind == ITEM_TEXT || item.kind == ITEM_BLOB ? item.number : 0;
    bool fits = read.status == CBOR_DECODER_FINISHED && item.kind == wanted &&
                read.read == shortest_head(item.number) + content;
    if (!fits) {
        in->failed = true;
        return (Item){0};
    }
    in->at += read.read;
    return item;
}

WireIn wire_in(Str message)
{
    const unsigned char *at = (const unsigned char *)(message.len ? message.at : "");
    return (WireIn){.at = at, .end = at + message.len};
}

void wire_refuse(WireIn *in)
{
    in->failed = true;
}

int64_t wire_number(WireIn *in, int64_t least, int64_t most)
{
    bool negative = !in->failed && in->at < in->end && (*in->at >> 5) == 1;
    Item item = next_item(in, negative ? ITEM_NEGATIVE : ITEM_NUMBER);
    if (item.number > INT64_MAX) in->failed = true;
    if (in->failed) return least;
    int64_t value = negative ? -1 - (int64_t)item.number : (int64_t)item.number;
    if (value < least || value > most) in->failed = true;
    return in->failed ? least : value;
}

// Databases refuse a text with a NUL in it, so no message carries one.
static bool text_storable(Str s)
{
    return utf8_valid(s) && !memchr(s.at, 0, (size_t)s.len);
}

Str wire_text(WireIn *in, ptrdiff_t most)
{
    Item item = next_item(in, ITEM_TEXT);
    Str text = {(const char *)item.bytes, (ptrdiff_t)item.number};
    if (!text.at) text.at = "";
    if (!in->failed && (text.len > most || !text_storable(text))) in->failed = true;
    return in->failed ? (Str){0} : text;
}

Bytes wire_blob(WireIn *in, ptrdiff_t least, ptrdiff_t most)
{
    Item item = next_item(in, ITEM_BLOB);
    Bytes blob = {item.bytes, (ptrdiff_t)item.number};
    if (!in->failed && (blob.len < least || blob.len > most)) in->failed = true;
    return in->failed ? (Bytes){0} : blob;
}

void wire_blob_into(WireIn *in, void *at, ptrdiff_t len)
{
    Bytes blob = wire_blob(in, len, len);
    if (!in->failed) memcpy(at, blob.at, (size_t)len);
}

PartialDate wire_partial(WireIn *in)
{
    PartialDate date = partial_of_number(wire_number(in, 0, 99991231));
    bool none = partial_date_equal(date, (PartialDate){0});
    if (!none && (!date.year || !partial_date_valid(date.year, date.month, date.day))) wire_refuse(in);
    return in->failed ? (PartialDate){0} : date;
}

static int take_count(WireIn *in, ItemKind kind, int most)
{
    Item item = next_item(in, kind);
    if (item.number > (uint64_t)most) in->failed = true;
    return in->failed ? 0 : (int)item.number;
}

int wire_array(WireIn *in, int most)
{
    return take_count(in, ITEM_ARRAY, most);
}

int wire_map(WireIn *in, int most)
{
    return take_count(in, ITEM_MAP, most);
}

int wire_key(WireIn *in, int *before)
{
    int key = (int)wire_number(in, 0, WIRE_ITEMS_MOST);
    if (key <= *before) in->failed = true;
    if (in->failed) return 0;
    *before = key;
    return key;
}

void wire_whole_map(WireIn *in, int keys)
{
    if (wire_map(in, keys) != keys) in->failed = true;
}

void wire_expect(WireIn *in, int key)
{
    (void)wire_number(in, key, key);
}

bool wire_end(const WireIn *in, Error *err)
{
    if (!in->failed && in->at == in->end) return true;
    return FAIL(err, E_MESSAGE,
                .words =
                    S("ほかのシステムからの電文が読めません。両方の版が同じか確かめてください。"));
}
