// The doors for unified: inquiries, their results, copies, codes. A row that is refused holds up no other.
// SPDX-License-Identifier: Apache-2.0
#include "act.h"
#include "answering.h"
#include "asking.h"
#include "code_hold_rows.h"
#include "coding.h"
#include "copying.h"
#include "logging.h"
#include "result_seal.h"
#include "shielding.h"

static void refused(RelayOutcome *outcome, Str code, Arena *arena)
{
    if (code.len) *relay_objections_push(&outcome->objections, arena) = (RelayObjection){str_copy(arena, code), 0};
}

static bool answered(Act *act, const RelayBatch *batch, int64_t no, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = batch->rows.count;
    leaf.refused = no;
    leaf.taken = leaf.rows - no;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

// ---- inquiries, what takes them back, and whom the register protects

typedef bool RowTaken(const LinkageHome *home, const UnifiedNo *person, Str payload, Arena *arena, Str *no, Error *err);

static bool wish_taken(const LinkageHome *home, const UnifiedNo *person, Str payload, Arena *arena, Str *no, Error *err)
{
    InquiryWish wish;
    Error unread;
    *no = S("E200");
    return !inquiry_wish_decode(payload, &wish, &unread) || asking_begin(home, person, &wish, arena, no, err);
}

static bool cancel_taken(const LinkageHome *home, const UnifiedNo *person, Str payload, Arena *arena, Str *no, Error *err)
{
    InquiryNo inquiry;
    Error unread;
    *no = S("E200");
    return !inquiry_cancel_decode(payload, &inquiry, &unread) || asking_cancel(home, person, &inquiry, arena, no, err);
}

static bool word_taken(const LinkageHome *home, const UnifiedNo *person, Str payload, Arena *arena, Str *no, Error *err)
{
    bool is_protected;
    Error unread;
    bool read = shield_word_decode(payload, &is_protected, &unread);
    *no = read ? (Str){0} : S("E200");
    return !read || shielding_told(home, person, is_protected, *arena, err);
}

static bool rows_taken(Act *act, Str question, RowTaken *take, Arena *arena, Str *bytes, Error *err)
{
    RelayBatch batch;
    LinkageHome home;
    RelayAnswer answer = {0};
    int64_t no_count = 0;
    if (!relay_batch_decode(question, arena, &batch, err) || !act_begin(act, err) ||
        !linkage_home(act, arena, &home, err))
        return false;
    VEC_EACH (RelayRow, row, batch.rows) {
        Str no;
        UnifiedNo person;
        RelayOutcome outcome = {0};
        if (!unified_no_parse(row->person, &person, err) ||
            !take(&home, &person, text_of_bytes(row->payload), arena, &no, err))
            return false;
        refused(&outcome, no, arena);
        no_count += no.len > 0;
        *relay_outcomes_push(&answer.rows, arena) = outcome;
    }
    *bytes = relay_answer_encode(&answer, arena);
    return answered(act, &batch, no_count, err);
}

static bool answer_inquiries(Act *act, Str question, Arena *arena, Str *bytes, Error *err)
{
    return rows_taken(act, question, wish_taken, arena, bytes, err);
}

static bool answer_cancel(Act *act, Str question, Arena *arena, Str *bytes, Error *err)
{
    return rows_taken(act, question, cancel_taken, arena, bytes, err);
}

static bool answer_shields(Act *act, Str question, Arena *arena, Str *bytes, Error *err)
{
    return rows_taken(act, question, word_taken, arena, bytes, err);
}

const Door message_shields = MESSAGE(RELAY_SHIELDS, "linkage", AUDIT_CHANGE, "unified", answer_shields);
const Door message_inquiries =
    MESSAGE(RELAY_INQUIRIES, "linkage", AUDIT_INQUIRY, "unified", answer_inquiries);
const Door message_cancel =
    MESSAGE(RELAY_CANCEL, "linkage", AUDIT_INQUIRY, "unified", answer_cancel);

// ---- feeds: a look, whose record stands before it leaves

static bool fed(Act *act, RelayFeed *feed, Arena *arena, Str *bytes, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    *bytes = relay_feed_encode(feed, arena);
    leaf.rows = leaf.taken = feed->rows.count;
    return act_record_now(act, &leaf, err);
}

static bool result_payload(const Act *act, const InquiryTold *told, Arena *arena, Bytes *payload)
{
    Str data;
    Error why = {0};
    const Inquiry *state = &told->row.state;
    *payload = (Bytes){0};
    if (told->unread || !result_read(act->office->keys, &told->row, arena, &data, &why)) return false;
    const InquiryResult result = {.inquiry = told->row.ask.asked.inquiry,
                                  .state = state->state,
                                  .result = state->result,
                                  .at = state->told_at ? state->told_at : state->begun_at,
                                  .as_of = result_answered(state->result) ? state->as_of : DAY_NONE,
                                  .data = bytes_of_text(data)};
    *payload = bytes_of_text(inquiry_result_encode(&result, arena));
    return true;
}

// What cannot be opened goes out empty, which nobody can read: the ledger lets it wait, asks for its place again, and takes
// what lies behind it.
static void result_row(const Act *act, const InquiryTold *told, Arena *arena, RelayFeed *feed)
{
    Bytes payload;
    Str person = unified_text(&told->row.state.person);
    if (!result_payload(act, told, arena, &payload))
        log_line(LOG_ERROR, "event=result_unread no=%lld", (long long)told->change_no);
    *relay_feed_rows_push(&feed->rows, arena) =
        (RelayFeedRow){told->change_no, person.len ? str_copy(arena, person) : RELAY_NOBODY, payload};
}

static bool answer_results(Act *act, Str question, Arena *arena, Str *bytes, Error *err)
{
    RelayFeedAsk ask;
    InquiryToldRows rows;
    RelayFeed feed = {0};
    if (!relay_feed_ask_decode(question, &ask, err) || !inquiries_told(act->store, &ask, arena, &rows, err)) return false;
    feed.more = rows.count > ask.most;
    if (feed.more) rows.count = ask.most;
    VEC_EACH (InquiryTold, told, rows) result_row(act, told, arena, &feed);
    return fed(act, &feed, arena, bytes, err);
}

const Door message_results = MESSAGE(RELAY_RESULTS, "linkage", AUDIT_INQUIRY, "unified", answer_results);

// ---- copies

static bool answer_copies(Act *act, Str question, Arena *arena, Str *bytes, Error *err)
{
    RelayBatch batch;
    int64_t no_count;
    return relay_batch_decode(question, arena, &batch, err) && act_begin(act, err) &&
           copies_laid(act, &batch, arena, bytes, &no_count, err) && answered(act, &batch, no_count, err);
}

static bool answer_compare(Act *act, Str question, Arena *arena, Str *bytes, Error *err)
{
    RelayFeed feed;
    RelayFeedAsk ask;
    DatasetCode dataset;
    if (!relay_feed_ask_decode(question, &ask, err)) return false;
    if (!dataset_code_read(text_of_bytes(ask.head), &dataset))
        return FAIL(err, E_MESSAGE, .words = S("照合する特定個人情報名コードが読めません。"));
    return copies_compared(act->store, act->office->keys, &dataset, &ask, arena, &feed, err) &&
           fed(act, &feed, arena, bytes, err);
}

const Door message_copies = MESSAGE(RELAY_COPIES, "linkage", AUDIT_IMPORT, "unified", answer_copies);
const Door message_compare = MESSAGE(RELAY_COMPARE, "linkage", AUDIT_EXPORT, "unified", answer_compare);

// ---- codes

static bool answer_codes(Act *act, Str question, Arena *arena, Str *bytes, Error *err)
{
    RelayBatch batch;
    LinkageHome home;
    CodeAnswerRows answers = {0};
    if (!relay_batch_decode(question, arena, &batch, err) || !act_begin(act, err) ||
        !linkage_home(act, arena, &home, err))
        return false;
    VEC_EACH (RelayRow, row, batch.rows) {
        CodeAnswer answer = {.no = CODE_NOT_NOW};
        CodeRequest request;
        UnifiedNo person;
        Error unread;
        if (!unified_no_parse(row->person, &person, err)) return false;
        if (code_request_decode(text_of_bytes(row->payload), &request, &unread) &&
            !coding_requested(&home, &person, &request, *arena, &answer, err))
            return false;
        *code_answers_push(&answers, arena) = answer;
    }
    *bytes = code_answers_encode(&answers, arena);
    return answered(act, &batch, 0, err);
}

static bool answer_code_states(Act *act, Str question, Arena *arena, Str *bytes, Error *err)
{
    RelayFeed feed;
    RelayFeedAsk ask;
    return relay_feed_ask_decode(question, &ask, err) && code_standings(act->store, &ask, arena, &feed, err) &&
           fed(act, &feed, arena, bytes, err);
}

const Door message_codes = MESSAGE(RELAY_CODES, "linkage", AUDIT_CHANGE, "unified", answer_codes);
const Door message_code_states = MESSAGE(RELAY_CODE_STATES, "linkage", AUDIT_EXPORT, "unified", answer_code_states);
