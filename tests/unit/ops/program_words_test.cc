#include "gateway/ops/program_words.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>

#include "gateway/ops/log.h"
#include "verifier/core/json.h"

namespace heyan::ops {
namespace {

constexpr std::array<std::string_view, 2> kNames = {"config", "front"};

bool understood(const std::vector<const char*>& words) {
  return read_program_words(words, kNames).has_value();
}

TEST(ProgramWords, EachNameOnceInAnyOrder) {
  const std::vector<const char*> words = {"--front", "3", "--config", "--front"};
  const auto read = read_program_words(words, kNames);
  ASSERT_TRUE(read.has_value()) << read.error();
  EXPECT_EQ(read->find("config")->second, "--front");
}

TEST(ProgramWords, AnythingElseIsRefused) {
  EXPECT_FALSE(understood({}));
  EXPECT_FALSE(understood({"--config", "a"}));
  EXPECT_FALSE(understood({"--config", "a", "--front"}));
  EXPECT_FALSE(understood({"--config", "a", "--front", "3", "--config", "b"}));
  EXPECT_FALSE(understood({"--config", "a", "--front", "3", "--signer", "4"}));
  EXPECT_FALSE(understood({"--config", "a", "front", "3"}));
  EXPECT_FALSE(understood({"--config=a", "--front=3"}));
}

TEST(ProgramWords, ADescriptorIsMadeItsOwn) {
  const int open = ::fcntl(STDIN_FILENO, F_DUPFD, 100);
  ASSERT_GE(open, 100);
  const os::Descriptor descriptor = inherited(std::to_string(open));
  EXPECT_EQ(descriptor.get(), open);
  EXPECT_EQ(::fcntl(open, F_GETFD), FD_CLOEXEC);
}

TEST(ProgramWords, WhatIsNoDescriptorIsRefused) {
  for (const char* number :
       {"", "0", "1", "2", "-1", "x", "100x", " 100", "0100", "99999", "99999999999"}) {
    EXPECT_FALSE(inherited(number).is_open()) << number;
  }
}

TEST(LogLine, IsOneObjectALine) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  Log("program", ends[1]).say("program.happened", {{"detail", "line\nbreak"}, {"status", 65}});
  std::array<char, 1024> buffer{};
  const ssize_t size = ::read(ends[0], buffer.data(), buffer.size());
  ::close(ends[0]);
  ::close(ends[1]);
  ASSERT_GT(size, 0);
  const std::string_view line(buffer.data(), static_cast<std::size_t>(size));
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto value = core::json::parse(core::as_bytes(line), core::Limits{});
  ASSERT_TRUE(value.has_value());
  EXPECT_EQ(*value->find("event")->as_string(), "program.happened");
  EXPECT_EQ(*value->find("status")->as_integer(), 65);
  EXPECT_NE(value->find("time"), nullptr);
}

}  // namespace
}  // namespace heyan::ops
