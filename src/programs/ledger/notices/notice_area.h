// The part of an address that its postal code stands for, proved by the postal master.
//
// A customer barcode says where a letter goes, so a wrong one sends a child's letter elsewhere: where code and
// town disagree in the master, or the master does not know the code, there is none (forms.md 4.3).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "postal.h"

// The start of `address` up to and including the town of `postal_code`; points into `address`. {0}: no code, a
// code that the master does not know, another town. 丁目 stays behind it: no code of the city tells them apart.
Str notice_area(PostalTowns all, Str postal_code, Str address);
