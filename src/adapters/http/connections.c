// SPDX-License-Identifier: Apache-2.0
#include "connections.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "logging.h"

enum { WATCH_MILLISECONDS = 200, LOG_MILLISECONDS = 60 * 1000 };

// Connections that came to nothing: how many there were, and how many the log has told of.
typedef struct Missed {
    const char *event;
    int64_t all, logged, logged_at;
} Missed;

struct Connections {
    pthread_mutex_t lock;
    pthread_cond_t closing;
    pthread_t watch;
    bool closed;
    Missed unshaken, unasked;  // no handshake came to its end; one did, and no request came
    atomic_llong *failed;      // the caller's count of `unshaken`; NULL: none
    int64_t begun;
    ptrdiff_t bytes;
    int most;
    Connection *at;  // socket -1: free
};

static int64_t steady_now(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Hanging up, not closing: the descriptor stays its thread's, which then finds the end.
static void hang_up(Connection *one)
{
    (void)shutdown(one->socket, SHUT_RDWR);
    one->deadline = 0;
    one->hung_up = true;
}

static void hang_up_on_the_slow(Connections *all, int64_t now)
{
    for (int i = 0; i < all->most; i++) {
        Connection *one = &all->at[i];
        if (one->socket >= 0 && one->deadline && now >= one->deadline) hang_up(one);
    }
}

static void oldest_unproven_makes_way(Connections *all)
{
    int count = 0;
    Connection *oldest = NULL;
    for (int i = 0; i < all->most; i++) {
        Connection *one = &all->at[i];
        if (one->socket < 0 || one->asked || one->hung_up) continue;
        count++;
        if (!oldest || one->begun < oldest->begun) oldest = one;
    }
    if (count >= CONNECTIONS_UNPROVEN_MOST) hang_up(oldest);
}

// At most a line a minute, whatever comes; from where is nobody's business.
static void log_missed(Missed *missed, int64_t now)
{
    if (missed->all == missed->logged || (missed->logged && now - missed->logged_at < LOG_MILLISECONDS)) return;
    log_line(LOG_WARN, "event=%s new=%lld all=%lld", missed->event, (long long)(missed->all - missed->logged), (long long)missed->all);
    missed->logged = missed->all;
    missed->logged_at = now;
}

static void log_all_missed(Connections *all, int64_t now)
{
    log_missed(&all->unshaken, now);
    log_missed(&all->unasked, now);
}

static void *watch(void *context)
{
    Connections *all = context;
    (void)pthread_mutex_lock(&all->lock);
    while (!all->closed) {
        struct timespec until;
        (void)clock_gettime(CLOCK_REALTIME, &until);
        until.tv_nsec += WATCH_MILLISECONDS * 1000000L;
        until.tv_sec += until.tv_nsec / 1000000000L;
        until.tv_nsec %= 1000000000L;
        (void)pthread_cond_timedwait(&all->closing, &all->lock, &until);
        hang_up_on_the_slow(all, steady_now());
        log_all_missed(all, steady_now());
    }
    log_all_missed(all, steady_now() + LOG_MILLISECONDS);
    (void)pthread_mutex_unlock(&all->lock);
    return NULL;
}

Connections *connections_open(int most, ptrdiff_t bytes, atomic_llong *failed, Arena *arena)
{
    Connections *all = NEW(arena, Connections, 1);
    all->unshaken.event = "handshakes_failed";
    all->unasked.event = "connections_without_request";
    all->failed = failed;
    all->at = NEW(arena, Connection, most);
    all->most = most;
    all->bytes = bytes;
    for (int i = 0; i < most; i++) all->at[i] = (Connection){.all = all, .socket = -1};
    (void)pthread_mutex_init(&all->lock, NULL);
    (void)pthread_cond_init(&all->closing, NULL);
    if (pthread_create(&all->watch, NULL, watch, all) != 0) abort();
    return all;
}

void connections_close(Connections *all)
{
    (void)pthread_mutex_lock(&all->lock);
    all->closed = true;
    (void)pthread_cond_signal(&all->closing);
    (void)pthread_mutex_unlock(&all->lock);
    (void)pthread_join(all->watch, NULL);
    (void)pthread_cond_destroy(&all->closing);
    (void)pthread_mutex_destroy(&all->lock);
}

Connection *connection_begin(Connections *all, int socket)
{
    Connection *found = NULL;
    (void)pthread_mutex_lock(&all->lock);
    oldest_unproven_makes_way(all);
    for (int i = 0; i < all->most && !found; i++)
        if (all->at[i].socket < 0) found = &all->at[i];
    if (found) {
        Arena whole = arena_reserve(all->bytes);
        *found = (Connection){
            .all = all, .socket = socket, .begun = all->begun++, .whole = whole, .arena = whole};
    }
    (void)pthread_mutex_unlock(&all->lock);
    return found;
}

static int held_by(const Connections *all, uint32_t from)
{
    int count = 0;
    for (int i = 0; i < all->most; i++)
        count += all->at[i].socket >= 0 && !all->at[i].hung_up && all->at[i].from == from;
    return count;
}

// Before that one in giving way?
static bool gives_way(const Connection *one, const Connection *other)
{
    if (!other) return true;
    if (!one->quiet_at != !other->quiet_at) return one->quiet_at != 0;
    return one->quiet_at ? one->quiet_at < other->quiet_at : one->begun < other->begun;
}

static void greatest_makes_way(Connections *all, const Connection *newest)
{
    int most = 0;
    Connection *chosen = NULL;
    for (int i = 0; i < all->most; i++) {
        Connection *one = &all->at[i];
        if (one->socket < 0 || one->hung_up || one == newest || !one->from || !one->deadline) continue;  // the unproven have a limit of their own
        int held = held_by(all, one->from);
        if (held < most || (held == most && !gives_way(one, chosen))) continue;
        most = held;
        chosen = one;
    }
    if (chosen) hang_up(chosen);
}

void connection_from(Connection *connection, uint32_t from, int spare)
{
    int held = 0;
    Connections *all = connection->all;
    (void)pthread_mutex_lock(&all->lock);
    connection->from = from;
    for (int i = 0; i < all->most; i++) held += all->at[i].socket >= 0 && !all->at[i].hung_up;
    if (held > all->most - spare) greatest_makes_way(all, connection);
    (void)pthread_mutex_unlock(&all->lock);
}

// Two roles that have one number share a share; 0 is nobody's.
static uint32_t number_of_role(const char role[ROLE_MOST])
{
    return (uint32_t)str_hash(str_of(role)) | 1;
}

bool connection_named(Connection *connection, const char role[ROLE_MOST], int spare)
{
    int same = 0;
    Connections *all = connection->all;
    (void)pthread_mutex_lock(&all->lock);
    for (int i = 0; i < all->most; i++) {
        const Connection *one = &all->at[i];
        same += one != connection && one->socket >= 0 && one->asked && !one->hung_up &&
                !strcmp(one->role, role);
    }
    bool first = !connection->asked, room = !first || same < CONNECTIONS_OF_ROLE_MOST;
    connection->asked = room;
    if (room) memcpy(connection->role, role, ROLE_MOST);
    (void)pthread_mutex_unlock(&all->lock);
    if (room && first) connection_from(connection, number_of_role(role), spare);
    return room;
}

static int handshake_over(gnutls_session_t session, unsigned type, unsigned when, unsigned incoming, const gnutls_datum_t *message)
{
    Connection *connection = gnutls_session_get_ptr(session);
    (void)type, (void)when, (void)message;
    if (!incoming) return 0;  // ours; the other end's ends it
    (void)pthread_mutex_lock(&connection->all->lock);
    connection->shaking = false;
    (void)pthread_mutex_unlock(&connection->all->lock);
    return 0;
}

void connection_shakes(Connection *connection, gnutls_session_t session)
{
    connection->shaking = true;  // nobody else knows of it yet
    gnutls_session_set_ptr(session, connection);
    gnutls_handshake_set_hook_function(session, GNUTLS_HANDSHAKE_FINISHED, GNUTLS_HOOK_POST, handshake_over);
}

void connection_end(Connection *connection)
{
    Connections *all = connection->all;
    (void)pthread_mutex_lock(&all->lock);
    if (connection->shaking) {
        all->unshaken.all++;
        if (all->failed) (void)atomic_fetch_add(all->failed, 1);
    } else if (!connection->asked) {
        all->unasked.all++;
    }
    arena_release(connection->whole);
    *connection = (Connection){.all = all, .socket = -1};
    (void)pthread_mutex_unlock(&all->lock);
}

void connection_allow(Connection *connection, int seconds)
{
    (void)pthread_mutex_lock(&connection->all->lock);
    connection->deadline = seconds ? steady_now() + seconds * (int64_t)1000 : 0;
    connection->quiet_at = 0;
    (void)pthread_mutex_unlock(&connection->all->lock);
}

void connection_rests(Connection *connection, int seconds)
{
    (void)pthread_mutex_lock(&connection->all->lock);
    connection->quiet_at = steady_now();
    connection->deadline = connection->quiet_at + seconds * (int64_t)1000;
    (void)pthread_mutex_unlock(&connection->all->lock);
}
