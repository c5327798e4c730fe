// SPDX-License-Identifier: Apache-2.0
#include "ledger.h"

#include <assert.h>

#include "office_rules.h"
#include "rule_use_rows.h"
#include "say.h"

// Judges by these rules from now on.
static bool judge_by(Ledger *ledger, const Schedule *schedule, Arena *arena, Error *err)
{
    ledger->schedule = schedule;
    if (!foreign_codes_embedded(schedule, arena, &ledger->foreign, err)) return false;
    if (!product_numbers_read(ledger->act->store, schedule, arena, &ledger->products, err))
        return false;
    ledger->judge = judge_of(schedule, &ledger->products, &ledger->foreign, arena);
    return true;
}

bool ledger_open(Act *act, Arena *arena, Ledger *ledger, Error *err)
{
    assert(act->business_day != DAY_NONE);
    OfficeRules rules;
    *ledger = (Ledger){.act = act};
    if (!office_rules(act->office, arena, &rules, err)) return false;
    ledger->city_rules = rules.city;
    ledger->words = rules.words;
    ledger->rule_texts = rules.texts;
    return judge_by(ledger, rules.words.schedule, arena, err);
}

// ---- as it was

static bool texts_missing(const RuleUse *used, Day day, Arena *arena, Error *err)
{
    char asked[DAY_TEXT_SIZE], law[DAY_TEXT_SIZE];
    Str as_of = used->law_as_of == DAY_NONE
                    ? (Str){0}
                    : str_format(arena, "（%s 現在の法令）", day_text(used->law_as_of, law));
    return FAIL(err, E_RULE, .item = S("--known-on"), .value = used->version,
                .words = str_format(arena,
                                    "%s に使われていた規則の版%.*sの本文が台帳に残っていないため、"
                                    "その日の答えを出せません。",
                                    day_text(day, asked), STR(as_of)));
}

// The texts are the law; a program that compiles them otherwise gives them another version (0008).
static void tell_version(const RuleUse *used, const Schedule *schedule)
{
    Str now = schedule_version(schedule);
    if (!str_equal(used->version, now))
        say(stderr, "当時の規則の本文を今のプログラムで読み直しました（当時の版 %.*s、読み直した版 %.*s）。\n",
            STR(used->version), STR(now));
}

static bool judge_as_then(Ledger *ledger, Day day, Arena *arena, Error *err)
{
    RuleUse used;
    Store *store = ledger->act->store;
    const Schedule *then;
    if (!rule_used(store, ledger->known, arena, &used, err)) return false;
    if (!used.from_act) {
        say(stderr, "この日までに規則で判定した記録がありません。今の規則で答えます。\n");
        return true;
    }
    if (str_equal(used.version, schedule_version(ledger->schedule))) return true;
    if (!rule_texts_kept(store, used.version, arena, &ledger->rule_texts, err)) return false;
    if (!ledger->rule_texts.count) return texts_missing(&used, day, arena, err);
    if (!rules_of_texts(&ledger->rule_texts, arena, &then, err)) return false;
    tell_version(&used, then);
    return judge_by(ledger, then, arena, err);
}

bool ledger_of_day(const Ledger *now, Day day, Arena *arena, const Ledger **then, Error *err)
{
    assert(day != DAY_NONE);
    RuleUse used;
    KnownAt known;
    Error unread;
    const Schedule *schedule;
    Ledger *made = NEW(arena, Ledger, 1);
    Store *store = now->act->store;
    char text[DAY_TEXT_SIZE];
    *then = now;
    Day answers = now->known.act ? now->known_on : now->act->business_day;
    if (day >= answers) return true;
    if (!known_by(store, day, &known, &unread))
        return unread.code == E_NOT_FOUND || error_pass(err, &unread);
    if (!rule_used(store, known, arena, &used, err)) return false;
    if (!used.from_act || str_equal(used.version, schedule_version(now->schedule))) return true;
    *made = *now;
    if (!rule_texts_kept(store, used.version, arena, &made->rule_texts, err)) return false;
    if (!made->rule_texts.count) {
        say(stderr, "%s に使われていた規則の本文が残っていないため、今の規則で比べます（当時の版 %.*s）。\n",
            day_text(day, text), STR(used.version));
        return true;
    }
    if (!rules_of_texts(&made->rule_texts, arena, &schedule, err) ||
        !judge_by(made, schedule, arena, err))
        return false;
    *then = made;
    return true;
}

bool ledger_open_known(Act *act, Day day, Arena *arena, Ledger *ledger, Error *err)
{
    if (!ledger_open(act, arena, ledger, err)) return false;
    ledger->known_on = day;
    return day == DAY_NONE || (known_by(act->store, day, &ledger->known, err) &&
                               judge_as_then(ledger, day, arena, err));
}

bool ledger_products_again(Ledger *ledger, Error *err)
{
    assert(ledger->schedule);
    const Act *act = ledger->act;
    if (!product_numbers_read(act->store, ledger->schedule, act->arena, &ledger->products, err))
        return false;
    ledger->judge = judge_of(ledger->schedule, &ledger->products, &ledger->foreign, act->arena);
    return true;
}

bool ledger_products_complete(Ledger *ledger, Error *err)
{
    assert(ledger->schedule);
    const Act *act = ledger->act;
    if (!product_numbers_complete(act->store, ledger->schedule, act->arena, &ledger->products, err))
        return false;
    ledger->judge = judge_of(ledger->schedule, &ledger->products, &ledger->foreign, act->arena);
    return true;
}
