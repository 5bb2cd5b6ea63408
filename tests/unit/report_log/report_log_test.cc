#include <bit>

#include "tests/unit/report_log/log_fixture.h"
#include "verifier/crypto/signature.h"

namespace heyan::report_log {
namespace {

using core::Bytes;
using core::ErrorCode;
using testing::ElementsAre;
using transparency::TreeHash;

// RFC 6962 2.1, as it is written there.
TreeHash naive_root(std::span<const Bytes> entries) {
  if (entries.empty()) return transparency::empty_root();
  if (entries.size() == 1) return transparency::leaf_hash(entries[0]);
  const std::size_t split = std::bit_floor(entries.size() - 1);
  return transparency::node_hash(naive_root(entries.first(split)),
                                 naive_root(entries.subspan(split)));
}

TEST_F(LogTest, BeginsEmpty) {
  const Head head = head_now();
  EXPECT_EQ(head.size, 0);
  EXPECT_EQ(head.root, transparency::empty_root());
  EXPECT_EQ(head.epoch, 1);
  EXPECT_EQ(look()->checkpoint().value().text, "");
  EXPECT_EQ(look()->entry(0).error().code, ErrorCode::kNotFound);
}

TEST_F(LogTest, GrowsAsTheStandardSays) {
  std::vector<Bytes> entries;
  for (std::uint64_t i = 0; i < 70; ++i) {
    entries.push_back(entry_of(i));
    const Head head = grow_to(i + 1);
    EXPECT_EQ(head.size, i + 1);
    EXPECT_EQ(head.root, naive_root(entries)) << i;
  }
  reopen();
  EXPECT_EQ(head_now().epoch, 2);
  for (std::uint64_t i = 0; i < entries.size(); ++i) {
    EXPECT_EQ(look()->entry(i).value(), entries[i]);
    EXPECT_EQ(look()->root(i + 1).value(), naive_root(std::span(entries).first(i + 1)));
  }
  EXPECT_EQ(look()->entries(3, 2).value(), (std::vector{entries[3], entries[4]}));
}

TEST_F(LogTest, ManyAtOnceAreAsManyOneByOne) {
  const Head at_once = grow_to(300);
  std::vector<Bytes> entries;
  for (std::uint64_t i = 0; i < 300; ++i) entries.push_back(entry_of(i));
  EXPECT_EQ(at_once.root, naive_root(entries));
}

TEST_F(LogTest, ProvesWhatVerifiersAccept) {
  grow_to(37);
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  for (std::uint64_t size = 1; size <= 37; ++size) {
    const TreeHash root = look()->root(size).value();
    for (std::uint64_t index = 0; index < size; ++index) {
      const TreeHash leaf = transparency::leaf_hash(entry_of(index));
      const auto path = look()->inclusion_proof(index, size).value();
      EXPECT_TRUE(transparency::verify_inclusion(leaf, index, size, path, root, checker));
      EXPECT_FALSE(transparency::verify_inclusion(transparency::leaf_hash(entry_of(99)), index,
                                                  size, path, root, checker));
    }
    for (std::uint64_t old_size = 1; old_size <= size; ++old_size) {
      const auto proof = look()->consistency_proof(old_size, size).value();
      EXPECT_TRUE(transparency::verify_consistency(old_size, look()->root(old_size).value(), size,
                                                   root, proof, checker));
    }
  }
}

TEST_F(LogTest, RefusesProofsBeyondItsEnd) {
  grow_to(5);
  EXPECT_EQ(look()->root(6).error().code, ErrorCode::kLimit);
  EXPECT_EQ(look()->inclusion_proof(0, 6).error().code, ErrorCode::kLimit);
  EXPECT_EQ(look()->inclusion_proof(5, 5).error().code, ErrorCode::kLimit);
  EXPECT_EQ(look()->inclusion_proof(~std::uint64_t{0}, 5).error().code, ErrorCode::kLimit);
  EXPECT_EQ(look()->consistency_proof(3, 6).error().code, ErrorCode::kLimit);
  EXPECT_EQ(look()->consistency_proof(4, 3).error().code, ErrorCode::kLimit);
  EXPECT_EQ(look()->entry(5).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(look()->entry(~std::uint64_t{0}).has_value());
  EXPECT_EQ(look()->entries(3, 3).error().code, ErrorCode::kNotFound);
}

TEST_F(LogTest, AppendsOnlyToTheHeadItWasTold) {
  const std::array entry = {entry_of(9)};
  const Head before = grow_to(3);
  const Head now = grow_to(4);
  EXPECT_EQ(refusal(before, entry), ErrorCode::kChanged);
  Head wrong = now;
  wrong.size = 5;
  EXPECT_EQ(refusal(wrong, entry), ErrorCode::kChanged);
  wrong = now;
  wrong.root[31] ^= 1;
  EXPECT_EQ(refusal(wrong, entry), ErrorCode::kChanged);
  wrong = now;
  ++wrong.epoch;
  EXPECT_EQ(refusal(wrong, entry), ErrorCode::kChanged);
  EXPECT_EQ(refusal(Head{}, entry), ErrorCode::kChanged);
  EXPECT_EQ(head_now(), now);
  EXPECT_TRUE(append(now, entry).has_value());
}

TEST_F(LogTest, AStaleProcessIsFencedOff) {
  const Head before = grow_to(3);
  const auto other_connection = place_->connect();
  const auto other = ReportLog::open(*other_connection).value();
  const std::array entry = {entry_of(9)};
  EXPECT_EQ(refusal(before, entry), ErrorCode::kChanged);
  // Nor with the other's head, which it may have read.
  const Head taken = head_now();
  EXPECT_EQ(taken.epoch, before.epoch + 1);
  EXPECT_EQ(refusal(taken, entry), ErrorCode::kChanged);
  EXPECT_EQ(store_checkpoint(taken, note_of(taken)).error().code, ErrorCode::kChanged);
  auto transaction = sql::Transaction::begin(*other_connection).value();
  EXPECT_TRUE(other->append(transaction, taken, entry).has_value());
  EXPECT_TRUE(transaction.commit().has_value());
}

TEST_F(LogTest, RefusesEntriesThatNoTileCanHold) {
  const Head head = grow_to(1);
  EXPECT_EQ(refusal(head, {}), ErrorCode::kMalformed);
  EXPECT_EQ(refusal(head, std::array{Bytes()}), ErrorCode::kMalformed);
  EXPECT_EQ(refusal(head, std::array{entry_of(1), Bytes()}), ErrorCode::kMalformed);
  EXPECT_EQ(refusal(head, std::array{Bytes(65'536, 'x')}), ErrorCode::kLimit);
  EXPECT_EQ(head_now(), head);
  EXPECT_TRUE(append(head, std::array{Bytes(65'535, 'x')}).has_value());
}

TEST_F(LogTest, ALeafAndItsPayloadStandOrFallTogether) {
  const Head head = grow_to(2);
  const std::array entry = {entry_of(2)};
  const auto payloads = [&] {
    const auto reading = sql::Snapshot::begin(*database_, {}).value();
    auto count = database_->prepare("SELECT count(*) FROM payloads").value();
    return std::get<0>(*count.one<std::int64_t>().value());
  };
  auto insert = database_->prepare("INSERT INTO payloads VALUES(?, 'payload')").value();
  {
    auto transaction = sql::Transaction::begin(*database_).value();
    ASSERT_TRUE(log_->append(transaction, head, entry).has_value());
    ASSERT_TRUE(insert.run(std::uint64_t{2}).has_value());
    EXPECT_EQ(head_now().size, 3);  // within the transaction
  }
  EXPECT_EQ(head_now(), head);
  EXPECT_EQ(payloads(), 0);
  {
    auto transaction = sql::Transaction::begin(*database_).value();
    ASSERT_TRUE(insert.run(std::uint64_t{2}).has_value());
    EXPECT_FALSE(log_->append(transaction, Head{}, entry).has_value());
    const auto first = log_->append(transaction, head, entry).value();
    EXPECT_TRUE(log_->append(transaction, first, std::array{entry_of(3)}).has_value());
    ASSERT_TRUE(transaction.commit().has_value());
  }
  EXPECT_EQ(head_now().size, 4);
  EXPECT_EQ(payloads(), 1);
}

TEST_F(LogTest, RefusesTransactionsOfOthers) {
  const Head head = grow_to(1);
  const std::array entry = {entry_of(1)};
  auto over = sql::Transaction::begin(*database_).value();
  sql::Transaction moved = std::move(over);
  EXPECT_EQ(log_->append(over, head, entry).error().code, ErrorCode::kInternal);
  ASSERT_TRUE(moved.commit().has_value());
  const auto other_connection = place_->connect();
  auto others = sql::Transaction::begin(*other_connection).value();
  EXPECT_EQ(log_->append(others, head, entry).error().code, ErrorCode::kInternal);
}

TEST_F(LogTest, AFailureHalfWayLeavesNothingEvenIfCommitted) {
  const Head head = grow_to(3);
  ASSERT_TRUE(place_
                  ->execute("INSERT INTO log_hashes SELECT 0, 4, hash FROM log_hashes"
                            " WHERE level = 0 AND idx = 0")
                  .has_value());
  auto transaction = sql::Transaction::begin(*database_).value();
  EXPECT_EQ(log_->append(transaction, head, std::array{entry_of(3), entry_of(4)}).error().code,
            ErrorCode::kDuplicate);
  ASSERT_TRUE(transaction.commit().has_value());
  EXPECT_EQ(head_now(), head);
  EXPECT_EQ(look()->entry(3).error().code, ErrorCode::kNotFound);
}

TEST_F(LogTest, KeepsTheCheckpointOfItsHeadOnly) {
  const Head old = grow_to(2);
  const Head now = grow_to(3);
  const auto code = [&](const Head& of, const std::string& text) {
    const auto stored = store_checkpoint(of, text);
    return stored ? ErrorCode::kIo : stored.error().code;
  };
  EXPECT_EQ(code(old, note_of(old)), ErrorCode::kChanged);
  EXPECT_EQ(code(now, note_of(old)), ErrorCode::kMalformed);
  Head forged = now;
  forged.root[0] ^= 1;
  EXPECT_EQ(code(now, note_of(forged)), ErrorCode::kMalformed);
  EXPECT_EQ(code(forged, note_of(forged)), ErrorCode::kChanged);
  EXPECT_EQ(code(now, ""), ErrorCode::kMalformed);
  EXPECT_EQ(code(now, "origin\n3\n"), ErrorCode::kMalformed);
  const std::string note = note_of(now);
  EXPECT_EQ(code(now, note.substr(0, note.find("\n\n") + 1)), ErrorCode::kMalformed);  // unsigned
  EXPECT_EQ(look()->checkpoint().value().text, "");
  ASSERT_TRUE(store_checkpoint(now, note).has_value());
  reopen();
  EXPECT_EQ(look()->checkpoint().value().size, 3);
  EXPECT_EQ(look()->checkpoint().value().text, note);
}

TEST_F(LogTest, DoesNotOpenWhatWasEdited) {
  grow_to(6);
  log_.reset();
  const auto opens = [&](const char* edit, const char* back) {
    EXPECT_TRUE(place_->execute(edit).has_value()) << edit;
    const bool opened = ReportLog::open(*database_).has_value();
    EXPECT_TRUE(place_->execute(back).has_value()) << back;
    return opened;
  };
  EXPECT_TRUE(opens("SELECT 1", "SELECT 1"));
  EXPECT_FALSE(opens("UPDATE log_head SET size = 5", "UPDATE log_head SET size = 6"));
  EXPECT_FALSE(opens("UPDATE log_head SET size = 7", "UPDATE log_head SET size = 6"));
  EXPECT_FALSE(
      opens("CREATE TABLE kept AS SELECT * FROM log_hashes;"
            "UPDATE log_hashes SET hash = (SELECT hash FROM log_hashes WHERE level = 0 AND idx = 0)"
            " WHERE level = 2 AND idx = 0",
            "DELETE FROM log_hashes; INSERT INTO log_hashes SELECT * FROM kept"));
  EXPECT_FALSE(opens("DELETE FROM log_hashes WHERE level = 1 AND idx = 2",
                     "DELETE FROM log_hashes; INSERT INTO log_hashes SELECT * FROM kept"));
  EXPECT_FALSE(opens("CREATE TABLE top AS SELECT * FROM log_head; DELETE FROM log_head",
                     "INSERT INTO log_head SELECT * FROM top"));
  EXPECT_TRUE(opens("SELECT 1", "SELECT 1"));
}

}  // namespace
}  // namespace heyan::report_log
