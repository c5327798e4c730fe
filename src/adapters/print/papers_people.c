// SPDX-License-Identifier: Apache-2.0
#include "papers_people.h"

#include <string.h>

Day people_today(void)
{
    return day_of(2026, 11, 23);
}

PapersBatch people_batch(Str folder, const Schedule *schedule)
{
    return (PapersBatch){
        .words = {schedule},
        .batch_no = S("N20261123-001"),
        .mailed_on = day_of(2026, 11, 27),
        .printed_at = (Instant)1795392000 * 1000000,
        .letter = LETTER_NOTICE,
        .form_parts = 2,
        .synthetic = true,
        .tag_seed = "seed of a synthetic batch, 32 by",
        .sender = {.city = S("北九州市"),
                   .section = S("保健福祉局 感染症医療政策課"),
                   .telephone = S("093-000-0000"),
                   .mayor = S("北九州市長"),
                   .public_url = S("https://www.city.example.lg.jp/yobou")},
        .folder = folder,
    };
}

// Born on 20 September 2026: two months are attained on 19 November.
static const PaperDose baby_doses[] = {
    {.series = S("ROTA"),
     .position = S("1"),
     .earliest = 20758,
     .standard_from = 20776,
     .standard_to = 20820,
     .last = 20884,
     .last_safe = 20856},
    {.series = S("HEPB"),
     .position = S("1"),
     .earliest = 20716,
     .standard_from = 20776,
     .standard_to = 20989,
     .last = 21080,
     .last_safe = 20940},
    {.series = S("PCV"),
     .position = S("P1"),
     .earliest = 20776,
     .standard_from = 20776,
     .standard_to = 20928,
     .last = 22541,
     .last_safe = DAY_NONE},
    {.series = S("DPTIPV"),
     .position = S("P1"),
     .earliest = 20776,
     .standard_from = 20776,
     .standard_to = 20928,
     .last = 23453,
     .last_safe = 23226},
    {.series = S("BCG"),
     .position = S("1"),
     .earliest = 20716,
     .standard_from = 20867,
     .standard_to = 20958,
     .last = 21080,
     .last_safe = 21080},
};

static const PaperDose child_doses[] = {
    {.series = S("MR2"),
     .position = S("1"),
     .earliest = 20544,
     .standard_from = 20544,
     .standard_to = 20908,
     .last = 20908,
     .last_safe = 20908},
    {.series = S("JE1"),
     .position = S("B"),
     .earliest = 20500,
     .standard_from = 20600,
     .standard_to = 20965,
     .last = 21400,
     .last_safe = 21400,
     .warning = S("前回の接種から1年ほどあけるのが標準です。")},
};

static const PaperDose elder_doses[] = {
    {.series = S("HZ"),
     .position = S("1"),
     .earliest = 20544,
     .standard_from = DAY_NONE,
     .standard_to = DAY_NONE,
     .last = 20908,
     .last_safe = 20849,
     .copay_yen = 10000},
};

static const PaperDose girl_doses[] = {
    {.series = S("HPV"),
     .position = S("2"),
     .earliest = 20800,
     .standard_from = 20830,
     .standard_to = DAY_NONE,
     .last = 21639,
     .last_safe = 21639,
     .path = S("2dose")},
};

static const PaperDose mother_doses[] = {
    {.series = S("RSVM"),
     .position = S("1"),
     .earliest = 20770,
     .standard_from = DAY_NONE,
     .standard_to = DAY_NONE,
     .last = 20832,
     .last_safe = DAY_NONE},
};

