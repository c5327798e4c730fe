// SPDX-License-Identifier: Apache-2.0
#include "inquiring.h"

#include "inquiry_rows.h"
#include "logging.h"
#include "outlet.h"
#include "relay_payload.h"

#include <stdio.h>
#include <stdlib.h>

static const char *linkage_place(void)
{
    const char *place = getenv("SESSHU_UNIFIED");
    return place && *place ? place : NULL;
}

bool linkage_placed(void)
{
    return linkage_place() != NULL;
}

bool linkage_connect(const Office *office, Arena *arena, HttpClient **client, Error *err)
{
    const char *place = linkage_place();
    if (!place)
        return FAIL(err, E_HTTP,
                    .words = S("団体内統合宛名の場所が分かりません。sesshu ledger から実行するか、"
                               "SESSHU_UNIFIED に 127.0.0.1:8702 のように指定してください。"));
    const HttpPeer peer = {.data_dir = office->data_dir,
                           .own_role = S("ledger"),
                           .peer_role = S("unified"),
                           .address = str_of(place)};
    return http_client_open(&peer, arena, client, err);
}

static Bytes bytes_of(Str text)
{
    return (Bytes){(const unsigned char *)text.at, text.len};
}

// ---- asking

static InquiryNo number_of(int64_t inquiry_id)
{
    InquiryNo no = {{0}};
    (void)snprintf(no.digits, sizeof no.digits, "%lld", (long long)inquiry_id);
    return no;
}

static Str wish_of(const InquiryRow *row, const Procedure *procedure, Str department, Arena *arena)
{
    const InquiryWish wish = {.inquiry = number_of(row->inquiry_id),
                              .provider = organisation_code_of_municipality(&row->municipality),
                              .item = procedure->item,
                              .affair = procedure->affair,
                              .procedure = procedure->code,
                              .dataset = procedure->dataset,
                              .items = row->items,
                              .undisclosed = row->undisclosed,
                              .bulk = row->file_no != 0,
                              .department = str_first(department, department.len < DEPARTMENT_MOST ? department.len : 0)};
    return inquiry_wish_encode(&wish, arena);
}

static Str refusal_of(const RelayOutcome *outcome)
{
    return outcome->objections.count ? outcome->objections.at[0].code : (Str){0};
}

