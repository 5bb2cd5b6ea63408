// Blocks of real networks: raft (ECDSA) and a GM fork (SM2, SM3).
#include "tests/unit/ledgers/sample.h"
#include "verifier/core/wire.h"

namespace heyan::conformance::fabric {
namespace {

constexpr std::uint32_t kBlockMetadata = 3;  // field of a block
constexpr std::uint32_t kMetadataEntry =
    1;  // field of its metadata; the first entry holds signatures

// Where the signed part of a block ends: after its first metadata entry. What follows (validation
// flags, commit hash) each peer writes for itself.
std::size_t signed_end(core::ByteView block) {
  core::WireReader fields(block);
  for (auto field = fields.next(); field && *field; field = fields.next()) {
    if ((*field)->number != kBlockMetadata) continue;
    const auto metadata = (*field)->as_bytes();
    core::WireReader entries(*metadata);
    for (auto entry = entries.next(); entry && *entry; entry = entries.next()) {
      if ((*entry)->number != kMetadataEntry) continue;
      const auto first = (*entry)->as_bytes();
      return static_cast<std::size_t>(first->data() + first->size() - block.data());
    }
  }
  return block.size();
}

std::string institution(std::string_view id, std::string_view kind) {
  return "[[institution]]\nid = \"" + std::string(id) + "\"\nkind = \"" + std::string(kind) +
         "\"\nname = { zh = \"机构\", en = \"Institution\" }\n";
}

struct Network {
  std::string run;
  std::string channel;
  std::string pin;
  std::string profile;
};

std::string trust_list(const Network& network) {
  return "[list]\nid = \"test\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
         "next_update = 2036-01-01T00:00:00Z\n" +
         institution("court", "court") + institution("notary", "notary") +
         institution("copyright", "copyright") + institution("platform", "platform") +
         "[[quorum]]\nid = \"three\"\nat_least = 3\n"
         "of = [\"court\", \"notary\", \"copyright\", \"platform\"]\n"
         "[[ledger]]\nid = \"chain\"\nformat = \"fabric\"\nquorum = \"three\"\n"
         "name = { zh = \"链\", en = \"Chain\" }\n"
         "[ledger.fabric]\nchannel = \"" +
         network.channel + "\"\nchaincode = \"evidence\"\nprofile = \"" + network.profile +
         "\"\ngenesis_header_hash = \"" + network.pin +
         "\"\nconfig_blocks = [\"genesis.pb\"]\n"
         "endorsement_policy = "
         "\"OutOf(3,'CourtMSP.peer','NotaryMSP.peer','CopyrightMSP.peer','PlatformMSP.peer')\"\n"
         "[ledger.fabric.msp]\nCourtMSP = \"court\"\nNotaryMSP = \"notary\"\n"
         "CopyrightMSP = \"copyright\"\nPlatformMSP = \"platform\"\n";
}

Sample block_sample(const Network& network, const std::string& block, const std::string& key) {
  const std::string folder = std::string(HEYAN_VECTORS) + "/fabric/" + network.run + "/chain/";
  Sample sample;
  sample.name = network.run + " " + block;
  sample.ledger = "chain";
  sample.trust_files["trust.toml"] = core::to_bytes(trust_list(network));
  sample.trust_files["genesis.pb"] = read_test_file(folder + "block_000.pb");
  sample.item.set_id("E1");
  sample.item.mutable_record()->set_ledger("chain");
  sample.item.mutable_record()->set_id(key);
  sample.proof = read_test_file(folder + block);
  sample.is_unsigned = [end = signed_end(sample.proof)](std::size_t at) { return at >= end; };
  return sample;
}

}  // namespace

std::vector<Sample> samples() {
  const Network raft{"raft-a", "judicial-evidence",
                     "88cbc68448ae9ded035788ed2d4a66b39191aa0a951134afd3b322f17c97839a",
                     "mainline"};
  const Network gm{"gm-a", "gm-evidence",
                   "6ed3d4ff2f76ca621acac7cb55d9a361776a0db341224c6a022d37760a216e2e",
                   "gm-vonechain-2.2"};
  return {block_sample(raft, "block_008.pb", "EV-2026-0008"),
          block_sample(gm, "block_006.pb", "EVG-2026-0002")};
}

}  // namespace heyan::conformance::fabric
