// Real TLS on the loopback. Proves C-3.3-03 (only registered peers), F-1-10 (only the peers it needs),
// C-3.7-13 (key files are their owner's).
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <curl/curl.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <netinet/in.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <semaphore.h>
#include <unistd.h>

#include "authority.h"
#include "connections.h"
#include "error_texts.h"
#include "http_client.h"
#include "http_server.h"
#include "listening.h"
#include "pins.h"

enum { BODY_MOST = 100000, WORKERS = 4, LONG_ANSWER = 8 << 20 };

static const char key_log[] = "/tmp/sesshu-http-secrets";

typedef struct Scene {
    Arena arena;
    char home[64], elsewhere[64];  // two data directories: two authorities
    HttpServer *server;            // "addressee" of home; only "ledger" may ask /echo
    int counter;
    char stranger[80];  // role of the last caller that was refused
    const char *asked, *answered;  // where the last ones lay
    atomic_llong failed;           // handshakes
    sem_t begun, go;               // of what takes long
} Scene;

static bool echo(Scene *scene, const HttpRequest *request, Arena *arena, Str *answer, Error *err)
{
    if (request->too_long) return FAIL(err, E_LIMIT, .words = S("長すぎます。"));
    scene->counter++;
    if (str_equal(request->body, S("nonsense")))
        return FAIL(err, E_MESSAGE, .words = S("読めません。"));
    *answer = str_format(arena, "%.*s:%.*s", STR(request->role), STR(request->body));
    scene->asked = request->body.at;
    scene->answered = answer->at;
    return true;
}

// More than the line holds; for as long as it takes; for whoever it is.
static bool for_anybody(Scene *scene, const HttpRequest *request, Arena *arena, Str *answer)
{
    *answer = str_copy(arena, request->role);
    if (str_equal(request->path, S("/anybody"))) return true;
    if (str_equal(request->path, S("/long"))) *answer = (Str){NEW(arena, char, LONG_ANSWER), LONG_ANSWER};
    else if (!str_equal(request->path, S("/slow"))) return false;
    (void)sem_post(&scene->begun);
    if (str_equal(request->path, S("/slow"))) (void)sem_wait(&scene->go);
    return true;
}

static bool answer_request(void *context, const HttpRequest *request, Arena *arena, Str *bytes,
                           Error *err)
{
    Scene *scene = context;
    if (!request->is_post) return FAIL(err, E_USAGE, .words = S("質問ではありません。"));
    if (for_anybody(scene, request, arena, bytes)) return true;
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
    int socket;
    assert_true(listen_at((Str){0}, 0, scene->arena, &socket, &err));
    const HttpServerSetup setup = {.data_dir = str_of(data_dir),
                                   .role = role,
                                   .socket = socket,
                                   .handle = answer_request,
                                   .contexts = contexts,
                                   .worker_count = WORKERS,
                                   .worker_bytes = 2 * LONG_ANSWER,
                                   .body_most = BODY_MOST,
                                   .failed = &scene->failed};
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
    (void)sem_init(&scene->begun, 0, 0);
    (void)sem_init(&scene->go, 0, 0);
    if (!mkdtemp(scene->home) || !mkdtemp(scene->elsewhere)) return -1;
    scene->server = serve(scene, scene->home, S("addressee"));
    *state = scene;
    return 0;
}

