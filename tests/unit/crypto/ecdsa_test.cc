#include <gtest/gtest.h>

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

struct CurveCase {
  KeyAlgorithm algorithm;
  std::size_t bytes;
};

Hash hash_of(const std::string& section) {
  if (section.ends_with("SHA-256")) return Hash::kSha256;
  return section.ends_with("SHA-384") ? Hash::kSha384 : Hash::kSha512;
}

// Nothing where the key itself is refused ("Q changed" may leave the curve).
SignatureOutcome verify_record(const Record& record, CurveCase curve, SignatureEncoding encoding) {
  const core::Bytes xy =
      joined(number(record.at("Qx"), curve.bytes), number(record.at("Qy"), curve.bytes));
  const auto key = PublicKey::from_point(curve.algorithm, joined(core::Bytes{4}, xy));
  if (!key) return SignatureOutcome::kInvalid;
  core::Bytes signature =
      joined(number(record.at("R"), curve.bytes), number(record.at("S"), curve.bytes));
  if (encoding == SignatureEncoding::kDer) signature = to_der_signature(signature);
  SignatureChecker checker(production_engines(), {});
  return checker.verify(*key, {.hash = hash_of(record.section), .encoding = encoding},
                        record.bytes("Msg"), signature);
}

TEST(EcdsaVectors, NistSigVer) {
  const auto records = read_records("ecdsa-sigver.rsp");
  ASSERT_EQ(records.size(), 90u);
  for (const Record& record : records) {
    const CurveCase curve = record.section.starts_with("P-256")
                                ? CurveCase{KeyAlgorithm::kEcdsaP256, 32}
                                : CurveCase{KeyAlgorithm::kEcdsaP384, 48};
    const auto expected = record.at("Result").starts_with("P") ? SignatureOutcome::kValid
                                                               : SignatureOutcome::kInvalid;
    EXPECT_EQ(verify_record(record, curve, SignatureEncoding::kRs), expected) << record.at("Msg");
    EXPECT_EQ(verify_record(record, curve, SignatureEncoding::kDer), expected) << record.at("Msg");
  }
}

TEST(EcdsaVectors, Secp256k1) {
  const auto records = read_records("secp256k1-siggen.rsp");
  ASSERT_EQ(records.size(), 18u);
  for (const Record& record : records) {
    const CurveCase curve{KeyAlgorithm::kSecp256k1, 32};
    EXPECT_EQ(verify_record(record, curve, SignatureEncoding::kRs), SignatureOutcome::kValid);
    Record other = record;
    other.values["Msg"].back() = other.values["Msg"].back() == '0' ? '1' : '0';
    EXPECT_EQ(verify_record(other, curve, SignatureEncoding::kRs), SignatureOutcome::kInvalid);
  }
}

// RFC 6979 A.2.5 and A.2.6, message "sample".
class Rfc6979 : public testing::Test {
 protected:
  SignatureOutcome verify(core::ByteView signature, Scheme scheme = {}) {
    return checker_.verify(*key_, scheme, core::as_bytes("sample"), signature);
  }
  SignatureOutcome verify_der(std::string_view hex_signature) { return verify(hex(hex_signature)); }

  SignatureChecker checker_{production_engines(), {}};
  core::Result<PublicKey> key_ = PublicKey::from_point(
      KeyAlgorithm::kEcdsaP256,
      hex("0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
          "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"));
  const std::string r_ = "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716";
  const std::string s_ = "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8";
  const std::string n_ = "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551";
  // n - s: the other valid signature of the same message.
  const std::string low_s_ = "0834E36AD29A83BF2BC9385E491D6099C8FDF9D1ED67AA7EA5F51F93782857A9";
  const std::string zero_ = std::string(64, '0');
};

TEST_F(Rfc6979, P256Sha256) {
  ASSERT_TRUE(key_);
  EXPECT_EQ(verify(hex(r_ + s_), {.encoding = SignatureEncoding::kRs}), SignatureOutcome::kValid);
  EXPECT_EQ(verify_der("3046022100" + r_ + "022100" + s_), SignatureOutcome::kValid);
}

TEST_F(Rfc6979, P384Sha384) {
  const auto key = PublicKey::from_point(KeyAlgorithm::kEcdsaP384,
                                         hex("04EC3A4E415B4E19A4568618029F427FA5DA9A8BC4AE92E02E06A"
                                             "AE5286B300C64DEF8F0EA9055866064A254515480BC13"
                                             "8015D9B72D7D57244EA8EF9AC0C621896708A59367F9DFB9F54CA"
                                             "84B3F1C9DB1288B231C3AE0D4FE7344FD2533264720"));
  ASSERT_TRUE(key);
  const core::Bytes rs =
      hex("94EDBB92A5ECB8AAD4736E56C691916B3F88140666CE9FA73D64C4EA95AD133C81A648152E44ACF96E36DD1E"
          "80FABE46"
          "99EF4AEB15F178CEA1FE40DB2603138F130E740A19624526203B6351D0A3A94FA329C145786E679E7B82C71A"
          "38628AC8");
  const Scheme scheme{.hash = Hash::kSha384, .encoding = SignatureEncoding::kRs};
  EXPECT_EQ(checker_.verify(*key, scheme, core::as_bytes("sample"), rs), SignatureOutcome::kValid);
  EXPECT_EQ(checker_.verify(*key, scheme, core::as_bytes("sample"), core::ByteView(rs).first(64)),
            SignatureOutcome::kInvalid);
}

TEST_F(Rfc6979, EveryBitOfTheSignatureCounts) {
  const core::Bytes rs = hex(r_ + s_);
  for (std::size_t bit = 0; bit < rs.size() * 8; bit += 7) {
    EXPECT_EQ(verify(flipped(rs, bit), {.encoding = SignatureEncoding::kRs}),
              SignatureOutcome::kInvalid)
        << bit;
  }
}

