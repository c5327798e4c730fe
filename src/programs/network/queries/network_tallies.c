// SPDX-License-Identifier: Apache-2.0
#include "network_tallies.h"

// What is added and never changes: records of provision, permits as they were asked for, versions of the list.
// clang-format off
#define NETWORK_TALLIES(X) \
    X("provision_record", "情報提供等記録", "provision_record", "record_no", "record_no", \
      "relay_no, written_at, result, provided_at", "1 = 1") \
    X("relay", "許可証", "relay", "relay_no", "relay_no", \
      "asker, inquiry_no, refusal, permit_id, item, affair, procedure_code, dataset, items, inquirer, provider, key_hash," \
      " undisclosed, list_version, issued_at, expires_at, asked_at, person_index", "1 = 1") \
    X("allow_version", "照合リストの版", "allow_version", "version", "version", "taken_at, taken_by", "1 = 1") \
    X("allow_body", "照合リストの機関", "allow_body", "version", "version, organisation", \
      "organisation, name, classes", "1 = 1") \
    X("allow_row", "照合リスト", "allow_row", "version", "version, row_no", \
      "row_no, item, affair, procedure_code, inquirers, providers, dataset, items, first_day, last_day", "1 = 1")
// clang-format on

TALLIES(network_tallies, OFFICE_TALLIES, NETWORK_TALLIES);
