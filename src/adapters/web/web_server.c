// SPDX-License-Identifier: Apache-2.0
#include "web_server.h"

#include "connections.h"
#include "listening.h"
#include "logging.h"
#include "peer.h"
#include "secret.h"
#include "sha256.h"
#include "web_answer.h"
#include "web_upload.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { ASSETS_MOST = 8, BUFFER_BYTES = 64 << 10, LINE_ROOM = 256 << 10, SPARE_PARTS = 12 };

typedef struct Exchange {  // one request, in its connection's arena
    WebHead head;
    Text body;
    bool begun, too_long;
    WebUpload *upload;  // NULL: no file comes with it
    struct MHD_Connection *connection;
    Connection *line;
} Exchange;

typedef struct Handler {
    WebServer *server;
    void *context;
    Arena whole;
    pthread_t thread;
    bool begun;
} Handler;

struct WebServer {
    WebSetup setup;
    WebManner manner;
    struct MHD_Daemon *daemon;
    Connections *connections;
    WebAsset assets[ASSETS_MOST];
    pthread_mutex_t lock;  // of all below
    pthread_cond_t brought;
    bool closing;
    int uploads;  // at once
    Exchange *waiting[WEB_WAITING_MOST];
    int waiting_first, waiting_count;
    Handler handlers[WEB_HANDLERS_MOST];
};

// ---- handlers

// False: too many wait, or the door closes and nobody would take it.
static bool waiting_put(WebServer *server, Exchange *exchange)
{
    (void)pthread_mutex_lock(&server->lock);
    bool room = server->waiting_count < WEB_WAITING_MOST && !server->closing;
    if (room) {
        int last = (server->waiting_first + server->waiting_count++) % WEB_WAITING_MOST;
        server->waiting[last] = exchange;
        (void)pthread_cond_signal(&server->brought);
    }
    (void)pthread_mutex_unlock(&server->lock);
    return room;
}

// NULL: nothing waits any more, and the door closes.
static Exchange *waiting_take(WebServer *server)
{
    Exchange *taken = NULL;
    (void)pthread_mutex_lock(&server->lock);
    while (!server->waiting_count && !server->closing)
        (void)pthread_cond_wait(&server->brought, &server->lock);
    if (server->waiting_count) {
        taken = server->waiting[server->waiting_first];
        server->waiting_first = (server->waiting_first + 1) % WEB_WAITING_MOST;
        server->waiting_count--;
    }
    (void)pthread_mutex_unlock(&server->lock);
    return taken;
}

// ---- files

static void uploads_count(WebServer *server, int more, bool *too_many)
{
    (void)pthread_mutex_lock(&server->lock);
    server->uploads += more;
    *too_many = server->uploads > WEB_UPLOADS_MOST;
    (void)pthread_mutex_unlock(&server->lock);
}

static void upload_over(WebServer *server, Exchange *exchange)
{
    bool ignored;
    if (!exchange || !exchange->upload) return;
    upload_end(exchange->upload);
    exchange->upload = NULL;
    uploads_count(server, -1, &ignored);
}

static bool request_whole(const Exchange *exchange, Arena *arena, WebRequest *request, Error *why)
{
    if (exchange->too_long) return FAIL(why, E_LIMIT, .words = S("送られた内容が長すぎます。"));
    return web_request_read(&exchange->head, text_str(&exchange->body), arena, request, why) &&
           (!exchange->upload || upload_whole(exchange->upload, request, why));
}

static bool handled(const Handler *handler, const Exchange *exchange, Arena *arena,
                    WebAnswer *answer, Error *err)
{
    WebRequest request;
    Error why = {0};
    WebHandle *handle = handler->server->setup.handle;
    bool read = request_whole(exchange, arena, &request, &why);
    return handle(handler->context, read ? &request : NULL, read ? NULL : &why, arena, answer, err);
}

// A form may have held a password: of what was sent nothing stays in memory.
static void sent_wiped(const Handler *handler, Exchange *exchange, const Arena *arena)
{
    Connection *line = exchange->line;
    char *sent = (char *)(exchange + 1);  // the exchange was there before it
    bytes_wipe(sent, line->arena.at - sent);
    bytes_wipe(handler->whole.at, arena->at - handler->whole.at);
}

