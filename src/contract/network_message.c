// SPDX-License-Identifier: Apache-2.0
#include "network_message.h"

#include "linkage_wire.h"
#include "permit_message.h"
#include "person_state.h"

#include <string.h>

// Room for so many rows at once: nothing that was read lies in memory a second time.
#define ROWS(Rows, Row, arena, many) ((Rows){.at = NEW(arena, Row, many), .count = (many), .capacity = (many)})

// ---- what every cursor asks

enum { AFTER = 1, MOST, CURSOR_KEYS = MOST };

static Str cursor_encode(int64_t after, int most, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, CURSOR_KEYS);
    item_put_number(&out, AFTER, after);
    item_put_number(&out, MOST, most);
    return wire_bytes(&out);
}

static bool cursor_decode(Str message, int limit, int64_t *after, int *most, Error *err)
{
    WireIn in = wire_in(message);
    wire_whole_map(&in, CURSOR_KEYS);
    int64_t from = item_take_number(&in, AFTER, 0, INT64_MAX);
    int count = (int)item_take_number(&in, MOST, 1, limit);
    if (!wire_end(&in, err)) return false;
    *after = from;
    *most = count;
    return true;
}

static Str number_encode(int64_t number, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, 1);
    item_put_number(&out, 1, number);
    return wire_bytes(&out);
}

static bool number_decode(Str message, int64_t least, int64_t most, int64_t *number, Error *err)
{
    WireIn in = wire_in(message);
    wire_whole_map(&in, 1);
    int64_t read = item_take_number(&in, 1, least, most);
    if (!wire_end(&in, err)) return false;
    *number = read;
    return true;
}

static void follows(WireIn *in, int64_t *before, int64_t no)
{
    if (no <= *before) wire_refuse(in);
    *before = no;
}

// ---- the box

enum { LETTER_NO = 1, LETTER_KIND, LETTER_BODY, LETTER_KEYS = LETTER_BODY };
enum { ANSWER_ROWS = 1, ANSWER_MORE, ANSWER_KEYS = ANSWER_MORE };

Str mail_ask_encode(const MailAsk *ask, Arena *arena)
{
    return cursor_encode(ask->after, ask->most, arena);
}

bool mail_ask_decode(Str message, MailAsk *ask, Error *err)
{
    return cursor_decode(message, LETTERS_MOST, &ask->after, &ask->most, err);
}

Str mail_answer_encode(const MailAnswer *answer, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, ANSWER_KEYS);
    wire_put_number(&out, ANSWER_ROWS);
    wire_put_array(&out, answer->letters.count);
    VEC_EACH (Letter, letter, answer->letters) {
        wire_put_map(&out, LETTER_KEYS);
        item_put_number(&out, LETTER_NO, letter->no);
        item_put_number(&out, LETTER_KIND, letter->kind);
        item_put_blob(&out, LETTER_BODY, letter->body.at, letter->body.len);
    }
    item_put_number(&out, ANSWER_MORE, answer->more);
    return wire_bytes(&out);
}

static Letter letter_take(WireIn *in)
{
    Letter letter = {0};
    wire_whole_map(in, LETTER_KEYS);
    letter.no = item_take_number(in, LETTER_NO, 1, INT64_MAX);
    letter.kind =
        (LetterKind)item_take_number(in, LETTER_KIND, LETTER_CODE_ARRIVED, LETTER_SELF_ASK);
    wire_expect(in, LETTER_BODY);
    letter.body = wire_blob(in, 1, LETTER_MOST);
    return letter;
}

bool mail_answer_decode(Str message, Arena *arena, MailAnswer *answer, Error *err)
{
    WireIn in = wire_in(message);
    MailAnswer read = {0};
    int64_t before = 0;
    wire_whole_map(&in, ANSWER_KEYS);
    wire_expect(&in, ANSWER_ROWS);
    int count = wire_array(&in, LETTERS_MOST);
    read.letters = ROWS(LetterRows, Letter, arena, count);
    VEC_EACH (Letter, letter, read.letters) {
        *letter = letter_take(&in);
        follows(&in, &before, letter->no);
    }
    read.more = item_take_number(&in, ANSWER_MORE, 0, 1);
    item_wanted(&in, read.letters.count > 0 || !read.more);
    if (!wire_end(&in, err)) return false;
    *answer = read;
    return true;
}

enum { OF_ACQUISITION = 1, OF_CODE, OF_EPOCH, ARRIVED_KEYS = OF_EPOCH };
enum { OF_FAILURE = 2, DENIED_KEYS = OF_FAILURE };

