// The self-check of a whole batch on all cores, by programs of their own (sesshu-paper-check).
//
// Why programs  poppler is not made for threads, and a forked child inherits locks as they stand: pango keeps a
//               thread once it has drawn. A program that is started anew inherits nothing, and the office's own
//               process never reads a PDF (decision 0123).
// Closed        a part is right only when its program says so, with the number of its pages; whatever else
//               happens to it, the batch is refused.
// Privacy       what a page must show goes through an unnamed file in memory, never through a path.
// SPDX-License-Identifier: Apache-2.0
#include "page_expected.h"
#include "paper_check_program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PARTS_MOST = 8,
    PART_PAGES_LEAST = 100,  // fewer are read sooner than another program is started
    ANSWER_MOST = 256,
};

typedef struct Part {
    int first, end;  // pages
    pid_t process;   // 0: none
    int answer;      // its standard output; -1: read to its end
    int marks;       // how often it said that it goes on
    size_t said_len;
    char said[ANSWER_MOST];  // what it said then
} Part;

static bool not_checked(Error *err)
{
    return FAIL(err, E_PAPER,
                .words = S("印刷した内容を読み戻す処理が途中で終わりました（P107）。"
                           "空きメモリーを確かめ、もう一度実行してください。"));
}

static bool no_checker(Error *err)
{
    return FAIL(err, E_PAPER, .item = S(PAPER_CHECK_PROGRAM),
                .words = S("印刷した内容を読み戻すプログラムが、sesshu と同じフォルダーにありません"
                           "（P107）。sesshu を入れ直してから、もう一度実行してください。"));
}

static bool paper_wrong(int sequence, Str item, Error *err)
{
    if (!sequence)
        return FAIL(err, E_PAPER, .item = item,
                    .words =
                        S("印刷したファイルの頁数が合わないか、読み直せません（P107）。このバッチは"
                          "発送できません。担当者に連絡してください。"));
    return FAIL(
        err, E_PAPER, .row = sequence, .item = item,
        .words = S("印刷した内容がもとのデータと一致しません（P107）。このバッチは発送できません。"
                   "担当者に連絡してください。"));
}

static int part_count(int pages)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int most = pages / PART_PAGES_LEAST;
    if (most > cores) most = (int)cores;
    if (most > PARTS_MOST) most = PARTS_MOST;
    return most > 1 ? most : 1;
}

// ---- one program

// The expectations in memory, read from the start by whoever gets the descriptor.
static int memory_of(Str bytes)
{
    int memory = memfd_create("stack", MFD_CLOEXEC);
    while (memory >= 0 && bytes.len) {
        ssize_t wrote = write(memory, bytes.at, (size_t)bytes.len);
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) {
            (void)close(memory);
            return -1;
        }
        bytes = str_from(bytes, wrote);
    }
    if (memory >= 0) (void)lseek(memory, 0, SEEK_SET);
    return memory;
}

static bool spawn(Part *part, const char *program, int total, int file, int memory, int answer)
{
    char first[16], all[16];
    (void)snprintf(first, sizeof first, "%d", part->first);
    (void)snprintf(all, sizeof all, "%d", total);
    const char *const arguments[] = {program, first, all, NULL};
    bool begun = paper_check_begin(arguments, memory, answer, file, &part->process);
    if (!begun) part->process = 0;
    return begun;
}

static bool part_begin(Part *part, const Papers *papers, const StackExpected *stack, int file,
                       Error *err)
{
    int ends[2];
    Arena scratch = *papers->arena;
    int memory = memory_of(stack_written(stack, part->first, part->end, &scratch));
    if (memory < 0) return not_checked(err);
    bool begun = false;
    if (pipe2(ends, O_CLOEXEC) == 0) {
        begun = spawn(part, papers->batch.checker, stack->page_count, file, memory, ends[1]);
        (void)close(ends[1]);
        part->answer = ends[0];
        if (!begun) (void)close(ends[0]);
    }
    (void)close(memory);
    return begun || not_checked(err);
}

