// SPDX-License-Identifier: Apache-2.0
#include "linkage_home.h"

#include "allow_list_message.h"
#include "network_message.h"
#include "place_rows.h"
#include "regular_file.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

enum { CORE_HEX = 2 * ED25519_KEY_BYTES };

Str linkage_folder(const Act *act, Arena *arena)
{
    return str_format(arena, "%.*s/network", STR(act->office->data_dir));
}

static bool not_an_admission(Error *err)
{
    return FAIL(err, E_KEY, .item = S("network"),
                .words = S("情報提供ネットワークから受け取った証明書と鍵が読めません。sesshu network admit で受け取り直してください。"));
}

// ---- who we are

// "intermediate-0220140100500000.crt"; false for other files of the folder.
static bool named(const char *file, OrganisationCode *code)
{
    Str name = str_of(file), family = S(NETWORK_INTERMEDIATES), end = S(".crt");
    if (!str_starts(name, family) || !str_ends(name, end) || name.len < family.len + end.len) return false;
    return organisation_code_read(str_first(str_from(name, family.len), name.len - family.len - end.len), code);
}

static bool own_code(const char *folder, OrganisationCode *me, int *found)
{
    DIR *dir = opendir(folder);
    *found = 0;
    if (!dir) return false;
    for (const struct dirent *entry = readdir(dir); entry; entry = readdir(dir)) {
        OrganisationCode code;
        if (!named(entry->d_name, &code)) continue;
        *me = code;
        ++*found;
    }
    (void)closedir(dir);
    return true;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool core_read(const char *path, unsigned char core[ED25519_KEY_BYTES])
{
    enum { BITS = 4 };
    char text[CORE_HEX];
    FILE *in = regular_file_read(path);
    bool whole = in && fread(text, 1, sizeof text, in) == sizeof text;
    if (in) (void)fclose(in);
    for (int i = 0; whole && i < CORE_HEX; i += 2) {
        int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
        whole = high >= 0 && low >= 0;
        if (whole) core[i / 2] = (unsigned char)(high << BITS | low);
    }
    return whole;
}

static bool admission_read(LinkageHome *home, Arena scratch, Error *err)
{
    int found;
    Str folder = linkage_folder(home->act, &scratch);
    const char *tls = str_z(&scratch, str_format(&scratch, "%.*s/tls", STR(folder)));
    const char *core = str_z(&scratch, str_format(&scratch, "%.*s/core.pub", STR(folder)));
    if (!own_code(tls, &home->me, &found) || found == 0) return true;  // nobody has admitted us yet
    if (found > 1 || !core_read(core, home->core)) return not_an_admission(err);
    home->admitted = true;
    return true;
}

bool linkage_admitted(const LinkageHome *home, Error *err)
{
    return home->admitted ||
           FAIL(err, E_NOT_FOUND, .item = S("network"),
                .words = S("この中間サーバーはまだ情報提供ネットワークに登録されていません。ネットワークの側で sesshu network admit を実行し、証明書を受け取ってください。"));
}

// ---- how it stands

bool linkage_line_is_dead(const LinkageHome *home)
{
    return home->admitted && home->list.as_of && home->act->now >= home->list.as_of + 2 * EXCHANGE_LIST_INTERVAL;
}

int64_t linkage_wrong(const LinkageHome *home, const CopySetRows *sets)
{
    Instant now = home->act->now;
    int64_t wrong = !home->admitted || linkage_line_is_dead(home) || !allow_list_fresh(&home->list, now);
    VEC_EACH (const CopySetRow, set, *sets) wrong += set->held || set->refused || now >= set->as_of + COPIES_LIFE;
    return wrong;
}

// ---- whom we believe

bool linkage_signed(const LinkageHome *home, Str domain, Str text, Arena scratch, SignedMessage *message)
{
    Error unread;
    return home->admitted && signed_message_decode(text, message, &unread) &&
           ed25519_valid((Bytes){home->core, sizeof home->core}, signed_text(domain, message->body, &scratch),
                         (Bytes){message->signature, sizeof message->signature});
}

static bool list_read(const LinkageHome *home, Str text, Arena *arena, AllowList *list)
{
    SignedMessage message;
    Error unread;
    return linkage_signed(home, ALLOW_LIST_DOMAIN, text, *arena, &message) &&
           allow_list_decode(text_of_bytes(message.body), arena, list, &unread);
}

bool linkage_list_take(LinkageHome *home, Str text, Arena *arena, bool *taken, Error *err)
{
    AllowList list;
    Str kept = str_copy(arena, text);
    *taken = list_read(home, kept, arena, &list) && allow_list_follows(&list, &home->list, home->act->now);
    if (!*taken) return true;
    home->list = list;
    home->list_wanted = false;
    return list_keep(home->act->store, bytes_of_text(kept), err);
}

bool linkage_home(Act *act, Arena *arena, LinkageHome *home, Error *err)
{
    Bytes list;
    *home = (LinkageHome){.act = act};
    if (!admission_read(home, *arena, err) || !list_kept(act->store, arena, &list, &home->list_wanted, err)) return false;
    if (list.len && !list_read(home, text_of_bytes(list), arena, &home->list)) home->list = (AllowList){0};
    return true;
}
