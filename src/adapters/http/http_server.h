// The door of a program: HTTPS with certificates on both sides, on the loopback unless told otherwise.
//
// Every route names the role that may call it. Who has no certificate of our authority does not get
// through the handshake; who has another role is refused (403) before the handler runs.
//
// Workers As many as there may be connections at once. Each has its own arena (empty at each request)
//         and its own context, usually a Store of its own; one request has a worker to itself.
// Limits  the body of a request, the time of a connection without a word; see HttpServerSetup.
// Errors  E_TLS, E_HTTP with words for the operator. A handler's error is answered as 400 (its fault)
//         or 500 (ours) with its code alone; the words stay here and the code goes to the log.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

enum { HTTP_WORKERS_MOST = 64 };

typedef struct HttpRequest {
    Str path;
    Str body;
    Str role;  // of the caller, proved by its certificate
} HttpRequest;

typedef bool (*HttpHandler)(void *context, const HttpRequest *request, Arena *arena, Str *answer,
                            Error *err);

// A caller of another role was refused: for the audit trail. `request->role` is the caller's.
typedef void (*HttpRefused)(void *context, const HttpRequest *request, Arena *arena);

typedef struct HttpRoute {
    const char *path;  // the whole path; POST only, so that nothing of a question is in a log
    const char *role;  // who may call it
    HttpHandler handle;
} HttpRoute;

typedef struct HttpServerSetup {
    Str data_dir;  // where tls/ lies
    Str role;      // ours
    Str address;   // {0}: 127.0.0.1
    int port;      // 0: any free one
    const HttpRoute *routes;
    int route_count;
    HttpRefused refused;    // NULL: the log is enough
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
