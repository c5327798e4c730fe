// SPDX-License-Identifier: Apache-2.0
#include "copy_message.h"

#include "linkage_wire.h"

#include <assert.h>

enum { LAYOUT_MOST = 9999 };

static DatasetCode dataset_take(WireIn *in, int key)
{
    DatasetCode code = {{0}};
    item_wanted(in, dataset_code_read(item_take_text(in, key, LINKAGE_CODE_LENGTH), &code));
    return code;
}

// ---- the head of a delivery

enum {
    HEAD_DATASET = 1,
    HEAD_MODE,
    HEAD_LAYOUT,
    HEAD_SEQUENCE,
    HEAD_PREVIOUS,
    HEAD_DELIVERY,
    HEAD_LAST,
    HEAD_COUNT,
    HEAD_TOTAL,
    HEAD_DIGEST,
    HEAD_KEYS = HEAD_DIGEST
};

Str copy_head_encode(const CopyHead *head, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, HEAD_KEYS);
    item_put_text(&out, HEAD_DATASET, str_of(head->dataset.at));
    item_put_number(&out, HEAD_MODE, head->mode);
    item_put_number(&out, HEAD_LAYOUT, head->layout);
    item_put_number(&out, HEAD_SEQUENCE, head->sequence);
    item_put_number(&out, HEAD_PREVIOUS, head->previous);
    item_put_number(&out, HEAD_DELIVERY, head->delivery);
    item_put_number(&out, HEAD_LAST, head->last);
    item_put_number(&out, HEAD_COUNT, head->count);
    item_put_number(&out, HEAD_TOTAL, head->total);
    item_put_blob(&out, HEAD_DIGEST, head->digest, sizeof head->digest);
    return wire_bytes(&out);
}

static bool head_readable(const CopyHead *head)
{
    if (head->previous >= head->sequence || head->delivery > head->sequence) return false;
    if (head->mode == COPY_DIFF && (head->delivery != head->sequence || !head->last)) return false;
    return head->total == 0 || (head->mode == COPY_FULL && head->last);
}

bool copy_head_decode(Str text, CopyHead *head, Error *err)
{
    WireIn in = wire_in(text);
    CopyHead read = {0};
    wire_whole_map(&in, HEAD_KEYS);
    read.dataset = dataset_take(&in, HEAD_DATASET);
    read.mode = (CopyMode)item_take_number(&in, HEAD_MODE, COPY_DIFF, COPY_FULL);
    read.layout = (int)item_take_number(&in, HEAD_LAYOUT, 1, LAYOUT_MOST);
    read.sequence = item_take_number(&in, HEAD_SEQUENCE, 1, INT64_MAX);
    read.previous = item_take_number(&in, HEAD_PREVIOUS, 0, INT64_MAX);
    read.delivery = item_take_number(&in, HEAD_DELIVERY, 1, INT64_MAX);
    read.last = item_take_number(&in, HEAD_LAST, 0, 1);
    read.count = item_take_number(&in, HEAD_COUNT, 0, INT64_MAX);
    read.total = item_take_number(&in, HEAD_TOTAL, 0, INT64_MAX);
    item_take_blob(&in, HEAD_DIGEST, read.digest, sizeof read.digest);
    item_wanted(&in, head_readable(&read));
    if (!wire_end(&in, err)) return false;
    *head = read;
    return true;
}

// ---- items

enum { ITEM_PARTS = 3 };

static void items_put(WireOut *out, const CopyItemRows *items)
{
    assert(items->count <= COPY_ITEMS_MOST);
    wire_put_array(out, items->count);
    VEC_EACH (const CopyItem, item, *items) {
        wire_put_array(out, ITEM_PARTS);
        wire_put_number(out, item->no);
        wire_put_number(out, item->null);
        wire_put_text(out, item->value);
    }
}

static CopyItemRows items_take(WireIn *in, Arena *arena)
{
    CopyItemRows items = {0};
    int before = 0, count = wire_array(in, COPY_ITEMS_MOST);
    for (int i = 0; i < count && !in->failed; i++) {
        item_wanted(in, wire_array(in, ITEM_PARTS) == ITEM_PARTS);
        CopyItem item = {.no = (int)wire_number(in, 1, COPY_ITEMS_MOST)};
        item_wanted(in, item.no > before);
        before = item.no;
        item.null = (CopyNull)wire_number(in, COPY_NULL_NONE, COPY_NULL_COUNT - 1);
        item.value = wire_text(in, COPY_VALUE_MOST);
        *copy_items_push(&items, arena) = item;
    }
    return items;
}

Str copy_items_encode(const CopyItemRows *items, Arena *arena)
{
    WireOut out = {.arena = arena};
    items_put(&out, items);
    return wire_bytes(&out);
}

bool copy_items_decode(Str text, Arena *arena, CopyItemRows *items, Error *err)
{
    WireIn in = wire_in(text);
    CopyItemRows read = items_take(&in, arena);
    if (!wire_end(&in, err)) return false;
    *items = read;
    return true;
}

// ---- one record

