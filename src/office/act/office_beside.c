// SPDX-License-Identifier: Apache-2.0
#include "office_beside.h"

#include "logging.h"

#include <pthread.h>
#include <time.h>

enum { BESIDE_BYTES = 64 << 20 };

typedef struct Loop {
    const Act *serving;
    const Beside *beside;
    Store *store;  // its own
    pthread_mutex_t lock;
    pthread_cond_t told;
    bool over;
} Loop;

static bool over_after(Loop *loop, int seconds)
{
    struct timespec until;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += seconds;
    (void)pthread_mutex_lock(&loop->lock);
    while (!loop->over && !pthread_cond_timedwait(&loop->told, &loop->lock, &until)) continue;
    bool over = loop->over;
    (void)pthread_mutex_unlock(&loop->lock);
    return over;
}

static bool once(Loop *loop, Arena *arena, Error *err)
{
    Act act;
    const Act *serving = loop->serving;
    ActAsked asked = {.actor = serving->actor,
                      .store = loop->store,
                      .command = str_of(loop->beside->name),
                      .now = clock_now()};
    asked.business_day = office_day_at(serving, asked.now);
    if (!act_enter(serving->office, serving->door, &asked, arena, &act, err)) return false;
    bool good =
        act_turn_take(&act, ACT_WAIT_SECONDS, err) && loop->beside->once(&act, loop->beside->context, arena, err);
    if (!good) act_failed(&act, err);
    act_leave(&act);  // gives the turn back
    return good;
}

static void *loop_run(void *context)
{
    Loop *loop = context;
    Arena whole = arena_reserve(BESIDE_BYTES);
    for (int pause = BESIDE_PAUSE; !over_after(loop, pause);) {
        Error err = {0};
        Arena arena = whole;
        bool good = once(loop, &arena, &err);
        if (!good) log_line(LOG_WARN, "event=%s_failed code=%s", loop->beside->name, error_code_text(err.code));
        pause = good ? BESIDE_PAUSE : pause * 2 < BESIDE_PAUSE_MOST ? pause * 2 : BESIDE_PAUSE_MOST;
    }
    arena_release(whole);
    return NULL;
}

bool office_serve_beside(Act *act, Str address, const Beside *beside, Arena *arena, Error *err)
{
    pthread_t thread;
    Loop loop = {.serving = act,
                 .beside = beside,
                 .lock = PTHREAD_MUTEX_INITIALIZER,
                 .told = PTHREAD_COND_INITIALIZER};
    if (!office_store(act->office, arena, &loop.store, err)) return false;
    if (pthread_create(&thread, NULL, loop_run, &loop)) {
        store_close(loop.store);
        return FAIL(err, E_INTERNAL, .words = S("処理を始められません。機械の状態を確かめてください。"));
    }
    bool good = office_serve(act, address, arena, err);
    (void)pthread_mutex_lock(&loop.lock);
    loop.over = true;
    (void)pthread_cond_signal(&loop.told);
    (void)pthread_mutex_unlock(&loop.lock);
    (void)pthread_join(thread, NULL);
    store_close(loop.store);
    return good;
}