Str code_arrived_encode(const CodeArrived *arrived, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, ARRIVED_KEYS);
    item_put_blob(&out, OF_ACQUISITION, arrived->acquisition.at, ACQUISITION_BYTES);
    item_put_blob(&out, OF_CODE, arrived->code.at, PAIRWISE_BYTES);
    item_put_number(&out, OF_EPOCH, arrived->epoch);
    return wire_bytes(&out);
}

bool code_arrived_decode(Str message, CodeArrived *arrived, Error *err)
{
    WireIn in = wire_in(message);
    CodeArrived read = {0};
    wire_whole_map(&in, ARRIVED_KEYS);
    item_take_blob(&in, OF_ACQUISITION, read.acquisition.at, ACQUISITION_BYTES);
    item_take_blob(&in, OF_CODE, read.code.at, PAIRWISE_BYTES);
    item_wanted(&in, pairwise_present(&read.code));
    read.epoch = (int)item_take_number(&in, OF_EPOCH, 1, PAIRWISE_EPOCH_LAST);
    if (!wire_end(&in, err)) return false;
    *arrived = read;
    return true;
}

Str code_denied_encode(const CodeDenied *denied, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, DENIED_KEYS);
    item_put_blob(&out, OF_ACQUISITION, denied->acquisition.at, ACQUISITION_BYTES);
    item_put_number(&out, OF_FAILURE, denied->failure);
    return wire_bytes(&out);
}

bool code_denied_decode(Str message, CodeDenied *denied, Error *err)
{
    WireIn in = wire_in(message);
    CodeDenied read = {0};
    wire_whole_map(&in, DENIED_KEYS);
    item_take_blob(&in, OF_ACQUISITION, read.acquisition.at, ACQUISITION_BYTES);
    read.failure =
        (CodeFailure)item_take_number(&in, OF_FAILURE, CODE_E102_NOBODY, CODE_E103_DELETED);
    if (!wire_end(&in, err)) return false;
    *denied = read;
    return true;
}

// ---- many messages at once

Str bundle_encode(const BundleRows *parts, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_array(&out, parts->count);
    VEC_EACH (Str, part, *parts)
        wire_put_blob(&out, (Bytes){(const unsigned char *)part->at, part->len});
    return wire_bytes(&out);
}

bool bundle_decode(Str message, Arena *arena, BundleRows *parts, Error *err)
{
    WireIn in = wire_in(message);
    int count = wire_array(&in, BUNDLE_MOST);
    BundleRows read = ROWS(BundleRows, Str, arena, count);
    VEC_EACH (Str, part, read) {
        Bytes bytes = wire_blob(&in, 0, NETWORK_QUESTION_MOST);
        *part = (Str){(const char *)bytes.at, bytes.len};
    }
    if (!wire_end(&in, err)) return false;
    *parts = read;
    return true;
}

enum { TAKEN = 1, UNREADABLE, TAKEN_KEYS = UNREADABLE };

Str bundle_taken_encode(const BundleTaken *taken, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, TAKEN_KEYS);
    item_put_number(&out, TAKEN, taken->taken);
    item_put_number(&out, UNREADABLE, taken->unreadable);
    return wire_bytes(&out);
}

bool bundle_taken_decode(Str message, BundleTaken *taken, Error *err)
{
    WireIn in = wire_in(message);
    BundleTaken read = {0};
    wire_whole_map(&in, TAKEN_KEYS);
    read.taken = (int)item_take_number(&in, TAKEN, 0, BUNDLE_MOST);
    read.unreadable = (int)item_take_number(&in, UNREADABLE, 0, BUNDLE_MOST);
    if (!wire_end(&in, err)) return false;
    *taken = read;
    return true;
}

// ---- acquisition numbers

Str acquisitions_ask_encode(int count, Arena *arena)
{
    return number_encode(count, arena);
}

bool acquisitions_ask_decode(Str message, int *count, Error *err)
{
    int64_t read;
    if (!number_decode(message, 1, ACQUISITIONS_MOST, &read, err)) return false;
    *count = (int)read;
    return true;
}

Str acquisitions_encode(const AcquisitionRows *numbers, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_array(&out, numbers->count);
    VEC_EACH (AcquisitionNo, number, *numbers)
        wire_put_blob(&out, (Bytes){number->at, ACQUISITION_BYTES});
    return wire_bytes(&out);
}

