// SPDX-License-Identifier: Apache-2.0
#include "http_server.h"

#include <assert.h>
#include <string.h>

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <microhttpd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>

#include "authority.h"
#include "logging.h"

enum { PEM_MOST = 1 << 16, SILENCE_SECONDS = 120, ROLE_MOST = 128 };

// TLS 1.3, AES-GCM, P-256 and nothing else (linkage.md 11.2).
static const char priorities[] = "NONE:+VERS-TLS1.3:+AES-256-GCM:+AES-128-GCM:+AEAD:+SHA256:+SHA384"
                                 ":+GROUP-SECP256R1:+CTYPE-X509:+SIGN-ECDSA-SECP256R1-SHA256";

typedef struct Worker {
    void *context;
    Arena whole, arena;
    bool at_work;
} Worker;

typedef struct Exchange {  // one request, in its worker's arena
    Worker *worker;
    Text body;
    bool too_long;
} Exchange;

struct HttpServer {
    HttpServerSetup setup;
    struct MHD_Daemon *daemon;
    pthread_mutex_t lock;  // of `at_work`
    Worker workers[HTTP_WORKERS_MOST];
};

// ---- workers

static Worker *worker_take(HttpServer *server)
{
    Worker *taken = NULL;
    (void)pthread_mutex_lock(&server->lock);
    for (int i = 0; i < server->setup.worker_count && !taken; i++)
        if (!server->workers[i].at_work) taken = &server->workers[i];
    if (taken) taken->at_work = true;
    (void)pthread_mutex_unlock(&server->lock);
    if (taken) taken->arena = taken->whole;
    return taken;
}

static void worker_give_back(HttpServer *server, Worker *worker)
{
    (void)pthread_mutex_lock(&server->lock);
    worker->at_work = false;
    (void)pthread_mutex_unlock(&server->lock);
}

// ---- who asks

// Before the handshake: a certificate of our authority, or no connection. Verifying fails for a caller
// who shows none as well.
static void demand_certificate(void *context, struct MHD_Connection *connection,
                               void **socket_context, enum MHD_ConnectionNotificationCode code)
{
    (void)context;
    (void)socket_context;
    if (code != MHD_CONNECTION_NOTIFY_STARTED) return;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    if (!info) return;
    gnutls_session_set_verify_cert(info->tls_session, NULL, 0);
}

// The role that a certificate names: "ledger" of ledger.sesshu.internal. False where it names none.
static bool certificate_role(const gnutls_datum_t *der, char role[ROLE_MOST])
{
    gnutls_x509_crt_t certificate;
    char name[ROLE_MOST] = "";
    size_t size = sizeof name - 1;
    if (gnutls_x509_crt_init(&certificate) != GNUTLS_E_SUCCESS) return false;
    bool named =
        gnutls_x509_crt_import(certificate, der, GNUTLS_X509_FMT_DER) == GNUTLS_E_SUCCESS &&
        gnutls_x509_crt_get_subject_alt_name(certificate, 0, name, &size, NULL) ==
            GNUTLS_SAN_DNSNAME;
    gnutls_x509_crt_deinit(certificate);
    Str text = {name, (ptrdiff_t)strnlen(name, sizeof name)};
    if (!named || !str_ends(text, S(ROLE_DOMAIN))) return false;
    (void)snprintf(role, ROLE_MOST, "%.*s", (int)(text.len - S(ROLE_DOMAIN).len), name);
    return true;
}

// The chain is verified again: nothing rests on the library having called us in the handshake.
static bool caller_role(struct MHD_Connection *connection, char role[ROLE_MOST])
{
    unsigned int status = 0, count = 0;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    if (!info) return false;
    gnutls_session_t session = info->tls_session;
    if (gnutls_certificate_verify_peers2(session, &status) != GNUTLS_E_SUCCESS || status != 0)
        return false;
    const gnutls_datum_t *chain = gnutls_certificate_get_peers(session, &count);
    return chain && count > 0 && certificate_role(&chain[0], role);
}

// ---- answering

