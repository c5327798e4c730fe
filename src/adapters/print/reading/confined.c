// SPDX-License-Identifier: Apache-2.0
#include "confined.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#ifdef __SANITIZE_ADDRESS__

bool confined_to_descriptors(void)
{
    return true;
}

#else

#if defined __x86_64__
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

#define LOAD(field)  BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(what) BPF_STMT(BPF_RET | BPF_K, (what))
#define ALLOWS(call) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##call, 0, 1), ANSWER(SECCOMP_RET_ALLOW)

bool confined_to_descriptors(void)
{
    // clang-format off
    struct sock_filter allowed[] = {
        LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, OUR_ARCH, 1, 0),
        ANSWER(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        ALLOWS(read), ALLOWS(pread64), ALLOWS(write), ALLOWS(lseek), ALLOWS(close),
        ALLOWS(brk), ALLOWS(mmap), ALLOWS(munmap), ALLOWS(mremap), ALLOWS(mprotect), ALLOWS(madvise),
        ALLOWS(futex), ALLOWS(rt_sigprocmask), ALLOWS(rt_sigreturn), ALLOWS(clock_gettime), ALLOWS(getrandom),
        ALLOWS(exit), ALLOWS(exit_group),
        ANSWER(SECCOMP_RET_ERRNO | EPERM),
    };
    // clang-format on
    const struct sock_fprog filter = {sizeof allowed / sizeof *allowed, allowed};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter, 0, 0) == 0;
}

#endif
