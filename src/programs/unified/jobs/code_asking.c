// SPDX-License-Identifier: Apache-2.0
#include "code_asking.h"

#include "http_client.h"
#include "logging.h"
#include "relay_message.h"
#include "relay_payload.h"

bool code_looked_at(Act *act, int64_t person_id, WorkKind kind, Arena scratch, CodeReport *report, Error *err)
{
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
    if (!act_begin(act, err)) return false;
    VEC_EACH (const CodeDebt, debt, *debts)
        if (!comparable(debt) && !code_looked_at(act, debt->person.person_id, WORK_FACTS_MISSING, scratch, report, err))
            return false;
    return store_commit(act->store, err);
}

static CodeRequestKind request_of(CodeOwed owed)
{
    if (owed == CODE_OWES_RELEASE) return CODE_REQUEST_RELEASE;
    return owed == CODE_OWES_RECONCILE ? CODE_REQUEST_RECONCILE : CODE_REQUEST_ASK;
}

static CodeDebts asked_of(const CodeDebts *debts, RelayBatch *batch, Arena *arena)
{
    CodeDebts asked = {0};
    VEC_EACH (const CodeDebt, debt, *debts) {
        if (!comparable(debt)) continue;
        CodeRequest request = {request_of(debt->owed), true};
        *relay_rows_push(&batch->rows, arena) =
            (RelayRow){unified_text(&debt->person.no), bytes_of(code_request_encode(&request, arena))};
        *code_debts_push(&asked, arena) = *debt;
    }
    return asked;
}

static bool answers_kept(Act *act, const CodeDebts *asked, const CodeAnswerRows *answers, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = leaf.taken = asked->count;
    if (answers->count != asked->count)
        return FAIL(err, E_MESSAGE,
                    .words = S("中間サーバーの応答の行数が合いません。中間サーバーの記録を確かめてください。"));
    if (!act_begin(act, err)) return false;
    for (ptrdiff_t i = 0; i < asked->count; i++) {
        const CodeAnswer *answer = &answers->at[i];
        // Not now: it has no acquisition number to give at the moment. Asked again the next time.
        if (answer->no == CODE_NOT_NOW) continue;
        if (!code_answered(act->store, asked->at[i].person.person_id, answer->state, &answer->acquisition, err))
            return false;
    }
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool batch_asked(Act *act, HttpClient *intermediate, const CodeDebts *debts, Arena arena, CodeReport *report,
                        Error *err)
{
    Str bytes;
    RelayBatch batch = {0};
    CodeAnswerRows answers = {0};
    CodeDebts asked = asked_of(debts, &batch, &arena);
    if (asked.count < debts->count && !missing_told(act, debts, arena, report, err)) return false;
    if (!asked.count) return true;
    report->asked += asked.count;
    return http_ask(intermediate, RELAY_CODES, relay_batch_encode(&batch, &arena), &arena, &bytes, err) &&
           code_answers_decode(bytes, &arena, &answers, err) && answers_kept(act, &asked, &answers, err);
}

static bool owed_asked(Act *act, HttpClient *intermediate, CodeOwed owed, Arena whole, CodeReport *report, Error *err)
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

bool codes_ask(Act *act, HttpClient *intermediate, Arena arena, CodeReport *report, Error *err)
{
    return owed_asked(act, intermediate, CODE_OWES_RELEASE, arena, report, err) &&
           owed_asked(act, intermediate, CODE_OWES_RECONCILE, arena, report, err) &&
           owed_asked(act, intermediate, CODE_OWES_ASKING, arena, report, err);
}

// ---- what became of it

static bool expired_again(Act *act, int64_t person_id, CodeState state, Error *err)
{
    return state != CODE_EXPIRED || code_owes(act->store, person_id, CODE_OWES_ASKING, err);
}

static bool news_taken(Act *act, const RelayFeedRow *row, Arena scratch, CodeReport *report, Error *err)
{
    UnifiedNo no;
    int64_t person_id;
    CodeStanding standing;
    if (!unified_no_parse(row->person, &no, err) || !code_standing_decode(text_of(row->payload), &standing, err))
        return false;
    const CodeNews news = {standing.state, standing.failure, standing.doubted};
    report->news++;
    if (!code_stands(act->store, &no, &news, &person_id, err)) return false;
    if (!person_id) return true;
    if (standing.failure == CODE_E105_CLASH || standing.doubted)
        return code_looked_at(act, person_id, WORK_CODE_CLASH, scratch, report, err);
    if (standing.failure == CODE_E102_NOBODY)
        return code_looked_at(act, person_id, WORK_CODE_NOBODY, scratch, report, err);
    if (standing.failure == CODE_E103_DELETED)
        return code_looked_at(act, person_id, WORK_CODE_DELETED, scratch, report, err);
    return expired_again(act, person_id, standing.state, err);
}

static bool feed_kept(Act *act, const RelayFeed *feed, int64_t *after, Arena scratch, CodeReport *report, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = leaf.taken = feed->rows.count;
    if (!feed->rows.count) return true;
    *after = feed->rows.at[feed->rows.count - 1].no;
    if (!act_begin(act, err)) return false;
    VEC_EACH (const RelayFeedRow, row, feed->rows)
        if (!news_taken(act, row, scratch, report, err)) return false;
    return code_cursor_keep(act->store, *after, err) && act_record(act, &leaf, err) && store_commit(act->store, err);
}

bool codes_follow(Act *act, HttpClient *intermediate, Arena whole, CodeReport *report, Error *err)
{
    int64_t after;
    RelayFeed feed = {.more = true};
    if (!code_cursor_read(act->store, &after, err)) return false;
    while (feed.more) {
        Str bytes;
        Arena arena = whole;
        const RelayFeedAsk ask = {.after = after, .most = RELAY_ROWS_MOST};
        if (!http_ask(intermediate, RELAY_CODE_STATES, relay_feed_ask_encode(&ask, &arena), &arena, &bytes, err) ||
            !relay_feed_decode(bytes, &arena, &feed, err) || !feed_kept(act, &feed, &after, arena, report, err))
            return false;
    }
    return true;
}
