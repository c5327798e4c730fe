// Long work that somebody asks for at a screen, and a process of its own carries out in that person's name.
//
// Asking   a row, with the record of who asked, in a transaction of its own; what exactly is asked for stands in a ticket that
//          the office's keys seal: nobody reads in it, and a row that somebody wrote by SQL is carried out for nobody.
// Doing    `sesshu ledger order N`, started by the screens beside themselves, takes the row, so that it is done once, and
//          goes through the door of the work (a command's) as the person who asked: whoever has lost the right by then is
//          refused there. It tells how far it is in one note (job_note.h); a process that dies leaves a note that nobody locks.
// Ends     a row is kept ORDER_DAYS; what it made for the screens alone goes with it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "act.h"
#include "job_note.h"
#include "order_rows.h"

enum { ORDER_DAYS = 14, ORDER_START_SECONDS = 30 };

// What came out.
typedef struct OrderDone {
    Str said;  // in words
    Str made;  // a batch, or a file, a line
} OrderDone;

typedef struct OrderKind {
    const char *name;
    const Door *door;  // of the command that does the same
    bool (*run)(Act *act, Str payload, Arena *arena, OrderDone *done, Error *err);
} OrderKind;

extern const OrderKind order_notices, order_inquiries, order_changes, order_rehearsal;

typedef struct OrderAsked {
    const OrderKind *kind;
    Str words;    // nobody is named
    Str payload;  // what exactly, in the form of the kind
    Str purpose;  // what the work is for
    int64_t staff_no;
} OrderAsked;

MUST bool order_ask(Act *act, const OrderAsked *asked, int32_t *order_no, Error *err);
// Starts the process that does it. Comes back at once.
MUST bool order_start(const Act *act, int32_t order_no, Error *err);
// Is somebody at it? `way.since` 0: no. One that died: `way.died`.
MUST bool order_way(const Act *act, int32_t order_no, JobWay *way, Error *err);

// For the command that carries it out: who asked, and what for.
typedef struct OrderTicket {
    int64_t staff_no;
    Day day;
    Str name, purpose, terminal, payload;
} OrderTicket;
MUST bool order_ticket_open(const Act *act, const OrderRow *row, OrderTicket *ticket, Error *err);
Str order_command(const OrderRow *row, Arena *arena);  // as records and notes call it: "notices --order 12"
