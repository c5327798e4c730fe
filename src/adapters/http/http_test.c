// Real TLS on the loopback. Proves C-3.3-03 (only registered peers), F-1-10 (only the peers it needs),
// C-3.7-13 (key files are their owner's).
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <curl/curl.h>

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "authority.h"
#include "error_texts.h"
#include "http_client.h"
#include "http_server.h"

enum { BODY_MOST = 100000, WORKERS = 4 };

typedef struct Scene {
    Arena arena;
    char home[64], elsewhere[64];  // two data directories: two authorities
    HttpServer *server;            // "addressee" of home; only "ledger" may ask /echo
    int counter;
    char stranger[32];  // role of the last caller that was refused
} Scene;

static bool echo(Scene *scene, const HttpRequest *request, Arena *arena, Str *answer, Error *err)
{
    if (request->too_long) return FAIL(err, E_LIMIT, .words = S("長すぎます。"));
    scene->counter++;
    if (str_equal(request->body, S("nonsense")))
        return FAIL(err, E_MESSAGE, .words = S("読めません。"));
    *answer = str_format(arena, "%.*s:%.*s", STR(request->role), STR(request->body));
    return true;
}

static bool answer_request(void *context, const HttpRequest *request, Arena *arena, Str *bytes,
                           Error *err)
{
    Scene *scene = context;
    if (!request->is_post) return FAIL(err, E_USAGE, .words = S("質問ではありません。"));
    if (!str_equal(request->path, S("/echo")))
        return FAIL(err, E_NOT_FOUND, .words = S("この道はありません。"));
    if (str_equal(request->role, S("ledger"))) return echo(scene, request, arena, bytes, err);
    (void)snprintf(scene->stranger, sizeof scene->stranger, "%.*s", STR(request->role));
    return FAIL(err, E_RIGHT, .words = S("この役割には答えません。"));
}

static HttpServer *serve(Scene *scene, const char *data_dir, Str role)
{
    void *contexts[WORKERS];
    for (int i = 0; i < WORKERS; i++) contexts[i] = scene;
    HttpServer *server = NULL;
    Error err = {0};
    const HttpServerSetup setup = {.data_dir = str_of(data_dir),
                                   .role = role,
                                   .handle = answer_request,
                                   .contexts = contexts,
                                   .worker_count = WORKERS,
                                   .worker_bytes = 1 << 20,
                                   .body_most = BODY_MOST};
    assert_true(http_server_open(&setup, &scene->arena, &server, &err));
    assert_true(http_server_port(server) > 0);
    return server;
}

static bool ask(Scene *scene, Str own_role, Str peer_role, const char *path, Str question,
                Str *answer, Error *err)
{
    HttpClient *client = NULL;
    const HttpPeer peer = {
        .data_dir = str_of(scene->home),
        .own_role = own_role,
        .peer_role = peer_role,
        .address = str_format(&scene->arena, "127.0.0.1:%d", http_server_port(scene->server))};
    if (!http_client_open(&peer, &scene->arena, &client, err)) return false;
    bool good = http_ask(client, path, question, &scene->arena, answer, err);
    http_client_close(client);
    return good;
}

static int set_up(void **state)
{
    Scene *scene = test_calloc(1, sizeof *scene);
    *scene = (Scene){.home = "/tmp/sesshu-http-XXXXXX", .elsewhere = "/tmp/sesshu-http-XXXXXX"};
    scene->arena = arena_reserve(256 << 20);
    if (!mkdtemp(scene->home) || !mkdtemp(scene->elsewhere)) return -1;
    scene->server = serve(scene, scene->home, S("addressee"));
    *state = scene;
    return 0;
}

