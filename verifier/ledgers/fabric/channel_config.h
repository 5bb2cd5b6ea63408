// The config of a channel at one config block: its organisations, policies and consenters.
//
// Made only from a block that ConfigChain authenticated (or that the trust list pins). Immutable;
// any thread; the block's bytes are kept.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/block.h"
#include "verifier/ledgers/fabric/config_tree.h"
#include "verifier/ledgers/fabric/msp.h"
#include "verifier/ledgers/fabric/signature_policy.h"
#include "verifier/ledgers/fabric/verifier.h"

namespace heyan::ledgers::fabric {

// One of the numbered orderers of a BFT network.
struct Consenter {
  std::string msp;
  Bytes certificate;  // PEM
};

class ChannelConfig {
 public:
  // `group`: the channel's ConfigGroup, inside `block`. An organisation that cannot be read makes
  // the config unusable.
  static Result<ChannelConfig> parse(ByteView group, KeptBytes block, Verifier& verifier);

  const ConfigTree& tree() const { return tree_; }
  const Msp* msp(std::string_view id) const;
  bool is_orderer_org(std::string_view msp) const {
    return orderer_orgs_.contains(std::string(msp));
  }
  // Group of the application organisation with that MSP id; empty where there is none.
  std::string application_group(std::string_view msp) const;
  const Consenter* consenter(std::uint32_t number) const;
  bool has_consenter_numbers() const { return !consenters_.empty(); }
  bool v3() const { return v3_; }  // capability V3_0

  // Evaluates the policy at an absolute path ("/Channel/Orderer/BlockValidation"). Unknown policies
  // are not satisfied.
  bool satisfied(std::string_view policy_path, std::span<const Identity* const> identities) const;
  // The signature policy at a path, or null where it is of another kind.
  const SignaturePolicy* signature_policy(std::string_view policy_path) const;

 private:
  struct ImplicitMeta {
    std::string sub_policy;
    std::int32_t rule = 0;  // 0 ANY, 1 ALL, 2 MAJORITY
  };

  Result<void> read_values(Verifier& verifier);
  Result<void> read_policies(Verifier& verifier);
  Result<void> read_msp(const std::string& path, ByteView content, Verifier& verifier);
  bool satisfied_meta(std::string_view group, const ImplicitMeta& meta,
                      std::span<const Identity* const> identities, std::size_t depth) const;
  bool satisfied_at(const std::string& path, std::span<const Identity* const> identities,
                    std::size_t depth) const;

  KeptBytes block_;  // what all views here stand in
  ConfigTree tree_;
  std::map<std::string, Msp> msps_;
  std::map<std::string, ByteView> msp_bytes_;
  std::map<std::string, std::string> orderer_orgs_;      // MSP id -> group
  std::map<std::string, std::string> application_orgs_;  // MSP id -> group
  std::map<std::uint32_t, Consenter> consenters_;
  std::map<std::string, SignaturePolicy> signature_policies_;  // by path
  std::map<std::string, ImplicitMeta> meta_policies_;
  bool v3_ = false;
};

}  // namespace heyan::ledgers::fabric
