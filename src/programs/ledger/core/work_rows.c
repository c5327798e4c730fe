// SPDX-License-Identifier: Apache-2.0
#include "work_rows.h"

#include <assert.h>

typedef struct KindFact {
    Str code, title, to_do;
} KindFact;

// clang-format off
static const KindFact kinds[] = {
    [WORK_CLAIM_MOVED] = {S("claim_moved"), S("転出・死亡のあとの請求"), S("接種日が転出又は死亡の確定後となった請求です。請求は保留しました。支払うか返戻するかを決めてください。")},
    [WORK_RETURN_CHANGED] = {S("return_changed"), S("返戻の理由がなくなった行"), S("返戻した行です。住民登録が変わったため、もう一度取り込めば判定が変わります。医療機関に再提出を依頼してください。")},
    [WORK_REGISTER_HELD] = {S("register_held"), S("住民情報の行が止まっている人"), S("住民情報の行を宛名管理が受け付けられなかった人です。決まるまで通知は作られません。宛名管理のエラー一覧を見て住民記録に確かめ、正しい行を取り込むか、sesshu addressee resolve 宛名番号 --reason で決めてください。")},
    [WORK_CHANGE_HELD] = {S("change_held"), S("異動の内容が届かない人"), S("異動の内容を宛名管理から受け取れなかった人です。正しい行が届くまで通知は作られません。住民記録に確かめ、保守の担当者にも知らせてください。")},
    [WORK_OLD_CIRCUMSTANCE] = {S("old_circumstance"), S("ワクチンの決まっていない特別の事情"), S("この登録だけでは何も延長されません。候補のワクチンごとに「特別の事情」を登録するか、この登録を取り消してください。")},
    [WORK_BIRTH_YEAR] = {S("birth_year"), S("生まれた月が分からない人"), S("生まれた月が分からないため、対象者一覧と通知に載りません。住民登録や本人の書類で生年月日をお確かめください。")},
    [WORK_BIRTH_MONTH] = {S("birth_month"), S("生まれた日で答えが変わる人"), S("生まれた日によって答えが変わるため、この種類は通知しません。住民登録や本人の書類で生まれた日をお確かめください。")},
    [WORK_REVIEW] = {S("review"), S("照合待ちの行"), S("確認待ちの行です。決めるまで通知は作られません。候補を確かめ、sesshu ledger resolve 番号 --accept 宛名番号 で登録するか、--return コード で返戻してください。")},
    [WORK_CONTRAINDICATED] = {S("contraindicated"), S("接種不適当の登録がある人"), S("接種不適当の登録があるため、この種類は通知しません。受けられるようになったら登録に終了日を入れてください。")},
    [WORK_REFUSED] = {S("refused"), S("接種を希望しない申出がある人"), S("接種を希望しない申出があるため、初めの通知のほかは送りません。申出が変わったら登録を取り消してください。")},
    [WORK_MAIL_RETURNED] = {S("mail_returned"), S("郵便が戻った人"), S("郵便が戻ったため、通知は作りません。住所や送付先をお確かめになり、届くようになったら登録を取り消してください。")},
    [WORK_FILE_EXPECTED] = {S("file_expected"), S("届いていない提出ファイル"), S("先月分の提出ファイルがまだ届いていない提出元です。医療機関に連絡してください。接種がなければ、その旨を聞いてください。")},
    [WORK_JUDGEMENT_CHANGED] = {S("judgement_changed"), S("生年月日・性別の訂正で判定が変わった人"), S("生年月日か性別が訂正され、接種の判定が変わりました。請求と通知に影響がないかを確かめてください。訂正から14日で一覧から消えます。")},
    [WORK_ENVELOPE] = {S("envelope"), S("引き抜く封筒"), S("通知を作ったあとに、死亡または転出の届出があった人です。まだ出していなければ、封筒を引き抜いてください。作った日から14日で一覧から消えます。")},
    [WORK_INQUIRY] = {S("inquiry"), S("確かめる情報照会"), S("ほかの市町村への照会です。回答が届いたものは台帳の記録と並べて確かめ、台帳にない接種の追加を申請してください。得られなかったもの、7日を過ぎて回答のないものは、わけを確かめてください。確かめ終えると一覧から消えます。")},
    [WORK_CERTIFICATE] = {S("certificate"), S("記録が変わった証明書"), S("証明書を交付したあとに、書かれた接種の記録が訂正または取り消されました。渡した人に連絡し、再交付するか取り消してください。どちらかを行うと一覧から消えます。")},
};
// clang-format on
_Static_assert(countof(kinds) == WORK_KINDS, "every kind has its row");

