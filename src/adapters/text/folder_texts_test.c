// SPDX-License-Identifier: Apache-2.0
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "folder_texts.h"

static void put(const char *folder, const char *name, const char *text)
{
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void files_of_one_kind_come_whole_and_by_name(void **state)
{
    (void)state;
    Arena whole = arena_reserve(64 << 20), arena = whole;
    char folder[] = "/tmp/sesshu-folder.XXXXXX", path[256];
    FolderTexts texts;
    Error err = {0};
    assert_non_null(mkdtemp(folder));
    put(folder, "b.json", "second");
    put(folder, "a.json", "first");
    put(folder, "c.txt", "another kind");
    assert_true(folder_texts(folder, S(".json"), &arena, &texts, &err));
    assert_int_equal(texts.count, 2);
    assert_string_equal(texts.at[0].name, "a.json");
    assert_true(str_equal(texts.at[0].text, S("first")));
    assert_true(str_equal(texts.at[1].text, S("second")));

    // A folder that bears such a name cannot be read as a file: refused, not passed over.
    (void)snprintf(path, sizeof path, "%s/d.json", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_false(folder_texts(folder, S(".json"), &arena, &texts, &err));
    assert_int_equal(err.code, E_FILE_READ);
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(mkfifo(path, 0600), 0);  // nor a pipe, which would never end
    assert_false(folder_texts(folder, S(".json"), &arena, &texts, &err));
    assert_int_equal(err.code, E_FILE_READ);
    assert_int_equal(unlink(path), 0);

    assert_int_equal(symlink("d.json", path), 0);  // nor one that leads to itself
    assert_false(folder_texts(folder, S(".json"), &arena, &texts, &err));
    assert_int_equal(err.code, E_FILE_OPEN);
    assert_int_equal(unlink(path), 0);
    for (int i = 0; i < FOLDER_FILES_MAX; i++) {
        (void)snprintf(path, sizeof path, "%s/n%d.json", folder, i);
        assert_int_equal(symlink("a.json", path), 0);
    }
    assert_false(folder_texts(folder, S(".json"), &arena, &texts, &err));
    assert_int_equal(err.code, E_LIMIT);
    for (int i = 0; i < FOLDER_FILES_MAX; i++) {
        (void)snprintf(path, sizeof path, "%s/n%d.json", folder, i);
        assert_int_equal(unlink(path), 0);
    }

    static const char *const names[] = {"a.json", "b.json", "c.txt"};
    for (int i = 0; i < 3; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        assert_int_equal(unlink(path), 0);
    }
    assert_int_equal(rmdir(folder), 0);
    assert_false(folder_texts(folder, S(".json"), &arena, &texts, &err));
    assert_int_equal(err.code, E_FILE_OPEN);
    arena_release(whole);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_of_one_kind_come_whole_and_by_name),
    };
    return cmocka_run_group_tests_name("folder texts", tests, NULL, NULL);
}
