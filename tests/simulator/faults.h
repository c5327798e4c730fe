// What can go wrong in a made-up country, each counted where it bites; a run in which one never did shows nothing of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once

typedef enum FaultKind {
    FAULT_LOST,     // a message on its way, or by a link that is dead one way
    FAULT_DOUBLED,  // a message
    FAULT_MIXED,    // an envelope: another one's, or with a byte that changed
    FAULT_CRASH,
    FAULT_TORN,         // the part of a row that had reached the disk at a crash
    FAULT_NO_ROOM,      // a commit that found the disk full
    FAULT_CLOCK_AHEAD,  // a clock that jumped
    FAULT_CLOCK_BACK,
    FAULT_CERTIFICATE_OVER,  // a message that nobody took, for the certificate of one end had ended
    FAULT_KEY_UNKNOWN,       // for the other end did not yet know the new key
    FAULT_RECODED,           // an organisation that went over to the codes of another epoch
    FAULT_FORMER_CODE,       // a person who was named by the code of the epoch before
    FAULT_LIST_STALE,        // a question that an old list, or one of days to come, kept from an answer
    FAULT_LIST_TO_COME,      // a list that says that it is of days to come
    FAULT_WRONG_FILE,        // an operator gave a server a list that is none, or an older one
    FAULT_WRONG_ORDER,       // an operator's number that was used, an officer's grant of what nobody had proposed
    FAULT_TOO_LATE,          // an officer's grant behind the time for it
    FAULT_PERSON_DIFFERS,    // a wrong Individual Number that the four facts showed
    FAULT_CLASH,             // and one that another person's code showed
    FAULT_WRONG_LINK,        // and one that nothing showed, until somebody found it
    FAULT_LINK_DOUBTED,      // an answer by such a link, behind the moment at which it was found
    FAULT_COUNT
} FaultKind;
