// What heyan-signer reads of the files and keys that a configuration names, besides its own keys
// and the court's trust: whose signatures count beside the log's, whose clock, and which log it is.
//
// `heyan config check` reads the same, so that it says before a start what the start would end
// with. Each refusal names the file, or the witness, and what to do. Any thread. Source: security
// decision 16.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/intake/refusal.h"
#include "gateway/ops/config.h"
#include "verifier/crypto/certificate.h"
#include "verifier/transparency/note_key.h"

namespace heyan::keys {

using intake::Refusal;

// The log that log.vkey names, as that file is read, is the one that [log] names, and no earlier
// log of these keys had its name. kMalformed, kDuplicate, kIo.
std::expected<void, Refusal> expect_own_log(const ops::Config& config);

inline constexpr std::string_view kBringFollowed =
    "Put the last checkpoint of the old log there that anybody has; a log that has begun needs it "
    "no "
    "more.";

// The signed note that [log] follows names; nothing where no file is there: a log that has begun is
// in no need of it. kMalformed: no checkpoint, or one of the log that is to follow; kIo.
std::expected<std::optional<std::string>, Refusal> load_followed(const ops::Config& config);

// [[witness]]: their keys. All that is wrong: no key, another's than a witness's, one key twice.
std::expected<std::vector<transparency::NoteVerifier>, std::vector<Refusal>> load_witnesses(
    const ops::Config& config);

// [tsa] authorities, of all files. All that is wrong.
std::expected<std::vector<crypto::Certificate>, std::vector<Refusal>> load_clock_authorities(
    const ops::Tsa& tsa);

}  // namespace heyan::keys