bool acquisitions_decode(Str message, Arena *arena, AcquisitionRows *numbers, Error *err)
{
    WireIn in = wire_in(message);
    int count = wire_array(&in, ACQUISITIONS_MOST);
    AcquisitionRows read = ROWS(AcquisitionRows, AcquisitionNo, arena, count);
    VEC_EACH (AcquisitionNo, number, read) wire_blob_into(&in, number->at, ACQUISITION_BYTES);
    if (!wire_end(&in, err)) return false;
    *numbers = read;
    return true;
}

// ---- the list

Str list_ask_encode(int64_t have, Arena *arena)
{
    return number_encode(have, arena);
}

bool list_ask_decode(Str message, int64_t *have, Error *err)
{
    return number_decode(message, 0, INT64_MAX, have, err);
}

// ---- codes by way of J-LIS

enum {
    WISH_ACQUISITION = 1,
    WISH_NUMBER,
    WISH_KANA,
    WISH_BIRTH,
    WISH_SEX,
    WISH_ADDRESS,
    WISH_KEYS = WISH_ADDRESS
};

Str code_wishes_encode(const CodeWishRows *wishes, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_array(&out, wishes->count);
    VEC_EACH (CodeWish, wish, *wishes) {
        wire_put_map(&out, WISH_KEYS);
        item_put_blob(&out, WISH_ACQUISITION, wish->acquisition.at, ACQUISITION_BYTES);
        item_put_text(&out, WISH_NUMBER, str_of(wish->number.digits));
        item_put_text(&out, WISH_KANA, wish->kana);
        wire_put_number(&out, WISH_BIRTH);
        wire_put_partial(&out, wish->birth);
        item_put_number(&out, WISH_SEX, wish->sex);
        item_put_text(&out, WISH_ADDRESS, wish->address);
    }
    return wire_bytes(&out);
}

// Twelve ASCII digits: nothing is folded on a wire.
static void number_take(WireIn *in, IndividualNo *number)
{
    Error ignored = {0};
    int64_t wide = 0;
    Str text = item_take_text(in, WISH_NUMBER, sizeof number->digits - 1);
    item_wanted(in, !in->failed && individual_no_parse(text, number, &wide, &ignored) && !wide);
}

static void wish_take(WireIn *in, CodeWish *wish)
{
    wire_whole_map(in, WISH_KEYS);
    item_take_blob(in, WISH_ACQUISITION, wish->acquisition.at, ACQUISITION_BYTES);
    number_take(in, &wish->number);
    wish->kana = item_take_text(in, WISH_KANA, WISH_KANA_MOST);
    wire_expect(in, WISH_BIRTH);
    wish->birth = wire_partial(in);
    wish->sex = (int)item_take_number(in, WISH_SEX, 0, SEX_UNKNOWN);
    wish->address = item_take_text(in, WISH_ADDRESS, WISH_ADDRESS_MOST);
}

bool code_wishes_decode(Str message, Arena *arena, CodeWishRows *wishes, Error *err)
{
    WireIn in = wire_in(message);
    int count = wire_array(&in, CODE_WISHES_MOST);
    CodeWishRows read = ROWS(CodeWishRows, CodeWish, arena, count);
    VEC_EACH (CodeWish, wish, read) wish_take(&in, wish);
    if (!wire_end(&in, err)) {
        code_wishes_wipe(&read);
        return false;
    }
    *wishes = read;
    return true;
}

void code_wishes_wipe(CodeWishRows *wishes)
{
    VEC_EACH (CodeWish, wish, *wishes) individual_no_wipe(&wish->number);
}

Str code_outcomes_encode(const CodeOutcomeRows *outcomes, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_array(&out, outcomes->count);
    VEC_EACH (CodeOutcome, outcome, *outcomes) wire_put_number(&out, *outcome);
    return wire_bytes(&out);
}

bool code_outcomes_decode(Str message, Arena *arena, CodeOutcomeRows *outcomes, Error *err)
{
    WireIn in = wire_in(message);
    int count = wire_array(&in, CODE_WISHES_MOST);
    CodeOutcomeRows read = ROWS(CodeOutcomeRows, CodeOutcome, arena, count);
    VEC_EACH (CodeOutcome, outcome, read)
        *outcome = (CodeOutcome)wire_number(&in, CODE_WISH_ACCEPTED, CODE_OUTCOME_COUNT - 1);
    if (!wire_end(&in, err)) return false;
    *outcomes = read;
    return true;
}

