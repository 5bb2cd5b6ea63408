// A time-stamp token: that somebody's bytes of a digest existed at a time, as an authority says.
//
// Threat: the token is anybody's. It is a CMS message (cms_message.h, with all that is refused
// there) with a TSTInfo inside, in DER and read to its end, of one signer; the certificate must be
// for time stamping and nothing else. Whose certificate counts as an authority's, and whether it
// was valid then, is the caller's to know: the chain is not judged here. Source: RFC 3161 2.3 and
// 2.4.2, RFC 5816; GM/T 0033 where the reading permits it, whose tokens may hold their TSTInfo as
// GM data. Pure, any thread but for the checker.
#pragma once

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "verifier/core/time.h"
#include "verifier/crypto/cms_message.h"

namespace heyan::crypto {

// What is wrong with a token that could be read, besides its signature (CmsSigner::fault).
enum class TimestampFault : std::uint8_t {
  kContentType,        // holds no TSTInfo; nothing of it was read
  kVersion,            // another version; nothing more of the TSTInfo was read
  kTime,               // genTime is not "YYYYMMDDhhmmss[.f]Z" of the calendar
  kCriticalExtension,  // of the TSTInfo; none is known
  kImprintLength,      // not as long as its algorithm's digests
  kSignerCount,        // more than one
  kUsage,              // the certificate is not for time stamping, or for more than that
  kUsageNotCritical,   // it says so, but not critically: real authorities were issued such ones
  kKeyUsage,           // its key is for something else than signatures
  kAuthorityName,      // the TSTInfo names another authority than the certificate
};

struct TimestampInfo {
  std::string policy;        // "1.2.3.4"
  std::optional<Hash> hash;  // of the imprint; nothing: one that is not known here
  core::Bytes imprint;       // of the stamped bytes
  core::Bytes serial;        // content octets of the INTEGER
  core::UtcTime time;        // cut to milliseconds; 1970 with kTime
  std::optional<std::chrono::microseconds> accuracy;  // nothing: not stated
  std::optional<core::Bytes> nonce;                   // content octets of the INTEGER
};

// The latest instant that the authority's clock may have had: genTime and accuracy, in whole
// milliseconds (RFC 3161 2.4.2).
core::UtcTime existed_by(const TimestampInfo& info);

struct TimestampToken {
  std::optional<TimestampInfo> info;      // nothing with kContentType and kVersion
  CmsSigner signer;                       // the first where there are more
  std::vector<Certificate> certificates;  // that came along
  std::set<TimestampFault> faults;        // empty: conforms
  bool gm = false;                        // of GM/T 0010
};

// The token itself (ContentInfo), not a response that holds one. Errors of a reader: no such token.
core::Result<TimestampToken> read_timestamp(core::ByteView der, SignatureChecker& checker,
                                            const core::Limits& limits = {},
                                            const CmsReading& reading = {});

// Of an AlgorithmIdentifier (DER) of an imprint, or of what is hashed otherwise for a token;
// nothing: one that is not known here.
std::optional<Hash> hash_algorithm(core::ByteView algorithm_identifier);

// AlgorithmIdentifier and digest, as a token and a request for one have it. The hash is nothing
// where it is not known here.
struct MessageImprint {
  std::optional<Hash> hash;
  core::Bytes digest;
};
core::Result<MessageImprint> read_imprint(core::ByteView content);

}  // namespace heyan::crypto
