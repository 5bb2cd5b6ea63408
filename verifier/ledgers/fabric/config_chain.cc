#include "verifier/ledgers/fabric/config_chain.h"

#include "verifier/ledgers/fabric/config_block.h"
#include "verifier/ledgers/fabric/config_update.h"
#include "verifier/ledgers/fabric/ordering.h"

namespace heyan::ledgers::fabric {
namespace {

struct ReadBlock {
  Block block;
  ConfigContent content;
};

Result<ReadBlock> read_block(ByteView bytes, const core::Limits& limits) {
  ReadBlock result;
  HEYAN_TRY(result.block, parse_block(bytes, limits));
  HEYAN_TRY(result.content, parse_config_block(result.block));
  return result;
}

}  // namespace

std::expected<ConfigChain, Reason> ConfigChain::start(const KeptBytes& block,
                                                      std::optional<ByteView> pin,
                                                      std::string_view channel,
                                                      Verifier& verifier) {
  const auto read = read_block(block.bytes, verifier.limits());
  if (!read) return std::unexpected(Reason::kParse);
  ConfigLink link;
  link.number = read->block.header.number;
  link.sequence = read->content.sequence;
  link.header_hash = header_hash(read->block.header, verifier);
  if (pin && !core::equal(link.header_hash, *pin)) return std::unexpected(Reason::kConfigAnchor);
  // The hash pins the header; the header must pin the entries.
  const bool first = link.number == 0 && read->block.header.previous_hash.empty();
  if (!first || read->content.channel != channel || !check_data(read->block, verifier).empty()) {
    return std::unexpected(Reason::kConfigAnchor);
  }
  auto config = ChannelConfig::parse(read->content.channel_group, block, verifier);
  if (!config) return std::unexpected(Reason::kParse);
  link.block = block;
  link.config = std::make_shared<const ChannelConfig>(*std::move(config));
  ConfigChain chain;
  chain.channel_ = channel;
  chain.links_.push_back(std::move(link));
  return chain;
}

std::expected<void, Reason> ConfigChain::append(const KeptBytes& block, Identities& identities) {
  Verifier& verifier = identities.verifier();
  const auto read = read_block(block.bytes, verifier.limits());
  if (!read) return std::unexpected(Reason::kParse);
  const ConfigLink& before = latest();
  const BlockHeader& header = read->block.header;
  if (header.number <= before.number || read->content.channel != channel_ ||
      read->content.sequence != before.sequence + 1) {
    return std::unexpected(Reason::kConfigChain);
  }
  if (header.number == before.number + 1 &&
      !core::equal(header.previous_hash, before.header_hash)) {
    return std::unexpected(Reason::kConfigChain);
  }
  const Block* const copy = &read->block;
  const OrderingCheck ordering = check_block({&copy, 1}, header.number, *before.config, identities);
  if (!ordering.authenticated) return std::unexpected(Reason::kConfigChain);

  auto config = ChannelConfig::parse(read->content.channel_group, block, verifier);
  if (!config) return std::unexpected(Reason::kParse);
  const auto update = parse_config_update(read->content.last_update);
  if (!update || !is_authorised(*before.config, *update, channel_, config->tree(), identities)) {
    return std::unexpected(Reason::kConfigChain);
  }
  ConfigLink link;
  link.number = header.number;
  link.sequence = read->content.sequence;
  link.header_hash = ordering.header_hash;
  link.block = block;
  link.changes_trust = changes_trust(before.config->tree(), config->tree());
  link.config = std::make_shared<const ChannelConfig>(*std::move(config));
  links_.push_back(std::move(link));
  return {};
}

const ConfigLink* ConfigChain::at(std::uint64_t number) const {
  for (const ConfigLink& link : links_) {
    if (link.number == number) return &link;
  }
  return nullptr;
}

const ConfigLink* ConfigChain::in_force(std::uint64_t number) const {
  const ConfigLink* found = nullptr;
  for (const ConfigLink& link : links_) {
    if (link.number < number) found = &link;
  }
  return found;
}

}  // namespace heyan::ledgers::fabric
