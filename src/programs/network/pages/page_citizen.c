// What a citizen sees of who asked whom about him, as the portal would show it.
//
// Law     番号法 第23条; linkage.md 3.3, 3.4. The number is posted and nowhere kept: the address of the page carries whom the core
//         knows, as a text that only this session can read.
// SPDX-License-Identifier: Apache-2.0
#include "citizen.h"
#include "citizen_html.h"
#include "history_html.h"
#include "network_routes.h"
#include "outlet.h"
#include "record_cells.h"

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

static bool person_typed(Visit *visit, Sha256 *person, Error *why)
{
    bool corrected;
    INDIVIDUAL_NO_SECRET IndividualNo number = {0};
    return individual_no_parse_typed(str_trim(web_value(visit->request->form, "text")), &number, &corrected, why) &&
           citizen_person(visit->act, &number, *visit->arena, person, why);
}

bool send_citizen(Visit *visit, Error *err)
{
    Str sealed;
    Sha256 person;
    Error why = {0};
    char hex[SHA256_TEXT_SIZE];
    if (!person_typed(visit, &person, &why)) {
        if (why.code == E_STORE || why.code == E_KEY) return error_pass(err, &why);
        return drawn(visit, S("この個人番号の人はいません。12桁の番号を確かめてください。"));
    }
    if (!visit_seal(visit, CITIZEN, str_of(sha256_text(&person, hex)), &sealed, err)) return false;
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

bool page_history(Visit *visit, Error *err)
{
    Str hex;
    Sha256 person;
    NamedList list;
    Accesses rows;
    HistoryPage page = {.back = visit_path(visit, &route_page_citizen, NULL, 0)};
    if (!visit_unseal(visit, CITIZEN, visit->variables[0], &hex, err)) return false;
    if (!sha256_parse(hex, &person))
        return FAIL(err, E_NOT_FOUND, .words = S("この画面はもう使えません。もう一度、本人として入ってください。"));
    if (!citizen_accesses(visit->act, &person, visit->arena, &rows, err) ||
        !allow_list_read(visit->act->store, visit->act->now, visit->arena, &list, err))
        return false;
    VEC_EACH (const Access, access, rows) *asking_rows_push(&page.askings, visit->arena) = asking_of(access, &list, visit->arena);
    page.count = visit->rows = rows.count;
    history_page_write(visit->page, &page);
    return true;
}
