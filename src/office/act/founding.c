// SPDX-License-Identifier: Apache-2.0
#include "founding.h"

#include "actor.h"
#include "audit_rows.h"
#include "staff_name.h"
#include "staff_rows.h"

bool founding_keys(const Office *office, Str *there, Error *err)
{
    return office_setting_read(office->store, S("keys"), office->arena, there, err);
}

AuditLeaf founding_leaf(const Office *office, const Founding *founding, Str name)
{
    return (AuditLeaf){.at = founding->now,
                       .business_day = founding->business_day,
                       .operator_name = name,
                       .program = str_of(office->program->name),
                       .act = AUDIT_CHANGE,
                       .purpose = S("office"),
                       .command = S("found"),
                       .result = AUDIT_DONE};
}

static Str login_word(bool login)
{
    return login ? S("kernel") : S("none");
}

// What its record says of it for ever.
static Str founding_words(bool practice, bool login)
{
    if (practice) return login ? S("login:kernel practice") : S("login:none practice");
    return login ? S("login:kernel") : S("login:none");
}

static bool founder_name(const Founding *founding, int64_t account, Arena *arena, Str *name,
                         Error *err)
{
    Str typed = str_present(founding->operator_name) ? founding->operator_name
                                                     : account_name(account, arena);
    return staff_name_read(typed, arena, name, err);
}

bool founding_make(Office *office, const Founding *founding, Error *err)
{
    bool first, login = process_has_login();
    Str there, name;
    char text[SHA256_TEXT_SIZE];
    Sha256 print = keys_fingerprint(office->keys);
    int64_t account = process_account(office->owner, login);
    Programmes programmes = door_programmes(office->program->doors, office->arena);
    int64_t record;
    if (!founder_name(founding, account, office->arena, &name, err)) return false;
    if (!trail_found(&office->trail, err) || !store_begin(office->store, err)) return false;
    if (!audit_next_no(office->store, &record, err)) return false;
    if (!founding_keys(office, &there, err)) return false;
    if (str_present(there)) return store_commit(office->store, err);  // another process was faster
    if (!office_setting_add(office->store, S("keys"), str_of(sha256_text(&print, text)), err) ||
        !office_setting_add(office->store, S("login"), login_word(login), err) ||
        (founding->practice && !office_setting_add(office->store, S("practice"), S("yes"), err)) ||
        !staff_register_first(office->store, programmes, name, account, founding->now, record,
                              &first, err))
        return false;
    AuditLeaf leaf = founding_leaf(office, founding, name);
    leaf.proven = str_format(office->arena, "uid:%lld", (long long)account);
    leaf.detail = founding_words(founding->practice, login);
    return audit_append(office->store, &office->trail, &leaf, NULL, err) &&
           store_commit(office->store, err);
}

// ---- what it was

static bool has_word(Str words, Str word)
{
    for (Cut cut = str_cut(words, ' ');; cut = str_cut(cut.tail, ' ')) {
        if (str_equal(cut.head, word)) return true;
        if (!cut.found) return false;
    }
}

typedef struct Settings {
    bool practice, login;
} Settings;

static bool settings_read(const Office *office, Arena *arena, Settings *settings, Error *err)
{
    Str practice, login;
    if (!office_setting_read(office->store, S("practice"), arena, &practice, err) ||
        !office_setting_read(office->store, S("login"), arena, &login, err))
        return false;
    *settings = (Settings){str_present(practice), str_equal(login, login_word(true))};
    return true;
}

// A first record that is not what was written says nothing; then the stricter of two counts.
bool founding_read(const Office *office, Arena *arena, Founded *founded, Error *err)
{
    AuditFound first;
    Settings set;
    if (!audit_one(office->store, office->keys, 1, arena, &first, err) || !settings_read(office, arena, &set, err))
        return false;
    Str detail = first.row.detail;
    bool said = first.stands && str_equal(first.row.command, S("found")),
         login_said = said && str_starts(detail, S("login:"));
    *founded = (Founded){.practice = said && has_word(detail, S("practice")), .login_counts = true};
    if (login_said) founded->login_counts = has_word(detail, S("login:kernel"));
    if (first.stands && !login_said) founded->login_counts = set.login;  // of a version that did not say it
    if (set.practice != founded->practice) founded->trouble = S("practice");
    if (set.login != founded->login_counts) founded->trouble = S("login");
    return true;
}

bool office_is_practice(const Office *office, Arena scratch, bool *practice, Error *err)
{
    Founded founded;
    if (!founding_read(office, &scratch, &founded, err)) return false;
    *practice = founded.practice;
    return true;
}
