// A signer over a temporary folder, with keys made for the test and a clock that the test sets.
#pragma once

#include <gtest/gtest.h>

#include <atomic>

#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/signer/place.h"

namespace heyan::signer {

inline Keys new_test_keys() {
  const auto pair = [](crypto::KeyAlgorithm algorithm) {
    auto key = *crypto::SigningKey::generate(algorithm);
    auto certificate = *key.self_signed("Test court", *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                                        *core::parse_rfc3339("2028-01-01T00:00:00Z"));
    return report::ReportSigner{std::move(key), {std::move(certificate)}};
  };
  return {.report = {pair(crypto::KeyAlgorithm::kEcdsaP256), pair(crypto::KeyAlgorithm::kSm2)},
          .receipt = pair(crypto::KeyAlgorithm::kEcdsaP256),
          .seal = pair(crypto::KeyAlgorithm::kEcdsaP256),
          .xml_seal = pair(crypto::KeyAlgorithm::kEcdsaP256),
          .statement = pair(crypto::KeyAlgorithm::kEcdsaP256),
          .log = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519),
          .log_name = "heyan.test/log"};
}

inline v1::SignerBegun begun_of(Signer& signer, const v1::SignerBegin& asks) {
  v1::SignerBegun begun;
  const Question question = signer.for_begin(asks, begun);
  signer.answer(std::span(&question, 1));
  return begun;
}
inline v1::SignerSigned signed_of(Signer& signer, const v1::SignerBegin& begin,
                                  const v1::SignerReport& asks) {
  v1::SignerSigned answer;
  const Question question = signer.for_report(begin, asks, answer);
  signer.answer(std::span(&question, 1));
  return answer;
}

class SignerTest : public ::testing::Test {
 protected:
  SignerTest() : keys_(new_test_keys()) {
    std::filesystem::create_directory(folder_ / "log");
    bundle_.id = "court";
    bundle_.version = 2;
    bundle_.issued = *core::parse_rfc3339("2026-11-01T00:00:00Z");
    bundle_.next_update = *core::parse_rfc3339("2027-05-01T00:00:00Z");
    bundle_.trust_list = core::Bytes(32, 1);
    bundle_.policy = core::Bytes(32, 2);
  }

  core::Result<std::unique_ptr<Signer>> open(bool production = false) {
    return place_->open({.folder = folder_.path(),
                         .public_log = folder_ / "log",
                         .bundle = bundle_,
                         .production = production,
                         .follows = follows_,
                         .follows_lacking = follows_lacking_,
                         .clock = Clock([this] { return now_; }, [this] { return steady_; }),
                         .litigants = litigants_,
                         .witnesses = witnesses_,
                         .authorities = authorities_,
                         .clock_trouble = [this](std::string_view) { ++clock_troubles_; },
                         .trail = trail_.get(),
                         .trails = trails_,
                         .trail_trouble = [this](std::string_view) { ++trail_troubles_; },
                         .certificate_trouble =
                             [this](std::string_view name, const crypto::Certificate&) {
                               certificate_troubles_.emplace_back(name);
                             },
                         .newer_bundle_seen = [this](std::int64_t seen) { newer_bundle_ = seen; },
                         .lost_token = [this] { return token_is_lost_.load(); }},
                        keys_);
  }
  void start() {
    signer_.reset();
    auto opened = open();
    ASSERT_TRUE(opened.has_value()) << opened.error().text;
    signer_ = *std::move(opened);
  }

  using Files = google::protobuf::RepeatedPtrField<v1::StoredFile>;
  static Files case_json_alone() {
    Files files;
    v1::StoredFile& file = *files.Add();
    file.set_path("case.json");
    file.set_size(7);
    file.set_sha256(std::string(32, 'c'));
    return files;
  }
  v1::Receipt take_in(const std::string& submission, const Files& files = case_json_alone()) {
    v1::FrontAsks asks;
    v1::Intake& intake = *asks.mutable_intake();
    intake.set_submission_id(submission);
    intake.set_court("0491");
    *intake.mutable_files() = files;
    const v1::FrontGets gets = ask(asks);
    EXPECT_TRUE(gets.has_receipt()) << gets.refusal().code();
    return gets.receipt();
  }

  static v1::SignerBegin begin_of(const std::string& submission, std::uint32_t version,
                                  std::uint64_t intake, const std::string& supersedes = {}) {
    v1::SignerBegin begin;
    begin.set_submission_id(submission);
    begin.set_version(version);
    begin.set_intake_index(intake);
    begin.set_supersedes(supersedes);
    return begin;
  }

  // A report of no items, as the judge would make it.
  v1::Report report_of(const v1::SignerBegun& begun) const {
    v1::Report report;
    report.set_number(begun.report_number());
    report.mutable_court()->set_code("0491");
    report.set_as_of_ms(begun.now_ms());
    report.set_verdict(v1::SUBMISSION_VERDICT_INCOMPLETE);
    report.mutable_bindings()->set_trust_list(core::to_string(bundle_.trust_list));
    report.mutable_bindings()->set_policy(core::to_string(bundle_.policy));
    return report;
  }
  v1::SignerSigned sign(const v1::SignerBegin& begin, const v1::Report& report) {
    v1::SignerReport asks;
    *asks.mutable_report() = report;
    asks.set_record_sha256(std::string(32, 'r'));
    return signed_of(*signer_, begin, asks);
  }

  // Each in a round of its own.
  v1::FrontGets ask(const v1::FrontAsks& asks) const {
    v1::FrontGets gets;
    const Question question = signer_->for_front(asks, gets);
    signer_->answer(std::span(&question, 1));
    return gets;
  }
  v1::SignerBegun begin(const v1::SignerBegin& asks) { return begun_of(*signer_, asks); }

  os::TemporaryFolder folder_;
  std::unique_ptr<Place> place_ = new_place(folder_.path());
  Keys keys_;
  trust::TrustBundle bundle_;
  // Time passes: on both clocks. What sets now_ alone sets the machine's clock.
  void pass(std::chrono::milliseconds span) {
    now_ += span;
    steady_ += span;
  }

  Clock::Steady steady_{};
  bool litigants_ = false;
  std::vector<transparency::NoteVerifier> witnesses_;
  std::vector<crypto::Certificate> authorities_;
  int clock_troubles_ = 0;
  std::unique_ptr<audit::Trail> trail_;  // where a test wants one
  std::vector<std::filesystem::path> trails_;
  int trail_troubles_ = 0;
  std::vector<std::string> certificate_troubles_;
  std::int64_t newer_bundle_ = 0;
  std::atomic<bool> token_is_lost_ = false;
  std::string follows_;
  bool follows_lacking_ = false;
  core::UtcTime now_ = *core::parse_rfc3339("2026-11-24T09:00:00Z");
  std::unique_ptr<Signer> signer_;
};

}  // namespace heyan::signer
