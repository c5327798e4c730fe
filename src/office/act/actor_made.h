// What an Actor is made of. Only what proves a person or a program includes this, and tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "actor.h"

struct Actor {
    Str name;     // in whose name it is done
    Str person;   // who really acts: the name bound to the account; {0}: nobody of the office
    Str account;  // "uid:1000 staff:3", "role:ledger"
    int64_t staff_no;  // of that person, or 0
    int64_t login;     // the uid that was proven, or NO_ACCOUNT
    Str role;     // of a program
    bool program;
    Error unfit;  // the name that was claimed is none
};
