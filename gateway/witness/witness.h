// A witness of transparency logs: bytes of a request in, bytes of an answer out.
//
// Parse, look up, verify, check consistency, persist; then sign. Threat: logs and callers are
// hostile; a cosignature says that every tree it was ever given for is a beginning of this one.
// Source: C2SP tlog-witness, tlog-cosignature. Any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/witness/memory.h"
#include "verifier/crypto/signing.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note.h"

namespace heyan::witness {

struct Log {
  std::string origin;
  std::vector<transparency::NoteVerifier> keys;  // each of type 01; one of them must have signed
};

enum class Outcome : std::uint8_t {
  kCosigned,      // 200
  kMalformed,     // 400: no such request, or an old size above the new one
  kBadSignature,  // 403: of no key of the log, or one that does not verify
  kUnknownLog,    // 404
  kOtherSize,     // 409: not the size that is remembered
  kInconsistent,  // 422: the proof does not lead from the old tree to the new one
  kForked,        // 422: another root of the same size, signed by the log
};
std::uint16_t status_of(Outcome outcome);

struct Cosigned {
  Outcome outcome = Outcome::kMalformed;
  std::string origin;         // once the log's signature verified; empty before
  std::uint64_t size = 0;     // of the tree that is remembered; of kCosigned and kOtherSize
  std::string lines;          // of kCosigned: the signature lines
  bool new_evidence = false;  // of kForked: the other view was not known yet
};

class Witness {
 public:
  // References must outlive it. `now_seconds`: POSIX, not negative.
  Witness(std::string name, const crypto::SigningKey& key, std::vector<Log> logs, Memory& memory,
          std::function<std::uint64_t()> now_seconds)
      : name_(std::move(name)),
        key_(key),
        logs_(std::move(logs)),
        memory_(memory),
        now_seconds_(std::move(now_seconds)) {}

  // Errors are of this machine: nothing was said then. kIo, kInternal; kInternal, too, where the
  // clock stands before the last cosignature, which would then say what was not so.
  core::Result<Cosigned> add_checkpoint(std::string_view body);

  // The last cosigned checkpoint with the log's signature and the witness's, by the hexadecimal
  // SHA-256 of the log's origin. Nothing: no such log, or nothing cosigned yet.
  core::Result<std::optional<std::string>> checkpoint(std::string_view origin_hash);

 private:
  struct Asked;
  const Log* find(std::string_view origin) const;
  core::Result<Cosigned> remember(const Asked& asked);

  const std::string name_;
  const crypto::SigningKey& key_;
  const std::vector<Log> logs_;
  Memory& memory_;
  const std::function<std::uint64_t()> now_seconds_;
};

}  // namespace heyan::witness
