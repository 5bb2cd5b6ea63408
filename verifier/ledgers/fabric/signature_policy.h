// A signature policy: which identities, in which number, must have signed.
//
// Read from SignaturePolicyEnvelope or from its text form "OutOf(3,'CourtMSP.peer',…)", and
// evaluated as Fabric does: rules from left to right, each principal consumes one identity that is
// not yet used, a failed branch gives back what it consumed, n-out-of does not stop early. Source:
// fabric common/cauthdsl/cauthdsl.go, common/policydsl. Immutable once made; any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/ledgers/fabric/message.h"
#include "verifier/ledgers/fabric/msp.h"

namespace heyan::ledgers::fabric {

enum class PrincipalRole : std::uint8_t { kMember, kAdmin, kClient, kPeer, kOrderer };

struct Principal {
  enum class Kind : std::uint8_t { kRole, kIdentity, kUnsupported } kind = Kind::kUnsupported;
  std::string msp;
  PrincipalRole role = PrincipalRole::kMember;
  Bytes certificate_sha256;  // of kIdentity
};

// Does a valid identity satisfy it? Identities that are not valid satisfy nothing.
bool satisfies(const Identity& identity, const Principal& principal);

class SignaturePolicy {
 public:
  // `bytes`: SignaturePolicyEnvelope.
  static Result<SignaturePolicy> parse(ByteView bytes, const core::Limits& limits);
  // Gates OutOf, And, Or; principals 'MSP.member|admin|client|peer|orderer'. At most 32 deep, 1000
  // rules.
  static Result<SignaturePolicy> from_text(std::string_view text);

  // `identities`: distinct, each with a valid signature; in their order.
  bool evaluate(std::span<const Identity* const> identities) const;

  // Would this identity satisfy any principal that the policy names?
  bool names(const Identity& identity) const;

  const std::vector<Principal>& principals() const { return principals_; }

 private:
  struct Rule {
    std::int32_t signed_by = -1;  // index of a principal, or -1 for n-out-of
    std::int32_t n = 0;
    std::vector<Rule> rules;
  };
  class TextParser;
  class WireParser;

  bool evaluate(const Rule& rule, std::span<const Identity* const> identities,
                std::vector<bool>& used) const;

  Rule rule_;
  std::vector<Principal> principals_;
};

}  // namespace heyan::ledgers::fabric
