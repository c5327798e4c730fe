// What must be true of a made-up country, whatever happens in it; looked at from outside.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "faults.h"
#include "world.h"

enum { TOLD_MOST = ORGANISATIONS * INQUIRIES };

// What one ledger was told of its inquiry, however often.
typedef struct Told {
    int node, row;
    LinkageResult result;
} Told;

typedef struct WorldReport {
    const char *wrong;           // the first thing that was not true; NULL: all was
    PermitId issued[INQUIRIES];  // by the core
    int permits;
    PermitId answered[INQUIRIES];  // by whoever was asked
    int answers;
    Told told[TOLD_MOST];
    int tolds, alarms;
    int results[RESULT_COUNT], faults[FAULT_COUNT];  // what the world had to bear
    int happened;
} WorldReport;

void check(World *w, bool holds, const char *words);

void check_message(World *w, int to, Str text);  // before it is delivered
void check_issued(World *w, const Permit *permit);
void check_answered(World *w, int provider, const AnsweringRow *row, const ProvisionFacts *facts);
void check_kept(World *w, int inquirer, const AskingRow *row);
void check_recovered(World *w, const Journal *journal);  // behind a crash
void check_list(World *w, int node);                     // that it goes by
void check_mended(World *w, int node);                   // half an hour behind the last fault
void check_told(World *w, int node, int row, LinkageResult result);
void check_end(World *w);  // nothing lies ahead any more
