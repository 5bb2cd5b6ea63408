// Every intermediate value that the networks' own files state: headers, hashes, signed messages,
// sets, commit hashes.
#include <array>

#include "tests/unit/fabric/fixture.h"
#include "verifier/ledgers/fabric/ordering.h"
#include "verifier/ledgers/fabric/state.h"
#include "verifier/ledgers/fabric/validation.h"

namespace heyan::ledgers::fabric::testing {
namespace {

struct Network {
  std::string run;
  std::string profile;
};

class ByteRules : public ::testing::TestWithParam<Network> {
 protected:
  ByteRules()
      : bench(GetParam().profile),
        values(read_json(GetParam().run + "/vectors.json")),
        bytes(read_vector(GetParam().run + "/" + text_at(values, "/block"))),
        block(*parse_block(bytes, bench.limits)),
        transaction(parse_transaction(block.entries.front())) {}

  std::string hex(const std::string& pointer) const { return text_at(values, pointer); }
  std::string sha256(std::initializer_list<ByteView> pieces) {
    const std::vector<ByteView> list(pieces);
    return core::to_hex(bench.verifier.digest(crypto::Hash::kSha256, list));
  }

  Bench bench;
  core::json::Value values;
  Bytes bytes;
  Block block;
  ParsedTransaction transaction;
};

TEST_P(ByteRules, Header) {
  EXPECT_EQ(static_cast<std::int64_t>(block.header.number), *values.find("number")->as_integer());
  EXPECT_EQ(core::to_hex(block.header.previous_hash), hex("/previous_hash"));
  EXPECT_EQ(core::to_hex(block.header.data_hash), hex("/data_hash"));
  EXPECT_EQ(core::to_hex(encode_header(block.header)), hex("/header_der"));
  EXPECT_EQ(core::to_hex(header_hash(block.header, bench.verifier)), hex("/header_hash"));
  EXPECT_TRUE(check_data(block, bench.verifier).empty());
}

TEST_P(ByteRules, EntriesAndMetadata) {
  const auto& lengths = *values.find("envelope_lengths")->as_array();
  ASSERT_EQ(block.entries.size(), lengths.size());
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    EXPECT_EQ(static_cast<std::int64_t>(block.entries[i].size()), *lengths[i].as_integer());
    EXPECT_TRUE(is_canonical_envelope(block.entries[i]));
  }
  EXPECT_EQ(core::to_hex(block.flags), hex("/transactions_filter_hex"));
  ASSERT_TRUE(block.signatures.has_value());
  EXPECT_EQ(core::to_hex(block.signatures->value), hex("/metadata_signatures_value_hex"));
}

TEST_P(ByteRules, OrdererSignatures) {
  const auto& wanted = *values.find("orderer_signatures")->as_array();
  ASSERT_EQ(block.signatures->signatures.size(), wanted.size());
  const Bytes header = encode_header(block.header);
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const MetadataSignature& one = block.signatures->signatures[i];
    const bool numbered = one.signature_header.empty();
    const ByteView own = numbered ? one.identifier_header : one.signature_header;
    EXPECT_EQ(text_at(wanted[i], "/kind").starts_with("identifier_header"), numbered);
    EXPECT_EQ(core::to_hex(own), text_at(wanted[i], "/header_hex"));
    EXPECT_EQ(core::to_hex(one.signature), text_at(wanted[i], "/signature_hex"));
    EXPECT_EQ(sha256({block.signatures->value, own, header}), text_at(wanted[i], "/signed_sha256"));
  }
}

