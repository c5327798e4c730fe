// SPDX-License-Identifier: Apache-2.0
#include "resolve.h"

#include <assert.h>

#include "counter_rows.h"
#include "fold.h"
#include "from_picture.h"
#include "individual_no.h"
#include "intake_staging.h"
#include "rule_use_rows.h"
#include "touched_rows.h"

enum { KEPT_CANDIDATES = 1 << 20 };

// ---- what was typed

static bool missing(Error *err, Str item)
{
    return FAIL(err, E_MISSING, .item = item, .words = S("この項目を書いてください。"));
}

static bool all_there(const ResolveTyped *t, Error *err)
{
    if (!str_trim(t->reason).len) return missing(err, S("理由"));
    if (str_present(t->person) == str_present(t->code))
        return FAIL(err, E_MISSING, .item = S("決定"),
                    .words =
                        S("--accept 宛名番号 か --return コード のどちらか一つを書いてください。"));
    bool twice = str_present(t->record) + str_present(t->moves) + t->apart > 1;
    bool of_nobody = str_present(t->code) && (str_present(t->record) || str_present(t->moves) || t->apart);
    if (twice || of_nobody)
        return FAIL(err, E_CONFLICT, .item = S("決定"),
                    .words = t->at_screen
                                 ? S("この行が関わる記録か、訂正する記録の番号か、どれか一つだけを指定してください。")
                                 : S("--record、--move、--separate は --accept とともに、どれか一つだけ書けます。"));
    return true;
}

static bool code_of(Str typed, IntakeCode *code, Error *err)
{
    for (IntakeCode c = INTAKE_CODE_NONE + 1; c < INTAKE_CODE_COUNT; c++) {
        if (!str_equal(intake_code_text(c), typed) || intake_code_text(c).at[0] == 'W') continue;
        *code = c;
        return true;
    }
    return FAIL(err, E_CODE_UNKNOWN, .item = S("返戻コード"), .value = typed,
                .words = S("返戻理由のコード（R131、V132 など）を書いてください。"));
}

// Anybody whom the ledger knows.
static bool anybody(Store *store, const AddresseeNo *who, Arena *arena, ReviewCandidate *one, Error *err)
{
    PersonRow person;
    if (!person_by_number(store, who, KNOWN_NOW, arena, &person, err)) return false;
    *one = (ReviewCandidate){person.person_id, person.who, person.name, person.is_protected};
    return person.person_id ||
           FAIL(err, E_NOT_FOUND, .item = S("宛名番号"), .value = addressee_text(who),
                .words = S("この宛名番号の人は台帳にいません。番号をお確かめください。"));
}

static bool candidate_of(Store *store, const ReviewCandidates *all, const ResolveTyped *t, Arena *arena,
                         ReviewCandidate *one, Error *err)
{
    Str typed = t->person;
    AddresseeNo who;
    if (!addressee_no_parse(typed, &who, NULL, err)) return false;
    VEC_EACH (const ReviewCandidate, c, *all) {
        if (!str_equal(addressee_text(&c->who), addressee_text(&who))) continue;
        *one = *c;
        return true;
    }
    if (t->beyond) return anybody(store, &who, arena, one, err);
    return FAIL(err, E_NOT_FOUND, .item = S("宛名番号"),
                .value = individual_no_mask_text(arena, typed),
                .words = t->at_screen
                             ? S("この行の候補ではありません。候補のほかの人の接種なら、「候補にいないとき」でその人をさがしてください。")
                             : S("この行の候補ではありません。候補のほかの人の接種なら、この行を返戻し、"
                                 "sesshu ledger enter で記録してください。"));
}

// ---- accepting

