// The door of a program: HTTPS with certificates on both sides, on the loopback unless told otherwise.
//
// Who has no certificate of our authority does not get through the handshake. Every request that does
// reaches the one handler, with the role that the certificate names; who may ask what is the handler's
// to decide, and what it refuses is its to record.
//
// Workers As many as there may be connections at once. Each has its own arena (empty at each request)
//         and its own context, usually a Store of its own; one request has a worker to itself.
// Limits  the body of a request, the time of a connection without a word; see HttpServerSetup.
// Errors  E_TLS, E_HTTP with words for the operator. A handler's error is answered by its code alone
//         (E_RIGHT 403, E_NOT_FOUND 404, E_LIMIT 413, E_USAGE and E_MESSAGE 400, else 500); the words
//         stay here and the code goes to the log.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

enum { HTTP_WORKERS_MOST = 64 };

typedef struct HttpRequest {
    Str path;
    Str body;
    Str role;       // of the caller, proved by its certificate; {0}: it names none
    bool is_post;   // another method asks nothing
    bool too_long;  // `body` is cut
} HttpRequest;

typedef bool (*HttpHandler)(void *context, const HttpRequest *request, Arena *arena, Str *answer,
                            Error *err);

typedef struct HttpServerSetup {
    Str data_dir;  // where tls/ lies
    Str role;      // ours
    Str address;   // {0}: 127.0.0.1
    int port;      // 0: any free one
    HttpHandler handle;
    void *const *contexts;  // one per worker
    int worker_count;
    ptrdiff_t worker_bytes;  // arena of one request
    ptrdiff_t body_most;
} HttpServerSetup;

typedef struct HttpServer HttpServer;

MUST bool http_server_open(const HttpServerSetup *setup, Arena *arena, HttpServer **server,
                           Error *err);
int http_server_port(const HttpServer *server);
void http_server_close(HttpServer *server);  // waits for requests at work; NULL is fine
