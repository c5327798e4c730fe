// What becomes of the files of a batch: those of a committed one get their names, those of any other go away.
//
// The batch itself ends so; and the next command that has the data alone does it for one that was killed
// (OfficeProgram.settled). Nothing waits: nothing is done.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// E_FILE_WRITE when a file that is there cannot be named or removed; what is lost, or whose folder is not
// there, is told to the operator.
MUST bool notices_settled(Act *act, Arena scratch, Error *err);
