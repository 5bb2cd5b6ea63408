#include "verifier/crypto/digest.h"

#include <gtest/gtest.h>

#include <map>

#include "tests/unit/crypto/vectors.h"
#include "verifier/crypto/signature.h"

namespace heyan::crypto {
namespace {

using test::read_records;
using test::Record;

struct Source {
  Hash hash;
  const char* file;
  std::size_t least;  // records that the file must hold
};

class DigestVectors : public testing::TestWithParam<Source> {};

core::Bytes message_of(const Record& record) {
  return std::stoul(record.at("Len")) == 0 ? core::Bytes{} : record.bytes("Msg");
}

TEST_P(DigestVectors, BothLibrariesComputeThePublishedDigest) {
  const auto records = read_records(GetParam().file);
  ASSERT_GE(records.size(), GetParam().least);
  for (const Record& record : records) {
    const core::Bytes message = message_of(record);
    ASSERT_EQ(message.size() * 8, std::stoul(record.at("Len")));
    const auto openssl = openssl_hasher(GetParam().hash);
    const auto botan = botan_hasher(GetParam().hash);
    openssl->update(message);
    botan->update(message);
    EXPECT_EQ(core::to_hex(openssl->finish()), record.at("MD"));
    EXPECT_EQ(core::to_hex(botan->finish()), record.at("MD"));
    EXPECT_EQ(core::to_hex(digest(GetParam().hash, message)), record.at("MD"));
  }
}

TEST_P(DigestVectors, PiecesGiveTheDigestOfTheWhole) {
  const core::Bytes message(1000, 0x5a);
  const core::Bytes whole = digest(GetParam().hash, message);
  for (const std::size_t cut : {0u, 1u, 63u, 64u, 65u, 999u, 1000u}) {
    for (const auto& hasher : {openssl_hasher(GetParam().hash), botan_hasher(GetParam().hash)}) {
      hasher->update(core::ByteView(message).first(cut));
      hasher->update(core::ByteView(message).subspan(cut));
      EXPECT_EQ(hasher->finish(), whole) << cut;
    }
  }
}

TEST_P(DigestVectors, SizeAndNameBelongToTheHash) {
  EXPECT_EQ(digest(GetParam().hash, {}).size(), digest_bytes(GetParam().hash));
  EXPECT_EQ(hash_by_name(name(GetParam().hash)), GetParam().hash);
}

INSTANTIATE_TEST_SUITE_P(All, DigestVectors,
                         testing::Values(Source{Hash::kMd5, "md5.rsp", 7},
                                         Source{Hash::kSha1, "sha1.rsp", 60},
                                         Source{Hash::kSha256, "sha256.rsp", 60},
                                         Source{Hash::kSha384, "sha384.rsp", 120},
                                         Source{Hash::kSha512, "sha512.rsp", 120},
                                         Source{Hash::kSm3, "sm3.rsp", 5}),
                         [](const auto& param_info) {
                           return std::string(param_info.param.file)
                               .substr(0, std::string_view(param_info.param.file).find('.'));
                         });

TEST(Digest, KnowsNoOtherNames) {
  for (const char* word : {"", "SHA-256", "sha256", "sha-256 ", "sha-224", "SM3", "sha3-256"}) {
    EXPECT_FALSE(hash_by_name(word)) << word;
  }
}

TEST(Digest, AMillionTimesA) {
  // FIPS 180-2 appendix B.3.
  EXPECT_EQ(core::to_hex(sha256(core::Bytes(1'000'000, 'a'))),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// FIPS 202: examples of NIST for messages of 0 and 24 bits.
TEST(Digest, Sha3OfLedgersInBothLibraries) {
  const std::map<std::string, std::string> published = {
      {"", "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a"},
      {"abc", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"}};
  SignatureChecker checker(production_engines(), {});
  for (const auto& [message, expected] : published) {
    const auto computed = checker.digest(Hash::kSha3_256, core::as_bytes(message));
    ASSERT_TRUE(computed.has_value());
    EXPECT_EQ(core::to_hex(*computed), expected);
  }
  EXPECT_EQ(name(Hash::kSha3_256), "sha3-256");
  EXPECT_EQ(digest_bytes(Hash::kSha3_256), 32u);
}

TEST(Digest, CheckerHashesPiecesInBothLibraries) {
  SignatureChecker checker(production_engines(), {});
  const core::Bytes a = core::to_bytes("a");
  const core::Bytes bc = core::to_bytes("bc");
  const std::array<core::ByteView, 2> pieces = {a, bc};
  const auto got = checker.digest(Hash::kSha256, pieces);
  ASSERT_TRUE(got);
  EXPECT_EQ(core::to_hex(*got), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_FALSE(checker.disagreed());
}

}  // namespace
}  // namespace heyan::crypto
