// SPDX-License-Identifier: Apache-2.0
#include "relay_payload.h"

#include "linkage_message.h"
#include "linkage_wire.h"
#include "relay_message.h"

#include <assert.h>
#include <string.h>

// ---- asking

enum {
    WISH_INQUIRY = 1,
    WISH_PROVIDER,
    WISH_ITEM,
    WISH_AFFAIR,
    WISH_PROCEDURE,
    WISH_DATASET,
    WISH_ITEMS,
    WISH_UNDISCLOSED,
    WISH_BULK,
    WISH_DEPARTMENT,
    WISH_KEYS = WISH_DEPARTMENT
};

Str inquiry_wish_encode(const InquiryWish *wish, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, WISH_KEYS);
    item_put_text(&out, WISH_INQUIRY, str_of(wish->inquiry.digits));
    item_put_text(&out, WISH_PROVIDER, str_of(wish->provider.digits));
    item_put_number(&out, WISH_ITEM, wish->item);
    item_put_text(&out, WISH_AFFAIR, str_of(wish->affair.at));
    item_put_text(&out, WISH_PROCEDURE, str_of(wish->procedure.at));
    item_put_text(&out, WISH_DATASET, str_of(wish->dataset.at));
    item_put_number(&out, WISH_ITEMS, wish->items);
    item_put_number(&out, WISH_UNDISCLOSED, wish->undisclosed);
    item_put_number(&out, WISH_BULK, wish->bulk);
    item_put_text(&out, WISH_DEPARTMENT, wish->department);
    return wire_bytes(&out);
}

static InquiryNo inquiry_take(WireIn *in, int key)
{
    InquiryNo no = {{0}};
    item_wanted(in, inquiry_no_read(item_take_text(in, key, INQUIRY_NO_MOST), &no));
    return no;
}

bool inquiry_wish_decode(Str text, InquiryWish *wish, Error *err)
{
    WireIn in = wire_in(text);
    InquiryWish read = {0};
    wire_whole_map(&in, WISH_KEYS);
    read.inquiry = inquiry_take(&in, WISH_INQUIRY);
    wire_expect(&in, WISH_PROVIDER);
    read.provider = organisation_take(&in);
    read.item = (int)item_take_number(&in, WISH_ITEM, 1, LAW_ITEM_MOST);
    item_wanted(&in, affair_code_read(item_take_text(&in, WISH_AFFAIR, LINKAGE_CODE_LENGTH),
                                      &read.affair));
    item_wanted(&in, procedure_code_read(item_take_text(&in, WISH_PROCEDURE, LINKAGE_CODE_LENGTH),
                                         &read.procedure));
    item_wanted(&in, dataset_code_read(item_take_text(&in, WISH_DATASET, LINKAGE_CODE_LENGTH),
                                       &read.dataset));
    read.items = item_take_number(&in, WISH_ITEMS, 1, INT64_MAX);
    read.undisclosed = item_take_number(&in, WISH_UNDISCLOSED, 0, 1);
    read.bulk = item_take_number(&in, WISH_BULK, 0, 1);
    read.department = item_take_text(&in, WISH_DEPARTMENT, DEPARTMENT_MOST);
    item_wanted(&in, read.department.len > 0);
    if (!wire_end(&in, err)) return false;
    *wish = read;
    return true;
}

enum { CANCEL_INQUIRY = 1, CANCEL_KEYS = CANCEL_INQUIRY };

Str inquiry_cancel_encode(const InquiryNo *inquiry, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, CANCEL_KEYS);
    item_put_text(&out, CANCEL_INQUIRY, str_of(inquiry->digits));
    return wire_bytes(&out);
}

bool inquiry_cancel_decode(Str text, InquiryNo *inquiry, Error *err)
{
    WireIn in = wire_in(text);
    wire_whole_map(&in, CANCEL_KEYS);
    InquiryNo read = inquiry_take(&in, CANCEL_INQUIRY);
    if (!wire_end(&in, err)) return false;
    *inquiry = read;
    return true;
}

// ---- how it stands

enum {
    RESULT_INQUIRY = 1,
    RESULT_STATE,
    RESULT_RESULT,
    RESULT_AT,
    RESULT_AS_OF,
    RESULT_DATA,
    RESULT_KEYS = RESULT_DATA
};

const char *inquiry_result_status(const InquiryResult *result)
{
    return inquiry_status(&(Inquiry){.state = result->state, .result = result->result});
}

Str inquiry_result_encode(const InquiryResult *result, Arena *arena)
{
    WireOut out = {.arena = arena};
    assert(result->data.len <= ANSWER_DATA_MOST);
    wire_put_map(&out, RESULT_KEYS);
    item_put_text(&out, RESULT_INQUIRY, str_of(result->inquiry.digits));
    item_put_number(&out, RESULT_STATE, result->state);
    item_put_number(&out, RESULT_RESULT, result->result);
    item_put_number(&out, RESULT_AT, result->at);
    item_put_number(&out, RESULT_AS_OF, result->as_of);
    item_put_blob(&out, RESULT_DATA, result->data.at, result->data.len);
    return wire_bytes(&out);
}

static bool result_readable(const InquiryResult *read)
{
    if (read->data.len && read->result != RESULT_GIVEN) return false;
    if (result_answered(read->result) != (read->as_of != DAY_NONE)) return false;
    return read->as_of == DAY_NONE || (read->as_of >= DAY_MIN && read->as_of <= DAY_MAX);
}

