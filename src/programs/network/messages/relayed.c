// POST /permits, /inquiries, /replies: what servers of organisations send each other by way of the core; POST /records/told: their
// own records; POST /selves: what a citizen asked to see; POST /shields: what they hide of a person.
// SPDX-License-Identifier: Apache-2.0
#include "network_message.h"
#include "relaying.h"

static Str told(const Relaying *r, Arena *arena)
{
    if (!r->alarms && !r->waiting) return (Str){0};
    return str_format(arena, "alarms %d waiting %d", r->alarms, r->waiting);
}

static bool record_of(const Relaying *r, Act *act, ptrdiff_t rows, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = rows;
    leaf.taken = r->taken;
    leaf.refused = r->unreadable;
    leaf.detail = told(r, act->arena);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

static bool bundle_answered(Act *act, Str question, RelayingStep *step, Arena *arena, Str *answer, Error *err)
{
    CORE_KEYS(keys);
    NamedList list;
    BundleRows parts;
    Relaying r = {.act = act, .keys = &keys, .list = &list, .from = act_organisation(act)};
    if (!bundle_decode(question, arena, &parts, err)) return false;
    if (!act_begin(act, err) || !core_keys_open(act, &keys, err) || !allow_list_read(act->store, act->now, arena, &list, err))
        return false;
    VEC_EACH (Str, part, parts)
        if (!step(&r, *part, *arena, err)) return false;
    const BundleTaken taken = {r.taken, r.unreadable};
    *answer = bundle_taken_encode(&taken, arena);
    return record_of(&r, act, parts.count, err);
}

static bool permits(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    return bundle_answered(act, question, relaying_permit, arena, answer, err);
}

static bool inquiries(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    return bundle_answered(act, question, relaying_inquiry, arena, answer, err);
}

static bool replies(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    return bundle_answered(act, question, relaying_reply, arena, answer, err);
}

static bool records_told(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    return bundle_answered(act, question, relaying_record, arena, answer, err);
}

static bool selves(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    return bundle_answered(act, question, relaying_self, arena, answer, err);
}

static bool shields(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    return bundle_answered(act, question, relaying_shield, arena, answer, err);
}

const Door message_permits = MESSAGE(NETWORK_PERMITS_PATH, "linkage", AUDIT_INQUIRY, NETWORK_INTERMEDIATES, permits);
const Door message_inquiries = MESSAGE(NETWORK_INQUIRIES_PATH, "linkage", AUDIT_INQUIRY, NETWORK_INTERMEDIATES, inquiries);
const Door message_replies = MESSAGE(NETWORK_REPLIES_PATH, "linkage", AUDIT_INQUIRY, NETWORK_INTERMEDIATES, replies);
const Door message_records_told = MESSAGE(NETWORK_TOLD_PATH, "linkage", AUDIT_INQUIRY, NETWORK_INTERMEDIATES, records_told);
const Door message_selves = MESSAGE(NETWORK_SELVES_PATH, "linkage", AUDIT_INQUIRY, NETWORK_INTERMEDIATES, selves);
const Door message_shields = MESSAGE(NETWORK_SHIELDS_PATH, "linkage", AUDIT_CHANGE, NETWORK_INTERMEDIATES, shields);
