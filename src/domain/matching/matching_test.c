// The levels of immunization.md 6.2 and section 13, 59 to 64, told as rows that arrive at one office.
// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "match_world_test.h"

// ---- the town

typedef struct Townsman {
    const char *number, *name, *kana, *household, *address;
    PartialDate birth;
    int sex;
    const char *roman, *alias, *alias_kana;
    bool withdrawn, is_protected;
} Townsman;

#define BASHAKU  "福岡県北九州市小倉北区馬借二丁目６番１号"
#define KUROSAKI "福岡県北九州市八幡西区黒崎三丁目１５番３号"
#define TOBATA   "福岡県北九州市戸畑区千防一丁目１番１号"

enum { MALE = SEX_MALE, FEMALE = SEX_FEMALE };

// clang-format off
static const Townsman town[] = {
    {"1", "山田　花子", "ヤマダ　ハナコ", "900", BASHAKU, {2024, 4, 10}, FEMALE},
    {"2", "山田　太郎", "ヤマダ　タロウ", "900", BASHAKU, {2022, 8, 3}, MALE},
    // Twins one kana apart, twins wholly apart.
    {"3", "佐藤　春樹", "サトウ　ハルキ", "901", KUROSAKI, {2023, 5, 5}, MALE},
    {"4", "佐藤　春香", "サトウ　ハルカ", "901", KUROSAKI, {2023, 5, 5}, FEMALE},
    {"5", "鈴木　澪", "スズキ　ミオ", "902", TOBATA, {2023, 6, 6}, FEMALE},
    {"6", "鈴木　健太", "スズキ　ケンタ", "902", TOBATA, {2023, 6, 6}, MALE},
    // Namesakes of one birth date.
    {"7", "田中　裕子", "タナカ　ユウコ", "903", BASHAKU, {1960, 1, 15}, FEMALE},
    {"8", "田中　優子", "タナカ　ユウコ", "904", KUROSAKI, {1960, 1, 15}, FEMALE},
    {"9", "髙橋　實", "タカハシ　ミノル", "905", TOBATA, {1950, 12, 1}, MALE},
    {"10", "NGUYEN VAN AN", "グエン　ヴァン　アン", "906", TOBATA, {1995, 7, 7}, MALE, "NGUYEN VAN AN", "田中　安", "タナカ　アン"},
    {"11", "伊藤　守", "イトウ　マモル", "907", BASHAKU, {1970, 2, 2}, MALE, .is_protected = true},
    {"12", "伊藤　護", "イトウ　マモル", "908", KUROSAKI, {1970, 2, 2}, MALE},
    {"13", "渡辺　消", "ワタナベ　ケシ", "909", BASHAKU, {1980, 3, 3}, MALE, .withdrawn = true},
    {"14", "中村　守子", "ナカムラ　モリコ", "910", KUROSAKI, {1985, 5, 0}, FEMALE},
    {"15", "小林　勇気", "コバヤシ　ユウキ", "911", BASHAKU, {2021, 9, 9}, MALE},
    {"16", "小林　由紀", "コバヤシ　ユキ", "911", BASHAKU, {2021, 9, 9}, FEMALE},
    {"17", "加藤　翔", "カトウ　ショウ", "912", TOBATA, {2020, 1, 1}, MALE},
    {"18", "加藤　翔太", "カトウ　ショウタ", "912", TOBATA, {2018, 1, 1}, MALE},
    // Foreign twins without kana; an elder protected alone.
    {"19", "KIM MINJUN", NULL, "913", KUROSAKI, {2019, 3, 3}, MALE, "KIM MINJUN"},
    {"20", "KIM SEOYEON", NULL, "913", KUROSAKI, {2019, 3, 3}, FEMALE, "KIM SEOYEON"},
    {"22", "大野　百合", "オオノ　ユリ", "915", BASHAKU, {2000, 2, 20}, FEMALE},
    {"23", "江　花", "エ　ハナ", "916", TOBATA, {2019, 7, 1}, FEMALE},
    {"24", "江　華子", "エ　ハナコ", "916", TOBATA, {2016, 7, 1}, FEMALE},
    {"25", "松田　明", "マツダ　アキラ", "917", BASHAKU, {1955, 8, 8}, MALE},
    {"26", "松田　彰", "マツダ　アキラ", "918", BASHAKU, {1955, 8, 8}, MALE},
    // Twins of whom one name is the beginning of the other, and one who shares only its first letter.
    {"27", "村上　結衣", "ムラカミ　ユイ", "919", TOBATA, {2024, 3, 5}, FEMALE},
    {"28", "村上　結菜", "ムラカミ　ユイナ", "919", TOBATA, {2024, 3, 5}, FEMALE},
    {"29", "石井　こう", "イシイ　コウ", "920", KUROSAKI, {2024, 6, 7}, MALE},
    {"30", "石井　こうたろう", "イシイ　コウタロウ", "920", KUROSAKI, {2024, 6, 7}, MALE},
    // Of one birth date: one without kanji, one without kana.
    {"51", "李　明", "リ　メイ", "921", BASHAKU, {1988, 8, 8}, MALE},
    {"52", "LI MING", "リ　メイ", "922", KUROSAKI, {1988, 8, 8}, MALE, "LI MING"},
    {"53", "王　芳", "ワン　ファン", "923", BASHAKU, {1989, 9, 9}, FEMALE},
    {"54", "王　芳", NULL, "924", KUROSAKI, {1989, 9, 9}, FEMALE},
    {"21", "吉田　隠", "ヨシダ　カクレ", "914", TOBATA, {1990, 9, 1}, FEMALE, .is_protected = true},
};
// clang-format on