static void answer_one(const Handler *handler, Exchange *exchange)
{
    Arena arena = handler->whole;
    WebAnswer answer = {0};
    Error err = {0};
    if (handled(handler, exchange, &arena, &answer, &err)) {
        (void)answer_send(exchange->connection, &handler->server->manner, &answer, arena);
    } else {
        log_line(LOG_ERROR, "event=page_failed code=%s at=%s", error_code_text(err.code),
                 err.at ? err.at : "");
        (void)answer_alone(exchange->connection, &handler->server->manner, MHD_HTTP_INTERNAL_SERVER_ERROR,
                           S("画面を作れませんでした。情報システム担当に連絡してください。"));
    }
    bool sent = exchange->body.len || exchange->upload;
    upload_over(handler->server, exchange);
    if (sent) sent_wiped(handler, exchange, &arena);
    MHD_resume_connection(exchange->connection);
}

static void *handler_run(void *context)
{
    Handler *handler = context;
    for (Exchange *next = waiting_take(handler->server); next; next = waiting_take(handler->server))
        answer_one(handler, next);
    return NULL;
}

// ---- connections

static Connection *line_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static struct in_addr address_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || info->client_addr->sa_family != AF_INET) return (struct in_addr){0};
    return ((const struct sockaddr_in *)(const void *)info->client_addr)->sin_addr;
}

static int connections_most(const WebServer *server)
{
    int most = server->setup.connections_most;
    return most ? most : WEB_CONNECTIONS_MOST;
}

static void on_connection(void *context, struct MHD_Connection *connection, void **kept,
                          enum MHD_ConnectionNotificationCode code)
{
    WebServer *server = context;
    if (code != MHD_CONNECTION_NOTIFY_STARTED) {
        if (*kept) connection_end(*kept);
        *kept = NULL;
        return;
    }
    const union MHD_ConnectionInfo *socket =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    const union MHD_ConnectionInfo *tls =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    if (server->setup.tls && server->setup.tls->trust && tls) peer_demand(tls->tls_session);
    Connection *begun = socket ? connection_begin(server->connections, socket->connect_fd) : NULL;
    if (begun) {
        if (tls) connection_shakes(begun, tls->tls_session);
        connection_allow(begun, WEB_OPENING_SECONDS);
        connection_from(begun, address_of(connection).s_addr,
                        connections_most(server) / SPARE_PARTS);
    }
    *kept = begun;
}

// ---- requests

static Str header_of(struct MHD_Connection *connection, const char *name, Arena *arena)
{
    return str_copy(arena, str_of(MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name)));
}

static WebMethod method_of(const char *method)
{
    if (!strcmp(method, MHD_HTTP_METHOD_GET)) return WEB_GET;
    return !strcmp(method, MHD_HTTP_METHOD_POST) ? WEB_POST : WEB_OTHER;
}

static bool host_is_ours(const WebServer *server, Str host, Arena scratch)
{
    char ours[2][32];
    int port = web_server_port(server);
    if (server->setup.tls)
        return str_equal(host,
                         str_format(&scratch, "%.*s:%d", STR(server->setup.tls->name), port));
    (void)snprintf(ours[0], sizeof ours[0], "127.0.0.1:%d", port);
    (void)snprintf(ours[1], sizeof ours[1], "localhost:%d", port);
    return str_equal(host, str_of(ours[0])) || str_equal(host, str_of(ours[1]));
}

static const WebAsset *asset_at(const WebServer *server, Str target)
{
    for (int i = 0; i < server->setup.asset_count; i++)
        if (str_equal(path_text(server->assets[i].path), target)) return &server->assets[i];
    return NULL;
}

// A head that two readers could read in two ways is none of ours: what says how long the form is, whose it is and where it
// came from stands once, names are tokens, and no value has a control character (RFC 9112, 2.2, 3.2, 5.1, 6.3).
typedef struct HeadLook {
    int times[7];
    bool odd;
} HeadLook;

static enum MHD_Result header_looked_at(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    static const char *const once[] = {
        MHD_HTTP_HEADER_HOST,   MHD_HTTP_HEADER_CONTENT_LENGTH, MHD_HTTP_HEADER_TRANSFER_ENCODING, MHD_HTTP_HEADER_COOKIE,
        MHD_HTTP_HEADER_ORIGIN, MHD_HTTP_HEADER_CONTENT_TYPE,   "Sec-Fetch-Site"};
    HeadLook *look = context;
    (void)kind;
    _Static_assert(countof(once) == countof(look->times), "a count for each");
    for (const char *c = name; *c; c++) look->odd |= *c <= ' ' || *c == 0x7f;
    for (const char *c = value ? value : ""; *c; c++) look->odd |= (*c > 0 && *c < ' ' && *c != '\t') || *c == 0x7f;
    for (ptrdiff_t i = 0; i < countof(once); i++)
        if (!strcasecmp(name, once[i])) look->odd |= look->times[i]++ > 0;
    return MHD_YES;
}

