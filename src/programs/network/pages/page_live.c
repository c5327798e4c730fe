// The live network as a picture, with the same in a table beside it: who is connected, what lies in which box, who asked whom.
//
// What is shown is what the core itself can know: organisations, kinds and lengths. No code, no person, nothing that was sealed.
// SPDX-License-Identifier: Apache-2.0
#include "live_html.h"
#include "network_routes.h"
#include "network_sight_rows.h"
#include "allow_list_rows.h"
#include "record_cells.h"

enum { TENTHS = 10, SLOTS = 8, TRIPS_MOST = 6, MAILS_MOST = 16, CARD_WIDTH = 236, CARD_HEIGHT = 62, CORE_X = 560, CORE_Y = 280 };

// Where the organisations stand, and how the style sheet calls what moves between the core and each.
static const struct {
    int x, y;  // the middle of its card
    const char *name;
} slots[SLOTS] = {{140, 300, "s0"}, {980, 300, "s1"}, {230, 110, "s2"}, {890, 110, "s3"},
                  {230, 510, "s4"}, {890, 510, "s5"}, {560, 70, "s6"},  {560, 560, "s7"}};

typedef struct Sight {
    Visit *visit;
    NamedList list;
    OrganisationSights connected;
    OrganisationCode at[SLOTS];
    int taken;
    LivePage page;
} Sight;

static int32_t tenths(int whole)
{
    return whole * TENTHS;
}

static int between(int a, int b, int percent)
{
    return a + (b - a) * percent / 100;
}

// A point of the curve that is bent towards q.
static int along(int a, int q, int b, int percent)
{
    return between(between(a, q, percent), between(q, b, percent), percent);
}

// ---- who

static const OrganisationSight *connected_of(const Sight *s, const OrganisationCode *code)
{
    VEC_EACH (const OrganisationSight, seen, s->connected)
        if (organisation_same(&seen->code, code)) return seen;
    return NULL;
}

static int slot_of(const Sight *s, const OrganisationCode *code)
{
    for (int i = 0; i < s->taken; i++)
        if (organisation_same(&s->at[i], code)) return i;
    return -1;
}

static void node_add(Sight *s, const OrganisationCode *code, const OrganisationSight *seen)
{
    if (s->taken == SLOTS || slot_of(s, code) >= 0) return;
    int x = slots[s->taken].x, y = slots[s->taken].y;
    s->at[s->taken++] = *code;
    *node_rows_push(&s->page.nodes, s->visit->arena) =
        (Node){.x = tenths(x - CARD_WIDTH / 2),
               .y = tenths(y - CARD_HEIGHT / 2),
               .name_x = tenths(x),
               .name_y = tenths(y - 4),
               .state_y = tenths(y + 18),
               .name = organisation_name(&s->list, code, s->visit->arena),
               .state = !seen ? S("つながっていません") : seen->suspended ? S("停止しています") : S("つながっています"),
               .on = seen && !seen->suspended,
               .stopped = seen && seen->suspended};
    *wire_rows_push(&s->page.wires, s->visit->arena) =
        (Wire){tenths(CORE_X), tenths(CORE_Y), tenths(x), tenths(y), .on = seen && !seen->suspended};
}

// Who is connected first, then who stands on the list.
static void nodes_put(Sight *s)
{
    VEC_EACH (const OrganisationSight, seen, s->connected) node_add(s, &seen->code, seen);
    VEC_EACH (const AllowBody, body, s->list.list.bodies)
        node_add(s, &body->organisation, connected_of(s, &body->organisation));
}

// ---- what lies in boxes

static const char *kind_words(LetterKind kind)
{
    switch (kind) {
    case LETTER_CODE_ARRIVED: return "符号";
    case LETTER_CODE_DENIED: return "符号なし";
    case LETTER_PERMIT_REPLY: return "許可証";
    case LETTER_INQUIRY: return "照会";
    case LETTER_REPLY: return "回答";
    case LETTER_SELF_ASK: return "本人";
    }
    return "文";
}

static void mails_put(Sight *s, const LetterSights *letters)
{
    int of[SLOTS] = {0};
    VEC_EACH (const LetterSight, letter, *letters) {
        enum { SHOWN = 3, STEP = 42, BESIDE = 36, ABOVE = 62 };  // percent of the way from the core, clear of cards and numbers
        int slot = slot_of(s, &letter->whose);
        if (slot < 0 || of[slot] == SHOWN) continue;
        int way = slots[slot].x == CORE_X ? ABOVE : BESIDE;
        int x = between(CORE_X, slots[slot].x, way), y = between(CORE_Y, slots[slot].y, way) + STEP * of[slot]++;
        *mail_rows_push(&s->page.mails, s->visit->arena) =
            (Mail){.x = tenths(x - 17),
                   .y = tenths(y - 11),
                   .middle = tenths(x),
                   .right = tenths(x + 17),
                   .fold = tenths(y - 9),
                   .point = tenths(y + 2),
                   .text_y = tenths(y - 15),
                   .slot = str_of(slots[slot].name),
                   .label = str_format(s->visit->arena, "%s %lldバイト", kind_words(letter->kind), (long long)letter->bytes)};
    }
}

