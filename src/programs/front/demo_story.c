// SPDX-License-Identifier: Apache-2.0
#include "demo_story.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "demo_browser.h"
#include "demo_desk.h"
#include "demo_story_summary.h"
#include "demo_world.h"

// The child in each city's register, and her mother.
#define CHILD  "000000000900002"
#define MOTHER "000000000900001"
#define CHILD_THERE "000000000700002"

#define KITAKYUSHU "0220140100500000"
#define FUKUOKA    "0220140130700000"

enum { ROUNDS_MOST = 400 };

// ---- 0: who takes part

static bool founded(World *world, Error *err)
{
    const Line lines[] = {
        {NETWORK, "情報提供ネットワークとJ-LISの役をつくる", "network init --practice"},
        {NETWORK, "だれがだれに何を照会してよいかの一覧を入れる", "network list @organisations.csv @allow_list.csv"},
        {HERE, "北九州市に団体内統合宛名をつくる", "unified init"},
        {HERE, "北九州市に中間サーバーをつくる", "intermediate init"},
        {THERE, "もう一つの市、福岡市をつくる", "init --practice"},
        {THERE, "福岡市に団体内統合宛名をつくる", "unified init"},
        {THERE, "福岡市に中間サーバーをつくる", "intermediate init"},
        {HERE, "2人目の職員に承認の権限を与える", "grant 太郎 approve"},
    };
    return LINES_DONE(world, lines, err);
}

static const char *typed(const World *world, const char *before, const char *after)
{
    return str_z(world->arena, str_format(world->arena, "%s%s", before, after));
}

static bool admitted(World *world, Error *err)
{
    const Line lines[] = {
        {NETWORK, "J-LISの役が、北九州市の住民を知る", typed(world, "network people ", world->story->jlis)},
        {NETWORK, "北九州市に、つなぐための鍵と証明書を渡す", typed(world, "network admit " KITAKYUSHU " --to ", world->data[HERE])},
        {NETWORK, "福岡市に、つなぐための鍵と証明書を渡す", typed(world, "network admit " FUKUOKA " --to ", world->data[THERE])},
    };
    return LINES_DONE(world, lines, err) && world_serve(world, err);
}

// ---- codes

// Asked for, handed to J-LIS, fetched and heard of, until nobody waits.
static bool codes_come(World *world, Where where, const char *words, Error *err)
{
    const Line first = {where, words, "unified sync"};
    const Line round[] = {
        {where, NULL, "intermediate exchange"},
        {where, NULL, "unified codes"},
        {where, NULL, "intermediate status", .output = "status.txt"},
    };
    if (!line_done(world, &first, err)) return false;
    for (int i = 0; i < ROUNDS_MOST; i++) {
        Str said;
        if (!LINES_DONE(world, round, err) || !world_said(world, "status.txt", &said, err)) return false;
        if (str_equal(number_behind(said, "依頼中 "), S("0"))) return true;
    }
    return FAIL(err, E_INTERNAL, .item = str_of(words), .words = S("符号がそろいません。"));
}

// ---- 1 to 3: born, numbered, vaccinated

static bool born(World *world, Error *err)
{
    const Line lines[] = {
        {HERE, "ひなたさんが生まれる。個人番号はまだない", "addressee import @kitakyushu-1.csv"},
        {HERE, "台帳が知る", "ledger sync"},
    };
    return LINES_DONE(world, lines, err) &&
           codes_come(world, HERE, "市の全員に統一識別番号を付け、符号を求める (個人番号はJ-LISへ、符号は中間サーバーへ)", err);
}

static bool numbered(World *world, Error *err)
{
    const Line lines[] = {
        {NETWORK, "J-LISの役が、親子を知る", "network people @jlis-1.csv"},
        {HERE, "ひなたさんの個人番号が届く", "addressee import @kitakyushu-2.csv"},
    };
    return LINES_DONE(world, lines, err) && codes_come(world, HERE, "ひなたさんの符号を求める", err);
}

static bool vaccinated(World *world, Error *err)
{
    const Line lines[] = {
        {HERE, "北九州市での接種が台帳に入る", "ledger intake @doses-kitakyushu.csv --outcome @outcome-here.csv"},
        {HERE, "市の接種のすべてについて副本をつくる", "ledger copies --out @copies-refused.csv"},
        {HERE, NULL, "ledger copies --compare --out @copies-different.csv"},
        {HERE, NULL, "intermediate status", "codes.txt"},
    };
    return LINES_DONE(world, lines, err);
}

// ---- an answer enters by two people

