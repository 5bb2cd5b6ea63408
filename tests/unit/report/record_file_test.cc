#include "verifier/report/record_file.h"

#include <gtest/gtest.h>

#include <functional>

#include "verifier/canonical.h"
#include "verifier/crypto/digest.h"

namespace heyan::report {
namespace {

using core::Bytes;
using core::ErrorCode;

std::string digest(std::string_view content) {
  return core::to_string(crypto::sha256(core::as_bytes(content)));
}

v1::RecordFile sample() {
  v1::RecordFile file;
  v1::CaseRecord& record = *file.mutable_record();
  auto& declared = *record.mutable_submission()->add_evidence();
  declared.set_id("E1");
  declared.add_proofs()->set_path("proofs/a");
  auto& item = *record.add_items();
  item.set_id("E1");
  item.add_proofs(digest("proof"));
  auto& proof = *record.add_proofs();
  proof.set_content("proof");
  proof.set_sha256(digest("proof"));
  record.set_nonce(std::string(32, 'n'));
  record.set_salt_key(std::string(32, 's'));
  file.set_as_of_ms(1);
  file.set_version(1);
  return file;
}

ErrorCode refusal(const Bytes& bytes) {
  const auto read = decode_record_file(bytes, core::Limits{});
  EXPECT_FALSE(read.has_value());
  return read ? ErrorCode::kInternal : read.error().code;
}

ErrorCode refusal_after(const std::function<void(v1::RecordFile&)>& change) {
  v1::RecordFile file = sample();
  change(file);
  return refusal(encode_record_file(file));
}

TEST(RecordFile, ReadsWhatItWrote) {
  const Bytes bytes = encode_record_file(sample());
  const auto read = decode_record_file(bytes, core::Limits{});
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(encode_record_file(*read), bytes);
}

// Marks came later: a record without them reads as before, and they are kept where they are.
TEST(RecordFile, KeepsWhatWasNotedOfAFile) {
  v1::RecordFile file = sample();
  file.mutable_record()->mutable_items(0)->mutable_contents()->set_media_type("application/pdf");
  const Bytes before = encode_record_file(file);
  const auto old = decode_record_file(before, core::Limits{});
  ASSERT_TRUE(old.has_value());
  EXPECT_TRUE(old->record().items(0).contents().marks().empty());
  v1::ContentFacts& facts = *file.mutable_record()->mutable_items(0)->mutable_contents();
  facts.add_marks(v1::FILE_MARK_ENCRYPTED);
  facts.add_marks(v1::FILE_MARK_ACTIVE_CONTENT);
  const Bytes noted = encode_record_file(file);
  EXPECT_NE(noted, before);
  const auto read = decode_record_file(noted, core::Limits{});
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->record().items(0).contents().marks_size(), 2);
  EXPECT_EQ(read->record().items(0).contents().marks(1), v1::FILE_MARK_ACTIVE_CONTENT);
  EXPECT_EQ(encode_record_file(*read), noted);
}

TEST(RecordFile, RefusesEveryTruncationAndTrailingBytes) {
  const Bytes bytes = encode_record_file(sample());
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    EXPECT_FALSE(
        decode_record_file(core::ByteView(bytes).first(length), core::Limits{}).has_value())
        << length;
  }
  for (const std::uint8_t extra : {0x00, 0x08, 0x12, 0xff}) {
    Bytes longer = bytes;
    longer.push_back(extra);
    EXPECT_FALSE(decode_record_file(longer, core::Limits{}).has_value());
  }
}

TEST(RecordFile, RefusesOtherKindsAndVersions) {
  EXPECT_EQ(refusal(core::to_bytes("{\"schema\":1}")), ErrorCode::kMalformed);
  Bytes bytes = encode_record_file(sample());
  bytes[8] = 2;
  EXPECT_EQ(refusal(bytes), ErrorCode::kUnsupported);
}

// The file around a message that we would not have written.
Bytes wrap(const Bytes& message) {
  Bytes bytes = core::to_bytes(std::string_view("HEYANHCR\x01"));
  const Bytes digest = crypto::sha256(message);
  bytes.insert(bytes.end(), digest.begin(), digest.end());
  bytes.insert(bytes.end(), message.begin(), message.end());
  return bytes;
}

TEST(RecordFile, RefusesWhatIsNotCanonical) {
  const Bytes message = canonical_bytes(sample());
  ASSERT_EQ(wrap(message), encode_record_file(sample()));
  Bytes twice = message;
  twice.insert(twice.end(), message.begin(), message.end());  // protobuf would merge the two
  EXPECT_EQ(refusal(wrap(twice)), ErrorCode::kNotCanonical);
  Bytes unknown = message;
  for (const std::uint8_t octet : {0xf8, 0x01, 0x01}) unknown.push_back(octet);  // field 31
  EXPECT_EQ(refusal(wrap(unknown)), ErrorCode::kNotCanonical);
}

TEST(RecordFile, RefusesAnyChangedByte) {
  const Bytes bytes = encode_record_file(sample());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    Bytes changed = bytes;
    changed[i] ^= 0x01;
    EXPECT_FALSE(decode_record_file(changed, core::Limits{}).has_value()) << i;
  }
}

TEST(RecordFile, RefusesUnknownValuesOfClosedLists) {
  EXPECT_EQ(refusal_after([](v1::RecordFile& file) {
              file.mutable_record()->mutable_submission()->mutable_submitter()->set_role(
                  static_cast<v1::Role>(99));
            }),
            ErrorCode::kUnknown);
}

TEST(RecordFile, HoldsProofsToTheirDigests) {
  EXPECT_EQ(refusal_after([](v1::RecordFile& file) {
              file.mutable_record()->mutable_proofs(0)->set_content("other");
            }),
            ErrorCode::kMalformed);
  EXPECT_EQ(refusal_after([](v1::RecordFile& file) {
              *file.mutable_record()->add_proofs() = file.record().proofs(0);
            }),
            ErrorCode::kNotCanonical);
  EXPECT_EQ(refusal_after([](v1::RecordFile& file) { file.mutable_record()->clear_proofs(); }),
            ErrorCode::kNotFound);
}

TEST(RecordFile, HoldsItemsToTheSubmission) {
  EXPECT_EQ(refusal_after([](v1::RecordFile& file) { file.mutable_record()->clear_items(); }),
            ErrorCode::kMalformed);
  EXPECT_EQ(refusal_after([](v1::RecordFile& file) {
              file.mutable_record()->mutable_items(0)->set_id("E2");
            }),
            ErrorCode::kMalformed);
  EXPECT_EQ(refusal_after([](v1::RecordFile& file) {
              file.mutable_record()->mutable_items(0)->clear_proofs();
            }),
            ErrorCode::kMalformed);
  EXPECT_EQ(refusal_after([](v1::RecordFile& file) { file.mutable_record()->set_nonce("short"); }),
            ErrorCode::kMalformed);
}

TEST(RecordFile, AppliesLimits) {
  core::Limits limits;
  limits.proof_bytes = 4;
  const auto read = decode_record_file(encode_record_file(sample()), limits);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace heyan::report
