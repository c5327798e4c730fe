// What each consumer of the register is given of one person: the very message that the door answers with, written and read again.
// SPDX-License-Identifier: Apache-2.0
#include "change_rows.h"
#include "consumer_rows.h"
#include "dates.h"
#include "difference.h"
#include "given_html.h"
#include "number_change_rows.h"
#include "version_axes.h"
#include "visit_resident.h"

#define NOT_GIVEN "渡しません"
#define HIDDEN    "渡しません（支援措置）"
#define NOTHING   "–"
#define UNSHOWN   "渡します（画面には出しません）"

// What one of them gets.
typedef struct Told {
    ConsumerView view;
    bool held;  // of the person as a whole: only that it waits
    PersonChange change;
    MailingAddresses mailings;
    bool number;  // the Individual Number is there
} Told;

typedef struct Drawing {
    Visit *visit;
    const VisitResident *r;
    Arena *arena;
    PersonNewest newest;
    PersonChangeRows changes;  // of the person, as the door reads them
    GivenPage page;
} Drawing;

// ---- the messages

static bool changes_read(Drawing *d, Error *err)
{
    const int64_t numbers[] = {d->newest.version < d->newest.mailings ? d->newest.version : d->newest.mailings,
                               d->newest.version < d->newest.mailings ? d->newest.mailings : d->newest.version};
    for (int i = 0; i < 2; i++) {
        PersonChangeRows one;
        if (!numbers[i]) continue;
        if (!changes_after(d->visit->act->store, d->visit->act->office->keys, numbers[i] - 1, 1, d->arena, &one, err))
            return false;
        VEC_EACH (const PersonChange, change, one) *person_changes_push(&d->changes, d->arena) = *change;
    }
    return true;
}

static bool by_difference(Drawing *d, Told *told, Error *err)
{
    DifferenceAnswer read, answer = {.epoch = told->view.epoch, .withheld = told->view.withheld, .changes = d->changes};
    if (d->changes.count) answer.next_cursor = d->changes.at[d->changes.count - 1].change_no;
    if (!difference_answer_decode(difference_answer_encode(&answer, d->arena), d->arena, &read, err)) return false;
    VEC_EACH (const PersonChange, change, read.changes) {
        told->held |= change->hold != HOLD_NONE;
        if (change->subject == SUBJECT_MAILINGS)
            told->mailings = change->mailings;
        else
            told->change = *change;
    }
    return true;
}

static void number_taken(Told *told, const NumberChange *change)
{
    PersonState *state = &told->change.state;
    told->held = change->unread;
    told->number = individual_no_present(&change->number);
    state->name_kana = change->facts.kana;
    state->birth = change->facts.birth;
    state->sex = change->facts.sex;
    state->address = change->facts.address;
    state->status = change->status;
    state->protection = change->hidden ? PROTECTION_OWN : PROTECTION_NONE;
}

static bool by_numbers(Drawing *d, Told *told, Error *err)
{
    NumberAnswer answer = {.epoch = told->view.epoch, .next_cursor = d->newest.number}, read = {0};
    const Act *act = d->visit->act;
    if (!number_changes_after(act->store, act->office->keys, d->newest.number - 1, 1, d->arena, &answer.changes, err)) return false;
    VEC_EACH (NumberChange, change, answer.changes) number_change_withhold(change, told->view.withheld);
    Str bytes = number_answer_encode(&answer, d->arena);
    bool good = number_answer_decode(bytes, d->arena, &read, err);
    VEC_EACH (const NumberChange, change, read.changes) {
        number_taken(told, change);
        told->change.state.name_kana = str_copy(d->arena, change->facts.kana);
        told->change.state.address = str_copy(d->arena, change->facts.address);
    }
    numbers_wipe(&answer.changes);
    numbers_wipe(&read.changes);
    message_wipe(bytes);
    return good;
}

// ---- in words

static Str event_said(const Told *told, Arena *arena)
{
    const RegisterVersion version = {.event_reason = told->change.event_reason};
    if (!told->change.event_reason) return (Str){0};
    return str_format(arena, "%.*s %.*s", STR(event_text(&version)), STR(date_era_text(arena, told->change.occurred_on)));
}

static Str residence_said(const Told *told, Arena *arena)
{
    Text text = {0};
    VEC_EACH (const ResidenceSpan, span, told->change.residence) {
        if (text.len) text_add(&text, arena, S("、"));
        text_addf(&text, arena, "%.*sから", STR(span->first == DAY_NONE ? (Str){0} : date_era_text(arena, span->first)));
        if (span->last != DAY_NONE) text_addf(&text, arena, "%.*sまで", STR(date_era_text(arena, span->last)));
    }
    return text_str(&text);
}

