// The door for the ledger: differences, by certificate, on the loopback unless told otherwise.
// SPDX-License-Identifier: Apache-2.0
#include <signal.h>
#include <stdio.h>

#include "addressee_commands.h"
#include "change_rows.h"
#include "difference.h"
#include "http_server.h"
#include "logging.h"
#include "rights.h"

enum { WORKERS = 4, WORKER_BYTES = 512 << 20, QUESTION_MOST = 4096, DEFAULT_PORT = 8701 };

typedef struct Desk {  // one worker
    Office *office;
    Store *store;  // its own
} Desk;

// ---- one question

static bool answer_read(Desk *desk, const DifferenceAsk *ask, Arena *arena,
                        DifferenceAnswer *answer, Error *err)
{
    int64_t last = 0;
    DifferenceAnswer read = {0};
    if (!change_epoch(desk->store, arena, &read.epoch, err)) return false;
    if (!change_last(desk->store, &last, err)) return false;
    bool first = ask->cursor == 0 && ask->epoch.len == 0;
    if (!first && (!str_equal(ask->epoch, read.epoch) || ask->cursor > last)) {
        read.refusal = DIFFERENCE_FULL_COPY;
        *answer = read;
        return true;
    }
    if (!change_picture(desk->store, arena, &read.picture, err)) return false;
    if (!changes_after(desk->store, desk->office->keys, ask->cursor, ask->most, arena,
                       &read.changes, err))
        return false;
    read.next_cursor =
        read.changes.count ? read.changes.at[read.changes.count - 1].change_no : ask->cursor;
    read.more = read.next_cursor < last;
    *answer = read;
    return true;
}

// One answer is one act; its leaf stands before the answer leaves.
static bool answer_audit(Desk *desk, const HttpRequest *request, const DifferenceAsk *ask,
                         const DifferenceAnswer *answer, Str bytes, Arena scratch, Error *err)
{
    Sha256 content = sha256_of_text(bytes);
    bool given = answer->refusal == DIFFERENCE_GIVEN;
    AuditLeaf leaf = office_leaf(desk->office, given ? AUDIT_DONE : AUDIT_REFUSED);
    leaf.operator_name = str_format(&scratch, "system:%.*s", STR(request->role));
    leaf.command =
        str_format(&scratch, "%.*s after %lld", STR(request->path), (long long)ask->cursor);
    leaf.act = right_for(desk->office->program->rights, request->path)->act;
    leaf.rows = leaf.taken = answer->changes.count;
    leaf.content = &content;
    return store_begin(desk->store, err) &&
           audit_append(desk->store, desk->office->keys, &leaf, NULL, err) &&
           store_commit(desk->store, err);
}

static bool answer_difference(void *context, const HttpRequest *request, Arena *arena, Str *bytes,
                              Error *err)
{
    Desk *desk = context;
    DifferenceAsk ask;
    DifferenceAnswer answer;
    if (!difference_ask_decode(request->body, &ask, err)) return false;
    bool good = store_begin_read(desk->store, err) &&
                answer_read(desk, &ask, arena, &answer, err) && store_commit(desk->store, err);
    if (good) {
        *bytes = difference_answer_encode(&answer, arena);
        good = answer_audit(desk, request, &ask, &answer, *bytes, *arena, err);
    }
    store_rollback(desk->store);  // what a failure left open
    return good;
}

// Who has a certificate of this city but no business here.
static void refuse_stranger(void *context, const HttpRequest *request, Arena *arena)
{
    Desk *desk = context;
    Error err = {0};
    AuditLeaf leaf = office_leaf(desk->office, AUDIT_REFUSED);
    leaf.operator_name = str_format(arena, "system:%.*s", STR(request->role));
    leaf.command = request->path;
    leaf.act = AUDIT_REFUSAL;
    bool written = store_begin(desk->store, &err) &&
                   audit_append(desk->store, desk->office->keys, &leaf, NULL, &err) &&
                   store_commit(desk->store, &err);
    store_rollback(desk->store);
    if (!written)
        log_line(LOG_ERROR, "event=refusal_not_audited code=%s", error_code_text(err.code));
}

// ---- the door

static const HttpRoute routes[] = {{DIFFERENCE_PATH, "ledger", answer_difference}};

static bool desks_open(Office *office, const CommandLine *line, Arena *arena, Desk desks[WORKERS],
                       Error *err)
{
    Str url = store_url_for(office->data_dir, line->store_url, S("addressee"), arena);
    for (int i = 0; i < WORKERS; i++) {
        desks[i].office = office;
        if (!store_open(url, arena, &desks[i].store, err)) return false;
    }
    return true;
}

static bool provide_epoch(Office *office, Arena scratch, Error *err)
{
    Str epoch;
    return store_begin(office->store, err) && change_epoch(office->store, &scratch, &epoch, err) &&
           store_commit(office->store, err);
}

static bool serve_until_told(Office *office, const CommandLine *line, Arena *arena,
                             Desk desks[WORKERS], const sigset_t *stop, Error *err)
{
    int told;
    HttpServer *server;
    void *contexts[WORKERS];
    for (int i = 0; i < WORKERS; i++) contexts[i] = &desks[i];
    const HttpServerSetup setup = {.data_dir = office->data_dir,
                                   .role = S("addressee"),
                                   .address = option_text(line, "address"),
                                   .port = (int)option_number(line, "port", DEFAULT_PORT),
                                   .routes = routes,
                                   .route_count = (int)countof(routes),
                                   .refused = refuse_stranger,
                                   .contexts = contexts,
                                   .worker_count = WORKERS,
                                   .worker_bytes = WORKER_BYTES,
                                   .body_most = QUESTION_MOST};
    if (!http_server_open(&setup, arena, &server, err)) return false;
    Str address = setup.address.len ? setup.address : S("127.0.0.1");
    (void)printf("%.*s:%d\n", STR(address), http_server_port(server));
    (void)fflush(stdout);  // whoever started us waits for this line
    (void)sigwait(stop, &told);
    http_server_close(server);
    return true;
}

bool command_serve(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Office office;
    Desk desks[WORKERS] = {0};
    sigset_t stop;
    (void)status;
    (void)sigemptyset(&stop);
    (void)sigaddset(&stop, SIGINT);
    (void)sigaddset(&stop, SIGTERM);
    (void)sigprocmask(SIG_BLOCK, &stop, NULL);  // before there are threads: they inherit it

    if (!office_open(line, &addressee_office, arena, &office, err)) return false;
    AuditLeaf opened = office_leaf(&office, AUDIT_DONE);
    bool good = provide_epoch(&office, *arena, err) && office_audit_now(&office, &opened, err) &&
                desks_open(&office, line, arena, desks, err) &&
                serve_until_told(&office, line, arena, desks, &stop, err);
    for (int i = 0; i < WORKERS; i++) store_close(desks[i].store);
    office_close(&office);
    return good;
}
