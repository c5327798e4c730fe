// SPDX-License-Identifier: Apache-2.0
#include "number_message.h"

#include "linkage_wire.h"

#include <assert.h>
#include <string.h>

// Keys of the maps. Numbers are part of the contract: append, never reuse. 0 is no key.
enum AnswerKey {
    ANSWER_VERSION = 1,
    ANSWER_REFUSAL,
    ANSWER_EPOCH,
    ANSWER_NEXT_CURSOR,
    ANSWER_MORE,
    ANSWER_CHANGES,
    ANSWER_KEYS = ANSWER_CHANGES,
};

enum ChangeKey {
    CHANGE_NO = 1,
    CHANGE_WHO,
    CHANGE_NUMBER,
    CHANGE_TOLD,
    CHANGE_KANA,
    CHANGE_BIRTH,
    CHANGE_SEX,
    CHANGE_ADDRESS,
    CHANGE_STATUS,
    CHANGE_HIDDEN,
    CHANGE_WITHDRAWN,
    CHANGE_UNREAD,
    CHANGE_KEYS = CHANGE_UNREAD,
};

static bool changes_ordered(const NumberAnswer *answer)
{
    int64_t before = 0;
    VEC_EACH (const NumberChange, change, answer->changes) {
        if (change->change_no <= before) return false;
        before = change->change_no;
    }
    return before <= answer->next_cursor;
}

void numbers_wipe(NumberChanges *changes)
{
    VEC_EACH (NumberChange, change, *changes) individual_no_wipe(&change->number);
}

void number_change_withhold(NumberChange *change, ToldItems withheld)
{
    FourFacts *facts = &change->facts;
    if (withheld & TOLD(person_field_item("name_kana"))) facts->kana = (Str){0};
    if (withheld & TOLD(person_field_item("birth"))) facts->birth = (PartialDate){0};
    if (withheld & TOLD(person_field_item("sex"))) facts->sex = 0;
    if (withheld & TOLD(person_field_item("address"))) facts->address = (Str){0};
    if (withheld & TOLD(TOLD_NUMBER)) individual_no_wipe(&change->number);
}

void message_wipe(Str message)
{
    if (message.len) explicit_bzero((void *)(uintptr_t)message.at, (size_t)message.len);
}

// ---- writing

static void put_change(WireOut *out, const NumberChange *change)
{
    wire_put_map(out, CHANGE_KEYS);
    item_put_number(out, CHANGE_NO, change->change_no);
    item_put_text(out, CHANGE_WHO, addressee_text(&change->who));
    item_put_text(out, CHANGE_NUMBER, str_of(change->number.digits));
    item_put_number(out, CHANGE_TOLD, change->change_told);
    item_put_text(out, CHANGE_KANA, change->facts.kana);
    wire_put_number(out, CHANGE_BIRTH);
    wire_put_partial(out, change->facts.birth);
    item_put_number(out, CHANGE_SEX, change->facts.sex);
    item_put_text(out, CHANGE_ADDRESS, change->facts.address);
    item_put_number(out, CHANGE_STATUS, change->status);
    item_put_number(out, CHANGE_HIDDEN, change->hidden);
    item_put_number(out, CHANGE_WITHDRAWN, change->withdrawn);
    item_put_number(out, CHANGE_UNREAD, change->unread);
}

static Str put_changes(NumberAnswer *answer, Arena *arena)
{
    WireOut out = {.arena = arena};
    ptrdiff_t put = 0;
    for (; put < answer->changes.count && out.text.len < DIFFERENCE_BYTES_MOST; put++)
        put_change(&out, &answer->changes.at[put]);
    if (put < answer->changes.count) {
        NumberChanges cut = {.at = answer->changes.at + put, .count = answer->changes.count - put};
        numbers_wipe(&cut);
        answer->changes.count = put;
        answer->next_cursor = answer->changes.at[put - 1].change_no;
        answer->more = true;
    }
    return wire_bytes(&out);
}

Str number_answer_encode(NumberAnswer *answer, Arena *arena)
{
    assert(difference_epoch_valid(answer->epoch));
    assert(answer->refusal != DIFFERENCE_GIVEN || answer->epoch.len > 0);
    assert(answer->changes.count <= DIFFERENCE_MOST);
    assert(changes_ordered(answer));
    Str changes = put_changes(answer, arena);
    WireOut out = {.arena = arena};
    wire_put_map(&out, ANSWER_KEYS);
    item_put_number(&out, ANSWER_VERSION, NUMBERS_VERSION);
    item_put_number(&out, ANSWER_REFUSAL, answer->refusal);
    item_put_text(&out, ANSWER_EPOCH, answer->epoch);
    item_put_number(&out, ANSWER_NEXT_CURSOR, answer->next_cursor);
    item_put_number(&out, ANSWER_MORE, answer->more);
    wire_put_number(&out, ANSWER_CHANGES);
    wire_put_array(&out, answer->changes.count);
    text_add(&out.text, out.arena, changes);
    message_wipe(changes);
    return wire_bytes(&out);
}

