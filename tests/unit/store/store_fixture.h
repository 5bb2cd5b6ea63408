// A fresh store, and submissions to put into it.
#pragma once

#include <gmock/gmock.h>

#include <string>

#include "tests/unit/store/place.h"

namespace heyan::store {

inline core::Bytes digest_of(std::uint8_t first) {
  core::Bytes digest(32, 0x5a);
  digest[0] = first;
  return digest;
}

inline NewSubmission submission(std::string id, std::string court = "0491",
                                std::string account = "u-1") {
  return {.id = std::move(id),
          .court = std::move(court),
          .account = std::move(account),
          .received_at_ms = 1000,
          .intake_index = 7,
          .receipt = core::to_bytes("signed receipt"),
          .session = core::to_bytes("session"),
          .files = {{"case.json", 10, digest_of(1)}, {"files/文.html", 20, digest_of(2)}}};
}

inline FinishedJob finished(const Job& job, const std::string& number) {
  return {.submission = job.submission,
          .version = job.version,
          .report_number = number,
          .issued_at_ms = 2000,
          .envelope = core::to_bytes("envelope of " + number),
          .record_sha256 = digest_of(9),
          .verdict = "ALL_CONSISTENT"};
}

class StoreTest : public testing::Test {
 protected:
  std::unique_ptr<Place> place_ = new_place();
  std::vector<std::string> told_;
  std::unique_ptr<Store> store_ = open();

  std::unique_ptr<Store> open() {
    auto store = place_->open([this](const std::string& id) { told_.push_back(id); });
    EXPECT_TRUE(store.has_value()) << (store ? "" : store.error().text);
    return store ? *std::move(store) : nullptr;
  }
  void reopen() {
    store_.reset();
    store_ = open();
  }
  void accept(const NewSubmission& wanted) {
    const auto accepted = store_->accept(wanted, nullptr);
    ASSERT_TRUE(accepted.has_value()) << accepted.error().text;
  }
  Job claim(std::int64_t now_ms = 5000) {
    const auto job = store_->claim_job(now_ms);
    EXPECT_TRUE(job.has_value() && job->has_value());
    return job && *job ? **job : Job{};
  }
  bool nothing_to_claim(std::int64_t now_ms = 5000) {
    const auto job = store_->claim_job(now_ms);
    return job.has_value() && !job->has_value();
  }
  // The clock by which jobs wait goes on, or back.
  void let_pass(std::chrono::milliseconds time) {
    const auto passed = place_->execute("UPDATE jobs SET not_before_ms = not_before_ms - (" +
                                        std::to_string(time.count()) + ")");
    ASSERT_TRUE(passed.has_value()) << passed.error().text;
  }
  Submission find(const std::string& id) {
    const auto found = store_->find_submission(id, Scope::whole_installation());
    EXPECT_TRUE(found.has_value() && found->has_value()) << id;
    return found && *found ? **found : Submission{};
  }
  Report report(const std::string& number) {
    const auto found = store_->find_report(number, Scope::whole_installation());
    EXPECT_TRUE(found.has_value() && found->has_value()) << number;
    return found && *found ? **found : Report{};
  }
};

}  // namespace heyan::store