static MatchVersion version_of(const Townsman *t)
{
    return (MatchVersion){
        .valid = {DAY_NONE, DAY_NONE},
        .name = str_of(t->name),
        .name_kana = str_of(t->kana),
        .name_roman = str_of(t->roman),
        .alias = str_of(t->alias),
        .alias_kana = str_of(t->alias_kana),
        .birth = t->birth,
        .sex = t->sex,
        .household_no = str_of(t->household),
        .address = str_of(t->address),
    };
}

static AddresseeNo number_of(const char *text)
{
    AddresseeNo no = {0};
    Error err;
    if (text && !addressee_no_parse(str_of(text), &no, NULL, &err)) no = (AddresseeNo){0};
    return no;
}

static MatchPerson person_of(const Townsman *t, Arena *arena)
{
    MatchPerson p = {.addressee_no = number_of(t->number)};
    p.withdrawn = t->withdrawn;
    p.is_protected = t->is_protected;
    *match_versions_push(&p.versions, arena) = version_of(t);
    *residence_spans_push(&p.residence, arena) =
        (ResidenceSpan){DAY_NONE, DAY_NONE, RESIDENCE_OPEN};
    return p;
}

typedef struct Office {
    Arena whole, arena;
    World world;
} Office;

static Office open_office(void)
{
    Office office = {.whole = arena_reserve(64 << 20)};
    office.arena = office.whole;
    for (ptrdiff_t i = 0; i < countof(town); i++) {
        MatchPerson p = person_of(&town[i], &office.arena);
        world_add(&office.world, &p, &office.arena);
    }
    return office;
}

// ---- what arrives

typedef struct Sheet {
    const char *number, *name, *kana, *address;
    PartialDate birth;
    int sex;
} Sheet;

static MatchRow row_of(const Sheet *sheet)
{
    Day day = day_of(2026, 10, 15);
    return (MatchRow){
        .addressee_no = number_of(sheet->number),
        .number_written = sheet->number,
        .name = str_of(sheet->name),
        .name_kana = str_of(sheet->kana),
        .address = str_of(sheet->address),
        .birth = sheet->birth,
        .sex = sheet->sex,
        .given = {day, day},
    };
}

typedef struct Arrival {
    Sheet sheet;
    MatchOutcome outcome;
    MatchLevel level;
    MatchCode code;
    const char *persons;  // numbers, best first
    const char *why;
} Arrival;