static void forget(const char *data_dir)
{
    static const char *const names[] = {
        "ca.crt",        "ca.key",        "lock",      "pins",      "ledger.crt",  "ledger.key",
        "addressee.crt", "addressee.key", "other.crt", "other.key", "unified.crt", "unified.key",
        "intermediate-0220140100500000.crt", "intermediate-0220140100500000.key"};
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
    for (int i = 0; i < 2 * WORKERS; i++) (void)sem_post(&scene->go);
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

// The server ends a line a moment after its stranger has.
static long long handshakes_failed(Scene *scene, long long least)
{
    for (int tries = 0; tries < 500 && atomic_load(&scene->failed) < least; tries++) (void)usleep(20000);
    return atomic_load(&scene->failed);
}

static void strangers_do_not_get_through_the_handshake(void **state)
{
    Scene *scene = *state;
    RoleFiles ours, theirs;
    Error err = {0};
    assert_true(
        role_files(str_of(scene->home), S("ledger"), clock_now(), &scene->arena, &ours, &err));
    assert_true(role_files(str_of(scene->elsewhere), S("ledger"), clock_now(), &scene->arena,
                           &theirs, &err));

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
    assert_int_equal(handshakes_failed(scene, countof(strangers)), countof(strangers));  // each, and nobody else
}

// ---- certificates of the right authority that say something else

typedef struct Variant {
    const char *what;
    const char *purpose;      // extendedKeyUsage; NULL: none
    const char *constraints;  // basicConstraints
    const char *names[2];
    int zero_at;  // the first name has a zero byte here; 0: none
    int days;     // until it expires
    bool unlisted, answered;
    const char *listed;  // as whose key it is listed; NULL: the ledger's
} Variant;

static EVP_PKEY *key_from(const char *path)
{
    FILE *in = fopen(path, "r");
    EVP_PKEY *key = PEM_read_PrivateKey(in, NULL, NULL, NULL);
    (void)fclose(in);
    return key;
}

static X509 *certificate_from(const char *path)
{
    FILE *in = fopen(path, "r");
    X509 *certificate = PEM_read_X509(in, NULL, NULL, NULL);
    (void)fclose(in);
    return certificate;
}

static void extend(X509 *certificate, int nid, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
    assert_int_equal(X509_add_ext(certificate, extension, -1), 1);
    X509_EXTENSION_free(extension);
}

static void name_it(X509 *certificate, const Variant *v)
{
    GENERAL_NAMES *names = GENERAL_NAMES_new();
    for (int i = 0; i < 2 && v->names[i]; i++) {
        char text[80];
        int len = snprintf(text, sizeof text, "%s", v->names[i]);
        if (i == 0 && v->zero_at) text[v->zero_at] = '\0';
        GENERAL_NAME *name = GENERAL_NAME_new();
        ASN1_IA5STRING *value = ASN1_IA5STRING_new();
        assert_int_equal(ASN1_STRING_set(value, text, len), 1);
        GENERAL_NAME_set0_value(name, GEN_DNS, value);
        assert_true(sk_GENERAL_NAME_push(names, name) > 0);
    }
    assert_int_equal(X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, 0), 1);
    GENERAL_NAMES_free(names);
}

static void write_pair(const RoleFiles *files, X509 *certificate, EVP_PKEY *key)
{
    FILE *out = fopen(files->certificate, "w");
    assert_int_equal(PEM_write_X509(out, certificate), 1);
    (void)fclose(out);
    out = fopen(files->key, "w");
    assert_int_equal(PEM_write_PrivateKey(out, key, NULL, NULL, 0, NULL, NULL), 1);
    (void)fclose(out);
}

static Pin pin_of(X509 *certificate)
{
    unsigned char hash[PIN_HASH_BYTES], *der = NULL;
    int len = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
    assert_int_equal(EVP_Digest(der, (size_t)len, hash, NULL, EVP_sha256(), NULL), 1);
    OPENSSL_free(der);
    return pin_of_hash(hash);
}

// Issued by the city's authority as the variant says; its key is the one listed for the ledger.
static RoleFiles issue(Scene *scene, const RoleFiles *ours, const Variant *v)
{
    Error err = {0};
    RoleFiles files = *ours;
    files.certificate =
        str_z(&scene->arena, str_format(&scene->arena, "%s/tls/other.crt", scene->home));
    files.key = str_z(&scene->arena, str_format(&scene->arena, "%s/tls/other.key", scene->home));
    EVP_PKEY *issuer_key =
        key_from(str_z(&scene->arena, str_format(&scene->arena, "%s/tls/ca.key", scene->home)));
    X509 *issuer = certificate_from(ours->trust), *own = X509_new();
    EVP_PKEY *key = EVP_EC_gen("P-256");
    (void)X509_set_version(own, 2);
    (void)ASN1_INTEGER_set(X509_get_serialNumber(own), 7);
    (void)X509_gmtime_adj(X509_getm_notBefore(own), -86400L * 30);
    (void)X509_gmtime_adj(X509_getm_notAfter(own), 86400L * v->days);
    (void)X509_set_pubkey(own, key);
    (void)X509_set_issuer_name(own, X509_get_subject_name(issuer));
    extend(own, NID_basic_constraints, v->constraints);
    if (v->purpose) extend(own, NID_ext_key_usage, v->purpose);
    name_it(own, v);
    assert_true(X509_sign(own, issuer_key, EVP_sha256()) > 0);
    write_pair(&files, own, key);
    Pin pin = pin_of(own);
    Str whose = v->listed ? str_of(v->listed) : S("ledger");
    if (!v->unlisted) assert_true(pins_set(ours->folder, whose, &pin, scene->arena, &err));
    X509_free(own);
    X509_free(issuer);
    EVP_PKEY_free(key);
    EVP_PKEY_free(issuer_key);
    return files;
}

