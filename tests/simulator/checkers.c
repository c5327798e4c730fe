// SPDX-License-Identifier: Apache-2.0
#include "checkers.h"

#include <string.h>

void check(World *w, bool holds, const char *words)
{
    if (!holds && !w->report->wrong) w->report->wrong = words;
}

// ---- who is who in truth

static const AnsweringRow *answered_by(const World *w, const Permit *permit)
{
    const Node *node = &w->nodes[organisation_index(&permit->question.provider)];
    for (int i = 0; i < node->answered; i++)
        if (permit_id_same(&node->answering[i].state.permit.id, &permit->id))
            return &node->answering[i];
    return NULL;
}

static const AskingRow *asked_by(const World *w, const Permit *permit)
{
    const Node *node = &w->nodes[organisation_index(&permit->question.inquirer)];
    const AskingRow *row = node->asking;
    while (!inquiry_no_same(&row->ask.asked.inquiry, &permit->inquiry)) row++;
    return row;
}

static int number_of(int organisation, const UnifiedNo *no)
{
    for (int p = 0; p < PEOPLE; p++) {
        UnifiedNo known = person_no(organisation, p);
        if (unified_same(&known, no)) return p;
    }
    return -1;
}

// ---- while it lives

static bool holds_code(const World *w, int organisation, Str text)
{
    for (int p = 0; p < PEOPLE; p++) {
        const CodeHold *hold = &w->nodes[organisation].codes[p];
        const PairwiseCode *codes[] = {&hold->code, &hold->former};
        for (int i = 0; i < 2; i++) {
            Str code = {(const char *)codes[i]->at, sizeof codes[i]->at};
            if (pairwise_present(codes[i]) && str_find(text, code) >= 0) return true;
        }
    }
    return false;
}

void check_message(World *w, int to, Str text)
{
    // Every message passes the core: what is in clear here, the network reads.
    check(w, str_find(text, S(DOSES_OF)) < 0, "a message carries doses in clear");
    for (int o = 0; o < ORGANISATIONS && to != CORE; o++)
        check(w, o == to || !holds_code(w, o, text), "an organisation learns another one's code");
}

void check_issued(World *w, const Permit *permit)
{
    for (int i = 0; i < w->report->permits; i++)
        check(w, !permit_id_same(&w->report->issued[i], &permit->id), "a permit is issued twice");
    check(w, w->list_version < 2 || !dataset_same(&permit->question.dataset, &datasets[KINDS - 1]),
          "a permission that was taken back is given");
    w->report->issued[w->report->permits++] = permit->id;
}

void check_answered(World *w, int provider, const AnsweringRow *row, const ProvisionFacts *facts)
{
    const Permit *permit = &row->state.permit;
    WorldReport *r = w->report;
    bool issued = false;
    for (int i = 0; i < r->permits; i++)
        issued = issued || permit_id_same(&r->issued[i], &permit->id);
    check(w, issued, "an answer without a permit");
    for (int i = 0; i < r->answers; i++)
        check(w, !permit_id_same(&r->answered[i], &permit->id), "one permit is answered twice");
    if (r->answers < INQUIRIES) r->answered[r->answers++] = permit->id;
    check(w, organisation_index(&permit->question.provider) == provider,
          "an answer of somebody who was not asked");
    check(w, w->now < w->nodes[provider].copies_at + 2 * COPIES_LIFE, "an answer from old copies");
    const AllowList *list = &w->nodes[provider].list;
    bool decided = row->state.approval.state == APPROVAL_DONE;
    check(w,
          allow_list_allows(list, &permit->question, instant_day_in_japan(w->now)) &&
              allow_list_fresh(list, node_clock(w, provider)),
          "an answer behind a list that forbids it, or is old");
    check(w, decided || !(facts->doubted || (facts->look_first && facts->person.digits[0])),
          "nobody looked first");
    check(w, !decided || node_clock(w, provider) < row->state.asked_at + PROVISION_HELD_LIFE, "an answer is released too late");
    int number = number_of(provider, &facts->person);
    check(w, number < 0 || w->linked[provider][number] == asked_by(w, permit)->asked_about,
          "an answer about another person than was asked about");
}

void check_kept(World *w, int inquirer, const AskingRow *row)
{
    const Question *q = &row->state.permit.question;
    int kind = dataset_same(&q->dataset, &datasets[0]) ? 0 : 1;
    int provider = organisation_index(&q->provider), asked_about = row->asked_about;
    const AnsweringRow *answer = answered_by(w, &row->state.permit);
    int number = answer ? number_of(provider, &answer->state.person) : -1;
    Str truth = number < 0 ? (Str){0} : doses_of(w, provider, number, kind);
    check(w, organisation_index(&q->inquirer) == inquirer, "an inquiry of somebody else");
    check(w, str_present(truth) && str_equal(truth, row->kept), "an answer that is not for this request");
    check(w, number == asked_about || (number >= 0 && (w->linked[provider][number] == asked_about || w->found_wrong[provider][number])),
          "an answer that is not for this person");
    check(w, asked_about == row->person || !w->found_wrong[inquirer][row->person],
          "an answer is used behind a link that was found to be wrong");
}

