// What one signature of a container says, before it is held against the entries.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verifier/core/time.h"
#include "verifier/crypto/cms_message.h"

namespace heyan::court_adapters::asic {

// That an entry has a digest.
struct Reference {
  std::string name{};  // of the entry; where the address names none, the address as it was sent
  bool names_entry = true;
  std::optional<crypto::Hash> hash{};  // nothing: not supported
  core::Bytes digest{};
};

enum class SignatureKind : std::uint8_t { kXades, kCades, kTimestamp };

struct Signature {
  SignatureKind kind = SignatureKind::kXades;
  std::string entry{};     // where it stands
  std::string manifest{};  // through which it speaks; empty: of the entries themselves
  bool archive = false;  // keeps older signatures provable: EN 319 162-1 4.4.4, ASiCArchiveManifest
  crypto::SignerFault fault = crypto::SignerFault::kUnsupported;
  std::optional<crypto::Certificate> certificate{};  // of whoever signed; nothing: not known
  std::vector<crypto::Certificate> certificates{};   // that came along
  std::optional<core::UtcTime> time{};               // of a time stamp
  std::optional<Reference> content{};   // what CMS signs: the manifest, or in ASiC-S the object
  std::vector<Reference> references{};  // of the manifest, or of the XML signature
};

}  // namespace heyan::court_adapters::asic