bool inquiry_result_decode(Str text, InquiryResult *result, Error *err)
{
    WireIn in = wire_in(text);
    InquiryResult read = {0};
    wire_whole_map(&in, RESULT_KEYS);
    read.inquiry = inquiry_take(&in, RESULT_INQUIRY);
    read.state = (InquiryState)item_take_number(&in, RESULT_STATE, INQUIRY_PERMITTING,
                                                INQUIRY_STATE_COUNT - 1);
    read.result =
        (LinkageResult)item_take_number(&in, RESULT_RESULT, RESULT_NONE, RESULT_COUNT - 1);
    read.at = item_take_number(&in, RESULT_AT, 0, INSTANT_MAX);
    read.as_of = (Day)item_take_number(&in, RESULT_AS_OF, DAY_NONE, DAY_MAX);
    wire_expect(&in, RESULT_DATA);
    read.data = wire_blob(&in, 0, ANSWER_DATA_MOST);
    item_wanted(&in, result_readable(&read));
    if (!wire_end(&in, err)) return false;
    *result = read;
    return true;
}

// ---- codes

enum { CODE_KIND = 1, CODE_AGREES, CODE_REQUEST_KEYS = CODE_AGREES };

Str code_request_encode(const CodeRequest *wish, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, CODE_REQUEST_KEYS);
    item_put_number(&out, CODE_KIND, wish->kind);
    item_put_number(&out, CODE_AGREES, wish->person_agrees);
    return wire_bytes(&out);
}

bool code_request_decode(Str text, CodeRequest *wish, Error *err)
{
    WireIn in = wire_in(text);
    CodeRequest read = {0};
    wire_whole_map(&in, CODE_REQUEST_KEYS);
    read.kind = (CodeRequestKind)item_take_number(&in, CODE_KIND, CODE_REQUEST_ASK, CODE_REQUEST_DOUBT);
    read.person_agrees = item_take_number(&in, CODE_AGREES, 0, 1);
    item_wanted(&in, !read.person_agrees || read.kind == CODE_REQUEST_ASK);
    if (!wire_end(&in, err)) return false;
    *wish = read;
    return true;
}

enum { CODE_ANSWER_ITEMS = 3 };

static bool acquisition_present(const AcquisitionNo *no)
{
    static const AcquisitionNo none;
    return !acquisition_same(no, &none);
}

Str code_answers_encode(const CodeAnswerRows *answers, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_array(&out, answers->count);
    VEC_EACH (const CodeAnswer, answer, *answers) {
        bool any = acquisition_present(&answer->acquisition);
        wire_put_array(&out, CODE_ANSWER_ITEMS);
        wire_put_number(&out, answer->no);
        wire_put_number(&out, answer->state);
        wire_put_blob(&out, (Bytes){answer->acquisition.at, any ? ACQUISITION_BYTES : 0});
    }
    return wire_bytes(&out);
}

static AcquisitionNo acquisition_take(WireIn *in)
{
    AcquisitionNo no = {{0}};
    Bytes blob = wire_blob(in, 0, ACQUISITION_BYTES);
    item_wanted(in, blob.len == 0 || blob.len == ACQUISITION_BYTES);
    if (!in->failed && blob.len) memcpy(no.at, blob.at, ACQUISITION_BYTES);
    item_wanted(in, blob.len == 0 || acquisition_present(&no));
    return no;
}

bool code_answers_decode(Str text, Arena *arena, CodeAnswerRows *answers, Error *err)
{
    WireIn in = wire_in(text);
    CodeAnswerRows read = {0};
    int count = wire_array(&in, RELAY_ROWS_MOST);
    for (int i = 0; i < count && !in.failed; i++) {
        item_wanted(&in, wire_array(&in, CODE_ANSWER_ITEMS) == CODE_ANSWER_ITEMS);
        CodeAnswer answer = {.no = (CodeNo)wire_number(&in, CODE_YES, CODE_NO_COUNT - 1)};
        answer.state = (CodeState)wire_number(&in, CODE_NONE, CODE_STATE_COUNT - 1);
        answer.acquisition = acquisition_take(&in);
        *code_answers_push(&read, arena) = answer;
    }
    if (!wire_end(&in, err)) return false;
    *answers = read;
    return true;
}

enum {
    STANDING_STATE = 1,
    STANDING_FAILURE,
    STANDING_DOUBTED,
    STANDING_KEYS = STANDING_DOUBTED
};

Str code_standing_encode(const CodeStanding *standing, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, STANDING_KEYS);
    item_put_number(&out, STANDING_STATE, standing->state);
    item_put_number(&out, STANDING_FAILURE, standing->failure);
    item_put_number(&out, STANDING_DOUBTED, standing->doubted);
    return wire_bytes(&out);
}

bool code_standing_decode(Str text, CodeStanding *standing, Error *err)
{
    WireIn in = wire_in(text);
    CodeStanding read = {0};
    wire_whole_map(&in, STANDING_KEYS);
    read.state = (CodeState)item_take_number(&in, STANDING_STATE, CODE_NONE, CODE_STATE_COUNT - 1);
    read.failure =
        (CodeFailure)item_take_number(&in, STANDING_FAILURE, CODE_E_NONE, CODE_E105_CLASH);
    read.doubted = item_take_number(&in, STANDING_DOUBTED, 0, 1);
    if (!wire_end(&in, err)) return false;
    *standing = read;
    return true;
}

// ---- protection

enum { SHIELD_PROTECTED = 1, SHIELD_WORD_KEYS = SHIELD_PROTECTED };

Str shield_word_encode(bool is_protected, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, SHIELD_WORD_KEYS);
    item_put_number(&out, SHIELD_PROTECTED, is_protected);
    return wire_bytes(&out);
}

bool shield_word_decode(Str text, bool *is_protected, Error *err)
{
    WireIn in = wire_in(text);
    wire_whole_map(&in, SHIELD_WORD_KEYS);
    bool read = item_take_number(&in, SHIELD_PROTECTED, 0, 1);
    if (!wire_end(&in, err)) return false;
    *is_protected = read;
    return true;
}
