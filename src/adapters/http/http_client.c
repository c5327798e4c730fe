// SPDX-License-Identifier: Apache-2.0
#include "http_client.h"

#include <curl/curl.h>

#include <pthread.h>

#include "authority.h"
#include "logging.h"
#include "pins.h"

struct HttpClient {
    CURL *curl;
    struct curl_slist *headers, *route;
    Str base;  // https://addressee.sesshu.internal:8701
};

typedef struct Taking {
    Text text;
    Arena *arena;
    bool too_long;
} Taking;

static pthread_once_t curl_once = PTHREAD_ONCE_INIT;

static void curl_begin(void)
{
    tls_environment_clear();
    (void)curl_global_init(CURL_GLOBAL_DEFAULT);
}

static size_t take_answer(char *data, size_t size, size_t count, void *context)
{
    Taking *taking = context;
    size_t len = size * count;
    taking->too_long |= (ptrdiff_t)len > HTTP_ANSWER_MOST - taking->text.len;
    if (taking->too_long) return 0;  // curl ends the transfer
    text_add(&taking->text, taking->arena, (Str){data, (ptrdiff_t)len});
    return len;
}

static bool set_identity(CURL *curl, const RoleFiles *files, const char *pins)
{
    return curl_easy_setopt(curl, CURLOPT_CAINFO, files->trust) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSLCERT, files->certificate) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSLKEY, files->key) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_PINNEDPUBLICKEY, pins) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_3) == CURLE_OK;
}

static bool set_limits(CURL *curl)
{
    return curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "https") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOPROXY, "*") == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)HTTP_CONNECT_SECONDS) == CURLE_OK &&
           curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)HTTP_ANSWER_SECONDS) == CURLE_OK;
}

// The name in the address is the role; where it lives is told beside it, without any name service.
static bool set_route(HttpClient *client, const HttpPeer *peer, Arena *arena)
{
    Cut place = str_cut(peer->address, ':');
    int port;
    if (!place.found || !str_digits(place.tail, 1, 5, &port)) return false;
    client->base = str_format(arena, "https://%.*s" ROLE_DOMAIN ":%d", STR(peer->peer_role), port);
    client->route =
        curl_slist_append(NULL, str_z(arena, str_format(arena, "::%.*s", STR(peer->address))));
    client->headers = curl_slist_append(NULL, "Content-Type: application/cbor");
    return client->route && client->headers &&
           curl_easy_setopt(client->curl, CURLOPT_CONNECT_TO, client->route) == CURLE_OK &&
           curl_easy_setopt(client->curl, CURLOPT_HTTPHEADER, client->headers) == CURLE_OK;
}

bool http_client_open(const HttpPeer *peer, Arena *arena, HttpClient **client, Error *err)
{
    RoleFiles files;
    Str pins;
    (void)pthread_once(&curl_once, curl_begin);
    if (!role_files(peer->data_dir, peer->own_role, clock_now(), arena, &files, err)) return false;
    if (!pins_of_role(files.folder, peer->peer_role, arena, &pins, err)) return false;
    if (!pins.len)
        return FAIL(err, E_TLS, .value = peer->peer_role,
                    .words = S("相手のシステムの鍵が登録 (tls/pins) にありません。"
                               "相手を先に準備してください。"));
    HttpClient *opened = NEW(arena, HttpClient, 1);
    opened->curl = curl_easy_init();
    if (!opened->curl || !set_identity(opened->curl, &files, str_z(arena, pins)) ||
        !set_limits(opened->curl) || !set_route(opened, peer, arena)) {
        http_client_close(opened);
        return FAIL(err, E_HTTP, .value = peer->address,
                    .words = S("相手のシステムの場所は 127.0.0.1:8701 のように指定してください。"));
    }
    *client = opened;
    return true;
}

static bool transfer_failed(CURLcode code, const Taking *taking, Error *err)
{
    log_line(LOG_WARN, "event=ask_failed curl=%d", (int)code);
    if (taking->too_long)
        return FAIL(err, E_LIMIT, .words = S("相手のシステムの答えが大きすぎます。"));
    if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR ||
        code == CURLE_SSL_PINNEDPUBKEYNOTMATCH || code == CURLE_SSL_CERTPROBLEM ||
        code == CURLE_RECV_ERROR || code == CURLE_SSL_CACERT_BADFILE)
        return FAIL(
            err, E_TLS,
            .words = S(
                "相手のシステムと互いに証明書を確かめられません。双方の tls を確かめてください。"));
    return FAIL(err, E_HTTP,
                .words = S("相手のシステムが答えません。動いているか確かめてください。"));
}

bool http_ask(HttpClient *client, const char *path, Str question, Arena *arena, Str *answer,
              Error *err)
{
    Taking taking = {.arena = arena};
    CURL *curl = client->curl;
    Str url = str_format(arena, "%.*s%s", STR(client->base), path);
    (void)curl_easy_setopt(curl, CURLOPT_URL, str_z(arena, url));
    (void)curl_easy_setopt(curl, CURLOPT_POST, 1L);
    (void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS, question.at ? question.at : "");
    (void)curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)question.len);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEDATA, &taking);

    CURLcode code = curl_easy_perform(curl);
    if (code != CURLE_OK) return transfer_failed(code, &taking, err);
    long status = 0;
    (void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (status == 403)
        return FAIL(err, E_TLS,
                    .words = S("相手のシステムがこのシステムからの要求を認めていません。"));
    if (status != 200)
        return FAIL(err, E_HTTP, .value = text_str(&taking.text),
                    .words =
                        S("相手のシステムが要求を断りました。相手側の記録を確かめてください。"));
    *answer = text_str(&taking.text);
    return true;
}

void http_client_close(HttpClient *client)
{
    if (!client) return;
    curl_slist_free_all(client->headers);
    curl_slist_free_all(client->route);
    curl_easy_cleanup(client->curl);
}
