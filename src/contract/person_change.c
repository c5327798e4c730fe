// SPDX-License-Identifier: Apache-2.0
#include "person_change.h"

#include <string.h>

#include "utf8.h"
#include "wire.h"

// Keys of the map. Numbers are part of the contract: append, never reuse. 0 is no key.
enum ChangeKey {
    CHANGE_NO = 1,
    CHANGE_ADDRESSEE_NO,
    CHANGE_VERSION_NO,
    CHANGE_EVENT_REASON,
    CHANGE_OCCURRED_ON,
    CHANGE_REPORTED_ON,
    CHANGE_RECORDED_AT,
    CHANGE_WITHDRAWN_PERSON,
    CHANGE_WITHDRAWS,
    CHANGE_RESIDENCE,
    CHANGE_HOLD = 15,  // 11 to 14 were one address beside a version, until DIFFERENCE_VERSION 2
    CHANGE_MAILINGS,
    CHANGE_STATE = 32,  // 32 + place in person_fields
    CHANGE_KEYS_MOST = CHANGE_STATE + PERSON_FIELD_COUNT,
};

enum {
    ADDRESSEE_NO_DIGITS = 15,
    MAILING_BYTES_MOST = 200 * PERSON_CHARACTER_BYTES,
    MAILING_ITEMS = 6,
    POSTAL_CODE_DIGITS = 7,
};

static bool all_digits(Str s, ptrdiff_t count)
{
    if (s.len != count) return false;
    for (ptrdiff_t i = 0; i < s.len; i++)
        if (s.at[i] < '0' || s.at[i] > '9') return false;
    return true;
}

// ---- what a reader is given

static const PersonState nothing = {.resident_from = DAY_NONE, .resident_until = DAY_NONE};

static bool withholds(const PersonChange *change, int item)
{
    return change->withheld & TOLD(item);
}

PersonChange person_change_seen(const PersonChange *change, ToldItems withheld, bool *seen)
{
    PersonChange told = *change;
    told.withheld |= withheld;
    told.state = person_state_told(&change->state);
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        if (withholds(&told, i)) person_field_take(&told.state, &nothing, &person_fields[i]);
    if (withholds(&told, TOLD_EVENT)) {
        told.event_reason = 0;
        told.occurred_on = told.reported_on = DAY_NONE;
    }
    if (withholds(&told, TOLD_RESIDENCE)) told.residence = (ResidenceSpanRows){0};
    *seen = told.subject != SUBJECT_MAILINGS || !withholds(&told, TOLD_MAILINGS);
    return told;
}

// ---- writing

static bool field_absent(const PersonState *state, const PersonField *field)
{
    return person_field_same(state, &nothing, field);
}

static void put_field(WireOut *out, PersonState *state, const PersonField *field)
{
    switch (field->kind) {
    case FIELD_TEXT: wire_put_text(out, *person_text(state, field)); break;
    case FIELD_DIGITS: wire_put_text(out, *person_text(state, field)); break;
    case FIELD_CODE: wire_put_number(out, *person_code(state, field)); break;
    case FIELD_PARTIAL: wire_put_partial(out, *person_partial(state, field)); break;
    case FIELD_DAY: wire_put_number(out, *person_day(state, field)); break;
    }
}

static void put_state(WireOut *out, const PersonState *state)
{
    PersonState copy = *state;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) {
        const PersonField *field = &person_fields[i];
        if (field_absent(state, field)) continue;
        wire_put_number(out, CHANGE_STATE + i);
        put_field(out, &copy, field);
    }
}

static int state_items(const PersonState *state)
{
    int items = 0;
    for (int i = 0; i < PERSON_FIELD_COUNT; i++) items += !field_absent(state, &person_fields[i]);
    return items;
}