static bool head_is_plain(struct MHD_Connection *connection)
{
    HeadLook look = {0};
    (void)MHD_get_connection_values(connection, MHD_HEADER_KIND, header_looked_at, &look);
    return !look.odd;
}

// What needs no handler: a head of two meanings, a foreign host, a method or coding that no page sends, an asset.
static bool answered_at_once(WebServer *server, const Exchange *exchange, bool *sent)
{
    struct MHD_Connection *connection = exchange->connection;
    const WebHead *head = &exchange->head;
    const WebAsset *asset = head->method == WEB_GET ? asset_at(server, head->target) : NULL;
    bool coded = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                             MHD_HTTP_HEADER_TRANSFER_ENCODING) != NULL;
    if (!head_is_plain(connection))
        *sent = answer_alone(connection, &server->manner, MHD_HTTP_BAD_REQUEST, S(""));
    else if (!host_is_ours(server, head->host, exchange->line->arena))
        *sent = answer_alone(connection, &server->manner, MHD_HTTP_MISDIRECTED_REQUEST, S(""));
    else if (head->method == WEB_OTHER)
        *sent = answer_alone(connection, &server->manner, MHD_HTTP_METHOD_NOT_ALLOWED, S(""));
    else if (coded)
        *sent = answer_alone(connection, &server->manner, MHD_HTTP_LENGTH_REQUIRED, S(""));
    else if (asset)
        *sent = asset_send(connection, asset);
    else
        return false;
    return true;
}

static Str peer_address(struct MHD_Connection *connection, Arena *arena)
{
    char text[INET_ADDRSTRLEN];
    struct in_addr from = address_of(connection);
    return inet_ntop(AF_INET, &from, text, sizeof text) ? str_copy(arena, str_of(text))
                                                        : (Str){0};
}

static Str card_shown(const WebServer *server, struct MHD_Connection *connection, Arena *arena)
{
    Pin pin;
    const union MHD_ConnectionInfo *tls =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    bool asked = server->setup.tls && server->setup.tls->trust;
    return asked && tls && peer_key(tls->tls_session, &pin) ? str_copy(arena, str_of(pin.text))
                                                            : (Str){0};
}

// A file comes with the form, from somebody who may send one there.
static void upload_expected(WebServer *server, Exchange *exchange)
{
    bool too_many;
    Connection *line = exchange->line;
    const WebUploads *uploads = server->setup.uploads;
    const WebHead *head = &exchange->head;
    if (!uploads || head->method != WEB_POST || !uploads->may(uploads->context, head, line->arena)) return;
    WebUpload *upload = NEW(&line->arena, WebUpload, 1);
    if (!upload_begin(upload, uploads, head->content_type, &line->arena)) return;
    exchange->upload = upload;
    uploads_count(server, 1, &too_many);
    if (too_many) upload_busy(upload);
    connection_allow(line, WEB_UPLOAD_SECONDS);
}

static enum MHD_Result on_head(WebServer *server, struct MHD_Connection *connection,
                               Connection *line, const char *method, Exchange *exchange)
{
    bool sent = true;
    Arena *arena = &line->arena;
    line->asked = true;
    connection_allow(line, WEB_BODY_SECONDS);
    exchange->begun = true;
    exchange->connection = connection;
    exchange->line = line;
    exchange->head.method = method_of(method);
    exchange->head.peer = peer_address(connection, arena);
    exchange->head.secure = server->setup.tls != NULL;
    exchange->head.session = server->manner.session;
    exchange->head.card = card_shown(server, connection, arena);
    exchange->head.host = header_of(connection, MHD_HTTP_HEADER_HOST, arena);
    exchange->head.cookie = header_of(connection, MHD_HTTP_HEADER_COOKIE, arena);
    exchange->head.content_type = header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE, arena);
    exchange->head.origin = header_of(connection, MHD_HTTP_HEADER_ORIGIN, arena);
    exchange->head.fetch_site = header_of(connection, "Sec-Fetch-Site", arena);
    if (answered_at_once(server, exchange, &sent)) return sent ? MHD_YES : MHD_NO;
    upload_expected(server, exchange);
    return MHD_YES;
}