static bool vaccine_named(Staging *g, const ResolveTyped *t, Error *err)
{
    Str typed = t->vaccine;
    DaySpan born = {0}, given = {0};
    bool unknown = g->s.row.defects & DEFECT_VACCINE;
    if (!str_present(typed)) return true;
    if (!unknown)
        return FAIL(
            err, E_CONFLICT, .item = S("ワクチン"), .value = typed,
            .words = t->at_screen ? S("この行のワクチンは読み取れています。「ワクチン」は空けてください。違うワクチンなら返戻してください。")
                                  : S("この行のワクチンは読み取れています。--vaccine は要りません。違うワクチンなら"
                                      "返戻してください。"));
    (void)partial_date_span(g->s.row.birth, &born);
    (void)partial_date_span(g->s.row.given_on, &given);
    g->s.product = product_find(g->run->ledger->schedule, typed, born.last, given.last, *g->arena);
    if (g->s.product == PRODUCT_NONE)
        return FAIL(err, E_NOT_FOUND, .item = S("ワクチン"), .value = typed,
                    .words = S("このワクチンは規則にありません。名前か記号を確かめてください。"));
    g->s.row.defects &= ~(unsigned)DEFECT_VACCINE;
    return true;
}

static bool choice_made(Staging *g, const ResolveTyped *typed, Error *err)
{
    bool moves = str_present(typed->moves);
    Str record = moves ? typed->moves : typed->record;
    if (typed->apart) g->choice = CHOICE_APART;
    if (!str_present(record)) return true;
    // Whoever names the record has read the mark that the program could not read.
    g->s.row.corrects = g->s.row.corrects || g->s.row.corrects_unread;
    g->choice = moves ? CHOICE_MOVES : CHOICE_CORRECTS;
    return (fold_int64(g->arena, record, &g->chosen) && g->chosen > 0 && g->chosen < PROVISIONAL) ||
           FAIL(err, E_NOT_FOUND, .item = S("記録番号"), .value = record,
                .words = S("ledger show に出る記録番号を書いてください。"));
}

// The link that a person has made.
static bool link(Staging *g, const ReviewCandidate *who, Error *err)
{
    const MatchLookup number = {.kind = LOOKUP_NUMBER, .text = addressee_text(&who->who)};
    MatchLookups keys = {0};
    *match_lookups_push(&keys, g->arena) = number;
    if (!match_read(g->run->matches, &keys, g->arena, &g->found, err)) return false;
    if (!g->found.persons.count || g->found.persons.at[0].withdrawn)
        return FAIL(err, E_CONFLICT, .item = S("宛名番号"), .value = number.text,
                    .words = S("この人の登録は取り消されています。"));
    g->person = &g->found.persons.at[0];
    const MatchVersion *now = &g->person->versions.at[g->person->versions.count - 1];
    bool sexes = g->s.match.sex && g->s.match.sex != SEX_UNKNOWN && now->sex != SEX_UNKNOWN;
    g->match =
        (MatchDecision){.outcome = MATCH_LINK, .sex_differs = sexes && g->s.match.sex != now->sex};
    *match_candidates_push(&g->match.persons, g->arena) = (MatchCandidate){.person = 0};
    return true;
}

