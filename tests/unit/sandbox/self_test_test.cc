#include "gateway/sandbox/self_test.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tests/unit/sandbox/inside.h"

namespace heyan::sandbox {
namespace {

class SelfTest : public testing::TestWithParam<Role> {};

TEST_P(SelfTest, EveryForbiddenActIsStopped) {
  const auto probes = self_test(default_profile(GetParam()));
  ASSERT_TRUE(probes.has_value()) << probes.error().text;
  ASSERT_EQ(probes->size(), 7u);
  for (const Probe& probe : *probes) EXPECT_TRUE(probe.stopped()) << name(probe.act);
  EXPECT_EQ(probes->at(0).act, Act::kSocket);
  EXPECT_EQ(probes->at(6).act, Act::kCode);
}

TEST_P(SelfTest, ProgramsProcessesTracersAndCodeAreDeadly) {
  const auto probes = self_test(default_profile(GetParam()));
  ASSERT_TRUE(probes.has_value());
  for (const Probe& probe : *probes) {
    const bool must = probe.act == Act::kExec || probe.act == Act::kFork ||
                      probe.act == Act::kPtrace || probe.act == Act::kCode;
    if (must) {
      EXPECT_EQ(probe.stop, Stop::kKilled) << name(probe.act);
    } else if (probe.act == Act::kOpenForWrite) {
      EXPECT_EQ(probe.stop, Stop::kRefused);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Roles, SelfTest, testing::ValuesIn(kRoles), role_name);

// Without this, a self-test that always says "stopped" would pass.
TEST(SelfTestItself, SaysWhatWasNotStopped) {
  for (const Role role : {Role::kSigner, Role::kFront}) {
    Profile profile = default_profile(role);
    profile.writable = {"/dev"};
    const auto probes = self_test(profile);
    ASSERT_TRUE(probes.has_value());
    for (const Probe& probe : *probes) {
      EXPECT_EQ(probe.stopped(), probe.act != Act::kOpenForWrite) << name(probe.act);
    }
  }
}

TEST(SelfTestItself, ShowsNothingWhereTheSandboxCannotBeEntered) {
  Profile profile = default_profile(Role::kSigner);
  profile.readable = {"/no/such/folder"};
  EXPECT_FALSE(self_test(profile).has_value());
  profile = default_profile(Role::kBox);
  profile.readable = {"/etc"};  // a worker has no folders
  EXPECT_FALSE(self_test(profile).has_value());
}

// A probe that somebody else kills says nothing about the sandbox, neither good nor bad.
TEST(SelfTestItself, SendsAProbeAgainThatWasKilledFromOutside) {
  const pid_t tested = ::fork();
  if (tested == 0) {
    const auto probes = self_test(default_profile(Role::kBox));
    const bool all = probes && std::ranges::all_of(*probes, &Probe::stopped);
    ::_exit(all ? 0 : 1);
  }
  const std::string children =
      "/proc/" + std::to_string(tested) + "/task/" + std::to_string(tested) + "/children";
  pid_t probe = 0;
  for (int i = 0; i < 100'000 && probe == 0; ++i) std::ifstream(children) >> probe;
  if (probe != 0) ::kill(probe, SIGKILL);
  EXPECT_EQ(ending_of(tested), kFine);
}

TEST(SelfTestItself, LeavesTheCallerAsItWas) {
  ASSERT_TRUE(self_test(default_profile(Role::kBox)).has_value());
  const pid_t child = ::fork();
  if (child == 0) ::_exit(7);
  EXPECT_EQ(ending_of(child), exited(7));
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);  // no child is left behind
}

TEST(Names, AreStable) {
  EXPECT_EQ(name(Role::kBox), "box");
  EXPECT_EQ(name(Role::kFront), "front");
  EXPECT_EQ(name(Act::kOpenForWrite), "open");
  EXPECT_EQ(name(Act::kCode), "code");
}

}  // namespace
}  // namespace heyan::sandbox
