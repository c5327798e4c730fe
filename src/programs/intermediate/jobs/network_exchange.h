// The exchange with the network: what came to our box is taken, whose time has come is woken, what is owed is sent.
//
// Order    letters are taken a page at a time, each page one transaction with the place in the box; what is owed is sent
//          behind the commit and may be sent twice. A letter that nobody can read is passed by and holds up none.
// Alone    one exchange at a time: the caller's act has the program's turn.
// Errors   of the network: E_HTTP, E_TLS. What is committed stays, and the next exchange goes on there.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http_client.h"
#include "linkage_home.h"

typedef struct ExchangeReport {
    int64_t letters, sent, woken, acquisitions;
    bool list_came;
} ExchangeReport;

// Where the network is: "127.0.0.1:8704".
Str exchange_address(void);  // SESSHU_NETWORK; {0}: nobody has said it
// A connection to it as this organisation's server; close it. E_NOT_FOUND: the network has not admitted us.
MUST bool exchange_client(Act *act, Str address, Arena *arena, HttpClient **client, Error *err);
// Until nothing is left; `report` adds up.
MUST bool exchange_all(Act *act, Str address, Arena *arena, ExchangeReport *report, Error *err);
