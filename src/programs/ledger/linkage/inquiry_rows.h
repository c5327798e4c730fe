// 情報照会: what another city was asked about a person and what it said, by 照会番号.
//
// Absence  "no data" (RESULT_NO_DATA) is kept with the city and the day of its copies: evidence that nothing stood there
//          then, and neither a dose nor the lack of one.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "identity.h"
#include "inquiry.h"
#include "office_code.h"
#include "store.h"
#include "vec.h"

typedef struct InquiryRow {
    int64_t inquiry_id;
    int32_t person_id;
    AddresseeNo who;  // the person's
    Str name;
    bool is_protected;
    MunicipalityCode municipality;
    int64_t file_no;  // that asked for it (inquiry_file.h); 0: it was asked for alone
    int64_t items;    // bits of what is asked for
    Day moved_on;  // DAY_NONE: asked for another reason
    bool undisclosed;
    Str reason, asked_by;
    Instant asked_at, sent_at;  // sent_at 0: not yet
    Str refusal;                // {0}: none
    InquiryState state;
    LinkageResult result;
    Day as_of;
    Bytes answer;
    Instant settled_at;  // 0: nobody has looked through what came
    int64_t astray_no;   // where in the feed of results news stand that name another person; 0: none do
    Str settled_how;
} InquiryRow;
VEC(InquiryRows, InquiryRow, inquiry_rows);

// Gives the number; inside the writing transaction.
MUST bool inquiry_row_add(Store *store, InquiryRow *row, Error *err);
// Of a file only what was granted.
MUST bool inquiries_unsent(Store *store, int most, Arena *arena, InquiryRows *rows, Error *err);
MUST bool inquiry_sent(Store *store, int64_t inquiry_id, Instant at, Str refusal, Error *err);  // refusal {0}: taken
// inquiry_id 0: there is none.
MUST bool inquiry_row_find(Store *store, int64_t inquiry_id, Arena *arena, InquiryRow *row, Error *err);
// The newest first, without answers. `open`: those alone that nobody has settled; `file_no` 0: of every file and of none.
MUST bool inquiries_list(Store *store, bool open, int64_t file_no, Arena *arena, InquiryRows *rows, Error *err);
enum { INQUIRY_LATE_DAYS = 7 };
// What was asked before it, and is still under way, a person should look at.
Instant inquiry_late(Day as_of);
// Those that wait for a person, the oldest first: over and not settled, or asked before `late` and still under way.
MUST bool inquiries_waiting(Store *store, Instant late, Arena *arena, InquiryRows *rows, Error *err);
MUST bool inquiries_of_person(Store *store, int32_t person_id, Arena *arena, InquiryRows *rows, Error *err);

typedef struct InquiryNews {
    InquiryState state;
    LinkageResult result;
    Day as_of;
    Bytes answer;  // {0}: nothing came with it
    Instant at;
} InquiryNews;
// An answer that is here stays, also when the intermediate server has erased it since. Nothing is astray any more.
MUST bool inquiry_stands(Store *store, int64_t inquiry_id, const InquiryNews *news, Error *err);
// News that name another person came, and wait in the feed of results.
MUST bool inquiry_goes_astray(Store *store, int64_t inquiry_id, int64_t astray_no, Error *err);
// The open inquiries whose news wait so, in the order of the feed.
MUST bool inquiries_astray(Store *store, Arena *arena, InquiryRows *rows, Error *err);
// News that cannot be read hold up no other: they wait by their place, with item and value of what could not be read, until they
// can be, or others of the inquiry have taken it.
typedef struct InquiryNewsUnread {
    int64_t feed_no;
    Str about;
    Instant since;
} InquiryNewsUnread;
VEC(InquiryNewsUnreads, InquiryNewsUnread, inquiry_news_unreads);
// `added`: it waited not yet.
MUST bool inquiry_news_waits(Store *store, const InquiryNewsUnread *news, bool *added, Error *err);
MUST bool inquiry_news_over(Store *store, int64_t feed_no, Error *err);
MUST bool inquiry_news_unread(Store *store, Arena *arena, InquiryNewsUnreads *rows, Error *err);  // the oldest place first

MUST bool inquiry_settle(Store *store, int64_t inquiry_id, Str by, Str how, Instant at, Error *err);
// Of inquiries that were settled before that moment what came goes; that it did stays. `gone`: how many.
MUST bool inquiry_answers_forget(Store *store, Instant settled_before, int64_t *gone, Error *err);

MUST bool inquiry_cursor_read(Store *store, int64_t *next_no, Error *err);  // 0: never asked
MUST bool inquiry_cursor_keep(Store *store, int64_t next_no, Error *err);
