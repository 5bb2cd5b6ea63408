// Hashes that are kept in memory must be those of the log, whatever was undone meanwhile.
#include "tests/unit/report_log/log_fixture.h"

namespace heyan::report_log {
namespace {

using core::Bytes;

class KeptHashesTest : public LogTest {
 protected:
  // As the publisher does after each round.
  void read() { ASSERT_TRUE(log_->begin_reading().has_value()); }
  static std::vector<Bytes> others(std::uint64_t begin, std::uint64_t end) {
    std::vector<Bytes> entries;
    for (std::uint64_t i = begin; i < end; ++i) entries.push_back(entry_of(i + 1'000'000));
    return entries;
  }
  // Computed anew, from the entries alone.
  transparency::TreeHash root_of(std::uint64_t begin, std::uint64_t end) const {
    if (end - begin == 1) return transparency::leaf_hash(look()->entry(begin).value());
    const std::uint64_t middle = begin + std::bit_floor(end - begin - 1);
    return transparency::node_hash(root_of(begin, middle), root_of(middle, end));
  }
  void expect_whole(std::uint64_t size) {
    const Head head = head_now();
    EXPECT_EQ(head.size, size);
    EXPECT_EQ(head.root, root_of(0, size));
    for (const std::uint64_t index : {std::uint64_t{0}, size / 2, size - 1}) {
      const auto path = look()->inclusion_proof(index, size).value();
      crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
      EXPECT_TRUE(
          transparency::verify_inclusion(transparency::leaf_hash(look()->entry(index).value()),
                                         index, size, path, head.root, checker))
          << index;
    }
  }
};

TEST_F(KeptHashesTest, WhatWasUndoneIsNotKept) {
  grow_to(600);
  read();
  {
    auto transaction = sql::Transaction::begin(*database_).value();
    const auto undone = log_->append(transaction, head_now(), others(600, 1024));
    ASSERT_TRUE(undone.has_value());
    ASSERT_TRUE(look()->inclusion_proof(0, 1024).has_value());
    ASSERT_TRUE(look()->root(768).has_value());
  }
  grow_to(1024);
  read();
  expect_whole(1024);
  EXPECT_EQ(look()->root(768).value(), root_of(0, 768));
  reopen();
  expect_whole(1024);
}

TEST_F(KeptHashesTest, WhatIsReadInTheTransactionThatAppendsIsNotKeptEither) {
  {
    auto transaction = sql::Transaction::begin(*database_).value();
    ASSERT_TRUE(log_->append(transaction, head_now(), others(0, 512)).has_value());
    EXPECT_FALSE(log_->begin_reading().has_value());
    ASSERT_TRUE(look()->inclusion_proof(0, 512).has_value());
  }
  grow_to(512);
  expect_whole(512);
}

TEST_F(KeptHashesTest, ALogThatIsBegunAnewHasItsOwn) {
  grow_to(512);
  read();
  expect_whole(512);
  auto transaction = sql::Transaction::begin(*database_).value();
  ASSERT_TRUE(log_->start_anew(transaction).has_value());
  ASSERT_TRUE(log_->append(transaction, head_now(), others(0, 512)).has_value());
  ASSERT_TRUE(transaction.commit().has_value());
  read();
  expect_whole(512);
}

TEST_F(KeptHashesTest, KeptHashesAreAsGoodAsThoseOnTheDisk) {
  for (const std::uint64_t size : {255u, 256u, 257u, 511u, 513u, 1025u}) {
    grow_to(size);
    read();
    expect_whole(size);
    expect_whole(size);
  }
  const auto proof = look()->consistency_proof(300, 1025).value();
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  EXPECT_TRUE(transparency::verify_consistency(300, root_of(0, 300), 1025, root_of(0, 1025), proof,
                                               checker));
}

}  // namespace
}  // namespace heyan::report_log
