// SPDX-License-Identifier: Apache-2.0
#include "demo_browser.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUESTS_MOST = 100, ANSWER_SECONDS = 60 };

static bool no_answer(Error *err)
{
    return FAIL(err, E_HTTP, .words = S("画面が答えません。上の説明を確かめてください。"));
}

// ---- one question

static bool connected(int port, int *line)
{
    const struct sockaddr_in there = {.sin_family = AF_INET,
                                      .sin_port = htons((uint16_t)port),
                                      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const struct timeval wait = {.tv_sec = ANSWER_SECONDS};
    *line = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return *line >= 0 && setsockopt(*line, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait) == 0 &&
           connect(*line, (const struct sockaddr *)&there, sizeof there) == 0;
}

static bool all_sent(int line, Str question)
{
    while (question.len > 0) {
        ssize_t sent = send(line, question.at, (size_t)question.len, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        question = str_from(question, sent);
    }
    return true;
}

static bool all_read(int line, Arena *arena, Str *answer)
{
    char bytes[8192];
    Text read = {0};
    ssize_t came;
    while ((came = recv(line, bytes, sizeof bytes, 0)) > 0) text_add(&read, arena, (Str){bytes, came});
    *answer = text_str(&read);
    return came == 0 && answer->len > 0;
}

// What stands between two words; {0}: it is not there.
static Str between(Str text, const char *before, const char *after)
{
    ptrdiff_t at = str_find(text, str_of(before));
    if (at < 0) return (Str){0};
    Str rest = str_from(text, at + str_of(before).len);
    ptrdiff_t end = str_find(rest, str_of(after));
    return end < 0 ? (Str){0} : str_first(rest, end);
}

static void cookies_kept(DemoBrowser *browser, Str answer)
{
    Text kept = {0};
    for (Str one, rest = answer; (one = between(rest, "Set-Cookie: ", ";")).len;
         rest = (Str){one.at, answer.at + answer.len - one.at})
        text_addf(&kept, browser->arena, "%s%.*s", kept.len ? "; " : "", STR(one));
    if (kept.len) browser->cookies = text_str(&kept);
}

static bool asked(DemoBrowser *browser, const char *method, Str path, Str form, Str *answer, Error *err)
{
    int line = -1;
    Str question = str_format(browser->arena,
                              "%s %.*s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\n"
                              "Cookie: %.*s\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %td\r\n\r\n%.*s",
                              method, STR(path), browser->port, STR(browser->cookies), form.len, STR(form));
    bool good = connected(browser->port, &line) && all_sent(line, question) && all_read(line, browser->arena, answer);
    if (line >= 0) (void)close(line);
    if (!good) return no_answer(err);
    cookies_kept(browser, *answer);
    return true;
}

static void field_add(Text *form, Arena *arena, const char *name, Str value)
{
    text_addf(form, arena, "%s%s=", form->len ? "&" : "", name);
    for (ptrdiff_t i = 0; i < value.len; i++) text_addf(form, arena, "%%%02x", (unsigned)(unsigned char)value.at[i]);
}

// ---- signing in

bool browser_sign_in(DemoBrowser *browser, Str address, const char *name, Str password, Error *err)
{
    Text form = {0};
    Str answer;
    Arena *arena = browser->arena;
    if (!str_digits(between(address, "127.0.0.1:", "/"), 1, 5, &browser->port)) return no_answer(err);
    field_add(&form, arena, "name", str_of(name));
    field_add(&form, arena, "password", password);
    field_add(&form, arena, "purpose", S("窓口対応"));
    if (!asked(browser, "POST", S("/signin"), text_str(&form), &answer, err)) return false;
    return str_starts(answer, S("HTTP/1.1 303")) ||
           FAIL(err, E_RIGHT, .value = str_of(name), .words = S("この人は画面に入れません。上の説明を確かめてください。"));
}

// ---- the box of approvals

// Where the page leads that holds the form to approve; {0}: nothing waits.
static Str form_of(Str page)
{
    return between(page, "<form method=\"post\" id=\"approve\"", "</form>");
}

static Str hidden(Str form, const char *name, Arena *arena)
{
    const char *before = str_z(arena, str_format(arena, "name=\"%s\" value=\"", name));
    return between(form, before, "\"");
}

bool browser_approve(DemoBrowser *browser, int *approved, Error *err)
{
    static const char *const names[] = {"_origin", "_once", "_seen"};
    *approved = 0;
    for (int i = 0; i < REQUESTS_MOST; i++) {
        Str page;
        Text form = {0};
        if (!asked(browser, "GET", S("/approvals"), (Str){0}, &page, err)) return false;
        Str shown = form_of(page), path = between(shown, "action=\"", "\"");
        if (!path.len) return true;
        for (ptrdiff_t n = 0; n < countof(names); n++)
            field_add(&form, browser->arena, names[n], hidden(shown, names[n], browser->arena));
        field_add(&form, browser->arena, "_do", S("approve"));
        if (!asked(browser, "POST", path, text_str(&form), &page, err)) return false;
        *approved += str_starts(page, S("HTTP/1.1 303"));
    }
    return true;
}