static enum MHD_Result answer_with(struct MHD_Connection *connection, unsigned int status,
                                   Str answer)
{
    // The bytes lie in the worker's arena until the request is completed.
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

static enum MHD_Result answer_request(const HttpServer *server, struct MHD_Connection *connection,
                                      const char *path, bool is_post, Exchange *exchange)
{
    char role[ROLE_MOST] = "";
    Worker *worker = exchange->worker;
    bool named = caller_role(connection, role);
    HttpRequest request = {.path = str_copy(&worker->arena, str_of(path)),
                           .body = text_str(&exchange->body),
                           .role = named ? str_of(role) : (Str){0},
                           .is_post = is_post,
                           .too_long = exchange->too_long};
    Str answer = {0};
    Error err = {0};
    if (!server->setup.handle(worker->context, &request, &worker->arena, &answer, &err))
        return answer_error(connection, &err);
    return answer_with(connection, MHD_HTTP_OK, answer);
}

static void take_body(const HttpServer *server, Exchange *exchange, const char *data, size_t len)
{
    exchange->too_long |= (ptrdiff_t)len > server->setup.body_most - exchange->body.len;
    if (!exchange->too_long)
        text_add(&exchange->body, &exchange->worker->arena, (Str){data, (ptrdiff_t)len});
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **state)
{
    HttpServer *server = context;
    (void)version;
    if (!*state) {  // head of the request: the body comes with the next calls
        Worker *worker = worker_take(server);
        if (!worker) return MHD_NO;
        *state = NEW(&worker->arena, Exchange, 1);
        ((Exchange *)*state)->worker = worker;
        return MHD_YES;
    }
    Exchange *exchange = *state;
    if (*upload_size) {
        take_body(server, exchange, upload, *upload_size);
        *upload_size = 0;
        return MHD_YES;
    }
    return answer_request(server, connection, url, !strcmp(method, MHD_HTTP_METHOD_POST), exchange);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    (void)connection;
    (void)code;
    Exchange *exchange = *state;
    if (exchange) worker_give_back(context, exchange->worker);
    *state = NULL;
}

// ---- opening and closing

static bool read_pem(const char *path, Arena *arena, const char **text, Error *err)
{
    char *pem = NEW(arena, char, PEM_MOST);
    FILE *in = fopen(path, "re");
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

static bool socket_address(const HttpServerSetup *setup, Arena scratch, struct sockaddr_in *address,
                           Error *err)
{
    Str text = setup->address.len ? setup->address : S("127.0.0.1");
    *address =
        (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)setup->port)};
    if (inet_pton(AF_INET, str_z(&scratch, text), &address->sin_addr) == 1) return true;
    return FAIL(err, E_USAGE, .value = text,
                .words = S("待ち受けるアドレスは 127.0.0.1 のように数字で指定してください。"));
}

static bool start(HttpServer *server, const struct sockaddr_in *address, const char *const pem[3],
                  Error *err)
{
    server->daemon = MHD_start_daemon(
        MHD_USE_TLS | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_THREAD_PER_CONNECTION,
        (uint16_t)server->setup.port, NULL, NULL, on_request, server,  //
        MHD_OPTION_SOCK_ADDR, address,                                 //
        MHD_OPTION_HTTPS_MEM_TRUST, pem[0],                            //
        MHD_OPTION_HTTPS_MEM_CERT, pem[1],                             //
        MHD_OPTION_HTTPS_MEM_KEY, pem[2],                              //
        MHD_OPTION_HTTPS_PRIORITIES, priorities,                       //
        MHD_OPTION_CONNECTION_LIMIT, (unsigned int)server->setup.worker_count,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned int)SILENCE_SECONDS,  //
        MHD_OPTION_NOTIFY_CONNECTION, demand_certificate, NULL,        //
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,             //
        MHD_OPTION_END);
    if (server->daemon) return true;
    return FAIL(
        err, E_HTTP,
        .words = S("待ち受けを始められません。ポートがほかで使われていないか確かめてください。"));
}

bool http_server_open(const HttpServerSetup *setup, Arena *arena, HttpServer **server, Error *err)
{
    assert(setup->worker_count > 0);
    assert(setup->worker_count <= HTTP_WORKERS_MOST);
    RoleFiles files;
    const char *pem[3];
    struct sockaddr_in address;
    if (!role_files(setup->data_dir, setup->role, arena, &files, err)) return false;
    if (!read_pem(files.trust, arena, &pem[0], err)) return false;
    if (!read_pem(files.certificate, arena, &pem[1], err)) return false;
    if (!read_pem(files.key, arena, &pem[2], err)) return false;
    if (!socket_address(setup, *arena, &address, err)) return false;

    HttpServer *opened = NEW(arena, HttpServer, 1);
    opened->setup = *setup;
    (void)pthread_mutex_init(&opened->lock, NULL);
    for (int i = 0; i < setup->worker_count; i++)
        opened->workers[i] =
            (Worker){.context = setup->contexts[i], .whole = arena_reserve(setup->worker_bytes)};
    if (!start(opened, &address, pem, err)) {
        http_server_close(opened);
        return false;
    }
    *server = opened;
    return true;
}

int http_server_port(const HttpServer *server)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    return info ? info->port : 0;
}

void http_server_close(HttpServer *server)
{
    if (!server) return;
    if (server->daemon) MHD_stop_daemon(server->daemon);
    for (int i = 0; i < server->setup.worker_count; i++) arena_release(server->workers[i].whole);
    (void)pthread_mutex_destroy(&server->lock);
}
