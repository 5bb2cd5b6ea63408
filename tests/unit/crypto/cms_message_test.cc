#include "verifier/crypto/cms_message.h"

#include <gtest/gtest.h>

#include "verifier/crypto/cms.h"
#include "verifier/crypto/der.h"
#include "verifier/crypto/timestamp.h"

namespace heyan::crypto {
namespace {

using core::Bytes;

class CmsMessageTest : public ::testing::Test {
 protected:
  core::Result<CmsMessage> read(core::ByteView der) {
    SignatureChecker checker(production_engines(), core::Limits{});
    return read_cms(der, checker);
  }
  Certificate certificate_of(const SigningKey& key, std::string_view name) {
    return *key.self_signed(name, *core::parse_rfc3339("2026-01-01T00:00:00Z"),
                            *core::parse_rfc3339("2027-01-01T00:00:00Z"));
  }
  // The one signer intact, over the document, of the certificate.
  bool holds(core::ByteView der) {
    const auto message = read(der);
    return message && message->signers.size() == 1 &&
           message->signers[0].fault == SignerFault::kNone &&
           message->signers[0].certificate == certificate_ &&
           message->signers[0].message_digest == document_;
  }

  Bytes document_ = sha256(core::as_bytes("a document"));
  SigningKey key_ = *SigningKey::generate(KeyAlgorithm::kEcdsaP256);
  Certificate certificate_ = certificate_of(key_, "Test signer");
  Bytes der_ = *sign_cms(key_, certificate_, document_, Bytes(32, 7));
};

TEST_F(CmsMessageTest, ASealIsSuchAMessage) {
  EXPECT_TRUE(holds(der_));
  const auto message = read(der_);
  EXPECT_EQ(message->content_type, kCmsData);
  EXPECT_FALSE(message->content.has_value());
  EXPECT_EQ(message->signers[0].hash, Hash::kSha256);
}

TEST_F(CmsMessageTest, NothingIsMissingOrBehindIt) {
  for (std::size_t size = 0; size < der_.size(); ++size) {
    EXPECT_FALSE(read(core::ByteView(der_).first(size)).has_value()) << size;
  }
  der_.push_back(0);
  EXPECT_FALSE(read(der_).has_value());
}

// A bit of what is not signed (versions, the list of digests) may change; never what is said.
TEST_F(CmsMessageTest, NoChangedByteSaysAnythingElse) {
  for (std::size_t i = 0; i < der_.size(); ++i) {
    for (const std::uint8_t flip : {0x01, 0x20, 0x80}) {
      Bytes changed = der_;
      changed[i] ^= flip;
      const auto message = read(changed);
      if (!message || message->signers.size() != 1) continue;
      const CmsSigner& signer = message->signers[0];
      if (signer.fault != SignerFault::kNone) continue;
      EXPECT_EQ(signer.message_digest, document_) << i;
      EXPECT_TRUE(signer.certificate == certificate_) << i;
    }
  }
}

// The place of `what` in `whole`, from `from` on.
std::size_t find(core::ByteView whole, core::ByteView what, std::size_t from = 0) {
  return core::as_text(whole).find(core::as_text(what), from);
}

TEST_F(CmsMessageTest, TheDigestedCertificateIsTheOnlyOneThatCounts) {
  Bytes changed = der_;
  const std::size_t at = find(changed, certificate_.sha256());
  ASSERT_NE(at, std::string::npos);
  changed[at] ^= 1;
  const auto message = read(changed);
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->signers[0].fault, SignerFault::kOtherCertificate);
}

// One whom the identifier does not name signs for nobody: the key alone says nothing.
TEST_F(CmsMessageTest, AnotherCertificateOfTheSameKeyDoesNotCount) {
  Bytes changed = der_;
  Certificate other = certificate_of(key_, "Test victim");   // a name as long
  while (other.der().size() != certificate_.der().size()) {  // its signature has two lengths
    other = certificate_of(key_, "Test victim");
  }
  const std::size_t at = find(changed, certificate_.der());
  ASSERT_NE(at, std::string::npos);
  std::ranges::copy(other.der(), changed.begin() + static_cast<std::ptrdiff_t>(at));
  const auto message = read(changed);
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->signers[0].fault, SignerFault::kNoCertificate);
}

TEST_F(CmsMessageTest, AnotherSignatureIsInvalid) {
  Bytes other = *sign_cms(key_, certificate_, Bytes(32, 9), Bytes(32, 7));
  const std::size_t at = find(der_, document_);
  ASSERT_NE(at, std::string::npos);
  const std::size_t there = find(other, Bytes(32, 9));
  ASSERT_NE(there, std::string::npos);
  std::ranges::copy(document_, other.begin() + static_cast<std::ptrdiff_t>(there));
  const auto message = read(other);
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->signers[0].fault, SignerFault::kInvalid);
}

TEST_F(CmsMessageTest, ABudgetSpentIsNotInvalid) {
  core::Limits limits;
  limits.signatures = 0;
  SignatureChecker checker(production_engines(), limits);
  const auto message = read_cms(der_, checker, limits);
  ASSERT_TRUE(message.has_value());
  EXPECT_EQ(message->signers[0].fault, SignerFault::kUndecided);
}

TEST_F(CmsMessageTest, AnIndefiniteLengthIsReadAsDer) {
  ASSERT_EQ(der_[1], 0x82);
  Bytes ber = {0x30, 0x80};
  ber.insert(ber.end(), der_.begin() + 4, der_.end());
  EXPECT_FALSE(read(ber).has_value());  // without its end
  ber.insert(ber.end(), {0, 0});
  EXPECT_TRUE(holds(ber));
  ber.push_back(0);
  EXPECT_FALSE(read(ber).has_value());
}

TEST_F(CmsMessageTest, AnyOtherBerIsRefused) {
  Bytes ber = {0x30, 0x83, 0x00};  // a length in more octets than it needs
  ber.insert(ber.end(), der_.begin() + 2, der_.end());
  EXPECT_FALSE(read(ber).has_value());
}

TEST_F(CmsMessageTest, ASignatureIsNoTimeStamp) {
  SignatureChecker checker(production_engines(), core::Limits{});
  const auto token = read_timestamp(der_, checker);
  ASSERT_TRUE(token.has_value());
  EXPECT_TRUE(token->faults.contains(TimestampFault::kContentType));
  EXPECT_FALSE(token->info.has_value());
}

TEST_F(CmsMessageTest, DigestsOfCertificatesAreCompared) {
  for (const Hash hash : {Hash::kSha1, Hash::kSha256, Hash::kSha512}) {
    Bytes right = digest(hash, certificate_.der());
    EXPECT_TRUE(has_digest(certificate_, hash, right));
    right.back() ^= 1;
    EXPECT_FALSE(has_digest(certificate_, hash, right));
    EXPECT_FALSE(has_digest(certificate_, hash, core::ByteView(right).first(4)));
  }
}

}  // namespace
}  // namespace heyan::crypto
