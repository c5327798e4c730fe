// What a confined process can still ask of the kernel.
// SPDX-License-Identifier: Apache-2.0
#include "confined.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static bool refused(long answer)
{
    return answer < 0 && errno == EPERM;
}

// Exit status of a child that lets go and then tries one thing: 0 refused, 1 it could.
static int tried_by_child(bool (*tries)(void))
{
    int status;
    pid_t child = fork();
    if (child == 0) _exit(confined_to_descriptors() && tries() ? 0 : 1);
    assert_true(waitpid(child, &status, 0) == child && WIFEXITED(status));
    return WEXITSTATUS(status);
}

static bool opening(void)
{
    return refused(open("/etc/hostname", O_RDONLY)) && refused(open("/tmp/sesshu-confined", O_WRONLY | O_CREAT, 0600));
}

static bool looking(void)
{
    struct stat there;
    return refused(stat("/etc/hostname", &there));
}

static bool speaking(void)
{
    int ends[2];
    return refused(socket(AF_INET, SOCK_STREAM, 0)) && refused(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
}

static bool starting(void)
{
    char *const arguments[] = {NULL};
    return refused(fork()) && refused(execve("/bin/true", arguments, arguments));
}

static bool harming(void)
{
    return refused(kill(getppid(), SIGTERM)) && refused(unlink("/tmp/sesshu-confined"));
}

static void nothing_is_left_but_what_is_open(void **state)
{
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    skip();
#endif
    assert_int_equal(tried_by_child(opening), 0);
    assert_int_equal(tried_by_child(looking), 0);
    assert_int_equal(tried_by_child(speaking), 0);
    assert_int_equal(tried_by_child(starting), 0);
    assert_int_equal(tried_by_child(harming), 0);
}

static void what_is_open_is_read_and_written(void **state)
{
    int ends[2], status;
    char heard[8] = {0};
    (void)state;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) _exit(confined_to_descriptors() && write(ends[1], "page", 4) == 4 ? 0 : 1);
    assert_true(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_int_equal(read(ends[0], heard, sizeof heard), 4);
    assert_string_equal(heard, "page");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_left_but_what_is_open),
        cmocka_unit_test(what_is_open_is_read_and_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
