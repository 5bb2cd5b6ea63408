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
using test::number;
using test::read_records;
using test::Record;
using test::rsa_spki;

core::Bytes even_hex(const std::string& text) { return number(text, (text.size() + 1) / 2); }

core::Result<PublicKey> key_of(const Record& record) {
  return PublicKey::from_spki(rsa_spki(record.bytes("n"), even_hex(record.at("e"))));
}

Hash hash_of(const Record& record) {
  const std::string& word = record.at("SHAAlg");
  if (word == "SHA1") return Hash::kSha1;
  if (word == "SHA256") return Hash::kSha256;
  return word == "SHA384" ? Hash::kSha384 : Hash::kSha512;
}

SignatureOutcome verify_record(const Record& record, SignatureKind kind) {
  const auto key = key_of(record);
  if (!key) return SignatureOutcome::kInvalid;
  SignatureChecker checker(production_engines(), {});
  return checker.verify(*key, {.kind = kind, .hash = hash_of(record)}, record.bytes("Msg"),
                        number(record.at("S"), record.bytes("n").size()));
}

TEST(RsaVectors, NistSigVerPkcs1) {
  const auto records = read_records("rsa-pkcs1-sigver.rsp");
  ASSERT_EQ(records.size(), 180u);
  std::size_t valid = 0;
  for (const Record& record : records) {
    const bool sha1 =
        record.at("SHAAlg") == "SHA1";  // refused by policy of ours, whatever NIST says
    const bool expected = record.at("Result").starts_with("P") && !sha1;
    valid += expected ? 1 : 0;
    EXPECT_EQ(verify_record(record, SignatureKind::kRsaPkcs1),
              expected ? SignatureOutcome::kValid : SignatureOutcome::kInvalid)
        << record.at("Result");
    EXPECT_EQ(verify_record(record, SignatureKind::kRsaPss), SignatureOutcome::kInvalid);
  }
  EXPECT_GE(valid, 25u);
}

TEST(RsaVectors, NistSigVerPssHasSaltsOfAnotherLength) {
  // These salts have ten octets; ours is as long as the digest (RFC 8446 4.2.3, RFC 7518 3.5).
  for (const Record& record : read_records("rsa-pss-sigver.rsp")) {
    EXPECT_EQ(verify_record(record, SignatureKind::kRsaPss), SignatureOutcome::kInvalid)
        << record.at("Result");
  }
}

TEST(RsaVectors, PssSaltAsLongAsTheDigest) {
  const auto records = read_records("rsa-pss-salt.rsp");
  ASSERT_GE(records.size(), 12u);
  for (const Record& record : records) {
    const bool expected = record.at("Salt") == record.at("DigestBytes");
    EXPECT_EQ(verify_record(record, SignatureKind::kRsaPss),
              expected ? SignatureOutcome::kValid : SignatureOutcome::kInvalid)
        << record.at("SHAAlg") << " salt " << record.at("Salt");
    EXPECT_EQ(verify_record(record, SignatureKind::kRsaPkcs1), SignatureOutcome::kInvalid);
  }
}

class Rsa : public testing::Test {
 protected:
  static Record good() {
    for (Record& record : read_records("rsa-pkcs1-sigver.rsp")) {
      if (record.at("Result").starts_with("P") && record.at("SHAAlg") == "SHA256") return record;
    }
    ADD_FAILURE() << "no record";
    return {};
  }
  SignatureOutcome verify(core::ByteView signature) {
    return checker_.verify(*key_, {.kind = SignatureKind::kRsaPkcs1}, message_, signature);
  }

  const Record record_ = good();
  const core::Bytes modulus_ = record_.bytes("n");
  const core::Bytes message_ = record_.bytes("Msg");
  const core::Bytes signature_ = number(record_.at("S"), modulus_.size());
  core::Result<PublicKey> key_ = key_of(record_);
  SignatureChecker checker_{production_engines(), {}};
};

TEST_F(Rsa, SignatureBitsAndLengths) {
  ASSERT_TRUE(key_);
  EXPECT_EQ(verify(signature_), SignatureOutcome::kValid);
  for (std::size_t bit = 8; bit < signature_.size() * 8; bit += 131) {
    EXPECT_EQ(verify(flipped(signature_, bit)), SignatureOutcome::kInvalid) << bit;
  }
  EXPECT_EQ(verify(joined(core::Bytes{0}, signature_)), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(core::ByteView(signature_).subspan(1)), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify({}), SignatureOutcome::kInvalid);
}

