// What can be wrong with a container: a closed list.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace heyan::court_adapters::asic {

enum class Code : std::uint8_t {
  // Not read at all.
  kNotAsic,
  kZipDamaged,
  kUnsafeName,
  kDuplicateEntry,
  kZipUnsupported,  // encrypted, a link, a method that is not supported
  kTooLarge,
  // Of nothing that is judged, but told.
  kWeakKey,
  kRenewedStampNotJudged,
  // Of the form; what is signed is signed all the same.
  kMimetypeMissing,
  kMimetypeNotFirst,
  kMimetypeCompressed,
  kMimetypeInexact,  // white space around it
  kSignatureUnreferenced,
  kEvidenceRecord,
  // Of a part.
  kNotCovered,
  // Of all.
  kTypeMismatch,
  kNoSignature,
  kNoObject,
  kExtraObject,
  kObjectMissing,
  kDigestMismatch,
  kContentMismatch,
  kImprintMismatch,
  kSignatureInvalid,
  kKeySubstitution,
  kSignerUnbound,
  kCertificateMissing,
  kSignatureUnsupported,
  kSignatureUnreadable,
  kManifestUnreadable,
  kUndecided,
};

// What a fault makes of the container, at least. In this order.
enum class Weight : std::uint8_t { kNote, kForm, kPart, kWhole };

struct Fault {
  Code code = Code::kZipDamaged;
  Weight weight = Weight::kWhole;
  std::string entry{};   // about which; as it was sent, not to be shown so; empty: the container
  std::string source{};  // the signature or manifest that says so, likewise; empty: none
  bool operator==(const Fault&) const = default;
};

std::string_view name(Code code);      // "digest-mismatch"
std::string_view sentence(Code code);  // what is wrong and what to do, in English

}  // namespace heyan::court_adapters::asic
