// SPDX-License-Identifier: Apache-2.0
#include "paper_check_program.h"

#include <spawn.h>
#include <stdint.h>
#include <unistd.h>

bool paper_check_begin(const char *const arguments[], int in, int out, int file, pid_t *process)
{
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions) != 0) return false;
    bool ready = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO) == 0 &&
                 posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO) == 0 &&
                 posix_spawn_file_actions_adddup2(&actions, file, PAPER_CHECK_FILE) == 0 &&
                 posix_spawn_file_actions_addclosefrom_np(&actions, PAPER_CHECK_FILE + 1) == 0;
    bool begun = ready && posix_spawn(process, arguments[0], &actions, NULL,
                                      (char *const *)(uintptr_t)arguments, environ) == 0;
    (void)posix_spawn_file_actions_destroy(&actions);
    return begun;
}
