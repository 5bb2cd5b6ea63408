#include <gtest/gtest.h>

#include <algorithm>

#include "tests/unit/crypto/vectors.h"
#include "verifier/crypto/gate.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {
namespace {

using test::flipped;
using test::hex;
using test::joined;
using test::read_records;
using test::Record;

constexpr Scheme scheme() { return {.kind = SignatureKind::kEd25519}; }

// L = 2^252 + 27742317777372353535851937790883648493, little-endian.
constexpr std::string_view kOrder =
    "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";

// The canonical encodings of the eight points of small order, then encodings of them that are not
// canonical.
constexpr std::array<std::string_view, 14> kSmallOrder = {
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"};

core::Bytes add_order(core::Bytes signature) {
  const core::Bytes order = hex(kOrder);
  unsigned carry = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    carry += signature[32 + i] + order[i];
    signature[32 + i] = static_cast<std::uint8_t>(carry & 0xff);
    carry >>= 8;
  }
  return signature;
}

class Ed25519 : public testing::Test {
 protected:
  SignatureOutcome verify(core::ByteView message, core::ByteView signature) {
    return checker_.verify(*key_, scheme(), message, signature);
  }

  const Record record_ = read_records("ed25519-sign.rsp").at(2);
  const core::Bytes message_ = record_.bytes("Msg");
  const core::Bytes signature_ = record_.bytes("Sig");
  core::Result<PublicKey> key_ = PublicKey::from_point(KeyAlgorithm::kEd25519, record_.bytes("PK"));
  SignatureChecker checker_{production_engines(), {}};
};

TEST_F(Ed25519, PublishedSignatures) {
  const auto records = read_records("ed25519-sign.rsp");
  ASSERT_EQ(records.size(), 128u);
  for (const Record& record : records) {
    const auto key = PublicKey::from_point(KeyAlgorithm::kEd25519, record.bytes("PK"));
    ASSERT_TRUE(key);
    EXPECT_EQ(checker_.verify(*key, scheme(), record.bytes("Msg"), record.bytes("Sig")),
              SignatureOutcome::kValid);
    const core::Bytes longer = joined(record.bytes("Msg"), core::Bytes{0});
    EXPECT_EQ(checker_.verify(*key, scheme(), longer, record.bytes("Sig")),
              SignatureOutcome::kInvalid);
  }
}

TEST_F(Ed25519, Rfc8032Test3) {
  // RFC 8032 7.1, TEST 3.
  const auto key = PublicKey::from_point(
      KeyAlgorithm::kEd25519,
      hex("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"));
  ASSERT_TRUE(key);
  const core::Bytes signature =
      hex("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
          "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a");
  EXPECT_EQ(checker_.verify(*key, scheme(), hex("af82"), signature), SignatureOutcome::kValid);
}

TEST_F(Ed25519, EveryBitCounts) {
  for (std::size_t bit = 0; bit < 512; bit += 5) {
    EXPECT_EQ(verify(message_, flipped(signature_, bit)), SignatureOutcome::kInvalid) << bit;
  }
  EXPECT_EQ(verify(flipped(message_, 0), signature_), SignatureOutcome::kInvalid);
}

TEST_F(Ed25519, SPlusOrderIsRefusedByTheGate) {
  EXPECT_TRUE(pass_gate(key_->handles(), scheme(), message_, signature_));
  EXPECT_FALSE(pass_gate(key_->handles(), scheme(), message_, add_order(signature_)));
  EXPECT_EQ(verify(message_, add_order(signature_)), SignatureOutcome::kInvalid);
  EXPECT_FALSE(checker_.disagreed());
  core::Bytes order_itself = signature_;
  std::ranges::copy(hex(kOrder), order_itself.begin() + 32);
  EXPECT_FALSE(pass_gate(key_->handles(), scheme(), message_, order_itself));
  order_itself[32] -= 1;
  EXPECT_TRUE(pass_gate(key_->handles(), scheme(), message_, order_itself));
}

TEST_F(Ed25519, SmallOrderPointsAreNoKeys) {
  for (const std::string_view point : kSmallOrder) {
    EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kEd25519, hex(point))) << point;
  }
}

TEST_F(Ed25519, SmallOrderRIsRefusedByTheGate) {
  for (const std::string_view point : kSmallOrder) {
    core::Bytes signature = signature_;
    std::ranges::copy(hex(point), signature.begin());
    EXPECT_FALSE(pass_gate(key_->handles(), scheme(), message_, signature)) << point;
  }
}

TEST_F(Ed25519, RBeyondTheFieldIsRefusedByTheGate) {
  core::Bytes signature = signature_;
  std::ranges::copy(hex("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
                    signature.begin());
  EXPECT_FALSE(pass_gate(key_->handles(), scheme(), message_, signature));
}

TEST_F(Ed25519, KeyOffTheCurveOrOfMixedOrder) {
  // y = 2 belongs to no point.
  EXPECT_FALSE(PublicKey::from_point(
      KeyAlgorithm::kEd25519,
      hex("0200000000000000000000000000000000000000000000000000000000000000")));
  // Key of case 4 of the "Taming the many EdDSAs" vectors: prime-order part and small-order part
  // together.
  EXPECT_FALSE(PublicKey::from_point(
      KeyAlgorithm::kEd25519,
      hex("cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d")));
}

TEST_F(Ed25519, Lengths) {
  EXPECT_EQ(verify(message_, core::ByteView(signature_).first(63)), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(message_, joined(signature_, core::Bytes{0})), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(message_, {}), SignatureOutcome::kInvalid);
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kEd25519, core::Bytes(31, 9)));
}

}  // namespace
}  // namespace heyan::crypto
