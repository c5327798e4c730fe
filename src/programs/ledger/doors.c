// Every door of the ledger. What is true of one stands in its own file.
// SPDX-License-Identifier: Apache-2.0
#include "answer_approval.h"
#include "answer_erasing.h"
#include "certificate_rows.h"
#include "changes_kept.h"
#include "city_file.h"
#include "dose_change.h"
#include "due_export.h"
#include "inquiry_file.h"
#include "duty_request.h"
#include "ledger.h"
#include "ledger_act_rows.h"
#include "ledger_migrations.h"
#include "ledger_tallied_rows.h"
#include "notice_settle.h"
#include "office_main.h"
#include "office_roster.h"
#include "paper_release.h"
#include "person_rows.h"
#include "rehearsal_kept.h"
#include "review_other.h"
#include "rules_changed.h"

#define DOORS(X)         \
    X(command_enter)     \
    X(command_correct)   \
    X(command_cancel)    \
    X(command_resolve)   \
    X(command_clinics)   \
    X(command_intake)    \
    X(command_foreign)   \
    X(command_facts)     \
    X(command_show)      \
    X(command_certificate) \
    X(command_due)       \
    X(command_standing)  \
    X(command_forecast)  \
    X(command_changes)   \
    X(command_keep_changes) \
    X(command_rehearse)  \
    X(command_work)      \
    X(command_sync)      \
    X(command_desk)      \
    X(command_notices)   \
    X(command_withdraw)  \
    X(command_order)     \
    X(command_offer)     \
    X(command_inquire)   \
    X(command_results)   \
    X(command_inquiries) \
    X(command_inquiry_file) \
    X(command_inquiry_files) \
    X(command_answer)    \
    X(command_accept)    \
    X(command_copies)    \
    OFFICE_DOORS(X)      \
    X(office_jobs)       \
    X(office_password)   \
    X(office_card)

#define X(door) extern const Door door;
DOORS(X)
#undef X

static const Door *const doors[] = {
#define X(door) &door,
    DOORS(X)
#undef X
};

static const ApprovalKind *const approvals[] = {&dose_change_kinds[DOSE_ENTER],
                                                &dose_change_kinds[DOSE_CORRECT],
                                                &dose_change_kinds[DOSE_CANCEL],
                                                &answer_enter_kind,
                                                &inquiry_file_kind,
                                                 &due_export_kind, &paper_release_kind, &duty_kind, &roster_kind,
                                                 &rehearsal_export_kind,
                                                 &review_other_kind};
static const SealedColumn *const sealed[] = {&approval_sealed, &certificate_sealed};
static const Erasure erasures[] = {{"確かめ終えた照会の回答", inquiry_answers_erase}, {"差分の一覧", changes_kept_erase},
                                   {"規則の予行の結果", rehearsals_erase}};
static const Erasures erased = {erasures, (int)countof(erasures)};
static const AuditOwed owed[] = {{"台帳の登録", acts_owed_sql}, {0}};

const OfficeProgram ledger_office = {
    .name = "ledger",
    .typed = "sesshu ledger",
    .words = "予防接種台帳",
    .doors = {doors, (int)countof(doors)},
    .sealed = {sealed, (int)countof(sealed)},
    .approvals = {approvals, (int)countof(approvals)},
    .founded = city_file_found,
    .upgraded = rules_changed_told,
    .guarded_sql = persons_protected_sql,
    .settled = notices_settled,
    .owed = owed,
    .owed_last_sql = acts_last_sql,
    .erasures = &erased,
    .tallies = &ledger_tallies,
    .migrations = ledger_migrations,
    .migration_count = &ledger_migrations_count,
    .arena_bytes = (ptrdiff_t)2 << 30,
};
