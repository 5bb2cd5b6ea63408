// An evidence record: chains of archive time-stamps, each of which covers the documents or the
// stamp before it by way of a reduced hash tree. Read, and nothing more.
//
// Threat: anybody's bytes. At most 1 MiB, 64 chains of 64 stamps, 10 000 values a list; lengths
// are definite and shortest, nothing is left over; iterative. Records of encrypted documents are
// kUnsupported: what they cover is not the file. Source: RFC 4998 3.1, 4.1 and 5.1 (IMPLICIT tags).
// Pure, any thread.
#pragma once

#include <optional>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/crypto/digest.h"

namespace heyan::ers {

inline constexpr std::size_t kMaxBytes = 1u << 20;
inline constexpr std::size_t kMaxChains = 64;
inline constexpr std::size_t kMaxStamps = 64;  // of one chain
inline constexpr std::size_t kMaxValues = 10'000;

// All views are into the bytes of the record.
struct ArchiveStamp {
  bool states_hash = false;                       // otherwise that of the token counts
  std::optional<crypto::Hash> hash;               // nothing: not stated, or not known here
  std::vector<std::vector<core::ByteView>> tree;  // lists of values, none empty; empty: no tree
  core::ByteView token;                           // ContentInfo, DER
};

struct Record {
  core::ByteView hash_algorithms;                 // content of digestAlgorithms
  std::vector<std::vector<ArchiveStamp>> chains;  // none empty
  std::vector<core::ByteView> chains_der;         // the same, each whole; they adjoin
};

// Errors of a reader.
core::Result<Record> read_record(core::ByteView der);

// Do these first bytes begin a record of RFC 4998, or one in XML (RFC 6283)? False when in doubt.
bool looks_like_record(core::ByteView head);
bool looks_like_xml_record(core::ByteView head);

}  // namespace heyan::ers
