// sesshu-addressee (宛名管理): who is on the resident register.
// SPDX-License-Identifier: Apache-2.0
#include "addressee_commands.h"
#include "authority.h"
#include "rights.h"
#include "secret.h"

static bool command_init(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    RoleFiles files;
    return office_init(line, &addressee_office, arena, status, err) &&
           role_files(line->data_dir, S("addressee"), arena, &files, err);
}

static bool command_grant(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    return office_grant(line, &addressee_office, arena, status, err);
}

static bool command_revoke(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    return office_revoke(line, &addressee_office, arena, status, err);
}

static bool command_audit(const CommandLine *line, Arena *arena, ExitStatus *status, Error *err)
{
    return office_audit_verify(line, &addressee_office, arena, status, err);
}

// clang-format off
static const Option feed_options[] = {
    {OPTION_TEXT, "encoding", "CODE", "文字コード auto、utf-8、cp932 (既定 auto)", false, false},
    {.kind = OPTION_END},
};

static const Option serve_options[] = {
    {OPTION_TEXT,   "address", "A", "待ち受けるアドレス (既定 127.0.0.1)", false, false},
    {OPTION_NUMBER, "port",    "P", "待ち受けるポート (既定 8701、0 は空いているもの)", false, false},
    {.kind = OPTION_END},
};

static const Command commands[] = {
    {"import",  "FILE...",   1, -1, "住民情報 (JUKI_…) を取り込みます",                     feed_options,  command_import },
    {"approve", "FILE",      1, 1,  "住民が大きく減る全件を、ほかの職員が承認して反映します", feed_options,  command_approve},
    {"serve",   "",          0, 0,  "予防接種台帳へ日次の差分を渡す口を開きます",             serve_options, command_serve  },
    {"init",    "",          0, 0,  "データの置き場所を整えます",                           NULL,          command_init   },
    {"grant",   "NAME DUTY", 2, 2,  "職員に権限を与えます:" DUTY_HELP,                      NULL,          command_grant  },
    {"revoke",  "NAME DUTY", 2, 2,  "職員の権限をなくします:" DUTY_HELP,                    NULL,          command_revoke },
    {"audit",   "verify",    1, 1,  "証跡が書き換えられていないか確かめます",                 NULL,          command_audit  },
};
// clang-format on

int main(int argc, char **argv)
{
    static const Program program = {
        .name = "sesshu addressee",
        .words = "宛名管理: 住民情報を受け取り、予防接種台帳へ渡します",
        .commands = commands,
        .command_count = (int)countof(commands),
        .arena_bytes = (ptrdiff_t)1 << 30,
    };
    process_harden();
    return program_main(&program, argc, argv);
}
