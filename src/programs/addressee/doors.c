// Every door of sesshu-addressee. What is true of one stands in its own file.
// SPDX-License-Identifier: Apache-2.0
#include "addressee.h"
#include "addressee_migrations.h"
#include "consumer_change.h"
#include "duty_request.h"
#include "feed_files.h"
#include "feed_import.h"
#include "mailing_change.h"
#include "measure_change.h"
#include "non_resident_change.h"
#include "number_entry.h"
#include "number_rows.h"
#include "office_main.h"
#include "office_roster.h"
#include "protected_rows.h"
#include "register_tallies.h"
#include "sealed_place.h"

#define DOORS(X)             \
    X(command_import)        \
    X(command_approve)       \
    X(command_release)       \
    X(command_measure)       \
    X(command_mailing)       \
    X(command_mailings)      \
    X(command_consumer)      \
    X(command_consumers)     \
    X(command_resolve)       \
    X(command_work)          \
    X(command_non_resident)  \
    X(command_non_residents) \
    X(command_individual_number) \
    X(command_approve_number) \
    X(command_serve)         \
    X(command_screens)       \
    X(message_difference)    \
    X(message_numbers)       \
    OFFICE_DOORS(X)          \
    X(office_password)       \
    X(office_card)           \
    X(office_jobs)

#define X(door) extern const Door door;
DOORS(X)
#undef X

static const Door *const doors[] = {
#define X(door) &door,
    DOORS(X)
#undef X
};

static const SealedColumn *const sealed[] = {&person_number_sealed, &register_version_place, &approval_sealed, &feed_listed_sealed,
                                              &mailing_address_sealed};

static const ApprovalKind *const approvals[] = {&feed_apply, &measure_end_kind, &non_resident_kinds[NON_RESIDENT_ADD], &non_resident_kinds[NON_RESIDENT_CORRECT], &mailing_kinds[MAILING_ADD], &mailing_kinds[MAILING_END], &number_entry_kind, &consumer_kind, &duty_kind, &roster_kind};

static bool listed_erased(Act *act, const OfficeNumbers *numbers, Erased *done, Error *err)
{
    return listed_forget(act->store, act->now - numbers->at[NUMBER_LIST_DAYS] * INSTANT_DAY, ERASURE_PORTION, &done->count, err);
}

static const Erasure erased[] = {{"受け付けない行の内容", listed_erased}};
static const Erasures erasures = {erased, (int)countof(erased)};

static const AuditOwed owed[] = {{"住民情報の取込", feed_files_owed_sql}, {0}};

const OfficeProgram addressee_office = {
    .name = "addressee",
    .typed = "sesshu addressee",
    .words = "宛名管理: 住民情報を受け取り、予防接種台帳へ渡します",
    .doors = {doors, (int)countof(doors)},
    .sealed = {sealed, (int)countof(sealed)},
    .approvals = {approvals, (int)countof(approvals)},
    .owed = owed,
    .owed_last_sql = feed_files_last_sql,
    .erasures = &erasures,
    .tallies = &register_tallies,
    .guarded_sql = people_protected_sql,
    .migrations = addressee_migrations,
    .migration_count = &addressee_migrations_count,
    .arena_bytes = (ptrdiff_t)1 << 30,
};
