// sesshu ledger order N: carries out what somebody asked for at a screen. The screens start it.
// SPDX-License-Identifier: Apache-2.0
#include "actor_session.h"
#include "ledger.h"
#include "order.h"
#include "outlet.h"

static const OrderKind *const kinds[] = {&order_notices, &order_inquiries, &order_changes, &order_rehearsal};

static const OrderKind *kind_named(Str name)
{
    for (ptrdiff_t i = 0; i < countof(kinds); i++)
        if (str_equal(str_of(kinds[i]->name), name)) return kinds[i];
    return NULL;
}

static bool kept(Act *act, const OrderRow *row, Error *err)
{
    AuditLeaf leaf = act_leaf(act, row->state == ORDER_DONE ? AUDIT_DONE : AUDIT_FAILED);
    leaf.detail = order_command(row, act->arena);
    return act_begin(act, err) && order_end(act->store, row, err) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}

// Only once, whoever starts it how often.
static bool taken(Act *act, int32_t order_no, OrderRow *row, Error *err)
{
    bool found, mine = false;
    AuditLeaf leaf = act_leaf(act, AUDIT_HELD);
    if (!order_find(act->store, order_no, act->arena, row, &found, err) || !act_begin(act, err)) return false;
    if (found && !order_take(act->store, order_no, &mine, err)) return false;
    if (!mine)
        return FAIL(err, E_NOT_FOUND, .item = S("依頼の番号"),
                    .words = S("この番号の依頼はないか、もう始まっています。"));
    leaf.detail = order_command(row, act->arena);
    return act_record(act, &leaf, err) && store_commit(act->store, err);
}

// An act of its own, by the door of the work, as the person who asked.
static bool carried_out(const Act *serving, const OrderKind *kind, const OrderRow *row, Arena *arena,
                        OrderDone *done, Instant *ended, Error *err)
{
    Act act;
    OrderTicket ticket;
    if (!order_ticket_open(serving, row, &ticket, err)) return false;
    const ActAsked asked = {.actor = actor_of_session(ticket.name, ticket.staff_no, arena),
                            .command = order_command(row, arena),
                            .purpose = ticket.purpose,
                            .terminal = ticket.terminal,
                            .now = serving->now,
                            .business_day = ticket.day};
    if (!act_enter(serving->office, kind->door, &asked, arena, &act, err)) return false;
    act.note = job_note_begin(&act, &(JobWay){.command = act.command,
                                              .words = S("準備"),
                                              .operator_name = actor_name(act.actor),
                                              .since = act.now,
                                              .moved = act.now});
    bool ran = kind->run(&act, ticket.payload, arena, done, err);
    if (!ran) act_failed(&act, err);
    *ended = job_note_over(act.note, ran ? JOB_WELL : JOB_BADLY, ran ? done->said : outlet_error(OUTLET_TRAIL, arena, err));
    act_leave(&act);
    return ran;
}

static bool order_command_run(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    OrderRow row;
    int64_t number;
    OrderDone done = {0};
    (void)status;
    if (!str_int64(line->arguments.at[0], &number) || number < 1 || number > INT32_MAX)
        return FAIL(err, E_USAGE, .item = S("依頼の番号"), .value = line->arguments.at[0],
                    .words = S("画面に出ている番号を指定してください。"));
    if (!taken(act, (int32_t)number, &row, err)) return false;
    const OrderKind *kind = kind_named(row.kind);
    Error why = {0}, later = {0};
    bool ran = kind ? carried_out(act, kind, &row, arena, &done, &row.ended_at, &why)
                    : FAIL(&why, E_NOT_FOUND, .words = S("この種類の依頼は、この版では実行できません。"));
    row.state = ran ? ORDER_DONE : ORDER_FAILED;
    if (!row.ended_at) row.ended_at = act->now;
    row.said = ran ? done.said : outlet_error(OUTLET_PAGE, arena, &why);
    row.made = done.made;
    return kept(act, &row, ran ? err : &later) && (ran || error_pass(err, &why));
}

const Door command_order =
    COMMAND("order", "office", DUTY_SERVE, AUDIT_CHANGE, SHARED, order_command_run, .arguments = "番号", .least = 1,
            .most = 1, .words = "画面から頼まれた処理を1つ行います (画面が自分で始めます)");
