// SPDX-License-Identifier: Apache-2.0
#include "copy_checks.h"

#include <string.h>

const CopyCode *copy_code(const CopyCodes *codes, Str table, Str code)
{
    VEC_EACH (CopyCode, c, *codes)
        if (str_equal(c->code, code) && str_equal(c->table, table)) return c;
    return NULL;
}

bool copy_refused(const CopyObjectionRows *objections)
{
    VEC_EACH (CopyObjection, no, *objections)
        if (no->check != COPY_B8_NOTHING_THERE) return true;
    return false;
}

typedef struct Checked {
    const CopyRecord *record;
    const CopySight *sight;
    Arena *arena;
    CopyObjectionRows found;
} Checked;

static void object(Checked *c, CopyCheck check, int item)
{
    *copy_objections_push(&c->found, c->arena) = (CopyObjection){check, item};
}

// ---- dates

PartialDate copy_date(Str value)
{
    enum { LENGTH = 8, MONTH_AT = 4, DAY_AT = 6 };
    int year, month, day;
    if (value.len != LENGTH || !str_digits(str_first(value, MONTH_AT), 4, 4, &year) ||
        !str_digits(str_first(str_from(value, MONTH_AT), 2), 2, 2, &month) ||
        !str_digits(str_from(value, DAY_AT), 2, 2, &day))
        return (PartialDate){0};
    if (year < 1 || !partial_date_valid(year, month, day)) return (PartialDate){0};
    return (PartialDate){(int16_t)year, (int8_t)month, (int8_t)day};
}

static void date_checked(Checked *c, const LayoutItem *layout, Str value)
{
    DaySpan span, born;
    PartialDate date = copy_date(value);
    const CopyLayout *l = c->sight->layout;
    bool whole = partial_date_whole(date), happened = layout->no == l->happened_on;
    if (!partial_date_span(date, &span) || (layout->kind == LAYOUT_DATE && !whole)) {
        object(c, COPY_B4_DATE, layout->no);
        return;
    }
    bool unexplained =
        happened && !whole && !copy_value(&c->record->items, l->unknown_date).len;
    bool before_birth = happened && partial_date_span(c->record->born, &born) &&
                        span.last < born.first;
    if (span.first > c->sight->today || unexplained || before_birth)
        object(c, COPY_B4_DATE, layout->no);
}

// ---- one item

static bool code_character(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_';
}