#define LEDGER "ledger" ROLE_DOMAIN
#define BOTH   "serverAuth,clientAuth"
#define LEAF   "critical,CA:FALSE"

static void only_a_certificate_that_is_made_for_a_role_is_believed(void **state)
{
    static const Variant variants[] = {
        {"as we make them", BOTH, LEAF, {LEDGER}, 0, 30, .answered = true},
        {"for servers only", "serverAuth", LEAF, {LEDGER}, 0, 30},
        {"for signing code", "codeSigning", LEAF, {LEDGER}, 0, 30},
        {"for no purpose", NULL, LEAF, {LEDGER}, 0, 30},
        {"an authority's", BOTH, "critical,CA:TRUE", {LEDGER}, 0, 30},
        {"a zero byte in the name", BOTH, LEAF, {LEDGER "..evil.jp"}, sizeof LEDGER - 1, 30},
        {"another name behind it", BOTH, LEAF, {LEDGER, "evil.jp"}, 0, 30},
        {"another name before it", BOTH, LEAF, {"evil.jp", LEDGER}, 0, 30},
        {"two roles", BOTH, LEAF, {LEDGER, "unified" ROLE_DOMAIN}, 0, 30},
        {"capital letters", BOTH, LEAF, {"LEDGER" ROLE_DOMAIN}, 0, 30},
        {"any role", BOTH, LEAF, {"*" ROLE_DOMAIN}, 0, 30},
        {"no role", BOTH, LEAF, {ROLE_DOMAIN}, 0, 30},
        {"a name within", BOTH, LEAF, {"a." LEDGER}, 0, 30},
        {"expired", BOTH, LEAF, {LEDGER}, 0, -1},
        {"a key that is not listed", BOTH, LEAF, {LEDGER}, 0, 30, .unlisted = true},
    };
    Scene *scene = *state;
    RoleFiles ours;
    Error err = {0};
    assert_true(
        role_files(str_of(scene->home), S("ledger"), clock_now(), &scene->arena, &ours, &err));
    for (ptrdiff_t i = 0; i < countof(variants); i++) {
        int before = scene->counter;
        RoleFiles files = issue(scene, &ours, &variants[i]);
        (void)stranger_gets_any_answer(
            scene, (Stranger){"https", &files, ours.trust, CURL_SSLVERSION_TLSv1_3});
        if (scene->counter - before != variants[i].answered) fail_msg("%s", variants[i].what);
    }
}

#define KITAKYUSHU "intermediate-0220140100500000"

// Proves C-3.6-20. The handler learns the whole name of a family's member; what only looks like one is nobody.
static void a_member_of_a_family_is_proven_by_its_whole_name(void **state)
{
    static const struct {
        const char *role;
        bool proven;
    } names[] = {
        {KITAKYUSHU, true},
        {"unified-0220140100500000", true},
        {"intermediate-022014010050000", false},
        {KITAKYUSHU "0", false},
        {KITAKYUSHU "-0220140130700000", false},
        {"intermediate-", false},
        {"-0220140100500000", false},
        {"intermediate--220140100500000", false},
        {"intermediate-022014010050000x", false},
        {"Intermediate-0220140100500000", false},
        {"intermediat3-0220140100500000", false},
        {"intermediate0220140100500000", false},
        {"intermediate_0220140100500000", false},
        {"a." KITAKYUSHU, false},
    };
    Scene *scene = *state;
    RoleFiles ours;
    Error err = {0};
    assert_true(
        role_files(str_of(scene->home), S("ledger"), clock_now(), &scene->arena, &ours, &err));
    for (ptrdiff_t i = 0; i < countof(names); i++) {
        char name[100];
        (void)snprintf(name, sizeof name, "%s" ROLE_DOMAIN, names[i].role);
        Variant variant = {names[i].role, BOTH, LEAF, {name}, 0, 30, .listed = names[i].role};
        RoleFiles files = issue(scene, &ours, &variant);
        scene->stranger[0] = '\0';
        (void)stranger_gets_any_answer(
            scene, (Stranger){"https", &files, ours.trust, CURL_SSLVERSION_TLSv1_3});
        assert_string_equal(scene->stranger, names[i].proven ? names[i].role : "");
    }
}

