// What the desk keeps of forms: numbers that were used up, drafts of what was typed.
// SPDX-License-Identifier: Apache-2.0
#include "desk_made.h"
#include "form_rows.h"
#include "individual_no.h"
#include "ticket.h"

static Bytes bytes_of(Str text)
{
    return (Bytes){(const unsigned char *)text.at, text.len};
}

// Digest of some texts, each with its length, under a key.
static Sha256 digest_of(const Keys *keys, Str purpose, const Str *parts, int count, Arena scratch)
{
    Text all = {0};
    for (int i = 0; i < count; i++)
        text_addf(&all, &scratch, "%td:%.*s,", parts[i].len, STR(parts[i]));
    return keys_index(keys, purpose, bytes_of(text_str(&all)));
}

static Str holder_text(const Session *session, Arena *arena)
{
    return str_format(arena, "staff %lld", (long long)session->row.staff_no);
}

// ---- typed texts as one

Str typed_packed(WebPairs pairs, Arena *arena)
{
    Text out = {0};
    VEC_EACH (const WebPair, pair, pairs) {
        bool ours = pair->name.len && (pair->name.at[0] != '_' || str_equal(pair->name, S("_seen")));
        ptrdiff_t room = TICKET_TEXT_MOST - text_str(&out).len;
        if (!ours || pair->name.len + pair->value.len + 2 > room) continue;
        text_add(&out, arena, pair->name);
        text_add_byte(&out, arena, 0);
        text_add(&out, arena, individual_no_mask_text(arena, pair->value));
        text_add_byte(&out, arena, 0);
    }
    return text_str(&out);
}

WebPairs typed_unpacked(Str packed, Arena *arena)
{
    WebPairs pairs = {0};
    while (packed.len) {
        Cut name = str_cut(packed, 0), value = str_cut(name.tail, 0);
        if (!value.found) break;
        *web_pairs_push(&pairs, arena) = (WebPair){name.head, value.head};
        packed = value.tail;
    }
    return pairs;
}

// ---- drafts

Str draft_place(const Visit *visit, Str form, Str about)
{
    const Str parts[] = {form, about};
    const Keys *keys = visit->act->office->keys;
    Sha256 digest = digest_of(keys, S("draft"), parts, 2, *visit->arena);
    return letters_of_digest(&digest, visit->arena);
}

static Sha256 place_digest(const Keys *keys, Str place)
{
    return keys_index(keys, S("draft place"), bytes_of(place));
}

bool draft_read(const Visit *visit, Str place, WebPairs *typed, Str *kept_at, Error *err)
{
    DraftRow row;
    bool found;
    Str packed;
    char at[INSTANT_TEXT_SIZE];
    Arena *arena = visit->arena;
    const Keys *keys = visit->act->office->keys;
    Sha256 digest = place_digest(keys, place);
    if (!draft_find(visit->act->store, visit->session->row.staff_no, &digest, arena, &row, &found,
                    err))
        return false;
    Str holder = holder_text(visit->session, arena);
    if (!found || !ticket_open(keys, S("draft"), bytes_of(holder), row.typed, arena, &packed))
        return true;
    *typed = typed_unpacked(packed, arena);
    *kept_at = str_copy(arena, str_of(instant_in_japan(row.kept_at, at)));
    return true;
}

static bool row_written(const SessionDesk *desk, const Session *session, Str place, WebPairs pairs,
                        Str open, Arena *arena, Error *err)
{
    const Keys *keys = desk->office->keys;
    Str holder = holder_text(session, arena);
    DraftRow row = {.staff_no = session->row.staff_no,
                    .place = place_digest(keys, place),
                    .session_no = session->row.session_no,
                    .open = open,
                    .kept_at = desk->now};
    if (!ticket_make(keys, S("draft"), bytes_of(holder), typed_packed(pairs, arena), arena,
                     &row.typed, err) ||
        !store_begin(desk->store, err))
        return false;
    if (draft_keep(desk->store, &row, err) && store_commit(desk->store, err)) return true;
    store_rollback(desk->store);
    return false;
}

bool draft_write(const Visit *visit, Str place, WebPairs pairs, Str open, Error *err)
{
    const SessionDesk desk = {visit->act->office, visit->act->store, visit->act->now,
                              visit->act->business_day};
    return row_written(&desk, visit->session, place, pairs, open, visit->arena, err);
}

// A form that nobody takes now: locked, its session over, or something failed on the way.
bool call_drafted(DeskCall *call, bool *kept, Error *err)
{
    const WebRequest *request = call->request;
    Str place = web_value(request->form, "_draft");
    *kept = request->head.method == WEB_POST && place.len > 0;
    return !*kept || row_written(&call->sessions, &call->session, place, request->form,
                                 str_cut(request->head.target, '?').head, call->arena, err);
}

bool draft_to_open(DeskCall *call, Path *open, Error *err)
{
    DraftRow row;
    bool found;
    const SessionRow *session = &call->session.row;
    *open = NULL;
    if (!draft_of_session(call->sessions.store, session->session_no, session->seen_at, call->arena,
                          &row, &found, err))
        return false;
    if (found && !path_again(row.open, call->arena, open)) *open = NULL;
    return true;
}

// ---- one-time numbers

static ActOnce once_of(const DeskCall *call)
{
    Text all = {0};
    Arena *arena = call->arena;
    const WebRequest *request = call->request;
    const Keys *keys = call->sessions.office->keys;
    const Str number[] = {
        {(const char *)call->session.row.cookie.at, sizeof call->session.row.cookie.at},
        web_value(request->form, "_once")};
    text_add(&all, arena, str_cut(request->head.target, '?').head);
    VEC_EACH (const WebPair, pair, request->form)
        text_addf(&all, arena, "%td:%.*s=%td:%.*s,", pair->name.len, STR(pair->name),
                  pair->value.len, STR(pair->value));
    return (ActOnce){.number = digest_of(keys, S("form number"), number, 2, *arena),
                     .content = keys_index(keys, S("form content"), bytes_of(text_str(&all)))};
}

bool once_asked(DeskCall *call, ActOnce *once, Path *led_to, Error *err)
{
    FormRow row;
    bool found;
    *led_to = NULL;
    if (!web_value(call->request->form, "_once").len)
        return FAIL(err, E_CONFLICT,
                    .words = S("この画面の入力には番号がありません。画面を開き直してください。"));
    *once = once_of(call);
    if (!form_row_find(call->sessions.store, &once->number, call->arena, &row, &found, err))
        return false;
    once->spent = found;
    if (!found || !sha256_equal(&row.content, &once->content)) return true;
    if (path_again(row.led_to, call->arena, led_to)) return true;
    return FAIL(err, E_CONFLICT,
                .words = S("この入力は、もう受け取っています。一人のページか承認箱で結果を確かめてください。"));
}

// Where it led stands before the turn is given back: whoever sends the same again waits, and is led there too.
bool once_over(DeskCall *call, const ActOnce *once, Path led_to, Error *err)
{
    Store *store = call->sessions.store;
    Str place = web_value(call->request->form, "_draft");
    Sha256 digest = place_digest(call->sessions.office->keys, place);
    if (!once->taken) return true;
    if (!store_begin(store, err)) return false;
    if (form_row_led(store, &once->number, path_text(led_to), err) &&
        draft_forget(store, call->session.row.staff_no, &digest, err) && store_commit(store, err))
        return true;
    store_rollback(store);
    return false;
}