// ---- reading

// Canonical: the number is read only as it would be written.
static void take_who(WireIn *in, AddresseeNo *who)
{
    Error unread = {0};
    Str text = item_take_text(in, CHANGE_WHO, sizeof who->digits - 1);
    item_wanted(in, addressee_no_parse(text, who, NULL, &unread) && str_equal(addressee_text(who), text));
}

static void take_number(WireIn *in, IndividualNo *number)
{
    Error unread = {0};
    Str text = item_take_text(in, CHANGE_NUMBER, sizeof number->digits - 1);
    *number = (IndividualNo){{0}};
    if (text.len) item_wanted(in, individual_no_parse(text, number, NULL, &unread));
    item_wanted(in, str_equal(str_of(number->digits), text));
}

static bool nothing_read(const NumberChange *change)
{
    const FourFacts *facts = &change->facts;
    return !individual_no_present(&change->number) && !change->change_told && !facts->kana.len && !facts->birth.year &&
           !facts->sex && !facts->address.len;
}

static void read_change(WireIn *in, NumberChange *change)
{
    wire_whole_map(in, CHANGE_KEYS);
    change->change_no = item_take_number(in, CHANGE_NO, 1, INT64_MAX);
    take_who(in, &change->who);
    take_number(in, &change->number);
    change->change_told = item_take_number(in, CHANGE_TOLD, 0, 1);
    change->facts.kana = item_take_text(in, CHANGE_KANA, WIRE_TEXT_MOST);
    wire_expect(in, CHANGE_BIRTH);
    change->facts.birth = wire_partial(in);
    change->facts.sex = (int32_t)item_take_number(in, CHANGE_SEX, 0, SEX_UNKNOWN);
    change->facts.address = item_take_text(in, CHANGE_ADDRESS, WIRE_TEXT_MOST);
    change->status = (int32_t)item_take_number(in, CHANGE_STATUS, STATUS_RESIDENT, STATUS_REMOVED);
    change->hidden = item_take_number(in, CHANGE_HIDDEN, 0, 1);
    change->withdrawn = item_take_number(in, CHANGE_WITHDRAWN, 0, 1);
    change->unread = item_take_number(in, CHANGE_UNREAD, 0, 1);
    item_wanted(in, !change->unread || nothing_read(change));
}

static void read_changes(WireIn *in, Arena *arena, NumberAnswer *answer)
{
    int count = wire_array(in, DIFFERENCE_MOST);
    for (int i = 0; i < count && !in->failed; i++) {
        NumberChange change = {0};
        read_change(in, &change);
        *number_changes_push(&answer->changes, arena) = change;
        individual_no_wipe(&change.number);
    }
    bool refused = answer->refusal != DIFFERENCE_GIVEN;
    item_wanted(in, !refused || !(count || answer->next_cursor || answer->more));
    if (!in->failed) item_wanted(in, changes_ordered(answer));
}

bool number_answer_decode(Str message, Arena *arena, NumberAnswer *answer, Error *err)
{
    WireIn in = wire_in(message);
    NumberAnswer read = {0};
    wire_whole_map(&in, ANSWER_KEYS);
    (void)item_take_number(&in, ANSWER_VERSION, NUMBERS_VERSION, NUMBERS_VERSION);
    read.refusal = (DifferenceRefusal)item_take_number(&in, ANSWER_REFUSAL, DIFFERENCE_GIVEN, DIFFERENCE_FULL_COPY);
    read.epoch = item_take_text(&in, ANSWER_EPOCH, EPOCH_LENGTH);
    item_wanted(&in, difference_epoch_valid(read.epoch));
    item_wanted(&in, read.refusal != DIFFERENCE_GIVEN || read.epoch.len);
    read.next_cursor = item_take_number(&in, ANSWER_NEXT_CURSOR, 0, INT64_MAX);
    read.more = item_take_number(&in, ANSWER_MORE, 0, 1);
    wire_expect(&in, ANSWER_CHANGES);
    read_changes(&in, arena, &read);
    if (wire_end(&in, err)) {
        *answer = read;
        return true;
    }
    numbers_wipe(&read.changes);
    return false;
}
