// Endorsement policies as the chain itself defines them: chaincode definitions in the namespace
// _lifecycle. Source: fabric v2.5.4 core/chaincode/lifecycle, core/committer/txvalidator/v20. Not
// for two threads.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "verifier/ledgers/fabric/endorsement_policy.h"
#include "verifier/ledgers/fabric/state.h"
#include "verifier/ledgers/fabric/validation.h"

namespace heyan::ledgers::fabric {

// What the policies are when the chain has no definition of a chaincode (networks older than v2).
struct FallbackPolicy {
  std::string chaincode;
  const EndorsementPolicy* policy = nullptr;  // null: none
};

class Definitions : public PolicySource {
 public:
  // `state`: as committed before the block under way. Arguments must outlive the object.
  Definitions(const State& state, const core::Limits& limits) : state_(state), limits_(limits) {}

  void use(const ChannelConfig& config, FallbackPolicy fallback);

  Answer evaluate(std::string_view name, std::string_view collection,
                  std::span<const Identity* const> endorsers) override;

  // The policy in force of a chaincode, or nothing where it is not defined or not understood.
  const EndorsementPolicy* policy(std::string_view chaincode);

 private:
  struct Known {
    ByteView definition;
    Result<EndorsementPolicy> policy;
  };
  const Known* look_up(std::string_view chaincode);

  const State& state_;
  const core::Limits& limits_;
  const ChannelConfig* config_ = nullptr;
  FallbackPolicy fallback_;
  std::map<std::string, Known> known_;
};

}  // namespace heyan::ledgers::fabric
