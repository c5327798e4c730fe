// SPDX-License-Identifier: Apache-2.0
#include "network_exchange.h"

#include "answering.h"
#include "asking.h"
#include "canary_watch.h"
#include "code_hold_rows.h"
#include "coding.h"
#include "letter_take.h"
#include "place_rows.h"
#include "record_rows.h"
#include "self_answer_rows.h"
#include "shielding.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    ACQUISITION_STOCK = ACQUISITIONS_MOST,  // that lie ready for unified
    PAGE = 200,               // letters, rows to wake, rows that owe
    SENT_BYTES_MOST = 3 << 20,
    ROUNDS_MOST = 10000,
    EXCHANGE_BYTES = 512 << 20,  // of one page: reserved, touched as it is used
};

typedef struct Exchange {
    Act *act;
    HttpClient *client;
    ExchangeReport *report;
} Exchange;

Str exchange_address(void)
{
    return str_of(getenv("SESSHU_NETWORK"));
}

// Each transaction sees the list and the admission as they are now.
static bool begun(const Exchange *x, Arena *arena, LinkageHome *home, Error *err)
{
    return act_begin(x->act, err) && linkage_home(x->act, arena, home, err) && linkage_admitted(home, err);
}

static bool committed(const Exchange *x, const char *what, int64_t rows, Error *err)
{
    AuditLeaf leaf = act_leaf(x->act, AUDIT_DONE);
    leaf.detail = str_of(what);
    leaf.rows = leaf.taken = rows;
    return act_record(x->act, &leaf, err) && store_commit(x->act->store, err);
}

// ---- the list

static bool list_due(const LinkageHome *home)
{
    return home->list_wanted || home->list.version == 0 || home->act->now >= home->list.as_of + EXCHANGE_LIST_INTERVAL;
}

static bool list_fetched(Exchange *x, Arena arena, Error *err)
{
    Str answer;
    bool taken;
    LinkageHome home;
    if (!store_begin_read(x->act->store, err) || !linkage_home(x->act, &arena, &home, err) ||
        !store_commit(x->act->store, err))
        return false;
    if (!list_due(&home)) return true;
    if (!http_ask(x->client, NETWORK_LIST_PATH, list_ask_encode(home.list.version, &arena), &arena, &answer, err) ||
        !begun(x, &arena, &home, err) || !linkage_list_take(&home, answer, &arena, &taken, err))
        return false;
    x->report->list_came |= taken;
    return committed(x, taken ? "照合リスト" : "照合リスト (署名または版が合わない)", taken, err);
}

// ---- acquisition numbers

static bool acquisitions_fetched(Exchange *x, Arena arena, Error *err)
{
    Str answer;
    AcquisitionRows numbers;
    int64_t fresh = 0;
    if (!acquisitions_fresh(x->act->store, x->act->now - ACQUISITION_KEPT, &fresh, err)) return false;
    if (fresh * 2 >= ACQUISITION_STOCK) return true;
    if (!http_ask(x->client, NETWORK_ACQUISITION_PATH, acquisitions_ask_encode(ACQUISITION_STOCK - (int)fresh, &arena),
                  &arena, &answer, err) ||
        !acquisitions_decode(answer, &arena, &numbers, err) || !act_begin(x->act, err))
        return false;
    VEC_EACH (AcquisitionNo, no, numbers)
        if (!acquisition_add(x->act->store, no, x->act->now, err)) return false;
    x->report->acquisitions += numbers.count;
    return committed(x, "処理通番", numbers.count, err);
}

// ---- letters

static bool letters_fetched(Exchange *x, Arena arena, bool *more, Error *err)
{
    Str answer;
    MailAnswer mail;
    LinkageHome home;
    MailAsk ask = {.most = PAGE};
    *more = false;
    if (!letter_place(x->act->store, &ask.after, err) ||
        !http_ask(x->client, NETWORK_MAIL_PATH, mail_ask_encode(&ask, &arena), &arena, &answer, err) ||
        !mail_answer_decode(answer, &arena, &mail, err))
        return false;
    if (!mail.letters.count) return true;
    if (!begun(x, &arena, &home, err)) return false;
    VEC_EACH (Letter, letter, mail.letters)
        if (!letter_take(&home, letter, &arena, err)) return false;
    const Letter *last = &mail.letters.at[mail.letters.count - 1];
    if (!letter_place_move(x->act->store, last->no, err) || !committed(x, "受信", mail.letters.count, err)) return false;
    x->report->letters += mail.letters.count;
    *more = true;  // what came may owe something, and more may lie behind it
    store_forget(x->act->store);
    return true;
}

// ---- whose time has come

