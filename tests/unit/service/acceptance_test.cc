// One Idempotency-Key, several requests at once: one intake.
#include <gmock/gmock.h>

#include <algorithm>
#include <array>

#include "tests/unit/service/acceptance_fixture.h"
#include "tests/unit/store/objects_in_memory.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {
namespace {

using namespace std::chrono_literals;

TEST_F(AcceptanceTest, TheSameRequestAfterwardsIsTheFirst) {
  const auto first = accept_one("one", "k");
  ASSERT_TRUE(first.has_value()) << first.error().error.text;
  const auto second = accept_one("two", "k");
  ASSERT_TRUE(second.has_value());
  EXPECT_EQ(second->submission, "one");
  EXPECT_TRUE(second->replayed);
  EXPECT_EQ(intakes_, 1);
  EXPECT_EQ(accept_one("three", "k", "{ }").error().error.code, core::ErrorCode::kDuplicate);
}

// By its name, of whoever is no court's system, and where the installation says so.
TEST_F(AcceptanceTest, OfPeopleKindsThatAreNotListedAreRefused) {
  v1::Submission submission;
  for (const char* path : {"files/a.pdf", "files/setup.exe", "files/.html", "run.sh\n", "b.ZIP"}) {
    v1::Item& item = *submission.add_evidence();
    item.mutable_file()->set_path(path);
    item.add_proofs()->set_path("proofs/a.pb");  // of a ledger, in any form
  }
  v1::Session session;
  session.set_authentication(v1::AUTHENTICATION_PASSWORD);
  Acceptance with{*store_, *vault_, signer_, boxes_, keys_};
  EXPECT_THAT(find_defects(with, submission, session), testing::IsEmpty());
  with.people_listed = true;
  const auto defects = find_defects(with, submission, session);
  ASSERT_EQ(defects.size(), 3u);
  for (const contents::Defect& defect : defects) EXPECT_EQ(defect.code, "kind-not-taken");
  EXPECT_EQ(defects[0].pointer, "/evidence/1/file/path");
  EXPECT_EQ(defects[2].pointer, "/evidence/3/file/path");
  EXPECT_THAT(defects[0].detail, testing::HasSubstr("\"files/setup.exe\"; taken are: pdf jpg"));
  EXPECT_THAT(defects[2].detail, testing::Not(testing::HasSubstr("\n")));
  session.set_authentication(v1::AUTHENTICATION_COURT_SYSTEM);
  EXPECT_THAT(find_defects(with, submission, session), testing::IsEmpty());
}

// Received, it could only be rejected. What stands at two paths is judged by once.
TEST_F(AcceptanceTest, ProofsThatAreTooLargeToBeJudgedByAreDefects) {
  proofs_ = {"proofs/a", "proofs/b", "proofs/c", "proofs/d"};
  const auto defects = [this](const std::vector<std::string>& contents) {
    Staged staged(store::StagingFiles::create(folder_ / "staging", "one").value());
    const auto add = [&staged](const std::string& path, const std::string& content) {
      EXPECT_TRUE(staged.begin(path).has_value());
      EXPECT_TRUE(staged.append(core::as_bytes(content)).has_value());
      EXPECT_TRUE(staged.finish().has_value());
    };
    add(std::string(kCaseFile), "{}");
    add("files/a", std::string(100, 'a'));
    for (std::size_t i = 0; i < proofs_.size(); ++i) add(proofs_[i], contents.at(i));
    v1::Session session;
    session.mutable_court()->set_code("0491");
    session.set_account_id("a");
    Acceptance with{*store_, *vault_, signer_, boxes_, keys_};
    with.limits.proof_bytes = 20;
    with.limits.proofs_bytes = 50;
    const auto accepted = accept(with, "one", staged, session, {"k", fingerprint_of(staged)});
    std::string all;
    if (accepted) return std::string("accepted");
    for (const contents::Defect& one : accepted.error().defects) {
      all += one.pointer + " " + one.code + "\n";
    }
    return all;
  };
  const std::string twenty(20, 'x');
  EXPECT_EQ(defects({twenty, std::string(21, 'y'), "c", "d"}),
            "/evidence/1/proofs/0/path proof-too-large\n");
  EXPECT_EQ(defects({twenty, std::string(20, 'y'), std::string(11, 'z'), "d"}),
            "/evidence/2/proofs/0/path proofs-too-large\n");
  EXPECT_EQ(intakes_, 0);
  EXPECT_EQ(defects({twenty, twenty, std::string(20, 'y'), std::string(10, 'z')}), "accepted");
}

// Who deletes another submission looks whose a file is, and removes it where it is nobody's.
TEST_F(AcceptanceTest, NothingIsRemovedBetweenItsBytesAndItsRow) {
  const auto content_of = [](int i) {
    return "{" + std::string(static_cast<std::size_t>(i), ' ') + "}";
  };
  const auto digest_of = [&](int i) { return crypto::sha256(core::as_bytes(content_of(i))); };
  std::atomic<int> now = 0;
  const std::jthread remover([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) {
      const core::Bytes sha256 = digest_of(now);
      {
        const auto removing = vault_->removing();
        const auto alone = store_->unclaimed("0491", std::span(&sha256, 1));
        if (alone && !alone->empty()) {
          static_cast<void>(vault_->drop_plain("0491", sha256));
        }
      }
      std::this_thread::yield();
    }
  });
  for (int i = 0; i < 100; ++i) {
    now = i;
    const std::string id = "s" + std::to_string(i);
    ASSERT_TRUE(accept_one(id, "k" + std::to_string(i), content_of(i)).has_value());
    EXPECT_TRUE(vault_->find({.court = "0491", .submission = id}, digest_of(i)).has_value()) << i;
  }
}

