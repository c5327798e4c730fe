// SPDX-License-Identifier: Apache-2.0
#include "order.h"

#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "beside.h"
#include "logging.h"
#include "ticket.h"

static const char ticket_purpose[] = "work order";

// ---- the ticket

static Bytes holder_of(int32_t order_no, Arena *arena)
{
    Str number = str_format(arena, "%d", (int)order_no);
    return (Bytes){(const unsigned char *)number.at, number.len};
}

static bool ticket_sealed(const Act *act, const OrderAsked *asked, int32_t order_no, Str *ticket, Error *err)
{
    Str text = str_format(act->arena, "%lld\n%d\n%.*s\n%.*s\n%.*s\n%.*s", (long long)asked->staff_no,
                          (int)act->business_day, STR(actor_name(act->actor)), STR(asked->purpose),
                          STR(act->terminal), STR(asked->payload));
    if (text.len > TICKET_TEXT_MOST)
        return FAIL(err, E_LIMIT, .words = S("条件が長すぎます。ワクチンを減らしてください。"));
    return ticket_make(act->office->keys, str_of(ticket_purpose), holder_of(order_no, act->arena), text,
                       act->arena, ticket, err);
}

bool order_ticket_open(const Act *act, const OrderRow *row, OrderTicket *ticket, Error *err)
{
    Str text;
    int64_t day = 0;
    bool ours = ticket_open(act->office->keys, str_of(ticket_purpose), holder_of(row->order_no, act->arena),
                            row->ticket, act->arena, &text);
    Cut staff = str_cut(ours ? text : S(""), '\n'), when = str_cut(staff.tail, '\n'), name = str_cut(when.tail, '\n'),
        purpose = str_cut(name.tail, '\n'), terminal = str_cut(purpose.tail, '\n');
    *ticket = (OrderTicket){.name = name.head, .purpose = purpose.head, .terminal = terminal.head, .payload = terminal.tail};
    ours = ours && terminal.found && str_int64(staff.head, &ticket->staff_no) && str_int64(when.head, &day) &&
           day > DAY_MIN && day < DAY_MAX;
    ticket->day = (Day)day;
    return ours || FAIL(err, E_KEY, .words = S("この依頼は、この置き場所の画面から頼まれたものではありません。"));
}

Str order_command(const OrderRow *row, Arena *arena)
{
    assert(row->order_no > 0);
    return str_format(arena, "%.*s --order %d", STR(row->kind), (int)row->order_no);
}

// ---- asking

// With the files that were made to be looked at alone.
static bool old_forgotten(Act *act, Error *err)
{
    OrderRows old;
    Instant before = act->now - ORDER_DAYS * INSTANT_DAY;
    if (!orders_before(act->store, before, act->arena, &old, err)) return false;
    VEC_EACH (const OrderRow, row, old) {
        for (Cut line = str_cut(row->made, '\n'); line.head.len; line = str_cut(line.tail, '\n'))
            if (str_starts(line.head, S("/"))) (void)unlink(str_z(act->arena, str_cut(line.head, '\t').head));
        if (!order_forget(act->store, row->order_no, err)) return false;
    }
    return true;
}

bool order_ask(Act *act, const OrderAsked *asked, int32_t *order_no, Error *err)
{
    assert(asked->kind);
    assert(asked->staff_no >= 0);
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    OrderRow row = {.state = ORDER_ASKED,
                    .kind = str_of(asked->kind->name),
                    .words = asked->words,
                    .asked_by = actor_name(act->actor),
                    .asked_at = act->now};
    if (!act_begin(act, err) || !old_forgotten(act, err) || !order_next_no(act->store, &row.order_no, err) ||
        !ticket_sealed(act, asked, row.order_no, &row.ticket, err) || !order_insert(act->store, &row, err))
        return false;
    leaf.detail = order_command(&row, act->arena);
    *order_no = row.order_no;
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

// ---- doing

static void *reaped(void *process)
{
    int status;
    pid_t child = (pid_t)(intptr_t)process;
    if (waitpid(child, &status, 0) == child && !(WIFEXITED(status) && WEXITSTATUS(status) == 0))
        log_line(LOG_WARN, "event=order_ended status=%d", status);
    return NULL;
}

// Its end is heard by a thread that does nothing else.
static void reap_later(pid_t process)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, reaped, (void *)(intptr_t)process) == 0) (void)pthread_detach(thread);
}

// Nobody's signals but its own; no descriptor of ours but the messages; no front to ask.
static bool spawned(const char *const arguments[], char *const environment[], pid_t *process)
{
    sigset_t none;
    posix_spawnattr_t manner;
    posix_spawn_file_actions_t files;
    (void)sigemptyset(&none);
    if (posix_spawnattr_init(&manner) != 0) return false;
    bool ready = posix_spawn_file_actions_init(&files) == 0;
    bool begun = ready && posix_spawnattr_setsigmask(&manner, &none) == 0 &&
                 posix_spawnattr_setflags(&manner, POSIX_SPAWN_SETSIGMASK) == 0 &&
                 posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
                 posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
                 posix_spawn_file_actions_addclosefrom_np(&files, STDERR_FILENO + 1) == 0 &&
                 posix_spawn(process, arguments[0], &files, &manner, (char *const *)(uintptr_t)arguments, environment) == 0;
    if (ready) (void)posix_spawn_file_actions_destroy(&files);
    (void)posix_spawnattr_destroy(&manner);
    return begun;
}

bool order_start(const Act *act, int32_t order_no, Error *err)
{
    assert(order_no > 0);
    pid_t process;
    Arena *arena = act->arena;
    char day[DAY_TEXT_SIZE];
    const Office *office = act->office;
    static const char *const left_out[] = {"SESSHU_FRONT=", NULL};
    const char *arguments[12] = {program_beside(arena, "sesshu-ledger"), "order",
                                 str_z(arena, str_format(arena, "%d", (int)order_no)), "--data",
                                 str_z(arena, office->data_dir), "--as-of", day_text(act->business_day, day)};
    int count = 7;
    if (office->place_url.len) arguments[count++] = "--store";
    if (office->place_url.len) arguments[count++] = str_z(arena, office->place_url);
    if (!arguments[0] || !spawned(arguments, environment_without(arena, left_out), &process))
        return FAIL(err, E_NOT_FOUND, .value = S("sesshu-ledger"),
                    .words = S("処理を始められません。情報システム担当に連絡してください。"));
    reap_later(process);
    return true;
}

bool order_way(const Act *act, int32_t order_no, JobWay *way, Error *err)
{
    assert(order_no > 0);
    JobWays ways;
    Str ending = str_format(act->arena, " --order %d", (int)order_no);
    *way = (JobWay){0};
    if (!job_notes_read(act, act->arena, &ways, err)) return false;
    VEC_EACH (const JobWay, one, ways)
        if (str_ends(one->command, ending)) *way = *one;
    return true;
}
