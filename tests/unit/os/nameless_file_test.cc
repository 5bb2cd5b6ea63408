// Temporary files without a name.
#include "gateway/os/nameless_file.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace heyan::os {
namespace {

core::Result<void> write(NamelessFile& file, std::string_view text) {
  while (!text.empty()) {
    const auto space = file.space();
    const std::size_t count = std::min(space.size(), text.size());
    std::copy_n(text.begin(), count, space.begin());
    HEYAN_CHECK_OK(file.commit(count));
    text.remove_prefix(count);
  }
  return {};
}

TEST(NamelessFile, GivesBackWhatWasWritten) {
  const std::string text(1'000'000, 'x');
  auto file = NamelessFile::create(text.size());
  ASSERT_TRUE(file.has_value());
  ASSERT_TRUE(write(*file, text).has_value());
  const auto open = std::move(*file).take();
  ASSERT_TRUE(open.has_value());
  EXPECT_EQ(open->size(), text.size());
  MemorySink sink(text.size());
  ASSERT_TRUE(open->read_all(sink).has_value());
  EXPECT_EQ(core::to_string(std::move(sink).take()), text);
}

TEST(NamelessFile, TakesNoMoreThanItsLimit) {
  auto file = NamelessFile::create(3);
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(write(*file, "abc").has_value());
  const auto more = write(*file, "d");
  ASSERT_FALSE(more.has_value());
  EXPECT_EQ(more.error().code, core::ErrorCode::kLimit);
}

TEST(NamelessFile, MayBeEmpty) {
  auto file = NamelessFile::create(0);
  ASSERT_TRUE(file.has_value());
  const auto open = std::move(*file).take();
  ASSERT_TRUE(open.has_value());
  EXPECT_EQ(open->size(), 0u);
}

TEST(NamelessFile, SaysWhereThereIsNoFolderForIt) {
  ASSERT_EQ(::setenv("TMPDIR", "/nowhere/at/all", 1), 0);
  const auto file = NamelessFile::create(3);
  ::unsetenv("TMPDIR");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, core::ErrorCode::kIo);
}

}  // namespace
}  // namespace heyan::os
