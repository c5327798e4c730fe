// A difference that is kept: judged once, at night or because somebody asked for it, and read by every page of it.
//
// What it says is what changes_list said when it was made, of the ledger up to one act and by one version of the rules; a list
// of other rules or of another engine is not found. What was written since is counted, so that whoever shows it can
// say so. Name, birth date, protection and what holds a letter are those of now.
// Made    in short transactions; nobody sees it before its last line is there.
// Goes    with the nightly erasing, CHANGES_KEPT_DAYS after it was made, or when a newer one of the same days is there.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "change_list_rows.h"
#include "erasure.h"

enum { CHANGES_KEPT_DAYS = 14 };

typedef struct ChangesKept {
    int32_t list_no;  // 0: none is kept
    Instant made_at;
    int64_t written;            // people who were written about since
    const Schedule *schedule;  // the rules of the second day, whose series the rows name
} ChangesKept;

// Where the difference begins that every night keeps: a month before its second day.
Day changes_usual_from(Day to);

// Judges, keeps, and records that it did. Needs from < to. No transaction may be open on the act's store. `lines`: of the
// list.
MUST bool changes_keep(const Ledger *ledger, Day from, Day to, int64_t *lines, Error *err);

MUST bool changes_kept_find(const Ledger *ledger, Day from, Day to, ChangesKept *kept, Error *err);
// Lines of one way, or of all (CHANGE_WAYS); in the arena of the act.
MUST bool changes_kept_read(const Ledger *ledger, const ChangesKept *kept, ChangeWay way, int64_t behind, int64_t most,
                            ChangeRows *rows, Error *err);

// For the table of what is erased.
MUST bool changes_kept_erase(Act *act, const OfficeNumbers *numbers, Erased *erased, Error *err);
