// SPDX-License-Identifier: Apache-2.0
#include "visit.h"

#include "desk_made.h"
#include "ticket.h"

#include <assert.h>

#define UPLOAD_TOKEN "o"

void visit_note(Visit *visit, Str words)
{
    assert(visit->note_count < VISIT_NOTES_MOST);
    visit->notes[visit->note_count++] = words;
}

Path visit_path(const Visit *visit, const Route *route, const Str *variables, int count)
{
    return path_made(route->path, variables, count, visit->arena);
}

void visit_shows(const Visit *visit, const AddresseeNo *who)
{
    VisitShown *shown = visit->shown;
    Str number = addressee_text(who);
    if (shown->of && str_equal(addressee_text(shown->of), number)) return;
    VEC_EACH (const AddresseeNo, other, shown->others)
        if (str_equal(addressee_text(other), number)) return;
    *addressee_nos_push(&shown->others, visit->arena) = *who;
}

static Bytes holder_of(const Visit *visit)
{
    return sha256_bytes(&visit->session->row.cookie);
}

bool visit_seal(const Visit *visit, Str purpose, Str text, Str *sealed, Error *err)
{
    return ticket_make(visit->act->office->keys, purpose, holder_of(visit), text, visit->arena,
                       sealed, err);
}

bool visit_unseal(const Visit *visit, Str purpose, Str sealed, Str *text, Error *err)
{
    if (ticket_open(visit->act->office->keys, purpose, holder_of(visit), sealed, visit->arena,
                    text))
        return true;
    return FAIL(err, E_NOT_FOUND,
                .words =
                    S("この場所は、いまのサインインでは開けません。もう一度さがしてください。"));
}

// Letters alone: a run of digits in a page may be somebody's number, and is masked there.
Str letters_of_digest(const Sha256 *digest, Arena *arena)
{
    Text token = {0};
    for (size_t i = 0; i < sizeof digest->at / 2; i++) {
        text_add_byte(&token, arena, (char)('a' + (digest->at[i] >> 4)));
        text_add_byte(&token, arena, (char)('a' + (digest->at[i] & 15)));
    }
    return text_str(&token);
}

Str origin_of(const Keys *keys, const Session *session, Str place, Arena *arena)
{
    Text named = {0};
    Bytes cookie = sha256_bytes(&session->row.cookie);
    text_add(&named, arena, (Str){(const char *)cookie.at, cookie.len});
    text_add(&named, arena, place);
    Sha256 index =
        keys_index(keys, S("desk origin"), (Bytes){(const unsigned char *)named.at, named.len});
    return letters_of_digest(&index, arena);
}

bool tokens_equal(Str given, Str ours)
{
    return given.len == ours.len && bytes_equal_secretly((Bytes){(const unsigned char *)given.at, given.len},
                                                         (Bytes){(const unsigned char *)ours.at, ours.len});
}

Path visit_upload_path(const Visit *visit, Path path)
{
    return path_with(path, UPLOAD_TOKEN, visit_origin(visit, path), visit->arena);
}

bool desk_upload_may(void *context, const WebHead *head, Arena scratch)
{
    Error ignored;
    WebRequest request;
    const Desk *desk = context;
    if (!web_request_read(head, (Str){0}, &scratch, &request, &ignored)) return false;
    Str place = str_cut(head->target, '?').head, token = web_value(request.query, UPLOAD_TOKEN);
    const Session session = {.row.cookie = session_digest(desk->keys, web_session(&request))};
    return str_equal(place, str_of(desk->setup->upload->path)) &&
           tokens_equal(token, origin_of(desk->keys, &session, place, &scratch));
}

Str visit_origin(const Visit *visit, Path path)
{
    return origin_of(visit->act->office->keys, visit->session, path_text(path), visit->arena);
}

Str visit_title_of(const Visit *visit, Str door)
{
    const Routes *routes = &visit->desk->setup->routes;
    for (int i = 0; i < routes->count; i++)
        if (str_equal(door, str_of(routes->at[i]->door.typed.name))) return str_of(routes->at[i]->title);
    return (Str){0};
}

const struct RequestPages *visit_requests(const Visit *visit)
{
    return visit->desk->setup->requests;
}

bool visit_may(const Visit *visit, const Route *route, bool *may, Error *err)
{
    *may = false;
    if (!(route->purposes & 1U << visit->session->purpose)) return true;
    return door_opens_to(&route->door, visit->act->store, visit->session->row.name, visit->act->now, visit->arena, may, NULL,
                         err);
}

bool visit_go(Visit *visit, Path path, Str said, Error *err)
{
    visit->go = path;
    return !said.len ||
           path_said(visit->act->office->keys, visit->session, said, visit->arena, &visit->go, err);
}

bool path_said(const Keys *keys, const Session *session, Str said, Arena *arena, Path *path, Error *err)
{
    Str sealed;
    if (!ticket_make(keys, S("said"), sha256_bytes(&session->row.cookie), said, arena, &sealed, err))
        return false;
    *path = path_with(*path, "said", sealed, arena);
    return true;
}

Str visit_said(const Visit *visit)
{
    Str said = {0}, sealed = web_value(visit->request->query, "said");
    bool ours = sealed.len && ticket_open(visit->act->office->keys, S("said"), holder_of(visit),
                                          sealed, visit->arena, &said);
    return ours ? said : (Str){0};
}

// What a form changes has a record of its own, in the transaction of the change.
const Recorded *visit_record(Visit *visit, const AuditLeaf *leaf, Error *err)
{
    AuditLeaf look = *leaf;
    if (look.act == AUDIT_CHANGE) look.act = AUDIT_LOOK;
    visit->recorded = true;
    if (leaf->whose) {
        AddresseeNo *of = NEW(visit->arena, AddresseeNo, 1);
        *of = *leaf->whose;
        visit->shown->of = of;
    }
    return act_record_now(visit->act, &look, err);
}
