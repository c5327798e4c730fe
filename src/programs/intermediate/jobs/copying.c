// SPDX-License-Identifier: Apache-2.0
#include "copying.h"

#include "code_hold_rows.h"
#include "copy_message.h"
#include "map.h"
#include "payload.h"

#include <assert.h>
#include <string.h>

typedef struct Laying {
    Act *act;
    CopyHead head;
    const CopyLayout *layout;
    CopyCodes codes;
    Map keys;  // that came before in this message
    Arena *arena;   // of the message: what each record needs is gone behind it
    Arena outcome;  // a part of it for what is answered
    RelayAnswer answer;
    int64_t refused;
} Laying;

enum { OUTCOME_BYTES = 16 << 20 };

static Bytes bytes_of(Str text)
{
    return (Bytes){(const unsigned char *)text.at, text.len};
}

// ---- one record

static RelayOutcome outcome_of(const CopyObjectionRows *objections, Arena *arena)
{
    RelayOutcome out = {0};
    VEC_EACH (CopyObjection, no, *objections)
        if (out.objections.count < RELAY_OBJECTIONS_MOST)
            *relay_objections_push(&out.objections, arena) =
                (RelayObjection){str_format(arena, "B%d", no->check), no->item};
    return out;
}

static bool person_known(const Laying *l, const UnifiedNo *person, Arena scratch, bool *known, Error *err)
{
    CodeHold hold;
    if (!code_find(l->act->store, person, scratch, &hold, err)) return false;
    *known = hold.state == CODE_HELD && !hold.doubted;
    return true;
}

static bool neighbours(Laying *l, const UnifiedNo *person, Arena *arena, CopyNeighbours *others, Error *err)
{
    CopyRows rows;
    *others = (CopyNeighbours){0};
    if (!copies_of(l->act->store, l->act->office->keys, &l->head.dataset, person, arena, &rows, err)) return false;
    VEC_EACH (CopyRow, row, rows) {
        CopyNeighbour neighbour;
        if (copy_neighbour_of(&row->record, l->layout, &neighbour)) *copy_neighbours_push(others, arena) = neighbour;
    }
    return true;
}

// What stands already is newer, or the same: it is named and stays. A whole delivery is the truth.
static bool kept(Laying *l, const CopyRecord *record, const UnifiedNo *person, CopyRow *was, Arena scratch, Error *err)
{
    bool older = was->record_no && record->version < was->record.version;
    if (older && l->head.mode == COPY_DIFF) return copy_mark(l->act->store, was->record_no, l->head.delivery, err);
    if (!was->record_no && record->deleted) return true;
    CopyRow row = {.record_no = was->record_no,
                   .person = *person,
                   .record = *record,
                   .layout = l->head.layout,
                   .marked = l->head.delivery};
    return copy_save(l->act->store, l->act->office->keys, &l->head.dataset, &row, scratch, err);
}

static bool checked(Laying *l, const CopyRecord *record, const UnifiedNo *person, const CopyRow *was, Arena *arena,
                    CopyObjectionRows *found, Error *err)
{
    CopyNeighbours others;
    bool other_person = was->record_no && !unified_same(&was->person, person);
    CopySight sight = {.layout = l->layout,
                       .version = l->head.layout,
                       .codes = &l->codes,
                       .today = instant_day_in_japan(l->act->now),
                       .key_twice = map_find(&l->keys, str_of(record->key.at)) != NULL,
                       .key_of_other = other_person && record->version <= was->record.version && !was->record.deleted,
                       .key_there = was->record_no && !was->record.deleted,
                       .others = &others};
    if (!person_known(l, person, *arena, &sight.person_known, err) || !neighbours(l, person, arena, &others, err)) return false;
    *found = copy_record_checked(record, &sight, arena);
    return true;
}

static bool record_laid(Laying *l, const RelayRow *row, Arena scratch, RelayOutcome *outcome, Error *err)
{
    CopyRecord record;
    CopyRow was;
    UnifiedNo person;
    CopyObjectionRows found = {0};
    Error unread;
    if (!copy_record_decode((Str){(const char *)row->payload.at, row->payload.len}, &scratch, &record, &unread)) {
        *copy_objections_push(&found, &scratch) = (CopyObjection){COPY_B2_FORM, 0};
        *outcome = outcome_of(&found, &l->outcome);
        return true;
    }
    if (!unified_no_parse(row->person, &person, err) ||
        !copy_find(l->act->store, NULL, &l->head.dataset, &record.key, &scratch, &was, err) ||
        !checked(l, &record, &person, &was, &scratch, &found, err))
        return false;
    *map_place(&l->keys, &l->outcome, str_copy(&l->outcome, str_of(record.key.at)), NULL) = 1;
    *outcome = outcome_of(&found, &l->outcome);
    return copy_refused(&found) || kept(l, &record, &person, &was, scratch, err);
}

