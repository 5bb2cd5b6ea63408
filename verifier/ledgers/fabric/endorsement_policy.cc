#include "verifier/ledgers/fabric/endorsement_policy.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::string_view kFields = "namespaces/fields/";

// StateData.Bytes -> ChaincodeValidationInfo.
Result<ByteView> parse_validation_parameter(ByteView state) {
  ByteView info;
  const auto visit = [&](const Field& field) -> Result<void> {
    return field.number == 2 ? put(info, field) : unknown(field);
  };
  HEYAN_CHECK_OK(read_fields(state, {}, visit));
  std::string_view plugin;
  ByteView parameter;
  const auto visit_info = [&](const Field& field) -> Result<void> {
    switch (field.number) {
      case 1:
        return put(plugin, field);
      case 2:
        return put(parameter, field);
      default:
        return unknown(field);
    }
  };
  HEYAN_CHECK_OK(read_fields(info, {}, visit_info));
  if (plugin != "vscc")
    return core::fail(core::ErrorCode::kUnsupported, "a validation plugin of its own");
  return parameter;
}

}  // namespace

Result<EndorsementPolicy> EndorsementPolicy::from_text(std::string_view text) {
  EndorsementPolicy policy;
  HEYAN_TRY(policy.signatures_, SignaturePolicy::from_text(text));
  return policy;
}

Result<EndorsementPolicy> EndorsementPolicy::from_definition(ByteView bytes,
                                                             const core::Limits& limits) {
  HEYAN_TRY(const ByteView parameter, parse_validation_parameter(bytes));
  EndorsementPolicy policy;
  std::string_view reference;
  const auto visit = [&](const Field& field) -> Result<void> {
    if (policy.signatures_ || !reference.empty()) {
      return core::fail(core::ErrorCode::kDuplicate, "policy of two kinds", field.offset);
    }
    if (field.number == 2) return put(reference, field);
    if (field.number != 1) return unknown(field);
    HEYAN_TRY(const ByteView signatures, field.as_bytes());
    HEYAN_TRY(policy.signatures_, SignaturePolicy::parse(signatures, limits));
    return {};
  };
  HEYAN_CHECK_OK(read_fields(parameter, {}, visit));
  if (!policy.signatures_ && reference.empty())
    return core::fail(core::ErrorCode::kMalformed, "empty policy");
  policy.reference_ = reference;
  return policy;
}

bool EndorsementPolicy::evaluate(const ChannelConfig& config,
                                 std::span<const Identity* const> endorsers) const {
  return signatures_ ? signatures_->evaluate(endorsers) : config.satisfied(reference_, endorsers);
}

bool EndorsementPolicy::names(const ChannelConfig& config, const Identity& identity) const {
  if (signatures_) return signatures_->names(identity);
  return identity.valid() && identity.role == NodeRole::kPeer &&
         !config.application_group(identity.msp).empty();
}

std::string validation_info_key(std::string_view chaincode) {
  return std::string(kFields) + std::string(chaincode) + "/ValidationInfo";
}

std::string sequence_key(std::string_view chaincode) {
  return std::string(kFields) + std::string(chaincode) + "/Sequence";
}

}  // namespace heyan::ledgers::fabric
