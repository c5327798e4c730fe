// SPDX-License-Identifier: Apache-2.0
#include "code_asking.h"

#include <assert.h>

#include "logging.h"
#include "outlet.h"
#include "relay_payload.h"

bool code_looked_at(Act *act, int64_t person_id, WorkKind kind, Arena scratch, CodeReport *report, Error *err)
{
    assert(!store_is_idle(act->store));
    assert(person_id > 0);
    bool added = false;
    UnifiedWork work = {.kind = kind, .person_id = person_id, .since = act->now};
    if (!unified_work_add(act->store, act->office->keys, &work, scratch, &added, err)) return false;
    report->looks += added;
    if (added && kind == WORK_CODE_CLASH)
        log_line(LOG_ERROR, "event=code_clash code=E105 work=%lld", (long long)work.work_no);
    return true;
}

static Bytes bytes_of(Str text)
{
    return (Bytes){(const unsigned char *)text.at, text.len};
}

static Str text_of(Bytes bytes)
{
    return (Str){(const char *)bytes.at, bytes.len};
}

// ---- asking

static bool comparable(const CodeDebt *debt)
{
    return debt->owed != CODE_OWES_ASKING || debt->person.confirmed || !facts_missing(&debt->person.facts);
}

// Without all four facts nothing can be compared, here or there.
static bool missing_told(Act *act, const CodeDebts *debts, Arena scratch, CodeReport *report, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = S("4情報が足りない");
    if (!act_begin(act, err)) return false;
    VEC_EACH (const CodeDebt, debt, *debts)
        if (!comparable(debt) && !code_looked_at(act, debt->person.person_id, WORK_FACTS_MISSING, scratch, report, err))
            return false;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static CodeRequestKind request_of(CodeOwed owed)
{
    if (owed == CODE_OWES_RELEASE) return CODE_REQUEST_RELEASE;
    return owed == CODE_OWES_RECONCILE ? CODE_REQUEST_RECONCILE : CODE_REQUEST_ASK;
}

static void request_put(RelayBatch *batch, const CodeDebt *debt, CodeRequestKind kind, Arena *arena)
{
    const CodeRequest request = {kind, kind == CODE_REQUEST_ASK};
    *relay_rows_push(&batch->rows, arena) =
        (RelayRow){unified_text(&debt->person.no), bytes_of(code_request_encode(&request, arena))};
}

static CodeDebts asked_of(const CodeDebts *debts, RelayBatch *batch, Arena *arena)
{
    CodeDebts asked = {0};
    VEC_EACH (const CodeDebt, debt, *debts) {
        if (!comparable(debt)) continue;
        request_put(batch, debt, request_of(debt->owed), arena);
        *code_debts_push(&asked, arena) = *debt;
    }
    return asked;
}

// As many answers as questions.
static bool batch_told(const RelayOnward *intermediate, const RelayBatch *batch, Arena *arena, CodeAnswerRows *answers,
                       Error *err)
{
    Str bytes;
    if (!intermediate->ask(intermediate->context, RELAY_CODES, relay_batch_encode(batch, arena), arena, &bytes, err) ||
        !code_answers_decode(bytes, arena, answers, err))
        return false;
    return answers->count == batch->rows.count ||
           FAIL(err, E_MESSAGE, .words = S("中間サーバーの応答の行数が合いません。中間サーバーの記録を確かめてください。"));
}

// What the answer leaves owed. Not now: of who is asked about, it has no acquisition number to give at the moment, and is asked
// again the next time; of who was looked at, no code is there, and it is asked for.
static bool answer_kept(Act *act, const CodeDebt *debt, const CodeAnswer *answer, Error *err)
{
    bool not_now = answer->no == CODE_NOT_NOW;
    int64_t who = debt->person.person_id;
    if (not_now && debt->owed == CODE_OWES_ASKING) return true;
    if (not_now && debt->owed == CODE_OWES_RECONCILE && answer->state != CODE_MERGED)
        return code_owes(act->store, who, CODE_OWES_ASKING, err);
    return code_answered(act->store, who, answer->state, &answer->acquisition, err);
}

static bool answers_kept(Act *act, const CodeDebts *asked, const CodeAnswerRows *answers, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = leaf.taken = asked->count;
    if (!act_begin(act, err)) return false;
    for (ptrdiff_t i = 0; i < asked->count; i++)
        if (!answer_kept(act, &asked->at[i], &answers->at[i], err)) return false;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool batch_asked(Act *act, const RelayOnward *intermediate, const CodeDebts *debts, Arena arena, CodeReport *report,
                        Error *err)
{
    RelayBatch batch = {0};
    CodeAnswerRows answers = {0};
    CodeDebts asked = asked_of(debts, &batch, &arena);
    if (asked.count < debts->count && !missing_told(act, debts, arena, report, err)) return false;
    if (!asked.count) return true;
    report->asked += asked.count;
    return batch_told(intermediate, &batch, &arena, &answers, err) && answers_kept(act, &asked, &answers, err);
}

static bool owed_asked(Act *act, const RelayOnward *intermediate, CodeOwed owed, Arena whole, CodeReport *report, Error *err)
{
    CodeDebts debts = {0};
    int64_t after = 0;
    do {
        Arena arena = whole;
        if (!code_debts(act->store, act->office->keys, owed, after, &arena, &debts, err)) return false;
        if (!debts.count) return true;
        after = debts.at[debts.count - 1].person.person_id;
        if (!batch_asked(act, intermediate, &debts, arena, report, err)) return false;
    } while (debts.count == CODE_DEBTS_MOST);
    return true;
}

// ---- doubting, and no longer

static bool doubts_kept(Act *act, const CodeDebts *debts, LinkDoubt owed, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = leaf.taken = debts->count;
    if (!act_begin(act, err)) return false;
    VEC_EACH (const CodeDebt, debt, *debts)
        if (!doubt_told(act->store, debt->person.person_id, owed, err)) return false;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

// Where no code is there, nothing is there that could answer anybody.
static bool doubts_told(Act *act, const RelayOnward *intermediate, LinkDoubt owed, Arena whole, Error *err)
{
    CodeDebts debts = {0};
    int64_t after = 0;
    do {
        Arena arena = whole;
        RelayBatch batch = {0};
        CodeAnswerRows answers = {0};
        if (!doubt_debts(act->store, act->office->keys, owed, after, &arena, &debts, err)) return false;
        if (!debts.count) return true;
        after = debts.at[debts.count - 1].person.person_id;
        VEC_EACH (const CodeDebt, debt, debts)
            request_put(&batch, debt, owed == DOUBT_OWES_TELLING ? CODE_REQUEST_DOUBT : CODE_REQUEST_RECONCILE, &arena);
        if (!batch_told(intermediate, &batch, &arena, &answers, err) || !doubts_kept(act, &debts, owed, err)) return false;
    } while (debts.count == CODE_DEBTS_MOST);
    return true;
}

bool codes_ask(Act *act, const RelayOnward *intermediate, Arena arena, CodeReport *report, Error *err)
{
    assert(store_is_idle(act->store));
    return doubts_told(act, intermediate, DOUBT_OWES_TELLING, arena, err) &&
           doubts_told(act, intermediate, DOUBT_OWES_LIFTING, arena, err) &&
           owed_asked(act, intermediate, CODE_OWES_RELEASE, arena, report, err) &&
           owed_asked(act, intermediate, CODE_OWES_RECONCILE, arena, report, err) &&
           owed_asked(act, intermediate, CODE_OWES_ASKING, arena, report, err);
}

// ---- what became of it

// Asked for again only where nothing else is owed meanwhile: what is to be given back is not asked for.
static bool expired_again(Act *act, int64_t person_id, CodeState state, Error *err)
{
    return state != CODE_EXPIRED || code_owes_again(act->store, person_id, err);
}

// What the server doubts because unified told it to is laid before somebody already.
static bool doubt_news(Act *act, int64_t person_id, const CodeStanding *standing, Arena scratch, CodeReport *report, Error *err)
{
    LinkDoubt doubt;
    if (!doubt_of(act->store, person_id, &doubt, err)) return false;
    if (standing->failure != CODE_E105_CLASH && doubt != DOUBT_NONE) return expired_again(act, person_id, standing->state, err);
    return code_looked_at(act, person_id, WORK_CODE_CLASH, scratch, report, err);
}

static bool standing_taken(Act *act, const UnifiedNo *no, const CodeStanding *standing, Arena scratch, CodeReport *report,
                           Error *err)
{
    int64_t person_id;
    const CodeNews news = {standing->state, standing->failure, standing->doubted};
    report->news++;
    if (!code_stands(act->store, no, &news, &person_id, err)) return false;
    if (!person_id) return true;
    if (standing->failure == CODE_E105_CLASH || standing->doubted)
        return doubt_news(act, person_id, standing, scratch, report, err);
    if (standing->failure == CODE_E102_NOBODY)
        return code_looked_at(act, person_id, WORK_CODE_NOBODY, scratch, report, err);
    if (standing->failure == CODE_E103_DELETED)
        return code_looked_at(act, person_id, WORK_CODE_DELETED, scratch, report, err);
    return expired_again(act, person_id, standing->state, err);
}

// One that cannot be read holds up nobody: it waits by its place, which is work.
static bool unreadable(Act *act, const RelayFeedRow *row, const Error *why, Arena scratch, CodeReport *report, Error *err)
{
    bool added = false;
    UnifiedWork work = {.kind = WORK_NEWS_UNREADABLE, .since = act->now, .feed_no = row->no};
    work.about = str_format(&scratch, "知らせ %llx 番、統一識別番号 %.*s、%td バイト: %.*s", (unsigned long long)row->no,
                            STR(outlet_text(OUTLET_SHEET, &scratch, row->person)), row->payload.len,
                            STR(outlet_error(OUTLET_SHEET, &scratch, why)));
    if (!unified_work_add(act->store, act->office->keys, &work, scratch, &added, err)) return false;
    report->looks += added;
    if (added) log_line(LOG_ERROR, "event=code_news_unreadable no=%lld work=%lld", (long long)row->no, (long long)work.work_no);
    return true;
}

static bool news_taken(Act *act, const RelayFeedRow *row, Arena scratch, CodeReport *report, Error *err)
{
    UnifiedNo no;
    CodeStanding standing;
    Error why = {0};
    if (!unified_no_parse(row->person, &no, &why) || !code_standing_decode(text_of(row->payload), &standing, &why))
        return unreadable(act, row, &why, scratch, report, err);
    return unified_news_read(act->store, row->no, act->now, err) &&
           standing_taken(act, &no, &standing, scratch, report, err);
}

static bool feed_asked(const RelayOnward *intermediate, int64_t after, int32_t most, Arena *arena, RelayFeed *feed, Error *err)
{
    Str bytes;
    const RelayFeedAsk ask = {.after = after, .most = most};
    if (!intermediate->ask(intermediate->context, RELAY_CODE_STATES, relay_feed_ask_encode(&ask, arena), arena, &bytes, err) ||
        !relay_feed_decode(bytes, arena, feed, err))
        return false;
    if (!feed->rows.count || feed->rows.at[0].no > after) return true;
    log_line(LOG_ERROR, "event=cursor_stands feed=codes no=%lld", (long long)after);
    return FAIL(err, E_MESSAGE, .item = S("符号の知らせ"), .value = str_format(arena, "%lld", (long long)after),
                .words = S("中間サーバーの知らせが先へ進みません。中間サーバーの記録を確かめ、保守の担当者に知らせてください。"));
}

// `cursor` 0: it stays where it is.
static bool feed_kept(Act *act, const RelayFeed *feed, int64_t cursor, Arena scratch, CodeReport *report, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = leaf.taken = feed->rows.count;
    if (!act_begin(act, err)) return false;
    VEC_EACH (const RelayFeedRow, row, feed->rows)
        if (!news_taken(act, row, scratch, report, err)) return false;
    return (!cursor || code_cursor_keep(act->store, cursor, err)) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}

static bool over(Act *act, int64_t feed_no, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    return act_begin(act, err) && unified_news_read(act->store, feed_no, act->now, err) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}

// What waits is asked for by its place alone. Where newer news took that place, the feed itself brings them.
static bool waiting_taken(Act *act, const RelayOnward *intermediate, Arena whole, CodeReport *report, Error *err)
{
    UnifiedWorks waiting;
    if (!unified_news_waiting(act->store, &whole, &waiting, err)) return false;
    VEC_EACH (const UnifiedWork, work, waiting) {
        RelayFeed feed;
        Arena arena = whole;
        if (!feed_asked(intermediate, work->feed_no - 1, 1, &arena, &feed, err)) return false;
        bool there = feed.rows.count && feed.rows.at[0].no == work->feed_no;
        feed.rows.count = there ? 1 : 0;
        if (!(there ? feed_kept(act, &feed, 0, arena, report, err) : over(act, work->feed_no, err))) return false;
    }
    return true;
}

bool codes_follow(Act *act, const RelayOnward *intermediate, Arena whole, CodeReport *report, Error *err)
{
    assert(store_is_idle(act->store));
    int64_t after;
    RelayFeed feed = {.more = true};
    if (!waiting_taken(act, intermediate, whole, report, err) || !code_cursor_read(act->store, &after, err)) return false;
    while (feed.more) {
        Arena arena = whole;
        if (!feed_asked(intermediate, after, RELAY_ROWS_MOST, &arena, &feed, err)) return false;
        if (!feed.rows.count) return true;
        after = feed.rows.at[feed.rows.count - 1].no;
        if (!feed_kept(act, &feed, after, arena, report, err)) return false;
    }
    return true;
}
