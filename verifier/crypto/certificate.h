// X.509 certificates and revocation lists, and chains judged at a given time.
//
// Threat: certificates come with the evidence. DER must be canonical and complete; PEM must be one
// block. OpenSSL parses; signatures go through SignatureChecker, so that two libraries agree on
// every link. SM2 certificates are signed with a user id that the caller must name (GB/T:
// "1234567812345678"; one Fabric fork: empty). Source: RFC 5280; GM/T 0015. Values, cheap to copy;
// any thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "verifier/core/bytes.h"
#include "verifier/core/error.h"
#include "verifier/core/time.h"
#include "verifier/crypto/key.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {

class Certificate {
 public:
  static core::Result<Certificate> from_der(core::ByteView der, const core::Limits& limits = {});
  static core::Result<Certificate> from_pem(std::string_view pem, const core::Limits& limits = {});
  // from_pem for one judgement: the same text is parsed once, since building a key in two libraries
  // costs about as much as a verification.
  static core::Result<Certificate> from_pem_once(std::string_view pem, SignatureChecker& checker,
                                                 const core::Limits& limits = {});
  // Several PEM blocks, white space between them only. At most 64.
  static core::Result<std::vector<Certificate>> list_from_pem(std::string_view pem,
                                                              const core::Limits& limits = {});

  core::ByteView der() const;
  core::ByteView sha256() const;  // of der()
  const PublicKey& key() const;
  core::ByteView subject() const;  // Name, DER
  core::ByteView issuer() const;
  std::vector<std::string> subject_values(
      std::string_view attribute) const;  // "CN" "O" "OU", in order, UTF-8
  core::ByteView serial() const;          // content octets of the INTEGER
  // Of the algorithm that this certificate was signed with; nothing where it is not supported here.
  std::optional<Hash> signature_hash() const;
  core::UtcTime not_before() const;
  core::UtcTime not_after() const;
  bool is_ca() const;                     // basicConstraints CA=TRUE
  core::ByteView subject_key_id() const;  // empty where absent
  core::ByteView authority_key_id() const;
  bool operator==(const Certificate& other) const;

  // Does `issuer` hold the key that signed this certificate? ECDSA certificates with high S are
  // accepted.
  SignatureOutcome verify_signed_by(const Certificate& issuer, SignatureChecker& checker,
                                    std::string_view sm2_user_id = "1234567812345678") const;

  struct Parsed;
  const Parsed& parsed() const { return *parsed_; }

 private:
  explicit Certificate(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  std::shared_ptr<const Parsed> parsed_;
};

struct Revocation {
  core::UtcTime at;
  std::optional<std::uint8_t>
      reason;  // RFC 5280 5.3.1; nothing: not stated, unreadable, or two that differ
};

class RevocationList {
 public:
  static core::Result<RevocationList> from_der(core::ByteView der);
  static core::Result<RevocationList> from_pem(std::string_view pem);

  core::ByteView issuer() const;
  core::ByteView authority_key_id() const;
  core::UtcTime this_update() const;
  std::optional<core::UtcTime> next_update() const;
  // Nothing where this serial is not listed. The earliest time where it stands twice.
  std::optional<Revocation> revocation(core::ByteView serial) const;
  // Whether silence about that certificate says that it was not revoked: the list is in force at
  // `at`, and no issuer drops the certificate from it because it has ended (RFC 5280 3.3). Lists
  // that keep ended ones say since when (expiredCertsOnCRL, ITU-T X.509).
  bool would_list(const Certificate& certificate, core::UtcTime at) const;
  // When it was revoked, likewise.
  std::optional<core::UtcTime> revoked_at(core::ByteView serial) const;
  SignatureOutcome verify_signed_by(const Certificate& issuer, SignatureChecker& checker,
                                    std::string_view sm2_user_id = "1234567812345678") const;

  struct Parsed;

 private:
  explicit RevocationList(std::shared_ptr<const Parsed> parsed) : parsed_(std::move(parsed)) {}
  std::shared_ptr<const Parsed> parsed_;
};

enum class ChainFault : std::uint8_t {
  kNone,
  kNoPath,       // no chain to an anchor: wrong issuer, bad signature, not a CA
  kNotYetValid,  // some certificate is not valid yet at the time
  kExpired,
  kConstraint,  // basicConstraints, path length, key usage or an unknown critical extension
  kTooMany,     // Limits::chain_candidates reached
  kEnginesDisagree,
};

struct Chain {
  ChainFault fault = ChainFault::kNoPath;
  std::vector<Certificate> path;  // leaf first, anchor last; empty where there is none
};

// Builds and checks the chain from `leaf` to one of `anchors` at time `at` (RFC 5280 section 6,
// without policies and names constraints beyond what OpenSSL applies). Anchors may be intermediate
// CAs. Revocation is the caller's.
Chain verify_chain(const Certificate& leaf, std::span<const Certificate> anchors,
                   std::span<const Certificate> intermediates, core::UtcTime at,
                   SignatureChecker& checker, const core::Limits& limits = {},
                   std::string_view sm2_user_id = "1234567812345678");

}  // namespace heyan::crypto
