// POST /list: 照会許可用照合リスト, signed, with the moment at which this version is called the current one.
// SPDX-License-Identifier: Apache-2.0
#include "allow_list_message.h"
#include "allow_list_rows.h"
#include "core_keys.h"
#include "network_message.h"

static bool list(Act *act, Str question, Arena *arena, Str *answer, Error *err)
{
    CORE_KEYS(keys);
    int64_t have;
    NamedList named;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!list_ask_decode(question, &have, err) || !core_keys_open(act, &keys, err) ||
        !allow_list_read(act->store, act->now, arena, &named, err))
        return false;
    if (!named.list.version)
        return FAIL(err, E_NOT_FOUND, .words = S("照会許可用照合リストがまだありません。sesshu network list で取り込んでください。"));
    *answer = core_signed(&keys, ALLOW_LIST_DOMAIN, allow_list_encode(&named.list, arena), arena);
    leaf.detail = str_format(act->arena, "version %lld, had %lld", (long long)named.list.version, (long long)have);
    return act_record_now(act, &leaf, err);
}

const Door message_list = MESSAGE(NETWORK_LIST_PATH, "linkage", AUDIT_EXPORT, NETWORK_INTERMEDIATES, list);
