// Papers for many people: notices, reminders and 予診票, drawn, checked and released as one batch.
//
// The order of work:
//     papers_begin      the city, the envelope, the day, the batch; fonts and forms are opened
//     papers_person     one snapshot per person, in any order; refused people go to the error list
//     papers_hold       who must not be mailed after all, asked again just before release
//     papers_release    sorts (forms.md 7), draws, reads its own pages back, writes the files as drafts
//     output_move       gives each file its name, once the record of the batch is committed
//     papers_close      always; a batch that was not released leaves no file
//
// A paper is drawn from its snapshot and from nothing else: no query, no clock, no look-up. The same
// snapshots, batch and seed give the same bytes. A paper that cannot be right is not drawn: its
// person stands in the error list with one of P101 to P110 and the others go on.
//
// Law     予防接種法8条 (勧奨), 施行令5-6条 (公告・通知), 定期接種実施要領; papers of forms.md 6, 1 to 4.
// Units   days are civil days, both ends of a period included; money is yen.
// Memory  a batch keeps its people in memory of its own, about 6 KiB each, at most PAPERS_PERSONS_MAX, until
//         papers_close. Paths, report and errors are made in the arena given to papers_begin by begin and
//         release only, so callers may hold scratch of theirs while they add people. The batch's own texts
//         must live until papers_close. Nothing here is safe from two threads at once.
// Privacy errors name the item and the person's number, never a protected address; nothing personal
//         is in metadata, file names or the log.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "clock.h"
#include "day.h"
#include "embedded.h"
#include "errors.h"
#include "identity.h"
#include "schedule.h"
#include "sha256.h"
#include "vec.h"

typedef struct Papers Papers;
struct OutputHome;

#define PAPERS_PERSONS_MAX 200000
#define PAPER_DOSES_MAX    9  // lines of the table of one letter
#define PAPER_PRODUCTS_MAX 4  // to choose from in one dose

// Where post may go. `address` is printed as registered; `building` is 方書 alone.
typedef struct PaperAddress {
    Str postal_code;  // 7 digits, hyphen allowed; {0}: mailed without customer barcode, counted
    Str address;      // "北九州市小倉北区浅野三丁目8番1号", without 方書
    Str area;      // the start of `address` that the postal code stands for, proved by the master;
                   // {0}: not known, so no customer barcode
    Str building;  // 方書, printed on lines of its own
} PaperAddress;

typedef enum PaperSex { PAPER_SEX_UNKNOWN, PAPER_SEX_MALE, PAPER_SEX_FEMALE } PaperSex;

// A product that the dose may be given with.
typedef struct PaperProduct {
    Str product;    // "RV1"; a product of the rules
    Day last;       // last legal day with it
    Day last_safe;  // last day with which a course of it can still finish; DAY_NONE: none
} PaperProduct;

// A dose that the letter speaks of and for which a 予診票 is drawn.
enum { PAPER_COPAY_ASK = -1 };

typedef struct PaperDose {
    Str series;         // "DPTIPV"; a row of vaccines.json
    Str position;       // "P2", as the schedule says it
    Day earliest;       // first legal day
    Day standard_from;  // DAY_NONE: no standard period
    Day standard_to;
    Day last;       // last legal day of this dose; DAY_NONE: no limit
    Day last_safe;  // last day that still lets the series finish; DAY_NONE or = last: none to show
    Str last_within;  // what remains cannot all be given in time: the last position that can; else {0}
    Str path;         // what the rules show of this dose in a word ("3dose"); {0}: nothing
    Str course;       // the series that the rules chose: "3+1", "SP1"; {0}: not known
    Str previous;     // product of the dose before; {0}: the first dose, or not known
    // What may be given, exactly: the form offers these and no others. None: what vaccines.json lists for the
    // series as in use on the day of mailing.
    const PaperProduct *products;
    int product_count;
    // A special circumstance (特別の事情) has opened the window again: the first and the last day of that right, and
    // the products with which it ends sooner (施行規則: 四種混合 and 五種混合 on the eve of the 15th birthday).
    bool reopened;
    DaySpan right;
    const PaperProduct *right_ends;
    int right_end_count;
    // A measure for a time (供給不足による延長) has lengthened the window: what for, and its days; {0}: none.
    Str measure;
    DaySpan measured;
    int64_t copay_yen;  // 0: free of charge; PAPER_COPAY_ASK: the city's notice says how much
    Str warning;        // one sentence of the officer or the engine for this line; {0}: none
} PaperDose;