// ---- one message

static Sha256 digest_of(const RelayRows *rows)
{
    Sha256Run *run = sha256_begin();
    VEC_EACH (RelayRow, row, *rows) sha256_add(run, row->payload);
    return sha256_end(run);
}

static void refused_whole(Laying *l, const bool no[DELIVERY_NO_COUNT])
{
    static const char *const codes[] = {[DELIVERY_A1_DIGEST] = "A1", [DELIVERY_A2_SEQUENCE] = "A2",
                                        [DELIVERY_A3_COUNT] = "A3", [DELIVERY_A4_ENCODING] = "A4",
                                        [DELIVERY_A5_LAYOUT] = "A5"};
    for (int i = DELIVERY_A1_DIGEST; i < DELIVERY_NO_COUNT; i++)
        if (no[i]) *relay_objections_push(&l->answer.whole, &l->outcome) = (RelayObjection){str_of(codes[i]), 0};
}

static bool records_laid(Laying *l, const RelayRows *rows, Error *err)
{
    VEC_EACH (RelayRow, row, *rows) {
        RelayOutcome outcome;
        if (!record_laid(l, row, *l->arena, &outcome, err)) return false;
        l->refused += !relay_taken(&outcome);
        *relay_outcomes_push(&l->answer.rows, &l->outcome) = outcome;
    }
    return true;
}

static Bytes sweep_payload(const DatasetCode *dataset, int64_t delivery, Arena *arena)
{
    json_t *o = payload_begin();
    payload_put(o, "dataset", str_of(dataset->at));
    payload_put_number(o, "delivery", delivery);
    return payload_end(o, arena);
}

static bool sweep_asked(Laying *l, int64_t standing, int64_t unnamed, Error *err)
{
    int64_t number;
    Arena *arena = l->act->arena;
    const ApprovalAsked asked = {
        .kind = &copies_sweep_kind,
        .subject = str_format(arena, "%s 全件 %lld", l->layout->name, (long long)l->head.delivery),
        .reason = str_format(arena, "副本 %lld 件のうち %lld 件が全件にありません", (long long)standing, (long long)unnamed),
        .payload = sweep_payload(&l->head.dataset, l->head.delivery, arena)};
    return approval_ask(l->act, &asked, &number, err);
}

static bool swept(Laying *l, CopySetRow *set, Error *err)
{
    int64_t standing = 0, unnamed = 0, gone;
    const DatasetCode *dataset = &l->head.dataset;
    if (!copies_unnamed(l->act->store, dataset, l->head.delivery, &standing, &unnamed, err)) return false;
    set->held = sweep_held(standing, unnamed) ? l->head.delivery : 0;
    if (set->held) return sweep_asked(l, standing, unnamed, err);
    set->as_of = l->act->now;
    return copies_sweep(l->act->store, dataset, l->head.delivery, &gone, err);
}

static bool message_laid(Laying *l, const RelayBatch *batch, CopySetRow *set, const DeliveryStep *step, Str *answer,
                         Error *err)
{
    set->set = step->next;
    if (!records_laid(l, &batch->rows, err)) return false;
    if (step->sweeps && !swept(l, set, err)) return false;
    if (l->head.mode == COPY_DIFF && !set->held) set->as_of = l->act->now;
    l->answer.last = set->set.sequence;
    l->answer.held = set->held != 0;
    *answer = relay_answer_encode(&l->answer, l->arena);
    set->refused = l->refused;
    set->answer = bytes_of(*answer);
    return copy_set_save(l->act->store, set, err);
}

