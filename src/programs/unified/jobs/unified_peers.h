// Whom unified asks, and as whom.
//
// Places  SESSHU_INTERMEDIATE and SESSHU_NETWORK, "127.0.0.1:8703". Nothing there is E_HTTP with words.
// Network what admits this organisation laid a certificate of the role unified-<organisation code> into DIR/network/tls;
//         which organisation we are is what lies there. E_NOT_FOUND: nothing does.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http_client.h"
#include "office.h"
#include "relay_pass.h"

MUST bool unified_intermediate(const Office *office, Arena *arena, HttpClient **client, Error *err);
RelayOnward onward_over(HttpClient *client);  // one line for many questions
MUST bool unified_network(const Office *office, Arena *arena, HttpClient **client, Error *err);
