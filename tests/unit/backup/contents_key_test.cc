// Where a restored gateway has the key of the search for the same content from.
#include "gateway/backup/contents_key.h"

#include <gmock/gmock.h>

#include "gateway/store/store.h"
#include "tests/unit/os/temporary_folder.h"

namespace heyan::backup {
namespace {

namespace fs = std::filesystem;

class ContentsKeyTest : public testing::Test {
 protected:
  ContentsKeyTest() {
    fs::create_directories(half_ / "front");
    store_ = store::Store::open(half_ / "front/front.db").value();
  }
  void begin_search() {
    EXPECT_TRUE(store_->keep_contents_under(core::Bytes(32, 1), 1000, true).has_value());
  }
  // Once nobody else has the tables.
  ContentsKey take(const fs::path& keys) {
    store_.reset();
    const auto taken = take_contents_key(keys, half_);
    EXPECT_TRUE(taken.has_value()) << (taken ? "" : taken.error().what);
    return taken.value_or(ContentsKey::kUnneeded);
  }
  std::string taken() const { return fs::exists(to_) ? os::content_of(to_) : std::string("none"); }

  os::TemporaryFolder folder_;
  fs::path half_ = folder_ / "restoring";
  fs::path to_ = half_ / "front/contents.key";
  std::unique_ptr<store::Store> store_;
};

TEST_F(ContentsKeyTest, LiesBesideTheKeys) {
  begin_search();
  fs::permissions(folder_.write("safe/keys/contents.key", "one"), fs::perms::all);
  folder_.write("safe/front/contents.key", "another");
  EXPECT_EQ(take(folder_ / "safe/keys"), ContentsKey::kThere);
  EXPECT_EQ(taken(), "one");
  EXPECT_EQ(fs::status(to_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(ContentsKeyTest, OrInTheStateFolderOfTheKeys) {
  for (const char* keys : {"old/keys", "old/keys/"}) {
    fs::remove(to_);
    fs::create_directories(folder_ / "old/keys");
    folder_.write("old/front/contents.key", "one");
    EXPECT_EQ(take(folder_ / keys), ContentsKey::kThere);
    EXPECT_EQ(taken(), "one") << keys;
  }
}

TEST_F(ContentsKeyTest, TheBackupsOwnComesFirst) {
  folder_.write("restoring/front/contents.key", "own");
  folder_.write("keys/contents.key", "another");
  EXPECT_EQ(take(folder_ / "keys"), ContentsKey::kThere);
  EXPECT_EQ(taken(), "own");
}

TEST_F(ContentsKeyTest, IsLackingOnlyWhereTheTablesNeedIt) {
  fs::create_directories(folder_ / "keys");
  EXPECT_EQ(take(folder_ / "keys"), ContentsKey::kUnneeded);
  store_ = store::Store::open(half_ / "front/front.db").value();
  begin_search();
  EXPECT_EQ(take(folder_ / "keys"), ContentsKey::kLacking);
  EXPECT_EQ(take({}), ContentsKey::kLacking) << "no folder of keys, and none of this process's";
  EXPECT_EQ(taken(), "none");
}

TEST_F(ContentsKeyTest, OneThatCannotBeReadIsSaid) {
  fs::create_directories(folder_ / "keys/contents.key");
  store_.reset();
  const auto taken = take_contents_key(folder_ / "keys", half_);
  ASSERT_FALSE(taken.has_value());
  EXPECT_THAT(taken.error().what, testing::HasSubstr("contents.key"));
}

}  // namespace
}  // namespace heyan::backup
