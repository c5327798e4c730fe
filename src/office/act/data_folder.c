// SPDX-License-Identifier: Apache-2.0
#include "data_folder.h"

#include "folder.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *const data_folder_own[] = {"keys", "tls", "errors", "rules", "uploads", "city.json",
                                       "city-*", "ledger.*", "ledger-looks.*", "addressee.*", "addressee-looks.*", ".*"};
const int data_folder_own_count = (int)countof(data_folder_own);

static bool refuse(Str folder, Str words, Error *err)
{
    return FAIL(err, E_FILE_OPEN, .item = S("--data"), .value = folder, .words = words);
}

static bool one_check(Str folder, Arena scratch, Error *err)
{
    struct stat status;
    if (stat(str_z(&scratch, folder), &status) != 0)
        return errno == ENOENT || refuse(folder,
                                         S("データの置き場所を開けません。"
                                           "名前と権限を確かめてください。"),
                                         err);
    if (!S_ISDIR(status.st_mode))
        return refuse(folder, S("データの置き場所はフォルダーでなければなりません。"), err);
    if (status.st_uid != geteuid() && status.st_uid != 0)
        return refuse(folder,
                      S("データの置き場所がほかの利用者のものです。そのデータを持つ利用者として"
                        "実行してください (sudo -u 利用者 sesshu …)。"),
                      err);
    if (status.st_mode & 077)
        return refuse(folder,
                      S("データの置き場所がほかの利用者にも開かれています。権限を 0700 にし (chmod 700 この場所)、"
                        "読まれたり変えられたりしていないか確かめてください。"),
                      err);
    return true;
}

bool data_folder_check(Str folder, Arena scratch, Error *err)
{
    static const char *const inside[] = {"keys", "tls", "errors"};
    if (!one_check(folder, scratch, err)) return false;
    for (ptrdiff_t i = 0; i < countof(inside); i++) {
        Arena one = scratch;
        if (!one_check(str_format(&one, "%.*s/%s", STR(folder), inside[i]), one, err)) return false;
    }
    return true;
}

int64_t data_folder_owner(Str folder, Arena scratch)
{
    struct stat status;
    return stat(str_z(&scratch, folder), &status) == 0 ? (int64_t)status.st_uid : -1;
}

static void close_to_others(const char *path)
{
    struct stat status;
    if (stat(path, &status) == 0 && status.st_uid == geteuid() && folder_is_empty(path))
        (void)chmod(path, 0700);  // the check says whether it is so
}

bool data_folder_make(Str folder, Arena scratch, Error *err)
{
    char *path = str_z(&scratch, folder);
    for (char *c = path + 1;; c++) {
        if (*c != '/' && *c != '\0') continue;
        char end = *c;
        *c = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return refuse(folder, S("データの置き場所を作れません。名前と権限を確かめてください。"),
                          err);
        *c = end;
        if (!end) break;
    }
    close_to_others(path);
    return data_folder_check(folder, scratch, err);
}
