#include "verifier/ledgers/fabric/definitions.h"

namespace heyan::ledgers::fabric {
namespace {

constexpr std::string_view kImplicitCollection = "_implicit_org_";

}  // namespace

void Definitions::use(const ChannelConfig& config, FallbackPolicy fallback) {
  config_ = &config;
  fallback_ = std::move(fallback);
}

const Definitions::Known* Definitions::look_up(std::string_view chaincode) {
  const std::string key = validation_info_key(chaincode);
  const StateValue* value = state_.find({kLifecycleNamespace, {}, key});
  if (value == nullptr) return nullptr;
  const auto found = known_.find(key);
  if (found != known_.end() && found->second.definition.data() == value->value.data())
    return &found->second;
  Known known{value->value, EndorsementPolicy::from_definition(value->value, limits_)};
  return &known_.insert_or_assign(key, std::move(known)).first->second;
}

const EndorsementPolicy* Definitions::policy(std::string_view chaincode) {
  if (const Known* known = look_up(chaincode)) return known->policy ? &*known->policy : nullptr;
  return chaincode == fallback_.chaincode ? fallback_.policy : nullptr;
}

PolicySource::Answer Definitions::evaluate(std::string_view name, std::string_view collection,
                                           std::span<const Identity* const> endorsers) {
  const auto answer = [](bool satisfied) {
    return satisfied ? Answer::kSatisfied : Answer::kNotSatisfied;
  };
  if (!collection.empty()) {
    // Collections of one organisation answer to that organisation; others have policies in the
    // definition.
    if (!collection.starts_with(kImplicitCollection)) return Answer::kUnsupported;
    const std::string group =
        config_->application_group(collection.substr(kImplicitCollection.size()));
    return answer(!group.empty() && config_->satisfied(group + "/Endorsement", endorsers));
  }
  if (name == kLifecycleNamespace)
    return answer(config_->satisfied(kLifecycleEndorsement, endorsers));
  const Known* known = look_up(name);
  if (known == nullptr) {
    if (name != fallback_.chaincode || fallback_.policy == nullptr) return Answer::kNoChaincode;
    return answer(fallback_.policy->evaluate(*config_, endorsers));
  }
  if (!known->policy) return Answer::kUnsupported;
  return answer(known->policy->evaluate(*config_, endorsers));
}

}  // namespace heyan::ledgers::fabric
