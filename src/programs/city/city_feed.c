// SPDX-License-Identifier: Apache-2.0
#include "city_feed.h"

#include "calendar.h"
#include "city_address.h"
#include "city_home.h"

#define CITY_CODE "401005"

static const char *const columns[] = {
    "更新連番",
    "宛名番号",
    "世帯番号",
    "住民種別",
    "住民状態",
    "異動事由",
    "異動年月日",
    "届出年月日",
    "氏名",
    "氏名カナ",
    "氏名ローマ字",
    "通称",
    "通称カナ",
    "氏名優先区分",
    "性別",
    "生年月日",
    "続柄",
    "市区町村コード",
    "郵便番号",
    "町丁目",
    "番地",
    "枝",
    "子枝",
    "住所",
    "方書",
    "電話番号",
    "住民となった日",
    "住民でなくなった日",
    "転入前住所",
    "転入前方書",
    "転入前市区町村コード",
    "転出後住所",
    "転出後方書",
    "転出後市区町村コード",
    "支援措置",
    "個人番号",
};

static Str family_given(Str family, Str given, Arena *arena)
{
    return str_format(arena, "%.*s　%.*s", STR(family), STR(given));
}

static bool foreign(const Person *p)
{
    return p->foreign != NO_COUNTRY;
}

Str register_name(const City *city, const Person *p, Arena *arena)
{
    if (foreign(p)) return city->names.foreign[p->foreign].roman;
    return family_given(city->names.family[p->family].name, city->names.given[p->given].name,
                        arena);
}

Str register_kana(const City *city, const Person *p, Arena *arena)
{
    if (foreign(p)) return city->names.foreign[p->foreign].kana;
    return family_given(city->names.family[p->family].kana, city->names.given[p->given].kana,
                        arena);
}

Str alias_name(const City *city, const Person *p, Arena *arena)
{
    if (!p->uses_alias) return (Str){0};
    return family_given(city->names.family[p->family].name, city->names.given[p->given].name,
                        arena);
}

Str alias_kana(const City *city, const Person *p, Arena *arena)
{
    if (!p->uses_alias) return (Str){0};
    return family_given(city->names.family[p->family].kana, city->names.given[p->given].kana,
                        arena);
}

MUST bool feed_create(const City *city, Str dir, FeedKind kind, Day made_on, int sequence,
                      Arena *arena, FeedFile *feed, Error *err)
{
    CivilDate c = civil_of(made_on);
    Str path = str_format(arena, "%.*s/JUKI_" CITY_CODE "_%s_%04d%02d%02d%s_%03d.csv", STR(dir),
                          kind == FEED_ALL ? "ALL" : "DIF", c.year, c.month, c.day,
                          kind == FEED_ALL ? "230000" : "190000", sequence);
    *feed = (FeedFile){.city = city};
    if (!csv_create(str_z(arena, path), arena, &feed->writer, err)) return false;
    csv_as_it_stands(feed->writer);
    for (int i = 0; i < countof(columns); i++) csv_put(feed->writer, str_of(columns[i]));
    csv_end_row(feed->writer);
    return true;
}

static void put_day(CsvWriter *w, Day day)
{
    char text[DAY_TEXT_SIZE];
    csv_put(w, str_of(day_text(day, text)));
}

static void put_names(FeedFile *feed, const Person *p, Arena *scratch)
{
    CsvWriter *w = feed->writer;
    csv_put(w, register_name(feed->city, p, scratch));
    csv_put(w, register_kana(feed->city, p, scratch));
    csv_put(w, foreign(p) ? feed->city->names.foreign[p->foreign].roman : (Str){0});
    csv_put(w, alias_name(feed->city, p, scratch));
    csv_put(w, alias_kana(feed->city, p, scratch));
    csv_put(w, !foreign(p) ? (Str){0} : p->uses_alias ? S("2") : S("1"));
}

static void put_birth(CsvWriter *w, const Person *p)
{
    PartialDate birth = partial_of(p->birth + p->register_birth_off);
    char text[DAY_TEXT_SIZE];
    if (p->day_unknown) birth.day = 0;
    if (p->month_unknown) birth.month = 0;
    csv_put(w, str_of(partial_date_text(birth, text)));
}

static Str relationship_words(const Person *p)
{
    switch ((Relation)p->relation) {
    case RELATION_HEAD: return S("世帯主");
    case RELATION_WIFE: return S("妻");
    case RELATION_HUSBAND: return S("夫");
    case RELATION_CHILD: return S("子");
    case RELATION_PARENT: return p->sex == 1 ? S("父") : S("母");
    case RELATION_PARTNER: return S("同居人");
    }
    return (Str){0};
}

static void put_number(CsvWriter *w, int number)
{
    if (number) {
        csv_put_int64(w, number);
    } else {
        csv_put(w, (Str){0});
    }
}

static void put_home(FeedFile *feed, const Household *home, Arena *scratch)
{
    CsvWriter *w = feed->writer;
    const PostalTown *town = &feed->city->towns.at[home->town];
    csv_put(w, municipality_text(&town->municipality));
    csv_put(w, postal_text(&town->postal_code));
    csv_put(w, address_town(feed->city, home, scratch));
    put_number(w, home->lot);
    put_number(w, home->branch);
    put_number(w, home->sub_branch);
    csv_put(w, address_registered(feed->city, home, scratch));
    csv_put(w, address_building(feed->city, home, scratch));
    csv_put(w, (Str){0});  // 電話番号: the register knows none
}

