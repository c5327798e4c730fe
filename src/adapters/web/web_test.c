// What browsers say is read, and what they are told.
// SPDX-License-Identifier: Apache-2.0
#include "listening.h"
#include "page_made.h"
#include "web_upload.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cmocka.h>

static Arena whole;

// ---- requests

typedef struct Read {
    const char *target, *cookie, *form;
    ErrorCode code;
} Read;

// clang-format off
static const Read reads[] = {
    {"/",                     "",              "",               E_NONE},
    {"/p/a%2Fb?x=1",          "desk=abc; a=b", "n=%E8%8A%B1&x=a+b", E_NONE},
    {"/p",                    "",              "a=1&&b",         E_NONE},
    {"p",                     "",              "",               E_MESSAGE},
    {"",                      "",              "",               E_MESSAGE},
    {"/p//x",                 "",              "",               E_MESSAGE},
    {"/p/",                   "",              "",               E_MESSAGE},
    {"/p/%00",                "",              "",               E_MESSAGE},
    {"/p/%FF",                "",              "",               E_MESSAGE},
    {"/p/%E8%8A",             "",              "",               E_MESSAGE},
    {"/p/%4",                 "",              "",               E_MESSAGE},
    {"/p/%zz",                "",              "",               E_MESSAGE},
    {"/",                     "",              "a=%00",          E_MESSAGE},
    {"/",                     "",              "%C0%80=1",       E_MESSAGE},
    {"/?a=%",                 "",              "",               E_MESSAGE},
    {"/1/2/3/4/5/6/7/8/9",    "",              "",               E_LIMIT},
};
// clang-format on

static bool request_of(const Read *read, Arena *arena, WebRequest *request, Error *err)
{
    const WebHead head = {.method = WEB_POST,
                          .target = str_of(read->target),
                          .cookie = str_of(read->cookie),
                          .content_type = S("application/x-www-form-urlencoded; charset=UTF-8")};
    return web_request_read(&head, str_of(read->form), arena, request, err);
}

static void what_cannot_mislead_is_read_and_the_rest_is_refused(void **state)
{
    (void)state;
    for (ptrdiff_t i = 0; i < countof(reads); i++) {
        Arena arena = whole;
        Error err = {0};
        WebRequest request;
        (void)request_of(&reads[i], &arena, &request, &err);
        if (err.code != reads[i].code)
            fail_msg("%s %s: %s", reads[i].target, reads[i].form, error_code_text(err.code));
    }
}

static void each_part_is_decoded_once(void **state)
{
    (void)state;
    Arena arena = whole;
    Error err = {0};
    WebRequest request;
    const Read read = {"/p/a%252Fb?x=1%26y", "desk=abc; a=b", "n=%E8%8A%B1+x&twice=1&twice=2", 0};
    assert_true(request_of(&read, &arena, &request, &err));
    assert_int_equal(request.segment_count, 2);
    assert_true(str_equal(request.segments[1], S("a%2Fb")));
    assert_true(str_equal(web_value(request.query, "x"), S("1&y")));
    assert_true(str_equal(web_value(request.form, "n"), S("花 x")));
    assert_true(str_equal(web_value(request.cookies, "desk"), S("abc")));
    assert_false(str_present(web_value(request.form, "twice")));
    assert_false(str_present(web_value(request.form, "none")));
}

static void a_form_of_another_kind_is_refused(void **state)
{
    (void)state;
    Arena arena = whole;
    Error err = {0};
    WebRequest request;
    const WebHead head = {.method = WEB_POST, .target = S("/"), .content_type = S("text/plain")};
    assert_false(web_request_read(&head, S("a=1"), &arena, &request, &err));
    assert_int_equal(err.code, E_MESSAGE);
}

// ---- the server

static const EmbeddedFile assets[] = {{"desk.css", {"p{}", 3}}};

static bool handle(void *context, const WebRequest *request, const Error *why, Arena *arena,
                   WebAnswer *answer, Error *err)
{
    (void)context;
    if (why) answer->status = why->code == E_LIMIT ? 413 : why->code == E_BUSY ? 503 : 400;
    Page *page = page_begin(arena);
    put_literal(page, S("<p>"));
    if (request) put_text_there(page, web_value(request->form, "name"));
    put_literal(page, S("</p>"));
    if (request && request->segment_count && str_equal(request->segments[0], S("in"))) {
        answer->cookie = S("abc");
        answer->go = path_made("/", NULL, 0, arena);
    }
    if (request && request->segment_count && str_equal(request->segments[0], S("fail")))
        return FAIL(err, E_INTERNAL, .words = S("x"));
    return page_end(page, &answer->page, err);
}