static bool admitted_asks(Scene *scene, const char *to, Error *err)
{
    Str answer;
    HttpClient *client = NULL;
    const HttpPeer peer = {
        .data_dir = str_of(to),
        .own_role = S(KITAKYUSHU),
        .peer_role = S("addressee"),
        .address = str_format(&scene->arena, "127.0.0.1:%d", http_server_port(scene->server))};
    if (!http_client_open(&peer, &scene->arena, &client, err)) return false;
    scene->stranger[0] = '\0';
    bool answered = http_ask(client, "/echo", S("x"), &scene->arena, &answer, err);
    http_client_close(client);
    return !answered && !strcmp(scene->stranger, KITAKYUSHU);  // the echo is the ledger's alone
}

// Proves C-3.6-20: whoever is admitted gets a key that nobody else has, and loses it when it is admitted again.
static void whoever_is_admitted_is_believed_and_an_earlier_key_no_more(void **state)
{
    Scene *scene = *state;
    Error err = {0};
    const RoleAdmission admission = {.data_dir = str_of(scene->home),
                                     .role = S(KITAKYUSHU),
                                     .server = S("addressee"),
                                     .to_dir = str_of(scene->elsewhere)};
    assert_true(role_admit(&admission, scene->arena, &err));
    assert_true(admitted_asks(scene, scene->elsewhere, &err));
    char path[160];
    (void)snprintf(path, sizeof path, "%s/tls/" KITAKYUSHU ".key", scene->home);
    assert_int_not_equal(faccessat(AT_FDCWD, path, F_OK, 0), 0);  // it did not stay here

    RoleFiles stolen;
    assert_true(role_files(admission.to_dir, admission.role, clock_now(), &scene->arena, &stolen, &err));
    X509 *certificate = certificate_from(stolen.certificate);
    EVP_PKEY *key = key_from(stolen.key);
    RoleFiles kept = stolen;
    kept.certificate = str_z(&scene->arena, str_format(&scene->arena, "%s/tls/other.crt", scene->home));
    kept.key = str_z(&scene->arena, str_format(&scene->arena, "%s/tls/other.key", scene->home));
    write_pair(&kept, certificate, key);
    X509_free(certificate);
    EVP_PKEY_free(key);
    assert_true(role_admit(&admission, scene->arena, &err));
    scene->stranger[0] = '\0';
    (void)stranger_gets_any_answer(scene, (Stranger){"https", &kept, stolen.trust, CURL_SSLVERSION_TLSv1_3});
    assert_string_equal(scene->stranger, "");
    assert_true(admitted_asks(scene, scene->elsewhere, &err));
}

// The same name from an authority of its own making is a stranger's.
static void a_member_of_another_authority_is_nobody(void **state)
{
    Scene *scene = *state;
    RoleFiles ours, theirs;
    Error err = {0};
    assert_true(role_files(str_of(scene->home), S("ledger"), clock_now(), &scene->arena, &ours, &err));
    assert_true(role_files(str_of(scene->elsewhere), S(KITAKYUSHU), clock_now(), &scene->arena, &theirs, &err));
    assert_false(stranger_gets_any_answer(
        scene, (Stranger){"https", &theirs, ours.trust, CURL_SSLVERSION_TLSv1_3}));
    assert_string_equal(scene->stranger, "");
}

// A stolen key is worth nothing once the role has another one, for a running server too.
static void a_key_that_was_replaced_is_refused_at_once(void **state)
{
    Scene *scene = *state;
    RoleFiles now, stolen;
    Str answer;
    Error err = {0};
    assert_true(
        role_files(str_of(scene->home), S("ledger"), clock_now(), &scene->arena, &now, &err));
    X509 *certificate = certificate_from(now.certificate);
    EVP_PKEY *key = key_from(now.key);
    stolen = now;
    stolen.certificate =
        str_z(&scene->arena, str_format(&scene->arena, "%s/tls/other.crt", scene->home));
    stolen.key = str_z(&scene->arena, str_format(&scene->arena, "%s/tls/other.key", scene->home));
    write_pair(&stolen, certificate, key);
    X509_free(certificate);
    EVP_PKEY_free(key);
    const Stranger thief = {"https", &stolen, now.trust, CURL_SSLVERSION_TLSv1_3};
    assert_true(stranger_gets_any_answer(scene, thief));
    assert_int_equal(scene->counter, 1);

    assert_true(
        role_renew(str_of(scene->home), S("ledger"), clock_now(), &scene->arena, &now, &err));
    (void)stranger_gets_any_answer(scene, thief);
    assert_int_equal(scene->counter, 1);
    assert_true(ask(scene, S("ledger"), S("addressee"), "/echo", S("花子"), &answer, &err));
}

