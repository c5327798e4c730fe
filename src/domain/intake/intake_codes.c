// SPDX-License-Identifier: Apache-2.0
#include "intake_codes.h"

typedef struct CodeFact {
    Str text;
    IntakeOutcome stops_as;
    Str words;
    Str remedy;  // what whoever sent the row can do; {0}: it is not theirs to mend
} CodeFact;

// clang-format off
static const CodeFact code_facts[] = {
    [INTAKE_R101] = {S("R101"), INTAKE_RETURNED, S("必須項目なし"), S("空いている項目を記入してください")},
    [INTAKE_R102] = {S("R102"), INTAKE_RETURNED, S("日付不正"), S("暦にある日を、年月日で記入してください")},
    [INTAKE_R103] = {S("R103"), INTAKE_RETURNED, S("ワクチン不明"), S("ワクチンの表にある名前、略号か商品名を記入してください")},
    [INTAKE_R104] = {S("R104"), INTAKE_RETURNED, S("接種区分不明"), S("1 (接種)、2 (予診のみ)、3 (ほかで受けた)、4 (中止) のどれかを記入してください")},
    [INTAKE_R105] = {S("R105"), INTAKE_RETURNED, S("項目長超過"), S("決められた長さまでにしてください")},
    [INTAKE_R106] = {S("R106"), INTAKE_RETURNED, S("行の読取不能"), S("列の数、引用符、文字コードを確かめてください")},
    [INTAKE_R111] = {S("R111"), INTAKE_RETURNED, S("接種日が未来"), S("接種日を確かめてください")},
    [INTAKE_R112] = {S("R112"), INTAKE_RETURNED, S("接種日が生年月日前"), S("接種日と生年月日を確かめてください")},
    [INTAKE_R121] = {S("R121"), INTAKE_RETURNED, S("医療機関コード不正"), S("10桁の医療機関コードを確かめてください")},
    [INTAKE_R122] = {S("R122"), INTAKE_ACCEPTED_WITH_WARNING, S("契約なし")},
    [INTAKE_R123] = {S("R123"), INTAKE_ACCEPTED_WITH_WARNING, S("当該ワクチン契約なし")},
    [INTAKE_R131] = {S("R131"), INTAKE_RETURNED, S("該当者なし"), S("整理番号、氏名、生年月日の合う住民がいません。予診票を確かめてください")},
    [INTAKE_R132] = {S("R132"), INTAKE_RETURNED, S("他市住民"), S("住民であったことのない方です。住所地の市区町村を確かめてください")},
    [INTAKE_R133] = {S("R133"), INTAKE_RETURNED, S("整理番号の人と不一致"), S("整理番号の方の氏名や生年月日と違います。予診票を確かめてください")},
    [INTAKE_R141] = {S("R141"), INTAKE_RETURNED, S("転出後（転出先市町村へ請求）"), S("接種の日には転出していました。転出先の市区町村に請求してください")},
    [INTAKE_R142] = {S("R142"), INTAKE_REVIEW, S("転入前")},
    [INTAKE_R143] = {S("R143"), INTAKE_RETURNED, S("死亡後"), S("接種の日を確かめてください")},
    [INTAKE_R144] = {S("R144"), INTAKE_REVIEW, S("接種日の日が不明（住民である間の接種は日まで必要）")},
    [INTAKE_R145] = {S("R145"), INTAKE_REVIEW, S("死亡又は転出の日が不明で、接種日がその前か後か分からない")},
    [INTAKE_R151] = {S("R151"), INTAKE_ACCEPTED_WITH_WARNING, S("請求額相違")},
    [INTAKE_R152] = {S("R152"), INTAKE_ACCEPTED_WITH_WARNING, S("自己負担額相違")},
    [INTAKE_R153] = {S("R153"), INTAKE_ACCEPTED_WITH_WARNING, S("予診のみに接種項目あり")},
    [INTAKE_R155] = {S("R155"), INTAKE_ACCEPTED_WITH_WARNING, S("定期対象外につき請求返戻")},
    [INTAKE_R161] = {S("R161"), INTAKE_ACCEPTED_WITH_WARNING, S("請求期限経過")},
    [INTAKE_V131] = {S("V131"), INTAKE_REVIEW, S("候補複数")},
    [INTAKE_V132] = {S("V132"), INTAKE_REVIEW, S("根拠不足")},
    [INTAKE_W133] = {S("W133"), INTAKE_ACCEPTED_WITH_WARNING, S("性別相違")},
    [INTAKE_W141] = {S("W141"), INTAKE_ACCEPTED_WITH_WARNING, S("転出予定日以後の接種（転出は未確定）")},
    [INTAKE_W201] = {S("W201"), INTAKE_ACCEPTED_WITH_WARNING, S("接種量相違")},
    [INTAKE_W202] = {S("W202"), INTAKE_ACCEPTED_WITH_WARNING, S("禁忌登録あり")},
    [INTAKE_W203] = {S("W203"), INTAKE_ACCEPTED_WITH_WARNING, S("有効期限切れ")},
    [INTAKE_W204] = {S("W204"), INTAKE_ACCEPTED_WITH_WARNING, S("ロット番号なし")},
    [INTAKE_W205] = {S("W205"), INTAKE_ACCEPTED_WITH_WARNING, S("読み取れない項目")},
    [INTAKE_W206] = {S("W206"), INTAKE_ACCEPTED_WITH_WARNING, S("終わった元号の日付")},
    [INTAKE_W208] = {S("W208"), INTAKE_ACCEPTED_WITH_WARNING, S("文字の失われた項目")},
    [INTAKE_W301] = {S("W301"), INTAKE_ACCEPTED_WITH_WARNING, S("要確認の接種")},
    [INTAKE_W302] = {S("W302"), INTAKE_ACCEPTED_WITH_WARNING, S("期・回数相違")},
    [INTAKE_W303] = {S("W303"), INTAKE_ACCEPTED_WITH_WARNING, S("分娩予定日不明")},
    [INTAKE_W304] = {S("W304"), INTAKE_ACCEPTED_WITH_WARNING, S("訂正の対象となる行が見つかりません")},
    [INTAKE_W305] = {S("W305"), INTAKE_ACCEPTED_WITH_WARNING, S("同じファイルの後の行で訂正済み")},
    [INTAKE_W306] = {S("W306"), INTAKE_ACCEPTED_WITH_WARNING, S("年齢に合わない日付で、登録していません")},
    [INTAKE_W307] = {S("W307"), INTAKE_ACCEPTED_WITH_WARNING, S("登録された性別に合わない日付")},
    [INTAKE_W308] = {S("W308"), INTAKE_ACCEPTED_WITH_WARNING, S("同じ行の記録は、すでに改められています")},
    [INTAKE_D301] = {S("D301"), INTAKE_REVIEW, S("重複疑い（同日同製剤でロット又は医療機関が相違）")},
    [INTAKE_D302] = {S("D302"), INTAKE_REVIEW, S("重複疑い（同日に別製剤）")},
    [INTAKE_D303] = {S("D303"), INTAKE_REVIEW, S("重複疑い（近い日の記録あり）")},
    [INTAKE_D304] = {S("D304"), INTAKE_REVIEW, S("重複疑い（年又は月日の誤記）")},
    [INTAKE_D305] = {S("D305"), INTAKE_REVIEW, S("重複疑い（混合ワクチンと成分が同日）")},
    [INTAKE_D306] = {S("D306"), INTAKE_REVIEW, S("訂正の対象となる接種を一つに決められません")},
    [INTAKE_D307] = {S("D307"), INTAKE_REVIEW, S("訂正前の行は別の人の接種です")},
    [INTAKE_D308] = {S("D308"), INTAKE_REVIEW, S("訂正かどうかを読み取れません")},
    [INTAKE_D309] = {S("D309"), INTAKE_REVIEW, S("前に改められた接種をもう一度報告したものかもしれません")},
};
// clang-format on
_Static_assert(countof(code_facts) == INTAKE_CODE_COUNT, "every code has its row");

