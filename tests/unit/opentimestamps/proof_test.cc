// The file format: what is read, and everything that is refused.
#include <chrono>

#include "tests/unit/opentimestamps/made.h"

namespace heyan::ledgers::opentimestamps {
namespace {

using core::ErrorCode;
using testing::attestation;
using testing::bitcoin;
using testing::Bytes;
using testing::ByteView;
using testing::digest_step;
using testing::file;
using testing::fork;
using testing::joined_step;
using testing::pending;
using testing::read;
using testing::refusal;
using testing::unhex;
using testing::varint;
using testing::operator+;

const Bytes kSha256 = digest_step(Operation::kSha256);

std::vector<std::string> names(ByteView bytes) {
  const auto proof = read(bytes);
  EXPECT_TRUE(proof.has_value()) << (proof ? "" : proof.error().text);
  std::vector<std::string> all;
  if (proof) {
    for (const Claim& claim : proof->claims) all.push_back(name(claim));
  }
  return all;
}

using ::testing::ElementsAre;

TEST(Proof, OneAttestation) {
  const auto proof = read(file(bitcoin(358'391)));
  ASSERT_TRUE(proof.has_value());
  EXPECT_EQ(proof->file_hash, Operation::kSha256);
  EXPECT_EQ(proof->file_digest, Bytes(32, 0x11));
  ASSERT_EQ(proof->claims.size(), 1u);
  EXPECT_EQ(proof->claims[0].root, Bytes(32, 0x11));
  EXPECT_EQ(name(proof->claims[0]), "bitcoin 358391");
}

TEST(Proof, EveryKindIsNamed) {
  const Bytes rest = fork() + pending("https://a.example/x-1_2") + fork() +
                     attestation(testing::kLitecoinTag, varint(7)) + fork() +
                     attestation(testing::kEthereumTag, varint(8)) +
                     attestation("0102030405060708", unhex("ffff"));
  EXPECT_THAT(names(file(rest)), ElementsAre("pending https://a.example/x-1_2", "litecoin 7",
                                             "ethereum 8", "unknown 0102030405060708"));
}

TEST(Proof, EveryOperation) {
  const Bytes steps = joined_step(Operation::kAppend, unhex("aabb")) +
                      joined_step(Operation::kPrepend, unhex("cc")) +
                      digest_step(Operation::kReverse) + digest_step(Operation::kHexlify) +
                      digest_step(Operation::kSha1) + digest_step(Operation::kRipemd160) +
                      digest_step(Operation::kKeccak256) + kSha256;
  const auto proof = read(file(Bytes(32, 0x22), steps + bitcoin(1)));
  ASSERT_TRUE(proof.has_value());
  // Computed with Debian's python3-opentimestamps.
  EXPECT_EQ(core::to_hex(proof->claims[0].root),
            "2757b2dd81f3484c97c970cb12beed1e65b05b1272c5af61a4854e021cf9819b");
}

TEST(Proof, EveryDigestOfAFile) {
  const Bytes magic = unhex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e8929401");
  for (const auto& [operation, bytes] :
       {std::pair(Operation::kSha1, 20), std::pair(Operation::kRipemd160, 20),
        std::pair(Operation::kSha256, 32), std::pair(Operation::kKeccak256, 32)}) {
    const Bytes digest(static_cast<std::size_t>(bytes), 0x33);
    const auto proof = read(magic + digest_step(operation) + digest + pending("a"));
    ASSERT_TRUE(proof.has_value());
    EXPECT_EQ(proof->file_hash, operation);
    EXPECT_EQ(proof->file_digest, digest);
  }
  for (const Operation other : {Operation::kAppend, Operation::kReverse, Operation::kHexlify})
    EXPECT_EQ(refusal(magic + digest_step(other) + Bytes(32, 0x33) + pending("a")),
              ErrorCode::kUnknown);
}

// The reference implementation keeps only the last branch of equal operations, and an attestation
// is lost.
TEST(Proof, TheSameOperationTwiceLosesNothing) {
  const Bytes rest = fork() + kSha256 + pending("first") + kSha256 + pending("second");
  EXPECT_THAT(names(file(rest)), ElementsAre("pending first", "pending second"));
}

TEST(Proof, ABranchStartsWhereItForked) {
  const Bytes inner = fork() + joined_step(Operation::kAppend, unhex("01")) + kSha256 + bitcoin(1) +
                      kSha256 + bitcoin(2);
  const Bytes rest = fork() + kSha256 + inner + bitcoin(3);
  const auto proof = read(file(rest));
  ASSERT_TRUE(proof.has_value());
  ASSERT_EQ(proof->claims.size(), 3u);
  const Bytes once = crypto::sha256(Bytes(32, 0x11));
  EXPECT_EQ(proof->claims[0].root, crypto::sha256(once + unhex("01")));
  EXPECT_EQ(proof->claims[1].root, crypto::sha256(once));
  EXPECT_EQ(proof->claims[2].root, Bytes(32, 0x11));
}

TEST(Proof, HeightsDoNotWrap) {
  const std::uint64_t high = (std::uint64_t{1} << 32) + 358'391;
  EXPECT_THAT(names(file(bitcoin(high))), ElementsAre("bitcoin 4295325687"));
  EXPECT_THAT(names(file(bitcoin(~std::uint64_t{0}))), ElementsAre("bitcoin 18446744073709551615"));
  // 2^64 and more.
  EXPECT_EQ(refusal(file(attestation(testing::kBitcoinTag, unhex("80808080808080808002")))),
            ErrorCode::kMalformed);
}

TEST(Proof, PaddedNumbersAreReadAsTheReferenceDoes) {
  EXPECT_THAT(names(file(attestation(testing::kBitcoinTag, unhex("818000")))),
              ElementsAre("bitcoin 1"));
}

TEST(Proof, NothingIsLeftOver) {
  EXPECT_EQ(refusal(file(bitcoin(1)) + Bytes{0}), ErrorCode::kTrailing);
  EXPECT_EQ(refusal(file(bitcoin(1) + bitcoin(2))), ErrorCode::kTrailing);
  EXPECT_EQ(refusal(file(attestation(testing::kBitcoinTag, unhex("0100")))), ErrorCode::kTrailing);
  EXPECT_EQ(refusal(file(attestation(testing::kEthereumTag, unhex("0100")))), ErrorCode::kTrailing);
  EXPECT_EQ(refusal(file(attestation(testing::kPendingTag, unhex("016161")))),
            ErrorCode::kTrailing);
}

TEST(Proof, EveryTruncationIsRefused) {
  const Bytes whole = file(fork() + joined_step(Operation::kAppend, unhex("aabb")) + kSha256 +
                           bitcoin(300) + pending("https://a.example"));
  ASSERT_TRUE(read(whole).has_value());
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(read(ByteView(whole).first(size)).has_value()) << size;
}

TEST(Proof, EveryOtherMagicAndVersion) {
  const Bytes good = file(bitcoin(1));
  for (std::size_t at = 0; at < 32; ++at) {
    Bytes bad = good;
    bad[at] ^= 1;
    EXPECT_FALSE(read(bad).has_value()) << at;
  }
  // Version 1 in the padded form that some releases of the reference take.
  Bytes padded = good;
  padded[31] = 0x81;
  padded.insert(padded.begin() + 32, 0x00);
  EXPECT_EQ(refusal(padded), ErrorCode::kUnsupported);
}

TEST(Proof, EveryUnknownTag) {
  for (unsigned tag = 0; tag < 0x100; ++tag) {
    const auto byte = static_cast<std::uint8_t>(tag);
    if (tag == 0x00 || tag == 0xff || operation_of(byte)) continue;
    EXPECT_EQ(refusal(file(Bytes{byte} + pending("a"))), ErrorCode::kUnknown) << tag;
  }
  EXPECT_EQ(refusal(file(fork() + fork() + pending("a") + pending("b"))), ErrorCode::kUnknown);
}

TEST(Proof, ArgumentsAndResultsHaveBounds) {
  const auto appended = [](std::size_t bytes) {
    return file(joined_step(Operation::kAppend, Bytes(bytes, 0x61)) + pending("a"));
  };
  EXPECT_TRUE(read(appended(4064)).has_value());
  EXPECT_EQ(refusal(appended(4065)), ErrorCode::kLimit);
  EXPECT_EQ(refusal(appended(0)), ErrorCode::kLimit);
  EXPECT_EQ(refusal(file(Bytes{0xf1} + varint(~std::uint64_t{0}) + pending("a"))),
            ErrorCode::kLimit);
  const auto hexlified = [](std::size_t bytes) {
    return file(joined_step(Operation::kPrepend, Bytes(bytes, 0x61)) +
                digest_step(Operation::kHexlify) + pending("a"));
  };
  EXPECT_TRUE(read(hexlified(2048 - 32)).has_value());
  EXPECT_EQ(refusal(hexlified(2049 - 32)), ErrorCode::kLimit);
}

TEST(Proof, AttestationsHaveBounds) {
  EXPECT_TRUE(read(file(attestation("0102030405060708", Bytes(8192, 1)))).has_value());
  EXPECT_EQ(refusal(file(attestation("0102030405060708", Bytes(8193, 1)))), ErrorCode::kLimit);
  EXPECT_TRUE(read(file(pending(std::string(1000, 'a')))).has_value());
  EXPECT_EQ(refusal(file(pending(std::string(1001, 'a')))), ErrorCode::kLimit);
  EXPECT_TRUE(read(file(attestation("0102030405060708", {}))).has_value());
  EXPECT_TRUE(read(file(pending(""))).has_value());
}

TEST(Proof, ACalendarsAddressHasFewCharacters) {
  for (unsigned character = 0; character < 0x100; ++character) {
    const char c = static_cast<char>(character);
    const bool allowed = (character < 0x80 && std::isalnum(static_cast<int>(character)) != 0) ||
                         (c != '\0' && std::string_view("-._/:").find(c) != std::string_view::npos);
    EXPECT_EQ(read(file(pending(std::string("h") + c))).has_value(), allowed) << character;
  }
}

TEST(Proof, DepthHasABound) {
  Bytes steps;
  for (int i = 0; i < 255; ++i) steps.push_back(0x08);
  EXPECT_TRUE(read(file(steps + bitcoin(1))).has_value());
  EXPECT_EQ(refusal(file(steps + kSha256 + bitcoin(1))), ErrorCode::kLimit);
  // Forks do not deepen a way: the last branch of a node is as deep as the first.
  EXPECT_TRUE(
      read(file(steps + fork() + bitcoin(1) + fork() + bitcoin(2) + bitcoin(3))).has_value());
}

double seconds_of(const Bytes& bytes, bool readable) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(read(bytes).has_value(), readable);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST(Proof, AHundredThousandDeepCostsNothing) {
  EXPECT_LT(seconds_of(file(Bytes(100'000, 0x08) + bitcoin(1)), false), 1.0);
  Bytes forks;
  for (int i = 0; i < 100'000; ++i) forks = std::move(forks) + Bytes{0xff, 0x08};
  EXPECT_LT(seconds_of(file(forks + bitcoin(1)), false), 1.0);
}

TEST(Proof, WorkAndAttestationsHaveBounds) {
  Bytes many;
  for (std::size_t i = 0; i + 1 < kMostAttestations; ++i)
    many = std::move(many) + fork() + pending("a");
  EXPECT_TRUE(read(file(many + pending("a"))).has_value());
  EXPECT_EQ(refusal(file(many + fork() + pending("a") + pending("a"))), ErrorCode::kLimit);

  // Each branch hashes 4096 bytes twelve times.
  Bytes heavy = joined_step(Operation::kAppend, Bytes(4064, 0x61));
  for (int i = 0; i < 1000; ++i) {
    heavy = std::move(heavy) + fork();
    for (int j = 0; j < 12; ++j) heavy.push_back(0xf2);
    heavy = std::move(heavy) + pending("a");
  }
  EXPECT_LT(seconds_of(file(heavy + pending("a")), false), 2.0);
  EXPECT_EQ(refusal(file(heavy + pending("a"))), ErrorCode::kLimit);

  // The most that passes: every way of full depth.
  Bytes deep;
  for (int i = 0; i < 1000; ++i) deep = std::move(deep) + fork() + Bytes(255, 0x08) + pending("a");
  EXPECT_LT(seconds_of(file(deep + pending("a")), true), 5.0);
}

TEST(Proof, AFileHasABound) {
  const Bytes payload(8000, 1);
  Bytes large;
  while (large.size() < kMostFileBytes)
    large = std::move(large) + fork() + attestation("0102030405060708", payload);
  EXPECT_EQ(refusal(file(large + pending("a"))), ErrorCode::kLimit);
}

TEST(Proof, OnlyAWholeMagicIsRecognised) {
  const Bytes good = file(bitcoin(1));
  EXPECT_TRUE(looks_like_proof(good));
  EXPECT_TRUE(looks_like_proof(ByteView(good).first(31)));
  EXPECT_FALSE(looks_like_proof(ByteView(good).first(30)));
}

}  // namespace
}  // namespace heyan::ledgers::opentimestamps
