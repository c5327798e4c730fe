// The batch of letters that a page is about, and where its parts lie.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "notice_batch_rows.h"
#include "visit_person.h"

// Of the first variable of the path. E_NOT_FOUND: there is no batch of this number.
MUST bool batch_of(const Visit *visit, BatchRow *row, Error *err);
// Page `nth` of its papers, from 1.
Path paper_path(const Visit *visit, Str number, int64_t nth);
// Where this person's letters of it are taken back, or drawn once more. The link names nobody.
MUST bool letter_path(const Visit *visit, const Route *route, Str number, const AddresseeNo *who, Path *path, Error *err);
