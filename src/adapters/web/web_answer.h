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

// False: the connection is gone.
bool answer_send(struct MHD_Connection *connection, const WebAnswer *answer, Arena scratch);
// Where no page can be made; `words` are of our own and lie in a constant.
bool answer_alone(struct MHD_Connection *connection, int status, Str words);
bool asset_send(struct MHD_Connection *connection, const WebAsset *asset);