static bool woken(Exchange *x, Arena arena, bool *more, Error *err)
{
    LinkageHome home;
    InquiryRows due;
    ProvisionRows late;
    int64_t expired = 0;
    Store *store = x->act->store;
    Instant now = x->act->now;
    if (!begun(x, &arena, &home, err) || !inquiries_due(store, now, PAGE, &arena, &due, err) ||
        !provisions_too_long_held(store, now - PROVISION_HELD_LIFE, PAGE, &arena, &late, err) ||
        !coding_overdue(&home, &arena, &expired, err))
        return false;
    VEC_EACH (InquiryRow, row, due)
        if (!asking_woken(&home, row, &arena, err)) return false;
    VEC_EACH (ProvisionRow, row, late)
        if (!answering_woken(&home, row, &arena, err)) return false;
    int64_t rows = due.count + late.count + expired;
    x->report->woken += rows;
    *more = due.count == PAGE || late.count == PAGE;
    if (rows) return committed(x, "期限", rows, err);
    store_rollback(store);
    return true;
}

// ---- whom we read of others' copies

static bool canaries_read(Exchange *x, Arena arena, bool *more, Error *err)
{
    LinkageHome home;
    if (!canaries_due(x->act, arena, more, err)) return false;
    return !*more || (begun(x, &arena, &home, err) && canaries_watch(&home, &arena, err) && committed(x, "副本の見張り", 0, err));
}

// ---- what is owed

static bool bundle_sent(Exchange *x, const char *path, const BundleRows *parts, Arena *arena, Error *err)
{
    Str answer;
    BundleTaken taken;
    if (!parts->count) return true;
    x->report->sent += parts->count;
    return http_ask(x->client, path, bundle_encode(parts, arena), arena, &answer, err) &&
           bundle_taken_decode(answer, &taken, err);
}

// Before anything that leaves a trace: whoever is hidden is hidden when the first record of an exchange stands.
static bool shields_sent(Exchange *x, Arena arena, bool *more, Error *err)
{
    ShieldDebts debts;
    BundleRows parts = {0};
    if (!shields_owing(x->act->store, PAGE, &arena, &debts, err)) return false;
    if (!debts.count) return true;
    shield_parts(&debts, &parts, &arena);
    if (!bundle_sent(x, NETWORK_SHIELDS_PATH, &parts, &arena, err) || !act_begin(x->act, err)) return false;
    VEC_EACH (const ShieldDebt, debt, debts)
        if (!shield_paid(x->act->store, debt, err)) return false;
    *more = true;
    return committed(x, "不開示などの送信", debts.count, err);
}

static void part_add(BundleRows *parts, Str part, Arena *arena, ptrdiff_t *bytes)
{
    *bundle_parts_push(parts, arena) = part;
    *bytes += part.len;
}

static Str inquiry_part(const InquiryRow *row, Arena *arena)
{
    InquirySent sent = {.signed_copy = row->signed_copy};
    memcpy(sent.key, row->public_key.at, sizeof sent.key);
    return inquiry_sent_encode(&sent, arena);
}

static bool inquiries_sent(Exchange *x, Arena arena, bool *more, Error *err)
{
    InquiryRows rows;
    BundleRows permits = {0}, inquiries = {0};
    ptrdiff_t bytes = 0;
    if (!inquiries_owing(x->act->store, PAGE, &arena, &rows, err)) return false;
    if (!rows.count) return true;
    VEC_EACH (InquiryRow, row, rows) {
        if (row->owed & INQUIRY_ASK_CORE) part_add(&permits, permit_ask_encode(&row->ask, &arena), &arena, &bytes);
        if (row->owed & INQUIRY_ASK_PROVIDER) part_add(&inquiries, inquiry_part(row, &arena), &arena, &bytes);
    }
    if (!bundle_sent(x, NETWORK_PERMITS_PATH, &permits, &arena, err) ||
        !bundle_sent(x, NETWORK_INQUIRIES_PATH, &inquiries, &arena, err) || !act_begin(x->act, err))
        return false;
    VEC_EACH (InquiryRow, row, rows)
        if (!inquiry_paid(x->act->store, row->inquiry_id, ASKING_OWED, err)) return false;
    *more = true;
    return committed(x, "照会の送信", rows.count, err);
}

static bool replies_sent(Exchange *x, Arena arena, bool *more, Error *err)
{
    ProvisionRows rows;
    BundleRows replies = {0};
    ptrdiff_t bytes = 0, put = 0;
    if (!provisions_owing(x->act->store, PAGE, &arena, &rows, err)) return false;
    if (!rows.count) return true;
    for (; put < rows.count && (put == 0 || bytes + rows.at[put].envelope.len < SENT_BYTES_MOST); put++) {
        const ReplySent sent = {.reply = rows.at[put].state.reply, .envelope = rows.at[put].envelope};
        part_add(&replies, reply_sent_encode(&sent, &arena), &arena, &bytes);
    }
    if (!bundle_sent(x, NETWORK_REPLIES_PATH, &replies, &arena, err) || !act_begin(x->act, err)) return false;
    for (ptrdiff_t i = 0; i < put; i++)
        if (!provision_paid(x->act->store, rows.at[i].provision_id, ANSWERING_OWED, err)) return false;
    *more = true;
    return committed(x, "応答の送信", put, err);
}

