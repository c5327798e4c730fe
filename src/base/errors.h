// An error is a value with place and words, and it must be used.
//
// A function that can fail returns MUST bool and takes `Error *err` last; on false `err` is complete
// and its other outputs are untouched. The lowest level knows the value, the next adds item and row;
// nobody rewrites the words. Words are one polite Japanese sentence or two: what is wrong, what to do.
//
// Memory  an error owns its texts: FAIL copies what it is given, so documents, rows and arenas may end
//         before the error is told. A text too long for it is cut between two characters and marked.
// Privacy a value as read may hold a number that somebody typed where it does not belong. So no text of
//         an error is printed as it stands: error_texts.h says who may read one.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "str.h"

#define MUST __attribute__((warn_unused_result))

// Stable names: docs/errors.md lists each with its meaning. Append, never renumber by hand.
#define ERROR_CODES(X)                                                                             \
    X(NONE)                                                                                        \
    X(USAGE)            /* the command line */                                                     \
    X(RIGHT)            /* this operator may not do this */                                        \
    X(BUSY)             /* another command is at work on the same data */                          \
    X(FILE_OPEN)                                                                                   \
    X(FILE_READ)                                                                                   \
    X(FILE_WRITE)                                                                                  \
    X(FILE_NAME)        /* not the name that the contract of this file asks for */                 \
    X(FILE_LAYOUT)      /* a mandatory column is missing, a header cannot be read */               \
    X(FILE_SEQUENCE)    /* the file before this one has not come yet */                            \
    X(ENCODING)                                                                                    \
    X(MISSING)          /* a mandatory item is empty */                                            \
    X(DATE_FORMAT)                                                                                 \
    X(DATE_PARTIAL)     /* a whole date is needed here */                                          \
    X(NUMBER_FORMAT)                                                                               \
    X(LENGTH)                                                                                      \
    X(CHARSET)                                                                                     \
    X(CHECK_DIGIT)                                                                                 \
    X(CODE_UNKNOWN)     /* a code that no table lists */                                           \
    X(NOT_FOUND)                                                                                   \
    X(CONFLICT)         /* contradicts what is stored */                                           \
    X(HELD)             /* waits for another person's approval */                                  \
    X(STORE)            /* the database refused or is not there */                                 \
    X(STORE_FULL)                                                                                  \
    X(KEY)              /* a key is missing or does not fit */                                     \
    X(TLS)                                                                                         \
    X(HTTP)                                                                                        \
    X(MESSAGE)          /* a message between programs that cannot be read */                       \
    X(RULE)             /* a rule file is refused */                                               \
    X(VECTOR)           /* a test vector cannot be read */                                         \
    X(GLYPH)            /* a character that no font can print */                                   \
    X(PAPER)            /* a paper that would be wrong */                                          \
    X(LIMIT)            /* more than this program is made for */                                   \
    X(INTERRUPTED)                                                                                 \
    X(INTERNAL)                                                                                    \
    X(STALE)            /* the copy lacks changes that are known */

typedef enum ErrorCode {
#define X(name) E_##name,
    ERROR_CODES(X)
#undef X
        E_COUNT
} ErrorCode;

#define ERROR_TEXT_BYTES 768

// A text of an error, in its own bytes; no length is no text.
typedef struct ErrorText {
    int16_t len;
    char own[ERROR_TEXT_BYTES];
} ErrorText;

typedef struct Error {
    ErrorCode code;
    int64_t row;        // place in the user's file; 0 = not a file
    ErrorText item, value;  // the item as the user calls it, the value as read
    ErrorText words;        // what is wrong and what to do
    const char *at;     // "date.c:31", for the log; filled by FAIL
} Error;

// What FAIL is given: texts that may end when it returns.
typedef struct ErrorParts {
    ErrorCode code;
    int64_t row;
    Str item, value, words;
    const char *at;
} ErrorParts;

const char *error_code_text(ErrorCode code);  // "E_DATE_FORMAT"

// Makes `err` whole; says false. A text of `parts` may be one of `err` itself.
bool error_set(Error *err, ErrorParts parts);

static inline bool error_pass(Error *err, const Error *found)
{
    *err = *found;
    return false;
}

// What a higher floor knows: whose item it is, which file. The words stay as they are.
void error_set_item(Error *err, Str item);
void error_set_value(Error *err, Str value);

#define ERROR_STRING(x)  #x
#define ERROR_PLACE(f,l) f ":" ERROR_STRING(l)
// return FAIL(err, E_DATE_FORMAT, .value = text, .words = S("…"));
#define FAIL(err, error_code, ...)                                                                 \
    error_set((err), (ErrorParts){.code = (error_code), .at = ERROR_PLACE(__FILE__, __LINE__),     \
                                  __VA_ARGS__})