// clang-format off
static const Arrival arrivals[] = {
    // L1
    {{"1", "山田　花子", "ヤマダ　ハナコ", BASHAKU, {2024, 4, 10}, FEMALE}, MATCH_LINK, MATCH_L1, 0, "1", "all equal"},
    {{"1", NULL, "ﾔﾏﾀﾞﾊﾅｺ", NULL, {2024, 4, 10}, 0}, MATCH_LINK, MATCH_L1, 0, "1", "kana alone, no space, no address"},
    {{"1", "山田花子", NULL, KUROSAKI, {2024, 4, 10}, FEMALE}, MATCH_LINK, MATCH_L1, 0, "1", "kanji alone, another address"},
    {{"1", "山田　花子", "ヤマダ　ハナコ", BASHAKU, {2024, 4, 10}, MALE}, MATCH_LINK, MATCH_L1, 0, "1", "sex differs: W133"},
    {{"9", "高橋　実", NULL, NULL, {1950, 12, 1}, MALE}, MATCH_LINK, MATCH_L1, 0, "9", "13, 63: variants"},
    {{"1", "山田　華子", "ヤマダ　ハナコ", NULL, {2024, 4, 10}, FEMALE}, MATCH_LINK, MATCH_L1, 0, "1", "kana equal, kanji converted wrongly"},
    {{"1", "山田　英恵", "ヤマダ　ハナコ", NULL, {2024, 4, 10}, FEMALE}, MATCH_LINK, MATCH_L1, 0, "1", "nobody of the household bears those kanji"},
    {{"1", "山田　太郎", "ヤマダ　ハナコ", NULL, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "1 2", "but these are her brother's"},
    {{"1", "鈴木　次郎", "ヤマダ　ハナコ", NULL, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L3, MATCH_V132, "1", "kanji and kana name two persons"},
    {{"3", "佐藤　春樹", "サトウ　ハルキ", NULL, {2023, 5, 5}, MALE}, MATCH_LINK, MATCH_L1, 0, "3", "a twin, number and whole name"},
    {{"10", "田中　安", "タナカ　アン", NULL, {1995, 7, 7}, MALE}, MATCH_LINK, MATCH_L1, 0, "10", "13, 64: alias with number"},
    {{"10", "Nguyễn Văn An", NULL, NULL, {1995, 7, 7}, MALE}, MATCH_LINK, MATCH_L1, 0, "10", "letters with accents"},
    {{"21", "吉田　隠", "ヨシダ　カクレ", TOBATA, {1990, 9, 1}, FEMALE}, MATCH_LINK, MATCH_L1, 0, "21", "protected, the only one"},
    {{"14", "中村　守子", NULL, NULL, {1985, 5, 0}, FEMALE}, MATCH_LINK, MATCH_L1, 0, "14", "birth date unknown in the same way"},
    // L1n
    {{"7", "田中　裕子", "タナカ　ユウコ", BASHAKU, {1960, 1, 15}, FEMALE}, MATCH_LINK, MATCH_L1, 0, "7", "kanji tell the namesakes apart"},
    {{"7", NULL, "タナカ　ユウコ", BASHAKU, {1960, 1, 15}, FEMALE}, MATCH_LINK, MATCH_L1N, 0, "7", "kana do not, the address does"},
    {{"7", NULL, "タナカ　ユウコ", KUROSAKI, {1960, 1, 15}, FEMALE}, MATCH_REVIEW, MATCH_L1N, MATCH_V131, "7 8", "13, 61: number of one, address of the other"},
    {{"7", NULL, "タナカ　ユウコ", NULL, {1960, 1, 15}, FEMALE}, MATCH_REVIEW, MATCH_L1N, MATCH_V131, "7 8", "no address"},
    {{"25", NULL, "マツダ　アキラ", BASHAKU, {1955, 8, 8}, MALE}, MATCH_REVIEW, MATCH_L1N, MATCH_V131, "25 26", "both live in that block"},
    {{"7", "田中　優子", "タナカ　ユウコ", BASHAKU, {1960, 1, 15}, FEMALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "7 8", "the other's kanji"},
    {{"12", NULL, "イトウ　マモル", KUROSAKI, {1970, 2, 2}, MALE}, MATCH_REVIEW, MATCH_L1N, MATCH_V131, "12 11", "one of several is protected"},
    {{"12", "伊藤　護", "イトウ　マモル", KUROSAKI, {1970, 2, 2}, MALE}, MATCH_LINK, MATCH_L1, 0, "12", "his own kanji"},
    {{"51", "李　明", "リ　メイ", NULL, {1988, 8, 8}, MALE}, MATCH_REVIEW, MATCH_L1N, MATCH_V131, "51 52", "the other's kana, and no kanji that deny it"},
    {{"53", "王　芳", "ワン　ファン", NULL, {1989, 9, 9}, FEMALE}, MATCH_REVIEW, MATCH_L1N, MATCH_V131, "53 54", "the other's kanji, and no kana that deny it"},
    // L1s
    {{"1", NULL, "ヤマダ　ハナエ", NULL, {2024, 4, 10}, FEMALE}, MATCH_LINK, MATCH_L1S, 0, "1", "one letter"},
    {{"1", "花子　山田", NULL, NULL, {2024, 4, 10}, FEMALE}, MATCH_LINK, MATCH_L1S, 0, "1", "family and given name exchanged"},
    {{"1", NULL, "ヤマタ　ハナエ", BASHAKU, {2024, 4, 10}, FEMALE}, MATCH_LINK, MATCH_L1S, 0, "1", "two letters and the address"},
    {{"1", NULL, "ヤマタ　ハナエ", NULL, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L3, MATCH_V132, "1", "two letters alone"},
    {{"1", NULL, "ヤマタ　ハナエ", KUROSAKI, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L3, MATCH_V132, "1", "two letters, another address"},
    {{"1", NULL, "ヤマダ　ハナエ", NULL, {2024, 4, 10}, MALE}, MATCH_REVIEW, MATCH_L3, MATCH_V132, "1", "a slip and another sex"},
    {{"18", NULL, "カトウ　ショウ", NULL, {2018, 1, 1}, MALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "18 17", "one letter from him, but his brother's name"},
    {{"18", NULL, "カトウ　ショウト", NULL, {2018, 1, 1}, MALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "18 17", "one letter from either brother"},
    {{"18", NULL, "カトオ　ショウタ", NULL, {2018, 1, 1}, MALE}, MATCH_LINK, MATCH_L1, 0, "18", "long vowel, and no brother sounds so"},
    {{"15", NULL, "コバヤシ　ユーキ", NULL, {2021, 9, 9}, MALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "15 16", "twins whom only a long vowel tells apart"},
    {{"15", NULL, "コバヤシ　ユウキ", NULL, {2021, 9, 9}, MALE}, MATCH_LINK, MATCH_L1, 0, "15", "written out, it tells"},
    {{"23", NULL, "エ　ハナア", TOBATA, {2019, 7, 1}, FEMALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "23 24", "drawn out, or her sister's mistyped"},
    {{"16", NULL, "コバヤツ　ユキ", NULL, {2021, 9, 9}, FEMALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "16 15", "one slip from her, two from her twin"},
    // L2
    {{NULL, "山田　花子", "ヤマダ　ハナコ", BASHAKU, {2024, 4, 10}, FEMALE}, MATCH_LINK, MATCH_L2, 0, "1", "no number, all else equal"},
    {{"777", "山田　花子", "ヤマダ　ハナコ", "小倉北区馬借2-6-1", {2024, 4, 10}, 0}, MATCH_LINK, MATCH_L2, 0, "1", "nobody's number, no sex, short address"},
    {{NULL, "鈴木　澪", "スズキ　ミオ", TOBATA, {2023, 6, 6}, FEMALE}, MATCH_LINK, MATCH_L2, 0, "5", "13, 60: twins ミオ and ケンタ"},
    {{NULL, "佐藤　春樹", "サトウ　ハルキ", KUROSAKI, {2023, 5, 5}, MALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "3 4", "13, 60: one kana apart"},
    {{NULL, "KIM MINJUN", NULL, KUROSAKI, {2019, 3, 3}, MALE}, MATCH_LINK, MATCH_L2, 0, "19", "twins by letters"},
    {{NULL, NULL, "タナカ　ユウコ", BASHAKU, {1960, 1, 15}, FEMALE}, MATCH_LINK, MATCH_L2, 0, "7", "the namesake lives elsewhere"},
    {{NULL, NULL, "イトウ　マモル", KUROSAKI, {1970, 2, 2}, MALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "12 11", "the namesake is protected"},
    {{NULL, "田中　安", "タナカ　アン", TOBATA, {1995, 7, 7}, MALE}, MATCH_LINK, MATCH_L2, 0, "10", "13, 64: alias without number"},
    {{NULL, "山田　花子", "ヤマダ　タロウ", BASHAKU, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L5, MATCH_V131, "1 2", "kana of her brother, who has that address too"},
    {{NULL, "山田　花子", "ヤマダ　ハナコ", BASHAKU, {2024, 4, 10}, MALE}, MATCH_REVIEW, MATCH_L5, MATCH_V132, "1", "another sex"},
    {{NULL, "中村　守子", "ナカムラ　モリコ", KUROSAKI, {1985, 5, 0}, FEMALE}, MATCH_REVIEW, MATCH_L5, MATCH_V132, "14", "birth date not whole"},
    {{NULL, NULL, "オーノ　ユリ", BASHAKU, {2000, 2, 20}, FEMALE}, MATCH_LINK, MATCH_L2, 0, "22", "long vowel, nothing else differs"},
    {{NULL, "小野　百合", "オノ　ユリ", BASHAKU, {2000, 2, 20}, FEMALE}, MATCH_REVIEW, MATCH_L5, MATCH_V132, "22", "long vowel and another kanji"},
    // L3
    {{"1", "鈴木　次郎", "スズキ　ジロウ", BASHAKU, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L3, MATCH_V132, "1", "another name"},
    {{"1", NULL, "ヤマダ　タロウ", BASHAKU, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "1 2", "her birth date, her brother's name"},
    {{"1", NULL, "ヤマダ", BASHAKU, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L3, MATCH_V132, "1", "no given name"},
    {{"1", "HANAKO YAMADA", NULL, BASHAKU, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L3, MATCH_V132, "1", "letters that the register does not have"},
    // L4
    {{"1", "山田　花子", "ヤマダ　ハナコ", BASHAKU, {2024, 4, 11}, FEMALE}, MATCH_REVIEW, MATCH_L4, MATCH_V132, "1", "a: one digit"},
    {{"1", "山田　花子", "ヤマダ　ハナコ", BASHAKU, {2024, 10, 4}, FEMALE}, MATCH_REVIEW, MATCH_L4, MATCH_V132, "1", "a: day and month exchanged"},
    {{"1", "山田　花子", "ヤマダ　ハナコ", BASHAKU, {1994, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L4, MATCH_V132, "1", "a: 平成6 for 令和6"},
    {{"1", "山田　太郎", "ヤマダ　タロウ", BASHAKU, {2022, 8, 3}, MALE}, MATCH_REVIEW, MATCH_L4, MATCH_V131, "2 1", "b: the brother's sheet under her number"},
    {{"1", "山田　花子", "ヤマダ　ハナコ", BASHAKU, {2022, 8, 3}, FEMALE}, MATCH_REVIEW, MATCH_L4, MATCH_V131, "1 2", "b: her name, his birth date"},
    {{"1", "木村　遠", "キムラ　トオシ", NULL, {2022, 8, 3}, MALE}, MATCH_REVIEW, MATCH_L4, MATCH_V131, "2 1", "b: his birth date and nobody's name"},
    {{"1", "髙橋　實", "タカハシ　ミノル", TOBATA, {1950, 12, 1}, MALE}, MATCH_REVIEW, MATCH_L4, MATCH_V131, "9 1", "c: 13, 61: all of another person"},
    {{"1", NULL, "タカハシ　ミノリ", NULL, {1950, 12, 1}, MALE}, MATCH_REVIEW, MATCH_L4, MATCH_V131, "9 1", "c: nearly another person"},
    {{"1", NULL, "タナカ　ユウコ", NULL, {1960, 1, 15}, FEMALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "7 8 1", "two others fit"},
    {{"1", "木村　遠", "キムラ　トオシ", "福岡市中央区天神1-1-1", {1999, 9, 9}, MALE}, MATCH_RETURN, MATCH_L4, MATCH_R133, "", "d: nothing fits"},
    {{"14", "中村　守子", "ナカムラ　モリコ", KUROSAKI, {1985, 5, 20}, FEMALE}, MATCH_REVIEW, MATCH_L4, MATCH_V132, "14", "the register knows only the month"},
    // L5
    {{NULL, "山田　花子", "ヤマダ　ハナコ", NULL, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L5, MATCH_V132, "1", "no address"},
    {{NULL, "山田　花子", "ヤマダ　ハナコ", TOBATA, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L5, MATCH_V132, "1", "another address"},
    {{NULL, NULL, "ヤマダ　ハナエ", BASHAKU, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L5, MATCH_V132, "1", "a slip"},
    {{NULL, NULL, "ヤマダ　タロウ", BASHAKU, {2024, 4, 10}, FEMALE}, MATCH_REVIEW, MATCH_L5, MATCH_V131, "1 2", "her birth date and address, her brother's name"},
    {{NULL, "山田　花子", "ヤマダ　ハナコ", BASHAKU, {2024, 4, 1}, FEMALE}, MATCH_REVIEW, MATCH_L5, MATCH_V132, "1", "birth date one digit off"},
    // L7
    {{NULL, "木村　遠", "キムラ　トオシ", "福岡市中央区天神1-1-1", {1999, 9, 9}, MALE}, MATCH_RETURN, MATCH_L7, MATCH_R131, "", "nobody"},
    {{NULL, "木村　遠", "キムラ　トオシ", NULL, {2024, 4, 10}, MALE}, MATCH_RETURN, MATCH_L7, MATCH_R131, "", "a birth date is not enough"},
    {{NULL, "山田　花子", "ヤマダ　ハナコ", BASHAKU, {1950, 7, 7}, FEMALE}, MATCH_REVIEW, MATCH_L5, MATCH_V132, "1", "merely similar: name and address"},
    {{NULL, "山田　花子", "ヤマダ　ハナコ", TOBATA, {1950, 7, 7}, FEMALE}, MATCH_RETURN, MATCH_L7, MATCH_R131, "", "only a name"},
    // L6
    {{"4", "佐藤　春樹", "サトウ　ハルキ", KUROSAKI, {2023, 5, 5}, MALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "3 4", "13, 60: the twin's number"},
    {{"3", NULL, "サトウ　ハル", KUROSAKI, {2023, 5, 5}, 0}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "3 4", "shortened to what the twins share"},
    {{"3", "佐藤　春樹", "サトウ　ハルカ", KUROSAKI, {2023, 5, 5}, 0}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "3 4", "kanji of one, kana of the other"},
    {{"27", NULL, "ムラカミ　ユ", TOBATA, {2024, 3, 5}, FEMALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "27 28", "shortened, and more of it is her sister's"},
    {{"28", NULL, "ムラカミ　ユ", TOBATA, {2024, 3, 5}, FEMALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "27 28", "the same on the other's sheet"},
    {{"27", NULL, "ムラカミ　ユイ", TOBATA, {2024, 3, 5}, FEMALE}, MATCH_LINK, MATCH_L1, 0, "27", "her whole name"},
    {{"29", NULL, "イシイ　コ", KUROSAKI, {2024, 6, 7}, MALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "29 30", "a long vowel, or his brother's name cut short"},
    {{"29", "石井　こ", NULL, KUROSAKI, {2024, 6, 7}, MALE}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "29 30", "the same, written for the name itself"},
    {{"29", "石井　こう", "イシイ　コ", KUROSAKI, {2024, 6, 7}, MALE}, MATCH_LINK, MATCH_L1, 0, "29", "the other spelling is whole"},
    {{"5", NULL, "スズキ　ケンタ", TOBATA, {2023, 6, 6}, 0}, MATCH_REVIEW, MATCH_L6, MATCH_V131, "6 5", "the twin's name"},
    {{"5", NULL, "スズキ", TOBATA, {2023, 6, 6}, 0}, MATCH_REVIEW, MATCH_L3, MATCH_V131, "5 6", "no given name"},
    {{"13", "渡辺　消", "ワタナベ　ケシ", BASHAKU, {1980, 3, 3}, MALE}, MATCH_REVIEW, MATCH_L4, MATCH_V132, "13", "registered by mistake"},
    {{NULL, "渡辺　消", "ワタナベ　ケシ", BASHAKU, {1980, 3, 3}, MALE}, MATCH_RETURN, MATCH_L7, MATCH_R131, "", "and never found otherwise"},
};
// clang-format on

static Str numbers_of(const Office *office, const MatchDecision *d, Arena *arena)
{
    Text text = {0};
    VEC_EACH (MatchCandidate, c, d->persons) {
        Str number = addressee_text(&office->world.persons.at[c->person].addressee_no);
        while (number.len > 1 && number.at[0] == '0') number = str_from(number, 1);
        if (text.len) text_add_byte(&text, arena, ' ');
        text_add(&text, arena, number);
    }
    return text_str(&text);
}

static bool came_out_as_expected(const Office *office, const Arrival *a, Arena scratch)
{
    MatchRow row = row_of(&a->sheet);
    MatchDecision d = world_match(&office->world, &row, NULL, &scratch);
    Str numbers = numbers_of(office, &d, &scratch);
    bool right = d.outcome == a->outcome && d.level == a->level && d.code == a->code &&
                 str_equal(numbers, str_of(a->persons)) &&
                 d.sex_differs == (d.outcome == MATCH_LINK && strstr(a->why, "W133"));
    if (!right) {
        print_error("%s: outcome %d %.*s code %d persons %.*s: %.*s\n", a->why, (int)d.outcome,
                    STR(match_level_text(d.level)), (int)d.code, STR(numbers), STR(d.evidence));
    }
    return right;
}

static void every_row_finds_its_level(void **state)
{
    (void)state;
    Office office = open_office();
    int wrong = 0;
    for (ptrdiff_t i = 0; i < countof(arrivals); i++)
        wrong += !came_out_as_expected(&office, &arrivals[i], office.arena);
    arena_release(office.whole);
    assert_int_equal(wrong, 0);
}

// ---- the past

static void rename_family(MatchPerson *p, const char *name, const char *kana, Day since,
                          Arena *arena)
{
    MatchVersion v = p->versions.at[p->versions.count - 1];
    p->versions.at[p->versions.count - 1].valid.last = since - 1;
    v.valid = (DaySpan){since, DAY_NONE};
    v.name = str_of(name);
    v.name_kana = str_of(kana);
    *match_versions_push(&p->versions, arena) = v;
}

static void a_former_name_is_a_slip_after_the_change_and_the_name_before_it(void **state)
{
    (void)state;
    Office office = open_office();
    Townsman t = {"60", "森　愛", "モリ　アイ", "930", TOBATA, {1992, 3, 9}, FEMALE};
    MatchPerson p = person_of(&t, &office.arena);
    rename_family(&p, "松本　愛", "マツモト　アイ", day_of(2026, 6, 1), &office.arena);
    world_add(&office.world, &p, &office.arena);

    Sheet maiden = {"60", "森　愛", "モリ　アイ", TOBATA, {1992, 3, 9}, FEMALE};
    MatchRow row = row_of(&maiden);  // 15 October, after the change
    MatchDecision d = world_match(&office.world, &row, NULL, &office.arena);
    assert_int_equal(d.outcome, MATCH_LINK);
    assert_int_equal(d.level, MATCH_L1S);
    assert_true(str_find(d.evidence, S("旧氏名")) >= 0);

    row.given = (DaySpan){day_of(2026, 5, 31), day_of(2026, 5, 31)};
    d = world_match(&office.world, &row, NULL, &office.arena);
    assert_int_equal(d.level, MATCH_L1);

    row.addressee_no = (AddresseeNo){0};
    row.number_written = false;
    d = world_match(&office.world, &row, NULL, &office.arena);
    assert_int_equal(d.level, MATCH_L2);
    row.given = (DaySpan){day_of(2026, 10, 15), day_of(2026, 10, 15)};
    d = world_match(&office.world, &row, NULL, &office.arena);
    assert_int_equal(d.outcome, MATCH_REVIEW);
    assert_int_equal(d.level, MATCH_L5);
    arena_release(office.whole);
}

static void a_corrected_birth_date_and_an_old_address_are_still_found(void **state)
{
    (void)state;
    Office office = open_office();
    Townsman t = {"31", "森　蓮", "モリ　レン", "931", KUROSAKI, {2025, 3, 9}, MALE};
    MatchPerson p = person_of(&t, &office.arena);
    rename_family(&p, "森　蓮", "モリ　レン", day_of(2026, 6, 1), &office.arena);
    p.versions.at[1].birth = (PartialDate){2025, 3, 8};
    p.versions.at[1].address = S(TOBATA);
    world_add(&office.world, &p, &office.arena);

    Sheet old = {NULL, "森　蓮", "モリ　レン", KUROSAKI, {2025, 3, 9}, MALE};
    MatchRow row = row_of(&old);
    MatchDecision d = world_match(&office.world, &row, NULL, &office.arena);
    assert_int_equal(d.level, MATCH_L2);
    assert_true(str_find(d.evidence, S("訂正前の生年月日")) >= 0);
    assert_true(str_find(d.evidence, S("旧住所")) >= 0);
    arena_release(office.whole);
}

// Section 13, 59: the namesake lives, the one who is meant died two days before the dose.
static void a_dead_person_is_not_turned_into_a_living_namesake(void **state)
{
    (void)state;
    Office office = open_office();
    Day death = day_of(2026, 10, 13);
    Townsman dead = {"32", "原　正", "ハラ　タダシ", "932", TOBATA, {1940, 1, 1}, MALE};
    Townsman alive = {"33", "原　正", "ハラ　タダシ", "933", KUROSAKI, {1940, 1, 1}, MALE};
    MatchPerson p = person_of(&dead, &office.arena), q = person_of(&alive, &office.arena);
    p.residence.at[0] = (ResidenceSpan){DAY_NONE, death, RESIDENCE_DEAD};
    int32_t dead_place = world_add(&office.world, &p, &office.arena);
    int32_t alive_place = world_add(&office.world, &q, &office.arena);

    static const struct {
        const char *number, *address;
        MatchOutcome outcome;
        bool is_dead;
    } cases[] = {
        {"32", TOBATA, MATCH_LINK, true},  // intake then says R143
        {"32", KUROSAKI, MATCH_REVIEW, false}, {"32", NULL, MATCH_REVIEW, false},
        {NULL, TOBATA, MATCH_LINK, true},      {NULL, NULL, MATCH_REVIEW, false},
        {"33", KUROSAKI, MATCH_LINK, false},
    };
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        Sheet sheet = {cases[i].number,  "原　正",     "ハラ　タダシ",
                       cases[i].address, {1940, 1, 1}, MALE};
        MatchRow row = row_of(&sheet);
        MatchDecision d = world_match(&office.world, &row, NULL, &office.arena);
        assert_int_equal(d.outcome, cases[i].outcome);
        if (d.outcome == MATCH_LINK)
            assert_int_equal(d.persons.at[0].person, cases[i].is_dead ? dead_place : alive_place);
    }
    arena_release(office.whole);
}

// ---- words and look-ups

static void evidence_is_told_in_words(void **state)
{
    (void)state;
    static const struct {
        Sheet sheet;
        const char *evidence;
    } cases[] = {
        {{"1", "山田　花子", "ヤマダ　ハナコ", BASHAKU, {2024, 4, 10}, FEMALE},
         "整理番号・生年月日・氏名・カナ・性別・住所一致"},
        {{"1", NULL, "ヤマダ　ハナエ", NULL, {2024, 4, 10}, 0},
         "整理番号・生年月日一致、カナ1字違い、住所記載なし"},
        {{"1", "山田　花子", NULL, KUROSAKI, {2024, 4, 10}, MALE},
         "整理番号・生年月日・氏名一致、性別相違、住所相違"},
        {{"10", "田中　安", NULL, TOBATA, {1995, 7, 7}, MALE},
         "整理番号・生年月日・氏名・性別・住所一致、通称による"},
        {{NULL, "山田　花子", "ヤマダ　ハナコ", BASHAKU, {2024, 4, 11}, 0},
         "氏名・カナ・住所一致、生年月日1桁違い、整理番号なし"},
        {{"1", "髙橋　實", NULL, NULL, {1950, 12, 1}, MALE},
         "生年月日・氏名・性別一致、整理番号は別人、住所記載なし"},
    };
    Office office = open_office();
    for (ptrdiff_t i = 0; i < countof(cases); i++) {
        MatchRow row = row_of(&cases[i].sheet);
        MatchDecision d = world_match(&office.world, &row, NULL, &office.arena);
        assert_string_equal(str_z(&office.arena, d.evidence), cases[i].evidence);
        assert_true(d.persons.at[0].score > 0);
        assert_true(d.persons.at[0].score <= 100);
    }
    arena_release(office.whole);
}

// Section 13, 71: whether a guessed address is right must not be learned from the outcome.
static void evidence_of_a_protected_person_is_silent_about_the_address(void **state)
{
    (void)state;
    Office office = open_office();
    const char *addresses[] = {TOBATA, KUROSAKI, NULL};
    for (ptrdiff_t i = 0; i < countof(addresses); i++) {
        Sheet sheet = {"21", "吉田　隠", "ヨシダ　カクレ", addresses[i], {1990, 9, 1}, FEMALE};
        MatchRow row = row_of(&sheet);
        MatchDecision d = world_match(&office.world, &row, NULL, &office.arena);
        assert_string_equal(str_z(&office.arena, d.evidence),
                            "整理番号・生年月日・氏名・カナ・性別一致");
        assert_int_equal(d.persons.at[0].score, 93);  // number 20, birth 35, name 35, sex 3
    }
    arena_release(office.whole);
}

static void an_honest_row_asks_for_its_number_and_its_names_alone(void **state)
{
    (void)state;
    Office office = open_office();
    int rounds = 0;
    MatchRow row = row_of(&arrivals[0].sheet);
    world_match(&office.world, &row, &rounds, &office.arena);
    assert_int_equal(rounds, 1);
    MatchCandidates nobody = {0};
    MatchLookups keys = match_lookups(&row, &nobody, &office.arena);
    assert_int_equal(keys.count, 3);
    assert_int_equal(keys.at[0].kind, LOOKUP_NUMBER);
    assert_int_equal(keys.at[1].kind, LOOKUP_NAMESAKE);
    assert_int_equal(keys.at[2].kind, LOOKUP_NAMESAKE);
    arena_release(office.whole);
}

static void a_row_about_nobody_and_an_empty_register_are_no_trouble(void **state)
{
    (void)state;
    const Arena whole = arena_reserve(1 << 20);
    Arena arena = whole;
    World empty = {0};
    MatchRow row = row_of(&arrivals[0].sheet);
    assert_int_equal(world_match(&empty, &row, NULL, &arena).code, MATCH_R131);
    row = (MatchRow){0};
    assert_int_equal(world_match(&empty, &row, NULL, &arena).code, MATCH_R131);
    arena_release(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_finds_its_level),
        cmocka_unit_test(a_former_name_is_a_slip_after_the_change_and_the_name_before_it),
        cmocka_unit_test(a_corrected_birth_date_and_an_old_address_are_still_found),
        cmocka_unit_test(a_dead_person_is_not_turned_into_a_living_namesake),
        cmocka_unit_test(evidence_is_told_in_words),
        cmocka_unit_test(evidence_of_a_protected_person_is_silent_about_the_address),
        cmocka_unit_test(an_honest_row_asks_for_its_number_and_its_names_alone),
        cmocka_unit_test(a_row_about_nobody_and_an_empty_register_are_no_trouble),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
