// The commands that every office has.
// SPDX-License-Identifier: Apache-2.0
#include "audit_rows.h"
#include "authority.h"
#include "duty_change.h"
#include "entry_proof.h"
#include "founding.h"
#include "office_audit.h"
#include "office_main.h"
#include "office_number_rows.h"
#include "say.h"
#include "staff_name.h"
#include "witness.h"

#include <stdio.h>

// ---- init

static bool trail_kept_told(const Act *act, Error *err)
{
    bool kept;
    if (!office_trail_kept(act->office, &kept, err)) return false;
    if (kept) return true;
    (void)printf(
        "%s: 証跡の表を、データベースの役割 sesshu_%s が書き換えられる状態です。管理者の役割を "
        "--store に指定して sesshu init をもう一度実行するか、運用の手引き (PostgreSQL) の SQL を"
        "データベースの管理者に実行してもらってください。\n",
        act->office->program->name, act->office->program->name);
    return true;
}

static bool init(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    RoleFiles files;
    const Office *office = act->office;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)line, (void)status;
    if (!act_record_change(act, &leaf, err) ||
        !role_files(office->data_dir, str_of(office->program->name), act->now, arena, &files, err))
        return false;
    say(stdout, "%s: %.*s に用意ができています (%s、鍵の世代 %d、操作する職員 %.*s)。\n",
        office->program->name, STR(office->data_dir),
        store_is_postgresql(act->store) ? "PostgreSQL" : "SQLite", keys_version(office->keys),
        STR(actor_name(act->actor)));
    return trail_kept_told(act, err) &&
           (!office->program->founded || office->program->founded(act, *arena, err));
}

static const Option init_options[] = {
    {OPTION_FLAG, "practice", "",
     "架空の人だけの練習用にします (始めるときだけ、あとで変えられません)", false, false},
    {.kind = OPTION_END},
};

const Door office_init =
    COMMAND("init", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, init, .arguments = "",
            .words = "データの置き場所を用意します", .options = init_options);

// ---- upgrade

// The data was raised in opening; here stands the record of it.
static bool upgrade(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    int raised = act->office->raised;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    (void)line, (void)status;
    leaf.taken = raised;
    leaf.detail = str_format(arena, "%s", SESSHU_VERSION);
    if (!act_record_change(act, &leaf, err)) return false;
    if (raised)
        say(stdout, "%s: データを %s 版のものにしました (変更 %d 件)。\n",
            act->office->program->name, SESSHU_VERSION, raised);
    else
        say(stdout, "%s: データはすでに %s 版のものです。\n", act->office->program->name,
            SESSHU_VERSION);
    const OfficeProgram *program = act->office->program;
    return trail_kept_told(act, err) && (!program->upgraded || program->upgraded(act, *arena, err));
}

const Door office_upgrade =
    COMMAND("upgrade", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, upgrade, .arguments = "",
            .words = "新しい版のプログラムに合わせてデータを改めます (先に控えを取ってください)");

// ---- grant, revoke

static bool duties_refused(Str value, Arena *arena, Error *err)
{
    Text words = {0};
    text_add(&words, arena, S("この権限はありません。次のどれかを指定してください:"));
    for (Duty d = DUTY_NONE + 1; d < DUTY_COUNT; d++)
        text_addf(&words, arena, " %s(%s)", duty_text(d), duty_words(d));
    return FAIL(err, E_NOT_FOUND, .item = S("権限"), .value = value, .words = text_str(&words));
}

// `told`: what to say when it was changed, and when it was so already.
static bool change_duty(Act *act, const CommandLine *line, bool given, const char *const told[2],
                        Error *err)
{
    DutyChanged changed;
    DutyChange change = {.given = given, .by = actor_name(act->actor), .now = act->now};
    Str duty = line->arguments.at[1];
    if (!staff_name_read(line->arguments.at[0], act->arena, &change.name, err)) return false;
    if (!duty_named(duty, &change.duty)) return duties_refused(duty, act->arena, err);
    // The last one who can give rights would lock the office.
    if (!given && change.duty == DUTY_ADMIN && str_equal(change.name, change.by))
        return FAIL(err, E_CONFLICT, .item = S("職員"), .value = change.name,
                    .words = S("自分の管理の権限はなくせません。ほかの管理者に頼んでください。"));
    if (!act_begin(act, err) || !duty_change(act, &change, &changed, err) || !store_commit(act->store, err))
        return false;
    say(stdout, "%s: %.*s さんに「%s」(%s) の権限%s。\n", act->office->program->name,
        STR(change.name), duty_words(change.duty), duty_text(change.duty),
        told[changed.duty ? 0 : 1]);
    return true;
}