TEST_P(ByteRules, TransactionHeader) {
  const Header& header = transaction.header;
  EXPECT_EQ(header.channel.channel, hex("/tx0/channel_id"));
  EXPECT_EQ(header.channel.txid, hex("/tx0/tx_id"));
  EXPECT_EQ(core::to_hex(header.signer.nonce), hex("/tx0/nonce_hex"));
  EXPECT_EQ(sha256({header.signer.creator}), hex("/tx0/creator_sha256"));
  EXPECT_EQ(parse_serialized_identity(header.signer.creator)->msp, hex("/tx0/creator_msp"));
  EXPECT_EQ(sha256({transaction.envelope.payload}), hex("/tx0/payload_sha256"));
  EXPECT_EQ(core::to_hex(transaction.envelope.signature), hex("/tx0/creator_signature_hex"));
  const std::string time = std::to_string(header.channel.time->seconds) + "." +
                           std::to_string(1'000'000'000 + header.channel.time->nanos).substr(1);
  EXPECT_EQ(time, hex("/tx0/timestamp"));
  const std::array<ByteView, 2> named{header.signer.nonce, header.signer.creator};
  EXPECT_EQ(core::to_hex(bench.verifier.digest(bench.profile.txid_hash, named)), hex("/tx0/tx_id"));
}

TEST_P(ByteRules, ProposalHashAndEndorsements) {
  EXPECT_EQ(core::to_hex(transaction.response.proposal_hash), hex("/tx0/proposal_hash"));
  const std::array<ByteView, 3> proposal{transaction.header.channel_bytes,
                                         transaction.action.header,
                                         transaction.action.proposal_payload};
  EXPECT_EQ(core::to_hex(bench.verifier.digest(bench.profile.proposal_hash, proposal)),
            hex("/tx0/proposal_hash"));
  EXPECT_EQ(sha256({transaction.action.response_payload}),
            hex("/tx0/proposal_response_payload_sha256"));
  EXPECT_EQ(std::string(transaction.response.chaincode) + ":" +
                std::string(transaction.response.chaincode_version),
            hex("/tx0/chaincode"));
  const auto& wanted = *values.at("/tx0/endorsements")->as_array();
  ASSERT_EQ(transaction.action.endorsements.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const Endorsement& one = transaction.action.endorsements[i];
    EXPECT_EQ(parse_serialized_identity(one.endorser)->msp, text_at(wanted[i], "/msp"));
    EXPECT_EQ(sha256({one.endorser}), text_at(wanted[i], "/endorser_sha256"));
    EXPECT_EQ(sha256({transaction.action.response_payload, one.endorser}),
              text_at(wanted[i], "/signed_sha256"));
    EXPECT_EQ(core::to_hex(one.signature), text_at(wanted[i], "/signature_hex"));
  }
}

TEST_P(ByteRules, ReadAndWriteSets) {
  const auto& wanted = *values.at("/tx0/rwset")->as_array();
  ASSERT_EQ(transaction.rwset.namespaces.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const NamespaceSet& set = transaction.rwset.namespaces[i];
    EXPECT_EQ(set.name, text_at(wanted[i], "/namespace"));
    const auto& reads = *wanted[i].find("reads")->as_array();
    ASSERT_EQ(set.reads.size(), reads.size());
    for (std::size_t r = 0; r < reads.size(); ++r) {
      EXPECT_EQ(core::as_text(set.reads[r].key), text_at(reads[r], "/key"));
      const auto& version = set.reads[r].version;
      ASSERT_EQ(version.has_value(), !reads[r].find("version")->is_null());
      if (!version) continue;
      EXPECT_EQ(std::to_string(version->block) + ":" + std::to_string(version->transaction),
                text_at(reads[r], "/version"));
    }
    const auto& writes = *wanted[i].find("writes")->as_array();
    ASSERT_EQ(set.writes.size(), writes.size());
    for (std::size_t w = 0; w < writes.size(); ++w) {
      EXPECT_EQ(core::as_text(set.writes[w].key), text_at(writes[w], "/key"));
      EXPECT_EQ(core::as_text(set.writes[w].value), text_at(writes[w], "/value"));
      EXPECT_FALSE(set.writes[w].is_delete);
    }
  }
}

TEST_P(ByteRules, CommitHash) {
  if (values.find("commit_hash") == nullptr) GTEST_SKIP() << "this network's file has none";
  State state;
  state.update(transaction.rwset, Version{block.header.number, 0});
  EXPECT_EQ(core::to_hex(state.encode_updates()), hex("/commit_hash/updates_hex"));
  const Bytes length{1};
  const Bytes filter = hex_at(values, "/commit_hash/filter_hex");
  const Bytes updates = state.encode_updates();
  const Bytes previous = hex_at(values, "/commit_hash/previous");
  EXPECT_EQ(sha256({length, filter, updates, previous}), hex("/commit_hash/result"));
  EXPECT_EQ(core::to_hex(*block.commit_hash), hex("/commit_hash/result"));
}

std::string short_name(const ::testing::TestParamInfo<Network>& network) {
  return network.param.run.substr(0, network.param.run.find('-'));
}

INSTANTIATE_TEST_SUITE_P(Networks, ByteRules,
                         ::testing::Values(Network{"raft-a", "mainline"},
                                           Network{"bft-a", "mainline"},
                                           Network{"gm-a", "gm-vonechain-2.2"}),
                         short_name);

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
