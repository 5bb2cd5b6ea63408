#include "gateway/report_log/publish.h"

#include <bit>
#include <map>

#include "tests/unit/report_log/log_fixture.h"

namespace heyan::report_log {
namespace {

using core::Bytes;
using core::ErrorCode;
using os::content_of;
using testing::Contains;
using testing::Key;
using testing::Not;
using transparency::TreeHash;

class PublishTest : public LogTest {
 protected:
  std::filesystem::path public_ = folder_ / "log";
  std::unique_ptr<TilePublisher> publisher_ = std::make_unique<TilePublisher>(*log_, public_);

  void sign() {
    const Head head = head_now();
    ASSERT_TRUE(store_checkpoint(head, note_of(head)).has_value());
  }
  void publish_to(std::uint64_t size) {
    grow_to(size);
    sign();
    const auto published = publisher_->publish();
    ASSERT_TRUE(published.has_value()) << published.error().text;
  }
  void restart() {
    publisher_.reset();
    reopen();
    publisher_ = std::make_unique<TilePublisher>(*log_, public_);
  }
  ErrorCode refusal() {
    const auto published = publisher_->publish();
    EXPECT_FALSE(published.has_value());
    return published ? ErrorCode::kIo : published.error().code;
  }
  std::map<std::string, std::string> files() const {
    std::map<std::string, std::string> found;
    for (const auto& file : std::filesystem::recursive_directory_iterator(public_)) {
      if (!file.is_regular_file()) continue;
      found[std::filesystem::relative(file.path(), public_)] = content_of(file.path());
    }
    return found;
  }
};

// A client's view: entries out of their bundles.
std::vector<Bytes> entries_in(std::string_view bundle) {
  std::vector<Bytes> entries;
  while (bundle.size() >= 2) {
    const auto size = static_cast<std::size_t>(static_cast<std::uint8_t>(bundle[0])) << 8 |
                      static_cast<std::uint8_t>(bundle[1]);
    entries.push_back(core::to_bytes(bundle.substr(2, size)));
    bundle.remove_prefix(2 + size);
  }
  EXPECT_TRUE(bundle.empty());
  return entries;
}

std::vector<TreeHash> hashes_in(std::string_view tile) {
  std::vector<TreeHash> hashes;
  for (; !tile.empty(); tile.remove_prefix(32)) {
    hashes.push_back(*transparency::tree_hash(core::as_bytes(tile.substr(0, 32))));
  }
  return hashes;
}

TreeHash fold(std::span<const TreeHash> hashes) {
  if (hashes.size() == 1) return hashes[0];
  const std::size_t split = std::bit_floor(hashes.size() - 1);
  return transparency::node_hash(fold(hashes.first(split)), fold(hashes.subspan(split)));
}

TEST_F(PublishTest, NothingIsPublishedUnsigned) {
  EXPECT_EQ(refusal(), ErrorCode::kNotFound);
  grow_to(3);
  EXPECT_EQ(refusal(), ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(public_));
}

TEST_F(PublishTest, TilesLeadFromTheEntriesToTheRoot) {
  publish_to(600);
  const auto found = files();
  EXPECT_EQ(found.size(), 8);  // 3 bundles, 3 tiles, 1 tile above, the checkpoint
  std::vector<TreeHash> leaves;
  std::uint64_t number = 0;
  for (const char* name : {"000", "001", "002.p/88"}) {
    const auto tile = hashes_in(found.at("tile/0/" + std::string(name)));
    const auto entries = entries_in(found.at("tile/entries/" + std::string(name)));
    ASSERT_EQ(tile.size(), entries.size());
    for (std::size_t i = 0; i < tile.size(); ++i) {
      EXPECT_EQ(entries[i], entry_of(number++));
      EXPECT_EQ(tile[i], transparency::leaf_hash(entries[i]));
    }
    leaves.insert(leaves.end(), tile.begin(), tile.end());
  }
  EXPECT_EQ(number, 600);
  const auto above = hashes_in(found.at("tile/1/000.p/2"));
  ASSERT_EQ(above.size(), 2);
  EXPECT_EQ(above[0], fold(std::span(leaves).first(256)));
  EXPECT_EQ(above[1], fold(std::span(leaves).subspan(256, 256)));
  const auto checkpoint = checkpoint_in(found.at("checkpoint")).value();
  EXPECT_EQ(checkpoint.size, 600);
  EXPECT_EQ(checkpoint.root, fold(leaves));
}

TEST_F(PublishTest, OnlyWhatIsSignedIsPublished) {
  publish_to(5);
  const auto before = files();
  grow_to(9);
  ASSERT_TRUE(publisher_->publish().has_value());
  EXPECT_EQ(files(), before);
}

TEST_F(PublishTest, DoingItAgainChangesNothing) {
  publish_to(300);
  const auto before = files();
  ASSERT_TRUE(publisher_->publish().has_value());
  EXPECT_EQ(files(), before);
  restart();
  ASSERT_TRUE(publisher_->publish().has_value());
  EXPECT_EQ(files(), before);
}

TEST_F(PublishTest, GrowsAndDropsNarrowerTiles) {
  publish_to(254);
  publish_to(255);
  EXPECT_THAT(files(), Contains(Key("tile/0/000.p/254")));
  EXPECT_THAT(files(), Contains(Key("tile/entries/000.p/255")));
  publish_to(257);
  const auto found = files();
  EXPECT_THAT(found, Contains(Key("tile/0/000")));
  EXPECT_THAT(found, Contains(Key("tile/entries/000")));
  EXPECT_THAT(found, Contains(Key("tile/0/001.p/1")));
  EXPECT_THAT(found, Contains(Key("tile/1/000.p/1")));
  EXPECT_THAT(found, Not(Contains(Key("tile/0/000.p/255"))));
  EXPECT_THAT(found, Not(Contains(Key("tile/entries/000.p/254"))));
}

TEST_F(PublishTest, AStartMendsWhatIsMissing) {
  publish_to(300);
  const auto before = files();
  for (const auto& [name, content] : before) {
    std::filesystem::remove(public_ / name);
    restart();
    ASSERT_TRUE(publisher_->publish().has_value()) << name;
    EXPECT_EQ(files(), before) << name;
  }
  std::filesystem::remove_all(public_);
  restart();
  ASSERT_TRUE(publisher_->publish().has_value());
  EXPECT_EQ(files(), before);
}

TEST_F(PublishTest, ALogSetBackIsNotPublished) {
  publish_to(5);
  log_.reset();
  database_.reset();
  place_ = new_place();
  restart();
  EXPECT_EQ(refusal(), ErrorCode::kNotFound);
  grow_to(4);
  sign();
  EXPECT_EQ(refusal(), ErrorCode::kInternal);  // behind
  std::vector<Bytes> others;
  for (std::uint64_t i = 4; i < 8; ++i) others.push_back(entry_of(i + 100));
  ASSERT_TRUE(append(head_now(), others).has_value());
  sign();
  EXPECT_EQ(refusal(), ErrorCode::kInternal);  // ahead, with another history
  EXPECT_EQ(checkpoint_in(content_of(public_ / "checkpoint")).value().size, 5);
}

TEST_F(PublishTest, ReplacesNoFileByAnother) {
  publish_to(5);
  const Bytes wrong(32 * 6, 0);
  folder_.write("log/tile/0/000.p/6", core::as_text(wrong));
  grow_to(6);
  sign();
  EXPECT_EQ(refusal(), ErrorCode::kInternal);
  std::filesystem::remove(public_ / "tile/0/000.p/6");
  folder_.write("log/tile/entries/000.p/6", "");
  EXPECT_EQ(refusal(), ErrorCode::kInternal);
  EXPECT_EQ(checkpoint_in(content_of(public_ / "checkpoint")).value().size, 5);
  std::filesystem::remove(public_ / "tile/entries/000.p/6");
  EXPECT_TRUE(publisher_->publish().has_value());
}

TEST_F(PublishTest, ADamagedCheckpointIsSaid) {
  publish_to(5);
  for (const char* content : {"", "not a checkpoint", "origin\n5\n\n\u2014 log AAAAAAAA\n"}) {
    folder_.write("log/checkpoint", content);
    restart();
    EXPECT_EQ(refusal(), ErrorCode::kMalformed);
  }
}

TEST_F(PublishTest, AFolderThatCannotBeMadeIsSaid) {
  grow_to(1);
  sign();
  folder_.write("log", "a file stands there");
  EXPECT_FALSE(publisher_->publish().has_value());
}

}  // namespace
}  // namespace heyan::report_log
