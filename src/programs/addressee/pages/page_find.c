// One box: the number of a person. Whoever has the name alone asks the ledger, which has the keys for that.
// SPDX-License-Identifier: Apache-2.0
#include "find_html.h"
#include "outlet.h"
#include "visit_resident.h"

static void find_draw(Visit *visit, Str refused)
{
    Path go = visit_path(visit, &route_send_find, NULL, 0);
    const FindPage page = {.go = go, .origin = visit_origin(visit, go), .refused = refused};
    find_page_write(visit->page, &page);
}

bool page_find(Visit *visit, Error *err)
{
    (void)err;
    find_draw(visit, (Str){0});
    return true;
}

static bool refused(Visit *visit, Str words)
{
    visit->status = 422;
    find_draw(visit, words);
    return true;
}

// Whose number it was stands in the trail, also when nobody has it.
static bool looked_for(Visit *visit, const AddresseeNo *who, bool *found, Error *err)
{
    PersonRow person;
    if (!person_find(visit->act->store, who, &person, err)) return false;
    *found = person.person_id != 0;
    AuditLeaf leaf = act_leaf(visit->act, *found ? AUDIT_DONE : AUDIT_FAILED);
    leaf.whose = who;
    return visit_record(visit, &leaf, err);
}

bool send_find(Visit *visit, Error *err)
{
    bool found;
    AddresseeNo who;
    Error why = {0};
    Str typed = str_trim(web_value(visit->request->form, "text"));
    if (!typed.len) return refused(visit, S("宛名番号を入力してください。"));
    if (!addressee_no_parse(typed, &who, NULL, &why))
        return refused(visit, outlet_error(OUTLET_PAGE, visit->arena, &why));
    if (!looked_for(visit, &who, &found, err)) return false;
    if (!found)
        return refused(
            visit, S("この番号の人は住民情報にいません。桁のまちがいがないか確認してください。"));
    return resident_path(visit, &route_page_resident, &who, &visit->go, err);
}