// ---- who asked whom

static void trip_add(Sight *s, const RecordLine *line, Str no, int nth)
{
    enum { BOW = 34, FIRST_NO = 17, NEXT_NO = 3 };
    int from = slot_of(s, &line->asker), to = slot_of(s, &line->relay.permit.question.provider);
    if (from < 0 || to < 0) return;
    int bow = (nth % 2 ? 1 : -1) * BOW * (nth / 2 + 1);
    int qx = CORE_X + (slots[from].x == slots[to].x ? bow : 0), qy = CORE_Y + bow;
    // Each number stands a little further along its curve than the one before, nearer to who asked.
    int at = FIRST_NO + nth * NEXT_NO;
    int no_x = along(slots[from].x, qx, slots[to].x, at), no_y = along(slots[from].y, qy, slots[to].y, at);
    *trip_rows_push(&s->page.trips, s->visit->arena) = (Trip){.x1 = tenths(slots[from].x),
                                                              .y1 = tenths(slots[from].y),
                                                              .qx = tenths(qx),
                                                              .qy = tenths(qy),
                                                              .x2 = tenths(slots[to].x),
                                                              .y2 = tenths(slots[to].y),
                                                              .no_x = tenths(no_x),
                                                              .no_y = tenths(no_y),
                                                              .no_text = tenths(no_y + 5),
                                                              .no = no,
                                                              .waits = line->relay.state == RELAY_ISSUED,
                                                              .refused = line->relay.state == RELAY_REFUSED};
}

static Str seen_words(const RecordLine *line)
{
    switch (line->relay.state) {
    case RELAY_ISSUED: return S("許可証の番号、照会した機関の符号、かぎの要約値");
    case RELAY_ENDED: return S("封をした回答の長さと、答えた時刻。中身は開けません");
    case RELAY_REFUSED: return S("許可しなかったこと。提供者には何も届きません");
    case RELAY_NONE:
    case RELAY_STATE_COUNT: break;
    }
    return S("なし");
}

static void step_add(Sight *s, const RecordLine *line, Str no)
{
    char at[INSTANT_TEXT_SIZE];
    Arena *arena = s->visit->arena;
    ProvisionRecord record = record_of_relay(&line->relay);
    const Question *asked = &line->relay.permit.question;
    bool good = line->relay.state == RELAY_ENDED && record.provided_at;
    *step_rows_push(&s->page.steps, arena) =
        (Step){.no = no,
               .since = str_copy(arena, str_of(instant_in_japan(line->asked_at, at))),
               .asker = organisation_name(&s->list, &line->asker, arena),
               .provider = organisation_name(&s->list, &asked->provider, arena),
               .what = str_format(arena, "命令第2条の項 %d", asked->item),
               .state = record_result_words(&record),
               .sign = good ? S("✔") : S("▲"),
               .good = good,
               .waits = line->relay.state == RELAY_ISSUED,
               .seen = seen_words(line)};
}

static void trips_put(Sight *s, const RecordLineRows *lines)
{
    for (ptrdiff_t i = 0; i < lines->count; i++) {
        Str no = str_format(s->visit->arena, "%d", (int)i + 1);
        trip_add(s, &lines->at[i], no, (int)i);
        step_add(s, &lines->at[i], no);
    }
}

// ---- the page

static bool read(Sight *s, LetterSights *letters, RecordLineRows *lines, int64_t *residents, Error *err)
{
    Act *act = s->visit->act;
    Arena *arena = s->visit->arena;
    return allow_list_read(act->store, act->now, arena, &s->list, err) && organisations_seen(act->store, arena, &s->connected, err) &&
           letters_seen(act->store, MAILS_MOST, arena, letters, &s->page.lying, err) &&
           core_records_newest(act->store, TRIPS_MOST, arena, lines, err) && residents_seen(act->store, residents, err);
}

bool page_live(Visit *visit, Error *err)
{
    RecordLineRows lines;
    LetterSights letters;
    int64_t residents;
    Sight *s = NEW(visit->arena, Sight, 1);
    s->visit = visit;
    if (!read(s, &letters, &lines, &residents, err)) return false;
    nodes_put(s);
    mails_put(s, &letters);
    trips_put(s, &lines);
    s->page.core = str_format(visit->arena, "許可リスト第%lld版", (long long)s->list.list.version);
    s->page.jlis = str_format(visit->arena, "住民 %lld人", (long long)residents);
    s->page.said = str_format(visit->arena, "コアを中心に、つながっている機関 %lld、箱にある文 %lld通、近ごろの照会 %lld件。下の表に同じことがあります。",
                              (long long)s->connected.count, (long long)s->page.lying, (long long)lines.count);
    visit->renews = true;
    visit->narrow = true;
    visit->rows = lines.count;
    live_page_write(visit->page, &s->page);
    return true;
}
