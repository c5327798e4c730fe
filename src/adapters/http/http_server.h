// The door of a program: HTTPS with certificates on both sides, on the loopback unless told otherwise.
//
// Who has no certificate of our authority does not get through the handshake. Every request that does
// reaches the one handler, with the role that is proven (peer.h); who may ask what is the handler's to
// decide, and what it refuses is its to record.
//
// Workers Far fewer than connections: a worker is taken for a request that is whole, or can be refused
//         before it is, and has its own arena (empty at each request) and its own context, usually a Store
//         of its own. Where all are at work a request waits HTTP_WORKER_SECONDS, then is told so (503).
// Limits  HTTP_CONNECTIONS_MOST at once, so many of one role and of those who are not proven yet as connections.h
//         says: who is silent makes way for who comes after him; HTTP_OPENING_SECONDS from the beginning of a connection to the
//         end of its first request's head, HTTP_BODY_SECONDS for a body: whoever is slower is hung up on,
//         however often he says a byte. The body's length; see HttpServerSetup.
// Memory  what was asked and answered is wiped once the answer has left.
// Log     handshakes that came to no end, and connections that brought no request, are counted in the log.
// Errors  E_TLS, E_HTTP with words for the operator. A handler's error is answered by its code alone
//         (E_RIGHT 403, E_NOT_FOUND 404, E_LIMIT 413, E_USAGE and E_MESSAGE 400, else 500); the words
//         stay here and the code goes to the log.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

#include <stdatomic.h>

enum {
    HTTP_WORKERS_MOST = 64,
    HTTP_CONNECTIONS_MOST = 256,
    HTTP_OPENING_SECONDS = 5,
    HTTP_BODY_SECONDS = 30,
    HTTP_WORKER_SECONDS = 10,
    HTTP_TAKING_SECONDS = 30,  // for an answer
    HTTP_SPARE = 32,           // connections that are kept free for whoever has few
};

typedef struct HttpRequest {
    Str path;
    Str body;
    Str role;       // of the caller, proven by its certificate; {0}: none is
    bool is_post;   // another method asks nothing
    bool too_long;  // longer than it may be: `body` is empty
} HttpRequest;

typedef bool (*HttpHandler)(void *context, const HttpRequest *request, Arena *arena, Str *answer,
                            Error *err);

typedef struct HttpServerSetup {
    Str data_dir;  // where tls/ lies
    Str role;      // ours
    int socket;    // that listens (listening.h); the server closes it
    HttpHandler handle;
    void *const *contexts;  // one per worker
    int worker_count;
    ptrdiff_t worker_bytes;  // arena of one request
    ptrdiff_t body_most;
    atomic_llong *failed;  // counts handshakes that came to no end; NULL: nobody asks
} HttpServerSetup;

typedef struct HttpServer HttpServer;

MUST bool http_server_open(const HttpServerSetup *setup, Arena *arena, HttpServer **server,
                           Error *err);
int http_server_port(const HttpServer *server);
void http_server_close(HttpServer *server);  // waits for requests at work; NULL is fine
