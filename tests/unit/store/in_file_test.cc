// What is so where the store is in a file.
#include <sys/mount.h>

#include <set>

#include "gateway/sqlite/database.h"
#include "gateway/store/schema.h"
#include "tests/unit/os/temporary_folder.h"
#include "tests/unit/store/store_fixture.h"

namespace heyan::store {
namespace {

// A file system of one megabyte; only root may mount one.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& path) : path_(path) {
    std::filesystem::create_directory(path_);
    mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=1m") == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  bool mounted() const { return mounted_; }

 private:
  std::filesystem::path path_;
  bool mounted_ = false;
};

TEST(InFileTest, AFullDiskIsSaidAndNothingIsHalfThere) {
  const os::TemporaryFolder folder;
  const SmallDisk disk(folder / "disk");
  if (!disk.mounted()) GTEST_SKIP() << "mounting a small file system needs root";
  const auto ballast = folder.write("disk/ballast", std::string(200'000, 'x'));
  auto store = Store::open(folder / "disk/front.db").value();
  std::set<std::string> accepted;
  core::Error error;
  for (int i = 0; i < 1000 && error.text.empty(); ++i) {
    NewSubmission wanted = submission("s" + std::to_string(i));
    wanted.session = core::Bytes(20'000, 0xee);
    const auto outcome = store->accept(wanted, nullptr);
    if (outcome) {
      accepted.insert(wanted.id);
    } else {
      error = outcome.error();
    }
  }
  EXPECT_GT(accepted.size(), 3);
  EXPECT_EQ(error.code, core::ErrorCode::kIo);
  EXPECT_EQ(error.text, "the disk is full");
  EXPECT_EQ(store->list(Scope::of_court("0491"), {}, std::nullopt, 500).value().size(),
            accepted.size());  // reading goes on
  std::filesystem::remove(ballast);
  EXPECT_TRUE(store->accept(submission("after"), nullptr).has_value());  // and writing, with space
  accepted.insert("after");
  store.reset();
  store = Store::open(folder / "disk/front.db").value();
  for (const std::string& id : accepted) {
    EXPECT_TRUE(store->find_submission(id, Scope::of_court("0491")).value().has_value()) << id;
  }
  EXPECT_EQ(store->list(Scope::of_court("0491"), {}, std::nullopt, 500).value().size(),
            accepted.size());
}

TEST(InFileTest, OneProcessAtATime) {
  const auto place = new_place();
  const auto first = place->open();
  ASSERT_TRUE(first.has_value());
  const auto second = place->open();
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, core::ErrorCode::kIo);
}

// On a server its clock is what counts, and nobody here sets that one.
TEST(InFileTest, AClockThatIsPutBackProlongsNoWaitOfAJob) {
  constexpr std::int64_t kNow = 10'000'000;
  const auto place = new_place();
  auto store = place->open().value();
  ASSERT_TRUE(store->accept(submission("s1"), nullptr).has_value());
  const auto claim = [&](std::int64_t now_ms) { return store->claim_job(now_ms).value(); };
  const auto put_back = [&](const Job& job) {
    EXPECT_TRUE(store->put_back_job(job, kNow, std::chrono::seconds(200)).has_value());
  };
  put_back(claim(kNow).value());
  EXPECT_FALSE(claim(kNow).has_value());
  EXPECT_FALSE(claim(kNow - 59'000).has_value()) << "less than a minute is nothing";
  EXPECT_FALSE(claim(kNow).has_value());
  auto again = claim(kNow - 61'000);
  ASSERT_TRUE(again.has_value()) << "for 261 seconds, by now";
  put_back(*again);
  EXPECT_FALSE(claim(kNow).has_value());
  store.reset();
  store = place->open().value();
  again = claim(kNow);
  ASSERT_TRUE(again.has_value()) << "a start does not wait";
  ASSERT_TRUE(store->put_back_job(*again, kNow, kMostJobWait).has_value());
  EXPECT_FALSE(claim(kNow + kMostJobWait.count() - 1).has_value());
  EXPECT_TRUE(claim(kNow + kMostJobWait.count()).has_value());
}

// A hold from when there was one at most for each submission.
TEST(InFileTest, AHoldOfAnEarlierReleaseStands) {
  constexpr std::size_t kBefore = 17;
  const os::TemporaryFolder folder;
  {
    const sql::Layout before{.application_id = layout().application_id,
                             .migrations = layout().migrations.first(kBefore)};
    auto file = sqlite::Database::open(folder / "front.db", before).value();
    const auto filled = file.execute(
        "INSERT INTO submissions VALUES('s1', '0491', 'u-1', 1, 1, x'00', x'00', 1);"
        "INSERT INTO jobs(submission, version, court, account, state, turn, queued_at_ms)"
        " VALUES('s1', 1, '0491', 'u-1', 'DONE', 1, 1);"
        "INSERT INTO holds VALUES('s1', 'appeal', 'judge', 9);");
    ASSERT_TRUE(filled.has_value()) << filled.error().text;
  }
  const auto store = Store::open(folder / "front.db").value();
  const auto of = store->find_deletion("s1", Scope::of_court("0491")).value();
  ASSERT_EQ(of.holds.size(), 1u);
  EXPECT_EQ(of.holds[0].id, "s1");
  EXPECT_EQ(of.holds[0].reason, "appeal");
  EXPECT_EQ(of.holds[0].account, "judge");
  EXPECT_EQ(of.holds[0].placed_at_ms, 9);
}

}  // namespace
}  // namespace heyan::store