// The ledger does not tell its question to a server whose key was taken off the list.
static void a_server_whose_key_was_replaced_gets_no_question(void **state)
{
    Scene *scene = *state;
    RoleFiles files;
    Str answer;
    Error err = {0};
    assert_true(
        role_renew(str_of(scene->home), S("addressee"), clock_now(), &scene->arena, &files, &err));
    assert_false(ask(scene, S("ledger"), S("addressee"), "/echo", S("花子"), &answer, &err));
    assert_int_equal(err.code, E_TLS);
    assert_int_equal(scene->counter, 0);
}

static void an_end_that_comes_near_is_counted_and_an_end_that_is_past_is_told(void **state)
{
    const Instant day = (Instant)86400 * 1000000;
    Scene *scene = *state;
    RoleFiles files;
    Error err = {0};
    Str home = str_of(scene->home);
    assert_true(role_files(home, S("ledger"), clock_now(), &scene->arena, &files, &err));
    assert_true(files.days_left > 700);
    Instant last = clock_now() + files.days_left * day;
    assert_true(role_files(home, S("ledger"), last - 30 * day, &scene->arena, &files, &err));
    assert_in_range(files.days_left, 29, 31);
    assert_false(role_files(home, S("ledger"), last + 2 * day, &scene->arena, &files, &err));
    assert_int_equal(err.code, E_KEY);
    assert_true(role_renew(home, S("ledger"), clock_now(), &scene->arena, &files, &err));
}

// A certificate that has ended and a clock that is wrong look the same: the words name both, and what to do of each.
static void a_certificate_out_of_its_time_says_until_when(void **state)
{
    Scene *scene = *state;
    Str home = str_of(scene->home);
    RoleFiles files;
    Error err = {0};
    Instant now = clock_now();
    const Instant day = (Instant)86400 * 1000000;
    assert_true(role_files(home, S("ledger"), now, &scene->arena, &files, &err));
    const Instant good[] = {now, now + files.days_left * day}, bad[] = {now + (files.days_left + 2) * day, now - 30 * day};
    for (int i = 0; i < 2; i++) {
        char today[DAY_TEXT_SIZE];
        assert_true(role_files(home, S("ledger"), good[i], &scene->arena, &files, &err));
        assert_false(role_files(home, S("ledger"), bad[i], &scene->arena, &files, &err));
        assert_int_equal(err.code, E_KEY);
        assert_true(str_equal(error_value(&err), S("ledger" ROLE_DOMAIN)));
        assert_true(str_find(error_words(&err), str_of(day_text(instant_day_in_japan(bad[i]), today))) > 0);
        assert_true(str_find(error_words(&err), S("sesshu tls renew")) > 0);
    }
    // What ends first is named: the authority itself cannot be renewed by a new certificate.
    assert_false(role_files(home, S("ledger"), now + 40 * 366 * day, &scene->arena, &files, &err));
    assert_int_equal(err.code, E_KEY);
}

// ---- connections that say nothing

static int connect_to(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int line = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(connect(line, (struct sockaddr *)&address, sizeof address), 0);
    return line;
}

// Four times as many as there are workers; each says one byte, and is hung up on all the same.
static void silent_connections_stop_nobody_and_are_ended(void **state)
{
    enum { SILENT = 4 * WORKERS };
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    int lines[SILENT];
    char byte = 0x16;  // how a handshake begins
    for (int i = 0; i < SILENT; i++) {
        lines[i] = connect_to(http_server_port(scene->server));
        assert_int_equal(send(lines[i], &byte, 1, 0), 1);
    }
    assert_true(ask(scene, S("ledger"), S("addressee"), "/echo", S("花子"), &answer, &err));
    for (int i = 0; i < SILENT; i++) {
        assert_true(recv(lines[i], &byte, 1, 0) <= 0);  // waits for the end
        (void)close(lines[i]);
    }
}