// What is longer is read to its end and dropped, so that the answer arrives; without an end it is cut.
static enum MHD_Result on_body(Exchange *exchange, Str part)
{
    if (exchange->upload) {
        upload_part(exchange->upload, part);
        return MHD_YES;
    }
    exchange->too_long |= part.len > WEB_FORM_MOST - exchange->body.len;
    if (!exchange->too_long) text_add(&exchange->body, &exchange->line->arena, part);
    return MHD_YES;
}

// The library waits until a handler has queued the answer and says so.
static enum MHD_Result on_whole(WebServer *server, Exchange *exchange)
{
    connection_allow(exchange->line, 0);
    MHD_suspend_connection(exchange->connection);
    if (waiting_put(server, exchange)) return MHD_YES;
    (void)answer_alone(exchange->connection, &server->manner, MHD_HTTP_SERVICE_UNAVAILABLE,
                       S("ただいま混み合っています。少し待って、もう一度開いてください。"));
    MHD_resume_connection(exchange->connection);
    return MHD_YES;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_size, void **state)
{
    Exchange *exchange = *state;
    Connection *line = line_of(connection);
    (void)url, (void)version;
    if (!line || !exchange) return MHD_NO;
    if (!exchange->begun) return on_head(context, connection, line, method, exchange);
    if (!*upload_size) return on_whole(context, exchange);
    Str part = {upload, (ptrdiff_t)*upload_size};
    enum MHD_Result taken = on_body(exchange, part);
    bytes_wipe((void *)(uintptr_t)upload, part.len);  // the library's own copy of it
    *upload_size = 0;
    return taken;
}

// The target as it came, before the library decodes it in place.
static void *on_target(void *context, const char *target, struct MHD_Connection *connection)
{
    Connection *line = line_of(connection);
    (void)context;
    if (!line) return NULL;
    line->arena = line->whole;
    Exchange *exchange = NEW(&line->arena, Exchange, 1);
    exchange->head.target = str_copy(&line->arena, str_of(target));
    return exchange;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode code)
{
    Connection *line = line_of(connection);
    (void)code;
    upload_over(context, *state);
    if (line) connection_rests(line, WEB_IDLE_SECONDS + WEB_OPENING_SECONDS);
    *state = NULL;
}

// ---- opening and closing

static const char *type_of(const char *name)
{
    static const struct {
        const char *end, *type;
    } types[] = {{".css", "text/css; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".svg", "image/svg+xml"}};
    for (ptrdiff_t i = 0; i < countof(types); i++)
        if (str_ends(str_of(name), str_of(types[i].end))) return types[i].type;
    assert(!"an asset of a known kind");
    return NULL;
}

static void assets_take(WebServer *server, Arena *arena)
{
    assert(server->setup.asset_count <= ASSETS_MOST);
    for (int i = 0; i < server->setup.asset_count; i++) {
        char digest[SHA256_TEXT_SIZE];
        const EmbeddedFile *file = &server->setup.assets[i];
        Sha256 hash = sha256_of_text(file->text);
        Str variables[] = {{sha256_text(&hash, digest), 16}, str_of(file->name)};
        server->assets[i] =
            (WebAsset){.name = file->name,
                       .type = type_of(file->name),
                       .text = file->text,
                       .path = path_made("/a/{digest}/{name}", variables, 2, arena)};
    }
}

Path web_asset_path(const WebServer *server, const char *name)
{
    for (int i = 0; i < server->setup.asset_count; i++)
        if (!strcmp(server->assets[i].name, name)) return server->assets[i].path;
    assert(!"the asset is built in");
    return NULL;
}

// Text of a request may stand in what the library says: only that it said something is kept.
static void on_trouble(void *context, const char *format, va_list args)
{
    (void)context, (void)format, (void)args;
    log_line(LOG_WARN, "event=http_library_complains");
}

// What TLS adds. A browser offers X25519 first; one without TLS 1.3 is too old for the screens.
static int tls_options(const WebTls *tls, struct MHD_OptionItem options[])
{
    static const char priorities[] = "SECURE128:-VERS-ALL:+VERS-TLS1.3:"
                                     "-GROUP-ALL:+GROUP-X25519:+GROUP-SECP256R1:+GROUP-SECP384R1";
    int count = 0;
    options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)tls->certificate};
    options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)tls->key};
    options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)priorities};
    if (tls->trust)
        options[count++] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_TRUST, 0, (void *)(uintptr_t)tls->trust};
    return count;
}

