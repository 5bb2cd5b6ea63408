#include "verifier/transparency/add_checkpoint.h"

#include <gtest/gtest.h>

#include "verifier/transparency/lines.h"

namespace heyan::transparency {
namespace {

using core::ErrorCode;

const std::string kNote = "log\n1\nroot\n\n\u2014 log AAAAAAAA\n";

TreeHash hash_of(std::uint8_t byte) {
  TreeHash hash{};
  hash.fill(byte);
  return hash;
}

ErrorCode refusal(std::string_view body) {
  const auto request = parse_add_checkpoint(body);
  EXPECT_FALSE(request) << body;
  return request ? ErrorCode::kInternal : request.error().code;
}

TEST(AddCheckpoint, IsReadAsItIsWritten) {
  for (const std::size_t hashes : {0u, 1u, 63u}) {
    AddCheckpoint request{.old_size = 257, .proof = {}, .checkpoint = kNote};
    for (std::size_t i = 0; i < hashes; ++i) {
      request.proof.push_back(hash_of(static_cast<std::uint8_t>(i)));
    }
    const auto read = parse_add_checkpoint(encode_add_checkpoint(request));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, request);
  }
  EXPECT_EQ(encode_add_checkpoint({.old_size = 0, .proof = {}, .checkpoint = kNote}),
            "old 0\n\n" + kNote);
}

TEST(AddCheckpoint, EverythingElseIsRefused) {
  const std::string hash = encode_hash(hash_of(7)) + "\n";
  for (const std::string& body : {
           std::string(),
           std::string("\n"),
           std::string("old 5"),
           std::string("old 5\n"),
           std::string("old 5\n\n"),
           "old\n\n" + kNote,
           "old \n\n" + kNote,
           "old 05\n\n" + kNote,
           "old +5\n\n" + kNote,
           "old -5\n\n" + kNote,
           "old  5\n\n" + kNote,
           "old 5 \n\n" + kNote,
           "old 5\r\n\n" + kNote,
           "old 0x5\n\n" + kNote,
           "old 9223372036854775808\n\n" + kNote,
           "old 18446744073709551621\n\n" + kNote,
           "Old 5\n\n" + kNote,
           " old 5\n\n" + kNote,
           "old 5\nold 5\n\n" + kNote,
           "old 5\n" + kNote,
           "old 5\n" + hash.substr(0, hash.size() - 2) + "\n\n" + kNote,
           "old 5\n " + hash + "\n" + kNote,
           "old 5\n" + hash + " \n\n" + kNote,
           "old 5\nAAAA\n\n" + kNote,
       }) {
    EXPECT_EQ(refusal(body), ErrorCode::kMalformed);
  }
  std::string many = "old 5\n";
  for (std::size_t i = 0; i <= kMaxConsistencyProof; ++i) many += hash;
  EXPECT_EQ(refusal(many + "\n" + kNote), ErrorCode::kMalformed);
  EXPECT_EQ(refusal("old 5\n\n" + std::string(kAddCheckpointBytes, 'a')), ErrorCode::kLimit);
}

TEST(WitnessSize, IsADecimalAndALineFeed) {
  EXPECT_EQ(parse_witness_size("5\n").value(), 5u);
  EXPECT_EQ(parse_witness_size("0").value(), 0u);
  for (const std::string_view body :
       {"", "\n", "5\n\n", " 5\n", "05\n", "-1\n", "5\r\n", "5 6\n", "9223372036854775808\n"}) {
    EXPECT_FALSE(parse_witness_size(body)) << body;
  }
}

}  // namespace
}  // namespace heyan::transparency
