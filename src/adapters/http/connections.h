// The connections of a server: who is on the line, until when he must have spoken.
//
// Threads every function may be called from any thread. A connection belongs to the thread that serves
//         it, but for its deadline, which a watch of our own looks at.
// Memory  each has an arena for one request, reserved while it lasts.
// Only the server includes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "peer.h"

#include <stdatomic.h>

typedef struct Connections Connections;

enum { CONNECTIONS_UNPROVEN_MOST = 64, CONNECTIONS_OF_ROLE_MOST = 32 };

typedef struct Connection {
    Connections *all;
    int socket;
    int64_t deadline;  // milliseconds of the steady clock; 0: none. Under the lock
    int64_t begun;     // how many began before it. Under the lock
    bool shaking;      // TLS has begun, and the other end has not finished its handshake. Under the lock
    bool asked;        // a request has begun on it, by a caller who is proven. Under the lock
    bool hung_up;      // its thread will find the end. Under the lock
    uint32_t from;     // whose it is, as a number: the address of the other end, or its role. Under the lock
    int64_t quiet_at;  // since when it has rested between two requests; 0: it does not. Under the lock
    Arena whole, arena;
    char role[ROLE_MOST];
} Connection;

// Room for `most` connections, each with `bytes` for a request; begins the watch.
// `failed` counts those whose handshake came to no end; NULL: nobody asks. They, and those that brought no request behind it,
// stand in the log as well: a line a minute at most, with how many.
Connections *connections_open(int most, ptrdiff_t bytes, atomic_llong *failed, Arena *arena);
void connections_close(Connections *all);  // after the last connection has ended

// NULL: no room. Of those who have proven nothing yet CONNECTIONS_UNPROVEN_MOST stay: the oldest makes way, so that
// whoever is quick is not shut out by whoever is silent, though both come from one address.
Connection *connection_begin(Connections *all, int socket);
// A handshake begins on it; the session's own pointer is ours from here on.
void connection_shakes(Connection *connection, gnutls_session_t session);
// The caller is proven to be `role`. False: that role has CONNECTIONS_OF_ROLE_MOST already. Where fewer than `spare` places
// are free, the role that holds most makes way, as in connection_from.
bool connection_named(Connection *connection, const char role[ROLE_MOST], int spare);
void connection_end(Connection *connection);
// It comes from there. Where fewer than `spare` places are free, a connection of the address that holds most makes
// way, the one that has rested longest first: so no address shuts the others out, and one that a whole office
// shares may hold nearly all.
void connection_from(Connection *connection, uint32_t from, int spare);
// As connection_allow, between two requests.
void connection_rests(Connection *connection, int seconds);
// From now on it has so long for what comes next; 0: as long as it likes.
void connection_allow(Connection *connection, int seconds);
