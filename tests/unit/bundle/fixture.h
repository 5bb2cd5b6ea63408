// The smallest report that was signed and logged, in a bundle.
#pragma once

#include <gtest/gtest.h>

#include <optional>

#include "gateway/bundle/bundle.h"
#include "gateway/bundle/check.h"
#include "gateway/intake/judge_again.h"
#include "gateway/ops/version.h"
#include "tests/unit/report/jws_fixture.h"
#include "verifier/contents/stored_zip.h"
#include "verifier/crypto/digest.h"
#include "verifier/report/envelope.h"
#include "verifier/report/log_entry.h"
#include "verifier/report/payload.h"
#include "verifier/report/record_file.h"
#include "verifier/transparency/checkpoint.h"
#include "verifier/transparency/log_proof.h"
#include "verifier/transparency/merkle.h"

namespace heyan::bundle {

inline constexpr std::string_view kOrigin = "court.example/log";

inline v1::RecordFile small_record(const std::string& item = "E1") {
  v1::RecordFile file;
  v1::CaseRecord& record = *file.mutable_record();
  record.mutable_submission()->add_evidence()->set_id(item);
  record.add_items()->set_id(item);
  record.set_nonce(std::string(32, 'n'));
  record.set_salt_key(std::string(32, 's'));
  file.mutable_circumstances()->set_report_number("HY-AAAA-BBBB-CCCC-DDDD");
  file.mutable_circumstances()->set_software_version(std::string(ops::software_version()));
  v1::SourceFile& trust = *file.add_trust_list();
  trust.set_path("trust.toml");
  trust.set_content(
      "[list]\nid = \"t\"\nversion = 1\nissued = 2026-01-01T00:00:00Z\n"
      "next_update = 2027-01-01T00:00:00Z\n");
  v1::SourceFile& policy = *file.add_policy();
  policy.set_path("policy.toml");
  policy.set_content("[policy]\nid = \"p\"\nversion = 1\n");
  file.set_as_of_ms(core::to_unix_ms(report::at("2026-06-01T08:00:00Z")));
  return file;
}

class BundleTest : public ::testing::Test {
 protected:
  static std::string encoded(const v1::RecordFile& record) {
    return core::to_string(report::encode_record_file(record));
  }
  static std::string payload_of(const v1::RecordFile& record) {
    const auto report = intake::judge_again(record);
    EXPECT_TRUE(report.has_value()) << report.error().text;
    return report::encode_payload(report->report);
  }
  // Signed, and the only leaf of a log.
  std::string envelope_of(const std::string& payload) const {
    const report::LogPosition place{.origin = std::string(kOrigin), .index = 0};
    const auto jws = report::sign_report(core::as_bytes(payload), signers_, time_, place);
    const core::Bytes leaf = report::encode_log_entry(
        report::ReportEntry{.at = time_,
                            .payload = crypto::sha256(core::as_bytes(payload)),
                            .intake = {.index = 0, .log = "earlier.example/log"}});
    const auto head = transparency::encode_checkpoint({.origin = std::string(kOrigin),
                                                       .size = 1,
                                                       .root = transparency::leaf_hash(leaf),
                                                       .extensions = {}});
    const auto note = transparency::sign_note(*head, std::string(kOrigin), log_key_);
    const std::string proof = transparency::encode_log_proof(
        {.extra = leaf, .index = 0, .path = {}, .checkpoint = *note});
    return *report::seal(*jws, proof);
  }
  Bundle bundle_of(const v1::RecordFile& record) const {
    const std::string payload = payload_of(record);
    return {.payload = payload,
            .envelope = envelope_of(payload),
            .pdf = {},
            .xml = {},
            .record = encoded(record),
            .excerpt = {}};
  }
  static std::string written(const Bundle& bundle) {
    auto file = write(bundle);
    EXPECT_TRUE(file.has_value()) << file.error().text;
    return file ? *std::move(file) : std::string();
  }
  static std::expected<Opened, Fault> opened(std::string_view file) {
    return open(core::as_bytes(file));
  }
  // The bundle's files, put together again after a change.
  using Files = std::vector<std::pair<std::string, std::string>>;
  static Files files_in(const std::string& file) {
    Files files;
    const auto stored = contents::read_stored_zip(core::as_bytes(file), {});
    EXPECT_TRUE(stored.has_value());
    for (const auto& one : *stored) {
      files.emplace_back(one.name, core::to_string(one.content));
    }
    return files;
  }
  static std::string zipped(const Files& files) {
    std::vector<contents::StoredFile> list;
    for (const auto& [name, content] : files) list.push_back({name, core::as_bytes(content)});
    return contents::write_stored_zip(list).value_or("");
  }

  const report::ReportSigner es256_ = report::signer(crypto::KeyAlgorithm::kEcdsaP256);
  const report::ReportSigner sm2_ = report::signer(crypto::KeyAlgorithm::kSm2);
  const std::vector<report::ReportSigner> signers_ = {es256_, sm2_};
  const crypto::SigningKey log_key_ = *crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519);
  const core::UtcTime time_ = report::at("2026-06-01T08:00:00Z");
  const v1::RecordFile record_ = small_record();
  const Bundle bundle_ = bundle_of(record_);
  const std::string file_ = written(bundle_);
};

}  // namespace heyan::bundle
