// SPDX-License-Identifier: Apache-2.0
#include "relay_message.h"

#include "linkage_wire.h"

#include <assert.h>

static Str person_take(WireIn *in)
{
    Str person = wire_text(in, RELAY_PERSON_DIGITS);
    item_wanted(in, person.len == RELAY_PERSON_DIGITS);
    for (ptrdiff_t i = 0; i < person.len; i++)
        item_wanted(in, person.at[i] >= '0' && person.at[i] <= '9');
    return person;
}

// ---- a batch

enum { BATCH_HEAD = 1, BATCH_ROWS, BATCH_KEYS = BATCH_ROWS };
enum { ROW_ITEMS = 2 };

Str relay_batch_encode(const RelayBatch *batch, Arena *arena)
{
    WireOut out = {.arena = arena};
    assert(batch->rows.count <= RELAY_ROWS_MOST);
    wire_put_map(&out, BATCH_KEYS);
    item_put_blob(&out, BATCH_HEAD, batch->head.at, batch->head.len);
    wire_put_number(&out, BATCH_ROWS);
    wire_put_array(&out, batch->rows.count);
    VEC_EACH (const RelayRow, row, batch->rows) {
        wire_put_array(&out, ROW_ITEMS);
        wire_put_text(&out, row->person);
        wire_put_blob(&out, row->payload);
    }
    return wire_bytes(&out);
}

bool relay_batch_decode(Str text, Arena *arena, RelayBatch *batch, Error *err)
{
    WireIn in = wire_in(text);
    RelayBatch read = {0};
    wire_whole_map(&in, BATCH_KEYS);
    wire_expect(&in, BATCH_HEAD);
    read.head = wire_blob(&in, 0, RELAY_HEAD_MOST);
    wire_expect(&in, BATCH_ROWS);
    int count = wire_array(&in, RELAY_ROWS_MOST);
    for (int i = 0; i < count && !in.failed; i++) {
        item_wanted(&in, wire_array(&in, ROW_ITEMS) == ROW_ITEMS);
        RelayRow row = {.person = person_take(&in)};
        row.payload = wire_blob(&in, 0, RELAY_PAYLOAD_MOST);
        *relay_rows_push(&read.rows, arena) = row;
    }
    if (!wire_end(&in, err)) return false;
    *batch = read;
    return true;
}

// ---- how it fared

enum { ANSWER_WHOLE = 1, ANSWER_LAST, ANSWER_HELD, ANSWER_ROWS, ANSWER_KEYS = ANSWER_ROWS };
enum { OBJECTION_ITEMS = 2, CODE_MOST = 4, ITEM_MOST = 62 };

bool relay_taken(const RelayOutcome *outcome)
{
    VEC_EACH (const RelayObjection, no, outcome->objections)
        if (!str_equal(no->code, S("B8"))) return false;
    return true;
}

static void objections_put(WireOut *out, const RelayObjectionRows *objections)
{
    assert(objections->count <= RELAY_OBJECTIONS_MOST);
    wire_put_array(out, objections->count);
    VEC_EACH (const RelayObjection, no, *objections) {
        wire_put_array(out, OBJECTION_ITEMS);
        wire_put_text(out, no->code);
        wire_put_number(out, no->item);
    }
}

static bool objection_code(Str code)
{
    if (code.len < 2 || code.len > CODE_MOST || code.at[0] < 'A' || code.at[0] > 'Z') return false;
    for (ptrdiff_t i = 1; i < code.len; i++)
        if (code.at[i] < '0' || code.at[i] > '9') return false;
    return true;
}

static RelayObjectionRows objections_take(WireIn *in, Arena *arena)
{
    RelayObjectionRows rows = {0};
    int count = wire_array(in, RELAY_OBJECTIONS_MOST);
    for (int i = 0; i < count && !in->failed; i++) {
        item_wanted(in, wire_array(in, OBJECTION_ITEMS) == OBJECTION_ITEMS);
        RelayObjection no = {.code = wire_text(in, CODE_MOST)};
        item_wanted(in, objection_code(no.code));
        no.item = (int)wire_number(in, 0, ITEM_MOST);
        *relay_objections_push(&rows, arena) = no;
    }
    return rows;
}

Str relay_answer_encode(const RelayAnswer *answer, Arena *arena)
{
    WireOut out = {.arena = arena};
    assert(answer->rows.count <= RELAY_ROWS_MOST);
    wire_put_map(&out, ANSWER_KEYS);
    wire_put_number(&out, ANSWER_WHOLE);
    objections_put(&out, &answer->whole);
    item_put_number(&out, ANSWER_LAST, answer->last);
    item_put_number(&out, ANSWER_HELD, answer->held);
    wire_put_number(&out, ANSWER_ROWS);
    wire_put_array(&out, answer->rows.count);
    VEC_EACH (const RelayOutcome, row, answer->rows) objections_put(&out, &row->objections);
    return wire_bytes(&out);
}