static bool start(WebServer *server, Error *err)
{
    enum { TLS_OPTIONS_MOST = 5 };
    struct MHD_OptionItem tls[TLS_OPTIONS_MOST];
    const WebSetup *setup = &server->setup;
    int count = setup->tls ? tls_options(setup->tls, tls) : 0;
    tls[count] = (struct MHD_OptionItem){MHD_OPTION_END, 0, NULL};
    assert(setup->tls || listening_is_near(setup->socket));
    server->daemon = MHD_start_daemon(
        MHD_USE_POLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
            (setup->tls ? MHD_USE_TLS : 0U),
        0, NULL, NULL, on_request, server,                             //
        MHD_OPTION_EXTERNAL_LOGGER, on_trouble, server,                //
        MHD_OPTION_LISTEN_SOCKET, setup->socket,                       //
        MHD_OPTION_ARRAY, tls,                                         //
        MHD_OPTION_STRICT_FOR_CLIENT, 1,                               //
        MHD_OPTION_URI_LOG_CALLBACK, on_target, server,                //
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)BUFFER_BYTES,      //
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)connections_most(server),
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)WEB_IDLE_SECONDS,  //
        MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,        //
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,          //
        MHD_OPTION_END);
    if (server->daemon) return true;
    return FAIL(
        err, E_HTTP,
        .words =
            S("画面を始められません。証明書と鍵 (データの置き場所の tls) を確かめてください。"));
}

static void handlers_begin(WebServer *server)
{
    for (int i = 0; i < server->setup.handler_count; i++) {
        Handler *handler = &server->handlers[i];
        handler->server = server;
        handler->context = server->setup.contexts[i];
        handler->whole = arena_reserve(server->setup.handler_bytes);
        if (pthread_create(&handler->thread, NULL, handler_run, handler) != 0) abort();
        handler->begun = true;
    }
}

bool web_server_open(const WebSetup *setup, Arena *arena, WebServer **server, Error *err)
{
    assert(setup->handler_count > 0);
    assert(setup->handler_count <= WEB_HANDLERS_MOST);
    WebServer *opened = NEW(arena, WebServer, 1);
    opened->setup = *setup;
    (void)pthread_mutex_init(&opened->lock, NULL);
    (void)pthread_cond_init(&opened->brought, NULL);
    assets_take(opened, arena);
    opened->connections =
        connections_open(connections_most(opened), 2 * WEB_FORM_MOST + LINE_ROOM, setup->failed, arena);
    opened->manner = manner_of(setup, (Str){0}, arena);
    if (setup->uploads && !upload_folder_ready(setup->uploads->folder, err)) {
        web_server_close(opened);
        return false;
    }
    if (!start(opened, err)) {
        web_server_close(opened);
        return false;
    }
    handlers_begin(opened);
    *server = opened;
    return true;
}

int web_server_port(const WebServer *server)
{
    return listening_port(server->setup.socket);
}

Str web_server_origin(const WebServer *server, Arena *arena)
{
    const WebTls *tls = server->setup.tls;
    return str_format(arena, "%s://%.*s:%d", tls ? "https" : "http",
                      STR(tls ? tls->name : S("127.0.0.1")), web_server_port(server));
}

void web_server_beside(WebServer *server, const WebServer *other, Arena *arena)
{
    server->manner =
        manner_of(&server->setup, web_server_origin(other, arena), arena);
}

// A connection that is suspended may not be stopped: first nobody new, then what waits, then the library.
void web_server_close(WebServer *server)
{
    if (!server) return;
    int listening = server->daemon ? MHD_quiesce_daemon(server->daemon) : -1;
    (void)pthread_mutex_lock(&server->lock);
    server->closing = true;
    (void)pthread_cond_broadcast(&server->brought);
    (void)pthread_mutex_unlock(&server->lock);
    for (int i = 0; i < server->setup.handler_count; i++) {
        if (!server->handlers[i].begun) continue;
        (void)pthread_join(server->handlers[i].thread, NULL);
        arena_release(server->handlers[i].whole);
    }
    if (server->daemon) MHD_stop_daemon(server->daemon);
    if (listening >= 0) (void)close(listening);
    connections_close(server->connections);
}
