// One box: who may be meant in the register, by name, birth date or number. A number alone opens the person's page.
// SPDX-License-Identifier: Apache-2.0
#include "register_search_rows.h"
#include "search_pages.h"
#include "visit_resident.h"

static const SearchBox box = {"人をさがす", &route_send_find, &route_page_found};

bool page_find(Visit *visit, Error *err)
{
    return search_opened(visit, &box, err);
}

// Whose number it was stands in the trail.
static bool number_found(Visit *visit, bool *found, Error *err)
{
    PersonRow person;
    Str typed = str_trim(web_value(visit->request->form, "text"));
    SearchAsked asked = search_text_read(typed, visit->act->business_day, visit->arena);
    *found = false;
    if (!asked.numbered || asked.name.len) return true;
    if (!person_find(visit->act->store, &asked.who, &person, err)) return false;
    *found = person.person_id != 0;
    AuditLeaf leaf = act_leaf(visit->act, AUDIT_DONE);
    leaf.whose = &asked.who;
    return !*found || (visit_record(visit, &leaf, err) &&
                       resident_path(visit, &route_page_resident, &asked.who, &visit->go, err));
}

bool send_find(Visit *visit, Error *err)
{
    bool found;
    return number_found(visit, &found, err) && (found || search_sent(visit, &box, err));
}

static bool found_path(const Visit *visit, const AddresseeNo *who, Path *path, Error *err)
{
    visit_shows(visit, who);
    return resident_path(visit, &route_page_resident, who, path, err);
}

bool page_found(Visit *visit, Error *err)
{
    SearchedRegister searched = {visit->act->store, visit->act->office->keys};
    const SearchSource source = register_search_source(&searched);
    return hits_drawn(visit, visit->variables[0], visit_path(visit, &route_send_find, NULL, 0), &source, found_path, err);
}
