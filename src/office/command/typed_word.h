// Words as people type them who know no command line, or paste them out of a document.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "errors.h"

// "--help", "-h", "-?"; with is_help_word also "help", "ヘルプ".
bool is_help_option(const char *typed);
bool is_help_word(const char *typed);
bool is_version_word(const char *typed);  // "--version", "-V", "-v", "version"

// The same word whatever its width and case; `word` is in small letters.
bool same_word(Str typed, const char *word);

// A blank of either width inside: two words that arrived as one.
bool holds_blank(Str typed);
#define COMMAND_BLANK_WORDS \
    "コマンドと、その後ろに続けるものは、半角の空白で区切って別々に入力してください (全角の空白や、引用符の中の空白では区切れません)。"

// Takes away the pair of quotes that a word processor put around it (“…”, ‘…’, ＂…＂, 「…」): the shell knows its own
// alone. One quote without its partner stands where the shell cut at a blank: refused, with what to type.
MUST bool unquoted(Str *typed, Error *err);
