// The logs of the vectors, which other programs made, published anew from their entries: byte for
// byte the same files. tessera-log: fifteen entries, of one size after the other (level 0 alone);
// court-log: 300 entries at once (two levels, full and partial tiles).
#include <map>

#include "gateway/report_log/publish.h"
#include "tests/unit/report_log/log_fixture.h"
#include "verifier/transparency/tile.h"

namespace heyan::report_log {
namespace {

using core::Bytes;
using Files = std::map<std::string, std::string>;

const std::filesystem::path kLogs = std::filesystem::path(HEYAN_VECTORS) / "tlogs";

Files files_in(const std::filesystem::path& folder) {
  Files found;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder / "tile")) {
    if (!file.is_regular_file()) continue;
    found[std::filesystem::relative(file.path(), folder)] = os::content_of(file.path());
  }
  return found;
}

std::vector<Bytes> entries_of(const Files& files, std::uint64_t size) {
  std::vector<Bytes> entries;
  for (std::uint64_t index = 0; entries.size() < size; ++index) {
    const auto width = std::min<std::uint64_t>(size - entries.size(), transparency::kTileWidth);
    const std::string& bundle =
        files.at(transparency::entry_bundle_path(index, static_cast<unsigned>(width)));
    const auto parsed = transparency::parse_entry_bundle(core::as_bytes(bundle)).value();
    for (const core::ByteView entry : parsed) {
      entries.push_back(core::to_bytes(entry));
    }
  }
  return entries;
}

class OtherLogsTest : public LogTest {
 protected:
  std::filesystem::path public_ = folder_ / "log";
  TilePublisher publisher_{*log_, public_};

  // Appends, and publishes under that log's own checkpoint, which must fit.
  void publish(std::span<const Bytes> entries, const std::filesystem::path& checkpoint) {
    const auto head = append(head_now(), entries);
    ASSERT_TRUE(head.has_value()) << head.error().text;
    const std::string note = os::content_of(checkpoint);
    const auto stored = store_checkpoint(*head, note);
    ASSERT_TRUE(stored.has_value()) << checkpoint << ": " << stored.error().text;
    const auto published = publisher_.publish();
    ASSERT_TRUE(published.has_value()) << published.error().text;
    EXPECT_EQ(os::content_of(public_ / "checkpoint"), note);
  }
};

TEST_F(OtherLogsTest, TesseraLogByteForByteAtEverySize) {
  const Files wanted = files_in(kLogs / "tessera-log");
  ASSERT_EQ(wanted.size(), 30);
  const std::vector<Bytes> entries = entries_of(wanted, 15);
  Files so_far;
  for (std::size_t size = 1; size <= entries.size(); ++size) {
    publish(std::span(entries).subspan(size - 1, 1),
            kLogs / "tessera-log" / ("checkpoint." + std::to_string(size)));
    for (const std::string kind : {"tile/0/000.p/", "tile/entries/000.p/"}) {
      so_far.insert(*wanted.find(kind + std::to_string(size)));
    }
    EXPECT_EQ(files_in(public_), so_far) << size;
  }
  EXPECT_EQ(so_far, wanted);
}

TEST_F(OtherLogsTest, CourtLogByteForByte) {
  const Files wanted = files_in(kLogs / "court-log");
  ASSERT_EQ(wanted.size(), 5);
  publish(entries_of(wanted, 300), kLogs / "court-log" / "checkpoint");
  EXPECT_EQ(files_in(public_), wanted);
}

TEST_F(OtherLogsTest, AnotherEntryFitsNoCheckpoint) {
  std::vector<Bytes> entries = entries_of(files_in(kLogs / "tessera-log"), 1);
  entries[0].back() ^= 1;
  const auto head = append(head_now(), entries);
  ASSERT_TRUE(head.has_value());
  EXPECT_FALSE(
      store_checkpoint(*head, os::content_of(kLogs / "tessera-log" / "checkpoint.1")).has_value());
}

}  // namespace
}  // namespace heyan::report_log