Str intake_code_text(IntakeCode code)
{
    return code_facts[code].text;
}
Str intake_code_words(IntakeCode code)
{
    return code_facts[code].words;
}

IntakeOutcome intake_code_outcome(IntakeCode code)
{
    return code_facts[code].stops_as;
}

Str intake_outcome_text(IntakeOutcome outcome)
{
    static const Str names[] = {
        [INTAKE_OPEN] = S("open"),
        [INTAKE_ACCEPTED] = S("accepted"),
        [INTAKE_ACCEPTED_WITH_WARNING] = S("accepted_with_warning"),
        [INTAKE_REVIEW] = S("review"),
        [INTAKE_RETURNED] = S("returned"),
        [INTAKE_DUPLICATE] = S("duplicate"),
    };
    return names[outcome];
}

Str intake_outcome_words(IntakeOutcome outcome)
{
    static const Str words[] = {
        [INTAKE_OPEN] = S("登録"),
        [INTAKE_ACCEPTED] = S("登録"),
        [INTAKE_ACCEPTED_WITH_WARNING] = S("登録(要注意)"),
        [INTAKE_REVIEW] = S("要確認"),
        [INTAKE_RETURNED] = S("返戻"),
        [INTAKE_DUPLICATE] = S("重複"),
    };
    return words[outcome];
}

