#include "gateway/os/load.h"

#include <gtest/gtest.h>
#include <sys/statvfs.h>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::os {
namespace {

class LoadTest : public testing::Test {
 protected:
  LoadTest() {
    write("proc/meminfo", "MemTotal:  1000 kB\nMemFree:  1 kB\nMemAvailable:  250 kB\n");
  }
  void write(const std::string& name, const std::string& text) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    folder_.write(name, text);
  }
  void group(const std::string& limit, const std::string& current, const std::string& stat) {
    write("proc/self/cgroup", "0::/a/b\n");
    write("cgroup/a/b/memory.max", limit + "\n");
    write("cgroup/a/b/memory.current", current + "\n");
    write("cgroup/a/b/memory.stat", stat);
  }
  core::Result<double> memory() const {
    HEYAN_TRY(const LoadGauge gauge,
              LoadGauge::open(folder_.path(), folder_ / "proc", folder_ / "cgroup"));
    HEYAN_TRY(const Load load, gauge.read());
    return load.memory;
  }
  TemporaryFolder folder_;
};

TEST_F(LoadTest, IsTheMachinesWhereNoGroupLimits) {
  EXPECT_DOUBLE_EQ(memory().value(), 0.75);
  group("max", "900", "active_file 1\n");
  EXPECT_DOUBLE_EQ(memory().value(), 0.75);
}

TEST_F(LoadTest, IsTheGroupsWithoutWhatCanBeGivenBack) {
  group("1000", "900", "anon 300\nfile 600\nactive_file 200\ninactive_file 400\n");
  EXPECT_DOUBLE_EQ(memory().value(), 0.3);
  group("1000", "2000", "anon 2000\n");
  EXPECT_DOUBLE_EQ(memory().value(), 1);
  group("1000", "10", "inactive_file 400\n");
  EXPECT_DOUBLE_EQ(memory().value(), 0);
}

TEST_F(LoadTest, OfAnotherNameSpaceIsTheMachines) {
  write("proc/self/cgroup", "0::/../elsewhere\n");
  EXPECT_DOUBLE_EQ(memory().value(), 0.75);
  write("proc/self/cgroup", "12:memory:/a/b\n");  // of the first version
  EXPECT_DOUBLE_EQ(memory().value(), 0.75);
}

TEST_F(LoadTest, ThatIsNotSaidIsNotTakenForNone) {
  for (const char* text : {"", "MemTotal: 1000 kB\n", "MemAvailable: 1 kB\n",
                           "MemTotal: much\nMemAvailable: little\n", "MemTotal:"}) {
    write("proc/meminfo", text);
    EXPECT_FALSE(memory().has_value()) << text;
  }
  std::filesystem::remove(folder_ / "proc/meminfo");
  EXPECT_FALSE(memory().has_value());
}

TEST_F(LoadTest, NeedsAFolder) {
  EXPECT_EQ(LoadGauge::open(folder_ / "nowhere").error().code, core::ErrorCode::kNotFound);
}

TEST_F(LoadTest, OfThisMachineIsBetweenNoneAndAll) {
  const auto gauge = LoadGauge::open(folder_.path());
  ASSERT_TRUE(gauge.has_value()) << gauge.error().text;
  const auto load = gauge->read();
  ASSERT_TRUE(load.has_value());
  for (const double one : {load->memory, load->disk}) {
    EXPECT_GT(one, 0);
    EXPECT_LE(one, 1);
  }
}

TEST_F(LoadTest, TheDiskIsFullerWithMore) {
  const auto gauge = LoadGauge::open(folder_.path());
  ASSERT_TRUE(gauge.has_value()) << gauge.error().text;
  struct statvfs status{};
  ASSERT_EQ(::statvfs(folder_.path().c_str(), &status), 0);
  const std::uint64_t left = std::uint64_t{status.f_bavail} * status.f_frsize;
  const double full = gauge->disk(left / 10 * 9).value();
  EXPECT_GT(full, 0.85);
  EXPECT_LT(full, 1);
  EXPECT_EQ(gauge->disk(left + (left / 10)).value(), 1);
}

}  // namespace
}  // namespace heyan::os