static bool grant(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    static const char *const told[] = {"を付与しました", "はすでにあります"};
    (void)arena, (void)status;
    return change_duty(act, line, true, told, err);
}

const Door office_grant =
    COMMAND("grant", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, grant, .arguments = "名前 権限",
            .least = 2, .most = 2, .words = "職員に権限を与えます:" DUTY_HELP);

static bool revoke(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    static const char *const told[] = {"はなくなりました", "はありません"};
    (void)arena, (void)status;
    return change_duty(act, line, false, told, err);
}

const Door office_revoke =
    COMMAND("revoke", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, revoke, .arguments = "名前 権限",
            .least = 2, .most = 2, .words = "職員の権限をなくします:" DUTY_HELP);

// ---- account

static bool account_read(Str login, Arena scratch, int64_t *account, Error *err)
{
    *account = account_named(login, scratch);
    if (*account != NO_ACCOUNT) return true;
    if (str_int64(login, account) && *account >= 0 && *account < UINT32_MAX) return true;
    return FAIL(err, E_NOT_FOUND, .item = S("ログイン"), .value = login,
                .words = S("このログインはこの計算機にありません。名前か番号 (uid) を"
                           "確かめてください。"));
}

static bool bind(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str name;
    int64_t account, record;
    (void)status;
    if (!staff_name_read(line->arguments.at[0], arena, &name, err) ||
        !account_read(line->arguments.at[1], *arena, &account, err))
        return false;
    AuditLeaf leaf = account_leaf(act, name, account);
    if (!act_begin(act, err) || !audit_next_no(act->store, &record, err) ||
        !staff_bind_account(act->store, name, account, record, *arena, err) ||
        !act_record(act, &leaf, err) || !store_commit(act->store, err))
        return false;
    say(stdout, "%s: %.*s さんのログインは %.*s (uid %lld) です。\n", act->office->program->name,
        STR(name), STR(account_name(account, arena)), (long long)account);
    return true;
}

const Door office_account =
    COMMAND("account", "office", DUTY_ADMIN, AUDIT_CHANGE, ALONE, bind, .arguments = "名前 ログイン",
            .least = 2, .most = 2, .words = "職員をこの計算機のログイン (名前か uid) に結びます");

// ---- audit verify

// Of the changes and of the looks; what one says of the other is read before the other.
static bool both_verified(Act *act, Arena *arena, AuditVerdict both[2], Error *err)
{
    enum { OWED_MOST = 8, OFFICE_OWED = 3 };
    AuditOwed owed[OWED_MOST] = {{"職員の権限", staff_duty_owed_sql},
                                 {"職員のログイン", staff_account_owed_sql},
                                 {"置き場所の設定", numbers_owed_sql}};
    int count = OFFICE_OWED;
    Looks *looks = act->office->looks;
    for (const AuditOwed *o = act->office->program->owed; o && o->sql && count < OWED_MOST; o++)
        owed[count++] = *o;
    return audit_verify(act->store, &act->office->trail, looks->store, owed, count, arena, &both[0],
                        err) &&
           audit_verify(looks->store, &looks->trail, act->store, NULL, 0, arena, &both[1], err);
}

// The check values are printed as they are: say would mask in them what reads as somebody's number.
static void both_told(const Act *act, const AuditVerdict both[2])
{
    char text[SHA256_TEXT_SIZE];
    bool whole = both[0].whole && both[1].whole;
    long long all = both[0].leaves + both[1].leaves, looks = both[1].leaves;
    if (whole)
        (void)printf("%s: 証跡%lld件はすべて書かれたときのままです。末尾の検査値: ",
                     act->office->program->name, all);
    else
        say(stdout, "%s: %.*s%.*s先頭からの%lld件は正しいものです。その検査値: ",
            act->office->program->name, STR(both[0].words), STR(both[1].words), all);
    (void)printf("%s", sha256_text(&both[0].chain, text));
    (void)printf("（うち閲覧%lld件: %s）\n", looks, sha256_text(&both[1].chain, text));
}

