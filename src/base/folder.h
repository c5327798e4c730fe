// A folder by its name.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

// Nothing lies in it; false where there is none, or it cannot be read.
bool folder_is_empty(const char *path);
