// sesshu unified serve: the door for the ledger, on the loopback unless told otherwise. What it asks goes on to the
// intermediate server, whose place stands in SESSHU_INTERMEDIATE.
// SPDX-License-Identifier: Apache-2.0
#include "relay_pass.h"

#include "office_server.h"
#include "unified_peers.h"

static const Option options[] = {
    {OPTION_PLACE, "address", "A", "待ち受けるアドレス (既定 127.0.0.1)", false, false},
    {OPTION_NUMBER, "port", "P", "待ち受けるポート (既定 8702、0 は空いているもの)", false, false},
    {.kind = OPTION_END},
};

static const Service service = {.processes = 1, .port = 8702};

const Door command_serve = SERVICE("serve", "linkage", AUDIT_INQUIRY, &service, office_serves, .arguments = "",
                                   .words = "予防接種台帳の情報照会と副本を中間サーバーへ渡す口を開きます",
                                   .options = options);

// ---- the messages

// A connection for one question: the intermediate server may have come and gone.
static bool ask_intermediate(void *context, const char *path, Str question, Arena *arena, Str *answer, Error *err)
{
    const Act *act = context;
    HttpClient *client = NULL;
    bool asked = unified_intermediate(act->office, arena, &client, err) &&
                 http_ask(client, path, question, arena, answer, err);
    http_client_close(client);
    return asked;
}

#define RELAYED(name, path, way)                                                                        \
    static bool answer_##name(Act *act, Str question, Arena *arena, Str *answer, Error *err)            \
    {                                                                                                   \
        const RelayOnward onward = {act, ask_intermediate};                                             \
        return way(act, &onward, path, question, arena, answer, err);                                   \
    }                                                                                                   \
    const Door message_##name = MESSAGE(path, "linkage", AUDIT_INQUIRY, "ledger", answer_##name)

RELAYED(inquiries, RELAY_INQUIRIES, relay_batch);
RELAYED(cancel, RELAY_CANCEL, relay_batch);
RELAYED(copies, RELAY_COPIES, relay_batch);
RELAYED(results, RELAY_RESULTS, relay_feed);
RELAYED(compare, RELAY_COMPARE, relay_feed);
