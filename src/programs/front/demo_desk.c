// SPDX-License-Identifier: Apache-2.0
#include "demo_desk.h"

#include "say.h"
#include "sibling.h"

#include <stdio.h>
#include <string.h>
#include <sys/random.h>

enum { PASSWORD_GROUPS = 4, GROUP_LETTERS = 4 };

typedef struct DemoPerson {
    const char *name;
    const char *duties[6];
} DemoPerson;

static const DemoPerson people[] = {{"花子", {"read", "enter", "import", "print", "export"}},
                                    {"太郎", {"read", "enter", "approve", "audit"}}};

// "kmwt-rcfh-xbdn-pvqs": easy to type from a terminal, 64 bits, and of this run alone.
bool demo_password(Arena *arena, Str *password, Error *err)
{
    static const char letters[] = "bcdfghjkmnpqrstv";
    unsigned char bytes[PASSWORD_GROUPS * GROUP_LETTERS];
    Text out = {0};
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return FAIL(err, E_KEY, .words = S("乱数を得られません。"));
    for (size_t i = 0; i < sizeof bytes; i++) {
        if (i && i % GROUP_LETTERS == 0) text_add_byte(&out, arena, '-');
        text_add_byte(&out, arena, letters[bytes[i] & 15]);
    }
    *password = text_str(&out);
    return true;
}

static Arguments typed(const DemoDesk *desk, const char *const words[], int count)
{
    Arguments arguments = {0};
    arguments_add(&arguments, desk->front);
    for (int i = 0; i < count; i++) arguments_add(&arguments, words[i]);
    arguments_add(&arguments, "--data");
    arguments_add(&arguments, desk->data);
    return arguments;
}

static bool went_well(int status, Error *err)
{
    return status == 0 || FAIL(err, E_INTERNAL,
                               .words = S("画面を使う人を用意できませんでした。上の説明を"
                                          "確かめてください。"));
}

static bool person_ready(const DemoDesk *desk, const DemoPerson *person, Arena *arena,
                         Str *password, Error *err)
{
    int status = 0;
    const char *said = str_z(arena, str_format(arena, "%s/staff.txt", desk->data));
    for (int i = 0; person->duties[i]; i++) {
        const char *const words[] = {"grant", person->name, person->duties[i]};
        Arguments grant = typed(desk, words, (int)countof(words));
        if (!sibling_run_with(&grant, &(Streams){.output = said}, &status, err) || !went_well(status, err))
            return false;
    }
    const char *const words[] = {"ledger", "password", person->name};
    Arguments give = typed(desk, words, (int)countof(words));
    return demo_password(arena, password, err) &&
           sibling_run_with(&give, &(Streams){.input = str_join(arena, *password, S("\n"))}, &status, err) &&
           went_well(status, err);
}

// The sandbox of the network has screens too; they end with ours.
static bool network_shown(const DemoDesk *desk, Str password, Arena *arena, Companion *screens, Error *err)
{
    int status = 0;
    const char *path, *said = str_z(arena, str_format(arena, "%s/staff.txt", desk->data));
    const DemoDesk there = {.front = desk->front, .data = desk->network};
    const char *const granted[] = {"network", "grant", people[0].name, "read"};
    const char *const given[] = {"network", "password", people[0].name};
    Arguments grant = typed(&there, granted, (int)countof(granted)), give = typed(&there, given, (int)countof(given)), open = {0};
    if (!sibling_run_with(&grant, &(Streams){.output = said}, &status, err) || !went_well(status, err) ||
        !sibling_run_with(&give, &(Streams){.output = said, .input = str_join(arena, password, S("\n"))}, &status, err) ||
        !went_well(status, err) || !sibling_path(arena, "sesshu-network", &path, err))
        return false;
    const char *const words[] = {path, "desk", "--port=0", "--data", desk->network, "--as-of", desk->day};
    for (ptrdiff_t i = 0; i < countof(words); i++) arguments_add(&open, words[i]);
    return companion_start(&open, arena, screens, err);
}

static void tell(const DemoDesk *desk, const Str passwords[], const Companion *network)
{
    (void)printf(
        "\n画面を開きます。ブラウザーで http://127.0.0.1:%s/ を開いてください (Ctrl+C で終わり)。\n\n",
        desk->port);
    for (ptrdiff_t i = 0; i < countof(people); i++)
        (void)printf("  名前 %s　パスワード %s\n", people[i].name, passwords[i].at);
    (void)printf("\n  1. F2 を押して宛名番号 %s をさがし、Enter で一人のページを開く\n"
                 "  2. 矢印キーで図の印を選び、下の帯で理由を読む。F8 で印刷する\n"
                 "  3. Alt+L でロックし、太郎さんとしてサインインする\n"
                 "  4. 引っ越した見本ひなたさん (000000000900002) をさがす\n"
                 "  5. 情報提供ネットワークの絵と、本人に見えるものを、花子さんとして見る: ",
                 desk->somebody.len ? desk->somebody.at : "(なし)");
    say(stdout, "%.*s\n\n", STR(network->address));
    (void)fflush(stdout);
}

bool demo_desk(const DemoDesk *desk, Arena *arena, Error *err)
{
    Str passwords[countof(people)];
    for (ptrdiff_t i = 0; i < countof(people); i++)
        if (!person_ready(desk, &people[i], arena, &passwords[i], err)) return false;
    Companion network = {0};
    if (!network_shown(desk, passwords[0], arena, &network, err)) return false;
    tell(desk, passwords, &network);
    const char *const words[] = {"ledger", "desk", "--port", desk->port, "--as-of", desk->day};
    Arguments screens = typed(desk, words, (int)countof(words));
    return sibling_become(&screens, err);
}
