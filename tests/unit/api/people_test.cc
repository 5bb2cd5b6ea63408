// Which requests of people are no use of their session.
#include "gateway/api/people.h"

#include <gtest/gtest.h>

namespace heyan::api {
namespace {

http::RequestHead with(http::Method method, std::string name = {}, std::string value = {}) {
  http::RequestHead head;
  head.method = method;
  if (!name.empty()) head.fields.push_back({std::move(name), std::move(value)});
  return head;
}

TEST(PeopleTest, WhatAPageAsksOfItselfIsUnattended) {
  EXPECT_TRUE(is_unattended(with(http::Method::kGet, "x-heyan-unattended", "1")));
  EXPECT_TRUE(is_unattended(with(http::Method::kGet, "accept", "text/event-stream")));
}

TEST(PeopleTest, WhatSomebodyAsksIsNot) {
  EXPECT_FALSE(is_unattended(with(http::Method::kGet)));
  for (const char* value : {"", "0", "true", "11", "1, 1"}) {
    EXPECT_FALSE(is_unattended(with(http::Method::kGet, "x-heyan-unattended", value))) << value;
  }
  for (const char* value :
       {"", "*/*", "application/json", "text/html", "application/json, text/event-stream;q=0.9"}) {
    EXPECT_FALSE(is_unattended(with(http::Method::kGet, "accept", value))) << value;
  }
}

// A change is somebody's, and so is the right to make it.
TEST(PeopleTest, NothingButAGetIs) {
  for (const http::Method method : {http::Method::kPost, http::Method::kPut, http::Method::kPatch,
                                    http::Method::kDelete, http::Method::kHead}) {
    EXPECT_FALSE(is_unattended(with(method, "x-heyan-unattended", "1")));
    EXPECT_FALSE(is_unattended(with(method, "accept", "text/event-stream")));
  }
}

}  // namespace
}  // namespace heyan::api
