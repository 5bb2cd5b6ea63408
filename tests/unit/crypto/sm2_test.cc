#include <gtest/gtest.h>

#include "tests/unit/crypto/vectors.h"
#include "verifier/core/json.h"
#include "verifier/crypto/gate.h"
#include "verifier/crypto/handles.h"
#include "verifier/crypto/sm2_z.h"

namespace heyan::crypto {
namespace {

using test::flipped;
using test::hex;
using test::joined;

// GB/T 32918.5 appendix A.2: the worked example of the signature.
class Gbt32918 : public testing::Test {
 protected:
  SignatureOutcome verify(core::ByteView signature, const Scheme& scheme, core::ByteView message) {
    return checker_.verify(*key_, scheme, message, signature);
  }
  static Scheme scheme(std::string id = "1234567812345678", Hash hash = Hash::kSm3) {
    return {.kind = SignatureKind::kSm2,
            .hash = hash,
            .encoding = SignatureEncoding::kRs,
            .sm2_user_id = std::move(id)};
  }

  const std::string r_ = "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3";
  const std::string s_ = "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa";
  const std::string n_ = "fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123";
  const std::string zero_ = std::string(64, '0');
  const core::Bytes message_ = core::to_bytes("message digest");
  const core::Bytes point_ =
      hex("0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
          "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13");
  core::Result<PublicKey> key_ = PublicKey::from_point(KeyAlgorithm::kSm2, point_);
  SignatureChecker checker_{production_engines(), {}};
};

TEST_F(Gbt32918, ZAndEOfTheExample) {
  EXPECT_EQ(core::to_hex(sm2_z(Hash::kSm3, "1234567812345678", point_)),
            "b2e14c5c79c6df5b85f4fe7ed8db7a262b9da7e07ccb0ea9f4747b8ccda8a4f3");
  EXPECT_EQ(core::to_hex(sm2_e(Hash::kSm3, "1234567812345678", point_, message_)),
            "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640");
}

TEST_F(Gbt32918, SignatureOfTheExample) {
  ASSERT_TRUE(key_);
  EXPECT_EQ(verify(hex(r_ + s_), scheme(), message_), SignatureOutcome::kValid);
  const Scheme raw{.kind = SignatureKind::kSm2Raw, .encoding = SignatureEncoding::kRs};
  EXPECT_EQ(verify(hex(r_ + s_), raw,
                   hex("f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640")),
            SignatureOutcome::kValid);
  const Scheme der{.kind = SignatureKind::kSm2, .hash = Hash::kSm3};
  EXPECT_EQ(verify(hex("3046022100" + r_ + "022100" + s_), der, message_),
            SignatureOutcome::kValid);
  EXPECT_EQ(verify(hex(r_ + s_), der, message_), SignatureOutcome::kInvalid);
}

TEST_F(Gbt32918, EveryBitCounts) {
  for (std::size_t bit = 0; bit < 512; bit += 7) {
    EXPECT_EQ(verify(flipped(hex(r_ + s_), bit), scheme(), message_), SignatureOutcome::kInvalid)
        << bit;
  }
  EXPECT_EQ(verify(hex(r_ + s_), scheme(), flipped(message_, 0)), SignatureOutcome::kInvalid);
}

TEST_F(Gbt32918, UserIdAndHashBelongToTheSignature) {
  for (const char* id :
       {"", "1234567812345679", "123456781234567", "1234567812345678,SM3", "ALICE123@YAHOO.COM"}) {
    EXPECT_EQ(verify(hex(r_ + s_), scheme(id), message_), SignatureOutcome::kInvalid) << id;
  }
  EXPECT_EQ(verify(hex(r_ + s_), scheme("1234567812345678", Hash::kSha256), message_),
            SignatureOutcome::kInvalid);
}

TEST_F(Gbt32918, GateRefusesNumbersOutOfRange) {
  // The last: r + s = n, that is t = 0.
  const std::string one = std::string(63, '0') + "1";
  const std::string n_less_one = n_.substr(0, 62) + "22";
  for (const std::string& bad :
       {zero_ + s_, r_ + zero_, n_ + s_, r_ + n_, one + n_less_one, n_less_one + one}) {
    EXPECT_FALSE(pass_gate(key_->handles(), scheme(), message_, hex(bad))) << bad;
  }
  EXPECT_TRUE(pass_gate(key_->handles(), scheme(), message_, hex(n_less_one + n_less_one)));
  EXPECT_TRUE(pass_gate(key_->handles(), scheme(), message_, hex(one + one)));
}

TEST_F(Gbt32918, GateRefusesOtherHashesIdsAndDigests) {
  const core::Bytes rs = hex(r_ + s_);
  for (const Hash hash : {Hash::kMd5, Hash::kSha1, Hash::kSha384, Hash::kSha512}) {
    EXPECT_FALSE(pass_gate(key_->handles(), scheme("", hash), message_, rs));
  }
  EXPECT_TRUE(pass_gate(key_->handles(), scheme(std::string(8191, 'a')), message_, rs));
  EXPECT_FALSE(pass_gate(key_->handles(), scheme(std::string(8192, 'a')), message_, rs));
  const Scheme raw{.kind = SignatureKind::kSm2Raw, .encoding = SignatureEncoding::kRs};
  EXPECT_TRUE(pass_gate(key_->handles(), raw, core::Bytes(32), rs));
  EXPECT_FALSE(pass_gate(key_->handles(), raw, core::Bytes(31), rs));
  EXPECT_FALSE(pass_gate(key_->handles(), raw, core::Bytes(64), rs));
  EXPECT_FALSE(pass_gate(key_->handles(),
                         {.kind = SignatureKind::kEcdsa, .encoding = SignatureEncoding::kRs},
                         message_, rs));
}

TEST_F(Gbt32918, PointsThatAreNoKeys) {
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kSm2, flipped(point_, 8 * 40)));
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kSm2, core::ByteView(point_).first(64)));
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kSm2, core::ByteView(point_).subspan(1)));
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kSm2, core::Bytes(65)));
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kSm2, core::Bytes{0}));
  core::Bytes compressed = core::to_bytes(core::ByteView(point_).first(33));
  compressed[0] = 0x03;
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kSm2, compressed));
  core::Bytes hybrid = point_;
  hybrid[0] = 0x07;
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kSm2, hybrid));
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kEcdsaP256, point_));
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kSecp256k1, point_));
  EXPECT_FALSE(PublicKey::from_point(KeyAlgorithm::kRsa, point_));
}

