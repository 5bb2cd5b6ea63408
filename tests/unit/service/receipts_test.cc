// Receipts of the store that somebody altered.
#include "gateway/service/receipts.h"

#include <gtest/gtest.h>

#include "gateway/service/signer_client.h"
#include "tests/unit/service/other_side.h"
#include "tests/unit/service/receipt_signer.h"

namespace heyan::service {
namespace {

using core::ErrorCode;

class ReceiptsTest : public testing::Test {
 protected:
  ReceiptsTest() {
    client_.receipts().on_altered([this] { ++altered_; });
  }

  static std::vector<store::StoredFile> files() {
    return {{.path = "case.json", .size = 2, .sha256 = core::Bytes(32, 1)},
            {.path = "files/a", .size = 7, .sha256 = core::Bytes(32, 2)}};
  }
  static v1::Intake intake_of(const std::string& submission) {
    v1::Intake intake;
    intake.set_submission_id(submission);
    intake.set_court("0491");
    for (const store::StoredFile& one : files()) {
      v1::StoredFile& file = *intake.add_files();
      file.set_path(one.path);
      file.set_size(one.size);
      file.set_sha256(core::to_string(one.sha256));
    }
    return intake;
  }
  static store::Submission row_of(const std::string& submission, const ReceiptSigner& signer) {
    const v1::Receipt receipt = signer.receipt_of(intake_of(submission), 7);
    store::Submission row;
    row.id = submission;
    row.court = "0491";
    row.intake_index = 7;
    row.receipt = core::to_bytes(core::as_bytes(receipt.jws()));
    return row;
  }
  ErrorCode refusal_of(const store::Submission& row) {
    const auto found = client_.receipts().confirm(row);
    EXPECT_FALSE(found.has_value());
    return found ? ErrorCode::kUnknown : found.error().code;
  }

  ReceiptSigner signer_;
  ReceiptSigner before_;
  std::atomic<bool> away_ = false;
  std::atomic<int> asked_ = 0;
  int altered_ = 0;
  SignerSide side_{[this](const v1::FrontAsks& asks) {
    v1::FrontGets gets;
    if (asks.has_keys()) ++asked_;
    if (away_) return gets;
    *gets.mutable_keys()->add_keys() = signer_.published();
    *gets.mutable_keys()->add_keys() = before_.published();
    return gets;
  }};
  SignerClient client_{side_.front()};
};

TEST_F(ReceiptsTest, WhatWasSignedIsGood) {
  const auto good = client_.receipts().confirm(row_of("s1", signer_), files());
  ASSERT_TRUE(good.has_value()) << good.error().text;
  EXPECT_EQ((*good)->files, files());
  EXPECT_EQ((*good)->received_at_ms,
            core::to_unix_ms(*core::parse_rfc3339("2026-11-24T09:00:00Z")));
  // Again, and another one: its keys are not asked for twice.
  EXPECT_TRUE(client_.receipts().confirm(row_of("s1", signer_)).has_value());
  EXPECT_TRUE(client_.receipts().confirm(row_of("s2", before_)).has_value());
  EXPECT_EQ(asked_, 1);
  EXPECT_EQ(altered_, 0);
}

TEST_F(ReceiptsTest, AnotherKeysIsNot) {
  const ReceiptSigner stranger;
  EXPECT_EQ(refusal_of(row_of("s1", stranger)), ErrorCode::kInternal);
  EXPECT_EQ(altered_, 1);
}

// Each byte of it: header, payload, signature.
TEST_F(ReceiptsTest, AnAlteredOneIsNot) {
  const store::Submission row = row_of("s1", signer_);
  for (std::size_t at = 0; at < row.receipt.size(); at += 11) {
    store::Submission altered = row;
    altered.receipt[at] = altered.receipt[at] == 'A' ? 'B' : 'A';
    EXPECT_EQ(refusal_of(altered), ErrorCode::kInternal) << at;
  }
  for (const std::string_view text : {"", ".", "..", "a.b.c", "receipt"}) {
    store::Submission other = row;
    other.receipt = core::to_bytes(core::as_bytes(text));
    EXPECT_EQ(refusal_of(other), ErrorCode::kInternal) << text;
  }
}

TEST_F(ReceiptsTest, AnotherRowsIsNot) {
  const store::Submission row = row_of("s1", signer_);
  store::Submission other = row;
  other.id = "s2";
  EXPECT_EQ(refusal_of(other), ErrorCode::kInternal);
  other = row;
  other.court = "0192";
  EXPECT_EQ(refusal_of(other), ErrorCode::kInternal);
  other = row;
  other.intake_index = 8;
  EXPECT_EQ(refusal_of(other), ErrorCode::kInternal);
  // Nor after the row itself was found good.
  EXPECT_TRUE(client_.receipts().confirm(row).has_value());
  EXPECT_EQ(refusal_of(other), ErrorCode::kInternal);
}

TEST_F(ReceiptsTest, FilesAreAllThatItLists) {
  const store::Submission row = row_of("s1", signer_);
  const auto expect_refused = [&](const std::vector<store::StoredFile>& rows) {
    const auto found = client_.receipts().confirm(row, rows);
    ASSERT_FALSE(found.has_value());
    EXPECT_EQ(found.error().code, ErrorCode::kInternal);
  };
  auto rows = files();
  rows[1].sha256 = core::Bytes(32, 3);
  expect_refused(rows);
  rows = files();
  rows[1].size = 8;
  expect_refused(rows);
  rows = files();
  rows[1].path = "files/b";
  expect_refused(rows);
  rows = files();
  rows.pop_back();
  expect_refused(rows);
  EXPECT_EQ(altered_, 4);
}

TEST_F(ReceiptsTest, WithoutTheSignerNothingIsSaidOfIt) {
  away_ = true;
  EXPECT_EQ(refusal_of(row_of("s1", signer_)), ErrorCode::kIo);
  EXPECT_EQ(altered_, 0);
  away_ = false;
  EXPECT_TRUE(client_.receipts().confirm(row_of("s1", signer_)).has_value());
}

// Of more than are remembered each is as good as before.
TEST_F(ReceiptsTest, ManyAreGood) {
  std::vector<store::Submission> rows;
  for (int i = 0; i < 600; ++i) rows.push_back(row_of("s" + std::to_string(i), signer_));
  for (int round = 0; round < 2; ++round) {
    for (const store::Submission& row : rows) {
      const auto good = client_.receipts().confirm(row);
      ASSERT_TRUE(good.has_value());
      EXPECT_EQ(*(*good)->payload.find("submission")->as_string(), row.id);
    }
  }
}

}  // namespace
}  // namespace heyan::service