// So do files that came piece by piece: their digests are in the store before them.
TEST_F(AcceptanceTest, WhatCameInPiecesWaitsForWhoeverRemoves) {
  Staged staged(store::StagingFiles::create(folder_ / "staging", "one").value());
  ASSERT_TRUE(staged.begin(kCaseFile).has_value());
  ASSERT_TRUE(staged.append(core::as_bytes("{}")).has_value());
  ASSERT_TRUE(staged.finish().has_value());
  const StagedPart& part = staged.parts().back();
  v1::Session session;
  session.mutable_court()->set_code("0491");
  session.set_account_id("a");
  const store::VaultOwner owner{.court = "0491", .submission = "one"};
  ASSERT_TRUE(store_
                  ->begin_receiving({.id = "one",
                                     .court = "0491",
                                     .account = "a",
                                     .session = {},
                                     .key = {"k", fingerprint_of(staged)},
                                     .created_at_ms = 1,
                                     .expires_at_ms = 1,
                                     .files = {{std::string(kCaseFile), part.size, part.sha256}},
                                     .filing = {}})
                  .has_value());
  std::expected<Accepted, Refused> kept = std::unexpected(Refused{});
  auto removing = std::make_unique<std::unique_lock<std::shared_mutex>>(vault_->removing());
  {
    const std::jthread keeping([&] {
      kept = keep({*store_, *vault_, signer_, boxes_, keys_}, "one",
                  {{.path = std::string(kCaseFile), .size = part.size, .sha256 = part.sha256}},
                  {{part.file, part.sha256}}, session,
                  store::IdempotencyKey{"k", fingerprint_of(staged)});
    });
    std::this_thread::sleep_for(50ms);
    EXPECT_FALSE(vault_->find(owner, part.sha256).has_value());
    EXPECT_EQ(intakes_, 0);
    removing.reset();
  }
  EXPECT_TRUE(kept.has_value()) << kept.error().error.text;
  EXPECT_TRUE(vault_->find(owner, part.sha256).has_value());
}

