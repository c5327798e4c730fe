// The resident register in time: what one row of the feed does to one person.
//
//     register_step(history, row) -> new versions, versions taken back, what must be done about it
//
// Law     住民基本台帳法 第7条, 第8条, 第22条 (a move is reported within 14 days); linkage.md 6.3 to 6.5.
// Axes    A version is true in life from `occurred_on`; it is known from the file that brought it. No
//         version is ever changed: it is taken back by a later one, and both stay.
// Undoing 異動事由 99 takes back the event of its day. Later events are replayed on top of what stood
//         before it: each keeps its own reason and day and changes what it changed the first time. The
//         feed's row is the state after all that, and its word wins.
// Vague   The day of leaving (転出確定, 死亡, 職権消除) and of what is taken back may be partly unknown: the
//         row is taken and stops everything at once, the earliest and the latest reading are kept, and
//         the day goes to a person (EFFECT_DAY_UNKNOWN). Every other event needs its day.
// Refusal A row that cannot be is refused with words and kept by whoever reads (never skipped).
// Memory  what is made lives in `arena`; texts of new versions point to where the row's or the history's
//         point.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"
#include "person_state.h"
#include "residence.h"
#include "resident_event.h"
#include "vec.h"

enum {
    // 住民基本台帳法 第22条: within 14 days of moving. What became known later than that was backdated.
    MOVE_REPORT_DAYS = 14,
    // A long life has some dozens of events; more rows than this are a broken feed.
    REGISTER_VERSIONS_MOST = 1000,
    // Nobody who lives is older; an older resident is a wrong century.
    LIFE_YEARS_MOST = 130,
};

typedef struct RegisterVersion {
    int32_t version_no;    // 1 is the first
    int32_t event_reason;  // EventReason
    Day occurred_on;       // the earliest reading
    int32_t vague_days;    // the latest reading lies so many days behind it; 0 = the day is known
    Day reported_on;       // DAY_NONE where not said
    int32_t withdrawn_by;  // the version that took it back; 0 = it stands
    PersonState state;
} RegisterVersion;
VEC(RegisterVersionRows, RegisterVersion, register_versions);

typedef struct FeedRow {
    int32_t event_reason;
    Day occurred_on, reported_on;
    int32_t vague_days;    // as in RegisterVersion
    PersonState state;     // after the event
    bool protection_said;  // the feed has that column; else what stands stays
    bool whole_picture;    // a row of a full copy (ALL): no event of its own need have happened
    Day known_on;          // the day of the file
    Day business_day;      // the office's: nobody is born after it
} FeedRow;

// What must be done beside storing, each at most once per row. Carried out by whoever applies the step.
#define REGISTER_EFFECTS(X)                                                          \
    X(MASK, "支援措置の開始。住所を伏せてから異動を表示する")                        \
    X(HOUSEHOLD_MASK, "支援措置を受ける人と同じ世帯。同じように伏せる")              \
    X(HOUSEHOLD_UNMASK, "支援措置を受ける人と世帯が別になった。伏せるのを終える")    \
    X(STAYS_COVERED, "支援措置を受ける人と世帯は別でも、伏せた住所にいる。職員が確かめるまで伏せたままにする") \
    X(REVIEW_UNMASK, "支援措置の終了が届いた。職員が確かめるまで伏せたままにする")   \
    X(ASK_HISTORY, "転入。前住所地へ接種歴を照会する")                               \
    X(ASK_FOREIGN_RECORDS, "国外からの転入。海外の接種記録の提出を求める")           \
    X(REOPENED, "以前の宛名番号で再び住民になった")                                  \
    X(STOP_MAIL, "死亡。発送を止める")                                               \
    X(REVIEW_SINCE_LEFT, "さかのぼった消除。その日より後の接種の費用区分を確かめる") \
    X(REJUDGE, "生年月日または性別が変わった。これまでの判定をやり直す")             \
    X(GUARDIAN, "世帯が変わった。保護者を確かめる")                                  \
    X(WARD, "区が変わった")                                                          \
    X(LINK_NUMBERS, "宛名番号が変わった人。新旧の対応を確かめる")                    \
    X(TWICE_RESIDENT, "住民のまま転入が届いた。二重登録でないか確かめる")            \
    X(EARLIER_EVENT_MISSING, "前の異動が届いていない。住民記録に確かめる")           \
    X(BACK_TO_LIFE, "死亡が取り消された。発送を止めた通知を確かめる")                \
    X(REPLAY_DIFFERS, "取消のあとの状態が計算と違う。届いた状態を正とした")          \
    X(DAY_UNKNOWN, "異動の日が一部分からない。住民記録に日を確かめる")

typedef enum RegisterEffect {
#define X(name, words) EFFECT_##name,
    REGISTER_EFFECTS(X)
#undef X
        EFFECT_COUNT
} RegisterEffect;

const char *register_effect_words(RegisterEffect effect);
bool register_effect_asks(RegisterEffect effect);         // a person must look into it
const char *register_effect_name(RegisterEffect effect);  // "MASK": as tables store it

typedef uint32_t RegisterEffects;  // one bit each
static inline bool effect_has(RegisterEffects effects, RegisterEffect effect)
{
    return effects >> effect & 1;
}

typedef enum StepOutcome {
    STEP_APPLIED,
    STEP_UNCHANGED,  // known already: the same row again, or a full copy that says what we have
    STEP_REFUSED,
} StepOutcome;

typedef struct RegisterStep {
    StepOutcome outcome;
    Error refusal;  // STEP_REFUSED; `row` is the caller's to fill
    RegisterVersionRows
        versions;  // new, at least one when applied; the last one is the current state
    RegisterVersionRows withdrawn;  // versions that no longer stand, withdrawn_by filled
    bool withdrawn_person;    // registered by mistake: nothing of this person is left standing
    RegisterEffects effects;  // in order of the enum: masks come first
} RegisterStep;

// `history` in order of version_no, all versions; empty for a person not seen before.
RegisterStep register_step(const RegisterVersionRows *history, const FeedRow *row, Arena *arena);

// The event of a person whom a full copy no longer lists (mark and sweep).
RegisterStep register_vanished(const RegisterVersionRows *history, Day known_on, Arena *arena);

// The newest version that stands; NULL when none does.
const RegisterVersion *register_current(const RegisterVersionRows *history);

// Somebody who was registered by hand (non_resident.h): the register has nothing to say about this number.
bool register_non_resident(const RegisterVersionRows *history);
// Nobody is born after the business day, or lives longer than LIFE_YEARS_MOST.
bool birth_possible(const PersonState *state, Day business_day);

// When the person was our resident, from the versions that stand; a non-resident never was.
ResidenceSpanRows register_residence(const RegisterVersionRows *history, Arena *arena);

// More than 5 % of those whom we hold as residents are gone from a full copy: a broken extract looks
// like this, so a person decides (F24).
bool full_copy_held(int64_t residents_known, int64_t vanished);
