// Days that may be written as a month: the expiry of a lot (有効期限) as boxes and clinics write it, where the
// month's last day is meant; first and last day of a contract.
//
// Read    what dates.h reads, and 2026-09, 2026/9, 2026年9月, 2026年9月末, 202609, 10/2026, R8.9, 令和8年9月, 26.9, 09/26,
//         26.9.30, 260930, 202609.0, Sep 2026, 30 SEP 2026; EXP or 使用期限 before it, まで behind it; in either width.
// Not     what may be two dates (11/12, 05/06/2026), a year alone in whatever spelling (2026-00-00, 2026年不詳), a bare number that may be a year.
// Memory  none. The month's day is 0: partial_date_span gives its first and its last day.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "dates.h"

// False, and `date` untouched, for what cannot be read for certain. `notes` may be NULL.
bool expiry_parse(Str text, PartialDate *date, DateNotes *notes);
