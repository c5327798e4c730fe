// Inquiries by file (一括照会): every row is checked against the ledger and becomes one inquiry, or is told with what to do.
//
// Once     a file is known by its bytes: the same one again changes nothing, wherever a process died before. All its inquiries are
//          written in one transaction, and leave like any others, by their own number (inquiring.h), with the mark that they
//          came by file, so that their permits live longer.
// Two      more than INQUIRIES_ALONE of them leave only when another officer has granted it, seeing which cities are asked about
//          how many people.
// Refused  nobody known, another birth date, somebody protected (each of whom an officer confirms alone), nobody who could be
//          asked, or who is asked already: the other rows go on.
// Law      命令第2条 項25; linkage.md 3.2 (一括), controls F-4-02, C-3.2-12.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "file_told.h"
#include "inquiry_asking.h"
#include "inquiry_file_rows.h"

enum { INQUIRIES_ALONE = 20, INQUIRY_FILE_ROWS_MOST = 10000 };

typedef struct InquiryFileReport {
    InquiryFile file;
    bool known;           // it was taken before: nothing has changed but for the request
    int64_t approval_no;  // waits for a second person; 0: nobody needs to
    FileTold told;
} InquiryFileReport;

// Errors of the file as a whole: nothing of it is kept.
MUST bool inquiry_file_take(const Ledger *ledger, Str path, CsvEncoding encoding, Str reason, Arena *arena,
                            InquiryFileReport *report, Error *err);
// What has not left stays. E_NOT_FOUND: there is no such file; E_CONFLICT: everything has left.
MUST bool inquiry_file_take_back(Act *act, int64_t file_no, Str reason, int64_t *count, Error *err);

extern const ApprovalKind inquiry_file_kind;