// ---- what citizens see of their own

static bool selves_sent(Exchange *x, Arena arena, bool *more, Error *err)
{
    SelfAnswers answers;
    BundleRows parts = {0};
    ptrdiff_t bytes = 0, put = 0;
    Store *store = x->act->store;
    if (!self_answers_owed(store, PAGE, &arena, &answers, err)) return false;
    if (!answers.count) return true;
    for (; put < answers.count && (put == 0 || bytes + answers.at[put].told.envelope.len < SENT_BYTES_MOST); put++)
        part_add(&parts, self_told_encode(&answers.at[put].told, &arena), &arena, &bytes);
    if (!bundle_sent(x, NETWORK_SELVES_PATH, &parts, &arena, err) || !act_begin(x->act, err) ||
        !self_answers_sent(store, answers.at[put - 1].answer_no, err))
        return false;
    *more = true;
    return committed(x, "わたしの情報の送信", put, err);
}

// ---- our own records, for what the citizen sees

static bool record_part(Exchange *x, const RecordRow *row, BundleRows *parts, Arena *arena, Error *err)
{
    CodeHold hold = {0};
    if (unified_text(&row->record.person).len && !code_find(x->act->store, &row->record.person, *arena, &hold, err)) return false;
    *bundle_parts_push(parts, arena) = record_told_encode(&(RecordTold){record_for_core(&row->record), hold.code}, arena);
    return true;
}

static bool records_told(Exchange *x, Arena arena, bool *more, Error *err)
{
    RecordRows rows;
    int64_t after = 0;
    BundleRows parts = {0};
    Store *store = x->act->store;
    if (!record_place(store, &after, err) || !records_after(store, after, PAGE, &arena, &rows, err)) return false;
    if (!rows.count) return true;
    VEC_EACH (const RecordRow, row, rows)
        if (!record_part(x, row, &parts, &arena, err)) return false;
    if (!bundle_sent(x, NETWORK_TOLD_PATH, &parts, &arena, err) || !act_begin(x->act, err) ||
        !record_place_move(store, rows.at[rows.count - 1].record_no, err))
        return false;
    *more = true;
    return committed(x, "記録の送信", rows.count, err);
}

// ---- all of it

// Each takes or sends a page; `more`: another round is due.
typedef bool ExchangeStep(Exchange *x, Arena arena, bool *more, Error *err);

static bool rounds(Exchange *x, const Arena *arena, Error *err)
{
    static ExchangeStep *const steps[] = {letters_fetched, woken,        canaries_read, shields_sent,
                                          inquiries_sent,  replies_sent, selves_sent,   records_told};
    bool more = true;
    for (int round = 0; more && round < ROUNDS_MOST; round++) {
        more = false;
        for (ptrdiff_t i = 0; i < countof(steps); i++) {
            bool again = false;
            if (!steps[i](x, *arena, &again, err)) return false;
            more |= again;
        }
    }
    return true;
}

// Its pages lie in a reservation of their own: what they leave to the act lives in the act's.
static bool exchanged(Exchange *x, Error *err)
{
    Arena whole = arena_reserve(EXCHANGE_BYTES), pages = whole;
    bool good = list_fetched(x, pages, err) && acquisitions_fetched(x, pages, err) && rounds(x, &pages, err) &&
                list_fetched(x, pages, err);
    arena_release(whole);
    return good;
}

bool exchange_client(Act *act, Str address, Arena *arena, HttpClient **client, Error *err)
{
    LinkageHome home;
    if (!linkage_home(act, arena, &home, err) || !linkage_admitted(&home, err)) return false;
    if (!address.len)
        return FAIL(err, E_USAGE, .item = S("--network"),
                    .words = S("情報提供ネットワークの場所が分かりません。--network に 127.0.0.1:8704 のように指定してください。"));
    const HttpPeer peer = {.data_dir = linkage_folder(act, arena),
                           .own_role = str_format(arena, NETWORK_INTERMEDIATES "%s", home.me.digits),
                           .peer_role = S(NETWORK_ROLE),
                           .address = address};
    return http_client_open(&peer, arena, client, err);
}

bool exchange_all(Act *act, Str address, Arena *arena, ExchangeReport *report, Error *err)
{
    assert(store_is_idle(act->store));
    Exchange x = {.act = act, .report = report};
    bool good = exchange_client(act, address, arena, &x.client, err) && exchanged(&x, err);
    http_client_close(x.client);
    return good;
}