static void forget(const char *data_dir)
{
    static const char *const names[] = {"ca.crt",        "ca.key",      "lock",
                                        "ledger.crt",    "ledger.key",  "addressee.crt",
                                        "addressee.key", "unified.crt", "unified.key"};
    char path[160];
    for (ptrdiff_t i = 0; i < countof(names); i++) {
        (void)snprintf(path, sizeof path, "%s/tls/%s", data_dir, names[i]);
        (void)unlink(path);
    }
    (void)snprintf(path, sizeof path, "%s/tls", data_dir);
    (void)rmdir(path);
    (void)rmdir(data_dir);
}

static int tear_down(void **state)
{
    Scene *scene = *state;
    http_server_close(scene->server);
    forget(scene->home);
    forget(scene->elsewhere);
    test_free(scene);
    return 0;
}

static void the_ledger_asks_and_is_answered(void **state)
{
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    assert_true(ask(scene, S("ledger"), S("addressee"), "/echo", S("花子"), &answer, &err));
    assert_true(str_equal(answer, S("ledger:花子")));
}

static void a_long_question_arrives_whole_and_a_longer_one_is_refused(void **state)
{
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    char *text = NEW(&scene->arena, char, BODY_MOST + 1);
    memset(text, 'a', BODY_MOST + 1);
    assert_true(
        ask(scene, S("ledger"), S("addressee"), "/echo", (Str){text, BODY_MOST}, &answer, &err));
    assert_int_equal(answer.len, BODY_MOST + 7);
    assert_false(ask(scene, S("ledger"), S("addressee"), "/echo", (Str){text, BODY_MOST + 1},
                     &answer, &err));
    assert_int_equal(err.code, E_HTTP);
    assert_int_equal(scene->counter, 1);
}

static void another_role_of_the_same_city_is_refused(void **state)
{
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    assert_false(ask(scene, S("unified"), S("addressee"), "/echo", S("花子"), &answer, &err));
    assert_int_equal(err.code, E_TLS);
    assert_int_equal(scene->counter, 0);
    assert_string_equal(scene->stranger, "unified");
}

static void a_server_of_another_role_gets_no_question(void **state)
{
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    assert_false(ask(scene, S("ledger"), S("unified"), "/echo", S("花子"), &answer, &err));
    assert_int_equal(err.code, E_TLS);
    assert_int_equal(scene->counter, 0);
}

static void what_a_handler_refuses_and_what_has_no_route_is_an_error(void **state)
{
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    assert_false(ask(scene, S("ledger"), S("addressee"), "/echo", S("nonsense"), &answer, &err));
    assert_int_equal(err.code, E_HTTP);
    assert_true(str_equal(error_value(&err), S("E_MESSAGE")));
    assert_false(ask(scene, S("ledger"), S("addressee"), "/other", S("x"), &answer, &err));
    assert_int_equal(err.code, E_HTTP);
    assert_int_equal(scene->counter, 1);
}

// What a stranger can do with a library of his own: his files, his protocol.
typedef struct Stranger {
    const char *scheme;
    const RoleFiles *files;  // NULL: no certificate
    const char *trust;
    long tls;
} Stranger;

static size_t drop(char *data, size_t size, size_t count, void *context)
{
    (void)data;
    (void)context;
    return size * count;
}

static bool stranger_gets_any_answer(Scene *scene, Stranger stranger)
{
    CURL *curl = curl_easy_init();
    int port = http_server_port(scene->server);
    char url[160], route[64];
    (void)snprintf(url, sizeof url, "%s://addressee" ROLE_DOMAIN ":%d/echo", stranger.scheme, port);
    (void)snprintf(route, sizeof route, "::127.0.0.1:%d", port);
    struct curl_slist *routes = curl_slist_append(NULL, route);
    (void)curl_easy_setopt(curl, CURLOPT_URL, url);
    (void)curl_easy_setopt(curl, CURLOPT_CONNECT_TO, routes);
    (void)curl_easy_setopt(curl, CURLOPT_POSTFIELDS, "花子");
    (void)curl_easy_setopt(curl, CURLOPT_CAINFO, stranger.trust);
    (void)curl_easy_setopt(curl, CURLOPT_SSLVERSION, stranger.tls);
    (void)curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop);
    (void)curl_easy_setopt(curl, CURLOPT_TIMEOUT, 10L);
    if (stranger.files) {
        (void)curl_easy_setopt(curl, CURLOPT_SSLCERT, stranger.files->certificate);
        (void)curl_easy_setopt(curl, CURLOPT_SSLKEY, stranger.files->key);
    }
    bool answered = curl_easy_perform(curl) == CURLE_OK;
    curl_slist_free_all(routes);
    curl_easy_cleanup(curl);
    return answered;
}

