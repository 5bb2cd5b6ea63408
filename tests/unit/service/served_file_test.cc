// Files on their way out of the vault: nobody gets the whole of one that was changed.
#include "gateway/service/served_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::service {
namespace {

using core::ErrorCode;

constexpr store::VaultOwner kOwner{"0491", "s"};

class ServedFileTest : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();

  store::StoredFile put(const std::string& content) {
    const core::Bytes sha256 = crypto::sha256(core::as_bytes(content));
    const store::StagedFile staged{.path = folder_.write("staging/file", content),
                                   .sha256 = sha256};
    EXPECT_TRUE(vault_->put_from_staging(kOwner, std::span(&staged, 1)).has_value());
    return {.path = "files/a", .size = content.size(), .sha256 = sha256};
  }
  std::filesystem::path path_of(const store::StoredFile& file) {
    return folder_ / "vault" / core::to_hex(crypto::sha256(core::as_bytes("0491"))).substr(0, 32) /
           core::to_hex(file.sha256).insert(2, "/");
  }
  void overwrite(const store::StoredFile& file, const std::string& content) {
    std::filesystem::permissions(path_of(file), std::filesystem::perms::owner_all);
    std::ofstream(path_of(file), std::ios::binary | std::ios::trunc) << content;
  }
  // What leaves, and whether it ended well.
  struct Left {
    std::string bytes;
    std::optional<ErrorCode> fault;
  };
  Left serve(const store::StoredFile& file) {
    auto served = ServedFile::open(*vault_, kOwner, file);
    if (!served) return {.bytes = "", .fault = served.error().code};
    Left left;
    while (true) {
      const auto piece = served->next();
      if (!piece) {
        left.fault = piece.error().code;
        return left;
      }
      if (piece->empty()) return left;
      left.bytes += core::as_text(*piece);
    }
  }
};

std::string large() {
  std::string text(2 * ServedFile::kPieceBytes + 17, 'x');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i / 1000 % 26);
  return text;
}

TEST_F(ServedFileTest, GivesWhatWasStored) {
  for (const std::string& content :
       {std::string(), std::string("a"), std::string(ServedFile::kPieceBytes, 'b'), large()}) {
    const Left left = serve(put(content));
    EXPECT_FALSE(left.fault.has_value());
    EXPECT_EQ(left.bytes, content);
  }
}

TEST_F(ServedFileTest, KeepsTheLastPieceOfAChangedFile) {
  const store::StoredFile file = put(large());
  for (const std::size_t at : {std::size_t{0}, ServedFile::kPieceBytes, large().size() - 1}) {
    std::string changed = large();
    changed[at] = '!';
    overwrite(file, changed);
    const Left left = serve(file);
    EXPECT_EQ(left.fault, ErrorCode::kChanged) << at;
    EXPECT_LT(left.bytes.size(), large().size()) << at;
  }
}

TEST_F(ServedFileTest, GivesNothingOfASmallOneThatChanged) {
  const store::StoredFile file = put("small");
  for (const char* const changed : {"Small", "smal", "small ", ""}) {
    overwrite(file, changed);
    const Left left = serve(file);
    EXPECT_EQ(left.fault, ErrorCode::kChanged) << changed;
    EXPECT_EQ(left.bytes, "") << changed;
  }
}

TEST_F(ServedFileTest, ALongerOneIsNotThatFile) {
  const store::StoredFile file = put(large());
  overwrite(file, large() + "x");
  EXPECT_EQ(serve(file).fault, ErrorCode::kChanged);
}

TEST_F(ServedFileTest, AnotherCourtsIsNotThere) {
  const store::StoredFile file = put("theirs");
  EXPECT_FALSE(ServedFile::open(*vault_, {"0192", "s"}, file).has_value());
  std::filesystem::remove(path_of(file));
  EXPECT_EQ(serve(file).fault, ErrorCode::kIo);
}

