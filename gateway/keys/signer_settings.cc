#include "gateway/keys/signer_settings.h"

#include <algorithm>

#include "gateway/keys/report_issuer.h"
#include "gateway/os/folder.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note.h"

namespace heyan::keys {
namespace {

using core::ErrorCode;
using std::filesystem::path;
using transparency::NoteVerifier;

core::Result<transparency::Checkpoint> checkpoint_in(std::string_view bytes) {
  HEYAN_TRY(const transparency::Note note, transparency::parse_note(bytes));
  return transparency::parse_checkpoint(note.text);
}

core::Result<NoteVerifier> witness_key(const ops::LogWitness& witness,
                                       const std::vector<NoteVerifier>& others) {
  HEYAN_TRY(NoteVerifier key, NoteVerifier::parse(witness.vkey));
  if (key.type() != transparency::NoteKeyType::kCosignature) {
    return core::fail(ErrorCode::kUnsupported, "the key is not one of a witness");
  }
  if (std::ranges::find(others, key.key(), &NoteVerifier::key) != others.end()) {
    return core::fail(ErrorCode::kDuplicate, "another witness has the same key");
  }
  return key;
}

}  // namespace

std::expected<void, Refusal> expect_own_log(const ops::Config& config) {
  const path folder = config.state / "keys";
  HEYAN_TRY(const NoteVerifier log, load_log_verifier(folder));
  if (log.name() != config.log_name) {
    return std::unexpected(intake::refusal_of(
        {ErrorCode::kMalformed, "it has another name than [log] of the configuration"},
        (folder / "log.vkey").string(),
        "Where [log] names a new log, run `heyan log renew`; otherwise write the name that "
        "log.vkey begins with."));
  }
  return expect_no_earlier_name(folder, log.name());
}

std::expected<std::optional<std::string>, Refusal> load_followed(const ops::Config& config) {
  const path& file = config.log_follows;
  const auto bytes = os::read_named_file(file, transparency::kNoteBytes);
  if (!bytes && bytes.error().code == ErrorCode::kNotFound) return std::nullopt;
  if (!bytes) {
    return std::unexpected(intake::refusal_of(
        bytes.error(), file.string(), "Give it to the user that the gateway runs as: chown."));
  }
  std::string note = core::to_string(*bytes);
  const auto checkpoint = checkpoint_in(note);
  if (!checkpoint) {
    return std::unexpected(intake::refusal_of(checkpoint.error(), file.string(), kBringFollowed));
  }
  if (checkpoint->origin == config.log_name) {
    return std::unexpected(intake::refusal_of(
        {ErrorCode::kMalformed, "it is of the log that [log] names: no log follows itself"},
        file.string(),
        "Take a new name in [log] for a log that is to follow that one; otherwise leave follows "
        "out."));
  }
  return note;
}

std::expected<std::vector<NoteVerifier>, std::vector<Refusal>> load_witnesses(
    const ops::Config& config) {
  std::vector<NoteVerifier> keys;
  std::vector<Refusal> faults;
  for (const ops::LogWitness& witness : config.witnesses) {
    auto key = witness_key(witness, keys);
    if (key) {
      keys.push_back(*std::move(key));
      continue;
    }
    faults.push_back(
        intake::refusal_of(key.error(), witness.name(),
                           "Write the line that `heyan witness new` printed: NAME+KEYID+BASE64."));
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return keys;
}

std::expected<std::vector<crypto::Certificate>, std::vector<Refusal>> load_clock_authorities(
    const ops::Tsa& tsa) {
  std::vector<crypto::Certificate> all;
  std::vector<Refusal> faults;
  for (const path& file : tsa.authorities) {
    ops::Tsa one;
    one.authorities = {file};
    const auto loaded = ops::load_authorities(one);
    if (loaded) {
      all.insert(all.end(), loaded->begin(), loaded->end());
      continue;
    }
    faults.push_back(intake::refusal_of(
        loaded.error(), file.string(),
        "Name a file with the certificate of the authority, or of who issued it, in PEM."));
  }
  if (!faults.empty()) return std::unexpected(std::move(faults));
  return all;
}

}  // namespace heyan::keys