TEST_F(Rsa, GateRefusesSignaturesNotBelowTheModulus) {
  const Scheme scheme{.kind = SignatureKind::kRsaPkcs1};
  EXPECT_TRUE(pass_gate(key_->handles(), scheme, message_, signature_));
  EXPECT_FALSE(pass_gate(key_->handles(), scheme, message_, modulus_));
  EXPECT_FALSE(pass_gate(key_->handles(), scheme, message_, core::Bytes(modulus_.size(), 0xff)));
}

TEST_F(Rsa, ExponentsAndModuliOutOfBounds) {
  const auto read = [](core::ByteView n, std::string_view e) {
    return PublicKey::from_spki(rsa_spki(n, hex(e)));
  };
  EXPECT_TRUE(read(modulus_, "010001"));
  EXPECT_TRUE(read(modulus_, "03"));
  EXPECT_TRUE(read(modulus_, "ffffffff"));
  for (const char* e :
       {"00", "01", "02", "010000", "0100000001", "ffffffffffffffffff", "010000000000010001"}) {
    EXPECT_FALSE(read(modulus_, e)) << e;
  }
  core::Bytes even = modulus_;
  even.back() &= 0xfe;
  EXPECT_FALSE(read(even, "010001"));
  EXPECT_FALSE(read(core::ByteView(modulus_).first(modulus_.size() / 2), "010001"));  // 1024 bits
  core::Bytes big(513, 0xff);
  EXPECT_EQ(read(big, "010001").error().code, core::ErrorCode::kLimit);
  EXPECT_TRUE(read(core::Bytes(512, 0xff), "010001"));
  core::Bytes short_by_a_bit = modulus_;
  short_by_a_bit.front() &= 0x7f;
  ASSERT_EQ(key_->bits(), 2048u);
  EXPECT_FALSE(read(short_by_a_bit, "010001"));
}

TEST_F(Rsa, SpkiMustBeCanonical) {
  const core::Bytes spki = rsa_spki(modulus_, hex("010001"));
  EXPECT_TRUE(PublicKey::from_spki(spki));
  EXPECT_FALSE(PublicKey::from_spki(joined(spki, core::Bytes{0})));
  EXPECT_FALSE(PublicKey::from_spki(core::ByteView(spki).first(spki.size() - 1)));
  EXPECT_FALSE(PublicKey::from_spki(rsa_spki(modulus_, hex("00010001"))));
  EXPECT_FALSE(PublicKey::from_spki(rsa_spki(joined(core::Bytes{0, 0}, modulus_), hex("010001"))));
  for (std::size_t at = 0; at < 40; ++at) {
    core::Bytes changed = spki;
    changed[at] ^= 0x01;
    const auto key = PublicKey::from_spki(changed);
    EXPECT_TRUE(!key || at >= 32) << at;  // from there on it is another modulus
  }
}

TEST_F(Rsa, AKeyForPssAloneSignsNothingElse) {
  core::Bytes spki = rsa_spki(modulus_, hex("010001"));
  const core::Bytes plain = hex("300d06092a864886f70d0101010500");
  const core::Bytes pss = hex("300b06092a864886f70d01010a");
  const auto at = std::ranges::search(spki, plain);
  ASSERT_FALSE(at.empty());
  spki.erase(at.begin(), at.end());
  spki.insert(spki.begin() + 4, pss.begin(), pss.end());
  spki[3] = static_cast<std::uint8_t>(spki[3] - 2);
  const auto key = PublicKey::from_spki(spki);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->algorithm(), KeyAlgorithm::kRsa);
  EXPECT_FALSE(*key == *key_);
  EXPECT_FALSE(pass_gate(key->handles(), {.kind = SignatureKind::kRsaPkcs1}, message_, signature_));
  EXPECT_TRUE(pass_gate(key->handles(), {.kind = SignatureKind::kRsaPss}, message_, signature_));
  EXPECT_EQ(checker_.verify(*key, {.kind = SignatureKind::kRsaPkcs1}, message_, signature_),
            SignatureOutcome::kInvalid);
}

TEST_F(Rsa, Sm3IsNoHashOfRsa) {
  EXPECT_FALSE(pass_gate(key_->handles(), {.kind = SignatureKind::kRsaPkcs1, .hash = Hash::kSm3},
                         message_, signature_));
}

}  // namespace
}  // namespace heyan::crypto