// The number of the newest inquiry about somebody: of the first line of the list that names him.
static bool inquiry_of(World *world, Where where, const char *who, const char **number, Error *err)
{
    Str list;
    const Line listed = {where, NULL, "ledger inquiries --all", .output = "inquiries.csv"};
    if (!line_done(world, &listed, err) || !world_said(world, "inquiries.csv", &list, err)) return false;
    for (Cut cut = str_cut(list, '\n'); cut.found; cut = str_cut(cut.tail, '\n')) {
        Cut cell = str_cut(cut.head, ',');
        if (str_find(cell.tail, str_of(who)) < 0) continue;
        *number = str_z(world->arena, number_behind(cell.head, "\""));
        return true;
    }
    return FAIL(err, E_NOT_FOUND, .item = S("照会番号"), .words = S("照会が見つかりません。"));
}

static const Line here_exchanges = {HERE, NULL, "intermediate exchange"};
static const Line there_exchanges = {THERE, NULL, "intermediate exchange"};

// One asks, the other answers, and the first hears of it.
static bool asked_and_answered(World *world, Where asks, Error *err)
{
    const Line *first = asks == HERE ? &here_exchanges : &there_exchanges;
    const Line *second = asks == HERE ? &there_exchanges : &here_exchanges;
    const Line results = {asks, "回答を受け取る", "ledger results"};
    return line_done(world, first, err) && line_done(world, second, err) && line_done(world, first, err) &&
           line_done(world, &results, err);
}

// What the ledger lacks is asked for as entries.
static bool accepted(World *world, Where where, const char *who, const char *answer, Error *err)
{
    const char *number = NULL;
    if (!inquiry_of(world, where, who, &number, err)) return false;
    const Line lines[] = {
        {where, "回答を台帳の記録と並べて見る", typed(world, "ledger answer ", number), answer},
        {where, "台帳にない接種の追加を申請する", typed(world, "ledger accept ", number)},
    };
    return LINES_DONE(world, lines, err);
}

static bool lapsed_withdrawn(World *world, Error *err)
{
    Str list;
    const Line listed = {HERE, NULL, "ledger approvals list", "approvals.txt"};
    if (!line_done(world, &listed, err) || !world_said(world, "approvals.txt", &list, err)) return false;
    for (Cut cut = str_cut(list, '\n'); cut.found; cut = str_cut(cut.tail, '\n')) {
        if (str_find(cut.head, S(" 失効 ")) < 0) continue;
        const char *number = str_z(world->arena, str_cut(cut.head, ' ').head);
        const Line withdraw = {HERE, NULL, typed(world, "ledger requests withdraw ", number)};
        if (!line_done(world, &withdraw, err)) return false;
    }
    return true;
}

// Each that enters changes what the others were looked at beside: they lapse, and are asked for anew.
static bool all_approved(World *world, const DemoBrowser *signed_in, Error *err)
{
    const char *number = NULL;
    DemoBrowser browser = *signed_in;
    if (!inquiry_of(world, HERE, CHILD, &number, err)) return false;
    const Line again = {HERE, NULL, typed(world, "ledger accept ", number)};
    for (int approved = 1; approved > 0;)
        if (!browser_approve(&browser, &approved, err) || !lapsed_withdrawn(world, err) || !line_done(world, &again, err))
            return false;
    return true;
}

// A second person has a name and a password of his own, and a screen.
static bool approved(World *world, Error *err)
{
    Str password;
    Companion screens = {0};
    DemoBrowser browser = {.arena = world->arena};
    if (!demo_password(world->arena, &password, err)) return false;
    const Line given = {HERE, NULL, "ledger password 太郎", .input = str_join(world->arena, password, S("\n"))};
    (void)fprintf(stderr, "\n\n■ 2人目の職員 (太郎さん) が、画面で1件ずつ内容を見て承認する\n");
    bool good = line_done(world, &given, err) && world_screens(world, HERE, &screens, err) &&
                browser_sign_in(&browser, screens.address, "太郎", password, err) && all_approved(world, &browser, err);
    companion_end(&screens);
    return good;
}

// ---- 4 to 7: they move, and come back

static bool moves_there(World *world, Error *err)
{
    const Line lines[] = {
        {HERE, "親子が福岡市へ引っ越す (北九州市)", "addressee import @kitakyushu-3.csv"},
        {HERE, NULL, "ledger sync"},
        {NETWORK, NULL, "network people @jlis-2.csv"},
        {THERE, "親子が福岡市へ引っ越す (福岡市)", "addressee import @fukuoka-1.csv"},
        {THERE, NULL, "ledger sync"},
    };
    return LINES_DONE(world, lines, err) && codes_come(world, THERE, "福岡市も符号を求める", err);
}

static bool they_ask(World *world, Error *err)
{
    const Line ask = {THERE, "福岡市が、北九州市に接種歴を照会する", "ledger inquire " CHILD_THERE};
    const Line doses[] = {
        {THERE, "福岡市での接種が台帳に入る", "ledger intake @doses-fukuoka.csv --outcome @outcome-there.csv"},
        {THERE, "福岡市が副本をつくる", "ledger copies --out @copies-refused-there.csv"},
    };
    return line_done(world, &ask, err) && asked_and_answered(world, THERE, err) &&
           accepted(world, THERE, CHILD_THERE, "answer-there.txt", err) && LINES_DONE(world, doses, err);
}

