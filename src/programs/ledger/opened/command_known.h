// The option by which a command answers as of a day that is over: with what had been recorded by the end of it, by
// the rules that were in use, and about that day.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "command.h"

#define KNOWN_OPTION                                                                             \
    {OPTION_DAY, "known-on", "D", "D日の終わりまでに記録されたことと、その日の規則で答える", \
     false, false}

// DAY_NONE: not given. E_USAGE: it lies behind the business day.
MUST bool command_known_on(const CommandLine *line, Day *day, Error *err);
// The day about which the command asks.
Day command_day_asked(const CommandLine *line);
