// What one row of a feed file comes to.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "feed_pass.h"

// Decides the row, plans it, counts it and tells what is wrong with it. `asked`: what was asked about it before.
MUST bool feed_row_decide(FeedPass *pass, const CsvRow *csv, const PersonAsked *asked, Error *err);
