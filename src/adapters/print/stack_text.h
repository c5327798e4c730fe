// What the pages of a stack must show, and the text in which it goes from the process that drew them to the program
// that reads them back.
//
// Format  one text of fixed-width numbers and length-prefixed strings, host byte order, for a pipe between
//         two processes of one machine; never a file on disk.
// Inside the print folder only.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "envelope.h"
#include "errors.h"
#include "str.h"

typedef enum PageKind { PAGE_LETTER, PAGE_FORM, PAGE_OTHER, PAGE_CERTIFICATE, PAGE_KINDS } PageKind;

typedef struct PageExpected {
    int sequence;  // of the person in the stack, from 1
    PageKind kind;
    bool has_barcode;               // letter: a customer barcode stands in the window
    Str tag;                        // page tag
    Str foot;                       // blanks away, like all that follow
    Str address;                    // letter: the address block; certificate: its table
    Str postal_code, address_rest;  // letter: what the customer barcode is made of
    Str number, name, home, bars;   // form; certificate: its number, the name, birth date and address
    Str own;                        // one a line: everything of this person that a page may show
} PageExpected;

typedef struct StackExpected {
    Box block, clear;    // the address block with its air; the window
    const Str *needles;  // numbers and long names of everybody in the batch
    int needle_count;
    const PageExpected *pages;
    int page_count;
} StackExpected;

// Pages `first` to before `end`; the needles of all.
Str stack_written(const StackExpected *stack, int first, int end, Arena *arena);
// Texts point into `bytes`. False for bytes that stack_written has not written.
MUST bool stack_read(Str bytes, Arena *arena, StackExpected *stack);

bool blank_code(int32_t code);
// As names and addresses are compared: however they were broken into lines.
Str without_blanks(Str text, Arena *arena);
