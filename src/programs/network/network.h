// What the network program tells the office about itself.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "office.h"

extern const OfficeProgram network_office;  // doors.c