TEST_F(ServedFileTest, AllOfItWithinALimit) {
  const store::StoredFile file = put(large());
  auto served = ServedFile::open(*vault_, kOwner, file).value();
  EXPECT_EQ(served.all(10).error().code, ErrorCode::kLimit);
  EXPECT_EQ(core::to_string(served.all(large().size()).value()), large());
}

TEST_F(ServedFileTest, TheWholeIsGivenToBeReadHoweverMuchLeftBefore) {
  const store::StoredFile file = put(large());
  auto served = ServedFile::open(*vault_, kOwner, file).value();
  ASSERT_TRUE(served.next().has_value());
  const auto whole = served.whole();
  ASSERT_TRUE(whole.has_value());
  std::string read(large().size() + 1, '\0');
  ASSERT_EQ(::read(whole->get(), read.data(), read.size()), static_cast<ssize_t>(large().size()));
  read.pop_back();
  EXPECT_TRUE(read == large());
  EXPECT_TRUE(served.next().has_value());
  std::string changed = large();
  changed.back() = '!';
  overwrite(file, changed);
  EXPECT_EQ(served.whole().error().code, ErrorCode::kChanged);
}

// The same of a vault that is encrypted.
class SealedServedFile : public ServedFileTest {
 protected:
  SealedServedFile() {
    const auto key = folder_.write("vault.key", std::string(64, 'a') + "\n");
    std::filesystem::permissions(key, std::filesystem::perms(0600));
    folder_.write("staging/file", "");
    vault_ =
        store::Vault::open(
            folder_ / "vault",
            store::vault_encryption(crypto::Aead::kAes256Gcm, key, folder_ / "staging").value())
            .value();
  }
  std::filesystem::path sealed(const store::StoredFile& file) const {
    return folder_ / "vault" / store::sealed_place(kOwner, file.sha256).value();
  }
  void flip(const store::StoredFile& file, std::size_t at) {
    std::string bytes = os::content_of(sealed(file));
    bytes.at(at) = static_cast<char>(bytes.at(at) ^ 1);
    std::filesystem::permissions(sealed(file), std::filesystem::perms::owner_all);
    std::ofstream(sealed(file), std::ios::binary | std::ios::trunc) << bytes;
  }
};

TEST_F(SealedServedFile, GivesWhatWasReceived) {
  for (const std::string& content :
       {std::string(), std::string("a"), std::string(ServedFile::kPieceBytes, 'b'), large()}) {
    const store::StoredFile file = put(content);
    const Left left = serve(file);
    EXPECT_FALSE(left.fault.has_value());
    EXPECT_EQ(left.bytes, content);
    auto whole = ServedFile::open(*vault_, kOwner, file).value().whole();
    ASSERT_TRUE(whole.has_value());
    std::string read(content.size() + 1, '\0');
    EXPECT_EQ(::read(whole->get(), read.data(), read.size()), static_cast<ssize_t>(content.size()));
  }
}

TEST_F(SealedServedFile, KeepsTheLastPieceOfAChangedFile) {
  const store::StoredFile file = put(large());
  const std::size_t size = os::content_of(sealed(file)).size();
  for (const std::size_t at : {std::size_t{0}, std::size_t{60}, size / 2, size - 1}) {
    flip(file, at);
    const Left left = serve(file);
    EXPECT_EQ(left.fault, ErrorCode::kChanged) << at;
    EXPECT_LE(left.bytes.size(), 2 * ServedFile::kPieceBytes) << at;
    auto served = ServedFile::open(*vault_, kOwner, file);
    if (served) {
      EXPECT_EQ(served->whole().error().code, ErrorCode::kChanged) << at;
    }
    flip(file, at);
  }
  EXPECT_FALSE(serve(file).fault.has_value());
}

TEST_F(SealedServedFile, WithoutItsKeyItIsNotThere) {
  const store::StoredFile file = put("small");
  ASSERT_TRUE(vault_->remove(kOwner, {}, {}).has_value());
  EXPECT_EQ(serve(file).fault, ErrorCode::kIo);
}

}  // namespace
}  // namespace heyan::service
