// SPDX-License-Identifier: Apache-2.0
#include "unified_tallies.h"

// A person's facts and standing follow the register, and what is sealed is sealed anew: both stay out.
// clang-format off
#define UNIFIED_TALLIES(X) \
    X("unified_person", "統一識別番号", "unified_person", "person_id", "person_id", "unified_no, numbered_at", "1 = 1") \
    X("addressee_number", "宛名番号", "addressee_number", "join_no", "join_no", "addressee_no, person_id, known_at", "1 = 1") \
    X("individual_number", "個人番号", "individual_number", "number_id", "number_id", \
      "person_id, generation, number_index, from_at", "1 = 1") \
    X("unified_work", "確認の仕事", "unified_work", "work_no", "work_no", \
      "kind, stops, person_id, other_id, addressee_no, since", "1 = 1")
// clang-format on

TALLIES(unified_tallies, OFFICE_TALLIES, UNIFIED_TALLIES);
