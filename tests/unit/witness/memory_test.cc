#include "gateway/witness/memory.h"

#include <gtest/gtest.h>

#include "tests/unit/os/temporary_folder.h"

namespace heyan::witness {
namespace {

using core::ErrorCode;

constexpr char kLog[] = "court.example/log";

Remembered some(std::uint64_t size) {
  return {.size = size, .root = {}, .note = "note", .cosigned_at_seconds = 5};
}

class MemoryTest : public testing::Test {
 protected:
  core::Result<void> remember(std::uint64_t size) {
    return memory_->change(kLog, [&](const auto&) { return std::optional(some(size)); });
  }

  os::TemporaryFolder folder_;
  const std::filesystem::path file_ = folder_ / "witness.db";
  std::unique_ptr<Memory> memory_ = Memory::create(file_).value();
};

TEST_F(MemoryTest, IsNeverMadeTwiceNorOutOfNothing) {
  EXPECT_EQ(Memory::create(file_).error().code, ErrorCode::kDuplicate);
  EXPECT_EQ(Memory::open(folder_ / "other.db").error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "other.db"));
  folder_.write("foreign.db", "not a database");
  EXPECT_FALSE(Memory::open(folder_ / "foreign.db"));
}

TEST_F(MemoryTest, KeepsWhatWasDecided) {
  EXPECT_FALSE(memory_->find(kLog).value());
  ASSERT_TRUE(remember(5));
  EXPECT_EQ(memory_->find(kLog).value()->size, 5u);
  EXPECT_EQ(memory_->find(kLog).value()->note, "note");
  EXPECT_FALSE(memory_->find("other").value());
  memory_ = Memory::open(file_).value();
  EXPECT_EQ(memory_->find(kLog).value()->size, 5u);
}

TEST_F(MemoryTest, DecidesByWhatIsThere) {
  ASSERT_TRUE(remember(5));
  ASSERT_TRUE(memory_->change(kLog, [](const std::optional<Remembered>& last) {
    EXPECT_EQ(last->size, 5u);
    return std::optional<Remembered>();
  }));
  EXPECT_EQ(memory_->find(kLog).value()->size, 5u);
}

TEST_F(MemoryTest, AnErrorChangesNothing) {
  ASSERT_TRUE(remember(5));
  const auto failed =
      memory_->change(kLog, [](const auto&) -> core::Result<std::optional<Remembered>> {
        return core::fail(ErrorCode::kInternal, "no");
      });
  EXPECT_FALSE(failed);
  EXPECT_EQ(memory_->find(kLog).value()->size, 5u);
  ASSERT_TRUE(remember(6));
}

TEST_F(MemoryTest, KeepsAHundredOtherViewsOfALog) {
  transparency::TreeHash root{};
  EXPECT_TRUE(memory_->keep_other_view(kLog, 5, root, "note").value());
  EXPECT_FALSE(memory_->keep_other_view(kLog, 5, root, "note").value());
  for (std::uint8_t i = 1; i < 100; ++i) {
    root[0] = i;
    EXPECT_TRUE(memory_->keep_other_view(kLog, 5, root, "note").value());
  }
  root[0] = 100;
  EXPECT_FALSE(memory_->keep_other_view(kLog, 5, root, "note").value());
  EXPECT_TRUE(memory_->keep_other_view("other", 5, root, "note").value());
}

}  // namespace
}  // namespace heyan::witness
