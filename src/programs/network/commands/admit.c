// sesshu network admit ORGANISATION --to DIR: an organisation's servers get their keys, and learn whom to believe.
//
// Law     C-3.6-20: who may connect is listed, one key for one program of one organisation.
// SPDX-License-Identifier: Apache-2.0
#include "authority.h"
#include "core_keys.h"
#include "key_file.h"
#include "network_message.h"
#include "organisation_rows.h"
#include "say.h"

static bool role_laid(Act *act, const char *family, const OrganisationCode *code, Str to, Error *err)
{
    Arena scratch = *act->arena;
    const RoleAdmission admission = {.data_dir = act->office->data_dir,
                                     .role = str_format(&scratch, "%s%s", family, code->digits),
                                     .server = S(NETWORK_ROLE),
                                     .to_dir = to};
    return role_admit(&admission, scratch, err);
}

static bool core_key_laid(Act *act, Str to, Error *err)
{
    CORE_KEYS(keys);
    Arena scratch = *act->arena;
    if (!core_keys_open(act, &keys, err)) return false;
    Str text = core_public_text(&keys, &scratch);
    const char *path = str_z(&scratch, str_format(&scratch, "%.*s/core.pub", STR(to)));
    return key_file_replace(path, (Bytes){(const unsigned char *)text.at, text.len}, err);
}

// Our own pair first: what is laid there names our key.
static bool own_pair(Act *act, Error *err)
{
    RoleFiles ours;
    Arena scratch = *act->arena;
    return role_files(act->office->data_dir, S(NETWORK_ROLE), act->now, &scratch, &ours, err);
}

// The record stands before a key is believed; the row says that all was laid.
static bool admitted(Act *act, const OrganisationCode *code, Str to, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.detail = organisation_shown(code, act->arena);
    if (!act_record_change(act, &leaf, err) || !own_pair(act, err) ||
        !role_laid(act, NETWORK_INTERMEDIATES, code, to, err) || !role_laid(act, NETWORK_UNIFIEDS, code, to, err) ||
        !core_key_laid(act, to, err))
        return false;
    AuditLeaf laid = act_leaf(act, AUDIT_DONE);
    laid.detail = leaf.detail;
    return act_begin(act, err) && organisation_admit(act->store, code, act->now, err) && act_record(act, &laid, err) &&
           store_commit(act->store, err);
}

static bool admit(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    OrganisationCode code;
    Str to = str_format(arena, "%.*s/network", STR(option_text(line, "to")));
    (void)status;
    if (!organisation_code_parse(line->arguments.at[0], &code, err)) return false;
    if (!admitted(act, &code, to, err)) return false;
    say(stdout, "%.*s の鍵と証明書を %s に置きました。前の鍵はもう認められません。\n", STR(organisation_shown(&code, arena)),
        str_z(arena, to));
    return true;
}

static const Option options[] = {
    {OPTION_PLACE, "to", "DIR", "その機関のデータの置き場所", false, true},
    {.kind = OPTION_END},
};

const Door command_admit =
    COMMAND("admit", "linkage", DUTY_ADMIN, AUDIT_CHANGE, ALONE, admit, .arguments = "機関コード", .least = 1, .most = 1,
            .words = "機関の中間サーバーと団体内統合宛名に、つなぐための鍵と証明書を渡します", .options = options);