static void strangers_do_not_get_through_the_handshake(void **state)
{
    Scene *scene = *state;
    RoleFiles ours, theirs;
    Error err = {0};
    assert_true(role_files(str_of(scene->home), S("ledger"), &scene->arena, &ours, &err));
    assert_true(role_files(str_of(scene->elsewhere), S("ledger"), &scene->arena, &theirs, &err));

    const long newest = CURL_SSLVERSION_TLSv1_3;
    assert_true(stranger_gets_any_answer(scene, (Stranger){"https", &ours, ours.trust, newest}));
    assert_int_equal(scene->counter, 1);
    const Stranger strangers[] = {
        {"https", NULL, ours.trust, newest},     // no certificate
        {"https", &theirs, ours.trust, newest},  // another authority's ledger
        {"https", &ours, ours.trust, CURL_SSLVERSION_TLSv1_2 | CURL_SSLVERSION_MAX_TLSv1_2},
        {"http", NULL, ours.trust, newest},  // no TLS at all
    };
    for (ptrdiff_t i = 0; i < countof(strangers); i++)
        assert_false(stranger_gets_any_answer(scene, strangers[i]));
    assert_int_equal(scene->counter, 1);
}

static void a_server_of_another_authority_is_not_believed(void **state)
{
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    HttpServer *impostor = serve(scene, scene->elsewhere, S("addressee"));
    HttpServer *real = scene->server;
    scene->server = impostor;
    bool believed = ask(scene, S("ledger"), S("addressee"), "/echo", S("花子"), &answer, &err);
    scene->server = real;
    http_server_close(impostor);
    assert_false(believed);
    assert_int_equal(err.code, E_TLS);
}

static void keys_that_others_can_read_are_refused(void **state)
{
    Scene *scene = *state;
    RoleFiles files;
    Error err = {0};
    struct stat facts;
    assert_true(role_files(str_of(scene->home), S("ledger"), &scene->arena, &files, &err));
    assert_int_equal(stat(files.key, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(chmod(files.key, 0640), 0);
    assert_false(role_files(str_of(scene->home), S("ledger"), &scene->arena, &files, &err));
    assert_int_equal(err.code, E_KEY);
}

static void nobody_at_home_is_told_as_such(void **state)
{
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    HttpClient *client = NULL;
    const HttpPeer peer = {str_of(scene->home), S("ledger"), S("addressee"), S("127.0.0.1:1")};
    assert_true(http_client_open(&peer, &scene->arena, &client, &err));
    assert_false(http_ask(client, "/echo", S("花子"), &scene->arena, &answer, &err));
    http_client_close(client);
    assert_int_equal(err.code, E_HTTP);
}

int main(void)
{
#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        STORY(the_ledger_asks_and_is_answered),
        STORY(a_long_question_arrives_whole_and_a_longer_one_is_refused),
        STORY(another_role_of_the_same_city_is_refused),
        STORY(a_server_of_another_role_gets_no_question),
        STORY(what_a_handler_refuses_and_what_has_no_route_is_an_error),
        STORY(strangers_do_not_get_through_the_handshake),
        STORY(a_server_of_another_authority_is_not_believed),
        STORY(keys_that_others_can_read_are_refused),
        STORY(nobody_at_home_is_told_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
