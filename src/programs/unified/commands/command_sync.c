// sesshu unified sync: whose Individual Number is which, from the addressee program.
//
// One answer is one transaction: what it says, where it ended and its record stand or fall together. Where addressee does
// not know our place in its sequence any more, everything is taken again from the beginning; nothing is deleted here.
// SPDX-License-Identifier: Apache-2.0
#include "numbering.h"

#include "http_client.h"
#include "register_cursor_rows.h"
#include "say.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAGE = 1000, PAGE_BYTES = 256 << 20 };

typedef struct Sync {
    Act *act;
    HttpClient *client;
    RegisterCursor cursor;
    char epoch[EPOCH_LENGTH + 1];
    bool from_the_beginning;
    int64_t taken, numbered, looks;  // looks: changes that a person must look at
    int64_t unread;                  // that the register could not open
} Sync;

static void cursor_move(Sync *sync, const NumberAnswer *answer)
{
    (void)snprintf(sync->epoch, sizeof sync->epoch, "%.*s", STR(answer->epoch));
    sync->cursor = (RegisterCursor){str_of(sync->epoch), answer->next_cursor, !answer->more};
}

static void count(Sync *sync, NumberingDecision decision)
{
    sync->taken++;
    sync->numbered += decision == NUMBERING_NEW;
    sync->unread += decision == NUMBERING_UNREAD;
    sync->looks += decision == NUMBERING_REVIEW || decision == NUMBERING_CLASH;
}

static bool changes_taken(Sync *sync, const NumberAnswer *answer, Arena scratch, Error *err)
{
    VEC_EACH (const NumberChange, change, answer->changes) {
        Numbering taken;
        if (!numbering_take(sync->act, change, scratch, &taken, err)) return false;
        count(sync, taken.decision);
    }
    return true;
}

static bool page_taken(Sync *sync, const NumberAnswer *answer, Arena scratch, Error *err)
{
    Act *act = sync->act;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.rows = leaf.taken = answer->changes.count;
    const RegisterCursor reached = {answer->epoch, answer->next_cursor, !answer->more};
    return act_begin(act, err) && changes_taken(sync, answer, scratch, err) &&
           register_cursor_keep(act->store, &reached, act->now, err) && act_record(act, &leaf, err) &&
           store_commit(act->store, err);
}

static bool asked(Sync *sync, Arena *arena, NumberAnswer *answer, Error *err)
{
    Str bytes;
    const DifferenceAsk ask = {sync->cursor.epoch, sync->cursor.next_no, PAGE};
    return http_ask(sync->client, NUMBERS_PATH, difference_ask_encode(&ask, arena), arena, &bytes, err) &&
           number_answer_decode(bytes, arena, answer, err);
}

static bool stuck(const Sync *sync, Error *err)
{
    Arena words = arena_reserve(1 << 12);
    (void)FAIL(err, E_MESSAGE,
               .words = str_format(&words,
                                   "個人番号の系列が %lld 番から進みません。宛名管理の記録を確かめ、保守の担当者に"
                                   "知らせてください。",
                                   (long long)sync->cursor.next_no));
    arena_release(words);
    return false;
}

// `more`: another page lies behind this one.
static bool page_followed(Sync *sync, Arena *arena, bool *more, Error *err)
{
    NumberAnswer answer = {0};
    if (!asked(sync, arena, &answer, err)) return false;
    *more = true;
    if (answer.refusal != DIFFERENCE_GIVEN && !sync->from_the_beginning) {
        sync->from_the_beginning = true;
        sync->cursor = (RegisterCursor){0};
        return true;
    }
    if (answer.refusal != DIFFERENCE_GIVEN || (answer.more && answer.next_cursor <= sync->cursor.next_no))
        return stuck(sync, err);
    if (!page_taken(sync, &answer, *arena, err)) return false;
    cursor_move(sync, &answer);
    *more = answer.more;
    return true;
}

// The answer has Individual Numbers, as bytes and as rows, also one that could not be read or taken.
static bool page(Sync *sync, Arena arena, bool *more, Error *err)
{
    char *first = arena.at;
    bool followed = page_followed(sync, &arena, more, err);
    bytes_wipe(first, arena.at - first);
    return followed;
}

// Pages live in a place of their own: the act's grows meanwhile.
static bool sync_run(Sync *sync, Arena *arena, Error *err)
{
    bool more = true, again = sync->from_the_beginning;
    bool good = again || register_cursor_read(sync->act->store, arena, &sync->cursor, err);
    Arena pages = arena_reserve(PAGE_BYTES);
    while (good && more) good = page(sync, pages, &more, err);
    arena_release(pages);
    return good;
}

static const char addressee_variable[] = "SESSHU_ADDRESSEE";

static bool connect_addressee(Sync *sync, Arena *arena, Error *err)
{
    const char *place = getenv(addressee_variable);
    if (!place || !*place)
        return FAIL(err, E_HTTP,
                    .words = S("宛名管理の場所が分かりません。sesshu unified sync で実行するか、"
                               "SESSHU_ADDRESSEE に 127.0.0.1:8701 のように指定してください。"));
    const HttpPeer peer = {.data_dir = sync->act->office->data_dir,
                           .own_role = S("unified"),
                           .peer_role = S("addressee"),
                           .address = str_of(place)};
    return http_client_open(&peer, arena, &sync->client, err);
}

static bool sync_command(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Sync sync = {.act = act, .from_the_beginning = option_given(line, "again") != NULL};
    bool good = connect_addressee(&sync, arena, err) && sync_run(&sync, arena, err);
    http_client_close(sync.client);
    if (!good) return false;
    say(stderr, "宛名管理から %lld 件を受け取り、%lld 人に統一識別番号を付けました%s。\n", (long long)sync.taken,
        (long long)sync.numbered, sync.from_the_beginning ? " (はじめから取り直しました)" : "");
    if (sync.unread)
        say(stderr, "宛名管理が個人番号か住所を開けないものが %lld 件あります。その人の照会と提供を止めました。宛名管理を直し、"
                    "sesshu unified sync --again で受け取り直してください。\n", (long long)sync.unread);
    if (sync.looks)
        say(stderr, "登録と合わないものが %lld 件あります。sesshu unified work で確かめてください。\n", (long long)sync.looks);
    if (sync.unread || sync.looks) *status = EXIT_ATTENTION;
    return true;
}

static const Option options[] = {
    {OPTION_FLAG, "again", NULL, "はじめから受け取り直す (宛名管理で開けなかったものを直したあとに)", false, false},
    {.kind = OPTION_END},
};

const Door command_sync = COMMAND("sync", "numbers", DUTY_IMPORT, AUDIT_IMPORT, ALONE, sync_command, .arguments = "",
                                  .words = "宛名管理から個人番号を受け取り、統一識別番号を付けます", .options = options);
