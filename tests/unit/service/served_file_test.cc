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

class ServedFileTest : public testing::Test {
 protected:
  os::TemporaryFolder folder_;
  std::unique_ptr<store::Vault> vault_ = store::Vault::open(folder_ / "vault").value();

  store::StoredFile put(const std::string& content) {
    const core::Bytes sha256 = crypto::sha256(core::as_bytes(content));
    const store::StagedFile staged{.path = folder_.write("staging/file", content),
                                   .sha256 = sha256};
    EXPECT_TRUE(vault_->put_from_staging("0491", std::span(&staged, 1)).has_value());
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
    auto served = ServedFile::open(*vault_, "0491", file);
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
  EXPECT_FALSE(ServedFile::open(*vault_, "0192", file).has_value());
  std::filesystem::remove(path_of(file));
  EXPECT_EQ(serve(file).fault, ErrorCode::kIo);
}

TEST_F(ServedFileTest, AllOfItWithinALimit) {
  const store::StoredFile file = put(large());
  auto served = ServedFile::open(*vault_, "0491", file).value();
  EXPECT_EQ(served.all(10).error().code, ErrorCode::kLimit);
  EXPECT_EQ(core::to_string(served.all(large().size()).value()), large());
}

}  // namespace
}  // namespace heyan::service
