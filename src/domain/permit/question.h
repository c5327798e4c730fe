// What one organisation asks of another: everything that the allow-list decides about, and nothing of the person.
//
// Law     番号法 第19条第8号; 命令 (令和6年) 第2条: who may ask whom, for which procedure, about what (linkage.md 4).
// Codes   of the network's tables: JM (事務), JT (事務手続), TM (特定個人情報名), each a type of its own. Those that we
//         invented have a 9 behind the letters (linkage.md 1.7).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office_code.h"

enum { LINKAGE_CODE_LENGTH = 16, INQUIRY_NO_MOST = 20, LAW_ITEM_MOST = 999 };

typedef struct AffairCode {
    char at[LINKAGE_CODE_LENGTH + 1];
} AffairCode;
typedef struct ProcedureCode {
    char at[LINKAGE_CODE_LENGTH + 1];
} ProcedureCode;
typedef struct DatasetCode {
    char at[LINKAGE_CODE_LENGTH + 1];
} DatasetCode;

// Two letters of their table and 14 digits or capital letters. False for anything else.
bool affair_code_read(Str text, AffairCode *code);
bool procedure_code_read(Str text, ProcedureCode *code);
bool dataset_code_read(Str text, DatasetCode *code);

// 照会番号: 1 to 20 digits, given by whoever asks, never twice by the same organisation.
typedef struct InquiryNo {
    char digits[INQUIRY_NO_MOST + 1];
} InquiryNo;
bool inquiry_no_read(Str text, InquiryNo *no);

typedef struct Question {
    int item;  // 命令第2条の項: 1 to LAW_ITEM_MOST
    AffairCode affair;
    ProcedureCode procedure;
    DatasetCode dataset;
    int64_t items;  // one bit for each item of the data's layout that is asked for; at least one
    OrganisationCode inquirer, provider;
} Question;

bool inquiry_no_same(const InquiryNo *a, const InquiryNo *b);
bool organisation_same(const OrganisationCode *a, const OrganisationCode *b);
bool dataset_same(const DatasetCode *a, const DatasetCode *b);
bool question_same(const Question *a, const Question *b);
