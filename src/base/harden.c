// SPDX-License-Identifier: Apache-2.0
#include "harden.h"

#include <assert.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

void process_harden(void)
{
    // Not dumpable also means: no other process of this user may look into our memory.
    const struct rlimit none = {0};
    int limited = setrlimit(RLIMIT_CORE, &none);
    int hidden = prctl(PR_SET_DUMPABLE, 0);
    assert(limited == 0);
    assert(hidden == 0);
    (void)umask(077);
}