static bool moves_back(World *world, Error *err)
{
    const Line lines[] = {
        {THERE, "親子が北九州市へもどる (福岡市)", "addressee import @fukuoka-2.csv"},
        {THERE, NULL, "ledger sync"},
        {NETWORK, NULL, "network people @jlis-3.csv"},
        {HERE, "親子が北九州市へもどる (北九州市)", "addressee import @kitakyushu-4.csv"},
        {HERE, NULL, "ledger sync"},
        {HERE, NULL, "unified sync"},
    };
    return LINES_DONE(world, lines, err);
}

static bool we_ask(World *world, Error *err)
{
    const Line lines[] = {
        {HERE, "転入した人のうち、前の市町村に照会できる人の一覧を出す", "ledger offer --since 2026-10-01 --out @offer.csv"},
        {HERE, "北九州市が、福岡市に接種歴を照会する", "ledger inquire " CHILD},
    };
    const Line after[] = {
        {HERE, "台帳の記録を見る", "ledger show " CHILD, .output = "child.txt"},
        {HERE, NULL, "ledger copies --out @copies-refused.csv"},
    };
    return LINES_DONE(world, lines, err) && asked_and_answered(world, HERE, err) &&
           accepted(world, HERE, CHILD, "answer-here.txt", err) && approved(world, err) && LINES_DONE(world, after, err);
}

// ---- 8, 9: what the citizen sees, and protection

// Her number is typed in, as she would.
static Str number_of_child(const World *world, Error *err)
{
    Str people;
    if (!world_said(world, "jlis-1.csv", &people, err)) return (Str){0};
    Str row = str_cut(str_cut(str_cut(people, '\n').tail, '\n').tail, ',').head;
    return str_join(world->arena, row, S("\n"));
}

static bool citizen_sees(World *world, const char *output, Error *err)
{
    const Line history = {NETWORK, "ひなたさんの保護者が、やりとり履歴を見る", "network history", output, number_of_child(world, err)};
    return history.input.len && line_done(world, &history, err);
}

// One word of the register hides all: from screens, from papers, from her own view, which the other parent may open.
static bool protected_from_now_on(World *world, Error *err)
{
    const Line lines[] = {
        {HERE, "支援措置がはじまる", "addressee measure enter " MOTHER " --kind 配偶者からの暴力 --from 2026-11-09 --reason 本人の申出"},
        {HERE, "台帳の住所がすぐに隠れる", "ledger sync"},
        {HERE, NULL, "unified sync"},
        {HERE, "中間サーバーが知る。これからは自動で答えず、本人の画面にも出さない", "unified codes"},
        {HERE, "ネットワークが知る", "intermediate exchange"},
        {HERE, NULL, "intermediate shield", "shields.txt"},
    };
    return LINES_DONE(world, lines, err);
}

static bool nothing_is_told(World *world, Error *err)
{
    const Line lines[] = {
        {HERE, "福岡市に黙って照会することはできない", "ledger inquire " CHILD, .output = NULL, .may_refuse = true},
        {HERE, NULL, "ledger show " CHILD, "hidden.txt"},
        {HERE, "副本から医療機関の名前が消える", "ledger copies --out @copies-refused.csv"},
        {THERE, "福岡市がもう一度照会する", "ledger inquire " CHILD_THERE " --to 401005"},
        there_exchanges,
        here_exchanges,
        there_exchanges,
        {THERE, NULL, "ledger results"},
        {THERE, "福岡市には、理由を知らせずに待ってもらう", "ledger inquiries --all", .output = "inquiries-there.csv"},
        {HERE, "送り出すかどうかを、2人の職員が内容を見て決める", "intermediate held", .output = "held.txt"},
        {HERE, "証跡が改ざんされていないことを、5つのシステムで確かめる", "audit verify", .output = "audit-here.txt"},
        {THERE, NULL, "audit verify", .output = "audit-there.txt"},
    };
    return LINES_DONE(world, lines, err);
}

static bool told(World *world, Error *err)
{
    return founded(world, err) && admitted(world, err) && born(world, err) && numbered(world, err) && vaccinated(world, err) &&
           moves_there(world, err) && they_ask(world, err) && moves_back(world, err) && we_ask(world, err) &&
           citizen_sees(world, "history.csv", err) && protected_from_now_on(world, err) && nothing_is_told(world, err) &&
           citizen_sees(world, "history-after.csv", err);
}

bool demo_story(const DemoStory *story, Arena *arena, Error *err)
{
    struct stat there;
    World world = {.story = story, .arena = arena};
    if (!world_make(&world, err)) return false;
    if (stat(world_file(&world, "history-after.csv"), &there) != 0) {
        bool good = told(&world, err);
        world_end(&world);
        if (!good) return false;
    }
    return story_summary(&world, err);
}
