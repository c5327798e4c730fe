// A process that lets go of everything but the descriptors it holds.
//
// Behind it a reader of foreign bytes can compute, read and write what is open, and end: it opens no file, starts no
// program, speaks to nobody. Whatever else it asks of the kernel is refused (EPERM), for good.
// SPDX-License-Identifier: Apache-2.0
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

// False where the kernel cannot: then nothing is to be read. Under the sanitizers, whose own work needs more, it does
// nothing and says true.
bool confined_to_descriptors(void);