void check_recovered(World *w, const Journal *journal)
{
    Bytes row = {journal->row, journal->image.len};
    Sha256 found = sha256_of(row);
    check(w, sha256_equal(&found, &journal->hash) || !memcmp(row.at, journal->before.at, (size_t)row.len),
          "a row is half of what it was and half of what it became");
}

void check_list(World *w, int node)
{
    const AllowList *list = &w->nodes[node].list;
    check(w, list->version <= w->list_version && list->rows.count == (list->version > 1 ? KINDS - 1 : KINDS),
          "a list that the core never made");
    check(w, list->version >= w->listed[node], "an older list instead of a newer one");
    w->listed[node] = list->version;
}

void check_mended(World *w, int node)
{
    check(w, allow_list_fresh(&w->nodes[node].list, node_clock(w, node)), "all is put right, and nobody has a list to go by");
}

void check_told(World *w, int node, int row, LinkageResult result)
{
    WorldReport *r = w->report;
    Told *told = r->told;
    while (told < r->told + r->tolds && (told->node != node || told->row != row)) told++;
    if (told == r->told + r->tolds)
        r->told[r->tolds++] = (Told){.node = node, .row = row, .result = result};
    check(w, told->result == result && result != RESULT_NONE, "a ledger is told two things");
}

// ---- when nothing lies ahead

static const RelayRow *relayed(const World *w, int inquirer, const InquiryNo *no)
{
    const Node *core = &w->nodes[CORE];
    for (int i = 0; i < core->relayed; i++)
        if (core->relays[i].inquirer == inquirer &&
            inquiry_no_same(&core->relays[i].state.permit.inquiry, no))
            return &core->relays[i];
    return NULL;
}

static const char *difference_words(RecordsDiffer differ)
{
    static const char *const words[] = {
        [RECORDS_AGREE] = "",
        [RECORDS_ORPHAN] = "a record is missing",
        [RECORDS_OTHER_ASKED] = "records of one permit ask different things",
        [RECORDS_OTHER_TIME] = "records of one permit name different times",
        [RECORDS_OTHER_END] = "records of one permit end differently",
    };
    return words[differ];
}

static void records_agree(World *w, int node, const AskingRow *row)
{
    const RelayRow *relay = relayed(w, node, &row->ask.asked.inquiry);
    const AnsweringRow *answer = relay ? answered_by(w, &relay->state.permit) : NULL;
    ProvisionRecord inquirer = record_of_inquiry(&row->state), core, provider;
    if (relay) core = record_of_relay(&relay->state);
    if (answer) provider = record_of_provision(&answer->state);
    // Who never got a permit asked nobody: then the core's word is that of a request without an end.
    if (relay && permit_id_same(&inquirer.permit.id, &(PermitId){{0}}))
        inquirer.permit.id = core.permit.id;
    RecordsDiffer differ =
        records_differ(&inquirer, answer ? &provider : NULL, relay ? &core : NULL);
    check(w, differ == RECORDS_AGREE, difference_words(differ));
}

static bool zeros(const unsigned char *at, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (at[i]) return false;
    return true;
}

static void check_inquiry(World *w, int node, const AskingRow *row)
{
    check(w, row->state.state == INQUIRY_NONE || row->state.state == INQUIRY_ENDED,
          "an inquiry never ends");
    if (row->state.state != INQUIRY_ENDED) return;
    bool told = false;
    for (int i = 0; i < w->report->tolds; i++) {
        const Told *t = &w->report->told[i];
        told = told || (t->node == node && &w->nodes[node].asking[t->row] == row);
    }
    check(w, told, "a ledger waits for ever");
    check(w, zeros(row->private_key, sizeof row->private_key),
          "a one-time key outlives its inquiry");
    check(w, row->erased_at && !row->kept.len, "what an inquiry brought is kept for ever");
    check(w, !row->to_do, "something that was owed was never done");
    w->report->results[row->state.result]++;
    records_agree(w, node, row);
}

// The whole of what the core has: nobody's doses are in it.
static void core_knows_nothing(World *w)
{
    const Node *core = &w->nodes[CORE];
    for (int i = 0; i < core->relayed; i++) {
        const RelayRow *row = &core->relays[i];
        Str state = {(const char *)row, sizeof *row},
            envelope = {(const char *)row->reply.envelope.at, row->reply.envelope.len};
        check(w, str_find(state, S(DOSES_OF)) < 0 && str_find(envelope, S(DOSES_OF)) < 0,
              "the core holds doses in clear");
    }
}

void check_end(World *w)
{
    if (w->report->wrong) return;
    check(w, !w->ahead.count, "the world does not come to rest");
    for (int o = 0; o < ORGANISATIONS; o++) {
        const Node *node = &w->nodes[o];
        for (int i = 0; i < node->asked; i++) check_inquiry(w, o, &node->asking[i]);
        for (int i = 0; i < node->answered; i++)
            check(w, node->answering[i].state.state == PROVISION_ENDED && !node->answering[i].to_do,
                  "a held answer is never decided");
    }
    core_knows_nothing(w);
}
