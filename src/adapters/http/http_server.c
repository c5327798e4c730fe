// SPDX-License-Identifier: Apache-2.0
#include "http_server.h"

#include <assert.h>
#include <string.h>

#include <microhttpd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "authority.h"
#include "connections.h"
#include "http_client.h"
#include "listening.h"
#include "logging.h"
#include "regular_file.h"
#include "secret.h"

enum { PEM_MOST = 1 << 16, SILENCE_SECONDS = 120, REQUEST_ROOM = 1 << 16 };

// TLS 1.3, AES-GCM, P-256 and nothing else (linkage.md 11.2).
static const char priorities[] = "NONE:+VERS-TLS1.3:+AES-256-GCM:+AES-128-GCM:+AEAD:+SHA256:+SHA384"
                                 ":+GROUP-SECP256R1:+CTYPE-X509:+SIGN-ECDSA-SECP256R1-SHA256";

typedef struct Worker {
    void *context;
    Arena whole, arena;
    bool at_work;
    char role[ROLE_MOST];  // whom it works for
} Worker;

typedef struct Exchange {  // one request, in its connection's arena
    HttpRequest request;
    Text body;
} Exchange;

struct HttpServer {
    HttpServerSetup setup;
    RoleFiles files;
    struct MHD_Daemon *daemon;
    Connections *connections;
    pthread_mutex_t lock;  // of `at_work`
    pthread_cond_t given_back;
    Worker workers[HTTP_WORKERS_MOST];
};

// ---- workers

// The last idle one is for a role that has none: however much one of them asks, the others are answered. NULL: none for it.
static Worker *worker_idle(HttpServer *server, const char *role)
{
    int idle = 0, held = 0;
    Worker *found = NULL;
    for (int i = 0; i < server->setup.worker_count; i++) {
        Worker *one = &server->workers[i];
        held += one->at_work && !strcmp(one->role, role);
        idle += !one->at_work;
        if (!one->at_work) found = one;
    }
    return idle > 1 || held == 0 ? found : NULL;
}

// NULL: all that it may have are at work for too long.
static Worker *worker_take(HttpServer *server, const char *role)
{
    struct timespec until;
    int waited = 0;
    (void)clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += HTTP_WORKER_SECONDS;
    (void)pthread_mutex_lock(&server->lock);
    Worker *taken = worker_idle(server, role);
    while (!taken && waited == 0) {
        waited = pthread_cond_timedwait(&server->given_back, &server->lock, &until);
        taken = worker_idle(server, role);
    }
    if (taken) {
        taken->at_work = true;
        (void)snprintf(taken->role, sizeof taken->role, "%s", role);
    }
    (void)pthread_mutex_unlock(&server->lock);
    if (taken) taken->arena = taken->whole;
    return taken;
}

// Messages may carry Individual Numbers: of question and answer nothing stays in memory.
static void forget(Arena whole, Arena used)
{
    if (used.at) bytes_wipe(whole.at, used.at - whole.at);
}

static void worker_give_back(HttpServer *server, Worker *worker)
{
    forget(worker->whole, worker->arena);
    (void)pthread_mutex_lock(&server->lock);
    worker->at_work = false;
    (void)pthread_cond_broadcast(&server->given_back);  // not each who waits may have it
    (void)pthread_mutex_unlock(&server->lock);
}

// ---- connections

static void on_connection(void *context, struct MHD_Connection *connection, void **kept,
                          enum MHD_ConnectionNotificationCode code)
{
    HttpServer *server = context;
    if (code != MHD_CONNECTION_NOTIFY_STARTED) {
        if (*kept) connection_end(*kept);
        *kept = NULL;
        return;
    }
    const union MHD_ConnectionInfo *tls =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    const union MHD_ConnectionInfo *socket =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (!tls || !socket) return;
    peer_demand(tls->tls_session);
    Connection *begun = connection_begin(server->connections, socket->connect_fd);
    if (begun) {
        connection_shakes(begun, tls->tls_session);
        connection_allow(begun, HTTP_OPENING_SECONDS);
    }
    *kept = begun;
}

static Connection *connection_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

// ---- answering

static enum MHD_Result answer_with(struct MHD_Connection *connection, unsigned int status,
                                   Str answer)
{
    // The bytes lie in the connection's arena until the request is completed.
    struct MHD_Response *response = MHD_create_response_from_buffer(
        (size_t)answer.len, (void *)(uintptr_t)answer.at, MHD_RESPMEM_PERSISTENT);
    if (!response) return MHD_NO;
    (void)MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "application/cbor");
    enum MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