// What to do, in the words of whoever decides: the command's options, or the screen's fields.
typedef enum Remedy { REMEDY_NONE, REMEDY_VACCINE, REMEDY_WHICH, REMEDY_GONE, REMEDY_NO_MOVE, REMEDY_WHOSE, REMEDIES } Remedy;
static const struct {
    Str command, screen;
} remedies[REMEDIES] = {
    [REMEDY_NONE] = {S("この人の接種としては登録できません。返戻するか、記録を直してから決めてください。"),
                     S("この人の接種としては登録できません。返戻するか、記録を直してから決めてください。")},
    [REMEDY_VACCINE] = {S("ワクチンが分かりません。--vaccine で指定してください。"),
                        S("ワクチンが分かりません。「ワクチン」に名前か記号を入力してください。")},
    [REMEDY_WHICH] = {S("この人のどの記録の訂正かを --record 記録番号 で、別の接種なら --separate で指定してください。"),
                      S("この人のどの記録の訂正かを選ぶか、「訂正する記録の番号」に入力してください。"
                        "別の接種なら「どの記録とも別の接種」を選びます。")},
    [REMEDY_GONE] = {S("この行が尋ねていた記録は、いまは誰の接種でもありません。その理由を確かめ、別の接種として"
                       "登録するなら --separate を書いてください。登録しないなら返戻します。"),
                     S("この行が尋ねていた記録は、いまは誰の接種でもありません。その理由を確かめ、別の接種として"
                       "登録するなら「どの記録とも別の接種」を選んでください。登録しないなら返戻します。")},
    [REMEDY_NO_MOVE] = {S("--move の記録は、この行が訂正するかもしれない別の人の記録ではありません。取り消されたか、"
                          "もう移っています。ledger show で記録を確かめてください。"),
                        S("選んだ記録は、いまは別の人の記録ではありません。取り消されたか、もう移っています。"
                          "記録を選び直してください。")},
    [REMEDY_WHOSE] = {S("別の人の記録が関わります。その記録をこの人に移すなら --move 記録番号、"
                        "移さず別の接種として登録するなら --separate を書いてください。"),
                      S("別の人の記録が関わります。この人に移すならその記録を、移さず別の接種として登録するなら"
                        "「どの記録とも別の接種」を選んでください。")},
};

static Remedy remedy_of(const Staging *g)
{
    const IntakeDecision *d = &g->staged->decision;
    if (g->choice == CHOICE_MOVES && !d->asks_others) return REMEDY_NO_MOVE;
    if (d->asks_others && !g->others && g->asked_ended) return REMEDY_GONE;
    if (d->asks_others || d->codes[0] == INTAKE_D307) return REMEDY_WHOSE;
    if (d->codes[0] == INTAKE_D306) return REMEDY_WHICH;
    return d->codes[0] == INTAKE_R103 ? REMEDY_VACCINE : REMEDY_NONE;
}

static bool can_be_stored(const Staging *g, bool at_screen, Error *err)
{
    const IntakeDecision *d = &g->staged->decision;
    if (d->outcome == INTAKE_OPEN || d->outcome == INTAKE_DUPLICATE) return true;
    Remedy remedy = remedy_of(g);
    Str told = intake_message_text(d, &g->s.row, g->arena), evidence = g->staged->evidence;
    if (at_screen) evidence = review_evidence_alone(evidence);
    if (d->asks_others) told = str_format(g->arena, "%.*s %.*s", STR(told), STR(evidence));
    return FAIL(err, E_CONFLICT, .item = S("判定"), .value = told,
                .words = at_screen ? remedies[remedy].screen : remedies[remedy].command);
}

static bool judged_as(Staging *g, const WaitingRow *row, const ReviewCandidate *who,
                      const ResolveTyped *typed, Error *err)
{
    IntakeSets *sets = NEW(g->arena, IntakeSets, 1);
    g->decided = true;
    g->staged->items = staging_waiting_items(row, g->arena);
    staging_read_kept(g);
    g->s.label = row->label;
    g->s.row_no = row_number(row->label, g->arena);
    g->staged->content = row->content;
    if (!vaccine_named(g, typed, err) || !choice_made(g, typed, err)) return false;
    staging_check(g);
    if (g->staged->decision.outcome == INTAKE_OPEN &&
        (!link(g, who, err) || !staging_ask(g, 1, sets, g->arena, err)))
        return false;
    staging_compare(g);
    staging_tell(g);
    return can_be_stored(g, typed->at_screen, err);
}

