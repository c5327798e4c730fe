// Who is at the other end of a TLS connection to us: a role, proven by its certificate, or nobody.
//
// Believed is a certificate of our authority that is made for clients (RFC 5280 4.2.1.12), is none of an
// authority itself, names exactly one DNS name, that of a role, and whose key is on the list (pins.h).
// Only the server includes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "pins.h"

#include <gnutls/gnutls.h>

enum { ROLE_MOST = 64 };

// Before the handshake: without such a certificate there is no connection.
void peer_demand(gnutls_session_t session);
// After the handshake: the key of whoever shows a certificate that the trust list of this server bears out, that is
// made for clients and none of an authority. Whose it is the caller knows.
bool peer_key(gnutls_session_t session, Pin *pin);
// After it. All is asked again: nothing rests on the library having asked in the handshake.
bool peer_role(gnutls_session_t session, Str tls_folder, Arena scratch, char role[ROLE_MOST]);
