// SPDX-License-Identifier: Apache-2.0
#include "connections.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "logging.h"

enum { WATCH_MILLISECONDS = 200, LOG_MILLISECONDS = 1000 };

struct Connections {
    pthread_mutex_t lock;
    pthread_cond_t closing;
    pthread_t watch;
    bool closed;
    int64_t unasked, logged_unasked, logged_at;  // connections that brought no request
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

static void log_unasked(Connections *all, int64_t now)
{
    if (all->unasked == all->logged_unasked || now - all->logged_at < LOG_MILLISECONDS) return;
    log_line(LOG_WARN, "event=connections_without_request new=%lld all=%lld",
             (long long)(all->unasked - all->logged_unasked), (long long)all->unasked);
    all->logged_unasked = all->unasked;
    all->logged_at = now;
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
        log_unasked(all, steady_now());
    }
    log_unasked(all, steady_now() + LOG_MILLISECONDS);
    (void)pthread_mutex_unlock(&all->lock);
    return NULL;
}

Connections *connections_open(int most, ptrdiff_t bytes, Arena *arena)
{
    Connections *all = NEW(arena, Connections, 1);
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
        if (one->socket < 0 || one->hung_up || one == newest || !one->deadline) continue;
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

bool connection_named(Connection *connection, const char role[ROLE_MOST])
{
    int same = 0;
    Connections *all = connection->all;
    (void)pthread_mutex_lock(&all->lock);
    for (int i = 0; i < all->most; i++) {
        const Connection *one = &all->at[i];
        same += one != connection && one->socket >= 0 && one->asked && !one->hung_up &&
                !strcmp(one->role, role);
    }
    bool room = connection->asked || same < CONNECTIONS_OF_ROLE_MOST;
    connection->asked = room;
    if (room) memcpy(connection->role, role, ROLE_MOST);
    (void)pthread_mutex_unlock(&all->lock);
    return room;
}

void connection_end(Connection *connection)
{
    Connections *all = connection->all;
    (void)pthread_mutex_lock(&all->lock);
    all->unasked += !connection->asked;
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
