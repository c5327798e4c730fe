// Around a batch of letters, whoever asks for it: its lock, what a killed one left, the copy of the residents made new, a folder.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "notice_batch.h"

typedef struct NoticesWork {
    int lock;     // -1: not had
    bool asks;    // the copy is behind and the addressee program is not there; whoever started us knows how to start it
    Ledger ledger;  // where nothing is asked
} NoticesWork;

// Waits for another batch, then has the data alone for a moment. E_BUSY: somebody is at work with it.
MUST bool notices_work_begin(Act *act, Arena *arena, NoticesWork *work, Error *err);
void notices_work_end(NoticesWork *work);

// The place of the papers, made where it is missing, as it is called from anywhere: what is written there may have to be
// found by a later start. E_CONFLICT: only the office's own files lie there.
MUST bool notices_folder(const Act *act, Str folder, Arena *arena, Str *whole, Error *err);

// What a reprint is of: a batch, or what it sent to one person (NULL: all). Its series are those of what was sent.
MUST bool notices_reprint(Ledger *ledger, Str batch, const AddresseeNo *who, Arena *arena, NoticesAsked *asked,
                          Error *err);
