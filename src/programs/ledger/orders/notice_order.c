// SPDX-License-Identifier: Apache-2.0
#include "notice_order.h"

#include <assert.h>

#include "notice_run.h"
#include "order.h"
#include "regular_file.h"
#include "series_wanted.h"

static const char *const ways[] = {[NOTICES_SEND] = "send", [NOTICES_TRIAL] = "trial", [NOTICES_REPRINT] = "reprint"};

Str notice_order_text(const NoticeOrder *order, Arena *arena)
{
    assert(order->within >= -1);
    return str_format(arena, "%s\t%.*s\t%.*s\t%lld\t%.*s\t%.*s\t%.*s", ways[order->way], STR(order->series),
                      STR(order->ward), (long long)order->within, STR(order->batch), STR(order->who), STR(order->reason));
}

static bool order_read(Str text, NoticeOrder *order, Error *err)
{
    Cut way = str_cut(text, '\t'), series = str_cut(way.tail, '\t'), ward = str_cut(series.tail, '\t'),
        within = str_cut(ward.tail, '\t'), batch = str_cut(within.tail, '\t'), who = str_cut(batch.tail, '\t');
    *order = (NoticeOrder){.series = series.head, .ward = ward.head, .batch = batch.head, .who = who.head, .reason = who.tail};
    for (int i = 0; who.found && i < countof(ways); i++)
        if (str_equal(way.head, str_of(ways[i])) && str_int64(within.head, &order->within)) {
            order->way = (NoticesWay)i;
            return true;
        }
    return FAIL(err, E_INTERNAL, .words = S("依頼の内容を読めません。画面からもう一度依頼してください。"));
}

static bool asked_of(Ledger *ledger, const NoticeOrder *order, Arena *arena, NoticesAsked *asked, Error *err)
{
    AddresseeNo who;
    Str folder = str_of(office_path(ledger->act->office, "prints", arena));
    *asked = (NoticesAsked){.as_of = ledger->act->business_day, .within = order->within, .ward = order->ward,
                            .reason = order->reason, .way = order->way};
    if (!notices_folder(ledger->act, folder, arena, &asked->folder, err)) return false;
    if (order->way == NOTICES_REPRINT) {
        if (order->who.len && !addressee_no_parse(order->who, &who, NULL, err)) return false;
        return notices_reprint(ledger, order->batch, order->who.len ? &who : NULL, arena, asked, err);
    }
    if (order->series.len) return series_wanted_add(ledger->schedule, order->series, *arena, &asked->groups, err);
    asked->groups = series_of_class(ledger->schedule, S("A"));
    return true;
}

// ---- what came out

static void stack_said(Text *said, const char *words, const PapersReport *papers, Arena *arena)
{
    if (!papers->given) return;
    text_addf(said, arena, "%s %d人（%d枚）", words, papers->drawn, papers->pages);
    if (papers->refused + papers->held) text_addf(said, arena, "、紙を作れなかった人 %d人", papers->refused + papers->held);
    text_add(said, arena, S("。"));
}

static Str said_of(const NoticesReport *report, const NoticesAsked *asked, Arena *arena)
{
    Text said = {0};
    stack_said(&said, asked->way == NOTICES_REPRINT ? "再発行" : "通知と予診票", &report->papers[LETTER_NOTICE], arena);
    stack_said(&said, asked->way == NOTICES_REPRINT ? "再勧奨の再発行" : "再勧奨", &report->papers[LETTER_REMINDER], arena);
    if (report->gone) text_addf(&said, arena, "送ったときと違い、いまは対象でない人 %d人。", report->gone);
    if (report->held_back) text_addf(&said, arena, "規則により送らない人 %d人", report->held_back);
    for (int v = 0, any = 0; v < NOTICE_VERDICTS; v++)
        if (report->by_verdict[v])
            text_addf(&said, arena, "%s%.*s %d人", any++ ? "、" : "（", STR(notice_verdict_words((NoticeVerdict)v)),
                      report->by_verdict[v]);
    if (report->held_back) text_add(&said, arena, S("）。"));
    if (!said.len) text_add(&said, arena, S("送る人はいませんでした。"));
    return text_str(&said);
}

// A batch by its number; of a trial, which is no batch, where its papers lie and what they hold.
static Str made_of(const NoticesReport *report, const NoticesAsked *asked, Arena *arena)
{
    Text made = {0};
    for (int k = 0; k < NOTICE_STACKS; k++) {
        char hash[SHA256_TEXT_SIZE];
        const PaperFile *papers = &report->papers[k].files[PAPER_FILE_PAPERS];
        if (!papers->there) continue;
        Str path = str_of(papers->path), name = file_name_of(path);
        if (asked->way == NOTICES_TRIAL)
            text_addf(&made, arena, "%.*s\t%s\n", STR(path), sha256_text(&papers->hash, hash));
        else
            text_addf(&made, arena, "%.*s\n", (int)(name.len - 11), name.at + 7);  // papers-N20261001-001.pdf
    }
    return text_str(&made);
}

static bool run(Act *act, Str payload, Arena *arena, OrderDone *done, Error *err)
{
    NoticeOrder order;
    NoticesWork work;
    NoticesAsked asked;
    NoticesReport report;
    if (!order_read(payload, &order, err)) return false;
    bool made = notices_work_begin(act, arena, &work, err) && asked_of(&work.ledger, &order, arena, &asked, err) &&
                notices_make(&work.ledger, &asked, arena, &report, err);
    notices_work_end(&work);
    if (!made) return false;
    *done = (OrderDone){said_of(&report, &asked, arena), made_of(&report, &asked, arena)};
    return true;
}

extern const Door command_notices;
const OrderKind order_notices = {"notices", &command_notices, run};