static void put_residence(WireOut *out, const ResidenceSpanRows *spans)
{
    wire_put_array(out, spans->count);
    VEC_EACH (ResidenceSpan, span, *spans) {
        wire_put_array(out, span->vague_days ? 4 : 3);
        wire_put_number(out, span->first);
        wire_put_number(out, span->last);
        wire_put_number(out, span->end);
        if (span->vague_days) wire_put_number(out, span->vague_days);
    }
}

static void put_withdraws(WireOut *out, const VersionNoRows *withdraws)
{
    wire_put_array(out, withdraws->count);
    VEC_EACH (int32_t, version_no, *withdraws) wire_put_number(out, *version_no);
}

static int optional_items(const PersonChange *change, const PersonState *told)
{
    return (change->reported_on != DAY_NONE) + change->withdrawn_person + (change->withdraws.count > 0) + state_items(told);
}

static void put_keyed(WireOut *out, int key, int64_t number)
{
    wire_put_number(out, key);
    wire_put_number(out, number);
}

static void put_stub(WireOut *out, const PersonChange *change)
{
    wire_put_map(out, 3);
    put_keyed(out, CHANGE_NO, change->change_no);
    wire_put_number(out, CHANGE_ADDRESSEE_NO);
    wire_put_text(out, change->addressee_no);
    put_keyed(out, CHANGE_HOLD, change->hold);
}

static void put_whole(WireOut *out, const PersonChange *change)
{
    enum { ALWAYS = 4 };  // number, person, version, when it was recorded
    // What is hidden is no part of the message: it is taken out before anything is written.
    PersonState told = person_state_told(&change->state);
    bool event = !withholds(change, TOLD_EVENT), residence = !withholds(change, TOLD_RESIDENCE);
    wire_put_map(out, ALWAYS + (event ? 2 : 0) + residence + optional_items(change, &told));
    put_keyed(out, CHANGE_NO, change->change_no);
    wire_put_number(out, CHANGE_ADDRESSEE_NO);
    wire_put_text(out, change->addressee_no);
    put_keyed(out, CHANGE_VERSION_NO, change->version_no);
    if (event) {
        put_keyed(out, CHANGE_EVENT_REASON, change->event_reason);
        put_keyed(out, CHANGE_OCCURRED_ON, change->occurred_on);
    }
    if (change->reported_on != DAY_NONE) put_keyed(out, CHANGE_REPORTED_ON, change->reported_on);
    put_keyed(out, CHANGE_RECORDED_AT, change->recorded_at);
    if (change->withdrawn_person) put_keyed(out, CHANGE_WITHDRAWN_PERSON, 1);
    if (change->withdraws.count) {
        wire_put_number(out, CHANGE_WITHDRAWS);
        put_withdraws(out, &change->withdraws);
    }
    if (residence) {
        wire_put_number(out, CHANGE_RESIDENCE);
        put_residence(out, &change->residence);
    }
    put_state(out, &told);
}

static void put_mailings(WireOut *out, const PersonChange *change)
{
    wire_put_map(out, 3);
    put_keyed(out, CHANGE_NO, change->change_no);
    wire_put_number(out, CHANGE_ADDRESSEE_NO);
    wire_put_text(out, change->addressee_no);
    wire_put_number(out, CHANGE_MAILINGS);
    wire_put_array(out, change->mailings.count);
    VEC_EACH (const MailingAddress, m, change->mailings) {
        wire_put_array(out, MAILING_ITEMS);
        wire_put_number(out, m->purpose);
        wire_put_number(out, m->begins_on);
        wire_put_number(out, m->ends_on);
        wire_put_text(out, m->postal_code);
        wire_put_text(out, m->address);
        wire_put_text(out, m->building);
    }
}

// ---- what a reader takes: one list of rules for both sides

static bool day_told(Day day)
{
    return day == DAY_NONE || (day >= DAY_MIN && day <= DAY_MAX);
}

static bool text_told(Str text)
{
    return utf8_valid(text) && !(text.len && memchr(text.at, 0, (size_t)text.len));
}