enum {
    RECORD_KEY = 1,
    RECORD_VERSION,
    RECORD_DELETED,
    RECORD_BORN,
    RECORD_ITEMS,
    RECORD_KEYS = RECORD_ITEMS
};
enum { YEAR_UNIT = 10000, MONTH_UNIT = 100, PARTIAL_MOST = 99991231 };

static CopyKey key_take(WireIn *in, int key)
{
    CopyKey read = {{0}};
    item_wanted(in, copy_key_read(item_take_text(in, key, COPY_KEY_MOST), &read));
    return read;
}

Str copy_record_encode(const CopyRecord *record, Arena *arena)
{
    const PartialDate *born = &record->born;
    WireOut out = {.arena = arena};
    wire_put_map(&out, RECORD_KEYS);
    item_put_text(&out, RECORD_KEY, str_of(record->key.at));
    item_put_number(&out, RECORD_VERSION, record->version);
    item_put_number(&out, RECORD_DELETED, record->deleted);
    item_put_number(&out, RECORD_BORN,
                    born->year * YEAR_UNIT + born->month * MONTH_UNIT + born->day);
    wire_put_number(&out, RECORD_ITEMS);
    items_put(&out, &record->items);
    return wire_bytes(&out);
}

static PartialDate born_take(WireIn *in)
{
    int number = (int)item_take_number(in, RECORD_BORN, 0, PARTIAL_MOST);
    int year = number / YEAR_UNIT, month = number / MONTH_UNIT % MONTH_UNIT,
        day = number % MONTH_UNIT;
    item_wanted(in, number == 0 || partial_date_valid(year, month, day));
    if (in->failed) return (PartialDate){0};
    return (PartialDate){(int16_t)year, (int8_t)month, (int8_t)day};
}

bool copy_record_decode(Str text, Arena *arena, CopyRecord *record, Error *err)
{
    WireIn in = wire_in(text);
    CopyRecord read = {0};
    wire_whole_map(&in, RECORD_KEYS);
    read.key = key_take(&in, RECORD_KEY);
    read.version = item_take_number(&in, RECORD_VERSION, 1, INT64_MAX);
    read.deleted = item_take_number(&in, RECORD_DELETED, 0, 1);
    read.born = born_take(&in);
    wire_expect(&in, RECORD_ITEMS);
    read.items = items_take(&in, arena);
    item_wanted(&in, !read.deleted || (!read.items.count && !read.born.year));
    if (!wire_end(&in, err)) return false;
    *record = read;
    return true;
}

// ---- comparing

enum {
    COMPARED_KEY = 1,
    COMPARED_VERSION,
    COMPARED_HASH,
    COMPARED_KEYS = COMPARED_HASH
};

Str copy_compared_encode(const CopyCompared *compared, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, COMPARED_KEYS);
    item_put_text(&out, COMPARED_KEY, str_of(compared->key.at));
    item_put_number(&out, COMPARED_VERSION, compared->version);
    item_put_blob(&out, COMPARED_HASH, compared->hash, sizeof compared->hash);
    return wire_bytes(&out);
}

bool copy_compared_decode(Str text, CopyCompared *compared, Error *err)
{
    WireIn in = wire_in(text);
    CopyCompared read = {0};
    wire_whole_map(&in, COMPARED_KEYS);
    read.key = key_take(&in, COMPARED_KEY);
    read.version = item_take_number(&in, COMPARED_VERSION, 1, INT64_MAX);
    item_take_blob(&in, COMPARED_HASH, read.hash, sizeof read.hash);
    if (!wire_end(&in, err)) return false;
    *compared = read;
    return true;
}

// ---- an answer

enum { DATA_DATASET = 1, DATA_LAYOUT, DATA_RECORDS, DATA_KEYS = DATA_RECORDS };

Str copy_answer_encode(const CopyAnswer *answer, Arena *arena)
{
    WireOut out = {.arena = arena};
    assert(answer->records.count <= COPY_ANSWER_RECORDS_MOST);
    wire_put_map(&out, DATA_KEYS);
    item_put_text(&out, DATA_DATASET, str_of(answer->dataset.at));
    item_put_number(&out, DATA_LAYOUT, answer->layout);
    wire_put_number(&out, DATA_RECORDS);
    wire_put_array(&out, answer->records.count);
    VEC_EACH (const CopyItemRows, items, answer->records) items_put(&out, items);
    return wire_bytes(&out);
}

bool copy_answer_decode(Str text, Arena *arena, CopyAnswer *answer, Error *err)
{
    WireIn in = wire_in(text);
    CopyAnswer read = {0};
    wire_whole_map(&in, DATA_KEYS);
    read.dataset = dataset_take(&in, DATA_DATASET);
    read.layout = (int)item_take_number(&in, DATA_LAYOUT, 1, LAYOUT_MOST);
    wire_expect(&in, DATA_RECORDS);
    int count = wire_array(&in, COPY_ANSWER_RECORDS_MOST);
    item_wanted(&in, count > 0);
    for (int i = 0; i < count && !in.failed; i++)
        *copy_answers_push(&read.records, arena) = items_take(&in, arena);
    if (!wire_end(&in, err)) return false;
    *answer = read;
    return true;
}
