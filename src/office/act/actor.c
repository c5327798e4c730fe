// SPDX-License-Identifier: Apache-2.0
#include "actor.h"

#include <pwd.h>
#include <unistd.h>

struct Actor {
    Str name;
    bool program;
    Str role;
};

const Actor *actor_of_process(Str claimed, Arena *arena)
{
    Actor *actor = NEW(arena, Actor, 1);
    const struct passwd *entry = str_present(claimed) ? NULL : getpwuid(getuid());
    actor->name = str_present(claimed)
                      ? claimed
                      : str_copy(arena, str_of(entry ? entry->pw_name : "unknown"));
    return actor;
}

const Actor *actor_of_certificate(Str role, Arena *arena)
{
    Actor *actor = NEW(arena, Actor, 1);
    actor->program = true;
    actor->role = str_copy(arena, role);
    actor->name = str_join(arena, S("system:"), role);
    return actor;
}

Str actor_name(const Actor *actor)
{
    return actor->name;
}

bool actor_is_program(const Actor *actor)
{
    return actor->program;
}

Str actor_role(const Actor *actor)
{
    return actor->role;
}