// What left somebody else for this person, in words for whoever decided and for the record of the decision.
static void tell_move(const Staging *g, ReviewDecision *decision)
{
    char day[DAY_TEXT_SIZE];
    const PersonCorrection *move = g->staged->move;
    if (!move) return;
    decision->moved_dose = move->old->dose.dose_id;
    decision->moved_from = g->another.addressee_no;
    decision->message = str_format(
        g->arena, "%.*s%s%.*s の記録 %d（%s %.*s）をこの人に移しました。",
        STR(decision->message), decision->message.len ? " " : "",
        STR(g->another.is_protected ? S("***") : g->another.name),
        decision->moved_dose, partial_date_text(move->old->dose.given_on, day),
        STR(g->run->ledger->products.code_of[move->old->dose.product_no]));
}

// ---- the row in hand (from_picture.h)

typedef struct Resolving {
    Ledger *ledger;
    const ResolveTyped *typed;
    ReviewDecision *decision;
    WaitingRow row;
    ReviewCandidate who;  // accepted: whose dose it is
    IntakeRun run;
    Staging *g;  // NULL: the row is returned
} Resolving;

static bool accept(Resolving *r, Error *err)
{
    IntakeRun *run = &r->run;
    Arena *arena = r->ledger->act->arena;
    StagedRow *staged = NEW(arena, StagedRow, 1);
    *staged = (StagedRow){.row_id = r->row.row_id, .score = -1};
    *staged_rows_push(&run->rows, arena) = staged;
    r->g = NEW(arena, Staging, 1);
    *r->g = (Staging){.run = run, .arena = arena, .staged = staged};
    if (!judged_as(r->g, &r->row, &r->who, r->typed, err) || !staging_keep(r->g, err)) return false;
    staging_tell(r->g);
    staging_settle(r->g);
    return intake_judge(run, &staged, 1, *arena, err);
}

static bool stage_accepted(Resolving *r, const PictureTaken *picture, Error *err)
{
    ReviewCandidates candidates;
    Arena *arena = r->ledger->act->arena;
    Store *store = r->ledger->act->store;
    if (!r->row.items.len)
        return FAIL(err, E_CONFLICT, .item = S("行"), .value = r->row.label,
                    .words = S("この行の内容は残っていません。返戻し、再提出を依頼してください。"));
    if (!review_candidates_of(store, r->row.row_id, arena, &candidates, err) ||
        !candidate_of(store, &candidates, r->typed, arena, &r->who, err))
        return false;
    r->run.file.month = r->row.month;
    bool numbered = picture->in_turn ? ledger_products_complete(r->ledger, err) : ledger_products_again(r->ledger, err);
    if (!numbered || !intake_prepare(&r->run, arena, err)) return false;
    r->run.matches = match_reader(store, arena, KEPT_CANDIDATES);
    return accept(r, err);
}

static bool stage_returned(Resolving *r, Error *err)
{
    IntakeCode code = INTAKE_CODE_NONE;
    if (!code_of(r->typed->code, &code, err)) return false;
    *r->decision = (ReviewDecision){.row_id = r->row.row_id,
                                    .outcome = INTAKE_RETURNED,
                                    .codes = intake_code_text(code),
                                    .message = intake_code_words(code)};
    return true;
}

static bool stage(void *work, const PictureTaken *picture, Error *err)
{
    Resolving *r = work;
    const Act *act = r->ledger->act;
    r->run = (IntakeRun){.ledger = r->ledger};
    r->g = NULL;
    if (!review_find(act->store, &r->typed->row, act->arena, &r->row, err)) return false;
    return str_present(r->typed->person) ? stage_accepted(r, picture, err) : stage_returned(r, err);
}

// One row is staged anew sooner than it is asked what the others have done.
static bool settle(void *work, const PictureTaken *picture, bool *again, Error *err)
{
    ActsSince acts;
    const Resolving *r = work;
    if (!acts_since(r->ledger->act->store, picture->act_no, &acts, err)) return false;
    *again = acts.count > 0;
    return true;
}

