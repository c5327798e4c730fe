// SPDX-License-Identifier: Apache-2.0
#include "unified_peers.h"

#include "network_message.h"
#include "office_code.h"

#include <dirent.h>
#include <stdlib.h>

static bool place_named(const char *variable, Str words, Str *place, Error *err)
{
    const char *told = getenv(variable);
    if (!told || !*told) return FAIL(err, E_HTTP, .item = str_of(variable), .words = words);
    *place = str_of(told);
    return true;
}

bool unified_intermediate(const Office *office, Arena *arena, HttpClient **client, Error *err)
{
    HttpPeer peer = {.data_dir = office->data_dir, .own_role = S("unified"), .peer_role = S("intermediate")};
    return place_named("SESSHU_INTERMEDIATE",
                       S("中間サーバーの場所が分かりません。SESSHU_INTERMEDIATE に 127.0.0.1:8703 のように指定してください。"),
                       &peer.address, err) &&
           http_client_open(&peer, arena, client, err);
}

static bool ask_over(void *client, const char *path, Str question, Arena *arena, Str *answer, Error *err)
{
    return http_ask(client, path, question, arena, answer, err);
}

RelayOnward onward_over(HttpClient *client)
{
    return (RelayOnward){client, ask_over};
}

// "unified-0220140100500000" of unified-0220140100500000.crt; {0} of other files.
static Str role_of(const char *file)
{
    OrganisationCode code;
    Str name = str_of(file), family = S(NETWORK_UNIFIEDS), end = S(".crt");
    if (!str_starts(name, family) || !str_ends(name, end)) return (Str){0};
    Str role = str_first(name, name.len - end.len);
    return organisation_code_read(str_from(role, family.len), &code) ? role : (Str){0};
}

// The one role that lies there; {0}: none, or more than one.
static Str role_admitted(const char *folder, Arena *arena)
{
    Str found = {0};
    int count = 0;
    DIR *dir = opendir(folder);
    if (!dir) return found;
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        Str role = role_of(entry->d_name);
        if (!role.len) continue;
        found = str_copy(arena, role);
        count++;
    }
    (void)closedir(dir);
    return count == 1 ? found : (Str){0};
}

bool unified_network(const Office *office, Arena *arena, HttpClient **client, Error *err)
{
    Str dir = str_format(arena, "%.*s/network", STR(office->data_dir));
    HttpPeer peer = {.data_dir = dir,
                     .own_role = role_admitted(str_z(arena, str_join(arena, dir, S("/tls"))), arena),
                     .peer_role = S(NETWORK_ROLE)};
    if (!peer.own_role.len)
        return FAIL(err, E_NOT_FOUND, .item = S("network"),
                    .words = S("この団体はまだ情報提供ネットワークに登録されていません。ネットワークの側で sesshu network admit を"
                               "実行し、証明書を受け取ってください。"));
    return place_named("SESSHU_NETWORK",
                       S("情報提供ネットワークの場所が分かりません。SESSHU_NETWORK に 127.0.0.1:8710 のように指定してください。"),
                       &peer.address, err) &&
           http_client_open(&peer, arena, client, err);
}
