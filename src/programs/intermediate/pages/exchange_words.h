// What the screens call states and ends of an exchange.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "inquiry.h"

Str inquiry_state_words(InquiryState state);
Str result_words(LinkageResult result);  // {0}: none yet
Str incident_words(Str kind);  // of incident_rows.h; a kind that has no words: itself
Str inquiry_next_words(const Inquiry *inquiry);  // what happens next, and who does it