// Everything about one person that any paper may show.
typedef struct PaperPerson {
    AddresseeNo who;
    HouseholdNo household;  // for the order of the stack only
    Str name, name_kana;    // as registered; kana may be {0}
    Str name_roman;         // foreign residents: passport order, capitals; else {0}
    Str alias, alias_kana;  // 通称
    bool alias_first;       // 氏名優先区分 2: the alias is the name on the envelope
    PaperSex sex;
    PartialDate birth;
    PaperAddress home;
    bool register_held;     // how things stand in the register is not known: P112
    bool is_protected;      // 支援措置: `home` appears on no paper
    bool mailing_released;  // an officer released `mailing` for this batch; without it P104
    PaperAddress mailing;   // used when its address is present; must be for protected people
    const PaperDose *doses;
    int dose_count;  // 1 to PAPER_DOSES_MAX
} PaperPerson;

typedef enum PaperLetter {
    LETTER_NOTICE,    // 個別通知: letter and explanation
    LETTER_REMINDER,  // 再勧奨: letter, large type
} PaperLetter;

// Who sends. Every text is printed as it stands.
typedef struct PaperSender {
    Str city;     // "北九州市"
    Str section;  // "保健福祉局 感染症医療政策課"
    Str telephone;
    Str mayor;       // "北九州市長"; {0}: the city signs
    Str public_url;  // the city's page on vaccination: the same QR for everybody
} PaperSender;

// One page as printed, for the table behind the page tag (forms.md 5.2).
typedef struct PaperPage {
    char tag[31];  // payload, 30 characters
    int sequence;  // of the person in the batch, from 1
    AddresseeNo who;
    Str paper, form_version;  // "予診票", "2026-1"
    int page, of;             // per person
} PaperPage;

// Where the words of papers come from: the rules, and files of the office's own in place of built-in ones.
typedef struct PaperSource {
    const Schedule *schedule;
    const EmbeddedFile *own;
    int own_count;
} PaperSource;

// Whether the rules and these words make papers; E_PAPER names file and item.
MUST bool paper_words_check(const PaperSource *words, Arena scratch, Error *err);

struct CsvWriter;

typedef enum PaperFileKind {
    PAPER_FILE_PAPERS,  // letters and forms; its hash is for the audit leaf
    PAPER_FILE_LIST,    // dispatch list (CSV)
    PAPER_FILE_SLIPS,   // 差出票, 発送一覧, 封入確認票
    PAPER_FILE_LABELS,  // 宛名ラベル; none where every envelope has a window
    PAPER_FILE_ERRORS,  // error list (CSV); none when nobody was refused or held
    PAPER_FILES
} PaperFileKind;

typedef enum PaperStage { PAPER_DRAWING, PAPER_CHECKING } PaperStage;

typedef struct PapersBatch {
    PaperSource words;   // lives until papers_close
    Str batch_no;        // "N20261123-001": letters, digits and hyphens; names the files
    Day mailed_on;       // printed as the date of the letter
    Instant printed_at;  // business time: CreateDate of the PDF
    PaperLetter letter;
    int form_parts;  // 予診票: 0 none, 1 市提出用, 2 and 医療機関控, 3 and 本人控
    Str envelope;    // a row of forms/envelopes.json; {0}: its default
    bool synthetic;  // prints 検証用 across every page
    bool for_sheet;  // the lists begin with a byte order mark
    bool trial;      // prints 見本 across every page: nobody may mail it
    unsigned char tag_seed[32];  // fresh random bytes of this batch: page tags are made from it
    PaperSender sender;
    Str folder;  // exists; the files are written here
    const struct OutputHome
        *home;       // of the office: no paper is one of its own files; NULL in tests
    Str draft_mark;  // makes the names of this batch's drafts its own; {0}: its files get their names as they are written
    // The program that reads pages back (PAPER_CHECK_PROGRAM). NULL: it is missing, and no batch passes its check.
    const char *checker;
    // Told of every page in order once the batch passed its check, before the files get their names;
    // false refuses the release. NULL: nobody keeps the tags.
    bool (*keep_page)(void *context, const PaperPage *page, Error *err);
    // Told how far drawing and reading back are, in people and in pages; cheap and often. NULL: nobody is.
    void (*moved)(void *context, PaperStage stage, int done, int total);
    // Takes over a list as it is drafted, to let it leave with a record of its own; then `there` and `hash` of its file
    // are for the taker to say. NULL: lists are written like the papers.
    bool (*take_list)(void *context, PaperFileKind which, struct CsvWriter *draft, Error *err);
    void *context;
} PapersBatch;

