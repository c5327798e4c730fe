// Work that takes long and is there at once: decided from a reading picture while others go on writing, then
// published in one turn, whole or not at all.
//
// Turn    what others recorded since the picture is settled inside the turn. Where that is too much the work is staged
//         anew from a newer picture, the third time in the turn, so that it comes to an end.
// Errors  of the work; E_BUSY where somebody has the turn for minutes. Nothing stays open and nothing is written.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"

// What others recorded after this act is not in the picture.
typedef struct PictureTaken {
    int32_t act_no;
    bool in_turn;  // nobody else records anything before it is published
} PictureTaken;

typedef struct PictureWork {
    // Decides everything, each time from the beginning. Asks the store and writes nothing but, in the turn, what the
    // work cannot be staged without.
    bool (*stage)(void *work, const PictureTaken *picture, Error *err);
    // What needs neither picture nor turn, between the two; NULL: nothing.
    bool (*before_turn)(void *work, Error *err);
    // Inside the turn: decides again what hangs on what others recorded since. `*again`: too much, stage anew.
    bool (*settle)(void *work, const PictureTaken *picture, bool *again, Error *err);
    // Inside the turn: writes what was prepared.
    bool (*publish)(void *work, Error *err);
    void (*round_over)(void *work);  // closes what staging opened, also where it failed; NULL: nothing
} PictureWork;

// `in_turn`: staged in the turn at once. No transaction may be open (asserted).
MUST bool picture_publish(Act *act, const PictureWork *kind, void *work, bool in_turn, Error *err);
