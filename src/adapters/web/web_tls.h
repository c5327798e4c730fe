// The certificate of the screens' host, and whose cards are believed: the city's own files, tried before anybody is
// let in.
//
// Files   DIR/tls/desk.crt: the host's certificate with what leads up to the city's authority; desk.key: its key,
//         closed to others (0600); cards.crt: the authorities that issue the cards of the staff. PEM.
// Cards   believed is a certificate that one of these bears out, that is made for clients and is no authority's; whose
//         it is hangs on its key alone (card_key_read), which somebody of the office bound to a person.
// Errors  E_KEY with words: which file is missing, open to others, expired, of another name or key.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clock.h"
#include "web_server.h"

// `screens` asks for no card, `cards` for one of each connection.
MUST bool web_tls_read(Str data_dir, Str name, Instant now, Arena *arena, WebTls *screens,
                       WebTls *cards, Error *err);

// The key ("sha256//...") of a card, from its certificate in PEM.
MUST bool card_key_read(const char *path, Instant now, Arena *arena, Str *key, Error *err);
