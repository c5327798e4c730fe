// A socket that listens before anybody serves it: whoever looks after serving processes keeps it while they come and go.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

// `address` {0}: 127.0.0.1. `port` 0: any free one. E_USAGE: no address in digits; E_HTTP: the place is taken.
MUST bool listen_at(Str address, int port, Arena scratch, int *socket, Error *err);
int listening_port(int socket);
bool listening_is_near(int socket);  // on the loopback alone
