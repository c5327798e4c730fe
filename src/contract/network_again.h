// Every message of network_message.h read and written again: for its test and its fuzzer.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "network_message.h"
#include "self_message.h"

// Reads a message and writes it again; {0} where it is not read.
typedef Str NetworkAgain(Str message, Arena *arena);

#define NETWORK_AGAIN(name, Type, decode, encode)               \
    static inline Str name(Str message, Arena *arena)           \
    {                                                           \
        Type read;                                              \
        Error err = {0};                                        \
        return decode ? encode(&read, arena) : (Str){0};        \
    }
#define NETWORK_NUMBER_AGAIN(name, Type, decode, encode)        \
    static inline Str name(Str message, Arena *arena)           \
    {                                                           \
        Type read;                                              \
        Error err = {0};                                        \
        return decode(message, &read, &err) ? encode(read, arena) : (Str){0}; \
    }

NETWORK_AGAIN(mail_ask_again, MailAsk, mail_ask_decode(message, &read, &err), mail_ask_encode)
NETWORK_AGAIN(mail_answer_again, MailAnswer, mail_answer_decode(message, arena, &read, &err), mail_answer_encode)
NETWORK_AGAIN(arrived_again, CodeArrived, code_arrived_decode(message, &read, &err), code_arrived_encode)
NETWORK_AGAIN(denied_again, CodeDenied, code_denied_decode(message, &read, &err), code_denied_encode)
NETWORK_AGAIN(bundle_again, BundleRows, bundle_decode(message, arena, &read, &err), bundle_encode)
NETWORK_AGAIN(taken_again, BundleTaken, bundle_taken_decode(message, &read, &err), bundle_taken_encode)
NETWORK_NUMBER_AGAIN(acquisitions_ask_again, int, acquisitions_ask_decode, acquisitions_ask_encode)
NETWORK_AGAIN(acquisitions_again, AcquisitionRows, acquisitions_decode(message, arena, &read, &err), acquisitions_encode)
NETWORK_NUMBER_AGAIN(list_ask_again, int64_t, list_ask_decode, list_ask_encode)
NETWORK_AGAIN(wishes_again, CodeWishRows, code_wishes_decode(message, arena, &read, &err), code_wishes_encode)
NETWORK_AGAIN(outcomes_again, CodeOutcomeRows, code_outcomes_decode(message, arena, &read, &err), code_outcomes_encode)
NETWORK_AGAIN(records_ask_again, RecordsAsk, records_ask_decode(message, &read, &err), records_ask_encode)
NETWORK_AGAIN(records_answer_again, RecordsAnswer, records_answer_decode(message, arena, &read, &err), records_answer_encode)
NETWORK_AGAIN(told_again, RecordTold, record_told_decode(message, &read, &err), record_told_encode)
NETWORK_AGAIN(shield_again, ShieldTold, shield_told_decode(message, &read, &err), shield_told_encode)
NETWORK_AGAIN(self_ask_again, SelfAsk, self_ask_decode(message, &read, &err), self_ask_encode)
NETWORK_AGAIN(self_told_again, SelfTold, self_told_decode(message, &read, &err), self_told_encode)
NETWORK_NUMBER_AGAIN(self_body_again, Str, self_body_decode, self_body_encode)

static NetworkAgain *const network_again[] = {
    mail_ask_again,     mail_answer_again, arrived_again,  denied_again,   bundle_again,      taken_again, acquisitions_ask_again,
    acquisitions_again, list_ask_again,    wishes_again,   outcomes_again, records_ask_again, records_answer_again,
    told_again,         shield_again,      self_ask_again, self_told_again, self_body_again,
};
enum { NETWORK_MESSAGES = sizeof network_again / sizeof *network_again };