// What is wrong, and what to do about it.
#define PAPER_FAULTS(X)                                                                       \
    X(P101, "文字の字形がフォントにありません",                                               \
      "字形を追加するか、代替文字を決めて登録し、次の抽出で作成してください")                 \
    X(P102, "氏名・住所などが枠に収まりません",                                               \
      "登録された書き方を確かめ、収まらないときは手書きの宛名で送ってください")               \
    X(P103, "送付先がありません", "住民情報の住所を確かめ、送付先を登録してください")         \
    X(P104, "支援措置の送付先が確認されていません",                                           \
      "支援措置の担当者が送付先を確認し、別送で作成してください")                             \
    X(P105, "抽出後に状態が変わりました", "次の抽出で確かめてください")                       \
    X(P106, "郵便番号がありません", "バーコードなしで作りました。郵便番号を確かめてください") \
    X(P107, "頁札・バーコードを読み戻せません", "担当者に連絡してください")                   \
    X(P108, "承認がありません", "承認を受けてから、次の抽出で作成してください")               \
    X(P109, "様式の有効期間外か、様式に言葉のない種類・回・製品です",                         \
      "この年度の様式が入った版のソフトウェアを導入するよう、保守の担当者に連絡してください") \
    X(P110, "受けられる期間の最後の日が、最初の日より前になります",                           \
      "生年月日と接種の記録を確かめ、受けられる期間を職員が判断してください")                 \
    X(P111, "氏名か住所に読めなかった文字（? や 〓）があります",                              \
      "住民記録の氏名や住所を直し、次の差分を取り込んでから、次の抽出で作成してください")     \
    X(P112, "住民情報の行が受け付けられず、今の状態が分かりません",                           \
      "宛名管理のエラー一覧を見て住民記録に確かめ、正しい行を取り込んでください")             \
    X(P113, "届いた接種の報告が確認待ちのため、このワクチンの通知を止めています",             \
      "要確認の行を決めてください。決まれば、次の抽出で判断します")

typedef enum PaperFaultCode {
    PAPER_FINE,
#define X(code, words, cure) PAPER_##code,
    PAPER_FAULTS(X)
#undef X
        PAPER_FAULT_COUNT
} PaperFaultCode;

// Why a person has no paper. P106 is never one: the paper is drawn without customer barcode, and counted.
typedef struct PaperFault {
    PaperFaultCode code;
    AddresseeNo who;
    Str item, value;  // the value only where it is no protected address
    Str words, cure;  // what is wrong; what to do
} PaperFault;
VEC(PaperFaults, PaperFault, paper_faults);

// Not one letter has its name before the record of the batch is committed: until then it is a draft beside it.
typedef struct PaperFile {
    const char *path, *draft;
    bool there;   // the batch wrote one
    Sha256 hash;  // of what was written, and read back
} PaperFile;

// What was done. Persons given = drawn + refused + held.
typedef struct PapersReport {
    int given, drawn, refused, held;
    int left_out;  // things that somebody was not written to about
    int pages;
    int without_barcode;      // P106 and other reasons of forms.md 4.3
    int without_postal_code;  // P106
    int by_step[5];           // [0] fitted at once ... [3] condensed (forms.md 2.3)
    PaperFile files[PAPER_FILES];
    double draw_seconds, check_seconds;
    PaperFaults faults;
} PapersReport;

const char *paper_fault_text(PaperFaultCode code);  // "P101"

// Opens fonts and forms. False when a font is missing, the envelope would show something else than
// the address (E_PAPER), a form is not valid on `mailed_on`, the batch number is no file name.
MUST bool papers_begin(const PapersBatch *batch, Arena *arena, Papers **papers, Error *err);

// Takes one person. Returns PAPER_FINE or PAPER_P106 when the papers will be drawn, else the code
// with which the person was put on the error list. Asserts that no more than PAPERS_PERSONS_MAX come.
PaperFaultCode papers_person(Papers *papers, const PaperPerson *person);

// Would the papers of this person, who is in the batch, be drawn the same from `now`? False for somebody who is not.
bool papers_still(const Papers *papers, const PaperPerson *now);

// Takes a person out again (moved, died, dose posted, protection begun since the snapshot): P104,
// P105 or P108 with words. Somebody who is not in the batch is ignored.
void papers_hold(Papers *papers, AddresseeNo who, PaperFaultCode code, Str words);

// Says in the error list why this person is not written to about one thing; whatever else is on the papers stays.
// Counted in `left_out` alone.
void papers_leave_out(Papers *papers, AddresseeNo who, PaperFaultCode code, Str item);

// Which files a batch may write and under which names they wait: to be written down before there is one.
void papers_files(const Papers *papers, Arena *arena, PaperFile files[PAPER_FILES]);

// Draws, reads back, and writes the drafts of `papers-<batch>.pdf`, `dispatch-<batch>.csv` and, where needed,
// `errors-<batch>.csv`. False with E_PAPER when a page is not what its snapshot
// says: then nothing is released and no file stays. Texts of `report` live in the arena given to
// papers_begin.
// Again, when more people are held: the drafts of before go away.
MUST bool papers_release(Papers *papers, PapersReport *report, Error *err);

// What names these people on its way to the post, drawn once the list has its record: slips, dispatch list, labels.
// `record`: its number, "ledger-73", which stands on every sheet; lives until papers_close. Only where somebody was
// drawn (asserted).
MUST bool papers_post(Papers *papers, Str record, PapersReport *report, Error *err);

void papers_close(Papers *papers);  // NULL is fine
