// SPDX-License-Identifier: Apache-2.0
#include "office_server.h"

#include "http_server.h"
#include "office_workers.h"
#include "say.h"

#include <signal.h>
#include <stdio.h>
#include <time.h>

enum { WORKERS = 4, WORKER_BYTES = 512 << 20, LOOK_SECONDS = 5 };

typedef struct Desk {  // one worker
    Act act;           // the server's own, on this worker's store
    atomic_bool *over;
} Desk;

// Where a message goes that nobody answers: no role has this name.
static const Door nowhere = MESSAGE("message", "office", AUDIT_REFUSAL, ".", NULL);

static const Door *door_for(const Desk *desk, const HttpRequest *request)
{
    const Door *door = door_named(desk->act.office->program->doors, request->path);
    return door && door->message && request->is_post ? door : &nowhere;
}

Day office_day_at(const Act *serving, Instant now)
{
    return serving->business_day + instant_day_in_japan(now) - instant_day_in_japan(serving->now);
}

static bool still_open(Desk *desk, Error *err)
{
    bool holds = false;
    if (!atomic_load(desk->over) && act_right_holds(&desk->act, &holds, NULL, err) && holds)
        return true;
    atomic_store(desk->over, true);
    return FAIL(err, E_RIGHT, .words = duty_refusal(DUTY_SERVE));
}

static bool answer_act(Act *act, const HttpRequest *request, Arena *arena, Str *answer, Error *err)
{
    if (request->too_long) return FAIL(err, E_LIMIT, .words = S("電文が長すぎます。"));
    return act->door->message(act, request->body, arena, answer, err);
}

static bool answer_message(void *context, const HttpRequest *request, Arena *arena, Str *answer,
                           Error *err)
{
    Act act;
    Desk *desk = context;
    if (!still_open(desk, err)) return false;
    const ActAsked asked = {.actor = actor_of_certificate(request->role, arena),
                            .store = desk->act.store,
                            .command = request->path,
                            .now = clock_now()};
    ActAsked today = asked;
    today.business_day = office_day_at(&desk->act, asked.now);
    if (!act_enter(desk->act.office, door_for(desk, request), &today, arena, &act, err))
        return false;
    bool answered = answer_act(&act, request, arena, answer, err);
    if (!answered) act_failed(&act, err);
    act_leave(&act);
    return answered;
}

// ---- the server

static bool desks_open(Act *act, Arena *arena, atomic_bool *over, Desk desks[WORKERS], Error *err)
{
    for (int i = 0; i < WORKERS; i++) {
        desks[i] = (Desk){.act = *act, .over = over};
        desks[i].act.store = NULL;
        if (!office_store(act->office, arena, &desks[i].act.store, err)) return false;
    }
    return true;
}

static void held_signals(sigset_t *stop)
{
    (void)sigemptyset(stop);
    (void)sigaddset(stop, SIGINT);
    (void)sigaddset(stop, SIGTERM);
}

void office_server_hold(void)
{
    sigset_t stop;
    held_signals(&stop);
    (void)sigprocmask(SIG_BLOCK, &stop, NULL);
}

// Whoever fails in the handshake is proven to be nobody, so one record says how many there were.
static bool failed_told(Act *act, atomic_llong *failed, Instant now, Instant *told_at, Error *err)
{
    if (!atomic_load(failed) || now - *told_at < INSTANT_MINUTE) return true;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.at = now;
    leaf.refused = atomic_exchange(failed, 0);
    leaf.detail = S("成り立たなかった TLS 接続");
    *told_at = now;
    return act_record_now(act, &leaf, err) != NULL;
}

bool office_wait_until_told(Act *act, const atomic_bool *over, atomic_llong *failed, Error *err)
{
    sigset_t stop;
    bool holds = true;
    Instant told_at = 0;
    const struct timespec look = {.tv_sec = LOOK_SECONDS};
    held_signals(&stop);
    while (sigtimedwait(&stop, NULL, &look) < 0) {
        if (!act_right_holds(act, &holds, NULL, err) || !failed_told(act, failed, clock_now(), &told_at, err)) return false;
        if (!holds || atomic_load(over))
            return FAIL(err, E_RIGHT, .value = actor_name(act->actor),
                        .words = duty_refusal(act->door->duty));
    }
    return true;
}

static bool serve(Act *act, Str address, Desk desks[WORKERS], const atomic_bool *over, Arena *arena, Error *err)
{
    HttpServer *server;
    atomic_llong failed = 0;
    void *contexts[WORKERS];
    for (int i = 0; i < WORKERS; i++) contexts[i] = &desks[i];
    ptrdiff_t most = act->office->program->question_most;
    const HttpServerSetup setup = {.data_dir = act->office->data_dir,
                                   .role = str_of(act->office->program->name),
                                   .socket = act->office->worker->sockets[0],
                                   .handle = answer_message,
                                   .contexts = contexts,
                                   .worker_count = WORKERS,
                                   .worker_bytes = WORKER_BYTES,
                                   .body_most = most ? most : OFFICE_QUESTION_MOST,
                                   .failed = &failed};
    if (!http_server_open(&setup, arena, &server, err)) return false;
    if (act->office->worker->speaks) {
        say(stdout, "%.*s:%d\n", STR(address.len ? address : S("127.0.0.1")), http_server_port(server));
        (void)fflush(stdout);  // whoever started us waits for this line
    }
    worker_serves(act->office->worker);
    bool told = office_wait_until_told(act, over, &failed, err);
    http_server_close(server);
    return told;
}

bool office_serve(Act *act, Str address, Arena *arena, Error *err)
{
    Desk desks[WORKERS] = {0};
    atomic_bool over = false;
    bool good =
        desks_open(act, arena, &over, desks, err) && serve(act, address, desks, &over, arena, err);
    for (int i = 0; i < WORKERS; i++) store_close(desks[i].act.store);
    return good;
}

bool office_serves(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AuditLeaf opened = act_leaf(act, AUDIT_DONE);
    (void)status;
    office_server_hold();
    return act_record_now(act, &opened, err) && office_serve(act, option_text(line, "address"), arena, err);
}
