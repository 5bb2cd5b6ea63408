#include "verifier/ledgers/fabric/scene.h"

#include <algorithm>
#include <map>

namespace heyan::ledgers::fabric {
namespace {

class Builder {
 public:
  Builder(const OfferedProofs& proofs, const FabricConfig& config, Identities& identities)
      : proofs_(proofs),
        config_(config),
        identities_(identities),
        verifier_(identities.verifier()) {}

  Scene run() {
    if (!proofs_.unreadable.empty()) scene_.reasons.insert(Reason::kParse);
    // A proof that does not lead to its own header speaks against the item, whichever block it is.
    for (const OfferedBlock& block : proofs_.blocks) {
      const Reasons reasons = block.read->data(verifier_);
      scene_.reasons.insert(reasons.begin(), reasons.end());
    }
    take_configs();
    group();
    if (scene_.configs) {
      for (BlockGroup& one : scene_.groups) authenticate(one);
      find_fork();
    }
    return std::move(scene_);
  }

 private:
  // The reviewed chain, then those blocks of the submission that go on from it.
  void take_configs() {
    std::vector<const OfferedBlock*> offered;
    for (const OfferedBlock& block : proofs_.blocks) {
      if (block.is_config()) offered.push_back(&block);
    }
    std::ranges::stable_sort(offered, {}, &OfferedBlock::number);
    if (config_.configs) {
      scene_.configs = config_.configs;
    } else if (!start_from_pin(offered)) {
      return;
    }
    for (const OfferedBlock* block : offered) take_config(*block);
    // What the court's reader refuses in a list may not come with a submission either.
    if (find_shared_ca(*scene_.configs, config_.institutions)) scene_.config_unapproved = true;
  }

  bool start_from_pin(const std::vector<const OfferedBlock*>& offered) {
    if (offered.empty() || offered.front()->number() != 0) return false;
    auto chain = ConfigChain::start(KeptBytes::view(offered.front()->read->bytes()), *config_.pin,
                                    config_.channel, verifier_);
    if (!chain) {
      scene_.reasons.insert(chain.error());
      return false;
    }
    scene_.configs = *std::move(chain);
    return true;
  }

  void take_config(const OfferedBlock& block) {
    const std::uint64_t number = block.number();
    if (const ConfigLink* known = scene_.configs->at(number)) {
      const bool same =
          core::equal(header_hash(block.block().header, verifier_), known->header_hash);
      if (!same) scene_.reasons.insert(number == 0 ? Reason::kConfigAnchor : Reason::kConfigChain);
      return;
    }
    if (number < scene_.configs->latest().number) {
      scene_.reasons.insert(Reason::kConfigChain);
      return;
    }
    if (const auto added =
            scene_.configs->append(KeptBytes::view(block.read->bytes()), identities_);
        !added) {
      scene_.reasons.insert(Reason::kConfigChain);
      return;
    }
    if (scene_.configs->latest().changes_trust) scene_.config_unapproved = true;
  }

  void group() {
    std::map<Bytes, std::size_t> by_header;
    for (const OfferedBlock& block : proofs_.blocks) {
      if (block.is_config()) continue;
      const auto [place, added] = by_header.emplace(block.read->header(), scene_.groups.size());
      if (added) scene_.groups.emplace_back();
      scene_.groups[place->second].copies.push_back(&block);
    }
    for (BlockGroup& one : scene_.groups) {
      std::ranges::stable_sort(
          one.copies, {}, [](const OfferedBlock* copy) { return copy->block().flags.empty(); });
    }
    std::ranges::stable_sort(scene_.groups, {}, &BlockGroup::number);
  }

  void authenticate(BlockGroup& group) {
    group.link = scene_.configs->in_force(group.number());
    if (group.link == nullptr) group.link = &scene_.configs->first();
    const Reasons data = group.front().data(verifier_);
    group.ordering =
        check_block(group.blocks(), group.link->number, *group.link->config, identities_, &data);
    group.authenticated = group.ordering.authenticated.has_value();
  }

  struct Known {
    ByteView hash;
    ByteView previous;
  };

  // Two blocks of one number, or a block that goes on from another one than that which was offered.
  void find_fork() {
    std::map<std::uint64_t, std::vector<Known>> known;
    for (const ConfigLink& link : scene_.configs->links()) {
      const auto block = parse_block(link.block.bytes, verifier_.limits());
      if (block) known[link.number].push_back({link.header_hash, block->header.previous_hash});
    }
    for (const BlockGroup& one : scene_.groups) {
      if (one.authenticated)
        known[one.number()].push_back(
            {one.ordering.header_hash, one.front().block().header.previous_hash});
    }
    for (const auto& [number, blocks] : known) {
      const bool differ = std::ranges::any_of(
          blocks, [&](const Known& one) { return !core::equal(one.hash, blocks.front().hash); });
      const auto next = known.find(number + 1);
      const bool broken =
          next != known.end() && std::ranges::any_of(next->second, [&](const Known& one) {
            return !core::equal(one.previous, blocks.front().hash);
          });
      if (!differ && !broken) continue;
      scene_.fork = number;
      return;
    }
  }

  const OfferedProofs& proofs_;
  const FabricConfig& config_;
  Identities& identities_;
  Verifier& verifier_;
  Scene scene_;
};

}  // namespace

std::vector<const Block*> BlockGroup::blocks() const {
  std::vector<const Block*> result;
  for (const OfferedBlock* copy : copies) {
    if (result.size() < kMaxCopies) result.push_back(&copy->block());
  }
  return result;
}

bool BlockGroup::is_flagged(std::size_t transaction) const {
  return std::ranges::any_of(copies, [&](const OfferedBlock* copy) {
    const Block& block = copy->block();
    return block.flags.size() == block.entries.size() && transaction < block.flags.size() &&
           block.flags[transaction] != kValid;
  });
}

const BlockGroup* Scene::group_of(const ReadBlock& block) const {
  const auto found = std::ranges::find_if(
      groups, [&](const BlockGroup& one) { return one.front().header() == block.header(); });
  return found == groups.end() ? nullptr : &*found;
}

Scene set_scene(const OfferedProofs& proofs, const FabricConfig& config, Identities& identities) {
  return Builder(proofs, config, identities).run();
}

}  // namespace heyan::ledgers::fabric
