// The bundle: one zip with a report and all that it rests on, so that anybody can re-check it
// offline in ten years (docs/formats.md). No evidence files. A party's copy of it holds, in place
// of the record, an excerpt: the proofs that show nothing of other people's transactions.
//
// What is kept stands in parts.h; read-me, manifest, log proof, trust list and policy are made of
// it. Threat: a bundle comes from anybody. Opening it makes the bundle again of its parts and
// accepts only those bytes, so whatever is missing, added or changed around the parts is noticed;
// that the parts belong together is check.h's to say, and whose report it is, the signatures'.
// Pure, any thread.
#pragma once

#include <cstdint>
#include <expected>
#include <string>

#include "heyan/v1/case_record.pb.h"
#include "verifier/core/bytes.h"
#include "verifier/core/error.h"

namespace heyan::bundle {

struct Bundle {
  std::string payload;   // report.json
  std::string envelope;  // report.jws; empty: nobody signed
  std::string pdf;       // report.pdf, sealed; empty: none
  std::string xml;       // report.xml, sealed; empty: none
  std::string record;    // case.hcr; empty in a party's copy
  std::string excerpt;   // excerpt.hcr (excerpt.h), in place of the record; only with an envelope

  bool is_partys() const { return !excerpt.empty(); }
};

// Errors of the record file as decode_record_file; kMalformed, kDuplicate, kLimit: it does not fit
// into an archive.
core::Result<std::string> write(const Bundle& bundle);

enum class FaultKind : std::uint8_t {
  kArchive,  // not an archive of this form
  kMissing,  // `entry` is not there
  kUnknown,  // `entry` does not belong there
  kContent,  // `entry` is not what the manifest and the other files say
};
struct Fault {
  FaultKind kind = FaultKind::kArchive;
  std::string entry;  // through core::visible; empty: the whole
  core::Error error;  // of kArchive, and where the record does not read
};

struct Opened {
  Bundle bundle;
  v1::RecordFile record;  // read from bundle.record, or from bundle.excerpt
};

std::expected<Opened, Fault> open(core::ByteView file);

// Does it begin like one? Nothing else is said.
bool is_bundle(core::ByteView file);

}  // namespace heyan::bundle
