// Reading blocks: what is refused, and the encodings at their edges.
#include "tests/unit/fabric/fixture.h"
#include "verifier/ledgers/fabric/answers.h"
#include "verifier/ledgers/fabric/proofs.h"

namespace heyan::ledgers::fabric::testing {
namespace {

Bytes bytes_of(std::initializer_list<int> values) {
  Bytes result;
  for (const int value : values) result.push_back(static_cast<std::uint8_t>(value));
  return result;
}

std::string header_hex(std::uint64_t number) {
  return core::to_hex(
      encode_header(BlockHeader{.number = number, .previous_hash = {}, .data_hash = {}}));
}

TEST(FabricBlock, HeaderNumbersAreMinimalAndNotNegative) {
  EXPECT_EQ(header_hex(0), "300702010004000400");
  EXPECT_EQ(header_hex(127), "300702017f04000400");
  EXPECT_EQ(header_hex(128), "30080202008004000400");
  EXPECT_EQ(header_hex(255), "3008020200ff04000400");
  EXPECT_EQ(header_hex(256), "30080202010004000400");
  EXPECT_EQ(header_hex(0x7fffffffffffffff), "300e02087fffffffffffffff04000400");
  EXPECT_EQ(header_hex(0xffffffffffffffff), "300f020900ffffffffffffffff04000400");
}

TEST(FabricBlock, LongHashesTakeLongLengths) {
  const Bytes hash(200, 0xAB);
  const Bytes header =
      encode_header(BlockHeader{.number = 1, .previous_hash = hash, .data_hash = hash});
  EXPECT_EQ(core::to_hex(ByteView(header).first(10)), "308201990201010481c8");
  EXPECT_EQ(header.size(), 4u + 3u + 203u + 203u);
}

TEST(FabricBlock, NeedsItsThreePartsOnceAndNothingElse) {
  const core::Limits limits;
  EXPECT_TRUE(parse_block(bytes_of({0x0A, 0, 0x12, 3, 0x0A, 1, 7, 0x1A, 0}), limits));
  EXPECT_FALSE(parse_block({}, limits));
  EXPECT_FALSE(parse_block(bytes_of({0x0A, 0, 0x12, 3, 0x0A, 1, 7}), limits));  // no metadata
  EXPECT_FALSE(parse_block(bytes_of({0x0A, 0, 0x1A, 0}), limits));              // no data
  EXPECT_FALSE(parse_block(bytes_of({0x12, 3, 0x0A, 1, 7, 0x1A, 0}), limits));  // no header
  EXPECT_FALSE(parse_block(bytes_of({0x0A, 0, 0x12, 0, 0x1A, 0}), limits));     // empty data
  EXPECT_FALSE(parse_block(bytes_of({0x0A, 0, 0x0A, 0, 0x12, 3, 0x0A, 1, 7, 0x1A, 0}),
                           limits));  // two headers
  EXPECT_FALSE(
      parse_block(bytes_of({0x0A, 0, 0x12, 3, 0x0A, 1, 7, 0x1A, 0, 0}), limits));  // more after it
  EXPECT_FALSE(parse_block(bytes_of({0x0A, 0, 0x12, 3, 0x0A, 1, 7, 0x1A, 0, 0x22, 0}),
                           limits));  // a fourth part
}

TEST(FabricBlock, CountsAreBounded) {
  core::Limits limits;
  limits.block_transactions = 2;
  EXPECT_TRUE(parse_block(bytes_of({0x0A, 0, 0x12, 6, 0x0A, 1, 7, 0x0A, 1, 7, 0x1A, 0}), limits));
  EXPECT_FALSE(parse_block(
      bytes_of({0x0A, 0, 0x12, 9, 0x0A, 1, 7, 0x0A, 1, 7, 0x0A, 1, 7, 0x1A, 0}), limits));
}

TEST(FabricBlock, NoTruncationIsABlock) {
  const core::Limits limits;
  const Bytes block = read_vector("raft-a/chain/block_008.pb");
  ASSERT_TRUE(parse_block(block, limits));
  for (std::size_t length = 0; length < block.size(); ++length) {
    const auto cut = parse_block(ByteView(block).first(length), limits);
    EXPECT_FALSE(cut.has_value()) << length;
  }
}

TEST(FabricBlock, OnlyOneEncodingOfAnEntryIsCanonical) {
  EXPECT_TRUE(is_canonical_envelope(bytes_of({0x0A, 1, 7, 0x12, 1, 8})));
  EXPECT_FALSE(is_canonical_envelope({}));
  EXPECT_FALSE(is_canonical_envelope(bytes_of({0x0A, 1, 7})));              // no signature
  EXPECT_FALSE(is_canonical_envelope(bytes_of({0x12, 1, 8, 0x0A, 1, 7})));  // other order
  EXPECT_FALSE(is_canonical_envelope(bytes_of({0x0A, 0, 0x12, 1, 8})));     // empty payload
  EXPECT_FALSE(is_canonical_envelope(bytes_of({0x0A, 1, 7, 0x12, 0})));     // empty signature
  EXPECT_FALSE(is_canonical_envelope(bytes_of({0x0A, 0x81, 0x00, 7, 0x12, 1, 8})));  // long length
  EXPECT_FALSE(
      is_canonical_envelope(bytes_of({0x0A, 1, 7, 0x12, 1, 8, 0x0A, 1, 7})));  // two in one
  EXPECT_FALSE(
      is_canonical_envelope(bytes_of({0x0A, 1, 7, 0x12, 1, 8, 0x1A, 0})));  // a third field
  EXPECT_FALSE(is_canonical_envelope(
      bytes_of({0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 7})));  // length beyond the end
}

TEST(FabricBlock, UnreadableSignaturesAreNoSignatures) {
  const core::Limits limits;
  // metadata[0] with a SIGNATURES entry whose MetadataSignature names a field twice.
  const auto block = parse_block(
      bytes_of({0x0A, 0, 0x12, 3, 0x0A, 1, 7, 0x1A, 10, 0x0A, 8, 0x12, 6, 0x12, 1, 1, 0x12, 1, 1}),
      limits);
  ASSERT_TRUE(block.has_value());
  EXPECT_FALSE(block->signatures.has_value());
}

TEST(FabricRecognition, KnowsItsOwnByTheirFirstBytes) {
  const auto head = [](const std::string& path) {
    Bytes bytes = read_vector(path);
    bytes.resize(std::min<std::size_t>(bytes.size(), 64));
    return looks_like_fabric(bytes);
  };
  for (const std::string run : {"raft-a", "bft-a", "gm-a"}) {
    for (const std::string number : {"000", "001", "008", "011"}) {
      EXPECT_TRUE(head(run + "/chain/block_" + number + ".pb")) << run << number;
    }
  }
  EXPECT_TRUE(head("raft-a/attest/467d7181ebe198bd.court.signed_proposal.pb"));
  EXPECT_TRUE(head("raft-a/attest/467d7181ebe198bd.court.proposal_response.pb"));
  EXPECT_TRUE(head("bft-a/attest/07c82029ef5710e5.court.proposal_response.pb"));
  EXPECT_FALSE(head("raft-a/tampered/not_a_block.pb"));
  EXPECT_FALSE(head("raft-a/tampered/empty.pb"));
  EXPECT_FALSE(head("raft-a/evidence/photo_scene.png"));
  EXPECT_FALSE(head("raft-a/trust/CourtMSP.root.pem"));
  EXPECT_FALSE(looks_like_fabric(Bytes(64, 0)));
}

TEST(FabricProofs, EmptyBytesAreNothing) {
  EXPECT_FALSE(parse_signed_question({}).has_value());
  EXPECT_FALSE(parse_signed_reply({}).has_value());
}

}  // namespace
}  // namespace heyan::ledgers::fabric::testing
