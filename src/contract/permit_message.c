// SPDX-License-Identifier: Apache-2.0
#include "permit_message.h"

#include "linkage_wire.h"

#include <string.h>

enum { ID = 1, INQUIRY, QUESTION, KEY, UNDISCLOSED, LIST, ISSUED, EXPIRES, PERMIT_KEYS = EXPIRES };
enum { VERSION = 1, PERMIT, HOLDER, CODE, ROUTE, COPY_KEYS = ROUTE };
enum { PERMIT_VERSION = 1 };

void permit_put(WireOut *out, const Permit *p)
{
    wire_put_map(out, PERMIT_KEYS);
    item_put_blob(out, ID, p->id.at, sizeof p->id.at);
    item_put_text(out, INQUIRY, str_of(p->inquiry.digits));
    wire_put_number(out, QUESTION);
    question_put(out, &p->question);
    item_put_blob(out, KEY, p->key.at, sizeof p->key.at);
    item_put_number(out, UNDISCLOSED, p->undisclosed);
    item_put_number(out, LIST, p->list_version);
    item_put_number(out, ISSUED, p->issued_at);
    item_put_number(out, EXPIRES, p->expires_at);
}

Permit permit_take(WireIn *in)
{
    Permit p = {0};
    wire_whole_map(in, PERMIT_KEYS);
    item_take_blob(in, ID, p.id.at, sizeof p.id.at);
    item_wanted(in, inquiry_no_read(item_take_text(in, INQUIRY, INQUIRY_NO_MOST), &p.inquiry));
    wire_expect(in, QUESTION);
    p.question = question_take(in);
    item_take_blob(in, KEY, p.key.at, sizeof p.key.at);
    p.undisclosed = item_take_number(in, UNDISCLOSED, 0, 1);
    p.list_version = item_take_number(in, LIST, 1, INT64_MAX);
    p.issued_at = item_take_number(in, ISSUED, 0, INSTANT_MAX - PERMIT_LIFE_BULK);
    p.expires_at = item_take_number(in, EXPIRES, p.issued_at, p.issued_at + PERMIT_LIFE_BULK);
    return p;
}

Str permit_encode(const Permit *permit, Arena *arena)
{
    WireOut out = {.arena = arena};
    permit_put(&out, permit);
    return wire_bytes(&out);
}

Str permit_copy_encode(const PermitCopy *copy, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, COPY_KEYS);
    item_put_number(&out, VERSION, PERMIT_VERSION);
    wire_put_number(&out, PERMIT);
    permit_put(&out, &copy->permit);
    item_put_number(&out, HOLDER, copy->holder);
    item_put_blob(&out, CODE, copy->code.at, sizeof copy->code.at);
    item_put_text(&out, ROUTE, str_of(copy->route.at));
    return wire_bytes(&out);
}

bool permit_copy_decode(Str text, PermitCopy *copy, Error *err)
{
    WireIn in = wire_in(text);
    PermitCopy read = {0};
    wire_whole_map(&in, COPY_KEYS);
    (void)item_take_number(&in, VERSION, PERMIT_VERSION, PERMIT_VERSION);
    wire_expect(&in, PERMIT);
    read.permit = permit_take(&in);
    read.holder = (LinkageRole)item_take_number(&in, HOLDER, ROLE_INQUIRER, ROLE_PROVIDER);
    item_take_blob(&in, CODE, read.code.at, sizeof read.code.at);
    Str route = item_take_text(&in, ROUTE, ROUTE_MOST);
    item_wanted(&in, (route.len > 0) == (read.holder == ROLE_PROVIDER));
    if (!wire_end(&in, err)) return false;
    memcpy(read.route.at, route.at, (size_t)route.len);
    *copy = read;
    return true;
}
