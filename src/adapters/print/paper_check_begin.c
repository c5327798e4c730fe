// SPDX-License-Identifier: Apache-2.0
#include "paper_check_program.h"

#include "beside.h"

#include <spawn.h>
#include <stdint.h>
#include <unistd.h>

bool paper_check_begin(const char *const arguments[], int in, int out, int file, pid_t *process)
{
    // It speaks to no database and knows no office.
    static const char *const left_out[] = {"PG", "SESSHU", NULL};
    enum { ENVIRONMENT_BYTES = 8 << 20 };
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return false;
    bool ready = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO) == 0 &&
                 posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) == 0 &&
                 posix_spawn_file_actions_adddup2(&actions, file, PAPER_CHECK_FILE) == 0 &&
                 posix_spawn_file_actions_addclosefrom_np(&actions, PAPER_CHECK_FILE + 1) == 0;
    Arena whole = arena_reserve(ENVIRONMENT_BYTES), arena = whole;
    bool begun = ready && posix_spawn(process, arguments[0], &actions, NULL, (char *const *)(uintptr_t)arguments,
                                      environment_without(&arena, left_out)) == 0;
    arena_release(whole);
    (void)posix_spawn_file_actions_destroy(&actions);
    return begun;
}
