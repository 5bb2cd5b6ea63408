#include "gateway/store/sealed_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/store/each_algorithm.h"
#include "verifier/crypto/digest.h"

namespace heyan::store {
namespace {

using core::Bytes;
using core::ErrorCode;

constexpr std::size_t kPiece = StoredBytes::kPieceBytes;
constexpr std::size_t kSealedPiece = kPiece + 16;
constexpr std::size_t kHead = 48;

std::string text_of(std::size_t size) {
  std::string text(size, 'x');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>('a' + i / 999 % 26);
  return text;
}

Bytes sha256(std::string_view content) { return crypto::sha256(core::as_bytes(content)); }

class SealedFile : public WithEachAlgorithm {
 protected:
  os::TemporaryFolder folder_;
  VaultKey key_ = VaultKey::draw().value();

  // As it lies on the disk.
  std::string seal(const std::string& content, const VaultKey& key, const Bytes& digest) {
    const auto to_file = folder_.write("to", "");
    const os::Descriptor from(::open(folder_.write("from", content).c_str(), O_RDONLY));
    const os::Descriptor to(::open(to_file.c_str(), O_WRONLY));
    const auto sealed = seal_file(from, to, with_, key, digest);
    if (!sealed) return std::string(core::name(sealed.error().code));
    return os::content_of(to_file);
  }
  std::string seal(const std::string& content) { return seal(content, key_, sha256(content)); }

  struct Opened {
    std::string content;
    std::optional<ErrorCode> fault;
    bool operator==(const Opened&) const = default;
  };
  Opened open(const std::string& sealed, const VaultKey& key, const Bytes& digest) {
    auto file = SealedBytes::open(
        os::Descriptor(::open(folder_.write("sealed", sealed).c_str(), O_RDONLY)), key, digest);
    if (!file) return {.content = "", .fault = file.error().code};
    Opened opened;
    while (true) {
      const auto piece = (*file)->next();
      if (!piece) {
        opened.fault = piece.error().code;
        return opened;
      }
      if (piece->empty()) return opened;
      opened.content += core::as_text(*piece);
    }
  }
  Opened open(const std::string& sealed, const std::string& content) {
    return open(sealed, key_, sha256(content));
  }
};

INSTANTIATE_TEST_SUITE_P(With, SealedFile, kAlgorithms, algorithm_name);

TEST_P(SealedFile, OpensToWhatWasSealed) {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kPiece - 1, kPiece, kPiece + 1,
                                 2 * kPiece, 2 * kPiece + 17}) {
    const std::string content = text_of(size);
    const std::string sealed = seal(content);
    const std::size_t pieces = std::max<std::size_t>(1, (size + kPiece - 1) / kPiece);
    EXPECT_EQ(sealed.size(), kHead + size + pieces * (kSealedPiece - kPiece)) << size;
    EXPECT_EQ(sealed[kAlgorithmAt], number_of(with_));
    EXPECT_EQ(open(sealed, content), (Opened{content, std::nullopt})) << size;
  }
}

TEST_P(SealedFile, NothingOfTheContentStandsInItAndNoTwoAreAlike) {
  const std::string content(3 * kPiece, 'x');
  const std::string sealed = seal(content);
  EXPECT_FALSE(sealed.contains("xxxxxxxx"));
  EXPECT_NE(sealed.substr(kHead, 64), sealed.substr(kHead + kSealedPiece, 64));
  EXPECT_NE(seal(content).substr(kHead, 64), sealed.substr(kHead, 64));
}

TEST_P(SealedFile, AnyChangedByteEndsIt) {
  const std::string content = text_of(2 * kPiece + 17);
  const std::string sealed = seal(content);
  for (std::size_t at = 0; at < sealed.size(); at += at < 128 ? 1 : 40'961) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    const Opened opened = open(changed, content);
    ASSERT_TRUE(opened.fault.has_value()) << at;
    const std::size_t whole = at < kHead ? 0 : (at - kHead) / kSealedPiece * kPiece;
    EXPECT_EQ(opened.content, content.substr(0, whole)) << at;
  }
}

