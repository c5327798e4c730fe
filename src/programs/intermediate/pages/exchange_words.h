// What the screens call states and ends of an exchange.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "inquiry.h"

Str inquiry_state_words(InquiryState state);
Str result_words(LinkageResult result);  // {0}: none yet
