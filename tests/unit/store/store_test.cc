#include <bitset>
#include <chrono>
#include <thread>

#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

using core::ErrorCode;
using testing::ElementsAre;
using Outcome = Acceptance::Outcome;

class AcceptTest : public StoreTest {
 protected:
  Outcome accept_with(const NewSubmission& wanted, const IdempotencyKey& key,
                      const std::string& first) {
    const auto accepted = store_->accept(wanted, &key);
    EXPECT_TRUE(accepted.has_value());
    EXPECT_EQ(accepted->submission, first);
    return accepted->outcome;
  }
  ErrorCode refusal(const NewSubmission& wanted) {
    const auto accepted = store_->accept(wanted, nullptr);
    EXPECT_FALSE(accepted.has_value());
    return accepted ? ErrorCode::kIo : accepted.error().code;
  }
  std::size_t stored() {
    return store_->list(Scope::of_court("0491"), {}, std::nullopt, 100).value().size();
  }
};

TEST_F(AcceptTest, KeepsWhatWasAccepted) {
  const NewSubmission wanted = submission("s1");
  accept(wanted);
  reopen();
  const Submission found = find("s1");
  EXPECT_EQ(found.court, wanted.court);
  EXPECT_EQ(found.account, wanted.account);
  EXPECT_EQ(found.received_at_ms, wanted.received_at_ms);
  EXPECT_EQ(found.intake_index, wanted.intake_index);
  EXPECT_EQ(found.receipt, wanted.receipt);
  EXPECT_EQ(found.session, wanted.session);
  EXPECT_EQ(found.state, State::kQueued);
  EXPECT_EQ(found.version, 1);
  EXPECT_EQ(found.report, std::nullopt);
  EXPECT_EQ(store_->files("s1", Scope::whole_installation()).value(), wanted.files);
}

TEST_F(AcceptTest, RefusesWhatIsNotComplete) {
  const auto without = [](auto change) {
    NewSubmission wanted = submission("s1");
    change(wanted);
    return wanted;
  };
  EXPECT_EQ(refusal(without([](auto& s) { s.id.clear(); })), ErrorCode::kMalformed);
  EXPECT_EQ(refusal(without([](auto& s) { s.court.clear(); })), ErrorCode::kMalformed);
  EXPECT_EQ(refusal(without([](auto& s) { s.account.clear(); })), ErrorCode::kMalformed);
  EXPECT_EQ(refusal(without([](auto& s) { s.receipt.clear(); })), ErrorCode::kMalformed);
  EXPECT_EQ(refusal(without([](auto& s) { s.files.clear(); })), ErrorCode::kMalformed);
  EXPECT_EQ(refusal(without([](auto& s) { s.files[1].sha256.pop_back(); })), ErrorCode::kMalformed);
  EXPECT_EQ(refusal(without([](auto& s) { s.files[1].path = s.files[0].path; })),
            ErrorCode::kDuplicate);
  EXPECT_EQ(refusal(without([](auto& s) { s.files[1].size = std::uint64_t{1} << 63; })),
            ErrorCode::kLimit);
  EXPECT_EQ(refusal(without([](auto& s) { s.intake_index = ~std::uint64_t{0}; })),
            ErrorCode::kLimit);
  EXPECT_EQ(stored(), 0);  // not even a part of one
  EXPECT_TRUE(nothing_to_claim());
  EXPECT_THAT(told_, ElementsAre());
}

TEST_F(AcceptTest, RefusesAnIdASecondTime) {
  accept(submission("s1"));
  EXPECT_EQ(refusal(submission("s1", "other")), ErrorCode::kDuplicate);
  EXPECT_EQ(find("s1").court, "0491");
}

TEST_F(AcceptTest, ReplaysAKeyAndSeesConflicts) {
  const IdempotencyKey key{"k", core::to_bytes("payload")};
  EXPECT_EQ(accept_with(submission("s1"), key, "s1"), Outcome::kAccepted);
  EXPECT_EQ(accept_with(submission("s2"), key, "s1"), Outcome::kReplayed);
  EXPECT_EQ(accept_with(submission("s3"), {"k", core::to_bytes("other")}, "s1"),
            Outcome::kConflict);
  EXPECT_EQ(stored(), 1);
  reopen();
  EXPECT_EQ(accept_with(submission("s2"), key, "s1"), Outcome::kReplayed);
  EXPECT_THAT(told_, ElementsAre("s1"));
}

TEST_F(AcceptTest, AKeyBelongsToTheAccount) {
  const IdempotencyKey key{"k", core::to_bytes("payload")};
  EXPECT_EQ(accept_with(submission("s1", "0491", "u-1"), key, "s1"), Outcome::kAccepted);
  EXPECT_EQ(accept_with(submission("s2", "0491", "u-2"), key, "s2"), Outcome::kAccepted);
  EXPECT_EQ(accept_with(submission("s3", "0192", "u-1"), key, "s3"), Outcome::kAccepted);
  EXPECT_EQ(store_->find_key("0491", "u-2", "k").value()->submission, "s2");
  EXPECT_EQ(store_->find_key("0491", "u-3", "k").value().has_value(), false);
  EXPECT_EQ(store_->find_key("0491", "u-1", "K").value().has_value(), false);
}

