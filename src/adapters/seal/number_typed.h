// An Individual Number that somebody types: one line of standard input, so that it stands in no command line and no history.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "individual_no.h"

// Blanks, hyphens and full-width digits are taken, and told on standard error. E_MISSING, E_LENGTH, E_CHECK_DIGIT; no error carries
// the number.
MUST bool individual_no_type(IndividualNo *number, Error *err);
