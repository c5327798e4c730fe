// SPDX-License-Identifier: Apache-2.0
#include "reconciling.h"

#include "network_exchange.h"
#include "incident_rows.h"
#include "asking_rows.h"
#include "map.h"
#include "network_message.h"
#include "record_rows.h"

enum { PAGE = 500 };

typedef struct Reconciling {
    Act *act;
    Arena *arena;
    CoreRecordRows core;  // the newest word about each inquiry
    Map places;           // of each, by who asked under which number
    Map compared;
    Reconciled *found;
} Reconciling;

// An inquirer gives a number once: with the number of the inquiry it names one exchange, also where no permit was issued.
static Str key_of(const Permit *permit, Arena *arena)
{
    return str_format(arena, "%s/%s", permit->question.inquirer.digits, permit->inquiry.digits);
}

static void core_kept(Reconciling *r, const CoreRecord *record)
{
    bool made;
    int64_t *place = map_place(&r->places, r->arena, key_of(&record->record.permit, r->arena), &made);
    if (made) {
        *place = r->core.count;
        *core_records_push(&r->core, r->arena) = *record;
    } else {
        r->core.at[*place] = *record;
    }
}

static bool core_fetched(Reconciling *r, HttpClient *client, Error *err)
{
    RecordsAsk ask = {.most = PAGE};
    for (;;) {
        Str answer;
        RecordsAnswer page;
        if (!http_ask(client, NETWORK_RECORDS_PATH, records_ask_encode(&ask, r->arena), r->arena, &answer, err) ||
            !records_answer_decode(answer, r->arena, &page, err))
            return false;
        VEC_EACH (CoreRecord, record, page.records) core_kept(r, record);
        if (!page.more || !page.records.count) return true;
        ask.after = page.records.at[page.records.count - 1].no;
    }
}

// ---- what differs

static const char *const words[] = {[RECORDS_AGREE] = "",
                                    [RECORDS_ORPHAN] = "片方にしか記録がありません",
                                    [RECORDS_OTHER_ASKED] = "照会の内容が違います",
                                    [RECORDS_OTHER_TIME] = "提供の有無または日時が違います",
                                    [RECORDS_OTHER_END] = "結果が違います"};

static bool differs(Reconciling *r, const Permit *permit, const UnifiedNo *person, RecordsDiffer how, Error *err)
{
    Str about = str_format(r->arena, "%.*s の照会 %s: %s", STR(organisation_shown(&permit->question.inquirer, r->arena)),
                           permit->inquiry.digits, words[how]);
    const Incident incident = {.kind = S("RECORD"), .at = r->act->now, .person = *person, .about = about};
    *strs_push(&r->found->differing, r->arena) = about;
    return incident_add(r->act->store, &incident, err);
}

static bool still_under_way(Reconciling *r, const ProvisionRecord *own, bool *under_way, Error *err)
{
    InquiryRow row;
    bool found;
    *under_way = false;
    if (own->role != RECORD_INQUIRER) return true;
    if (!inquiry_of_number(r->act->store, &own->permit.inquiry, r->arena, &row, &found, err)) return false;
    *under_way = found && row.state.state != INQUIRY_ENDED;
    return true;
}

static bool own_compared(Reconciling *r, const ProvisionRecord *own, Error *err)
{
    bool under_way;
    Str key = key_of(&own->permit, r->arena);
    const int64_t *place = map_find(&r->places, key);
    *map_place(&r->compared, r->arena, key, NULL) = 1;
    if (!still_under_way(r, own, &under_way, err)) return false;
    if (under_way) return true;
    r->found->own++;
    RecordsDiffer how = record_differs_from_core(own, place ? &r->core.at[*place].record : NULL);
    return how == RECORDS_AGREE || differs(r, &own->permit, &own->person, how, err);
}

// The core knows of an answer or a refusal that we do not.
static bool core_compared(Reconciling *r, Error *err)
{
    static const UnifiedNo nobody;
    VEC_EACH (CoreRecord, record, r->core) {
        const Permit *permit = &record->record.permit;
        bool ended = record->record.result != RESULT_NONE && record->record.result != RESULT_NOT_ALLOWED;
        if (!ended || map_find(&r->compared, key_of(permit, r->arena))) continue;
        if (!differs(r, permit, &nobody, RECORDS_ORPHAN, err)) return false;
    }
    return true;
}

static bool compared(Reconciling *r, Error *err)
{
    for (int64_t after = 0;;) {
        RecordRows rows;
        if (!records_after(r->act->store, after, PAGE, r->arena, &rows, err)) return false;
        VEC_EACH (RecordRow, row, rows)
            if (!own_compared(r, &row->record, err)) return false;
        if (rows.count < PAGE) return core_compared(r, err);
        after = rows.at[rows.count - 1].record_no;
    }
}

static bool recorded(Reconciling *r, Error *err)
{
    AuditLeaf leaf = act_leaf(r->act, AUDIT_DONE);
    leaf.rows = r->found->own;
    leaf.refused = r->found->differing.count;
    leaf.taken = leaf.rows - leaf.refused;
    return act_record(r->act, &leaf, err) && store_commit(r->act->store, err);
}

bool records_reconciled(Act *act, Str network, Arena *arena, Reconciled *found, Error *err)
{
    HttpClient *client = NULL;
    Reconciling r = {.act = act, .arena = arena, .found = found};
    *found = (Reconciled){0};
    bool good = exchange_client(act, network, arena, &client, err) && core_fetched(&r, client, err) &&
                act_begin(act, err) && compared(&r, err) && recorded(&r, err);
    found->core = r.core.count;
    http_client_close(client);
    return good;
}