// ---- records

enum { RECORD_NO = 1, RECORD_PERMIT, RECORD_ASKED, RECORD_PROVIDED, RECORD_RESULT };
enum { ASKED_INQUIRY = 1, ASKED_QUESTION, ASKED_KEY, ASKED_UNDISCLOSED, ASKED_KEYS = ASKED_UNDISCLOSED };
enum { RECORD_ITEMS = 4 };  // the permit, or what was asked for where none was issued

// What was asked for: a permit without id, list and moments.
static void asked_put(WireOut *out, const Permit *asked)
{
    wire_put_map(out, ASKED_KEYS);
    item_put_text(out, ASKED_INQUIRY, str_of(asked->inquiry.digits));
    wire_put_number(out, ASKED_QUESTION);
    question_put(out, &asked->question);
    item_put_blob(out, ASKED_KEY, asked->key.at, PERMIT_HASH_BYTES);
    item_put_number(out, ASKED_UNDISCLOSED, asked->undisclosed);
}

static Permit asked_take(WireIn *in)
{
    Permit asked = {0};
    wire_whole_map(in, ASKED_KEYS);
    item_wanted(in, inquiry_no_read(item_take_text(in, ASKED_INQUIRY, INQUIRY_NO_MOST), &asked.inquiry));
    wire_expect(in, ASKED_QUESTION);
    asked.question = question_take(in);
    item_take_blob(in, ASKED_KEY, asked.key.at, PERMIT_HASH_BYTES);
    asked.undisclosed = item_take_number(in, ASKED_UNDISCLOSED, 0, 1);
    return asked;
}

static void record_put(WireOut *out, const CoreRecord *row)
{
    const ProvisionRecord *record = &row->record;
    bool issued = record->permit.list_version > 0;
    wire_put_map(out, RECORD_ITEMS);
    item_put_number(out, RECORD_NO, row->no);
    wire_put_number(out, issued ? RECORD_PERMIT : RECORD_ASKED);
    if (issued)
        permit_put(out, &record->permit);
    else
        asked_put(out, &record->permit);
    item_put_number(out, RECORD_PROVIDED, record->provided_at);
    item_put_number(out, RECORD_RESULT, record->result);
}

// The core knows of a refusal, of an answer and when it was, and not what was in it.
static bool record_readable(const ProvisionRecord *record, bool issued)
{
    bool given = record->result == RESULT_GIVEN;
    if (!issued) return record->result == RESULT_NOT_ALLOWED && record->provided_at == 0;
    return given == (record->provided_at > 0) &&
           (given || record->result == RESULT_NONE || result_refused(record->result));
}

static CoreRecord record_take(WireIn *in)
{
    CoreRecord row = {.record.role = RECORD_CORE};
    if (wire_map(in, RECORD_ITEMS) != RECORD_ITEMS) wire_refuse(in);
    row.no = item_take_number(in, RECORD_NO, 1, INT64_MAX);
    bool issued = wire_number(in, RECORD_PERMIT, RECORD_ASKED) == RECORD_PERMIT;
    row.record.permit = issued ? permit_take(in) : asked_take(in);
    row.record.provided_at = item_take_number(in, RECORD_PROVIDED, 0, INSTANT_MAX);
    row.record.result =
        (LinkageResult)item_take_number(in, RECORD_RESULT, RESULT_NONE, RESULT_COUNT - 1);
    item_wanted(in, record_readable(&row.record, issued));
    return row;
}

Str records_ask_encode(const RecordsAsk *ask, Arena *arena)
{
    return cursor_encode(ask->after, ask->most, arena);
}

bool records_ask_decode(Str message, RecordsAsk *ask, Error *err)
{
    return cursor_decode(message, RECORDS_MOST, &ask->after, &ask->most, err);
}

Str records_answer_encode(const RecordsAnswer *answer, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, ANSWER_KEYS);
    wire_put_number(&out, ANSWER_ROWS);
    wire_put_array(&out, answer->records.count);
    VEC_EACH (CoreRecord, row, answer->records) record_put(&out, row);
    item_put_number(&out, ANSWER_MORE, answer->more);
    return wire_bytes(&out);
}