// Whoever is not told of protection cannot tell a place that is hidden from one that is missing.
static bool may_be_absent(const PersonChange *change, const PersonState *state, int item)
{
    const PersonField *field = &person_fields[item];
    bool hides_unsaid = field->hides != HIDES_NEVER && withholds(change, person_field_item("protection"));
    return !field->needed || withholds(change, item) || hides_unsaid || person_field_hidden(state, field);
}

static bool field_told(const PersonChange *change, const PersonState *state, int item)
{
    PersonState copy = *state;
    const PersonField *field = &person_fields[item];
    if (field_absent(state, field)) return may_be_absent(change, state, item);
    switch (field->kind) {
    case FIELD_TEXT:
        return person_text_fits(field, *person_text(&copy, field)) &&
               text_told(*person_text(&copy, field));
    case FIELD_DIGITS: return all_digits(*person_text(&copy, field), field->most);
    case FIELD_CODE: return person_code_told(field, *person_code(&copy, field));
    case FIELD_PARTIAL: {
        PartialDate date = *person_partial(&copy, field);
        return date.year > 0 && partial_date_valid(date.year, date.month, date.day);
    }
    case FIELD_DAY: return day_told(*person_day(&copy, field));
    }
    return false;
}

static bool mailings_told(const MailingAddresses *mailings)
{
    if (mailings->count > CHANGE_MAILINGS_MOST) return false;
    VEC_EACH (const MailingAddress, m, *mailings) {
        Error unused = {0};
        bool days = m->begins_on != DAY_NONE && day_told(m->begins_on) && day_told(m->ends_on);
        bool fits = m->address.len <= MAILING_BYTES_MOST && m->building.len <= MAILING_BYTES_MOST;
        if (!days || !fits || !mailing_purpose_text(m->purpose).len || !text_told(m->address) || !text_told(m->building) ||
            !mailing_possible(m, m->ends_on, &unused))
            return false;
    }
    return true;
}

// A day is unknown within its year at most, and only of somebody who has left.
static bool width_told(const ResidenceSpan *span)
{
    bool has_left = span->last != DAY_NONE && span->end >= RESIDENCE_MOVED_OUT;
    return !span->vague_days ||
           (has_left && span->vague_days > 0 && span->vague_days <= CHANGE_VAGUE_DAYS_MOST &&
            span->last - span->vague_days >= DAY_MIN);
}

static bool residence_told(const ResidenceSpanRows *spans)
{
    if (spans->count > CHANGE_SPANS_MOST) return false;
    VEC_EACH (ResidenceSpan, span, *spans)
        if (!day_told(span->first) || !day_told(span->last) || span->end > RESIDENCE_REMOVED ||
            !width_told(span))
            return false;
    return true;
}

static bool withdraws_told(const PersonChange *change)
{
    int32_t before = 0;
    if (change->withdraws.count > CHANGE_WITHDRAWS_MOST) return false;
    VEC_EACH (int32_t, version_no, change->withdraws) {
        if (*version_no <= before || *version_no >= change->version_no) return false;
        before = *version_no;
    }
    return true;
}

static bool event_told(const PersonChange *change)
{
    if (withholds(change, TOLD_EVENT)) return true;
    return change->event_reason >= 1 && change->event_reason <= 99 && change->occurred_on != DAY_NONE &&
           day_told(change->occurred_on) && day_told(change->reported_on);
}

bool person_change_tellable(const PersonChange *change)
{
    if (change->change_no < 1 || !all_digits(change->addressee_no, ADDRESSEE_NO_DIGITS))
        return false;
    if (change->subject == SUBJECT_MAILINGS) return change->hold == HOLD_NONE && mailings_told(&change->mailings);
    if (change->hold != HOLD_NONE) return true;
    if (change->version_no < 1 || !event_told(change)) return false;
    if (change->recorded_at < 1 || change->recorded_at >= INSTANT_MAX) return false;
    PersonState told = person_state_told(&change->state);
    for (int i = 0; i < PERSON_FIELD_COUNT; i++)
        if (!field_told(change, &told, i)) return false;
    return residence_told(&change->residence) && withdraws_told(change);
}

