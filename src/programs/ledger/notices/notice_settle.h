// What becomes of the files of a batch: those of a committed one get their names, those of any other go away.
//
// The batch itself ends so; and the next command that has the data alone does it for one that was killed
// (OfficeProgram.settled). Nothing waits: nothing is done. Before a letter gets its name, whoever it is for is
// looked at once more: was somebody touched since the batch was committed, all of it is taken back, and nobody
// counts as written to.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// One batch at a time: its lock, beside the program's own. A batch that has it is at work, and its drafts are its
// own business. E_BUSY names who has it.
MUST bool notices_lock_take(Act *act, int seconds, int *lock, Error *err);
void notices_lock_give(int lock);

// For the frame: nothing where a batch is at work. E_FILE_WRITE when a file that is there cannot be named or removed;
// what is lost, or whose folder is not there, is told to the operator.
MUST bool notices_settled(Act *act, Arena scratch, Error *err);
// For whoever has that lock. `*taken_back`: of a committed batch, may be NULL.
MUST bool notices_settled_here(Act *act, bool *taken_back, Error *err);
