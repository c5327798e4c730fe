// What leaves: status, headers, bytes. Only the server includes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "web_server.h"

#include <microhttpd.h>

typedef struct WebAsset {
    const char *name, *type;
    Str text;
    Path path;  // with the digest of its bytes
} WebAsset;

// What is true of all answers of one door.
typedef struct WebManner {
    bool secure;          // over TLS
    const char *session;  // name of the session's cookie
    Str beside;           // the origin of the other door; {0}: there is none
    const char *policy;   // Content-Security-Policy
} WebManner;

WebManner manner_of(const WebSetup *setup, Str beside, Arena *arena);
// False: the connection is gone.
bool answer_send(struct MHD_Connection *connection, const WebManner *manner,
                 const WebAnswer *answer, Arena scratch);
// Where no page can be made; `words` are of our own and lie in a constant.
bool answer_alone(struct MHD_Connection *connection, const WebManner *manner, int status,
                  Str words);
bool asset_send(struct MHD_Connection *connection, const WebAsset *asset);