bool records_answer_decode(Str message, Arena *arena, RecordsAnswer *answer, Error *err)
{
    WireIn in = wire_in(message);
    RecordsAnswer read = {0};
    int64_t before = 0;
    wire_whole_map(&in, ANSWER_KEYS);
    wire_expect(&in, ANSWER_ROWS);
    int count = wire_array(&in, RECORDS_MOST);
    read.records = ROWS(CoreRecordRows, CoreRecord, arena, count);
    VEC_EACH (CoreRecord, row, read.records) {
        *row = record_take(&in);
        follows(&in, &before, row->no);
    }
    read.more = item_take_number(&in, ANSWER_MORE, 0, 1);
    item_wanted(&in, read.records.count > 0 || !read.more);
    if (!wire_end(&in, err)) return false;
    *answer = read;
    return true;
}

// ---- an organisation's own record

enum { TOLD_ROLE = 1, TOLD_PERMIT, TOLD_ASKED, TOLD_PROVIDED, TOLD_RESULT, TOLD_CODE };
enum { TOLD_ITEMS = 5 };  // the permit, or what was asked for where none was issued

Str record_told_encode(const RecordTold *told, Arena *arena)
{
    WireOut out = {.arena = arena};
    const ProvisionRecord *record = &told->record;
    bool issued = record->permit.list_version > 0;
    wire_put_map(&out, TOLD_ITEMS);
    item_put_number(&out, TOLD_ROLE, record->role);
    wire_put_number(&out, issued ? TOLD_PERMIT : TOLD_ASKED);
    if (issued)
        permit_put(&out, &record->permit);
    else
        asked_put(&out, &record->permit);
    item_put_number(&out, TOLD_PROVIDED, record->provided_at);
    item_put_number(&out, TOLD_RESULT, record->result);
    item_put_blob(&out, TOLD_CODE, told->code.at, sizeof told->code.at);
    return wire_bytes(&out);
}

// Which answer it was is not told; without a permit nothing was provided, and nobody was asked.
static bool told_readable(const ProvisionRecord *record, bool issued)
{
    if (result_answered(record->result) && record->result != RESULT_GIVEN) return false;
    return issued || (record->role == RECORD_INQUIRER && record->provided_at == 0 && !result_answered(record->result));
}

bool record_told_decode(Str message, RecordTold *told, Error *err)
{
    WireIn in = wire_in(message);
    RecordTold read = {0};
    ProvisionRecord *record = &read.record;
    if (wire_map(&in, TOLD_ITEMS) != TOLD_ITEMS) wire_refuse(&in);
    record->role = (RecordRole)item_take_number(&in, TOLD_ROLE, RECORD_INQUIRER, RECORD_PROVIDER);
    bool issued = wire_number(&in, TOLD_PERMIT, TOLD_ASKED) == TOLD_PERMIT;
    record->permit = issued ? permit_take(&in) : asked_take(&in);
    record->provided_at = item_take_number(&in, TOLD_PROVIDED, 0, INSTANT_MAX);
    record->result = (LinkageResult)item_take_number(&in, TOLD_RESULT, RESULT_NONE, RESULT_COUNT - 1);
    item_take_blob(&in, TOLD_CODE, read.code.at, sizeof read.code.at);
    item_wanted(&in, told_readable(record, issued));
    if (!wire_end(&in, err)) return false;
    *told = read;
    return true;
}

// ---- shields

enum { SHIELD_CODE = 1, SHIELD_PROCEDURE, SHIELD_HIDES, SHIELD_KEYS = SHIELD_HIDES };

Str shield_told_encode(const ShieldTold *told, Arena *arena)
{
    WireOut out = {.arena = arena};
    wire_put_map(&out, SHIELD_KEYS);
    item_put_blob(&out, SHIELD_CODE, told->code.at, sizeof told->code.at);
    item_put_text(&out, SHIELD_PROCEDURE, str_of(told->procedure.at));
    item_put_number(&out, SHIELD_HIDES, told->hides);
    return wire_bytes(&out);
}

bool shield_told_decode(Str message, ShieldTold *told, Error *err)
{
    WireIn in = wire_in(message);
    ShieldTold read = {0};
    wire_whole_map(&in, SHIELD_KEYS);
    item_take_blob(&in, SHIELD_CODE, read.code.at, sizeof read.code.at);
    Str procedure = item_take_text(&in, SHIELD_PROCEDURE, LINKAGE_CODE_LENGTH);
    item_wanted(&in, !procedure.len || procedure_code_read(procedure, &read.procedure));
    read.hides = (int)item_take_number(&in, SHIELD_HIDES, 0, SHIELD_CORES);
    item_wanted(&in, pairwise_present(&read.code));
    if (!wire_end(&in, err)) return false;
    *told = read;
    return true;
}
