// 照会許可用照合リスト: who may ask whom, for which procedure, about what; and what a city has registered for itself.
//
// Law     番号法 第19条第8号, 命令 第2条; C-3.6-06 to -08, C-3.6-27. The list comes from the core, signed and with a
//         version. Three look into a copy of their own: whoever asks, the core, whoever answers.
// Age     a copy knows until when the core called it the current one. Who has an older one than ALLOW_LIST_LIFE
//         neither asks nor answers: a permission may have been taken back meanwhile.
// Memory  rows belong to whoever read the list.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "instant.h"
#include "question.h"
#include "vec.h"

#define ALLOW_LIST_LIFE (7 * INSTANT_DAY)
#define CLOCKS_APART    INSTANT_MINUTE  // what one clock may be ahead of another

// 照会者・提供者の区分; an organisation may be of several.
typedef enum BodyClass {
    BODY_CITY = 1,
    BODY_PREFECTURE = 2,
    BODY_MINISTER = 4,
    BODY_INSURER = 8,
    BODY_PENSION = 16,
    BODY_CLASSES = 31
} BodyClass;

typedef struct AllowBody {
    OrganisationCode organisation;
    int classes;  // bits of BodyClass, at least one
} AllowBody;
VEC(AllowBodyRows, AllowBody, allow_bodies);

typedef struct AllowRow {
    int item;
    AffairCode affair;
    ProcedureCode procedure;
    int inquirers, providers;  // bits of BodyClass, at least one each
    DatasetCode dataset;
    int64_t items;     // which items may be asked for
    DaySpan in_force;  // both days included
} AllowRow;
VEC(AllowRowRows, AllowRow, allow_rows);

typedef struct AllowList {
    int64_t version;       // 1 and up
    Instant as_of;         // when the core last called it the current one
    AllowBodyRows bodies;  // ascending, none twice
    AllowRowRows rows;
} AllowList;

// Both organisations are known, and one row allows all that is asked, on that day.
bool allow_list_allows(const AllowList *list, const Question *question, Day today);
// Called current within ALLOW_LIST_LIFE, and not in days to come.
bool allow_list_fresh(const AllowList *list, Instant now);
// Is `came`, which the core has signed, to be kept instead of `mine`? A later version; of the same one the later moment,
// and any moment instead of one in days to come, which a core with a wrong clock has given: it would be the latest for long.
bool allow_list_follows(const AllowList *came, const AllowList *mine, Instant now);

// ---- what the city's own assessment lists (linkage.md 4): a second, local list beside the national one

typedef enum LinkageRole { ROLE_INQUIRER, ROLE_PROVIDER } LinkageRole;

typedef struct OwnItem {
    LinkageRole role;
    int item;
} OwnItem;

typedef struct OwnItems {
    const OwnItem *at;
    ptrdiff_t count;
} OwnItems;

extern const OwnItems
    own_items_of_assessment;  // 予防接種に関する事務: 25, 27, 28, 29, 153, 160 to ask; 25, 26, 153, 154 to answer
bool own_items_hold(const OwnItems *own, LinkageRole role, int item);