static bool all_in(Str value, bool (*allowed)(char))
{
    for (ptrdiff_t i = 0; i < value.len; i++)
        if (!allowed(value.at[i])) return false;
    return true;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool no_control(char c)
{
    return (unsigned char)c >= ' ' && c != '\x7f';
}

// Characters, not bytes: whatever does not go on another one.
static int64_t characters(Str value)
{
    enum { CONTINUES = 0x80, MASK = 0xC0 };
    int64_t count = 0;
    for (ptrdiff_t i = 0; i < value.len; i++)
        count += ((unsigned char)value.at[i] & MASK) != CONTINUES;
    return count;
}

static bool formed(const LayoutItem *layout, Str value)
{
    switch (layout->kind) {
    case LAYOUT_CODE: return value.len == layout->length && all_in(value, code_character);
    case LAYOUT_NUMBER: return value.len <= layout->length && all_in(value, digit);
    case LAYOUT_DATE:
    case LAYOUT_PARTIAL: return value.len == layout->length && all_in(value, digit);
    case LAYOUT_TEXT: return characters(value) <= layout->length && all_in(value, no_control);
    }
    return false;
}

static void value_checked(Checked *c, const LayoutItem *layout, Str value)
{
    if (!formed(layout, value)) {
        object(c, COPY_B2_FORM, layout->no);
        return;
    }
    if (layout->kind == LAYOUT_DATE || layout->kind == LAYOUT_PARTIAL)
        date_checked(c, layout, value);
    if (layout->table && !copy_code(c->sight->codes, str_of(layout->table), value))
        object(c, COPY_B3_CODE, layout->no);
}

static void item_checked(Checked *c, const CopyItem *item)
{
    const LayoutItem *layout = layout_item(c->sight->layout, c->sight->version, item->no);
    if (!layout) {
        object(c, COPY_B2_FORM, item->no);
    } else if (!item->value.len) {
        if (item->null == COPY_NULL_NONE) object(c, COPY_B9_NO_REASON, item->no);
    } else if (item->null != COPY_NULL_NONE) {
        object(c, COPY_B2_FORM, item->no);  // a value that says why it is not there
    } else {
        value_checked(c, layout, item->value);
    }
}

static void mandatory_checked(Checked *c)
{
    const CopyLayout *layout = c->sight->layout;
    for (int i = 0; i < layout->count; i++) {
        const LayoutItem *item = layout_item(layout, c->sight->version, layout->items[i].no);
        if (item == &layout->items[i] && item->mandatory &&
            !copy_value(&c->record->items, item->no).len)
            object(c, COPY_B1_MANDATORY, item->no);
    }
}

// ---- beside others

bool copy_neighbour_of(const CopyRecord *record, const CopyLayout *layout, CopyNeighbour *neighbour)
{
    if (!layout->order || record->deleted) return false;
    PartialDate happened = copy_date(copy_value(&record->items, layout->happened_on));
    if (!happened.year) return false;
    *neighbour = (CopyNeighbour){.key = record->key,
                                 .series = copy_value(&record->items, layout->series),
                                 .order = copy_value(&record->items, layout->order),
                                 .status = copy_value(&record->items, DOSE_STATUS),
                                 .happened_on = happened};
    return true;
}

static int place_in_series(const CopyCodes *codes, const CopyLayout *layout, Str order)
{
    const LayoutItem *item = layout_item(layout, layout->last, layout->order);
    const CopyCode *code = item ? copy_code(codes, str_of(item->table), order) : NULL;
    return code ? code->order : 0;
}

// Both surely so: what is vague is believed.
static bool surely_before(PartialDate a, PartialDate b)
{
    DaySpan first, second;
    return partial_date_span(a, &first) && partial_date_span(b, &second) &&
           first.last < second.first;
}

static void order_checked(Checked *c)
{
    CopyNeighbour own;
    const CopySight *s = c->sight;
    if (!s->others || !copy_neighbour_of(c->record, s->layout, &own)) return;
    int place = place_in_series(s->codes, s->layout, own.order);
    VEC_EACH (const CopyNeighbour, other, *s->others) {
        int theirs = place_in_series(s->codes, s->layout, other->order);
        if (!place || !theirs || copy_key_same(&other->key, &own.key) ||
            !str_equal(other->series, own.series) || !str_equal(other->status, own.status))
            continue;
        if ((place > theirs && surely_before(own.happened_on, other->happened_on)) ||
            (place < theirs && surely_before(other->happened_on, own.happened_on))) {
            object(c, COPY_B5_ORDER, s->layout->order);
            return;
        }
    }
}

CopyObjectionRows copy_record_checked(const CopyRecord *record, const CopySight *sight, Arena *arena)
{
    Checked c = {.record = record, .sight = sight, .arena = arena};
    if (!record->deleted) {
        mandatory_checked(&c);
        VEC_EACH (const CopyItem, item, record->items) item_checked(&c, item);
        order_checked(&c);
    }
    if (!sight->person_known) object(&c, COPY_B6_PERSON, 0);
    if (sight->key_twice || sight->key_of_other) object(&c, COPY_B7_KEY, 0);
    if (record->deleted && !sight->key_there) object(&c, COPY_B8_NOTHING_THERE, 0);
    return c.found;
}

// ---- a message

static bool in_turn(const CopySet *now, const CopyHead *head)
{
    if (head->mode == COPY_DIFF) return head->previous == now->sequence;
    if (head->delivery == head->sequence) return head->sequence > now->sequence;  // begins anew
    return head->delivery == now->delivery && head->previous == now->sequence;
}

DeliveryStep delivery_step(const CopySet *now, const CopyHead *head, const unsigned char digest[32],
                           int64_t rows)
{
    DeliveryStep step = {.next = *now};
    bool same = !memcmp(head->digest, digest, sizeof head->digest);
    bool last_again =
        head->sequence == now->sequence && !memcmp(now->digest, head->digest, sizeof now->digest);
    const CopyLayout *layout = copy_layout(&head->dataset);
    bool begins = head->delivery == head->sequence;
    int64_t taken = (head->mode == COPY_FULL && !begins ? now->taken : 0) + rows;
    bool *no = step.objections;
    if (!same) no[DELIVERY_A1_DIGEST] = true;
    if (!last_again && !in_turn(now, head)) no[DELIVERY_A2_SEQUENCE] = true;
    if (head->count != rows) no[DELIVERY_A3_COUNT] = true;
    if (!last_again && head->mode == COPY_FULL && head->last && head->total != taken)
        no[DELIVERY_A3_COUNT] = true;
    if (!layout || !layout_has_version(layout, head->layout)) no[DELIVERY_A5_LAYOUT] = true;
    for (int i = DELIVERY_A1_DIGEST; i < DELIVERY_NO_COUNT; i++)
        if (no[i]) return step;
    no[last_again ? DELIVERY_AGAIN : DELIVERY_YES] = true;
    if (last_again) return step;
    step.next = (CopySet){.sequence = head->sequence};
    memcpy(step.next.digest, head->digest, sizeof step.next.digest);
    step.sweeps = head->mode == COPY_FULL && head->last;
    if (head->mode == COPY_FULL && !head->last) {
        step.next.delivery = head->delivery;
        step.next.taken = taken;
    }
    return step;
}

bool sweep_held(int64_t standing, int64_t swept)
{
    enum { WHOLE = 100 };
    return swept * WHOLE > standing * SWEEP_PERCENT_MOST;
}
