// What accepts submissions, beside a box and a signer that answer.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

#include "gateway/service/acceptance.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/service/other_side.h"
#include "tests/unit/service/receipt_signer.h"
#include "verifier/crypto/digest.h"

namespace heyan::service {

class AcceptanceTest : public testing::Test {
 protected:
  AcceptanceTest() { std::filesystem::create_directories(folder_ / "staging"); }

  using Parts = std::vector<std::pair<std::string, std::string>>;  // paths, contents

  Staged stage(const std::string& id, const Parts& parts) {
    Staged staged(store::StagingFiles::create(folder_ / "staging", id).value());
    for (const auto& [path, content] : parts) {
      EXPECT_TRUE(staged.begin(path).has_value());
      EXPECT_TRUE(staged.append(core::as_bytes(content)).has_value());
      EXPECT_TRUE(staged.finish().has_value());
    }
    return staged;
  }
  std::expected<Accepted, Refused> accept_one(const std::string& id, const std::string& key,
                                              const std::string& content = "{}",
                                              const std::string& account = "a") {
    return accept_parts(id, key, {{std::string(kCaseFile), content}}, account);
  }
  std::expected<Accepted, Refused> accept_parts(const std::string& id, const std::string& key,
                                                const Parts& parts,
                                                const std::string& account = "a") {
    Staged staged = stage(id, parts);
    v1::Session session;
    session.mutable_court()->set_code("0491");
    session.set_account_id(account);
    session.set_received_at_ms(1000);
    Acceptance with{*store_, *vault_, signer_, boxes_, keys_};
    with.record = record_;
    with.now_ms = now_ms_;
    return accept(with, id, staged, session, store::IdempotencyKey{key, fingerprint_of(staged)},
                  fingerprint_as_sent(staged));
  }

  std::ptrdiff_t files_beneath(const std::string& folder) const {
    const auto entries = std::filesystem::recursive_directory_iterator(folder_ / folder);
    return std::ranges::count_if(entries, [](const auto& one) { return one.is_regular_file(); });
  }

  os::TemporaryFolder folder_;
  std::unique_ptr<store::Store> store_ = store::Store::open(folder_ / "front.db").value();
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();
  std::atomic<int> intakes_ = 0;
  std::atomic<bool> signer_is_away_ = false;
  std::atomic<bool> slow_ = false;
  std::atomic<bool> defects_ = false;
  std::atomic<bool> unkeepable_ = false;  // the box lets through what the store refuses
  std::vector<std::string> named_;        // files, by case.json
  ReceiptSigner receipts_;
  SignerSide signer_side_{[this](const v1::FrontAsks& asks) {
    v1::FrontGets gets;
    if (asks.has_keys()) {
      *gets.mutable_keys()->add_keys() = receipts_.published();
      return gets;
    }
    ++intakes_;
    if (!signer_is_away_) *gets.mutable_receipt() = receipts_.receipt_of(asks.intake(), 7);
    return gets;
  }};
  OtherSide box_side_{[this](ipc::Channel channel) {
    const auto asked = channel.receive(ipc::kNever, ipc::Descriptors::kOne);
    if (slow_) std::this_thread::sleep_for(std::chrono::milliseconds(300));
    v1::BoxAnswer answer;
    answer.mutable_submission();
    for (const std::string& name : named_) {
      answer.mutable_submission()->add_evidence()->mutable_file()->set_path(name);
    }
    if (unkeepable_) {
      v1::Item& item = *answer.mutable_submission()->add_evidence();
      item.set_name(std::string("x\0y", 3));
      item.mutable_file()->set_path(std::string(kCaseFile));
    }
    for (const std::string& path : proofs_) {
      v1::Item& item = *answer.mutable_submission()->add_evidence();
      item.mutable_file()->set_path("files/a");
      item.add_proofs()->set_path(path);
    }
    if (defects_) answer.mutable_defects()->add_defects()->set_code("x");
    if (asked) static_cast<void>(channel.send(ipc::MessageType::kBoxAnswer, answer));
  }};
  SignerClient signer_{signer_side_.front()};
  ipc::Doors boxes_{box_side_.front(), ipc::kBoxFrameBytes};
  KeysInUse keys_;
  RecordAccepted record_;
  std::function<std::int64_t()> now_ms_;
  std::vector<std::string> proofs_;  // of the case, an item each
};

}  // namespace heyan::service