static void put_elsewhere(CsvWriter *w, const Elsewhere *place, int lot, Arena *scratch)
{
    csv_put(w, !place          ? (Str){0}
               : place->abroad ? place->name
                               : str_format(scratch, "%.*s中央%d番地", STR(place->name), lot));
    csv_put(w, (Str){0});
    csv_put(w, place ? place->code : (Str){0});
}

// 転出後 is known for those who left and for those who have announced it.
static void put_residence(FeedFile *feed, const Person *p, const Household *home, Arena *scratch)
{
    bool from_outside = !p->born_here && p->since > p->birth;
    bool to_outside = p->standing == MOVED_OUT || p->planned_move_out;
    put_day(feed->writer, p->since);
    put_day(feed->writer, p->standing == RESIDENT ? DAY_NONE : p->until);
    put_elsewhere(feed->writer, from_outside ? &elsewhere[home->from_place] : NULL, home->lot,
                  scratch);
    put_elsewhere(feed->writer, to_outside ? &elsewhere[home->to_place] : NULL, home->branch,
                  scratch);
}

void feed_put(FeedFile *feed, const FeedEvent *event, Arena scratch)
{
    const City *city = feed->city;
    const Person *p = &city->people[event->person];
    const Household *home = &city->households[p->household];
    CsvWriter *w = feed->writer;
    char number[CITY_NUMBER_SIZE];
    csv_put_int64(w, ++feed->rows);
    csv_put(w, city_addressee_no(event->person, number));
    csv_put(w, city_household_no(p->household, number));
    csv_put(w, foreign(p) ? S("2") : S("1"));
    csv_put_int64(w, p->standing);
    csv_put_int64(w, event->reason);
    put_day(w, event->occurred);
    put_day(w, event->reported);
    put_names(feed, p, &scratch);
    csv_put_int64(w, p->sex);
    put_birth(w, p);
    csv_put(w, relationship_words(p));
    put_home(feed, home, &scratch);
    put_residence(feed, p, home, &scratch);
    csv_put(w, p->is_protected ? S("1") : (Str){0});
    csv_put(w, p->number_awaited ? (Str){0} : city_individual_no(event->person, number));
    csv_end_row(w);
}

// What the register says happened last to a person of whom the month tells nothing yet.
static FeedEvent last_event(const City *city, int32_t person)
{
    const Person *p = &city->people[person];
    const Household *home = &city->households[p->household];
    FeedEvent e = {.person = person, .occurred = p->since};
    Dice dice = dice_for(city->seed, DICE_HOUSEHOLD, (uint64_t)person);
    e.reason = p->since == p->birth ? 21 : elsewhere[home->from_place].abroad ? 12 : 11;
    if (p->standing == MOVED_OUT) e.reason = 42, e.occurred = p->until;
    if (p->standing == DEAD) e.reason = 51, e.occurred = p->until;
    if (p->standing == RESIDENT && home->moves && city->month_first - p->since > 400) {
        // Moves within the city happen to the whole home on one day.
        Dice moved = dice_for(city->seed, DICE_HOUSEHOLD, ~(uint64_t)(uint32_t)p->household);
        e.reason = 31, e.occurred = city->month_first - 1 - (Day)dice_below(&moved, 380);
    }
    e.reported = e.occurred + (Day)dice_below(&dice, 10);
    if (e.reported >= city->month_first) e.reported = city->month_first - 1;
    return e;
}

bool feed_full_copy(const City *city, Str dir, Arena scratch, Error *err)
{
    FeedFile feed;
    if (!feed_create(city, dir, FEED_ALL, city->month_first - 1, 1, &scratch, &feed, err))
        return false;
    for (int32_t i = 0; i < city->full_copy_count; i++) {
        FeedEvent event = last_event(city, i);
        feed_put(&feed, &event, scratch);
    }
    return csv_commit(feed.writer, err);
}

// ---- J-LIS

static const char *const jlis_columns[] = {"個人番号", "住民票コード", "氏名カナ", "生年月日", "性別", "住所"};

// Nobody without a number of today, and nobody whose kana the register lacks: there is nothing to compare.
static void jlis_put(CsvWriter *w, const City *city, int32_t person, Arena scratch)
{
    char number[CITY_NUMBER_SIZE];
    const Person *p = &city->people[person];
    Str individual = city_individual_no(person, number), kana = register_kana(city, p, &scratch);
    if (p->number_awaited || !individual.len || !kana.len) return;
    csv_put(w, individual);
    csv_put(w, city_record_code(person, number));
    csv_put(w, kana);
    put_birth(w, p);
    csv_put_int64(w, p->sex);
    csv_put(w, address_registered(city, &city->households[p->household], &scratch));
    csv_end_row(w);
}

bool jlis_write(const City *city, Str dir, Day as_of, Arena scratch, Error *err)
{
    CsvWriter *w;
    CivilDate c = civil_of(as_of);
    Str path = str_format(&scratch, "%.*s/JLIS_%04d%02d%02d.csv", STR(dir), c.year, c.month, c.day);
    if (!csv_create(str_z(&scratch, path), &scratch, &w, err)) return false;
    csv_as_it_stands(w);
    for (int i = 0; i < countof(jlis_columns); i++) csv_put(w, str_of(jlis_columns[i]));
    csv_end_row(w);
    for (int32_t i = 0; i < city->people_count; i++) jlis_put(w, city, i, scratch);
    return csv_commit(w, err);
}
