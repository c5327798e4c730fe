// SPDX-License-Identifier: Apache-2.0
#include "file_kind.h"

#include "fold.h"

// ---- by bytes

typedef struct Signature {
    int at;
    Str bytes;
    const char *also;  // and this further on; NULL: nothing
    Str words;
} Signature;

#define SAVE_AS_CSV "表計算ソフトで「CSV UTF-8 (コンマ区切り)」として保存し直してください。"
#define UNPACK "展開して、中の CSV を指定してください。"

// clang-format off
static const Signature signatures[] = {
    {0, S("PK\x03\x04"), "[Content_Types].xml", S("Excel のブック (.xlsx) などの文書で、CSV ではありません。" SAVE_AS_CSV)},
    {0, S("PK\x03\x04"), "opendocument",        S("表計算ソフトの文書 (.ods など) で、CSV ではありません。" SAVE_AS_CSV)},
    {0, S("PK\x03\x04"), NULL,                  S("zip にまとめたファイルです。" UNPACK)},
    {0, S("\xD0\xCF\x11\xE0"), NULL,            S("Excel の古いブック (.xls) か、パスワードの付いたブックで、CSV ではありません。" SAVE_AS_CSV)},
    {0, S("\x1F\x8B"),   NULL,                  S("gzip で圧縮したファイルです。" UNPACK)},
    {0, S("7z\xBC\xAF"), NULL,                  S("7z にまとめたファイルです。" UNPACK)},
    {2, S("-lh"),        NULL,                  S("lzh にまとめたファイルです。" UNPACK)},
    {0, S("%PDF-"),      NULL,                  S("PDF で、CSV ではありません。元のデータを CSV で受け取ってください。")},
    {0, S("\x89PNG"),    NULL,                  S("画像で、CSV ではありません。元のデータを CSV で受け取ってください。")},
    {0, S("\xFF\xD8\xFF"), NULL,                S("画像で、CSV ではありません。元のデータを CSV で受け取ってください。")},
    {0, S("<"),          NULL,                  S("HTML か XML で、CSV ではありません。元のデータを CSV で受け取ってください。")},
    {0, S("{\\rtf"),     NULL,                  S("ワープロの文書で、CSV ではありません。元のデータを CSV で受け取ってください。")},
};
// clang-format on

static bool signed_so(Str first, const Signature *s)
{
    return str_starts(str_from(first, s->at < first.len ? s->at : first.len), s->bytes) &&
           (!s->also || str_find(first, str_of(s->also)) >= 0);
}

// With its mark, or without one: then every second byte of what is ASCII is nothing.
static bool is_utf16(Str first)
{
    ptrdiff_t nothing[2] = {0};
    if (str_starts(first, S("\xFF\xFE")) || str_starts(first, S("\xFE\xFF"))) return true;
    for (ptrdiff_t i = 0; i < first.len; i++) nothing[i & 1] += first.at[i] == 0;
    ptrdiff_t most = nothing[0] > nothing[1] ? nothing[0] : nothing[1];
    return most > 8 && most > 4 * (nothing[0] + nothing[1] - most);
}

bool first_bytes_fit(Str first, Error *err)
{
    if (!first.len)
        return FAIL(err, E_FILE_LAYOUT, .words = S("ファイルが空です (0 バイト)。送り手に確かめ、もう一度受け取ってください。"));
    for (int i = 0; i < (int)countof(signatures); i++)
        if (signed_so(first, &signatures[i])) return FAIL(err, E_FILE_LAYOUT, .words = signatures[i].words);
    if (!is_utf16(first)) return true;
    return FAIL(err, E_ENCODING, .row = 1,
                .words = S("UTF-16で保存されています。UTF-8またはCP932で保存し直してください。"));
}

// ---- by headings

#define NO_HEADINGS "1行目に項目の名前がありません。1行目が項目名の CSV を受け取ってください。"

typedef struct FileKind {
    const char *telling[3];  // all of them, in any order; NULL: fewer
    const char *name;
    const char *taken_by;  // NULL: nothing takes it
} FileKind;

