// The endorsement policy of a chaincode: a signature policy, or the name of a policy of the
// channel's config. Source: fabric-protos peer/policy.proto (ApplicationPolicy), peer/lifecycle.
// Immutable; any thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "verifier/ledgers/fabric/channel_config.h"
#include "verifier/ledgers/fabric/signature_policy.h"

namespace heyan::ledgers::fabric {

class EndorsementPolicy {
 public:
  // "OutOf(3,'CourtMSP.peer',…)"
  static Result<EndorsementPolicy> from_text(std::string_view text);
  // `bytes`: value of the state key namespaces/fields/NAME/ValidationInfo. kUnsupported for a
  // validation plugin of its own.
  static Result<EndorsementPolicy> from_definition(ByteView bytes, const core::Limits& limits);

  bool evaluate(const ChannelConfig& config, std::span<const Identity* const> endorsers) const;
  // Would this identity count towards it?
  bool names(const ChannelConfig& config, const Identity& identity) const;

 private:
  std::optional<SignaturePolicy> signatures_;
  std::string reference_;  // "/Channel/Application/Endorsement"
};

// The state key of the definition, and where its sequence stands.
std::string validation_info_key(std::string_view chaincode);
std::string sequence_key(std::string_view chaincode);
inline constexpr std::string_view kLifecycleNamespace = "_lifecycle";
inline constexpr std::string_view kLifecycleEndorsement =
    "/Channel/Application/LifecycleEndorsement";

}  // namespace heyan::ledgers::fabric