static const PaperPerson people[PEOPLE_KINDS] = {
    {.who = {"410000000083141"},
     .household = {"000000000500001"},
     .name = S("山田　花子"),
     .name_kana = S("ヤマダ　ハナコ"),
     .sex = PAPER_SEX_FEMALE,
     .birth = {2026, 9, 20},
     .home = {S("8020001"), S("北九州市小倉北区浅野三丁目8番1号"), S("北九州市小倉北区浅野"), {0}},
     .doses = baby_doses,
     .dose_count = 5},
    {.who = {"410000000083158"},
     .household = {"000000000500002"},
     .name = S("辻\U000E0102　太郎"),
     .name_kana = S("ツジ　タロウ"),
     .sex = PAPER_SEX_MALE,
     .birth = {2020, 6, 1},
     .home = {S("803-0813"), S("北九州市小倉北区城内1番1号"), S("北九州市小倉北区城内"),
              S("みほんハイツ小倉城南口イーストタワー二〇三号室")},
     .doses = child_doses,
     .dose_count = 2},
    {.who = {"410000000083166"},
     .household = {"000000000500003"},
     .name = S("渡邉　德右衛門"),
     .name_kana = S("ワタナベ　トクエモン"),
     .sex = PAPER_SEX_MALE,
     .birth = {1961, 5, 10},
     .home = {S("8070825"), S("北九州市八幡西区大字折尾1234番地の56"),
              S("北九州市八幡西区大字折尾"), S("第3みほんハイツ708")},
     .doses = elder_doses,
     .dose_count = 1},
    {.who = {"410000000083174"},
     .household = {"000000000500004"},
     .name = S("NGUYEN THI MAI"),
     .name_roman = S("NGUYEN THI MAI"),
     .alias = S("佐藤　舞"),
     .alias_kana = S("サトウ　マイ"),
     .alias_first = true,
     .sex = PAPER_SEX_FEMALE,
     .birth = {2013, 7, 7},
     .home = {S("8050071"), S("北九州市八幡東区東田二丁目4番1号"), S("北九州市八幡東区東田"),
              S("れいだい・A&Bハイツ201")},
     .doses = girl_doses,
     .dose_count = 1},
    {.who = {"410000000083182"},
     .household = {"000000000500005"},
     .name = S("フェルナンデス　ガブリエル"),
     .name_roman = S("FERNANDES GABRIEL HENRIQUE ALBUQUERQUE CAVALCANTI"),
     .name_kana = S("フェルナンデス　ガブリエル"),
     .sex = PAPER_SEX_FEMALE,
     .birth = {1995, 2, 1},
     .home = {S("8080135"), S("北九州市若松区ひびきの2番1号"), S("北九州市若松区ひびきの"),
              S("F1寮B-203")},
     .doses = mother_doses,
     .dose_count = 1},
    {.who = {"410000000083190"},
     .household = {"000000000500006"},
     .name = S("鈴木　一"),
     .name_kana = S("スズキ　ハジメ"),
     .sex = PAPER_SEX_MALE,
     .birth = {2020, 8, 15},
     .is_protected = true,
     .mailing_released = true,
     .home = {S("8020006"), S("北九州市小倉北区魚町一丁目1番1号"), S("北九州市小倉北区魚町"),
              S("秘密荘101")},
     .mailing = {S("8000001"), S("北九州市門司区見本町5番6号"), S("北九州市門司区見本町"), {0}},
     .doses = child_doses,
     .dose_count = 1},
};

PaperPerson people_person(int kind)
{
    return people[kind];
}

PaperPerson people_many(int i, Arena *arena)
{
    static const char *const families[] = {"山田",   "佐々木", "渡邉", "髙橋",
                                           "長谷川", "斎藤",   "中村", "小林"};
    static const char *const givens[] = {"花子", "太郎",   "さくら", "大翔",
                                         "陽菜", "健太郎", "美咲",   "蓮"};
    static const char *const towns[] = {"浅野", "魚町", "馬借", "城内", "京町", "室町"};
    PaperPerson person = people[i % 2];
    person.who = addressee_no_of(410000001000000 + i);
    person.household = household_no_of(500000 + i);
    person.name = str_format(arena, "%s　%s", families[i % 8], givens[i / 8 % 8]);
    const char *town = towns[i % 6];
    person.home = (PaperAddress){
        .postal_code = str_format(arena, "80200%02d", 1 + i % 6),
        .address = str_format(arena, "北九州市小倉北区%s%d丁目%d番%d号", town, 1 + i % 4,
                              1 + i % 29, 1 + i % 17),
        .area = str_format(arena, "北九州市小倉北区%s", town),
        .building =
            i % 3 ? str_format(arena, "みほんハイツ%d%02d号", 1 + i % 9, 1 + i % 12) : (Str){0},
    };
    person.dose_count = 1 + i % person.dose_count;
    return person;
}