TEST_F(Rfc6979, OtherMessageOrHash) {
  const core::Bytes rs = hex(r_ + s_);
  const Scheme scheme{.encoding = SignatureEncoding::kRs};
  EXPECT_EQ(checker_.verify(*key_, scheme, core::as_bytes("samplf"), rs),
            SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(rs, {.hash = Hash::kSha384, .encoding = SignatureEncoding::kRs}),
            SignatureOutcome::kInvalid);
}

TEST_F(Rfc6979, NumbersOutOfRange) {
  const Scheme rs{.encoding = SignatureEncoding::kRs};
  EXPECT_EQ(verify(hex(zero_ + s_), rs), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(hex(r_ + zero_), rs), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(hex(n_ + s_), rs), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(hex(r_ + n_), rs), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(hex(std::string(64, 'F') + s_), rs), SignatureOutcome::kInvalid);
}

TEST_F(Rfc6979, GateItselfRefusesNumbersOutOfRange) {
  // The libraries refuse these too; the gate must not depend on that.
  const Scheme rs{.encoding = SignatureEncoding::kRs};
  const std::string below_n = n_.substr(0, 62) + "50";
  EXPECT_TRUE(pass_gate(key_->handles(), rs, {}, hex(below_n + below_n)));
  for (const std::string& bad : {zero_ + s_, r_ + zero_, n_ + s_, r_ + n_}) {
    EXPECT_FALSE(pass_gate(key_->handles(), rs, {}, hex(bad))) << bad;
  }
}

TEST_F(Rfc6979, LowSIsRequiredOnlyWhereAsked) {
  const Scheme any{.encoding = SignatureEncoding::kRs};
  const Scheme low{.encoding = SignatureEncoding::kRs, .low_s = true};
  const core::Bytes high_signature = hex(r_ + s_);
  const core::Bytes low_signature = hex(r_ + low_s_);
  EXPECT_EQ(verify(high_signature, any), SignatureOutcome::kValid);
  EXPECT_EQ(verify(high_signature, low), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(low_signature, any), SignatureOutcome::kValid);
  EXPECT_EQ(verify(low_signature, low), SignatureOutcome::kValid);
}

TEST_F(Rfc6979, HalfTheOrderIsStillLow) {
  const Scheme low{.encoding = SignatureEncoding::kRs, .low_s = true};
  const std::string half = "7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A8";
  const std::string half_and_one =
      "7FFFFFFF800000007FFFFFFFFFFFFFFFDE737D56D38BCF4279DCE5617E3192A9";
  EXPECT_TRUE(pass_gate(key_->handles(), low, {}, hex(r_ + half)));
  EXPECT_FALSE(pass_gate(key_->handles(), low, {}, hex(r_ + half_and_one)));
}

TEST_F(Rfc6979, EncodingsOtherThanTheOne) {
  const std::string r = "022100" + r_;
  const std::string s = "022100" + s_;
  EXPECT_EQ(verify_der("3046" + r + s), SignatureOutcome::kValid);
  const std::array bad = {
      "3046" + r + s + "00",          // trailing byte outside
      "3048" + r + s + "0500",        // trailing value inside
      "308146" + r + s,               // long form of a short length
      "30820046" + r + s,             // the same with a zero
      "3080" + r + s + "0000",        // indefinite length
      "3047" + r + s,                 // longer than what there is
      "3045" + r + s,                 // shorter
      "3147" + r + s,                 // SET
      "30440220" + r_ + "0220" + s_,  // negative numbers
      "3047022200"
      "00" +
          r_ + s,                    // padded r
      "3047" + r + "02220000" + s_,  // padded s
      "3023" + r,                    // r alone
      "3069" + r + r + s,            // three numbers
      "3026" + r + "020100",         // s = 0
      "3026"
      "020100" +
          s,                // r = 0
      "3025" + r + "0200",  // s without octets
      std::string("3000"),
      std::string("30"),
      std::string(""),
      r_ + s_,  // r || s where DER is asked
  };
  for (const std::string& signature : bad) {
    EXPECT_EQ(verify_der(signature), SignatureOutcome::kInvalid) << signature;
  }
}

TEST_F(Rfc6979, FixedLengthEncodingTakesNoOther) {
  const Scheme rs{.encoding = SignatureEncoding::kRs};
  const core::Bytes good = hex(r_ + s_);
  EXPECT_EQ(verify(core::ByteView(good).first(63), rs), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(joined(good, core::Bytes{0}), rs), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(joined(core::Bytes{0}, good), rs), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify({}, rs), SignatureOutcome::kInvalid);
  EXPECT_EQ(verify(hex("3046022100" + r_ + "022100" + s_), rs), SignatureOutcome::kInvalid);
}

TEST_F(Rfc6979, OldHashesSignNothing) {
  const core::Bytes rs = hex(r_ + s_);
  for (const Hash hash : {Hash::kMd5, Hash::kSha1}) {
    EXPECT_FALSE(pass_gate(key_->handles(), {.hash = hash, .encoding = SignatureEncoding::kRs},
                           core::as_bytes("sample"), rs));
  }
}

TEST_F(Rfc6979, SchemeOfAnotherKeyIsRefused) {
  const core::Bytes rs = hex(r_ + s_);
  for (const auto kind : {SignatureKind::kRsaPkcs1, SignatureKind::kRsaPss, SignatureKind::kEd25519,
                          SignatureKind::kSm2, SignatureKind::kSm2Raw}) {
    EXPECT_FALSE(pass_gate(key_->handles(), {.kind = kind, .encoding = SignatureEncoding::kRs},
                           core::Bytes(32), rs));
  }
}

}  // namespace
}  // namespace heyan::crypto
