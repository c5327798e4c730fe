// SPDX-License-Identifier: Apache-2.0
#include "allow_list_message.h"

#include "linkage_wire.h"

#include <assert.h>
#include <string.h>

enum { LAYOUT = 1, VERSION, AS_OF, BODIES, ROWS, LIST_KEYS = ROWS };
enum { LIST_LAYOUT = 1, BODY_MEMBERS = 2, ROW_MEMBERS = 9 };

// ---- writing: a body and a row are arrays, for there are thousands of them

static void put_body(WireOut *out, const AllowBody *body)
{
    wire_put_array(out, BODY_MEMBERS);
    wire_put_text(out, str_of(body->organisation.digits));
    wire_put_number(out, body->classes);
}

static void put_row(WireOut *out, const AllowRow *row)
{
    wire_put_array(out, ROW_MEMBERS);
    wire_put_number(out, row->item);
    wire_put_text(out, str_of(row->affair.at));
    wire_put_text(out, str_of(row->procedure.at));
    wire_put_number(out, row->inquirers);
    wire_put_number(out, row->providers);
    wire_put_text(out, str_of(row->dataset.at));
    wire_put_number(out, row->items);
    wire_put_number(out, row->in_force.first);
    wire_put_number(out, row->in_force.last);
}

Str allow_list_encode(const AllowList *list, Arena *arena)
{
    WireOut out = {.arena = arena};
    assert(list->bodies.count <= ALLOW_BODIES_MOST);
    assert(list->rows.count <= ALLOW_ROWS_MOST);
    wire_put_map(&out, LIST_KEYS);
    item_put_number(&out, LAYOUT, LIST_LAYOUT);
    item_put_number(&out, VERSION, list->version);
    item_put_number(&out, AS_OF, list->as_of);
    wire_put_number(&out, BODIES);
    wire_put_array(&out, list->bodies.count);
    VEC_EACH (AllowBody, body, list->bodies) put_body(&out, body);
    wire_put_number(&out, ROWS);
    wire_put_array(&out, list->rows.count);
    VEC_EACH (AllowRow, row, list->rows) put_row(&out, row);
    return wire_bytes(&out);
}

// ---- reading

static void members(WireIn *in, int count)
{
    if (wire_array(in, count) != count) wire_refuse(in);
}

static AllowBody take_body(WireIn *in)
{
    AllowBody body = {0};
    members(in, BODY_MEMBERS);
    body.organisation = organisation_take(in);
    body.classes = (int)wire_number(in, 1, BODY_CLASSES);
    return body;
}

static AllowRow take_row(WireIn *in)
{
    AllowRow row = {0};
    members(in, ROW_MEMBERS);
    row.item = (int)wire_number(in, 1, LAW_ITEM_MOST);
    item_wanted(in, affair_code_read(wire_text(in, LINKAGE_CODE_LENGTH), &row.affair));
    item_wanted(in, procedure_code_read(wire_text(in, LINKAGE_CODE_LENGTH), &row.procedure));
    row.inquirers = (int)wire_number(in, 1, BODY_CLASSES);
    row.providers = (int)wire_number(in, 1, BODY_CLASSES);
    item_wanted(in, dataset_code_read(wire_text(in, LINKAGE_CODE_LENGTH), &row.dataset));
    row.items = wire_number(in, 1, INT64_MAX);
    row.in_force.first = (Day)wire_number(in, DAY_MIN, DAY_MAX);
    row.in_force.last = (Day)wire_number(in, row.in_force.first, DAY_MAX);
    return row;
}

static void take_bodies(WireIn *in, Arena *arena, AllowBodyRows *rows)
{
    int count = wire_array(in, ALLOW_BODIES_MOST);
    for (int i = 0; i < count && !in->failed; i++) {
        AllowBody body = take_body(in);
        item_wanted(
            in, !i || strcmp(rows->at[i - 1].organisation.digits, body.organisation.digits) < 0);
        *allow_bodies_push(rows, arena) = body;
    }
}

static void take_rows(WireIn *in, Arena *arena, AllowRowRows *rows)
{
    int count = wire_array(in, ALLOW_ROWS_MOST);
    for (int i = 0; i < count && !in->failed; i++) *allow_rows_push(rows, arena) = take_row(in);
}

bool allow_list_decode(Str text, Arena *arena, AllowList *list, Error *err)
{
    WireIn in = wire_in(text);
    AllowList read = {0};
    wire_whole_map(&in, LIST_KEYS);
    (void)item_take_number(&in, LAYOUT, LIST_LAYOUT, LIST_LAYOUT);
    read.version = item_take_number(&in, VERSION, 1, INT64_MAX);
    read.as_of = item_take_number(&in, AS_OF, 0, INSTANT_MAX - ALLOW_LIST_LIFE);
    wire_expect(&in, BODIES);
    take_bodies(&in, arena, &read.bodies);
    wire_expect(&in, ROWS);
    take_rows(&in, arena, &read.rows);
    if (!wire_end(&in, err)) return false;
    *list = read;
    return true;
}
