// Asking another program: HTTPS with certificates on both sides. The peer must prove the role that is
// expected of it; a peer of another role is refused before a byte of the question leaves.
//
// Memory  answers live in the arena given; one client keeps one connection.
// Limits  HTTP_ANSWER_MOST bytes, HTTP_CONNECT_SECONDS, HTTP_ANSWER_SECONDS.
// Errors  E_TLS: who answers is not who was expected, or refused us. E_HTTP: nobody answers, or it
//         refused. E_LIMIT: the answer is too long.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

enum {
    HTTP_ANSWER_MOST = 64 << 20,
    HTTP_CONNECT_SECONDS = 10,
    HTTP_ANSWER_SECONDS = 120,
};

typedef struct HttpPeer {
    Str data_dir;   // where tls/ lies
    Str own_role;   // "ledger"
    Str peer_role;  // "addressee"
    Str address;    // "127.0.0.1:8701"
} HttpPeer;

typedef struct HttpClient HttpClient;

MUST bool http_client_open(const HttpPeer *peer, Arena *arena, HttpClient **client, Error *err);
MUST bool http_ask(HttpClient *client, const char *path, Str question, Arena *arena, Str *answer,
                   Error *err);
void http_client_close(HttpClient *client);  // NULL is fine