// More than there is room for, all from the address of whoever asks: the oldest make way, and he is answered
// while the newest still wait to be hung up on.
static void many_silent_connections_shut_nobody_out(void **state)
{
    enum { SILENT = 3 * 64 };
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    int lines[SILENT];
    char byte = 0x16;
    for (int i = 0; i < SILENT; i++) {
        lines[i] = connect_to(http_server_port(scene->server));
        (void)send(lines[i], &byte, 1, MSG_NOSIGNAL);
    }
    assert_true(ask(scene, S("ledger"), S("addressee"), "/echo", S("花子"), &answer, &err));
    assert_int_equal(recv(lines[SILENT - 1], &byte, 1, MSG_DONTWAIT), -1);
    assert_int_equal(errno, EAGAIN);
    for (int i = 0; i < SILENT; i++) (void)close(lines[i]);
}

// ---- as many as there are

// Two lines of each of 1,741 organisations, before and behind whom we look for.
static void the_keys_of_a_nation_are_one_list(void **state)
{
    enum { ORGANISATIONS = 1741 };
    Scene *scene = *state;
    RoleFiles files;
    Pin pin = pin_of_hash((const unsigned char[PIN_HASH_BYTES]){7}), last = pin_of_hash((const unsigned char[PIN_HASH_BYTES]){8});
    Str pins, before;
    Error err = {0};
    assert_true(role_files(str_of(scene->home), S("addressee"), clock_now(), &scene->arena, &files, &err));
    assert_true(pins_of_role(files.folder, S("addressee"), &scene->arena, &before, &err));
    FILE *list = fopen(str_z(&scene->arena, str_format(&scene->arena, "%.*s/pins", STR(files.folder))), "a");
    assert_non_null(list);
    for (int i = 0; i < ORGANISATIONS; i++)
        assert_true(fprintf(list, "intermediate-02201%06d00000 %s\nunified-02201%06d00000 %s\n", i, pin.text, i, pin.text) > 0);
    assert_int_equal(fclose(list), 0);
    assert_true(pins_set(files.folder, S("unified-0220100174000000"), &last, scene->arena, &err));
    assert_true(pins_of_role(files.folder, S("unified-0220100174000000"), &scene->arena, &pins, &err));
    assert_true(str_equal(pins, str_of(last.text)));
    assert_true(pins_of_role(files.folder, S("intermediate-0220100000000000"), &scene->arena, &pins, &err));
    assert_true(str_equal(pins, str_of(pin.text)));
    assert_true(pins_of_role(files.folder, S("addressee"), &scene->arena, &pins, &err));
    assert_true(str_equal(pins, before));
}

// ---- one who is slow, and all the others

typedef struct Line {
    SSL_CTX *context;
    SSL *tls;
    int socket;
} Line;

// Asks as that role, and reads nothing of the answer.
static Line asks_and_reads_nothing(Scene *scene, Str role, const char *path)
{
    RoleFiles files;
    Error err = {0};
    Line line = {.context = SSL_CTX_new(TLS_client_method()), .socket = connect_to(http_server_port(scene->server))};
    Str question = str_format(&scene->arena, "POST %s HTTP/1.1\r\nHost: addressee\r\nContent-Length: 0\r\n\r\n", path);
    assert_true(role_files(str_of(scene->home), role, clock_now(), &scene->arena, &files, &err));
    assert_int_equal(SSL_CTX_use_certificate_file(line.context, files.certificate, SSL_FILETYPE_PEM), 1);
    assert_int_equal(SSL_CTX_use_PrivateKey_file(line.context, files.key, SSL_FILETYPE_PEM), 1);
    line.tls = SSL_new(line.context);
    assert_int_equal(SSL_set_fd(line.tls, line.socket), 1);
    assert_int_equal(SSL_connect(line.tls), 1);
    assert_int_equal(SSL_write(line.tls, question.at, (int)question.len), question.len);
    return line;
}

static void hang_up(Line line)
{
    SSL_free(line.tls);
    SSL_CTX_free(line.context);
    (void)close(line.socket);
}

