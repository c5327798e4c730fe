// SPDX-License-Identifier: Apache-2.0
#include "folder.h"

#include <dirent.h>

bool folder_is_empty(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder) return false;
    int names = 0;
    while (names < 3 && readdir(folder)) names++;
    (void)closedir(folder);
    return names == 2;  // itself and the one above
}