// It is refused before its bytes are where nobody would remove them.
TEST_F(AcceptanceTest, OfAPersonWhoHasTooMuchUnderWayNothingIsKept) {
  for (std::uint64_t i = 0; i < store::kSubmissionsUnderWay; ++i) {
    const std::string id = "draft" + std::to_string(i);
    ASSERT_TRUE(store_
                    ->begin_receiving({.id = id,
                                       .court = "0491",
                                       .account = "a",
                                       .session = {},
                                       .key = {id, core::Bytes(32, 1)},
                                       .created_at_ms = 1,
                                       .expires_at_ms = 1,
                                       .files = {{std::string(kCaseFile), 1, {}}},
                                       .filing = {}})
                    .has_value());
  }
  const auto refused = accept_one("one", "k");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().error.text, store::kAccountHasTooMany);
  ASSERT_EQ(refused.error().defects.size(), 1u);
  EXPECT_EQ(refused.error().defects[0].code, "too-much-under-way");
  EXPECT_EQ(intakes_, 0);
  EXPECT_FALSE(
      vault_->find({.court = "0491", .submission = "one"}, crypto::sha256(core::as_bytes("{}")))
          .has_value());
  EXPECT_TRUE(accept_one("another's", "k", "{}", "b").has_value());
}

TEST_F(AcceptanceTest, ManyAtOnceAreOneIntake) {
  slow_ = true;
  std::atomic<int> accepted = 0;
  std::atomic<int> refused = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&, i] {
        const auto one = accept_one("id" + std::to_string(i), "k");
        if (one) {
          ++accepted;
        } else {
          EXPECT_EQ(one.error().error.code, core::ErrorCode::kDuplicate);
          EXPECT_THAT(std::string(one.error().error.text), testing::HasSubstr("under way"));
          ++refused;
        }
      });
    }
  }
  EXPECT_EQ(intakes_, 1);
  EXPECT_GE(accepted, 1);
  EXPECT_GE(refused, 1);
  EXPECT_EQ(accepted + refused, 8);
  // The key is free again.
  EXPECT_TRUE(accept_one("later", "k")->replayed);
}

TEST_F(AcceptanceTest, AFailureGivesTheKeyBack) {
  defects_ = true;
  EXPECT_EQ(accept_one("one", "k").error().defects.size(), 1u);
  defects_ = false;
  EXPECT_FALSE(accept_one("two", "k").value().replayed);
}

// The signer may have logged the intake before it went away: the same submission must be taken up.
TEST_F(AcceptanceTest, WhatWasNotAcceptedIsTheSameSubmissionNextTime) {
  signer_is_away_ = true;
  EXPECT_EQ(accept_one("one", "k").error().error.code, core::ErrorCode::kIo);
  EXPECT_THAT(store_->received_whole().value(), testing::ElementsAre("one"));
  EXPECT_EQ(accept_one("two", "k", "{ }").error().error.code, core::ErrorCode::kDuplicate);
  EXPECT_EQ(accept_one("two", "k").error().error.code, core::ErrorCode::kIo);
  signer_is_away_ = false;
  const auto accepted = accept_one("three", "k");
  ASSERT_TRUE(accepted.has_value());
  EXPECT_EQ(accepted->submission, "one");
  EXPECT_FALSE(accepted->replayed);
  EXPECT_THAT(store_->received_whole().value(), testing::IsEmpty());
  EXPECT_EQ(store_->files("one", store::Scope::of_court("0491"))->size(), 1u);
  EXPECT_TRUE(accept_one("four", "k")->replayed);
}

// Once, before it is there; and of nobody else's request with the same key.
TEST_F(AcceptanceTest, WhatIsAcceptedIsRecordedBefore) {
  std::vector<std::string> recorded;
  record_ = [&](const std::string& submission, const v1::Session& session) -> core::Result<void> {
    const auto found = store_->find_submission(submission, store::Scope::of_court("0491"));
    recorded.push_back(submission + " " + session.account_id() +
                       (found && *found ? " accepted" : ""));
    return {};
  };
  EXPECT_TRUE(accept_one("one", "k").has_value());
  EXPECT_TRUE(accept_one("two", "k")->replayed);
  EXPECT_THAT(recorded, testing::ElementsAre("one a"));
}