static WebServer *open_server_as(WebSetup setup, Arena *arena)
{
    static void *contexts[2];
    WebServer *server;
    Error err = {0};
    assert_true(listen_at((Str){0}, 0, *arena, &setup.socket, &err));
    setup.handle = handle;
    setup.contexts = contexts;
    setup.handler_count = 2;
    setup.handler_bytes = 16 << 20;
    setup.assets = assets;
    setup.asset_count = 1;
    assert_true(web_server_open(&setup, arena, &server, &err));
    return server;
}

static WebServer *open_server(Arena *arena)
{
    return open_server_as((WebSetup){0}, arena);
}

// From an address of the loopback: 1 is 127.0.0.1.
static int dial_from(const WebServer *server, int own)
{
    const struct sockaddr_in from = {.sin_family = AF_INET,
                                     .sin_addr.s_addr = htonl(0x7F000000U + (unsigned)own)};
    const struct sockaddr_in address = {.sin_family = AF_INET,
                                        .sin_port = htons((uint16_t)web_server_port(server)),
                                        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int line = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(line >= 0);
    assert_int_equal(bind(line, (const struct sockaddr *)&from, sizeof from), 0);
    assert_int_equal(connect(line, (const struct sockaddr *)&address, sizeof address), 0);
    return line;
}

static int dial(const WebServer *server)
{
    return dial_from(server, 1);
}

// What is answered until the other end hangs up, or `until` has come.
static const char *heard(int line, const char *until, Arena *arena)
{
    enum { ROOM_BYTES = 1 << 16 };
    char *text = NEW(arena, char, ROOM_BYTES);
    ptrdiff_t len = 0;
    for (;;) {
        ssize_t got = recv(line, text + len, (size_t)(ROOM_BYTES - 1 - len), 0);
        if (got <= 0) return text;
        len += got;
        if (until && strstr(text, until)) return text;
    }
}

static void say_all(int line, Str text)
{
    while (text.len) {
        ssize_t sent = send(line, text.at, (size_t)text.len, MSG_NOSIGNAL);
        if (sent <= 0) return;
        text = str_from(text, sent);
    }
}

static const char *asked(const WebServer *server, const char *start, const char *more, Arena *arena)
{
    int line = dial(server);
    say_all(line, str_format(arena, "%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n%s",
                             start, web_server_port(server), more));
    const char *answer = heard(line, NULL, arena);
    (void)close(line);
    return answer;
}

static void expect_has(const char *answer, const char *part)
{
    if (!strstr(answer, part)) fail_msg("no %s in %s", part, answer);
}

static void a_page_is_whole_and_comes_with_its_headers(void **state)
{
    (void)state;
    Arena arena = whole;
    WebServer *server = open_server(&arena);
    const char *answer = asked(server, "POST /",
                               "Content-Type: application/x-www-form-urlencoded\r\n"
                               "Content-Length: 14\r\n\r\nname=%3Cb%3Ehi",
                               &arena);
    expect_has(answer, "HTTP/1.1 200 OK\r\n");
    expect_has(answer, "Content-Type: text/html; charset=utf-8\r\n");
    expect_has(answer, "Cache-Control: no-store\r\n");
    expect_has(answer, "Content-Security-Policy: default-src 'none'; script-src 'self';");
    expect_has(answer, "frame-ancestors 'none'");
    expect_has(answer, "Referrer-Policy: no-referrer\r\n");
    expect_has(answer, "X-Content-Type-Options: nosniff\r\n");
    expect_has(answer, "<p>&lt;b&gt;hi</p>");
    answer = asked(server, "GET /in", "\r\n", &arena);
    expect_has(answer, "HTTP/1.1 303 See Other\r\n");
    expect_has(answer, "Location: /\r\n");
    expect_has(answer, "Set-Cookie: desk=abc; Path=/; HttpOnly; SameSite=Strict\r\n");
    web_server_close(server);
}

static void an_asset_lies_under_its_digest(void **state)
{
    (void)state;
    Arena arena = whole;
    WebServer *server = open_server(&arena);
    Str path = path_text(web_asset_path(server, "desk.css"));
    assert_true(str_starts(path, S("/a/")));
    const char *get = str_z(&arena, str_join(&arena, S("GET "), path));
    const char *answer = asked(server, get, "\r\n", &arena);
    expect_has(answer, "Content-Type: text/css");
    expect_has(answer, "max-age=31536000, immutable");
    expect_has(answer, "\r\n\r\np{}");
    web_server_close(server);
}

static void what_no_page_of_ours_sends_is_refused(void **state)
{
    (void)state;
    Arena arena = whole;
    WebServer *server = open_server(&arena);
    int line = dial(server);
    say_all(line, S("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"));
    expect_has(heard(line, NULL, &arena), "HTTP/1.1 421 ");
    (void)close(line);
    expect_has(asked(server, "DELETE /", "\r\n", &arena), "HTTP/1.1 405 ");
    expect_has(asked(server, "POST /", "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", &arena),
               "HTTP/1.1 411 ");
    expect_has(asked(server, "GET /%00", "\r\n", &arena), "HTTP/1.1 400 ");
    expect_has(asked(server, "GET /fail", "\r\n", &arena), "HTTP/1.1 500 ");
    web_server_close(server);
}

// What a proxy in front, or another library, could read otherwise than we do is read by nobody.
static void a_head_of_two_meanings_is_refused(void **state)
{
    static const char *const heads[] = {
        "Content-Length: 3\r\nContent-Length: 0\r\n\r\na=1", "Content-Length: 0\r\nContent-Length: 3\r\n\r\n",
        "Content-Length: 3\r\nContent-Length: 3\r\n\r\na=1", "Host: evil.example\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n",                "Cookie: desk=a\r\nCookie: desk=b\r\n\r\n",
        "Origin: null\r\norigin: null\r\n\r\n",               "X: a\rTransfer-Encoding: chunked\r\n\r\n"};
    (void)state;
    Arena arena = whole;
    WebServer *server = open_server(&arena);
    for (ptrdiff_t i = 0; i < countof(heads); i++) {
        const char *answer = asked(server, "POST /", heads[i], &arena);
        if (strncmp(answer, "HTTP/1.1 400 ", 13) != 0) fail_msg("%s: %s", heads[i], answer);
    }
    expect_has(asked(server, "POST /", "X: a\tb\r\nContent-Length: 0\r\n\r\n", &arena), "HTTP/1.1 200 ");
    web_server_close(server);
}

static void a_form_that_is_too_long_is_told_so(void **state)
{
    (void)state;
    Arena arena = whole;
    WebServer *server = open_server(&arena);
    ptrdiff_t len = WEB_FORM_MOST + 1000;
    char *body = NEW(&arena, char, len + 1);
    memset(body, 'a', (size_t)len);
    Str more = str_format(
        &arena, "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %td\r\n\r\n%s",
        len, body);
    expect_has(asked(server, "POST /", str_z(&arena, more), &arena), "HTTP/1.1 413 ");
    web_server_close(server);
}

// ---- files

#define FORM_BEGINS "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nhalf"
#define FORM_ENDS   " a file\r\n--xx--\r\n"

static bool anybody(void *context, const WebHead *head, Arena scratch)
{
    (void)context, (void)head, (void)scratch;
    return true;
}

static int file_begun(const WebServer *server, Arena *arena)
{
    int line = dial(server);
    say_all(line, str_format(arena,
                             "POST / HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
                             "Content-Type: multipart/form-data; boundary=xx\r\nContent-Length: %zu\r\n\r\n" FORM_BEGINS,
                             web_server_port(server), sizeof FORM_BEGINS FORM_ENDS - 1));
    return line;
}

static void file_ended(int line, const char *status, Arena *arena)
{
    say_all(line, S(FORM_ENDS));
    expect_has(heard(line, NULL, arena), status);
    (void)close(line);
}

static int drafts_in(const char *folder)
{
    int count = 0;
    DIR *all = opendir(folder);
    assert_non_null(all);
    for (const struct dirent *one = readdir(all); one; one = readdir(all)) count += one->d_name[0] != '.';
    (void)closedir(all);
    return count;
}

static void drafts_become(const char *folder, int count)
{
    for (int i = 0; i < 2000 && drafts_in(folder) != count; i++) (void)usleep(5000);
    assert_int_equal(drafts_in(folder), count);
}

// One more is told to come again; a server that opens beside this one takes no draft away that somebody is sending.
static void so_many_files_arrive_at_once_and_their_drafts_are_their_own(void **state)
{
    (void)state;
    Error err = {0};
    Arena arena = whole;
    int lines[WEB_UPLOADS_MOST];
    char folder[] = "/tmp/sesshu-web.XXXXXX";
    assert_non_null(mkdtemp(folder));
    const WebUploads uploads = {.folder = folder, .most = 1000, .may = anybody};
    WebServer *server = open_server_as((WebSetup){.uploads = &uploads}, &arena);
    for (int i = 0; i < WEB_UPLOADS_MOST; i++) lines[i] = file_begun(server, &arena);
    drafts_become(folder, WEB_UPLOADS_MOST);
    file_ended(file_begun(server, &arena), "HTTP/1.1 503 ", &arena);
    assert_true(upload_folder_ready(folder, &err));
    drafts_become(folder, WEB_UPLOADS_MOST);
    for (int i = 0; i < WEB_UPLOADS_MOST; i++) file_ended(lines[i], "HTTP/1.1 200 ", &arena);
    file_ended(file_begun(server, &arena), "HTTP/1.1 200 ", &arena);
    drafts_become(folder, 0);
    web_server_close(server);
    assert_int_equal(rmdir(folder), 0);
}

// Thirty tabs that say nothing hold nobody up, and two requests come over one connection.
static void idle_connections_hold_no_handler(void **state)
{
    enum { IDLE = 30 };
    (void)state;
    Arena arena = whole;
    WebServer *server = open_server(&arena);
    int idle[IDLE], line = dial(server);
    for (int i = 0; i < IDLE; i++) idle[i] = dial(server);
    Str ask =
        str_format(&arena, "GET / HTTP/1.1\r\nHost: localhost:%d\r\n\r\n", web_server_port(server));
    for (int i = 0; i < 2; i++) {
        say_all(line, ask);
        expect_has(heard(line, "<p></p>", &arena), "HTTP/1.1 200 OK");
    }
    for (int i = 0; i < IDLE; i++) (void)close(idle[i]);
    (void)close(line);
    web_server_close(server);
}

static bool answered_on(const WebServer *server, int line, Arena *arena)
{
    say_all(line, str_format(arena, "GET / HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
                             web_server_port(server)));
    return strstr(heard(line, "<p></p>", arena), "HTTP/1.1 200 OK") != NULL;
}

// A whole office behind one address, each tab with a page open; and one address that takes all places shuts nobody
// out who comes from another.
static void an_address_may_hold_many_places_and_shuts_nobody_out(void **state)
{
    enum { OFFICE = 60, PLACES = 24, COLLEAGUES = 3 };
    (void)state;
    Arena arena = whole;
    int lines[OFFICE], others[COLLEAGUES];
    WebServer *server = open_server(&arena);
    for (int i = 0; i < OFFICE; i++) {
        lines[i] = dial(server);
        assert_true(answered_on(server, lines[i], &arena));
    }
    for (int i = 0; i < OFFICE; i++) assert_true(answered_on(server, lines[i], &arena));
    for (int i = 0; i < OFFICE; i++) (void)close(lines[i]);
    web_server_close(server);

    server = open_server_as((WebSetup){.connections_most = PLACES}, &arena);
    for (int i = 0; i < COLLEAGUES; i++) {
        others[i] = dial_from(server, 7);
        assert_true(answered_on(server, others[i], &arena));
    }
    for (int i = 0; i < OFFICE; i++) {
        lines[i] = dial_from(server, 2);
        (void)answered_on(server, lines[i], &arena);
    }
    int newcomer = dial_from(server, 9);
    assert_true(answered_on(server, newcomer, &arena));
    for (int i = 0; i < COLLEAGUES; i++) assert_true(answered_on(server, others[i], &arena));
    for (int i = 0; i < COLLEAGUES; i++) (void)close(others[i]);
    for (int i = 0; i < OFFICE; i++) (void)close(lines[i]);
    (void)close(newcomer);
    web_server_close(server);
}

int main(void)
{
    whole = arena_reserve(64 << 20);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_cannot_mislead_is_read_and_the_rest_is_refused),
        cmocka_unit_test(each_part_is_decoded_once),
        cmocka_unit_test(a_form_of_another_kind_is_refused),
        cmocka_unit_test(a_page_is_whole_and_comes_with_its_headers),
        cmocka_unit_test(an_asset_lies_under_its_digest),
        cmocka_unit_test(what_no_page_of_ours_sends_is_refused),
        cmocka_unit_test(a_head_of_two_meanings_is_refused),
        cmocka_unit_test(a_form_that_is_too_long_is_told_so),
        cmocka_unit_test(so_many_files_arrive_at_once_and_their_drafts_are_their_own),
        cmocka_unit_test(idle_connections_hold_no_handler),
        cmocka_unit_test(an_address_may_hold_many_places_and_shuts_nobody_out),
    };
    return cmocka_run_group_tests_name("web", tests, NULL, NULL);
}
