// What a citizen sees of who asked whom about him, and of what organisations keep of him, as the portal would show it.
//
// Law     番号法 第23条; linkage.md 3.3, 3.4. The number is posted and nowhere kept: the address of the page carries whom the core
//         knows, as a text that only this session can read.
// SPDX-License-Identifier: Apache-2.0
#include "answer_words.h"
#include "citizen_html.h"
#include "form.h"
#include "history_html.h"
#include "network_routes.h"
#include "outlet.h"
#include "record_cells.h"
#include "self_looking.h"

#include <string.h>

#define CITIZEN S("citizen")

static bool drawn(Visit *visit, Str fault)
{
    Path go = visit_path(visit, &route_send_citizen, NULL, 0);
    CitizenPage page = {.go = go, .origin = visit_origin(visit, go), .fault = fault};
    if (fault.len) visit->status = 422;
    citizen_page_write(visit->page, &page);
    return true;
}

bool page_citizen(Visit *visit, Error *err)
{
    (void)err;
    return drawn(visit, (Str){0});
}

static bool person_typed(Visit *visit, Citizen *citizen, Error *why)
{
    bool corrected;
    INDIVIDUAL_NO_SECRET IndividualNo number = {0};
    return individual_no_parse_typed(str_trim(web_value(visit->request->form, "text")), &number, &corrected, why) &&
           citizen_person(visit->act, &number, *visit->arena, citizen, why);
}

// What the address carries: whom the core means, and J-LIS.
static Str citizen_text(const Citizen *citizen, Arena *arena)
{
    char hex[SHA256_TEXT_SIZE];
    return str_format(arena, "%s %lld", sha256_text(&citizen->person, hex), (long long)citizen->resident_no);
}

static bool citizen_read(const Visit *visit, Citizen *citizen, Error *err)
{
    Str text;
    if (!visit_unseal(visit, CITIZEN, visit->variables[0], &text, err)) return false;
    Cut cut = str_cut(text, ' ');
    if (!sha256_parse(cut.head, &citizen->person) || !str_int64(cut.tail, &citizen->resident_no))
        return FAIL(err, E_NOT_FOUND, .words = S("この画面はもう使えません。もう一度、本人として入ってください。"));
    return true;
}

bool send_citizen(Visit *visit, Error *err)
{
    Str sealed;
    Citizen citizen;
    Error why = {0};
    if (!person_typed(visit, &citizen, &why)) {
        if (why.code == E_STORE || why.code == E_KEY) return error_pass(err, &why);
        return drawn(visit, S("この個人番号の人はいません。12桁の番号を確かめてください。"));
    }
    if (!visit_seal(visit, CITIZEN, citizen_text(&citizen, visit->arena), &sealed, err)) return false;
    return visit_go(visit, visit_path(visit, &route_page_history, &sealed, 1), (Str){0}, err);
}

static Str moment(Instant at, Arena *arena)
{
    char text[INSTANT_TEXT_SIZE];
    return at ? str_copy(arena, str_of(instant_in_japan(at, text))) : (Str){0};
}

static Str stand_words(RecordsStand stand)
{
    if (stand == RECORDS_TOGETHER) return S("三者の記録が一致");
    return stand == RECORDS_APART ? S("記録が一致しません") : S("記録がまだそろいません");
}

static Asking asking_of(const Access *access, const NamedList *list, Arena *arena)
{
    const ProvisionRecord *record = &access->record;
    const Question *asked = &record->permit.question;
    return (Asking){.since = moment(access->asked_at, arena),
                    .asker = organisation_name(list, &access->asker, arena),
                    .provider = organisation_name(list, &asked->provider, arena),
                    .what = str_format(arena, "命令第2条の項 %d", asked->item),
                    .provided = moment(record->provided_at, arena),
                    .result = record_result_words(record),
                    .given = record->provided_at != 0,
                    .stand = stand_words(access->stand),
                    .apart = access->stand == RECORDS_APART};
}

// ---- わたしの情報

static bool own_add(Visit *visit, const Citizen *citizen, const OrganisationCode *whose, const NamedList *list, HistoryPage *page,
                    Error *err)
{
    static const Str words[] = {[SELF_NEVER_ASKED] = S("まだ取り寄せていません"), [SELF_UNDER_WAY] = S("取り寄せています。しばらくして開き直してください"),
                                [SELF_NOTHING] = S("示せる情報はありません"), [SELF_SEEN] = S("届きました")};
    SelfSight sight;
    AnswerWords lines = {0};
    Arena *arena = visit->arena;
    Own own = {.go = visit_path(visit, &route_send_view, visit->variables, 1), .code = str_copy(arena, str_of(whose->digits))};
    if (!self_seen(visit->act, &citizen->person, whose, arena, &sight, err)) return false;
    if (sight.stand == SELF_SEEN && !answer_in_words(&sight.answer, arena, &lines, err)) return false;
    own.origin = visit_origin(visit, own.go);
    own.name = organisation_name(list, whose, arena);
    own.stand = words[sight.stand];
    own.asked = moment(sight.asked_at, arena);
    if (!form_number(visit, &own.once, err)) return false;
    *own_rows_push(&page->owns, arena) = own;
    VEC_EACH (const AnswerWord, line, lines)
        *own_line_rows_push(&page->lines, arena) = (OwnLine){own.name, line->item, line->value};
    return true;
}

static bool owns_put(Visit *visit, const Citizen *citizen, const NamedList *list, HistoryPage *page, Error *err)
{
    Holders holders;
    if (!self_holders(visit->act, &citizen->person, visit->arena, &holders, err)) return false;
    VEC_EACH (const OrganisationCode, whose, holders)
        if (!own_add(visit, citizen, whose, list, page, err)) return false;
    return true;
}

bool send_view(Visit *visit, Error *err)
{
    Citizen citizen;
    OrganisationCode whose;
    Act *act = visit->act;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.person = &citizen.person;
    if (!citizen_read(visit, &citizen, err)) return false;
    if (!organisation_code_read(web_value(visit->request->form, "organisation"), &whose))
        return FAIL(err, E_NOT_FOUND, .words = S("この機関から示せる情報はありません。"));
    return act_begin(act, err) && self_look(act, &citizen, &whose, *visit->arena, err) && act_record(act, &leaf, err) &&
           store_commit(act->store, err) &&
           visit_go(visit, visit_path(visit, &route_page_history, visit->variables, 1), S("取り寄せを頼みました。"), err);
}

// ---- the page

bool page_history(Visit *visit, Error *err)
{
    Citizen citizen;
    NamedList list;
    Accesses rows;
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    HistoryPage page = {.back = visit_path(visit, &route_page_citizen, NULL, 0)};
    if (!citizen_read(visit, &citizen, err) || !citizen_accesses(visit->act, &citizen.person, visit->arena, &rows, err) ||
        !allow_list_read(visit->act->store, visit->act->now, visit->arena, &list, err))
        return false;
    VEC_EACH (const Access, access, rows) *asking_rows_push(&page.askings, visit->arena) = asking_of(access, &list, visit->arena);
    if (!owns_put(visit, &citizen, &list, &page, err)) return false;
    page.count = leaf.rows = rows.count;
    leaf.person = &citizen.person;  // whose page was looked at, as whoever reads the trail can ask
    if (!visit_record(visit, &leaf, err)) return false;
    history_page_write(visit->page, &page);
    return true;
}
