// Who has a 宛名番号, or an Individual Number. The latter is posted, read once, and said again nowhere: not in the page, not in
// an address, not in a draft, not in the trail; whoever is found is recorded before the page is there.
// SPDX-License-Identifier: Apache-2.0
#include "dates.h"
#include "form.h"
#include "individual_number_rows.h"
#include "numbers_html.h"
#include "unified_person_rows.h"
#include "unified_routes.h"

static const FormField fields[] = {{"text", "宛名番号", FORM_LINE, 20, true, 18, "15桁の番号。前の0は省けます", NULL}};
static const FormKind kind = {"numbers", fields, countof(fields), "宛名番号でさがす", NULL};

typedef struct Told {
    Str fault;   // of the Individual Number
    Str nobody;  // who was not found
} Told;

static bool draw(Visit *visit, Form *form, const Told *told, Error *err)
{
    Path go = visit_path(visit, &route_send_individual, NULL, 0);
    if (!form_draw(form, err)) return false;
    if (told->fault.len) visit->status = 422;
    const NumbersPage page = {.top = form->top,
                              .form = form->body,
                              .go = go,
                              .origin = visit_origin(visit, go),
                              .fault = told->fault,
                              .nobody = told->nobody};
    numbers_page_write(visit->page, &page);
    return true;
}

static bool drawn_anew(Visit *visit, const Told *told, Error *err)
{
    Form form;
    return form_open(visit, &kind, visit_path(visit, &route_send_numbers, NULL, 0), S(""), &form, err) &&
           draw(visit, &form, told, err);
}

bool page_numbers(Visit *visit, Error *err)
{
    return drawn_anew(visit, &(Told){0}, err);
}

// The record stands before anything is shown, also when nobody has the number.
static bool found_recorded(Visit *visit, int64_t person_id, Str detail, Error *err)
{
    AddresseeNos numbers = {0};
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    if (person_id && !addressee_numbers_of(visit->act->store, person_id, visit->arena, &numbers, err)) return false;
    leaf.whose = numbers.count ? numbers.at : NULL;
    leaf.rows = person_id != 0;
    leaf.detail = detail;
    return visit_record(visit, &leaf, err) != NULL;
}

bool send_numbers(Visit *visit, Error *err)
{
    Form form;
    AddresseeNo who;
    Error unread = {0};
    UnifiedPerson person;
    form_read(visit, &kind, visit_path(visit, &route_send_numbers, NULL, 0), S(""), &form);
    if (!form.faulty && !addressee_no_parse(str_trim(web_value(visit->request->form, "text")), &who, NULL, &unread)) {
        form_set(&form, "text", S(""));
        form_fault(&form, "text", S("宛名番号は15桁までの数字です。個人番号は、下の欄に入力してください。"));
    }
    if (form.faulty) return draw(visit, &form, &(Told){0}, err);
    if (!unified_of_addressee(visit->act->store, visit->act->office->keys, &who, visit->arena, &person, err) ||
        !found_recorded(visit, person.person_id, (Str){0}, err))
        return false;
    if (person.person_id) return unified_path(visit, person.person_id, &visit->go, err);
    return draw(visit, &form, &(Told){.nobody = S("この宛名番号の人は登録されていません。")}, err);
}

// ---- by Individual Number

static bool number_read(const Visit *visit, IndividualNo *number)
{
    bool corrected;
    Error unread = {0};  // which may quote what was typed
    bool read = individual_no_parse_typed(str_trim(web_value(visit->request->form, "number")), number, &corrected, &unread);
    bytes_wipe(&unread, sizeof unread);
    return read;
}

static Str found_words(const NumberFound *found, Arena *arena)
{
    if (found->standing != NUMBER_FORMER) return S("個人番号でさがしました。");
    return str_format(arena, "旧番号で見つかりました（%.*sまで）。新しい個人番号を確かめてください。",
                      STR(date_era_text(arena, instant_day_in_japan(found->to_at))));
}

bool send_individual(Visit *visit, Error *err)
{
    INDIVIDUAL_NO_SECRET IndividualNo number = {{0}};
    NumberFound found = {0};
    Act *act = visit->act;
    if (!number_read(visit, &number))
        return drawn_anew(visit, &(Told){.fault = S("個人番号として読めません。12桁の数字を、もう一度入力してください。")}, err);
    Sha256 index = individual_number_index(act->office->keys, &number);
    if (!individual_number_find(act->store, &index, &found, err) ||
        !found_recorded(visit, found.person_id, found.standing == NUMBER_FORMER ? S("旧番号") : (Str){0}, err))
        return false;
    if (!found.person_id) return drawn_anew(visit, &(Told){.nobody = S("この個人番号の人は登録されていません。")}, err);
    Path go;
    return unified_path(visit, found.person_id, &go, err) && visit_go(visit, go, found_words(&found, visit->arena), err);
}