static bool publish_accepted(Resolving *r, Error *err)
{
    Arena *arena = r->ledger->act->arena;
    IntakeRun *run = &r->run;
    const StagedRow *staged = r->g->staged;
    const IntakeDecision *d = &staged->decision;
    if (!rule_use_note(r->ledger->act->store, &run->act, r->ledger->schedule, &r->ledger->rule_texts, *arena, err) ||
        !intake_publish(run, *arena, err))
        return false;
    *r->decision = (ReviewDecision){
        .row_id = r->row.row_id,
        .outcome = d->outcome,
        .person_id = r->who.person_id,
        .dose_id = staged->dose_id,
        .dose_status = d->status,
        .reasons = staged->reasons,
        .codes = d->code_count ? intake_codes_text(d, arena) : (Str){0},
        .message = d->code_count ? intake_message_text(d, &r->g->s.row, arena) : (Str){0},
    };
    tell_move(r->g, r->decision);
    return true;
}

// A dose that left its person is in the record of both.
static bool record_move(Act *act, const ReviewDecision *d, Error *err)
{
    if (!d->moved_dose) return true;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    leaf.whose = &d->moved_from;
    leaf.rows = leaf.taken = 1;
    leaf.detail = str_format(act->arena, "row %d moved dose %d away", d->row_id, d->moved_dose);
    return act_record(act, &leaf, err);
}

static bool record(Act *act, const ReviewDecision *d, const ReviewCandidate *who, Error *err)
{
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (d->person_id) leaf.whose = &who->who;
    leaf.rows = 1;
    leaf.taken = d->outcome != INTAKE_RETURNED;
    leaf.refused = d->outcome == INTAKE_RETURNED;
    leaf.detail =
        str_format(act->arena, "row %d %.*s", d->row_id, STR(intake_outcome_text(d->outcome)));
    if (d->moved_dose)
        leaf.detail = str_format(act->arena, "%.*s, moved dose %d here", STR(leaf.detail), d->moved_dose);
    return act_record(act, &leaf, err) && record_move(act, d, err);
}

static bool publish(void *work, Error *err)
{
    Resolving *r = work;
    Act *act = r->ledger->act;
    return ledger_act_begin(act, ACT_ENTRY, r->typed->reason, &r->run.act, err) &&
           (!r->g || publish_accepted(r, err)) && review_decide(act->store, &r->run.act, r->decision, err) &&
           record(act, r->decision, &r->who, err);
}

static void round_over(void *work)
{
    Resolving *r = work;
    match_reader_close(r->run.matches);
    r->run.matches = NULL;
}

bool resolve_row_try(Ledger *ledger, const ResolveTyped *typed, Error *err)
{
    ReviewDecision decision;
    const PictureTaken picture = {.in_turn = false};
    Resolving resolving = {.ledger = ledger, .typed = typed, .decision = &decision};
    bool good = all_there(typed, err) && stage(&resolving, &picture, err);
    round_over(&resolving);
    return good;
}

bool resolve_row_in_turn(Ledger *ledger, const ResolveTyped *typed, ReviewDecision *decision, Error *err)
{
    assert(!store_is_idle(ledger->act->store));
    const PictureTaken picture = {.in_turn = true};
    Resolving resolving = {.ledger = ledger, .typed = typed, .decision = decision};
    bool good = all_there(typed, err) && stage(&resolving, &picture, err) && publish(&resolving, err);
    round_over(&resolving);
    return good;
}

bool resolve_row(Ledger *ledger, const ResolveTyped *typed, ReviewDecision *decision, Error *err)
{
    assert(store_is_idle(ledger->act->store));
    static const PictureWork kind = {
        .stage = stage, .settle = settle, .publish = publish, .round_over = round_over};
    Resolving resolving = {.ledger = ledger, .typed = typed, .decision = decision};
    bool whole = product_numbers_whole(&ledger->products, ledger->schedule);
    return all_there(typed, err) && picture_publish(ledger->act, &kind, &resolving, !whole, err);
}