TEST_F(AcceptTest, AFailedAcceptLeavesNoKey) {
  accept(submission("s1"));
  const IdempotencyKey key{"k", core::to_bytes("payload")};
  EXPECT_FALSE(store_->accept(submission("s1"), &key).has_value());
  EXPECT_FALSE(store_->find_key("0491", "u-1", "k").value().has_value());
}

TEST_F(AcceptTest, KeysLiveAtLeastADay) {
  constexpr std::int64_t kDay = 24 * 3600 * 1000;
  const IdempotencyKey key{"k", core::to_bytes("payload")};
  EXPECT_EQ(accept_with(submission("s1"), key, "s1"), Outcome::kAccepted);
  EXPECT_EQ(store_->forget_keys(1000 + kDay).value(), 0);
  EXPECT_EQ(accept_with(submission("s2"), key, "s1"), Outcome::kReplayed);
  EXPECT_EQ(store_->forget_keys(1001 + 2 * kDay).value(), 1);
  EXPECT_EQ(accept_with(submission("s2"), key, "s2"), Outcome::kAccepted);
}

TEST_F(AcceptTest, OneKeyInManyThreadsIsOneSubmission) {
  constexpr int kThreads = 8;
  std::array<Outcome, kThreads> outcomes{};
  std::vector<std::thread> threads;
  const auto place = new_place();
  const auto quiet = place->open().value();
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const IdempotencyKey key{"k", core::to_bytes("payload")};
      outcomes[i] = quiet->accept(submission("s" + std::to_string(i)), &key).value().outcome;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(std::ranges::count(outcomes, Outcome::kAccepted), 1);
  EXPECT_EQ(std::ranges::count(outcomes, Outcome::kReplayed), kThreads - 1);
  EXPECT_EQ(quiet->list(Scope::of_court("0491"), {}, std::nullopt, 100).value().size(), 1);
}

TEST_F(AcceptTest, NobodySeesAnotherCourtOrAccount) {
  accept(submission("s1", "0491", "u-1"));
  const Job job = claim();
  ASSERT_TRUE(store_->finish_job(finished(job, "HY-1")).has_value());
  const auto sees = [&](const Scope& scope) {
    const bool visible = store_->find_submission("s1", scope).value().has_value();
    EXPECT_EQ(store_->find_report("HY-1", scope).value().has_value(), visible);
    EXPECT_EQ(store_->files("s1", scope).value().size(), visible ? 2 : 0);
    EXPECT_EQ(store_->reports_of("s1", scope).value().size(), visible ? 1 : 0);
    if (scope.court) {
      EXPECT_EQ(store_->list(scope, {}, std::nullopt, 9).value().size(), visible ? 1 : 0);
    }
    return visible;
  };
  EXPECT_TRUE(sees(Scope::of_court("0491")));
  EXPECT_TRUE(sees(Scope::of_account("0491", "u-1")));
  EXPECT_TRUE(sees(Scope::whole_installation()));
  EXPECT_FALSE(sees(Scope::of_court("0192")));
  EXPECT_TRUE(sees(Scope::of_person("u-1")));
  EXPECT_FALSE(sees(Scope::of_person("u-2")));
  EXPECT_FALSE(sees(Scope::of_person("")));
  EXPECT_FALSE(sees(Scope::nothing()));
  EXPECT_FALSE(sees(Scope::of_court("")));
  EXPECT_FALSE(sees(Scope::of_account("0491", "u-2")));
  EXPECT_FALSE(sees(Scope::of_account("0192", "u-1")));
  EXPECT_FALSE(sees(Scope::of_account("0491", "")));
  EXPECT_FALSE(store_->list(Scope::whole_installation(), {}, std::nullopt, 9).has_value());
  EXPECT_FALSE(store_->find_submission("s2", Scope::whole_installation()).value().has_value());
}

TEST_F(AcceptTest, ListsFromTheNewestInPages) {
  for (int i = 0; i < 5; ++i) {
    NewSubmission wanted = submission("s" + std::to_string(i));
    wanted.received_at_ms = i < 2 ? 1000 : 1000 + i;  // two at the same time
    accept(wanted);
  }
  accept(submission("x", "0491", "u-2"));
  accept(submission("y", "0192", "u-1"));
  std::vector<std::string> ids;
  std::optional<Cursor> after;
  while (true) {
    const auto page = store_->list(Scope::of_account("0491", "u-1"), {}, after, 2).value();
    EXPECT_LE(page.size(), 2);
    if (page.empty()) break;
    for (const SubmissionLine& line : page) ids.push_back(line.id);
    after = Cursor{.received_at_ms = page.back().received_at_ms, .id = page.back().id};
  }
  EXPECT_THAT(ids, ElementsAre("s4", "s3", "s2", "s1", "s0"));
  EXPECT_EQ(store_->list(Scope::of_court("0491"), {}, std::nullopt, 100).value().size(), 6);
  EXPECT_EQ(store_->list(Scope::of_court("0491"), {}, std::nullopt, 0).value().size(), 0);
}