// A mark for each PAPER_CHECK_STEP pages, then its line. What is longer than a line is none.
static void answer_take(Part *part, const char *bytes, ssize_t count)
{
    for (ssize_t i = 0; i < count; i++) {
        if (!part->said_len && bytes[i] == PAPER_CHECK_MARK)
            part->marks++;
        else if (part->said_len < ANSWER_MOST - 1)
            part->said[part->said_len++] = bytes[i];
    }
}

static int part_ended(Part *part)
{
    int status = -1;
    while (waitpid(part->process, &status, 0) < 0 && errno == EINTR) continue;
    part->process = 0;
    return status;
}

static bool part_right(Part *part, Error *err)
{
    char right[ANSWER_MOST];
    int status = part_ended(part), sequence, at = 0;
    (void)snprintf(right, sizeof right, PAPER_CHECK_RIGHT "%d\n", part->end - part->first);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && !strcmp(part->said, right)) return true;
    if (sscanf(part->said, PAPER_CHECK_WRONG "%d %n", &sequence, &at) != 1 || !at)
        return not_checked(err);
    Str item = str_of(part->said + at);
    if (item.len && item.at[item.len - 1] == '\n') item.len--;
    return paper_wrong(sequence, item, err);
}

// ---- the batch

static void parts_killed(Part parts[], int first, int count)
{
    for (int i = first; i < count; i++)
        if (parts[i].process) (void)kill(parts[i].process, SIGKILL);
}

// Nobody hears them: nobody has vouched for the batch.
static bool parts_given_up(Part parts[], int count, Error *err)
{
    parts_killed(parts, 0, count);
    for (int i = 0; i < count; i++) {
        if (parts[i].answer >= 0) (void)close(parts[i].answer);
        if (parts[i].process) (void)part_ended(&parts[i]);
    }
    return not_checked(err);
}

static int pages_read(const Part parts[], int count)
{
    int pages = 0;
    for (int i = 0; i < count; i++)
        pages += parts[i].answer < 0 ? parts[i].end - parts[i].first : parts[i].marks * PAPER_CHECK_STEP;
    return pages;
}

// Hears all of them at once. One fault refuses the batch, and the first in the stack is told, whoever found one first:
// only the parts behind it end.
static bool parts_heard(const Papers *papers, Part parts[], int count, int total, bool right, Error *err)
{
    struct pollfd waits[PARTS_MOST];
    int wrong = right ? count : -1;  // the first part that is
    parts_killed(parts, wrong + 1, count);
    for (int open = count; open > 0;) {
        for (int i = 0; i < count; i++) waits[i] = (struct pollfd){.fd = parts[i].answer, .events = POLLIN};
        if (poll(waits, (nfds_t)count, -1) < 0 && errno != EINTR) return parts_given_up(parts, count, err);
        for (int i = 0; i < count; i++) {
            char bytes[ANSWER_MOST];
            if (parts[i].answer < 0) continue;
            if (!waits[i].revents) continue;
            ssize_t got = read(parts[i].answer, bytes, sizeof bytes);
            if (got > 0) answer_take(&parts[i], bytes, got);
            if (got > 0 || (got < 0 && errno == EINTR)) continue;
            (void)close(parts[i].answer);
            parts[i].answer = -1;
            open--;
            Error found = {0};
            if (part_right(&parts[i], &found) || i > wrong) continue;
            wrong = i;
            *err = found;
            parts_killed(parts, i + 1, count);
        }
        papers_moved(papers, PAPER_CHECKING, pages_read(parts, count), total);
    }
    return wrong == count;
}

static bool check_parts(const Papers *papers, const StackExpected *stack, int file, Error *err)
{
    Part parts[PARTS_MOST] = {0};
    int count = part_count(stack->page_count), begun = 0;
    for (int i = 0; i < count; i++) {
        parts[i].first = (int)((int64_t)stack->page_count * i / count);
        parts[i].end = (int)((int64_t)stack->page_count * (i + 1) / count);
    }
    bool right = true;
    while (begun < count && right)
        if ((right = part_begin(&parts[begun], papers, stack, file, err))) begun++;
    return parts_heard(papers, parts, begun, stack->page_count, right, err);
}

bool papers_check(Papers *papers, int file, Error *err)
{
    if (!papers->batch.checker) return no_checker(err);
    StackExpected stack = stack_expected(papers, papers->arena);
    return check_parts(papers, &stack, file, err);
}