static Str mailings_said(const Told *told, Arena *arena)
{
    Text text = {0};
    VEC_EACH (const MailingAddress, m, told->mailings)
        text_addf(&text, arena, "%s%.*s: 〒%.*s %.*s %.*s", text.len ? "、" : "", STR(mailing_purpose_text(m->purpose)),
                  STR(m->postal_code), STR(m->address), STR(m->building));
    return text_str(&text);
}

static Str value_said(const Told *told, int item, Arena *arena)
{
    if (item == TOLD_EVENT) return event_said(told, arena);
    if (item == TOLD_RESIDENCE) return residence_said(told, arena);
    if (item == TOLD_MAILINGS) return mailings_said(told, arena);
    if (item == TOLD_NUMBER) return told->number ? S(UNSHOWN) : (Str){0};
    // Unified compares by the place of somebody who hides; nobody reads it here.
    Str text = person_field_words(&told->change.state, &person_fields[item], arena);
    return str_equal(text, S(HIDDEN_TEXT)) ? (told->change.state.address.len ? S(UNSHOWN) : (Str){0}) : text;
}

static bool hides(const Drawing *d, int item)
{
    if (item >= PERSON_FIELD_COUNT) return item == TOLD_MAILINGS && person_protected(d->r->row.protection);
    PersonState now = d->r->now->state;
    now.protection = d->r->row.protection;
    return person_field_hidden(&now, &person_fields[item]);
}

static GivenCell cell_of(const Drawing *d, const Told *told, int item)
{
    bool digits = item < PERSON_FIELD_COUNT && person_fields[item].kind == FIELD_DIGITS;
    if (!(told->view.given & TOLD(item))) return (GivenCell){.text = S(NOT_GIVEN), .no = true};
    if (told->held) return (GivenCell){.text = S("確認待ちとだけ伝えます"), .no = true};
    Str text = value_said(told, item, d->arena);
    if (text.len) return (GivenCell){.text = text, .digits = digits ? text : (Str){0}};
    return (GivenCell){.text = hides(d, item) ? S(HIDDEN) : S(NOTHING), .no = true};
}

// ---- the page

static bool told_read(Drawing *d, const Consumer *consumer, Told *told, Error *err)
{
    *told = (Told){.change = person_change_stub(0, (Str){0}, HOLD_NONE)};
    if (!consumer_view(d->visit->act->store, str_of(consumer->role), d->arena, &told->view, err)) return false;
    if (!told->view.given) return true;
    return str_equal(str_of(consumer->role), S(NUMBERS_ROLE)) ? by_numbers(d, told, err) : by_difference(d, told, err);
}

static void rows_add(Drawing *d, const Told told[CONSUMER_COUNT])
{
    for (int item = 0; item < TOLD_ITEM_COUNT; item++) {
        GivenRow *row = given_row_rows_push(&d->page.rows, d->arena);
        *row = (GivenRow){.name = str_of(told_item_words(item))};
        for (int i = 0; i < CONSUMER_COUNT; i++)
            if (told[i].view.given) *given_cell_rows_push(&row->cells, d->arena) = cell_of(d, &told[i], item);
    }
}

static void heads_add(Drawing *d, const Told told[CONSUMER_COUNT])
{
    Text nobody = {0};
    for (int i = 0; i < CONSUMER_COUNT; i++) {
        if (told[i].view.given)
            *given_head_rows_push(&d->page.heads, d->arena) = (GivenHead){str_of(consumers[i].words)};
        else
            text_addf(&nobody, d->arena, "%s%s", nobody.len ? "、" : "", consumers[i].words);
    }
    if (nobody.len) d->page.nobody = text_str(&nobody);
}

bool page_given(Visit *visit, Error *err)
{
    VisitResident r;
    Told told[CONSUMER_COUNT];
    Drawing d = {.visit = visit, .r = &r, .arena = visit->arena};
    if (!visit_resident(visit, &r, err) || !change_newest_of(visit->act->store, r.row.person_id, &d.newest, err) ||
        !changes_read(&d, err) || !resident_path(visit, &route_page_resident, &r.who, &d.page.back, err))
        return false;
    for (int i = 0; i < CONSUMER_COUNT; i++)
        if (!told_read(&d, &consumers[i], &told[i], err)) return false;
    d.page.protected = r.row.protection != PROTECTION_NONE;
    heads_add(&d, told);
    rows_add(&d, told);
    visit->prints = true;
    given_page_write(visit->page, &d.page);
    return true;
}