TEST_F(AcceptanceTest, WhatCannotBeRecordedIsNotAccepted) {
  record_ = [](const std::string&, const v1::Session&) -> core::Result<void> {
    return core::fail(core::ErrorCode::kIo, "the audit trail cannot be written");
  };
  EXPECT_EQ(accept_one("one", "k").error().error.code, core::ErrorCode::kIo);
  EXPECT_FALSE(store_->find_submission("one", store::Scope::of_court("0491"))->has_value());
  EXPECT_THAT(store_->received_whole().value(), testing::ElementsAre("one"));
  record_ = {};
  EXPECT_EQ(accept_one("two", "k")->submission, "one");
}

TEST_F(AcceptanceTest, WhatIsGoneFromTheVaultIsNotAccepted) {
  signer_is_away_ = true;
  EXPECT_FALSE(accept_one("one", "k").has_value());
  signer_is_away_ = false;
  for (const auto& one : std::filesystem::recursive_directory_iterator(folder_ / "vault")) {
    if (one.is_regular_file()) std::filesystem::remove(one.path());
  }
  EXPECT_FALSE(accept_one("two", "k").has_value());
  EXPECT_FALSE(store_->find_submission("one", store::Scope::of_court("0491"))->has_value());
}

TEST_F(AcceptanceTest, NothingIsKeptOfWhatIsRefused) {
  defects_ = true;
  EXPECT_FALSE(accept_one("one", "k").has_value());
  EXPECT_THAT(store_->received_whole().value(), testing::IsEmpty());
}

// What another submission has of the same bytes stays.
TEST_F(AcceptanceTest, WhatTheStoreRefusedLeavesNothingInTheVault) {
  unkeepable_ = true;
  EXPECT_EQ(accept_one("one", "k").error().error.code, core::ErrorCode::kMalformed);
  EXPECT_EQ(files_beneath("vault"), 0);
  EXPECT_EQ(intakes_, 0);
  unkeepable_ = false;
  EXPECT_TRUE(accept_one("two", "k").has_value());
  EXPECT_EQ(files_beneath("vault"), 1);
  unkeepable_ = true;
  EXPECT_FALSE(accept_one("three", "k3").has_value());
  EXPECT_TRUE(
      vault_->find({.court = "0491", .submission = "two"}, crypto::sha256(core::as_bytes("{}")))
          .has_value());
}

TEST_F(AcceptanceTest, NorInABucket) {
  store::ObjectsInMemory objects(folder_ / "staging");
  const auto keys = folder_.write("vault.key", std::string(64, 'a') + "\n");
  std::filesystem::permissions(keys, std::filesystem::perms(0600));
  vault_ = store::Vault::open(
               folder_ / "bucket",
               store::vault_encryption(crypto::Aead::kAes256Gcm, keys, folder_ / "staging").value(),
               &objects)
               .value();
  unkeepable_ = true;
  EXPECT_FALSE(accept_one("one", "k").has_value());
  EXPECT_EQ(std::ranges::count(objects.asked, "put"), 1);
  EXPECT_TRUE(objects.kept.empty());
  unkeepable_ = false;
  EXPECT_TRUE(accept_one("two", "k").has_value());
  EXPECT_EQ(objects.kept.size(), 1u);
  vault_.reset();
}

TEST_F(AcceptanceTest, OtherKeysAndOtherAccountsAreNotInTheWay) {
  const KeysInUse::Ticket held = keys_.enter({"0491", "a", "k"});
  EXPECT_FALSE(accept_one("one", "k").has_value());
  EXPECT_TRUE(accept_one("two", "k2").has_value());
  EXPECT_TRUE(accept_one("three", "k", "{}", "b").has_value());
}

}  // namespace
}  // namespace heyan::service
