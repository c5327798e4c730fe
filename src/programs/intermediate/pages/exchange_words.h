// What screens and commands call states and ends of an exchange.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "canary_rows.h"
#include "inquiry.h"

Str inquiry_state_words(InquiryState state);
Str result_words(LinkageResult result);  // {0}: none yet
Str incident_words(Str kind);  // of incident_rows.h; a kind that has no words: itself
Str canary_words(const CanaryRow *row, Instant now, Arena *arena);  // how it stands, and what to do
bool inquiry_waits(const Inquiry *inquiry);  // for its result: one that is told may wait for a late answer, and for nothing else
Str inquiry_next_words(const Inquiry *inquiry);  // what happens next, and who does it