static bool laid(Laying *l, const RelayBatch *batch, Str *answer, Error *err)
{
    CopySetRow set;
    Sha256 digest = digest_of(&batch->rows);
    if (!copy_set_find(l->act->store, &l->head.dataset, l->arena, &set, err)) return false;
    DeliveryStep step = delivery_step(&set.set, &l->head, digest.at, batch->rows.count);
    if (step.objections[DELIVERY_AGAIN]) {
        *answer = (Str){(const char *)set.answer.at, set.answer.len};
        l->refused = set.refused;
        return true;
    }
    if (step.objections[DELIVERY_YES]) return message_laid(l, batch, &set, &step, answer, err);
    refused_whole(l, step.objections);
    l->answer.last = set.set.sequence;
    *answer = relay_answer_encode(&l->answer, l->arena);
    return true;
}

bool copies_laid(Act *act, const RelayBatch *batch, Arena *arena, Str *answer, int64_t *refused, Error *err)
{
    assert(!store_is_idle(act->store));
    char *room = ROOM(arena, char, OUTCOME_BYTES);
    Laying l = {.act = act, .arena = arena, .outcome = {room, room + OUTCOME_BYTES}};
    Error unread;
    *refused = 0;
    if (!copy_head_decode((Str){(const char *)batch->head.at, batch->head.len}, &l.head, &unread)) {
        const bool no[DELIVERY_NO_COUNT] = {[DELIVERY_A4_ENCODING] = true};
        refused_whole(&l, no);
        *answer = relay_answer_encode(&l.answer, arena);
        return true;
    }
    l.layout = copy_layout(&l.head.dataset);
    if (!copy_code_table(arena, &l.codes, err) || !laid(&l, batch, answer, err)) return false;
    *refused = l.refused;
    return true;
}

// ---- the second person

typedef struct Sweep {
    DatasetCode dataset;
    int64_t delivery;
    CopySetRow set;
    int64_t standing, unnamed;
} Sweep;

static bool sweep_read(Act *act, Bytes payload, Arena *arena, Sweep *sweep, Error *err)
{
    json_t *o = payload_open(payload);
    *sweep = (Sweep){.delivery = payload_number(o, "delivery")};
    bool named = dataset_code_read(payload_text(o, "dataset", arena), &sweep->dataset);
    json_decref(o);
    if (!named) return true;  // a payload that is none: what is bound is then something else, and the request lapses
    return copy_set_find(act->store, &sweep->dataset, arena, &sweep->set, err) &&
           copies_unnamed(act->store, &sweep->dataset, sweep->delivery, &sweep->standing, &sweep->unnamed, err);
}

static bool sweep_content(Act *act, Bytes payload, Arena *arena, Sha256 *content, Error *err)
{
    Sweep sweep;
    Str keys;
    if (!sweep_read(act, payload, arena, &sweep, err) ||
        !copies_unnamed_keys(act->store, &sweep.dataset, sweep.delivery, arena, &keys, err))
        return false;
    Str all = str_format(arena, "%s %lld %.*s", sweep.dataset.at, (long long)sweep.delivery, STR(keys));
    *content = keys_index(act->office->keys, S("copies_sweep"), bytes_of(all));
    return true;
}

static bool sweep_run(Act *act, Bytes payload, void *brought, Arena *arena, Error *err)
{
    Sweep sweep;
    int64_t gone;
    (void)brought;
    if (!sweep_read(act, payload, arena, &sweep, err)) return false;
    if (sweep.set.held != sweep.delivery)
        return FAIL(err, E_CONFLICT, .words = S("この全件のあとに、別の全件が届いています。新しい申請を確かめてください。"));
    sweep.set.held = 0;
    sweep.set.as_of = act->now;
    return copies_sweep(act->store, &sweep.dataset, sweep.delivery, &gone, err) &&
           copy_set_save(act->store, &sweep.set, err);
}

static bool sweep_lines(Act *act, Bytes payload, Arena *arena, ApprovalLines *lines, Error *err)
{
    Sweep sweep;
    if (!sweep_read(act, payload, arena, &sweep, err)) return false;
    *approval_lines_push(lines, arena) =
        (ApprovalLine){S("副本の件数"), str_format(arena, "%lld", (long long)sweep.standing),
                       str_format(arena, "%lld", (long long)(sweep.standing - sweep.unnamed))};
    return true;
}

const ApprovalKind copies_sweep_kind = {.name = "copies_sweep",
                                        .words = "副本の全件の反映",
                                        .content = sweep_content,
                                        .run = sweep_run,
                                        .lines = sweep_lines};
