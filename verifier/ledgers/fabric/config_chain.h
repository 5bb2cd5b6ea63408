// The configs of one channel from the first block on, each authenticated under the one before it.
//
// Trust starts at a pinned hash of the first block's header (or at blocks that the court reviewed).
// Each later config block must be signed by the orderers of the config before it, name itself as
// the config in force, and its update must be authorised under the config before it. Values; a
// chain may be copied and extended for one submission while the trust list's own stays as it is.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "verifier/ledgers/fabric/channel_config.h"
#include "verifier/ledgers/fabric/reason.h"
#include "verifier/ledgers/fabric/signers.h"

namespace heyan::ledgers::fabric {

struct ConfigLink {
  std::uint64_t number = 0;  // of the block
  std::uint64_t sequence = 0;
  Bytes header_hash;
  KeptBytes block;
  std::shared_ptr<const ChannelConfig> config;
  bool changes_trust = false;  // against the link before it
};

class ConfigChain {
 public:
  // `pin`: hash of the first block's header. Nothing: the block is itself reviewed. Failure: kParse
  // or kConfigAnchor.
  static std::expected<ConfigChain, Reason> start(const KeptBytes& block,
                                                  std::optional<ByteView> pin,
                                                  std::string_view channel, Verifier& verifier);

  // Adds the next config block. Failure: kParse or kConfigChain; the chain stays as it was.
  std::expected<void, Reason> append(const KeptBytes& block, Identities& identities);

  // The config block of that number, or null.
  const ConfigLink* at(std::uint64_t number) const;
  // The config in force for a block of that number: the latest before it.
  const ConfigLink* in_force(std::uint64_t number) const;
  const ConfigLink& latest() const { return links_.back(); }
  const ConfigLink& first() const { return links_.front(); }
  const std::vector<ConfigLink>& links() const { return links_; }
  const std::string& channel() const { return channel_; }

 private:
  std::string channel_;
  std::vector<ConfigLink> links_;
};

}  // namespace heyan::ledgers::fabric
