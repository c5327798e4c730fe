// What protection leaves of earlier versions: nothing that says where somebody is, but keys.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "resident_plan.h"

// In the order of `forgets`: every version of the person before `before_version` forgets its place and takes the
// protection on, and so do rows of clinics that wait. What matching needs of a place stays as keys.
MUST bool resident_places_forget(Store *store, const Keys *keys, const PlannedForgets *forgets, Arena scratch,
                                 Error *err);
