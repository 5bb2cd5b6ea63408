// A published log, looked at by somebody who does not trust it: `heyan log audit`.
//
// Every entry is hashed again; the hashes must be those of the tiles and lead to the checkpoint,
// and at its size to that of the older checkpoint that the auditor kept, so that nothing was taken
// away or told otherwise since (a consistency proof says the same of hashes alone). The
// checkpoint's signature is held against the key that the auditor has from elsewhere. What the
// leaves say is succession.h's. Sources: RFC 6962 2.1, C2SP tlog-tiles, tlog-checkpoint; security
// decisions 13 and
// 16. Any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gateway/log_audit/succession.h"
#include "verifier/core/error.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/note.h"

namespace heyan::log_audit {

inline constexpr std::chrono::hours kOverdueAfter{24};
// A later time than that of the audit would keep an intake from ever being overdue.
inline constexpr std::chrono::minutes kClocksApart{10};
inline constexpr std::size_t kMostFindings = 1000;  // kept; all are counted

enum class Signature : std::uint8_t { kNoKey, kValid, kInvalid };

struct Finding {
  // Of LeafFault, or "report-second" "leaf-future" "signature" "origin" "tile-missing"
  // "tile-differs" "entries-missing" "entries-malformed" "root" "older-shrunk" "older-forked".
  std::string_view word;
  std::optional<std::uint64_t> index;  // of the leaf
  std::string file;                    // within the folder
};

struct Overdue {
  std::uint64_t index = 0;
  Waiting intake;
};

struct Request {
  std::filesystem::path folder;
  const transparency::NoteVerifier* key = nullptr;  // null: nobody's signature is checked
  // A checkpoint from before, believed: the auditor verified it then (read_checkpoint).
  std::optional<transparency::Checkpoint> since;
  core::UtcTime at;
  std::function<void(core::ByteView entry)> on_entry{};  // each that was read; may be empty
};

struct Audit {
  transparency::Checkpoint checkpoint;
  Signature signature = Signature::kNoKey;
  std::uint64_t entries_read = 0;
  std::map<std::string_view, std::uint64_t> counts;  // of leaves, by kind
  std::uint64_t waiting = 0;                         // intakes without a report
  std::vector<Overdue> overdue;                      // those of them older than kOverdueAfter
  std::vector<Finding> findings;
  std::uint64_t finding_count = 0;

  // Nothing was found, as far as it could be looked.
  bool holds() const { return finding_count == 0; }
};

// What was found. An error only where there is nothing to look at: kNotFound, kUnsupported, kIo, or
// kMalformed (the checkpoint does not read).
core::Result<Audit> audit(const Request& request);

// The checkpoint of a signed note. kMalformed: it is none; kUnsupported: the key, where one is
// given, did not sign it, or it is of another log than the key's.
core::Result<transparency::Checkpoint> read_checkpoint(std::string_view note,
                                                       const transparency::NoteVerifier* key);

}  // namespace heyan::log_audit
