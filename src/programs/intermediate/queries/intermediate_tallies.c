// SPDX-License-Identifier: Apache-2.0
#include "intermediate_tallies.h"

// How an exchange stands changes, and what is sealed is sealed anew or erased: both stay out. A copy goes over to another
// number when two are merged.
// clang-format off
#define INTERMEDIATE_TALLIES(X) \
    X("provision_record", "情報提供等記録", "provision_record", "record_no", "record_no", \
      "role, written_at, permit_id, inquiry_no, unified_no, inquirer, provider, item, affair, procedure, dataset, items," \
      " key_hash, undisclosed, list_version, issued_at, expires_at, provided_at, result, who", "1 = 1") \
    X("inquiry", "照会", "inquiry", "inquiry_id", "inquiry_id", \
      "inquiry_no, unified_no, department, asked, begun_at, public_key", "1 = 1") \
    X("provision", "提供", "provision", "provision_id", "provision_id", "permit_id, signed_copy, inquirer_key, asked_at", "1 = 1") \
    X("copy_record", "副本", "copy_record", "record_no", "record_no", "dataset, record_key", "1 = 1") \
    X("incident", "確認の仕事", "incident", "incident_no", "incident_no", "kind, at, unified_no, about", "1 = 1")
// clang-format on

TALLIES(intermediate_tallies, OFFICE_TALLIES, INTERMEDIATE_TALLIES);