TEST_F(Gbt32918, SpkiIsOfTheCurve) {
  EXPECT_EQ(core::to_hex(key_->spki()),
            "3059301306072a8648ce3d020106082a811ccf5501822d034200" + core::to_hex(point_));
  EXPECT_EQ(*PublicKey::from_spki(key_->spki()), *key_);
  const core::Bytes spki = core::to_bytes(key_->spki());
  for (std::size_t place = 0; place < 26; ++place) {
    EXPECT_FALSE(PublicKey::from_spki(flipped(spki, place * 8))) << place;
  }
  EXPECT_FALSE(PublicKey::from_spki(joined(spki, core::Bytes{0})));
  EXPECT_EQ(key_algorithm_by_name(name(key_->algorithm())), KeyAlgorithm::kSm2);
  EXPECT_FALSE(key_algorithm_by_name("SM2"));
}

TEST(Sm2Vectors, PublishedByOthersEachEngineAlone) {
  const core::Bytes text =
      test::read_file(std::string(HEYAN_VECTORS) + "/chains-cn/vectors/sm2-standard.json");
  const auto document = core::json::parse(text, {});
  ASSERT_TRUE(document);
  const auto& vectors = *document->find("vectors")->as_array();
  ASSERT_EQ(vectors.size(), 7u);
  for (const auto& vector : vectors) {
    const auto field = [&](std::string_view name) {
      const auto* member = vector.find(name);  // raw digests have no user id
      return member != nullptr && member->as_string() != nullptr ? *member->as_string()
                                                                 : std::string();
    };
    const auto key = PublicKey::from_point(KeyAlgorithm::kSm2, hex(field("public_key")));
    ASSERT_TRUE(key);
    const bool der = field("signature_encoding") == "der";
    const Scheme scheme{
        .kind = field("mode") == "raw-digest" ? SignatureKind::kSm2Raw : SignatureKind::kSm2,
        .hash = field("mode") == "z-sha256" ? Hash::kSha256 : Hash::kSm3,
        .encoding = der ? SignatureEncoding::kDer : SignatureEncoding::kRs,
        .sm2_user_id = core::to_string(hex(field("user_id_hex")))};
    const core::Bytes message = hex(field("message_hex"));
    core::Bytes signature = hex(field("signature_hex"));
    if (field("signature_encoding") == "rs-pub128") signature.resize(64);
    const auto rs = pass_gate(key->handles(), scheme, message, signature);
    ASSERT_TRUE(rs) << field("id");
    EXPECT_TRUE(openssl_verify(key->handles(), scheme, message, *rs)) << field("id");
    EXPECT_TRUE(botan_verify(key->handles(), scheme, message, *rs)) << field("id");
    EXPECT_FALSE(openssl_verify(key->handles(), scheme, flipped(message, 0), *rs)) << field("id");
    EXPECT_FALSE(botan_verify(key->handles(), scheme, flipped(message, 0), *rs)) << field("id");
  }
}

}  // namespace
}  // namespace heyan::crypto
