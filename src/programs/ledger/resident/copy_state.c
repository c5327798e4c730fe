// SPDX-License-Identifier: Apache-2.0
#include "copy_state.h"

#include "city_settings.h"
#include "newest_change.h"
#include "person_rows.h"
#include "regular_file.h"
#include "sync_cursor_rows.h"
#include "say.h"

#include <assert.h>
#include <stdio.h>

// `there` false: nobody left a word, or one that is none.
static void newest_known(const Act *act, Arena *arena, NewestChange *newest, bool *there)
{
    char *text = NEW(arena, char, NEWEST_CHANGE_BYTES);
    *there = false;
    FILE *file = regular_file_read(office_path(act->office, NEWEST_CHANGE_FILE, arena));
    if (!file) return;
    size_t got = fread(text, 1, NEWEST_CHANGE_BYTES, file);
    (void)fclose(file);
    *there = newest_change_parse((Str){text, (ptrdiff_t)got}, newest);
}

// The addressee program keeps its data beside ours: then it leaves a word, and somebody has taken it away.
static bool word_missing(const Act *act, const SyncCursor *cursor, Arena scratch)
{
    return cursor->next_no > 0 && keys_there(act->office->data_dir, S("addressee"), scratch);
}

bool copy_behind(Act *act, Arena scratch, bool *behind, Error *err)
{
    SyncCursor cursor;
    NewestChange newest;
    bool there;
    if (!sync_cursor_read(act->store, &scratch, &cursor, err)) return false;
    newest_known(act, &scratch, &newest, &there);
    bool other = there && !str_equal(cursor.epoch, newest.epoch);
    *behind = there ? newest.change_no > 0 && (other || cursor.next_no < newest.change_no)
                    : word_missing(act, &cursor, scratch);
    return true;
}

static bool stale(CopyUse use, Str words, Error *err)
{
    if (use == COPY_LEAVES) return FAIL(err, E_STALE, .words = words);
    say(stderr, "注意: %.*s\n", STR(words));
    return true;
}

static bool age_fits(Act *act, CopyUse use, Arena scratch, Error *err)
{
    Day synced;
    bool there;
    char day[DAY_TEXT_SIZE];
    CitySettings settings;
    if (!sync_day_read(act->store, &synced, err)) return false;
    if (synced == DAY_NONE) return true;
    int64_t days = (int64_t)act->business_day - synced;
    if (!city_settings_read(office_path(act->office, "city.json", &scratch), &scratch, &settings,
                            &there, err))
        return false;
    int most = settings.copy_days ? settings.copy_days : COPY_DAYS_WARNED;
    if (days <= most) return true;
    Str words = str_format(&scratch,
                           "住民の写しは%lld日前 (%s) のものです。sesshu ledger sync で"
                           "新しい異動を取り込んでください。",
                           (long long)days, day_text(synced, day));
    return stale(settings.copy_days ? use : COPY_HELPS, words, err);
}

static Str behind_words(const Act *act, Arena *arena)
{
    bool there;
    NewestChange newest;
    newest_known(act, arena, &newest, &there);
    if (there)
        return S("宛名管理に届いた異動をまだ取り込んでいません。支援措置、死亡、転出を知らないまま"
                 "になります。sesshu ledger sync を先に実行してください。");
    return S("宛名管理に届いた異動の印 (addressee.newest) がなくなっているか、読めません。写しが"
             "新しいかわかりません。sesshu ledger sync を先に実行してください。");
}

bool copy_asked(Act *act, CopyUse use, Arena scratch, Error *err)
{
    assert(use == COPY_LEAVES || use == COPY_HELPS);
    bool behind;
    if (!copy_behind(act, scratch, &behind, err)) return false;
    if (!behind) return age_fits(act, use, scratch, err);
    return stale(use, behind_words(act, &scratch), err);
}

bool copy_asked_of_city(Act *act, Arena scratch, Error *err)
{
    bool any;
    if (!copy_asked(act, COPY_LEAVES, scratch, err) || !persons_any(act->store, &any, err)) return false;
    if (!any)
        say(stderr, "注意: 台帳に住民が一人もいません。データの置き場所 (--data) を確かめるか、先に sesshu addressee import "
                    "(はじめは全件 JUKI_…_ALL_….csv) と sesshu ledger sync を行ってください。\n");
    return true;
}