static unsigned int status_of(ErrorCode code)
{
    static const struct {
        ErrorCode code;
        unsigned int status;
    } theirs[] = {
        {E_RIGHT, MHD_HTTP_FORBIDDEN},         {E_NOT_FOUND, MHD_HTTP_NOT_FOUND},
        {E_USAGE, MHD_HTTP_BAD_REQUEST},       {E_MESSAGE, MHD_HTTP_BAD_REQUEST},
        {E_LIMIT, MHD_HTTP_CONTENT_TOO_LARGE},
    };
    for (ptrdiff_t i = 0; i < countof(theirs); i++)
        if (theirs[i].code == code) return theirs[i].status;
    return MHD_HTTP_INTERNAL_SERVER_ERROR;
}

static enum MHD_Result answer_error(struct MHD_Connection *connection, const Error *err)
{
    log_line(LOG_WARN, "event=request_refused code=%s at=%s", error_code_text(err->code),
             err->at ? err->at : "");
    return answer_with(connection, status_of(err->code), str_of(error_code_text(err->code)));
}

// What a worker has made goes over to the connection: whoever takes long to read it holds nobody's worker.
static bool handled(HttpServer *server, Connection *line, Worker *worker, const HttpRequest *request, Str *answer,
                    Error *err)
{
    Str made = {0};
    if (!server->setup.handle(worker->context, request, &worker->arena, &made, err)) return false;
    if (made.len > HTTP_ANSWER_MOST) return FAIL(err, E_LIMIT, .words = S("答えが長すぎます。"));
    *answer = str_copy(&line->arena, made);
    return true;
}

static enum MHD_Result answer_request(HttpServer *server, struct MHD_Connection *connection,
                                      Exchange *exchange)
{
    Str answer = {0};
    Error err = {0};
    Connection *line = connection_of(connection);
    connection_allow(line, 0);
    Worker *worker = worker_take(server, line->role);
    if (!worker) {
        connection_allow(line, HTTP_TAKING_SECONDS);
        return answer_with(connection, MHD_HTTP_SERVICE_UNAVAILABLE, S(""));
    }
    exchange->request.body = text_str(&exchange->body);
    bool good = handled(server, line, worker, &exchange->request, &answer, &err);
    worker_give_back(server, worker);
    connection_allow(line, HTTP_TAKING_SECONDS);
    return good ? answer_with(connection, MHD_HTTP_OK, answer) : answer_error(connection, &err);
}

static bool announces_too_much(const HttpServer *server, struct MHD_Connection *connection)
{
    int64_t length = 0;
    const char *text =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_CONTENT_LENGTH);
    return text && (!str_int64(str_of(text), &length) || length > server->setup.body_most);
}

// The head is here: whoever is not proven, or announces too much, is answered before the body is read.
static enum MHD_Result on_head(HttpServer *server, struct MHD_Connection *connection,
                               Connection *line, const char *url, const char *method,
                               Exchange *exchange)
{
    const union MHD_ConnectionInfo *tls =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    char role[ROLE_MOST] = "";
    bool proven = tls && peer_role(tls->tls_session, server->files.folder, line->arena, role);
    if (proven && !connection_named(line, role, HTTP_SPARE)) return MHD_NO;  // one program has taken its share
    connection_allow(line, HTTP_BODY_SECONDS);
    exchange->request = (HttpRequest){.path = str_copy(&line->arena, str_of(url)),
                                      .role = proven ? str_of(line->role) : (Str){0},
                                      .is_post = !strcmp(method, MHD_HTTP_METHOD_POST),
                                      .too_long = announces_too_much(server, connection)};
    if (proven && !exchange->request.too_long) return MHD_YES;
    return answer_request(server, connection, exchange);
}

