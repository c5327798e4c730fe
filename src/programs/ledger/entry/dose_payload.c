// SPDX-License-Identifier: Apache-2.0
#include "dose_payload.h"

#include <assert.h>

#include "dates.h"
#include "payload.h"

static const char *const kind_texts[DOSE_CHANGE_KINDS] = {
    [DOSE_ENTER] = "enter",
    [DOSE_CORRECT] = "correct",
    [DOSE_CANCEL] = "cancel",
};

Bytes dose_payload_write(const DoseChange *change, Arena *arena)
{
    assert(change->kind == DOSE_ENTER ? !change->dose_id : change->dose_id > 0);
    assert(change->who.digits[0]);
    char day[DAY_TEXT_SIZE];
    json_t *o = payload_begin();
    payload_put(o, "kind", str_of(kind_texts[change->kind]));
    payload_put(o, "who", addressee_text(&change->who));
    payload_put_number(o, "dose_id", change->dose_id);
    if (change->given_on.year)
        payload_put(o, "given_on", str_of(partial_date_text(change->given_on, day)));
    payload_put(o, "product", change->product);
    payload_put(o, "lot", change->lot);
    payload_put(o, "clinic_code", change->clinic_code);
    payload_put_number(o, "provenance", change->provenance);
    payload_put(o, "reason", change->reason);
    return payload_end(o, arena);
}

static bool kind_of(Str text, DoseChangeKind *kind)
{
    for (int k = 0; k < DOSE_CHANGE_KINDS; k++) {
        if (!str_equal(text, str_of(kind_texts[k]))) continue;
        *kind = (DoseChangeKind)k;
        return true;
    }
    return false;
}

static bool object_read(const json_t *o, Arena *arena, DoseChange *change)
{
    Error unreadable = {0};
    Str day = payload_text(o, "given_on", arena);
    *change = (DoseChange){
        .dose_id = (int32_t)payload_number(o, "dose_id"),
        .product = payload_text(o, "product", arena),
        .lot = payload_text(o, "lot", arena),
        .clinic_code = payload_text(o, "clinic_code", arena),
        .provenance = (Provenance)payload_number(o, "provenance"),
        .reason = payload_text(o, "reason", arena),
    };
    return kind_of(payload_text(o, "kind", arena), &change->kind) &&
           (change->kind == DOSE_ENTER ? !change->dose_id : change->dose_id > 0) &&
           addressee_no_parse(payload_text(o, "who", arena), &change->who, NULL, &unreadable) &&
           (!day.len || date_parse(day, &change->given_on, NULL, &unreadable));
}

bool dose_payload_read(Bytes payload, Arena *arena, DoseChange *change, Error *err)
{
    json_t *o = payload_open(payload);
    bool read = o && object_read(o, arena, change);
    json_decref(o);
    return read ||
           FAIL(err, E_STORE, .item = S("申請"),
                .words = S("保存されている申請の内容が読めません。管理者に知らせてください。"));
}
