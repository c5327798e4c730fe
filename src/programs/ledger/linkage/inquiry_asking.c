// SPDX-License-Identifier: Apache-2.0
#include "inquiry_asking.h"

#include "city_settings.h"
#include "inquiry_file_rows.h"
#include "masked.h"
#include "person_opened.h"

enum { BATCH_BYTES = 256 << 20 };

// ---- who

bool asking_open(const Ledger *ledger, Arena *arena, Asking *asking, Error *err)
{
    *asking = (Asking){.ledger = *ledger};
    return municipality_load(arena, &asking->places, err);
}

bool asking_to(Asking *asking, Str typed, Error *err)
{
    if (!municipality_code_parse(typed, &asking->to, NULL, err)) return false;
    asking->to = municipality_answering(asking->places, asking->to);
    return true;
}

bool asking_offer(Asking *asking, const PersonRow *person, Arena *arena, Offer *offer, Error *err)
{
    MovedInRow moved;
    if (!moved_in_of(asking->ledger.act->store, person->person_id, arena, &moved, err)) return false;
    if (!moved.person.person_id) moved = (MovedInRow){.person = *person, .moved_on = DAY_NONE};
    *offer = offer_of(&asking->ledger, asking->places, &moved, *arena);
    return true;
}

// ---- written

static bool written(Asking *in, const MovedInRow *moved, const MunicipalityCode *city, Error *err)
{
    InquiryRow row = {.person_id = moved->person.person_id,
                      .municipality = *city,
                      .file_no = in->file_no,
                      .items = in->items,
                      .moved_on = moved->moved_on,
                      .undisclosed = moved->person.is_protected,
                      .reason = in->confirmed,
                      .asked_by = actor_name(in->ledger.act->actor),
                      .asked_at = in->ledger.act->now};
    AuditLeaf leaf = act_leaf(in->ledger.act, AUDIT_DONE);
    leaf.act = AUDIT_INQUIRY;
    leaf.whose = &moved->person.who;
    leaf.detail = masked(moved->person.is_protected, municipality_text(city));
    in->written++;
    return inquiry_row_add(in->ledger.act->store, &row, err) && act_record(in->ledger.act, &leaf, err);
}

// Whom the former city may be asked about only when somebody says so, and who is asked then.
static bool city_of(const Asking *in, const Offer *offer, MunicipalityCode *city, Error *err)
{
    Str who = addressee_text(&offer->row.person.who);
    bool named = in->to.digits[0] != 0;
    *city = named ? in->to : offer->answers;
    if (offer->no == OFFER_PROTECTED && !(in->confirmed.len && named))
        return FAIL(err, E_HELD, .item = S("宛名番号"), .value = who,
                    .words = S("支援措置の対象です。照会すると前の市町村の記録に残ります。確かめた理由を --confirm に、団体コードを "
                               "--to に入力してください。"));
    if (named && municipality_same(&in->to, &offer->here))
        return FAIL(err, E_CONFLICT, .item = S("団体コード"), .value = municipality_text(&in->to),
                    .words = S("この市自身には照会しません。"));
    if (offer->no == OFFER_YES || offer->no == OFFER_PROTECTED || named) return true;
    return FAIL(err, E_CONFLICT, .item = S("宛名番号"), .value = who,
                .words = S("この方は照会の対象ではありません (転入していない、国外から、照会済み、対象の接種がない、のどれか)。"
                           "別の市町村に照会するときは、照会先 (--to) に団体コードを入力してください。"));
}

static bool not_under_way(const Asking *in, const PersonRow *person, const MunicipalityCode *city, Error *err)
{
    bool under_way = false;
    if (in->file_no && !inquiry_under_way(in->ledger.act->store, person->person_id, municipality_text(city), &under_way, err)) return false;
    return !under_way || FAIL(err, E_CONFLICT, .item = S("宛名番号"), .value = addressee_text(&person->who),
                              .words = S("この方について、この市町村にもう照会しています。確認が終わるのを待つか、この行を消してください。"));
}

bool asking_person(Asking *in, const AddresseeNo *who, Arena *arena, Error *err)
{
    Offer offer;
    PersonRow person;
    MunicipalityCode city;
    if (!person_opened(in->ledger.act, who, KNOWN_NOW, arena, &person, err)) return false;
    if (!person.person_id || person.withdrawn)
        return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = addressee_text(who),
                    .words = S("この宛名番号の人は台帳にいません。番号を確かめてください。"));
    return asking_offer(in, &person, arena, &offer, err) && city_of(in, &offer, &city, err) &&
           not_under_way(in, &person, &city, err) &&
           written(in, &offer.row, &city, err);
}

bool asking_offered(Asking *in, Day since, Arena *arena, Error *err)
{
    Offers offers;
    if (!offers_since(&in->ledger, in->places, since, arena, &offers, err)) return false;
    VEC_EACH (const Offer, offer, offers)
        if (offer->no == OFFER_YES && !written(in, &offer->row, &offer->answers, err)) return false;
    return true;
}

// ---- sent

bool asking_procedure(Arena *arena, const Procedure **procedure, Error *err)
{
    Procedures rows;
    if (!procedure_table(arena, &rows, err)) return false;
    *procedure = procedure_named(&rows, S("P1"));
    return *procedure || FAIL(err, E_FILE_LAYOUT, .item = S("procedures.tsv"), .words = S("手続 P1 が表にありません。"));
}

// The record of provision names who asked; a city that has not said its section is the office.
static bool department_read(const Act *act, Arena *arena, Str *department, Error *err)
{
    CitySettings city;
    bool there;
    if (!city_settings_read(office_path(act->office, "city.json", arena), arena, &city, &there, err)) return false;
    *department = city.sender.section.len ? city.sender.section : S("予防接種担当");
    return true;
}

// Batches live in a place of their own: the act's grows meanwhile.
static bool exchanged(Act *act, bool takes, Arena *arena, InquiriesReport *report, Error *err)
{
    Str department;
    HttpClient *unified = NULL;
    const Procedure *procedure;
    Arena batches = arena_reserve(BATCH_BYTES);
    bool good = asking_procedure(arena, &procedure, err) && department_read(act, arena, &department, err) &&
                linkage_connect(act->office, arena, &unified, err) &&
                inquiries_send(act, unified, procedure, department, batches, report, err) &&
                (!takes || inquiries_take(act, unified, batches, report, err));
    http_client_close(unified);
    arena_release(batches);
    return good;
}

bool asking_send(Act *act, Arena *arena, InquiriesReport *report, Error *err)
{
    return exchanged(act, false, arena, report, err);
}

bool asking_exchange(Act *act, Arena *arena, InquiriesReport *report, Error *err)
{
    return exchanged(act, true, arena, report, err);
}