// F17: as many answers as there are workers lie on lines whose other end does not read.
static void whoever_does_not_take_his_answer_holds_up_nobody(void **state)
{
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    Line lines[WORKERS];
    for (int i = 0; i < WORKERS; i++) lines[i] = asks_and_reads_nothing(scene, S("ledger"), "/long");
    for (int i = 0; i < WORKERS; i++) (void)sem_wait(&scene->begun);
    assert_true(ask(scene, S("unified"), S("addressee"), "/anybody", S(""), &answer, &err));
    assert_true(str_equal(answer, S("unified")));
    for (int i = 0; i < WORKERS; i++) hang_up(lines[i]);
}

// F17, F18: whatever one role asks for, a worker is left for another; and all of it has its turn.
static void no_role_takes_the_last_worker(void **state)
{
    enum { ASKED = WORKERS + 1 };
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    Line lines[ASKED];
    for (int i = 0; i < ASKED; i++) lines[i] = asks_and_reads_nothing(scene, S("ledger"), "/slow");
    for (int i = 0; i < WORKERS - 1; i++) (void)sem_wait(&scene->begun);
    assert_true(ask(scene, S("unified"), S("addressee"), "/anybody", S(""), &answer, &err));
    assert_int_equal(sem_trywait(&scene->begun), -1);  // the others wait still
    for (int i = 0; i < ASKED; i++) (void)sem_post(&scene->go);
    for (int i = WORKERS - 1; i < ASKED; i++) (void)sem_wait(&scene->begun);
    for (int i = 0; i < ASKED; i++) hang_up(lines[i]);
}

static bool is_hung_up(int end)
{
    char byte;
    return recv(end, &byte, 1, MSG_DONTWAIT) == 0;
}

// Where few places are left, one of the role that holds most is hung up on, and none of whoever comes.
static void the_role_with_most_connections_makes_way(void **state)
{
    enum { PLACES = 8, SPARE = 2, SECONDS = 30 };
    Scene *scene = *state;
    int ends[PLACES][2];
    Connection *held[PLACES];
    Connections *all = connections_open(PLACES, 4096, NULL, &scene->arena);
    for (int i = 0; i < PLACES; i++) {
        const char role[ROLE_MOST] = {i == 0 || i == PLACES - 1 ? 'b' : 'a'};
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends[i]), 0);
        held[i] = connection_begin(all, ends[i][0]);
        assert_non_null(held[i]);
        assert_true(connection_named(held[i], role, SPARE));
        connection_allow(held[i], SECONDS);
        if (i == 2) connection_allow(held[i], 0);  // at work: it stays
    }
    // Seven and eight came to places that are kept free: the first of the greater role went, and the next.
    for (int i = 0; i < PLACES; i++) assert_int_equal(is_hung_up(ends[i][1]), i == 1 || i == 3);
    for (int i = 0; i < PLACES; i++) {
        connection_end(held[i]);
        (void)close(ends[i][0]);
        (void)close(ends[i][1]);
    }
    connections_close(all);
}

// Whoever has not named himself is no role, however many he is; and who asks again on his line takes no place anew.
static void the_unnamed_are_no_role_and_nobody_is_named_twice(void **state)
{
    enum { PLACES = 6, SPARE = 2, SECONDS = 30 };
    Scene *scene = *state;
    int ends[PLACES][2];
    Connection *held[PLACES];
    const char a[ROLE_MOST] = "a", b[ROLE_MOST] = "b";
    Connections *all = connections_open(PLACES, 4096, NULL, &scene->arena);
    for (int i = 0; i < PLACES; i++) {
        assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends[i]), 0);
        held[i] = connection_begin(all, ends[i][0]);
        assert_non_null(held[i]);
        if (i < 2) assert_true(connection_named(held[i], i ? b : a, SPARE));
        connection_allow(held[i], SECONDS);
    }
    assert_true(connection_named(held[1], b, SPARE));  // again, with four in their handshake and no place free
    for (int i = 0; i < PLACES; i++) assert_false(is_hung_up(ends[i][1]));
    assert_true(connection_named(held[2], b, SPARE));
    for (int i = 0; i < PLACES; i++) assert_int_equal(is_hung_up(ends[i][1]), i == 1);  // of two that are b's the older one
    for (int i = 0; i < PLACES; i++) {
        connection_end(held[i]);
        (void)close(ends[i][0]);
        (void)close(ends[i][1]);
    }
    connections_close(all);
}