static bool answers_kept(Act *act, const InquiryRows *rows, const RelayAnswer *answer, InquiriesReport *report, Error *err)
{
    int64_t refused = 0;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (answer->whole.count || answer->rows.count != rows->count)
        return FAIL(err, E_MESSAGE, .value = answer->whole.count ? answer->whole.at[0].code : (Str){0},
                    .words = S("情報照会を受け付けてもらえませんでした。団体内統合宛名の記録を確かめてください。"));
    if (!act_begin(act, err)) return false;
    for (ptrdiff_t i = 0; i < rows->count; i++) {
        Str refusal = refusal_of(&answer->rows.at[i]);
        refused += refusal.len > 0;
        if (!inquiry_sent(act->store, rows->at[i].inquiry_id, act->now, refusal, err)) return false;
    }
    report->refused += refused;
    report->sent += rows->count - refused;
    leaf.rows = rows->count;
    leaf.taken = rows->count - refused;
    leaf.refused = refused;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool batch_sent(Act *act, HttpClient *unified, const InquiryRows *rows, const Procedure *procedure, Str department,
                       Arena arena, InquiriesReport *report, Error *err)
{
    Str bytes;
    RelayBatch batch = {0};
    RelayAnswer answer;
    VEC_EACH (const InquiryRow, row, *rows)
        *relay_rows_push(&batch.rows, &arena) =
            (RelayRow){addressee_text(&row->who), bytes_of(wish_of(row, procedure, department, &arena))};
    return http_ask(unified, RELAY_INQUIRIES, relay_batch_encode(&batch, &arena), &arena, &bytes, err) &&
           relay_answer_decode(bytes, &arena, &answer, err) && answers_kept(act, rows, &answer, report, err);
}

bool inquiries_send(Act *act, HttpClient *unified, const Procedure *procedure, Str department, Arena whole,
                    InquiriesReport *report, Error *err)
{
    for (;;) {
        Arena arena = whole;
        InquiryRows rows;
        if (!inquiries_unsent(act->store, RELAY_ROWS_MOST, &arena, &rows, err)) return false;
        if (!rows.count) return true;
        if (!batch_sent(act, unified, &rows, procedure, department, arena, report, err)) return false;
    }
}

// ---- what came

static bool unreadable(Store *store, const RelayFeedRow *row, const Error *why, Instant now, Arena *arena,
                       InquiriesReport *report, Error *err)
{
    bool added;
    const InquiryNewsUnread news = {
        .feed_no = row->no,
        .since = now,
        .about = str_format(arena, "知らせ %llx 番、宛名番号 %.*s、%td バイト: %.*s", (unsigned long long)row->no,
                            STR(outlet_text(OUTLET_SHEET, arena, row->person)), row->payload.len,
                            STR(outlet_error(OUTLET_SHEET, arena, why)))};
    report->unread++;
    if (!inquiry_news_waits(store, &news, &added, err)) return false;
    if (added) log_line(LOG_ERROR, "event=answer_unreadable no=%lld", (long long)row->no);
    return true;
}

bool inquiry_news_take(Store *store, const RelayFeedRow *row, Instant now, Arena *arena, InquiriesReport *report, Error *err)
{
    int64_t number;
    InquiryRow inquiry = {0};
    InquiryResult result;
    Error why = {0};
    Str payload = {(const char *)row->payload.at, row->payload.len};
    if (!inquiry_result_decode(payload, &result, &why)) return unreadable(store, row, &why, now, arena, report, err);
    if (!inquiry_news_over(store, row->no, err)) return false;
    if (str_int64(str_of(result.inquiry.digits), &number) &&
        !inquiry_row_find(store, number, arena, &inquiry, err))
        return false;
    if (!inquiry.inquiry_id) {
        log_line(LOG_ERROR, "event=answer_of_no_inquiry no=%lld", (long long)row->no);
        return true;
    }
    if (!relay_feed_row_of(row, addressee_text(&inquiry.who))) {
        log_line(LOG_ERROR, "event=answer_of_another no=%lld", (long long)row->no);
        report->astray++;
        return inquiry_goes_astray(store, inquiry.inquiry_id, row->no, err);
    }
    const InquiryNews news = {result.state, result.result, result.as_of, result.data, result.at};
    report->news++;
    report->answered += result.data.len > 0;
    return inquiry_stands(store, inquiry.inquiry_id, &news, err);
}

// `cursor` 0: it stays where it is.
static bool feed_kept(Act *act, const RelayFeed *feed, int64_t cursor, Arena *arena, InquiriesReport *report, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = leaf.taken = feed->rows.count;
    if (!act_begin(act, err)) return false;
    VEC_EACH (const RelayFeedRow, row, feed->rows)
        if (!inquiry_news_take(act->store, row, act->now, arena, report, err)) return false;
    return (!cursor || inquiry_cursor_keep(act->store, cursor, err)) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}

static bool feed_asked(HttpClient *unified, int64_t after, int32_t most, Arena *arena, RelayFeed *feed, Error *err)
{
    Str bytes;
    const RelayFeedAsk ask = {.after = after, .most = most};
    if (!http_ask(unified, RELAY_RESULTS, relay_feed_ask_encode(&ask, arena), arena, &bytes, err) ||
        !relay_feed_decode(bytes, arena, feed, err))
        return false;
    if (!feed->rows.count || feed->rows.at[0].no > after) return true;
    log_line(LOG_ERROR, "event=cursor_stands feed=results no=%lld", (long long)after);
    return FAIL(err, E_MESSAGE, .item = S("照会の知らせ"), .value = str_format(arena, "%lld", (long long)after),
                .words = S("照会の知らせが先へ進みません。団体内統合宛名と中間サーバーの記録を確かめ、保守の担当者に知らせてください。"));
}

// What waits is asked for by its place alone. `there` false: newer news took that place, and the feed itself brings them.
static bool place_asked(Act *act, HttpClient *unified, int64_t feed_no, Arena arena, InquiriesReport *report, bool *there,
                        Error *err)
{
    RelayFeed feed;
    if (!feed_asked(unified, feed_no - 1, 1, &arena, &feed, err)) return false;
    *there = feed.rows.count && feed.rows.at[0].no == feed_no;
    return !*there || feed_kept(act, &feed, 0, &arena, report, err);
}

static bool astray_taken(Act *act, HttpClient *unified, Arena whole, InquiriesReport *report, Error *err)
{
    bool there;
    InquiryRows rows;
    if (!inquiries_astray(act->store, &whole, &rows, err)) return false;
    VEC_EACH (const InquiryRow, row, rows)
        if (!place_asked(act, unified, row->astray_no, whole, report, &there, err)) return false;
    return true;
}

static bool over(Act *act, int64_t feed_no, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    return act_begin(act, err) && inquiry_news_over(act->store, feed_no, err) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}

static bool unread_taken(Act *act, HttpClient *unified, Arena whole, InquiriesReport *report, Error *err)
{
    bool there;
    InquiryNewsUnreads rows;
    if (!inquiry_news_unread(act->store, &whole, &rows, err)) return false;
    VEC_EACH (const InquiryNewsUnread, row, rows)
        if (!place_asked(act, unified, row->feed_no, whole, report, &there, err) || (!there && !over(act, row->feed_no, err)))
            return false;
    return true;
}

bool inquiries_take(Act *act, HttpClient *unified, Arena whole, InquiriesReport *report, Error *err)
{
    int64_t after;
    RelayFeed feed = {.more = true};
    if (!unread_taken(act, unified, whole, report, err) || !astray_taken(act, unified, whole, report, err) ||
        !inquiry_cursor_read(act->store, &after, err))
        return false;
    while (feed.more) {
        Arena arena = whole;
        if (!feed_asked(unified, after, RELAY_ROWS_MOST, &arena, &feed, err)) return false;
        if (!feed.rows.count) return true;
        after = feed.rows.at[feed.rows.count - 1].no;
        if (!feed_kept(act, &feed, after, &arena, report, err)) return false;
    }
    return true;
}