// MHD_NO hangs up: a body without an announced length that grows beyond the limit.
static enum MHD_Result on_body(const HttpServer *server, Connection *line, Exchange *exchange,
                               Str part)
{
    if (part.len > server->setup.body_most - exchange->body.len) return MHD_NO;
    text_add(&exchange->body, &line->arena, part);
    return MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **state)
{
    HttpServer *server = context;
    Connection *line = connection_of(connection);
    (void)version;
    if (!line) return MHD_NO;
    if (!*state) {  // the body comes with the next calls
        line->arena = line->whole;
        *state = NEW(&line->arena, Exchange, 1);
        return on_head(server, connection, line, url, method, *state);
    }
    if (!*upload_size) return answer_request(server, connection, *state);
    Str part = {upload, (ptrdiff_t)*upload_size};
    enum MHD_Result taken = on_body(server, line, *state, part);
    bytes_wipe((void *)(uintptr_t)upload, part.len);  // the library's own copy of it
    *upload_size = 0;
    return taken;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    (void)context, (void)code;
    Connection *line = connection_of(connection);
    if (line) {
        forget(line->whole, line->arena);
        connection_rests(line, SILENCE_SECONDS);
    }
    *state = NULL;
}

// ---- opening and closing

static bool read_pem(const char *path, Arena *arena, const char **text, Error *err)
{
    char *pem = NEW(arena, char, PEM_MOST);
    FILE *in = regular_file_read(path);
    size_t len = in ? fread(pem, 1, PEM_MOST - 1, in) : 0;
    if (in) (void)fclose(in);
    if (len == 0 || len == PEM_MOST - 1)
        return FAIL(
            err, E_KEY, .value = str_of(path),
            .words =
                S("通信用の鍵か証明書が読めません。データの置き場所の tls を確かめてください。"));
    *text = pem;
    return true;
}

static bool start(HttpServer *server, const char *const pem[3], Error *err)
{
    server->daemon = MHD_start_daemon(
        MHD_USE_TLS | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION,
        0, NULL, NULL, on_request, server,                             //
        MHD_OPTION_LISTEN_SOCKET, server->setup.socket,                //
        MHD_OPTION_HTTPS_MEM_TRUST, pem[0],                            //
        MHD_OPTION_HTTPS_MEM_CERT, pem[1],                             //
        MHD_OPTION_HTTPS_MEM_KEY, pem[2],                              //
        MHD_OPTION_HTTPS_PRIORITIES, priorities,                       //
        MHD_OPTION_CONNECTION_LIMIT, (unsigned int)HTTP_CONNECTIONS_MOST,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)SILENCE_SECONDS,  //
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,           //
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,             //
        MHD_OPTION_END);
    if (server->daemon) return true;
    return FAIL(
        err, E_HTTP,
        .words = S("応答を始められません。通信用の鍵と証明書 (データの置き場所の tls) を確かめてください。"));
}

bool http_server_open(const HttpServerSetup *setup, Arena *arena, HttpServer **server, Error *err)
{
    assert(setup->worker_count > 0);
    assert(setup->worker_count <= HTTP_WORKERS_MOST);
    RoleFiles files;
    const char *pem[3];
    tls_environment_clear();
    if (!role_files(setup->data_dir, setup->role, clock_now(), arena, &files, err)) return false;
    if (!read_pem(files.trust, arena, &pem[0], err)) return false;
    if (!read_pem(files.certificate, arena, &pem[1], err)) return false;
    if (!read_pem(files.key, arena, &pem[2], err)) return false;

    HttpServer *opened = NEW(arena, HttpServer, 1);
    opened->setup = *setup;
    opened->files = files;
    (void)pthread_mutex_init(&opened->lock, NULL);
    (void)pthread_cond_init(&opened->given_back, NULL);
    opened->connections =
        connections_open(HTTP_CONNECTIONS_MOST, 2 * setup->body_most + HTTP_ANSWER_MOST + REQUEST_ROOM, setup->failed, arena);
    for (int i = 0; i < setup->worker_count; i++)
        opened->workers[i] =
            (Worker){.context = setup->contexts[i], .whole = arena_reserve(setup->worker_bytes)};
    if (!start(opened, pem, err)) {
        http_server_close(opened);
        return false;
    }
    *server = opened;
    return true;
}

int http_server_port(const HttpServer *server)
{
    return listening_port(server->setup.socket);
}

void http_server_close(HttpServer *server)
{
    if (!server) return;
    if (server->daemon) MHD_stop_daemon(server->daemon);
    connections_close(server->connections);
    for (int i = 0; i < server->setup.worker_count; i++) arena_release(server->workers[i].whole);
    (void)pthread_cond_destroy(&server->given_back);
    (void)pthread_mutex_destroy(&server->lock);
}
