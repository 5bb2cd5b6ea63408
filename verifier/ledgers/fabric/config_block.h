// What a config block holds: the whole new config, and the update that led to it with its
// signatures. Source: fabric-protos common/configtx.proto. Views; pure; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "verifier/ledgers/fabric/block.h"
#include "verifier/ledgers/fabric/message.h"

namespace heyan::ledgers::fabric {

struct ConfigSignature {
  ByteView signature_header;
  ByteView signature;  // over signature_header || config_update
};

struct ConfigUpdate {
  ByteView bytes;  // as signed
  std::vector<ConfigSignature> signatures;
  std::string_view channel;
  ByteView read_set;   // ConfigGroup
  ByteView write_set;  // ConfigGroup
};

struct ConfigContent {
  std::string_view channel;  // of the channel header
  std::uint64_t sequence = 0;
  ByteView channel_group;  // ConfigGroup
  ByteView last_update;    // Envelope; empty in the first block
};

// The only entry of a block must be a transaction of type CONFIG.
Result<ConfigContent> parse_config_block(const Block& block);

// `envelope`: ConfigContent::last_update, of type CONFIG_UPDATE.
Result<ConfigUpdate> parse_config_update(ByteView envelope);

}  // namespace heyan::ledgers::fabric
