// SPDX-License-Identifier: Apache-2.0
#include "actor.h"

#include "actor_made.h"
#include "actor_session.h"
#include "office_code.h"
#include "staff_name.h"

#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- what the kernel says

// The kernel says 2^32-1 where no login has set it.
static bool login_account(int64_t *account)
{
    char text[32];
    int file = open("/proc/self/loginuid", O_RDONLY | O_CLOEXEC);
    ssize_t len = file < 0 ? 0 : read(file, text, sizeof text);
    if (file >= 0) (void)close(file);
    return len > 0 && str_int64(str_trim((Str){text, len}), account) && *account >= 0 &&
           *account < UINT32_MAX;
}

bool process_has_login(void)
{
    int64_t account;
    return login_account(&account);
}

int64_t process_account(int64_t owner, bool login)
{
    int64_t account, real = getuid();
    bool stands_in = real == owner || real == 0;  // became it by sudo or su, or is it
    return login && stands_in && login_account(&account) ? account : real;
}

int64_t account_named(Str login, Arena scratch)
{
    const struct passwd *entry = getpwnam(str_z(&scratch, login));
    return entry ? (int64_t)entry->pw_uid : NO_ACCOUNT;
}

Str account_name(int64_t account, Arena *arena)
{
    const struct passwd *entry = getpwuid((uid_t)account);
    return entry ? str_copy(arena, str_of(entry->pw_name))
                 : str_format(arena, "uid:%lld", (long long)account);
}

// ---- who that is in the office

// The login's own name, for one whom nobody has bound to it.
static bool person_by_login(const Office *office, int64_t account, Arena *arena, StaffRow *person,
                            Error *err)
{
    Str name;
    bool found = false;
    StaffRow row;
    Error unfit = {0};
    if (!staff_name_read(account_name(account, arena), arena, &name, &unfit)) return true;
    if (!staff_by_name(office->store, name, arena, &row, &found, err)) return false;
    if (found && row.account == NO_ACCOUNT) *person = row;
    return true;
}

static bool person_of(const Office *office, int64_t account, Arena *arena, StaffRow *person,
                      Error *err)
{
    bool found = false;
    StaffRow row;
    *person = (StaffRow){0};
    if (!staff_by_account(office->store, account, arena, &row, &found, err)) return false;
    if (!found) return person_by_login(office, account, arena, person, err);
    *person = row;
    return true;
}

bool actor_of_process(const Office *office, Str claimed, Arena *arena, const Actor **actor,
                      Error *err)
{
    Actor *made = NEW(arena, Actor, 1);
    StaffRow person;
    int64_t account = process_account(office->owner, office->login_counts);
    if (!person_of(office, account, arena, &person, err)) return false;
    *made = (Actor){.person = person.name, .staff_no = person.staff_no, .login = account};
    made->account = str_format(arena, "uid:%lld", (long long)account);
    if (person.staff_no)
        made->account = str_format(arena, "%.*s staff:%lld", STR(made->account),
                                   (long long)person.staff_no);
    made->name = made->person.len ? made->person : account_name(account, arena);
    if (str_present(claimed) && !staff_name_read(claimed, arena, &made->name, &made->unfit))
        made->name = claimed;
    *actor = made;
    return true;
}

// A member of a family with its code as people read it: in one group of digits records would mask it.
static Str role_shown(Str role, Arena *arena)
{
    OrganisationCode code;
    Cut cut = str_cut(role, '-');
    if (!cut.found || !organisation_code_read(cut.tail, &code)) return role;
    return str_format(arena, "%.*s-%.*s", STR(cut.head), STR(organisation_shown(&code, arena)));
}

const Actor *actor_of_certificate(Str role, Arena *arena)
{
    Str shown = role_shown(role, arena);
    Actor *actor = NEW(arena, Actor, 1);
    actor->program = true;
    actor->login = NO_ACCOUNT;
    actor->role = str_copy(arena, role);
    actor->name = actor->person = str_join(arena, S("system:"), shown);
    actor->account = str_join(arena, S("role:"), shown);
    return actor;
}

const Actor *actor_of_session(Str name, int64_t staff_no, Arena *arena)
{
    Actor *actor = NEW(arena, Actor, 1);
    actor->name = actor->person = str_copy(arena, name);
    actor->account = str_format(arena, "staff:%lld", (long long)staff_no);
    actor->staff_no = staff_no;
    actor->login = NO_ACCOUNT;
    return actor;
}

Str actor_name(const Actor *actor)
{
    return actor->name;
}

Str actor_person(const Actor *actor)
{
    return actor->person;
}

Str actor_account(const Actor *actor)
{
    return actor->account;
}

bool actor_marks(const Actor *actor, Store *store, Arena *arena, Str *marks, Error *err)
{
    Str known;
    if (!staff_marks(store, actor->staff_no, actor->login, arena, &known, err)) return false;
    *marks = known.len ? str_format(arena, "%.*s %.*s", STR(actor->account), STR(known))
                       : actor->account;
    return true;
}

bool actor_represents(const Actor *actor)
{
    return !str_equal(actor->name, actor->person);
}

const Error *actor_unfit(const Actor *actor)
{
    return actor->unfit.code ? &actor->unfit : NULL;
}

bool actor_is_program(const Actor *actor)
{
    return actor->program;
}

Str actor_role(const Actor *actor)
{
    return actor->role;
}