PersonChange person_change_stub(int64_t change_no, Str addressee_no, HoldCause cause)
{
    return (PersonChange){.change_no = change_no,
                          .addressee_no = addressee_no,
                          .hold = cause,
                          .occurred_on = DAY_NONE,
                          .reported_on = DAY_NONE,
                          .state = person_state_empty()};
}

PersonChange person_change_mailings(int64_t change_no, Str addressee_no, const MailingAddresses *mailings)
{
    PersonChange change = person_change_stub(change_no, addressee_no, HOLD_NONE);
    change.subject = SUBJECT_MAILINGS;
    change.mailings = *mailings;
    return change;
}

void person_change_put(WireOut *out, const PersonChange *change)
{
    PersonChange stub =
        person_change_stub(change->change_no, change->addressee_no, HOLD_UNTELLABLE);
    if (change->hold != HOLD_NONE)
        put_stub(out, change);
    else if (!person_change_tellable(change))
        put_stub(out, &stub);
    else if (change->subject == SUBJECT_MAILINGS)
        put_mailings(out, change);
    else
        put_whole(out, change);
}

Str person_change_encode(const PersonChange *change, Arena *arena)
{
    WireOut out = {.arena = arena};
    person_change_put(&out, change);
    return wire_bytes(&out);
}

// ---- reading

static Day read_day(WireIn *in)
{
    return (Day)wire_number(in, DAY_MIN, DAY_MAX);
}

// Absent items are left out, so a value that says "absent" is a second form of the same and refused.
static void read_field(WireIn *in, PersonState *state, const PersonField *field)
{
    switch (field->kind) {
    case FIELD_TEXT: *person_text(state, field) = wire_text(in, WIRE_TEXT_MOST); break;
    case FIELD_DIGITS: *person_text(state, field) = wire_text(in, field->most); break;
    case FIELD_CODE: *person_code(state, field) = (int32_t)wire_number(in, 1, 9); break;
    case FIELD_PARTIAL: {
        PartialDate *date = person_partial(state, field);
        *date = wire_partial(in);
        if (!date->year) wire_refuse(in);  // what is not known at all is left out
        break;
    }
    case FIELD_DAY: *person_day(state, field) = read_day(in); break;
    }
    if (!in->failed && field_absent(state, field)) wire_refuse(in);
}

static void read_residence(WireIn *in, Arena *arena, ResidenceSpanRows *spans)
{
    int count = wire_array(in, CHANGE_SPANS_MOST);
    for (int i = 0; i < count && !in->failed; i++) {
        int items = wire_array(in, 4);
        if (items != 3 && items != 4) wire_refuse(in);
        ResidenceSpan span = {0};
        span.first = (Day)wire_number(in, DAY_NONE, DAY_MAX);
        span.last = (Day)wire_number(in, DAY_NONE, DAY_MAX);
        span.end = (ResidenceEnd)wire_number(in, RESIDENCE_OPEN, RESIDENCE_REMOVED);
        if (items == 4) span.vague_days = (int32_t)wire_number(in, 1, CHANGE_VAGUE_DAYS_MOST);
        *residence_spans_push(spans, arena) = span;
    }
}

static void read_withdraws(WireIn *in, Arena *arena, VersionNoRows *withdraws)
{
    int count = wire_array(in, CHANGE_WITHDRAWS_MOST);
    int32_t before = 0;
    if (count == 0) wire_refuse(in);
    for (int i = 0; i < count && !in->failed; i++) {
        before = (int32_t)wire_number(in, (int64_t)before + 1, INT32_MAX);
        *version_nos_push(withdraws, arena) = before;
    }
}

