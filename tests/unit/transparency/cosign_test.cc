#include "verifier/transparency/cosign.h"

#include <gtest/gtest.h>

#include "tests/unit/transparency/vectors.h"
#include "verifier/transparency/signature_lines.h"

namespace heyan::transparency {
namespace {

using core::ErrorCode;

class Cosign : public testing::Test {
 protected:
  std::expected<std::vector<NoteSigner>, NoteFault> verify(const std::string& text,
                                                           const NoteSignature& line) const {
    test::Checker checker;
    return verify_note({.text = text, .signatures = {line}}, std::array{verifier_}, checker);
  }

  const crypto::SigningKey key_ =
      crypto::SigningKey::generate(crypto::KeyAlgorithm::kEd25519).value();
  const NoteVerifier verifier_ =
      NoteVerifier::make("court.example/witness", NoteKeyType::kCosignature, key_.public_key())
          .value();
  const std::string text_ = "log\n1\nAAAA\n";
};

TEST_F(Cosign, VerifiesAtTheTimeThatItSays) {
  for (const std::uint64_t seconds :
       {std::uint64_t{0}, std::uint64_t{1'790'000'000}, kLastSecond}) {
    const auto line = cosign(text_, seconds, verifier_.name(), key_);
    ASSERT_TRUE(line);
    const auto signers = verify(text_, *line);
    ASSERT_TRUE(signers);
    EXPECT_EQ(signers->front().cosigned_at_seconds, seconds);
  }
}

TEST_F(Cosign, IsTheSameForTheSameTextAndTime) {
  EXPECT_EQ(cosign(text_, 5, verifier_.name(), key_).value(),
            cosign(text_, 5, verifier_.name(), key_).value());
}

TEST_F(Cosign, IsOfThisTextAndTimeAlone) {
  NoteSignature line = cosign(text_, 1'790'000'000, verifier_.name(), key_).value();
  EXPECT_FALSE(verify("log\n2\nAAAA\n", line));
  for (std::size_t i = 0; i < line.signature.size(); ++i) {
    line.signature[i] ^= 1;
    EXPECT_FALSE(verify(text_, line)) << i;
    line.signature[i] ^= 1;
  }
  EXPECT_TRUE(verify(text_, line));
}

TEST_F(Cosign, WhatIsNoNoteIsNotSigned) {
  const auto code = [&](std::string_view text, std::uint64_t seconds, std::string_view name) {
    const auto line = cosign(text, seconds, name, key_);
    return line ? ErrorCode::kInternal : line.error().code;
  };
  EXPECT_EQ(code("log\n1\nAAAA", 5, "w"), ErrorCode::kMalformed);
  EXPECT_EQ(code("", 5, "w"), ErrorCode::kMalformed);
  EXPECT_EQ(code("log\r\n", 5, "w"), ErrorCode::kMalformed);
  EXPECT_EQ(code(text_, kLastSecond + 1, "w"), ErrorCode::kMalformed);
  EXPECT_EQ(code(text_, 5, "a name"), ErrorCode::kMalformed);
  EXPECT_EQ(code(text_, 5, ""), ErrorCode::kMalformed);
}

TEST_F(Cosign, LinesAreReadAsTheyAreWritten) {
  const NoteSignature one = cosign(text_, 5, verifier_.name(), key_).value();
  const NoteSignature other = cosign(text_, 6, verifier_.name(), key_).value();
  const std::string lines = encode_signature_line(one) + encode_signature_line(other);
  EXPECT_EQ(parse_signature_lines(lines).value(), (std::vector{one, other}));
  EXPECT_EQ(parse_signature_lines("").error().code, ErrorCode::kMalformed);
  EXPECT_EQ(parse_signature_lines(lines + "\n").error().code, ErrorCode::kMalformed);
  EXPECT_EQ(parse_signature_lines("\n" + lines).error().code, ErrorCode::kMalformed);
  EXPECT_EQ(parse_signature_lines(lines.substr(0, lines.size() - 1)).error().code,
            ErrorCode::kMalformed);
  std::string many;
  for (std::size_t i = 0; i <= kNoteSignatures; ++i) many += encode_signature_line(one);
  EXPECT_EQ(parse_signature_lines(many).error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace heyan::transparency
