// SPDX-License-Identifier: Apache-2.0
#include "list_columns.h"

// clang-format off
static const ListCode causes[] = {
    {"TIME", "日がたった"}, {"DOSE", "接種"}, {"PERSON", "住民情報"}, {"FACT", "認めたこと"}, {"RULE", "決まり"}, {0}};
static const ListCode change_kinds[] = {
    {"STATUS", "状況"}, {"POSITION", "次の回"}, {"DAYS", "次の回の日"}, {"DOSES", "済んだ接種の判定"}, {0}};
static const ListCode outcomes[] = {
    {"accepted", "登録"}, {"accepted_with_warning", "登録 (注意あり)"}, {"review", "要確認"}, {"returned", "返戻"},
    {"duplicate", "重複"}, {0}};
static const ListCode dose_statuses[] = {
    {"valid", "有効"}, {"invalid", "無効"}, {"counted", "算入"}, {0}};
static const ListCode details[] = {
    {"last", "受けられた最後の日"}, {"standard_to", "標準の期間の末日"}, {"earliest", "受けられる最初の日"}, {0}};
static const ListCode work_kinds[] = {
    {"return_changed", "返戻した行の見直し"}, {"claim_moved", "請求の確認"}, {"register_held", "住民情報の行が未決定"},
    {"change_held", "異動を受け取れない人"}, {"old_circumstance", "古い特別の事情"}, {"birth_year", "生まれた月が不明"},
    {"birth_month", "生まれた日が不明"}, {"review", "要確認の行"}, {"contraindicated", "接種不適当"},
    {"refused", "接種しない申出"}, {"mail_returned", "宛所不明"}, {0}};

static const ListColumn columns[] = {
    {"series",             "ワクチン",                  NULL},
    {"position",           "回",                        NULL},
    {"status",             "状況",                      NULL},
    {"earliest",           "受けられる最初の日",        NULL},
    {"standard_from",      "標準の期間の初日",          NULL},
    {"standard_to",        "標準の期間の末日",          NULL},
    {"last",               "受けられる最後の日",        NULL},
    {"last_safe",          "最終安全日",                NULL},
    {"held",               "通知を止めている仕事",      work_kinds},
    {"from_status",        "前の状況",                  NULL},
    {"to_status",          "後の状況",                  NULL},
    {"from_position",      "前の回",                    NULL},
    {"to_position",        "後の回",                    NULL},
    {"cause",              "理由",                      causes},
    {"detail",             "理由の内容",                details},
    {"change",             "違い",                      change_kinds},
    {"from_earliest",      "前: 受けられる最初の日",    NULL},
    {"to_earliest",        "後: 受けられる最初の日",    NULL},
    {"from_standard_from", "前: 標準の期間の初日",      NULL},
    {"to_standard_from",   "後: 標準の期間の初日",      NULL},
    {"from_standard_to",   "前: 標準の期間の末日",      NULL},
    {"to_standard_to",     "後: 標準の期間の末日",      NULL},
    {"from_last",          "前: 受けられる最後の日",    NULL},
    {"to_last",            "後: 受けられる最後の日",    NULL},
    {"doses",              "判定の変わる接種",          NULL},
    {"kind",               "種類",                      work_kinds},
    {"file",               "ファイル",                  NULL},
    {"since",              "見つかった日",              NULL},
    {"outcome",            "結果",                      outcomes},
    {"score",              "確からしさ",                NULL},
    {"evidence",           "合った項目",                NULL},
    {"dose_status",        "判定",                      dose_statuses},
    {"reasons",            "判定の理由",                NULL},
    {"code",               "番号",                      NULL},
    {"message",            "説明",                      NULL},
    {"name",               "ワクチンの名前",            NULL},
    {"persons",            "人数",                      NULL},
};
// clang-format on

static bool ends_with(Str column, Str end)
{
    return str_equal(column, end) || (str_ends(column, end) && column.len > end.len &&
                                      column.at[column.len - end.len - 1] == '_');
}

static Str series_shown(const Schedule *schedule, Str id)
{
    int group = group_find(schedule, id);
    return group == GROUP_NONE ? id : group_name(schedule, group);
}

static Str status_shown(const Schedule *schedule, Str id)
{
    for (int s = 0; s < status_count(schedule); s++)
        if (str_equal(status_text(schedule, (Status)s), id)) return status_label(schedule, (Status)s);
    return id;
}

// The rules write "1", "P2" of a primary series that a booster follows, "B".
static Str position_shown(Str position, Arena *arena)
{
    if (str_equal(position, S("B"))) return S("追加");
    bool primary = str_starts(position, S("P"));
    Str digits = str_from(position, primary);
    for (ptrdiff_t i = 0; i < digits.len; i++)
        if (digits.at[i] < '0' || digits.at[i] > '9') return position;
    return digits.len ? str_format(arena, "%s%.*s回目", primary ? "初回" : "", STR(digits)) : position;
}

static Str reasons_shown(const Schedule *schedule, Str codes, Arena *arena)
{
    Text text = {0};
    for (Cut cut = {.tail = codes, .found = true}; cut.found;) {
        cut = str_cut(cut.tail, ' ');
        int reason = reason_find(schedule, cut.head);
        text_addf(&text, arena, "%s%.*s", text.len ? " " : "",
                  STR(reason < 0 ? cut.head : reason_label(schedule, reason)));
    }
    return text_str(&text);
}

static Str by_rules(const void *context, Str column, Str value, Arena *arena)
{
    const Schedule *schedule = context;
    if (!value.len) return (Str){0};
    if (str_equal(column, S("series")) || str_equal(column, S("ワクチン"))) return series_shown(schedule, value);
    if (ends_with(column, S("status")) && !str_equal(column, S("dose_status"))) return status_shown(schedule, value);
    if (ends_with(column, S("position"))) return position_shown(value, arena);
    if (str_equal(column, S("reasons"))) return reasons_shown(schedule, value, arena);
    return (Str){0};
}

const ListWords *ledger_list_words(const Schedule *schedule, Arena *arena)
{
    ListWords *words = NEW(arena, ListWords, 1);
    *words = (ListWords){columns, (int)countof(columns), schedule ? by_rules : NULL, schedule};
    return words;
}
