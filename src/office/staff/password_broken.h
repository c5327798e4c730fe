// Whether a password is one of those that are tried first: made of words that everybody uses, of one run of signs, or
// of a few of them. The words are ours (data/broken-passwords.txt); length is asked elsewhere.
//
// Law  controls C-3.3-07.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "str.h"

bool password_broken(Str typed);
