// The keys of one program and what may be done with them: seal, open, index, sign. Key bytes never
// leave this module, so that a key process or a PKCS#11 token can stand behind the same functions.
//
// Law     番号法 第12条 and 特定個人情報ガイドライン (安全管理措置, 技術的): Individual Numbers are encrypted at
//         rest. CRYPTREC: AES-256-GCM, HMAC-SHA-256, ECDSA P-256.
// Files   DIR/keys/<program>.keys: the ring, sealed by DIR/keys/<program>.kek; both mode 0600 in a folder
//         of mode 0700, made on first use. SESSHU_KEK_DIR names another folder for the .kek (a token
//         file system, systemd's credentials), so that a copy of DIR alone opens nothing.
// Errors  E_KEY with words: a file that others can read, a ring that was changed, a key version we do
//         not have, a value that was moved to another row or changed. They are not told apart further.
// Threads one Keys may be used by several threads at once after opening; rotating and retiring may not.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "secret.h"
#include "sha256.h"

typedef struct Keys Keys;

// The folder outside the data directory (inside it E_KEY refuses it) that holds the .kek; NULL: it lies with the ring.
const char *kek_elsewhere(void);
// Is there a ring of the program in `data_dir`?
bool keys_there(Str data_dir, Str program, Arena scratch);
// Is the key that opens the ring there, in the folder or where SESSHU_KEK_DIR says? E_KEY where others can reach it.
MUST bool kek_there(Str data_dir, Str program, Arena scratch, bool *there, Error *err);
// Opens the program's ring in `data_dir`, or makes it (both files, fresh keys, version 1).
MUST bool keys_open(Str data_dir, Str program, Arena *arena, Keys **keys, Error *err);
void keys_close(Keys *keys);  // wipes; NULL is fine
// Names the ring without telling anything of it: stored beside the data, compared at opening.
Sha256 keys_fingerprint(const Keys *keys);
int keys_version(const Keys *keys);  // with which new values are sealed
int keys_oldest(const Keys *keys);   // the oldest version that is still kept
// Adds a next version of the sealing key; old versions stay for opening. The index key and the
// signing key do not change. The caller holds the program's writer lock; a process that is running
// finds the new version when it meets a value sealed with it.
MUST bool keys_rotate(Keys *keys, Error *err);
// Wipes every version but the newest: what is still sealed with an older one is lost. The caller holds
// the program's writer lock and has seen that nothing is.
MUST bool keys_retire(Keys *keys, Error *err);

// Where a sealed value stands. Sealing binds it there: moved to another row it does not open.
typedef struct SealPlace {
    Str table, column, row;  // "resident", "individual_no", the row's key as text
} SealPlace;

// 1 byte suite, 2 bytes key version, 12 bytes nonce, the text, 16 bytes tag.
enum { SEAL_OVERHEAD = 1 + 2 + 12 + 16, SEAL_MOST = 1 << 20 };  // bytes of a text (asserted)
MUST bool seal_value(Keys *keys, SealPlace place, Bytes plain, Arena *arena, Bytes *sealed,
                     Error *err);
MUST bool seal_open(Keys *keys, SealPlace place, Bytes sealed, Secret *plain, Error *err);
// A longer one: `plain` lives in `arena`, and whoever asks wipes what must not stay there.
MUST bool seal_open_long(Keys *keys, SealPlace place, Bytes sealed, Arena *arena, Bytes *plain, Error *err);
int seal_version(Bytes sealed);  // which key version sealed it; 0 for what is no sealed value

// Equal values of one `purpose` have equal indexes; without the key nothing can be tried out.
Sha256 keys_index(const Keys *keys, Str purpose, Bytes value);

// ECDSA P-256 with SHA-256 over "domain" and the message; signatures differ each time.
MUST bool keys_sign(Keys *keys, Str domain, Bytes message, Arena *arena, Bytes *signature,
                    Error *err);
Bytes keys_public(const Keys *keys, Arena *arena);  // SubjectPublicKeyInfo, DER
bool signature_valid(Bytes public_key, Str domain, Bytes message, Bytes signature, Arena scratch);
