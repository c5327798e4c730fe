// SPDX-License-Identifier: Apache-2.0
#include "city_product.h"

#include <assert.h>

// clang-format off
const ProductFacts city_products[PRODUCT_COUNT] = {
    [PRODUCT_RV1]         = {"RV1", "経口弱毒生ヒトロタウイルスワクチン", "ロタリックス内用液", "GSK", "1.5", LIVE_ORAL, 1520, 0, 'R'},
    [PRODUCT_RV5]         = {"RV5", "五価経口弱毒生ロタウイルスワクチン", "ロタテック内用液", "MSD", "2.0", LIVE_ORAL, 1040, 0, 'T'},
    [PRODUCT_HBV]         = {"HBV", "組換え沈降B型肝炎ワクチン", "ビームゲン注", "KMバイオロジクス", "0.25", NOT_LIVE, 650, 0, 'Y'},
    [PRODUCT_HIB]         = {"HIB", "乾燥ヘモフィルスb型ワクチン", "アクトヒブ", "サノフィ", "0.5", NOT_LIVE, 860, 0, 'U'},
    [PRODUCT_PCV7]        = {"PCV7", "沈降7価肺炎球菌結合型ワクチン", "プレベナー水性懸濁皮下注", "ファイザー", "0.5", NOT_LIVE, 1150, 0, 'P'},
    [PRODUCT_PCV13]       = {"PCV13", "沈降13価肺炎球菌結合型ワクチン", "プレベナー13水性懸濁注", "ファイザー", "0.5", NOT_LIVE, 1160, 0, 'P'},
    [PRODUCT_PCV15]       = {"PCV15", "沈降15価肺炎球菌結合型ワクチン", "バクニュバンス水性懸濁注シリンジ", "MSD", "0.5", NOT_LIVE, 1170, 0, 'V'},
    [PRODUCT_PCV20]       = {"PCV20", "沈降20価肺炎球菌結合型ワクチン", "プレベナー20水性懸濁注", "ファイザー", "0.5", NOT_LIVE, 1190, 0, 'H'},
    [PRODUCT_PPSV23]      = {"PPSV23", "23価肺炎球菌莢膜ポリサッカライドワクチン", "ニューモバックスNPシリンジ", "MSD", "0.5", NOT_LIVE, 830, 440, 'N'},
    [PRODUCT_DPT_IPV_HIB] = {"DPT-IPV-HIB", "沈降精製百日せきジフテリア破傷風不活化ポリオヘモフィルスb型混合ワクチン", "ゴービック水性懸濁注シリンジ", "阪大微研", "0.5", NOT_LIVE, 1980, 0, 'G'},
    [PRODUCT_DPT_IPV]     = {"DPT-IPV", "沈降精製百日せきジフテリア破傷風不活化ポリオ混合ワクチン", "クアトロバック皮下注シリンジ", "KMバイオロジクス", "0.5", NOT_LIVE, 1070, 0, 'A'},
    [PRODUCT_DPT]         = {"DPT", "沈降精製百日せきジフテリア破傷風混合ワクチン", "トリビック", "阪大微研", "0.5", NOT_LIVE, 600, 0, 'D'},
    [PRODUCT_DT]          = {"DT", "沈降ジフテリア破傷風混合トキソイド", "沈降DTトキソイド", "武田", "0.1", NOT_LIVE, 490, 0, 'J'},
    [PRODUCT_BCG]         = {"BCG", "経皮用乾燥BCGワクチン", "乾燥BCGワクチン(経皮用・1人用)", "日本ビーシージー製造", "", LIVE_INJECTED, 1080, 0, 'K'},
    [PRODUCT_MR]          = {"MR", "乾燥弱毒生麻しん風しん混合ワクチン", "ミールビック", "阪大微研", "0.5", LIVE_INJECTED, 1050, 0, 'M'},
    [PRODUCT_M]           = {"M", "乾燥弱毒生麻しんワクチン", "乾燥弱毒生麻しんワクチン「タケダ」", "武田薬品", "0.5", LIVE_INJECTED, 650, 0, 'L'},
    [PRODUCT_R]           = {"R", "乾燥弱毒生風しんワクチン", "乾燥弱毒生風しんワクチン", "阪大微研", "0.5", LIVE_INJECTED, 650, 0, 'B'},
    [PRODUCT_VAR]         = {"VAR", "乾燥弱毒生水痘ワクチン", "乾燥弱毒生水痘ワクチン「ビケン」", "阪大微研", "0.5", LIVE_INJECTED, 870, 0, 'S'},
    [PRODUCT_ZVL]         = {"ZVL", "乾燥弱毒生水痘ワクチン(帯状疱疹)", "乾燥弱毒生水痘ワクチン「ビケン」", "阪大微研", "0.5", LIVE_INJECTED, 890, 400, 'S'},
    [PRODUCT_RZV]         = {"RZV", "乾燥組換え帯状疱疹ワクチン", "シングリックス筋注用", "GSK", "0.5", NOT_LIVE, 2210, 1000, 'Z'},
    [PRODUCT_JE_MB]       = {"JE-MB", "マウス脳由来日本脳炎ワクチン", "日本脳炎ワクチン(マウス脳由来)", "各社", "0.5", NOT_LIVE, 590, 0, 'E'},
    [PRODUCT_JE]          = {"JE", "乾燥細胞培養日本脳炎ワクチン", "ジェービックV", "阪大微研", "0.5", NOT_LIVE, 730, 0, 'E'},
    [PRODUCT_HPV2]        = {"HPV2", "組換え沈降2価ヒトパピローマウイルス様粒子ワクチン", "サーバリックス", "GSK", "0.5", NOT_LIVE, 1590, 0, 'C'},
    [PRODUCT_HPV4]        = {"HPV4", "組換え沈降4価ヒトパピローマウイルス様粒子ワクチン", "ガーダシル水性懸濁筋注シリンジ", "MSD", "0.5", NOT_LIVE, 1590, 0, 'F'},
    [PRODUCT_HPV9]        = {"HPV9", "組換え沈降9価ヒトパピローマウイルス様粒子ワクチン", "シルガード9水性懸濁筋注シリンジ", "MSD", "0.5", NOT_LIVE, 2810, 0, 'W'},
    [PRODUCT_RSVM]        = {"RSVM", "組換えRSウイルスワクチン(母子免疫)", "アブリスボ筋注用", "ファイザー", "0.5", NOT_LIVE, 3090, 0, 'Q'},
    [PRODUCT_INF]         = {"INF", "インフルエンザHAワクチン", "各社インフルエンザHAワクチン", "デンカ", "0.5", NOT_LIVE, 510, 150, 'I'},
    [PRODUCT_INF_HD]      = {"INF-HD", "高用量インフルエンザHAワクチン", "エフルエルダ筋注", "サノフィ", "0.7", NOT_LIVE, 890, 300, 'X'},
    [PRODUCT_COVID]       = {"COVID", "新型コロナウイルスワクチン(年度株)", "コミナティ", "ファイザー", "0.3", NOT_LIVE, 1530, 700, 'O'},
};
// clang-format on

const char *product_volume(CityProduct product, int age_years)
{
    assert(product < PRODUCT_COUNT);
    bool half = (product == PRODUCT_JE || product == PRODUCT_JE_MB) && age_years < 3;
    return half ? "0.25" : city_products[product].volume;
}
