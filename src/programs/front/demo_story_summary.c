// SPDX-License-Identifier: Apache-2.0
#include "demo_story_summary.h"

#include <stdio.h>

#include "say.h"

// How many lines say it.
static int lines_saying(Str text, const char *words)
{
    int count = 0;
    for (Cut cut = str_cut(text, '\n');; cut = str_cut(cut.tail, '\n')) {
        count += str_find(cut.head, str_of(words)) >= 0;
        if (!cut.found) return count;
    }
}

// The cells of a list's line, without their quotes.
enum { CELLS = 8 };
typedef struct Cells {
    Str at[CELLS];
} Cells;

static Cells cells_of(Str line)
{
    Cells cells = {0};
    Cut cut = {.tail = line, .found = true};
    for (int i = 0; i < CELLS && cut.found; i++) {
        cut = str_cut(cut.tail, ',');
        bool quoted = cut.head.len >= 2 && cut.head.at[0] == '"';
        cells.at[i] = quoted ? (Str){cut.head.at + 1, cut.head.len - 2} : cut.head;
    }
    return cells;
}

static bool codes(const World *world, Error *err)
{
    Str said;
    if (!world_said(world, "codes.txt", &said, err)) return false;
    say(stdout,
        "準備          北九州市の%.*s人が、情報提供ネットワークの中だけで通じる符号を持ちました。個人番号は J-LIS に\n"
        "              尋ねるときだけ使い、中間サーバーにもネットワークにも残りません\n",
        STR(number_behind(said, "取得済 ")));
    return true;
}

static bool answered(const World *world, const char *name, const char *words, Error *err)
{
    Str said;
    if (!world_said(world, name, &said, err)) return false;
    say(stdout, "%s: 台帳にない接種%d回分\n", words, lines_saying(said, "台帳にない接種"));
    return true;
}

static bool merged(const World *world, Error *err)
{
    Str said;
    if (!world_said(world, "child.txt", &said, err)) return false;
    say(stdout, "              2人目の職員が画面で承認し、台帳は%d回になりました。福岡市の回答から入ったことも残ります\n",
        lines_saying(said, " 有効"));
    return true;
}

static bool history(const World *world, const char *name, const char *words, Error *err)
{
    Str said;
    if (!world_said(world, name, &said, err)) return false;
    Cut cut = str_cut(said, '\n');
    say(stdout, "%s%d件です\n", words, lines_saying(cut.tail, ","));
    while (cut.found) {
        cut = str_cut(cut.tail, '\n');
        Cells cells = cells_of(str_trim(cut.head));
        if (cells.at[1].len)
            say(stdout, "              %.*s  %.*sが%.*sに尋ねた%s\n", STR(cells.at[0]), STR(cells.at[1]), STR(cells.at[2]),
                cells.at[4].len ? "（回答あり）" : "");
    }
    return true;
}

static bool hidden(const World *world, Error *err)
{
    Str held, there, here;
    if (!world_said(world, "held.txt", &held, err) || !world_said(world, "inquiries-there.csv", &there, err) ||
        !world_said(world, "hidden.txt", &here, err))
        return false;
    say(stdout,
        "支援措置      令和8年11月9日から: 台帳は名前と住所を伏せ（＊＊＊ %d人）、副本から医療機関の名前が消えました。\n"
        "              北九州市は、確かめた理由なしに福岡市へ照会できません。福岡市がもう一度尋ねても自動では答えず、\n"
        "              福岡市には理由を知らせずに待ってもらいます（手動応答待ち %d件、医療機関名が残る行 %d行）\n",
        lines_saying(here, "＊＊＊"), lines_saying(there, "\"04\""), lines_saying(held, "小児科"));
    return true;
}

bool story_summary(const World *world, Error *err)
{
    (void)puts("\n════ ある親子の引っ越しと、接種の記録 (架空の見本さん、2つの市) ════\n"
               "              話は令和7年5月から令和8年11月までのことです。住民情報のファイルは11月の数日分にまとめました");
    if (!codes(world, err)) return false;
    (void)puts("誕生          令和7年5月10日、見本ひなたさんが北九州市で生まれました。個人番号は14日あとに届きました");
    if (!answered(world, "answer-there.txt",
                  "引っ越し      令和8年3月28日、福岡市へ。福岡市が北九州市に尋ね、北九州市の副本が自動で答えました", err) ||
        !answered(world, "answer-here.txt", "もどる        令和8年10月26日、北九州市へ。こんどは北九州市が福岡市に尋ねました",
                  err) ||
        !merged(world, err) || !history(world, "history.csv", "保護者が見る  だれが尋ねたかの記録 (やりとり履歴) は", err) ||
        !hidden(world, err) ||
        !history(world, "history-after.csv", "              そのあと保護者の画面に出る記録は（まえの記録も隠れます）", err))
        return false;
    (void)printf("              2つの市とネットワークのすべては %s/world にあります\n", world->story->data);
    return true;
}