Str dose_status_text(DoseStatus status)
{
    static const Str names[] = {
        [DOSE_UNJUDGED] = S(""),
        [DOSE_VALID] = S("valid"),
        [DOSE_INVALID] = S("invalid"),
        [DOSE_COUNTED] = S("counted"),
    };
    return names[status];
}

Str intake_codes_text(const IntakeDecision *d, Arena *arena)
{
    Text text = {0};
    for (int32_t i = 0; i < d->code_count; i++) {
        if (i) text_add_byte(&text, arena, ' ');
        text_add(&text, arena, intake_code_text(d->codes[i]));
    }
    return text_str(&text);
}

// The defect that a code tells of.
static const struct {
    IntakeCode code;
    IntakeDefect defect;
} code_defects[] = {
    {INTAKE_R106, DEFECT_UNREADABLE},  {INTAKE_R101, DEFECT_MISSING},
    {INTAKE_R102, DEFECT_DATE},        {INTAKE_R103, DEFECT_VACCINE},
    {INTAKE_R104, DEFECT_GIVEN_CLASS}, {INTAKE_R105, DEFECT_LENGTH},
    {INTAKE_R121, DEFECT_INSTITUTION},
};

// What stands in brackets behind the words of a code; {0}: nothing.
static Str said_beside(const IntakeDecision *d, const IntakeRow *row, IntakeCode code, Arena *arena)
{
    char day[DAY_TEXT_SIZE];
    for (ptrdiff_t i = 0; i < countof(code_defects); i++)
        if (code == code_defects[i].code) return row->faulty[defect_place(code_defects[i].defect)];
    if (code == INTAKE_R111 || code == INTAKE_R112 || code == INTAKE_R141 || code == INTAKE_R143)
        return str_format(arena, "接種日「%s」", partial_date_text(row->given_on, day));
    if (code == INTAKE_W205) return row->unread;
    if (code == INTAKE_W206) return row->reread;
    if (code == INTAKE_W308 || code == INTAKE_D309) return row->ended;
    if (code == INTAKE_W306) return row->of_nobody;
    if (code == INTAKE_W307) return row->of_other_sex;
    if (code == INTAKE_W208) return row->lost;
    if (code == INTAKE_W301 && d->without_series)
        return S("この方を対象とする定期接種のない製品です。任意の接種として記録しました");
    return (Str){0};
}

Str intake_message_text(const IntakeDecision *d, const IntakeRow *row, Arena *arena)
{
    Text text = {0};
    for (int32_t i = 0; i < d->code_count; i++) {
        Str beside = said_beside(d, row, d->codes[i], arena),
            remedy = code_facts[d->codes[i]].remedy;
        if (i) text_add_byte(&text, arena, ' ');
        text_add(&text, arena, intake_code_words(d->codes[i]));
        if (beside.len) text_addf(&text, arena, "（%.*s）", STR(beside));
        if (remedy.len) text_addf(&text, arena, "。%.*s。", STR(remedy));
    }
    return text_str(&text);
}