static void bind_same(Query *q, const WorkItem *item)
{
    assert(item->kind < WORK_KINDS);
    assert(item->person_id >= 0 && item->row_id >= 0);
    bind_text(q, 1, kinds[item->kind].code);
    bind_int64(q, 2, item->person_id);
    bind_int64(q, 3, item->row_id);
    bind_text(q, 4, item->subject.len ? item->subject : S(""));
}

static const KindFact *kind_of(Str code)
{
    for (ptrdiff_t k = 0; k < countof(kinds); k++)
        if (str_equal(kinds[k].code, code)) return &kinds[k];
    return NULL;
}

Str work_kind_named(Str code)
{
    const KindFact *kind = kind_of(code);
    return kind ? kind->code : (Str){0};
}

Str work_kind_title(Str code)
{
    const KindFact *kind = kind_of(code);
    return kind ? kind->title : (Str){0};
}

Str work_kind_to_do(Str code)
{
    const KindFact *kind = kind_of(code);
    return kind ? kind->to_do : (Str){0};
}

Str work_kinds(Arena *arena)
{
    Text text = {0};
    for (int i = 0; i < WORK_KINDS; i++)
        text_addf(&text, arena, "%s%.*s", i ? "、" : "", STR(kinds[i].code));
    return text_str(&text);
}

static const char open_sql[] =
    "INSERT INTO work (work_id, kind, person_id, row_id, subject, words, from_act, to_act)"
    " SELECT (SELECT coalesce(max(work_id), 0) + 1 FROM work), $1, $2, $3, $4, $5, $6, 2147483647"
    " WHERE NOT EXISTS (SELECT 1 FROM work WHERE to_act = 2147483647 AND kind = $1"
    " AND (person_id = $2 OR $3 <> 0) AND row_id = $3 AND subject = $4)";

bool work_open(Store *store, const LedgerAct *act, const WorkItem *item, Error *err)
{
    assert(act->no > 0);
    Query *q = query_begin(store, open_sql, err);
    if (!q) return false;
    bind_same(q, item);
    bind_text(q, 5, item->words.len ? item->words : S(""));
    bind_int64(q, 6, act->no);
    return query_run(q, err);
}

static const char close_sql[] =
    "UPDATE work SET to_act = $5 WHERE to_act = 2147483647 AND kind = $1"
    " AND (person_id = $2 OR $3 <> 0) AND row_id = $3 AND subject = $4";

bool work_close(Store *store, const LedgerAct *act, const WorkItem *item, Error *err)
{
    assert(act->no > 0);
    Query *q = query_begin(store, close_sql, err);
    if (!q) return false;
    bind_same(q, item);
    bind_int64(q, 5, act->no);
    return query_run(q, err);
}

WorkRow work_row_of(WorkKind kind)
{
    assert(kind < WORK_KINDS);
    return (WorkRow){.kind = kinds[kind].code,
                     .title = kinds[kind].title,
                     .to_do = kinds[kind].to_do,
                     .since = DAY_NONE};
}

static const char list_sql[] =
    "SELECT w.work_id, w.kind, p.addressee_no, p.name, p.protected, f.name, r.label, w.words,"
    " a.business_day FROM work w JOIN act a ON a.act_no = w.from_act"
    " LEFT JOIN person p ON p.person_id = w.person_id LEFT JOIN intake_row r ON r.row_id = w.row_id"
    " LEFT JOIN intake_file f ON f.file_no = r.file_no"
    " WHERE w.to_act = 2147483647 ORDER BY w.work_id";

static void take_row(Query *q, Arena *arena, WorkRow *row)
{
    Error ignored;
    *row = (WorkRow){
        .work_id = (int32_t)column_int64(q, 0),
        .kind = column_text(q, 1, arena),
        .title = work_kind_title(column_view(q, 1)),
        .to_do = work_kind_to_do(column_view(q, 1)),
        .name = column_text(q, 3, arena),
        .is_protected = column_int64(q, 4) != 0,
        .file = column_text(q, 5, arena),
        .label = column_text(q, 6, arena),
        .words = column_text(q, 7, arena),
        .since = column_day(q, 8),
    };
    if (!column_is_null(q, 2))
        (void)!addressee_no_parse(column_view(q, 2), &row->who, NULL, &ignored);
}

bool work_list(Store *store, Arena *arena, WorkRows *rows, Error *err)
{
    Query *q = query_begin(store, list_sql, err);
    if (!q) return false;
    *rows = (WorkRows){0};
    while (query_next(q)) take_row(q, arena, work_rows_push(rows, arena));
    return query_end(q, err);
}