TEST_F(AcceptTest, RefusesAnEditedState) {
  accept(submission("s1"));
  store_.reset();
  EXPECT_FALSE(place_->execute("UPDATE jobs SET state = 'FINE'").has_value());
  EXPECT_FALSE(place_->execute("UPDATE files SET sha256 = substr(sha256, 1, 1)").has_value());
  EXPECT_FALSE(place_->execute("DELETE FROM submissions").has_value());
  const auto edited = place_->execute_unchecked("jobs", "state", "UPDATE jobs SET state = 'FINE'");
  ASSERT_TRUE(edited.has_value());
  store_ = open();
  const auto found = store_->find_submission("s1", Scope::whole_installation());
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code, ErrorCode::kInternal);
}

TEST(SubmissionId, IsLongAndNew) {
  const std::string first = new_submission_id().value();
  EXPECT_EQ(first.size(), 32);
  EXPECT_EQ(first.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_NE(first, new_submission_id().value());
}

// RFC 9562 section 5.7, bit by bit.
TEST(SubmissionId, BeginsWithItsTime) {
  const auto now = [] {
    return std::chrono::floor<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  };
  const auto before = now();
  const std::string id = new_submission_id().value();
  const auto after = now();
  const auto time = std::stoll(id.substr(0, 12), nullptr, 16);
  EXPECT_LE(before, time);
  EXPECT_LE(time, after);
  EXPECT_EQ(id[12], '7');
  EXPECT_THAT(std::string("89ab"), testing::HasSubstr(id.substr(16, 1)));
}

// In a thousand of them none of the 74 bits stands still.
TEST(SubmissionId, DrawsWhatFollowsItsTime) {
  std::bitset<74> ones;
  std::bitset<74> zeros;
  for (int i = 0; i < 1'000; ++i) {
    const std::string id = new_submission_id().value();
    std::bitset<74> drawn(std::stoull(id.substr(13, 3), nullptr, 16));
    drawn <<= 62;
    // Without the two bits of the variant.
    drawn |= std::bitset<74>(std::stoull(id.substr(16), nullptr, 16) & ~(std::uint64_t{3} << 62));
    ones |= drawn;
    zeros |= ~drawn;
  }
  EXPECT_TRUE(ones.all());
  EXPECT_TRUE(zeros.all());
}

TEST_F(StoreTest, NamesEachCourtOnce) {
  EXPECT_THAT(store_->courts().value(), testing::IsEmpty());
  for (const char* id : {"s1", "s2"}) accept(submission(id, "0491"));
  accept(submission("s3", "0192"));
  accept(submission("s4", "9"));
  EXPECT_THAT(store_->courts().value(), testing::UnorderedElementsAre("0192", "0491", "9"));
}

// Whoever removes what is not kept reads it page by page while more is filed.
TEST_F(StoreTest, TellsWhatItKeepsFromTheOldestToTheNewest) {
  const auto filed = [&](const std::string& id, std::int64_t at_ms) {
    NewSubmission one = submission(id);
    one.received_at_ms = at_ms;
    accept(one);
  };
  filed("b", 1000);
  filed("a", 1000);
  filed("c", 500);
  accept(submission("d", "0192"));
  ASSERT_TRUE(store_
                  ->begin_receiving({.id = "coming",
                                     .court = "0491",
                                     .account = "u-1",
                                     .session = core::to_bytes("s"),
                                     .key = {"k", core::Bytes(32, 1)},
                                     .created_at_ms = 1,
                                     .expires_at_ms = 9000,
                                     .files = {{"case.json", 1, digest_of(8)}}})
                  .has_value());
  const auto ids = [](const KeptPage& page) {
    std::vector<std::string> all;
    for (const KeptFile& file : page.files) {
      if (all.empty() || all.back() != file.submission) all.push_back(file.submission);
    }
    return all;
  };
  const KeptPage first = store_->kept_after("0491", {}, 2).value();
  EXPECT_THAT(ids(first), testing::ElementsAre("coming", "c", "a"));
  EXPECT_EQ(first.files.front().sha256, digest_of(8));
  EXPECT_EQ(first.files.size(), 5u);
  filed("0", 2000);
  const KeptPage second = store_->kept_after("0491", first.next, 2).value();
  EXPECT_THAT(ids(second), testing::ElementsAre("b", "0"));
  const KeptPage last = store_->kept_after("0491", second.next, 2).value();
  EXPECT_THAT(last.files, testing::IsEmpty());
  EXPECT_FALSE(last.next.has_value());
}

}  // namespace
}  // namespace heyan::store
