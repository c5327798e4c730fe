// SPDX-License-Identifier: Apache-2.0
#include "regular_file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

int regular_file_open(const char *path, int flags, mode_t mode)
{
    struct stat status;
    assert(!(flags & O_TRUNC));  // nothing is done to a file before it is known to be one
    int file = open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode);
    if (file < 0) return -1;
    bool known = fstat(file, &status) == 0;
    if (known && S_ISREG(status.st_mode)) return file;
    (void)close(file);
    errno = EINVAL;
    return -1;
}

FILE *regular_file_read(const char *path)
{
    int file = regular_file_open(path, O_RDONLY, 0);
    if (file < 0) return NULL;
    FILE *stream = fdopen(file, "rb");
    if (!stream) (void)close(file);
    return stream;
}
