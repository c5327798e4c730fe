// What the intermediate program tells the office about itself.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office.h"

extern const OfficeProgram intermediate_office;  // doors.c