static void read_mailings(WireIn *in, Arena *arena, PersonChange *change)
{
    int count = wire_array(in, CHANGE_MAILINGS_MOST);
    change->subject = SUBJECT_MAILINGS;
    for (int i = 0; i < count && !in->failed; i++) {
        if (wire_array(in, MAILING_ITEMS) != MAILING_ITEMS) wire_refuse(in);
        MailingAddress m = {.purpose = (MailingPurpose)wire_number(in, MAILING_ALL, MAILING_PURPOSES)};
        m.begins_on = read_day(in);
        m.ends_on = read_day(in);
        m.postal_code = wire_text(in, POSTAL_CODE_DIGITS);
        m.address = wire_text(in, MAILING_BYTES_MOST);
        m.building = wire_text(in, MAILING_BYTES_MOST);
        *mailing_addresses_push(&change->mailings, arena) = m;
    }
}

static void read_item(WireIn *in, Arena *arena, int key, PersonChange *change)
{
    switch ((enum ChangeKey)key) {
    case CHANGE_NO: change->change_no = wire_number(in, 1, INT64_MAX); return;
    case CHANGE_ADDRESSEE_NO: change->addressee_no = wire_text(in, ADDRESSEE_NO_DIGITS); return;
    case CHANGE_VERSION_NO: change->version_no = (int32_t)wire_number(in, 1, INT32_MAX); return;
    case CHANGE_EVENT_REASON: change->event_reason = (int32_t)wire_number(in, 1, 99); return;
    case CHANGE_OCCURRED_ON: change->occurred_on = read_day(in); return;
    case CHANGE_REPORTED_ON: change->reported_on = read_day(in); return;
    case CHANGE_RECORDED_AT: change->recorded_at = wire_number(in, 1, INSTANT_MAX - 1); return;
    case CHANGE_WITHDRAWN_PERSON: change->withdrawn_person = wire_number(in, 1, 1); return;
    case CHANGE_WITHDRAWS: read_withdraws(in, arena, &change->withdraws); return;
    case CHANGE_RESIDENCE: read_residence(in, arena, &change->residence); return;
    case CHANGE_MAILINGS: read_mailings(in, arena, change); return;
    case CHANGE_HOLD:
        change->hold = (HoldCause)wire_number(in, HOLD_ROW_REFUSED, HOLD_ENDED);
        return;
    case CHANGE_STATE:
    case CHANGE_KEYS_MOST: break;
    }
    if (key >= CHANGE_STATE && key < CHANGE_KEYS_MOST)
        read_field(in, &change->state, &person_fields[key - CHANGE_STATE]);
    else
        wire_refuse(in);
}

// A place that should have been hidden is refused, not dropped, and so is what should have been withheld.
static bool hides_what_it_must(const PersonChange *change)
{
    bool seen;
    PersonChange told = person_change_seen(change, 0, &seen);
    return seen && person_state_same(&told.state, &change->state) && told.event_reason == change->event_reason &&
           told.occurred_on == change->occurred_on && told.reported_on == change->reported_on &&
           told.residence.count == change->residence.count;
}

static bool only_a_stub(const PersonChange *change, int items)
{
    enum { STUB_ITEMS = 3 };
    return (change->hold == HOLD_NONE && change->subject == SUBJECT_STATE) || items == STUB_ITEMS;
}

void person_change_read(WireIn *in, Arena *arena, ToldItems withheld, PersonChange *change)
{
    *change = person_change_stub(0, (Str){0}, HOLD_NONE);
    change->withheld = withheld;
    int before = 0;
    bool residence_said = false;
    int items = wire_map(in, CHANGE_KEYS_MOST);
    for (int i = 0; i < items && !in->failed; i++) {
        int key = wire_key(in, &before);
        residence_said |= key == CHANGE_RESIDENCE;
        if (!in->failed) read_item(in, arena, key, change);
    }
    bool in_place = residence_said != withholds(change, TOLD_RESIDENCE);
    bool whole = in_place || change->hold != HOLD_NONE || change->subject == SUBJECT_MAILINGS;
    bool good = whole && only_a_stub(change, items) && hides_what_it_must(change);
    if (!in->failed && !(good && person_change_tellable(change))) wire_refuse(in);
}