// Who may get in at a screen: rows that only our keys can have written.
static bool entries_verified(Act *act, Arena *arena, AuditVerdict *changes, Error *err)
{
    Str trouble;
    if (!entry_verify(act->store, act->office->keys, arena, &trouble, err)) return false;
    changes->words = str_join(arena, trouble, changes->words);
    changes->whole = changes->whole && !trouble.len;
    return true;
}

// What somebody kept outside, if he shows it.
static bool witness_heard(Act *act, const CommandLine *line, Arena *arena, AuditVerdict *changes,
                          Error *err)
{
    Str trouble, path = option_text(line, "witness");
    AuditSaids said = {0};
    const Trail *trail = &act->office->trail;
    if (!path.len) return true;
    if (!witness_read(trail, str_z(arena, path), arena, &said, err) ||
        !audit_bears_out(act->store, trail, &said, arena, &trouble, err))
        return false;
    changes->words = str_join(arena, trouble, changes->words);
    changes->whole = changes->whole && !trouble.len;
    return true;
}

// A setting that was turned by SQL: it turned nothing, and is named.
static bool founding_agrees(Act *act, Arena *arena, AuditVerdict *changes, Error *err)
{
    Founded founded;
    if (!founding_read(act->office, arena, &founded, err)) return false;
    if (!founded.trouble.len) return true;
    changes->words = str_format(arena, "データベースの設定「%.*s」が、業務を始めたときの証跡と違います (証跡のとおりに扱っています)。%.*s",
                                STR(founded.trouble), STR(changes->words));
    changes->whole = false;
    return true;
}

static bool verify(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    AuditVerdict both[2];
    bool lists_stand;
    const StrRows *words = &line->arguments;
    AuditLeaf leaf = act_leaf(act, AUDIT_DONE);
    if (!both_verified(act, arena, both, err) ||
        !entries_verified(act, arena, &both[0], err) || !founding_agrees(act, arena, &both[0], err) ||
        !witness_heard(act, line, arena, &both[0], err))
        return false;
    bool whole = both[0].whole && both[1].whole;
    leaf.rows = both[0].leaves + both[1].leaves;
    leaf.content = &both[0].chain;  // as digits in a text it might look like somebody's number
    leaf.detail = whole ? S("whole") : S("not whole");
    if (!act_record_now(act, &leaf, err)) return false;
    both_told(act, both);
    if (!office_audit_lists(act, words->at + 1, words->count - 1, &lists_stand, err)) return false;
    if (!whole || !lists_stand) *status = EXIT_ATTENTION;
    return trail_kept_told(act, err);
}

static bool audit(Act *act, const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    Str asked = line->arguments.at[0];
    if (str_equal(asked, S("verify"))) return verify(act, line, arena, status, err);
    if (str_equal(asked, S("read")) && line->arguments.count <= 2)
        return office_audit_read(act, line, arena, status, err);
    return FAIL(err, E_USAGE, .value = asked,
                .words = S("verify [FILE...] か read [宛名番号か、ledger-73 のような証跡番号] を指定してください。"));
}

static const Option audit_options[] = {
    {OPTION_TEXT, "staff", "NAME", "read: この職員の証跡だけ", false, false},
    {OPTION_DAY, "from", "D1", "read: この日から", false, false},
    {OPTION_DAY, "to", "D2", "read: この日まで", false, false},
    {OPTION_PLACE, "out", "FILE.csv", "read: 一覧を書くファイル", false, false},
    {OPTION_PLACE, "witness", "FILE", "verify: 外に残した証跡の控え (.trail の写しか、システムのログ)", false,
     false},
    {.kind = OPTION_END},
};

const Door office_audit = COMMAND(
    "audit", "office", DUTY_AUDIT, AUDIT_LOOK, SHARED, audit,
    .arguments = "verify [ファイル...]|read [宛名番号か証跡番号]", .least = 1, .most = -1,
    .options = audit_options,
    .words =
        "証跡と、出力した一覧が書き換えられていないか確かめます (verify)、だれが何をしたかを読みます (read)");