TEST_P(SealedFile, CutAnywhereOrLongerItIsAnother) {
  const std::string content = text_of(2 * kPiece + 17);
  const std::string sealed = seal(content);
  for (const std::size_t size :
       {std::size_t{0}, std::size_t{4}, kHead - 1, kHead, kHead + 15, kHead + 16,
        kHead + kSealedPiece - 1, kHead + kSealedPiece, kHead + kSealedPiece + 1,
        kHead + 2 * kSealedPiece, sealed.size() - 1}) {
    EXPECT_EQ(open(sealed.substr(0, size), content).fault, ErrorCode::kChanged) << size;
  }
  EXPECT_EQ(open(sealed + "x", content).fault, ErrorCode::kChanged);
  EXPECT_EQ(open(sealed + sealed.substr(kHead), content).fault, ErrorCode::kChanged);
}

TEST_P(SealedFile, PiecesStayInTheirPlaces) {
  const std::string content(4 * kPiece, 'x');  // all of one content
  const std::string sealed = seal(content);
  const auto piece = [&](std::size_t n) {
    return sealed.substr(kHead + n * kSealedPiece, kSealedPiece);
  };
  const std::string head = sealed.substr(0, kHead);
  const std::vector<std::string> others = {head + piece(1) + piece(0) + piece(2) + piece(3),
                                           head + piece(0) + piece(0) + piece(2) + piece(3),
                                           head + piece(1) + piece(2) + piece(3),
                                           head + piece(0) + piece(1) + piece(3),
                                           head + piece(0) + piece(1) + piece(2),
                                           head + piece(3)};
  for (const std::string& other : others) {
    EXPECT_EQ(open(other, content).fault, ErrorCode::kChanged);
  }
}

TEST_P(SealedFile, AnotherFilesPiecesOrHeadDoNotFit) {
  const std::string content = text_of(kPiece + 5);
  const std::string one = seal(content);
  const std::string two = seal(content);  // the same content under the same key
  EXPECT_EQ(open(one.substr(0, kHead) + two.substr(kHead), content).fault, ErrorCode::kChanged);
  const std::string third = seal(text_of(kPiece + 6));
  EXPECT_EQ(open(third, content).fault, ErrorCode::kChanged);
}

TEST_P(SealedFile, AnotherKeyIsNamedForWhatItIs) {
  const std::string content = text_of(100);
  const std::string sealed = seal(content);
  EXPECT_EQ(open(sealed, VaultKey::draw().value(), sha256(content)).fault, ErrorCode::kIo);
  std::string later = sealed;
  later[4] = 2;
  EXPECT_EQ(open(later, content).fault, ErrorCode::kUnsupported);
  for (const int number : {0, 3, 255}) {
    later = sealed;
    later[kAlgorithmAt] = static_cast<char>(number);
    EXPECT_EQ(open(later, content).fault, ErrorCode::kUnsupported) << number;
  }
}

// Not even with the id that the other algorithm has.
TEST_P(SealedFile, TheOtherAlgorithmOpensNothing) {
  const std::string content = text_of(100);
  std::string sealed = seal(content);
  sealed[kAlgorithmAt] = number_of(other_);
  EXPECT_EQ(open(sealed, content), (Opened{"", ErrorCode::kIo}));
  const Bytes head = key_.head("HYvf", other_);
  sealed.replace(0, head.size(), core::as_text(head));
  EXPECT_EQ(open(sealed, content), (Opened{"", ErrorCode::kChanged}));
}

TEST_P(SealedFile, SealsNothingThatIsNotOfItsDigest) {
  EXPECT_EQ(seal("one", key_, sha256("two")), "changed");
}

}  // namespace
}  // namespace heyan::store
