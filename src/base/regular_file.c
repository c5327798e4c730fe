// SPDX-License-Identifier: Apache-2.0
#include "regular_file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

// `file` where it is a regular one, else it is closed.
static int regular_or_none(int file)
{
    struct stat status;
    if (file < 0) return -1;
    bool known = fstat(file, &status) == 0;
    if (known && S_ISREG(status.st_mode)) return file;
    (void)close(file);
    errno = EINVAL;
    return -1;
}

int regular_file_open(const char *path, int flags, mode_t mode)
{
    assert(!(flags & O_TRUNC));  // nothing is done to a file before it is known to be one
    return regular_or_none(open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode));
}

// The folder of that name inside `above`, which is closed.
static int folder_inside(int above, const char *name, size_t len)
{
    char part[NAME_MAX + 1] = "";
    int inside = -1;
    errno = ENAMETOOLONG;
    if (len < sizeof part) {
        memcpy(part, name, len);
        inside = openat(above, part, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    }
    int failure = errno;
    (void)close(above);
    errno = failure;
    return inside;
}

int regular_file_beneath(const char *folder, const char *name)
{
    int at = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
    for (const char *slash; at >= 0 && (slash = strchr(name, '/')); name = slash + 1)
        at = folder_inside(at, name, (size_t)(slash - name));
    if (at < 0) return -1;
    int file = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    int failure = errno;
    (void)close(at);
    errno = failure;
    return regular_or_none(file);
}

Str file_name_of(Str path)
{
    for (ptrdiff_t slash = str_find(path, S("/")); slash >= 0; slash = str_find(path, S("/")))
        path = str_from(path, slash + 1);
    return path;
}

FILE *regular_file_read(const char *path)
{
    int file = regular_file_open(path, O_RDONLY, 0);
    if (file < 0) return NULL;
    FILE *stream = fdopen(file, "rb");
    if (!stream) (void)close(file);
    return stream;
}
