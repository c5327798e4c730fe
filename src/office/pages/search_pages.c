// SPDX-License-Identifier: Apache-2.0
#include "search_pages.h"

#include "dates.h"
#include "hits_html.h"
#include "search_html.h"

#define TYPED S("search")

static void search_draw(Visit *visit, const SearchBox *box, Str refused)
{
    Path go = visit_path(visit, box->sends, NULL, 0);
    const SearchPage search = {
        .title = str_of(box->title), .go = go, .origin = visit_origin(visit, go), .refused = refused};
    search_page_write(visit->page, &search);
}

bool search_opened(Visit *visit, const SearchBox *box, Error *err)
{
    (void)err;
    search_draw(visit, box, (Str){0});
    return true;
}

bool hits_typed(const Visit *visit, Str *sealed, Str *refused, Error *err)
{
    Str typed = str_trim(web_value(visit->request->form, "text"));
    *refused = (Str){0};
    if (!typed.len) *refused = S("氏名、カナ、生年月日、宛名番号のどれかを入力してください。");
    if (typed.len > SEARCH_TEXT_MOST) *refused = S("入力が長すぎます。氏名と生年月日だけにしてください。");
    return refused->len || visit_seal(visit, TYPED, typed, sealed, err);
}

bool search_sent(Visit *visit, const SearchBox *box, Error *err)
{
    Str sealed, refused;
    if (!hits_typed(visit, &sealed, &refused, err)) return false;
    if (refused.len) {
        visit->status = 422;
        search_draw(visit, box, refused);
        return true;
    }
    visit->go = visit_path(visit, box->hits, &sealed, 1);
    return true;
}

// ---- what was found

static void sign_add(HitLine *line, bool good, const char *words, Arena *arena)
{
    *sign_rows_push(&line->signs, arena) = (Sign){good, str_of(words)};
}

static void name_sign(const PersonHit *hit, HitLine *line, Arena *arena)
{
    if (hit->fit >= NAME_SOUNDS)
        sign_add(line, true, "氏名", arena);
    else if (hit->exchanged)
        sign_add(line, false, "氏と名の入れ替わり", arena);
    else if (hit->fit >= NAME_TWO_SLIPS)
        sign_add(line, false, "1、2字違い", arena);
    else if (hit->part)
        sign_add(line, false, "氏か名だけ", arena);
    else
        sign_add(line, false, "名の始まり", arena);
}

static bool hit_line(const Visit *visit, const PersonHit *hit, HitPath *leads, HitLine *line, Error *err)
{
    Arena *arena = visit->arena;
    const SearchedPerson *person = &hit->person;
    DaySpan birth;
    Path open;
    if (!leads(visit, &person->who, &open, err)) return false;
    *line = (HitLine){.open = open,
                      .name = person->name,
                      .kana = person->kana,
                      .birth = date_partial_era_text(arena, person->birth),
                      .sex = person->sex,
                      .place = person->place,
                      .resident = person->resident,
                      .state = person->state};
    if (!person->dead && person->birth.month && partial_date_span(person->birth, &birth))
        line->age = date_age_text(arena, birth.first, visit->act->business_day);
    if (hit->number) sign_add(line, true, "宛名番号", arena);
    if (hit->name_asked) name_sign(hit, line, arena);
    if (hit->birth_asked)
        sign_add(line, hit->birth, hit->birth ? "生年月日" : "生年月日が違う", arena);
    return true;
}

static void reading(const SearchAsked *asked, Str typed, Arena *arena, HitsPage *page)
{
    bool number_alone = asked->numbered && !asked->name.len;
    page->typed = number_alone ? (Str){0} : typed;
    page->typed_number = number_alone ? typed : (Str){0};
    page->read_name = asked->name;
    page->read_kana = asked->kana;
    if (asked->birth.year) page->read_birth = date_partial_era_text(arena, asked->birth);
    if (asked->numbered) page->read_number = addressee_text(&asked->who);
    page->unread = asked->unread;
    if (!asked->birth_other.len) return;
    page->other = asked->name.len
                      ? str_format(arena, "%.*s %.*s", STR(asked->name), STR(asked->birth_other))
                      : asked->birth_other;
}

bool hits_drawn(Visit *visit, Str sealed, Path go, const SearchSource *source, HitPath *leads, Error *err)
{
    Str typed;
    PersonSearched found;
    HitsPage page = {.go = go, .origin = visit_origin(visit, go)};
    if (!visit_unseal(visit, TYPED, sealed, &typed, err)) return false;
    SearchAsked asked = search_text_read(typed, visit->act->business_day, visit->arena);
    if (!person_search(source, &asked, visit->arena, &found, err))
        return false;
    reading(&asked, typed, visit->arena, &page);
    page.more = found.more;
    page.beyond = found.beyond.count;
    VEC_EACH (const AddresseeNo, who, found.beyond) visit_shows(visit, who);
    page.found = visit->rows = found.hits.count;  // what was typed stands in no record
    VEC_EACH (const PersonHit, hit, found.hits) {
        HitLine line;
        if (!hit_line(visit, hit, leads, &line, err)) return false;
        line.nearest = page.hits.count == 0;
        *hit_line_rows_push(&page.hits, visit->arena) = line;
    }
    hits_page_write(visit->page, &page);
    return true;
}