bool relay_answer_decode(Str text, Arena *arena, RelayAnswer *answer, Error *err)
{
    WireIn in = wire_in(text);
    RelayAnswer read = {0};
    wire_whole_map(&in, ANSWER_KEYS);
    wire_expect(&in, ANSWER_WHOLE);
    read.whole = objections_take(&in, arena);
    read.last = item_take_number(&in, ANSWER_LAST, 0, INT64_MAX);
    read.held = item_take_number(&in, ANSWER_HELD, 0, 1);
    wire_expect(&in, ANSWER_ROWS);
    int count = wire_array(&in, RELAY_ROWS_MOST);
    item_wanted(&in, !read.whole.count || !count);
    for (int i = 0; i < count && !in.failed; i++)
        *relay_outcomes_push(&read.rows, arena) = (RelayOutcome){objections_take(&in, arena)};
    if (!wire_end(&in, err)) return false;
    *answer = read;
    return true;
}

// ---- a feed

enum { FEED_HEAD = 1, FEED_AFTER, FEED_MOST, FEED_ASK_KEYS = FEED_MOST };
enum { FEED_MORE = 1, FEED_ROWS, FEED_KEYS = FEED_ROWS };
enum { FEED_ROW_ITEMS = 4 };

Str relay_feed_ask_encode(const RelayFeedAsk *ask, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, FEED_ASK_KEYS);
    item_put_blob(&out, FEED_HEAD, ask->head.at, ask->head.len);
    item_put_number(&out, FEED_AFTER, ask->after);
    item_put_number(&out, FEED_MOST, ask->most);
    return wire_bytes(&out);
}

bool relay_feed_ask_decode(Str text, RelayFeedAsk *ask, Error *err)
{
    WireIn in = wire_in(text);
    RelayFeedAsk read = {0};
    wire_whole_map(&in, FEED_ASK_KEYS);
    wire_expect(&in, FEED_HEAD);
    read.head = wire_blob(&in, 0, RELAY_HEAD_MOST);
    read.after = item_take_number(&in, FEED_AFTER, 0, INT64_MAX);
    read.most = (int32_t)item_take_number(&in, FEED_MOST, 1, RELAY_ROWS_MOST);
    if (!wire_end(&in, err)) return false;
    *ask = read;
    return true;
}

bool relay_feed_row_of(const RelayFeedRow *row, Str person)
{
    VEC_EACH (const Str, also, row->also)
        if (str_equal(*also, person)) return true;
    return str_equal(row->person, person);
}

static void also_put(WireOut *out, const RelayPersons *also)
{
    ptrdiff_t count = also->count < RELAY_ALSO_MOST ? also->count : RELAY_ALSO_MOST;
    wire_put_array(out, count);
    for (ptrdiff_t i = 0; i < count; i++) wire_put_text(out, also->at[i]);
}

static RelayPersons also_take(WireIn *in, Arena *arena)
{
    RelayPersons also = {0};
    int count = wire_array(in, RELAY_ALSO_MOST);
    for (int i = 0; i < count && !in->failed; i++) *relay_persons_push(&also, arena) = person_take(in);
    return also;
}

static Str feed_rows_put(RelayFeed *feed, Arena *arena)
{
    WireOut out = {.arena = arena};
    ptrdiff_t put = 0;
    for (; put < feed->rows.count && put < RELAY_ROWS_MOST; put++) {
        const RelayFeedRow *row = &feed->rows.at[put];
        if (put && out.text.len + row->payload.len > RELAY_FEED_BYTES_MOST) break;
        wire_put_array(&out, FEED_ROW_ITEMS);
        wire_put_number(&out, row->no);
        wire_put_text(&out, row->person);
        wire_put_blob(&out, row->payload);
        also_put(&out, &row->also);
    }
    if (put < feed->rows.count) {
        feed->rows.count = put;
        feed->more = true;
    }
    return wire_bytes(&out);
}

Str relay_feed_encode(RelayFeed *feed, Arena *arena)
{
    Str rows = feed_rows_put(feed, arena);
    WireOut out = {.arena = arena};
    wire_put_map(&out, FEED_KEYS);
    item_put_number(&out, FEED_MORE, feed->more);
    wire_put_number(&out, FEED_ROWS);
    wire_put_array(&out, feed->rows.count);
    text_add(&out.text, arena, rows);
    return wire_bytes(&out);
}

bool relay_feed_decode(Str text, Arena *arena, RelayFeed *feed, Error *err)
{
    WireIn in = wire_in(text);
    RelayFeed read = {0};
    int64_t before = 0;
    wire_whole_map(&in, FEED_KEYS);
    read.more = item_take_number(&in, FEED_MORE, 0, 1);
    wire_expect(&in, FEED_ROWS);
    int count = wire_array(&in, RELAY_ROWS_MOST);
    item_wanted(&in, count > 0 || !read.more);  // asking again would never end
    for (int i = 0; i < count && !in.failed; i++) {
        item_wanted(&in, wire_array(&in, FEED_ROW_ITEMS) == FEED_ROW_ITEMS);
        RelayFeedRow row = {.no = wire_number(&in, 1, INT64_MAX)};
        item_wanted(&in, row.no > before);
        before = row.no;
        row.person = person_take(&in);
        row.payload = wire_blob(&in, 0, RELAY_PAYLOAD_MOST);
        row.also = also_take(&in, arena);
        *relay_feed_rows_push(&read.rows, arena) = row;
    }
    if (!wire_end(&in, err)) return false;
    *feed = read;
    return true;
}
