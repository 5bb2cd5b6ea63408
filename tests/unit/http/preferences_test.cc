#include "gateway/http/preferences.h"

#include <gtest/gtest.h>

namespace heyan::http {
namespace {

using std::chrono::seconds;

TEST(Preferences, WaitIsReadInEverySpelling) {
  for (const std::string_view field :
       {"wait=20", "Wait=20", "WAIT=020", "wait=\"20\"", "respond-async, wait=20", "wait=20; a=b",
        "handling=lenient;x=\"a,b\" , wait=20", "wait=20, wait=5", "respond-async, , wait=20,"}) {
    EXPECT_EQ(preferred_wait(field), seconds(20)) << field;
  }
  EXPECT_EQ(preferred_wait("wait=0"), seconds(0));
  EXPECT_EQ(preferred_wait("wait=999999999"), seconds(999'999'999));
  EXPECT_EQ(preferred_wait("wait=9999999999999999999999"), seconds(999'999'999));
}

TEST(Preferences, WhatIsNoWaitIsNone) {
  for (const std::string_view field :
       {"", "respond-async", "wait", "wait=", "wait=\"\"", "wait=-1", "wait=+1", "wait=1.5",
        "wait=1e3", "wait=a", "waits=20", "a=b; wait=20", "wait=a, wait=20", "wait=\"20"}) {
    EXPECT_FALSE(preferred_wait(field)) << field;
  }
}

}  // namespace
}  // namespace heyan::http