static bool is_gone(const char *at, Str text)
{
    for (int tries = 0; tries < 500; tries++, (void)usleep(20000))
        if (memcmp(at, text.at, (size_t)text.len) != 0) return true;
    return false;
}

// Messages may carry Individual Numbers: when the answer has left, the server has neither it nor the question.
static void of_question_and_answer_nothing_stays_in_memory(void **state)
{
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    HttpClient *client = NULL;
    const HttpPeer peer = {
        .data_dir = str_of(scene->home),
        .own_role = S("ledger"),
        .peer_role = S("addressee"),
        .address = str_format(&scene->arena, "127.0.0.1:%d", http_server_port(scene->server))};
    assert_true(http_client_open(&peer, &scene->arena, &client, &err));
    assert_true(http_ask(client, "/echo", S("000000123455"), &scene->arena, &answer, &err));
    assert_true(is_gone(scene->answered, S("ledger:000000123455")));
    assert_true(is_gone(scene->asked, S("000000123455")));  // the line is still open, and its memory there
    http_client_close(client);
}

static void nobody_has_our_secrets_written_to_a_file(void **state)
{
    Scene *scene = *state;
    Str answer;
    Error err = {0};
    assert_true(ask(scene, S("ledger"), S("addressee"), "/echo", S("花子"), &answer, &err));
    assert_int_equal(access(key_log, F_OK), -1);
}

static void a_folder_that_others_can_open_is_refused(void **state)
{
    Scene *scene = *state;
    RoleFiles files;
    Error err = {0};
    char folder[96];
    (void)snprintf(folder, sizeof folder, "%s/tls", scene->home);
    for (mode_t open_to = 1; open_to <= 040; open_to <<= 1) {
        assert_int_equal(chmod(folder, 0700 | open_to), 0);
        assert_false(
            role_files(str_of(scene->home), S("ledger"), clock_now(), &scene->arena, &files, &err));
        assert_int_equal(err.code, E_KEY);
    }
    assert_int_equal(chmod(folder, 0700), 0);
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
    assert_true(
        role_files(str_of(scene->home), S("ledger"), clock_now(), &scene->arena, &files, &err));
    assert_int_equal(stat(files.key, &facts), 0);
    assert_int_equal(facts.st_mode & 0777, 0600);
    assert_int_equal(chmod(files.key, 0640), 0);
    assert_false(
        role_files(str_of(scene->home), S("ledger"), clock_now(), &scene->arena, &files, &err));
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
    (void)unlink(key_log);
    (void)setenv("SSLKEYLOGFILE", key_log, 1);
#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        STORY(the_ledger_asks_and_is_answered),
        STORY(a_certificate_out_of_its_time_says_until_when),
        STORY(a_long_question_arrives_whole_and_a_longer_one_is_refused),
        STORY(another_role_of_the_same_city_is_refused),
        STORY(a_server_of_another_role_gets_no_question),
        STORY(what_a_handler_refuses_and_what_has_no_route_is_an_error),
        STORY(strangers_do_not_get_through_the_handshake),
        STORY(only_a_certificate_that_is_made_for_a_role_is_believed),
        STORY(a_member_of_a_family_is_proven_by_its_whole_name),
        STORY(whoever_is_admitted_is_believed_and_an_earlier_key_no_more),
        STORY(a_member_of_another_authority_is_nobody),
        STORY(a_key_that_was_replaced_is_refused_at_once),
        STORY(a_server_whose_key_was_replaced_gets_no_question),
        STORY(an_end_that_comes_near_is_counted_and_an_end_that_is_past_is_told),
        STORY(silent_connections_stop_nobody_and_are_ended),
        STORY(many_silent_connections_shut_nobody_out),
        STORY(the_keys_of_a_nation_are_one_list),
        STORY(whoever_does_not_take_his_answer_holds_up_nobody),
        STORY(no_role_takes_the_last_worker),
        STORY(the_role_with_most_connections_makes_way),
        STORY(the_unnamed_are_no_role_and_nobody_is_named_twice),
        STORY(of_question_and_answer_nothing_stays_in_memory),
        STORY(nobody_has_our_secrets_written_to_a_file),
        STORY(a_folder_that_others_can_open_is_refused),
        STORY(a_server_of_another_authority_is_not_believed),
        STORY(keys_that_others_can_read_are_refused),
        STORY(nobody_at_home_is_told_as_such),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
