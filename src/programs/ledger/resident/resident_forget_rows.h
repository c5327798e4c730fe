// What protection leaves of earlier versions: nothing that says where somebody is, but keys.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "resident_plan.h"

// Every version of the person before `forget->before_version` forgets its place and takes the protection on, and so do
// rows of clinics that wait. What matching needs of a place stays as keys.
MUST bool resident_place_forget(Store *store, const Keys *keys, const PlannedForget *forget, Arena scratch, Error *err);
