// A command that goes on serving, by processes that somebody looks after.
//
// The process that was called opens the listening sockets and nothing else: no data, no keys. Each worker is a child of
// it that opens the office, asks for the right and serves. One that dies takes with it what it was answering; it is
// started anew, at once where it had lived for a while, else after a pause that doubles. The first one begins alone:
// what is refused is told once. SIGINT and SIGTERM end all, each when its requests are answered.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "door.h"

typedef struct Worker {
    int sockets[SERVING_PORTS_MOST];  // that it serves, in the order of the place's ports
    int ready;    // a pipe: a byte says that it serves; a worker that ends before ends the service with its status
    bool speaks;  // to standard output, for whoever waits for the service
} Worker;

// Comes back in every worker. The process that was called does not: it ends when the service does.
MUST bool workers_begin(const Service *service, const CommandLine *line, Arena *arena, Worker *worker,
                        Error *err);
// It serves from now on.
void worker_serves(const Worker *worker);
