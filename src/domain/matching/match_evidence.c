// SPDX-License-Identifier: Apache-2.0
#include "match_evidence.h"

#include <assert.h>

enum { SCORE_NUMBER = 20, SCORE_SEX = 3, SCORE_CONTRADICTION = 15 };

static const int32_t birth_scores[] = {
    [BIRTH_EQUAL] = 35,     [BIRTH_DIGIT] = 15, [BIRTH_EXCHANGED] = 15, [BIRTH_ERA] = 15,
    [BIRTH_NEIGHBOUR] = 15, [BIRTH_VAGUE] = 15, [BIRTH_OTHER] = 0,
};

static const int32_t name_scores[] = {
    [NAME_SILENT] = 0,    [NAME_DIFFERENT] = 0, [NAME_TWO_SLIPS] = 12,
    [NAME_ONE_SLIP] = 22, [NAME_SOUNDS] = 33,   [NAME_EQUAL] = 35,
};

static const int32_t address_scores[] = {
    [ADDRESS_FIT_UNKNOWN] = 0, [ADDRESS_DIFFERS] = 0, [ADDRESS_PART_FITS] = 4,
    [ADDRESS_SAME_BLOCK] = 6,  [ADDRESS_SAME] = 7,
};

int32_t witness_score(const Witness *w)
{
    assert(w->person && w->index >= 0);
    int32_t score = birth_scores[w->birth] + name_scores[w->best];
    // The score is printed: of a protected person it must not tell whether a guessed address is right.
    if (!w->person->is_protected) score += address_scores[w->address];
    if (w->number) score += SCORE_NUMBER;
    if (w->sex == SEX_AGREES) score += SCORE_SEX;
    if (witness_contradicts(w)) score -= SCORE_CONTRADICTION;
    return score > 0 ? score : 0;
}

static const Str slot_words[] = {[SLOT_NAME] = S("氏名"), [SLOT_KANA] = S("カナ")};

static const Str slip_words[] = {
    [SLIP_NONE] = S("相違"),      [SLIP_LONG_VOWEL] = S("長音の違い"),
    [SLIP_VARIANT] = S("異体字"), [SLIP_EXCHANGED] = S("姓名が逆"),
    [SLIP_LETTER] = S("1字違い"), [SLIP_TWO_LETTERS] = S("2字違い"),
};

static const Str note_words[] = {
    [NOTE_NONE] = S(""),
    [NOTE_NAMESAKE] = S("同姓同名・同生年月日の者あり"),
    [NOTE_NEARER] = S("整理番号の人より氏名の近い者あり"),
    [NOTE_TWIN] = S("双子の名と区別できない"),
    [NOTE_MEMBER] = S("世帯に該当しうる者あり"),
    [NOTE_PROTECTED] = S("候補複数のうち職員の確認を要する者あり"),
    [NOTE_WITHDRAWN] = S("取消された登録"),
    [NOTE_SCRIPTS] = S("漢字とカナが別の氏名"),
    [NOTE_SEVERAL] = S("候補複数"),
};
_Static_assert(countof(note_words) == NOTE_COUNT, "every note has its words");

typedef struct Sentence {
    Text text;
    Arena *arena;
} Sentence;

static void say(Sentence *s, Str before, Str words)
{
    if (s->text.len) text_add(&s->text, s->arena, before);
    text_add(&s->text, s->arena, words);
}

static bool address_may_be_told(const Witness *w)
{
    return !w->person->is_protected;
}

static void say_what_agrees(Sentence *s, const Witness *w)
{
    if (w->number) say(s, S("・"), S("整理番号"));
    if (w->birth == BIRTH_EQUAL) say(s, S("・"), S("生年月日"));
    for (int slot = 0; slot < SLOT_COUNT; slot++)
        if (w->names[slot].fit >= NAME_SOUNDS) say(s, S("・"), slot_words[slot]);
    if (w->sex == SEX_AGREES) say(s, S("・"), S("性別"));
    if (witness_address_fits(w) && address_may_be_told(w)) say(s, S("・"), S("住所"));
    if (s->text.len) text_add(&s->text, s->arena, S("一致"));
}

static void say_name(Sentence *s, const NameWitness *name, Str slot)
{
    assert(slot.len > 0);
    if (name->fit == NAME_SILENT) return;
    if (name->alias && name->fit > NAME_DIFFERENT) say(s, S("、"), S("通称による"));
    if (name->former && name->fit > NAME_DIFFERENT) say(s, S("、"), S("旧氏名による"));
    bool only_former = name->former && name->slip == SLIP_NONE && name->fit > NAME_DIFFERENT;
    if (name->fit == NAME_EQUAL || only_former) return;
    say(s, S("、"), slot);
    text_add(&s->text, s->arena, slip_words[name->fit == NAME_DIFFERENT ? SLIP_NONE : name->slip]);
}

static void say_number(Sentence *s, const Case *c, const Witness *w)
{
    if (w->number) return;
    if (c->numbered) {
        say(s, S("、"), S("整理番号は別人"));
    } else {
        say(s, S("、"), c->row->number_written ? S("整理番号の該当者なし") : S("整理番号なし"));
    }
}

static void say_address(Sentence *s, const Case *c, const Witness *w)
{
    if (!address_may_be_told(w)) return;
    if (!c->row->address.len) {
        say(s, S("、"), S("住所記載なし"));
    } else if (w->address == ADDRESS_DIFFERS) {
        say(s, S("、"), S("住所相違"));
    } else if (witness_address_fits(w) && w->address_former) {
        say(s, S("、"), S("旧住所"));
    }
}

Str witness_evidence(const Case *c, const Witness *w, MatchNote note, Arena *arena)
{
    assert(note >= 0 && note < NOTE_COUNT);
    Sentence s = {.arena = arena};
    say_what_agrees(&s, w);
    if (w->birth != BIRTH_EQUAL) {
        say(&s, S("、"), birth_slip_words(w->birth));
    } else if (w->birth_former) {
        say(&s, S("、"), S("訂正前の生年月日"));
    }
    for (int slot = 0; slot < SLOT_COUNT; slot++) say_name(&s, &w->names[slot], slot_words[slot]);
    if (w->sex == SEX_DIFFERS) say(&s, S("、"), S("性別相違"));
    say_number(&s, c, w);
    say_address(&s, c, w);
    if (w->person->withdrawn) say(&s, S("、"), note_words[NOTE_WITHDRAWN]);
    if (note != NOTE_NONE) say(&s, S("、"), note_words[note]);
    return text_str(&s.text);
}
