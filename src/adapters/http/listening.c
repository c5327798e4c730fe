// SPDX-License-Identifier: Apache-2.0
#include "listening.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

static bool address_read(Str address, int port, Arena scratch, struct sockaddr_in *place, Error *err)
{
    Str text = address.len ? address : S("127.0.0.1");
    assert(port >= 0 && port <= UINT16_MAX);
    *place = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    if (inet_pton(AF_INET, str_z(&scratch, text), &place->sin_addr) == 1) return true;
    return FAIL(err, E_USAGE, .value = text,
                .words = S("待ち受けるアドレスは 192.0.2.7 のように数字で指定してください。"));
}

// Which of the ways a place cannot be had, for the next thing to do is another one.
static bool not_listening(int failure, Str address, int port, Arena scratch, Error *err)
{
    Str words = S("待ち受けを始められません。アドレスとポートを確かめてください。");
    if (failure == EADDRINUSE)
        words = S("待ち受けを始められません。このポートはほかのプログラムが使っています (どれかは ss -ltnp で分かります)。"
                  "それを終えるか、ほかのポートを指定してください。");
    if (failure == EACCES)
        words = S("待ち受けを始められません。1024 より小さいポートは、この利用者では使えません。ほかのポートを指定してください。");
    if (failure == EADDRNOTAVAIL)
        words = S("待ち受けを始められません。このアドレスはこの計算機のものではありません。ip address で確かめてください。");
    return FAIL(err, E_HTTP, .words = words,
                .value = str_format(&scratch, "%.*s:%d", STR(address.len ? address : S("127.0.0.1")), port));
}

// Of several that serve it nobody waits for a connection that another one took.
bool listen_at(Str address, int port, Arena scratch, int *made, Error *err)
{
    const int on = 1;
    struct sockaddr_in place;
    if (!address_read(address, port, scratch, &place, err)) return false;
    int opened = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (opened >= 0 && setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0 &&
        bind(opened, (const struct sockaddr *)&place, sizeof place) == 0 && listen(opened, SOMAXCONN) == 0) {
        *made = opened;
        return true;
    }
    int failure = errno;
    if (opened >= 0) (void)close(opened);
    return not_listening(failure, address, port, scratch, err);
}

static struct sockaddr_in place_of(int socket)
{
    struct sockaddr_in place = {0};
    socklen_t size = sizeof place;
    bool known = getsockname(socket, (struct sockaddr *)&place, &size) == 0;
    assert(known && place.sin_family == AF_INET);
    return place;
}

int listening_port(int socket)
{
    return ntohs(place_of(socket).sin_port);
}

bool listening_is_near(int socket)
{
    return place_of(socket).sin_addr.s_addr == htonl(INADDR_LOOPBACK);
}
