// The command line of every program: one table of commands, one reader, one way to answer.
//
// A command is a struct in the file of its function: name, words of help, options. Options that every
// command takes (--data, --as-of, --operator, --store, --format, --help) are read here.
//
// Exit status 0 done · 1 done with rejected or review rows, or held for approval · 2 refused or wrong
// usage. Results go to standard output, messages to standard error.
//
// Memory  everything read lives as long as the process.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "arena.h"
#include "day.h"
#include "errors.h"
#include "str.h"
#include "vec.h"

typedef enum ExitStatus {
    EXIT_DONE = 0,
    EXIT_ATTENTION = 1,
    EXIT_REFUSED = 2,
    EXIT_ASKS =
        75,  // to the front alone: nothing is done yet, start the other program and run me again
} ExitStatus;

// Whether the front started us and would start another program for us (SESSHU_FRONT).
bool command_may_ask(void);

// FORMAT_EXCEL: a list for people who open it with a spreadsheet, with heads and codes in words.
typedef enum OutputFormat { FORMAT_DEFAULT, FORMAT_CSV, FORMAT_JSON, FORMAT_EXCEL } OutputFormat;

typedef enum OptionKind {
    OPTION_END,
    OPTION_FLAG,
    OPTION_TEXT,       // words, a name, a code: an Individual Number in it is masked as it is read
    OPTION_PLACE,      // a path or an address, as it stands
    OPTION_ADDRESSEE,  // a 宛名番号: its digits stay
    OPTION_NUMBER,
    OPTION_DAY,
} OptionKind;

typedef struct Option {
    OptionKind kind;
    const char *name;   // "as-of", without the dashes
    const char *value;  // what help calls the value: "D", "FILE"
    const char *words;  // help, one line
    bool many;          // may be given more than once
    bool needed;        // refused when absent
    bool untold;        // its value may say where somebody is or was: records name the option alone
} Option;

VEC(StrRows, Str, strs);

typedef struct Given {
    const Option *option;
    Str text;
    int64_t number;
    Day day;
} Given;
VEC(GivenRows, Given, givens);

typedef struct CommandLine {
    const struct Command *command;
    StrRows arguments;  // what is left after the options
    GivenRows given;
    Str data_dir;  // --data, else SESSHU_DATA, else "./sesshu-data"; no slash at its end
    Day as_of;     // business date; today in Japan unless --as-of
    bool as_of_given;
    Str operator_name;  // --operator, else SESSHU_OPERATOR, else {0}: nobody was named
    Str store_url;      // --store, else SESSHU_STORE, else {0}: SQLite files in data_dir
    OutputFormat format;
    const char *program_path;  // argv[0]: siblings lie beside it
} CommandLine;

typedef struct Command {
    const char *name;       // "import"
    const char *arguments;  // help's word for what follows: "FILE...", or ""
    int least, most;        // how many arguments; most -1: any number
    const char *words;      // help, one line
    const Option *options;  // ends with OPTION_END; may be NULL
    // Does the work. Says false with `err` when refused; `status` is EXIT_DONE before the call.
    // NULL where the program runs its commands itself.
    bool (*run)(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err);
    const char *work;       // what lists of long work call it: "予診票データの取込"; NULL: it takes no time worth a note
} Command;

typedef struct Program {
    const char *name;   // as typed: "sesshu ledger"
    const char *words;  // what it is, one line
    const Command *const *commands;
    int command_count;
    ptrdiff_t arena_bytes;  // limit of one command's own memory
    // Runs line->command; NULL: the command's own function does.
    bool (*run)(const void *context, const CommandLine *line, Arena *arena, ExitStatus *status,
                Error *err);
    // Hears of a command whose line could not be read; as much of it as could stands in `line`. NULL: nobody does.
    void (*refused)(const void *context, const CommandLine *line, Arena *arena, const Error *why);
    const void *context;
} Program;

// Reads argv, answers --help, runs the command, prints the error if there is one.
// Returns the process's exit status.
int program_main(const Program *program, int argc, char **argv);

// The value of an option of this command; NULL when it was not given (the last one where given
// twice). Asserts that the command has such an option.
const Given *option_given(const CommandLine *line, const char *name);
Str option_text(const CommandLine *line, const char *name);  // {0} if absent
int64_t option_number(const CommandLine *line, const char *name, int64_t fallback);
Day option_day(const CommandLine *line, const char *name, Day fallback);
// A file in the data directory: data_dir + "/" + name, terminated for system calls.
const char *data_path(const CommandLine *line, Arena *arena, Str name);
