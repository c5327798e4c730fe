// SPDX-License-Identifier: Apache-2.0
#include "linkage_wire.h"

#include <assert.h>
#include <string.h>

enum { ITEM = 1, AFFAIR, PROCEDURE, DATA, ITEMS, INQUIRER, PROVIDER, QUESTION_KEYS = PROVIDER };

void item_put_text(WireOut *out, int key, Str text)
{
    wire_put_number(out, key);
    wire_put_text(out, text);
}

void item_put_number(WireOut *out, int key, int64_t number)
{
    wire_put_number(out, key);
    wire_put_number(out, number);
}

void item_put_blob(WireOut *out, int key, const void *at, ptrdiff_t len)
{
    wire_put_number(out, key);
    wire_put_blob(out, (Bytes){at, len});
}

Str item_take_text(WireIn *in, int key, ptrdiff_t most)
{
    wire_expect(in, key);
    return wire_text(in, most);
}

int64_t item_take_number(WireIn *in, int key, int64_t least, int64_t most)
{
    wire_expect(in, key);
    return wire_number(in, least, most);
}

void item_take_blob(WireIn *in, int key, void *at, ptrdiff_t len)
{
    wire_expect(in, key);
    wire_blob_into(in, at, len);
}

void item_wanted(WireIn *in, bool readable)
{
    if (!readable) wire_refuse(in);
}

OrganisationCode organisation_take(WireIn *in)
{
    OrganisationCode code = {{0}};
    Str text = wire_text(in, sizeof code.digits - 1);
    item_wanted(in, organisation_code_read(text, &code));
    return code;
}

void question_put(WireOut *out, const Question *q)
{
    wire_put_map(out, QUESTION_KEYS);
    item_put_number(out, ITEM, q->item);
    item_put_text(out, AFFAIR, str_of(q->affair.at));
    item_put_text(out, PROCEDURE, str_of(q->procedure.at));
    item_put_text(out, DATA, str_of(q->dataset.at));
    item_put_number(out, ITEMS, q->items);
    item_put_text(out, INQUIRER, str_of(q->inquirer.digits));
    item_put_text(out, PROVIDER, str_of(q->provider.digits));
}

Question question_take(WireIn *in)
{
    Question q = {0};
    wire_whole_map(in, QUESTION_KEYS);
    q.item = (int)item_take_number(in, ITEM, 1, LAW_ITEM_MOST);
    item_wanted(in, affair_code_read(item_take_text(in, AFFAIR, LINKAGE_CODE_LENGTH), &q.affair));
    item_wanted(
        in, procedure_code_read(item_take_text(in, PROCEDURE, LINKAGE_CODE_LENGTH), &q.procedure));
    item_wanted(in, dataset_code_read(item_take_text(in, DATA, LINKAGE_CODE_LENGTH), &q.dataset));
    q.items = item_take_number(in, ITEMS, 1, INT64_MAX);
    wire_expect(in, INQUIRER);
    q.inquirer = organisation_take(in);
    wire_expect(in, PROVIDER);
    q.provider = organisation_take(in);
    item_wanted(in, !organisation_same(&q.inquirer, &q.provider));
    return q;
}

// ---- whole blocks

static const unsigned char zeros[2 * FILL_BLOCK];

// So many zeros that what was written, with them and their head, ends at a whole block. A longer head leaves out a
// length now and then; then it is the next block.
static ptrdiff_t fill_behind(ptrdiff_t written)
{
    ptrdiff_t fill = 0, head = 1;
    while ((written + head + fill) % FILL_BLOCK != 0) {
        fill++;
        head = fill < 24 ? 1 : fill < 256 ? 2 : 3;
    }
    assert(fill < (ptrdiff_t)sizeof zeros);
    return fill;
}

void item_put_fill(WireOut *out, int key)
{
    wire_put_number(out, key);
    wire_put_blob(out, (Bytes){zeros, fill_behind(wire_bytes(out).len)});
}

void item_take_fill(WireIn *in, int key, const unsigned char *first)
{
    wire_expect(in, key);
    ptrdiff_t written = in->at - first;
    Bytes fill = wire_blob(in, 0, sizeof zeros - 1);
    item_wanted(in, !in->failed && fill.len == fill_behind(written) && !memcmp(fill.at, zeros, (size_t)fill.len));
}