// clang-format off
static const FileKind kinds[] = {
    {{"更新連番", "異動事由", "住民状態"},   "JUKI_… の住民情報",              "sesshu addressee import"},
    {{"ワクチン", "接種区分", "期回数"},     "YOSHIN_… の予診票データ",        "sesshu ledger intake"},
    {{"医療機関コード", "契約開始日", NULL}, "CLINIC_… の委託医療機関の一覧",  "sesshu ledger clinics"},
    {{"宛名番号", "CVX", NULL},              "国外で受けた接種の一覧",         "sesshu ledger foreign"},
    {{"宛名番号", "種類", "根拠"},           "認めたことと知らされたことの一覧", "sesshu ledger facts"},
    {{"宛名番号", "事柄", "根拠"},           "認めたことと知らされたことの一覧", "sesshu ledger facts"},
    {{"宛名番号", "手続", NULL},             "照会する人の一覧",               "sesshu ledger inquiry-file take"},
    {{"所属", "職務", NULL},                 "職員の名簿",                     "sesshu staff import"},
    {{"所属", "権限", NULL},                 "職員の名簿",                     "sesshu staff import"},
    {{"メッセージ", "元の行", "扱い"},       "受け付けなかった行の一覧",       NULL},
    {{"行番号", "outcome", "dose_status"},   "取込の結果の一覧",               NULL},
    {{"行番号", "結果", "判定"},             "取込の結果の一覧",               NULL},
    {{"宛名番号", "series", NULL},           "対象者などの一覧",               NULL},
    {{"宛名番号", "最終安全日", NULL},       "対象者などの一覧",               NULL},
    {{"整理番号", "帳票", "頁札"},           "発送の一覧",                     NULL},
};
// clang-format on

static bool among(Str name, const Str *headings, int count)
{
    for (int i = 0; i < count; i++)
        if (str_equal(fold_trim(headings[i]), name)) return true;
    return false;
}

static bool asked_for(Str name, const CsvLayout *asked)
{
    for (int i = 0; i < asked->count; i++)
        if (csv_column_named(&asked->columns[i], name)) return true;
    return false;
}

static bool is_kind(const FileKind *kind, const Str *headings, int count, const CsvLayout *asked)
{
    bool all_asked = true;
    for (int i = 0; i < (int)countof(kind->telling) && kind->telling[i]; i++) {
        Str name = str_of(kind->telling[i]);
        if (!among(name, headings, count)) return false;
        all_asked &= asked_for(name, asked);
    }
    return !all_asked;
}

static bool cut_by(Str heading, const char *sign)
{
    return str_find(heading, str_of(sign)) >= 0;
}

// One cell with another sign between what should be cells, or a first row that is no heading at all.
static Str no_headings(const Str *headings, int count, const CsvLayout *asked)
{
    for (int i = 0; i < count; i++)
        if (asked_for(fold_trim(headings[i]), asked)) return (Str){0};
    if (count != 1) return S(NO_HEADINGS);
    if (cut_by(headings[0], "\t") || cut_by(headings[0], "\\x09"))
        return S("タブで区切られているようです。コンマ区切りの CSV で保存し直してください。");
    if (cut_by(headings[0], ";") || cut_by(headings[0], "|"))
        return S("コンマのほかの記号で区切られているようです。コンマ区切りの CSV で保存し直してください。");
    return S(NO_HEADINGS);
}

Str headings_seem(const Str *headings, int count, const CsvLayout *asked, Arena *arena)
{
    for (int i = 0; i < (int)countof(kinds); i++) {
        const FileKind *kind = &kinds[i];
        if (!is_kind(kind, headings, count, asked)) continue;
        if (!kind->taken_by) return str_format(arena, "Sesshu が書き出した%sのようです。取り込むファイルではありません。", kind->name);
        return str_format(arena, "%sのようです。取り込むコマンドは %s です。", kind->name, kind->taken_by);
    }
    return no_headings(headings, count, asked);
}

bool file_seems(const char *path, const CsvLayout *asked, Arena *arena, Str *seems, Error *err)
{
    static const CsvColumn number = {"個人番号", false, true, NULL};  // wiped behind the reader
    static const CsvLayout any = {&number, 1};
    CsvReader *csv = NULL;
    Error ignored = {0};
    *seems = (Str){0};
    if (!csv_open(path, &any, CSV_ENCODING_AUTO, arena, &csv, &ignored))
        return error_pass(err, &ignored);
    const CsvFacts *facts = csv_facts(csv);
    *seems = headings_seem(facts->unknown, facts->unknown_count, asked, arena);
    if (!csv_close(csv, &ignored)) *seems = (Str){0};
    return true;
}
