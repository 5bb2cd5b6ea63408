// Why an evidence record is what it is, besides what is wrong with its tokens
// (verifier/timestamps/reason.h), in the words of our vectors.
#pragma once

#include <cstdint>
#include <string_view>

namespace heyan::ers {

enum class Reason : std::uint8_t {
  kParse,
  kTrailingData,
  kUnsupported,      // of encrypted documents, of another version, or in XML
  kDataNotCovered,   // a document is not in the first list of some chain, or not the imprint
  kStampNotCovered,  // a stamp does not cover the one before it
  kRootNotImprint,
  kValueLength,       // a value in a list is not as long as its algorithm's digests
  kMixedHashes,       // of stamps in one chain (RFC 4998 5.1)
  kNoDigest,          // an algorithm that is not known here, or in which a document has no digest
  kTimeOrder,         // a stamp is older than the one before it
  kNotRenewedInTime,  // the certificate of a stamp ended before the next one, or by now
  kWeakHash,          // of a chain, before the next one began, or by now
  kGroupIncomplete,   // a note: the first list has values of documents that were not filed
};

std::string_view name(Reason reason);  // "DATA_NOT_COVERED" ...

}  // namespace heyan::ers
