// SPDX-License-Identifier: Apache-2.0
#include "full_copy.h"

#include "map.h"
#include "register_step.h"
#include "residents_missing_rows.h"

#include <string.h>

bool difference_asked(HttpClient *client, const SyncCursor *cursor, Arena *arena,
                      DifferenceAnswer *answer, Error *err)
{
    Str bytes;
    const DifferenceAsk question = {
        .epoch = cursor->epoch, .cursor = cursor->next_no, .most = DIFFERENCE_MOST};
    if (!difference_epoch_valid(question.epoch) || question.cursor < 0)
        return FAIL(err, E_STORE,
                    .words =
                        S("保存されている差分の位置が読めません。復旧の手順に従ってください。"));
    return http_ask(client, DIFFERENCE_PATH, difference_ask_encode(&question, arena), arena, &bytes,
                    err) &&
           difference_answer_decode(bytes, arena, answer, err);
}

static void note(const DifferenceAnswer *answer, Arena *arena, Map *told)
{
    bool made;
    VEC_EACH (const PersonChange, change, answer->changes)
        if (!map_find(told, change->addressee_no))
            *map_place(told, arena, str_copy(arena, change->addressee_no), &made) = 1;
}

// Everybody whom the register tells, from the beginning. A refusal or a cursor that stands still ends it: taking it
// says why.
static bool told_read(HttpClient *client, Arena *arena, Map *told, Error *err)
{
    enum { PAGE_BYTES = 512 << 20 };
    SyncCursor cursor = {0};
    char epoch[EPOCH_LENGTH + 1] = "";
    bool more = true, read = true;
    Arena whole = arena_reserve(PAGE_BYTES);
    while (read && more) {
        DifferenceAnswer answer;
        Arena page = whole;
        read = difference_asked(client, &cursor, &page, &answer, err);
        more = read && answer.refusal == DIFFERENCE_GIVEN && answer.more &&
               !difference_stands_still(&answer, cursor.next_no);
        if (!read || answer.refusal != DIFFERENCE_GIVEN) break;
        note(&answer, arena, told);
        memcpy(epoch, answer.epoch.at, (size_t)answer.epoch.len);
        cursor = (SyncCursor){.epoch = {epoch, answer.epoch.len}, .next_no = answer.next_cursor};
    }
    arena_release(whole);
    return read;
}

bool full_copy_weighed(HttpClient *client, Store *store, Error *err)
{
    enum { TOLD_BYTES = 1 << 30 };
    Map told = {0};
    int64_t residents = 0, missing = 0;
    Arena whole = arena_reserve(TOLD_BYTES), arena = whole;
    bool read = told_read(client, &arena, &told, err) &&
                residents_missing(store, &told, &residents, &missing, err);
    arena_release(whole);
    if (!read || !full_copy_held(residents, missing)) return read;
    Arena words = arena_reserve(1 << 12);
    (void)FAIL(err, E_CONFLICT,
               .words = str_format(&words,
                                   "宛名管理の全件に、台帳の住民 %lld 人のうち %lld 人がいません (住民の 5 %% を超える)。"
                                   "何も変えていません。宛名管理のデータベースが空か、古いものです。控えから戻すか、"
                                   "住民情報の全件を取り込んでから、もう一度実行してください。",
                                   (long long)residents, (long long)missing));
    arena_release(words);
    return false;
}
