// SPDX-License-Identifier: Apache-2.0
#include "beside.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { PATH_MOST = 4096 };

const char *program_beside(Arena *arena, const char *name)
{
    char own[PATH_MOST];
    ssize_t len = readlink("/proc/self/exe", own, sizeof own - 1);
    if (len <= 0) return NULL;
    own[len] = '\0';
    char *slash = strrchr(own, '/');
    if (!slash) return NULL;
    Str folder = {own, slash - own};
    const char *path = str_z(arena, str_format(arena, "%.*s/%s", STR(folder), name));
    return faccessat(AT_FDCWD, path, X_OK, AT_EACCESS) == 0 ? path : NULL;
}

static bool begins_with_any(const char *variable, const char *const beginnings[])
{
    for (; *beginnings; beginnings++)
        if (str_starts(str_of(variable), str_of(*beginnings))) return true;
    return false;
}

char **environment_without(Arena *arena, const char *const beginnings[])
{
    int count = 0, kept = 0;
    while (environ[count]) count++;
    char **mine = NEW(arena, char *, count + 1);
    for (int i = 0; i < count; i++)
        if (!begins_with_any(environ[i], beginnings)) mine[kept++] = environ[i];
    return mine;
}
