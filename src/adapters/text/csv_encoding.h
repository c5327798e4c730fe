// Which code a file is written in. Private to csv.c.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cp932.h"
#include "csv_scan.h"

// `scan` has just cut the header. Its bytes are read both ways, and the code in which the layout knows
// more names is the file's. Where that does not decide (names in ASCII), the whole file does: text in
// the wrong code is full of bytes that cannot be.
MUST bool csv_encoding_guess(const CsvScan *scan, const CsvLayout *layout, const Cp932 *cp932,
                             Arena scratch, CsvEncoding *encoding, Error *err);
