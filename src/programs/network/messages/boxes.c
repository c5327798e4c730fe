// POST /mail: what lies in the box of an organisation; POST /records: what the core recorded of what concerns it.
// SPDX-License-Identifier: Apache-2.0
#include "core_record_rows.h"
#include "letter_rows.h"
#include "organisation_rows.h"

#include "act.h"

static bool mail(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    MailAsk ask;
    MailAnswer told;
    LetterBox box = {.whose = act_organisation(act)};
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!mail_ask_decode(question, &ask, err)) return false;
    if (!act_begin(act, err) || !letters_forget(act->store, &box.whose, ask.after, err) ||
        !suspension_holds(act->store, &box.whose, &box.whose, &box.suspended, err) ||
        !letters_after(act->store, act->office->keys, &box, &ask, arena, &told, err))
        return false;
    *answer = mail_answer_encode(&told, arena);
    leaf.rows = leaf.taken = told.letters.count;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool records(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    RecordsAsk ask;
    RecordsAnswer told;
    OrganisationCode whose = act_organisation(act);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!records_ask_decode(question, &ask, err) || !core_records_after(act->store, &whose, &ask, arena, &told, err))
        return false;
    *answer = records_answer_encode(&told, arena);
    leaf.rows = leaf.taken = told.records.count;
    return act_record_now(act, &leaf, err);
}

const Door message_mail = MESSAGE(NETWORK_MAIL_PATH, "linkage", AUDIT_EXPORT, NETWORK_INTERMEDIATES, mail);
const Door message_records = MESSAGE(NETWORK_RECORDS_PATH, "linkage", AUDIT_EXPORT, NETWORK_INTERMEDIATES, records);
