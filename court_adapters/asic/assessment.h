// What a container is worth: its form, its signatures, what they cover, and everything that is
// wrong with it.
//
// "Intact" says that the bytes are those that were signed by the key of a certificate; whose that
// is says an anchor, or nobody. Times that signers claim, revocation, and stamps within signatures
// play no part. Source: ETSI EN 319 162-1. Pure, any thread but for the checker.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "court_adapters/asic/faults.h"
#include "court_adapters/asic/signature.h"
#include "verifier/contents/zip.h"
#include "verifier/core/limits.h"

namespace heyan::court_adapters::asic {

enum class Result : std::uint8_t {
  kIntact,
  kWarn,     // intact, and not of the form
  kPartial,  // the signatures are intact; a file is not covered, or an archive stamp is wrong
  kInvalid,
  kNotAsic,
};

enum class Form : std::uint8_t {
  kUnknown,
  kSimpleXades,
  kSimpleCades,
  kSimpleTimestamp,
  kExtendedXades,
  kExtendedCades,
  kExtendedTimestamp,
};
std::string_view name(Form form);  // "ASiC-E XAdES"; "" where unknown

// A file of the container that is not the container's own.
struct Object {
  std::string name{};
  std::uint64_t size = 0;
  std::size_t index = 0;                  // in the archive
  std::vector<std::size_t> covered_by{};  // intact ones, of Assessment::signatures
  // Of signatures whose key holds; where they differ, one that the bytes do not have.
  std::map<crypto::Hash, core::Bytes> signed_digests{};
  bool covered() const { return !covered_by.empty(); }
};

struct Judged {
  Signature signature;
  bool content_holds = false;  // what it is directly of is as signed; so for XAdES
  bool intact = false;         // and all that it covers
  bool trusted = false;        // a chain to an anchor at the time
};

inline constexpr std::size_t kMostFaults = 1'000;

struct Assessment {
  Result result = Result::kNotAsic;
  Form form = Form::kUnknown;
  std::vector<Fault> faults{};                      // about kMostFaults; the heaviest is among them
  std::vector<Object> objects{};                    // in the order of the container
  std::vector<Judged> signatures{};                 // likewise
  std::shared_ptr<contents::ZipArchive> archive{};  // null: it cannot be read safely
};

struct Trust {
  std::span<const crypto::Certificate> anchors;
  std::optional<core::UtcTime> at{};  // nothing: nobody is trusted
};

// The source must outlive the archive.
Assessment assess(const contents::ByteSource& source, const Trust& trust,
                  crypto::SignatureChecker& checker, const core::Limits& limits);

}  // namespace heyan::court_adapters::asic
