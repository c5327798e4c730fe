// What was mailed to whom, and where a letter to a resident may go.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "ledger_act_rows.h"
#include "papers.h"
#include "sha256.h"
#include "vec.h"

// The newest version of a resident, as papers need it. Of protected people every place is empty.
typedef struct NoticeAddress {
    Str household_no, name, name_kana, name_roman, alias, alias_kana;
    int32_t printed_name, sex;
    Str postal_code, address, building;
    Str mail_postal_code, mail_address, mail_building;  // 送付先, where one is set
} NoticeAddress;

MUST bool notice_address(Store *store, int32_t person_id, Arena *arena, NoticeAddress *address,
                         Error *err);

typedef struct NoticeRow {
    int32_t person_id;
    Str series, position, kind;  // kind: invitation, reminder
    Day mailed_on;
} NoticeRow;
VEC(NoticeRows, NoticeRow, notices);

// Everything mailed to this person, oldest first.
MUST bool notices_of_person(Store *store, int32_t person_id, Arena *arena, NoticeRows *rows,
                            Error *err);

typedef struct NoticeRun {
    int32_t run_no;
    Day as_of;
    Sha256 list;
    int32_t sent, held;
} NoticeRun;

MUST bool notice_run_insert(Store *store, const LedgerAct *act, const NoticeRun *run, Error *err);
MUST bool notice_insert(Store *store, int32_t notice_id, int32_t run_no, const NoticeRow *row,
                        Error *err);

// What the tag of a printed page means.
MUST bool print_page_insert(Store *store, int32_t run_no, int32_t person_id, const PaperPage *page,
                            Error *err);
